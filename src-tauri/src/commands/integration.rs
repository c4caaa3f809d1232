//! Integrations in use: the list, one of them, pulling and retiring it.

use std::sync::Arc;

use plaza_engine::Day;
use plaza_engine::error::EngineError;
use plaza_engine::page::integration::{IntegrationList, IntegrationPage, RunView};
use plaza_engine::page::job::JobView;
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, away, read};
use crate::ApiError;
use crate::background::{PULLED, begin_pull, begin_read_again};

/// What the pages of integrations depend on: their charters name people, and are measured by KPIs.
pub(super) const PAGE: [Tag; 5] = [Tag::Integration, Tag::Run, Tag::Observation, Tag::Workspace, Tag::Kpi];

/// Lists the integrations in use.
#[tauri::command]
#[specta::specta]
pub async fn integration_list(session: Open<'_>) -> Result<Read<IntegrationList>, ApiError> {
    read(session, &PAGE, IntegrationList::read).await
}

/// Reads one integration.
#[tauri::command]
#[specta::specta]
pub async fn integration_read(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Read<IntegrationPage>, ApiError> {
    read(session, &PAGE, move |workspace| IntegrationPage::read(workspace, &id, language)).await
}

/// Begins to pull an integration; what it asks is asked in the language.
#[tauri::command]
#[specta::specta]
pub async fn integration_pull(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Changed<JobView>, ApiError> {
    let session = Arc::clone(&session);
    away(move || {
        let data = begin_pull(&session.workspace()?, session.jobs(), &id, language)?;
        Ok(Changed { data, invalidates: vec![Tag::Run] })
    })
    .await
}

/// Begins to read what changed from one day to another (`YYYY-MM-DD`, both included) once more.
#[tauri::command]
#[specta::specta]
pub async fn integration_read_again(
    session: Open<'_>,
    language: Language,
    id: String,
    from: String,
    to: String,
) -> Result<Changed<JobView>, ApiError> {
    let session = Arc::clone(&session);
    away(move || {
        let day = |text: &str, field: &str| {
            text.parse::<Day>().map_err(|_| EngineError::invalid(field, "write a day as 2026-03-31"))
        };
        let days = (day(&from, "from")?, day(&to, "to")?);
        let data = begin_read_again(&session.workspace()?, session.jobs(), &id, days, language)?;
        Ok(Changed { data, invalidates: vec![Tag::Run] })
    })
    .await
}

/// Retires an integration; what it brought stays.
#[tauri::command]
#[specta::specta]
pub async fn integration_retire(
    session: Open<'_>,
    id: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &PULLED, move |workspace| workspace.retire_integration(&id, &reason)).await
}

/// Lists an integration's runs.
#[tauri::command]
#[specta::specta]
pub async fn run_list(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Read<Vec<RunView>>, ApiError> {
    read(session, &PAGE, move |workspace| RunView::list(workspace, &id, language)).await
}
