//! Journeys as they were last assembled, and the orders whose journeys are due to be made again.

use rusqlite::{CachedStatement, OptionalExtension, params};

use super::{Load, Result, View};

/// A journey as it is kept. What the body means is the engine's affair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourneyRow {
    /// 44 bits of order, 19 of line.
    pub key: i64,
    /// The integration's number.
    pub integration: i64,
    /// The day (since 1970-01-01) from which time alone changes nothing any more, where that is still to come.
    pub restless_until: Option<i32>,
    /// The packed journey with its texts.
    pub body: Vec<u8>,
}

impl View<'_> {
    /// One journey.
    pub fn journey(self, key: i64) -> Result<Option<JourneyRow>> {
        let sql = "SELECT key, integration, restless_until, body FROM journey WHERE key = ?1";
        let row = self.0.prepare_cached(sql)?.query_row([key], |row| {
            Ok(JourneyRow {
                key: row.get(0)?,
                integration: row.get(1)?,
                restless_until: row.get(2)?,
                body: row.get(3)?,
            })
        });
        Ok(row.optional()?)
    }

    /// How many journeys there are.
    pub fn journey_count(self) -> Result<i64> {
        Ok(self.0.prepare_cached("SELECT count(*) FROM journey")?.query_row([], |row| row.get(0))?)
    }

    /// The smallest and the largest key.
    pub fn journey_span(self) -> Result<Option<(i64, i64)>> {
        // Two questions: SQLite answers either from the end of the tree, but both at once by a scan.
        let mut ends =
            self.0.prepare_cached("SELECT (SELECT min(key) FROM journey), (SELECT max(key) FROM journey)")?;
        let (first, last): (Option<i64>, Option<i64>) =
            ends.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(first.zip(last))
    }

    /// Whether an integration has any journey.
    pub fn has_journeys(self, integration: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM journey WHERE integration = ?1)";
        Ok(self.0.prepare_cached(sql)?.query_row([integration], |row| row.get(0))?)
    }

    /// How many journeys an integration has.
    pub fn journey_count_of(self, integration: i64) -> Result<i64> {
        let sql = "SELECT count(*) FROM journey WHERE integration = ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([integration], |row| row.get(0))?)
    }

    /// Gives the journeys with keys from `first` to `last` to `each`, in the order of their keys: key,
    /// integration's number, body.
    pub fn each_journey<E: From<super::IntakeError>>(
        self,
        first: i64,
        last: i64,
        mut each: impl FnMut(i64, i64, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT key, integration, body FROM journey WHERE key BETWEEN ?1 AND ?2 ORDER BY key";
        let mut statement = self.0.prepare_cached(sql).map_err(super::IntakeError::from)?;
        let mut rows = statement.query([first, last]).map_err(super::IntakeError::from)?;
        while let Some(row) = rows.next().map_err(super::IntakeError::from)? {
            let get = || {
                let body = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
                Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?, body))
            };
            let (key, integration, body) = get().map_err(super::IntakeError::from)?;
            each(key, integration, body)?;
        }
        Ok(())
    }

    /// The journeys with keys from `first` to `last`, in the order of their keys.
    pub fn journeys_between(self, first: i64, last: i64) -> Result<Vec<JourneyRow>> {
        let sql = "SELECT key, integration, restless_until, body FROM journey WHERE key BETWEEN ?1 AND ?2 ORDER BY key";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map([first, last], |row| {
            Ok(JourneyRow {
                key: row.get(0)?,
                integration: row.get(1)?,
                restless_until: row.get(2)?,
                body: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keys of the journeys that time alone could still change on `day` and after it, in order.
    pub fn restless_journeys(self, integration: i64, day: i32) -> Result<Vec<i64>> {
        let mut statement = self.0.prepare_cached(
            "SELECT key FROM journey WHERE restless_until IS NOT NULL AND restless_until > ?2 AND integration = ?1
             ORDER BY key",
        )?;
        let keys = statement.query_map(params![integration, day], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// Orders of an integration whose journeys are due to be made again, in order of key.
    pub fn touched(self, integration: i64) -> Result<Vec<i64>> {
        let sql = "SELECT order_key FROM touched WHERE integration = ?1 ORDER BY order_key";
        let mut statement = self.0.prepare_cached(sql)?;
        let keys = statement.query_map([integration], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }
}

/// Writes journeys with statements that are prepared once.
pub struct JourneyWriter<'l> {
    put: CachedStatement<'l>,
    delete: CachedStatement<'l>,
    touch: CachedStatement<'l>,
}

impl JourneyWriter<'_> {
    /// Keeps a journey in place of the one with its key.
    pub fn put(
        &mut self,
        key: i64,
        integration: i64,
        restless_until: Option<i32>,
        body: &[u8],
    ) -> Result<()> {
        self.put.execute(params![key, integration, restless_until, body])?;
        Ok(())
    }

    /// Takes a journey away.
    pub fn delete(&mut self, key: i64) -> Result<()> {
        self.delete.execute([key])?;
        Ok(())
    }

    /// Notes that the journeys of an order are due to be made again.
    pub fn touch(&mut self, integration: i64, order_key: i64) -> Result<()> {
        self.touch.execute([integration, order_key])?;
        Ok(())
    }
}

impl Load<'_> {
    /// A writer of journeys within this change.
    pub fn journeys(&self) -> Result<JourneyWriter<'_>> {
        Ok(JourneyWriter {
            put: self.0.prepare_cached(
                "INSERT INTO journey (key, integration, restless_until, body) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (key) DO UPDATE SET integration = excluded.integration,
                   restless_until = excluded.restless_until, body = excluded.body",
            )?,
            delete: self.0.prepare_cached("DELETE FROM journey WHERE key = ?1")?,
            touch: self.0.prepare_cached(
                "INSERT INTO touched (integration, order_key) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?,
        })
    }

    /// Notes until when time may still change a journey, days since 1970-01-01; nothing where it cannot any more.
    pub fn set_restless(&self, key: i64, until: Option<i32>) -> Result<()> {
        self.0
            .prepare_cached("UPDATE journey SET restless_until = ?2 WHERE key = ?1")?
            .execute(params![key, until])?;
        Ok(())
    }

    /// Takes all journeys of an integration away.
    pub fn clear_journeys(&self, integration: i64) -> Result<()> {
        self.0.execute("DELETE FROM journey WHERE integration = ?1", [integration])?;
        Ok(())
    }

    /// Notes that the journeys of an integration's touched orders are made.
    pub fn clear_touched(&self, integration: i64) -> Result<()> {
        self.0.execute("DELETE FROM touched WHERE integration = ?1", [integration])?;
        Ok(())
    }
}
