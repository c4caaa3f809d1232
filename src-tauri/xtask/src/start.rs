//! `cargo xtask start`: from a fresh clone to the sample company.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::packages::{self, Need};
use crate::process::{Problem, cargo, succeed};
use crate::{place, ui};

/// Sets up, builds and opens Plaza.
pub(crate) fn run(options: &[String]) -> Result<ExitCode, Problem> {
    let mut release = false;
    let mut headless = false;
    for option in options {
        match option.as_str() {
            "--release" => release = true,
            "--headless" => headless = true,
            other => return Err(Problem::Missing { what: format!("start does not know {other}") }),
        }
    }
    if headless {
        return weeks(release);
    }
    if !has_display() {
        eprintln!("There is no display for Plaza's window (neither DISPLAY nor WAYLAND_DISPLAY is set).");
        eprintln!("Without a window: cargo xtask start --headless");
        return Ok(ExitCode::FAILURE);
    }
    packages::install(Need::Window)?;
    ui::install()?;
    ui::build()?;
    println!("Building Plaza{}", first_time(release));
    let both = ["--package", "plaza", "--bin", "plaza-desktop", "--package", "plaza-cli", "--bin", "plaza"];
    succeed("Building Plaza", build(release).args(both))?;
    let workspace = sample(release)?;
    println!("Opening Plaza with the sample company");
    let mut window = run_built(release, "plaza", "plaza-desktop");
    succeed("Plaza", window.arg("--workspace").arg(workspace))?;
    Ok(ExitCode::SUCCESS)
}

/// The main job without a window: a year of files, pulled, counted and printed.
fn weeks(release: bool) -> Result<ExitCode, Problem> {
    packages::install(Need::CommandLine)?;
    println!("Building the program `plaza`{}", first_time(release));
    succeed("Building the program", build(release).args(["--package", "plaza-cli", "--bin", "plaza"]))?;
    let workspace = sample(release)?;
    println!("The latest weeks of the sample company");
    let mut week = run_built(release, "plaza-cli", "plaza");
    succeed("Reading the weeks", week.arg("week").arg("--workspace").arg(workspace))?;
    Ok(ExitCode::SUCCESS)
}

/// The sample company's workspace, made the first time.
fn sample(release: bool) -> Result<PathBuf, Problem> {
    let workspace = place::at("target/sample");
    let finished = place::at("target/xtask/sample.stamp");
    if workspace.exists() && finished.exists() {
        return Ok(workspace);
    }
    let file = |path: &Path, reason| Problem::File { path: path.display().to_string(), reason };
    if workspace.exists() {
        // Left behind half made: nothing of a person's own is in it.
        fs::remove_dir_all(&workspace).map_err(|reason| file(&workspace, reason))?;
    }
    println!("Making the sample company in {}: a year of files, pulled week by week", workspace.display());
    let mut plaza = run_built(release, "plaza-cli", "plaza");
    succeed("Making the sample company", plaza.arg("sample").arg("--workspace").arg(&workspace))?;
    if let Some(folder) = finished.parent() {
        fs::create_dir_all(folder).map_err(|reason| file(folder, reason))?;
    }
    fs::write(&finished, "").map_err(|reason| file(&finished, reason))?;
    Ok(workspace)
}

fn first_time(release: bool) -> &'static str {
    if release { " (the first time takes five minutes)" } else { " (the first time takes two minutes)" }
}

fn build(release: bool) -> Command {
    let mut build = cargo();
    build.args(["build", "--locked"]);
    if release {
        build.arg("--release");
    }
    build
}

/// Runs through cargo, which knows where it built.
fn run_built(release: bool, package: &str, program: &str) -> Command {
    let mut run = cargo();
    run.args(["run", "--quiet", "--locked", "--package", package, "--bin", program]);
    if release {
        run.arg("--release");
    }
    run.arg("--");
    run
}

fn has_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("WAYLAND_DISPLAY") || named("DISPLAY")
}
