//! Backups in the folder of backups: the one that makes itself every day, and how many of them stay.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::str::FromStr;

use plaza_domain::day::Day;
use plaza_domain::event::{DeviceId, WorkspaceId};

use super::{ENDING, Written, make_folder, write};
use crate::error::{Result, StoreError};
use crate::ledger::Ledger;

/// The name of a daily backup: `plaza-1f2e3d4c-5a6b7c8d-2026-11-23.plaza`. Only files so named are ever taken away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupName {
    /// The first eight digits of the workspace's id.
    pub workspace: String,
    /// The first eight digits of the id of the device that writes there: two copies of one workspace on one computer
    /// are two.
    pub device: String,
    /// The day it was made.
    pub day: Day,
}

impl BackupName {
    /// The name of a workspace's backup of a day.
    pub fn new(workspace: WorkspaceId, device: DeviceId, day: Day) -> Self {
        Self { workspace: workspace.short(), device: device.short(), day }
    }

    /// The name of an open workspace's backup of a day.
    ///
    /// # Errors
    /// What the database says.
    pub fn of(ledger: &Ledger, day: Day) -> Result<Self> {
        Ok(Self::new(ledger.workspace(), ledger.device()?.0.unwrap_or(DeviceId([0; 32])), day))
    }

    /// Whether both are of one series, of which the oldest go.
    fn is_of_series(&self, other: &Self) -> bool {
        self.workspace == other.workspace && self.device == other.device
    }
}

impl fmt::Display for BackupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "plaza-{}-{}-{}.{ENDING}", self.workspace, self.device, self.day)
    }
}

/// The text does not name a daily backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a daily backup")]
pub struct NotABackupName;

impl FromStr for BackupName {
    type Err = NotABackupName;
    fn from_str(text: &str) -> std::result::Result<Self, NotABackupName> {
        let middle =
            text.strip_prefix("plaza-").and_then(|rest| rest.strip_suffix(ENDING)?.strip_suffix('.'));
        let (workspace, rest) = middle.and_then(|middle| middle.split_once('-')).ok_or(NotABackupName)?;
        let (device, day) = rest.split_once('-').ok_or(NotABackupName)?;
        let day: Day = day.parse().map_err(|_| NotABackupName)?;
        let name = Self { workspace: workspace.to_owned(), device: device.to_owned(), day };
        // Only what this program would write itself: `2026-1-5` is somebody else's file.
        if name.to_string() == text { Ok(name) } else { Err(NotABackupName) }
    }
}

/// The daily backups of the series of `own` that may go when `keep` of them (at least one) stay: the oldest ones.
/// Those of other workspaces, and of other copies of this one, are left alone.
pub fn surplus(names: &[BackupName], own: &BackupName, keep: usize) -> Vec<BackupName> {
    let mut names: Vec<_> = names.iter().filter(|name| name.is_of_series(own)).cloned().collect();
    names.sort();
    names.dedup();
    names.truncate(names.len().saturating_sub(keep.max(1)));
    names
}

/// Writes today's backup into `backups` (made where it is missing) unless it is there already, and then takes away
/// what is more than `keep`. The old ones go only once the new one is safe.
///
/// # Errors
/// [`StoreError::File`] where the folder cannot be read or written.
pub fn daily(
    ledger: &Ledger,
    backups: &Path,
    today: Day,
    keep: usize,
    now_ms: i64,
) -> Result<Option<Written>> {
    make_folder(backups)?;
    let own = BackupName::of(ledger, today)?;
    let path = backups.join(own.to_string());
    let written = if path.exists() { None } else { Some(write(ledger, &path, now_ms)?) };
    let mut names = Vec::new();
    for entry in fs::read_dir(backups).map_err(StoreError::file(backups))? {
        let name = entry.map_err(StoreError::file(backups))?.file_name();
        names.extend(name.to_str().and_then(|name| name.parse::<BackupName>().ok()));
    }
    for name in surplus(&names, &own, keep) {
        let path = backups.join(name.to_string());
        match fs::remove_file(&path) {
            // Another program took it away in the same moment.
            Err(fault) if fault.kind() != ErrorKind::NotFound => return Err(StoreError::file(&path)(fault)),
            _ => {}
        }
    }
    Ok(written)
}
