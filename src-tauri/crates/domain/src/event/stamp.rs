//! The hybrid logical clock: wall time where clocks agree, order where they do not.

use serde::{Deserialize, Serialize};

/// A stamp further than this ahead of the local clock is held back, its stamp not merged: one laptop that
/// believes it is 2040 must not pull every other clock there.
pub const AHEAD_MAX_MS: i64 = 24 * 60 * 60 * 1000;

/// When an event was made: milliseconds since 1970 UTC as its device believed, and a counter that orders what
/// happened within one of them. Travels as `[wall_ms, counter]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(i64, u32)", into = "(i64, u32)")]
pub struct Stamp {
    /// Milliseconds since 1970-01-01 UTC.
    pub wall_ms: i64,
    /// Order within the millisecond.
    pub counter: u32,
}

impl From<(i64, u32)> for Stamp {
    fn from((wall_ms, counter): (i64, u32)) -> Self {
        Self { wall_ms, counter }
    }
}

impl From<Stamp> for (i64, u32) {
    fn from(stamp: Stamp) -> Self {
        (stamp.wall_ms, stamp.counter)
    }
}

impl Stamp {
    /// The stamp of the next event made here, later than every stamp seen so far.
    #[must_use]
    pub fn tick(self, now_ms: i64) -> Self {
        if now_ms > self.wall_ms {
            return Self { wall_ms: now_ms, counter: 0 };
        }
        match self.counter.checked_add(1) {
            Some(counter) => Self { wall_ms: self.wall_ms, counter },
            None => Self { wall_ms: self.wall_ms.saturating_add(1), counter: 0 },
        }
    }

    /// The clock after a stamp from elsewhere was seen.
    #[must_use]
    pub fn merge(self, seen: Self) -> Self {
        self.max(seen)
    }

    /// Whether an event with this stamp is held back at local time `now_ms`.
    pub const fn is_ahead(self, now_ms: i64) -> bool {
        self.wall_ms > now_ms.saturating_add(AHEAD_MAX_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tick_is_later_than_everything_merged(seen in prop::collection::vec((0i64..1000, any::<u32>()), 0..20), now in 0i64..1000) {
            let clock = seen.iter().fold(Stamp::default(), |clock, stamp| clock.merge((*stamp).into()));
            let next = clock.tick(now);
            prop_assert!(seen.iter().all(|stamp| next > Stamp::from(*stamp)));
            prop_assert!(next.wall_ms >= now);
        }
    }

    #[test]
    fn a_day_and_more_ahead_is_held_back() {
        let stamp = Stamp { wall_ms: AHEAD_MAX_MS + 5, counter: 0 };
        assert!(stamp.is_ahead(4));
        assert!(!stamp.is_ahead(5));
    }
}
