//! The command list, once: what the window answers, and what the page's TypeScript is generated from.

use std::path::Path;

use specta_typescript::Typescript;
use tauri::Runtime;
use tauri_specta::{Builder, collect_commands};

use crate::commands::about;

/// Every command of the window.
pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::<R>::new().commands(collect_commands![about::about_read])
}

/// Writes the TypeScript of every command and type to `file`.
///
/// # Errors
/// When a type has no TypeScript, or the file cannot be written.
pub fn export(file: &Path) -> Result<(), specta_typescript::Error> {
    builder::<tauri::Wry>().export(Typescript::default(), file)
}
