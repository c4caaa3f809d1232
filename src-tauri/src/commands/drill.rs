//! Drills: a rush as a job, an outage from its begin to its record.

use plaza_engine::drill::{outage, rush};
use plaza_engine::page::drill::{DrillPage, OutageClosing, OutageDraft};
use plaza_engine::page::job::JobView;
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;
use crate::commands::integration::PAGE;
use crate::job::{Kind, Work};

/// Reads the drills of an integration.
#[tauri::command]
#[specta::specta]
pub async fn drill_read(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Read<DrillPage>, ApiError> {
    read(session, &PAGE, move |workspace| DrillPage::read(workspace, &id, language)).await
}

/// Begins a rush: what was pulled within the last weeks again, at a multiple of its volume, beside the workspace.
#[tauri::command]
#[specta::specta]
pub async fn drill_rush(session: Open<'_>, id: String) -> Result<Changed<JobView>, ApiError> {
    let workspace = session.workspace()?;
    let work = Work::new(Kind::Rush).about(id.clone()).changes([Tag::Integration]);
    let data =
        session.jobs().start(work, move |watch| Ok(rush::hold(&workspace, &id, None, watch).map(drop)?))?;
    Ok(Changed { data, invalidates: Vec::new() })
}

/// Cuts an integration for a while.
#[tauri::command]
#[specta::specta]
pub async fn outage_begin(
    session: Open<'_>,
    id: String,
    draft: OutageDraft,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| draft.begin(workspace, &id)).await
}

/// Keeps what somebody noticed during an outage.
#[tauri::command]
#[specta::specta]
pub async fn outage_note(session: Open<'_>, id: String, words: String) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| outage::note(workspace, &id, &words)).await
}

/// Ends an outage before its time.
#[tauri::command]
#[specta::specta]
pub async fn outage_end(session: Open<'_>, id: String) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| outage::end(workspace, &id)).await
}

/// Closes the record of an outage.
#[tauri::command]
#[specta::specta]
pub async fn outage_close(
    session: Open<'_>,
    id: String,
    closing: OutageClosing,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| closing.close(workspace, &id)).await
}
