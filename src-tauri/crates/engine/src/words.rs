//! Texts that come in from outside (the window, the command line), read as what they name.

use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
pub use plaza_domain::kpi::{Basis, KpiKind};
pub use plaza_domain::language::Language;

use crate::error::{EngineError, Result};

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

/// A KPI's word: `promise-kept`.
///
/// # Errors
/// [`EngineError::Invalid`] lists the words there are.
pub fn kpi(text: &str) -> Result<KpiKind> {
    KpiKind::ALL.into_iter().find(|kind| kind.word() == text).ok_or_else(|| {
        let words: Vec<&str> = KpiKind::ALL.into_iter().map(KpiKind::word).collect();
        EngineError::invalid("kpi", format!("“{text}” is not a KPI; there are {}", words.join(", ")))
    })
}
