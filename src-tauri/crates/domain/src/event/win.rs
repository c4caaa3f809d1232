//! Wins: what went well, and everybody who had a part in it.
//!
//! All of it merges when it is said at once on several devices. Of a win's own words the last ones count, whole; a
//! contributor is there or not by the last word on that contributor alone, so that two people who each add a forgotten
//! name add both; a reaction is its person's own; a celebration is a set that only grows; whether a suggestion is dismissed
//! is the last word on its signal.

use serde::{Deserialize, Serialize};

use super::{CommitmentId, DecisionId, MeetingId, SignalId, WinId};
use crate::day::Day;
use crate::department::DepartmentId;
use crate::person::PersonId;

/// An order line that a win is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
pub struct WinOrder {
    /// Of which system.
    pub system: String,
    /// The order's number.
    pub order: String,
    /// The line's number.
    pub line: String,
}

/// A win, as it stands: the last word on it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WinRecorded {
    /// Which win.
    pub win: WinId,
    /// What was won, in a sentence.
    pub title: String,
    /// How it came about; empty where nobody has told it yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub story: String,
    /// The day on which it was won.
    pub on: Day,
    /// The customer whom it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub customer: String,
    /// The order lines behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<WinOrder>,
    /// The signal that turned to the better.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<SignalId>,
}

/// Who had a part in a win.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Contributor {
    /// A department.
    Department {
        /// Which one.
        department: DepartmentId,
    },
    /// A person.
    Person {
        /// Who.
        person: PersonId,
    },
}

/// Why somebody is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum ContributorReason {
    /// Its legs took less than planned while their orders were late, and so brought them nearer to their promise.
    MadeUp {
        /// How many days it made up, in all.
        days: u32,
        /// In how many of its legs.
        legs: u32,
    },
    /// All of its legs took no longer than planned.
    Kept {
        /// How many.
        legs: u32,
    },
    /// Some of its legs took longer than planned; the order was won with them all the same.
    Carried {
        /// How many legs.
        legs: u32,
        /// How many of them took no longer than planned.
        kept: u32,
    },
    /// They saw to a decision that was in force before the signal turned to the better.
    Decided {
        /// Which decision.
        decision: DecisionId,
    },
    /// They kept a commitment that was made together with such a decision.
    Committed {
        /// Which commitment.
        commitment: CommitmentId,
    },
    /// A person named them.
    Named {
        /// What for, in that person's words; may be empty.
        #[serde(default)]
        words: String,
    },
}

/// Somebody is named on a win.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributorAdded {
    /// On which win.
    pub win: WinId,
    /// Who.
    pub contributor: Contributor,
    /// Why.
    pub reason: ContributorReason,
}

/// Somebody is not named on a win any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributorRemoved {
    /// On which win.
    pub win: WinId,
    /// Who.
    pub contributor: Contributor,
    /// Why not.
    pub reason: String,
}

/// A person reacted to a win, or took that back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WinReacted {
    /// To which win.
    pub win: WinId,
    /// A word: `applause`, `thanks`, `proud`.
    pub reaction: String,
    /// Whether it was given, or taken back.
    pub is_on: bool,
}

/// A win was celebrated in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WinCelebrated {
    /// Which win.
    pub win: WinId,
    /// In which meeting.
    pub meeting: MeetingId,
}
