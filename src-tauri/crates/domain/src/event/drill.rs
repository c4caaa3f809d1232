//! Drills: an outage that is played on purpose, and a rush that is replayed beside the workspace.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{IntegrationId, RunId};
use crate::day::Week;
use crate::person::PersonId;

/// An outage is played: from now on the integration is not pulled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageBegun {
    /// Of which integration.
    pub integration: IntegrationId,
    /// The drill's id, which never changes.
    pub drill: String,
    /// Until when at the latest, milliseconds since 1970 UTC.
    pub until: i64,
    /// What is to be found out, in the person's words.
    pub purpose: String,
}

/// Something was noticed during a drill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrillNoted {
    /// Of which integration.
    pub integration: IntegrationId,
    /// During which drill.
    pub drill: String,
    /// What, in the person's words.
    pub words: String,
}

/// An outage was ended before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageEnded {
    /// Of which integration.
    pub integration: IntegrationId,
    /// Which drill.
    pub drill: String,
}

/// A drill was held, with what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrillHeld {
    /// Of which integration.
    pub integration: IntegrationId,
    /// The drill's id.
    pub drill: String,
    /// When it began, milliseconds since 1970 UTC.
    pub began_at: i64,
    /// When it ended.
    pub ended_at: i64,
    /// Who took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub took_part: Vec<PersonId>,
    /// What was learned, in the people's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub learned: String,
    /// What came of it.
    pub result: DrillResult,
}

/// What came of a drill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "drill", rename_all = "snake_case")]
pub enum DrillResult {
    /// The last weeks were replayed at a multiple of their volume.
    Rush(Rush),
    /// The integration was cut.
    Outage(Outage),
}

/// What came of a rush.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rush {
    /// What the faults were drawn from: the same seed gives the same faults.
    pub seed: i64,
    /// How many times the usual volume.
    pub times: u32,
    /// Pages in a thousand that had a fault.
    pub faults_per_mille: u32,
    /// Pulls that were replayed.
    pub pulls: u32,
    /// Rows of them as they were.
    pub usual_rows: i64,
    /// Rows that were given at the multiple, those that were given twice not counted.
    pub rows: i64,
    /// Rows that were given twice.
    pub repeated_rows: i64,
    /// Questions that got no answer in time.
    pub time_outs: u32,
    /// Pages that broke off in the middle.
    pub partial_pages: u32,
    /// Pages that came twice, whole or in part.
    pub repeated_pages: u32,
    /// Journeys that there must be.
    pub expected: i64,
    /// Those that were found, and say what they must.
    pub found: i64,
    /// Those that were not.
    pub lost: i64,
    /// Those that say something else or should not be there.
    pub doubled: i64,
    /// How long it took, milliseconds.
    pub elapsed_ms: i64,
    /// How often a pull comes, milliseconds: its cadence, or the mean distance of the pulls replayed.
    pub cadence_ms: i64,
    /// How many times the usual volume would still fit within the cadence, thousandths.
    pub headroom_thousandths: i64,
    /// The most memory that the program used, bytes; nothing where this computer does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_bytes: Option<i64>,
    /// Whether memory stayed the same from the first half to the second; nothing where there were too few pulls to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_is_flat: Option<bool>,
}

impl Rush {
    /// Whether nothing was lost and nothing doubled.
    pub const fn is_sound(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.found == self.expected
    }
}

/// What came of an outage. Moments are milliseconds since 1970 UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// When it was to end.
    pub planned_until: i64,
    /// When somebody first noted something; nothing where nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed_at: Option<i64>,
    /// How old the numbers were at their worst, milliseconds; nothing where it had never been pulled before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_ms: Option<i64>,
    /// Weeks whose numbers stood still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stood_still: Vec<Week>,
    /// The first pull after it.
    pub run: RunId,
    /// Rows of that pull by what became of them: `read`, `new`, `changed`, `quarantined`.
    pub counts: BTreeMap<String, i64>,
    /// Weeks that it changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weeks: Vec<Week>,
    /// What was entered by hand meanwhile, and what became of it; nothing where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ByHand>,
}

/// What was entered by hand during an outage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// Rows.
    pub rows: i64,
    /// Fields in which the system says the same now.
    pub agrees: i64,
    /// Fields in which it says something else.
    pub differs: i64,
    /// Fields of which it says nothing yet.
    pub silent: i64,
}
