//! How a web service knows who asks.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use base64::Engine as _;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};

use crate::system::connection::Auth;
use crate::system::{Blank, Secret, Secrets, SystemError, SystemFault};

/// A token is renewed this long before it ends, so that it does not end on its way.
const TOKEN_MARGIN: Duration = Duration::from_secs(30);

/// How long a token lasts whose server does not say (RFC 6749, 5.1, only recommends that it does).
const TOKEN_SECONDS: u64 = 300;

/// How a web service knows who asks, with the secrets.
pub(super) enum Login {
    /// It does not ask, or is told the same with every request.
    Fixed(Option<(HeaderName, HeaderValue)>),
    /// A token that is fetched.
    Oauth(Oauth),
}

/// OAuth 2, client credentials (RFC 6749, 4.4).
pub(super) struct Oauth {
    /// Where tokens are given.
    pub token_url: Url,
    /// What the body of the question says.
    pub form: String,
    /// Client and its secret.
    pub authorization: HeaderValue,
    token: RefCell<Option<Token>>,
}

struct Token {
    header: HeaderValue,
    ends: Instant,
}

impl Login {
    /// Takes what it needs from the secrets; `blank` learns the forms in which they go over the wire.
    ///
    /// # Errors
    /// [`SystemFault::NoSecret`], [`SystemFault::Setting`].
    pub(super) fn new(auth: &Auth, secrets: &Secrets, blank: &mut Blank) -> Result<Self, SystemError> {
        let need = |slot| secrets.get(slot).ok_or_else(|| SystemError::from(SystemFault::NoSecret { slot }));
        Ok(match auth {
            Auth::None => Self::Fixed(None),
            Auth::Basic { user } => {
                Self::Fixed(Some((AUTHORIZATION, basic(user, need("password")?, "password", blank)?)))
            }
            Auth::Bearer => {
                let value = format!("Bearer {}", need("token")?.expose());
                Self::Fixed(Some((AUTHORIZATION, sensitive(&value, "token")?)))
            }
            Auth::ApiKey { header } => {
                let name = HeaderName::try_from(header.as_str())
                    .map_err(|_| setting("header", format!("“{header}” is no name of a header")))?;
                Self::Fixed(Some((name, sensitive(need("key")?.expose(), "key")?)))
            }
            Auth::OauthClient { token_url, client_id, scope } => {
                let secret = need("client-secret")?;
                let mut form = "grant_type=client_credentials".to_owned();
                if let Some(scope) = scope {
                    form.push_str("&scope=");
                    form.push_str(&encoded(scope));
                }
                // RFC 6749, 2.3.1: both are encoded as in a form before they are joined.
                let secret = Secret::new(encoded(secret.expose()));
                Self::Oauth(Oauth {
                    token_url: super::client::address(token_url, "token_url")?,
                    form,
                    authorization: basic(&encoded(client_id), &secret, "client-secret", blank)?,
                    token: RefCell::default(),
                })
            }
        })
    }

    /// Forgets a token that was not accepted. Whether there was one.
    pub(super) fn forget(&self) -> bool {
        match self {
            Self::Fixed(_) => false,
            Self::Oauth(oauth) => oauth.token.take().is_some(),
        }
    }
}

impl Oauth {
    /// The header with a token that still lasts.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let token = self.token.borrow();
        token.as_ref().filter(|token| Instant::now() < token.ends).map(|token| token.header.clone())
    }

    /// Keeps what the server of tokens answered.
    ///
    /// # Errors
    /// [`SystemFault::Nonsense`].
    pub(super) fn keep(&self, answer: &[u8], blank: &mut Blank) -> Result<HeaderValue, SystemError> {
        #[derive(serde::Deserialize)]
        struct Given {
            access_token: String,
            #[serde(default)]
            expires_in: serde_json::Value,
        }
        let nonsense = || SystemError::from(SystemFault::Nonsense { expected: "an OAuth 2 token" });
        let given: Given = serde_json::from_slice(answer).map_err(|_| nonsense())?;
        blank.add(&given.access_token);
        // Some servers write the seconds as a text.
        let seconds = given.expires_in.as_u64().or_else(|| given.expires_in.as_str()?.parse().ok());
        let lasts = Duration::from_secs(seconds.unwrap_or(TOKEN_SECONDS).min(86_400));
        let header = sensitive(&format!("Bearer {}", given.access_token), "token")?;
        let ends = Instant::now() + lasts.saturating_sub(TOKEN_MARGIN);
        *self.token.borrow_mut() = Some(Token { header: header.clone(), ends });
        Ok(header)
    }
}

fn basic(
    user: &str,
    secret: &Secret,
    slot: &'static str,
    blank: &mut Blank,
) -> Result<HeaderValue, SystemError> {
    let pair = format!("{user}:{}", secret.expose());
    blank.add(secret.expose());
    blank.add(&pair);
    sensitive(&format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair)), slot)
}

/// A header that no log shows.
pub(super) fn sensitive(value: &str, slot: &'static str) -> Result<HeaderValue, SystemError> {
    let value = HeaderValue::from_str(value);
    let mut value =
        value.map_err(|_| setting(slot, "it holds characters that no header can carry".into()))?;
    value.set_sensitive(true);
    Ok(value)
}

pub(super) fn setting(setting: &'static str, reason: String) -> SystemError {
    SystemFault::Setting { setting, reason }.into()
}

/// As an address or a form carries it: everything but letters, digits and `-._~` as `%XX`.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
