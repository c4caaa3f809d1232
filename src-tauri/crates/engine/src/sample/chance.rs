//! Chance from a seed, so that one seed is one company.

use std::cell::Cell;

/// A small deterministic generator (`SplitMix64`: Steele, Lea and Flood 2014).
pub(super) struct Chance {
    seed: u64,
    state: Cell<u64>,
}

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self { seed, state: Cell::new(seed) }
    }

    /// Begins anew at a place of the history: what is drawn from here on depends on the seed and the place, and on
    /// nothing that was drawn before. A holiday more in some week then changes that week, and not the whole story.
    pub(super) fn turn_to(&self, weeks_ago: i32, day: i32, nth: u32) {
        let place = u64::from(weeks_ago.unsigned_abs()) << 40 | u64::from(day.unsigned_abs()) << 32;
        self.state.set(self.seed ^ (place | u64::from(nth)));
        self.state.set(self.next());
    }

    fn next(&self) -> u64 {
        self.state.set(self.state.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
        let mut z = self.state.get();
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Evenly from 0 to `below − 1`.
    pub(super) fn below(&self, below: u32) -> u32 {
        (((self.next() >> 32) * u64::from(below)) >> 32) as u32
    }

    /// Evenly from `least` to `most`, both included.
    pub(super) fn between(&self, least: i32, most: i32) -> i32 {
        least + self.below(most.abs_diff(least) + 1) as i32
    }

    /// True `per_mille` times in a thousand.
    pub(super) fn happens(&self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One of the weighted places.
    pub(super) fn weighted(&self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut drawn = self.below(weights.clone().sum());
        for (place, weight) in weights.enumerate() {
            if drawn < weight {
                return place;
            }
            drawn -= weight;
        }
        0
    }

    /// One of some numbers of days, each with its weight.
    pub(super) fn days(&self, choices: &[(i32, u32)]) -> i32 {
        let place = self.weighted(choices.iter().map(|(_, weight)| *weight));
        choices.get(place).map_or(0, |(days, _)| *days)
    }
}
