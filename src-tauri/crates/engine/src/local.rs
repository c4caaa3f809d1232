//! What this device remembers about itself and its workspaces: nothing here is shared, and losing it loses no work.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use plaza_domain::day::Day;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::{EngineError, Result};

/// Settings of this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Device {
    /// How many daily backups are kept, where somebody said so.
    pub(crate) backups_kept: Option<u32>,
}

/// What this device remembers about the workspace in one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Remembered {
    /// The folder; whoever reads the file wants to know.
    pub(crate) folder: PathBuf,
    /// It was restored here from a backup made at this time, milliseconds since 1970 UTC.
    pub(crate) restored: Option<i64>,
    /// The device id that was seen in it last.
    pub(crate) device: Option<String>,
    /// When another one was seen, milliseconds since 1970 UTC.
    pub(crate) renewed: Option<i64>,
    /// The last daily backup did not work.
    pub(crate) backup_failed: Option<BackupFailed>,
    /// Notices that a person has read: code and what it was about.
    pub(crate) dismissed: BTreeSet<(String, String)>,
}

/// A daily backup that did not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BackupFailed {
    /// On which day.
    pub(crate) day: Day,
    /// Why, in words.
    pub(crate) why: String,
}

/// A small file of this device, changed by one program at a time.
#[derive(Clone, Debug)]
pub(crate) struct Local<T> {
    path: PathBuf,
    value: std::marker::PhantomData<T>,
}

impl Local<Device> {
    /// The settings of this device; `data` is the folder of Plaza's own data of this user.
    pub(crate) fn device(data: &Path) -> Self {
        Self::at(data.join("device.json"))
    }
}

impl Local<Remembered> {
    /// What is remembered about the workspace in a folder.
    pub(crate) fn workspace(data: &Path, folder: &Path) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let name = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
        Self::at(data.join("local").join(format!("{}.json", &name.as_str()[..16])))
    }
}

impl<T: Clone + Default + PartialEq + Serialize + DeserializeOwned> Local<T> {
    fn at(path: PathBuf) -> Self {
        Self { path, value: std::marker::PhantomData }
    }

    /// What is remembered. A file that cannot be read is begun anew: it holds nothing that cannot be said again.
    pub(crate) fn read(&self) -> T {
        std::fs::read(&self.path).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// Changes it, in one step, after whoever else is changing it.
    ///
    /// # Errors
    /// [`EngineError::File`] where it cannot be written.
    pub(crate) fn change(&self, change: impl FnOnce(&mut T)) -> Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(EngineError::file(folder))?;
        let turn = self.path.with_extension("turn");
        let lock = File::create(&turn).map_err(EngineError::file(&turn))?;
        lock.lock().map_err(EngineError::file(&turn))?;
        let before = self.read();
        let mut value = before.clone();
        change(&mut value);
        if value != before || !self.path.is_file() {
            let fresh = self.path.with_extension("new");
            let text = serde_json::to_vec_pretty(&value).unwrap_or_default();
            // Written beside and moved over: a crash leaves the old file or the new one.
            std::fs::write(&fresh, text).map_err(EngineError::file(&fresh))?;
            std::fs::rename(&fresh, &self.path).map_err(EngineError::file(&self.path))?;
        }
        lock.unlock().map_err(EngineError::file(&turn))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_is_begun_anew() {
        let data = tempfile::tempdir().unwrap();
        let local = Local::workspace(data.path(), Path::new("/company"));
        assert_eq!(local.read(), Remembered::default());
        local.change(|remembered| remembered.restored = Some(7)).unwrap();
        assert_eq!(local.read().restored, Some(7));
        std::fs::write(&local.path, "{\"restored\": \"yesterday\"").unwrap();
        assert_eq!(local.read(), Remembered::default());
        local.change(|remembered| remembered.renewed = Some(8)).unwrap();
        assert_eq!(local.read().renewed, Some(8));
    }

    #[test]
    fn each_folder_is_remembered_for_itself() {
        let data = tempfile::tempdir().unwrap();
        Local::workspace(data.path(), Path::new("/a")).change(|known| known.renewed = Some(1)).unwrap();
        assert_eq!(Local::workspace(data.path(), Path::new("/b")).read().renewed, None);
        assert_eq!(Local::workspace(data.path(), Path::new("/a")).read().renewed, Some(1));
    }

    #[test]
    fn changes_of_several_threads_are_all_kept() {
        let data = tempfile::tempdir().unwrap();
        let local = Local::workspace(data.path(), Path::new("/a"));
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let local = &local;
                scope.spawn(move || {
                    for turn in 0..10 {
                        let read = ("code".to_owned(), format!("{thread} {turn}"));
                        local.change(|known| known.dismissed.insert(read).then_some(()).unwrap()).unwrap();
                    }
                });
            }
        });
        assert_eq!(local.read().dismissed.len(), 40);
    }
}
