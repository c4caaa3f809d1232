//! Definitions of joint KPIs: all of them, one in its form, a look at what a change would do, and the change.

use plaza_engine::definition;
use plaza_engine::page::definition::{DefinitionForm, DefinitionList, DefinitionPage, DefinitionPreview};
use plaza_engine::page::job::JobView;
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::{KpiKind, Language};

use super::kpi::PAGE;
use super::{Open, away, read};
use crate::ApiError;
use crate::job::{Kind, Work};

/// Whether a KPI is still needed depends on what meetings talked about.
const LIST: [Tag; 7] =
    [Tag::Workspace, Tag::Kpi, Tag::Observation, Tag::Run, Tag::Integration, Tag::Meeting, Tag::Thread];

/// Reads all definitions.
#[tauri::command]
#[specta::specta]
pub async fn definition_list(
    session: Open<'_>,
    language: Language,
) -> Result<Read<DefinitionList>, ApiError> {
    read(session, &LIST, move |workspace| DefinitionList::read(workspace, language)).await
}

/// Reads one definition as its form.
#[tauri::command]
#[specta::specta]
pub async fn definition_read(session: Open<'_>, kpi: KpiKind) -> Result<Read<DefinitionPage>, ApiError> {
    read(session, &PAGE, move |workspace| DefinitionPage::read(workspace, kpi)).await
}

/// Looks at what a form would have done to the past. Fields that cannot be used are named at once.
#[tauri::command]
#[specta::specta]
pub async fn definition_preview(
    session: Open<'_>,
    language: Language,
    kpi: KpiKind,
    form: DefinitionForm,
) -> Result<Changed<JobView>, ApiError> {
    let workspace = session.workspace()?;
    let asked = (session.workspace()?, form.clone());
    away(move || Ok(definition::check_look(&asked.0, kpi, &asked.1, language)?)).await?;
    let data = session.jobs().start(Work::new(Kind::Preview).about(kpi.word()), move |watch| {
        Ok(definition::preview(&workspace, kpi, &form, language, watch)?)
    })?;
    Ok(Changed { data, invalidates: Vec::new() })
}

/// Reads what a look has found.
#[tauri::command]
#[specta::specta]
pub async fn definition_previewed(session: Open<'_>, job: u32) -> Result<Read<DefinitionPreview>, ApiError> {
    let found = session.jobs().result::<DefinitionPreview>(job).ok_or_else(|| ApiError::NotFound {
        message: "This preview is not at hand any more; look again.".into(),
        detail: None,
    })?;
    Ok(Read { data: DefinitionPreview::clone(&found), provides: Vec::new() })
}

/// Writes the next version of a definition; where it counts otherwise, the weeks that change are published anew. Fields
/// that cannot be used are named at once.
#[tauri::command]
#[specta::specta]
pub async fn definition_save(
    session: Open<'_>,
    language: Language,
    kpi: KpiKind,
    form: DefinitionForm,
    reason: String,
) -> Result<Changed<JobView>, ApiError> {
    let workspace = session.workspace()?;
    let asked = (session.workspace()?, form.clone(), reason.clone());
    away(move || Ok(definition::check(&asked.0, kpi, &asked.1, &asked.2, language)?)).await?;
    let work = Work::new(Kind::Define).about(kpi.word()).changes([Tag::Kpi, Tag::Observation]);
    let data = session
        .jobs()
        .start(work, move |watch| Ok(definition::save(&workspace, kpi, &form, &reason, language, watch)?))?;
    Ok(Changed { data, invalidates: Vec::new() })
}

/// A KPI that is proposed for retirement stays, with a reason.
#[tauri::command]
#[specta::specta]
pub async fn definition_keep(
    session: Open<'_>,
    kpi: KpiKind,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    super::act(session, &[Tag::Kpi, Tag::Meeting], move |workspace| definition::keep(workspace, kpi, &reason))
        .await
}

/// Takes a KPI off the board, or brings it back.
#[tauri::command]
#[specta::specta]
pub async fn definition_show(
    session: Open<'_>,
    language: Language,
    kpi: KpiKind,
    active: bool,
) -> Result<Changed<()>, ApiError> {
    let watch = plaza_engine::pull::Unwatched::default();
    super::act(session, &[Tag::Kpi, Tag::Observation], move |workspace| {
        definition::show(workspace, kpi, active, language, &watch)
    })
    .await
}
