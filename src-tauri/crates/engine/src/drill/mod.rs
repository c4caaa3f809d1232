//! Drills: what goes wrong one day is played on purpose.
//!
//! A *rush* replays what was pulled within the last weeks at a multiple of its volume, with faults, beside the workspace
//! ([`rush`]). An *outage* cuts an integration for a while, so that people carry on by hand ([`outage`]). Both end as one
//! event with what came of it.

pub(crate) mod debt;
pub mod outage;
pub mod rush;
pub mod words;

use plaza_domain::language::Language;

use crate::error::{EngineError, Result};

/// What a pull answers while its integration is cut, in the reader's language.
pub fn cut_words(until: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("Cut by a drill until {until}. Carry on by hand, as its charter says, or end the drill.")
        }
        Language::De => format!(
            "Zur Übung gekappt bis {until}. Arbeiten Sie von Hand weiter, wie die Charta es sagt, oder beenden Sie die \
             Übung."
        ),
        Language::Es => format!(
            "Cortada por un simulacro hasta {until}. Siga a mano, como dice la carta, o termine el simulacro."
        ),
    }
}

/// A new drill's id.
fn new_id() -> Result<String> {
    let mut bits = [0; 8];
    getrandom::fill(&mut bits).map_err(EngineError::NoRandomness)?;
    Ok(format!("drill-{:016x}", u64::from_le_bytes(bits)))
}
