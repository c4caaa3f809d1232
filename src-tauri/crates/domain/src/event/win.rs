//! Wins: what went well, and everybody who had a part in it.
//!
//! All of it merges when it is said at once on several devices. Of each of a win's own words the last one counts, so that
//! one person tells the story while another mends the day; a contributor is there or not by the last word on that contributor
//! alone, so that two people who each add a forgotten name add both; a reaction is its person's own; whether a win stands,
//! whether a meeting celebrated it and whether a suggestion is dismissed is the last word on each.

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

/// A win was recorded, or told in other words: what did not change is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WinRecorded {
    /// Which win.
    pub win: WinId,
    /// What was won, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How it came about; empty where nobody is to read it any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// The day on which it was won.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// The customer whom it is about; empty for nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// The order lines behind it, all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders: Option<Vec<WinOrder>>,
    /// The signal that turned to the better: said once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signal: Option<SignalId>,
}

impl WinRecorded {
    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        *self == Self { win: self.win.clone(), ..Self::default() }
    }

    /// Takes over what a later word says.
    pub fn change(&mut self, later: Self) {
        self.title = later.title.or_else(|| self.title.take());
        self.story = later.story.or_else(|| self.story.take());
        self.on = later.on.or(self.on);
        self.customer = later.customer.or_else(|| self.customer.take());
        self.orders = later.orders.or_else(|| self.orders.take());
        self.signal = later.signal.or_else(|| self.signal.take());
    }
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
    /// They saw to a decision that was in force before the signal turned to the better, or that was taken when it was
    /// talked about.
    Decided {
        /// Which decision.
        decision: DecisionId,
    },
    /// They kept a commitment that was made together with such a decision, or when the signal was talked about.
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
    /// In which department a person worked then: whoever moves on takes no win with them. Nothing for a department, and
    /// for whoever works in none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
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

/// A win was celebrated in a meeting, or was not after all: said whenever its item ends, and when it is opened again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WinCelebrated {
    /// Which win.
    pub win: WinId,
    /// In which meeting.
    pub meeting: MeetingId,
    /// Whether it was celebrated.
    pub is_on: bool,
}
