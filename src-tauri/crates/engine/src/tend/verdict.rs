//! What a failed pull means for the next one.

use plaza_connect::system::{SystemError, SystemFault};
use plaza_domain::breaker::Went;

use crate::error::EngineError;

/// What an attempt means for the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It worked.
    Worked,
    /// It was stopped.
    Stopped,
    /// Another attempt may work.
    Passing {
        /// Why it failed.
        words: String,
        /// How long the system asks to be left alone, milliseconds.
        asked_ms: Option<i64>,
    },
    /// The system answered, and what it said is not taken: the next pull of the cadence may bring better.
    Refused {
        /// Why.
        words: String,
    },
    /// No repetition mends it: a person must act.
    Person {
        /// Why.
        words: String,
    },
}

impl Verdict {
    /// Of an attempt that failed.
    pub(crate) fn of(error: &EngineError) -> Self {
        let words = error.to_string();
        match error {
            EngineError::Cancelled | EngineError::Busy { .. } | EngineError::Cut { .. } => Self::Stopped,
            EngineError::Schema(_) => Self::Refused { words },
            EngineError::Question(_) | EngineError::Invalid { .. } | EngineError::Integration(_) => {
                Self::Person { words }
            }
            EngineError::System { source, .. } if needs_person(source) => Self::Person { words },
            EngineError::System { source, .. } => Self::Passing { words, asked_ms: asked_ms(source) },
            _ => Self::Passing { words, asked_ms: None },
        }
    }

    /// As the circuit sees it. A system that asks for a person has answered.
    pub(crate) const fn went(&self) -> Went {
        match self {
            Self::Worked | Self::Refused { .. } | Self::Person { .. } => Went::Answered,
            Self::Stopped => Went::Stopped,
            Self::Passing { asked_ms, .. } => Went::Failed(*asked_ms),
        }
    }
}

fn asked_ms(error: &SystemError) -> Option<i64> {
    match error.fault {
        SystemFault::Busy { wait: Some(wait) } => Some(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)),
        _ => None,
    }
}

const fn needs_person(error: &SystemError) -> bool {
    matches!(
        error.fault,
        SystemFault::Unauthorised
            | SystemFault::Forbidden { .. }
            | SystemFault::Refused { .. }
            | SystemFault::NoStream { .. }
            | SystemFault::NoField { .. }
            | SystemFault::TooLarge { .. }
            | SystemFault::NoSecret { .. }
            | SystemFault::Setting { .. }
            | SystemFault::BadCursor
            | SystemFault::Exceeded { .. }
    )
}
