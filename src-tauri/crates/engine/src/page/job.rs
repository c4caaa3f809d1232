//! Long work: it has progress, a cancel that works, and goes on when the page is left.

use serde::Serialize;

/// One piece of long work. Sent to the window as it moves, and readable at any time.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct JobView {
    /// Its id.
    pub id: u32,
    /// `sample`, `pull`, `count`, `backup`, `restore`, `verify`.
    pub kind: String,
    /// What it works on: an integration's id, a file.
    pub subject: Option<String>,
    /// A code for what it is doing now: `reading`, `checking`, `storing`, `counting`, `publishing`, `writing_files`…
    pub step: String,
    /// Done so far, in the step's own unit.
    pub done: f64,
    /// In all, where known.
    pub total: Option<f64>,
    /// `running`, `done`, `cancelled`, `failed`.
    pub state: String,
    /// What went wrong, in words.
    pub error: Option<String>,
    /// For a pull: the run's id.
    pub run: Option<String>,
}
