//! The systems that integrations ask: whether they are there, their secrets, what was asked of them.

use plaza_engine::connection::keep_secret;
use plaza_engine::page::connection::{ConnectionAnswer, Trail};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::pull::Unwatched;
use plaza_engine::trail::{TrailForm, TrailPage, TrailQuery, export};
use plaza_engine::words::Language;

use super::integration::PAGE;
use super::{Open, act, read};
use crate::ApiError;

/// Asks the system of an integration whether it is there.
#[tauri::command]
#[specta::specta]
pub async fn connection_check(session: Open<'_>, id: String) -> Result<Changed<ConnectionAnswer>, ApiError> {
    act(session, &[], move |workspace| ConnectionAnswer::read(workspace, &id, &Unwatched::default())).await
}

/// Keeps a secret of an integration's connection in the keyring; none forgets it. Answers whether it had to be kept in a
/// file, because no keyring answers.
#[tauri::command]
#[specta::specta]
pub async fn secret_keep(
    session: Open<'_>,
    id: String,
    slot: String,
    text: Option<String>,
) -> Result<Changed<bool>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| keep_secret(workspace, &id, &slot, text)).await
}

/// Reads what was asked in a run of an integration.
#[tauri::command]
#[specta::specta]
pub async fn trail_read(
    session: Open<'_>,
    id: String,
    run: String,
    skip: u32,
) -> Result<Read<Trail>, ApiError> {
    read(session, &[Tag::Run], move |workspace| Trail::read(workspace, &id, &run, skip)).await
}

/// Reads a part of an integration's whole trail: what a query finds, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn trail_find(
    session: Open<'_>,
    language: Language,
    id: String,
    query: TrailQuery,
    skip: u32,
) -> Result<Read<TrailPage>, ApiError> {
    read(session, &PAGE, move |workspace| TrailPage::read(workspace, &id, &query, skip, language)).await
}

/// Writes what a query finds in a trail to a file. Answers how many entries it were.
#[tauri::command]
#[specta::specta]
pub async fn trail_export(
    session: Open<'_>,
    language: Language,
    id: String,
    query: TrailQuery,
    form: TrailForm,
    file: String,
) -> Result<Changed<u32>, ApiError> {
    act(session, &[], move |workspace| export(workspace, &id, &query, form, &file, language)).await
}
