//! Weeks of a measure from a file: looked at, brought in, decided about, and found again.

use std::path::PathBuf;

use plaza_engine::figure_file;
use plaza_engine::page::figure_file::{
    BroughtView, FigureColumns, FigureFileList, FigureFileLook, FigureFilePage, FiguresId,
};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::{KpiId, Language, week};

use super::kpi::PAGE;
use super::{Open, act, read};
use crate::ApiError;

/// Looks at a file with weeks of a measure; nothing is changed. Without columns they are read as those of the file before,
/// else as they look.
#[tauri::command]
#[specta::specta]
pub async fn figure_file_look(
    session: Open<'_>,
    language: Language,
    kpi: KpiId,
    path: String,
    columns: Option<FigureColumns>,
) -> Result<Read<FigureFileLook>, ApiError> {
    read(session, &PAGE, move |workspace| {
        FigureFileLook::read(workspace, kpi, &PathBuf::from(path), columns, language)
    })
    .await
}

/// Brings a file in that was looked at: its weeks are published, or it is held where parts do not add up.
#[tauri::command]
#[specta::specta]
pub async fn figure_file_bring(
    session: Open<'_>,
    language: Language,
    kpi: KpiId,
    path: String,
    columns: FigureColumns,
    seen: String,
    reason: String,
) -> Result<Changed<BroughtView>, ApiError> {
    act(session, &CHANGED, move |workspace| {
        let brought =
            figure_file::bring(workspace, kpi, &PathBuf::from(path), &columns, &seen, &reason, language)?;
        Ok(brought.into())
    })
    .await
}

/// Decides about a file that waits: it is published although parts do not add up, or nothing of it counts.
#[tauri::command]
#[specta::specta]
pub async fn figure_file_decide(
    session: Open<'_>,
    language: Language,
    figures: FiguresId,
    publish: bool,
    seen: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &CHANGED, move |workspace| {
        figure_file::decide(workspace, &figures, publish, &seen, &reason, language)
    })
    .await
}

/// Reads the files that were brought for a measure.
#[tauri::command]
#[specta::specta]
pub async fn figure_file_list(
    session: Open<'_>,
    language: Language,
    kpi: KpiId,
) -> Result<Read<FigureFileList>, ApiError> {
    read(session, &PAGE, move |workspace| FigureFileList::read(workspace, kpi, language)).await
}

/// Reads one file that was brought; with a week, the rows of the file that it came from.
#[tauri::command]
#[specta::specta]
pub async fn figure_file_read(
    session: Open<'_>,
    language: Language,
    figures: FiguresId,
    week: Option<String>,
) -> Result<Read<FigureFilePage>, ApiError> {
    read(session, &PAGE, move |workspace| {
        let week = week.map(|week| self::week(&week)).transpose()?;
        FigureFilePage::read(workspace, &figures, week, language)
    })
    .await
}

/// What a file changes: the numbers, and what waits for people.
const CHANGED: [Tag; 3] = [Tag::Kpi, Tag::Observation, Tag::Integration];
