//! The system of a draft: asked what it is and what it offers, before anything is saved.

use plaza_engine::connection::Connection;
use plaza_engine::draft;
use plaza_engine::integration::{Integration, Stream};
use plaza_engine::page::connection::SecretView;
use plaza_engine::page::job::JobView;
use plaza_engine::page::offer::{Excerpt, OfferAnswer, OfferQuestion};
use plaza_engine::page::{Changed, Read};
use plaza_engine::words::Language;

use super::{Open, act, away, read};
use crate::ApiError;
use crate::job::{Kind, Work};

/// Begins to ask the system of a draft; what it answers is read by [`offer_answer`].
#[tauri::command]
#[specta::specta]
pub async fn offer_ask(
    session: Open<'_>,
    draft: Integration,
    existing: bool,
    question: OfferQuestion,
) -> Result<Changed<JobView>, ApiError> {
    let workspace = session.workspace()?;
    let data = session.jobs().start(Work::new(Kind::Ask), move |watch| {
        Ok(draft::ask(&workspace, &draft, existing, &question, watch)?)
    })?;
    Ok(Changed { data, invalidates: Vec::new() })
}

/// Reads what a system has answered.
#[tauri::command]
#[specta::specta]
pub async fn offer_answer(session: Open<'_>, job: u32) -> Result<Read<OfferAnswer>, ApiError> {
    let answer = session.jobs().result::<OfferAnswer>(job).ok_or_else(|| ApiError::NotFound {
        message: "This answer is not at hand any more; ask again.".into(),
        detail: None,
    })?;
    Ok(Read { data: OfferAnswer::clone(&answer), provides: Vec::new() })
}

/// The streams of a system that Plaza knows, with what their fields mean.
#[tauri::command]
#[specta::specta]
pub async fn offer_preset(connection: Connection) -> Result<Read<Vec<Stream>>, ApiError> {
    away(move || Ok(Read { data: draft::preset(&connection), provides: Vec::new() })).await
}

/// Which secrets the connection of a draft needs, and which are kept.
#[tauri::command]
#[specta::specta]
pub async fn offer_secrets(
    session: Open<'_>,
    draft: Integration,
    existing: bool,
) -> Result<Read<Vec<SecretView>>, ApiError> {
    read(session, &[], move |workspace| draft::secrets(workspace, &draft, existing)).await
}

/// Keeps a secret of a draft's connection in the keyring; none forgets it. Answers whether it had to be kept in a file.
#[tauri::command]
#[specta::specta]
pub async fn offer_secret_keep(
    session: Open<'_>,
    draft: Integration,
    existing: bool,
    slot: String,
    text: Option<String>,
) -> Result<Changed<bool>, ApiError> {
    act(session, &[], move |workspace| draft::keep_secret(workspace, &draft, existing, &slot, text)).await
}

/// The first rows of the draft's streams, as far as they were read. No system is asked.
#[tauri::command]
#[specta::specta]
pub async fn excerpt_list(
    session: Open<'_>,
    language: Language,
    draft: Integration,
) -> Result<Read<Vec<Excerpt>>, ApiError> {
    read(session, &[], move |workspace| draft::excerpts(workspace, &draft, language)).await
}

/// Sets a new draft aside: its secrets are forgotten and the rows that were read for it removed.
#[tauri::command]
#[specta::specta]
pub async fn draft_discard(session: Open<'_>, draft: Integration) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| draft::discard(workspace, &draft)).await
}
