//! What a batch would change, and whether that is too much.

use std::collections::BTreeMap;

use plaza_domain::day::{Day, Week};
use plaza_domain::event::{CheckpointSet, KpiId, Observation, Trip};
use plaza_domain::kpi::KpiKind;

use crate::error::Result;
use crate::pull::Change;
use crate::workspace::Workspace;

/// Units in one, for values that are compared as integers.
const MILLION: i128 = 1_000_000;

/// What a batch would do to one published week.
#[derive(Clone, Debug)]
pub struct Effect {
    /// Of which KPI.
    pub kpi: KpiId,
    /// Which arithmetic.
    pub kind: KpiKind,
    /// Which week.
    pub week: Week,
    /// What is published; nothing where the week never was.
    pub before: Option<Observation>,
    /// What would be published.
    pub next: Observation,
    /// The most by which it may move unseen, millionths of the unit; nothing where any move passes: the week is not
    /// over, was not published before, or its chart has too few points for a moving range.
    pub threshold_millionths: Option<i64>,
}

impl Effect {
    /// A value in millionths of its unit; nothing where the week has none.
    pub fn millionths(kind: KpiKind, observation: &Observation) -> Option<i64> {
        let unit = if kind.is_percent() { 100 } else { 1 };
        let denominator = i128::from(observation.denominator);
        (denominator > 0)
            .then(|| i128::from(observation.numerator) * unit * MILLION / denominator)
            .and_then(|value| i64::try_from(value).ok())
    }

    /// By how much it would move, millionths of the unit; nothing where one of the two weeks has no value.
    pub fn move_millionths(&self) -> Option<i64> {
        let before = Self::millionths(self.kind, self.before.as_ref()?)?;
        Some(Self::millionths(self.kind, &self.next)?.saturating_sub(before))
    }

    /// Whether it moves further than it may. A week that would lose its value, or get one where there was none to
    /// compare, does too: nothing says how far that is.
    pub fn is_beyond(&self) -> bool {
        let Some(threshold) = self.threshold_millionths else { return false };
        let has_value = |one: &Observation| one.denominator > 0;
        self.move_millionths().map_or_else(
            || self.before.as_ref().is_some_and(has_value) != has_value(&self.next),
            |by| by.saturating_abs() > threshold,
        )
    }
}

/// Everything that a batch would change.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// By KPI and week.
    pub effects: Vec<Effect>,
}

impl Look {
    /// Looks at what would be published.
    pub(crate) fn of(workspace: &Workspace, set: &CheckpointSet, changes: Vec<Change>) -> Result<Self> {
        let today = workspace.today()?;
        let mut thresholds: BTreeMap<KpiId, Option<i64>> = BTreeMap::new();
        let mut effects = Vec::new();
        for Change { kind, before, next } in changes {
            if !thresholds.contains_key(&next.kpi) {
                thresholds.insert(next.kpi.clone(), threshold(workspace, set, kind, &next.kpi, today)?);
            }
            let threshold = thresholds.get(&next.kpi).copied().flatten();
            let is_guarded = before.is_some() && next.week.sunday() < today;
            effects.push(Effect {
                kpi: next.kpi.clone(),
                kind,
                week: next.week,
                before,
                next,
                threshold_millionths: threshold.filter(|_| is_guarded),
            });
        }
        Ok(Self { effects })
    }

    /// Why the batch must wait; nothing where it may pass. `warned` are the words of the rules about whole files that
    /// warned.
    pub(crate) fn trips(&self, set: &CheckpointSet, warned: &[String]) -> Vec<Trip> {
        let mut weeks: BTreeMap<&KpiId, u32> = BTreeMap::new();
        for effect in self.effects.iter().filter(|effect| effect.is_beyond()) {
            *weeks.entry(&effect.kpi).or_default() += 1;
        }
        let impact = weeks.into_iter().map(|(kpi, weeks)| Trip::Impact { kpi: kpi.clone(), weeks });
        let warnings = warned.iter().filter(|_| set.holds_warnings);
        impact.chain(warnings.map(|word| Trip::Warning { word: word.clone() })).collect()
    }
}

/// How far a published value of a KPI may move, millionths of its unit.
fn threshold(
    workspace: &Workspace,
    set: &CheckpointSet,
    kind: KpiKind,
    kpi: &KpiId,
    today: Day,
) -> Result<Option<i64>> {
    if kind.is_percent() {
        return Ok(Some(set.points_millionths));
    }
    let mut published = workspace.view(|view| view.observations(kpi, None))?;
    published.sort_by_key(|one| one.week);
    let values: Vec<i64> = published
        .iter()
        .filter(|one| one.week.sunday() < today)
        .filter_map(|one| Effect::millionths(kind, one))
        .collect();
    Ok(mean_moving_range(&values).map(|range| {
        let by = i128::from(range) * i128::from(set.ranges_thousandths) / 1_000;
        i64::try_from(by).unwrap_or(i64::MAX)
    }))
}

/// The mean of the distances between neighbours; nothing where there are fewer than two values.
fn mean_moving_range(values: &[i64]) -> Option<i64> {
    let count = i128::try_from(values.len().checked_sub(1)?).ok().filter(|count| *count > 0)?;
    let sum: i128 = values.windows(2).map(|pair| (i128::from(pair[1]) - i128::from(pair[0])).abs()).sum();
    i64::try_from(sum / count).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_moving_range_needs_two_values() {
        assert_eq!(mean_moving_range(&[]), None);
        assert_eq!(mean_moving_range(&[7]), None);
        assert_eq!(mean_moving_range(&[10, 16, 12]), Some(5));
        assert_eq!(mean_moving_range(&[i64::MIN, i64::MAX]), None, "wider than any value");
    }
}
