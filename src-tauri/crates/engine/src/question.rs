//! What a pull cannot know and will not guess: the question as data, and in words for whoever can answer it.

use plaza_domain::language::Language;
use serde::{Deserialize, Serialize};

/// What is asked about a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// Cells hold words where dates are expected: do they stand for no date?
    Words,
    /// All dates fit more than one format: which number is the day?
    DayOrMonth,
    /// Numbers stand where dates are expected: are they days as a spreadsheet counts them, and from which year?
    SerialDays,
    /// One mark in all numbers: does it set off decimals or thousands?
    DecimalMark,
}

/// What a pull cannot know and will not guess.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The stream.
    pub stream: String,
    /// The column, as the file names it.
    pub column: String,
    /// What is asked.
    pub asks: Asks,
    /// Cells that could be read in more than one way.
    pub examples: Vec<String>,
    /// How to answer in TOML: one line for each possible answer.
    pub answers: Vec<String>,
}

impl Question {
    /// What is asked about which column, without how to answer in TOML.
    pub fn words(&self, language: Language) -> String {
        let Self { stream, column, asks, examples, .. } = self;
        let (asks, examples) = (asks.words(language), examples.join(", "));
        match language {
            Language::En if examples.is_empty() => format!("stream “{stream}”, column “{column}”: {asks}"),
            Language::En => format!("stream “{stream}”, column “{column}”: {asks} (for example {examples})"),
            Language::De if examples.is_empty() => format!("Strom „{stream}“, Spalte „{column}“: {asks}"),
            Language::De => format!("Strom „{stream}“, Spalte „{column}“: {asks} (zum Beispiel {examples})"),
            Language::Es if examples.is_empty() => format!("flujo “{stream}”, columna “{column}”: {asks}"),
            Language::Es => format!("flujo “{stream}”, columna “{column}”: {asks} (por ejemplo {examples})"),
        }
    }
}

impl Asks {
    const fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Words, Language::En) => {
                "some cells hold words where dates are expected; do they stand for “no date”?"
            }
            (Self::Words, Language::De) => {
                "In einigen Zellen stehen Wörter statt Daten; bedeuten sie „kein Datum“?"
            }
            (Self::Words, Language::Es) => {
                "algunas celdas contienen palabras donde se esperan fechas; ¿significan “sin fecha”?"
            }
            (Self::DayOrMonth, Language::En) => {
                "which number is the day and which the month? All dates fit more than one format"
            }
            (Self::DayOrMonth, Language::De) => {
                "Welche Zahl ist der Tag und welche der Monat? Alle Daten passen zu mehr als einem Format"
            }
            (Self::DayOrMonth, Language::Es) => {
                "¿qué número es el día y cuál el mes? Todas las fechas encajan en más de un formato"
            }
            (Self::SerialDays, Language::En) => {
                "are these numbers days as a spreadsheet counts them, from 1900 or from 1904? In brackets is what they would mean"
            }
            (Self::SerialDays, Language::De) => {
                "Sind diese Zahlen Tage, wie eine Tabellenkalkulation sie zählt, ab 1900 oder ab 1904? In Klammern steht, was sie bedeuten würden"
            }
            (Self::SerialDays, Language::Es) => {
                "¿son estos números días como los cuenta una hoja de cálculo, desde 1900 o desde 1904? Entre paréntesis está lo que significarían"
            }
            (Self::DecimalMark, Language::En) => {
                "is the mark in these numbers a decimal mark or a separator of thousands?"
            }
            (Self::DecimalMark, Language::De) => {
                "Trennt das Zeichen in diesen Zahlen Nachkommastellen oder Tausender?"
            }
            (Self::DecimalMark, Language::Es) => {
                "¿el signo de estos números separa los decimales o los millares?"
            }
        }
    }
}

/// English, with how to answer in TOML: what the command line prints.
impl std::fmt::Display for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words(Language::En))?;
        for answer in &self.answers {
            write!(f, "\n  answer with: {answer}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_asked_in_the_readers_language_about_the_column_with_examples() {
        let question = Question {
            stream: "orders".into(),
            column: "Promised".into(),
            asks: Asks::DayOrMonth,
            examples: vec!["03/04/2026".into(), "05/06/2026".into()],
            answers: vec!["promised = { column = \"Promised\", formats = [\"dd/MM/yyyy\"] }".into()],
        };
        for (language, parts) in [
            (Language::En, ["column “Promised”", "which number is the day", "for example 03/04/2026, 05/06"]),
            (
                Language::De,
                ["Spalte „Promised“", "Welche Zahl ist der Tag", "zum Beispiel 03/04/2026, 05/06"],
            ),
            (Language::Es, ["columna “Promised”", "qué número es el día", "por ejemplo 03/04/2026, 05/06"]),
        ] {
            let words = question.words(language);
            assert!(parts.iter().all(|part| words.contains(part)), "{words}");
            assert!(!words.contains("formats"), "{words}");
        }
        assert!(question.to_string().ends_with("formats = [\"dd/MM/yyyy\"] }"), "{question}");
        let bare = Question { examples: Vec::new(), asks: Asks::Words, ..question };
        assert!(bare.words(Language::De).ends_with("„kein Datum“?"));
    }

    #[test]
    fn it_is_kept_as_data() {
        let words = [Asks::Words, Asks::DayOrMonth, Asks::SerialDays, Asks::DecimalMark]
            .map(|asks| serde_json::to_string(&asks).unwrap());
        assert_eq!(words, ["\"words\"", "\"day-or-month\"", "\"serial-days\"", "\"decimal-mark\""]);
    }
}
