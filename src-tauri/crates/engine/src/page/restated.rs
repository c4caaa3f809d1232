//! Weeks that were restated so that a reader sees it.

use plaza_domain::day::{Day, Week};
use plaza_domain::event::Observation;

use super::Unit;
use super::series::Series;
use super::signals::Lately;
use crate::error::Result;
use crate::signal::value_of;
use crate::workspace::Workspace;

/// A week that was restated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Restatement {
    /// The week.
    pub(crate) week: Week,
    /// What it was, in the KPI's unit.
    pub(crate) was: f64,
    /// The revision that said so.
    pub(crate) was_revision: u32,
    /// What it is.
    pub(crate) now: f64,
    /// The latest revision.
    pub(crate) revision: u32,
    /// The day on which what it is became known.
    pub(crate) day: Day,
}

/// The restatements that became known recently and that a reader sees, the newest first: of weeks that somebody had
/// signed, or that were complete, whose shown value is another one now.
pub(crate) fn restatements(
    workspace: &Workspace,
    series: &Series,
    lately: &Lately,
) -> Result<Vec<Restatement>> {
    let value =
        |observation: &Observation| value_of(&series.definition, observation).map(|value| value.number());
    let mut changed: Vec<&Observation> =
        series.observations.iter().filter(|observation| lately.covers(observation.known_from)).collect();
    changed.sort_by_key(|observation| std::cmp::Reverse((observation.known_from, observation.week)));
    let mut all = Vec::new();
    for now in changed {
        let revisions = workspace.view(|view| view.revisions(&now.kpi, now.week))?;
        let Some(before) = relied_on(workspace, &revisions, lately)? else { continue };
        if let Some((was, to)) = value(before).zip(value(now))
            && shown(was, series.unit()) != shown(to, series.unit())
        {
            // Since when it is shown so: later revisions may have changed what nobody sees.
            let is_so = |one: &&Observation| {
                lately.covers(one.known_from)
                    && value(one).is_some_and(|it| shown(it, series.unit()) == shown(to, series.unit()))
            };
            let since = revisions.iter().rev().take_while(is_so).last().unwrap_or(now);
            all.push(Restatement {
                week: now.week,
                was,
                was_revision: before.revision,
                now: to,
                revision: now.revision,
                day: lately.zone.day_at(since.known_from),
            });
        }
    }
    Ok(all)
}

/// The revision that people relied on before the recent ones: it was signed, or time alone could not change it any
/// more.
fn relied_on<'r>(
    workspace: &Workspace,
    revisions: &'r [Observation],
    lately: &Lately,
) -> Result<Option<&'r Observation>> {
    let Some(before) = revisions.iter().rfind(|earlier| !lately.covers(earlier.known_from)) else {
        return Ok(None);
    };
    let signatures = workspace.view(|view| view.signatures(&before.kpi))?;
    let is_signed = signatures.iter().any(|one| one.week == before.week && one.revision == before.revision);
    let is_relied_on = is_signed || before.is_complete(lately.zone.day_at(before.known_from));
    Ok(is_relied_on.then_some(before))
}

/// A value to the digits that screens show: one decimal, days under one with two, a hundred days and more with none;
/// of a plain number all that are kept.
fn shown(value: f64, unit: Unit) -> i64 {
    let digits = match unit {
        Unit::Days if value.abs() < 1.0 => 2,
        Unit::Days if value.abs() >= 100.0 => 0,
        Unit::Percent | Unit::Days => 1,
        Unit::Number => 3,
    };
    (value * 10_f64.powi(digits)).round() as i64
}
