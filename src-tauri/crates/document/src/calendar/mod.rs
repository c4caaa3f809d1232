//! Calendars: meetings and tasks for a calendar program, as iCalendar (RFC 5545), and the days on which somebody's own
//! calendar says that they are not there.
//!
//! ```text
//! Calendar ── write ─┬─ line  escapes, quotes, folds
//!                    └─ zone  the clocks of the place, for the years that are covered
//! TimesAway ─ read
//! ```
//!
//! A meeting keeps its hour when the clocks change: its times are those of the workspace's zone, whose rules are in the
//! file. Who reads it again recognises everything by its [`About::uid`].

mod line;
mod read;
mod write;
mod zone;

use plaza_domain::day::Day;
use plaza_domain::workspace::TimeZone;

pub use read::{Away, ReadFault, TimesAway, away};
pub use write::ics;

/// A calendar to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// What a mailbox does with it; a file to subscribe to or to import has none.
    pub method: Option<Method>,
    /// Its name.
    pub name: String,
    /// The zone of its times.
    pub zone: TimeZone,
    /// What is in it.
    pub components: Vec<Component>,
}

/// What a mailbox does with a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Offers it.
    Publish,
    /// Asks for an answer.
    Request,
    /// Takes it out.
    Cancel,
}

/// What stands in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component {
    /// Something that takes place.
    Event(Event),
    /// Something to do.
    Task(Task),
}

/// What every component says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// By which it is recognised, for ever; not empty.
    pub uid: String,
    /// How often it was changed such that people have to be told.
    pub sequence: u32,
    /// When this was written, in milliseconds since 1970 UTC.
    pub stamp: i64,
    /// When it was last changed, in milliseconds since 1970 UTC.
    pub modified: Option<i64>,
    /// Its title.
    pub title: String,
    /// What is to be known; may be empty.
    pub description: String,
    /// Where; may be empty.
    pub location: String,
    /// A page about it; may be empty.
    pub url: String,
    /// Who calls the others.
    pub organizer: Option<Person>,
    /// Who is called.
    pub attendees: Vec<Attendee>,
}

/// Somebody with a mailbox. One without an address is left out: a calendar knows people by it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name; may be empty.
    pub name: String,
    /// The address of the mailbox: `ana@example.com`.
    pub address: String,
}

/// Somebody who is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub person: Person,
    /// Whether it can do without.
    pub optional: bool,
}

/// Something that takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it is.
    pub about: About,
    /// When; of a series, the first time.
    pub when: When,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// Whether somebody is busy meanwhile.
    pub is_free: bool,
    /// How it comes again.
    pub series: Option<Series>,
}

/// When something takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At an hour.
    Timed {
        /// When it begins.
        start: Local,
        /// How long it takes.
        minutes: u32,
    },
    /// On whole days.
    AllDay {
        /// The first.
        first: Day,
        /// How many; none counts as one.
        days: u32,
    },
}

/// What the clocks of the calendar's zone show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Local {
    /// The day.
    pub day: Day,
    /// The minute of the day, 0–1439.
    pub minute: u16,
}

/// How something comes again: every so many weeks on the weekday of the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Every how many weeks; 0 counts as 1.
    pub every: u32,
    /// When it ends.
    pub end: End,
    /// Days on which it does not take place, without a trace. Those that are no days of the series are harmless.
    pub left_out: Vec<Day>,
    /// Times that are other than the series says.
    pub exceptions: Vec<Exception>,
}

/// When a series ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Never.
    Open,
    /// After so many times; 0 counts as 1.
    Count(u32),
    /// After this day.
    Day(Day),
}

/// One time of a series that is other than the series says. Its [`About`] stands for the series' own, but for the
/// `uid`, which is the series'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The day on which the series would have it.
    pub day: Day,
    /// What is said of it; the series' words where there are no others.
    pub about: Option<About>,
    /// When it is instead; `None` is when the series would have it.
    pub when: Option<When>,
    /// Whether it does not take place, and calendars say so.
    pub is_cancelled: bool,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What it is.
    pub about: About,
    /// The day by which it is done.
    pub due: Option<Day>,
    /// How far it is.
    pub status: TaskStatus,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskStatus {
    /// Not begun.
    Open,
    /// Begun.
    Begun,
    /// Done, at this moment (milliseconds since 1970 UTC).
    Done(i64),
    /// Not wanted any more.
    Dropped,
}
