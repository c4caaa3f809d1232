//! What sources say differently of one order line.

use rusqlite::{Row, params};

use super::{Load, Result, View};

/// A field of an order line that two sources say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisagreementRow {
    /// The integration whose orders they are, by its number.
    pub home: i64,
    /// The order line.
    pub journey: i64,
    /// The field's number.
    pub field: u8,
    /// The integration that does not count.
    pub other: i64,
    /// What it says.
    pub other_value: String,
    /// The integration that counts.
    pub kept: i64,
    /// What it says.
    pub kept_value: String,
    /// The run by which it was first seen.
    pub run: i64,
}

const COLUMNS: &str = "home, journey, field, other, other_value, kept, kept_value, run";

fn disagreement(row: &Row<'_>) -> rusqlite::Result<DisagreementRow> {
    Ok(DisagreementRow {
        home: row.get(0)?,
        journey: row.get(1)?,
        field: row.get(2)?,
        other: row.get(3)?,
        other_value: row.get(4)?,
        kept: row.get(5)?,
        kept_value: row.get(6)?,
        run: row.get(7)?,
    })
}

impl View<'_> {
    /// Disagreements about an integration's order lines with keys from `first` to `last`, in the order of the keys; at
    /// most `limit` of them.
    pub fn disagreements(
        self,
        home: i64,
        (first, last): (i64, i64),
        limit: u32,
    ) -> Result<Vec<DisagreementRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM disagreement WHERE home = ?1 AND journey BETWEEN ?2 AND ?3
             ORDER BY journey, field, other LIMIT ?4"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map(params![home, first, last, limit], disagreement)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Disagreements about one field with one other source, those seen last first; at most `limit` of them, from `skip` on.
    pub fn disagreements_of(
        self,
        home: i64,
        field: u8,
        other: i64,
        (skip, limit): (u32, u32),
    ) -> Result<Vec<DisagreementRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM disagreement WHERE home = ?1 AND field = ?2 AND other = ?3
             ORDER BY run DESC, journey LIMIT ?5 OFFSET ?4"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map(params![home, field, other, skip, limit], disagreement)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many disagreements there are about an integration's order lines: field, the source that does not count, how
    /// many, and the run by which the first of them was seen.
    pub fn disagreement_counts(self, home: i64) -> Result<Vec<(u8, i64, i64, i64)>> {
        let mut statement = self.0.prepare_cached(
            "SELECT field, other, count(*), min(run) FROM disagreement WHERE home = ?1
             GROUP BY field, other ORDER BY count(*) DESC, field, other",
        )?;
        let rows =
            statement.query_map([home], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Orders of an integration about whose `field` there is a disagreement, by the keys of their lines.
    pub fn disagreed_journeys(self, home: i64, field: u8) -> Result<Vec<i64>> {
        let mut statement = self
            .0
            .prepare_cached("SELECT DISTINCT journey FROM disagreement WHERE home = ?1 AND field = ?2")?;
        let rows = statement.query_map(params![home, field], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many order lines a stream speaks of that nobody else knows: rows without a journey.
    pub fn lines_without_journey(self, stream: i64) -> Result<i64> {
        let sql = "SELECT count(DISTINCT record.journey) FROM record
                   WHERE record.stream = ?1 AND record.gone_at IS NULL AND record.journey & 524287 <> 0
                     AND NOT EXISTS (SELECT 1 FROM journey WHERE journey.key = record.journey)";
        Ok(self.0.prepare_cached(sql)?.query_row([stream], |row| row.get(0))?)
    }
}

impl Load<'_> {
    /// Forgets what was said differently of an integration's order lines with keys from `first` to `last`.
    pub fn clear_disagreements(&self, home: i64, (first, last): (i64, i64)) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM disagreement WHERE home = ?1 AND journey BETWEEN ?2 AND ?3")?
            .execute(params![home, first, last])?;
        Ok(())
    }

    /// Notes a disagreement.
    pub fn put_disagreement(&self, row: &DisagreementRow) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO disagreement (home, journey, field, other, other_value, kept, kept_value, run)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                row.home,
                row.journey,
                row.field,
                row.other,
                row.other_value,
                row.kept,
                row.kept_value,
                row.run
            ])?;
        Ok(())
    }

    /// Hands the orders that one integration touched over to the one whose orders they are.
    pub fn hand_touched(&self, from: i64, to: i64) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT OR IGNORE INTO touched (integration, order_key)
                 SELECT ?2, order_key FROM touched WHERE integration = ?1",
            )?
            .execute(params![from, to])?;
        self.clear_touched(from)
    }
}
