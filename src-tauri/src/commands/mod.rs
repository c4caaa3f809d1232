//! One file for each noun: decode, call one function of the engine, encode.

pub mod about;
pub mod kpi;
pub mod start;
pub mod workspace;

use std::any::Any;

use crate::ApiError;

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
