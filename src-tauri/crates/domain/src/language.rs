//! The languages that Plaza speaks, and how each writes numbers. One place serves the window, the minutes
//! and the command line.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
    /// Spanish.
    Es,
}

/// The text names none of the languages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a language that Plaza speaks (en, de, es)")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// Every language, in the order in which a menu shows them.
    pub const ALL: [Self; 3] = [Self::En, Self::De, Self::Es];

    /// The language's two-letter code (ISO 639-1).
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Es => "es",
        }
    }

    /// A number with `decimals` places: `1,234.5` in English, `1.234,5` in German and Spanish. A value that
    /// rounds to nothing is written without a sign.
    pub fn number(self, value: f64, decimals: u8) -> String {
        let plain = format!("{:.*}", usize::from(decimals), value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let (group, point) = match self {
            Self::En => (',', '.'),
            Self::De | Self::Es => ('.', ','),
        };
        let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 1);
        if value < 0.0 && plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
            text.push('-');
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(point);
            text.push_str(fraction);
        }
        text
    }

    /// A percentage: `86.9%` in English, with a no-break space before the sign in German and Spanish.
    pub fn percent(self, value: f64, decimals: u8) -> String {
        let number = self.number(value, decimals);
        match self {
            Self::En => format!("{number}%"),
            Self::De | Self::Es => format!("{number}\u{a0}%"),
        }
    }

    /// A count in words up to twelve and in digits above, as a sentence would say it. Feminine in Spanish
    /// where `one` is meant for weeks (`una`).
    pub fn count(self, count: u32) -> String {
        const EN: [&str; 13] = [
            "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve",
        ];
        const DE: [&str; 13] = [
            "null", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
            "zwölf",
        ];
        const ES: [&str; 13] = [
            "cero", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
            "once", "doce",
        ];
        let words = match self {
            Self::En => EN,
            Self::De => DE,
            Self::Es => ES,
        };
        words.get(count as usize).map_or_else(|| self.number(f64::from(count), 0), |word| (*word).to_owned())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        let code = text.trim().to_ascii_lowercase();
        let code = code.split(['-', '_', '.']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or_else(|| UnknownLanguage(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        for (value, decimals, en, de) in [
            (1234.5, 1, "1,234.5", "1.234,5"),
            (1_234_567.0, 0, "1,234,567", "1.234.567"),
            (999.96, 1, "1,000.0", "1.000,0"),
            (-0.04, 1, "0.0", "0,0"),
            (-12.25, 2, "-12.25", "-12,25"),
            (7.0, 0, "7", "7"),
        ] {
            assert_eq!(Language::En.number(value, decimals), en);
            assert_eq!(Language::De.number(value, decimals), de);
            assert_eq!(Language::Es.number(value, decimals), de);
        }
        assert_eq!(Language::En.percent(86.94, 1), "86.9%");
        assert_eq!(Language::De.percent(86.94, 1), "86,9\u{a0}%");
    }

    #[test]
    fn a_language_is_read_from_its_code_or_a_locale() {
        assert_eq!("de_DE.UTF-8".parse(), Ok(Language::De));
        assert_eq!("ES".parse(), Ok(Language::Es));
        assert_eq!("fr".parse::<Language>(), Err(UnknownLanguage("fr".into())));
    }
}
