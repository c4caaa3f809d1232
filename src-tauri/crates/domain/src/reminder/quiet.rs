//! What a device reminds of, and when it is quiet.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ReminderKind;
use crate::day::Day;
use crate::workspace::{Settings, TimeZone};

const MINUTES_OF_DAY: u16 = 1_440;

/// Hours of every day in which nothing is said, minutes since midnight by the clocks of the workspace's time zone. Where
/// they end before they begin they go over midnight. The first minute belongs to them, the last does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// When they begin.
    pub from: u16,
    /// When they end.
    pub to: u16,
}

/// Quiet hours that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuietFault {
    /// A minute that no clock shows.
    #[error("a day has no minute {0}")]
    NoSuchMinute(u16),
    /// They begin when they end: that could mean never or always.
    #[error("quiet hours that begin when they end could mean never or always")]
    NeverOrAlways,
}

impl QuietHours {
    /// From 18:00 to 08:00.
    pub const USUAL: Self = Self { from: 18 * 60, to: 8 * 60 };

    /// Quiet hours between two minutes of the day.
    ///
    /// # Errors
    /// [`QuietFault`].
    pub const fn new(from: u16, to: u16) -> Result<Self, QuietFault> {
        if from >= MINUTES_OF_DAY {
            return Err(QuietFault::NoSuchMinute(from));
        }
        if to >= MINUTES_OF_DAY {
            return Err(QuietFault::NoSuchMinute(to));
        }
        if from == to {
            return Err(QuietFault::NeverOrAlways);
        }
        Ok(Self { from, to })
    }

    /// Whether a minute of the day lies in them.
    pub const fn covers(self, minute: u16) -> bool {
        if self.from < self.to {
            self.from <= minute && minute < self.to
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

/// What a device reminds of, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct ReminderSettings {
    /// Whether it reminds at all.
    pub is_on: bool,
    /// Of what.
    pub kinds: BTreeSet<ReminderKind>,
    /// When it is quiet; nothing for never.
    pub quiet: Option<QuietHours>,
    /// Whether it is quiet on days on which nobody works.
    pub only_working_days: bool,
    /// Whether it says how much waits, and nothing of what.
    pub without_details: bool,
}

impl Default for ReminderSettings {
    fn default() -> Self {
        Self {
            is_on: true,
            kinds: ReminderKind::ALL.into(),
            quiet: Some(QuietHours::USUAL),
            only_working_days: true,
            without_details: false,
        }
    }
}

/// Settings as they are kept, with what there was to choose: a kind that is younger than they are was never switched off.
#[derive(Serialize, Deserialize)]
struct Kept {
    is_on: bool,
    kinds: BTreeSet<ReminderKind>,
    #[serde(default = "first_offered")]
    offered: BTreeSet<ReminderKind>,
    quiet: Option<QuietHours>,
    only_working_days: bool,
    without_details: bool,
}

/// What there was to choose before that was kept.
fn first_offered() -> BTreeSet<ReminderKind> {
    use ReminderKind::{Attention, Commitment, Meeting, Need, Thread};
    [Meeting, Commitment, Thread, Need, Attention].into()
}

impl From<Kept> for ReminderSettings {
    fn from(kept: Kept) -> Self {
        let Kept { is_on, mut kinds, offered, quiet, only_working_days, without_details } = kept;
        kinds.extend(ReminderKind::ALL.into_iter().filter(|kind| !offered.contains(kind)));
        Self { is_on, kinds, quiet, only_working_days, without_details }
    }
}

impl From<ReminderSettings> for Kept {
    fn from(settings: ReminderSettings) -> Self {
        let ReminderSettings { is_on, kinds, quiet, only_working_days, without_details } = settings;
        Self { is_on, kinds, offered: ReminderKind::ALL.into(), quiet, only_working_days, without_details }
    }
}

/// The days on which people work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingDays {
    weekdays: [bool; 7],
    holidays: BTreeSet<Day>,
    zone: TimeZone,
}

impl WorkingDays {
    /// Those of a workspace.
    pub fn of(settings: &Settings) -> Self {
        Self {
            weekdays: settings.weekdays,
            holidays: settings.holidays.keys().copied().collect(),
            zone: settings.time_zone,
        }
    }

    fn has(&self, day: Day) -> bool {
        self.weekdays[usize::from(day.weekday())] && !self.holidays.contains(&day)
    }

    /// The day at a moment, milliseconds since 1970 UTC.
    pub fn day_at(&self, now_ms: i64) -> Day {
        self.zone.day_at(now_ms)
    }
}

impl ReminderSettings {
    /// Whether nothing is said at a moment, milliseconds since 1970 UTC.
    pub fn is_quiet(&self, days: &WorkingDays, now_ms: i64) -> bool {
        let is_day_off = self.only_working_days && !days.has(days.day_at(now_ms));
        is_day_off || self.quiet.is_some_and(|quiet| quiet.covers(days.zone.minute_at(now_ms)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn at(text: &str) -> i64 {
        chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
    }

    #[test]
    fn a_kind_that_is_younger_than_the_settings_is_on_and_one_that_was_switched_off_stays_off() {
        let kept = r#"{"is_on":true,"kinds":["meeting"],"quiet":null,"only_working_days":true,"without_details":false}"#;
        let settings: ReminderSettings = serde_json::from_str(kept).unwrap();
        assert_eq!(settings.kinds, [ReminderKind::Meeting, ReminderKind::Visit].into());
        let off = ReminderSettings { kinds: [ReminderKind::Meeting].into(), ..settings };
        let again: ReminderSettings = serde_json::from_str(&serde_json::to_string(&off).unwrap()).unwrap();
        assert_eq!(again, off);
    }

    fn days(zone: &str, holidays: &[&str]) -> WorkingDays {
        let mut settings = Settings { time_zone: zone.parse().unwrap(), ..Settings::default() };
        settings.holidays = holidays.iter().map(|day| (day.parse().unwrap(), String::new())).collect();
        WorkingDays::of(&settings)
    }

    #[test]
    fn hours_that_cannot_be_are_refused() {
        for (from, to, fault) in [
            (480, 480, QuietFault::NeverOrAlways),
            (0, 0, QuietFault::NeverOrAlways),
            (1_440, 480, QuietFault::NoSuchMinute(1_440)),
            (480, 9_999, QuietFault::NoSuchMinute(9_999)),
        ] {
            assert_eq!(QuietHours::new(from, to), Err(fault));
        }
        assert_eq!(QuietHours::new(1_080, 480), Ok(QuietHours::USUAL));
    }

    #[test]
    fn hours_may_go_over_midnight() {
        let night = QuietHours::USUAL;
        let noon = QuietHours::new(12 * 60, 13 * 60).unwrap();
        for (minute, is_night, is_noon) in [
            (0, true, false),
            (7 * 60 + 59, true, false),
            (8 * 60, false, false),
            (12 * 60, false, true),
            (13 * 60 - 1, false, true),
            (13 * 60, false, false),
            (18 * 60 - 1, false, false),
            (18 * 60, true, false),
            (1_439, true, false),
        ] {
            assert_eq!((night.covers(minute), noon.covers(minute)), (is_night, is_noon), "{minute}");
        }
    }

    #[test]
    fn quiet_is_what_the_clocks_of_the_workspace_show() {
        let settings = ReminderSettings::default();
        let berlin = days("Europe/Berlin", &["2026-11-25"]);
        for (moment, is_quiet) in [
            ("2026-11-24T07:59:59+01:00", true),
            ("2026-11-24T08:00:00+01:00", false),
            ("2026-11-24T17:59:59+01:00", false),
            ("2026-11-24T18:00:00+01:00", true),
            ("2026-11-25T10:00:00+01:00", true),
            ("2026-11-28T10:00:00+01:00", true),
            // Past midnight it is Monday in Berlin, while UTC still has Sunday.
            ("2026-11-29T23:30:00Z", true),
            ("2026-11-30T07:00:00Z", false),
        ] {
            assert_eq!(settings.is_quiet(&berlin, at(moment)), is_quiet, "{moment}");
        }
        let every_day = ReminderSettings { only_working_days: false, ..settings.clone() };
        assert!(!every_day.is_quiet(&berlin, at("2026-11-28T10:00:00+01:00")));
        let never = ReminderSettings { quiet: None, ..every_day };
        assert!(!never.is_quiet(&berlin, at("2026-11-28T03:00:00+01:00")));
        // Elsewhere it is another time.
        assert!(settings.is_quiet(&days("America/Chicago", &[]), at("2026-11-24T10:00:00+01:00")));
    }

    #[test]
    fn a_change_of_clocks_moves_the_end_of_the_night_with_them() {
        // The clocks of Berlin go forward on 29 March and back on 25 October 2026; both are Sundays.
        let settings = ReminderSettings { only_working_days: false, ..ReminderSettings::default() };
        let berlin = days("Europe/Berlin", &[]);
        for (day, end) in [
            ("2026-03-28", "2026-03-28T07:00:00Z"),
            ("2026-03-29", "2026-03-29T06:00:00Z"),
            ("2026-10-24", "2026-10-24T06:00:00Z"),
            ("2026-10-25", "2026-10-25T07:00:00Z"),
        ] {
            let end = at(end);
            assert!(settings.is_quiet(&berlin, end - 1), "{day}");
            assert!(!settings.is_quiet(&berlin, end), "{day}");
        }
        // An hour that is shown twice is quiet both times, one that is skipped makes no hole.
        let early = ReminderSettings { quiet: QuietHours::new(60, 180).ok(), ..settings };
        let twice = at("2026-10-25T00:30:00Z");
        assert!(early.is_quiet(&berlin, twice) && early.is_quiet(&berlin, twice + HOUR));
        assert!(!early.is_quiet(&berlin, twice + 2 * HOUR));
        assert!(!early.is_quiet(&berlin, at("2026-03-29T01:00:00Z")), "the clocks show 03:00");
    }
}
