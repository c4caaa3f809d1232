//! Rows that people let out of quarantine.

use rusqlite::{Connection, params};

use super::View;
use super::act::{Act, Order};
use crate::error::Result;

/// A row was let out of quarantine as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The key of the record.
    pub record: String,
    /// Why.
    pub reason: String,
    /// Who, when.
    pub act: Act,
}

pub(super) fn released(connection: &Connection, order: &Order, record: &str, reason: &str) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO view_release (record, at, acting_for, reason) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (record) \
             DO UPDATE SET at = excluded.at, acting_for = excluded.acting_for, reason = excluded.reason \
             WHERE excluded.at > view_release.at",
        )?
        .execute(params![record, order.rank, order.acting_for, reason])?;
    Ok(())
}

impl View<'_> {
    /// Every release, in order of the records; of two for one record the later one.
    ///
    /// # Errors
    /// What the database says.
    pub fn releases(&self) -> Result<Vec<Release>> {
        let sql = "SELECT record, reason, at, acting_for FROM view_release ORDER BY record";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut releases = Vec::new();
        while let Some(row) = rows.next()? {
            let act = self.act(row.get(2)?, row.get(3)?)?;
            releases.push(Release { record: row.get(0)?, reason: row.get(1)?, act });
        }
        Ok(releases)
    }
}
