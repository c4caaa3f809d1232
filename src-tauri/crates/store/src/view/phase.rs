//! Phases that people signed, and those that they took back.

use plaza_domain::day::Day;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::KpiId;
use rusqlite::{Connection, params};

use super::View;
use super::act::{Act, Order};
use crate::error::Result;

/// A phase, and the last word about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Which part's chart; nothing for the whole.
    pub part: Option<DepartmentId>,
    /// Its first day.
    pub start: Day,
    /// How often it was signed; nothing once it was withdrawn.
    pub version: Option<u32>,
    /// Why it was signed, or withdrawn.
    pub reason: String,
    /// Who said so, when.
    pub act: Act,
}

pub(super) fn said(
    connection: &Connection,
    order: &Order,
    (kpi, part, start): (&KpiId, Option<&DepartmentId>, Day),
    version: Option<u32>,
    reason: &str,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO view_phase (kpi, part, start, at, acting_for, version, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (kpi, part, start) DO UPDATE SET at = excluded.at, acting_for = excluded.acting_for, \
             version = excluded.version, reason = excluded.reason WHERE excluded.at > view_phase.at",
        )?
        .execute(params![
            kpi.as_str(),
            part.map_or("", DepartmentId::as_str),
            start.0,
            order.rank,
            order.acting_for,
            version,
            reason
        ])?;
    Ok(())
}

impl View<'_> {
    /// All phases of a KPI's charts, withdrawn ones too, by part and start.
    ///
    /// # Errors
    /// What the database says.
    pub fn phases(&self, kpi: &KpiId) -> Result<Vec<Phase>> {
        let sql = "SELECT part, start, version, reason, at, acting_for FROM view_phase WHERE kpi = ?1 ORDER BY part, start";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([kpi.as_str()])?;
        let mut phases = Vec::new();
        while let Some(row) = rows.next()? {
            phases.push(Phase {
                part: row.get::<_, String>(0)?.parse().ok(),
                start: Day(row.get(1)?),
                version: row.get(2)?,
                reason: row.get(3)?,
                act: self.act(row.get(4)?, row.get(5)?)?,
            });
        }
        Ok(phases)
    }
}
