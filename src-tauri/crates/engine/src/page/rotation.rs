//! Rotations as their pages show them.

use plaza_domain::event::RotationProgram;
use serde::{Deserialize, Serialize};

use super::DepartmentView;
pub use super::proposal::{ChangeView, ClashView, CostView, ProposalView, ProposedView, ProposedVisit};
pub use crate::rotation::{AbsenceForm, AbsencesForm, DebriefForm, SwapForm, WishForm, WishesForm};
pub use plaza_domain::event::RotationProgram as Program;

/// All rotations, what waits for the reader, and who has walked in whose shoes.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct RotationList {
    /// All rotations, the one that begins last first.
    pub rotations: Vec<RotationRow>,
    /// The reader's visits that are not over, the earliest first; those that were to come and do not happen among them.
    pub mine: Vec<VisitView>,
    /// The reader's visits that are over and have no debrief, the latest first.
    pub to_debrief: Vec<VisitView>,
    /// Swaps that wait for the reader.
    pub swaps: Vec<SwapView>,
    /// Absences that are not over.
    pub absences: Vec<AbsenceView>,
    /// Who has walked in whose shoes, over all rotations.
    pub matrix: Matrix,
    /// Weeks in which a rotation may begin: this one and those after it.
    pub weeks: Vec<CalendarWeek>,
    /// Who reads, where that has been said: everybody notes their own absences.
    pub me: Option<String>,
    /// Whether the reader may write programs and publish plans.
    pub may_plan: bool,
}

/// A rotation in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct RotationRow {
    /// Its id.
    pub rotation: String,
    /// What people call it.
    pub name: String,
    /// Its learning question.
    pub question: String,
    /// The first day that is planned.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Why it ended; nothing while it runs.
    pub ended: Option<String>,
    /// Visits that happen or happened.
    pub visits: u32,
    /// Those that are over.
    pub over: u32,
    /// Those with a debrief.
    pub debriefs: u32,
    /// Whether a plan was published.
    pub is_published: bool,
}

/// One rotation.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct RotationPage {
    /// Its program.
    pub program: RotationProgram,
    /// As its list shows it.
    pub row: RotationRow,
    /// Every plan that was published, the one in force first.
    pub plans: Vec<PlanView>,
    /// All visits that people were ever told of, the earliest first.
    pub visits: Vec<VisitView>,
    /// All swaps, the last one asked for first.
    pub swaps: Vec<SwapView>,
    /// Who is where, week by week.
    pub calendar: CalendarView,
    /// Who has walked in whose shoes, in this rotation.
    pub matrix: Matrix,
    /// Weeks that its program can name: its own, and those still to come.
    pub weeks: Vec<CalendarWeek>,
    /// What the reader wishes; nothing where they do not take part, or it has ended.
    pub my_wishes: Option<MyWishes>,
    /// Whether the reader may change it and publish plans.
    pub may_plan: bool,
}

/// What a reader wishes to see, and what they can wish.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct MyWishes {
    /// Departments that theirs may visit.
    pub hosts: Vec<DepartmentView>,
    /// What they wish.
    pub wishes: Vec<WishForm>,
}

/// A plan that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct PlanView {
    /// When, RFC 3339.
    pub at: String,
    /// By whom.
    pub by: Option<String>,
    /// Why it replaced the one before; empty for the first.
    pub reason: String,
    /// How many visits it has.
    pub visits: u32,
    /// Whether whoever published it did not know the one before.
    pub is_blind: bool,
}

/// What people were told of a visit before it became another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct FormerView {
    /// Who was to make it; nothing where it is the same person.
    pub visitor_name: Option<String>,
    /// Whom they were to visit (name).
    pub host_name: String,
    /// The first day.
    pub from: String,
    /// The last day, included.
    pub until: String,
    /// Why it is another one now.
    pub reason: String,
}

/// A visit that people were told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[allow(clippy::struct_excessive_bools)] // each says another thing that a screen shows or leaves out
pub struct VisitView {
    /// Of which rotation.
    pub rotation: String,
    /// What people call the rotation.
    pub rotation_name: String,
    /// Which placement.
    pub placement: String,
    /// Who visits.
    pub visitor: String,
    /// What they are called.
    pub visitor_name: String,
    /// Their department when it was planned.
    pub home: String,
    /// What it is called.
    pub home_name: String,
    /// Whom they visit.
    pub host: String,
    /// What it is called.
    pub host_name: String,
    /// The first day.
    pub from: String,
    /// The last day, included.
    pub until: String,
    /// `planned`, `withdrawn`, `cancelled`.
    pub standing: String,
    /// Why it does not happen; may be empty.
    pub reason: String,
    /// What people were told before, until it begins.
    pub former: Option<FormerView>,
    /// Whether it was made.
    pub is_over: bool,
    /// Whether it is still to come.
    pub is_ahead: bool,
    /// What the visitor brought home.
    pub debrief: Option<DebriefView>,
    /// The reader may cancel it.
    pub may_cancel: bool,
    /// The reader may ask that it is swapped.
    pub may_swap: bool,
    /// The reader may write its debrief.
    pub may_debrief: bool,
    /// The reader may answer its debrief.
    pub may_answer: bool,
}

/// What a visitor brought home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct DebriefView {
    /// What I saw.
    pub saw: String,
    /// What surprised me; may be empty.
    pub surprised: String,
    /// What I would change; may be empty.
    pub change: String,
    /// Whom to thank (ids).
    pub thanks: Vec<String>,
    /// Whom to thank (names).
    pub thanks_names: Vec<String>,
    /// When it was last written, RFC 3339.
    pub at: String,
    /// What the host said to it.
    pub answers: Vec<DebriefAnswerView>,
    /// The need that it became.
    pub need: Option<String>,
    /// The thread that it became.
    pub thread: Option<String>,
    /// Whether somebody put it onto the next agenda.
    pub is_on_agenda: bool,
}

/// What the host said to a debrief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct DebriefAnswerView {
    /// Who.
    pub by: Option<String>,
    /// When, RFC 3339.
    pub at: String,
    /// What.
    pub text: String,
}

/// Two visitors ask to change places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct SwapView {
    /// In which rotation.
    pub rotation: String,
    /// Which swap.
    pub swap: String,
    /// One visit in words, as it was when the swap was asked for: who, where, when.
    pub one: String,
    /// The other.
    pub other: String,
    /// Why.
    pub reason: String,
    /// `asked`, `done`, `declined`, `lapsed`, `undone`.
    pub state: String,
    /// Departments whose heads have not answered (names).
    pub waits_for: Vec<String>,
    /// Why a head said no; empty where none did.
    pub no: String,
    /// Who asked for it.
    pub by: Option<String>,
    /// When, RFC 3339.
    pub at: String,
    /// The reader may answer it.
    pub may_answer: bool,
}

/// A person is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct AbsenceView {
    /// Which absence.
    pub absence: String,
    /// Who.
    pub person: String,
    /// What they are called.
    pub name: String,
    /// The first day.
    pub from: String,
    /// The last day, included.
    pub until: String,
    /// The reader may change it or take it back.
    pub may_change: bool,
}

/// Days on which a person is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct AbsenceDays {
    /// The first day.
    pub from: String,
    /// The last day, included.
    pub until: String,
}

/// What a person's calendar file says about their being there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct AbsenceFile {
    /// Whose.
    pub person: String,
    /// Absences that are not noted yet, the earliest first.
    pub days: Vec<AbsenceDays>,
    /// Absences that are noted already.
    pub known: u32,
    /// Absences that are over, or further than two years ahead.
    pub outside: u32,
    /// Entries that repeat by a rule which cannot be written out, and were not counted.
    pub unclear: u32,
    /// Entries during which the person is there.
    pub free: u32,
    /// Entries that leave enough of each day.
    pub short: u32,
}

/// Who is where, week by week.
#[derive(Clone, Debug, Default, PartialEq, Serialize, specta::Type)]
pub struct CalendarView {
    /// The planned weeks.
    pub weeks: Vec<CalendarWeek>,
    /// A row for each visitor, by department and name.
    pub people: Vec<CalendarRow>,
    /// A row for each host.
    pub hosts: Vec<CalendarRow>,
}

/// A week of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct CalendarWeek {
    /// `2026-W12`.
    pub week: String,
    /// As people say it.
    pub label: String,
    /// Its Monday.
    pub monday: String,
    /// Whether it is this week.
    pub is_now: bool,
}

/// A row of the calendar.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct CalendarRow {
    /// A person's or a department's id.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// The department that the row belongs to.
    pub department: Option<DepartmentView>,
    /// A cell for each of the weeks.
    pub cells: Vec<CalendarCell>,
}

/// A week of a row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, specta::Type)]
pub struct CalendarCell {
    /// The visits that touch it.
    pub visits: Vec<CalendarVisit>,
    /// Whether the person is not there in some of it.
    pub is_absent: bool,
    /// Whether nobody visits anybody, or the department has its peak season.
    pub is_closed: bool,
}

/// A visit in a week of a row.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct CalendarVisit {
    /// Which placement.
    pub placement: String,
    /// In the row of a person the host, in the row of a host the visitor.
    pub name: String,
    /// The other department: where the person goes, or where the visitor comes from.
    pub department: Option<DepartmentView>,
    /// The whole of it in words, with its days.
    pub words: String,
}

/// Who has walked in whose shoes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, specta::Type)]
pub struct Matrix {
    /// Rows and columns.
    pub departments: Vec<DepartmentView>,
    /// Row by row, home first: a cell for each host.
    pub rows: Vec<Vec<MatrixCell>>,
}

/// A home and a host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct MatrixCell {
    /// Visits that were made.
    pub made: u32,
    /// Visits that are planned.
    pub planned: u32,
    /// Whether a program allows them; nothing is missing where none does.
    pub is_allowed: bool,
    /// Who made them or will (names), each once.
    pub visitors: Vec<String>,
}

/// What people learned about a department.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct LearnedPage {
    /// The department; nothing for all of them.
    pub department: Option<DepartmentView>,
    /// Departments that were visited, to choose from.
    pub departments: Vec<DepartmentView>,
    /// The year.
    pub year: i32,
    /// Years in which somebody wrote a debrief, the last one first; this year among them.
    pub years: Vec<i32>,
    /// Visits with their debriefs, the latest first.
    pub visits: Vec<VisitView>,
    /// Visits with debriefs that are not among them, since they are too many.
    pub more: u32,
    /// Visits of the year without one.
    pub without: u32,
}
