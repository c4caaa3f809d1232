//! The wizard: looking at files, a draft's first rows, all of them counted, saved, exported and imported.

use std::path::PathBuf;

use plaza_engine::draft;
use plaza_engine::integration::Integration;
use plaza_engine::page::integration::{Preview, PreviewCounts, SourceReport};
use plaza_engine::page::job::JobView;
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, away, read};
use crate::ApiError;
use crate::job::{Kind, Work};

/// Looks at chosen files and folders.
#[tauri::command]
#[specta::specta]
pub async fn integration_look(
    session: Open<'_>,
    language: Language,
    paths: Vec<String>,
) -> Result<Read<SourceReport>, ApiError> {
    read(session, &[], move |workspace| draft::look(workspace, &paths, language)).await
}

/// Reads the first rows as a draft would read them.
#[tauri::command]
#[specta::specta]
pub async fn integration_preview(
    session: Open<'_>,
    language: Language,
    draft: Integration,
) -> Result<Read<Preview>, ApiError> {
    read(session, &[], move |workspace| draft::preview(workspace, &draft, language)).await
}

/// Counts all rows of a draft's files.
#[tauri::command]
#[specta::specta]
pub async fn integration_count(
    session: Open<'_>,
    language: Language,
    draft: Integration,
) -> Result<Changed<JobView>, ApiError> {
    let workspace = session.workspace()?;
    let data = session
        .jobs()
        .start(Work::new(Kind::Count), move |watch| Ok(draft::count(&workspace, &draft, language, watch)?))?;
    Ok(Changed { data, invalidates: Vec::new() })
}

/// Reads what a count has found.
#[tauri::command]
#[specta::specta]
pub async fn integration_counted(session: Open<'_>, job: u32) -> Result<Read<PreviewCounts>, ApiError> {
    let counts = session.jobs().result::<PreviewCounts>(job).ok_or_else(|| ApiError::NotFound {
        message: "This count is not at hand any more; count again.".into(),
        detail: None,
    })?;
    Ok(Read { data: PreviewCounts::clone(&counts), provides: Vec::new() })
}

/// Saves a draft as the next version of its integration.
#[tauri::command]
#[specta::specta]
pub async fn integration_save(
    session: Open<'_>,
    draft: Integration,
    note: String,
    existing: bool,
) -> Result<Changed<String>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| draft::save(workspace, &draft, &note, existing)).await
}

/// Writes an integration as a TOML file.
#[tauri::command]
#[specta::specta]
pub async fn integration_export(
    session: Open<'_>,
    id: String,
    file: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| draft::export(workspace, &id, &PathBuf::from(file))).await
}

/// Reads an integration from a TOML file.
#[tauri::command]
#[specta::specta]
pub async fn integration_import(file: String) -> Result<Read<Integration>, ApiError> {
    away(move || Ok(Read { data: draft::import(&PathBuf::from(file))?, provides: Vec::new() })).await
}

/// Writes a draft as TOML text.
#[tauri::command]
#[specta::specta]
pub async fn integration_toml(draft: Integration) -> Result<Read<String>, ApiError> {
    away(move || Ok(Read { data: draft::to_toml(&draft)?, provides: Vec::new() })).await
}

/// Reads an integration from TOML text.
#[tauri::command]
#[specta::specta]
pub async fn integration_from_toml(text: String) -> Result<Read<Integration>, ApiError> {
    away(move || Ok(Read { data: draft::from_toml(&text)?, provides: Vec::new() })).await
}
