//! What people decide, ask of each other and promise, in a meeting or outside one.

use serde::{Deserialize, Serialize};

use super::{CommitmentId, DecisionId, ItemId, KpiId, MeetingId, NeedId, ThreadId};
use crate::day::{Day, Week};
use crate::department::DepartmentId;
use crate::person::PersonId;

/// Where something was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidIn {
    /// In which meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// Under which item of its agenda.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// About which thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<ThreadId>,
}

/// What a decision is expected to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// To which KPI.
    pub kpi: KpiId,
    /// To which part; nothing for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<DepartmentId>,
    /// By how much its mean moves, millionths of the unit; negative where it falls.
    pub size_millionths: i64,
    /// By which week it shows.
    pub by: Week,
}

/// A decision, as it stands: the last word on it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionTaken {
    /// Which decision.
    pub decision: DecisionId,
    /// Where.
    #[serde(default)]
    pub said_in: SaidIn,
    /// What was decided.
    pub text: String,
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// What it is expected to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
    /// The first week in which it is in force; that of its meeting where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Week>,
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum EffectAnswer {
    /// The mean moved at least as far as expected, and the chart shows a signal.
    Reached,
    /// The chart shows a signal to the wanted side, but less than expected.
    Partly,
    /// Nothing that could be told from the usual ups and downs.
    NotSeen,
    /// The chart shows a signal to the other side.
    Opposite,
    /// Too few weeks to tell.
    TooEarly,
}

/// A decision's effect was looked for in the week in which it was expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectChecked {
    /// Which decision.
    pub decision: DecisionId,
    /// The last week looked at.
    pub week: Week,
    /// What came of it.
    pub answer: EffectAnswer,
    /// The mean of the weeks before, millionths of the unit; nothing without weeks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_millionths: Option<i64>,
    /// The mean of the weeks since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_millionths: Option<i64>,
    /// Weeks before.
    pub weeks_before: u32,
    /// Weeks since.
    pub weeks_after: u32,
}

/// One department needs something of another, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedAsked {
    /// Which need.
    pub need: NeedId,
    /// Where.
    #[serde(default)]
    pub said_in: SaidIn,
    /// Which department asks.
    pub from: DepartmentId,
    /// Which department is asked.
    pub to: DepartmentId,
    /// What is needed.
    pub text: String,
    /// By when.
    pub by: Day,
}

/// How a department answers a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum NeedAnswer {
    /// It will be done.
    Accepted,
    /// It will not be done, and this is why.
    Declined {
        /// Why.
        reason: String,
    },
    /// Something else is offered.
    Countered {
        /// What.
        text: String,
        /// By when.
        #[specta(type = String)]
        by: Day,
    },
    /// It was done.
    Met,
    /// It was not done, and this is why.
    NotMet {
        /// Why.
        reason: String,
    },
    /// It waits for an answer again.
    Open,
}

/// A person promises something, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentMade {
    /// Which commitment.
    pub commitment: CommitmentId,
    /// Where.
    #[serde(default)]
    pub said_in: SaidIn,
    /// For which need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<NeedId>,
    /// Who promises.
    pub who: PersonId,
    /// What.
    pub text: String,
    /// By when.
    pub due: Day,
}

/// What became of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum CommitmentAnswer {
    /// It was kept.
    Kept,
    /// It was not kept, and this is why.
    NotKept {
        /// Why.
        reason: String,
    },
    /// It is due later.
    Moved {
        /// When.
        #[specta(type = String)]
        to: Day,
        /// Why.
        reason: String,
    },
    /// It is open again: the last answer was a mistake.
    Open,
}
