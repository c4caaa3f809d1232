//! A measure begins: a KPI with a word of its own, made of its name and kept for good.

use plaza_domain::department::DepartmentId;
use plaza_domain::event::{KpiDefinition, KpiId, Payload};
use plaza_domain::kpi::KpiKind;
use plaza_domain::kpi::measure::{MeasureSettings, MeasureUnit};
use plaza_domain::language::Language;

use super::check::{NAME_CHARS_MAX, TEXT_CHARS_MAX, full};
use super::words::{self, Fault};
use crate::error::{EngineError, Result};
use crate::figure;
use crate::page::measure::NewMeasure;
use crate::page::palette::kpi_names;
use crate::workspace::Workspace;

/// Letters of the word of a unit: it stands behind every value.
const UNIT_CHARS_MAX: usize = 20;

/// Defines a measure and puts it on the board. Returns its word.
///
/// # Errors
/// [`EngineError::Invalid`] names each field that cannot be used, and the seven where an eighth would be active.
pub fn define(workspace: &Workspace, form: &NewMeasure, language: Language) -> Result<KpiId> {
    let all = workspace.view(|view| view.kpis())?;
    let mut checking = Checking { language, faults: Vec::new() };
    let name = checking.text("name", &form.name, NAME_CHARS_MAX);
    let is_called_so = |one: &KpiDefinition| {
        kpi_names(one.kind, &one.name).into_iter().any(|known| known.to_lowercase() == name.to_lowercase())
    };
    if name.is_empty() {
        checking.fault("name", &Fault::NoName);
    } else if all.iter().any(is_called_so) {
        checking.fault("name", &Fault::NameTaken);
    }
    let settings = checking.settings(form);
    let definition = KpiDefinition {
        kpi: word(&name, &all),
        version: 1,
        kind: KpiKind::Measure,
        question: checking.text("question", &form.question, TEXT_CHARS_MAX),
        decision: checking.text("decision", &form.decision, TEXT_CHARS_MAX),
        name,
        decider: None,
        owners: std::collections::BTreeMap::new(),
        target_millionths: None,
        direction: if form.higher_is_better { "higher" } else { "lower" }.to_owned(),
        unit: if form.is_percent { "percent" } else { "number" }.to_owned(),
        rule_set: "making-data-count".to_owned(),
        screening: false,
        baseline_n: None,
        active: false,
        settings: settings.to_value(),
        reason: String::new(),
        counts_since: None,
    };
    if let Some(full) = full(&all, &definition, true, language) {
        checking.fault("active", &full);
    }
    if !checking.faults.is_empty() {
        return Err(EngineError::Invalid { fields: checking.faults });
    }
    let kpi = definition.kpi.clone();
    workspace.act([Payload::KpiDefined(KpiDefinition { active: true, ..definition })])?;
    Ok(kpi)
}

/// A word that no KPI has: that of the name, with a number behind it where another has it.
fn word(name: &str, all: &[KpiDefinition]) -> KpiId {
    let slug = DepartmentId::from_name(name);
    let slug = slug.as_ref().map_or(KpiKind::Measure.word(), DepartmentId::as_str);
    let numbered = (2..).map(|number: u32| format!("{slug}-{number}"));
    let mut words = std::iter::once(slug.to_owned()).chain(numbered);
    let is_free = |word: &String| all.iter().all(|one| one.kpi.as_str() != word);
    words.find(is_free).map_or_else(|| KpiId::from(slug), KpiId)
}

struct Checking {
    language: Language,
    /// Field and reason.
    faults: Vec<(String, String)>,
}

impl Checking {
    fn fault(&mut self, field: &str, fault: &Fault) {
        self.faults.push((field.to_owned(), words::fault(fault, self.language)));
    }

    fn text(&mut self, field: &str, text: &str, max: usize) -> String {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > max {
            self.fault(field, &Fault::TooLong { letters: max });
        }
        text
    }

    fn settings(&mut self, form: &NewMeasure) -> MeasureSettings {
        let unit = if form.is_percent {
            MeasureUnit::Percent
        } else {
            let word = self.text("unit_word", &form.unit_word, UNIT_CHARS_MAX);
            if word.is_empty() {
                self.fault("unit_word", &Fault::NoUnit);
            }
            MeasureUnit::Plain(word)
        };
        let tolerance = match figure::quantity(form.tolerance) {
            Ok(tolerance) if tolerance.0 < 0 => {
                self.fault("tolerance", &Fault::NegativeTolerance);
                tolerance
            }
            Ok(tolerance) => tolerance,
            Err(wrong) => {
                self.faults.push(("tolerance".to_owned(), figure::words(wrong, self.language)));
                plaza_domain::cell::Quantity(0)
            }
        };
        MeasureSettings { form: form.form, unit, tolerance }
    }
}
