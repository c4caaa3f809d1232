//! The board, a KPI, a week, and what people do with them.

use plaza_engine::page::board::Board;
use plaza_engine::page::kpi::{JourneyList, JourneyQuery, KpiPage, WeekPanel};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::{Basis, KpiKind, Language, department, week};

use super::{Open, act, read};
use crate::ApiError;

pub(super) const PAGE: [Tag; 6] =
    [Tag::Workspace, Tag::Kpi, Tag::Observation, Tag::Run, Tag::Integration, Tag::Thread];

/// Reads the board.
#[tauri::command]
#[specta::specta]
pub async fn board_read(session: Open<'_>, language: Language) -> Result<Read<Board>, ApiError> {
    read(session, &PAGE, move |workspace| Board::read(workspace, language)).await
}

/// Reads a KPI's page.
#[tauri::command]
#[specta::specta]
pub async fn kpi_read(
    session: Open<'_>,
    language: Language,
    kpi: KpiKind,
    basis: Basis,
) -> Result<Read<KpiPage>, ApiError> {
    read(session, &PAGE, move |workspace| KpiPage::read(workspace, kpi, basis, language)).await
}

/// Reads one week's panel.
#[tauri::command]
#[specta::specta]
pub async fn kpi_week(
    session: Open<'_>,
    language: Language,
    kpi: KpiKind,
    basis: Basis,
    week: String,
) -> Result<Read<WeekPanel>, ApiError> {
    read(session, &PAGE, move |workspace| {
        WeekPanel::read(workspace, kpi, basis, self::week(&week)?, language)
    })
    .await
}

/// Reads a slice of the journeys behind a week's number.
#[tauri::command]
#[specta::specta]
pub async fn kpi_journeys(session: Open<'_>, query: JourneyQuery) -> Result<Read<JourneyList>, ApiError> {
    read(session, &PAGE, move |workspace| JourneyList::read(workspace, &query)).await
}

/// Writes all journeys behind a week's number to a CSV file; offset and limit are not looked at.
#[tauri::command]
#[specta::specta]
pub async fn kpi_export(
    session: Open<'_>,
    language: Language,
    query: JourneyQuery,
    file: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| JourneyList::export(workspace, &query, &file, language)).await
}

/// Signs a week's value.
#[tauri::command]
#[specta::specta]
pub async fn week_sign(
    session: Open<'_>,
    kpi: KpiKind,
    week: String,
    revision: u32,
    note: Option<String>,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Kpi], move |workspace| {
        workspace.sign_week(kpi, self::week(&week)?, revision, note.as_deref().unwrap_or_default())
    })
    .await
}

/// Gives a chart limits of their own from a week on.
#[tauri::command]
#[specta::specta]
pub async fn phase_sign(
    session: Open<'_>,
    kpi: KpiKind,
    department: Option<String>,
    from_week: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Kpi], move |workspace| {
        workspace.sign_phase(kpi, self::department(department)?, week(&from_week)?, &reason)
    })
    .await
}

/// Takes a phase back.
#[tauri::command]
#[specta::specta]
pub async fn phase_withdraw(
    session: Open<'_>,
    kpi: KpiKind,
    department: Option<String>,
    from_week: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Kpi], move |workspace| {
        workspace.withdraw_phase(kpi, self::department(department)?, week(&from_week)?, &reason)
    })
    .await
}

/// Leaves a point out of mean and rules.
#[tauri::command]
#[specta::specta]
pub async fn point_ghost(
    session: Open<'_>,
    kpi: KpiKind,
    department: Option<String>,
    week: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Kpi], move |workspace| {
        workspace.ghost_point(kpi, self::department(department)?, self::week(&week)?, true, &reason)
    })
    .await
}

/// Takes a point back in.
#[tauri::command]
#[specta::specta]
pub async fn point_unghost(
    session: Open<'_>,
    kpi: KpiKind,
    department: Option<String>,
    week: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Kpi], move |workspace| {
        workspace.ghost_point(kpi, self::department(department)?, self::week(&week)?, false, "")
    })
    .await
}
