//! How XML and HTML hold a text.

use std::fmt::{Display, Write};

/// Escapes what XML reserves and drops what XML 1.0 cannot hold.
pub(crate) struct Escaped<'a>(pub(crate) &'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\t' | '\n' | '\r' => self.0.push(' '),
                letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
                letter => self.0.push(letter),
            }
        }
        Ok(())
    }
}

/// Appends a value, escaped.
pub(crate) fn escape(out: &mut String, value: impl Display) {
    // Writing to a string does not fail.
    let _ = write!(Escaped(out), "{value}");
}
