//! What was asked of systems and what they answered: the answer that is coming in, where the next question goes on, and
//! the list of exchanges.

use rusqlite::{OptionalExtension, Row, params};

use super::{Load, Result, View};

/// An answer of a system, written down as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRow {
    /// Its number.
    pub number: i64,
    /// The integration's id.
    pub integration: String,
    /// The stream's name.
    pub stream: String,
    /// The fingerprint of what was asked.
    pub request: Vec<u8>,
    /// Its file, within the workspace's folder.
    pub file: String,
    /// Bytes of the file that outlast a crash.
    pub kept: i64,
    /// Rows in them.
    pub rows: i64,
    /// The position behind them, as the system writes it.
    pub position: String,
    /// When the asking began, milliseconds since 1970 UTC.
    pub began_at: i64,
    /// Nothing more is to come.
    pub is_whole: bool,
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRow {
    /// The integration's id.
    pub integration: String,
    /// The start of its run, milliseconds since 1970 UTC.
    pub began_at: i64,
    /// The stream's name; empty for what all of them need (a log-in).
    pub stream: String,
    /// When it was asked, milliseconds since 1970 UTC.
    pub at: i64,
    /// What was asked, without secrets.
    pub request: String,
    /// The code of the system's protocol.
    pub status: Option<i64>,
    /// The kind of fault; none for an answer.
    pub fault: Option<String>,
    /// The fault in words.
    pub words: Option<String>,
    /// Bytes of the answer.
    pub bytes: i64,
    /// Rows in it.
    pub rows: i64,
    /// Milliseconds that it took.
    pub took_ms: i64,
}

const ANSWER: &str = "number, integration, stream, request, file, kept, rows, position, began_at, state";

fn answer(row: &Row<'_>) -> rusqlite::Result<AnswerRow> {
    Ok(AnswerRow {
        number: row.get(0)?,
        integration: row.get(1)?,
        stream: row.get(2)?,
        request: row.get(3)?,
        file: row.get(4)?,
        kept: row.get(5)?,
        rows: row.get(6)?,
        position: row.get(7)?,
        began_at: row.get(8)?,
        is_whole: row.get::<_, String>(9)? == "whole",
    })
}

impl View<'_> {
    /// The answers of an integration that are not landed, by stream.
    pub fn answers(self, integration: &str) -> Result<Vec<AnswerRow>> {
        let sql = format!("SELECT {ANSWER} FROM answer WHERE integration = ?1 ORDER BY stream");
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map([integration], answer)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Where the next question of a stream goes on, if what is asked (`request`) is still the same.
    pub fn position(self, integration: &str, stream: &str, request: &[u8]) -> Result<Option<String>> {
        let sql = "SELECT position FROM position WHERE integration = ?1 AND stream = ?2 AND request = ?3";
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row(params![integration, stream, request], |row| row.get(0)).optional()?)
    }

    /// The exchanges of a run, in their order; at most `limit` from the `skip`th on.
    pub fn exchanges(
        self,
        integration: &str,
        began_at: i64,
        skip: u32,
        limit: u32,
    ) -> Result<Vec<ExchangeRow>> {
        let sql =
            "SELECT integration, began_at, stream, at, request, status, fault, words, bytes, rows, took_ms
             FROM exchange WHERE integration = ?1 AND began_at = ?2 ORDER BY number LIMIT ?4 OFFSET ?3";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(params![integration, began_at, skip, limit], |row| {
            Ok(ExchangeRow {
                integration: row.get(0)?,
                began_at: row.get(1)?,
                stream: row.get(2)?,
                at: row.get(3)?,
                request: row.get(4)?,
                status: row.get(5)?,
                fault: row.get(6)?,
                words: row.get(7)?,
                bytes: row.get(8)?,
                rows: row.get(9)?,
                took_ms: row.get(10)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many exchanges a run had.
    pub fn exchange_count(self, integration: &str, began_at: i64) -> Result<i64> {
        let sql = "SELECT count(*) FROM exchange WHERE integration = ?1 AND began_at = ?2";
        Ok(self.0.prepare_cached(sql)?.query_row(params![integration, began_at], |row| row.get(0))?)
    }
}

impl Load<'_> {
    /// Begins an answer, in place of one of the same stream that was not landed. Returns its number.
    pub fn begin_answer(&self, answer: &AnswerRow) -> Result<i64> {
        self.drop_answer(&answer.integration, &answer.stream)?;
        self.0.execute(
            "INSERT INTO answer (integration, stream, request, file, kept, rows, position, began_at, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'coming')",
            params![
                answer.integration,
                answer.stream,
                answer.request,
                answer.file,
                answer.kept,
                answer.rows,
                answer.position,
                answer.began_at
            ],
        )?;
        Ok(self.0.last_insert_rowid())
    }

    /// Notes how much of an answer outlasts a crash, and whether it is whole.
    pub fn keep_answer(
        &self,
        number: i64,
        kept: i64,
        rows: i64,
        position: &str,
        is_whole: bool,
    ) -> Result<()> {
        let state = if is_whole { "whole" } else { "coming" };
        self.0.execute(
            "UPDATE answer SET kept = ?2, rows = ?3, position = ?4, state = ?5 WHERE number = ?1",
            params![number, kept, rows, position, state],
        )?;
        Ok(())
    }

    /// Forgets an answer: it was landed, or is of no use any more. Its file is the caller's.
    pub fn drop_answer(&self, integration: &str, stream: &str) -> Result<()> {
        self.0.execute(
            "DELETE FROM answer WHERE integration = ?1 AND stream = ?2",
            params![integration, stream],
        )?;
        Ok(())
    }

    /// Moves the place where the next question of a stream goes on.
    pub fn move_position(&self, answer: &AnswerRow, moved_at: i64) -> Result<()> {
        self.0.execute(
            "INSERT OR REPLACE INTO position (integration, stream, request, position, moved_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![answer.integration, answer.stream, answer.request, answer.position, moved_at],
        )?;
        Ok(())
    }

    /// Adds a question with its answer to the list.
    pub fn put_exchange(&self, exchange: &ExchangeRow) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO exchange
                   (integration, began_at, stream, at, request, status, fault, words, bytes, rows, took_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                exchange.integration,
                exchange.began_at,
                exchange.stream,
                exchange.at,
                exchange.request,
                exchange.status,
                exchange.fault,
                exchange.words,
                exchange.bytes,
                exchange.rows,
                exchange.took_ms
            ])?;
        Ok(())
    }
}
