//! An integration that is used no longer.

use plaza_domain::event::Payload;

use super::Integration;
use crate::error::{EngineError, Result};
use crate::pull;
use crate::workspace::Workspace;

impl Workspace {
    /// Retires an integration: it is pulled and watched no longer, and is not among those in use. What it brought stays,
    /// and its weeks count as before. Pulling or saving it again brings it back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason; [`EngineError::NotFound`] where there is none in use of this id.
    pub fn retire_integration(&self, id: &str, reason: &str) -> Result<()> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(EngineError::invalid("reason", "say why it is not needed any more"));
        }
        let saved = self.integration_in_use(id)?;
        let home = Integration::from_toml(&saved.current.toml).ok().and_then(|retired| retired.orders_of);
        self.act([Payload::IntegrationRetired { integration: saved.id, reason: reason.to_owned() }])?;
        let Some(home) = home else { return Ok(()) };
        // What it added counts no longer.
        let mut intake = self.intake();
        if let Some(known) = intake.view().integration(&home)? {
            let load = intake.load()?;
            pull::touch_all(&load, known.number)?;
            load.commit()?;
        }
        drop(intake);
        pull::remake(self, &home)
    }
}
