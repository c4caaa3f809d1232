//! A joint KPI's definition, version by version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::KpiId;
use crate::department::DepartmentId;
use crate::kpi::KpiKind;
use crate::person::PersonId;

/// One version of a joint KPI's definition. Words whose set will grow (direction, rule set) travel as text, so
/// that a newer word does not make a whole definition unreadable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KpiDefinition {
    /// Which KPI; stays across versions.
    pub kpi: KpiId,
    /// From 1.
    pub version: u32,
    /// Which arithmetic.
    pub kind: KpiKind,
    /// As the board shows it.
    pub name: String,
    /// The question that it answers.
    pub question: String,
    /// The decision that it serves.
    pub decision: String,
    /// Who decides.
    pub decider: Option<PersonId>,
    /// Who answers for each department's part.
    #[serde(default)]
    pub owners: BTreeMap<DepartmentId, PersonId>,
    /// The target, millionths of the unit.
    #[serde(default)]
    pub target_millionths: Option<i64>,
    /// `higher`, `lower` or `neutral` is better.
    pub direction: String,
    /// `percent` or `days`; of a measure `percent` or `number`.
    pub unit: String,
    /// The word of the rule set: `making-data-count` or `wheeler`.
    pub rule_set: String,
    /// Whether extreme moving ranges are screened out once.
    #[serde(default)]
    pub screening: bool,
    /// Limits from the first so many points of a phase; nothing for all of them.
    #[serde(default)]
    pub baseline_n: Option<u32>,
    /// Whether it is on the board.
    pub active: bool,
    /// What the arithmetic itself needs (promise milestone, windows, standards), as the engine writes it.
    #[serde(default)]
    pub settings: serde_json::Value,
    /// Why it was changed; empty for the first version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The version since which it counts as it does: words, target and rules may have changed after it. Nothing where an
    /// earlier Plaza wrote the definition; then it is this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_since: Option<u32>,
}

impl KpiDefinition {
    /// Whether its values are percentages, and its parts percentage points.
    pub fn is_percent(&self) -> bool {
        match self.kind {
            KpiKind::Measure => self.unit == "percent",
            kind => kind.is_percent(),
        }
    }

    /// The version that observations name: the one whose arithmetic this still is.
    pub fn counting_version(&self) -> u32 {
        self.counts_since.unwrap_or(self.version)
    }
}
