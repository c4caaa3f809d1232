//! What can go wrong in a use case. Bad rows are not errors: they wait in quarantine with their reasons.

use std::path::PathBuf;

use plaza_connect::ConnectError;
use plaza_connect::system::{SystemError, SystemFault};
pub use plaza_store::StoreError;
use plaza_store::intake::IntakeError;

use crate::integration::IntegrationError;

/// What can go wrong in a use case.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The ledger or its folder.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The intake.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// A source cannot be used at all.
    #[error(transparent)]
    Source(#[from] ConnectError),
    /// A connected system could not be asked.
    #[error("{system}: {source}")]
    System {
        /// The system, as its integration names it.
        system: String,
        /// What happened.
        source: SystemError,
    },
    /// Somebody else is asking for it right now.
    #[error("“{integration}” is being pulled already; wait until that is done")]
    Busy {
        /// What people call it.
        integration: String,
    },
    /// The text is not an integration.
    #[error(transparent)]
    Integration(#[from] IntegrationError),
    /// A file of Plaza's own could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that a person chose could not be written.
    #[error("{} could not be written ({source}); what was there before is unchanged", path.display())]
    Unwritten {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The thing asked for is not there.
    #[error("{noun} “{name}” is not here")]
    NotFound {
        /// What kind of thing: `order`, `integration`, `week`.
        noun: &'static str,
        /// Its name.
        name: String,
    },
    /// What was entered cannot be used; each field with the reason.
    #[error("{}", join(fields))]
    Invalid {
        /// Field and reason, in words.
        fields: Vec<(String, String)>,
    },
    /// Only a person can answer this; nothing was changed.
    #[error("{0}")]
    Question(Box<Question>),
    /// Something changed meanwhile; look again.
    #[error("{what} has changed meanwhile; look again before deciding")]
    Conflict {
        /// What changed.
        what: &'static str,
    },
    /// The system gave no random bits, which ids are made of.
    #[error("the system gave no random numbers: {0}")]
    NoRandomness(getrandom::Error),
    /// A person stopped it; nothing was kept of it.
    #[error("stopped; nothing was changed")]
    Cancelled,
}

/// What a pull cannot know and will not guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The stream.
    pub stream: String,
    /// The column, as the file names it.
    pub column: String,
    /// What is asked, in words.
    pub asks: String,
    /// Cells that could be read in more than one way.
    pub examples: Vec<String>,
    /// How to answer in TOML: one line for each possible answer.
    pub answers: Vec<String>,
}

impl Question {
    /// What is asked about which column, without how to answer in TOML.
    pub fn asks_in_words(&self) -> String {
        let examples = match self.examples.as_slice() {
            [] => String::new(),
            some => format!(" (for example {})", some.join(", ")),
        };
        format!("stream “{}”, column “{}”: {}{examples}", self.stream, self.column, self.asks)
    }
}

impl std::fmt::Display for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.asks_in_words())?;
        for answer in &self.answers {
            write!(f, "\n  answer with: {answer}")?;
        }
        Ok(())
    }
}

impl EngineError {
    /// A single field that cannot be used.
    pub fn invalid(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Invalid { fields: vec![(field.into(), reason.into())] }
    }

    /// What a system did; a stop by a person is a stop.
    pub(crate) fn system(system: &str, source: SystemError) -> Self {
        match source.fault {
            SystemFault::Cancelled => Self::Cancelled,
            _ => Self::System { system: system.to_owned(), source },
        }
    }

    /// A file that could not be read or written.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

fn join(fields: &[(String, String)]) -> String {
    fields.iter().map(|(field, reason)| format!("{field}: {reason}")).collect::<Vec<_>>().join("; ")
}

/// What every use case returns.
pub type Result<T, E = EngineError> = std::result::Result<T, E>;
