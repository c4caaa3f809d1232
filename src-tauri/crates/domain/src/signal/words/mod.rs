//! What a chart says, in words a person would use: the sentence, icons, rules, warnings, proposals. In English,
//! German and Spanish; one place serves the window, the minutes and the command line.

mod de;
mod en;
mod es;
mod label;
pub mod period;

pub use label::{assurance, phase_start, proposal, rule, screening, state, variation, warning};

use serde::{Deserialize, Serialize};

use super::cadence::Cadence;
use super::sentence::Sentence;
use crate::language::Language;

/// A piece of a sentence; a strong one is set bold on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Span {
    /// Its text.
    pub text: String,
    /// Whether it is emphasised.
    pub strong: bool,
}

impl Sentence {
    /// The sentence in a language, for a series of the given rhythm.
    pub fn words(&self, cadence: Cadence, language: Language) -> String {
        self.spans(cadence, language).into_iter().map(|span| span.text).collect()
    }

    /// The same with its emphasis.
    pub fn spans(&self, cadence: Cadence, language: Language) -> Vec<Span> {
        let mut text = Text::default();
        match language {
            Language::En => en::say(self, cadence, &mut text),
            Language::De => de::say(self, cadence, &mut text),
            Language::Es => es::say(self, cadence, &mut text),
        }
        text.0
    }
}

/// A sentence under construction.
#[derive(Default)]
struct Text(Vec<Span>);

impl Text {
    fn add(&mut self, text: impl AsRef<str>) {
        self.piece(text.as_ref(), false);
    }

    fn strong(&mut self, text: impl AsRef<str>) {
        self.piece(text.as_ref(), true);
    }

    fn piece(&mut self, text: &str, strong: bool) {
        match self.0.last_mut() {
            Some(last) if last.strong == strong => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Span { text: text.to_owned(), strong }),
        }
    }

    /// Names in a row, each strong: `A, B and C`.
    fn names<'a>(&mut self, names: impl ExactSizeIterator<Item = &'a str>, and: &str) {
        let last = names.len().saturating_sub(1);
        for (at, name) in names.enumerate() {
            if at > 0 {
                self.add(if at == last { and } else { ", " });
            }
            self.strong(name);
        }
    }
}

/// One of three texts.
const fn pick(language: Language, texts: [&'static str; 3]) -> &'static str {
    match language {
        Language::En => texts[0],
        Language::De => texts[1],
        Language::Es => texts[2],
    }
}

/// The text with a capital first letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
