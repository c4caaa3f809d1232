//! What `SQLite`'s errors mean.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use super::super::super::{Ask, Blank, Request, SystemError, SystemFault};
use super::super::named_in;

/// What an error means.
pub(super) fn fault(path: &Path, error: &Error, request: Option<&Request>, ask: &Ask<'_>) -> SystemError {
    // With the statement in them, which names every field, the words would not tell which one is missing.
    let (words, code) = match error {
        Error::SqlInputError { error, msg, .. } => (msg.clone(), Some(error.code)),
        other => (other.to_string(), other.sqlite_error_code()),
    };
    let what =
        || request.map_or_else(|| path.display().to_string(), |request| request.what.text().to_owned());
    let meant = match code {
        Some(ErrorCode::OperationInterrupted) if ask.is_cancelled() => SystemFault::Cancelled,
        Some(ErrorCode::OperationInterrupted) => SystemFault::TimedOut { seconds: ask.timeout.as_secs() },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => SystemFault::Busy { wait: None },
        Some(ErrorCode::CannotOpen) if !path.exists() => SystemFault::Setting {
            setting: "path",
            reason: format!("there is no file at {}; is its drive connected?", path.display()),
        },
        Some(
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied,
        ) => SystemFault::Forbidden { what: path.display().to_string() },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            SystemFault::Nonsense { expected: "a whole SQLite file" }
        }
        Some(ErrorCode::SystemIoFailure) => SystemFault::BrokenOff,
        Some(ErrorCode::Unknown) if words.contains("no such table") => SystemFault::NoStream { name: what() },
        Some(ErrorCode::Unknown) if words.contains("no such column") => {
            let field = request.and_then(|request| named_in(&words, request));
            field.map_or(SystemFault::Refused { status: None }, |field| SystemFault::NoField {
                stream: what(),
                field,
            })
        }
        _ => SystemFault::Refused { status: None },
    };
    SystemError::new(meant, &words, &Blank::default())
}
