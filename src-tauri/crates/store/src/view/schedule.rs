//! When integrations are pulled by themselves, as people chose it.

use plaza_domain::event::IntegrationId;
use plaza_domain::schedule::Schedule;
use rusqlite::{Connection, params};

use super::act::{Act, Order};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_schedule.body";

/// One version of an integration's schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleVersion {
    /// What was chosen, and from what.
    pub schedule: Schedule,
    /// Who, when.
    pub act: Act,
}

pub(super) fn chosen(connection: &Connection, order: &Order, schedule: &Schedule) -> Result<()> {
    // What a faulty program chose would break every screen: it is kept in the ledger and has no projection.
    if schedule.check().is_err() {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_schedule (integration, version, at, acting_for, body) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            schedule.integration.as_str(),
            schedule.version,
            order.rank,
            order.acting_for,
            to_json(PLACE, schedule)?
        ])?;
    Ok(())
}

impl View<'_> {
    /// Every version of an integration's schedule, the one in force last.
    ///
    /// # Errors
    /// What the database says.
    pub fn schedule_versions(&self, integration: &IntegrationId) -> Result<Vec<ScheduleVersion>> {
        let sql =
            "SELECT at, acting_for, body FROM view_schedule WHERE integration = ?1 ORDER BY version, at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([integration.as_str()])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            let act = self.act(row.get(0)?, row.get(1)?)?;
            versions.push(ScheduleVersion { schedule: from_json(PLACE, &row.get::<_, String>(2)?)?, act });
        }
        Ok(versions)
    }

    /// The schedule of an integration in force; none where nobody chose one.
    ///
    /// # Errors
    /// What the database says.
    pub fn schedule(&self, integration: &IntegrationId) -> Result<Option<ScheduleVersion>> {
        Ok(self.schedule_versions(integration)?.pop())
    }
}
