//! The checkpoint of an integration: how batches pass, and what is decided about one that waits.

use plaza_engine::page::checkpoint::{BatchDecision, CheckpointSettings, CheckpointView};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;
use crate::background::PULLED;

/// Reads how an integration's batches pass, what waits and what was decided.
#[tauri::command]
#[specta::specta]
pub async fn checkpoint_read(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Read<CheckpointView>, ApiError> {
    let tags = [Tag::Integration, Tag::Run, Tag::Observation, Tag::Workspace];
    read(session, &tags, move |workspace| CheckpointView::read(workspace, &id, language)).await
}

/// Says how an integration's batches pass from the next run on.
#[tauri::command]
#[specta::specta]
pub async fn checkpoint_set(
    session: Open<'_>,
    id: String,
    settings: CheckpointSettings,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| settings.keep(workspace, &id, &reason)).await
}

/// Decides about the batch that waits.
#[tauri::command]
#[specta::specta]
pub async fn batch_decide(
    session: Open<'_>,
    id: String,
    decision: BatchDecision,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &PULLED, move |workspace| decision.carry_out(workspace, &id, &reason)).await
}
