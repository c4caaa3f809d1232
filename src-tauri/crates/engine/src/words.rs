//! Texts that come in from outside (the window, the command line), read as what they name.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use plaza_domain::cell::Quantity;
use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
pub use plaza_domain::event::KpiId;
pub use plaza_domain::kpi::measure::MeasureForm;
pub use plaza_domain::kpi::{Basis, KpiKind};
pub use plaza_domain::language::Language;
use plaza_domain::record::Field;

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// A quantity in thousandths as a language writes it, without needless zeros.
pub(crate) fn quantity(thousandths: i64, language: Language) -> String {
    let decimals = Quantity(thousandths).to_string().split_once('.').map_or(0, |(_, places)| places.len());
    language.number(thousandths as f64 / Quantity::SCALE as f64, decimals as u8)
}

/// What the screens call a field, in a language: from the window's own catalogue, so that a sheet and a screen say the same.
pub fn field_name(field: Field, language: Language) -> &'static str {
    static NAMES: OnceLock<[BTreeMap<String, String>; 3]> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        [
            include_str!("../../../../ui/src/i18n/en/field.json"),
            include_str!("../../../../ui/src/i18n/de/field.json"),
            include_str!("../../../../ui/src/i18n/es/field.json"),
        ]
        .map(|catalogue| {
            let mut catalogue: serde_json::Value = serde_json::from_str(catalogue).unwrap_or_default();
            serde_json::from_value(catalogue["name"].take()).unwrap_or_default()
        })
    });
    let place = match language {
        Language::En => 0,
        Language::De => 1,
        Language::Es => 2,
    };
    names[place].get(&crate::staging::field_word(field)).map_or("", String::as_str)
}

/// A field by its word: `promised`.
///
/// # Errors
/// [`EngineError::Invalid`].
pub fn field(word: &str) -> Result<Field> {
    serde_json::from_value(serde_json::Value::from(word))
        .map_err(|_| EngineError::invalid("field", format!("there is no field “{word}”")))
}

/// An ISO week: `2026-W12`.
///
/// # Errors
/// [`EngineError::Invalid`].
pub fn week(text: &str) -> Result<Week> {
    text.parse().map_err(|fault: plaza_domain::day::NotADay| EngineError::invalid("week", fault.to_string()))
}

/// A day: `2026-03-20`.
///
/// # Errors
/// [`EngineError::Invalid`].
pub fn day(text: &str) -> Result<plaza_domain::day::Day> {
    text.parse().map_err(|fault: plaza_domain::day::NotADay| EngineError::invalid("day", fault.to_string()))
}

/// A department's id, where one is given.
///
/// # Errors
/// [`EngineError::Invalid`].
pub fn department(text: Option<String>) -> Result<Option<DepartmentId>> {
    let read = |text: String| {
        DepartmentId::try_from(text).map_err(|fault| EngineError::invalid("department", fault.to_string()))
    };
    text.map(read).transpose()
}

/// A KPI's word: `promise-kept`, or that of a measure.
///
/// # Errors
/// [`EngineError::Invalid`] lists the words there are; what the ledger says.
pub fn kpi(workspace: &Workspace, text: &str) -> Result<KpiId> {
    let mut known = workspace.view(|view| view.kpis())?;
    known.sort_by(|one, other| (one.kind, &one.kpi).cmp(&(other.kind, &other.kpi)));
    known.iter().find(|one| one.kpi.as_str() == text).map(|one| one.kpi.clone()).ok_or_else(|| {
        let words: Vec<&str> = known.iter().map(|one| one.kpi.as_str()).collect();
        EngineError::invalid("kpi", format!("“{text}” is not a KPI; there are {}", words.join(", ")))
    })
}
