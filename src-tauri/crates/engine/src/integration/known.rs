//! Integrations that the workspace knows.

use plaza_domain::event::IntegrationId;
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

    /// The integration in use that brings a system's orders.
    pub(crate) fn home_of_system(&self, system: &str) -> Result<Integration> {
        let is_home = |one: &Integration| one.orders_of.is_none() && one.system == system;
        let home = self.definitions_in_use()?.into_iter().find(is_home);
        home.ok_or_else(|| EngineError::NotFound { noun: "system", name: system.chars().take(80).collect() })
    }

    /// The integration in use whose orders one brings, or adds to.
    pub(crate) fn home_integration(&self, id: &str) -> Result<Integration> {
        let own = Integration::from_toml(&self.integration_in_use(id)?.current.toml)?;
        match &own.orders_of {
            Some(home) => Ok(Integration::from_toml(&self.integration_in_use(home)?.current.toml)?),
            None => Ok(own),
        }
    }

    /// An integration that brings orders, and those in use that add to them, by their ids.
    pub(crate) fn speaking_of(&self, home: &Integration) -> Result<Vec<IntegrationId>> {
        let adds = |one: &Integration| one.orders_of.as_deref() == Some(home.id.as_str());
        let others = self.definitions_in_use()?.into_iter().filter(adds);
        let ids = std::iter::once(home.id.clone()).chain(others.map(|one| one.id));
        Ok(ids.map(|id| IntegrationId::from(id.as_str())).collect())
    }

    /// The definitions of all integrations in use that can be read.
    fn definitions_in_use(&self) -> Result<Vec<Integration>> {
        let all = self.view(|view| view.integrations())?;
        let in_use = all.into_iter().filter(|saved| saved.retired.is_none());
        Ok(in_use.filter_map(|saved| Integration::from_toml(&saved.current.toml).ok()).collect())
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
