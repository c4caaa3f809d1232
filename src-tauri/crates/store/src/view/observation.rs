//! Observations: every revision stays. What was known at a time is a question, not an archive.

use plaza_domain::day::Week;
use plaza_domain::event::{KpiId, Observation};
use rusqlite::{Connection, params};

use super::act::Order;
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_observation.body";

pub(super) fn published(connection: &Connection, order: &Order, observation: &Observation) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_observation (kpi, week, revision, at, known_from, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            observation.kpi.as_str(),
            observation.week.0,
            observation.revision,
            order.rank,
            observation.known_from,
            to_json(PLACE, observation)?
        ])?;
    Ok(())
}

impl View<'_> {
    /// Each week's latest revision that was known at a time (milliseconds since 1970 UTC; now when nothing is
    /// given), in order of the weeks. Of two devices that published one revision the later one shows.
    ///
    /// # Errors
    /// What the database says.
    pub fn observations(&self, kpi: &KpiId, known_at: Option<i64>) -> Result<Vec<Observation>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT week, body FROM view_observation WHERE kpi = ?1 AND known_from <= ?2 ORDER BY week, revision, at",
        )?;
        let mut rows = statement.query(params![kpi.as_str(), known_at.unwrap_or(i64::MAX)])?;
        let mut latest: Vec<(i32, String)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (week, body) = (row.get(0)?, row.get(1)?);
            match latest.last_mut() {
                Some(last) if last.0 == week => last.1 = body,
                _ => latest.push((week, body)),
            }
        }
        latest.iter().map(|(_, body)| from_json(PLACE, body)).collect()
    }

    /// Whether any week of a KPI was known at a time (milliseconds since 1970 UTC).
    ///
    /// # Errors
    /// What the database says.
    pub fn is_observed(&self, kpi: &KpiId, known_at: i64) -> Result<bool> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM view_observation WHERE kpi = ?1 AND known_from <= ?2)",
        )?;
        Ok(statement.query_row(params![kpi.as_str(), known_at], |row| row.get(0))?)
    }

    /// All revisions of all weeks that were known at a time, by week and revision.
    ///
    /// # Errors
    /// What the database says.
    pub fn all_revisions(&self, kpi: &KpiId, known_at: Option<i64>) -> Result<Vec<Observation>> {
        self.revisions_where("kpi = ?1 AND known_from <= ?2 AND ?3 IS NULL", kpi, known_at, None)
    }

    /// All revisions of one week, the first one first.
    ///
    /// # Errors
    /// What the database says.
    pub fn revisions(&self, kpi: &KpiId, week: Week) -> Result<Vec<Observation>> {
        self.revisions_where("kpi = ?1 AND known_from <= ?2 AND week = ?3", kpi, None, Some(week))
    }

    /// The latest revision of one week.
    ///
    /// # Errors
    /// What the database says.
    pub fn observation(&self, kpi: &KpiId, week: Week) -> Result<Option<Observation>> {
        Ok(self.revisions(kpi, week)?.pop())
    }

    fn revisions_where(
        &self,
        condition: &str,
        kpi: &KpiId,
        known_at: Option<i64>,
        week: Option<Week>,
    ) -> Result<Vec<Observation>> {
        let sql = format!("SELECT body FROM view_observation WHERE {condition} ORDER BY week, revision, at");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let bounds = params![kpi.as_str(), known_at.unwrap_or(i64::MAX), week.map(|week| week.0)];
        let rows = statement.query_map(bounds, |row| row.get::<_, String>(0))?;
        let mut revisions: Vec<Observation> = Vec::new();
        for row in rows {
            let next: Observation = from_json(PLACE, &row?)?;
            match revisions.last_mut() {
                // Two devices published one revision: the later one shows.
                Some(last) if (last.week, last.revision) == (next.week, next.revision) => *last = next,
                _ => revisions.push(next),
            }
        }
        Ok(revisions)
    }
}
