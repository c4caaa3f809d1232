//! Signals that charts found, and those that restatements took away.

use plaza_domain::event::{KpiId, SignalFound, SignalId, Stamp};
use rusqlite::{Connection, params};

use super::act::{Order, Rank};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_signal.body";

/// A signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// What was found, with the limits it was found against.
    pub found: SignalFound,
    /// When it was found last.
    pub found_at: Stamp,
    /// The revision that took it away, where it is gone.
    pub lapsed_by: Option<u32>,
    /// When it was gone last, also where it is there again.
    pub lapsed_at: Option<Stamp>,
}

pub(super) fn found(connection: &Connection, order: &Order, found: &SignalFound) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO view_signal (signal, at, kpi, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (signal) \
             DO UPDATE SET at = excluded.at, kpi = excluded.kpi, body = excluded.body WHERE excluded.at > view_signal.at",
        )?
        .execute(params![found.signal.as_str(), order.rank, found.kpi.as_str(), to_json(PLACE, found)?])?;
    Ok(())
}

pub(super) fn lapsed(connection: &Connection, order: &Order, signal: &SignalId, revision: u32) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO view_signal_lapsed (signal, at, revision) VALUES (?1, ?2, ?3) ON CONFLICT (signal) \
             DO UPDATE SET at = excluded.at, revision = excluded.revision WHERE excluded.at > view_signal_lapsed.at",
        )?
        .execute(params![signal.as_str(), order.rank, revision])?;
    Ok(())
}

impl View<'_> {
    /// Every signal ever found on a KPI's charts (or on all), the one found first first. One that was found again
    /// after it had lapsed is there again.
    ///
    /// # Errors
    /// What the database says.
    pub fn signals(&self, kpi: Option<&KpiId>) -> Result<Vec<Signal>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body, view_signal.at, CASE WHEN view_signal_lapsed.at > view_signal.at THEN revision END, \
             view_signal_lapsed.at FROM view_signal LEFT JOIN view_signal_lapsed USING (signal) WHERE ?1 IS NULL OR kpi = ?1 \
             ORDER BY view_signal.at",
        )?;
        let mut rows = statement.query([kpi.map(KpiId::as_str)])?;
        let mut signals = Vec::new();
        while let Some(row) = rows.next()? {
            let found = from_json(PLACE, &row.get::<_, String>(0)?)?;
            let found_at = row.get::<_, Rank>(1)?.stamp();
            let lapsed_at = row.get::<_, Option<Rank>>(3)?.map(|rank| rank.stamp());
            signals.push(Signal { found, found_at, lapsed_by: row.get(2)?, lapsed_at });
        }
        Ok(signals)
    }
}
