//! Integrations: every version of their text stays; retired ones stay readable.

use std::collections::BTreeMap;

use plaza_domain::event::IntegrationId;
use rusqlite::{Connection, OptionalExtension, params};

use super::View;
use super::act::{Act, Order, Rank};
use crate::error::Result;

/// One version of an integration's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationVersion {
    /// From 1.
    pub version: u32,
    /// The whole TOML text.
    pub toml: String,
    /// Why it was changed.
    pub note: String,
    /// Who saved it, when.
    pub act: Act,
}

/// An integration as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integration {
    /// Which one.
    pub id: IntegrationId,
    /// Its text as it is now.
    pub current: IntegrationVersion,
    /// Why and by whom it was retired, where it is.
    pub retired: Option<(String, Act)>,
}

pub(super) fn saved(
    connection: &Connection,
    order: &Order,
    integration: &IntegrationId,
    version: u32,
    toml: &str,
    note: &str,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_integration (integration, version, at, acting_for, toml, note) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![integration.as_str(), version, order.rank, order.acting_for, toml, note])?;
    Ok(())
}

pub(super) fn retired(
    connection: &Connection,
    order: &Order,
    integration: &IntegrationId,
    reason: &str,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO view_integration_retired (integration, at, acting_for, reason) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (integration) DO UPDATE SET at = excluded.at, acting_for = excluded.acting_for, \
             reason = excluded.reason WHERE excluded.at > view_integration_retired.at",
        )?
        .execute(params![integration.as_str(), order.rank, order.acting_for, reason])?;
    Ok(())
}

impl View<'_> {
    /// Every integration, retired ones too, in order of their ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn integrations(&self) -> Result<Vec<Integration>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT integration FROM view_integration ORDER BY integration")?;
        let ids = statement.query_map([], |row| row.get(0).map(IntegrationId))?;
        let ids = ids.collect::<rusqlite::Result<Vec<_>>>()?;
        let integrations = ids.iter().map(|id| self.integration(id));
        Ok(integrations.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// One integration.
    ///
    /// # Errors
    /// What the database says.
    pub fn integration(&self, id: &IntegrationId) -> Result<Option<Integration>> {
        let mut versions = self.ranked_versions(id)?;
        // Saving again brings a retired one back, whatever version number the saving device knew.
        let last_saved = versions.iter().map(|(rank, _)| *rank).max();
        let Some((_, current)) = versions.pop() else { return Ok(None) };
        let sql = "SELECT at, acting_for, reason FROM view_integration_retired WHERE integration = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let word = statement
            .query_row([id.as_str()], |row| {
                Ok((row.get::<_, Rank>(0)?, row.get(1)?, row.get::<_, String>(2)?))
            })
            .optional()?;
        let retired = match word.filter(|(rank, ..)| Some(*rank) > last_saved) {
            Some((rank, acting_for, reason)) => Some((reason, self.act(rank, acting_for)?)),
            None => None,
        };
        Ok(Some(Integration { id: id.clone(), current, retired }))
    }

    /// Every version of an integration's text, the one that shows last.
    ///
    /// # Errors
    /// What the database says.
    pub fn integration_versions(&self, id: &IntegrationId) -> Result<Vec<IntegrationVersion>> {
        Ok(self.ranked_versions(id)?.into_iter().map(|(_, version)| version).collect())
    }

    fn ranked_versions(&self, id: &IntegrationId) -> Result<Vec<(Rank, IntegrationVersion)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT version, toml, note, at, acting_for FROM view_integration WHERE integration = ?1 ORDER BY version, at",
        )?;
        let mut rows = statement.query([id.as_str()])?;
        let mut versions: BTreeMap<(u32, Rank), IntegrationVersion> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (version, rank) = (row.get(0)?, row.get(3)?);
            let act = self.act(rank, row.get(4)?)?;
            versions.insert(
                (version, rank),
                IntegrationVersion { version, toml: row.get(1)?, note: row.get(2)?, act },
            );
        }
        Ok(versions.into_iter().map(|((_, rank), version)| (rank, version)).collect())
    }
}
