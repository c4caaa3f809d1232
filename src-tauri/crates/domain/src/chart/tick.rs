//! Texts below the time axis.

use chrono::Datelike;

use super::frame::{Frame, Labels};
use super::scale::{Scale, rounded};
use super::{Align, Tick};
use crate::day::Day;
use crate::signal::{Behaviour, Cadence, words::period};

/// From this many days on, ticks are years.
const YEARS: i32 = 2 * 366;
/// Steps between week ticks: a quarter first, so that seasons line up.
const WEEK_STEPS: [i32; 6] = [1, 2, 4, 13, 26, 52];
/// Steps between month ticks.
const MONTH_STEPS: [i32; 5] = [1, 2, 3, 6, 12];
/// Steps between day ticks.
const DAY_STEPS: [i32; 8] = [1, 2, 7, 14, 28, 56, 91, 182];

/// The ticks: the last day always, then back in even steps, and the first where it does not collide.
pub(super) fn ticks(behaviour: &Behaviour, frame: &Frame, scale: &Scale) -> Vec<Tick> {
    if behaviour.points.is_empty() {
        return Vec::new();
    }
    let (first, last) = scale.days();
    let years = last - first > YEARS;
    let days = if years {
        new_years(behaviour, first, last)
    } else if frame.labels == Labels::Few {
        vec![first, last]
    } else {
        stepped(behaviour.cadence, first, last, frame, scale)
    };
    let mut ticks: Vec<(Tick, f64, f64)> = Vec::new();
    // From the right: what collides with a tick to its right is left out.
    let mut year_named = None;
    let mut texts: Vec<(Day, String)> = Vec::new();
    for day in days {
        let year = day.week().iso().0;
        let with_year = last - first > 371 && year_named != Some(year);
        year_named = Some(year);
        let text = if years {
            day.to_date().year().to_string()
        } else {
            period::tick(day, behaviour.cadence, with_year, frame.language)
        };
        texts.push((day, text));
    }
    let edge = scale.plot.x + scale.plot.width;
    for (day, text) in texts.into_iter().rev() {
        let (x, width) = (scale.x(day), scale.text_width(&text));
        let (anchor, from) = if first == last {
            (Align::Middle, x - width / 2.0)
        } else if x + width / 2.0 > edge {
            (Align::End, x - width)
        } else if x - width / 2.0 < scale.plot.x {
            (Align::Start, x)
        } else {
            (Align::Middle, x - width / 2.0)
        };
        let clear = ticks.last().is_none_or(|(_, left, _)| from + width + scale.font_size <= *left);
        if clear && from >= 0.0 {
            let y = rounded(scale.height - 3.0);
            ticks.push((Tick { x, y, anchor, text }, from, width));
        }
    }
    ticks.reverse();
    ticks.into_iter().map(|(tick, ..)| tick).collect()
}

/// The first day drawn of each year.
fn new_years(behaviour: &Behaviour, first: Day, last: Day) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for point in &behaviour.points {
        let day = point.day;
        let new = days.last().is_none_or(|before| before.to_date().year() != day.to_date().year());
        if new && (first..=last).contains(&day) {
            days.push(day);
        }
    }
    // The year in which the axis begins is named only if it begins with it.
    if days.len() > 2 && days.first().is_some_and(|day| day.to_date().ordinal() > 60) {
        days.remove(0);
    }
    days
}

/// Days from the last one back, with the smallest even step that leaves room for each text.
fn stepped(cadence: Cadence, first: Day, last: Day, frame: &Frame, scale: &Scale) -> Vec<Day> {
    let text = period::tick(last, cadence, false, frame.language);
    let room = (scale.plot.width / (scale.text_width(&text).max(28.0) * 4.0)).max(1.0);
    let (steps, unit): (&[i32], f64) = match cadence {
        Cadence::Weekly => (&WEEK_STEPS, 7.0),
        Cadence::Monthly => (&MONTH_STEPS, 30.44),
        Cadence::Daily | Cadence::Irregular => (&DAY_STEPS, 1.0),
    };
    let units = f64::from(last - first) / unit;
    let step = steps.iter().copied().find(|step| units / f64::from(*step) <= room);
    let step = step.unwrap_or_else(|| (units / room).ceil() as i32).max(1);
    let mut days = Vec::new();
    let mut at = 0;
    loop {
        let day = match cadence {
            Cadence::Monthly => back_months(last, at * step),
            _ => last.plus(-at * step * unit as i32),
        };
        if day < first {
            break;
        }
        days.push(day);
        at += 1;
    }
    // The first day is named too, unless it stands close to a tick of the even steps.
    let close = days.last().is_some_and(|day| f64::from(*day - first) < 0.6 * f64::from(step) * unit);
    if !close {
        days.push(first);
    }
    days.reverse();
    days
}

/// The same day of an earlier month, or that month's last day.
fn back_months(day: Day, months: i32) -> Day {
    let date = day.to_date();
    let month = date.year() * 12 + date.month0() as i32 - months;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) as u32 + 1);
    (0..4).find_map(|less| Day::from_ymd(year, month, date.day().saturating_sub(less).max(1))).unwrap_or(day)
}
