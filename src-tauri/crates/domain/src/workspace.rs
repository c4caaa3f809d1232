//! A workspace and what it is set to: name, time zone, language, calendar, tolerance, the order of milestones.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Timelike as _, Utc};
use serde::{Deserialize, Serialize};

use crate::day::{Calendar, Day, Week};
use crate::journey::Milestone;
use crate::language::Language;

/// An IANA time zone, such as `Europe/Berlin`, that this program knows the rules of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(try_from = "String", into = "String")]
#[specta(type = String)]
pub struct TimeZone(chrono_tz::Tz);

/// The text is not the name of an IANA time zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a time zone such as Europe/Berlin")]
pub struct NotATimeZone(pub String);

impl TimeZone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(chrono_tz::UTC);

    /// The calendar day here at an instant, milliseconds since 1970 UTC. Instants outside the calendar's range
    /// are clamped.
    pub fn day_at(self, instant_ms: i64) -> Day {
        let instant: DateTime<Utc> = DateTime::from_timestamp_millis(instant_ms)
            .unwrap_or(if instant_ms < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC });
        Day::from(instant.with_timezone(&self.0).date_naive())
    }

    /// What the clocks here show at an instant (milliseconds since 1970 UTC), as seconds since 1970-01-01T00:00. Instants
    /// outside the calendar's range are clamped.
    pub fn seconds_at(self, instant_ms: i64) -> i64 {
        let instant: DateTime<Utc> = DateTime::from_timestamp_millis(instant_ms)
            .unwrap_or(if instant_ms < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC });
        instant.with_timezone(&self.0).naive_local().and_utc().timestamp()
    }

    /// The first moment of a calendar day here, milliseconds since 1970 UTC. Where the clocks skip midnight it is the
    /// moment to which they jump.
    pub fn start_of(self, day: Day) -> i64 {
        let midnight = day.to_date().and_time(NaiveTime::MIN);
        // No clock has ever skipped a whole day's worth of hours but where a day was left out: then UTC's will do.
        let mut hours = (0..24).map(|hours| midnight + TimeDelta::hours(hours));
        hours
            .find_map(|time| self.0.from_local_datetime(&time).earliest())
            .map_or_else(|| midnight.and_utc().timestamp_millis(), |instant| instant.timestamp_millis())
    }

    /// The moment at which the clocks here show `minute_of_day` (0–1439) on a calendar day, milliseconds since 1970 UTC.
    /// Shown twice, it is the first of the two; skipped, the moment to which the clocks jump. `None` where the rest of
    /// the day was left out as well.
    pub fn moment_of(self, day: Day, minute_of_day: u16) -> Option<i64> {
        let midnight = day.to_date().and_time(NaiveTime::MIN);
        (minute_of_day..MINUTES_OF_DAY).find_map(|minute| {
            let shown = midnight + TimeDelta::minutes(i64::from(minute));
            Some(self.0.from_local_datetime(&shown).earliest()?.timestamp_millis())
        })
    }

    /// The minute of the day (0–1439) that the clocks here show at an instant, milliseconds since 1970 UTC.
    pub fn minute_at(self, instant_ms: i64) -> u16 {
        let instant = DateTime::<Utc>::from_timestamp_millis(instant_ms).unwrap_or_default();
        let shown = instant.with_timezone(&self.0).time();
        (shown.hour() * 60 + shown.minute()) as u16
    }

    /// The calendar day in this zone of a local wall-clock time that a source gave in `from`. A time that a
    /// change of clocks skipped is read as if the clocks had not changed yet.
    pub fn day_of(self, local: NaiveDateTime, from: Self) -> Day {
        let instant = from.0.from_local_datetime(&local).earliest();
        Day::from(instant.map_or(local, |instant| instant.with_timezone(&self.0).naive_local()).date())
    }

    /// The underlying zone, for formatting at the edges.
    pub const fn zone(self) -> chrono_tz::Tz {
        self.0
    }

    /// All names that are accepted, in alphabetical order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }
}

impl FromStr for TimeZone {
    type Err = NotATimeZone;
    fn from_str(text: &str) -> Result<Self, NotATimeZone> {
        text.trim().parse().map(Self).map_err(|_| NotATimeZone(text.to_owned()))
    }
}

impl TryFrom<String> for TimeZone {
    type Error = NotATimeZone;
    fn try_from(text: String) -> Result<Self, NotATimeZone> {
        text.parse()
    }
}

impl From<TimeZone> for String {
    fn from(zone: TimeZone) -> Self {
        zone.0.name().to_owned()
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

/// Minutes that a clock shows on one day.
const MINUTES_OF_DAY: u16 = 1440;

/// A week settles this many days after its end, unless the workspace says otherwise.
pub const SETTLE_DAYS_DEFAULT: u32 = 28;

/// What a workspace is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The company's name.
    pub company: String,
    /// Every date is a calendar date in this zone.
    pub time_zone: TimeZone,
    /// The language of people who have not chosen their own.
    pub language: Language,
    /// Whether leads and lateness count working days (else every calendar day).
    pub counts_working_days: bool,
    /// The days of the week that the company works, Monday first.
    pub weekdays: [bool; 7],
    /// Days on which nobody works, with their names.
    pub holidays: BTreeMap<Day, String>,
    /// A quantity short by no more than this share of the ordered one is in full; millionths.
    pub tolerance_millionths: i64,
    /// Days after its end until a week settles.
    pub settle_days: u32,
    /// The milestones that the company has, in its order.
    pub milestones: Vec<Milestone>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            company: String::new(),
            time_zone: TimeZone::UTC,
            language: Language::En,
            counts_working_days: false,
            weekdays: [true, true, true, true, true, false, false],
            holidays: BTreeMap::new(),
            tolerance_millionths: 0,
            settle_days: SETTLE_DAYS_DEFAULT,
            milestones: Milestone::ALL.to_vec(),
        }
    }
}

/// One field of the settings, changed. Two people who change different fields at once both have their way; for
/// one field the later one shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum SettingChange {
    /// [`Settings::company`].
    Company(String),
    /// [`Settings::time_zone`].
    TimeZone(TimeZone),
    /// [`Settings::language`].
    Language(Language),
    /// [`Settings::counts_working_days`].
    CountsWorkingDays(bool),
    /// [`Settings::weekdays`].
    Weekdays([bool; 7]),
    /// One of [`Settings::holidays`]: its name, or nothing to take it away.
    Holiday {
        /// The day.
        day: Day,
        /// Its name; `None` makes it a day like others again.
        name: Option<String>,
    },
    /// [`Settings::tolerance_millionths`].
    ToleranceMillionths(i64),
    /// [`Settings::settle_days`].
    SettleDays(u32),
    /// [`Settings::milestones`].
    Milestones(Vec<Milestone>),
}

/// A setting that cannot be what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingRefused {
    /// The tolerance is not a share between nothing and everything.
    #[error("a tolerance of {0} millionths is not between 0 and 1 000 000")]
    Tolerance(i64),
    /// A milestone stands twice in the order.
    #[error("the milestone {} stands twice in the order", .0.word())]
    MilestoneTwice(Milestone),
    /// Without the day of the order nothing can be counted.
    #[error("the milestone ordered must be the first one")]
    OrderedNotFirst,
    /// A company that works on no day.
    #[error("at least one day of the week must be a working day")]
    NoWorkingDay,
}

impl SettingChange {
    /// The name under which the last writer wins: the field, for holidays with the day.
    pub fn key(&self) -> String {
        match self {
            Self::Company(_) => "company".into(),
            Self::TimeZone(_) => "time_zone".into(),
            Self::Language(_) => "language".into(),
            Self::CountsWorkingDays(_) => "counts_working_days".into(),
            Self::Weekdays(_) => "weekdays".into(),
            Self::Holiday { day, .. } => format!("holiday {day}"),
            Self::ToleranceMillionths(_) => "tolerance_millionths".into(),
            Self::SettleDays(_) => "settle_days".into(),
            Self::Milestones(_) => "milestones".into(),
        }
    }

    /// Whether the value can be used at all; asked before the change is written.
    ///
    /// # Errors
    /// [`SettingRefused`] says what is wrong.
    pub fn check(&self) -> Result<(), SettingRefused> {
        match self {
            Self::ToleranceMillionths(share) if !(0..=1_000_000).contains(share) => {
                Err(SettingRefused::Tolerance(*share))
            }
            Self::Weekdays(days) if days.iter().all(|works| !works) => Err(SettingRefused::NoWorkingDay),
            Self::Milestones(order) if order.first() != Some(&Milestone::Ordered) => {
                Err(SettingRefused::OrderedNotFirst)
            }
            Self::Milestones(order) => {
                let twice =
                    order.iter().enumerate().find(|(place, milestone)| order[..*place].contains(milestone));
                twice.map_or(Ok(()), |(_, milestone)| Err(SettingRefused::MilestoneTwice(*milestone)))
            }
            _ => Ok(()),
        }
    }
}

impl Settings {
    /// These settings with one change; a change that [`SettingChange::check`] refuses is left out, so that an
    /// event of a faulty program cannot break every screen.
    pub fn apply(&mut self, change: SettingChange) {
        if change.check().is_err() {
            return;
        }
        match change {
            SettingChange::Company(name) => self.company = name,
            SettingChange::TimeZone(zone) => self.time_zone = zone,
            SettingChange::Language(language) => self.language = language,
            SettingChange::CountsWorkingDays(counts) => self.counts_working_days = counts,
            SettingChange::Weekdays(days) => self.weekdays = days,
            SettingChange::Holiday { day, name: Some(name) } => {
                self.holidays.insert(day, name);
            }
            SettingChange::Holiday { day, name: None } => {
                self.holidays.remove(&day);
            }
            SettingChange::ToleranceMillionths(share) => self.tolerance_millionths = share,
            SettingChange::SettleDays(days) => self.settle_days = days,
            SettingChange::Milestones(order) => self.milestones = order,
        }
    }

    /// The calendar that leads and lateness are counted on.
    pub fn calendar(&self) -> Calendar {
        if self.counts_working_days {
            Calendar::working_days(self.weekdays, self.holidays.keys().copied())
        } else {
            Calendar::every_day()
        }
    }

    /// The last day on which a week is not settled yet. Clamped where the calendar ends.
    pub fn unsettled_until(&self, week: Week) -> Day {
        let days = i32::try_from(self.settle_days).unwrap_or(i32::MAX);
        Day(week.sunday().0.saturating_add(days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_zone_must_be_known() {
        for text in ["", "Berlin", "Europe/Nowhere", "+02:00"] {
            assert!(text.parse::<TimeZone>().is_err(), "{text}");
        }
        let berlin: TimeZone = "Europe/Berlin".parse().unwrap();
        // 2026-03-20 23:30 UTC is past midnight in Berlin.
        let instant = Day::from_ymd(2026, 3, 21).unwrap().to_date().and_hms_opt(0, 0, 0).unwrap().and_utc();
        assert_eq!(berlin.day_at(instant.timestamp_millis() - 30 * 60_000).to_string(), "2026-03-21");
        assert_eq!(TimeZone::UTC.day_at(instant.timestamp_millis() - 1).to_string(), "2026-03-20");
        // A minute that the clocks skipped still is a day.
        let skipped = Day::from_ymd(2026, 3, 29).unwrap().to_date().and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(TimeZone::UTC.day_of(skipped, berlin).to_string(), "2026-03-29");
    }

    #[test]
    fn a_day_starts_where_the_day_before_ends() {
        let havana: TimeZone = "America/Havana".parse().unwrap();
        let berlin: TimeZone = "Europe/Berlin".parse().unwrap();
        // On 8 March 2026 the clocks of Havana skip the hour after midnight.
        for (zone, day) in [(TimeZone::UTC, "2026-11-23"), (berlin, "2026-03-29"), (havana, "2026-03-08")] {
            let day: Day = day.parse().unwrap();
            let start = zone.start_of(day);
            assert_eq!((zone.day_at(start), zone.day_at(start - 1)), (day, day.plus(-1)), "{zone} {day}");
        }
    }

    #[test]
    fn settings_that_cannot_be_used_are_refused_and_never_applied() {
        use Milestone::{Delivered, Ordered};
        for change in [
            SettingChange::ToleranceMillionths(-1),
            SettingChange::ToleranceMillionths(1_000_001),
            SettingChange::Weekdays([false; 7]),
            SettingChange::Milestones(vec![]),
            SettingChange::Milestones(vec![Delivered, Ordered]),
            SettingChange::Milestones(vec![Ordered, Delivered, Delivered]),
        ] {
            assert!(change.check().is_err(), "{change:?}");
            let mut settings = Settings::default();
            settings.apply(change);
            assert_eq!(settings, Settings::default());
        }
    }

    #[test]
    fn a_holiday_can_be_taken_away_again() {
        let day: Day = "2026-12-25".parse().unwrap();
        let mut settings = Settings { counts_working_days: true, ..Settings::default() };
        let working = settings.calendar().count(day.plus(-1), day);
        settings.apply(SettingChange::Holiday { day, name: Some("Christmas".into()) });
        assert_eq!((working, settings.calendar().count(day.plus(-1), day)), (1, 0));
        settings.apply(SettingChange::Holiday { day, name: None });
        assert!(settings.holidays.is_empty());
    }

    #[test]
    fn a_week_settles_after_its_days() {
        let week: Week = "2026-W12".parse().unwrap();
        assert_eq!(Settings::default().unsettled_until(week).to_string(), "2026-04-19");
    }
}
