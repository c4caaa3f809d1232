//! Batches that wait at a checkpoint: what is published meanwhile, and what it would be.

use rusqlite::{OptionalExtension, Row, params};

use super::{Load, MovedRow, Result, TallyRow, View};

/// A batch that waits, or is being looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    /// The integration's number.
    pub integration: i64,
    /// The number of the run that landed its first rows.
    pub run: i64,
    /// Since when it waits, milliseconds since 1970 UTC; nothing while it is being looked at.
    pub held_at: Option<i64>,
    /// Why, as JSON.
    pub tripped: String,
}

fn tally(row: &Row<'_>) -> rusqlite::Result<TallyRow> {
    Ok(TallyRow { integration: row.get(0)?, kpi: row.get(1)?, week: row.get(2)?, body: row.get(3)? })
}

fn moved(row: &Row<'_>) -> rusqlite::Result<MovedRow> {
    Ok(MovedRow { kpi: row.get(0)?, week: row.get(1)?, count: row.get(2)?, first: row.get(3)? })
}

impl View<'_> {
    /// Batches that wait or are being looked at.
    pub fn held(self) -> Result<Vec<HeldRow>> {
        let mut statement = self
            .0
            .prepare_cached("SELECT integration, run, held_at, tripped FROM held ORDER BY integration")?;
        let rows = statement.query_map([], |row| {
            Ok(HeldRow {
                integration: row.get(0)?,
                run: row.get(1)?,
                held_at: row.get(2)?,
                tripped: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The batch of an integration that waits or is being looked at.
    pub fn held_of(self, integration: i64) -> Result<Option<HeldRow>> {
        Ok(self.held()?.into_iter().find(|row| row.integration == integration))
    }

    /// Tallies as they may be published: without what waits at a checkpoint, but with that of one integration where it
    /// is asked what that would change.
    pub fn publishable_tallies(self, with: Option<i64>) -> Result<Vec<TallyRow>> {
        let mut statement = self.0.prepare_cached(
            "SELECT integration, kpi, week, body FROM week_tally
             WHERE integration IS ?1 OR integration NOT IN (SELECT integration FROM held)
             UNION ALL
             SELECT integration, kpi, week, body FROM published_tally WHERE integration IS NOT ?1
             ORDER BY 1, 2, 3",
        )?;
        let rows = statement.query_map([with], tally)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Journeys of an integration's held batch, by the weeks that they would move.
    pub fn held_moved(self, integration: i64) -> Result<Vec<MovedRow>> {
        let mut statement = self.0.prepare_cached(
            "SELECT kpi, week, count, first FROM held_moved WHERE integration = ?1 ORDER BY kpi, week",
        )?;
        let rows = statement.query_map([integration], moved)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a person turned this content away with its batch.
    pub fn is_rejected(self, stream: i64, hash: &[u8]) -> Result<bool> {
        let sql = "SELECT 1 FROM rejected WHERE stream = ?1 AND hash = ?2";
        Ok(self.0.prepare_cached(sql)?.query_row(params![stream, hash], |_| Ok(())).optional()?.is_some())
    }
}

impl Load<'_> {
    /// Remembers what is published of an integration before a run changes its tallies. Where a batch waits already this
    /// one joins it.
    pub fn keep_published(&self, integration: i64, run: i64) -> Result<()> {
        let is_new = self.0.execute(
            "INSERT INTO held (integration, run, tripped) VALUES (?1, ?2, '[]') ON CONFLICT DO NOTHING",
            params![integration, run],
        )?;
        if is_new == 0 {
            return Ok(());
        }
        self.0.execute(
            "INSERT INTO published_tally (integration, kpi, week, body)
             SELECT integration, kpi, week, body FROM week_tally WHERE integration = ?1",
            [integration],
        )?;
        self.0.execute(
            "INSERT INTO published_batch (stream, moment, original)
             SELECT stream, moment, original FROM batch JOIN stream ON stream.number = batch.stream
             WHERE integration = ?1",
            [integration],
        )?;
        Ok(())
    }

    /// Notes since when and why a batch waits, and puts aside what it moved.
    pub fn hold(&self, held: &HeldRow) -> Result<()> {
        self.0.execute(
            "UPDATE held SET held_at = coalesce(held_at, ?2), tripped = ?3 WHERE integration = ?1",
            params![held.integration, held.held_at, held.tripped],
        )?;
        self.0.execute(
            "INSERT INTO held_moved (integration, kpi, week, count, first)
             SELECT ?1, kpi, week, count, first FROM moved WHERE true
             ON CONFLICT DO UPDATE SET count = held_moved.count + excluded.count",
            [held.integration],
        )?;
        self.0.execute("DELETE FROM moved", [])?;
        Ok(())
    }

    /// Lets one week of a held batch through: its tally is published from now on, and what moved it is told with it.
    pub fn pass_week(&self, integration: i64, kpi: i64, week: i32) -> Result<()> {
        let place = params![integration, kpi, week];
        self.0.execute(
            "DELETE FROM published_tally WHERE integration = ?1 AND kpi = ?2 AND week = ?3",
            place,
        )?;
        self.0.execute(
            "INSERT INTO published_tally (integration, kpi, week, body)
             SELECT integration, kpi, week, body FROM week_tally WHERE integration = ?1 AND kpi = ?2 AND week = ?3",
            place,
        )?;
        self.0.execute(
            "INSERT OR REPLACE INTO moved (kpi, week, count, first)
             SELECT kpi, week, count, first FROM held_moved WHERE integration = ?1 AND kpi = ?2 AND week = ?3",
            place,
        )?;
        self.0.execute("DELETE FROM held_moved WHERE integration = ?1 AND kpi = ?2 AND week = ?3", place)?;
        Ok(())
    }

    /// Lets a whole batch through, or forgets it: from now on an integration's tallies are published as they are.
    pub fn pass(&self, integration: i64) -> Result<()> {
        self.0.execute(
            "INSERT OR REPLACE INTO moved (kpi, week, count, first)
             SELECT kpi, week, count, first FROM held_moved WHERE integration = ?1",
            [integration],
        )?;
        for table in ["held", "published_tally", "held_moved"] {
            self.0.execute(&format!("DELETE FROM {table} WHERE integration = ?1"), [integration])?;
        }
        self.0.execute(
            "DELETE FROM published_batch WHERE stream IN (SELECT number FROM stream WHERE integration = ?1)",
            [integration],
        )?;
        Ok(())
    }

    /// Turns a batch away: its files are not taken again while their content is the same, and all others are to be read
    /// anew, so that nothing of it is left in any record. Originals stay. Returns how many files it were.
    pub fn reject(&self, integration: i64, at_ms: i64) -> Result<usize> {
        const MINE: &str = "stream IN (SELECT number FROM stream WHERE integration = ?1)";
        const NEW: &str = "NOT EXISTS (SELECT 1 FROM published_batch AS old WHERE old.stream = batch.stream
             AND old.moment = batch.moment AND old.original = batch.original)";
        let files = self.0.execute(
            &format!(
                "INSERT OR REPLACE INTO rejected (stream, hash, at)
                 SELECT stream, hash, ?2 FROM batch JOIN original ON original.number = batch.original
                 WHERE {MINE} AND {NEW}"
            ),
            params![integration, at_ms],
        )?;
        self.0.execute(&format!("DELETE FROM batch WHERE {MINE} AND {NEW}"), [integration])?;
        let streams: Vec<i64> = {
            let mut statement = self.0.prepare("SELECT number FROM stream WHERE integration = ?1")?;
            let rows = statement.query_map([integration], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        for stream in streams {
            self.forget_stream(stream, true)?;
        }
        self.0.execute("DELETE FROM held_moved WHERE integration = ?1", [integration])?;
        self.pass(integration)?;
        Ok(files)
    }
}
