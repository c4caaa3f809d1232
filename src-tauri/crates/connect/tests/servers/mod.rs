//! Real systems for tests: started on free ports of this computer, stopped when the last test that uses them lets go.
//!
//! PostgreSQL comes from the operating system's packages, Python programs from pinned lists, each in an environment of
//! its own in the build folder that is made once. `PLAZA_NO_SERVERS=1` leaves the tests out that need them.

mod postgres;
mod python;
mod tryton;

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

pub use postgres::Postgres;
pub use python::environment;
pub use tryton::Tryton;

/// Whether this computer is to do without.
pub fn are_left_out() -> bool {
    std::env::var_os("PLAZA_NO_SERVERS").is_some_and(|value| value == "1")
}

/// Where the tests' files lie.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/fixtures")
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Runs a command to its end; what it says is in the panic where it fails.
fn run(command: &mut Command) -> Output {
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

/// Waits until something listens.
fn wait_for(port: u16, longest: Duration, log: &Path) {
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(
            began.elapsed() < longest,
            "nothing listens on {port}: {}",
            std::fs::read_to_string(log).unwrap_or_default()
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}
