//! The private folder of one run of a tap: its settings with their secrets, its catalog, its state. It lies with the
//! temporary files of this computer, never in a workspace, and is removed when the run ends.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use crate::system::{Blank, SystemError, SystemFault};

/// What the names of the folders begin with.
const PREFIX: &str = "plaza-tap-";

/// The file that a living run holds locked.
const LOCK: &str = "lock";

/// A folder without its lock is that of a run that is about to begin, unless it is older than this.
const BEGINNING: Duration = Duration::from_hours(1);

/// A private folder; dropping it removes it.
#[derive(Debug)]
pub(super) struct Folder {
    folder: TempDir,
    _lock: File,
}

impl Folder {
    /// A new one that only this user may enter.
    pub(super) fn new() -> Result<Self, SystemError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir().map_err(local)?;
        let lock = create(&folder.path().join(LOCK)).map_err(local)?;
        lock.lock().map_err(local)?;
        Ok(Self { folder, _lock: lock })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into it that only this user may read.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<PathBuf, SystemError> {
        let path = self.path().join(name);
        create(&path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(local)?;
        Ok(path)
    }
}

fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[allow(clippy::needless_pass_by_value)] // as `map_err` gives it
pub(super) fn local(error: std::io::Error) -> SystemError {
    SystemError::new(SystemFault::Local, &error.to_string(), &Blank::default())
}

/// Removes what runs of taps left behind that were killed together with Plaza: their folders with the secrets in them
/// and, on Linux, the taps that still run. Runs that are alive, also of another Plaza, are let be. For the start of the
/// program. Returns how many folders were removed.
pub fn sweep() -> usize {
    sweep_in(&std::env::temp_dir())
}

pub(super) fn sweep_in(place: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(place) else { return 0 };
    entries
        .flatten()
        .filter(|entry| {
            entry.file_name().to_string_lossy().starts_with(PREFIX) && is_left_over(&entry.path())
        })
        .filter(|entry| {
            end_within(&entry.path());
            std::fs::remove_dir_all(entry.path()).is_ok()
        })
        .count()
}

/// Whether it is a folder of this user whose run is over.
fn is_left_over(folder: &Path) -> bool {
    // A link that somebody laid is not followed.
    let Ok(about) = std::fs::symlink_metadata(folder) else { return false };
    if !about.is_dir() {
        return false;
    }
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::uid(&about) != rustix::process::getuid().as_raw() {
        return false;
    }
    match OpenOptions::new().write(true).open(folder.join(LOCK)) {
        // The lock of a run that is over opens; nobody takes it again, for every run has a folder of its own.
        Ok(lock) => lock.try_lock().is_ok(),
        Err(_) => about.modified().ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age > BEGINNING),
    }
}

/// Ends the taps that still run in a folder that was left.
#[cfg(target_os = "linux")]
fn end_within(folder: &Path) {
    let Ok(processes) = std::fs::read_dir("/proc") else { return };
    for process in processes.flatten() {
        let Some(id) = process.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let is_within =
            std::fs::read_link(process.path().join("cwd")).is_ok_and(|cwd| cwd.starts_with(folder));
        if is_within && let Some(id) = rustix::process::Pid::from_raw(id) {
            let _ = rustix::process::kill_process(id, rustix::process::Signal::KILL);
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn end_within(_: &Path) {}
