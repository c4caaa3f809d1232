//! Plaza on this computer: where workspaces are, which were opened before, and how one is opened or founded.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plaza_domain::language::Language;
use plaza_domain::workspace::TimeZone;
use plaza_store::backup::Restored;
use plaza_store::key::SystemKeys;
pub use plaza_store::key::{Keys, MemoryKeys};
use plaza_store::ledger::DeviceStanding;
use serde::{Deserialize, Serialize};

use crate::backup::{self, KEPT_DEFAULT, KEPT_MAX};
use crate::clock::{Clock, SystemClock};
use crate::error::{EngineError, Result};
use crate::local::{Local, Remembered as Known};
use crate::page::workspace::{Created, NewWorkspace, RecentWorkspace, Start, WorkspaceView};
use crate::pull::Watch;
use crate::sample;
use crate::workspace::{Founding, Workspace};

/// The list of workspaces opened before.
const RECENT_FILE: &str = "workspaces.json";

/// How many are remembered: more than anybody has, few enough to read.
const RECENT_MAX: usize = 12;

/// Plaza on this computer.
#[derive(Clone, Debug)]
pub struct Home {
    data: PathBuf,
    keys: Arc<dyn Keys>,
    clock: Arc<dyn Clock>,
}

/// The sample company's folder within Plaza's own.
const SAMPLE_FOLDER: &str = "northlight-pumps";

/// Sample companies that find a free name: whoever has so many wants something else.
const SAMPLES_MAX: u32 = 99;

/// Whether nothing is lost when the sample company is made in a folder: it is missing, empty, or holds what a making left
/// that was killed.
fn is_free(folder: &Path) -> bool {
    match folder.read_dir() {
        Ok(mut entries) => entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == sample::MAKING)),
        Err(_) => !folder.exists(),
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Remembered {
    name: String,
    folder: PathBuf,
}

impl Home {
    /// `data` is the folder of Plaza's own data of this user. Keys go to the system's keyring, or to files there.
    pub fn new(data: &Path) -> Self {
        Self::with(data, Arc::new(SystemKeys::new(data)), Arc::new(SystemClock))
    }

    /// The same with other keys and another clock: for tests.
    pub fn with(data: &Path, keys: Arc<dyn Keys>, clock: Arc<dyn Clock>) -> Self {
        Self { data: data.to_owned(), keys, clock }
    }

    /// How many daily backups are kept; 0 makes none. A setting of this device.
    pub fn backups_kept(&self) -> u32 {
        Local::device(&self.data).read().backups_kept.unwrap_or(KEPT_DEFAULT).min(KEPT_MAX)
    }

    /// Sets how many daily backups are kept; 0 makes none and takes none away.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for more than a year of them.
    pub fn keep_backups(&self, keep: u32) -> Result<()> {
        if keep > KEPT_MAX {
            return Err(EngineError::invalid("keep", format!("at most {KEPT_MAX} daily backups are kept")));
        }
        Local::device(&self.data).change(|device| device.backups_kept = Some(keep))
    }

    /// Restores a backup into a missing or empty folder, and remembers that it is a copy. See [`backup::restore`].
    ///
    /// # Errors
    /// See [`backup::restore`]; the folder is then as it was.
    pub fn restore(&self, file: &Path, folder: &Path, watch: &dyn Watch) -> Result<Restored> {
        let restored = backup::restore(file, folder, self.clock(), watch)?;
        Local::workspace(&self.data, folder).change(|known| {
            *known =
                Known { folder: folder.to_owned(), restored: Some(restored.made_at), ..Known::default() };
        })?;
        Ok(restored)
    }

    /// The folder of Plaza's own data of this user.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Where keys are kept.
    pub fn keys(&self) -> Arc<dyn Keys> {
        Arc::clone(&self.keys)
    }

    /// The clock.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    /// What the window needs to know when it starts.
    ///
    /// # Errors
    /// What the open workspace says.
    pub fn start(&self, open: Option<&Workspace>) -> Result<Start> {
        let recent = self.remembered();
        Ok(Start {
            workspace: open.map(WorkspaceView::read).transpose()?,
            suggested_folder: self.data.join("workspaces").join("company").display().to_string(),
            recent: recent
                .into_iter()
                .map(|known| RecentWorkspace {
                    exists: known.folder.join("ledger.db").is_file(),
                    name: known.name,
                    folder: known.folder.display().to_string(),
                })
                .collect(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// Opens a workspace and remembers it.
    ///
    /// # Errors
    /// The folder holds no workspace, a newer Plaza wrote it, or its files cannot be read.
    pub fn open(&self, folder: &Path) -> Result<Workspace> {
        let workspace = Workspace::open(folder, self.keys(), self.clock())?;
        if workspace.ledger().device()?.1 == DeviceStanding::MustRenew {
            // A restored copy takes its new device id now, so that a person is told at once where it may not write. A
            // key that cannot be kept keeps nobody from reading.
            drop(workspace.take_part());
        }
        self.remember(&workspace)?;
        Ok(workspace)
    }

    /// The workspace that was open last, where it is still there.
    pub fn last(&self) -> Option<PathBuf> {
        self.remembered()
            .into_iter()
            .map(|known| known.folder)
            .find(|folder| folder.join("ledger.db").is_file())
    }

    /// Founds a workspace from what the first-start form says, and remembers it.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names what cannot be used; a folder that holds something or cannot be written.
    pub fn found(&self, new: &NewWorkspace) -> Result<(Workspace, Created)> {
        let language: Language =
            new.language.parse().map_err(|unknown: plaza_domain::language::UnknownLanguage| {
                EngineError::invalid("language", unknown.to_string())
            })?;
        let time_zone: TimeZone =
            new.time_zone.parse().map_err(|unknown: plaza_domain::workspace::NotATimeZone| {
                EngineError::invalid("time_zone", unknown.to_string())
            })?;
        if new.folder.trim().is_empty() {
            return Err(EngineError::invalid("folder", "choose a folder"));
        }
        let founding = Founding {
            company: new.name.clone(),
            language,
            time_zone,
            departments: new.departments.iter().map(|name| (None, name.clone())).collect(),
            me: new.my_name.clone(),
            my_department: new.my_department.map(|place| place as usize),
        };
        let folder = PathBuf::from(new.folder.trim());
        let (workspace, recovery) = Workspace::found(&folder, &founding, self.keys(), self.clock())?;
        self.remember(&workspace)?;
        let view = WorkspaceView::read(&workspace)?;
        Ok((workspace, Created { workspace: view, recovery_code: recovery.reveal().to_string() }))
    }

    /// Where the sample company is to be made: the folder asked for, else one of Plaza's own that is free.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a folder that holds something, or is none.
    pub fn sample_folder(&self, asked: Option<&str>) -> Result<PathBuf> {
        let Some(asked) = asked.map(str::trim).filter(|folder| !folder.is_empty()) else {
            let home = self.data.join("workspaces");
            let mut names = (1..=SAMPLES_MAX).map(|nth| match nth {
                1 => home.join(SAMPLE_FOLDER),
                _ => home.join(format!("{SAMPLE_FOLDER}-{nth}")),
            });
            let free = names.find(|folder| is_free(folder));
            return free.ok_or_else(|| {
                let reason = format!("{} holds {SAMPLES_MAX} sample companies already", home.display());
                EngineError::invalid("folder", reason)
            });
        };
        let folder = PathBuf::from(asked);
        if is_free(&folder) {
            return Ok(folder);
        }
        let reason = if folder.is_dir() {
            "holds something already; nothing in it was touched. Choose an empty folder"
        } else {
            "is a file; choose a folder"
        };
        Err(EngineError::invalid("folder", format!("{} {reason}", folder.display())))
    }

    /// Makes the sample company in a free folder, opens it and remembers it.
    ///
    /// # Errors
    /// The folder cannot be used; [`EngineError::Cancelled`] leaves nothing behind.
    pub fn make_sample(&self, folder: &Path, language: Language, watch: &dyn Watch) -> Result<Workspace> {
        let zone: TimeZone = sample::TIME_ZONE.parse().unwrap_or(TimeZone::UTC);
        let today = zone.day_at(self.clock.now_ms());
        sample::create(folder, sample::SEED, language, self.keys(), today, watch)?;
        watch.progress("open", 0, 0);
        self.open(folder)
    }

    /// Puts a workspace at the head of those opened before.
    ///
    /// # Errors
    /// The list cannot be written.
    pub fn remember(&self, workspace: &Workspace) -> Result<()> {
        workspace.remember_in(Local::workspace(&self.data, workspace.folder()));
        workspace.notice_device()?;
        let name = workspace.settings()?.company;
        let folder =
            std::path::absolute(workspace.folder()).unwrap_or_else(|_| workspace.folder().to_owned());
        let mut known = self.remembered();
        known.retain(|other| other.folder != folder);
        known.insert(0, Remembered { name, folder });
        known.truncate(RECENT_MAX);
        std::fs::create_dir_all(&self.data).map_err(EngineError::file(&self.data))?;
        let text = serde_json::to_vec_pretty(&known).unwrap_or_default();
        write_whole(&self.data.join(RECENT_FILE), &text)
    }

    /// The list; an unreadable one is only a list of shortcuts, and is begun anew.
    fn remembered(&self) -> Vec<Remembered> {
        std::fs::read(self.data.join(RECENT_FILE))
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }
}

/// Writes a file beside its place and moves it over: a crash leaves the old content or the new one, never half of it.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let fresh = path.with_file_name(name);
    let written = std::fs::File::create(&fresh).and_then(|mut file| {
        std::io::Write::write_all(&mut file, content)?;
        file.sync_all()
    });
    let moved = written.and_then(|()| std::fs::rename(&fresh, path));
    moved.map_err(|error| {
        // What is left of the attempt is of no use to anybody.
        let _ = std::fs::remove_file(&fresh);
        EngineError::file(path)(error)
    })
}
