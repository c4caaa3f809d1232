//! Long work: it has progress, a cancel that works, and goes on when the page is left.

use serde::Serialize;

/// One piece of long work. Sent to the window as it moves, and readable at any time.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct JobView {
    /// Its id.
    pub id: u32,
    /// `sample`, `pull`, `count`, `backup`, `restore`, `verify`, `ask`, `rush`, `preview`, `define`, `plan`.
    pub kind: String,
    /// What it works on: an integration's id, a file.
    pub subject: Option<String>,
    /// A code for what it is doing now: `waiting` for its turn, `looking`, `asking`, `reading`, `checking`, `storing`, `joining`,
    /// `counting`, `publishing`, `pulling`, `writing_files`, `copying`, `verifying`, `opening`, `drilling`, `planning`.
    pub step: String,
    /// Done so far, in the step's own unit.
    pub done: f64,
    /// In all, where known.
    pub total: Option<f64>,
    /// `running`, `done`, `cancelled`, `failed`.
    pub state: String,
    /// What went wrong, in words.
    pub error: Option<String>,
    /// Where it went wrong because only a person can answer something.
    pub question: Option<JobQuestion>,
    /// For a pull: the run's id.
    pub run: Option<String>,
}

/// What a job could not know; the wizard's step can be opened with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct JobQuestion {
    /// The wizard's step: `dates`.
    pub step: String,
    /// The stream it asks about.
    pub stream: Option<String>,
    /// The column it asks about.
    pub column: Option<String>,
    /// Some of the values in question.
    pub examples: Vec<String>,
}
