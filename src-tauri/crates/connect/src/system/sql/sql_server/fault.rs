//! What SQL Server's errors mean.

use tiberius::error::{Error, TokenError};

use super::super::super::{Request, SystemError, SystemFault};
use super::super::{Server, named_in, wire};

/// What an error means. `request` is what was asked for, where it was a read; `seconds` the time-out.
pub(super) fn fault(server: &Server, error: &Error, request: Option<&Request>, seconds: u64) -> SystemError {
    match error {
        Error::Server(said) => {
            let detail = format!("{}, error {}", said.message(), said.code());
            server.error(of_code(server, said, request, seconds), &detail)
        }
        Error::Io { kind, message } => server.error(wire::of_kind(server, *kind, false), message),
        Error::Tls(said) => server.error(SystemFault::Tls { at: server.at() }, said),
        _ => SystemFault::Nonsense { expected: "what SQL Server answers" }.into(),
    }
}

fn of_code(server: &Server, said: &TokenError, request: Option<&Request>, seconds: u64) -> SystemFault {
    let what =
        || request.map_or_else(|| server.database.database.clone(), |request| request.what.text().to_owned());
    match said.code() {
        18452 | 18456 | 18486 | 18487 | 18488 => SystemFault::Unauthorised,
        4060 | 911 => SystemFault::Setting {
            setting: "database",
            reason: format!("the server has no “{}” for this user", server.database.database),
        },
        229 | 230 | 297 | 300 | 916 => SystemFault::Forbidden { what: what() },
        208 => SystemFault::NoStream { name: what() },
        207 => {
            let field = request.and_then(|request| named_in(said.message(), request));
            field.map_or(SystemFault::Refused { status: None }, |field| SystemFault::NoField {
                stream: what(),
                field,
            })
        }
        1222 => SystemFault::TimedOut { seconds },
        10928 | 10929 | 17809 | 40501 | 40613 | 49918..=49920 => SystemFault::Busy { wait: None },
        596 | 6005 | 17142 => SystemFault::BrokenOff,
        701 | 802 | 1204 | 1205 | 3960 | 3961 | 8645 | 40197 => SystemFault::Failing { status: None },
        _ => SystemFault::Refused { status: None },
    }
}

/// What it means that a statement could not be described: the number of the error, and its words.
pub(super) fn of_description(number: &str, message: &str, request: &Request) -> SystemFault {
    let stream = request.what.text().to_owned();
    if number == "208" || message.contains("Invalid object name") {
        SystemFault::NoStream { name: stream }
    } else if number == "229" || message.contains("permission was denied") {
        SystemFault::Forbidden { what: stream }
    } else {
        SystemFault::Refused { status: None }
    }
}
