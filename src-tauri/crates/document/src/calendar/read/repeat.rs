//! Entries that repeat by a rule (RFC 5545, 3.8.5), written out.
//!
//! A rule speaks of what the clocks of the entry's own zone show: nine o'clock stays nine o'clock when they change. It
//! is therefore written out on those clocks, and only then each time is looked for here.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use plaza_domain::day::Day;
use plaza_domain::workspace::TimeZone;
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};

use super::{Away, DAY, Moment, moment};

/// Times that one rule may give within the days that are asked for: more than one a day are no absences.
const TIMES_MAX: u16 = 4_000;

/// An entry that repeats.
pub(super) struct Repeated {
    pub(super) uid: String,
    /// The first.
    pub(super) start: Moment,
    /// Seconds, of each.
    pub(super) length: i64,
    /// As they are written.
    pub(super) rules: Vec<String>,
    /// More beside what the rules say.
    pub(super) also: Vec<Moment>,
    /// Left out, or replaced.
    pub(super) except: Vec<Moment>,
}

impl Repeated {
    /// When each begins that touches the days `within`, in seconds on the clocks of `zone`; `None` where a rule cannot be
    /// understood, and then none of them counts.
    pub(super) fn starts(&self, zone: TimeZone, within: Away) -> Option<Vec<i64>> {
        let own = self.zone(zone);
        let mut moments = BTreeSet::new();
        for rule in &self.rules {
            moments.extend(self.by_rule(rule, own, within)?);
        }
        let first = on_the_clock(self.start);
        moments.insert(first);
        moments.extend(self.also.iter().map(|also| on_the_clock(self.as_own(*also, own))));
        let days = self.except.iter().filter(|except| except.is_day()).map(|except| except.day().0);
        let days: BTreeSet<i32> = days.collect();
        let times = self.except.iter().filter(|except| !except.is_day());
        let times: BTreeSet<i64> = times.map(|except| on_the_clock(self.as_own(*except, own))).collect();
        let is_left = |moment: &i64| !times.contains(moment) && !days.contains(&day_of(*moment).0);
        let here = |moment: i64| self.at(moment, own).seconds(zone);
        let (from, until) = (i64::from(within.from.0) * DAY, (i64::from(within.until.0) + 1) * DAY);
        let touches = |start: &i64| *start < until && start.saturating_add(self.length) > from;
        Some(moments.into_iter().filter(is_left).filter_map(here).filter(touches).collect())
    }

    /// Whose clocks the rules speak of.
    const fn zone(&self, here: TimeZone) -> TimeZone {
        match self.start {
            Moment::Day(_) => here,
            Moment::Shown(.., zone) => zone,
        }
    }

    /// A moment on the clocks that the rules speak of, whichever it was written on: some programs name a whole day by its
    /// midnight in UTC.
    fn as_own(&self, moment: Moment, own: TimeZone) -> Moment {
        match moment.seconds(own) {
            Some(seconds) if self.start.is_day() || !moment.is_day() => self.at(seconds, own),
            _ => moment,
        }
    }

    /// Seconds on those clocks, as the kind of moment that the first one is.
    fn at(&self, seconds: i64, own: TimeZone) -> Moment {
        let day = day_of(seconds);
        match self.start {
            Moment::Day(_) => Moment::Day(day),
            Moment::Shown(..) => {
                let minute = seconds.rem_euclid(DAY) / 60;
                Moment::Shown(day, u16::try_from(minute).unwrap_or_default(), own)
            }
        }
    }

    /// What a rule says, seconds on the clocks of `own`. They may lie a little outside: how far `own` is from here is not
    /// looked at yet.
    fn by_rule(&self, rule: &str, own: TimeZone, within: Away) -> Option<Vec<i64>> {
        let (rule, until) = self.without_end(rule, own)?;
        let first = clock(on_the_clock(self.start))?;
        let rule: RRule<Unvalidated> = rule.parse().ok()?;
        if !matches!(
            rule.get_freq(),
            Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily
        ) {
            return None;
        }
        let set = RRuleSet::new(first).rrule(rule.validate(first).ok()?);
        let from = i64::from(within.from.0 - 1) * DAY - self.length;
        let last = (i64::from(within.until.0) + 2) * DAY;
        let last = until.map_or(last, |until| until.min(last));
        if last < from {
            return Some(Vec::new());
        }
        let found = set.after(clock(from)?).before(clock(last)?).all(TIMES_MAX);
        (!found.limited).then(|| found.dates.iter().map(DateTime::timestamp).collect())
    }

    /// The rule without its `UNTIL`, and that as seconds on the clocks of `own`: programs write it as a day, as a time
    /// somewhere or as one in UTC, whatever the entry begins with.
    fn without_end(&self, rule: &str, own: TimeZone) -> Option<(String, Option<i64>)> {
        let (ends, rest): (Vec<&str>, Vec<&str>) =
            rule.split(';').filter(|part| !part.is_empty()).partition(|part| part.starts_with("UNTIL="));
        let end = match ends.as_slice() {
            [] => None,
            [end] => Some(match moment(end.strip_prefix("UNTIL=")?, own)? {
                // The whole day is meant.
                Moment::Day(day) => i64::from(day.0) * DAY + DAY - 1,
                // The last of whole days is the one that its end falls on.
                Moment::Shown(day, ..) if self.start.is_day() => i64::from(day.0) * DAY,
                end @ Moment::Shown(..) => end.seconds(own)?,
            }),
            _ => return None,
        };
        Some((rest.join(";"), end))
    }
}

/// What its own clocks show then, seconds since 1970-01-01T00:00.
fn on_the_clock(moment: Moment) -> i64 {
    match moment {
        Moment::Day(day) => i64::from(day.0) * DAY,
        Moment::Shown(day, minute, _) => i64::from(day.0) * DAY + i64::from(minute) * 60,
    }
}

fn day_of(seconds: i64) -> Day {
    Day(i32::try_from(seconds.div_euclid(DAY)).unwrap_or(i32::MAX))
}

fn clock(seconds: i64) -> Option<DateTime<Tz>> {
    DateTime::<Utc>::from_timestamp(seconds, 0).map(|time| time.with_timezone(&Tz::UTC))
}
