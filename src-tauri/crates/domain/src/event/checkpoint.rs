//! The checkpoint between a pull and the published numbers: how an integration's batches pass it, which of them were
//! held, and what people decided.

use serde::{Deserialize, Serialize};

use super::{IntegrationId, KpiId, RunId};
use crate::day::Week;
use crate::person::PersonId;

/// How an integration's batches pass its checkpoint. Without one every batch is published as it comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointSet {
    /// Which integration.
    pub integration: IntegrationId,
    /// From 1.
    pub version: u32,
    /// Whether batches are looked at; without it they are published as they come.
    pub is_on: bool,
    /// Who decides about a batch that is held.
    pub approver: PersonId,
    /// A batch is held where it would move a published percentage by more than this, millionths of a point.
    pub points_millionths: i64,
    /// A batch is held where it would move another published value by more than so many mean moving ranges of its
    /// chart, thousandths.
    pub ranges_thousandths: i64,
    /// A batch is held where a rule about the whole file warned: the number of rows, or empty cells, against the last
    /// run.
    #[serde(default)]
    pub holds_warnings: bool,
    /// Who saved the integration's definition last may not let its batch pass.
    #[serde(default)]
    pub four_eyes: bool,
    /// A held batch is let through by itself after so many hours; nothing for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// Why it was changed, in the person's words.
    pub reason: String,
}

/// A percentage may move by so much unseen where nobody said otherwise: 2 points, in millionths.
pub const POINTS_MILLIONTHS: i64 = 2_000_000;

/// Another value may move by so many mean moving ranges unseen where nobody said otherwise: 1, in thousandths.
pub const RANGES_THOUSANDTHS: i64 = 1_000;

/// A batch waits at its checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchHeld {
    /// Of which integration.
    pub integration: IntegrationId,
    /// The run that landed it. What later runs land joins the batch while it waits.
    pub run: RunId,
    /// Since when, milliseconds since 1970 UTC.
    pub since: i64,
    /// Who is asked.
    pub approver: PersonId,
    /// Why.
    pub tripped: Vec<Trip>,
}

/// Why a batch is held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Trip {
    /// It would move a published value by more than the threshold.
    Impact {
        /// Of which KPI.
        kpi: KpiId,
        /// How many weeks.
        weeks: u32,
    },
    /// A rule about the whole file warned.
    Warning {
        /// The rule's word.
        word: String,
    },
}

/// What became of a batch that was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchDecided {
    /// Of which integration.
    pub integration: IntegrationId,
    /// The run that it was held for.
    pub run: RunId,
    /// `released`, `released_in_part`, `rejected`, or, by no person, `lapsed` (its hours were over) and `mended`
    /// (what came later no longer trips anything).
    pub decision: String,
    /// The weeks that were let through, where it is not all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weeks: Vec<(KpiId, Week)>,
    /// Why.
    pub reason: String,
}
