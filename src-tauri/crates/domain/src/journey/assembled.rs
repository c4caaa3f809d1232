//! What assembling takes and gives; see [`assemble`](super::assemble).

use super::history::History;
use super::plan::{Route, Standards};
use super::{Journey, Milestone, Seat};
use crate::day::{Calendar, Day};
use crate::record::{ChangedBy, Facts, Field, Known};

/// One record of an order line, as the store hands it over: its current version, and what to remember of the
/// earlier ones. Borrowed, so that nothing is copied.
#[derive(Clone, Copy, Debug)]
pub struct RecordFacts<'a> {
    /// The stream it came in: its position among the workspace's streams, the system of record first. Where two
    /// streams disagree, the lower one counts.
    pub stream: u16,
    /// The typed values of the current version.
    pub facts: Facts<'a>,
    /// When the current version was known.
    pub known: Known,
    /// What the earlier versions said, the current one included; `None` for a record with one version.
    pub history: Option<&'a History>,
    /// The day of the complete snapshot that missed it.
    pub deleted_at_source: Option<Day>,
    /// It has no line number: it belongs to the order and holds for all its lines.
    pub order_level: bool,
    /// Fields that do not count, as bits by [`Field`]'s number: another source is believed (see
    /// [`truth`](super::truth)).
    pub left_out: u64,
}

/// What assembling needs to know of the workspace.
#[derive(Clone, Debug)]
pub struct AssemblyRules {
    /// Milestones and departments.
    pub route: Route,
    /// Standard lead times.
    pub standards: Standards,
    /// How days are counted; standards are in its days.
    pub calendar: Calendar,
    /// By how much a quantity may fall short and still be in full, thousandths of the ordered quantity.
    pub tolerance_permille: i64,
    /// The seat of each department named in mappings of reasons, by its position in that list
    /// (see [`crate::record::Reason::Department`]); `None` for one that was removed.
    pub reason_seats: Vec<Option<Seat>>,
}

/// The texts of a journey; the arithmetic does not need them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts<'a> {
    /// Customer.
    pub customer: Option<&'a str>,
    /// Product.
    pub product: Option<&'a str>,
    /// Product group.
    pub group: Option<&'a str>,
    /// ISO currency of the value.
    pub currency: Option<&'a str>,
}

/// A journey with its texts, and what was odd on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assembled<'a> {
    /// The journey.
    pub journey: Journey,
    /// Its texts.
    pub texts: Texts<'a>,
    /// What was odd; empty for most.
    pub exceptions: Vec<Exception>,
}

/// Something odd about a journey that does not keep it from being counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exception {
    /// A milestone is dated later than a later one: treated as missing.
    OutOfOrder {
        /// The milestone treated as missing.
        milestone: Milestone,
        /// Its date.
        on: Day,
        /// The later milestone it contradicts.
        later: Milestone,
        /// Its date.
        later_on: Day,
    },
    /// The source overwrote the promise; the first one stays.
    DateChanged {
        /// The promise that stays.
        from: Day,
        /// What it was overwritten with.
        to: Day,
        /// When that was known.
        on: Day,
        /// Who changed it.
        by: ChangedBy,
    },
    /// Several promises are known and only the order of arrival says which was the first.
    PromiseByArrival {
        /// The one that arrived first.
        promised: Day,
    },
    /// A due was moved after the promise was written; the frozen one counts.
    DueMoved {
        /// The milestone.
        milestone: Milestone,
        /// What counts: the frozen due.
        from: Day,
        /// What the source says now.
        to: Day,
    },
    /// Two streams give different values; the lower stream's counts.
    Disagreement {
        /// The field.
        field: Field,
        /// The stream whose value counts.
        kept: u16,
        /// The stream whose value does not.
        other: u16,
    },
    /// A quantity without a date: it counts as produced, shipped or delivered, but on no day.
    UndatedQuantity {
        /// The milestone of the quantity.
        milestone: Milestone,
        /// Thousandths.
        quantity: i64,
    },
    /// A date outside the years 1 to 9999: left out.
    ImplausibleDate {
        /// The field.
        field: Field,
    },
    /// A record of the journey, though not the order line itself, vanished from a complete snapshot; it is left out.
    RecordDeleted {
        /// Its stream.
        stream: u16,
        /// The day of the snapshot.
        on: Day,
    },
}

/// Why records make no journey: they wait in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// No record says when it was ordered.
    #[error("it was never ordered: no record of the line has an order date")]
    NotOrdered,
    /// The order date is later than a later milestone, so one of the two is wrong. `ordered` is mandatory and
    /// cannot be treated as missing.
    #[error("ordered on {ordered}, but {} before that, on {on}", milestone.word())]
    OrderedTooLate {
        /// The order date.
        ordered: Day,
        /// The milestone before it.
        milestone: Milestone,
        /// Its date.
        on: Day,
    },
}

/// Where a journey's fields came from: collected only when asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// In no particular order; a quantity has one entry for each record that adds to it.
    pub origins: Vec<Origin>,
}

/// One field of a journey and the record's field that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The journey's field.
    pub of: Field,
    /// Index of the record among those handed over.
    pub record: usize,
    /// The record's field.
    pub field: Field,
}
