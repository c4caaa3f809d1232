//! The clocks of a place, as a calendar's own time zone: every change of theirs in the years that are covered.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _};
use chrono_tz::{OffsetComponents as _, OffsetName as _, Tz};

use super::line::Lines;

/// What the clocks show, beside UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clock {
    /// Seconds ahead of UTC.
    offset: i32,
    /// What the zone calls it: `CEST`.
    name: String,
    /// Whether it is summer time.
    summer: bool,
}

/// A change of the clocks.
struct Change {
    /// The moment, in seconds since 1970 UTC.
    at: i64,
    from: Clock,
    to: Clock,
}

/// Changes of one kind: between the same clocks.
struct Kind {
    from: i32,
    to: Clock,
    /// What the clocks show when they change, by the clock before.
    starts: Vec<NaiveDateTime>,
}

/// Appends the time zone, with all changes in `years` and what the clocks show before the first.
pub(super) fn write(lines: &mut Lines, zone: Tz, years: &RangeInclusive<i32>) {
    lines.raw("BEGIN", "VTIMEZONE");
    lines.raw("TZID", zone.name());
    for kind in kinds(zone, years) {
        let block = if kind.to.summer { "DAYLIGHT" } else { "STANDARD" };
        lines.raw("BEGIN", block);
        lines.raw("TZOFFSETFROM", &offset(kind.from));
        lines.raw("TZOFFSETTO", &offset(kind.to.offset));
        lines.text("TZNAME", &kind.to.name);
        for (at, start) in kind.starts.iter().enumerate() {
            lines.raw(if at == 0 { "DTSTART" } else { "RDATE" }, &shown(*start));
        }
        lines.raw("END", block);
    }
    lines.raw("END", "VTIMEZONE");
}

/// A local time as the format writes it.
pub(super) fn shown(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

/// `+0200`; with seconds only where there are any.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, seconds) = (seconds.abs() / 3600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    let seconds = if seconds == 0 { String::new() } else { format!("{seconds:02}") };
    format!("{sign}{hours:02}{minutes:02}{seconds}")
}

/// The moment at which the clocks show a time, in seconds since 1970 UTC: the first of two, and for a time that they
/// skip, what it would be had they not changed.
pub(super) fn moment(zone: Tz, time: NaiveDateTime) -> i64 {
    let found = zone.from_local_datetime(&time).earliest().map(|found| found.timestamp());
    found.unwrap_or_else(|| {
        let before = clock(zone, time.and_utc().timestamp() - 86_400);
        time.and_utc().timestamp() - i64::from(before.offset)
    })
}

/// What the clocks show at a moment, in seconds since 1970 UTC.
pub(super) fn local(zone: Tz, moment: i64) -> NaiveDateTime {
    let utc = utc(moment);
    utc.checked_add_signed(TimeDelta::seconds(clock(zone, moment).offset.into())).unwrap_or(utc)
}

/// A moment within the calendar's range; beyond it, its edge.
fn utc(moment: i64) -> NaiveDateTime {
    DateTime::from_timestamp(moment, 0).map_or(NaiveDateTime::MAX, |moment| moment.naive_utc())
}

fn clock(zone: Tz, moment: i64) -> Clock {
    let shown = zone.offset_from_utc_datetime(&utc(moment));
    let ahead = shown.fix().local_minus_utc();
    // A clock without a name of its own is called by its distance from UTC.
    let name = shown.abbreviation().map_or_else(|| offset(ahead), str::to_owned);
    Clock { offset: ahead, name, summer: !shown.dst_offset().is_zero() }
}

fn new_year(year: i32) -> i64 {
    let date = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX);
    date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
}

/// The kinds of changes, in the order of their first.
fn kinds(zone: Tz, years: &RangeInclusive<i32>) -> Vec<Kind> {
    // A day on either side: New Year is at another moment in every zone.
    let from = new_year(*years.start()) - 86_400;
    let before = clock(zone, from);
    let start = utc(from) + TimeDelta::seconds(before.offset.into());
    // The clocks before the first change are there from the start.
    let first = start.date().with_day(1).unwrap_or(start.date()).and_time(chrono::NaiveTime::MIN);
    let mut kinds = vec![Kind { from: before.offset, to: before, starts: vec![first] }];
    for change in changes(zone, from, new_year(years.end().saturating_add(1)) + 86_400) {
        let shows = utc(change.at) + TimeDelta::seconds(change.from.offset.into());
        match kinds.iter_mut().find(|kind| kind.from == change.from.offset && kind.to == change.to) {
            Some(kind) => kind.starts.push(shows),
            None => kinds.push(Kind { from: change.from.offset, to: change.to, starts: vec![shows] }),
        }
    }
    kinds
}

/// Every change between two moments.
fn changes(zone: Tz, from: i64, to: i64) -> Vec<Change> {
    const STEP: i64 = 86_400;
    let mut changes = Vec::new();
    let (mut at, mut now) = (from, clock(zone, from));
    while at < to {
        let next = clock(zone, at + STEP);
        if next != now {
            // The clocks change once within the step: between the last moment of `now` and the first of `next`.
            let (mut low, mut high) = (at, at + STEP);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if clock(zone, middle) == now { low = middle } else { high = middle }
            }
            changes.push(Change { at: high, from: now, to: next.clone() });
            now = next;
        }
        at += STEP;
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(zone: Tz, years: RangeInclusive<i32>) -> String {
        let mut lines = Lines::default();
        write(&mut lines, zone, &years);
        lines.into_text().replace("\r\n", "\n")
    }

    #[test]
    fn the_clocks_of_berlin() {
        insta::assert_snapshot!(written(Tz::Europe__Berlin, 2026..=2027));
    }

    #[test]
    fn the_clocks_of_the_southern_half() {
        insta::assert_snapshot!(written(Tz::Australia__Lord_Howe, 2026..=2026));
    }

    #[test]
    fn clocks_that_never_change() {
        insta::assert_snapshot!(written(Tz::Asia__Kolkata, 2026..=2040));
    }

    #[test]
    fn clocks_that_changed_for_good() {
        insta::assert_snapshot!(written(Tz::Europe__Istanbul, 2015..=2018));
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_as_if_they_had_not() {
        let time = |hour, minute| {
            NaiveDate::from_ymd_opt(2026, 3, 29).unwrap().and_hms_opt(hour, minute, 0).unwrap()
        };
        let berlin = Tz::Europe__Berlin;
        assert_eq!(moment(berlin, time(2, 30)) - moment(berlin, time(1, 30)), 3600);
        assert_eq!(local(berlin, moment(berlin, time(2, 30))), time(3, 30));
    }
}
