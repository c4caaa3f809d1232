//! Audits of integrations.

use plaza_engine::page::audit::{AnswerDraft, AuditPage};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::integration::PAGE;
use super::{Open, act, read};
use crate::ApiError;

/// Reads the audit of an integration.
#[tauri::command]
#[specta::specta]
pub async fn audit_read(
    session: Open<'_>,
    language: Language,
    id: String,
) -> Result<Read<AuditPage>, ApiError> {
    read(session, &PAGE, move |workspace| AuditPage::read(workspace, &id, language)).await
}

/// Saves this quarter's audit of an integration.
#[tauri::command]
#[specta::specta]
pub async fn audit_save(
    session: Open<'_>,
    id: String,
    answers: Vec<AnswerDraft>,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Integration], move |workspace| workspace.save_audit(&id, &answers)).await
}
