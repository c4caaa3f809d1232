//! Quarantine: rows that wait, and letting them out.

use plaza_engine::page::integration::{QuarantineList, QuarantineQuery, release_rows};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;
use crate::background::PULLED;

/// Reads a slice of an integration's quarantine.
#[tauri::command]
#[specta::specta]
pub async fn quarantine_list(
    session: Open<'_>,
    language: Language,
    query: QuarantineQuery,
) -> Result<Read<QuarantineList>, ApiError> {
    read(session, &[Tag::Run], move |workspace| QuarantineList::read(workspace, &query, language)).await
}

/// Lets rows out of quarantine as they are, all of them or none.
#[tauri::command]
#[specta::specta]
pub async fn quarantine_release(
    session: Open<'_>,
    ids: Vec<String>,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &PULLED, move |workspace| release_rows(workspace, &ids, &reason)).await
}
