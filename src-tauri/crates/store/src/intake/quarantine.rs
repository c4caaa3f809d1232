//! Quarantine: rows that a rule keeps out, until a person releases them or the source mends them.

use plaza_domain::record::Known;
use rusqlite::{OptionalExtension, Row, params};

use super::{Load, RecordKey, Result, View};

/// What became of a quarantined row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuarantineState {
    /// It waits and counts nowhere.
    Waiting,
    /// A person released it: it counts as it is.
    Released,
    /// The source sent a row that passes.
    Mended,
    /// The source no longer sends it.
    Gone,
}

impl QuarantineState {
    /// The word in the store and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Released => "released",
            Self::Mended => "mended",
            Self::Gone => "gone",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "released" => Self::Released,
            "mended" => Self::Mended,
            "gone" => Self::Gone,
            _ => Self::Waiting,
        }
    }
}

/// A quarantined row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its number.
    pub number: i64,
    /// The stream's number.
    pub stream: i64,
    /// Which row.
    pub key: RecordKey,
    /// Hash of the facts and findings.
    pub content: i64,
    /// The moment that it stands for.
    pub known: Known,
    /// The original that it came in.
    pub original: i64,
    /// The row within the original.
    pub row: i64,
    /// The run that found it.
    pub run: i64,
    /// What the rules found, as JSON.
    pub findings: String,
    /// Its typed values, as far as they could be read.
    pub facts: Vec<u8>,
    /// What became of it.
    pub state: QuarantineState,
    /// Who released it and why, or what mended it.
    pub note: Option<String>,
}

/// What a comparison of a file with the quarantine needs of each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuarantineKey {
    /// Which row.
    pub key: RecordKey,
    /// Hash of the facts.
    pub content: i64,
    /// The quarantined row's number.
    pub number: i64,
    /// What became of it.
    pub state: QuarantineState,
    /// The last complete snapshot that held it, else the moment that it stands for; seconds as in [`Known::at`].
    pub last_at: i64,
}

/// Which quarantined rows are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuarantineFilter {
    /// Only those of this integration (its number).
    pub integration: Option<i64>,
    /// Only those in this state.
    pub state: Option<QuarantineState>,
    /// Only those with larger numbers, for the next page.
    pub after: i64,
    /// At most so many.
    pub limit: u32,
}

const COLUMNS: &str = "quarantine.number, stream, journey, row_key, content, known_at, evidence, arrival, original, \
                       row, run, findings, facts, state, note";

fn quarantined(row: &Row<'_>) -> rusqlite::Result<Quarantined> {
    Ok(Quarantined {
        number: row.get(0)?,
        stream: row.get(1)?,
        key: RecordKey { journey: row.get(2)?, row_key: row.get(3)? },
        content: row.get(4)?,
        known: super::record::known(row, 5)?,
        original: row.get(8)?,
        row: row.get(9)?,
        run: row.get(10)?,
        findings: row.get(11)?,
        facts: row.get(12)?,
        state: QuarantineState::from_word(&row.get::<_, String>(13)?),
        note: row.get(14)?,
    })
}

impl View<'_> {
    /// One quarantined row.
    pub fn quarantined(self, number: i64) -> Result<Option<Quarantined>> {
        let sql = format!("SELECT {COLUMNS} FROM quarantine WHERE number = ?1");
        Ok(self.0.prepare_cached(&sql)?.query_row([number], quarantined).optional()?)
    }

    /// Quarantined rows, oldest first.
    pub fn quarantine(self, filter: QuarantineFilter) -> Result<Vec<Quarantined>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM quarantine JOIN stream ON stream.number = quarantine.stream
             WHERE (?1 IS NULL OR stream.integration = ?1) AND (?2 IS NULL OR state = ?2) AND quarantine.number > ?3
             ORDER BY quarantine.number LIMIT ?4"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let state = filter.state.map(QuarantineState::word);
        let rows = statement
            .query_map(params![filter.integration, state, filter.after, filter.limit], quarantined)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Number, state and findings (JSON) of every quarantined row of an integration: those that wait first, and of
    /// each kind the oldest file first, in the order of its rows.
    pub fn quarantine_findings(
        self,
        integration: i64,
        mut take: impl FnMut(i64, QuarantineState, &str),
    ) -> Result<()> {
        let mut statement = self.0.prepare_cached(
            "SELECT quarantine.number, state, findings FROM quarantine
             JOIN stream ON stream.number = quarantine.stream
             WHERE stream.integration = ?1
             ORDER BY state <> 'waiting', quarantine.original, quarantine.row, quarantine.number",
        )?;
        let mut rows = statement.query([integration])?;
        while let Some(row) = rows.next()? {
            let state = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            let findings = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            take(row.get(0)?, QuarantineState::from_word(state), findings);
        }
        Ok(())
    }

    /// How many rows wait, by integration's number (all of them where none is given).
    pub fn quarantine_count(self, integration: Option<i64>) -> Result<i64> {
        let sql = "SELECT count(*) FROM quarantine JOIN stream ON stream.number = quarantine.stream
                   WHERE state = 'waiting' AND (?1 IS NULL OR stream.integration = ?1)";
        Ok(self.0.prepare_cached(sql)?.query_row([integration], |row| row.get(0))?)
    }

    /// How many rows of an integration wait since before a time, and since when the oldest of them does: milliseconds
    /// since 1970 UTC.
    pub fn quarantine_before(self, integration: i64, before_ms: i64) -> Result<(i64, Option<i64>)> {
        let sql = "SELECT count(*), min(run.started_at) FROM quarantine
                   JOIN stream ON stream.number = quarantine.stream JOIN run ON run.number = quarantine.run
                   WHERE quarantine.state = 'waiting' AND stream.integration = ?1 AND run.started_at < ?2";
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row([integration, before_ms], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Keys, contents and states of all quarantined rows of a stream, in the order of keys.
    pub fn quarantine_keys(self, stream: i64) -> Result<Vec<QuarantineKey>> {
        let mut statement = self.0.prepare_cached(
            "SELECT journey, row_key, content, number, state, known_at, seen_at FROM quarantine WHERE stream = ?1
             ORDER BY journey, row_key, content",
        )?;
        let rows = statement.query_map([stream], |row| {
            let known_at: i64 = row.get(5)?;
            Ok(QuarantineKey {
                key: RecordKey { journey: row.get(0)?, row_key: row.get(1)? },
                content: row.get(2)?,
                number: row.get(3)?,
                state: QuarantineState::from_word(&row.get::<_, String>(4)?),
                last_at: row.get::<_, Option<i64>>(6)?.unwrap_or(known_at),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Load<'_> {
    /// Notes that a complete snapshot holds a row that waits.
    pub fn see_quarantined(&self, stream: i64, key: RecordKey, content: i64, at: i64) -> Result<()> {
        let sql = "UPDATE quarantine SET seen_at = max(coalesce(seen_at, ?5), ?5)
                   WHERE stream = ?1 AND journey = ?2 AND row_key = ?3 AND content = ?4";
        self.0.prepare_cached(sql)?.execute(params![stream, key.journey, key.row_key, content, at])?;
        Ok(())
    }

    /// Keeps a row out. One that is known already (by key and content) waits again where it had gone or been
    /// mended, and stays as it is where it waits or was released.
    pub fn put_quarantined(&self, row: &Quarantined) -> Result<()> {
        let sql = "INSERT INTO quarantine (stream, journey, row_key, content, known_at, evidence, arrival, original,
                row, run, findings, facts, state, note)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            ON CONFLICT (stream, journey, row_key, content) DO UPDATE SET state = 'waiting', note = NULL,
                run = excluded.run, known_at = excluded.known_at, evidence = excluded.evidence,
                arrival = excluded.arrival, findings = excluded.findings
            WHERE state IN ('mended', 'gone')";
        self.0.prepare_cached(sql)?.execute(params![
            row.stream,
            row.key.journey,
            row.key.row_key,
            row.content,
            row.known.at,
            row.known.evidence as u8,
            row.known.arrival as i64,
            row.original,
            row.row,
            row.run,
            row.findings,
            row.facts,
            row.state.word(),
            row.note,
        ])?;
        Ok(())
    }

    /// Notes what became of a quarantined row.
    pub fn settle_quarantined(&self, number: i64, state: QuarantineState, note: &str) -> Result<()> {
        let sql = "UPDATE quarantine SET state = ?2, note = ?3 WHERE number = ?1";
        self.0.prepare_cached(sql)?.execute(params![number, state.word(), note])?;
        Ok(())
    }
}
