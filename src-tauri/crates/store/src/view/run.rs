//! Runs that ended.

use plaza_domain::event::{IntegrationId, RunFinished, RunId};
use rusqlite::{Connection, OptionalExtension, params};

use super::act::Order;
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_run.body";

pub(super) fn finished(connection: &Connection, order: &Order, run: &RunFinished) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO view_run (run, at, integration, ended_at, body) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (run) \
             DO UPDATE SET at = excluded.at, integration = excluded.integration, ended_at = excluded.ended_at, \
             body = excluded.body WHERE excluded.at > view_run.at",
        )?
        .execute(params![run.run.as_str(), order.rank, run.integration.as_str(), run.ended_at, to_json(PLACE, run)?])?;
    Ok(())
}

impl View<'_> {
    /// The last runs of an integration (or of all), newest first, at most `limit`.
    ///
    /// # Errors
    /// What the database says.
    pub fn runs(&self, integration: Option<&IntegrationId>, limit: u32) -> Result<Vec<RunFinished>> {
        let sql = "SELECT body FROM view_run WHERE ?1 IS NULL OR integration = ?1 ORDER BY ended_at DESC, run LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![integration.map(IntegrationId::as_str), limit], |row| {
            row.get::<_, String>(0)
        })?;
        rows.map(|row| from_json(PLACE, &row?)).collect()
    }

    /// One run, once it has ended.
    ///
    /// # Errors
    /// What the database says.
    pub fn run(&self, run: &RunId) -> Result<Option<RunFinished>> {
        let mut statement = self.connection.prepare_cached("SELECT body FROM view_run WHERE run = ?1")?;
        let body = statement.query_row([run.as_str()], |row| row.get::<_, String>(0)).optional()?;
        body.map(|body| from_json(PLACE, &body)).transpose()
    }
}
