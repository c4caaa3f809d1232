//! Backups: one file with everything of a workspace, made while it is in use, checked when it is restored.
//!
//! The file is a plain `tar` with, in this order:
//! - `manifest.json`: format, workspace, time, and for each database its size and BLAKE3 hash, uncompressed;
//! - `ledger.db.zst` and, where there is one, `intake.db.zst`: the `SQLite` databases, compressed with Zstandard.
//!
//! So it can be opened without Plaza: `tar xf FILE && zstd -d ledger.db.zst`. Keys are not in it.

mod daily;
mod restore;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use plaza_domain::event::WorkspaceId;
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};

pub use daily::{BackupName, daily, surplus};
pub use restore::{About, Restored, look, restore};

use crate::connection::copy_database;
use crate::error::{Result, StoreError};
use crate::intake::INTAKE_FILE;
use crate::ledger::{LEDGER, Ledger};

/// How the name of a backup ends, without the dot.
pub const ENDING: &str = "plaza";

const FORMAT: &str = "plaza-backup";
const FORMAT_VERSION: u32 = 1;
const MANIFEST: &str = "manifest.json";

/// Fast, and within a few percent of what slower levels reach on pages of a database.
const ZSTD_LEVEL: i32 = 3;

/// How the name of a folder for half-done work begins.
const PART: &str = ".plaza-part-";

/// Nobody works on a backup for so long: what is older was left by a program that was killed.
const LEFT_AFTER: Duration = Duration::from_hours(24);

/// What a backup says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    format: String,
    version: u32,
    workspace: WorkspaceId,
    /// Milliseconds since 1970 UTC.
    made_at: i64,
    databases: Vec<Packed>,
}

/// One database within a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Packed {
    /// `ledger.db` or `intake.db`.
    name: String,
    /// Uncompressed.
    bytes: u64,
    /// Of the uncompressed bytes, hexadecimal.
    blake3: String,
}

/// A backup that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
}

/// Writes a backup of the workspace into `file`, replacing an older backup there in one step. Others may read and
/// write meanwhile: the copy is of one moment. `now_ms` is milliseconds since 1970 UTC.
///
/// # Errors
/// [`StoreError::NoBackup`] where the file is there and something else; [`StoreError::File`] where it cannot be
/// written. Nothing half-written stays behind.
pub fn write(ledger: &Ledger, file: &Path, now_ms: i64) -> Result<Written> {
    if file.is_file() && look(file).is_err() {
        return Err(StoreError::NoBackup { path: file.to_owned() });
    }
    let beside = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let scratch = Scratch::beside(beside)?;
    let mut databases = Vec::new();
    // The ledger first: what it says of a run is then surely in the intake, which is copied later. The other way
    // round a signature could stand on records that the backup lacks.
    let copy = scratch.path.join(LEDGER.file);
    ledger.database().read(|connection| copy_database(connection, &copy))?;
    databases.push(pack(&copy, LEDGER.file)?);
    let intake = ledger.folder().join(INTAKE_FILE);
    if intake.is_file() {
        let copy = scratch.path.join(INTAKE_FILE);
        let connection = Connection::open_with_flags(&intake, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_millis(crate::BUSY_TIMEOUT_MS))?;
        copy_database(&connection, &copy)?;
        databases.push(pack(&copy, INTAKE_FILE)?);
    }
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: FORMAT_VERSION,
        workspace: ledger.workspace(),
        made_at: now_ms,
        databases,
    };
    let part = scratch.path.join("backup.tar");
    let bytes = bundle(&manifest, &scratch.path, &part).map_err(StoreError::file(&part))?;
    fs::rename(&part, file).map_err(StoreError::file(file))?;
    sync_folder(beside)?;
    Ok(Written { path: file.to_owned(), bytes })
}

/// Compresses a copy beside itself, and takes the copy away to save its room.
fn pack(copy: &Path, name: &str) -> Result<Packed> {
    let packed = packed_path(copy);
    let work = || -> io::Result<Packed> {
        let mut from = Hashing::new(BufReader::new(File::open(copy)?));
        let mut into = zstd::Encoder::new(BufWriter::new(File::create(&packed)?), ZSTD_LEVEL)?;
        io::copy(&mut from, &mut into)?;
        into.finish()?.flush()?;
        fs::remove_file(copy)?;
        Ok(Packed { name: name.to_owned(), bytes: from.bytes, blake3: from.hash() })
    };
    work().map_err(StoreError::file(&packed))
}

fn packed_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".zst");
    PathBuf::from(name)
}

fn bundle(manifest: &Manifest, scratch: &Path, part: &Path) -> io::Result<u64> {
    let mut bundle = tar::Builder::new(BufWriter::new(create_private(part)?));
    let text = serde_json::to_vec_pretty(manifest)?;
    bundle.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
    for database in &manifest.databases {
        let packed = packed_path(&scratch.join(&database.name));
        let file = File::open(&packed)?;
        let size = file.metadata()?.len();
        bundle.append_data(&mut header(size), format!("{}.zst", database.name), BufReader::new(file))?;
    }
    let file = bundle.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// Names, owners and times of this computer do not belong in a backup.
fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_size(size);
    header.set_mode(0o600);
    header
}

/// Counts and hashes what passes.
struct Hashing<R> {
    inner: R,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<R> Hashing<R> {
    fn new(inner: R) -> Self {
        Self { inner, hasher: blake3::Hasher::new(), bytes: 0 }
    }

    fn hash(&self) -> String {
        self.hasher.finalize().to_hex().to_string()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

/// A new file that only its user may read: it holds everything that the company's systems sent.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a folder (and those above it) that only its user may enter, where it is missing.
///
/// # Errors
/// [`StoreError::File`].
pub fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(StoreError::file(folder))
}

/// A folder for half-done work, gone when it is dropped.
struct Scratch {
    path: PathBuf,
}

impl Scratch {
    fn beside(parent: &Path) -> Result<Self> {
        sweep(parent);
        let mut bits = [0; 8];
        getrandom::fill(&mut bits).map_err(|_| crate::key::KeyError::NoRandomness)?;
        let path = parent.join(format!("{PART}{:016x}", u64::from_le_bytes(bits)));
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(StoreError::file(&path))?;
        Ok(Self { path })
    }
}

/// Takes away what killed programs left in a folder long ago.
fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(PART)) {
        let age =
            entry.metadata().and_then(|about| about.modified()).map(|at| at.elapsed().unwrap_or_default());
        if age.is_ok_and(|age| age > LEFT_AFTER) {
            // It is in nobody's way: who cannot take it away leaves it to the next one.
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be taken away is left: the work itself succeeded or has told its own fault.
        drop(fs::remove_dir_all(&self.path));
    }
}

/// Makes a rename in a folder survive a loss of power, where the system can.
fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::file(folder))?;
    }
    Ok(())
}
