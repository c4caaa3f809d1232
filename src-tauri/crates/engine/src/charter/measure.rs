//! The success measure of an integration, week by week.

use std::collections::BTreeMap;

use plaza_domain::charter::{Measure, Measured, Reading, Verdict, verdict};
use plaza_domain::day::{Day, Week};
use plaza_domain::event::KpiDefinition;

use super::facts::Facts;
use super::millionths;
use crate::error::Result;
use crate::page::series::Charted;
use crate::signal::{part_of, value_of};
use crate::workspace::Workspace;

/// Hundred percent in millionths.
const ALL_MILLIONTHS: i128 = 100_000_000;

/// The success measure with its weeks, as far as it has been said.
#[derive(Debug)]
pub(crate) struct Measuring {
    pub(crate) measure: Measure,
    /// Of a joint KPI: its definition.
    pub(crate) definition: Option<KpiDefinition>,
    /// Every week that is over and has a value, in order: those before the activation too.
    pub(crate) readings: Vec<Reading>,
    /// What the weeks since the activation say; nothing for an integration that is not active.
    pub(crate) verdict: Option<Verdict>,
    /// The day of the activation in force.
    pub(crate) since: Option<Day>,
}

impl Measuring {
    /// Reads the measure of an integration; nothing where its charter says none.
    pub(crate) fn read(workspace: &Workspace, facts: &Facts) -> Result<Option<Self>> {
        let Some(version) = &facts.charter else { return Ok(None) };
        let measure = version.charter.measure.clone();
        let Some(measured) = measure.measured() else { return Ok(None) };
        let definition = match measured {
            Measured::Kpi(kpi, _) => facts.kpis.iter().find(|one| one.kpi == *kpi).cloned(),
            Measured::Quarantine | Measured::Entered => None,
        };
        let mut readings = match measured {
            Measured::Kpi(..) => match &definition {
                Some(definition) => of_kpi(workspace, facts, definition, &measure)?,
                None => Vec::new(),
            },
            Measured::Quarantine => of_runs(facts),
            Measured::Entered => {
                let weeks =
                    workspace.view(|view| view.entered_weeks(&facts.id, &measure.name, &measure.unit))?;
                weeks.iter().map(|one| Reading { week: one.week, millionths: one.millionths }).collect()
            }
        };
        readings.retain(|one| one.week.sunday() < facts.today);
        let since = facts.active_since();
        let verdict = since.and_then(|since| verdict(&measure, since, facts.today, &readings));
        Ok(Some(Self { measure, definition, readings, verdict, since }))
    }

    /// Whether its values are percentages, or percentage points.
    pub(crate) fn is_percent(&self) -> bool {
        match self.measure.measured() {
            Some(Measured::Quarantine) => true,
            Some(Measured::Kpi(..)) => self.definition.as_ref().is_some_and(KpiDefinition::is_percent),
            Some(Measured::Entered) | None => false,
        }
    }

    /// The newest week with a value.
    pub(crate) fn latest(&self) -> Option<Reading> {
        self.readings.last().copied()
    }
}

/// From the KPI's observations, as its chart shows them.
fn of_kpi(
    workspace: &Workspace,
    facts: &Facts,
    definition: &KpiDefinition,
    measure: &Measure,
) -> Result<Vec<Reading>> {
    let is_set = workspace.is_set_to_a_day();
    let charted = workspace.view(|view| Charted::read(view, definition, None, facts.today, is_set))?;
    let readings = charted.observations.iter().filter_map(|observation| {
        let value = match &measure.part {
            Some(part) => part_of(definition, observation, part),
            None => value_of(definition, observation),
        }?;
        Some(Reading { week: observation.week, millionths: millionths(value.number()) })
    });
    Ok(readings.collect())
}

/// From its runs: of the rows that a week's runs read, those that went into quarantine. A week without rows has none.
fn of_runs(facts: &Facts) -> Vec<Reading> {
    let mut weeks: BTreeMap<Week, (i64, i64)> = BTreeMap::new();
    for run in &facts.finished {
        let counted = |word: &str| run.counts.get(word).copied().unwrap_or(0);
        let week = weeks.entry(facts.zone.day_at(run.ended_at).week()).or_default();
        week.0 += counted("quarantined");
        week.1 += counted("read");
    }
    let share = |(week, (quarantined, read)): (Week, (i64, i64))| {
        let whole = i128::from(read);
        let millionths = (i128::from(quarantined) * ALL_MILLIONTHS + whole / 2).checked_div(whole)?;
        Some(Reading { week, millionths: i64::try_from(millionths).ok()? })
    };
    weeks.into_iter().filter_map(share).collect()
}
