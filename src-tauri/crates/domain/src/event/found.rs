//! What devices find by themselves: what a run did, and the patterns that charts show.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{IntegrationId, KpiId, RunId, SignalId};
use crate::day::Week;
use crate::department::DepartmentId;

/// A run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFinished {
    /// Which run.
    pub run: RunId,
    /// Of which integration.
    pub integration: IntegrationId,
    /// When it began, milliseconds since 1970 UTC.
    pub began_at: i64,
    /// When it ended, milliseconds since 1970 UTC.
    pub ended_at: i64,
    /// Rows by what became of them (`read`, `new`, `changed`, `same`, `quarantined`, `deleted`, `journeys`, …).
    pub counts: BTreeMap<String, i64>,
    /// Quarantined rows by reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, i64>,
    /// Weeks whose value the run changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weeks: Vec<Week>,
    /// Hash of its trail (64 hexadecimal digits): what was asked, what came, what each rule decided. The trail itself
    /// stays on the device that asked. None in events from before there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trail: Option<String>,
}

/// A pattern that a chart found, with everything needed to show later what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalFound {
    /// Which signal.
    pub signal: SignalId,
    /// On which KPI.
    pub kpi: KpiId,
    /// On which part's chart; nothing for the whole.
    pub part: Option<DepartmentId>,
    /// `outside`, `shift`, `trend` or `near-limits`.
    pub rule: String,
    /// `high` or `low`: the side of the mean, or the direction of a trend.
    #[serde(default)]
    pub side: String,
    /// The weeks of its points.
    pub weeks: Vec<Week>,
    /// The limits it was found against; nothing where the rule needs none.
    pub limits: Option<SignalLimits>,
    /// The word of the rule set.
    pub rule_set: String,
    /// The revision of its last point.
    pub revision: u32,
}

/// Limits in millionths of the unit; they are drawn, never counted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalLimits {
    /// The mean.
    pub mean_millionths: i64,
    /// The lower natural process limit.
    pub lower_millionths: i64,
    /// The upper natural process limit.
    pub upper_millionths: i64,
}
