//! Secrets of systems: passwords, tokens, keys. They come from the keyring for one call and are never written down.

use std::fmt::{self, Write as _};

use zeroize::Zeroizing;

/// What stands in place of a secret wherever it would be shown.
const BLANK: &str = "•••";

/// Secrets shorter than this are not searched for in texts: blanking every `a` would only destroy the text.
const SEARCHED_BYTES_MIN: usize = 3;

/// A secret text, wiped when it is dropped. It has no way to be printed.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text over.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the wire only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The secrets of one connection, by the name of their slot (`password`, `token`).
#[derive(Clone, Debug, Default)]
pub struct Secrets(Vec<(String, Secret)>);

impl Secrets {
    /// Puts a secret into a slot; what was there before is dropped.
    pub fn put(&mut self, slot: &str, secret: Secret) {
        self.0.retain(|(name, _)| name != slot);
        self.0.push((slot.to_owned(), secret));
    }

    /// The secret of a slot.
    pub fn get(&self, slot: &str) -> Option<&Secret> {
        self.0.iter().find(|(name, _)| name == slot).map(|(_, secret)| secret)
    }

    /// What blanks these secrets in texts.
    pub fn blank(&self) -> Blank {
        let mut blank = Blank::default();
        for (_, secret) in &self.0 {
            blank.add(secret.expose());
        }
        blank
    }
}

/// Takes secrets out of texts that are kept or shown: errors of drivers, requests in the trail, a program's output.
#[derive(Clone, Default)]
pub struct Blank(Vec<Zeroizing<String>>);

impl fmt::Debug for Blank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blank({} secrets)", self.0.len())
    }
}

impl Blank {
    /// One more secret, also one that was only given in the conversation (a session, a token); as it is, in base64, and
    /// as an address, a form or a JSON text would carry it.
    pub fn add(&mut self, secret: &str) {
        for form in forms(secret) {
            if form.len() >= SEARCHED_BYTES_MIN && !self.0.iter().any(|known| **known == form) {
                self.0.push(Zeroizing::new(form));
            }
        }
        // A longer secret may hold a shorter one.
        self.0.sort_by_key(|known| std::cmp::Reverse(known.len()));
    }

    /// The text without secrets.
    pub fn text(&self, text: &str) -> String {
        let mut blanked = text.to_owned();
        for secret in &self.0 {
            if blanked.contains(secret.as_str()) {
                blanked = blanked.replace(secret.as_str(), BLANK);
            }
        }
        blanked
    }
}

/// Every way in which a wire, or a message about what it carried, may write a text.
fn forms(text: &str) -> Vec<String> {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
    let percent = percent_encoded(text);
    let json = serde_json::Value::from(text).to_string();
    let json = json.trim_start_matches('"').strip_suffix('"').unwrap_or_default().to_owned();
    let mut ascii = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_ascii() {
            ascii.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            // A String takes whatever is written to it.
            let _ = write!(ascii, "\\u{unit:04x}");
        }
    }
    let mut forms =
        vec![text.to_owned(), json, ascii, percent.replace("%20", "+"), lower_case(&percent), percent];
    // With its padding before without: the longer one goes first.
    forms.extend([STANDARD.encode(text), URL_SAFE.encode(text)]);
    forms.extend([STANDARD_NO_PAD.encode(text), URL_SAFE_NO_PAD.encode(text)]);
    forms
}

/// `%2F` as `%2f`.
fn lower_case(percent_encoded: &str) -> String {
    let mut after = 0;
    percent_encoded
        .chars()
        .map(|letter| {
            let is_hex = after > 0;
            after = if letter == '%' { 2 } else { after - i32::from(is_hex) };
            if is_hex { letter.to_ascii_lowercase() } else { letter }
        })
        .collect()
}

/// Everything but letters, digits and `-._~` as `%XX`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // A String takes whatever is written to it.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_blanked_in_every_form_that_a_wire_gives_it() {
        let mut secrets = Secrets::default();
        secrets.put("password", Secret::new("pässw/rd 1".into()));
        let blank = secrets.blank();
        for text in [
            "a pässw/rd 1 b",
            "a p%C3%A4ssw%2Frd%201 b",
            "a p%c3%a4ssw%2frd%201 b",
            "a p%C3%A4ssw%2Frd+1 b",
            "a cMOkc3N3L3JkIDE= b",
            "a cMOkc3N3L3JkIDE b",
            r"a p\u00e4ssw/rd 1 b",
        ] {
            assert_eq!(blank.text(text), "a ••• b", "{text}");
        }
        assert!(!format!("{secrets:?}").contains("rd 1"));
    }

    #[test]
    fn the_longer_of_two_secrets_goes_first_and_letters_stay() {
        let mut blank = Blank::default();
        blank.add("abc");
        blank.add("abcdef");
        blank.add("x");
        assert_eq!(blank.text("abcdef abc x"), "••• ••• x");
    }
}
