//! Rotations: a program, the plan that people were told, what happened to it, and what people brought home.
//!
//! How these merge when two people act at once. Of a program the last word on each field counts ([`super::ProgramChange`]).
//! Of plans the last one stands whole, since half of one plan and half of another is none; it says which swaps it knows, and
//! undoes those that it does not. A cancelled placement stays cancelled in every plan that still lists it, and what has ended
//! stays ended. A swap is about both placements as the asker saw them, and lapses where they are others by the last yes; of the
//! answers to it the last one of each department counts, and the first no. Of a debrief the last words of its visitor count, and
//! all that it became. Nothing is ever lost: all of it stays readable in its order.

use serde::{Deserialize, Serialize};

use super::{AbsenceId, NeedId, PlacementId, RotationId, Stamp, SwapId, ThreadId};
use crate::day::{Day, Week};
use crate::department::DepartmentId;
use crate::person::PersonId;

/// A run of weeks, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct WeekSpan {
    /// The first week.
    #[specta(type = String)]
    pub first: Week,
    /// The last week, not before the first.
    #[specta(type = String)]
    pub last: Week,
}

/// How long a visit takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "unit", content = "count", rename_all = "snake_case")]
pub enum VisitLength {
    /// Whole weeks one after the other.
    Weeks(u32),
    /// Working days within one week.
    Days(u32),
}

/// Which department may visit which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
pub struct VisitPair {
    /// Whose people visit.
    pub home: DepartmentId,
    /// Whom they visit.
    pub host: DepartmentId,
}

/// Another number of visitors in some weeks, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct WeekCapacity {
    /// The first week.
    #[specta(type = String)]
    pub first: Week,
    /// The last week, not before the first.
    #[specta(type = String)]
    pub last: Week,
    /// Visitors that it takes at the same time; with 0 it hosts nobody and sends all the same.
    pub capacity: u32,
}

/// What a department gives a rotation, as home and as host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct DepartmentRule {
    /// Which department.
    pub department: DepartmentId,
    /// Visitors that it takes at the same time.
    pub capacity: u32,
    /// Weeks in which it takes another number; where two hold the same week, the later entry counts.
    pub capacity_in: Vec<WeekCapacity>,
    /// How many of its people stay at home at least.
    pub cover: u32,
    /// Peak seasons: it neither hosts nor sends.
    pub peaks: Vec<WeekSpan>,
    /// Whom a visitor turns to.
    pub contact: Option<PersonId>,
    /// What a visitor brings, and where they report.
    pub bring: String,
}

/// A wish to visit a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct VisitWish {
    /// Who wishes it.
    pub person: PersonId,
    /// Which department.
    pub host: DepartmentId,
    /// How strongly, 1 to 3.
    pub strength: u32,
}

/// A visit that has to happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct VisitMust {
    /// The department whose people visit.
    pub home: DepartmentId,
    /// One person of it; nothing for anybody.
    pub person: Option<PersonId>,
    /// The department visited.
    pub host: DepartmentId,
    /// How many visits at least.
    pub least: u32,
}

/// A rotation's program, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RotationProgram {
    /// Which rotation.
    pub rotation: RotationId,
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// The learning question that every visitor takes along.
    pub question: String,
    /// The first week that is planned.
    #[specta(type = String)]
    pub first: Week,
    /// How many weeks are planned.
    pub weeks: u32,
    /// How long a visit takes.
    pub length: VisitLength,
    /// Weeks of a period, counted from the first week: a person begins at most one visit in each.
    pub period_weeks: u32,
    /// Visits that each person should make in all of it.
    pub due: u32,
    /// Visits that nobody exceeds.
    pub most: u32,
    /// Visits that each pair of departments should see.
    pub pair_target: u32,
    /// Who may visit whom.
    pub pairs: Vec<VisitPair>,
    /// What each department gives; one that is not named takes one visitor and keeps one person at home.
    pub departments: Vec<DepartmentRule>,
    /// Weeks in which nobody visits anybody.
    pub closed: Vec<WeekSpan>,
    /// Visits that have to happen.
    pub must: Vec<VisitMust>,
    /// Wishes.
    pub wishes: Vec<VisitWish>,
    /// Groups who go together or not at all.
    pub buddies: Vec<Vec<PersonId>>,
    /// People who do not take part. Everybody else of the departments does.
    pub stays_home: Vec<PersonId>,
}

/// One placement of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Which placement; it keeps its name in later plans.
    pub placement: PlacementId,
    /// Who visits.
    pub visitor: PersonId,
    /// The department that they belonged to when it was planned.
    pub home: DepartmentId,
    /// Whom they visit.
    pub host: DepartmentId,
    /// The week in which it begins.
    pub week: Week,
    /// Which part of that week, from 0; 0 where visits take whole weeks.
    pub part: u32,
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub until: Day,
}

/// A plan was published: from now on people count on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotationPublished {
    /// Of which rotation.
    pub rotation: RotationId,
    /// All its placements, those that are over included. What an earlier plan had and this one has not is withdrawn.
    pub placements: Vec<Placed>,
    /// Why it differs from the plan before; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// When the plan was published that it replaces; nothing for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Stamp>,
    /// The swaps that were done when it was made: its placements have them in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub swaps: Vec<SwapId>,
}

/// Two visitors ask to change places: each makes the visit of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapAsked {
    /// In which rotation.
    pub rotation: RotationId,
    /// Which swap.
    pub swap: SwapId,
    /// One placement, as it was when the swap was asked for.
    pub one: Placed,
    /// The other.
    pub other: Placed,
    /// Why.
    pub reason: String,
}

impl SwapAsked {
    /// The homes of both: their heads answer.
    pub const fn homes(&self) -> [&DepartmentId; 2] {
        [&self.one.home, &self.other.home]
    }
}

/// A head answered a swap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapAnswered {
    /// In which rotation.
    pub rotation: RotationId,
    /// Which swap.
    pub swap: SwapId,
    /// For which department.
    pub department: DepartmentId,
    /// Whether it may be.
    pub accepted: bool,
    /// Why not; empty for a yes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A person is not there. Why is nobody's business and is not asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsenceNoted {
    /// Which absence.
    pub absence: AbsenceId,
    /// Who.
    pub person: PersonId,
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub until: Day,
}

/// What a visitor brought home, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebriefWritten {
    /// Of which rotation.
    pub rotation: RotationId,
    /// Of which placement.
    pub placement: PlacementId,
    /// What I saw.
    pub saw: String,
    /// What surprised me.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub surprised: String,
    /// What I would change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub change: String,
    /// Whom to thank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thanks: Vec<PersonId>,
}

/// What a debrief became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "into", rename_all = "snake_case")]
pub enum DebriefInto {
    /// The visitor's department asks the host for something.
    Need {
        /// Which need.
        need: NeedId,
    },
    /// People talk about it in writing.
    Thread {
        /// Which thread.
        thread: ThreadId,
    },
    /// It goes onto the agenda of the next meeting, however long ago it was written.
    Agenda,
}
