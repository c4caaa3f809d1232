//! The rules: which points are a signal.

use serde::{Deserialize, Serialize};

use super::limits::{HALF_FACTOR, LIMIT_FACTOR, NEAR_FACTOR, Ruler};
use super::options::RuleSet;
use super::value::Value;

/// A rule, in the order in which one word is chosen where several fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Strictly beyond a natural process limit.
    Outside,
    /// Strict steps the same way.
    Trend,
    /// Often near a limit: two of three beyond two thirds (*Making Data Count*), three of four beyond the
    /// half-way line (*Wheeler*).
    NearLimits,
    /// A run strictly on one side of the mean.
    Shift,
}

impl Rule {
    /// Every rule, in the order of precedence.
    pub const ALL: [Self; 4] = [Self::Outside, Self::Trend, Self::NearLimits, Self::Shift];

    /// The rule's name in files: `outside`, `trend`, `near-limits`, `shift`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Trend => "trend",
            Self::NearLimits => "near-limits",
            Self::Shift => "shift",
        }
    }
}

/// Towards higher or lower numbers: a side of the mean, or the direction of a trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Above, or rising.
    High,
    /// Below, or falling.
    Low,
}

impl Side {
    /// The side of a sign; `None` for 0.
    pub(super) const fn of(sign: i8) -> Option<Self> {
        match sign {
            0 => None,
            1.. => Some(Self::High),
            _ => Some(Self::Low),
        }
    }
}

/// A pattern within one phase.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pattern {
    pub(super) rule: Rule,
    pub(super) side: Side,
    /// Positions among the counted points of the phase, ascending, never empty.
    pub(super) members: Vec<usize>,
}

/// Finds every pattern among the counted points of one phase (ghosts left out, absent weeks bridged).
/// `ruler` is `None` where there are no limits; then there is no signal either.
pub(super) fn patterns(values: &[Value], ruler: Option<Ruler>, rule_set: RuleSet) -> Vec<Pattern> {
    let Some(ruler) = ruler else { return Vec::new() };
    let numbers: Vec<f64> = values.iter().map(|value| value.number()).collect();
    let beyond = |factor: f64| -> Vec<i8> {
        let distance = factor * ruler.range_mean;
        let (lower, upper) = (ruler.mean - distance, ruler.mean + distance);
        numbers.iter().map(|x| ruler.side(*x, upper).max(0) + ruler.side(*x, lower).min(0)).collect()
    };
    let sides: Vec<i8> = numbers.iter().map(|x| ruler.side(*x, ruler.mean)).collect();
    let outside = beyond(LIMIT_FACTOR);

    let mut found = singles(&outside);
    if let Some(points) = rule_set.trend_points() {
        found.extend(trends(values, points));
    }
    // Without variation the near limits are the mean itself, and every point that differs is outside anyway.
    if ruler.range_mean > 0.0 {
        found.extend(match rule_set {
            RuleSet::MakingDataCount => two_of_three(&sides, &beyond(NEAR_FACTOR), &outside),
            RuleSet::Wheeler => three_of_four(&beyond(HALF_FACTOR)),
        });
    }
    found.extend(shifts(&sides, rule_set.shift_points()));
    if ruler.range_mean <= 0.0 {
        for pattern in &mut found {
            pattern.members.retain(|member| sides[*member] != 0);
        }
        found.retain(|pattern| !pattern.members.is_empty());
    }
    found
}

/// Each point beyond a limit by itself.
fn singles(outside: &[i8]) -> Vec<Pattern> {
    let each = outside.iter().enumerate();
    each.filter_map(|(at, sign)| {
        Some(Pattern { rule: Rule::Outside, side: Side::of(*sign)?, members: vec![at] })
    })
    .collect()
}

/// Maximal stretches of equal signs other than 0: `(sign, from, to)` with `to` exclusive.
fn stretches(signs: &[i8]) -> Vec<(i8, usize, usize)> {
    let mut found: Vec<(i8, usize, usize)> = Vec::new();
    for (at, sign) in signs.iter().copied().enumerate() {
        match found.last_mut() {
            Some((last, _, to)) if *last == sign && *to == at => *to = at + 1,
            _ => found.push((sign, at, at + 1)),
        }
    }
    found.retain(|(sign, ..)| *sign != 0);
    found
}

/// Runs strictly on one side of the mean; a point on the mean breaks the run.
fn shifts(sides: &[i8], points: usize) -> Vec<Pattern> {
    let long = stretches(sides).into_iter().filter(|(_, from, to)| to - from >= points);
    long.filter_map(|(sign, from, to)| {
        Some(Pattern { rule: Rule::Shift, side: Side::of(sign)?, members: (from..to).collect() })
    })
    .collect()
}

/// Strict steps the same way; a tie breaks the trend. A turning point belongs to both of its trends.
fn trends(values: &[Value], points: usize) -> Vec<Pattern> {
    let steps: Vec<i8> = values.windows(2).map(|pair| pair[1].compare(pair[0]) as i8).collect();
    let long = stretches(&steps).into_iter().filter(|(_, from, to)| to - from + 1 >= points);
    long.filter_map(|(sign, from, to)| {
        Some(Pattern { rule: Rule::Trend, side: Side::of(sign)?, members: (from..=to).collect() })
    })
    .collect()
}

/// Windows of three strictly on one side with at least two points between near limit and limit; those points.
fn two_of_three(sides: &[i8], near: &[i8], outside: &[i8]) -> Vec<Pattern> {
    let mut found = Vec::new();
    for from in 0..sides.len().saturating_sub(2) {
        let window = from..from + 3;
        let sign = sides[from];
        if !window.clone().all(|at| sides[at] == sign) {
            continue;
        }
        let close: Vec<usize> = window.filter(|at| near[*at] != 0 && outside[*at] == 0).collect();
        if close.len() >= 2 {
            add_window(&mut found, sign, &close);
        }
    }
    found
}

/// Windows of four with at least three points beyond one half-way line; the whole window.
fn three_of_four(half: &[i8]) -> Vec<Pattern> {
    let mut found = Vec::new();
    for from in 0..half.len().saturating_sub(3) {
        for sign in [1, -1] {
            let window = from..from + 4;
            if window.clone().filter(|at| half[*at] == sign).count() >= 3 {
                add_window(&mut found, sign, &window.collect::<Vec<_>>());
            }
        }
    }
    found
}

/// Adds a window's points, joining it to the last pattern where they overlap on the same side.
fn add_window(found: &mut Vec<Pattern>, sign: i8, members: &[usize]) {
    let Some(side) = Side::of(sign) else { return };
    if let Some(last) = found.iter_mut().rev().find(|pattern| pattern.side == side)
        && members.iter().any(|member| last.members.contains(member))
    {
        last.members.extend(members);
        last.members.sort_unstable();
        last.members.dedup();
        return;
    }
    found.push(Pattern { rule: Rule::NearLimits, side, members: members.to_vec() });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(values: &[f64]) -> Vec<Value> {
        values.iter().filter_map(|value| Value::plain(*value)).collect()
    }

    fn members(values: &[f64], ruler: Ruler, rule_set: RuleSet, rule: Rule) -> Vec<Vec<usize>> {
        let found = patterns(&plain(values), Some(ruler), rule_set);
        found.into_iter().filter(|pattern| pattern.rule == rule).map(|pattern| pattern.members).collect()
    }

    const RULER: Ruler = Ruler { mean: 50.0, range_mean: 2.0 };

    #[test]
    fn a_shift_needs_seven_or_eight_strictly_on_one_side() {
        use RuleSet::{MakingDataCount, Wheeler};
        for (values, rule_set, expected) in [
            (vec![51.0; 6], MakingDataCount, vec![]),
            (vec![51.0; 7], MakingDataCount, vec![(0..7).collect::<Vec<_>>()]),
            (vec![51.0; 7], Wheeler, vec![]),
            (vec![49.0; 8], Wheeler, vec![(0..8).collect()]),
            (vec![51.0, 51.0, 51.0, 50.0, 51.0, 51.0, 51.0, 51.0], MakingDataCount, vec![]),
        ] {
            assert_eq!(members(&values, RULER, rule_set, Rule::Shift), expected, "{values:?} {rule_set:?}");
        }
    }

    #[test]
    fn a_point_on_a_limit_is_not_outside() {
        let edge = 50.0 + LIMIT_FACTOR * 2.0;
        assert!(members(&[edge], RULER, RuleSet::Wheeler, Rule::Outside).is_empty());
        assert_eq!(members(&[edge + 1e-6], RULER, RuleSet::Wheeler, Rule::Outside), [[0]]);
    }

    #[test]
    fn a_tie_breaks_a_trend() {
        let rising: Vec<f64> = (0..7).map(|i| 48.0 + f64::from(i) / 10.0).collect();
        assert_eq!(members(&rising, RULER, RuleSet::MakingDataCount, Rule::Trend).len(), 1);
        assert!(members(&rising, RULER, RuleSet::Wheeler, Rule::Trend).is_empty());
        let mut tied = rising;
        tied[3] = tied[2];
        assert!(members(&tied, RULER, RuleSet::MakingDataCount, Rule::Trend).is_empty());
    }

    #[test]
    fn without_variation_only_a_point_that_differs_is_a_signal() {
        let flat = Ruler { mean: 100.0, range_mean: 0.0 };
        let mut values = vec![100.0; 12];
        assert!(patterns(&plain(&values), Some(flat), RuleSet::MakingDataCount).is_empty());
        values.extend([101.0, 102.0, 103.0, 104.0, 105.0, 106.0]);
        let found = patterns(&plain(&values), Some(flat), RuleSet::MakingDataCount);
        assert!(found.iter().all(|pattern| pattern.members.iter().all(|member| *member >= 12)));
        assert!(found.iter().all(|pattern| pattern.rule != Rule::NearLimits));
    }
}
