//! What `PostgreSQL`'s errors mean.

use tokio_postgres::error::DbError;

use super::super::super::{Request, SystemError, SystemFault};
use super::super::{Server, named_in, wire};

/// What an error means. `request` is what was asked for, where it was a read; `seconds` the time-out.
pub(super) fn fault(
    server: &Server,
    error: &tokio_postgres::Error,
    request: Option<&Request>,
    seconds: u64,
) -> SystemError {
    if let Some(said) = error.as_db_error() {
        let detail = format!("{}, SQLSTATE {}", said.message(), said.code().code());
        return server.error(of_state(server, said, request, seconds), &detail);
    }
    if error.is_closed() {
        return server.error(SystemFault::BrokenOff, &error.to_string());
    }
    let other = wire::fault(server, error, false);
    // The driver keeps to itself which kind of error it is.
    if other.fault == (SystemFault::Failing { status: None }) && error.to_string().contains("TLS") {
        return server
            .error(SystemFault::Tls { at: server.at() }, other.detail.as_deref().unwrap_or_default());
    }
    other
}

fn of_state(server: &Server, said: &DbError, request: Option<&Request>, seconds: u64) -> SystemFault {
    let what =
        || request.map_or_else(|| server.database.database.clone(), |request| request.what.text().to_owned());
    let state = said.code().code();
    match state {
        "28P01" | "28000" => SystemFault::Unauthorised,
        "3D000" => SystemFault::Setting {
            setting: "database",
            reason: format!("the server has no “{}”", server.database.database),
        },
        "42501" => SystemFault::Forbidden { what: what() },
        "42P01" | "3F000" => SystemFault::NoStream { name: what() },
        "42703" => {
            let field = request.and_then(|request| named_in(said.message(), request));
            field.map_or(SystemFault::Refused { status: None }, |field| SystemFault::NoField {
                stream: what(),
                field,
            })
        }
        "57014" | "55P03" => SystemFault::TimedOut { seconds },
        "57P03" | "53300" => SystemFault::Busy { wait: None },
        "57P01" | "57P02" | "57P05" | "25P03" | "25P04" => SystemFault::BrokenOff,
        _ => match state.get(..2) {
            Some("08") => SystemFault::BrokenOff,
            // Of the statement or its data: the same with every attempt.
            Some("0A" | "21" | "22" | "25" | "2F" | "34" | "3B" | "42" | "44") => {
                SystemFault::Refused { status: None }
            }
            _ => SystemFault::Failing { status: None },
        },
    }
}
