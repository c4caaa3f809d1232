//! The integration audit: thirteen questions, each quarter, and the debt that follows from the answers.

use std::fmt;
use std::str::FromStr;

use chrono::Datelike;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::day::{Day, NotADay};

/// A question of the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Is its charter complete?
    Charter,
    /// Does one person who is here own it?
    Owner,
    /// Is its success measured each week?
    Measure,
    /// Is it known which system is right where two disagree?
    Truth,
    /// Do rules keep doubtful rows out?
    Rules,
    /// Is the quarantine worked off?
    Quarantine,
    /// Are its data fresh?
    Fresh,
    /// Does an outage of its system leave everything else alone?
    Coupling,
    /// Are its secrets where they belong?
    Secrets,
    /// Can every number be traced to its raw row?
    Trail,
    /// Are exceptions handled as the normal case?
    Exceptions,
    /// Can people carry on by hand, and have they tried?
    Fallback,
    /// Do people use it, and talk about what it shows?
    Usage,
}

impl Question {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 13] = [
        Self::Charter,
        Self::Owner,
        Self::Measure,
        Self::Truth,
        Self::Rules,
        Self::Quarantine,
        Self::Fresh,
        Self::Coupling,
        Self::Secrets,
        Self::Trail,
        Self::Exceptions,
        Self::Fallback,
        Self::Usage,
    ];

    /// The word in events and commands.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Charter => "charter",
            Self::Owner => "owner",
            Self::Measure => "measure",
            Self::Truth => "truth",
            Self::Rules => "rules",
            Self::Quarantine => "quarantine",
            Self::Fresh => "fresh",
            Self::Coupling => "coupling",
            Self::Secrets => "secrets",
            Self::Trail => "trail",
            Self::Exceptions => "exceptions",
            Self::Fallback => "fallback",
            Self::Usage => "usage",
        }
    }

    /// The question of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.word() == word)
    }
}

/// An answer, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// In part.
    Partial,
    /// No.
    No,
}

/// The answer that counts: the worse of what Plaza knows and what a person says. A person may be stricter than the
/// evidence, never kinder.
pub fn joined(known: Option<Answer>, said: Option<Answer>) -> Option<Answer> {
    known.max(said)
}

/// More answers than this that are not *yes* are debt.
pub const DEBT_ABOVE: usize = 2;

/// How many answers are not *yes*. A question without an answer is not counted: nobody has looked yet.
pub fn lacking(answers: impl IntoIterator<Item = Option<Answer>>) -> usize {
    answers.into_iter().flatten().filter(|answer| *answer != Answer::Yes).count()
}

/// Whether the answers are debt.
pub fn is_debt(answers: impl IntoIterator<Item = Option<Answer>>) -> bool {
    lacking(answers) > DEBT_ABOVE
}

/// A quarter of a year: quarters since year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter(pub i32);

impl Quarter {
    /// The quarter that holds a day.
    pub fn of(day: Day) -> Self {
        let date = day.to_date();
        Self(date.year() * 4 + date.month0() as i32 / 3)
    }

    /// Year and quarter (1–4).
    pub const fn parts(self) -> (i32, i32) {
        (self.0.div_euclid(4), self.0.rem_euclid(4) + 1)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, quarter) = self.parts();
        write!(f, "{year:04}-Q{quarter}")
    }
}

impl FromStr for Quarter {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let parse = || {
            let (year, quarter) = text.split_once("-Q")?;
            let quarter: i32 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
            Some(Self(year.parse::<u16>().map(i32::from).ok()? * 4 + quarter - 1))
        };
        parse().ok_or_else(|| NotADay(text.into()))
    }
}

impl Serialize for Quarter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quarter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_answers_that_are_not_yes_are_debt_and_two_are_not() {
        use Answer::{No, Partial, Yes};
        assert!(!is_debt([Some(No), Some(Partial), Some(Yes), None]));
        assert!(is_debt([Some(No), Some(Partial), Some(Partial), Some(Yes)]));
        assert!(!is_debt([None; 13]), "nobody has looked");
    }

    #[test]
    fn a_person_may_be_stricter_than_the_evidence_and_never_kinder() {
        use Answer::{No, Partial, Yes};
        for (known, said, counts) in [
            (Some(No), Some(Yes), Some(No)),
            (Some(Partial), Some(Yes), Some(Partial)),
            (Some(Yes), Some(No), Some(No)),
            (None, Some(Partial), Some(Partial)),
            (Some(Yes), None, Some(Yes)),
            (None, None, None),
        ] {
            assert_eq!(joined(known, said), counts, "{known:?} {said:?}");
        }
    }

    #[test]
    fn quarters_are_read_and_written() {
        for (day, quarter) in
            [("2026-01-01", "2026-Q1"), ("2026-03-31", "2026-Q1"), ("2026-11-23", "2026-Q4")]
        {
            let found = Quarter::of(day.parse().unwrap());
            assert_eq!((found.to_string().as_str(), quarter.parse()), (quarter, Ok(found)));
        }
        for wrong in ["2026-Q0", "2026-Q5", "2026", "Q1", "-1-Q1"] {
            assert!(wrong.parse::<Quarter>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_question_has_a_word_of_its_own() {
        for question in Question::ALL {
            assert_eq!(Question::of(question.word()), Some(question));
        }
    }
}
