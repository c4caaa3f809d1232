//! Environments with Python programs, each of a pinned list, made once in the build folder.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{fixtures, run};

/// The folder with the programs of an environment with the packages of `NAME.txt`.
pub(crate) fn environment(name: &str) -> PathBuf {
    let list = fixtures().join(format!("{name}.txt"));
    let wanted = std::fs::read(&list).unwrap();
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("servers");
    std::fs::create_dir_all(&cache).unwrap();
    // Tests of several programs may want it at once.
    let lock = File::create(cache.join(format!("{name}.lock"))).unwrap();
    lock.lock().unwrap();
    let (place, ready) = (cache.join(name), cache.join(name).join("ready"));
    if std::fs::read(&ready).ok().as_deref() != Some(wanted.as_slice()) {
        if place.exists() {
            std::fs::remove_dir_all(&place).unwrap();
        }
        run(Command::new("python3").args(["-m", "venv"]).arg(&place));
        run(Command::new(place.join("bin/pip")).args(["install", "--quiet", "--no-deps", "-r"]).arg(&list));
        std::fs::write(ready, wanted).unwrap();
    }
    place.join("bin")
}
