//! Charters: the answers, whether an integration is active, its success measure.

use plaza_engine::page::charter::{CharterDraft, CharterPage};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::integration::PAGE;
use super::{Open, act, read};
use crate::ApiError;

/// Reads the charter of an integration.
#[tauri::command]
#[specta::specta]
pub async fn charter_read(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Read<CharterPage>, ApiError> {
    read(session, &PAGE, move |workspace| CharterPage::read(workspace, &id, language)).await
}

/// Saves the next version of a charter.
#[tauri::command]
#[specta::specta]
pub async fn charter_save(
    session: Open<'_>,
    id: String,
    draft: CharterDraft,
) -> Result<Changed<u32>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| workspace.save_charter(&id, &draft)).await
}

/// Activates an integration; a reason is needed where something below it is unstable.
#[tauri::command]
#[specta::specta]
pub async fn integration_activate(
    session: Open<'_>,
    id: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| workspace.activate_integration(&id, &reason)).await
}

/// Deactivates an integration.
#[tauri::command]
#[specta::specta]
pub async fn integration_deactivate(
    session: Open<'_>,
    id: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| workspace.deactivate_integration(&id, &reason)).await
}

/// Enters a week's number of a success measure.
#[tauri::command]
#[specta::specta]
pub async fn measure_enter(
    session: Open<'_>,
    id: String,
    week: String,
    value: f64,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| workspace.enter_measure_of(&id, &week, value)).await
}
