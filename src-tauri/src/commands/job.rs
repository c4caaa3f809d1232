//! Long work: what is under way, and stopping it.

use std::sync::Arc;

use plaza_engine::page::job::JobView;
use plaza_engine::page::{Changed, Read};
use tauri::State;

use crate::ApiError;
use crate::session::Session;

/// Lists the jobs that are known; the page hears of every movement by the event `job`.
#[tauri::command]
#[specta::specta]
pub async fn job_list(session: State<'_, Arc<Session>>) -> Result<Read<Vec<JobView>>, ApiError> {
    Ok(Read { data: session.jobs().list(), provides: Vec::new() })
}

/// Reads one job.
#[tauri::command]
#[specta::specta]
pub async fn job_read(session: State<'_, Arc<Session>>, id: u32) -> Result<Read<JobView>, ApiError> {
    Ok(Read { data: session.jobs().read(id)?, provides: Vec::new() })
}

/// Asks a job to stop.
#[tauri::command]
#[specta::specta]
pub async fn job_cancel(session: State<'_, Arc<Session>>, id: u32) -> Result<Changed<()>, ApiError> {
    session.jobs().cancel(id)?;
    Ok(Changed { data: (), invalidates: Vec::new() })
}
