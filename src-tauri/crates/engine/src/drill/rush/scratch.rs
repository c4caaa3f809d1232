//! The folder in which a rush works: within the workspace's, so that the disk is the same, and gone with the drill.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plaza_domain::event::Payload;
use plaza_domain::workspace::SettingChange;
use plaza_store::key::MemoryKeys;

use super::SharedClock;
use crate::clock::SetClock;
use crate::error::{EngineError, Result};
use crate::tend::hold::Hold;
use crate::workspace::{Founding, Workspace};

/// The folder of drills within a workspace's folder.
const FOLDER: &str = "drill";

/// What the company of a scratch is called; nobody ever sees it.
const NAME: &str = "Drill";

/// A rush's folder; held, so that nobody sweeps it meanwhile, and removed when it is dropped.
pub(super) struct Scratch {
    folder: PathBuf,
    _hold: Hold,
}

impl Scratch {
    pub(super) fn make(workspace: &Workspace, id: &str, name: &str) -> Result<Self> {
        let hold = Hold::demand(workspace, &held_as(id), name)?;
        let folder = workspace.folder().join(FOLDER).join(id);
        clear(&folder)?;
        std::fs::create_dir_all(&folder).map_err(EngineError::file(&folder))?;
        Ok(Self { folder, _hold: hold })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A workspace with the departments, calendar and time zone of the real one.
    pub(super) fn desk(&self, name: &str, real: &Workspace) -> Result<Desk> {
        let settings = real.settings()?;
        let departments = real.view(|view| view.departments())?;
        let clock = Arc::new(SetClock::new(real.now_ms()));
        let founding = Founding {
            company: NAME.to_owned(),
            language: settings.language,
            time_zone: settings.time_zone,
            departments: departments.into_iter().map(|one| (Some(one.id), one.name)).collect(),
            me: NAME.to_owned(),
            my_department: None,
        };
        let folder = self.folder.join(name);
        let keys = Arc::new(MemoryKeys::default());
        // The recovery code of a scratch is nobody's to keep.
        let (workspace, _) = Workspace::found(&folder, &founding, keys, Arc::<SetClock>::clone(&clock))?;
        let holidays = settings.holidays.into_iter();
        let mut changes: Vec<SettingChange> =
            holidays.map(|(day, name)| SettingChange::Holiday { day, name: Some(name) }).collect();
        changes.push(SettingChange::CountsWorkingDays(settings.counts_working_days));
        workspace.act([Payload::SettingsChanged { changes }])?;
        Ok(Desk { workspace, clock })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed now is swept at the next start.
        let _ = clear(&self.folder);
        if let Some(folder) = self.folder.parent() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// A workspace of a rush, and the clock that says when it is.
pub(super) struct Desk {
    pub workspace: Workspace,
    pub clock: SharedClock,
}

/// What the hold of an integration's rush is called: no integration's id has a dot.
fn held_as(id: &str) -> String {
    format!("{id}.rush")
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() { std::fs::remove_dir_all(folder).map_err(EngineError::file(folder)) } else { Ok(()) }
}

/// Removes what a rush left that was killed. One that goes on in another program is left alone.
///
/// # Errors
/// The folder cannot be read or removed.
pub fn sweep(workspace: &Workspace) -> Result<()> {
    let folder = workspace.folder().join(FOLDER);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(()) };
    for entry in entries.flatten() {
        let Ok(id) = entry.file_name().into_string() else { continue };
        if let Some(_hold) = Hold::take(workspace, &held_as(&id))? {
            clear(&entry.path())?;
        }
    }
    let _ = std::fs::remove_dir(&folder);
    Ok(())
}
