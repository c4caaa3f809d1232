//! Where things are: the repository, and the folder that cargo builds in.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::room;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// A path in the repository.
pub(crate) fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// The folder that cargo builds in, kept from being used by two test runs at once.
pub(crate) struct Target {
    /// The folder, when it is not cargo's default.
    pub(crate) folder: Option<PathBuf>,
    _lock: Option<File>,
}

/// Chooses the folder to build in: in continuous integration one outside of the clone, so that the next clone
/// finds the dependencies built; cargo's own everywhere else, and whenever another run uses the common one.
pub(crate) fn target() -> Target {
    let own = Target { folder: None, _lock: None };
    if std::env::var_os("CI").is_none() || std::env::var_os("CARGO_TARGET_DIR").is_some() {
        return own;
    }
    let Some(cache) = cache_home() else { return own };
    let folder = cache.join("plaza").join("target");
    if fs::create_dir_all(&folder).is_err() {
        return own;
    }
    let Ok(file) = File::create(folder.join("xtask.lock")) else { return own };
    match file.try_lock() {
        Ok(()) => {
            println!("Building in {} (kept between runs)", folder.display());
            make_room(&folder);
            Target { folder: Some(folder), _lock: Some(file) }
        }
        Err(TryLockError::WouldBlock) => {
            println!("Building in target: another run uses {}", folder.display());
            own
        }
        Err(TryLockError::Error(_)) => own,
    }
}

/// Mebibytes that a run needs beside what was kept, with room for what tests write.
const ROOM: u64 = 10 * 1024;

/// Removes what was kept where the disk is nearly full: every change of a dependency leaves what was built before it, and
/// a run that fills the disk fails wherever it happens to be.
fn make_room(folder: &Path) {
    let built = folder.join("debug");
    let Some(free) = room::on_disk(folder).filter(|free| *free < ROOM && built.exists()) else { return };
    println!("Only {free} MB of disk are free: what was built before is removed, and built anew");
    if let Err(reason) = fs::remove_dir_all(&built) {
        println!("It could not be removed: {reason}");
    }
}

fn cache_home() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")))
}
