//! Records: the current version of each row, and the versions before it.

use plaza_domain::record::{Evidence, Known};
use rusqlite::{CachedStatement, OptionalExtension, Row, params};

use super::{Load, Result, View};

/// What tells one row of a stream from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// The key of its journey, or of the whole order.
    pub journey: i64,
    /// The hash of its own key within the journey; 0 where it has none.
    pub row_key: i64,
}

/// The current version of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The stream's number.
    pub stream: i64,
    /// Which row.
    pub key: RecordKey,
    /// Hash of the facts.
    pub content: i64,
    /// The latest moment at which the source is known to have said so.
    pub known: Known,
    /// The original that it came in.
    pub original: i64,
    /// The row within the original, as a person counts them.
    pub row: i64,
    /// 1 for the first version that was seen.
    pub version: i64,
    /// The first complete snapshot that lacks it, seconds as in [`Known::at`].
    pub gone_at: Option<i64>,
    /// The last complete snapshot that held it, where a later one lacks it.
    pub seen_at: Option<i64>,
    /// What must not be forgotten of all versions, packed; nothing where there is only this one.
    pub history: Option<Vec<u8>>,
    /// Its typed values.
    pub facts: Vec<u8>,
}

/// What a comparison of a file with the store needs of each record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordStub {
    /// Which row.
    pub key: RecordKey,
    /// Hash of the facts.
    pub content: i64,
    /// See [`Record::known`].
    pub known: Known,
    /// See [`Record::gone_at`].
    pub gone_at: Option<i64>,
    /// See [`Record::seen_at`].
    pub seen_at: Option<i64>,
}

/// A version that is no longer, or never was, the current one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordVersion {
    /// The stream's number.
    pub stream: i64,
    /// Which row.
    pub key: RecordKey,
    /// Hash of the facts.
    pub content: i64,
    /// See [`Record::known`].
    pub known: Known,
    /// The original that it came in.
    pub original: i64,
    /// The row within the original.
    pub row: i64,
    /// Its typed values.
    pub facts: Vec<u8>,
}

const COLUMNS: &str = "stream, journey, row_key, content, known_at, evidence, arrival, original, row, version, \
                       gone_at, seen_at, history, facts";

const STUB: &str = "journey, row_key, content, known_at, evidence, arrival, gone_at, seen_at";

/// Three columns from `first` on.
pub(super) fn known(row: &Row<'_>, first: usize) -> rusqlite::Result<Known> {
    let evidence = match row.get(first + 1)? {
        0 => Evidence::ChangeTime,
        1 => Evidence::SnapshotDate,
        _ => Evidence::Arrival,
    };
    let arrival: i64 = row.get(first + 2)?;
    Ok(Known { at: row.get(first)?, evidence, arrival: arrival.unsigned_abs() })
}

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        stream: row.get(0)?,
        key: RecordKey { journey: row.get(1)?, row_key: row.get(2)? },
        content: row.get(3)?,
        known: known(row, 4)?,
        original: row.get(7)?,
        row: row.get(8)?,
        version: row.get(9)?,
        gone_at: row.get(10)?,
        seen_at: row.get(11)?,
        history: row.get(12)?,
        facts: row.get(13)?,
    })
}

fn stub(row: &Row<'_>) -> rusqlite::Result<RecordStub> {
    Ok(RecordStub {
        key: RecordKey { journey: row.get(0)?, row_key: row.get(1)? },
        content: row.get(2)?,
        known: known(row, 3)?,
        gone_at: row.get(6)?,
        seen_at: row.get(7)?,
    })
}

impl View<'_> {
    /// Whether a stream has any record.
    pub fn has_records(self, stream: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM record WHERE stream = ?1)";
        Ok(self.0.prepare_cached(sql)?.query_row([stream], |row| row.get(0))?)
    }

    /// One record.
    pub fn record(self, stream: i64, key: RecordKey) -> Result<Option<Record>> {
        let sql = format!("SELECT {COLUMNS} FROM record WHERE stream = ?1 AND journey = ?2 AND row_key = ?3");
        let mut statement = self.0.prepare_cached(&sql)?;
        Ok(statement.query_row([stream, key.journey, key.row_key], record).optional()?)
    }

    /// The stub of one record.
    pub fn record_stub(self, stream: i64, key: RecordKey) -> Result<Option<RecordStub>> {
        let sql = format!("SELECT {STUB} FROM record WHERE stream = ?1 AND journey = ?2 AND row_key = ?3");
        let mut statement = self.0.prepare_cached(&sql)?;
        Ok(statement.query_row([stream, key.journey, key.row_key], stub).optional()?)
    }

    /// Gives all stubs of a stream to `each`, in the order of their keys, until it fails.
    pub fn each_stub<E: From<super::IntakeError>>(
        self,
        stream: i64,
        mut each: impl FnMut(RecordStub) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = format!("SELECT {STUB} FROM record WHERE stream = ?1 ORDER BY journey, row_key");
        let mut statement = self.0.prepare_cached(&sql).map_err(super::IntakeError::from)?;
        let mut rows = statement.query([stream]).map_err(super::IntakeError::from)?;
        while let Some(row) = rows.next().map_err(super::IntakeError::from)? {
            each(stub(row).map_err(super::IntakeError::from)?)?;
        }
        Ok(())
    }

    /// All records of a stream whose journey lies from `first` to `last`.
    pub fn records_between(self, stream: i64, first: i64, last: i64, into: &mut Vec<Record>) -> Result<()> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE stream = ?1 AND journey BETWEEN ?2 AND ?3 ORDER BY journey, row_key"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let mut rows = statement.query([stream, first, last])?;
        while let Some(row) = rows.next()? {
            into.push(record(row)?);
        }
        Ok(())
    }

    /// The versions of a row that are not the current one, earliest first.
    pub fn versions(self, stream: i64, key: RecordKey) -> Result<Vec<RecordVersion>> {
        let mut statement = self.0.prepare_cached(
            "SELECT content, known_at, evidence, arrival, original, row, facts FROM record_version
             WHERE stream = ?1 AND journey = ?2 AND row_key = ?3 ORDER BY known_at, evidence, arrival, content",
        )?;
        let rows = statement.query_map([stream, key.journey, key.row_key], |row| {
            Ok(RecordVersion {
                stream,
                key,
                content: row.get(0)?,
                known: known(row, 1)?,
                original: row.get(4)?,
                row: row.get(5)?,
                facts: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Writes records with statements that are prepared once.
pub struct RecordWriter<'l> {
    put: CachedStatement<'l>,
    put_version: CachedStatement<'l>,
    mark_gone: CachedStatement<'l>,
    refresh: CachedStatement<'l>,
}

impl RecordWriter<'_> {
    /// Makes this the current version of its row. Rows in the order of their keys are written fastest.
    pub fn put(&mut self, record: &Record) -> Result<()> {
        self.put_parts(record, &record.facts)
    }

    /// As [`Self::put`], with the facts from elsewhere (`record.facts` is not looked at).
    pub fn put_parts(&mut self, record: &Record, facts: &[u8]) -> Result<()> {
        self.put.execute(params![
            record.stream,
            record.key.journey,
            record.key.row_key,
            record.content,
            record.known.at,
            record.known.evidence as u8,
            record.known.arrival as i64,
            record.original,
            record.row,
            record.version,
            record.gone_at,
            record.seen_at,
            record.history,
            facts,
        ])?;
        Ok(())
    }

    /// Keeps a version that is not the current one. Of one content the earliest moment is kept.
    pub fn put_version(&mut self, version: &RecordVersion) -> Result<()> {
        self.put_version.execute(params![
            version.stream,
            version.key.journey,
            version.key.row_key,
            version.content,
            version.known.at,
            version.known.evidence as u8,
            version.known.arrival as i64,
            version.original,
            version.row,
            version.facts,
        ])?;
        Ok(())
    }

    /// Notes since which complete snapshot a record is missing, and which one held it last; or that it is back.
    pub fn mark_gone(
        &mut self,
        stream: i64,
        key: RecordKey,
        gone_at: Option<i64>,
        seen_at: Option<i64>,
    ) -> Result<()> {
        self.mark_gone.execute(params![stream, key.journey, key.row_key, gone_at, seen_at])?;
        Ok(())
    }

    /// Notes when the current version was known last, and what must not be forgotten of all versions.
    pub fn refresh(
        &mut self,
        stream: i64,
        key: RecordKey,
        known: Known,
        history: Option<&[u8]>,
    ) -> Result<()> {
        let arrival = known.arrival as i64;
        self.refresh.execute(params![
            stream,
            key.journey,
            key.row_key,
            known.at,
            known.evidence as u8,
            arrival,
            history
        ])?;
        Ok(())
    }
}

impl Load<'_> {
    /// A writer of records within this change.
    pub fn records(&self) -> Result<RecordWriter<'_>> {
        Ok(RecordWriter {
            put: self.0.prepare_cached(
                "INSERT OR REPLACE INTO record (stream, journey, row_key, content, known_at, evidence, arrival, original,
                    row, version, gone_at, seen_at, history, facts)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?,
            put_version: self.0.prepare_cached(
                "INSERT INTO record_version (stream, journey, row_key, content, known_at, evidence, arrival, original,
                    row, facts)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT DO UPDATE SET known_at = excluded.known_at, evidence = excluded.evidence,
                    arrival = excluded.arrival, original = excluded.original, row = excluded.row
                 WHERE excluded.known_at < known_at",
            )?,
            mark_gone: self.0.prepare_cached(
                "UPDATE record SET gone_at = ?4, seen_at = ?5 WHERE stream = ?1 AND journey = ?2 AND row_key = ?3",
            )?,
            refresh: self.0.prepare_cached(
                "UPDATE record SET known_at = ?4, evidence = ?5, arrival = ?6, history = ?7
                 WHERE stream = ?1 AND journey = ?2 AND row_key = ?3",
            )?,
        })
    }
}
