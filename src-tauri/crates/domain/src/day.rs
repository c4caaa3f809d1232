//! Calendar days and ISO weeks as plain integers, so that a million journeys can be counted without a
//! calendar library in the inner loop. Conversion to and from text happens at the edges.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Days between 0001-01-01 (chrono's day 1) and 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;

/// A calendar date in the workspace's time zone: days since 1970-01-01, negative before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// An ISO 8601 week (Monday first): weeks since the one that holds 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week(pub i32);

/// The text is not a date (`YYYY-MM-DD`) or not an ISO week (`YYYY-Www`).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date (2026-03-20) or an ISO week (2026-W12)")]
pub struct NotADay(pub String);

impl Day {
    /// The day of a year, month (1–12) and day of month; `None` where the calendar has no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from)
    }

    /// The ISO week that holds this day.
    pub const fn week(self) -> Week {
        // 1970-01-01 was a Thursday, three days after its Monday.
        Week((self.0 + 3).div_euclid(7))
    }

    /// Day of the week, Monday is 0.
    pub const fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// The day `days` later (earlier when negative).
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// The same day as a `chrono` date; days outside chrono's range (± 262 000 years) are clamped.
    pub fn to_date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(EPOCH_FROM_CE)).unwrap_or(NaiveDate::MAX)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - EPOCH_FROM_CE)
    }
}

impl std::ops::Sub for Day {
    type Output = i32;
    /// Calendar days from `other` to `self`.
    fn sub(self, other: Self) -> i32 {
        self.0 - other.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_date().format("%Y-%m-%d"), f)
    }
}

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map(Self::from).map_err(|_| NotADay(text.into()))
    }
}

impl Week {
    /// The Monday of this week.
    pub const fn monday(self) -> Day {
        Day(self.0 * 7 - 3)
    }

    /// The Sunday of this week: its last day.
    pub const fn sunday(self) -> Day {
        Day(self.0 * 7 + 3)
    }

    /// The week `weeks` later (earlier when negative).
    #[must_use]
    pub const fn plus(self, weeks: i32) -> Self {
        Self(self.0 + weeks)
    }

    /// ISO year and week number (1–53).
    pub fn iso(self) -> (i32, u32) {
        let iso = self.monday().to_date().iso_week();
        (iso.year(), iso.week())
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, week) = self.iso();
        write!(f, "{year:04}-W{week:02}")
    }
}

impl FromStr for Week {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let parse = || {
            let (year, week) = text.trim().split_once("-W").or_else(|| text.trim().split_once("-w"))?;
            NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, chrono::Weekday::Mon)
        };
        parse().map(|monday| Day::from(monday).week()).ok_or_else(|| NotADay(text.into()))
    }
}

macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
as_text!(Day, Week);

/// Counts days the way the workspace counts them.
///
/// A count from `a` to `b` is `W(b) − W(a)` where `W(d)` is the number of counted days up to and including
/// `d`; such counts add up, which is what lets lateness split exactly among legs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    working: Option<WorkingDays>,
}

/// The days a company works.
#[derive(Clone, Debug, PartialEq, Eq)]
struct WorkingDays {
    /// Monday first.
    weekdays: [bool; 7],
    per_week: i32,
    /// Sorted, without those that fall on a day off anyway.
    holidays: Vec<Day>,
}

impl Calendar {
    /// Every day counts.
    pub const fn every_day() -> Self {
        Self { working: None }
    }

    /// Only the given weekdays (Monday first) count, and no holiday does. A week without any working day
    /// counts every day, since nothing could ever be late in it.
    pub fn working_days(weekdays: [bool; 7], holidays: impl IntoIterator<Item = Day>) -> Self {
        let per_week = weekdays.iter().filter(|works| **works).count() as i32;
        if per_week == 0 {
            return Self::every_day();
        }
        let mut holidays: Vec<Day> =
            holidays.into_iter().filter(|day| weekdays[usize::from(day.weekday())]).collect();
        holidays.sort_unstable();
        holidays.dedup();
        Self { working: Some(WorkingDays { weekdays, per_week, holidays }) }
    }

    /// Whether this calendar leaves any day out.
    pub const fn counts_working_days(&self) -> bool {
        self.working.is_some()
    }

    /// Counted days from `from` to `to`, negative when `to` is earlier.
    pub fn count(&self, from: Day, to: Day) -> i32 {
        match &self.working {
            None => to - from,
            Some(working) => working.up_to(to) - working.up_to(from),
        }
    }
}

impl WorkingDays {
    fn up_to(&self, day: Day) -> i32 {
        let weeks = day.week().0;
        let in_week =
            self.weekdays[..=usize::from(day.weekday())].iter().filter(|works| **works).count() as i32;
        let holidays = self.holidays.partition_point(|holiday| *holiday <= day) as i32;
        weeks * self.per_week + in_week - holidays
    }

    /// See [`Calendar::add`].
    fn add(&self, from: Day, days: i32) -> Day {
        let target = self.up_to(from) + days;
        // Far enough that the count has passed the target: a holiday takes away at most one day each.
        let (mut low, mut high) = (from, from);
        while self.up_to(high) < target {
            low = high;
            high = high.plus(7 + (target - self.up_to(high)) * 7 / self.per_week);
        }
        while self.up_to(low) >= target {
            low = low.plus(-7 - (self.up_to(low) - target) * 7 / self.per_week);
        }
        while high - low > 1 {
            let middle = Day(low.0 + (high - low) / 2);
            if self.up_to(middle) >= target { high = middle } else { low = middle }
        }
        high
    }
}

impl Calendar {
    /// The first day `d` with `count(from, d) = days`: a due date from a standard lead time.
    #[must_use]
    pub fn add(&self, from: Day, days: i32) -> Day {
        match &self.working {
            None => from.plus(days),
            // Nought days from a Saturday is that Saturday, not the Friday before.
            Some(_) if days == 0 => from,
            Some(working) => working.add(from, days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn weeks_are_iso_weeks() {
        for (day, week) in [
            ("2026-03-16", "2026-W12"),
            ("2026-03-22", "2026-W12"),
            ("2021-01-03", "2020-W53"),
            ("2024-12-30", "2025-W01"),
            ("1969-12-29", "1970-W01"),
        ] {
            let day: Day = day.parse().unwrap();
            assert_eq!(day.week().to_string(), week);
            assert_eq!(week.parse::<Week>().unwrap(), day.week());
            assert_eq!(day.to_string().parse::<Day>().unwrap(), day);
        }
        assert!("2026-W54".parse::<Week>().is_err());
        assert!("2026-02-30".parse::<Day>().is_err());
    }

    proptest! {
        #[test]
        fn counts_add_up(a in -9000i32..30000, b in -9000i32..30000, c in -9000i32..30000,
                         week in any::<[bool; 7]>(), holidays in prop::collection::vec(-9000i32..30000, 0..40)) {
            let calendar = Calendar::working_days(week, holidays.into_iter().map(Day));
            let (a, b, c) = (Day(a), Day(b), Day(c));
            prop_assert_eq!(calendar.count(a, c), calendar.count(a, b) + calendar.count(b, c));
        }

        #[test]
        fn adding_days_is_counted_back(a in -9000i32..30000, days in 0i32..400,
                                       holidays in prop::collection::vec(-9000i32..30000, 0..40)) {
            let calendar = Calendar::working_days([true, true, true, true, true, false, false], holidays.into_iter().map(Day));
            let due = calendar.add(Day(a), days);
            prop_assert_eq!(calendar.count(Day(a), due), days);
        }
    }
}
