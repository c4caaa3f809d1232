//! The arithmetic of an `XmR` chart: mean, moving ranges, limits.
//!
//! The factors are the customary ones, rounded to two and three places, as Wheeler (*Understanding
//! Variation*) and *Making Data Count* print them: 2.66 and not 3/1.128 = 2.6596, 3.268 for the upper range
//! limit and 3.267 for screening. They differ from the unrounded ones in the fourth digit.

use serde::{Deserialize, Serialize};

/// Natural process limits lie this many mean moving ranges from the mean (2.66, not 3/1.128).
pub const LIMIT_FACTOR: f64 = 2.66;
/// The near limits: two thirds of the way to a natural process limit.
pub const NEAR_FACTOR: f64 = 2.0 * LIMIT_FACTOR / 3.0;
/// The half-way lines.
pub const HALF_FACTOR: f64 = 1.33;
/// The upper limit of the moving range.
pub const RANGE_FACTOR: f64 = 3.268;
/// A moving range of at least this many mean moving ranges is dropped by screening.
pub const SCREENING_FACTOR: f64 = 3.267;
/// Fewer points than this have no limits.
pub const FEWEST_FOR_LIMITS: usize = 6;
/// From this many points on the limits are firm.
pub const FEWEST_FOR_FIRM: usize = 13;
/// Two numbers this close, relative to the largest of the numbers at hand, are the same.
const SAME: f64 = 1e-9;

/// How far the limits can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Fewer than 6 points: the mean alone.
    RunChart,
    /// 6 to 12 points: limits that will still move.
    Provisional,
    /// 13 points or more.
    Firm,
}

impl State {
    /// The state of limits that rest on `n` points.
    pub const fn of(n: usize) -> Self {
        if n < FEWEST_FOR_LIMITS {
            Self::RunChart
        } else if n < FEWEST_FOR_FIRM {
            Self::Provisional
        } else {
            Self::Firm
        }
    }
}

/// What became of screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case", tag = "screening")]
pub enum Screening {
    /// Not asked for.
    Off,
    /// Done; so many moving ranges were dropped (0 when none stood out).
    Done {
        /// Moving ranges that were dropped.
        dropped: u32,
    },
    /// Refused: it would have left no variation at all. The unscreened mean moving range stays.
    Refused,
}

/// The lines of a phase with enough points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Limits {
    /// Lower natural process limit. Never clipped at 0.
    pub lower: f64,
    /// Upper natural process limit. Never clipped at 100.
    pub upper: f64,
    /// Two thirds of the way from the mean to the lower limit.
    pub near_lower: f64,
    /// Two thirds of the way from the mean to the upper limit.
    pub near_upper: f64,
    /// Half of the way from the mean to the lower limit.
    pub half_lower: f64,
    /// Half of the way from the mean to the upper limit.
    pub half_upper: f64,
    /// Upper limit of the moving range.
    pub range_upper: f64,
}

impl Limits {
    /// The lines at their distances from `mean`; `range_mean` is the mean moving range.
    pub const fn new(mean: f64, range_mean: f64) -> Self {
        Self {
            lower: mean - LIMIT_FACTOR * range_mean,
            upper: mean + LIMIT_FACTOR * range_mean,
            near_lower: mean - NEAR_FACTOR * range_mean,
            near_upper: mean + NEAR_FACTOR * range_mean,
            half_lower: mean - HALF_FACTOR * range_mean,
            half_upper: mean + HALF_FACTOR * range_mean,
            range_upper: RANGE_FACTOR * range_mean,
        }
    }
}

/// Mean, mean moving range and what became of screening, of the values that the limits rest on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Centre {
    pub(super) mean: f64,
    pub(super) range_mean: f64,
    pub(super) screening: Screening,
}

impl Centre {
    /// `None` without any value. A single value has a mean moving range of 0.
    pub(super) fn of(values: &[f64], screening: bool) -> Option<Self> {
        let mean = mean(values)?;
        let ranges: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let range_mean = self::mean(&ranges).unwrap_or(0.0);
        if !screening {
            return Some(Self { mean, range_mean, screening: Screening::Off });
        }
        let edge = SCREENING_FACTOR * range_mean;
        let kept: Vec<f64> =
            ranges.iter().copied().filter(|range| *range < edge && !same(*range, edge, range_mean)).collect();
        let dropped = (ranges.len() - kept.len()) as u32;
        Some(match self::mean(&kept) {
            Some(screened) if screened > 0.0 => {
                Self { mean, range_mean: screened, screening: Screening::Done { dropped } }
            }
            _ if ranges.is_empty() => Self { mean, range_mean, screening: Screening::Done { dropped: 0 } },
            _ => Self { mean, range_mean, screening: Screening::Refused },
        })
    }
}

/// The arithmetic mean, exact for a constant series: deviations from the first value are averaged, so that
/// twenty times 0.1 has the mean 0.1.
fn mean(values: &[f64]) -> Option<f64> {
    let first = *values.first()?;
    let sum: f64 = values.iter().map(|value| value - first).sum();
    Some(first + sum / values.len() as f64)
}

/// Whether `a` and `b` are the same within the tolerance, relative to the largest of the three.
pub(super) fn same(a: f64, b: f64, c: f64) -> bool {
    (a - b).abs() <= SAME * a.abs().max(b.abs()).max(c.abs())
}

/// Compares points with the lines of their phase; a point within 1e-9 · max(|x|, |mean|, amr) of a line is on it.
///
/// Lines are means of rates, so their own rounding is far below the tolerance and far above the gap in which an
/// exact comparison could differ: what is nearer than the tolerance counts as *on* either way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruler {
    pub(super) mean: f64,
    pub(super) range_mean: f64,
}

impl Ruler {
    /// −1 strictly below `line`, 0 on it, 1 strictly above.
    pub(super) fn side(self, x: f64, line: f64) -> i8 {
        let tolerance = SAME * x.abs().max(self.mean.abs()).max(self.range_mean);
        if (x - line).abs() <= tolerance {
            0
        } else if x > line {
            1
        } else {
            -1
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test may stop at once
mod tests {
    use super::*;

    #[test]
    fn the_state_follows_the_count() {
        for (n, state) in [
            (0, State::RunChart),
            (5, State::RunChart),
            (6, State::Provisional),
            (12, State::Provisional),
            (13, State::Firm),
        ] {
            assert_eq!(State::of(n), state, "{n} points");
        }
    }

    #[test]
    fn the_factor_is_the_rounded_one() {
        let limits = Limits::new(1000.0, 100.0);
        assert!((limits.upper - 1266.0).abs() < 1e-9, "2.66, not 3/1.128");
        assert!((limits.range_upper - 326.8).abs() < 1e-9);
    }

    #[test]
    fn screening_that_would_leave_no_variation_is_refused() {
        let mut dip = vec![100.0; 20];
        dip[14] = 97.0;
        let centre = Centre::of(&dip, true).unwrap();
        assert_eq!(centre.screening, Screening::Refused);
        assert!((centre.range_mean - 6.0 / 19.0).abs() < 1e-12);
        assert_eq!(Centre::of(&[100.0; 20], true).unwrap().screening, Screening::Refused);
    }

    #[test]
    fn screening_recomputes_the_range_and_never_the_mean() {
        let mut values: Vec<f64> = (0..20).map(|i| f64::from(i % 2)).collect();
        values[10] = 40.0;
        let plain = Centre::of(&values, false).unwrap();
        let screened = Centre::of(&values, true).unwrap();
        assert_eq!(screened.screening, Screening::Done { dropped: 2 });
        assert!((plain.mean - screened.mean).abs() < 1e-12);
        assert!((screened.range_mean - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_constant_series_has_exactly_its_constant_as_mean() {
        assert_eq!(Centre::of(&[0.1; 20], false).unwrap().mean.to_bits(), 0.1_f64.to_bits());
    }
}
