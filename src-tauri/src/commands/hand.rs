//! Entering by hand what a system cannot say, and what becomes of it when the system is back.

use plaza_engine::page::hand::{HandCell, HandPage, HandResult, enter, keep, read_sheet, write_sheet};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;
use crate::background::PULLED;

/// Reads what can be entered for an integration, and how what was entered stands against its system.
#[tauri::command]
#[specta::specta]
pub async fn hand_read(session: Open<'_>, id: String) -> Result<Read<HandPage>, ApiError> {
    let tags = [Tag::Integration, Tag::Run, Tag::Workspace];
    read(session, &tags, move |workspace| HandPage::read(workspace, &id)).await
}

/// Enters one row.
#[tauri::command]
#[specta::specta]
pub async fn hand_enter(
    session: Open<'_>,
    id: String,
    cells: Vec<HandCell>,
    note: String,
) -> Result<Changed<HandResult>, ApiError> {
    act(session, &PULLED, move |workspace| enter(workspace, &id, &cells, &note)).await
}

/// Writes a sheet with the orders that are under way. Answers how many lines it lists.
#[tauri::command]
#[specta::specta]
pub async fn hand_sheet_write(
    session: Open<'_>,
    language: Language,
    id: String,
    path: String,
) -> Result<Changed<u32>, ApiError> {
    act(session, &[], move |workspace| write_sheet(workspace, &id, &path, language)).await
}

/// Enters a filled sheet, all of it or nothing.
#[tauri::command]
#[specta::specta]
pub async fn hand_sheet_read(
    session: Open<'_>,
    id: String,
    path: String,
    note: String,
) -> Result<Changed<HandResult>, ApiError> {
    act(session, &PULLED, move |workspace| read_sheet(workspace, &id, &path, &note)).await
}

/// The owner says whether an entry counts although the system says otherwise.
#[tauri::command]
#[specta::specta]
pub async fn hand_keep(
    session: Open<'_>,
    id: String,
    order: String,
    line: String,
    field: String,
    kept: bool,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &PULLED, move |workspace| keep(workspace, &id, (&order, &line, &field), kept, &reason)).await
}
