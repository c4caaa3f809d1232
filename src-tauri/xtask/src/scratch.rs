//! Where tests put their files: in memory where there is room, so that a slow or nearly full disk fails none of them.
//!
//! Thousands of small databases are made, synced and thrown away in a run. On a disk that is shared with others each
//! sync may take seconds, and what waits for an answer gives up. No test is about the disk itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::room;

/// The system's own folder in memory.
const MEMORY: &str = "/dev/shm";

/// How the folders are named, before the process that made them.
const NAME: &str = "plaza-tests-";

/// Mebibytes that have to be free, of the folder and of the memory: tests were seen to use a few hundred of them, and the
/// compiler may need the rest.
const ROOM: u64 = 8 * 1024;

/// A folder in memory, gone with this; or none, and tests use the system's usual one.
pub(crate) struct Scratch(Option<PathBuf>);

impl Scratch {
    /// Makes one where there is room.
    pub(crate) fn new() -> Self {
        let memory = Path::new(MEMORY);
        sweep(memory);
        Self(has_room(memory).then(|| make(memory)).flatten())
    }

    /// Tells a program to put its files there.
    pub(crate) fn lend(&self, command: &mut Command) {
        if let Some(folder) = &self.0 {
            command.env("TMPDIR", folder);
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(folder) = &self.0 {
            // A server that is ending may write a last word: the next run sweeps that up.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

fn make(memory: &Path) -> Option<PathBuf> {
    let folder = memory.join(format!("{NAME}{}", std::process::id()));
    fs::create_dir(&folder).ok()?;
    open_to_all(&folder).ok()?;
    Some(folder)
}

/// Servers run as users of their own and make their files there too.
#[cfg(unix)]
fn open_to_all(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o1777))
}

#[cfg(not(unix))]
fn open_to_all(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Removes what runs left that were killed.
fn sweep(memory: &Path) {
    for entry in fs::read_dir(memory).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(NAME));
        if owner.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn has_room(memory: &Path) -> bool {
    room::on_disk(memory).min(room::in_memory()).is_some_and(|free| free >= ROOM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_swept_up_and_nothing_else() {
        let memory = tempfile::tempdir().unwrap();
        let at = |name: &str| memory.path().join(name);
        let own = format!("{NAME}{}", std::process::id());
        for name in [&format!("{NAME}999999999"), &own, "of-another-program"] {
            fs::create_dir(at(name)).unwrap();
        }
        sweep(memory.path());
        assert!(!at(&format!("{NAME}999999999")).exists());
        assert!(at(&own).exists() && at("of-another-program").exists());
    }

    #[test]
    fn a_folder_in_memory_is_open_to_servers_and_goes_with_its_run() {
        let memory = tempfile::tempdir().unwrap();
        let scratch = Scratch(make(memory.path()));
        let folder = scratch.0.clone().unwrap();
        let mut command = Command::new("true");
        scratch.lend(&mut command);
        let told: Vec<_> = command.get_envs().collect();
        assert_eq!(told, [("TMPDIR".as_ref(), Some(folder.as_os_str()))]);
        drop(scratch);
        assert!(!folder.exists());
    }
}
