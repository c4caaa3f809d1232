//! Whose word counts: the truth map of an integration, and what its owners are asked to correct.

use plaza_engine::page::truth::{CorrectionDraft, TruthDraft, TruthPage, close_correction};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;
use crate::background::PULLED;

/// Reads the truth map of an integration, what is said differently and what was asked to be corrected.
#[tauri::command]
#[specta::specta]
pub async fn truth_read(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Read<TruthPage>, ApiError> {
    let tags = [Tag::Integration, Tag::Run, Tag::Workspace];
    read(session, &tags, move |workspace| TruthPage::read(workspace, &id, language)).await
}

/// Says of a field where it is born, whose word counts and who answers for it.
#[tauri::command]
#[specta::specta]
pub async fn truth_set(session: Open<'_>, id: String, truth: TruthDraft) -> Result<Changed<()>, ApiError> {
    act(session, &PULLED, move |workspace| truth.keep(workspace, &id)).await
}

/// Asks the owner of a field to correct it at its source. Answers the request's id.
#[tauri::command]
#[specta::specta]
pub async fn correction_ask(
    session: Open<'_>,
    id: String,
    correction: CorrectionDraft,
) -> Result<Changed<String>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| correction.ask(workspace, &id)).await
}

/// Closes a request.
#[tauri::command]
#[specta::specta]
pub async fn correction_close(
    session: Open<'_>,
    correction: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| close_correction(workspace, &correction, &reason))
        .await
}
