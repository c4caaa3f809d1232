//! Where a workspace is founded: beside its place, out of everybody's sight, until it is whole. Killed at any moment,
//! a founding leaves a folder in which it can be done again, or a whole workspace.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use plaza_store::StoreError;
use plaza_store::intake::INTAKE_FILE;
use plaza_store::ledger::LEDGER;

use crate::error::{EngineError, Result};

/// The folder within the workspace's folder. A name of its own, so that what a founding left is told from a person's
/// files.
const SITE: &str = ".founding";

/// The file that is held while a founding goes on.
const TURN: &str = "turn";

/// The site of one founding. Dropped before [`Site::move_in`] it takes everything away again.
#[derive(Debug)]
pub(super) struct Site {
    folder: PathBuf,
    path: PathBuf,
    /// The folder was made for this founding.
    is_new: bool,
    /// Held while the founding goes on.
    turn: Option<File>,
}

impl Site {
    /// Begins a founding in `folder`, which is missing, empty, or holds what a killed founding left.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`], [`StoreError::Busy`] while another program founds there, a folder that cannot be
    /// written.
    pub(super) fn begin(folder: &Path) -> Result<Self> {
        let path = folder.join(SITE);
        let names = names_in(folder)?;
        // Before the ledger lies in its place there is no workspace: the intake is moved first.
        let is_left_over =
            |name: &String| name == SITE || (name == INTAKE_FILE && names.contains(&SITE.to_owned()));
        if !names.iter().all(is_left_over) {
            return Err(StoreError::NotEmpty { path: folder.to_owned() }.into());
        }
        let is_new = !folder.exists();
        fs::create_dir_all(&path).map_err(EngineError::file(&path))?;
        let turn_path = path.join(TURN);
        let turn = File::create(&turn_path).map_err(EngineError::file(&turn_path))?;
        match turn.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(StoreError::Busy.into()),
            Err(fs::TryLockError::Error(error)) => return Err(EngineError::file(&turn_path)(error)),
        }
        let site = Self { folder: folder.to_owned(), path, is_new, turn: Some(turn) };
        site.clear()?;
        Ok(site)
    }

    /// Where the databases are made.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the closed databases in their place, the ledger last: with it the workspace is there.
    ///
    /// # Errors
    /// A file cannot be moved.
    pub(super) fn move_in(self) -> Result<()> {
        for name in [INTAKE_FILE, LEDGER.file] {
            let (from, to) = (self.path.join(name), self.folder.join(name));
            // A log that is still beside a closed database would be lost with what it holds.
            for ending in ["-wal", "-journal"] {
                let log = self.path.join(format!("{name}{ending}"));
                if fs::metadata(&log).is_ok_and(|about| about.len() > 0) {
                    let error = std::io::Error::other("the database is still open in another program");
                    return Err(EngineError::file(from)(error));
                }
            }
            fs::rename(&from, &to).map_err(EngineError::file(&to))?;
            sync(&self.folder)?;
        }
        drop(self);
        Ok(())
    }

    /// Takes away what a killed founding left.
    fn clear(&self) -> Result<()> {
        for entry in fs::read_dir(&self.path).map_err(EngineError::file(&self.path))? {
            let path = entry.map_err(EngineError::file(&self.path))?.path();
            if path.file_name().is_some_and(|name| name != TURN) {
                fs::remove_file(&path).map_err(EngineError::file(&path))?;
            }
        }
        match fs::remove_file(self.folder.join(INTAKE_FILE)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(EngineError::file(self.folder.join(INTAKE_FILE))(error))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.turn = None;
        // What stays is taken away by the next founding, or by the next start.
        drop(fs::remove_dir_all(&self.path));
        if !self.folder.join(LEDGER.file).is_file() {
            drop(fs::remove_file(self.folder.join(INTAKE_FILE)));
            if self.is_new {
                drop(fs::remove_dir(&self.folder));
            }
        }
    }
}

/// Takes away what a founding left that was killed when its workspace was whole already.
pub(super) fn tidy(folder: &Path) {
    let path = folder.join(SITE);
    if path.is_dir() {
        // It is in nobody's way; the next start tries again.
        drop(fs::remove_dir_all(path));
    }
}

fn names_in(folder: &Path) -> Result<Vec<String>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| {
                Ok(entry.map_err(EngineError::file(folder))?.file_name().to_string_lossy().into_owned())
            })
            .collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(EngineError::file(folder)(error)),
    }
}

/// Makes a rename in a folder survive a loss of power, where the system can.
fn sync(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(EngineError::file(folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plaza_domain::workspace::TimeZone;
    use plaza_store::key::MemoryKeys;
    use plaza_store::ledger::Ledger;

    use super::*;
    use crate::clock::SystemClock;
    use crate::workspace::{Founding, Workspace};

    fn founding() -> Founding {
        Founding {
            company: "Mill".into(),
            language: plaza_domain::language::Language::En,
            time_zone: TimeZone::UTC,
            departments: vec![(None, "Sales".into()), (None, "Production".into())],
            me: "Ada".into(),
            my_department: Some(0),
        }
    }

    /// Founds as far as a step, and is killed there.
    fn killed_after(steps: usize, folder: &Path) {
        let keys = Arc::new(MemoryKeys::default());
        let mut site = Site::begin(folder).unwrap();
        if steps >= 1 {
            let ledger = Ledger::found(site.path(), "Mill", keys.clone(), 1_795_000_000_000).unwrap().ledger;
            if steps >= 2 {
                let workspace = Workspace::with(site.path(), ledger, Arc::new(SystemClock)).unwrap();
                if steps >= 3 {
                    let departments = crate::workspace::found::departments(&founding()).unwrap();
                    workspace.begin(&founding(), &departments).unwrap();
                }
            }
        }
        for name in [INTAKE_FILE, LEDGER.file].iter().take(steps.saturating_sub(3)) {
            fs::rename(site.path().join(name), folder.join(name)).unwrap();
        }
        site.turn = None;
        std::mem::forget(site);
    }

    #[test]
    fn a_founding_killed_between_any_two_steps_can_be_done_again_or_is_whole() {
        for steps in 0..=5 {
            let place = tempfile::tempdir().unwrap();
            let folder = place.path().join("company");
            let keys = Arc::new(MemoryKeys::default());
            killed_after(steps, &folder);
            if steps < 5 {
                let open = Workspace::open(&folder, keys.clone(), Arc::new(SystemClock));
                assert!(
                    matches!(open, Err(EngineError::Store(StoreError::NoWorkspace { .. }))),
                    "{steps}: {open:?}"
                );
                Workspace::found(&folder, &founding(), keys.clone(), Arc::new(SystemClock)).unwrap();
            }
            let workspace = Workspace::open(&folder, keys, Arc::new(SystemClock)).unwrap();
            assert_eq!(
                workspace.view(|view| Ok((view.departments()?.len(), view.kpis()?.len()))).unwrap(),
                (2, 5)
            );
            assert!(workspace.me().unwrap().is_some(), "{steps}");
            assert!(workspace.verify(&crate::pull::Unwatched::default()).unwrap().is_sound());
            assert!(!folder.join(SITE).exists(), "{steps}");
        }
    }

    #[test]
    fn a_folder_with_a_persons_files_is_refused_and_left_alone() {
        for names in [&["orders.csv"][..], &["orders.csv", ".founding"], &["intake.db"], &["ledger.db"]] {
            let place = tempfile::tempdir().unwrap();
            for name in names {
                fs::write(place.path().join(name), "mine").unwrap();
            }
            let refused = Site::begin(place.path()).unwrap_err();
            assert!(
                matches!(refused, EngineError::Store(StoreError::NotEmpty { .. })),
                "{names:?}: {refused}"
            );
            for name in names {
                assert_eq!(fs::read_to_string(place.path().join(name)).unwrap(), "mine");
            }
        }
    }

    #[test]
    fn two_programs_do_not_found_in_one_folder_at_once() {
        let place = tempfile::tempdir().unwrap();
        let site = Site::begin(place.path()).unwrap();
        assert!(matches!(Site::begin(place.path()), Err(EngineError::Store(StoreError::Busy))));
        drop(site);
        assert!(place.path().read_dir().unwrap().next().is_none(), "a founding that failed leaves nothing");
        drop(Site::begin(place.path()).unwrap());
    }
}
