//! Backups, the check of the whole workspace, and what a person should know about this copy of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plaza_engine::page::job::JobView;
use plaza_engine::page::workspace::{BackupPage, VerifyView};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::verify::Verification;
use plaza_engine::words::Language;

use super::start::EVERYTHING;
use super::{Open, act, away};
use crate::ApiError;
use crate::job::{Kind, Work};

/// What a check of the workspace in a folder found.
struct Checked {
    folder: PathBuf,
    found: Verification,
}

/// Lists the backups of the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn backup_list(session: Open<'_>) -> Result<Read<BackupPage>, ApiError> {
    let session = Arc::clone(&session);
    away(move || {
        let data = session.home().backup_page(&*session.workspace()?)?;
        Ok(Read { data, provides: vec![Tag::Backup] })
    })
    .await
}

/// Makes a backup: into a file, or into the folder of backups.
#[tauri::command]
#[specta::specta]
pub async fn backup_make(session: Open<'_>, file: Option<String>) -> Result<Changed<JobView>, ApiError> {
    let (workspace, session) = (session.workspace()?, Arc::clone(&session));
    let work = Work::new(Kind::Backup).in_turn(workspace.folder()).changes([Tag::Backup]);
    let data = Arc::clone(&session).jobs().start(work, move |watch| {
        Ok(session.home().back_up(&workspace, file.as_deref().map(Path::new), watch).map(drop)?)
    })?;
    Ok(Changed { data, invalidates: Vec::new() })
}

/// Restores a backup into a missing or empty folder and opens it in place of the workspace that was open.
#[tauri::command]
#[specta::specta]
pub async fn backup_restore(
    session: Open<'_>,
    file: String,
    folder: String,
) -> Result<Changed<JobView>, ApiError> {
    let session = Arc::clone(&session);
    let (file, folder) = (PathBuf::from(file), PathBuf::from(folder));
    let work = Work::new(Kind::Restore).in_turn(&folder).changes(EVERYTHING);
    let data = Arc::clone(&session).jobs().start(work, move |watch| {
        session.home().restore(&file, &folder, watch)?;
        session.set(Some(session.home().open(&folder)?));
        Ok(())
    })?;
    Ok(Changed { data, invalidates: Vec::new() })
}

/// Sets how many daily backups are kept on this computer.
#[tauri::command]
#[specta::specta]
pub async fn backup_keep(session: Open<'_>, keep: u32) -> Result<Changed<()>, ApiError> {
    let session = Arc::clone(&session);
    away(move || {
        session.home().keep_backups(keep)?;
        Ok(Changed { data: (), invalidates: vec![Tag::Backup] })
    })
    .await
}

/// Checks everything in the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn workspace_verify(session: Open<'_>) -> Result<Changed<JobView>, ApiError> {
    let workspace = session.workspace()?;
    let work = Work::new(Kind::Verify).in_turn(workspace.folder());
    let data = session.jobs().start(work, move |watch| {
        let found = workspace.verify(watch)?;
        Ok(Checked { folder: workspace.folder().to_owned(), found })
    })?;
    Ok(Changed { data, invalidates: Vec::new() })
}

/// What the last check of the open workspace found; nothing before the first one.
#[tauri::command]
#[specta::specta]
pub async fn verify_read(
    session: Open<'_>,
    language: Language,
) -> Result<Read<Option<VerifyView>>, ApiError> {
    let folder = session.workspace()?.folder().to_owned();
    let checked = session.jobs().latest::<Checked>(Kind::Verify).filter(|checked| checked.folder == folder);
    let data = checked.map(|checked| checked.found.view(language));
    Ok(Read { data, provides: Vec::new() })
}

/// A person has read a notice.
#[tauri::command]
#[specta::specta]
pub async fn notice_dismiss(session: Open<'_>, code: String) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Workspace], move |workspace| workspace.dismiss_notice(&code)).await
}

/// Lets this computer write to the open workspace, by its recovery code.
#[tauri::command]
#[specta::specta]
pub async fn device_admit(session: Open<'_>, code: String) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Workspace], move |workspace| workspace.admit(&code)).await
}
