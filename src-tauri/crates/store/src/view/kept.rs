//! KPIs that stay although no meeting talks about them: every word stays, the last one counts.

use plaza_domain::event::KpiId;
use rusqlite::{Connection, params};

use super::View;
use super::act::{Act, Order};
use crate::error::Result;

/// Somebody said that a KPI stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptKpi {
    /// Which KPI.
    pub kpi: KpiId,
    /// Why.
    pub reason: String,
    /// Who said it, when.
    pub act: Act,
}

pub(super) fn kept(connection: &Connection, order: &Order, kpi: &KpiId, reason: &str) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_kpi_kept (kpi, at, acting_for, reason) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![kpi.as_str(), order.rank, order.acting_for, reason])?;
    Ok(())
}

impl View<'_> {
    /// The last word on each KPI of which somebody said that it stays, in order of their ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn kept_kpis(&self) -> Result<Vec<KeptKpi>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kpi, max(at), acting_for, reason FROM view_kpi_kept GROUP BY kpi ORDER BY kpi",
        )?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let act = self.act(row.get(1)?, row.get(2)?)?;
            all.push(KeptKpi { kpi: KpiId(row.get(0)?), reason: row.get(3)?, act });
        }
        Ok(all)
    }
}
