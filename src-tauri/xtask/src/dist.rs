//! `cargo xtask dist`: the package for this system.

use std::process::ExitCode;

use crate::packages::{self, Need};
use crate::process::{Problem, succeed};
use crate::{place, ui};

/// Builds the package with Tauri's bundler.
pub(crate) fn run() -> Result<ExitCode, Problem> {
    packages::install(Need::Window)?;
    ui::install()?;
    println!("Building the package (release; takes about five minutes)");
    let mut tauri = ui::tool("tauri");
    tauri.current_dir(place::root()).arg("build");
    if cfg!(target_os = "linux") {
        tauri.args(["--bundles", "deb"]);
    }
    succeed("Building the package", &mut tauri)?;
    println!("Done: target/release/bundle");
    Ok(ExitCode::SUCCESS)
}
