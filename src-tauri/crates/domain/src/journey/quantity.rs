//! Quantities over several productions, shipments and deliveries, and the day each milestone was reached in full.

use super::Milestone;
use super::row::{Row, Rows};
use crate::day::Day;
use crate::record::Field;

/// What arrived at one milestone.
#[derive(Default)]
pub(super) struct Arrivals {
    /// Dated quantities, earliest first; a single one is kept without allocating.
    one: Option<(Day, i64)>,
    more: Vec<(Day, i64)>,
    /// All of it, dated or not; `None` where no record gives a quantity.
    pub(super) total: Option<i64>,
    /// Quantity without a date.
    pub(super) undated: i64,
}

/// The fields of a milestone that has a quantity: its date and its quantity.
pub(super) const fn fields(milestone: Milestone) -> Option<(Field, Field)> {
    match milestone {
        Milestone::Produced => Some((Field::Produced, Field::ProducedQuantity)),
        Milestone::Shipped => Some((Field::Shipped, Field::ShippedQuantity)),
        Milestone::Delivered => Some((Field::Delivered, Field::DeliveredQuantity)),
        _ => None,
    }
}

/// The quantity that a row brings to a milestone, and the field that says so. A row that was delivered without
/// saying how much delivered what it shipped.
fn quantity_of(row: &Row<'_>, milestone: Milestone) -> Option<(i64, Field)> {
    let (date, quantity) = fields(milestone)?;
    if let Some(number) = row.number(quantity) {
        return Some((number, quantity));
    }
    let shipped = row.number(Field::ShippedQuantity).filter(|_| date == Field::Delivered && row.has(date))?;
    Some((shipped, Field::ShippedQuantity))
}

impl Arrivals {
    /// What the records of one stream brought to a milestone: the first stream in which a quantity has a date,
    /// else the first with any. Records of the order cannot be divided among its lines and are passed over.
    pub(super) fn of(rows: &mut Rows<'_, '_>, milestone: Milestone) -> Self {
        let mut arrivals = Self::default();
        let Some((date, quantity)) = fields(milestone) else { return arrivals };
        let lines = rows.rows.iter().filter(|row| !row.order_level && quantity_of(row, milestone).is_some());
        let stream =
            lines.clone().find(|row| row.has(date)).or_else(|| lines.clone().next()).map(|row| row.stream);
        let Some(stream) = stream else { return arrivals };
        let all = rows.rows;
        for row in all.iter().filter(|row| !row.order_level && row.stream == stream) {
            let Some((number, field)) = quantity_of(row, milestone) else { continue };
            arrivals.total = Some(arrivals.total.unwrap_or(0).saturating_add(number));
            rows.note(quantity, row, field);
            match row.day(date) {
                Some(day) => {
                    rows.note(date, row, date);
                    arrivals.push(day, number);
                }
                None => arrivals.undated = arrivals.undated.saturating_add(number),
            }
        }
        arrivals.more.sort_unstable();
        arrivals
    }

    fn push(&mut self, day: Day, quantity: i64) {
        if self.one.is_none() && self.more.is_empty() {
            self.one = Some((day, quantity));
        } else {
            self.more.extend(self.one.take());
            self.more.push((day, quantity));
        }
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = (Day, i64)> {
        self.one.into_iter().chain(self.more.iter().copied())
    }

    /// Whether any quantity has a date.
    pub(super) fn is_dated(&self) -> bool {
        self.one.is_some() || !self.more.is_empty()
    }

    /// How many dated quantities there were.
    pub(super) fn times(&self) -> usize {
        self.iter().filter(|(_, quantity)| *quantity > 0).count()
    }

    /// The day the sum reached `needed` and stayed there: what was booked back has to come again.
    pub(super) fn reached(&self, needed: i64) -> Option<Day> {
        let (mut sum, mut reached) = (0i64, None);
        for (day, quantity) in self.iter() {
            sum = sum.saturating_add(quantity);
            reached = if sum >= needed { reached.or(Some(day)) } else { None };
        }
        reached
    }

    /// The last day on which anything came.
    pub(super) fn last(&self) -> Option<Day> {
        self.iter().rev().find(|(_, quantity)| *quantity > 0).map(|(day, _)| day)
    }

    /// How much had come by a day.
    pub(super) fn by(&self, day: Day) -> i64 {
        self.iter()
            .filter(|(on, _)| *on <= day)
            .fold(0, |sum, (_, quantity)| i64::saturating_add(sum, quantity))
    }
}
