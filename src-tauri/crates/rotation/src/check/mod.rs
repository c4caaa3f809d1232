//! Recomputes every rule of a list of placements, from the instance as it was entered.
//!
//! What is said about a schedule (is it sound, what does it cost, why) comes from here and from nowhere else. So nothing here
//! is clever: no tables, no increments, nothing that is shared with the search. Lists that no search would make are welcome.

mod hard;
mod soft;

use serde::{Deserialize, Serialize};

use crate::model::{Instance, Placement};

/// A hard rule that is broken: which, by whom, where, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Breach {
    /// A person or a department that the instance does not have.
    Unknown {
        /// The placement.
        placement: Placement,
    },
    /// The visit is not wholly within the planned weeks, or in a part that a week does not have.
    Outside {
        /// The placement.
        placement: Placement,
    },
    /// It begins in weeks that are closed for new placements, and nobody was told.
    TooEarly {
        /// The placement.
        placement: Placement,
    },
    /// The person does not take part.
    DoesNotJoin {
        /// The placement.
        placement: Placement,
    },
    /// The home may not visit this host.
    NotAllowed {
        /// The placement.
        placement: Placement,
    },
    /// Nobody visits anybody in this week.
    Closed {
        /// The placement.
        placement: Placement,
        /// The week.
        week: u32,
    },
    /// The host is in its peak or does not host.
    HostShut {
        /// The placement.
        placement: Placement,
        /// The week.
        week: u32,
        /// Whether it is its peak.
        peak: bool,
    },
    /// The home is in its peak or does not send.
    HomeShut {
        /// The placement.
        placement: Placement,
        /// The week.
        week: u32,
        /// Whether it is its peak.
        peak: bool,
    },
    /// The person is not there.
    Absent {
        /// The placement.
        placement: Placement,
        /// The week.
        week: u32,
    },
    /// More visitors at the same time than the host takes.
    HostFull {
        /// The host.
        host: usize,
        /// The week.
        week: u32,
        /// The part of the week.
        part: u32,
        /// How many visitors there are.
        visitors: u32,
        /// How many it takes.
        capacity: u32,
    },
    /// Fewer people at home than the least.
    HomeBare {
        /// The home.
        home: usize,
        /// The week.
        week: u32,
        /// The part of the week.
        part: u32,
        /// How many are there.
        there: u32,
        /// The least number.
        cover: u32,
    },
    /// One person at two places.
    Overlap {
        /// One placement.
        first: Placement,
        /// The other.
        second: Placement,
    },
    /// More than one visit of a person begins in a period.
    Period {
        /// Who.
        person: usize,
        /// The period, from 0.
        period: u32,
        /// How many begin in it.
        visits: u32,
    },
    /// More visits of a person than anybody may make.
    TooMany {
        /// Who.
        person: usize,
        /// How many.
        visits: u32,
        /// The most.
        most: u32,
    },
    /// A buddy does not come along.
    BuddyMissing {
        /// The placement.
        placement: Placement,
        /// Who is missing.
        buddy: usize,
    },
    /// A pinned placement is not there.
    PinMissing {
        /// The placement.
        placement: Placement,
    },
    /// A pair that must happen does not happen often enough.
    MustUnmet {
        /// Its number in the program.
        must: usize,
        /// How many visits there are.
        visits: u32,
        /// How many there must be.
        least: u32,
    },
}

/// The soft rules, in the order in which a report lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoftRule {
    /// Every allowed home × host cell is walked as often as its target, earlier schedules included.
    Coverage,
    /// Everybody makes as many visits as are due.
    Fairness,
    /// Wishes come true.
    Wishes,
    /// A department's absences are spread evenly over its open weeks.
    Spread,
    /// Nobody visits a department that they know.
    Repeat,
    /// What people were told stands.
    Stability,
}

/// One reason for a part of a soft rule's score. The amounts of a rule's matches sum up to its amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Match {
    /// A cell lacks visits.
    Cell {
        /// The home.
        home: usize,
        /// The host.
        host: usize,
        /// How many visits it lacks: the amount.
        missing: u32,
    },
    /// A person has fewer or more visits than are due; the amount is the square of the difference.
    Visits {
        /// Who.
        person: usize,
        /// How many they have.
        visits: u32,
        /// How many are due.
        due: u32,
    },
    /// A wish stays open.
    Wish {
        /// Who.
        person: usize,
        /// Where they wished to go.
        host: usize,
        /// How strongly: the amount.
        strength: u32,
    },
    /// More people are away at once than the even share.
    Crowd {
        /// Whose people.
        home: usize,
        /// The week.
        week: u32,
        /// The part of the week.
        part: u32,
        /// How many are away.
        away: u32,
        /// The even share; the amount is what exceeds it.
        share: u32,
    },
    /// A person visits a department that they know.
    Again {
        /// Who.
        person: usize,
        /// Where.
        host: usize,
        /// How many visits too many: the amount.
        times: u32,
    },
    /// What a person was told does not happen.
    Withdrawn {
        /// What they were told.
        placement: Placement,
    },
    /// Something happens that a person was not told.
    New {
        /// What they have to be told.
        placement: Placement,
    },
}

/// What a soft rule costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleScore {
    /// Which rule.
    pub rule: SoftRule,
    /// What one unit costs.
    pub weight: i64,
    /// How many units.
    pub amount: i64,
    /// Weight times amount.
    pub score: i64,
    /// Where they come from, in the order of people and departments.
    pub matches: Vec<Match>,
}

/// Everything that can be said about a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The hard rules that are broken; none in what a search hands out.
    pub breaches: Vec<Breach>,
    /// The soft rules, all six, also those that cost nothing.
    pub rules: Vec<RuleScore>,
    /// What the soft rules cost together: the smaller the better, never negative.
    pub score: i64,
}

impl Report {
    /// The score of one soft rule.
    pub fn rule(&self, rule: SoftRule) -> Option<&RuleScore> {
        self.rules.iter().find(|found| found.rule == rule)
    }
}

/// Recomputes every rule. The instance is one that [`crate::validate`] accepts; the placements may be anything.
pub fn check(instance: &Instance, placements: &[Placement]) -> Report {
    let breaches = hard::breaches(instance, placements);
    let known: Vec<Placement> = placements
        .iter()
        .copied()
        .filter(|placement| {
            placement.person < instance.people.len() && placement.host < instance.departments.len()
        })
        .collect();
    let rules = soft::rules(instance, &known);
    let score = rules.iter().map(|rule| rule.score).sum();
    Report { breaches, rules, score }
}

/// The hard rules that placements break by being there, whatever else is missing.
pub(crate) fn standing(instance: &Instance, placements: &[Placement]) -> Vec<Breach> {
    hard::standing(instance, placements)
}
