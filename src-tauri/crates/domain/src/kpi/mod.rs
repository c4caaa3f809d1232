//! The joint KPIs: which journeys count in which week, and whose the misses are.

pub mod count;
pub mod judge;
pub mod retirement;
pub mod rules;
pub mod settings;
mod settle;
pub mod tally;
#[cfg(test)]
mod tests;

pub use count::{Sign, count};
pub use rules::KpiRules;
pub use settings::KpiSettings;
pub use settle::stable_from;
pub use tally::{Few, Rate, Sink, Tallies, Tally};

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::journey::Journey;

/// The built-in joint KPIs, in the order of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum KpiKind {
    /// *Promise kept*, shown as *On-time delivery*; percent, higher is better.
    PromiseKept,
    /// *Order to cash*; mean days, lower is better.
    OrderToCash,
    /// *Right first time*; percent, higher is better.
    RightFirstTime,
    /// *Promise realism*; mean days, lower is better.
    PromiseRealism,
    /// *Late backlog*; days, lower is better.
    LateBacklog,
}

impl KpiKind {
    /// All of them, in the order of the board.
    pub const ALL: [Self; 5] =
        [Self::PromiseKept, Self::OrderToCash, Self::RightFirstTime, Self::PromiseRealism, Self::LateBacklog];

    /// The word that commands, JSON and addresses use: `promise-kept`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PromiseKept => "promise-kept",
            Self::OrderToCash => "order-to-cash",
            Self::RightFirstTime => "right-first-time",
            Self::PromiseRealism => "promise-realism",
            Self::LateBacklog => "late-backlog",
        }
    }

    /// Whether it is a percentage, higher is better; the others are days, lower is better.
    pub const fn is_percent(self) -> bool {
        matches!(self, Self::PromiseKept | Self::RightFirstTime)
    }
}

/// Which of the customer's three dates *Promise kept* is measured against.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The first date that we gave: the KPI itself.
    #[default]
    Promised,
    /// What the customer asked for.
    Requested,
    /// The last date agreed.
    Agreed,
}

impl Basis {
    /// All three, in the order of [`Basis::index`].
    pub const ALL: [Self; 3] = [Self::Requested, Self::Promised, Self::Agreed];

    /// Its place where something is kept for each: requested, promised, agreed.
    pub const fn index(self) -> usize {
        match self {
            Self::Requested => 0,
            Self::Promised => 1,
            Self::Agreed => 2,
        }
    }

    /// The journey's date of this basis. The three are never merged: a journey without an agreed date has none,
    /// even where it has a promise.
    pub const fn date(self, journey: &Journey) -> Option<Day> {
        match self {
            Self::Requested => journey.requested,
            Self::Promised => journey.promised,
            Self::Agreed => journey.agreed,
        }
    }
}
