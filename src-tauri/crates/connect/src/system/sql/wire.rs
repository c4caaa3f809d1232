//! The way to a server, and what can go wrong on it.

use std::error::Error;
use std::io;

use tokio::net::TcpStream;

use super::super::{SystemError, SystemFault};
use super::Server;

/// A wire to the server, not protected yet.
///
/// # Errors
/// `UnknownHost`, `Unreachable`.
pub(super) async fn connect(server: &Server) -> Result<TcpStream, SystemError> {
    let mut last = None;
    for address in addresses(server).await? {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                // A question is sent at once.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Err(error) => last = Some(error),
        }
    }
    let detail = last.map(|error| error.to_string()).unwrap_or_default();
    Err(server.error(SystemFault::Unreachable { at: server.at() }, &detail))
}

/// The server's addresses.
///
/// # Errors
/// `UnknownHost`.
pub(super) async fn addresses(server: &Server) -> Result<Vec<std::net::SocketAddr>, SystemError> {
    let host = server.database.host.as_str();
    let unknown = |detail: &str| server.error(SystemFault::UnknownHost { host: host.to_owned() }, detail);
    let found = tokio::net::lookup_host((host, server.port)).await;
    let found: Vec<_> = found.map_err(|error| unknown(&error.to_string()))?.collect();
    if found.is_empty() { Err(unknown("")) } else { Ok(found) }
}

/// What a driver's error means that the server did not send: the wire's, or TLS's. `is_connecting` tells a server
/// that is not there from one that went away.
pub(super) fn fault(server: &Server, error: &(dyn Error + 'static), is_connecting: bool) -> SystemError {
    let mut texts = Vec::new();
    let mut found = None;
    let mut next = Some(error);
    while let Some(this) = next {
        let text = this.to_string();
        if !texts.last().is_some_and(|last: &String| last.contains(&text)) {
            texts.push(text);
        }
        found = found.or_else(|| meaning(server, this, is_connecting));
        next = this.source();
    }
    server.error(found.unwrap_or(SystemFault::Failing { status: None }), &texts.join(": "))
}

fn meaning(server: &Server, error: &(dyn Error + 'static), is_connecting: bool) -> Option<SystemFault> {
    if error.is::<rustls::Error>() {
        return Some(SystemFault::Tls { at: server.at() });
    }
    let error = error.downcast_ref::<io::Error>()?;
    if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) {
        return Some(SystemFault::Tls { at: server.at() });
    }
    Some(of_kind(server, error.kind(), is_connecting))
}

/// What a kind of an error of the operating system means.
pub(super) fn of_kind(server: &Server, kind: io::ErrorKind, is_connecting: bool) -> SystemFault {
    use io::ErrorKind as Kind;
    match kind {
        Kind::ConnectionRefused
        | Kind::HostUnreachable
        | Kind::NetworkUnreachable
        | Kind::AddrNotAvailable => SystemFault::Unreachable { at: server.at() },
        _ if is_connecting => SystemFault::Unreachable { at: server.at() },
        _ => SystemFault::BrokenOff,
    }
}
