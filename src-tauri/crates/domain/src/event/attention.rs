//! What needs a person: raised when it begins, settled when it is over, each once.

use serde::{Deserialize, Serialize};

use super::{AttentionId, IntegrationId, KpiId};
use crate::person::PersonId;

/// What somebody must look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum AttentionKind {
    /// A batch waits at its checkpoint.
    BatchHeld,
    /// A system does not answer and is left alone for a while.
    CircuitOpen,
    /// The numbers are older than they may be.
    DataLate,
    /// A pull waits for an answer or a mend that only a person can give.
    PullWaits,
    /// Rows wait in quarantine.
    Quarantine,
    /// Two systems say different things.
    Disagreement,
    /// What was entered by hand differs from what the system says now.
    HandDiffers,
    /// A correction was asked for.
    Correction,
    /// More than two answers of the audit are “no” or “partial”.
    Debt,
    /// There was no drill for a year.
    DrillOwed,
    /// An integration serves no KPI, or missed its measure by its date.
    Retirement,
    /// A file with weeks of a measure waits, because weeks of it do not add up.
    FiguresHeld,
}

/// Something needs a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttentionRaised {
    /// Which matter: derived from kind, integration, subject and beginning, so that finding it twice is one.
    pub attention: AttentionId,
    /// What it is.
    pub kind: AttentionKind,
    /// Of which integration; empty where it is a measure's.
    #[serde(default, skip_serializing_if = "IntegrationId::is_empty")]
    pub integration: IntegrationId,
    /// Of which measure; nothing where it is an integration's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kpi: Option<KpiId>,
    /// What exactly: a run, a field, a request; empty where kind and integration say it all.
    #[serde(default)]
    pub subject: String,
    /// Who is asked to look; nothing where nobody answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Since when, milliseconds since 1970 UTC.
    pub since: i64,
}
