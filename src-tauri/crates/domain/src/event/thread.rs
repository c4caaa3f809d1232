//! Threads: what was flagged, what was said about it, and how it ended.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    CorrectionId, IntegrationId, KpiId, MessageId, PlacementId, RotationId, RunId, SignalId, SignalLimits,
    ThreadId,
};
use crate::day::Week;
use crate::department::DepartmentId;
use crate::person::PersonId;

/// What a thread hangs on. It names things by what stays: a reload or a restatement never loses it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum Anchor {
    /// A KPI as a whole, or a department's part of it.
    Kpi {
        /// Which KPI.
        kpi: KpiId,
        /// Which part; nothing for the whole.
        #[serde(default)]
        part: Option<DepartmentId>,
    },
    /// A week's value.
    Week {
        /// Of which KPI.
        kpi: KpiId,
        /// Which week.
        #[specta(type = String)]
        week: Week,
        /// Which part; nothing for the whole.
        #[serde(default)]
        part: Option<DepartmentId>,
    },
    /// A signal of a chart.
    Signal {
        /// Of which KPI.
        kpi: KpiId,
        /// Which signal.
        signal: SignalId,
        /// On which part's chart; nothing for the whole.
        #[serde(default)]
        part: Option<DepartmentId>,
        /// The week of its last point, where its mark stands.
        #[specta(type = String)]
        week: Week,
    },
    /// An order line.
    Order {
        /// Of which integration.
        integration: IntegrationId,
        /// The order's number.
        order: String,
        /// The line's number.
        line: String,
    },
    /// How an order line's lateness is split among the departments.
    Split {
        /// Of which integration.
        integration: IntegrationId,
        /// The order's number.
        order: String,
        /// The line's number.
        line: String,
    },
    /// A raw record of an order line.
    Record {
        /// Of which integration.
        integration: IntegrationId,
        /// Its handle.
        record: String,
        /// The order's number.
        order: String,
        /// The line's number.
        line: String,
    },
    /// A run of an integration.
    Run {
        /// Of which integration.
        integration: IntegrationId,
        /// Which run.
        run: RunId,
    },
    /// What a visitor brought home.
    Debrief {
        /// Of which rotation.
        rotation: RotationId,
        /// Of which placement.
        placement: PlacementId,
    },
}

impl Anchor {
    /// The KPI that it is of, where it is of one.
    pub const fn kpi(&self) -> Option<&KpiId> {
        match self {
            Self::Kpi { kpi, .. } | Self::Week { kpi, .. } | Self::Signal { kpi, .. } => Some(kpi),
            Self::Order { .. }
            | Self::Split { .. }
            | Self::Record { .. }
            | Self::Run { .. }
            | Self::Debrief { .. } => None,
        }
    }

    /// The part of the KPI that it is of, where it is of one.
    pub const fn part(&self) -> Option<&DepartmentId> {
        match self {
            Self::Kpi { part, .. } | Self::Week { part, .. } | Self::Signal { part, .. } => part.as_ref(),
            Self::Order { .. }
            | Self::Split { .. }
            | Self::Record { .. }
            | Self::Run { .. }
            | Self::Debrief { .. } => None,
        }
    }

    /// The week at which its mark stands on the chart, where it has one.
    pub const fn week(&self) -> Option<Week> {
        match self {
            Self::Week { week, .. } | Self::Signal { week, .. } => Some(*week),
            Self::Kpi { .. }
            | Self::Order { .. }
            | Self::Split { .. }
            | Self::Record { .. }
            | Self::Run { .. }
            | Self::Debrief { .. } => None,
        }
    }

    /// The integration that it is of, where it is of one.
    pub const fn integration(&self) -> Option<&IntegrationId> {
        match self {
            Self::Order { integration, .. }
            | Self::Split { integration, .. }
            | Self::Record { integration, .. }
            | Self::Run { integration, .. } => Some(integration),
            Self::Kpi { .. } | Self::Week { .. } | Self::Signal { .. } | Self::Debrief { .. } => None,
        }
    }
}

/// Why a thread was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ThreadCause {
    /// A person said: this number looks odd.
    Flag,
    /// A chart found a pattern, and a person took it up.
    Signal,
    /// A person disputes how a lateness is split.
    Dispute,
}

/// What a person saw when they opened a thread, kept for ever. Numbers in millionths of the KPI's unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When, milliseconds since 1970 UTC.
    pub at: i64,
    /// The KPI that counts it, where the anchor names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kpi: Option<KpiId>,
    /// The value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_millionths: Option<i64>,
    /// The week that it is of, where the anchor names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week: Option<Week>,
    /// Journeys counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<i64>,
    /// The revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// The version of the KPI's definition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<u32>,
    /// The limits of its chart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<SignalLimits>,
    /// The target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_millionths: Option<i64>,
    /// The departments' parts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<DepartmentId, i64>,
    /// When the numbers were last known to be good, milliseconds since 1970 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_at: Option<i64>,
    /// What an order, a record or a run said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<SeenFact>,
}

/// One thing that an order, a record or a run said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenFact {
    /// What, as a code: a field, `lateness`, `read`.
    pub name: String,
    /// What it said; dates as `YYYY-MM-DD`, numbers with a point.
    pub text: String,
}

/// A thread was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadOpened {
    /// Which thread: random, or derived from its signal, so that two people who take up one signal are in one thread.
    pub thread: ThreadId,
    /// Why.
    pub cause: ThreadCause,
    /// What it hangs on.
    pub anchor: Anchor,
    /// The one plain question.
    pub question: String,
    /// What was seen.
    pub seen: Seen,
    /// Whom it waits for: the owners of the number and its parts, and who was mentioned.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub people: BTreeSet<PersonId>,
    /// The departments that it concerns.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub departments: BTreeSet<DepartmentId>,
}

/// Something was said in a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageWritten {
    /// In which thread.
    pub thread: ThreadId,
    /// Which message.
    pub message: MessageId,
    /// Markdown, of which a safe part is shown.
    pub text: String,
    /// Whom it mentions.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub people: BTreeSet<PersonId>,
    /// Which departments it mentions.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub departments: BTreeSet<DepartmentId>,
    /// What is attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// A file that hangs on a message. Its bytes are kept once, by their hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Attachment {
    /// BLAKE3 of its bytes, 64 hexadecimal digits.
    pub hash: String,
    /// Its name.
    pub name: String,
    /// What it is: `image/png`.
    pub mime: String,
    /// Its size.
    #[specta(type = u32)]
    pub bytes: u64,
}

/// A message was changed by whoever wrote it; what it said before stays readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageChanged {
    /// In which thread.
    pub thread: ThreadId,
    /// Which message.
    pub message: MessageId,
    /// What it says now.
    pub text: String,
    /// Whom it mentions now.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub people: BTreeSet<PersonId>,
    /// Which departments it mentions now.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub departments: BTreeSet<DepartmentId>,
}

/// A person's reaction to a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reacted {
    /// In which thread.
    pub thread: ThreadId,
    /// To which message; the thread's question where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// A word: `agree`, `thanks`, `surprised`, `looking`.
    pub reaction: String,
    /// Whether it was given, or taken back.
    pub is_on: bool,
}

/// How closely a person follows a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Following {
    /// It counts as theirs, whether or not they are mentioned.
    Follows,
    /// As the thread itself says.
    Usual,
    /// It is quiet for them until they are mentioned.
    Muted,
}

/// A way to talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A call.
    Call,
    /// Walking over.
    Walk,
    /// The agenda of the next meeting.
    Agenda,
}

/// A person proposed to talk instead of writing on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkProposed {
    /// About which thread.
    pub thread: ThreadId,
    /// How.
    pub way: Way,
    /// With whom; for the agenda everybody who attends.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub people: BTreeSet<PersonId>,
    /// When, or what for, in the person's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// People met about a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// About which thread.
    pub thread: ThreadId,
    /// How.
    pub way: Way,
    /// Who.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub people: BTreeSet<PersonId>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// How a thread ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing special: the number moves like this.
    NormalVariation,
    /// Something changed, and this is why.
    RealChange {
        /// The cause.
        cause: String,
    },
    /// A system is wrong, and its owner was asked to mend it.
    DataError {
        /// The request.
        correction: Option<CorrectionId>,
    },
    /// The number is counted in another way now.
    DefinitionChanged {
        /// The version of the definition that says how.
        version: u32,
    },
    /// A disputed split stays as it is.
    SplitStays,
    /// A disputed split was overridden.
    SplitOverridden,
}

/// A thread ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadClosed {
    /// Which thread.
    pub thread: ThreadId,
    /// How.
    pub outcome: Outcome,
    /// What came of it, in the person's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// A person said how an order line's lateness is to be split, against what the milestones say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitOverridden {
    /// Of which integration.
    pub integration: IntegrationId,
    /// The order's number.
    pub order: String,
    /// The line's number.
    pub line: String,
    /// Each department's share, millionths; they sum to 1 000 000. Empty where the override is taken back.
    pub shares: BTreeMap<DepartmentId, u32>,
    /// What the milestones said then, millionths: another count later tells that the data changed since.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub counted: BTreeMap<DepartmentId, u32>,
    /// How late the line was then, days; nothing where it was missed otherwise than by its lateness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_days: Option<i32>,
    /// Why.
    pub reason: String,
    /// The thread in which it was disputed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<ThreadId>,
}
