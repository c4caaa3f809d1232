//! Drills: what was said of each, in its order.

use plaza_domain::event::{DrillHeld, DrillNoted, IntegrationId, OutageBegun, OutageEnded};
use rusqlite::{Connection, params};
use serde::Serialize;

use super::act::{Act, Order};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_drill.body";

/// What was said of a drill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrillWord {
    /// An outage began.
    Begun(OutageBegun),
    /// Something was noted.
    Noted(DrillNoted),
    /// An outage was ended before its time.
    Ended(OutageEnded),
    /// It was held, with its result.
    Held(Box<DrillHeld>),
}

impl DrillWord {
    /// The drill's id.
    pub fn drill(&self) -> &str {
        match self {
            Self::Begun(said) => &said.drill,
            Self::Noted(said) => &said.drill,
            Self::Ended(said) => &said.drill,
            Self::Held(said) => &said.drill,
        }
    }
}

/// Something that was said of a drill, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrillAct {
    /// What.
    pub word: DrillWord,
    /// Who said it, when.
    pub act: Act,
}

pub(super) fn said(
    connection: &Connection,
    order: &Order,
    (integration, drill): (&IntegrationId, &str),
    said: &str,
    body: &impl Serialize,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_drill (integration, at, drill, acting_for, said, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            integration.as_str(),
            order.rank,
            drill,
            order.acting_for,
            said,
            to_json(PLACE, body)?
        ])?;
    Ok(())
}

impl View<'_> {
    /// Everything that was said of an integration's drills, the last word last.
    ///
    /// # Errors
    /// What the database says.
    pub fn drill_acts(&self, integration: &IntegrationId) -> Result<Vec<DrillAct>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT said, body, at, acting_for FROM view_drill WHERE integration = ?1 ORDER BY at",
        )?;
        let mut rows = statement.query([integration.as_str()])?;
        let mut acts = Vec::new();
        while let Some(row) = rows.next()? {
            let (said, body): (String, String) = (row.get(0)?, row.get(1)?);
            let word = match said.as_str() {
                "begun" => DrillWord::Begun(from_json(PLACE, &body)?),
                "noted" => DrillWord::Noted(from_json(PLACE, &body)?),
                "ended" => DrillWord::Ended(from_json(PLACE, &body)?),
                _ => DrillWord::Held(Box::new(from_json(PLACE, &body)?)),
            };
            acts.push(DrillAct { word, act: self.act(row.get(2)?, row.get(3)?)? });
        }
        Ok(acts)
    }
}
