//! Whether a decision did what was expected of it: its KPI's weeks before it was in force, beside those since.

use plaza_domain::day::Week;
use plaza_domain::event::{EffectAnswer, EffectChecked, Payload};
use plaza_domain::signal::{Behaviour, Side};
use plaza_store::ledger::Draft;

use super::Decision;
use crate::error::Result;
use crate::page::series::Series;
use crate::workspace::Workspace;

/// Weeks since a decision below which nothing can be told.
const WEEKS_MIN: usize = 3;

/// Weeks before a decision that are looked at: half a year says how it was, and not how it was under another roof.
const WEEKS_BEFORE_MAX: usize = 26;

const MILLION: f64 = 1_000_000.0;

impl Workspace {
    /// Looks for the effects that were expected by now, and keeps the answers.
    ///
    /// # Errors
    /// What the ledger says.
    pub(crate) fn record_effects(&self) -> Result<()> {
        let mut drafts = Vec::new();
        for decision in self.decisions()? {
            if decision.effect.is_some() {
                continue;
            }
            if let Some(checked) = self.effect_of(&decision)? {
                let words =
                    ["effect checked".to_owned(), checked.decision.to_string(), checked.week.to_string()];
                drafts.push(Draft::derived(Payload::EffectChecked(checked), words));
            }
        }
        if !drafts.is_empty() {
            self.ledger().append(&drafts, self.now_ms())?;
        }
        Ok(())
    }

    /// What came of a decision, once the week has been observed in which it was to show; nothing before.
    pub(crate) fn effect_of(&self, decision: &Decision) -> Result<Option<EffectChecked>> {
        let taken = &decision.taken;
        let Some(expected) = &taken.expected else { return Ok(None) };
        let Some(definition) = self.view(|view| view.kpi(&expected.kpi))? else { return Ok(None) };
        let series = Series::read(self, definition, None)?;
        let charts = series.charts()?;
        let behaviour = match &expected.part {
            None => Some(&charts.whole),
            Some(part) => charts.parts.get(part),
        };
        let zone = self.settings()?.time_zone;
        let from = taken.from.unwrap_or_else(|| zone.day_at(decision.act.at.wall_ms).week());
        let Some(last) = series.observations.last().map(|one| one.week).filter(|last| *last >= expected.by)
        else {
            return Ok(None);
        };
        let Some(behaviour) = behaviour else { return Ok(None) };
        Ok(Some(check(behaviour, (from, expected.by.min(last)), expected.size_millionths, taken)))
    }
}

/// Compares the weeks before `from` with those from it up to `until`.
fn check(
    behaviour: &Behaviour,
    (from, until): (Week, Week),
    size_millionths: i64,
    taken: &plaza_domain::event::DecisionTaken,
) -> EffectChecked {
    let points = || behaviour.points.iter().filter(|point| !point.ghost);
    let mut before: Vec<f64> =
        points().filter(|point| point.day.week() < from).map(|point| point.number()).collect();
    before.drain(..before.len().saturating_sub(WEEKS_BEFORE_MAX));
    let after: Vec<f64> = points()
        .filter(|point| (from..=until).contains(&point.day.week()))
        .map(|point| point.number())
        .collect();
    let (mean_before, mean_after) = (mean(&before), mean(&after));
    let is_after = |side: Side| {
        behaviour.signals.iter().any(|signal| {
            signal.side == side && signal.days.iter().any(|day| (from..=until).contains(&day.week()))
        })
    };
    let (wanted, other) =
        if size_millionths >= 0 { (Side::High, Side::Low) } else { (Side::Low, Side::High) };
    let moved = mean_before.zip(mean_after).map(|(before, after)| (after - before) * MILLION);
    let is_far_enough = moved.is_some_and(|moved| {
        moved.signum() == (size_millionths as f64).signum()
            && moved.abs() >= size_millionths.unsigned_abs() as f64
    });
    let answer = if before.len() < WEEKS_MIN || after.len() < WEEKS_MIN {
        EffectAnswer::TooEarly
    } else if is_after(wanted) && is_far_enough {
        EffectAnswer::Reached
    } else if is_after(wanted) {
        EffectAnswer::Partly
    } else if is_after(other) {
        EffectAnswer::Opposite
    } else {
        EffectAnswer::NotSeen
    };
    EffectChecked {
        decision: taken.decision.clone(),
        week: until,
        answer,
        before_millionths: mean_before.map(|mean| (mean * MILLION).round() as i64),
        after_millionths: mean_after.map(|mean| (mean * MILLION).round() as i64),
        weeks_before: before.len() as u32,
        weeks_after: after.len() as u32,
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
