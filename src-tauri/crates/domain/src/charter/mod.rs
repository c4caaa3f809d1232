//! The charter of an integration: the five answers that it owes before it may be activated.
//!
//! A charter may be kept while it is incomplete; what it lacks are *gaps*. What cannot be true at all (an owner who
//! has left, a target that is the baseline) is a *fault*, and is refused when it is saved.

mod fault;
mod stability;
mod verdict;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use fault::{Fault, Known, NUMBER_MAX_MILLIONTHS, SENTENCE_CHARS_MAX, TEXT_CHARS_MAX, WORD_CHARS_MAX};
pub use stability::{LastRun, OLD_DAYS, Standing, Trouble, WAITING_PER_MILLE_MAX};
pub use verdict::{Reading, VERDICT_WEEKS, Verdict, verdict};

use crate::day::Day;
use crate::department::DepartmentId;
use crate::event::KpiId;
use crate::person::PersonId;

/// How near to the ground an integration stands. A level stands on those below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Level {
    /// Finance, bank, tax.
    Foundation = 1,
    /// Warehouse, production, procurement.
    Operations = 2,
    /// Business intelligence, planning, quality.
    Intelligence = 3,
    /// Portal, shop, customer relations.
    Experience = 4,
}

/// There are the levels 1 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a level from 1 to 4")]
pub struct NotALevel(pub u8);

impl Level {
    /// All of them, from the ground up.
    pub const ALL: [Self; 4] = [Self::Foundation, Self::Operations, Self::Intelligence, Self::Experience];
}

impl TryFrom<u8> for Level {
    type Error = NotALevel;
    fn try_from(number: u8) -> Result<Self, NotALevel> {
        Self::ALL.into_iter().find(|level| u8::from(*level) == number).ok_or(NotALevel(number))
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level as Self
    }
}

/// What shows whether an integration works, as far as it has been said. What is measured travels as a word, so that a
/// newer kind does not make a whole charter unreadable; [`Measure::measured`] reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// `kpi`, `quarantine` or `entered`.
    pub what: String,
    /// Of `kpi`: which one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kpi: Option<KpiId>,
    /// Of `kpi`: one department's part of it; nothing for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<DepartmentId>,
    /// Of `entered`: what is counted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Of `entered`: in what.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// How it stood before, millionths of the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_millionths: Option<i64>,
    /// How it shall stand, millionths of the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_millionths: Option<i64>,
    /// The last day on which the target may be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Day>,
}

/// What a success measure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured<'a> {
    /// A joint KPI's weekly value, or one department's part of it.
    Kpi(&'a KpiId, Option<&'a DepartmentId>),
    /// The share of rows that its runs leave in quarantine, percent.
    Quarantine,
    /// A number that the owner enters each week.
    Entered,
}

impl Measure {
    /// The word of a joint KPI's weekly value.
    pub const KPI: &'static str = "kpi";
    /// The word of the share of rows in quarantine.
    pub const QUARANTINE: &'static str = "quarantine";
    /// The word of a number that is entered.
    pub const ENTERED: &'static str = "entered";

    /// What is measured; nothing where it has not been said, or by a word that this program does not know.
    pub fn measured(&self) -> Option<Measured<'_>> {
        match self.what.as_str() {
            Self::KPI => self.kpi.as_ref().map(|kpi| Measured::Kpi(kpi, self.part.as_ref())),
            Self::QUARANTINE => Some(Measured::Quarantine),
            Self::ENTERED => Some(Measured::Entered),
            _ => None,
        }
    }

    /// Whether more is better: the target lies above the baseline. Nothing while one of the two is missing.
    pub fn is_higher_better(&self) -> Option<bool> {
        Some(self.target_millionths? > self.baseline_millionths?)
    }
}

/// The five answers and the level, as far as they have been given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charter {
    /// How near to the ground it stands.
    #[serde(default)]
    pub level: Option<Level>,
    /// The problem, in one sentence.
    #[serde(default)]
    pub problem: String,
    /// Who benefits.
    #[serde(default)]
    pub beneficiaries: BTreeSet<PersonId>,
    /// How they will use it.
    #[serde(default)]
    pub usage: String,
    /// What happens when it fails at 2 a.m. on the busiest day.
    #[serde(default)]
    pub fallback: String,
    /// Who answers for it.
    #[serde(default)]
    pub owner: Option<PersonId>,
    /// How we will know that it works.
    #[serde(default)]
    pub measure: Measure,
}

/// What a charter lacks. Its word is the field that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// No level.
    Level,
    /// No problem.
    Problem,
    /// Nobody who is still here benefits.
    Beneficiaries,
    /// Nothing about how they will use it.
    Usage,
    /// Nothing about what happens when it fails.
    Fallback,
    /// No owner.
    Owner,
    /// The owner has left.
    OwnerLeft,
    /// Nothing about what is measured.
    Measure,
    /// The number that is entered has no name.
    MeasureName,
    /// The number that is entered has no unit.
    MeasureUnit,
    /// No baseline.
    Baseline,
    /// No target.
    Target,
    /// No date.
    By,
}

impl Gap {
    /// The field that it belongs to, as forms name it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Problem => "problem",
            Self::Beneficiaries => "beneficiaries",
            Self::Usage => "usage",
            Self::Fallback => "fallback",
            Self::Owner | Self::OwnerLeft => "owner",
            Self::Measure => "what",
            Self::MeasureName => "name",
            Self::MeasureUnit => "unit",
            Self::Baseline => "baseline",
            Self::Target => "target",
            Self::By => "by",
        }
    }
}

impl Charter {
    /// What it lacks, in the order of the questions; nothing for a complete one. `is_here` says who has not left.
    pub fn gaps(&self, is_here: impl Fn(&PersonId) -> bool) -> Vec<Gap> {
        let measure = &self.measure;
        let is_entered = measure.what == Measure::ENTERED;
        [
            (Gap::Level, self.level.is_none()),
            (Gap::Problem, self.problem.is_empty()),
            (Gap::Beneficiaries, !self.beneficiaries.iter().any(&is_here)),
            (Gap::Usage, self.usage.is_empty()),
            (Gap::Fallback, self.fallback.is_empty()),
            (Gap::Owner, self.owner.is_none()),
            (Gap::OwnerLeft, self.owner.as_ref().is_some_and(|owner| !is_here(owner))),
            (Gap::Measure, measure.measured().is_none()),
            (Gap::MeasureName, is_entered && measure.name.is_empty()),
            (Gap::MeasureUnit, is_entered && measure.unit.is_empty()),
            (Gap::Baseline, measure.baseline_millionths.is_none()),
            (Gap::Target, measure.target_millionths.is_none()),
            (Gap::By, measure.by.is_none()),
        ]
        .into_iter()
        .filter_map(|(gap, is_missing)| is_missing.then_some(gap))
        .collect()
    }
}

#[cfg(test)]
mod tests;
