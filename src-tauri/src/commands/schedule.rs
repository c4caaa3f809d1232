//! When an integration is pulled by itself: what is proposed, what a person chose, and how that goes.

use plaza_engine::page::schedule::{CadenceView, ScheduleChoice, SchedulePage, ScheduleProposal};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::schedule::Cost;
use plaza_engine::words::Language;

use super::{Open, act, away, read};
use crate::ApiError;

/// Reads the schedule of an integration, with the age of its numbers and its circuit.
#[tauri::command]
#[specta::specta]
pub async fn schedule_read(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Read<SchedulePage>, ApiError> {
    let tags = [Tag::Integration, Tag::Run, Tag::Workspace];
    read(session, &tags, move |workspace| SchedulePage::read(workspace, &id, language)).await
}

/// Proposes a cadence for two costs; with thresholds for the cadence that a person looks at instead, where there is one.
#[tauri::command]
#[specta::specta]
pub async fn schedule_propose(
    language: Language,
    delay: Cost,
    error: Cost,
    cadence: Option<CadenceView>,
) -> Result<Read<ScheduleProposal>, ApiError> {
    away(move || {
        let data = ScheduleProposal::of(delay, error, cadence.as_ref(), language)?;
        Ok(Read { data, provides: Vec::new() })
    })
    .await
}

/// Records when an integration is pulled by itself from now on.
#[tauri::command]
#[specta::specta]
pub async fn schedule_choose(
    session: Open<'_>,
    language: Language,
    id: String,
    choice: ScheduleChoice,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| choice.choose(workspace, &id, language)).await
}
