//! Signals as things with an identity: what is new since the last computation, what a restatement removed.

use serde::{Deserialize, Serialize};

use super::options::RuleSet;
use super::rule::{Rule, Side};
use crate::day::Day;

/// A signal: the rule, the points and the lines that it was found with.
///
/// Who keeps it adds the revision that it was found in and whether it is in a thread or explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Signal {
    /// The rule that fired.
    pub rule: Rule,
    /// Towards higher or lower numbers.
    pub side: Side,
    /// The days of its points, ascending, never empty.
    #[specta(type = Vec<String>)]
    pub days: Vec<Day>,
    /// The rule set that found it.
    pub rule_set: RuleSet,
    /// Mean of its phase when it was found.
    pub mean: f64,
    /// Lower natural process limit of its phase when it was found.
    pub lower: f64,
    /// Upper natural process limit of its phase when it was found.
    pub upper: f64,
}

impl Signal {
    /// Whether the two are one signal seen in two computations: the same rule to the same side, with at least
    /// one point in common. A shift that grew by a week is the same shift; limits may have moved.
    pub fn is_same(&self, other: &Self) -> bool {
        self.rule == other.rule
            && self.side == other.side
            && self.days.iter().any(|day| other.days.contains(day))
    }
}

/// The signals of the last computation beside those of this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Positions in `found` of signals that nobody has seen.
    pub new: Vec<usize>,
    /// Positions `(stored, found)` of signals that are still there. A signal may stand in several pairs when a
    /// restatement joined or split it.
    pub same: Vec<(usize, usize)>,
    /// Positions in `stored` of signals that are gone although their points are still in view.
    pub lapsed: Vec<usize>,
    /// Positions in `stored` of signals that ended before the first day in view: nothing is known about them.
    pub out_of_view: Vec<usize>,
}

/// Matches what was stored with what is found now. `first` is the first day of the series that was computed.
pub fn compare(stored: &[Signal], found: &[Signal], first: Option<Day>) -> Comparison {
    let mut comparison = Comparison::default();
    for (old, before) in stored.iter().enumerate() {
        let pairs = comparison.same.len();
        for (new, now) in found.iter().enumerate() {
            if before.is_same(now) {
                comparison.same.push((old, new));
            }
        }
        let in_view = before.days.last().zip(first).is_some_and(|(last, first)| *last >= first);
        if comparison.same.len() == pairs {
            if in_view { &mut comparison.lapsed } else { &mut comparison.out_of_view }.push(old);
        }
    }
    comparison.new = (0..found.len()).filter(|new| comparison.same.iter().all(|(_, at)| at != new)).collect();
    comparison
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(days: std::ops::Range<i32>, side: Side) -> Signal {
        Signal {
            rule: Rule::Shift,
            side,
            days: days.map(|week| Day(week * 7)).collect(),
            rule_set: RuleSet::MakingDataCount,
            mean: 90.0,
            lower: 85.0,
            upper: 95.0,
        }
    }

    #[test]
    fn a_shift_that_grew_is_the_same_and_a_restated_one_lapses() {
        let stored = [shift(10..18, Side::Low), shift(30..38, Side::High), shift(0..7, Side::Low)];
        let found = [shift(10..19, Side::Low), shift(40..48, Side::Low), shift(30..38, Side::Low)];
        let comparison = compare(&stored, &found, Some(Day(70)));
        assert_eq!(comparison.same, [(0, 0)]);
        assert_eq!(comparison.new, [1, 2]);
        assert_eq!(comparison.lapsed, [1]);
        assert_eq!(comparison.out_of_view, [2]);
    }

    #[test]
    fn nothing_stored_means_everything_is_new() {
        let found = [shift(0..8, Side::Low)];
        assert_eq!(compare(&[], &found, Some(Day(0))).new, [0]);
        assert_eq!(compare(&found, &[], None).out_of_view, [0]);
    }
}
