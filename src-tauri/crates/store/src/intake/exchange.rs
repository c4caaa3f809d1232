//! Every question to a system with its answer: what the trail of a run is made of.

use rusqlite::{Row, params};

use super::{Load, Result, View};

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

/// Which exchanges of an integration are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangeFilter {
    /// The integration's id.
    pub integration: String,
    /// Not before, milliseconds since 1970 UTC.
    pub since: Option<i64>,
    /// Before, milliseconds since 1970 UTC.
    pub before: Option<i64>,
    /// Only those with a fault.
    pub faults: bool,
    /// Part of the stream, the question or the words; capitals make no difference among the letters A to Z. Empty for
    /// all.
    pub text: String,
}

const COLUMNS: &str =
    "integration, began_at, stream, at, request, status, fault, words, bytes, rows, took_ms";

const FOUND: &str = "integration = ?1 AND (?2 IS NULL OR at >= ?2) AND (?3 IS NULL OR at < ?3)
     AND (NOT ?4 OR fault IS NOT NULL)
     AND (?5 = '' OR stream LIKE ?5 ESCAPE '!' OR request LIKE ?5 ESCAPE '!' OR words LIKE ?5 ESCAPE '!'
          OR fault LIKE ?5 ESCAPE '!')";

fn exchange(row: &Row<'_>) -> rusqlite::Result<ExchangeRow> {
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
}

impl ExchangeFilter {
    /// The text as `LIKE` takes it.
    fn pattern(&self) -> String {
        if self.text.is_empty() {
            return String::new();
        }
        format!("%{}%", self.text.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
    }
}

impl View<'_> {
    /// The exchanges of a run, in their order; at most `limit` from the `skip`th on.
    pub fn exchanges(
        self,
        integration: &str,
        began_at: i64,
        skip: u32,
        limit: u32,
    ) -> Result<Vec<ExchangeRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM exchange WHERE integration = ?1 AND began_at = ?2 ORDER BY number LIMIT ?4 OFFSET ?3"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map(params![integration, began_at, skip, limit], exchange)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many exchanges a run had.
    pub fn exchange_count(self, integration: &str, began_at: i64) -> Result<i64> {
        let sql = "SELECT count(*) FROM exchange WHERE integration = ?1 AND began_at = ?2";
        Ok(self.0.prepare_cached(sql)?.query_row(params![integration, began_at], |row| row.get(0))?)
    }

    /// The exchanges that a filter finds, the newest first, at most so many.
    pub fn find_exchanges(self, filter: &ExchangeFilter, limit: u32) -> Result<Vec<ExchangeRow>> {
        let sql =
            format!("SELECT {COLUMNS} FROM exchange WHERE {FOUND} ORDER BY at DESC, number DESC LIMIT ?6");
        let mut statement = self.0.prepare_cached(&sql)?;
        let given =
            params![filter.integration, filter.since, filter.before, filter.faults, filter.pattern(), limit];
        let rows = statement.query_map(given, exchange)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many exchanges a filter finds.
    pub fn found_exchanges(self, filter: &ExchangeFilter) -> Result<i64> {
        let sql = format!("SELECT count(*) FROM exchange WHERE {FOUND}");
        let given = params![filter.integration, filter.since, filter.before, filter.faults, filter.pattern()];
        Ok(self.0.prepare_cached(&sql)?.query_row(given, |row| row.get(0))?)
    }
}

impl Load<'_> {
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
