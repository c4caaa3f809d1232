//! What was asked of systems and what they answered: the answer that is coming in, and where the next question goes
//! on.

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
}
