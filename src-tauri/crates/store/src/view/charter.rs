//! Charters, with every version; whether an integration is active; the numbers of its success measure.

use plaza_domain::charter::Charter;
use plaza_domain::day::Week;
use plaza_domain::event::{CharterSaved, IntegrationActivated, IntegrationId, MeasureEntered};
use rusqlite::{Connection, params};

use super::act::{Act, Order, Rank};
use super::{View, from_json, to_json};
use crate::error::Result;

const CHARTER: &str = "view_charter.body";
const ACTIVATION: &str = "view_activation.body";

/// One version of a charter, and who saved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterVersion {
    /// From 1.
    pub version: u32,
    /// The answers.
    pub charter: Charter,
    /// Who saved it, when.
    pub act: Act,
}

/// Something that was said about an integration's activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// What was said when it was activated; nothing where it was deactivated.
    pub activated: Option<IntegrationActivated>,
    /// Why; empty for an activation over nothing unstable.
    pub reason: String,
    /// Who said it, when.
    pub act: Act,
}

/// A week's number of a success measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredWeek {
    /// Which week.
    pub week: Week,
    /// How much, millionths of the unit.
    pub millionths: i64,
    /// Who entered it last, when.
    pub act: Act,
}

pub(super) fn saved(connection: &Connection, order: &Order, saved: &CharterSaved) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_charter (integration, version, at, acting_for, body) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            saved.integration.as_str(),
            saved.version,
            order.rank,
            order.acting_for,
            to_json(CHARTER, &saved.charter)?
        ])?;
    Ok(())
}

pub(super) fn said(
    connection: &Connection,
    order: &Order,
    integration: &IntegrationId,
    activated: Option<&IntegrationActivated>,
    reason: &str,
) -> Result<()> {
    let body = activated.map(|activated| to_json(ACTIVATION, activated)).transpose()?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_activation (integration, at, acting_for, body, reason) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![integration.as_str(), order.rank, order.acting_for, body, reason])?;
    Ok(())
}

pub(super) fn entered(connection: &Connection, order: &Order, entered: &MeasureEntered) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO view_measure (integration, name, unit, week, at, acting_for, millionths) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (integration, name, unit, week) \
             DO UPDATE SET at = excluded.at, acting_for = excluded.acting_for, millionths = excluded.millionths \
             WHERE excluded.at > view_measure.at",
        )?
        .execute(params![
            entered.integration.as_str(),
            entered.name,
            entered.unit,
            entered.week.0,
            order.rank,
            order.acting_for,
            entered.millionths
        ])?;
    Ok(())
}

impl View<'_> {
    /// Every version of an integration's charter, the one in force last.
    ///
    /// # Errors
    /// What the database says.
    pub fn charter_versions(&self, integration: &IntegrationId) -> Result<Vec<CharterVersion>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT version, body, at, acting_for FROM view_charter WHERE integration = ?1 ORDER BY version, at",
        )?;
        let mut rows = statement.query([integration.as_str()])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            let charter = from_json(CHARTER, &row.get::<_, String>(1)?)?;
            let act = self.act(row.get(2)?, row.get(3)?)?;
            versions.push(CharterVersion { version: row.get(0)?, charter, act });
        }
        Ok(versions)
    }

    /// The charter of an integration as it is now.
    ///
    /// # Errors
    /// What the database says.
    pub fn charter(&self, integration: &IntegrationId) -> Result<Option<CharterVersion>> {
        Ok(self.charter_versions(integration)?.pop())
    }

    /// Everything that was said about an integration's activity, the last word last.
    ///
    /// # Errors
    /// What the database says.
    pub fn activations(&self, integration: &IntegrationId) -> Result<Vec<Activation>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body, reason, at, acting_for FROM view_activation WHERE integration = ?1 ORDER BY at",
        )?;
        let mut rows = statement.query([integration.as_str()])?;
        let mut said = Vec::new();
        while let Some(row) = rows.next()? {
            let body: Option<String> = row.get(0)?;
            said.push(Activation {
                activated: body.map(|body| from_json(ACTIVATION, &body)).transpose()?,
                reason: row.get(1)?,
                act: self.act(row.get(2)?, row.get(3)?)?,
            });
        }
        Ok(said)
    }

    /// The activation that is in force; nothing for an integration that is not active. Retiring one ends its
    /// activation, and bringing it back does not bring that back.
    ///
    /// # Errors
    /// What the database says.
    pub fn activation(&self, integration: &IntegrationId) -> Result<Option<Activation>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body, reason, at, acting_for FROM view_activation AS said WHERE integration = ?1 AND NOT EXISTS \
             (SELECT 1 FROM view_integration_retired AS retired WHERE retired.integration = said.integration \
             AND retired.at > said.at) ORDER BY at DESC LIMIT 1",
        )?;
        let mut rows = statement.query([integration.as_str()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (body, reason): (Option<String>, String) = (row.get(0)?, row.get(1)?);
        let Some(body) = body else { return Ok(None) };
        let (at, acting_for): (Rank, Option<String>) = (row.get(2)?, row.get(3)?);
        let activated = Some(from_json(ACTIVATION, &body)?);
        Ok(Some(Activation { activated, reason, act: self.act(at, acting_for)? }))
    }

    /// The numbers that were entered for a success measure of this name and unit, in order of week.
    ///
    /// # Errors
    /// What the database says.
    pub fn entered_weeks(
        &self,
        integration: &IntegrationId,
        name: &str,
        unit: &str,
    ) -> Result<Vec<EnteredWeek>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT week, millionths, at, acting_for FROM view_measure \
             WHERE integration = ?1 AND name = ?2 AND unit = ?3 ORDER BY week",
        )?;
        let mut rows = statement.query(params![integration.as_str(), name, unit])?;
        let mut weeks = Vec::new();
        while let Some(row) = rows.next()? {
            let act = self.act(row.get(2)?, row.get(3)?)?;
            weeks.push(EnteredWeek { week: Week(row.get(0)?), millionths: row.get(1)?, act });
        }
        Ok(weeks)
    }
}
