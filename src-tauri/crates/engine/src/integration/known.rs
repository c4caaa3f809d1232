//! Integrations that the workspace knows.

use plaza_store::view::Integration as Saved;

use super::Integration;
use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

impl Workspace {
    /// An integration as it was saved, retired or not.
    pub(crate) fn saved_integration(&self, id: &str) -> Result<Saved> {
        let saved = self.view(|view| view.integration(&id.into()))?;
        saved.ok_or_else(|| EngineError::NotFound { noun: "integration", name: id.to_owned() })
    }

    /// An integration that is in use.
    pub(crate) fn integration_in_use(&self, id: &str) -> Result<Saved> {
        let saved = self.view(|view| view.integration(&id.into()))?.filter(|saved| saved.retired.is_none());
        saved.ok_or_else(|| EngineError::NotFound { noun: "integration", name: id.to_owned() })
    }

    /// The definition of an integration as it was saved.
    pub(crate) fn saved_definition(&self, id: &str) -> Result<Integration> {
        Ok(Integration::from_toml(&self.saved_integration(id)?.current.toml)?)
    }

    /// What people call an integration; its id where its definition cannot be read any more.
    pub(crate) fn integration_name(&self, id: &str) -> Result<String> {
        let definition = Integration::from_toml(&self.saved_integration(id)?.current.toml);
        Ok(definition.map_or_else(|_| id.to_owned(), |definition| definition.name))
    }
}
