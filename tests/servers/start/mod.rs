//! Real systems for tests: each in a temporary folder, on a free port of this computer, gone when the tests are.
//!
//! Databases come from the operating system's packages, Python programs from pinned lists, each in an environment of
//! its own in the build folder that is made once, the OData service from the packages beside it. `cargo xtask test`
//! installs all of that. One that does not start is a failed test.

mod cap;
mod database;
mod kept;
mod python;
mod tryton;

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) use cap::Cap;
pub(crate) use database::{SECRET, Server};
pub(crate) use python::environment;
pub(crate) use tryton::Tryton;

/// Where what the servers need lies.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/servers")
}

/// Where the tests' files lie.
fn fixtures() -> PathBuf {
    folder().join("start/fixtures")
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Whether somebody listens there.
fn listens(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

/// Runs a command to its end; what it says is in the panic where it fails.
pub(crate) fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
