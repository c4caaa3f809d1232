//! From a source's time zone to the workspace's.

use std::str::FromStr;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::stamp::Stamp;
use crate::day::Day;

/// Years whose changes of the clock are looked up; before and after, the first and last offset hold.
const FIRST_SECOND: i64 = 0;
/// 2100-01-01.
const LAST_SECOND: i64 = 4_102_444_800;
/// Step of the search for changes of the clock: shorter than the shortest stretch between two of them
/// (Morocco's month of Ramadan).
const STEP_SECONDS: i64 = 10 * 86_400;

/// The name is not a time zone of the IANA database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a time zone (examples: Europe/Berlin, America/New_York, UTC)")]
pub struct NotAZone(pub String);

/// Turns a [`Stamp`] into the day it falls on where the workspace is.
///
/// Built once per column: the changes of both clocks are looked up when it is made, so that a cell costs a
/// search in a short table.
#[derive(Clone, Debug)]
pub struct Zones {
    workspace: Clock,
    source: Option<Clock>,
}

/// The changes of one clock: from this second on (UTC), this many seconds east.
#[derive(Clone, Debug)]
struct Clock {
    changes: Vec<(i64, i32)>,
}

impl Zones {
    /// `workspace` is the zone whose days count; `source` is the zone in which a system writes times without
    /// an offset, where it differs.
    ///
    /// # Errors
    /// A name that is not in the IANA database.
    pub fn new(workspace: &str, source: Option<&str>) -> Result<Self, NotAZone> {
        let source = source.filter(|source| *source != workspace);
        Ok(Self { workspace: Clock::of(workspace)?, source: source.map(Clock::of).transpose()? })
    }

    /// The day in the workspace's zone.
    ///
    /// A date without a time stays the day that it names, since nobody means another one. A time without an
    /// offset is taken in the source's zone, or as it stands where none is declared. A time that the clocks
    /// went through twice is the first of the two; one that they jumped over counts as if they had not.
    pub fn day(&self, stamp: Stamp) -> Day {
        Day(self.seconds(stamp).div_euclid(86_400) as i32)
    }

    /// The moment in the workspace's zone, as seconds since 1970-01-01T00:00 there; read as [`Zones::day`] reads.
    pub fn seconds(&self, stamp: Stamp) -> i64 {
        let local = stamp.local_seconds();
        let utc = match (stamp.seconds_of_day, stamp.offset_seconds, &self.source) {
            (None, _, _) | (_, None, None) => return local,
            (_, Some(offset), _) => local - i64::from(offset),
            (_, None, Some(source)) => source.to_utc(local),
        };
        utc + i64::from(self.workspace.offset_at(utc))
    }
}

impl Clock {
    fn of(name: &str) -> Result<Self, NotAZone> {
        let zone = Tz::from_str(name).map_err(|_| NotAZone(name.into()))?;
        let offset = |second: i64| {
            DateTime::from_timestamp(second, 0)
                .map_or(0, |at| zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc())
        };
        let mut changes = vec![(i64::MIN, offset(FIRST_SECOND))];
        let (mut before, mut current) = (FIRST_SECOND, offset(FIRST_SECOND));
        while before < LAST_SECOND {
            let after = before + STEP_SECONDS;
            let next = offset(after);
            if next != current {
                let (mut low, mut high) = (before, after);
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if offset(middle) == current { low = middle } else { high = middle }
                }
                changes.push((high, next));
                current = next;
            }
            before = after;
        }
        Ok(Self { changes })
    }

    fn offset_at(&self, utc: i64) -> i32 {
        let after = self.changes.partition_point(|(from, _)| *from <= utc);
        self.changes.get(after.saturating_sub(1)).map_or(0, |(_, offset)| *offset)
    }

    fn to_utc(&self, local: i64) -> i64 {
        // No offset is more than a day, and no two changes are less than two days apart.
        let earlier = local - i64::from(self.offset_at(local - 86_400));
        let later = local - i64::from(self.offset_at(local + 86_400));
        let holds = |utc: i64| utc + i64::from(self.offset_at(utc)) == local;
        match (holds(earlier), holds(later)) {
            (true, true) => earlier.min(later),
            (false, true) => later,
            // In a gap the clock before the change is kept.
            (true | false, false) => earlier,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::DateFormat;
    use proptest::prelude::*;

    #[test]
    fn timestamps_fall_on_the_workspaces_day() {
        for (workspace, source, cell, day) in [
            ("Europe/Berlin", None, "2026-03-20", "2026-03-20"),
            ("Europe/Berlin", Some("America/Los_Angeles"), "2026-03-20", "2026-03-20"),
            ("Europe/Berlin", None, "2026-03-20T23:30", "2026-03-20"),
            ("Europe/Berlin", None, "2026-03-20T23:30Z", "2026-03-21"),
            ("Europe/Berlin", None, "2026-07-20T22:30Z", "2026-07-21"),
            ("Europe/Berlin", None, "2026-01-20T22:30Z", "2026-01-20"),
            ("Europe/Berlin", Some("America/Los_Angeles"), "2026-03-20T18:00", "2026-03-21"),
            ("America/Los_Angeles", Some("Asia/Tokyo"), "2026-03-20T08:00", "2026-03-19"),
            // The clocks went back from 03:00 to 02:00 in Berlin; 02:30 is the summer's, 00:30 in UTC.
            ("UTC", Some("Europe/Berlin"), "2026-10-25T02:30", "2026-10-25"),
            // They jumped from 02:00 to 03:00: 02:30 counts with winter's offset.
            ("UTC", Some("Europe/Berlin"), "2026-03-29T02:30", "2026-03-29"),
            ("UTC", Some("Pacific/Auckland"), "2026-01-01T12:59", "2025-12-31"),
        ] {
            let stamp = DateFormat::ISO.parse(cell.as_bytes()).unwrap();
            let zones = Zones::new(workspace, source).unwrap();
            assert_eq!(zones.day(stamp).to_string(), day, "{workspace} {source:?} {cell}");
            assert_eq!(
                Day(zones.seconds(stamp).div_euclid(86_400) as i32).to_string(),
                day,
                "{workspace} {source:?} {cell}"
            );
        }
        assert!(Zones::new("Berlin", None).is_err());
    }

    proptest! {
        #[test]
        fn offsets_agree_with_the_zone_database(second in 0i64..4_102_444_800, zone in prop::sample::select(vec!["Europe/Berlin", "Africa/Casablanca", "America/Sao_Paulo", "Asia/Gaza", "Australia/Lord_Howe"])) {
            let clock = Clock::of(zone).unwrap();
            let at = DateTime::from_timestamp(second, 0).unwrap().naive_utc();
            let expected = Tz::from_str(zone).unwrap().offset_from_utc_datetime(&at).fix().local_minus_utc();
            prop_assert_eq!(clock.offset_at(second), expected);
        }
    }
}
