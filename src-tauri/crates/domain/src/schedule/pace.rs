//! Where an integration stands in its cadence, on the clock of one computer, which may jump.

use super::{Cadence, DAY_MS, MINUTE_MS, MINUTES_MIN};
use crate::workspace::TimeZone;

/// No two pulls that nobody asked for begin closer together, milliseconds.
const DISTANCE_MS: i64 = MINUTES_MIN as i64 * MINUTE_MS;

/// Days after the last pull among which the next moment is sought: two weeks, and the days that a calendar once left out.
const DAYS_AHEAD: i32 = 16;

/// Where an integration stands in its cadence. Moments are milliseconds since 1970 UTC by this computer's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The next moment is the first one behind this: when the last pull began, or the schedule was chosen.
    pub anchor: i64,
    /// Nothing is due before.
    pub not_before: i64,
}

impl Pace {
    /// A schedule begins to count now: it is not behind with anything.
    pub const fn chosen(now_ms: i64) -> Self {
        Self { anchor: now_ms, not_before: now_ms }
    }

    /// A pull began, by itself or by hand.
    pub const fn began(at_ms: i64) -> Self {
        Self { anchor: at_ms, not_before: at_ms + DISTANCE_MS }
    }

    /// The same where the clock was set back behind the last pull: how long that is ago nobody knows. The cadence counts
    /// on from now, so that it does not stand still until the old time comes again; and what has a time of the day not
    /// before half a day, since that time could be the one that was just pulled.
    #[must_use]
    pub fn on_clock(self, cadence: Cadence, now_ms: i64) -> Self {
        if self.anchor <= now_ms {
            return self;
        }
        let rest = match cadence {
            Cadence::ByHand | Cadence::Minutes { .. } => DISTANCE_MS,
            Cadence::Daily { .. } => DAY_MS / 2,
            Cadence::Weekly { .. } => DAY_MS,
        };
        Self { anchor: now_ms, not_before: now_ms + rest }
    }

    /// The moment at which the next pull is due; it may be past: however many were missed, one is due. None where only a
    /// person pulls.
    pub fn due(self, cadence: Cadence, zone: TimeZone) -> Option<i64> {
        // A time of the day that comes right after a pull is taken for pulled.
        let after = self.anchor.max(self.not_before);
        match cadence {
            Cadence::ByHand => None,
            Cadence::Minutes { minutes } => {
                Some((self.anchor + i64::from(minutes) * MINUTE_MS).max(self.not_before))
            }
            Cadence::Daily { time } => next_time(after, time.minute_of_day(), None, zone),
            Cadence::Weekly { weekday, time } => next_time(after, time.minute_of_day(), Some(weekday), zone),
        }
    }
}

/// The first moment after `after` at which the clocks show a minute of the day, on a day of the week where one is given.
fn next_time(after: i64, minute_of_day: u16, weekday: Option<u8>, zone: TimeZone) -> Option<i64> {
    let first = zone.day_at(after);
    (0..DAYS_AHEAD)
        .map(|days| first.plus(days))
        .filter(|day| weekday.is_none_or(|weekday| weekday == day.weekday()))
        .find_map(|day| zone.moment_of(day, minute_of_day).filter(|moment| *moment > after))
}
