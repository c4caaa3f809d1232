//! Whose word counts, what was entered by hand, and what was asked to be corrected.

use std::collections::BTreeMap;

use plaza_domain::event::{
    CorrectionAsked, CorrectionClosed, CorrectionId, CorrectionSeen, HandEntered, HandKept, IntegrationId,
    TruthSet,
};
use plaza_domain::record::Field;
use rusqlite::{Connection, params};

use super::act::{Act, Order, Rank};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "truth";

/// A row of the truth map, as somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// What was said.
    pub set: TruthSet,
    /// By whom, when.
    pub act: Act,
}

/// Rows that somebody entered by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was entered.
    pub entered: HandEntered,
    /// By whom, when.
    pub act: Act,
}

/// A request to correct something at its source, with everything that was said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What was asked.
    pub asked: CorrectionAsked,
    /// By whom, when.
    pub act: Act,
    /// What pulls showed since, the latest last.
    pub seen: Vec<(CorrectionSeen, Act)>,
    /// Why it was closed, by whom.
    pub closed: Option<(CorrectionClosed, Act)>,
}

pub(super) fn set(connection: &Connection, order: &Order, set: &TruthSet) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_truth (integration, field, at, acting_for, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            set.integration.as_str(),
            to_json(PLACE, &set.field)?,
            order.rank,
            order.acting_for,
            to_json(PLACE, set)?
        ])?;
    Ok(())
}

pub(super) fn entered(connection: &Connection, order: &Order, entered: &HandEntered) -> Result<()> {
    by_hand(connection, order, entered.integration.as_str(), false, &to_json(PLACE, entered)?)
}

pub(super) fn kept(connection: &Connection, order: &Order, kept: &HandKept) -> Result<()> {
    by_hand(connection, order, kept.integration.as_str(), true, &to_json(PLACE, kept)?)
}

fn by_hand(
    connection: &Connection,
    order: &Order,
    integration: &str,
    is_kept: bool,
    body: &str,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_hand (integration, at, acting_for, kept, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![integration, order.rank, order.acting_for, is_kept, body])?;
    Ok(())
}

pub(super) fn asked(connection: &Connection, order: &Order, asked: &CorrectionAsked) -> Result<()> {
    let integration = Some(asked.integration.as_str());
    correction(connection, order, &asked.correction, integration, "asked", &to_json(PLACE, asked)?)
}

pub(super) fn seen(connection: &Connection, order: &Order, seen: &CorrectionSeen) -> Result<()> {
    correction(connection, order, &seen.correction, None, "seen", &to_json(PLACE, seen)?)
}

pub(super) fn closed(connection: &Connection, order: &Order, closed: &CorrectionClosed) -> Result<()> {
    correction(connection, order, &closed.correction, None, "closed", &to_json(PLACE, closed)?)
}

fn correction(
    connection: &Connection,
    order: &Order,
    correction: &CorrectionId,
    integration: Option<&str>,
    kind: &str,
    body: &str,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_correction (correction, at, acting_for, integration, kind, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![correction.as_str(), order.rank, order.acting_for, integration, kind, body])?;
    Ok(())
}

impl View<'_> {
    /// Every version of the rows of an integration's truth map, by field, the one in force last.
    ///
    /// # Errors
    /// What the database says.
    pub fn truth_versions(&self, integration: &IntegrationId) -> Result<BTreeMap<Field, Vec<Truth>>> {
        let sql = "SELECT at, acting_for, body FROM view_truth WHERE integration = ?1 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([integration.as_str()])?;
        let mut map: BTreeMap<Field, Vec<Truth>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let set: TruthSet = from_json(PLACE, &row.get::<_, String>(2)?)?;
            let act = self.act(row.get(0)?, row.get(1)?)?;
            map.entry(set.field).or_default().push(Truth { set, act });
        }
        Ok(map)
    }

    /// The rows of an integration's truth map in force, by field.
    ///
    /// # Errors
    /// What the database says.
    pub fn truth(&self, integration: &IntegrationId) -> Result<BTreeMap<Field, Truth>> {
        let versions = self.truth_versions(integration)?;
        Ok(versions.into_iter().filter_map(|(field, mut all)| Some((field, all.pop()?))).collect())
    }

    /// What was entered by hand for an integration, the earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn hand_entries(&self, integration: &IntegrationId) -> Result<Vec<Entry>> {
        let sql =
            "SELECT at, acting_for, body FROM view_hand WHERE integration = ?1 AND kept = 0 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([integration.as_str()])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let entered = from_json(PLACE, &row.get::<_, String>(2)?)?;
            entries.push(Entry { entered, act: self.act(row.get(0)?, row.get(1)?)? });
        }
        Ok(entries)
    }

    /// What owners said of entries that the system contradicts, by order, line and field; the last word of each.
    ///
    /// # Errors
    /// What the database says.
    pub fn hand_kept(
        &self,
        integration: &IntegrationId,
    ) -> Result<BTreeMap<(String, String, Field), (HandKept, Act)>> {
        let sql =
            "SELECT at, acting_for, body FROM view_hand WHERE integration = ?1 AND kept = 1 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([integration.as_str()])?;
        let mut all = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let kept: HandKept = from_json(PLACE, &row.get::<_, String>(2)?)?;
            let act = self.act(row.get(0)?, row.get(1)?)?;
            all.insert((kept.order.clone(), kept.line.clone(), kept.field), (kept, act));
        }
        Ok(all)
    }

    /// One request to correct something; none where it is unknown.
    ///
    /// # Errors
    /// What the database says.
    pub fn correction(&self, correction: &CorrectionId) -> Result<Option<Correction>> {
        let sql = "SELECT at, acting_for, kind, body FROM view_correction WHERE correction = ?1 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([correction.as_str()])?;
        let mut asked: Option<(CorrectionAsked, Act)> = None;
        let (mut seen, mut closed) = (Vec::new(), None);
        while let Some(row) = rows.next()? {
            let act = self.act(row.get::<_, Rank>(0)?, row.get(1)?)?;
            let (kind, body): (String, String) = (row.get(2)?, row.get(3)?);
            match kind.as_str() {
                "asked" if asked.is_none() => asked = Some((from_json(PLACE, &body)?, act)),
                "seen" => seen.push((from_json(PLACE, &body)?, act)),
                "closed" if closed.is_none() => closed = Some((from_json(PLACE, &body)?, act)),
                _ => {}
            }
        }
        Ok(asked.map(|(asked, act)| Correction { asked, act, seen, closed }))
    }

    /// Requests to correct something that an integration brought, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn corrections(&self, integration: &IntegrationId) -> Result<Vec<Correction>> {
        let sql = "SELECT correction FROM view_correction WHERE integration = ?1 ORDER BY at DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids: Vec<String> = statement
            .query_map([integration.as_str()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut corrections = Vec::new();
        for id in ids {
            corrections.extend(self.correction(&CorrectionId(id))?);
        }
        Ok(corrections)
    }
}
