//! Checkpoints: how batches pass, by version; which were held, and what was decided.

use plaza_domain::event::{BatchDecided, BatchHeld, CheckpointSet, IntegrationId};
use rusqlite::{Connection, params};

use super::act::{Act, Order};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "checkpoint";

/// How an integration's batches pass its checkpoint, as somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// What was said.
    pub set: CheckpointSet,
    /// By whom, when.
    pub act: Act,
}

/// What was said of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchWord {
    /// It waits.
    Held(BatchHeld),
    /// It was let through or turned away.
    Decided(BatchDecided),
}

/// What was said of a batch, by whom, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchAct {
    /// What was said.
    pub word: BatchWord,
    /// By whom, when.
    pub act: Act,
}

pub(super) fn set(connection: &Connection, order: &Order, set: &CheckpointSet) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_checkpoint (integration, version, at, acting_for, body) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            set.integration.as_str(),
            set.version,
            order.rank,
            order.acting_for,
            to_json(PLACE, set)?
        ])?;
    Ok(())
}

pub(super) fn held(connection: &Connection, order: &Order, held: &BatchHeld) -> Result<()> {
    said(connection, order, held.integration.as_str(), false, &to_json(PLACE, held)?)
}

pub(super) fn decided(connection: &Connection, order: &Order, decided: &BatchDecided) -> Result<()> {
    said(connection, order, decided.integration.as_str(), true, &to_json(PLACE, decided)?)
}

fn said(
    connection: &Connection,
    order: &Order,
    integration: &str,
    is_decided: bool,
    body: &str,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_batch (integration, at, acting_for, decided, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![integration, order.rank, order.acting_for, is_decided, body])?;
    Ok(())
}

impl View<'_> {
    /// How an integration's batches pass its checkpoint now; nothing where nobody said so.
    ///
    /// # Errors
    /// What the database says.
    pub fn checkpoint(&self, id: &IntegrationId) -> Result<Option<Checkpoint>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body, at, acting_for FROM view_checkpoint WHERE integration = ?1 \
             ORDER BY version DESC, at DESC LIMIT 1",
        )?;
        let mut rows = statement.query([id.as_str()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let act = self.act(row.get(1)?, row.get(2)?)?;
        Ok(Some(Checkpoint {
            set: from_json(PLACE, row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?,
            act,
        }))
    }

    /// What was said of an integration's batches, the newest first, at most so many.
    ///
    /// # Errors
    /// What the database says.
    pub fn batch_acts(&self, id: &IntegrationId, limit: u32) -> Result<Vec<BatchAct>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body, at, acting_for, decided FROM view_batch WHERE integration = ?1 ORDER BY at DESC LIMIT ?2",
        )?;
        let mut rows = statement.query(params![id.as_str(), limit])?;
        let mut acts = Vec::new();
        while let Some(row) = rows.next()? {
            let act = self.act(row.get(1)?, row.get(2)?)?;
            let body = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let word = if row.get(3)? {
                BatchWord::Decided(from_json(PLACE, body)?)
            } else {
                BatchWord::Held(from_json(PLACE, body)?)
            };
            acts.push(BatchAct { word, act });
        }
        Ok(acts)
    }
}
