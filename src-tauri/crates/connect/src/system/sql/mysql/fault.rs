//! What `MySQL`'s errors mean.

use mysql_async::{DriverError, Error, IoError, ServerError};

use super::super::super::{Request, SystemError, SystemFault};
use super::super::{Server, named_in, wire};

/// What an error means. `request` is what was asked for, where it was a read; `seconds` the time-out.
pub(super) fn fault(server: &Server, error: &Error, request: Option<&Request>, seconds: u64) -> SystemError {
    match error {
        Error::Server(said) => {
            let detail = format!("{}, error {}", said.message, said.code);
            server.error(of_code(server, said, request, seconds), &detail)
        }
        Error::Driver(DriverError::ConnectionClosed) => {
            server.error(SystemFault::BrokenOff, &error.to_string())
        }
        Error::Driver(DriverError::NoClientSslFlagFromServer) | Error::Io(IoError::Tls(_)) => {
            server.error(SystemFault::Tls { at: server.at() }, &error.to_string())
        }
        Error::Driver(DriverError::UnknownAuthPlugin { .. } | DriverError::MysqlOldPasswordDisabled) => {
            server.error(SystemFault::Unauthorised, &error.to_string())
        }
        // A packet may hold what was in a row: its error is not repeated.
        Error::Driver(DriverError::UnexpectedPacket { .. } | DriverError::PacketOutOfOrder) => {
            SystemFault::Nonsense { expected: "what MySQL answers" }.into()
        }
        other => wire::fault(server, other, false),
    }
}

fn of_code(server: &Server, said: &ServerError, request: Option<&Request>, seconds: u64) -> SystemFault {
    let what =
        || request.map_or_else(|| server.database.database.clone(), |request| request.what.text().to_owned());
    match said.code {
        1045 | 1698 | 1862 | 1820 | 3118 => SystemFault::Unauthorised,
        1044 | 1130 => SystemFault::Forbidden { what: server.database.database.clone() },
        1142 | 1143 | 1227 | 1370 => SystemFault::Forbidden { what: what() },
        1049 => SystemFault::Setting {
            setting: "database",
            reason: format!("the server has no “{}”", server.database.database),
        },
        1146 => SystemFault::NoStream { name: what() },
        1054 => {
            let field = request.and_then(|request| named_in(&said.message, request));
            field.map_or(SystemFault::Refused { status: None }, |field| SystemFault::NoField {
                stream: what(),
                field,
            })
        }
        1205 | 1969 | 3024 => SystemFault::TimedOut { seconds },
        1040 | 1203 | 1226 => SystemFault::Busy { wait: None },
        1053 | 1317 | 1927 | 1079 | 1152..=1161 | 1184 | 4031 => SystemFault::BrokenOff,
        // A lock or a fault of its own: another attempt may work.
        1213 | 1020 | 1021 | 1030 | 1037 | 1038 | 1041 | 1042 | 1043 | 1180 | 1206 => {
            SystemFault::Failing { status: None }
        }
        _ => SystemFault::Refused { status: None },
    }
}
