//! A date, perhaps with a time and an offset.

use crate::day::Day;

/// What a date cell says, before any time zone: a day, and a time and an offset where the cell has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The day as written.
    pub day: Day,
    /// Seconds after midnight as written (0–86 399), where the cell has a time. Fractions are dropped.
    pub seconds_of_day: Option<u32>,
    /// Seconds east of UTC (−64 800 to 64 800), where the cell has an offset.
    pub offset_seconds: Option<i32>,
}

impl Stamp {
    /// A day without a time.
    pub const fn of_day(day: Day) -> Self {
        Self { day, seconds_of_day: None, offset_seconds: None }
    }

    /// Seconds since 1970-01-01T00:00 as written, before any offset is taken off; midnight without a time.
    pub fn local_seconds(self) -> i64 {
        i64::from(self.day.0) * 86_400 + i64::from(self.seconds_of_day.unwrap_or(0))
    }
}

/// The day of a proleptic Gregorian date, or nothing where the calendar has no such day.
///
/// Days from civil, after Howard Hinnant's "chrono-compatible low-level date algorithms"; a calendar library
/// would cost several times as much per cell.
pub(super) const fn day_of(year: i32, month: u32, day: u32) -> Option<Day> {
    if month == 0 || month > 12 || day == 0 || day > days_in(year, month) || year < 1 || year > 9999 {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month as i32 + 9) % 12) + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(Day(era * 146_097 + day_of_era - 719_468))
}

const fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The year that holds a day (years 1–9999; nearest inside that range otherwise).
pub(super) const fn year_of(day: Day) -> i32 {
    let shifted = day.0 + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // March is month 0 here, so January and February belong to the year after.
    year_of_era + era * 400 + if day_of_year >= 306 { 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn days_agree_with_the_calendar_library(year in -5i32..10_010, month in 0u32..14, day in 0u32..33) {
            let expected = if (1..=9999).contains(&year) { Day::from_ymd(year, month, day) } else { None };
            prop_assert_eq!(day_of(year, month, day), expected);
            if let Some(day) = expected {
                prop_assert_eq!(year_of(day), year);
            }
        }
    }
}
