//! Finding anything by its name.

use plaza_engine::page::palette::Hit;
use plaza_engine::page::{Read, Tag};

use super::{Open, read};
use crate::ApiError;

/// Finds KPIs, people, departments, integrations and orders; at most twenty.
#[tauri::command]
#[specta::specta]
pub async fn palette_search(session: Open<'_>, query: String) -> Result<Read<Vec<Hit>>, ApiError> {
    let tags = [Tag::Workspace, Tag::Kpi, Tag::Integration, Tag::Observation];
    read(session, &tags, move |workspace| Hit::search(workspace, &query)).await
}
