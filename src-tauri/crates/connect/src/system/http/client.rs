//! The one client of every kind that speaks HTTP: bounded answers, patient attempts, no credentials to strangers,
//! everything told to the trail.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION,
};
use reqwest::{Method, Url};

use super::answer::{ANSWER_BYTES_MAX, Answer, ERROR_BYTES_MAX, words};
use super::auth::{Login, sensitive, setting};
use super::fault::{NameResolver, fault_of};
use crate::system::connection::Auth;
use crate::system::retry::{Pause, Retry};
use crate::system::{Ask, Blank, Exchange, Outcome, Secrets, SystemError, SystemFault, ask};

/// The longest time until a wire is open; a server that is there answers in a fraction of it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// An answer may take so many times the longest silence in all, so that one that drips for ever ends.
const SILENCES_MAX: u32 = 10;

/// Redirects that are followed, as browsers do.
const REDIRECTS_MAX: u32 = 5;

/// Longest piece of a question's body that the trail keeps, bytes.
const TOLD_BODY_BYTES: usize = 600;

/// Where a service is and how it knows who asks.
pub(crate) struct Place<'a> {
    /// What every address begins with.
    pub url: &'a str,
    /// How it knows who asks.
    pub auth: &'a Auth,
    /// Headers of every request.
    pub headers: &'a BTreeMap<String, String>,
    /// A file with the company's own authority.
    pub ca_file: Option<&'a str>,
}

/// A question.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// What is asked for, for people: the name of a stream.
    pub what: String,
    /// `GET` or `POST`.
    pub method: Method,
    /// The whole address.
    pub url: Url,
    /// Headers beside those of every request.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// JSON.
    pub body: Option<String>,
}

impl Call {
    /// A `GET`.
    pub(crate) fn get(what: &str, url: Url) -> Self {
        Self { what: what.to_owned(), method: Method::GET, url, headers: Vec::new(), body: None }
    }
}

/// A client of one service.
pub(crate) struct Client {
    http: reqwest::Client,
    /// Taken when it is dropped.
    runtime: Option<tokio::runtime::Runtime>,
    base: Url,
    headers: HeaderMap,
    login: Login,
    blank: RefCell<Blank>,
    retry: Retry,
}

impl Client {
    /// For one service; nothing is asked yet.
    ///
    /// # Errors
    /// [`SystemFault::Setting`], [`SystemFault::NoSecret`], [`SystemFault::Local`].
    pub(crate) fn new(place: &Place<'_>, secrets: &Secrets, retry: Retry) -> Result<Self, SystemError> {
        let base = address(place.url, "url")?;
        let mut blank = secrets.blank();
        let login = Login::new(place.auth, secrets, &mut blank)?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        for (name, value) in place.headers {
            let wrong = |()| setting("headers", format!("“{name}” or its value cannot be a header"));
            let value = HeaderValue::from_str(value).map_err(|_| wrong(()))?;
            headers.insert(HeaderName::try_from(name.as_str()).map_err(|_| wrong(()))?, value);
        }
        let is_protected = base.scheme() == "https" || matches!(place.auth, Auth::OauthClient { .. });
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(super::tls::config(place.ca_file, is_protected)?)
            .dns_resolver(NameResolver)
            .connect_timeout(CONNECT_TIMEOUT)
            .user_agent(concat!("Plaza/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none());
        let builder = if is_loopback(&base) { builder.no_proxy() } else { builder };
        let http = builder
            .build()
            .map_err(|error| SystemError::new(SystemFault::Local, &error.to_string(), &blank))?;
        let blank = RefCell::new(blank);
        Ok(Self { http, runtime: Some(ask::runtime()?), base, headers, login, blank, retry })
    }

    /// What every address begins with.
    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// What should be known about the way to it, in plain English.
    pub(crate) fn notes(&self) -> Vec<String> {
        let is_open = self.base.scheme() == "http" && !is_loopback(&self.base);
        let note =
            "the wire is not protected: anybody on the way can read the rows and the secret; ask for https";
        is_open.then(|| note.to_owned()).into_iter().collect()
    }

    /// An address below the base: `path` may have a query.
    ///
    /// # Errors
    /// [`SystemFault::Setting`].
    #[allow(clippy::unnecessary_wraps)] // as addresses are made elsewhere
    pub(crate) fn address(&self, path: &str) -> Result<Url, SystemError> {
        let path = path.trim_start_matches('/');
        if path.is_empty() {
            return Ok(self.base.clone());
        }
        let (mut url, base) = (self.base.clone(), self.base.query().map(str::to_owned));
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        let path = format!("{}/{path}", url.path().trim_end_matches('/'));
        url.set_path(&path);
        let query: Vec<&str> = base.as_deref().into_iter().chain(query).collect();
        url.set_query((!query.is_empty()).then(|| query.join("&")).as_deref());
        Ok(url)
    }

    /// A header that no log shows; its value is never told.
    ///
    /// # Errors
    /// [`SystemFault::Setting`].
    #[allow(dead_code)] // for services that give a session of their own
    pub(crate) fn secret_header(&self, value: &str) -> Result<HeaderValue, SystemError> {
        self.hide(value);
        sensitive(value, "session")
    }

    /// One more text that is never told: a session, say.
    pub(crate) fn hide(&self, secret: &str) {
        self.blank.borrow_mut().add(secret);
    }

    /// An error with what was said about it, without secrets.
    pub(crate) fn error(&self, fault: SystemFault, detail: &str) -> SystemError {
        SystemError::new(fault, detail, &self.blank.borrow())
    }

    /// Asks, as often as [`Retry`] says, and understands the answer: what `understand` makes of it, and the rows in it.
    /// An answer with a code that says no is an error before that.
    ///
    /// # Errors
    /// Why there is no answer that can be understood.
    pub(crate) fn ask<T>(
        &self,
        call: &Call,
        ask: &Ask<'_>,
        understand: impl Fn(&Answer) -> Result<(T, u64), SystemError>,
    ) -> Result<T, SystemError> {
        let (mut attempt, mut is_renewed) = (1, false);
        loop {
            ask.go_on()?;
            let error = match self.once(call, ask, &understand) {
                Ok(understood) => return Ok(understood),
                Err(error) => error,
            };
            // A token may have been called back before its time.
            if error.fault == SystemFault::Unauthorised && !is_renewed && self.login.forget() {
                is_renewed = true;
                continue;
            }
            match self.retry.after(attempt, &error, getrandom::u64().unwrap_or(u64::MAX)) {
                Pause::Never => return Err(error),
                Pause::For(pause) => ask.wait(pause)?,
            }
            attempt += 1;
        }
    }

    fn once<T>(
        &self,
        call: &Call,
        ask: &Ask<'_>,
        understand: &impl Fn(&Answer) -> Result<(T, u64), SystemError>,
    ) -> Result<T, SystemError> {
        let mut call = call.clone();
        self.keep_home(&call.url)?;
        if let Some((name, value)) = self.credentials(ask)? {
            call.headers.push((name, value));
        }
        for _ in 0..=REDIRECTS_MAX {
            let step = self.told(&call, ask, |answer| match self.onward(&call, answer)? {
                Some(next) => Ok((Step::Onward(next), 0)),
                None => understand(answer).map(|(understood, rows)| (Step::Here(understood), rows)),
            })?;
            match step {
                Step::Here(understood) => return Ok(understood),
                Step::Onward(next) => call.url = next,
            }
        }
        Err(self.error(SystemFault::Refused { status: None }, "it sends from address to address without end"))
    }

    /// Where an answer sends, if it does.
    fn onward(&self, call: &Call, answer: &Answer) -> Result<Option<Url>, SystemError> {
        let same_question = matches!(answer.status, 307 | 308) || call.method == Method::GET;
        if !matches!(answer.status, 301..=303 | 307 | 308) {
            return Ok(None);
        }
        let refused = SystemFault::Refused { status: Some(answer.status) };
        let next = answer.header(&LOCATION).and_then(|next| answer.url.join(next).ok());
        match next {
            Some(next) if same_question => self.keep_home(&next).map(|()| Some(next)),
            _ => Err(self.error(refused, "it sends elsewhere in a way that cannot be followed")),
        }
    }

    /// Credentials and questions never go to another host than the connection names.
    fn keep_home(&self, url: &Url) -> Result<(), SystemError> {
        let is_upgrade = self.base.scheme() == "http"
            && url.scheme() == "https"
            && (self.base.port(), url.port()) == (None, None);
        let is_home =
            url.host_str() == self.base.host_str() && (url.origin() == self.base.origin() || is_upgrade);
        if is_home {
            return Ok(());
        }
        let elsewhere = format!("it sends to another host: {}", url.origin().ascii_serialization());
        Err(self.error(SystemFault::Refused { status: None }, &elsewhere))
    }

    fn credentials(&self, ask: &Ask<'_>) -> Result<Option<(HeaderName, HeaderValue)>, SystemError> {
        let oauth = match &self.login {
            Login::Fixed(header) => return Ok(header.clone()),
            Login::Oauth(oauth) => oauth,
        };
        if let Some(header) = oauth.header() {
            return Ok(Some((AUTHORIZATION, header)));
        }
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        let call = Call {
            what: "a token".into(),
            method: Method::POST,
            url: oauth.token_url.clone(),
            headers: vec![(CONTENT_TYPE, form), (AUTHORIZATION, oauth.authorization.clone())],
            body: Some(oauth.form.clone()),
        };
        let header =
            self.told(&call, ask, |answer| Ok((oauth.keep(&answer.body, &mut self.blank.borrow_mut())?, 0)));
        // Servers of tokens say 400 where they do not know the client (RFC 6749, 5.2).
        let header = header.map_err(|error| match error.fault {
            SystemFault::Refused { .. } => SystemError { fault: SystemFault::Unauthorised, ..error },
            _ => error,
        })?;
        Ok(Some((AUTHORIZATION, header)))
    }

    /// Asks once and tells the trail.
    fn told<T>(
        &self,
        call: &Call,
        ask: &Ask<'_>,
        understand: impl Fn(&Answer) -> Result<(T, u64), SystemError>,
    ) -> Result<T, SystemError> {
        let began = Instant::now();
        let bytes = Cell::new(0);
        let answer = self.runtime()?.block_on(self.receive(call, ask, &bytes));
        let mut status = None;
        let understood = answer.and_then(|answer| {
            status = Some(answer.status);
            match answer.fault(&call.what, chrono::Utc::now()) {
                // Where it sends is not a fault yet.
                Some(SystemFault::Refused { .. }) if (300..400).contains(&answer.status) => {
                    understand(&answer)
                }
                Some(fault) => Err(self.error(fault, &words(&answer.body))),
                None => understand(&answer),
            }
        });
        let understood = understood.map_err(|error| self.blanked(error));
        let outcome = match &understood {
            Ok(_) => Outcome::Answered { status },
            Err(error) => Outcome::Failed { code: error.code(), words: error.to_string() },
        };
        let rows = understood.as_ref().map_or(0, |(_, rows)| *rows);
        let request = self.request_text(call);
        (ask.tell)(Exchange { request, outcome, bytes: bytes.get(), rows, took: began.elapsed() });
        understood.map(|(understood, _)| understood)
    }

    fn blanked(&self, error: SystemError) -> SystemError {
        match &error.detail {
            Some(detail) => self.error(error.fault, detail),
            None => error,
        }
    }

    fn request_text(&self, call: &Call) -> String {
        // Blanked before it is cut, so that no half of a secret stays.
        let body = self.blank.borrow().text(call.body.as_deref().unwrap_or_default());
        let mut end = body.len().min(TOLD_BODY_BYTES);
        while !body.is_char_boundary(end) {
            end -= 1;
        }
        let address = self.blank.borrow().text(call.url.as_str());
        format!("{} {address} {}", call.method, &body[..end]).trim_end().to_owned()
    }

    async fn receive(&self, call: &Call, ask: &Ask<'_>, bytes: &Cell<u64>) -> Result<Answer, SystemError> {
        let began = Instant::now();
        let longest = ask.timeout.saturating_mul(SILENCES_MAX);
        let failed = |error: reqwest::Error| fault_of(&error, &call.url, ask.timeout, &self.blank.borrow());
        let mut request =
            self.http.request(call.method.clone(), call.url.clone()).headers(self.headers.clone());
        let mut own = HeaderMap::new();
        if let Some(body) = &call.body {
            own.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            request = request.body(body.clone());
        }
        own.extend(call.headers.iter().cloned());
        let request = request.headers(own);
        let mut response = ask.answered(async { request.send().await.map_err(failed) }).await?;
        let status = response.status().as_u16();
        let too_large = SystemFault::TooLarge { limit_bytes: ANSWER_BYTES_MAX };
        if status < 400 && response.content_length().is_some_and(|length| length > ANSWER_BYTES_MAX) {
            return Err(too_large.into());
        }
        let mut packed = Vec::new();
        while let Some(piece) = ask.answered(async { response.chunk().await.map_err(failed) }).await? {
            bytes.set(bytes.get() + piece.len() as u64);
            packed.extend_from_slice(&piece);
            if status >= 400 && packed.len() as u64 >= ERROR_BYTES_MAX {
                break;
            }
            if packed.len() as u64 > ANSWER_BYTES_MAX {
                return Err(too_large.into());
            }
            if began.elapsed() > longest {
                return Err(SystemFault::TimedOut { seconds: longest.as_secs() }.into());
            }
        }
        let headers = std::mem::take(response.headers_mut());
        Answer::unpacked(status, response.url().clone(), headers, packed)
    }

    fn runtime(&self) -> Result<&tokio::runtime::Runtime, SystemError> {
        self.runtime.as_ref().ok_or_else(|| SystemFault::Local.into())
    }
}

/// An answer, or where it sends.
enum Step<T> {
    Here(T),
    Onward(Url),
}

impl Drop for Client {
    fn drop(&mut self) {
        // A name that is still being looked up is not waited for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// An address of the web without credentials in it.
///
/// # Errors
/// [`SystemFault::Setting`].
pub(super) fn address(text: &str, name: &'static str) -> Result<Url, SystemError> {
    let url = Url::parse(text.trim());
    let url = url.map_err(|error| setting(name, format!("it is no address of the web ({error})")))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(setting(name, "it does not begin with https:// or http://".into()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let reason = "it holds a user or a password; these belong into the fields for them";
        return Err(setting(name, reason.into()));
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}
