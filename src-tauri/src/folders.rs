//! Where Plaza keeps what is not in a workspace.

use std::path::PathBuf;

use tauri::{App, Manager, Runtime};

/// The folders of this person on this computer.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Plaza's own settings and the list of workspaces.
    pub data: PathBuf,
}

impl Folders {
    /// The system's own places.
    ///
    /// # Errors
    /// When the system names none.
    pub fn of<R: Runtime>(app: &App<R>) -> tauri::Result<Self> {
        Ok(Self { data: app.path().app_data_dir()? })
    }
}
