//! What a command answers when it could not do what was asked.

use plaza_engine::error::{EngineError, StoreError};
use plaza_engine::words::Language;
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
    /// A connected system could not be asked.
    #[error("{message}")]
    System {
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

impl ApiError {
    /// The same with what is asked of the reader in the reader's language.
    pub fn told(error: EngineError, language: Language) -> Self {
        match error {
            EngineError::Question(question) => Self::Question {
                message: question.words(language),
                step: "dates".into(),
                stream: Some(question.stream),
                column: Some(question.column),
                examples: question.examples,
            },
            EngineError::Cut { until } => {
                Self::System { message: plaza_engine::drill::cut_words(&until, language), detail: None }
            }
            EngineError::Schema(stop) => Self::File { message: stop.words(language), detail: None },
            other => Self::from(other),
        }
    }
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        let message = error.to_string();
        let detail = std::error::Error::source(&error).map(ToString::to_string);
        match error {
            EngineError::Store(StoreError::NewerSchema { .. }) => Self::NewerSchema { message, detail },
            EngineError::Store(StoreError::NoWorkspace { .. }) | EngineError::NotFound { .. } => {
                Self::NotFound { message, detail }
            }
            EngineError::Store(_) | EngineError::Intake(_) => Self::Storage { message, detail },
            EngineError::Source(_) | EngineError::File { .. } | EngineError::Unwritten { .. } => {
                Self::File { message, detail }
            }
            EngineError::Integration(_) => Self::Invalid {
                fields: vec![FieldError { field: "toml".into(), words: message.clone() }],
                message,
            },
            EngineError::Invalid { fields } => Self::Invalid {
                message,
                fields: fields.into_iter().map(|(field, words)| FieldError { field, words }).collect(),
            },
            EngineError::Question(_) | EngineError::Schema(_) => Self::told(error, Language::En),
            EngineError::SeveralSystems { .. } => Self::Invalid {
                fields: vec![FieldError { field: "system".into(), words: message.clone() }],
                message,
            },
            EngineError::Cut { .. } | EngineError::System { .. } | EngineError::Busy { .. } => {
                Self::System { message, detail }
            }
            EngineError::Conflict { .. } => Self::Conflict { message, detail },
            EngineError::Cancelled => Self::Cancelled { message, detail },
            EngineError::NoRandomness(_)
            | EngineError::Paper(_)
            | EngineError::Picture(_)
            | EngineError::Solver(_) => Self::Internal { message, detail },
        }
    }
}
