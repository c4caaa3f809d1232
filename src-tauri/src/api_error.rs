//! What a command answers when it could not do what was asked.

use serde::Serialize;

/// A field that cannot be what was asked, and why, in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct FieldError {
    /// The field's name as the page knows it.
    pub field: String,
    /// Why, in words.
    pub words: String,
}

/// What a command answers when it could not do what was asked.
///
/// A code exists only where the page acts differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ApiError {
    /// No workspace is open.
    #[error("{message}")]
    NoWorkspace {
        /// In words.
        message: String,
        /// What helps whoever looks into it.
        detail: Option<String>,
    },
    /// What was asked for is not there (any more).
    #[error("{message}")]
    NotFound {
        /// In words.
        message: String,
        /// What helps whoever looks into it.
        detail: Option<String>,
    },
    /// Something in a form cannot be.
    #[error("{message}")]
    Invalid {
        /// In words.
        message: String,
        /// The fields.
        fields: Vec<FieldError>,
    },
    /// A person must answer before this can go on.
    #[error("{message}")]
    Question {
        /// In words.
        message: String,
        /// The step that asks.
        step: String,
        /// The stream it asks about.
        stream: Option<String>,
        /// The column it asks about.
        column: Option<String>,
        /// Some of the values in question.
        examples: Vec<String>,
    },
    /// Someone or something else changed it first.
    #[error("{message}")]
    Conflict {
        /// In words.
        message: String,
        /// What helps whoever looks into it.
        detail: Option<String>,
    },
    /// The workspace could not be read or written.
    #[error("{message}")]
    Storage {
        /// In words.
        message: String,
        /// What helps whoever looks into it.
        detail: Option<String>,
    },
    /// A file of the person's own could not be read or written.
    #[error("{message}")]
    File {
        /// In words.
        message: String,
        /// What helps whoever looks into it.
        detail: Option<String>,
    },
    /// It was cancelled.
    #[error("{message}")]
    Cancelled {
        /// In words.
        message: String,
        /// What helps whoever looks into it.
        detail: Option<String>,
    },
    /// The workspace was written by a newer Plaza.
    #[error("{message}")]
    NewerSchema {
        /// In words.
        message: String,
        /// What helps whoever looks into it.
        detail: Option<String>,
    },
    /// A fault of Plaza's own.
    #[error("{message}")]
    Internal {
        /// In words.
        message: String,
        /// What helps whoever looks into it.
        detail: Option<String>,
    },
}
