//! One file for each noun: decode, call one function of the engine, encode.

pub mod about;
pub mod attention;
pub mod audit;
pub mod backup;
pub mod charter;
pub mod checkpoint;
pub mod connection;
pub mod definition;
pub mod draft;
pub mod drill;
pub mod figure_file;
pub mod hand;
pub mod integration;
pub mod job;
pub mod kpi;
pub mod measure;
pub mod meeting;
pub mod offer;
pub mod order;
pub mod palette;
pub mod promise;
pub mod quarantine;
pub mod reminder;
pub mod rotation;
pub mod schedule;
pub mod start;
pub mod text;
pub mod thread;
pub mod truth;
pub mod win;
pub mod workspace;

use std::any::Any;
use std::sync::Arc;

use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::workspace::Workspace;
use tauri::State;

use crate::ApiError;
use crate::session::Session;

/// The window's session, as every command gets it.
pub(crate) type Open<'a> = State<'a, Arc<Session>>;

/// Reads a page of the open workspace; `tags` are what it depends on.
pub(crate) async fn read<T: Send + 'static>(
    session: Open<'_>,
    tags: &[Tag],
    work: impl FnOnce(&Workspace) -> plaza_engine::error::Result<T> + Send + 'static,
) -> Result<Read<T>, ApiError> {
    let session = Arc::clone(&session);
    let provides = tags.to_vec();
    away(move || Ok(Read { data: work(&*session.workspace()?)?, provides })).await
}

/// Does something with the open workspace; `tags` are what it makes stale.
pub(crate) async fn act<T: Send + 'static>(
    session: Open<'_>,
    tags: &[Tag],
    work: impl FnOnce(&Workspace) -> plaza_engine::error::Result<T> + Send + 'static,
) -> Result<Changed<T>, ApiError> {
    let session = Arc::clone(&session);
    let invalidates = tags.to_vec();
    away(move || {
        let data = work(&*session.workspace()?)?;
        session.changed(&invalidates);
        Ok(Changed { data, invalidates })
    })
    .await
}

/// Does blocking work away from the window's own thread; a panic becomes an error and the window lives on.
///
/// # Errors
/// What the work answered, or [`ApiError::Internal`] if it panicked.
pub async fn away<T, F>(work: F) -> Result<T, ApiError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, ApiError> + Send + 'static,
{
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(tauri::Error::JoinError(broken)) => Err(internal(broken.try_into_panic().ok().as_deref())),
        Err(other) => Err(ApiError::Internal { message: BROKEN.into(), detail: Some(other.to_string()) }),
    }
}

const BROKEN: &str = "Plaza made a mistake. Nothing was changed; you can go on.";

pub(crate) fn internal(panic: Option<&(dyn Any + Send)>) -> ApiError {
    let detail = panic.and_then(|panic| {
        let words = panic.downcast_ref::<&str>().copied();
        words.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).map(str::to_owned)
    });
    ApiError::Internal { message: BROKEN.into(), detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_with_its_words() {
        let answer = tauri::async_runtime::block_on(away::<(), _>(|| panic!("lost {}", 3)));
        assert_eq!(answer, Err(ApiError::Internal { message: BROKEN.into(), detail: Some("lost 3".into()) }));
    }

    #[test]
    fn an_answer_passes_through() {
        assert_eq!(tauri::async_runtime::block_on(away(|| Ok(7))), Ok(7));
    }
}
