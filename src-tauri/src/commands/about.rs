//! About this program.

use plaza_engine::page::Read;
use serde::Serialize;
use tauri::State;

use crate::ApiError;
use crate::commands::away;
use crate::folders::Folders;

/// What the program is.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct About {
    /// Version, `0.1.0`.
    pub version: String,
    /// The licence's text.
    pub licences: String,
    /// The folder where Plaza keeps its own settings.
    pub data_folder: String,
}

/// Tells what the program is.
#[tauri::command]
#[specta::specta]
pub async fn about_read(folders: State<'_, Folders>) -> Result<Read<About>, ApiError> {
    let data_folder = folders.data.display().to_string();
    away(move || {
        let about = About {
            version: env!("CARGO_PKG_VERSION").into(),
            licences: include_str!("../../../LICENSE").into(),
            data_folder,
        };
        Ok(Read { data: about, provides: Vec::new() })
    })
    .await
}
