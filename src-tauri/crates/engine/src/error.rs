//! What can go wrong in a use case. Bad rows are not errors: they wait in quarantine with their reasons.

use std::path::PathBuf;

use plaza_connect::ConnectError;
use plaza_connect::system::{SystemError, SystemFault};
pub use plaza_store::StoreError;
use plaza_store::intake::IntakeError;

use crate::integration::IntegrationError;
pub use crate::question::{Asks, Question};
pub use crate::schema_stop::SchemaStop;

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
    /// A paper could not be written as PDF.
    #[error(transparent)]
    Paper(#[from] plaza_document::paper::PdfError),
    /// A picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] plaza_document::PictureError),
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
    /// An order's number stands in several systems, and none was named.
    #[error("order line “{order}/{line}” stands in several systems: {}", systems.join(", "))]
    SeveralSystems {
        /// Order number.
        order: String,
        /// Line number.
        line: String,
        /// The systems that have it.
        systems: Vec<String>,
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
    /// A file has other columns than the last one; nothing of it was taken.
    #[error("{0}")]
    Schema(Box<SchemaStop>),
    /// An outage is played: it is not pulled now, and nothing is wrong.
    #[error("cut by a drill until {until}: carry on by hand, as its charter says, or end the drill")]
    Cut {
        /// Until when, in the workspace's zone.
        until: String,
    },
    /// Something changed meanwhile; look again.
    #[error("{what} has changed meanwhile; look again before deciding")]
    Conflict {
        /// What changed.
        what: &'static str,
    },
    /// The system gave no random bits, which ids are made of.
    #[error("the system gave no random numbers: {0}")]
    NoRandomness(getrandom::Error),
    /// A schedule of a rotation broke a rule that the solver keeps: a fault of Plaza's own.
    #[error(transparent)]
    Solver(plaza_rotation::SearchError),
    /// A person stopped it; nothing was kept of it.
    #[error("stopped; nothing was changed")]
    Cancelled,
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
