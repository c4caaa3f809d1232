//! Records laid out for picking: each record's facts in an array by field, the records in order of precedence.

use super::assembled::{Origin, Provenance, RecordFacts};
use super::history::{GivenPromise, History};
use super::{PerMilestone, day_of};
use crate::day::Day;
use crate::record::{ChangedBy, FactValue, Field, FieldKind, Known, Reason, Status};

const FIELDS: usize = Field::ALL.len();

/// No line has more: a thousand million units, in thousandths. Beyond that sums over a company would overflow.
const QUANTITY_MAX: i64 = 1_000_000_000_000;

/// One record's current facts, by field.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// Index among the records handed over.
    pub(super) record: usize,
    pub(super) stream: u16,
    pub(super) order_level: bool,
    pub(super) known: Known,
    pub(super) history: Option<&'a History>,
    pub(super) deleted: Option<Day>,
    facts: &'a [u8],
    present: u64,
    /// A date outside the years 1 to 9999 was left out.
    pub(super) implausible: Option<Field>,
    numbers: [i64; FIELDS],
    texts: [&'a str; TEXTS],
}

/// Fields up to the last text; texts are kept by field too.
const TEXTS: usize = Field::Currency as usize + 1;

impl<'a> Row<'a> {
    pub(super) fn read(record: usize, from: &RecordFacts<'a>) -> Self {
        // What earlier versions promised is not heard either where another source's promise counts.
        let is_overruled = from.left_out & (1 << Field::Promised as u8) != 0;
        let mut row = Self {
            record,
            stream: from.stream,
            order_level: from.order_level,
            known: from.known,
            history: from.history.filter(|_| !is_overruled),
            deleted: from.deleted_at_source,
            facts: from.facts.0,
            present: 0,
            implausible: None,
            numbers: [0; FIELDS],
            texts: [""; TEXTS],
        };
        for (field, value) in from.facts.iter() {
            if from.left_out & (1 << field as u8) != 0 {
                continue;
            }
            match value {
                FactValue::Text(text) => row.texts[field as usize] = text,
                FactValue::Number(number) => match field.kind() {
                    FieldKind::Date if day_of(number).is_none() => {
                        row.implausible = Some(field);
                        continue;
                    }
                    FieldKind::Quantity => {
                        row.numbers[field as usize] = number.clamp(-QUANTITY_MAX, QUANTITY_MAX);
                    }
                    _ => row.numbers[field as usize] = number,
                },
            }
            row.present |= 1 << field as u8;
        }
        row
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.present & (1 << field as u8) != 0
    }

    pub(super) fn number(&self, field: Field) -> Option<i64> {
        self.has(field).then(|| self.numbers[field as usize])
    }

    /// A date; the range was checked when it was read.
    pub(super) fn day(&self, field: Field) -> Option<Day> {
        self.number(field).map(|number| Day(number as i32))
    }

    pub(super) fn text(&self, field: Field) -> Option<&'a str> {
        self.has(field).then(|| self.texts[field as usize])
    }

    pub(super) fn status(&self) -> Option<Status> {
        self.number(Field::Status).and_then(Status::from_code)
    }

    pub(super) fn reason(&self, field: Field) -> Reason {
        self.number(field).map_or(Reason::Unnamed, Reason::from_code)
    }

    /// The earliest promise that any version of this record gave.
    pub(super) fn first_promise(&self) -> Option<GivenPromise> {
        if let Some(history) = self.history {
            return history.first_promise().copied();
        }
        let day = self.day(Field::Promised)?;
        let by = self.number(Field::DateChangedBy).map_or(ChangedBy::Us, ChangedBy::from_code);
        let mut dues = PerMilestone::default();
        for (field, milestone) in DUES {
            dues[milestone] = self.day(field);
        }
        Some(GivenPromise { known: self.known, day, by, dues })
    }

    /// Since when the record's status has been *cancelled*.
    pub(super) fn cancelled_since(&self) -> Known {
        self.history.and_then(History::cancelled_since).unwrap_or(self.known)
    }

    /// Line before order, system of record first, newest first; then by content, so that the order in which the
    /// store hands records over never matters.
    fn precedence(&self, other: &Self) -> std::cmp::Ordering {
        (self.order_level, self.stream)
            .cmp(&(other.order_level, other.stream))
            .then_with(|| other.known.cmp(&self.known))
            .then_with(|| self.facts.cmp(other.facts))
    }

    /// Whether another row speaks for the same level and stream.
    fn speaks_with(&self, other: &Self) -> bool {
        (self.order_level, self.stream) == (other.order_level, other.stream)
    }
}

/// The fields of the dues, with their milestones.
pub(super) const DUES: [(Field, super::Milestone); 6] = {
    use super::Milestone as M;
    [
        (Field::ConfirmedDue, M::Confirmed),
        (Field::ProducedDue, M::Produced),
        (Field::ShippedDue, M::Shipped),
        (Field::DeliveredDue, M::Delivered),
        (Field::InvoicedDue, M::Invoiced),
        (Field::PaidDue, M::Paid),
    ]
};

/// Puts rows in order of precedence.
pub(super) fn rank(rows: &mut [Row<'_>]) {
    rows.sort_by(Row::precedence);
}

/// Rows in order of precedence, and where to note what came from where.
pub(super) struct Rows<'r, 'a> {
    pub(super) rows: &'r [Row<'a>],
    pub(super) provenance: Option<&'r mut Provenance>,
}

impl<'a> Rows<'_, 'a> {
    /// Notes that a journey's field came from a record's field.
    pub(super) fn note(&mut self, of: Field, row: &Row<'_>, field: Field) {
        if let Some(provenance) = self.provenance.as_deref_mut() {
            provenance.origins.push(Origin { of, record: row.record, field });
        }
    }

    /// The number of the first row that has it.
    pub(super) fn number(&mut self, field: Field) -> Option<i64> {
        let row = self.rows.iter().find(|row| row.has(field))?;
        self.note(field, row, field);
        row.number(field)
    }

    /// The date of the first row that has it.
    pub(super) fn day(&mut self, field: Field) -> Option<Day> {
        self.number(field).map(|number| Day(number as i32))
    }

    /// The text of the first row that has it.
    pub(super) fn text(&mut self, field: Field) -> Option<&'a str> {
        let row = self.rows.iter().find(|row| row.has(field))?;
        self.note(field, row, field);
        row.text(field)
    }

    /// The first or last of the dates that the first stream with any gives.
    pub(super) fn extreme_day(&mut self, field: Field, choose: fn(Day, Day) -> Day) -> Option<Day> {
        let first = self.rows.iter().find(|row| row.has(field))?;
        let speaking = self.rows.iter().filter(|row| row.speaks_with(first));
        let day = speaking.clone().filter_map(|row| row.day(field)).reduce(choose)?;
        let rows = self.rows;
        if let Some(row) = rows.iter().find(|row| row.speaks_with(first) && row.day(field) == Some(day)) {
            self.note(field, row, field);
        }
        Some(day)
    }

    /// The date of the row that was known last: for what is overwritten on purpose.
    pub(super) fn latest_day(&mut self, field: Field) -> Option<Day> {
        let line = self.rows.iter().filter(|row| !row.order_level && row.has(field));
        let order = self.rows.iter().filter(|row| row.order_level && row.has(field));
        // `max_by` keeps the last of equals; reversed, that is the first in order of precedence.
        let row =
            line.rev().max_by_key(|row| row.known).or_else(|| order.rev().max_by_key(|row| row.known))?;
        self.note(field, row, field);
        row.day(field)
    }
}
