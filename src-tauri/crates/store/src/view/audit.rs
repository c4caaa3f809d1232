//! Audits of integrations: one for each quarter, the last word of it.

use plaza_domain::event::{AuditSaved, IntegrationId};
use rusqlite::{Connection, params};

use super::act::{Act, Order};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_audit.body";

/// A quarter's audit, and who saved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Its answers.
    pub saved: AuditSaved,
    /// Who saved it, when.
    pub act: Act,
}

pub(super) fn saved(connection: &Connection, order: &Order, audit: &AuditSaved) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO view_audit (integration, quarter, at, acting_for, body) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (integration, quarter) DO UPDATE SET at = excluded.at, acting_for = excluded.acting_for, \
             body = excluded.body WHERE excluded.at > view_audit.at",
        )?
        .execute(params![
            audit.integration.as_str(),
            audit.quarter.0,
            order.rank,
            order.acting_for,
            to_json(PLACE, audit)?
        ])?;
    Ok(())
}

impl View<'_> {
    /// The audits of an integration, in order of quarter.
    ///
    /// # Errors
    /// What the database says.
    pub fn audits(&self, integration: &IntegrationId) -> Result<Vec<Audit>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body, at, acting_for FROM view_audit WHERE integration = ?1 ORDER BY quarter",
        )?;
        let mut rows = statement.query([integration.as_str()])?;
        let mut audits = Vec::new();
        while let Some(row) = rows.next()? {
            let saved = from_json(PLACE, &row.get::<_, String>(0)?)?;
            audits.push(Audit { saved, act: self.act(row.get(1)?, row.get(2)?)? });
        }
        Ok(audits)
    }
}
