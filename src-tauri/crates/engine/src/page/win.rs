//! The pages of wins: the wall, one win, a year in review.

pub use plaza_domain::event::{Contributor, ContributorReason};
use serde::{Deserialize, Serialize};

use super::order::LegView;
use super::thread::SaidBy;
use super::{DepartmentView, PersonView};

/// A win as a person records it. Only the title is needed.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
pub struct WinForm {
    /// What was won, in a sentence.
    pub title: String,
    /// How it came about; may be empty.
    pub story: String,
    /// The day; today where empty.
    pub on: String,
    /// The customer; may be empty.
    pub customer: String,
    /// Orders as a person writes them: `4711/2, 4712`, and `shop: 4713` where several systems have it; may be empty.
    pub orders: String,
    /// The signal that turned to the better.
    pub signal: Option<String>,
}

/// What is told of a win in other words: what is left out stays as it is.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
pub struct WinChange {
    /// What was won.
    pub title: Option<String>,
    /// How it came about; may be empty.
    pub story: Option<String>,
    /// The day; today where empty.
    pub on: Option<String>,
    /// The customer; may be empty.
    pub customer: Option<String>,
    /// All its orders, as a person writes them; may be empty.
    pub orders: Option<String>,
}

/// Why something was taken back, and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct TakenBack {
    /// In that person's words.
    pub reason: String,
    /// Who said so, when.
    pub said: SaidBy,
}

/// Somebody who is named on a win, or may be.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct ContributorView {
    /// Who.
    pub contributor: Contributor,
    /// What people call them.
    pub name: String,
    /// The id of the department in which a person worked then; a department's own.
    pub department: Option<String>,
    /// Why, as kept.
    pub reason: ContributorReason,
    /// Why, in the reader's words.
    pub words: String,
    /// Who named them; nothing for a proposal.
    pub said: Option<SaidBy>,
}

/// Somebody whose name was taken off a win.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct TakenOffView {
    /// Who.
    pub contributor: Contributor,
    /// What people call them.
    pub name: String,
    /// As of whoever is named.
    pub department: Option<String>,
    /// Why, and by whom.
    pub taken_off: TakenBack,
}

/// An order line behind a win.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WinOrderView {
    /// Of which system.
    pub system: String,
    /// The order's number.
    pub order: String,
    /// The line's number.
    pub line: String,
    /// Its way to the customer; nothing on a device that did not pull it.
    pub journey: Option<WinJourney>,
}

/// The way of an order line to its customer.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WinJourney {
    /// The first date given.
    pub promised: Option<String>,
    /// When what was promised was reached.
    pub reached: Option<String>,
    /// Days late, negative where it was early; nothing before it was reached.
    pub lateness_days: Option<i32>,
    /// Whether days are working days.
    pub working_days: bool,
    /// Its legs up to the promise, as the order's page has them.
    pub legs: Vec<LegView>,
}

/// Where a win stands on agendas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum WinAgenda {
    /// It waits for the next meeting.
    Waits,
    /// A person can put it there.
    CanBePut,
    /// There is nothing to do: it was celebrated or taken back, or no meeting is set up.
    None,
}

/// A reaction, and who gave it.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct WinReactionView {
    /// The word: `applause`, `thanks`, `proud`.
    pub reaction: String,
    /// Names.
    pub people: Vec<String>,
    /// Whether I gave it.
    pub mine: bool,
}

/// One win, whole.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WinView {
    /// Its id.
    pub win: String,
    /// What was won.
    pub title: String,
    /// How it came about.
    pub story: String,
    /// The day.
    pub on: String,
    /// The customer.
    pub customer: String,
    /// The order lines behind it.
    pub orders: Vec<WinOrderView>,
    /// Those, as a person writes them.
    pub orders_text: String,
    /// The signal's id.
    pub signal: Option<String>,
    /// The KPI of the signal, and where its chart is.
    pub chart: Option<WinChart>,
    /// Who is named: departments in the order of the flow, then people by name.
    pub contributors: Vec<ContributorView>,
    /// Who may be named as well, and why.
    pub proposals: Vec<ContributorView>,
    /// Whose name was taken off, in the same order.
    pub taken_off: Vec<TakenOffView>,
    /// Order lines of the customer that this was read from; 0 where the win names its orders, or no customer.
    pub customer_lines: u32,
    /// Every reaction that there is, given or not.
    pub reactions: Vec<WinReactionView>,
    /// The meetings that celebrated it: weeks.
    pub celebrated: Vec<String>,
    /// Whether it comes onto the next agenda.
    pub agenda: WinAgenda,
    /// Who recorded it, when.
    pub said: SaidBy,
    /// Why it was taken back; nothing while it stands.
    pub withdrawn: Option<TakenBack>,
    /// Departments in the order of the flow, to name one.
    pub departments: Vec<DepartmentView>,
    /// People to name: those who are here, then those who have left.
    pub people: Vec<PersonView>,
}

/// The chart behind a win.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WinChart {
    /// Its name.
    pub name: String,
    /// Where it is in the window.
    pub address: String,
}

/// A win as a card: what a room reads from afar, and what leaves as a picture.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct WinCard {
    /// Its id.
    pub win: String,
    /// Whose it is: the company.
    pub company: String,
    /// The day in words and the customer.
    pub about: String,
    /// What was won.
    pub title: String,
    /// The beginning of the story; may be empty.
    pub story: String,
    /// What stands above the names.
    pub thanks: String,
    /// Everybody who is named: departments in the order of the flow, then people by name.
    pub names: Vec<WinCardName>,
}

/// Somebody on a card.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct WinCardName {
    /// What people call them.
    pub name: String,
    /// A department, with its letter and colour; nothing for a person.
    pub department: Option<DepartmentView>,
}

/// A customer that the journeys know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct CustomerView {
    /// The name, as the systems write it.
    pub name: String,
    /// How many order lines it has.
    pub lines: u32,
}

/// A win on the wall.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WinRow {
    /// Its id.
    pub win: String,
    /// What was won.
    pub title: String,
    /// The day.
    pub on: String,
    /// The customer; may be empty.
    pub customer: String,
    /// Ids of the departments that it names, those of the people named among them, in the order of the flow.
    pub departments: Vec<String>,
    /// Names of the people named.
    pub people: Vec<String>,
    /// How many reactions it has.
    pub reactions: u32,
    /// Whether a meeting celebrated it.
    pub is_celebrated: bool,
}

/// The wins of a quarter.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WinQuarter {
    /// The year.
    pub year: i32,
    /// 1–4.
    pub quarter: u32,
    /// The latest first.
    pub wins: Vec<WinRow>,
    /// A gentle word where one department's name is on all of them.
    pub word: Option<String>,
}

/// What suggests a win.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WinSuggestion {
    /// The signal.
    pub signal: String,
    /// A title for it.
    pub title: String,
    /// First and last week of the pattern.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// What was decided before.
    pub decisions: Vec<String>,
    /// Where the chart is in the window.
    pub address: String,
}

/// The wall.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WinWall {
    /// Quarters with wins, the latest first.
    pub quarters: Vec<WinQuarter>,
    /// Wins that nobody has recorded yet.
    pub suggestions: Vec<WinSuggestion>,
    /// Departments in the order of the flow.
    pub departments: Vec<DepartmentView>,
    /// Years with wins, the latest first.
    pub years: Vec<i32>,
}

/// A year in review. It counts what was won together and ranks nobody.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WinYear {
    /// Which year.
    pub year: i32,
    /// How many wins.
    pub wins: u32,
    /// How many of them a meeting celebrated.
    pub celebrated: u32,
    /// How many name two departments or more.
    pub shared: u32,
    /// How many people are named.
    pub people: u32,
    /// How many thanks were given.
    pub thanks: u32,
    /// The customers, by name.
    pub customers: Vec<String>,
    /// Departments named at least once, in the order of the flow.
    pub departments: Vec<DepartmentView>,
    /// Its quarters with wins, in their order.
    pub quarters: Vec<WinQuarter>,
}
