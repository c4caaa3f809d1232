//! Measures: a new one, and the weeks that people enter.

use plaza_engine::page::measure::{FigureForm, FigurePage, NewMeasure};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::{KpiId, Language, week};
use plaza_engine::{definition, figure};

use super::kpi::PAGE;
use super::{Open, act, read};
use crate::ApiError;

/// Defines a measure and puts it on the board. Returns its word. Fields that cannot be used are named.
#[tauri::command]
#[specta::specta]
pub async fn measure_define(
    session: Open<'_>,
    language: Language,
    form: NewMeasure,
) -> Result<Changed<KpiId>, ApiError> {
    act(session, &[Tag::Kpi, Tag::Observation], move |workspace| {
        definition::define(workspace, &form, language)
    })
    .await
}

/// Reads one week of a measure as its form.
#[tauri::command]
#[specta::specta]
pub async fn figure_read(
    session: Open<'_>,
    language: Language,
    kpi: KpiId,
    week: String,
) -> Result<Read<FigurePage>, ApiError> {
    read(session, &PAGE, move |workspace| FigurePage::read(workspace, kpi, self::week(&week)?, language))
        .await
}

/// Enters one week of a measure, or corrects it. Fields that cannot be used are named.
#[tauri::command]
#[specta::specta]
pub async fn figure_enter(
    session: Open<'_>,
    language: Language,
    kpi: KpiId,
    form: FigureForm,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Kpi, Tag::Observation], move |workspace| {
        figure::enter(workspace, kpi, &form, &reason, language)
    })
    .await
}
