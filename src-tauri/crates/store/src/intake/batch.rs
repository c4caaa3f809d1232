//! Integrations and streams by their small numbers, and what was landed of them.

use rusqlite::{OptionalExtension, Row, params};

use super::{Load, Result, View};

/// An integration as the intake knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationRow {
    /// Its number in every other table.
    pub number: i64,
    /// Its id: `erp-orders`.
    pub name: String,
    /// The fingerprint of the mapping that its records were read with.
    pub mapping: Vec<u8>,
}

/// A stream as the intake knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamRow {
    /// Its number in every other table.
    pub number: i64,
    /// Its integration's number.
    pub integration: i64,
    /// Its name within the integration.
    pub name: String,
}

/// A file that was landed, and the moment that its content stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The stream's number.
    pub stream: i64,
    /// Seconds since 1970 in the workspace's time zone.
    pub moment: i64,
    /// The original's number.
    pub original: i64,
    /// The run's number.
    pub run: i64,
    /// Whether the source declared the moment.
    pub declared: bool,
    /// Data rows.
    pub rows: i64,
    /// Empty cells by field, as JSON.
    pub empty: String,
    /// The columns that later files are compared with, as JSON.
    pub shape: String,
    /// Words of the rules about a whole file that warned, as JSON.
    pub warned: String,
}

/// A file that must be read anew by the mapping that holds now, and the moment that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reread {
    /// The stream's number.
    pub stream: i64,
    /// Seconds since 1970 in the workspace's time zone.
    pub moment: i64,
    /// The original's number.
    pub original: i64,
    /// Whether the source declared the moment.
    pub declared: bool,
}

fn batch(row: &Row<'_>) -> rusqlite::Result<Batch> {
    Ok(Batch {
        stream: row.get(0)?,
        moment: row.get(1)?,
        original: row.get(2)?,
        run: row.get(3)?,
        declared: row.get(4)?,
        rows: row.get(5)?,
        empty: row.get(6)?,
        shape: row.get(7)?,
        warned: row.get(8)?,
    })
}

impl View<'_> {
    /// The integration of this id.
    pub fn integration(self, name: &str) -> Result<Option<IntegrationRow>> {
        let mut statement =
            self.0.prepare_cached("SELECT number, name, mapping FROM integration WHERE name = ?1")?;
        let row = statement.query_row([name], |row| {
            Ok(IntegrationRow { number: row.get(0)?, name: row.get(1)?, mapping: row.get(2)? })
        });
        Ok(row.optional()?)
    }

    /// Where the relative paths of an integration start on this device, as it was kept.
    pub fn base(self, name: &str) -> Result<Option<String>> {
        let mut statement = self.0.prepare_cached("SELECT folder FROM base WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// All integrations that ever landed anything.
    pub fn integrations(self) -> Result<Vec<IntegrationRow>> {
        let mut statement =
            self.0.prepare_cached("SELECT number, name, mapping FROM integration ORDER BY number")?;
        let rows = statement.query_map([], |row| {
            Ok(IntegrationRow { number: row.get(0)?, name: row.get(1)?, mapping: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All streams of all integrations.
    pub fn streams(self) -> Result<Vec<StreamRow>> {
        let mut statement =
            self.0.prepare_cached("SELECT number, integration, name FROM stream ORDER BY number")?;
        let rows = statement.query_map([], |row| {
            Ok(StreamRow { number: row.get(0)?, integration: row.get(1)?, name: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Departments that mappings name as reasons, by position.
    pub fn reason_departments(self) -> Result<Vec<String>> {
        let mut statement = self.0.prepare_cached("SELECT id FROM reason_department ORDER BY position")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was landed of a stream, earliest moment first.
    pub fn batches(self, stream: i64) -> Result<Vec<Batch>> {
        let mut statement = self.0.prepare_cached(
            "SELECT stream, moment, original, run, declared, rows, empty, shape, warned FROM batch
             WHERE stream = ?1 ORDER BY moment, original",
        )?;
        let rows = statement.query_map([stream], batch)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was landed of an integration since its held batch began, by stream, earliest moment first.
    pub fn held_batches(self, integration: i64) -> Result<Vec<Batch>> {
        let mut statement = self.0.prepare_cached(
            "SELECT stream, moment, original, run, declared, rows, empty, shape, warned FROM batch
             JOIN stream ON stream.number = batch.stream WHERE stream.integration = ?1
             AND NOT EXISTS (SELECT 1 FROM published_batch AS old WHERE old.stream = batch.stream
             AND old.moment = batch.moment AND old.original = batch.original)
             ORDER BY stream, moment, original",
        )?;
        let rows = statement.query_map([integration], batch)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What must be read anew of a stream, earliest moment first.
    pub fn rereads(self, stream: i64) -> Result<Vec<Reread>> {
        let mut statement = self.0.prepare_cached(
            "SELECT stream, moment, original, declared FROM reread WHERE stream = ?1 ORDER BY moment, original",
        )?;
        let rows = statement.query_map([stream], |row| {
            Ok(Reread {
                stream: row.get(0)?,
                moment: row.get(1)?,
                original: row.get(2)?,
                declared: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether anything of an integration must be read anew: its records are not whole until then.
    pub fn has_rereads(self, integration: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM reread JOIN stream ON stream.number = reread.stream
                   WHERE integration = ?1)";
        Ok(self.0.prepare_cached(sql)?.query_row([integration], |row| row.get(0))?)
    }
}

impl Load<'_> {
    /// The number of an integration, given on first sight.
    pub fn integration_number(&self, name: &str, mapping: &[u8]) -> Result<i64> {
        self.0.execute(
            "INSERT INTO integration (name, mapping) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING",
            params![name, mapping],
        )?;
        Ok(self.0.query_row("SELECT number FROM integration WHERE name = ?1", [name], |row| row.get(0))?)
    }

    /// Keeps where the relative paths of an integration start on this device.
    pub fn put_base(&self, name: &str, folder: &str) -> Result<()> {
        self.0.execute(
            "INSERT INTO base (name, folder) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET folder = excluded.folder",
            params![name, folder],
        )?;
        Ok(())
    }

    /// Adds a department that a mapping names as a reason to the end of the list, where it is not there yet.
    pub fn put_reason_department(&self, id: &str) -> Result<()> {
        self.0.execute(
            "INSERT INTO reason_department (position, id)
             VALUES ((SELECT coalesce(max(position) + 1, 0) FROM reason_department), ?1) ON CONFLICT (id) DO NOTHING",
            [id],
        )?;
        Ok(())
    }

    /// Keeps the fingerprint of the mapping that an integration's records are read with from now on.
    pub fn set_mapping(&self, integration: i64, mapping: &[u8]) -> Result<()> {
        self.0.execute(
            "UPDATE integration SET mapping = ?2 WHERE number = ?1",
            params![integration, mapping],
        )?;
        Ok(())
    }

    /// The number of a stream, given on first sight.
    pub fn stream_number(&self, integration: i64, name: &str) -> Result<i64> {
        self.0.execute(
            "INSERT INTO stream (integration, name) VALUES (?1, ?2) ON CONFLICT (integration, name) DO NOTHING",
            params![integration, name],
        )?;
        let mut statement =
            self.0.prepare_cached("SELECT number FROM stream WHERE integration = ?1 AND name = ?2")?;
        Ok(statement.query_row(params![integration, name], |row| row.get(0))?)
    }

    /// Notes that a file was landed, so that it need not be read anew. A file that is landed again for the same moment
    /// is noted once.
    pub fn put_batch(&self, batch: &Batch) -> Result<()> {
        self.0.execute(
            "INSERT INTO batch (stream, moment, original, run, declared, rows, empty, shape, warned)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT DO UPDATE SET run = excluded.run, rows = excluded.rows, empty = excluded.empty,
             shape = excluded.shape, warned = excluded.warned",
            params![
                batch.stream,
                batch.moment,
                batch.original,
                batch.run,
                batch.declared,
                batch.rows,
                batch.empty,
                batch.shape,
                batch.warned
            ],
        )?;
        self.0.execute(
            "DELETE FROM reread WHERE stream = ?1 AND moment = ?2 AND original = ?3",
            params![batch.stream, batch.moment, batch.original],
        )?;
        Ok(())
    }

    /// Forgets all records of a stream, and notes that its files must be read anew with another mapping, unless what was
    /// kept is of no use any more (`is_read_anew`). Originals and what people released stay.
    pub fn forget_stream(&self, stream: i64, is_read_anew: bool) -> Result<()> {
        let reread = if is_read_anew {
            "INSERT INTO reread (stream, moment, original, declared)
             SELECT stream, moment, original, declared FROM batch WHERE stream = ?1 ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM reread WHERE stream = ?1"
        };
        self.0.execute(reread, [stream])?;
        self.0.execute("DELETE FROM batch WHERE stream = ?1", [stream])?;
        self.0.execute("DELETE FROM record WHERE stream = ?1", [stream])?;
        self.0.execute("DELETE FROM record_version WHERE stream = ?1", [stream])?;
        self.0.execute("DELETE FROM quarantine WHERE stream = ?1 AND state <> 'released'", [stream])?;
        Ok(())
    }
}
