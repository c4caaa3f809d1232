//! From the records of one order line to its journey.
//!
//! Precedence, where several records give the same field: a record of the line before one of its order, then the
//! lower stream (the system of record), then the newer version. What a stream other than the winning one says
//! is kept as a [`Exception::Disagreement`].
//!
//! Decided here, where the rules of a journey leave it open:
//! - The *order line itself* is any record of the lowest stream with records of the line, and any record with an
//!   order date. Only its status cancels or closes the line, and only its deletion deletes it. Another record
//!   that is cancelled or deleted (a shipment, an invoice) is left out.
//! - When the line is deleted at the source nothing else is forgotten: its deliveries may have vanished with it,
//!   and a line delivered in time must not become late because it was archived.
//! - A quantity milestone needs ordered less cancelled less tolerance: were the cancelled part still asked for, a
//!   line cancelled in part could never arrive.
//! - `confirmed` is the first confirmation, `invoiced` and `paid` the last of their records: a line is invoiced
//!   when all of it is.
//! - A line that the source closes without any delivery stays open: nobody delivered it, and nobody cancelled it.

use super::history::GivenPromise;
use super::plan::{PlanOf, dues};
use super::quantity::{self, Arrivals};
use super::row::{DUES, Row, Rows, rank};
use super::{Journey, Milestone, PerMilestone, Seat};
use crate::day::Day;
use crate::record::{ChangedBy, Field, Reason, Status};

pub use super::assembled::{
    Assembled, AssemblyRules, Exception, Origin, Provenance, RecordFacts, Refusal, Texts,
};

/// Makes the journey of one order line from its records, in whatever order they come.
///
/// `provenance` is filled when it is asked for; without it nothing is paid for it.
///
/// # Errors
/// The records make no journey and wait in quarantine: see [`Refusal`].
pub fn assemble<'a>(
    records: &[RecordFacts<'a>],
    rules: &AssemblyRules,
    provenance: Option<&mut Provenance>,
) -> Result<Assembled<'a>, Refusal> {
    // Nearly all lines of a flat file have one record: no allocation, no sorting.
    if let [record] = records {
        let row = Row::read(0, record);
        let line = Line { deleted: row.deleted, ..Line::of_one(&row) };
        return Assembly { rules, line, exceptions: Vec::new() }
            .run(Rows { rows: std::slice::from_ref(&row), provenance });
    }
    let mut rows: Vec<Row<'a>> = records.iter().enumerate().map(|(i, record)| Row::read(i, record)).collect();
    rank(&mut rows);
    let (line, exceptions) = Line::of_many(&mut rows);
    Assembly { rules, line, exceptions }.run(Rows { rows: &rows, provenance })
}

/// What the records of the order line itself say about it as a whole.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    cancelled: Option<Day>,
    closed: bool,
    deleted: Option<Day>,
}

/// The day a record was cancelled: the cancellation date, else since when its status has been that (the change
/// time, else the declared snapshot date).
fn cancelled_on(row: &Row<'_>) -> Option<Day> {
    let status = row.status() == Some(Status::Cancelled);
    let date = row.day(Field::CancelledOn).filter(|_| status || !row.has(Field::CancelledQuantity));
    date.or_else(|| status.then(|| row.cancelled_since().day()))
}

impl Line {
    fn of_one(row: &Row<'_>) -> Self {
        Self { cancelled: cancelled_on(row), closed: row.status() == Some(Status::Closed), deleted: None }
    }

    /// Reads the state of the line from its own records, and leaves out the others that are cancelled or deleted.
    fn of_many(rows: &mut Vec<Row<'_>>) -> (Self, Vec<Exception>) {
        let home = rows.first().map(|row| (row.order_level, row.stream));
        let own = |row: &Row<'_>| Some((row.order_level, row.stream)) == home || row.has(Field::Ordered);
        let mut line = Self::default();
        // The line's records and the order's are asked apart: either can end the line.
        for order_level in [false, true] {
            let asked = || rows.iter().filter(|row| own(row) && row.order_level == order_level);
            let alive = || asked().filter(|row| row.deleted.is_none());
            if asked().next().is_none() {
                continue;
            }
            if alive().next().is_none() {
                line.deleted = line.deleted.max(asked().filter_map(|row| row.deleted).max());
            }
            if asked().all(|row| row.deleted.is_some() || cancelled_on(row).is_some()) {
                line.cancelled = line.cancelled.or(asked().filter_map(cancelled_on).max());
            }
            let mut going = asked().filter(|row| cancelled_on(row).is_none()).peekable();
            line.closed |= going.peek().is_some() && going.all(|row| row.status() == Some(Status::Closed));
        }
        let mut exceptions = Vec::new();
        rows.retain(|row| {
            let deleted = row.deleted.filter(|_| line.deleted.is_none());
            if let Some(on) = deleted {
                exceptions.push(Exception::RecordDeleted { stream: row.stream, on });
            }
            let cancelled = cancelled_on(row).is_some() && !(own(row) && line.cancelled.is_some());
            deleted.is_none() && !cancelled
        });
        (line, exceptions)
    }
}

/// One run of assembling.
struct Assembly<'r> {
    rules: &'r AssemblyRules,
    line: Line,
    exceptions: Vec<Exception>,
}

impl Assembly<'_> {
    fn run<'a>(mut self, mut rows: Rows<'_, 'a>) -> Result<Assembled<'a>, Refusal> {
        for row in rows.rows {
            self.exceptions.extend(row.implausible.map(|field| Exception::ImplausibleDate { field }));
        }
        let texts = Texts {
            customer: rows.text(Field::Customer),
            product: rows.text(Field::Product),
            group: rows.text(Field::ProductGroup),
            currency: rows.text(Field::Currency),
        };
        let mut journey = Journey {
            requested: rows.day(Field::Requested),
            ordered_quantity: rows.number(Field::OrderedQuantity),
            cancelled_quantity: rows.number(Field::CancelledQuantity),
            value: rows.number(Field::Value),
            deleted_at_source: self.line.deleted,
            ..Journey::default()
        };
        let promise = self.promise(&mut rows, &mut journey);
        self.cancellation(&mut rows, &mut journey);
        self.milestones(&mut rows, &mut journey);
        self.after_delivery(&mut rows, &mut journey);
        let ordered = self.in_order(&mut journey)?;
        self.plan(&mut rows, &mut journey, promise.as_ref(), ordered, &texts);
        if rows.rows.len() > 1 {
            self.disagreements(&rows);
        }
        Ok(Assembled { journey, texts, exceptions: self.exceptions })
    }

    /// The three customer dates: the promise is the earliest that any version gave; what it was overwritten with
    /// is the last date agreed, unless the source has a field for that.
    fn promise(&mut self, rows: &mut Rows<'_, '_>, journey: &mut Journey) -> Option<GivenPromise> {
        journey.agreed = rows.latest_day(Field::Agreed);
        let at_level = |order_level| {
            let rows = rows.rows.iter().filter(move |row| row.order_level == order_level);
            rows.filter_map(|row| Some((row.first_promise()?, row)))
                .min_by_key(|(first, row)| (first.known, row.stream, first.day))
        };
        let (first, row) = at_level(false).or_else(|| at_level(true))?;
        rows.note(Field::Promised, row, Field::Promised);
        journey.promised = Some(first.day);
        let Some(history) = row.history else { return Some(first) };
        for change in history.changes() {
            let on = change.known.day();
            let slot = match change.by {
                ChangedBy::Us => &mut journey.date_changed_by_us,
                ChangedBy::Customer => &mut journey.date_changed_by_customer,
            };
            *slot = Some(slot.map_or(on, |earliest| earliest.min(on)));
            self.exceptions.push(Exception::DateChanged {
                from: first.day,
                to: change.day,
                on,
                by: change.by,
            });
            if !first.known.is_certain() {
                self.exceptions.push(Exception::PromiseByArrival { promised: first.day });
            }
        }
        if journey.agreed.is_none() {
            journey.agreed = row.day(Field::Promised).filter(|day| *day != first.day);
            if journey.agreed.is_some() {
                rows.note(Field::Agreed, row, Field::Promised);
            }
        }
        Some(first)
    }

    /// The whole line was cancelled: by its status or date, or because all of its quantity was.
    fn cancellation(&mut self, rows: &mut Rows<'_, '_>, journey: &mut Journey) {
        journey.cancelled = self.line.cancelled;
        let all = journey.ordered_quantity.zip(journey.cancelled_quantity);
        if journey.cancelled.is_none()
            && all.is_some_and(|(ordered, cancelled)| ordered > 0 && cancelled >= ordered)
        {
            let known =
                rows.rows.iter().find(|row| row.has(Field::CancelledQuantity)).map(|row| row.known.day());
            journey.cancelled = rows.day(Field::CancelledOn).or(known);
        } else if journey.cancelled.is_some() {
            rows.day(Field::CancelledOn);
        }
    }

    fn milestones(&mut self, rows: &mut Rows<'_, '_>, journey: &mut Journey) {
        let needed = journey.needed_quantity(self.rules.tolerance_permille).filter(|needed| *needed > 0);
        let mut shipments = 0;
        for milestone in self.rules.route.steps().iter().copied() {
            journey.actual[milestone] = match milestone {
                Milestone::Ordered => rows.extreme_day(Field::Ordered, Day::min),
                Milestone::Confirmed => rows.extreme_day(Field::Confirmed, Day::min),
                Milestone::Invoiced => rows.extreme_day(Field::Invoiced, Day::max),
                Milestone::Paid => rows.extreme_day(Field::Paid, Day::max),
                Milestone::Produced | Milestone::Shipped | Milestone::Delivered => {
                    let arrivals = Arrivals::of(rows, milestone);
                    if milestone != Milestone::Produced {
                        shipments = shipments.max(arrivals.times());
                    }
                    self.quantity_milestone(rows, journey, milestone, &arrivals, needed)
                }
            };
        }
        journey.partial = shipments > 1;
        journey.short = self.line.closed && self.is_short(journey, needed);
    }

    /// The day the cumulative quantity reached what is needed; the last day anything came where the source closed
    /// the line below that; the plain date where there are no quantities.
    fn quantity_milestone(
        &mut self,
        rows: &mut Rows<'_, '_>,
        journey: &mut Journey,
        milestone: Milestone,
        arrivals: &Arrivals,
        needed: Option<i64>,
    ) -> Option<Day> {
        let (date, _) = quantity::fields(milestone)?;
        match milestone {
            Milestone::Produced => journey.produced_quantity = arrivals.total,
            Milestone::Shipped => journey.shipped_quantity = arrivals.total,
            _ => journey.delivered_quantity = arrivals.total,
        }
        if arrivals.undated != 0 {
            self.exceptions.push(Exception::UndatedQuantity { milestone, quantity: arrivals.undated });
        }
        let reached = match needed {
            Some(needed) if arrivals.is_dated() => {
                arrivals.reached(needed).or_else(|| arrivals.last().filter(|_| self.line.closed))
            }
            _ => rows.extreme_day(date, Day::max),
        };
        if milestone == self.rules.route.promise() {
            let all = journey.ordered_quantity.unwrap_or(0);
            let dates = [journey.requested, journey.promised, journey.agreed];
            journey.in_time_quantity = dates.map(|date| match date {
                Some(date) if arrivals.is_dated() => arrivals.by(date),
                Some(date) if reached.is_some_and(|on| on <= date) => all,
                _ => 0,
            });
        }
        reached
    }

    /// Whether less came than is needed, measured at the last milestone before the promise that has a quantity.
    fn is_short(&self, journey: &Journey, needed: Option<i64>) -> bool {
        let came = self.rules.route.to_promise().iter().rev().find_map(|milestone| match milestone {
            Milestone::Shipped => journey.shipped_quantity,
            Milestone::Delivered => journey.delivered_quantity,
            _ => None,
        });
        came.zip(needed).is_some_and(|(came, needed)| came < needed)
    }

    /// Returns, credit notes and disputes with their departments. One without a date counts from the day it was
    /// known, else from the delivery: silence excuses nobody.
    fn after_delivery(&mut self, rows: &mut Rows<'_, '_>, journey: &mut Journey) {
        let delivered = journey.actual[self.rules.route.delivery()];
        let kinds = [
            (Field::ReturnedOn, Field::ReturnReason),
            (Field::CreditedOn, Field::CreditReason),
            (Field::DisputedOn, Field::DisputeReason),
        ];
        for row in rows.rows {
            if let Some(quantity) = row.number(Field::ReturnedQuantity).filter(|_| !row.order_level) {
                rows.note(Field::ReturnedQuantity, row, Field::ReturnedQuantity);
                journey.returned_quantity =
                    Some(journey.returned_quantity.unwrap_or(0).saturating_add(quantity));
            }
        }
        for (index, (date, why)) in kinds.into_iter().enumerate() {
            let happened = rows.rows.iter().filter_map(|row| {
                let reason = row.reason(why);
                let said = reason != Reason::Unnamed
                    || (date == Field::ReturnedOn
                        && row.number(Field::ReturnedQuantity).is_some_and(|q| q > 0));
                let known = row.known.is_certain().then(|| row.known.day()).or(delivered);
                let on = row.day(date).or(known.filter(|_| said))?;
                // A credit because the invoice was wrong has two consequences and goes before any other.
                Some((reason != Reason::WrongInvoice, on, reason.code(), row))
            });
            let first = happened.min_by_key(|(right, on, code, _)| (*right, *on, *code));
            let Some((_, on, code, row)) = first else { continue };
            rows.note(date, row, if row.has(date) { date } else { why });
            let reason = Reason::from_code(code);
            journey.reasons[index] = self.seat_of(reason);
            match date {
                Field::ReturnedOn => journey.returned = Some(on),
                Field::CreditedOn => {
                    journey.credited = Some(on);
                    journey.credit_for_wrong_invoice = reason == Reason::WrongInvoice;
                }
                _ => journey.disputed = Some(on),
            }
        }
    }

    fn seat_of(&self, reason: Reason) -> Option<Seat> {
        match reason {
            Reason::Unnamed => None,
            Reason::WrongInvoice => {
                let route = &self.rules.route;
                route.has(Milestone::Invoiced).then(|| route.seat(Milestone::Invoiced))
            }
            Reason::Department(position) => {
                self.rules.reason_seats.get(usize::from(position)).copied().flatten()
            }
        }
    }

    /// Treats a milestone that is dated later than a later one as missing. Gives the order date.
    fn in_order(&mut self, journey: &mut Journey) -> Result<Day, Refusal> {
        let ordered = journey.actual[Milestone::Ordered].ok_or(Refusal::NotOrdered)?;
        let mut earliest: Option<(Milestone, Day)> = None;
        for milestone in self.rules.route.steps().iter().rev().copied() {
            let Some(on) = journey.actual[milestone] else { continue };
            match earliest {
                Some((later, later_on)) if on > later_on => {
                    if milestone == Milestone::Ordered {
                        return Err(Refusal::OrderedTooLate { ordered, milestone: later, on: later_on });
                    }
                    journey.actual[milestone] = None;
                    if milestone == self.rules.route.promise() {
                        journey.in_time_quantity = [0; 3];
                    }
                    journey.out_of_order |= 1 << milestone as u8;
                    self.exceptions.push(Exception::OutOfOrder { milestone, on, later, later_on });
                }
                _ => earliest = Some((milestone, on)),
            }
        }
        Ok(ordered)
    }

    /// The dues, frozen when the promise was written.
    fn plan(
        &mut self,
        rows: &mut Rows<'_, '_>,
        journey: &mut Journey,
        promise: Option<&GivenPromise>,
        ordered: Day,
        texts: &Texts<'_>,
    ) {
        let mut given = PerMilestone::default();
        let mut says_now = PerMilestone::default();
        for (field, milestone) in DUES {
            if !self.rules.route.has(milestone) {
                continue;
            }
            given[milestone] = promise.and_then(|promise| promise.dues[milestone]);
            says_now[milestone] = rows.extreme_day(field, Day::max);
            if given[milestone].is_none() {
                given[milestone] = first_due(rows.rows, field, milestone, promise);
            }
        }
        let written = promise.filter(|promise| promise.known.is_certain()).map(|promise| promise.known.day());
        let of = PlanOf { ordered, written, product: texts.product, group: texts.group, given };
        journey.due = dues(&self.rules.route, &self.rules.standards, &self.rules.calendar, &of);
        for (_, milestone) in DUES {
            if let (Some(from), Some(to)) = (journey.due[milestone], says_now[milestone])
                && from != to
            {
                self.exceptions.push(Exception::DueMoved { milestone, from, to });
            }
        }
    }

    /// Keeps what a stream says that does not count.
    fn disagreements(&mut self, rows: &Rows<'_, '_>) {
        for field in SAID_ONCE {
            let Some(kept) = rows.rows.iter().find(|row| row.has(field)) else { continue };
            let mut last = kept.stream;
            for other in rows.rows.iter().filter(|row| row.has(field) && row.stream != kept.stream) {
                if other.number(field) != kept.number(field) && other.stream != last {
                    let (kept, other) = (kept.stream, other.stream);
                    self.exceptions.push(Exception::Disagreement { field, kept, other });
                    last = other;
                }
            }
        }
    }
}

/// Fields that have one value whatever system is asked.
const SAID_ONCE: [Field; 7] = [
    Field::Ordered,
    Field::Confirmed,
    Field::Requested,
    Field::Promised,
    Field::Agreed,
    Field::OrderedQuantity,
    Field::Value,
];

/// The due that the records first gave, as far as it was known when the promise was written: a due that came
/// later would let a department re-plan its delay into the promise gap. Days are compared, since a declared
/// snapshot date has no time; where either is known by arrival only, the first due counts.
fn first_due(
    rows: &[Row<'_>],
    field: Field,
    milestone: Milestone,
    promise: Option<&GivenPromise>,
) -> Option<Day> {
    let mut due: Option<(u16, Day)> = None;
    for row in rows {
        let first = match row.history {
            Some(history) => history.first_due(milestone),
            None => row.day(field).map(|day| (row.known, day)),
        };
        let Some((known, day)) = first else { continue };
        let too_late = promise.is_some_and(|promise| {
            promise.known.is_certain() && known.is_certain() && known.day() > promise.known.day()
        });
        match due {
            _ if too_late => {}
            None => due = Some((row.stream, day)),
            Some((stream, last)) if stream == row.stream => due = Some((stream, last.max(day))),
            Some(_) => {}
        }
    }
    due.map(|(_, day)| day)
}
