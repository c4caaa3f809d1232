//! The joint KPIs: which journeys count in which week, and whose the misses are.

pub mod count;

use serde::{Deserialize, Serialize};

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
}

/// Which of the customer's three dates *Promise kept* is measured against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
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
