//! What came back: its bytes without packing, its text, and what a code other than 200 means.

use std::io::Read as _;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::Url;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER, SERVER};

use crate::system::{Blank, SystemError, SystemFault};

/// The largest answer that is read, bytes, packed or not: a page of a thousand wide rows has a few.
pub(crate) const ANSWER_BYTES_MAX: u64 = 64_000_000;

/// The longest piece of an answer with an error that is read, bytes: its words are at its beginning.
pub(super) const ERROR_BYTES_MAX: u64 = 64_000;

/// An answer.
pub(crate) struct Answer {
    /// The code.
    pub status: u16,
    /// The address that gave it.
    pub url: Url,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its bytes, unpacked.
    pub body: Vec<u8>,
}

impl Answer {
    /// Unpacks what came. An error that says it is packed and is not is taken as it is: some servers do that.
    ///
    /// # Errors
    /// [`SystemFault::BrokenOff`] for a packed body that ends too early, [`SystemFault::TooLarge`],
    /// [`SystemFault::Nonsense`].
    pub(super) fn unpacked(
        status: u16,
        url: Url,
        headers: HeaderMap,
        packed: Vec<u8>,
    ) -> Result<Self, SystemError> {
        let coding = header(&headers, &CONTENT_ENCODING).unwrap_or_default().trim().to_ascii_lowercase();
        let is_error = status >= 400;
        let body = match coding.as_str() {
            "" | "identity" => packed,
            "gzip" | "x-gzip" if packed.starts_with(&[0x1f, 0x8b]) => match unzipped(&packed) {
                Ok(body) => body,
                Err(_) if is_error => Vec::new(),
                Err(error) => return Err(error),
            },
            _ if is_error => packed,
            "gzip" | "x-gzip" if packed.is_empty() => packed,
            "gzip" | "x-gzip" => {
                let fault = SystemFault::Nonsense { expected: "packed as it says it is (gzip)" };
                return Err(SystemError::new(fault, &words(&packed), &Blank::default()));
            }
            _ => return Err(SystemFault::Nonsense { expected: "plain or packed by gzip" }.into()),
        };
        Ok(Self { status, url, headers, body })
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        header(&self.headers, name)
    }

    /// What the server says it is.
    pub(crate) fn server(&self) -> String {
        self.header(&SERVER).unwrap_or_default().chars().take(80).collect()
    }

    /// The body as text, in the character set that it says.
    ///
    /// # Errors
    /// [`SystemFault::Nonsense`].
    pub(crate) fn text(&self) -> Result<std::borrow::Cow<'_, str>, SystemError> {
        let kind = self.header(&CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
        let charset = kind.split("charset=").nth(1).map(|rest| rest.trim_matches(['"', ' ', ';']));
        let coding = charset.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
        let (text, _, is_damaged) = coding.unwrap_or(encoding_rs::UTF_8).decode(&self.body);
        if is_damaged {
            return Err(SystemFault::Nonsense { expected: "text in the character set that it names" }.into());
        }
        Ok(text)
    }

    /// What a code other than 200 means; nothing for one that is good.
    pub(super) fn fault(&self, what: &str, now: DateTime<Utc>) -> Option<SystemFault> {
        let status = Some(self.status);
        Some(match self.status {
            200..300 => return None,
            401 => SystemFault::Unauthorised,
            403 => SystemFault::Forbidden { what: what.to_owned() },
            404 | 410 => SystemFault::NoStream { name: what.to_owned() },
            429 => SystemFault::Busy { wait: self.wait(now) },
            503 => match self.wait(now) {
                Some(wait) => SystemFault::Busy { wait: Some(wait) },
                None => SystemFault::Failing { status },
            },
            // Not implemented: no other attempt will be.
            501 => SystemFault::Refused { status },
            408 | 500.. => SystemFault::Failing { status },
            _ => SystemFault::Refused { status },
        })
    }

    /// How long it asks to wait: seconds, or a moment by its own clock.
    fn wait(&self, now: DateTime<Utc>) -> Option<Duration> {
        let asked = self.header(&RETRY_AFTER)?.trim();
        if let Ok(seconds) = asked.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let moment = |text| DateTime::parse_from_rfc2822(text).ok();
        let now = self.header(&DATE).and_then(moment).map_or(now, |own| own.to_utc());
        Some((moment(asked)?.to_utc() - now).to_std().unwrap_or_default())
    }
}

fn header<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn unzipped(packed: &[u8]) -> Result<Vec<u8>, SystemError> {
    let mut body = Vec::new();
    let mut reader = flate2::read::MultiGzDecoder::new(packed).take(ANSWER_BYTES_MAX + 1);
    reader.read_to_end(&mut body).map_err(|error| {
        let (fault, detail) = if error.kind() == std::io::ErrorKind::UnexpectedEof {
            (SystemFault::BrokenOff, "what was packed by gzip ends too early".to_owned())
        } else {
            (SystemFault::Nonsense { expected: "packed as it says it is (gzip)" }, error.to_string())
        };
        SystemError::new(fault, &detail, &Blank::default())
    })?;
    if body.len() as u64 > ANSWER_BYTES_MAX {
        return Err(SystemFault::TooLarge { limit_bytes: ANSWER_BYTES_MAX }.into());
    }
    Ok(body)
}

/// What an answer with an error says, as a person would quote it: the message in its JSON, the title of its page, or its
/// text.
pub(crate) fn words(body: &[u8]) -> String {
    if let Ok(value) = serde_json::from_slice(body)
        && let Some(message) = message(&value, 0)
    {
        return message;
    }
    let text = String::from_utf8_lossy(&body[..body.len().min(ERROR_BYTES_MAX as usize)]);
    let lower = text.to_ascii_lowercase();
    let element = |open: &str, close: &str| {
        let start = lower.find(open)? + open.len();
        let start = start + lower[start..].find('>')? + 1;
        let end = start + lower[start..].find(close)?;
        (end > start).then(|| text[start..end].trim().to_owned())
    };
    let said = element("<title", "</title").or_else(|| element("<message", "</message"));
    said.unwrap_or_else(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The text of an error in JSON, by the names that services give it.
pub(crate) fn message(value: &serde_json::Value, depth: usize) -> Option<String> {
    use serde_json::Value;
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Object(fields) if depth < 4 => {
            let names = ["message", "error_description", "error", "errors", "detail", "title", "value"];
            names.iter().find_map(|name| message(fields.get(*name)?, depth + 1))
        }
        Value::Array(items) if depth < 4 => items.iter().find_map(|item| message(item, depth + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer, SystemError> {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()))
            .collect();
        Answer::unpacked(status, Url::parse("http://localhost/").unwrap(), headers, body.to_vec())
    }

    #[test]
    fn a_wait_is_understood_as_seconds_and_as_a_moment() {
        let cases: [(&[(&str, &str)], Option<u64>); 5] = [
            (&[("retry-after", "7")], Some(7)),
            (
                &[
                    ("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"),
                    ("date", "Wed, 21 Oct 2026 07:27:30 GMT"),
                ],
                Some(30),
            ),
            (&[("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")], Some(90)),
            (&[("retry-after", "Wed, 21 Oct 2020 07:28:00 GMT")], Some(0)),
            (&[("retry-after", "soon")], None),
        ];
        let now = "2026-10-21T07:26:30Z".parse().unwrap();
        for (headers, seconds) in cases {
            let fault = answer(429, headers, b"").unwrap().fault("x", now);
            assert_eq!(
                fault,
                Some(SystemFault::Busy { wait: seconds.map(Duration::from_secs) }),
                "{headers:?}"
            );
        }
    }

    #[test]
    fn plain_text_that_calls_itself_packed_is_read_where_it_is_an_error() {
        let gzip = [("content-encoding", "gzip")];
        assert_eq!(
            words(&answer(400, &gzip, b"UserError: no such  field").unwrap().body),
            "UserError: no such field"
        );
        let refused = answer(200, &gzip, b"plain").err().unwrap();
        assert_eq!(refused.to_string(), "the answer is not packed as it says it is (gzip) (plain)");
    }

    #[test]
    fn the_words_of_an_error_are_found() {
        let cases: [(&str, &str); 6] = [
            (r#"{"error":{"code":"400","message":"Property x unknown"}}"#, "Property x unknown"),
            (r#"{"error":{"message":{"lang":"en","value":"Not there"}}}"#, "Not there"),
            (r#"{"errors":[{"detail":"Bad"}]}"#, "Bad"),
            ("<html><TITLE>502 Bad Gateway</TITLE><body>…", "502 Bad Gateway"),
            ("<error><message xml:lang=\"en\">Wrong</message></error>", "Wrong"),
            ("just\n text", "just text"),
        ];
        for (body, said) in cases {
            assert_eq!(words(body.as_bytes()), said);
        }
    }
}
