//! Reminders on the desktop.

use std::sync::Arc;

use plaza_engine::page::reminder::{ReminderForm, ReminderPage};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::reminder;
use plaza_engine::words::Language;

use super::{Open, act, away, read};
use crate::ApiError;

/// Reads what this device reminds of.
#[tauri::command]
#[specta::specta]
pub async fn reminder_read(session: Open<'_>) -> Result<Read<ReminderPage>, ApiError> {
    read(session, &[Tag::Workspace], ReminderPage::read).await
}

/// Asks what shows notifications on this desktop (its name); nothing where nothing does.
#[tauri::command]
#[specta::specta]
pub async fn reminder_service(session: Open<'_>) -> Result<Read<Option<String>>, ApiError> {
    let session = Arc::clone(&session);
    away(move || Ok(Read { data: session.desk().and_then(|desk| desk.service()), provides: Vec::new() }))
        .await
}

/// Sets what this device reminds of.
#[tauri::command]
#[specta::specta]
pub async fn reminder_set(
    session: Open<'_>,
    language: Language,
    form: ReminderForm,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Workspace], move |workspace| workspace.set_reminders(&form, language)).await
}

/// Shows an example of a reminder at once, whatever is set.
#[tauri::command]
#[specta::specta]
pub async fn reminder_try(session: Open<'_>, language: Language) -> Result<Changed<()>, ApiError> {
    let session = Arc::clone(&session);
    away(move || {
        let unheard = |detail| ApiError::System { message: unheard(language).to_owned(), detail };
        let desk = session.desk().ok_or_else(|| unheard(None))?;
        desk.ring(&reminder::example(language)).map_err(|fault| unheard(Some(fault.to_string())))?;
        Ok(Changed { data: (), invalidates: Vec::new() })
    })
    .await
}

const fn unheard(language: Language) -> &'static str {
    match language {
        Language::En => "This desktop did not show the notification.",
        Language::De => "Dieser Schreibtisch hat die Benachrichtigung nicht gezeigt.",
        Language::Es => "Este escritorio no mostró la notificación.",
    }
}
