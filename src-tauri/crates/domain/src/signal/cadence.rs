//! The rhythm of a series, so that sentences and ticks speak of weeks, months or days.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use chrono::Datelike;

/// How far apart the points lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Cadence {
    /// One point for each ISO week, some weeks may be absent.
    #[default]
    Weekly,
    /// One point for each calendar month.
    Monthly,
    /// One point for each day, some days may be absent.
    Daily,
    /// None of these.
    Irregular,
}

impl Cadence {
    /// The rhythm of days in order: what most neighbours keep, if no two points share its unit. Fewer than two
    /// points count as weekly.
    pub fn of(days: impl IntoIterator<Item = Day>) -> Self {
        let days: Vec<Day> = days.into_iter().collect();
        let gaps: Vec<i32> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let most = |low: i32, high: i32| {
            2 * gaps.iter().filter(|gap| (low..=high).contains(*gap)).count() > gaps.len()
        };
        let month = |day: Day| {
            let date = day.to_date();
            date.year() * 12 + date.month0() as i32
        };
        if gaps.is_empty() || (most(7, 7) && days.windows(2).all(|pair| pair[1].week() > pair[0].week())) {
            Self::Weekly
        } else if most(28, 31) && days.windows(2).all(|pair| month(pair[1]) > month(pair[0])) {
            Self::Monthly
        } else if most(1, 1) || (most(1, 3) && gaps.iter().all(|gap| *gap <= 14)) {
            Self::Daily
        } else if days.windows(2).all(|pair| pair[1].week() > pair[0].week()) && most(5, 20) {
            Self::Weekly
        } else {
            Self::Irregular
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test may stop at once
mod tests {
    use super::*;

    #[test]
    fn the_rhythm_is_what_most_neighbours_keep() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let weeks = (0..10).filter(|week| *week != 4).map(|week| Day(week * 7));
        assert_eq!(Cadence::of(weeks), Cadence::Weekly);
        assert_eq!(Cadence::of((0..30).map(Day)), Cadence::Daily);
        let months = ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"].map(day);
        assert_eq!(Cadence::of(months), Cadence::Monthly);
        assert_eq!(
            Cadence::of([day("2024-01-01"), day("2025-01-01"), day("2026-05-01")]),
            Cadence::Irregular
        );
        assert_eq!(Cadence::of([]), Cadence::Weekly);
    }
}
