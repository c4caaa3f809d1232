//! Chance from a seed. Written here because a seed must give the same answer in every later version and on every system:
//! only integers and the four operations, nothing of a system's mathematics library.

/// A stream of numbers (`SplitMix64`: Steele, Lea and Flood, 2014).
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = Self(seed ^ 0x5851_F42D_4C95_7F2D);
        // Neighbouring seeds shall not begin alike.
        rng.next();
        rng
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (((self.next() >> 32) * end as u64) >> 32) as usize
    }

    /// True in `part` of `whole` cases.
    pub(crate) fn chance(&mut self, part: usize, whole: usize) -> bool {
        self.below(whole) < part
    }

    /// One of these, or none when there are none.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).copied()
    }
}

/// Thresholds of Metropolis' rule: `-ln u` for `u` in the middle of each of so many equal parts of (0, 1).
pub(crate) struct Thresholds(Vec<f64>);

impl Thresholds {
    const PARTS: u32 = 4096;

    pub(crate) fn new() -> Self {
        Self(
            (0..Self::PARTS).map(|part| minus_ln((f64::from(part) + 0.5) / f64::from(Self::PARTS))).collect(),
        )
    }

    /// How many times the temperature a loss may be.
    pub(crate) fn draw(&self, rng: &mut Rng) -> f64 {
        self.0.get(rng.below(self.0.len())).copied().unwrap_or(0.0)
    }
}

/// `-ln x` for `x` in (0, 1], by halving and the series of the inverse hyperbolic tangent.
fn minus_ln(x: f64) -> f64 {
    let (mut scaled, mut halvings) = (x, 0_u32);
    while scaled < 0.75 {
        scaled *= 2.0;
        halvings += 1;
    }
    let ratio = (1.0 - scaled) / (1.0 + scaled);
    let (mut power, mut sum, mut term) = (ratio, 0.0, 1.0);
    for _ in 0..14 {
        sum += power / term;
        power *= ratio * ratio;
        term += 2.0;
    }
    2.0 * sum + f64::from(halvings) * std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_one() {
        for step in 1..=1000 {
            let x = f64::from(step) / 1000.0;
            assert!((minus_ln(x) + x.ln()).abs() < 1e-12, "{x}");
        }
    }

    #[test]
    fn every_number_below_the_end_comes_equally_often() {
        let mut rng = Rng::new(7);
        let mut seen = [0_u32; 10];
        for _ in 0..100_000 {
            seen[rng.below(10)] += 1;
        }
        assert!(seen.iter().all(|times| (9_500..10_500).contains(times)), "{seen:?}");
    }
}
