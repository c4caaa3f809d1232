//! The errors that the story needs at a certain place: delivery slips typed in with the wrong date, and rows that
//! still wait in quarantine when the company is looked at.

use plaza_domain::day::{Calendar, Day, Week};

use super::story::{Line, Mistake, quiet_of};
use super::{ERROR_NOW, ERROR_PAST};

/// How many slips of one driver carry the day on which they were typed in.
const SLIPS: [usize; 2] = [13, 9];

/// Days from the delivery to the typing in.
const TYPED_AFTER_DAYS: i32 = 7;

/// Order rows that nobody has put right yet: places counted from the newest line.
const WAITING: [(usize, Mistake); 4] = [
    (21, Mistake::UnknownStatus),
    (34, Mistake::NoOrderDate),
    (47, Mistake::WrongCentury),
    (58, Mistake::NoOrderDate),
];

/// A date on which nothing is ever put right.
const NEVER: Day = Day(i32::MAX);

/// Puts the errors into the history. `last` is the Monday of the last export.
pub(super) fn plant(lines: &mut [Line], last: Day, calendar: &Calendar) {
    let past = ordinary(last.week().plus(-ERROR_PAST));
    // Seen when the invoices were compared with the deliveries, three weeks later.
    mistype(lines, past, past.monday().plus(25), SLIPS[0], calendar);
    mistype(lines, ordinary(last.week().plus(-ERROR_NOW)), last.plus(-3), SLIPS[1], calendar);
    for (back, mistake) in WAITING {
        let Some(place) = lines.len().checked_sub(back) else { continue };
        if let Some(line) = lines.get_mut(place) {
            line.cancelled = None;
            line.mistake = Some((mistake, NEVER));
        }
    }
    let is_plain = |line: &&mut Line| line.cancelled.is_none() && line.mistake.is_none();
    let made = lines.iter_mut().filter(is_plain).filter(|line| line.produced < last);
    if let Some(line) = made.max_by_key(|line| line.produced) {
        line.mistake = Some((Mistake::ProducedNextYear, NEVER));
    }
    let sent =
        |line: &Line| line.shipments.iter().map(|shipment| shipment.shipped).filter(|day| *day < last).max();
    let left = lines.iter_mut().filter(is_plain).filter(|line| sent(line).is_some());
    if let Some(line) = left.max_by_key(|line| sent(line)) {
        line.mistake = Some((Mistake::StrayShipment, NEVER));
    }
}

/// This week, or the one before the closing where the house was closed in it or had just opened.
fn ordinary(week: Week) -> Week {
    if quiet_of(week) {
        week.plus(-1)
    } else if quiet_of(week.plus(-1)) {
        week.plus(-2)
    } else {
        week
    }
}

/// Dates some slips of a week with the day on which they were typed in: lines that were in time, so that the week
/// looks worse than it was.
fn mistype(lines: &mut [Line], week: Week, put_right: Day, slips: usize, calendar: &Calendar) {
    let in_time = |line: &&mut Line| {
        let delivered = line.delivered();
        line.promised
            .is_some_and(|promised| promised.week() == week && delivered.is_some_and(|day| day <= promised))
            && delivered.is_some_and(|day| day.week() == week && day < line.invoiced)
            && calendar.count(line.delivered().unwrap_or(line.invoiced), line.invoiced) <= 2
            && !line.short
            && line.shipments.len() == 1
            && line.cancelled.is_none()
            && line.credited.is_none()
            && line.mistake.is_none()
    };
    for line in lines.iter_mut().filter(in_time).take(slips) {
        for shipment in &mut line.shipments {
            shipment.keyed_wrong = Some((shipment.delivered.plus(TYPED_AFTER_DAYS), put_right));
        }
    }
}
