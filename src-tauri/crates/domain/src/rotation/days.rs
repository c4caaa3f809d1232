//! Which days a visit takes.

use crate::day::{Day, Week};
use crate::event::VisitLength;

/// How many days of a week are worked, and so can be visited: 1 to 7. Five where a company works on none.
pub fn working_days(weekdays: [bool; 7]) -> u32 {
    let worked = weekdays.iter().filter(|worked| **worked).count();
    if worked == 0 { 5 } else { worked as u32 }
}

/// The days of a week that are worked, from 0 for Monday; the first five where none is.
fn worked(weekdays: [bool; 7]) -> Vec<i32> {
    let worked: Vec<i32> =
        (0..7_i32).zip(weekdays).filter(|(_, worked)| *worked).map(|(day, _)| day).collect();
    if worked.is_empty() { (0..5).collect() } else { worked }
}

/// The first and the last day of a visit that begins in a week, in a part of it (0 where visits take whole weeks). Nothing
/// where a week has no such part, or the visit takes no time.
pub fn of_visit(weekdays: [bool; 7], length: VisitLength, week: Week, part: u32) -> Option<(Day, Day)> {
    let worked = worked(weekdays);
    let monday = week.monday();
    match length {
        VisitLength::Weeks(weeks) => {
            let weeks = i32::try_from(weeks).ok().filter(|weeks| *weeks > 0)?;
            let (first, last) = (*worked.first()?, *worked.last()?);
            (part == 0).then(|| (monday.plus(first), week.plus(weeks - 1).monday().plus(last)))
        }
        VisitLength::Days(days) => {
            let days = usize::try_from(days).ok().filter(|days| *days > 0)?;
            let first = days.checked_mul(usize::try_from(part).ok()?)?;
            let last = first.checked_add(days - 1)?;
            Some((monday.plus(*worked.get(first)?), monday.plus(*worked.get(last)?)))
        }
    }
}

/// The weeks, counted from `first`, that days touch, both ends included; nothing where they touch none of the `weeks`.
pub fn weeks_touched(first: Week, weeks: u32, from: Day, until: Day) -> Option<(u32, u32)> {
    let last = i32::try_from(weeks).unwrap_or(i32::MAX).checked_sub(1)?;
    let (begin, end) = (from.week().0 - first.0, until.week().0 - first.0);
    if end < begin || end < 0 || begin > last {
        return None;
    }
    Some((u32::try_from(begin.max(0)).ok()?, u32::try_from(end.min(last)).ok()?))
}

/// The parts of the planned weeks, as (week counted from `first`, part), of which days from `from` to `until`, both included,
/// take a day that is worked. Days of a week that are in no part of it touch none.
pub fn parts_touched(
    weekdays: [bool; 7],
    length: VisitLength,
    (first, weeks): (Week, u32),
    (from, until): (Day, Day),
) -> Vec<(u32, u32)> {
    let Some((begin, end)) = weeks_touched(first, weeks, from, until) else { return Vec::new() };
    let worked = worked(weekdays);
    let size = match length {
        VisitLength::Weeks(_) => worked.len(),
        VisitLength::Days(days) => usize::try_from(days).unwrap_or(usize::MAX).max(1),
    };
    let mut touched = Vec::new();
    for number in begin..=end {
        let monday = first.plus(i32::try_from(number).unwrap_or(i32::MAX / 2)).monday();
        for (part, days) in (0_u32..).zip(worked.chunks_exact(size)) {
            if days.iter().map(|day| monday.plus(*day)).any(|day| from <= day && day <= until) {
                touched.push((number, part));
            }
        }
    }
    touched
}
