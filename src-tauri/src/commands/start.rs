//! First start: which workspaces there are, founding one, opening one.

use std::path::PathBuf;
use std::sync::Arc;

use plaza_engine::page::job::JobView;
use plaza_engine::page::workspace::{Created, NewWorkspace, Start, WorkspaceView};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, away};
use crate::ApiError;
use crate::job::{Kind, Work};

/// Another workspace is open: every page is stale.
pub(super) const EVERYTHING: [Tag; 6] =
    [Tag::Workspace, Tag::Kpi, Tag::Observation, Tag::Integration, Tag::Run, Tag::Backup];

/// What the window needs to know when it starts.
#[tauri::command]
#[specta::specta]
pub async fn start_read(session: Open<'_>) -> Result<Read<Start>, ApiError> {
    let session = Arc::clone(&session);
    away(move || {
        let data = session.home().start(session.open().as_deref())?;
        Ok(Read { data, provides: vec![Tag::Workspace] })
    })
    .await
}

/// Founds a workspace and opens it.
#[tauri::command]
#[specta::specta]
pub async fn workspace_create(session: Open<'_>, draft: NewWorkspace) -> Result<Changed<Created>, ApiError> {
    let session = Arc::clone(&session);
    away(move || {
        let (workspace, data) = session.home().found(&draft)?;
        session.set(Some(workspace));
        Ok(Changed { data, invalidates: EVERYTHING.to_vec() })
    })
    .await
}

/// Begins to make the sample company; when it is made, it is the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn workspace_sample(
    session: Open<'_>,
    folder: Option<String>,
    language: Language,
) -> Result<Changed<JobView>, ApiError> {
    let session = Arc::clone(&session);
    away(move || {
        // A folder that cannot be used is refused at once; one of Plaza's own is chosen when its turn has come.
        session.home().sample_folder(folder.as_deref())?;
        let work = Work::new(Kind::Sample).in_turn(session.home().data()).changes(EVERYTHING);
        let window = Arc::clone(&session);
        let data = session.jobs().start(work, move |watch| {
            let folder = window.home().sample_folder(folder.as_deref())?;
            let workspace = window.home().make_sample(&folder, language, watch)?;
            window.set(Some(workspace));
            Ok(())
        })?;
        Ok(Changed { data, invalidates: Vec::new() })
    })
    .await
}

/// Opens a workspace.
#[tauri::command]
#[specta::specta]
pub async fn workspace_open(session: Open<'_>, folder: String) -> Result<Changed<WorkspaceView>, ApiError> {
    let session = Arc::clone(&session);
    away(move || {
        let workspace = session.home().open(&PathBuf::from(folder))?;
        let data = WorkspaceView::read(&workspace)?;
        session.set(Some(workspace));
        Ok(Changed { data, invalidates: EVERYTHING.to_vec() })
    })
    .await
}

/// Closes the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn workspace_close(session: Open<'_>) -> Result<Changed<()>, ApiError> {
    session.set(None);
    Ok(Changed { data: (), invalidates: EVERYTHING.to_vec() })
}
