//! What a person chooses for a chart.

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// Which set of rules finds signals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum RuleSet {
    /// NHS England's *Making Data Count*: a shift of 7, a trend of 7, two of three near a limit.
    #[default]
    MakingDataCount,
    /// Donald Wheeler's: a shift of 8, three of four beyond the half-way line, no trend.
    Wheeler,
}

impl RuleSet {
    /// Points in a row on one side of the mean that make a shift.
    pub const fn shift_points(self) -> usize {
        match self {
            Self::MakingDataCount => 7,
            Self::Wheeler => 8,
        }
    }

    /// Points in a row with strict steps one way that make a trend; Wheeler has none.
    pub const fn trend_points(self) -> Option<usize> {
        match self {
            Self::MakingDataCount => Some(7),
            Self::Wheeler => None,
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
    /// Neither: a signal is news, good or bad is for people to say.
    #[default]
    Neutral,
}

/// A baseline that stays: limits from the first `n` points of a phase, extended over the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct Baseline(u32);

impl Baseline {
    /// The fewest points that a fixed baseline may have.
    pub const FEWEST: u32 = 12;

    /// A baseline of `n` points.
    pub const fn new(n: u32) -> Result<Self, ShortBaseline> {
        if n >= Self::FEWEST { Ok(Self(n)) } else { Err(ShortBaseline { n }) }
    }

    /// How many points.
    pub const fn points(self) -> u32 {
        self.0
    }
}

/// A fixed baseline needs at least [`Baseline::FEWEST`] points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fixed baseline needs at least 12 points, not {n}")]
pub struct ShortBaseline {
    /// The points that were asked for.
    pub n: u32,
}

/// A phase that a person signed: from this day on, limits of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseStart {
    /// The first day that belongs to the phase.
    pub day: Day,
    /// Its fixed baseline, if any.
    pub baseline: Option<Baseline>,
}

/// Everything that is chosen for one chart. The default is *Making Data Count*, no direction, no target, one
/// phase whose limits grow with the data, no screening.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The rules.
    pub rule_set: RuleSet,
    /// Which way is better.
    pub direction: Direction,
    /// The target, in the unit of the values.
    pub target: Option<f64>,
    /// Whether outlying moving ranges are dropped, once, before the limits are drawn.
    pub screening: bool,
    /// The fixed baseline of the first phase, if any.
    pub baseline: Option<Baseline>,
    /// The later phases, in any order; two that start on one day are one.
    pub phases: Vec<PhaseStart>,
}
