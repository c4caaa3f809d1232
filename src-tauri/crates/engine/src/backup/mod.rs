//! Backups: one made by hand or every day, kept or taken away, and a workspace restored from one.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use plaza_domain::language::Language;
pub use plaza_store::backup::ENDING;
use plaza_store::backup::{self, BackupName, Restored, Written};
use plaza_store::intake::RunState;
use plaza_store::key::MemoryKeys;

use crate::clock::Clock;
use crate::error::{EngineError, Result, StoreError};
use crate::home::Home;
use crate::page::series::moment;
use crate::page::workspace::{BackupPage, BackupView};
use crate::pull::Watch;
use crate::verify;
use crate::workspace::Workspace;

/// How many backups a page lists: more than a year of daily ones, few enough to look into each.
const LISTED_MAX: usize = 400;

/// The most daily backups that are kept: a year.
pub const KEPT_MAX: u32 = 365;

/// How many daily backups are kept until somebody says otherwise: two weeks.
pub const KEPT_DEFAULT: u32 = 14;

/// A workspace that was just opened is left alone for so long: its first page comes first.
const FIRST_LOOK_AFTER: Duration = Duration::from_mins(1);

/// Then it is looked at so often: a computer that slept over midnight has its backup within the hour.
const LOOK_EVERY: Duration = Duration::from_hours(1);

impl Workspace {
    /// Writes a backup into a file, consistent while others use the workspace.
    ///
    /// # Errors
    /// The file is there and no backup, or it cannot be written; nothing half-written stays behind.
    pub fn back_up(&self, file: &Path, watch: &dyn Watch) -> Result<Written> {
        // Between pulls, so that a restored copy has nothing to finish.
        let _turn = self.turn();
        step(watch, "copying", 0, 1)?;
        let written = backup::write(self.ledger(), file, self.now_ms())?;
        watch.progress("copying", 1, 1);
        Ok(written)
    }
}

/// Restores a backup into a missing or empty folder: unpacked, verified whole, then put in place in one step.
///
/// # Errors
/// A file that is no backup or damaged, a folder that holds something, a copy that does not hold,
/// [`EngineError::Cancelled`]; the folder is then as it was.
pub fn restore(file: &Path, folder: &Path, clock: Arc<dyn Clock>, watch: &dyn Watch) -> Result<Restored> {
    step(watch, "copying", 0, 1)?;
    let now_ms = clock.now_ms();
    backup::restore(file, folder, now_ms, |copy| {
        watch.progress("copying", 1, 1);
        let found = verify::verify_copy(copy, Arc::clone(&clock), watch)?;
        match found.named.first() {
            // What is wrong with a file is told by whoever reads it, in one language.
            Some(fault) => Err(StoreError::Unverified { fault: fault.words(Language::En) }.into()),
            None => publish_again(copy, clock),
        }
    })
}

/// The ledger is copied before the intake: a run that ended in between is finished in the one and unknown to the
/// other. It is told again with the next start, as after a crash.
fn publish_again(copy: &Path, clock: Arc<dyn Clock>) -> Result<()> {
    let workspace = Workspace::open(copy, Arc::new(MemoryKeys::default()), clock)?;
    let told: BTreeSet<String> =
        workspace.view(|view| view.runs(None, u32::MAX))?.into_iter().map(|run| run.run.0).collect();
    let mut intake = workspace.intake();
    let load = intake.load()?;
    for run in load.view().runs(None, u32::MAX)? {
        if run.state == RunState::Finished && !told.contains(&run.name) {
            load.update_run(run.number, RunState::Landed, None, &run.report)?;
        }
    }
    Ok(load.commit()?)
}

fn step(watch: &dyn Watch, what: &str, done: u64, total: u64) -> Result<()> {
    if watch.cancel().load(Ordering::Relaxed) {
        return Err(EngineError::Cancelled);
    }
    watch.progress(what, done, total);
    Ok(())
}

/// Backups on this computer.
impl Home {
    /// Where daily backups go, and those made without choosing a place: outside every workspace's folder, so that
    /// losing one does not lose the other.
    pub fn backup_folder(&self) -> PathBuf {
        self.data().join("backups")
    }

    /// Makes a backup by hand: into a file, or into the folder of backups under a name of its own.
    ///
    /// # Errors
    /// See [`Workspace::back_up`].
    pub fn back_up(&self, workspace: &Workspace, file: Option<&Path>, watch: &dyn Watch) -> Result<Written> {
        if let Some(file) = file {
            return workspace.back_up(file, watch);
        }
        let folder = self.backup_folder();
        let _turn = Turn::wait(&folder)?;
        let BackupName { workspace: id, device, .. } =
            BackupName::of(workspace.ledger(), workspace.today()?)?;
        // A daily backup has no time in its name: those by hand are never taken away.
        let time = digits(workspace.now_ms());
        workspace.back_up(&folder.join(format!("plaza-{id}-{device}-{time}.{ENDING}")), watch)
    }

    /// Makes today's backup where it is missing and takes the oldest away; nothing where none are kept, or where
    /// another program is at it.
    ///
    /// # Errors
    /// The backup cannot be written or an old one not be taken away.
    pub fn back_up_daily(&self, workspace: &Workspace) -> Result<Option<Written>> {
        let keep = self.backups_kept();
        if keep == 0 {
            return Ok(None);
        }
        let folder = self.backup_folder();
        let Some(_turn) = Turn::take(&folder)? else { return Ok(None) };
        let (today, now_ms) = (workspace.today()?, workspace.now_ms());
        Ok(backup::daily(workspace.ledger(), &folder, today, keep as usize, now_ms)?)
    }

    /// The page of backups: those of this workspace, newest first.
    ///
    /// # Errors
    /// The folder of backups cannot be read.
    pub fn backup_page(&self, workspace: &Workspace) -> Result<BackupPage> {
        let folder = self.backup_folder();
        let mut files = Vec::new();
        match std::fs::read_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(EngineError::file(&folder)(error)),
            Ok(entries) => {
                for entry in entries {
                    let path = entry.map_err(EngineError::file(&folder))?.path();
                    if path.extension().is_some_and(|ending| ending == ENDING) {
                        files.push(path);
                    }
                }
            }
        }
        let own = workspace.ledger().workspace();
        let mut found: Vec<(i64, PathBuf)> = files
            .into_iter()
            // A file that is no backup, or was taken away in this moment, is not listed.
            .filter_map(|path| backup::look(&path).ok().map(|about| (about, path)))
            .filter(|(about, _)| about.workspace == own)
            .map(|(about, path)| (about.made_at, path))
            .collect();
        found.sort_by(|a, b| b.cmp(a));
        found.truncate(LISTED_MAX);
        let backups = found.into_iter().map(|(made_at, path)| BackupView {
            made: moment(made_at),
            size_bytes: std::fs::metadata(&path).map_or(0.0, |about| about.len() as f64),
            automatic: path
                .file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.parse::<BackupName>().is_ok()),
            file: path.display().to_string(),
        });
        Ok(BackupPage {
            folder: folder.display().to_string(),
            keep: self.backups_kept(),
            backups: backups.collect(),
        })
    }
}

/// A moment as it stands in a file's name: `2026-11-23T142305Z`.
fn digits(now_ms: i64) -> String {
    chrono::DateTime::from_timestamp_millis(now_ms)
        .map_or_else(|| now_ms.to_string(), |at| at.format("%Y-%m-%dT%H%M%SZ").to_string())
}

/// The right to write into the folder of backups: one program at a time. Given back when it is dropped.
struct Turn(#[allow(dead_code)] File);

impl Turn {
    /// Waits for it.
    fn wait(folder: &Path) -> Result<Self> {
        let (file, path) = Self::open(folder)?;
        file.lock().map_err(EngineError::file(path))?;
        Ok(Self(file))
    }

    /// Takes it where nobody has it.
    fn take(folder: &Path) -> Result<Option<Self>> {
        let (file, path) = Self::open(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) => Err(EngineError::file(path)(error)),
        }
    }

    fn open(folder: &Path) -> Result<(File, PathBuf)> {
        backup::make_folder(folder)?;
        let path = folder.join(".turn");
        let file = File::create(&path).map_err(EngineError::file(&path))?;
        Ok((file, path))
    }
}

/// When the daily backup of the open workspace is looked at: soon after it was opened, then every hour.
#[derive(Debug, Default)]
pub struct Schedule {
    open: Option<(PathBuf, Instant)>,
}

impl Schedule {
    /// Whether it is time to look at the workspace open in `folder`. To be asked every minute or so.
    pub fn is_due(&mut self, folder: Option<&Path>, now: Instant) -> bool {
        let Some(folder) = folder else {
            self.open = None;
            return false;
        };
        match &mut self.open {
            Some((known, next)) if known == folder => {
                let due = now >= *next;
                if due {
                    *next = now + LOOK_EVERY;
                }
                due
            }
            other => {
                *other = Some((folder.to_owned(), now + FIRST_LOOK_AFTER));
                false
            }
        }
    }
}

#[cfg(test)]
mod tests;
