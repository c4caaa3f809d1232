//! Texts that a person keeps in a file.

use plaza_engine::file::{Readers, save};
use plaza_engine::page::Changed;

use super::away;
use crate::ApiError;

/// Writes a text to a file that a person chose: a recovery code, a chart's table.
#[tauri::command]
#[specta::specta]
pub async fn text_save(file: String, text: String) -> Result<Changed<()>, ApiError> {
    away(move || {
        save(&file, text.as_bytes(), Readers::Me)?;
        Ok(Changed { data: (), invalidates: Vec::new() })
    })
    .await
}
