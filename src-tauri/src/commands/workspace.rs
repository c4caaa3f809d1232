//! People, departments, settings.

use plaza_engine::page::workspace::{DepartmentDraft, PersonDraft, SettingsChange, WorkspaceView};
use plaza_engine::page::{Changed, Read, Tag};

use super::{Open, act, read};
use crate::ApiError;

/// Reads the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn workspace_read(session: Open<'_>) -> Result<Read<WorkspaceView>, ApiError> {
    read(session, &[Tag::Workspace], WorkspaceView::read).await
}

/// Changes settings.
#[tauri::command]
#[specta::specta]
pub async fn settings_change(session: Open<'_>, change: SettingsChange) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Workspace, Tag::Observation], move |workspace| workspace.apply_settings(change)).await
}

/// Adds a department, or changes its name and letter.
#[tauri::command]
#[specta::specta]
pub async fn department_save(session: Open<'_>, draft: DepartmentDraft) -> Result<Changed<String>, ApiError> {
    act(session, &[Tag::Workspace, Tag::Observation], move |workspace| {
        workspace.save_department_draft(&draft)
    })
    .await
}

/// Adds a person, or changes one.
#[tauri::command]
#[specta::specta]
pub async fn person_save(session: Open<'_>, draft: PersonDraft) -> Result<Changed<String>, ApiError> {
    act(session, &[Tag::Workspace], move |workspace| workspace.save_person_draft(&draft)).await
}

/// A person left on a day, or (`undo`) is here after all.
#[tauri::command]
#[specta::specta]
pub async fn person_leave(
    session: Open<'_>,
    id: String,
    day: String,
    undo: bool,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Workspace], move |workspace| workspace.person_leaves(&id, (!undo).then_some(&*day)))
        .await
}

/// Lets the device act for somebody else, or ends that.
#[tauri::command]
#[specta::specta]
pub async fn acting_choose(session: Open<'_>, person: Option<String>) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Workspace, Tag::Thread, Tag::Meeting, Tag::Integration, Tag::Kpi], move |workspace| {
        workspace.choose_acting(person.as_deref())
    })
    .await
}

/// Says who uses this device.
#[tauri::command]
#[specta::specta]
pub async fn profile_choose(session: Open<'_>, person: String) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Workspace, Tag::Kpi], move |workspace| {
        workspace.choose_profile(person.as_str().into())
    })
    .await
}
