//! Whether a success measure has reached its target by its date.

use super::Measure;
use crate::day::{Day, Week};

/// Weeks that must reach the target together, on average: one good week is chance.
pub const VERDICT_WEEKS: usize = 4;

/// One week's value of a success measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which week.
    pub week: Week,
    /// Its value, millionths of the unit.
    pub millionths: i64,
}

/// What the weeks since the activation say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No whole week has been measured since the activation.
    Waiting,
    /// The date is not over, and the target is not reached.
    Open,
    /// Reached: up to this week, [`VERDICT_WEEKS`] measured weeks did so on average.
    Reached {
        /// The last of them.
        week: Week,
    },
    /// The date is over, and the target was not reached.
    Missed,
}

/// Judges the measured weeks, in order: whole weeks from the day of the activation to the measure's date. Where there
/// were fewer than [`VERDICT_WEEKS`] when the date was over, all of them together decide. Nothing for a measure without
/// baseline, target or date.
pub fn verdict(measure: &Measure, since: Day, today: Day, readings: &[Reading]) -> Option<Verdict> {
    let (target, by) = (measure.target_millionths?, measure.by?);
    let is_higher_better = measure.is_higher_better()?;
    let counted: Vec<Reading> = readings
        .iter()
        .filter(|one| one.week.monday() >= since && one.week.sunday() <= by && one.week.sunday() < today)
        .copied()
        .collect();
    let is_over = today > by;
    let length = if is_over { counted.len().clamp(1, VERDICT_WEEKS) } else { VERDICT_WEEKS };
    let is_there = |weeks: &&[Reading]| {
        let sum: i128 = weeks.iter().map(|one| i128::from(one.millionths)).sum();
        let wanted = i128::from(target) * weeks.len() as i128;
        if is_higher_better { sum >= wanted } else { sum <= wanted }
    };
    let reached = counted.windows(length).find(is_there).and_then(<[Reading]>::last);
    Some(match reached {
        Some(last) => Verdict::Reached { week: last.week },
        None if is_over => Verdict::Missed,
        None if counted.is_empty() => Verdict::Waiting,
        None => Verdict::Open,
    })
}
