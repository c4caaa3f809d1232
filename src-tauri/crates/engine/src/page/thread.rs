//! Threads as the screens show them: the inbox, one thread, what is flagged.

pub use plaza_domain::event::{Anchor, Attachment, Following, Way};
use plaza_domain::event::{Outcome, ThreadCause};
use serde::{Deserialize, Serialize};

use super::Unit;

/// Threads that one answer lists at most.
pub const LISTED_MAX: u32 = 200;

/// Which threads a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum InboxKind {
    /// Those that wait for whoever acts.
    #[default]
    Mine,
    /// Those that concern their department.
    Department,
    /// All that are open.
    Open,
    /// Open ones that go in circles, or have waited too long.
    Circling,
    /// Open ones that wait for the next meeting.
    Meeting,
    /// Closed ones.
    Closed,
}

/// How a list of threads is asked for.
#[derive(Clone, Copy, Debug, Deserialize, specta::Type)]
pub struct ThreadQuery {
    /// Which threads.
    pub inbox: InboxKind,
    /// First row wanted, from 0.
    pub offset: u32,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

/// A slice of a list of threads.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ThreadList {
    /// How many there are in all.
    pub total: u32,
    /// The slice, the thread last spoken in first.
    pub rows: Vec<ThreadLine>,
    /// How many there are of each kind.
    pub counts: InboxCounts,
}

/// How many threads each list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct InboxCounts {
    /// See [`InboxKind`].
    pub mine: u32,
    /// See [`InboxKind`].
    pub department: u32,
    /// See [`InboxKind`].
    pub open: u32,
    /// See [`InboxKind`].
    pub circling: u32,
    /// See [`InboxKind`].
    pub meeting: u32,
    /// See [`InboxKind`].
    pub closed: u32,
}

/// A thread in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ThreadLine {
    /// Its id.
    pub thread: String,
    /// Why it was opened.
    pub cause: ThreadCause,
    /// The question.
    pub question: String,
    /// What it hangs on, in the reader's words: “On-time delivery, W46”, “Order 4711, line 2”.
    pub about: String,
    /// When something was last said, RFC 3339.
    pub last_at: String,
    /// Who said it: their name.
    pub last_by: Option<String>,
    /// Messages that stand.
    pub messages: u32,
    /// What was not read yet; the question counts as one.
    pub unread: u32,
    /// It waits for whoever reads.
    pub is_mine: bool,
    /// The same people write back and forth.
    pub is_circling: bool,
    /// Days without an answer, where that is too long.
    pub unanswered_days: Option<u32>,
    /// How somebody proposed to talk, while they have not met since.
    pub talk: Option<Way>,
    /// How it ended; nothing while it is open.
    pub outcome: Option<Outcome>,
}

/// A thread, whole.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ThreadView {
    /// Its id.
    pub thread: String,
    /// Why it was opened.
    pub cause: ThreadCause,
    /// The question.
    pub question: String,
    /// What it hangs on.
    pub anchor: Anchor,
    /// The same in the reader's words.
    pub about: String,
    /// Where that is in the window: an address such as `/kpi/promise-kept?week=2026-W46`.
    pub address: String,
    /// Who opened it, and when.
    pub opened: SaidBy,
    /// What was seen, beside what it is now.
    pub seen: SeenView,
    /// Everything that was said, the earliest first.
    pub entries: Vec<ThreadEntry>,
    /// Reactions to the question.
    pub reactions: Vec<ReactionView>,
    /// People whom it waits for or who take part: ids.
    pub people: Vec<ThreadPerson>,
    /// Departments that it concerns: ids.
    pub departments: Vec<String>,
    /// How whoever reads follows it.
    pub following: Following,
    /// It waits for whoever reads.
    pub is_mine: bool,
    /// Why it proposes to meet; nothing where it does not.
    pub propose: Option<ProposeMeeting>,
    /// How somebody proposed to talk, while they have not met since.
    pub talk: Option<Way>,
    /// How it ended; nothing while it is open.
    pub outcome: Option<OutcomeView>,
    /// Outcomes that fit what it hangs on: `normal_variation`, `real_change`, `data_error`, `definition_changed`,
    /// `split_stays`, `split_overridden`.
    pub outcomes: Vec<String>,
    /// For a disputed split: what the milestones say, and what was said instead.
    pub split: Option<SplitView>,
    /// Requests for correction that this thread may name: those of its order, the newest first.
    pub corrections: Vec<CorrectionChoice>,
}

/// A request for correction that may be named as an outcome.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CorrectionChoice {
    /// Its id.
    pub correction: String,
    /// What was asked.
    pub text: String,
    /// `open`, `changed`, `mended`, `closed`.
    pub standing: String,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct SaidBy {
    /// A person's id; nothing where nobody had said whose the device was.
    pub person: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Whose device it was, where it was somebody else's: “on the device of …”.
    pub on_device_of: Option<String>,
    /// When, RFC 3339.
    pub at: String,
}

/// Somebody who takes part in a thread.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ThreadPerson {
    /// A person's id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// It waits for them.
    pub is_awaited: bool,
    /// Why they are asked, in the reader's words: “answers for production's part”; empty where they were mentioned or
    /// wrote.
    pub why: String,
}

/// Why a thread proposes to meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum ProposeMeeting {
    /// The same people write back and forth.
    Circling {
        /// Messages since they last met.
        messages: u32,
    },
    /// Nobody has answered.
    Unanswered {
        /// For so many days.
        days: u32,
    },
}

/// Something that was said in a thread.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum ThreadEntry {
    /// A message.
    Message(MessageView),
    /// Somebody proposed to talk.
    Talk {
        /// Who, when.
        said: SaidBy,
        /// How.
        way: Way,
        /// With whom: names.
        with: Vec<String>,
        /// In their words.
        words: String,
    },
    /// People met.
    Met {
        /// Who wrote it down, when.
        said: SaidBy,
        /// How.
        way: Way,
        /// Who: names.
        with: Vec<String>,
        /// What came of it.
        words: String,
    },
    /// It was closed.
    Closed {
        /// Who, when.
        said: SaidBy,
        /// How.
        outcome: OutcomeView,
    },
    /// It was opened again.
    Reopened {
        /// Who, when.
        said: SaidBy,
        /// Why.
        reason: String,
    },
    /// What was seen changed meanwhile.
    Restated {
        /// When, RFC 3339.
        at: String,
        /// From, in the reader's words with its unit: “92.1 %”.
        was: String,
        /// To.
        now: String,
    },
}

/// A message.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MessageView {
    /// Its id.
    pub message: String,
    /// Who, when.
    pub said: SaidBy,
    /// What it says, ready to be shown; empty where it was taken back.
    pub body: Vec<TextBlock>,
    /// What it says, as it was written: for changing it.
    pub text: String,
    /// What is attached.
    pub attachments: Vec<Attachment>,
    /// Reactions.
    pub reactions: Vec<ReactionView>,
    /// Whoever reads wrote it and may change it.
    pub is_mine: bool,
    /// It was taken back.
    pub is_deleted: bool,
    /// It came since whoever reads last read.
    pub is_new: bool,
    /// What it said before, the earliest first, with when it was changed.
    pub history: Vec<Earlier>,
}

/// What a message said before.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Earlier {
    /// What.
    pub text: String,
    /// Until when, RFC 3339.
    pub until: String,
}

/// A reaction, and who gave it.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct ReactionView {
    /// `agree`, `thanks`, `surprised`, `looking`.
    pub reaction: String,
    /// Who: names.
    pub people: Vec<String>,
    /// Whoever reads gave it.
    pub is_mine: bool,
}

/// A piece of a text, in the order of reading. Lists are neighbouring items.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct TextBlock {
    /// What it is.
    pub kind: BlockKind,
    /// How deep it lies in quotes or lists, from 0.
    pub depth: u8,
    /// The number of an item in a numbered list.
    pub ordinal: Option<u32>,
    /// What it says.
    pub spans: Vec<TextSpan>,
}

/// What a piece of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// A quote.
    Quote,
    /// Text as it was typed.
    Code,
    /// An item of a list.
    Item,
    /// A line across.
    Rule,
}

/// A stretch of text that looks the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, specta::Type)]
#[allow(clippy::struct_excessive_bools)] // Markdown mixes them as it likes
pub struct TextSpan {
    /// What it says. A line break is `\n`.
    pub text: String,
    /// Strong.
    pub strong: bool,
    /// Emphasised.
    pub emphasis: bool,
    /// Struck out.
    pub struck: bool,
    /// As typed.
    pub code: bool,
    /// Where it leads outside: `https:`, `http:` or `mailto:` only, shown before it is opened.
    pub link: Option<String>,
    /// A person who is mentioned: their id.
    pub person: Option<String>,
    /// A department that is mentioned: its id.
    pub department: Option<String>,
}

/// What was seen, beside what it is now.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct SeenView {
    /// When, RFC 3339.
    pub at: String,
    /// What the value counts in, where there is a value.
    pub unit: Option<Unit>,
    /// The week.
    pub week: Option<String>,
    /// The value then and now; the KPI's unit.
    pub value: Option<ThenNow>,
    /// Journeys counted then and now.
    pub n: Option<ThenNow>,
    /// The revision then and now.
    pub revision: Option<ThenNow>,
    /// The definition's version then and now.
    pub definition: Option<ThenNow>,
    /// Mean and limits then.
    pub limits: Option<LimitsView>,
    /// The target then.
    pub target: Option<f64>,
    /// Each department's part then and now, in the order of the flow.
    pub parts: Vec<PartThenNow>,
    /// How old the numbers were, in the reader's words: “2 hours old”.
    pub age: Option<String>,
    /// What an order, a record or a run said then, and says now where that differs.
    pub facts: Vec<FactThenNow>,
    /// In one sentence, where the value is another one now: “Seen 92.1 %, now 90.4 %: restated on 12 November.”
    pub sentence: Option<String>,
}

/// A number then and now.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, specta::Type)]
pub struct ThenNow {
    /// As it was seen.
    pub then: f64,
    /// As it is; nothing where there is none any more.
    pub now: Option<f64>,
}

/// Mean and limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, specta::Type)]
pub struct LimitsView {
    /// The mean.
    pub mean: f64,
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// A department's part then and now.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct PartThenNow {
    /// The department's id.
    pub department: String,
    /// Its part.
    pub value: ThenNow,
}

/// A fact then and now.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FactThenNow {
    /// What, in the reader's words.
    pub name: String,
    /// What it said.
    pub then: String,
    /// What it says, where that differs.
    pub now: Option<String>,
}

/// How a thread ended.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OutcomeView {
    /// How.
    pub outcome: Outcome,
    /// What came of it, in the person's words.
    pub words: String,
    /// Who closed it, when.
    pub said: SaidBy,
    /// For a data error: how far the request for correction has come: `open`, `changed`, `mended`, `closed`.
    pub correction: Option<String>,
}

/// A disputed split.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[allow(clippy::struct_excessive_bools)] // each says another thing that a screen shows or leaves out
pub struct SplitView {
    /// What the milestones say, each department's share in tenths of a percent that sum to 100, in the order of the flow.
    pub measured: Vec<Share>,
    /// What was said instead; nothing where nobody did.
    pub overridden: Option<Vec<Share>>,
    /// Why.
    pub reason: Option<String>,
    /// By whom, when.
    pub said: Option<SaidBy>,
    /// The thread in which that was agreed.
    pub thread: Option<String>,
    /// It was agreed in this thread: closing it otherwise takes it back.
    pub is_own: bool,
    /// The milestones say something else than when it was agreed.
    pub has_changed: bool,
    /// Days late.
    pub late_days: i32,
    /// The order line is a miss: there is something to split.
    pub is_missed: bool,
    /// The departments that can have a share, in the order of the flow: ids.
    pub offered: Vec<String>,
    /// Whoever reads may have another split count.
    pub may_decide: bool,
    /// Who may: names.
    pub deciders: Vec<String>,
}

/// A department's share.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct Share {
    /// The department's id.
    pub department: String,
    /// Its share, percent.
    pub percent: f64,
}

/// What a flag would take a picture of, before it is sent.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct FlagOffer {
    /// What it is about, in the reader's words.
    pub about: String,
    /// What is seen now.
    pub seen: SeenView,
    /// Who will be asked: the owners of the number and its parts, with why.
    pub people: Vec<ThreadPerson>,
    /// The departments that it concerns: ids.
    pub departments: Vec<String>,
    /// Open threads about the same: somebody may have asked already.
    pub open: Vec<ThreadLine>,
    /// Whoever acts is known; nobody flags without a name.
    pub is_somebody: bool,
}

/// What a person sends.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct FlagForm {
    /// Why.
    pub cause: ThreadCause,
    /// What it hangs on.
    pub anchor: Anchor,
    /// The one plain question.
    pub question: String,
    /// People to be asked beside the owners: ids.
    pub people: Vec<String>,
}

/// How a thread is closed.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct CloseForm {
    /// The outcome.
    pub outcome: Outcome,
    /// What came of it.
    pub words: String,
    /// For `split_overridden`: each department's share, percent; they sum to 100.
    pub shares: Vec<ShareForm>,
}

/// A department's share.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct ShareForm {
    /// The department's id.
    pub department: String,
    /// Its share, percent.
    pub percent: f64,
}

/// What was found by its words.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Found {
    /// The latest first.
    pub texts: Vec<FoundText>,
    /// There are older ones that hold the words too.
    pub has_more: bool,
}

/// Something that was found by its words.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct FoundText {
    /// `thread`, `message`, `decision`, `need`, `commitment`, `note`, `minutes`, `debrief`.
    pub noun: String,
    /// Where it opens in the window.
    pub address: String,
    /// What it is about, in the reader's words.
    pub about: String,
    /// When it was said, RFC 3339.
    pub at: String,
    /// The words around what was found.
    pub excerpt: Vec<ExcerptPiece>,
}

/// A stretch of an excerpt.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct ExcerptPiece {
    /// What it says.
    pub text: String,
    /// It is what was looked for.
    pub is_found: bool,
}

/// A thread's mark on a chart or page.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ThreadMark {
    /// Its id.
    pub thread: String,
    /// The week at which it stands.
    pub week: Option<String>,
    /// On which department's part.
    pub department: Option<String>,
    /// The question.
    pub question: String,
    /// Whether it is open.
    pub is_open: bool,
}
