//! Points that people left out of mean and rules, and those that they took back in.

use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::KpiId;
use rusqlite::{Connection, params};

use super::View;
use super::act::{Act, Order};
use crate::error::Result;

/// The last word about a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ghost {
    /// Which part's chart; nothing for the whole.
    pub part: Option<DepartmentId>,
    /// Which week.
    pub week: Week,
    /// Whether the point is a ghost now.
    pub ghosted: bool,
    /// Why.
    pub reason: String,
    /// Who said so, when.
    pub act: Act,
}

pub(super) fn said(
    connection: &Connection,
    order: &Order,
    (kpi, part, week): (&KpiId, Option<&DepartmentId>, Week),
    ghosted: bool,
    reason: &str,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO view_ghost (kpi, part, week, at, acting_for, ghosted, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (kpi, part, week) DO UPDATE SET at = excluded.at, acting_for = excluded.acting_for, \
             ghosted = excluded.ghosted, reason = excluded.reason WHERE excluded.at > view_ghost.at",
        )?
        .execute(params![
            kpi.as_str(),
            part.map_or("", DepartmentId::as_str),
            week.0,
            order.rank,
            order.acting_for,
            ghosted,
            reason
        ])?;
    Ok(())
}

impl View<'_> {
    /// Every point of a KPI's charts that was ever a ghost, by part and week.
    ///
    /// # Errors
    /// What the database says.
    pub fn ghosts(&self, kpi: &KpiId) -> Result<Vec<Ghost>> {
        let sql = "SELECT part, week, ghosted, reason, at, acting_for FROM view_ghost WHERE kpi = ?1 ORDER BY part, week";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([kpi.as_str()])?;
        let mut ghosts = Vec::new();
        while let Some(row) = rows.next()? {
            ghosts.push(Ghost {
                part: row.get::<_, String>(0)?.parse().ok(),
                week: Week(row.get(1)?),
                ghosted: row.get(2)?,
                reason: row.get(3)?,
                act: self.act(row.get(4)?, row.get(5)?)?,
            });
        }
        Ok(ghosts)
    }
}
