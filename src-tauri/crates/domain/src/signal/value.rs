//! What a chart is computed from: weekly observations with exact values.

use std::cmp::Ordering;

use crate::day::Day;

/// The largest plain value a chart accepts, so that sums of thousands and their limits stay finite.
pub const LARGEST_VALUE: f64 = 1e150;

/// A value of the series. Never NaN or infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value(Kind);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Rate { numerator: i64, denominator: i64, scale: i64 },
    Plain(f64),
}

impl Value {
    /// `scale · numerator / denominator`, kept exact (`scale` is 100 for a percentage, 1 for a mean).
    /// `None` when the denominator is not positive: such a week is absent, never 0 and never 100.
    pub const fn rate(numerator: i64, denominator: i64, scale: i64) -> Option<Self> {
        if denominator > 0 { Some(Self(Kind::Rate { numerator, denominator, scale })) } else { None }
    }

    /// A plain number; `None` when it is not finite or larger than [`LARGEST_VALUE`].
    pub fn plain(value: f64) -> Option<Self> {
        (value.is_finite() && value.abs() <= LARGEST_VALUE).then_some(Self(Kind::Plain(value)))
    }

    /// The nearest float, for limits and drawing.
    pub fn number(self) -> f64 {
        match self.0 {
            Kind::Rate { numerator, denominator, scale } => {
                (i128::from(numerator) * i128::from(scale)) as f64 / denominator as f64
            }
            Kind::Plain(value) => value,
        }
    }

    /// Numerator and denominator, where they are known.
    pub const fn counts(self) -> Option<(i64, i64)> {
        match self.0 {
            Kind::Rate { numerator, denominator, .. } => Some((numerator, denominator)),
            Kind::Plain(_) => None,
        }
    }

    /// Compares two values: exactly for two rates of one scale, by their floats otherwise.
    pub fn compare(self, other: Self) -> Ordering {
        if let (
            Kind::Rate { numerator: a, denominator: b, scale },
            Kind::Rate { numerator: c, denominator: d, scale: same },
        ) = (self.0, other.0)
            && scale == same
        {
            let exact = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
            return match scale.cmp(&0) {
                Ordering::Greater => exact,
                Ordering::Equal => Ordering::Equal,
                Ordering::Less => exact.reverse(),
            };
        }
        self.number().total_cmp(&other.number())
    }
}

/// One observation of the series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day that labels it: the Monday of its week, or the date of a file.
    pub day: Day,
    /// Its value.
    pub value: Value,
    /// Drawn, but excluded from mean and rules; the moving range bridges it.
    pub ghost: bool,
}

impl Point {
    /// A point that counts.
    pub const fn new(day: Day, value: Value) -> Self {
        Self { day, value, ghost: false }
    }

    /// The same point as a ghost.
    #[must_use]
    pub const fn ghosted(self) -> Self {
        Self { ghost: true, ..self }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test may stop at once
mod tests {
    use super::*;

    #[test]
    fn a_week_without_a_denominator_is_absent() {
        assert_eq!(Value::rate(0, 0, 100), None);
        assert_eq!(Value::rate(3, -1, 100), None);
        assert_eq!(Value::plain(f64::NAN), None);
        assert_eq!(Value::plain(f64::INFINITY), None);
        assert_eq!(Value::plain(1e200), None);
    }

    #[test]
    fn rates_are_compared_exactly() {
        let rate = |numerator, denominator| Value::rate(numerator, denominator, 100).unwrap();
        assert_eq!(rate(1, 3).compare(rate(2, 6)), Ordering::Equal);
        // These two are the same float.
        let (a, b) = (rate(i64::MAX - 1, i64::MAX), rate(i64::MAX - 2, i64::MAX - 1));
        assert_eq!(a.number().total_cmp(&b.number()), Ordering::Equal);
        assert_eq!(a.compare(b), Ordering::Greater);
    }
}
