//! When an integration is pulled by itself, and how old its numbers may become: chosen by a person from what an hour's
//! delay costs against what an instant error costs.

mod fresh;
mod pace;
mod propose;
mod retry;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use fresh::{Freshness, freshness};
pub use pace::Pace;
pub use propose::{Because, because, propose};
pub use retry::{ASKED_LONGEST_MS, ATTEMPTS_MAX, FIRST_PAUSE_MS, LONGEST_PAUSE_MS, after_attempt};

use crate::event::IntegrationId;

/// Milliseconds of a minute.
pub const MINUTE_MS: i64 = 60_000;

/// Milliseconds of an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;

/// Milliseconds of a day.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// No schedule asks a system more often: joint numbers are talked about once a week, and a system is there for those
/// who work with it.
pub const MINUTES_MIN: u32 = 15;

/// What comes more seldom than twice a day has a time of the day.
pub const MINUTES_MAX: u32 = 12 * 60;

/// No threshold is longer: a year, in minutes.
pub const THRESHOLD_MINUTES_MAX: u32 = 366 * 24 * 60;

/// A time of the day on the workspace's clocks, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The time of an hour (0–23) and a minute (0–59); none where no clock shows it.
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if hour < 24 && minute < 60 { Some(Self(hour * 60 + minute)) } else { None }
    }

    /// Minutes since midnight, 0–1439.
    pub const fn minute_of_day(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = ScheduleRefused;

    fn from_str(text: &str) -> Result<Self, ScheduleRefused> {
        let number = |digits: &str| {
            let is_plain = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
            digits.parse().ok().filter(|_| is_plain)
        };
        let read = || {
            let (hour, minute) = text.trim().split_once(':')?;
            Self::new(number(hour)?, number(minute)?)
        };
        read().ok_or_else(|| ScheduleRefused::NoSuchTime(text.to_owned()))
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = ScheduleRefused;

    fn try_from(text: String) -> Result<Self, ScheduleRefused> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

/// How often an integration is pulled by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cadence {
    /// Never: a person pulls it.
    ByHand,
    /// So many minutes after the pull before.
    Minutes {
        /// [`MINUTES_MIN`] to [`MINUTES_MAX`].
        minutes: u32,
    },
    /// Once on each day.
    Daily {
        /// On the workspace's clocks.
        time: TimeOfDay,
    },
    /// Once in each week.
    Weekly {
        /// Monday is 0, Sunday 6.
        weekday: u8,
        /// On the workspace's clocks.
        time: TimeOfDay,
    },
}

impl Cadence {
    /// Whether it can be at all.
    ///
    /// # Errors
    /// [`ScheduleRefused::TooOften`], [`ScheduleRefused::TooSeldom`], [`ScheduleRefused::NoSuchWeekday`].
    pub const fn check(self) -> Result<(), ScheduleRefused> {
        match self {
            Self::Minutes { minutes } if minutes < MINUTES_MIN => Err(ScheduleRefused::TooOften(minutes)),
            Self::Minutes { minutes } if minutes > MINUTES_MAX => Err(ScheduleRefused::TooSeldom(minutes)),
            Self::Weekly { weekday, .. } if weekday > 6 => Err(ScheduleRefused::NoSuchWeekday(weekday)),
            _ => Ok(()),
        }
    }

    /// Milliseconds from one pull to the next on ordinary days; none where only a person pulls.
    pub const fn period_ms(self) -> Option<i64> {
        match self {
            Self::ByHand => None,
            Self::Minutes { minutes } => Some(minutes as i64 * MINUTE_MS),
            Self::Daily { .. } => Some(DAY_MS),
            Self::Weekly { .. } => Some(7 * DAY_MS),
        }
    }

    /// After how many minutes numbers are worth a look, and after how many they are late, where nobody says otherwise:
    /// two and four cadences. What only a person pulls is looked at once a week: one week and two.
    pub const fn thresholds(self) -> (u32, u32) {
        match self.period_ms() {
            None => (7 * 24 * 60, 14 * 24 * 60),
            Some(period) => {
                let minutes = (period / MINUTE_MS) as u32;
                (2 * minutes, 4 * minutes)
            }
        }
    }
}

/// What something costs, in plain steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Nothing.
    Nothing,
    /// Somebody is annoyed.
    Little,
    /// Real money, or a customer's trust.
    Much,
    /// The line stops.
    LineStops,
}

impl Cost {
    /// From the least to the most.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::Little, Self::Much, Self::LineStops];
}

/// A person's choice for one integration, with what it was chosen from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Which integration.
    pub integration: IntegrationId,
    /// From 1.
    pub version: u32,
    /// How often.
    pub cadence: Cadence,
    /// What an hour's delay costs.
    pub delay: Cost,
    /// What an error costs that arrives at once.
    pub error: Cost,
    /// Minutes of age after which the numbers are worth a look.
    pub warn_minutes: u32,
    /// Minutes of age after which they are late.
    pub late_minutes: u32,
}

impl Schedule {
    /// Whether it can be at all.
    ///
    /// # Errors
    /// [`ScheduleRefused`] says what is wrong.
    pub fn check(&self) -> Result<(), ScheduleRefused> {
        self.cadence.check()?;
        if self.warn_minutes == 0 || self.late_minutes > THRESHOLD_MINUTES_MAX {
            return Err(ScheduleRefused::Threshold);
        }
        if self.late_minutes <= self.warn_minutes {
            return Err(ScheduleRefused::LateBeforeWarn);
        }
        Ok(())
    }
}

/// A schedule that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleRefused {
    /// More often than any system is asked.
    #[error("every {0} minutes is too often; every {MINUTES_MIN} minutes is the most")]
    TooOften(u32),
    /// So seldom that it needs a time of the day.
    #[error("every {0} minutes is too seldom for a number of minutes; choose a time of the day")]
    TooSeldom(u32),
    /// No clock shows it.
    #[error("“{0}” is not a time of the day such as 06:30")]
    NoSuchTime(String),
    /// Not a day of the week.
    #[error("{0} is not a day of the week; Monday is 0 and Sunday 6")]
    NoSuchWeekday(u8),
    /// Late at once, or after more than a year.
    #[error("a threshold is between one minute and a year")]
    Threshold,
    /// Late would come before the warning.
    #[error(
        "numbers are late only after they were worth a look: the second threshold must be the longer one"
    )]
    LateBeforeWarn,
}
