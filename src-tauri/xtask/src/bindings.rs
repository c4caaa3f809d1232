//! `cargo xtask bindings`: writes the interface's TypeScript from the window's commands.

use std::process::ExitCode;

use crate::packages::{self, Need};
use crate::process::{Problem, cargo, succeed};

/// Runs the test that compares them, telling it to write instead.
pub(crate) fn run() -> Result<ExitCode, Problem> {
    packages::install(Need::Window)?;
    let mut write = cargo();
    write
        .args(["test", "--quiet", "--locked", "--package", "plaza", "--test", "shell"])
        .args(["--", "--exact", "bindings::are_current"])
        .env("PLAZA_BINDINGS", "write");
    succeed("Writing the bindings", &mut write)?;
    println!("ui/src/api/bindings.ts is current");
    Ok(ExitCode::SUCCESS)
}
