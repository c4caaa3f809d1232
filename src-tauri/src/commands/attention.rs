//! What needs a person.

use plaza_engine::page::attention::AttentionList;
use plaza_engine::page::{Read, Tag};
use plaza_engine::words::Language;

use super::{Open, read};
use crate::ApiError;

/// Reads everything that needs a person now: what waits for whoever acts first.
#[tauri::command]
#[specta::specta]
pub async fn attention_list(session: Open<'_>, language: Language) -> Result<Read<AttentionList>, ApiError> {
    let tags = [Tag::Integration, Tag::Run, Tag::Observation, Tag::Workspace];
    read(session, &tags, move |workspace| AttentionList::read(workspace, language)).await
}
