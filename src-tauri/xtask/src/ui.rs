//! The interface: its packages and its built page, renewed only when something changed.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::place;
use crate::process::{Problem, command, succeed};

/// Vite's and the linters' own minimum.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Everything that the built page is made of.
const SOURCES: &[&str] = &[
    "ui/src",
    "ui/public",
    "ui/index.html",
    "ui/package-lock.json",
    "ui/vite.config.ts",
    "ui/tsconfig.json",
    "ui/tsconfig.app.json",
];

/// A program of the interface's own packages, run in its folder.
pub(crate) fn tool(name: &str) -> Command {
    let mut tool = command(place::at("ui/node_modules/.bin").join(name));
    tool.current_dir(place::at("ui"));
    tool
}

/// Installs the interface's packages if its lock file changed since.
pub(crate) fn install() -> Result<(), Problem> {
    install_in("ui")
}

/// Installs the packages of a folder if its lock file changed since.
pub(crate) fn install_in(folder: &str) -> Result<(), Problem> {
    check_node()?;
    let folder = place::at(folder);
    let stamp = folder.join("node_modules/.plaza-stamp");
    let wanted = fingerprint(&[folder.join("package-lock.json"), folder.join("package.json")])?;
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    // Not `npm ci`: a registry that carries the command line of some systems only makes it refuse the lock file,
    // although the missing packages are optional. This reads the same lock file and leaves it as it is.
    println!("Installing the packages of {} (npm install)", folder.display());
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(&folder).args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
    succeed("npm install", &mut npm)?;
    write(&stamp, &wanted)
}

/// Builds the page if its sources changed since.
pub(crate) fn build() -> Result<(), Problem> {
    let stamp = place::at("target/xtask/ui.stamp");
    let sources: Vec<PathBuf> = SOURCES.iter().map(|path| place::at(path)).collect();
    let wanted = fingerprint(&sources)?;
    let built = place::at("ui/dist/assets").exists();
    if built && fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    println!("Building the interface");
    succeed("Building the interface", tool("vite").args(["build", "--logLevel", "warn"]))?;
    write(&stamp, &wanted)
}

fn check_node() -> Result<(), Problem> {
    let answer = command("node").arg("--version").output().ok();
    let text =
        answer.map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_owned()).unwrap_or_default();
    let mut numbers = text.trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    let found = numbers.next().zip(numbers.next());
    let (major, minor) = OLDEST_NODE;
    match found {
        Some(version) if version >= OLDEST_NODE => Ok(()),
        Some((old, older)) => Err(Problem::Missing {
            what: format!(
                "Node.js {major}.{minor} or newer is needed; this is {old}.{older} (https://nodejs.org)"
            ),
        }),
        None => Err(Problem::Missing {
            what: format!("Node.js {major}.{minor} or newer is needed, with npm (https://nodejs.org)"),
        }),
    }
}

/// A fingerprint of names and contents: times say nothing after a checkout.
fn fingerprint(paths: &[PathBuf]) -> Result<String, Problem> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        add(path, &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<(), Problem> {
    let file = |reason| Problem::File { path: path.display().to_string(), reason };
    if !path.exists() {
        return Ok(());
    }
    path.file_name().unwrap_or(OsStr::new("")).hash(hasher);
    if path.is_dir() {
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(file)? {
            inside.push(entry.map_err(file)?.path());
        }
        inside.sort();
        return inside.iter().try_for_each(|entry| add(entry, hasher));
    }
    fs::read(path).map_err(file)?.hash(hasher);
    Ok(())
}

fn write(stamp: &Path, text: &str) -> Result<(), Problem> {
    let file = |reason| Problem::File { path: stamp.display().to_string(), reason };
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder).map_err(file)?;
    }
    fs::write(stamp, text).map_err(file)
}
