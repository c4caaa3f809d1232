//! Starts programs in Python, as the tests with real servers do.

#[path = "../../../../../tests/servers/start/python.rs"]
mod python;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) use python::environment;

/// Where the lists of packages lie.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/servers/start/fixtures")
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
