//! Restoring a backup into a new folder: all of it, checked, or nothing.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plaza_domain::event::WorkspaceId;

use super::{FORMAT, FORMAT_VERSION, Hashing, MANIFEST, Manifest, Packed, Scratch, sync_folder};
use crate::connection::refuse_network_drive;
use crate::error::{Result, StoreError};
use crate::intake::INTAKE_FILE;
use crate::key::MemoryKeys;
use crate::ledger::{LEDGER, Ledger, Verified};

/// A manifest is a few hundred bytes; more than this is not one.
const MANIFEST_BYTES_MAX: u64 = 64 * 1024;

/// What a backup says about itself, before it is unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Which workspace.
    pub workspace: WorkspaceId,
    /// When it was made, milliseconds since 1970 UTC.
    pub made_at: i64,
}

/// Reads what a backup says about itself.
///
/// # Errors
/// [`StoreError::DamagedBackup`] for a file that is none, [`StoreError::File`] for one that cannot be read.
pub fn look(file: &Path) -> Result<About> {
    let mut bundle = tar::Archive::new(open(file)?);
    let manifest = Archive { path: file, into: Path::new("") }.first(&mut bundle)?.0;
    Ok(About { workspace: manifest.workspace, made_at: manifest.made_at })
}

fn open(file: &Path) -> Result<BufReader<File>> {
    let opened = File::open(file).and_then(|opened| {
        if opened.metadata()?.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(opened) }
    });
    Ok(BufReader::new(opened.map_err(StoreError::file(file))?))
}

/// A workspace that was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Which workspace.
    pub workspace: WorkspaceId,
    /// When the backup was made, milliseconds since 1970 UTC.
    pub made_at: i64,
    /// What its verification found: no faults.
    pub verified: Verified,
}

/// Restores a backup into `folder`, which must be missing or empty. The copy's ledger is verified, `inspect` looks at
/// the rest of it, and it goes on under a new device id with its first act. `now_ms` is milliseconds since 1970 UTC.
///
/// # Errors
/// [`StoreError::NotEmpty`], [`StoreError::DamagedBackup`], [`StoreError::Unverified`], [`StoreError::NewerSchema`],
/// or what `inspect` says; the folder is then as it was.
pub fn restore<E: From<StoreError>>(
    file: &Path,
    folder: &Path,
    now_ms: i64,
    inspect: impl FnOnce(&Path) -> std::result::Result<(), E>,
) -> std::result::Result<Restored, E> {
    let existed = refuse_what_is_there(folder)?;
    look(file)?;
    let absolute = std::path::absolute(folder).map_err(StoreError::file(folder))?;
    let parent = absolute.parent().ok_or_else(|| StoreError::NotEmpty { path: folder.to_owned() })?;
    let above = Above::make(parent)?;
    refuse_network_drive(parent)?;
    let scratch = Scratch::beside(parent)?;
    let manifest = Archive { path: file, into: &scratch.path }.unpack()?;
    let verified = check(&scratch.path, &manifest, file, now_ms)?;
    inspect(&scratch.path)?;
    put_in_place(&scratch, &absolute, existed)?;
    sync_folder(parent)?;
    above.keep();
    Ok(Restored { workspace: manifest.workspace, made_at: manifest.made_at, verified })
}

fn put_in_place(scratch: &Scratch, folder: &Path, existed: bool) -> Result<()> {
    if existed {
        fs::remove_dir(folder).map_err(StoreError::file(folder))?;
    }
    if let Err(fault) = fs::rename(&scratch.path, folder) {
        if existed {
            // As it was. Should this fail too, the rename's fault is the one to tell.
            drop(fs::create_dir(folder));
        }
        return Err(StoreError::file(folder)(fault));
    }
    Ok(())
}

/// Folders above the restored one that were missing: gone again when the restoring fails.
struct Above {
    /// The deepest first.
    made: Vec<PathBuf>,
}

impl Above {
    fn make(folder: &Path) -> Result<Self> {
        let made = folder.ancestors().take_while(|above| !above.exists()).map(Path::to_owned).collect();
        let above = Self { made };
        fs::create_dir_all(folder).map_err(StoreError::file(folder))?;
        Ok(above)
    }

    fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Above {
    fn drop(&mut self) {
        for folder in &self.made {
            // Only an empty one goes; what somebody else put there meanwhile stays.
            drop(fs::remove_dir(folder));
        }
    }
}

/// Whether the folder is there; one that holds something is refused.
fn refuse_what_is_there(folder: &Path) -> Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                Err(StoreError::NotEmpty { path: folder.to_owned() })
            } else {
                Ok(true)
            }
        }
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(fault) => Err(StoreError::file(folder)(fault)),
    }
}

/// Verifies the unpacked copy and marks it as one.
fn check(copy: &Path, manifest: &Manifest, file: &Path, now_ms: i64) -> Result<Verified> {
    // Checking needs no key, and a copy must not write before it has a device id of its own.
    let ledger = Ledger::open(copy, Arc::new(MemoryKeys::default()), now_ms)?;
    if ledger.workspace() != manifest.workspace {
        let fault = "it holds another workspace than it says".to_owned();
        return Err(StoreError::DamagedBackup { path: file.to_owned(), fault });
    }
    let verified = ledger.verify()?;
    if let Some(fault) = verified.named.first() {
        return Err(StoreError::Unverified { fault: fault.to_string() });
    }
    ledger.database().write(|tx| Ledger::mark_for_renewal(tx, "restored"))?;
    Ok(verified)
}

struct Archive<'a> {
    path: &'a Path,
    into: &'a Path,
}

impl Archive<'_> {
    fn damaged(&self, fault: impl Into<String>) -> StoreError {
        StoreError::DamagedBackup { path: self.path.to_owned(), fault: fault.into() }
    }

    /// Every fault while reading is the backup's; every fault while writing is the folder's.
    fn unreadable(&self) -> impl Fn(io::Error) -> StoreError + '_ {
        |fault| self.damaged(format!("it is cut off or damaged ({fault})"))
    }

    /// The list, and what follows it.
    fn first<'b, R: Read>(&self, bundle: &'b mut tar::Archive<R>) -> Result<(Manifest, tar::Entries<'b, R>)> {
        let mut entries = bundle.entries().map_err(self.unreadable())?;
        let first = entries.next().ok_or_else(|| self.damaged("it is empty"))?;
        let manifest = self.manifest(first.map_err(|_| self.damaged("it is not a backup of Plaza"))?)?;
        Ok((manifest, entries))
    }

    fn unpack(&self) -> Result<Manifest> {
        let mut bundle = tar::Archive::new(open(self.path)?);
        let (manifest, entries) = self.first(&mut bundle)?;
        let mut missing: BTreeSet<&str> = BTreeSet::new();
        for database in &manifest.databases {
            let known = [LEDGER.file, INTAKE_FILE].contains(&database.name.as_str());
            if !known || !missing.insert(&database.name) {
                return Err(self.damaged(format!("it names “{}”, which no backup holds once", database.name)));
            }
        }
        if !missing.contains(LEDGER.file) {
            return Err(self.damaged("it holds no ledger"));
        }
        for entry in entries {
            let entry = entry.map_err(self.unreadable())?;
            let name = entry.path().map_err(self.unreadable())?.to_string_lossy().into_owned();
            let packed = manifest.databases.iter().find(|packed| name == format!("{}.zst", packed.name));
            match packed.filter(|packed| missing.remove(packed.name.as_str())) {
                Some(packed) if entry.header().entry_type().is_file() => self.database(entry, packed)?,
                _ => return Err(self.damaged(format!("it holds “{name}”, which its list does not name"))),
            }
        }
        match missing.first() {
            Some(name) => Err(self.damaged(format!("it is cut off or damaged ({name} is missing)"))),
            None => Ok(manifest),
        }
    }

    fn manifest(&self, entry: tar::Entry<'_, impl Read>) -> Result<Manifest> {
        let is_one = entry.path().is_ok_and(|path| path == Path::new(MANIFEST));
        let mut text = Vec::new();
        if !is_one || entry.take(MANIFEST_BYTES_MAX).read_to_end(&mut text).is_err() {
            return Err(self.damaged("it is not a backup of Plaza"));
        }
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|fault| self.damaged(format!("its list is unreadable ({fault})")))?;
        if manifest.format != FORMAT {
            return Err(self.damaged("it is not a backup of Plaza"));
        }
        if manifest.version > FORMAT_VERSION {
            return Err(self.damaged("it was made by a newer Plaza; update Plaza to restore it"));
        }
        Ok(manifest)
    }

    /// Unpacks one database, never more of it than the list says.
    fn database(&self, entry: impl Read, packed: &Packed) -> Result<()> {
        let path: PathBuf = self.into.join(&packed.name);
        let decoder = zstd::Decoder::new(entry).map_err(self.unreadable())?;
        let mut from = Hashing::new(decoder.take(packed.bytes.saturating_add(1)));
        let mut into = BufWriter::new(File::create(&path).map_err(StoreError::file(&path))?);
        let mut buffer = vec![0; 128 * 1024];
        loop {
            let read = from.read(&mut buffer).map_err(self.unreadable())?;
            if read == 0 {
                break;
            }
            into.write_all(&buffer[..read]).map_err(StoreError::file(&path))?;
        }
        let file = into.into_inner().map_err(|fault| StoreError::file(&path)(fault.into_error()))?;
        file.sync_all().map_err(StoreError::file(&path))?;
        if from.bytes != packed.bytes || from.hash() != packed.blake3 {
            return Err(self.damaged(format!("{} is not what was backed up: its hash differs", packed.name)));
        }
        Ok(())
    }
}
