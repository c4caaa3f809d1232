//! Measures on screens: a new one, what is entered of a week, and what its pages show besides.

use std::collections::BTreeMap;

use plaza_domain::cell::Quantity;
use plaza_domain::day::{Day, Week};
use plaza_domain::event::{KpiId, Observation};
use plaza_domain::kpi::KpiKind;
use plaza_domain::kpi::measure::{MeasureForm, MeasureSettings};
use plaza_domain::language::Language;
use serde::{Deserialize, Serialize};

use super::flow::departments_in_flow;
use super::kpi_read::series_of;
use super::series::Series;
use super::{DepartmentView, Unit, name};
use crate::error::{EngineError, Result};
use crate::signal::{part_of, value_of};
use crate::workspace::Workspace;

/// How many weeks are offered to be entered; older ones are corrected from their own panel.
const WEEKS_OFFERED: i32 = 104;

/// A measure as a person begins it; what else a definition says is said in its form afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct NewMeasure {
    /// What it is called; its word is made of it and stays.
    pub name: String,
    /// The question that it answers.
    pub question: String,
    /// The decision that it serves.
    pub decision: String,
    /// How the number comes.
    pub form: MeasureForm,
    /// Whether it is percent.
    pub is_percent: bool,
    /// What it counts otherwise, in a word or two; not looked at where it is percent.
    pub unit_word: String,
    /// By how much the parts of a week may differ from its total, in the unit.
    pub tolerance: f64,
    /// Whether a higher value is better.
    pub higher_is_better: bool,
}

/// What the page of a measure shows besides its charts.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FiguresView {
    /// How the number comes.
    pub form: MeasureForm,
    /// The week that is entered next: the one after the last, where that is over, else the last one that is.
    pub next_week: String,
}

/// One week of a measure as its form.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FigurePage {
    /// Which measure.
    pub kpi: KpiId,
    /// What it is called.
    pub name: String,
    /// How the number comes.
    pub form: MeasureForm,
    /// What it counts in.
    pub unit: Unit,
    /// The word of what it counts, where the unit is a plain number.
    pub unit_word: Option<String>,
    /// By how much the parts may differ from the total, in the unit.
    pub tolerance: f64,
    /// Whose parts can be entered, in the order of the flow.
    pub departments: Vec<DepartmentView>,
    /// The weeks that are over, the newest first, at most two years of them.
    pub weeks: Vec<String>,
    /// What stands there now; empty for a week that has no value.
    pub figure: FigureForm,
}

/// One week of a measure as a person fills it in. Numbers have at most three decimals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FigureForm {
    /// The week.
    pub week: String,
    /// The revision that it was filled in from; 0 for a week that has no value.
    pub revision: u32,
    /// The value, or what stands above the line.
    pub numerator: Option<f64>,
    /// What stands below it; not looked at where the measure is a value.
    pub denominator: Option<f64>,
    /// The departments' parts of the numerator; all of them or none.
    pub parts: BTreeMap<String, f64>,
}

impl FiguresView {
    /// Of the KPI that was read; nothing where it is no measure.
    pub(super) fn of(series: &Series) -> Option<Self> {
        let settings = MeasureSettings::of(&series.definition.settings)?;
        (series.kind() == KpiKind::Measure).then(|| Self {
            form: settings.form,
            next_week: next_week(&series.observations, series.today).to_string(),
        })
    }
}

/// The last week that is over.
pub(crate) fn last_over(today: Day) -> Week {
    today.week().plus(-1)
}

fn next_week(observations: &[Observation], today: Day) -> Week {
    let last = last_over(today);
    observations.last().map_or(last, |observation| observation.week.plus(1).min(last))
}

impl FigurePage {
    /// Reads one week as its form.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a KPI that is not here or no measure.
    pub fn read(
        workspace: &Workspace,
        kpi: impl Into<KpiId>,
        week: Week,
        language: Language,
    ) -> Result<Self> {
        let series = series_of(workspace, kpi)?;
        let definition = &series.definition;
        let settings = settings_of(&series)?;
        let kpi = definition.kpi.clone();
        let published = workspace.view(|view| view.observation(&kpi, week))?;
        let departments = departments_in_flow(workspace)?;
        Ok(Self {
            name: name(definition, language),
            form: settings.form,
            unit: series.unit(),
            unit_word: series.unit_word(),
            tolerance: units(settings.tolerance.0),
            departments: departments
                .iter()
                .filter(|one| {
                    one.active || published.as_ref().is_some_and(|it| has_part(it, one.id.as_str()))
                })
                .map(DepartmentView::from)
                .collect(),
            weeks: (0..WEEKS_OFFERED).map(|ago| last_over(series.today).plus(-ago).to_string()).collect(),
            figure: figure(week, published.as_ref(), settings.form),
            kpi,
        })
    }
}

fn has_part(observation: &Observation, department: &str) -> bool {
    observation.parts.iter().any(|part| part.department.as_str() == department)
}

fn figure(week: Week, published: Option<&Observation>, form: MeasureForm) -> FigureForm {
    let Some(one) = published else { return FigureForm { week: week.to_string(), ..FigureForm::default() } };
    let part = |millionths: i64| units(millionths / 1_000_000);
    FigureForm {
        week: week.to_string(),
        revision: one.revision,
        numerator: Some(units(one.numerator)),
        denominator: (form == MeasureForm::Ratio).then(|| units(one.denominator)),
        parts: one.parts.iter().map(|it| (it.department.to_string(), part(it.millionths))).collect(),
    }
}

/// The settings of a KPI that is a measure.
fn settings_of(series: &Series) -> Result<MeasureSettings> {
    MeasureSettings::of(&series.definition.settings)
        .ok_or_else(|| EngineError::NotFound { noun: "measure", name: series.definition.kpi.to_string() })
}

pub(super) fn units(thousandths: i64) -> f64 {
    thousandths as f64 / Quantity::SCALE as f64
}

/// A numerator or denominator as a number with a point: those of a measure are kept in thousandths.
pub(super) fn exact(kind: KpiKind, number: i64) -> String {
    match kind {
        KpiKind::Measure => Quantity(number).to_string(),
        _ => number.to_string(),
    }
}

/// What of a measure's value no department has, in the unit; nothing where the parts add up exactly, or there are none.
pub(super) fn unassigned(series: &Series, observation: &Observation) -> Option<f64> {
    if series.kind() != KpiKind::Measure || observation.parts.is_empty() {
        return None;
    }
    let sum: i128 = observation.parts.iter().map(|part| i128::from(part.millionths)).sum();
    if sum == i128::from(observation.numerator) * 1_000_000 {
        return None;
    }
    let parts = observation.parts.iter();
    let parts: f64 = parts
        .filter_map(|part| part_of(&series.definition, observation, &part.department))
        .map(plaza_domain::signal::Value::number)
        .sum();
    Some(value_of(&series.definition, observation)?.number() - parts)
}
