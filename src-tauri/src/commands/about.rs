//! About this program.

use plaza_engine::page::Read;
use serde::Serialize;
use tauri::{AppHandle, Manager, Runtime};

use crate::ApiError;
use crate::commands::away;

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
pub async fn about_read<R: Runtime>(app: AppHandle<R>) -> Result<Read<About>, ApiError> {
    away(move || {
        let folder = app.path().app_data_dir().map_err(|error| ApiError::Internal {
            message: "The folder for Plaza's settings is not known.".into(),
            detail: Some(error.to_string()),
        })?;
        let about = About {
            version: env!("CARGO_PKG_VERSION").into(),
            licences: include_str!("../../../LICENSE").into(),
            data_folder: folder.display().to_string(),
        };
        Ok(Read { data: about, provides: Vec::new() })
    })
    .await
}
