//! One item of an agenda: what it is about, and why it is there.

use serde::{Deserialize, Serialize};

use crate::day::{Day, Week};
use crate::department::DepartmentId;
use crate::event::{
    AttentionId, AttentionKind, CommitmentId, DecisionId, EffectAnswer, IntegrationId, ItemId, KpiId, NeedId,
    PlacementId, RotationId, SignalId, ThreadId, WinId,
};
use crate::person::PersonId;

/// The parts of a meeting, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What went well.
    Wins,
    /// What was promised and is due.
    Commitments,
    /// What we see: signals, restatements, effects of decisions.
    See,
    /// What concerns us: flags, threads in circles, what the systems need of us.
    Concerns,
    /// What we need from each other.
    Needs,
    /// Who visits whom, and what they saw.
    Rotations,
    /// The closing round.
    Close,
}

impl Section {
    /// All of them, in their order.
    pub const ALL: [Self; 7] =
        [Self::Wins, Self::Commitments, Self::See, Self::Concerns, Self::Needs, Self::Rotations, Self::Close];
}

/// What an item is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Subject {
    /// A pattern that a chart shows.
    Signal {
        /// On which KPI.
        kpi: KpiId,
        /// Which signal.
        signal: SignalId,
        /// On which part's chart; nothing for the whole.
        #[serde(default)]
        part: Option<DepartmentId>,
        /// The week of its last point.
        #[specta(type = String)]
        week: Week,
    },
    /// A week whose value is another one now.
    Restatement {
        /// Of which KPI.
        kpi: KpiId,
        /// Which week.
        #[specta(type = String)]
        week: Week,
        /// The revision that somebody had signed, or that was complete.
        was: u32,
        /// The revision that took its place.
        revision: u32,
    },
    /// A decision whose effect was expected by now.
    Effect {
        /// Which decision.
        decision: DecisionId,
    },
    /// A thread.
    Thread {
        /// Which thread.
        thread: ThreadId,
    },
    /// Something that an integration or a measure needs of a person.
    Attention {
        /// Which matter.
        attention: AttentionId,
        /// What it is.
        kind: AttentionKind,
        /// Of which integration; empty where it is a measure's.
        #[serde(default)]
        integration: IntegrationId,
        /// Of which measure; nothing where it is an integration's.
        #[serde(default)]
        kpi: Option<KpiId>,
    },
    /// A commitment.
    Commitment {
        /// Which commitment.
        commitment: CommitmentId,
    },
    /// A need.
    Need {
        /// Which need.
        need: NeedId,
    },
    /// Whether a KPI is still needed.
    Retirement {
        /// Which KPI.
        kpi: KpiId,
    },
    /// Who visits whom in a week.
    Visits {
        /// Which week.
        #[specta(type = String)]
        week: Week,
    },
    /// What a visitor brought home.
    Debrief {
        /// Of which rotation.
        rotation: RotationId,
        /// Of which placement.
        placement: PlacementId,
    },
    /// A win.
    Win {
        /// Which win.
        win: WinId,
    },
    /// What its title says: a person wrote it.
    Own,
    /// The closing round.
    Round,
}

/// Why an item is on the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// A chart turned to the better since the last meeting.
    Improved,
    /// A chart shows a pattern since the last meeting.
    SignalFound,
    /// Nobody has taken up a pattern for some working days.
    SignalUntaken {
        /// How many.
        working_days: u32,
    },
    /// A week's value changed after it had been signed or was complete.
    Restated {
        /// What it was, millionths of the unit.
        #[specta(type = f64)]
        was_millionths: i64,
        /// What it is.
        #[specta(type = f64)]
        now_millionths: i64,
        /// When that became known.
        #[specta(type = String)]
        on: Day,
    },
    /// The week has come in which a decision was to show an effect.
    EffectDue {
        /// What came of it.
        answer: EffectAnswer,
    },
    /// A commitment is due before the next meeting.
    CommitmentDue {
        /// When.
        #[specta(type = String)]
        due: Day,
    },
    /// A commitment is overdue.
    CommitmentOverdue {
        /// When it was due.
        #[specta(type = String)]
        due: Day,
    },
    /// A commitment was answered since the last meeting.
    CommitmentAnswered {
        /// `kept`, `not_kept`, `moved`.
        answer: String,
    },
    /// A person flagged something, and it is open.
    Flagged,
    /// A person disputes a split.
    Disputed,
    /// The same people write back and forth.
    InCircles {
        /// Messages since they last met.
        messages: u32,
    },
    /// Nobody has answered for some days.
    Unanswered {
        /// How many.
        days: u32,
    },
    /// A person put it on the agenda.
    TalkProposed,
    /// Something needs a person.
    Attention {
        /// Since when.
        #[specta(type = String)]
        since: Day,
        /// How many more of its kind there are, of the same integration: they are talked about together.
        #[serde(default)]
        more: u32,
    },
    /// One department needs something of another, and there is no answer yet.
    NeedAsked,
    /// A counter-offer waits for an answer.
    NeedCountered,
    /// A need that was accepted is overdue.
    NeedOverdue {
        /// By when it was needed.
        #[specta(type = String)]
        by: Day,
    },
    /// No meeting has talked about a KPI for long.
    Undiscussed {
        /// Weeks that were looked at.
        weeks: u32,
        /// Meetings that were held in them.
        held: u32,
    },
    /// Visits are planned for the week.
    VisitsPlanned {
        /// How many.
        visits: u32,
    },
    /// A visitor wrote what they brought home.
    DebriefWritten,
    /// A win was recorded, and no meeting has celebrated it yet.
    WinRecorded,
    /// A chart turned to the better after a decision, and nobody has said yet whether that is a win.
    WinSuggested,
    /// It is on every agenda.
    Standing,
    /// A person added it.
    Added,
}

/// One item of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// Which item: derived from what it is about, so that drafting again finds it again.
    pub item: ItemId,
    /// Where it stands.
    pub section: Section,
    /// What it is about.
    pub subject: Subject,
    /// Why it is there.
    pub reason: Reason,
    /// What a person called it; empty where what it is about says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// How long, minutes.
    pub minutes: u32,
    /// Who leads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What to prepare.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// How many meetings it was carried over.
    #[serde(default)]
    pub carried: u32,
    /// The day since which it waits.
    pub since: Day,
    /// Its place where a person moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<i64>,
    /// Whether a person wants it on this agenda (or in the queue), whatever fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_chosen: Option<bool>,
}

impl AgendaItem {
    /// An item as the draft finds it.
    pub fn found(section: Section, subject: Subject, reason: Reason, since: Day) -> Self {
        let item = subject.item();
        let minutes = reason.minutes();
        Self {
            item,
            section,
            subject,
            reason,
            title: String::new(),
            minutes,
            person: None,
            note: String::new(),
            carried: 0,
            since,
            rank: None,
            is_chosen: None,
        }
    }

    /// How much it presses: what is more goes first, and gets a place on the agenda first. Each meeting that it was
    /// carried over counts five.
    pub fn urgency(&self) -> u32 {
        self.reason.urgency().saturating_add(self.carried.saturating_mul(5))
    }

    /// Whether it is on the agenda whatever fits.
    pub const fn is_fixed(&self) -> bool {
        match self.is_chosen {
            Some(is_chosen) => is_chosen,
            None => matches!(self.reason, Reason::Standing | Reason::Added),
        }
    }
}

impl Subject {
    /// The id of the item about it: the same each time it is found.
    pub fn item(&self) -> ItemId {
        ItemId(match self {
            Self::Signal { signal, .. } => format!("signal-{signal}"),
            Self::Restatement { kpi, week, revision, .. } => format!("restated-{kpi}-{week}-{revision}"),
            Self::Effect { decision } => format!("effect-{decision}"),
            Self::Thread { thread } => format!("thread-{thread}"),
            Self::Attention { attention, .. } => format!("attention-{attention}"),
            Self::Commitment { commitment } => format!("commitment-{commitment}"),
            Self::Need { need } => format!("need-{need}"),
            Self::Retirement { kpi } => format!("retirement-{kpi}"),
            Self::Visits { week } => format!("visits-{week}"),
            Self::Debrief { placement, .. } => format!("debrief-{placement}"),
            Self::Win { win } => format!("win-{win}"),
            Self::Own => String::new(),
            Self::Round => "round".to_owned(),
        })
    }
}

impl Reason {
    /// How long an item with this reason is proposed to take, minutes.
    pub const fn minutes(&self) -> u32 {
        match self {
            Self::CommitmentDue { .. } | Self::CommitmentAnswered { .. } | Self::VisitsPlanned { .. } => 1,
            Self::Improved
            | Self::WinRecorded
            | Self::WinSuggested
            | Self::CommitmentOverdue { .. }
            | Self::Attention { .. } => 2,
            Self::Restated { .. }
            | Self::NeedAsked
            | Self::NeedCountered
            | Self::NeedOverdue { .. }
            | Self::Undiscussed { .. } => 3,
            Self::EffectDue { .. } | Self::Flagged | Self::DebriefWritten | Self::Standing | Self::Added => 5,
            Self::Unanswered { .. } | Self::TalkProposed | Self::Disputed => 6,
            Self::SignalFound | Self::SignalUntaken { .. } | Self::InCircles { .. } => 8,
        }
    }

    /// How much it presses, 0–100.
    pub const fn urgency(&self) -> u32 {
        match self {
            Self::Standing => 100,
            Self::Added => 95,
            // Somebody asked for it by hand.
            Self::TalkProposed => 90,
            Self::SignalUntaken { .. } => 85,
            Self::InCircles { .. } => 80,
            Self::CommitmentOverdue { .. } => 78,
            Self::SignalFound => 75,
            Self::EffectDue { .. } => 72,
            Self::NeedCountered | Self::NeedAsked => 70,
            Self::Disputed => 68,
            Self::Restated { .. } => 65,
            // People came back with something to tell: it has the rank of what went well.
            Self::WinRecorded | Self::DebriefWritten => 64,
            Self::WinSuggested => 63,
            Self::Improved => 62,
            Self::NeedOverdue { .. } => 60,
            Self::Unanswered { .. } => 55,
            Self::Attention { .. } => 50,
            Self::CommitmentDue { .. } => 45,
            Self::CommitmentAnswered { .. } => 42,
            Self::Flagged => 40,
            Self::VisitsPlanned { .. } => 35,
            // Nothing burns: nobody has missed it for a quarter of a year.
            Self::Undiscussed { .. } => 30,
        }
    }
}
