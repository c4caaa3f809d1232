//! One order line, and the raw records behind it.

use plaza_engine::page::order::{OrderPage, RecordView};
use plaza_engine::page::{Read, Tag};
use plaza_engine::words::Language;

use super::{Open, read};
use crate::ApiError;

const PAGE: [Tag; 5] = [Tag::Workspace, Tag::Kpi, Tag::Observation, Tag::Run, Tag::Integration];

/// Reads the page of an order line, in the system named or else in the first that has it.
#[tauri::command]
#[specta::specta]
pub async fn order_read(
    session: Open<'_>,
    language: Language,
    order: String,
    line: String,
    system: Option<String>,
) -> Result<Read<OrderPage>, ApiError> {
    read(session, &PAGE, move |workspace| {
        OrderPage::read(workspace, &order, &line, system.as_deref(), language)
    })
    .await
}

/// Reads all versions of a raw record, the one in force first.
#[tauri::command]
#[specta::specta]
pub async fn record_read(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Read<Vec<RecordView>>, ApiError> {
    read(session, &PAGE, move |workspace| RecordView::read(workspace, &id, language)).await
}
