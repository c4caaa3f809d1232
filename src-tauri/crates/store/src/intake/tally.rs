//! Weekly tallies, kept so that a pull counts only what changed.

use rusqlite::{OptionalExtension, params};

use super::{Load, Result, View};

/// What one integration's journeys add to one KPI in one week. What the body means is the engine's affair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TallyRow {
    /// The integration's number.
    pub integration: i64,
    /// The KPI's number.
    pub kpi: i64,
    /// Weeks since the one that holds 1970-01-01.
    pub week: i32,
    /// The packed counts.
    pub body: Vec<u8>,
}

/// What an integration's tallies were counted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallied {
    /// The day that was today.
    pub today: i32,
    /// A fingerprint of everything else that a count depends on.
    pub basis: Vec<u8>,
    /// Journeys that were counted; nothing where an earlier Plaza did not note it.
    pub journeys: Option<i64>,
}

/// Journeys that moved a week since its last published observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedRow {
    /// The KPI's number.
    pub kpi: i64,
    /// The week.
    pub week: i32,
    /// How many.
    pub count: i64,
    /// The first of them, as JSON.
    pub first: String,
}

impl View<'_> {
    /// All tallies of an integration, or of all of them.
    pub fn tallies(self, integration: Option<i64>) -> Result<Vec<TallyRow>> {
        let mut statement = self.0.prepare_cached(
            "SELECT integration, kpi, week, body FROM week_tally WHERE ?1 IS NULL OR integration = ?1
             ORDER BY integration, kpi, week",
        )?;
        let rows = statement.query_map([integration], |row| {
            Ok(TallyRow { integration: row.get(0)?, kpi: row.get(1)?, week: row.get(2)?, body: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What an integration's tallies were counted with.
    pub fn tallied(self, integration: i64) -> Result<Option<Tallied>> {
        let mut statement =
            self.0.prepare_cached("SELECT today, basis, journeys FROM tallied WHERE integration = ?1")?;
        let row = statement.query_row([integration], |row| {
            Ok(Tallied { today: row.get(0)?, basis: row.get(1)?, journeys: row.get(2)? })
        });
        Ok(row.optional()?)
    }

    /// Journeys that moved a week since its last published observation.
    pub fn moved(self) -> Result<Vec<MovedRow>> {
        let mut statement =
            self.0.prepare_cached("SELECT kpi, week, count, first FROM moved ORDER BY kpi, week")?;
        let rows = statement.query_map([], |row| {
            Ok(MovedRow { kpi: row.get(0)?, week: row.get(1)?, count: row.get(2)?, first: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Load<'_> {
    /// Keeps a tally in place of the one before; an empty body takes it away.
    pub fn put_tally(&self, tally: &TallyRow) -> Result<()> {
        if tally.body.is_empty() {
            self.0
                .prepare_cached("DELETE FROM week_tally WHERE integration = ?1 AND kpi = ?2 AND week = ?3")?
                .execute(params![tally.integration, tally.kpi, tally.week])?;
            return Ok(());
        }
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO week_tally (integration, kpi, week, body) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![tally.integration, tally.kpi, tally.week, tally.body])?;
        Ok(())
    }

    /// Takes all tallies of an integration away, with what they were counted with.
    pub fn clear_tallies(&self, integration: i64) -> Result<()> {
        self.0.execute("DELETE FROM week_tally WHERE integration = ?1", [integration])?;
        self.0.execute("DELETE FROM tallied WHERE integration = ?1", [integration])?;
        Ok(())
    }

    /// Notes what an integration's tallies were counted with.
    pub fn put_tallied(&self, integration: i64, tallied: &Tallied) -> Result<()> {
        self.0.execute(
            "INSERT OR REPLACE INTO tallied (integration, today, basis, journeys) VALUES (?1, ?2, ?3, ?4)",
            params![integration, tallied.today, tallied.basis, tallied.journeys],
        )?;
        Ok(())
    }

    /// Notes journeys that moved a week.
    pub fn put_moved(&self, moved: &MovedRow) -> Result<()> {
        self.0
            .prepare_cached("INSERT OR REPLACE INTO moved (kpi, week, count, first) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![moved.kpi, moved.week, moved.count, moved.first])?;
        Ok(())
    }

    /// Notes that everything that moved is published.
    pub fn clear_moved(&self) -> Result<()> {
        self.0.execute("DELETE FROM moved", [])?;
        Ok(())
    }
}
