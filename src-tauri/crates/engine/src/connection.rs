//! The connection of an integration: is it there, what does it offer, and the secrets that it needs.

use std::path::Path;
use std::time::Duration;

pub use plaza_connect::system::{Answered, Connection, FieldType, FoundField, FoundStream};
use plaza_connect::system::{Ask, System, SystemError, open};
use plaza_store::key::{WORD_BYTES_MAX, Word};

use crate::answer::{secrets, word_name};
use crate::error::{EngineError, Result, StoreError};
use crate::integration::Integration;
use crate::pull::Watch;
use crate::tend::settle::answered;
use crate::workspace::Workspace;

/// Longest silence while a person waits for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether the system answers, takes the credentials, and what it says it is.
///
/// # Errors
/// [`EngineError::System`]; [`EngineError::Invalid`] where the integration has no connection; [`EngineError::Cancelled`].
pub fn check(
    workspace: &Workspace,
    integration: &Integration,
    base: &Path,
    watch: &dyn Watch,
) -> Result<Answered> {
    converse(workspace, integration, base, watch, |system, ask| system.check(ask))
}

/// The streams that the system offers, with their fields.
///
/// # Errors
/// As [`check`].
pub fn discover(
    workspace: &Workspace,
    integration: &Integration,
    base: &Path,
    watch: &dyn Watch,
) -> Result<Vec<FoundStream>> {
    converse(workspace, integration, base, watch, |system, ask| system.discover(ask))
}

/// One conversation with the system of an integration, as long as a person waits for it.
pub(crate) fn converse<T>(
    workspace: &Workspace,
    integration: &Integration,
    base: &Path,
    watch: &dyn Watch,
    talk: impl FnOnce(&dyn System, &Ask<'_>) -> Result<T, SystemError>,
) -> Result<T> {
    let Some(connection) = integration.connection.clone() else {
        return Err(EngineError::invalid("connection", "its rows are in files; there is no system to ask"));
    };
    let said = |error| EngineError::system(&integration.system, error);
    let system = open(&connection.located(base), secrets(workspace, integration)?).map_err(said)?;
    let ask = Ask { cancel: watch.cancel(), timeout: PATIENCE, tell: &|_| {} };
    talk(system.as_ref(), &ask).map_err(said)
}

/// The secrets that a connection needs, and which of them are not kept yet.
///
/// # Errors
/// The keyring's files cannot be read.
pub fn missing_secrets(workspace: &Workspace, integration: &Integration) -> Result<Vec<String>> {
    let kept = secrets(workspace, integration)?;
    let slots = integration.connection.iter().flat_map(Connection::secret_slots);
    Ok(slots.filter(|slot| kept.get(slot).is_none()).collect())
}

/// Keeps a secret of an integration's connection in the keyring; none forgets it. Returns whether it had to be kept in a
/// file that only this user may read, because no keyring answers.
///
/// # Errors
/// [`EngineError::Invalid`] for a text that no secret can be; a keyring or file that cannot be written.
pub fn keep_secret(
    workspace: &Workspace,
    integration: &str,
    slot: &str,
    text: Option<String>,
) -> Result<bool> {
    let word = text.map(Word::new);
    if let Some(word) = &word {
        if word.expose().is_empty() {
            return Err(EngineError::invalid(slot, "a secret is never empty"));
        }
        if word.expose().len() > WORD_BYTES_MAX {
            return Err(EngineError::invalid(slot, format!("a secret has at most {WORD_BYTES_MAX} bytes")));
        }
    }
    let name = word_name(workspace, integration, slot);
    let is_in_file = workspace.ledger().keys().save_word(&name, word.as_ref()).map_err(StoreError::from)?;
    if word.is_some() && workspace.view(|view| view.integration(&integration.into()))?.is_some() {
        answered(workspace, integration)?;
    }
    Ok(is_in_file)
}
