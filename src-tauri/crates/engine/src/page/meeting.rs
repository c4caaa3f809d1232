//! The weekly meeting as the screens show it: set-up, agenda, the meeting itself, its minutes.

use plaza_domain::chart::Chart as ChartView;
pub use plaza_domain::event::{Attendance, Closing, CommitmentAnswer, ItemChange, NeedAnswer};
use plaza_domain::event::{EffectAnswer, StandingItem};
pub use plaza_domain::meeting::Section;
use plaza_domain::meeting::{Reason, Subject};
use serde::{Deserialize, Serialize};

use super::Unit;
use super::thread::{SaidBy, ThreadView};
use super::win::{WinCard, WinSuggestion};

/// The page of the meeting.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MeetingPage {
    /// How it is set up; nothing before anybody did.
    pub set: Option<MeetingForm>,
    /// The meeting that is prepared or under way.
    pub next: Option<MeetingLine>,
    /// Those after it, as far as they are planned: the next eight weeks.
    pub coming: Vec<MeetingLine>,
    /// Those before it, the latest first; at most 60.
    pub past: Vec<MeetingLine>,
    /// Who facilitates in turn: whoever is next first.
    pub turns: Vec<TurnView>,
}

/// How the weekly meeting is set up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct MeetingForm {
    /// The day of the week, 0 Monday to 6 Sunday.
    pub weekday: u8,
    /// When it begins: `09:30`, in the workspace's time zone.
    pub time: String,
    /// How long it takes, minutes.
    pub minutes: u32,
    /// Where.
    pub place: String,
    /// An address to join from afar.
    pub link: String,
    /// Who attends: ids.
    pub attendees: Vec<String>,
    /// Who facilitates in turn, in this order: ids.
    pub facilitators: Vec<String>,
    /// What is on every agenda.
    pub standing: Vec<StandingItem>,
}

/// One meeting in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MeetingLine {
    /// Its id: an ISO week.
    pub meeting: String,
    /// Its day.
    pub day: String,
    /// When it begins: `09:30`.
    pub time: String,
    /// How long it takes, minutes.
    pub minutes: u32,
    /// Where it stands.
    pub state: MeetingState,
    /// It was moved: the day on which it would have been.
    pub moved_from: Option<String>,
    /// Why it was moved or cancelled.
    pub reason: String,
    /// Nobody works on its day: the holiday's name, or nothing but that.
    pub holiday: Option<String>,
    /// Who facilitates it: name.
    pub facilitator: Option<String>,
    /// The mean of the ratings, 1–10.
    pub rating: Option<f64>,
    /// How many decisions, needs and commitments came of it.
    pub decisions: u32,
    /// See `decisions`.
    pub needs: u32,
    /// See `decisions`.
    pub commitments: u32,
    /// The version of the minutes that was sent last.
    pub minutes_version: Option<u32>,
}

/// Where a meeting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum MeetingState {
    /// Its agenda drafts itself.
    Drafting,
    /// Its agenda was frozen and shared.
    Frozen,
    /// It is under way.
    Running,
    /// It was held.
    Held,
    /// It was cancelled.
    Cancelled,
    /// Its day is over and nobody began it.
    Missed,
}

/// Whose turn it is to facilitate.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct TurnView {
    /// A person's id.
    pub person: String,
    /// Their name.
    pub name: String,
    /// How often they did.
    pub times: u32,
    /// The week of the last time.
    pub last: Option<String>,
}

/// An agenda.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct AgendaView {
    /// Which meeting.
    pub meeting: MeetingLine,
    /// What is on it, in its order.
    pub items: Vec<ItemView>,
    /// What waits in the queue.
    pub waiting: Vec<ItemView>,
    /// What was dropped.
    pub dropped: Vec<ItemView>,
    /// Minutes of the items.
    pub planned_minutes: u32,
    /// Who facilitates: a person's id.
    pub facilitator: Option<String>,
    /// Who attends: ids.
    pub attendees: Vec<String>,
    /// When it was frozen, by whom.
    pub frozen: Option<SaidBy>,
}

/// An item of an agenda.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ItemView {
    /// Its id.
    pub item: String,
    /// Where it stands.
    pub section: Section,
    /// What it is about.
    pub subject: Subject,
    /// Why it is there.
    pub reason: Reason,
    /// What it is, in the reader's words.
    pub title: String,
    /// Why it is there, in the reader's words.
    pub reason_words: String,
    /// How long, minutes.
    pub minutes: u32,
    /// Who leads it: a person's id.
    pub person: Option<String>,
    /// What to prepare.
    pub note: String,
    /// How many meetings it was carried over.
    pub carried: u32,
    /// Why it was dropped.
    pub dropped: Option<String>,
    /// A person wants it there (or in the queue), whatever fits.
    pub is_chosen: Option<bool>,
    /// Where its subject is in the window; nothing where it is only its words.
    pub address: Option<String>,
}

/// What is on the screen while an item is talked about.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Exhibit {
    /// A chart with its sentence: as it is now.
    pub chart: Option<ChartView>,
    /// The chart's sentence, or what there is to say.
    pub sentence: Option<String>,
    /// A thread.
    pub thread: Option<ThreadView>,
    /// Plain lines, each with a name: what a commitment says, since when a batch waits.
    pub facts: Vec<(String, String)>,
    /// A win's card.
    pub win: Option<WinCard>,
    /// What the signal suggests, while nobody has answered it.
    pub suggestion: Option<WinSuggestion>,
}

/// A meeting that is under way, or was.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MeetingRun {
    /// Its agenda.
    pub agenda: AgendaView,
    /// When it began, RFC 3339.
    pub began: Option<String>,
    /// When it ended.
    pub ended: Option<String>,
    /// It stands still since, RFC 3339.
    pub paused_since: Option<String>,
    /// Seconds that it has been going on, pauses left out, when this was read.
    pub elapsed_seconds: u32,
    /// The item on the screen.
    pub current: Option<String>,
    /// Each item's course, in the order of the agenda.
    pub course: Vec<ItemCourse>,
    /// Who was there.
    pub attendance: Vec<AttendanceView>,
    /// What lies in the parking lot.
    pub parked: Vec<MeetingNote>,
    /// The closing round.
    pub round: Vec<RoundView>,
    /// Notes under the items.
    pub notes: Vec<MeetingNote>,
    /// Decisions of this meeting.
    pub decisions: Vec<DecisionView>,
    /// Needs of this meeting.
    pub needs: Vec<NeedView>,
    /// Commitments of this meeting.
    pub commitments: Vec<CommitmentView>,
}

/// How an item went.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ItemCourse {
    /// Its id.
    pub item: String,
    /// Seconds that it was on the screen, pauses left out, when this was read.
    pub spent_seconds: u32,
    /// Minutes that it has: as planned and extended.
    pub minutes: u32,
    /// How it ended.
    pub closing: Option<Closing>,
}

/// Whether a person was there.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct AttendanceView {
    /// A person's id.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Whether they are usually there.
    pub is_expected: bool,
    /// Whether they were.
    pub attendance: Option<Attendance>,
}

/// A note.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MeetingNote {
    /// Its id.
    pub note: String,
    /// Under which item; nothing for the parking lot.
    pub item: Option<String>,
    /// What it says.
    pub text: String,
    /// Who, when.
    pub said: SaidBy,
}

/// A person's word in the closing round.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RoundView {
    /// A person's id.
    pub person: String,
    /// Their name.
    pub name: String,
    /// 1–10.
    pub rating: Option<u8>,
    /// Their word.
    pub word: String,
}

/// A decision.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DecisionView {
    /// Its id.
    pub decision: String,
    /// Of which meeting.
    pub meeting: Option<String>,
    /// Under which item.
    pub item: Option<String>,
    /// About which thread.
    pub thread: Option<String>,
    /// What was decided.
    pub text: String,
    /// Who sees to it: a person's id.
    pub owner: Option<String>,
    /// Their name.
    pub owner_name: Option<String>,
    /// What it is expected to do.
    pub expected: Option<ExpectedView>,
    /// What came of it.
    pub effect: Option<EffectView>,
    /// Who wrote it down, when.
    pub said: SaidBy,
}

/// What a decision is expected to do.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ExpectedView {
    /// The KPI's id.
    pub kpi: String,
    /// Its name.
    pub kpi_name: String,
    /// Which part: a department's id.
    pub department: Option<String>,
    /// By how much its mean moves; the KPI's unit, percentage points for percent.
    pub size: f64,
    /// The unit.
    pub unit: Unit,
    /// By which week.
    pub by: String,
    /// In the reader's words: “On-time delivery rises by 3 points by W50”.
    pub words: String,
}

/// What came of a decision.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct EffectView {
    /// In a word.
    pub answer: EffectAnswer,
    /// The last week looked at.
    pub week: String,
    /// The mean before; the KPI's unit.
    pub before: Option<f64>,
    /// The mean since.
    pub after: Option<f64>,
    /// Weeks before.
    pub weeks_before: u32,
    /// Weeks since.
    pub weeks_after: u32,
    /// In the reader's words.
    pub words: String,
}

/// A need.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct NeedView {
    /// Its id.
    pub need: String,
    /// Of which meeting.
    pub meeting: Option<String>,
    /// Under which item.
    pub item: Option<String>,
    /// Which department asks.
    pub from: String,
    /// Which is asked.
    pub to: String,
    /// What is needed.
    pub text: String,
    /// By when.
    pub by: String,
    /// The last answer.
    pub answer: Option<NeedAnswer>,
    /// Who answered, when.
    pub answered: Option<SaidBy>,
    /// It is open and its day is over.
    pub is_overdue: bool,
    /// Neither met nor declined nor given up.
    pub is_open: bool,
    /// Who wrote it down, when.
    pub said: SaidBy,
}

/// A commitment.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CommitmentView {
    /// Its id.
    pub commitment: String,
    /// Of which meeting.
    pub meeting: Option<String>,
    /// Under which item.
    pub item: Option<String>,
    /// For which need.
    pub need: Option<String>,
    /// Who promised: a person's id.
    pub who: String,
    /// Their name.
    pub name: String,
    /// What.
    pub text: String,
    /// By when, as it stands now.
    pub due: String,
    /// By when at first, where it was moved.
    pub first_due: Option<String>,
    /// How often it was moved.
    pub moved: u32,
    /// The last answer.
    pub answer: Option<CommitmentAnswer>,
    /// It is open and its day is over.
    pub is_overdue: bool,
    /// Neither kept nor given up.
    pub is_open: bool,
    /// Who wrote it down, when.
    pub said: SaidBy,
}

/// Decisions, needs and commitments, of all meetings.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PromiseBoard {
    /// Commitments: open ones first by their day, then those answered, the latest first; at most 200.
    pub commitments: Vec<CommitmentView>,
    /// Needs, likewise.
    pub needs: Vec<NeedView>,
    /// Decisions, the latest first; at most 200.
    pub decisions: Vec<DecisionView>,
    /// Open commitments of each person with more than three: `(name, how many)`.
    pub crowded: Vec<(String, u32)>,
}

/// A decision as somebody writes it down.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct DecisionForm {
    /// Which; nothing for a new one.
    pub decision: Option<String>,
    /// In which meeting.
    pub meeting: Option<String>,
    /// Under which item.
    pub item: Option<String>,
    /// What was decided.
    pub text: String,
    /// Who sees to it: a person's id.
    pub owner: Option<String>,
    /// Which KPI it is expected to move: its id.
    pub kpi: Option<String>,
    /// Which part.
    pub department: Option<String>,
    /// By how much; the KPI's unit.
    pub size: Option<f64>,
    /// By which week.
    pub by: Option<String>,
}

/// A need as somebody writes it down.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct NeedForm {
    /// Which; nothing for a new one.
    pub need: Option<String>,
    /// In which meeting.
    pub meeting: Option<String>,
    /// Under which item.
    pub item: Option<String>,
    /// Which department asks.
    pub from: String,
    /// Which is asked.
    pub to: String,
    /// What is needed.
    pub text: String,
    /// By when.
    pub by: String,
}

/// A commitment as somebody writes it down.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct CommitmentForm {
    /// Which; nothing for a new one.
    pub commitment: Option<String>,
    /// In which meeting.
    pub meeting: Option<String>,
    /// Under which item.
    pub item: Option<String>,
    /// For which need.
    pub need: Option<String>,
    /// Who promises: a person's id.
    pub who: String,
    /// What.
    pub text: String,
    /// By when.
    pub due: String,
}

/// What a new commitment is told.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CommitmentMadeView {
    /// Its id.
    pub commitment: String,
    /// How many that person has open now, this one included.
    pub open: u32,
    /// That is more than people keep.
    pub is_many: bool,
}

/// The minutes of a meeting.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MinutesView {
    /// The meeting.
    pub run: MeetingRun,
    /// The words above all.
    pub opening: String,
    /// Each item's own words, where somebody wrote some: `(item, words)`.
    pub words: Vec<(String, String)>,
    /// Each item's chart as it was in the meeting, where it was about one.
    pub charts: Vec<MinutesChart>,
    /// What was sent, the latest first.
    pub sent: Vec<SentMinutes>,
    /// Something changed since it was last sent.
    pub is_changed: bool,
}

/// A chart as it was in a meeting.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MinutesChart {
    /// Under which item.
    pub item: String,
    /// The chart.
    pub chart: ChartView,
    /// Its sentence.
    pub sentence: String,
}

/// Minutes that were sent.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct SentMinutes {
    /// From 1.
    pub version: u32,
    /// Who, when.
    pub said: SaidBy,
}
