//! Definitions of joint KPIs: every version stays; the highest one shows, of two the later one.

use plaza_domain::event::{KpiDefinition, KpiId};
use rusqlite::{Connection, params};

use super::act::{Act, Order};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_kpi.definition";

/// One version of a definition, and who made it.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiVersion {
    /// The definition.
    pub definition: KpiDefinition,
    /// Who made it, when.
    pub act: Act,
}

pub(super) fn defined(connection: &Connection, order: &Order, definition: &KpiDefinition) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_kpi (kpi, version, at, acting_for, definition) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            definition.kpi.as_str(),
            definition.version,
            order.rank,
            order.acting_for,
            to_json(PLACE, definition)?
        ])?;
    Ok(())
}

impl View<'_> {
    /// The definition of every KPI as it is now, inactive ones too, in order of their ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn kpis(&self) -> Result<Vec<KpiDefinition>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT definition FROM view_kpi AS this WHERE NOT EXISTS (SELECT 1 FROM view_kpi AS other \
             WHERE other.kpi = this.kpi AND (other.version, other.at) > (this.version, this.at)) ORDER BY kpi",
        )?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|row| from_json(PLACE, &row?)).collect()
    }

    /// The definition of a KPI as it is now.
    ///
    /// # Errors
    /// What the database says.
    pub fn kpi(&self, kpi: &KpiId) -> Result<Option<KpiDefinition>> {
        Ok(self.kpi_versions(kpi)?.pop().map(|version| version.definition))
    }

    /// Every version of a KPI's definition, the one that shows last.
    ///
    /// # Errors
    /// What the database says.
    pub fn kpi_versions(&self, kpi: &KpiId) -> Result<Vec<KpiVersion>> {
        let sql = "SELECT definition, at, acting_for FROM view_kpi WHERE kpi = ?1 ORDER BY version, at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([kpi.as_str()])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            let definition = from_json(PLACE, &row.get::<_, String>(0)?)?;
            versions.push(KpiVersion { definition, act: self.act(row.get(1)?, row.get(2)?)? });
        }
        Ok(versions)
    }
}
