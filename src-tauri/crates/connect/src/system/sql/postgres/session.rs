//! One conversation with a `PostgreSQL` server: one connection, one transaction, one snapshot.

use std::ops::ControlFlow;
use std::sync::Arc;

use futures_util::StreamExt as _;
use tokio::net::TcpStream;
use tokio_postgres::config::SslMode;
use tokio_postgres::{CancelToken, Client, Config, SimpleQueryMessage};

use super::super::super::connection::Tls;
use super::super::super::{Ask, Request, SystemError, SystemFault, What};
use super::super::blocks::{Blocks, Cell, is_number};
use super::super::plan::{Column, Plan, source};
use super::super::tls::{Guard, Versions};
use super::super::{Amount, CANCEL_LONGEST, Question, STATEMENT_LONGEST, Server, soon, wire};
use super::tls::Protect;
use super::{STYLE, discover, fault};

/// How long a statement of a session may run at the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// As long as somebody waits for an answer.
    Quick,
    /// As long as rows take.
    Long,
}

/// A connection within its transaction. The server ends both when it is dropped.
pub(super) struct Session<'a> {
    server: &'a Server,
    ask: &'a Ask<'a>,
    client: Client,
    cancel: CancelToken,
    protect: Protect,
}

impl<'a> Session<'a> {
    /// Connects and begins a transaction that can only read.
    ///
    /// # Errors
    /// Why the server cannot be used.
    pub(super) async fn begin(
        server: &'a Server,
        ask: &'a Ask<'a>,
        bound: Bound,
    ) -> Result<Self, SystemError> {
        let connected = connect(server, ask);
        let text = format!("connect to {} as {}", server.at(), server.database.user);
        let question = Question::new(ask, &server.blank, &text);
        let connected = ask.answered(connected).await;
        question.told(&connected, Amount::default());
        let (client, protect) = connected?;
        let session = Self { server, ask, cancel: client.cancel_token(), client, protect };
        let longest = match bound {
            Bound::Quick => ask.timeout,
            Bound::Long => STATEMENT_LONGEST,
        };
        // For this transaction only, so that a pooler in between has nothing to forget; a limit that the database sets
        // for this user is kept where it is smaller.
        let begin = format!(
            "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; \
             SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601'; \
             SET LOCAL bytea_output = 'hex'; SET LOCAL standard_conforming_strings = on; \
             SET LOCAL extra_float_digits = 1; \
             SELECT set_config(name, CASE WHEN setting::bigint BETWEEN 1 AND {0} THEN setting ELSE '{0}' END, true) \
             FROM pg_catalog.pg_settings WHERE name = 'statement_timeout'",
            longest.as_millis()
        );
        session.run(&begin, None, session.client.batch_execute(&begin)).await?;
        Ok(session)
    }

    /// The rows of a question of Plaza's own, as text.
    ///
    /// # Errors
    /// Why there is no answer.
    pub(super) async fn query(&self, text: &str) -> Result<Vec<Vec<Option<String>>>, SystemError> {
        let messages = self.run(text, None, self.client.simple_query(text)).await?;
        let row = |message: &SimpleQueryMessage| match message {
            SimpleQueryMessage::Row(row) => {
                Some((0..row.len()).map(|at| row.try_get(at).ok().flatten().map(str::to_owned)).collect())
            }
            _ => None,
        };
        Ok(messages.iter().filter_map(row).collect())
    }

    /// The columns of what is read. The server is only made to understand the statement, not to run it; the right to
    /// read each column is not asked for yet.
    ///
    /// # Errors
    /// `NoStream`, or why there is no answer.
    pub(super) async fn columns(&self, request: &Request) -> Result<Vec<Column>, SystemError> {
        let text = format!("SELECT * FROM {}", source(STYLE, &request.what));
        let statement = self.run(&text, Some(request), self.client.prepare(&text)).await?;
        let by = request.cursor.as_ref().map(|by| by.field.as_str());
        let mut columns = Vec::new();
        for given in statement.columns() {
            let mut column = discover::column(given.name(), given.type_());
            // What a query joins may be empty although its table says otherwise.
            if let (What::Named(_), true, Some(table), Some(at)) =
                (&request.what, by == Some(given.name()), given.table_oid(), given.column_id())
            {
                let text = format!(
                    "SELECT attnotnull::text FROM pg_catalog.pg_attribute WHERE attrelid = {table} AND attnum = {at}"
                );
                let found = self.query(&text).await?;
                column.is_never_null = found.iter().flatten().flatten().any(|cell| cell == "true");
            }
            columns.push(column);
        }
        Ok(columns)
    }

    /// Reads the rows of a statement of the plan.
    ///
    /// # Errors
    /// Why it broke off.
    pub(super) async fn copy(
        &self,
        request: &Request,
        plan: &Plan,
        text: &str,
        blocks: &mut Blocks<'_>,
    ) -> Result<ControlFlow<()>, SystemError> {
        let text = format!("COPY ({text}) TO STDOUT (FORMAT csv)");
        let question = Question::new(self.ask, &self.server.blank, &text);
        let mut amount = Amount::default();
        let before = blocks.rows();
        let outcome = self.rows(request, plan, &text, blocks, &mut amount.bytes).await;
        amount.rows = blocks.rows() - before;
        question.told(&outcome, amount);
        if !matches!(outcome, Ok(ControlFlow::Continue(()))) {
            self.stop().await;
        }
        outcome
    }

    async fn rows(
        &self,
        request: &Request,
        plan: &Plan,
        text: &str,
        blocks: &mut Blocks<'_>,
        bytes: &mut u64,
    ) -> Result<ControlFlow<()>, SystemError> {
        let wrong = |error: tokio_postgres::Error| self.fault(&error, Some(request));
        let opened = async { self.client.copy_out(text).await.map_err(wrong) };
        let mut stream = std::pin::pin!(self.ask.answered(opened).await?);
        let is_numeric = [0, 1].map(|at| is_number(plan.marks.get(at)));
        let mut scratch = [Vec::new(), Vec::new()];
        loop {
            self.ask.go_on()?;
            let next = async { stream.next().await.transpose().map_err(wrong) };
            // The server sends each row as a message of its own.
            let Some(line) = soon(self.ask, next).await? else { return Ok(ControlFlow::Continue(())) };
            *bytes += line.len() as u64;
            let mut rest = line.strip_suffix(b"\n").unwrap_or(&line);
            let mut marks = [None, None];
            let places = marks.iter_mut().zip(&mut scratch).zip(is_numeric).take(plan.marks.len());
            for ((mark, scratch), is_number) in places {
                let (cell, behind) = first_cell(rest, scratch);
                rest = behind;
                *mark = cell.map(|text| Cell { text, is_number });
            }
            let [value, key] = marks;
            let given = blocks.row(value, key, |builder| {
                builder.push_csv(rest);
                Ok(())
            })?;
            if given.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    /// Makes the server stop what it does for this session.
    async fn stop(&self) {
        let stopped = async {
            if let Ok(stream) = wire::connect(self.server).await {
                let _ = self.cancel.cancel_query_raw(stream, self.protect.clone()).await;
            }
        };
        // Where it does not hear, it notices that nobody takes the rows any more.
        let _ = tokio::time::timeout(CANCEL_LONGEST, stopped).await;
    }

    /// Asks and tells the trail; makes the server stop where nobody waits any more.
    async fn run<T>(
        &self,
        text: &str,
        request: Option<&Request>,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, SystemError> {
        let question = Question::new(self.ask, &self.server.blank, text);
        let answer = async { answer.await.map_err(|error| self.fault(&error, request)) };
        let outcome = self.ask.answered(answer).await;
        question.told(&outcome, Amount::default());
        if let Err(error) = &outcome
            && matches!(error.fault, SystemFault::TimedOut { .. } | SystemFault::Cancelled)
        {
            self.stop().await;
        }
        outcome
    }

    fn fault(&self, error: &tokio_postgres::Error, request: Option<&Request>) -> SystemError {
        fault::fault(self.server, error, request, self.ask.timeout.as_secs())
    }
}

async fn connect(server: &Server, ask: &Ask<'_>) -> Result<(Client, Protect), SystemError> {
    let is_protected = server.database.tls == Tls::Verify;
    let protect =
        Protect(if is_protected { Some(Arc::new(Guard::new(server, Versions::Usual)?)) } else { None });
    let mut config = Config::new();
    config
        .user(&server.database.user)
        .password(server.password.expose())
        .dbname(&server.database.database)
        .application_name("Plaza")
        .ssl_mode(if is_protected { SslMode::Require } else { SslMode::Disable });
    let stream: TcpStream = wire::connect(server).await?;
    let connected = config.connect_raw(stream, protect.clone()).await;
    let (client, connection) =
        connected.map_err(|error| fault::fault(server, &error, None, ask.timeout.as_secs()))?;
    // Its errors reach whoever waits for an answer.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok((client, protect))
}

/// The first cell of a CSV line, and the rest of the line. NULL is none: it stands without quotes.
fn first_cell<'a>(line: &'a [u8], scratch: &'a mut Vec<u8>) -> (Option<&'a [u8]>, &'a [u8]) {
    let behind = |end: usize| line.get(end + 1..).unwrap_or_default();
    if line.first() != Some(&b'"') {
        let end = memchr::memchr(b',', line).unwrap_or(line.len());
        let cell = line.get(..end).filter(|cell| !cell.is_empty());
        return (cell, behind(end));
    }
    scratch.clear();
    let mut at = 1;
    while let Some(length) = line.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
        scratch.extend_from_slice(line.get(at..at + length).unwrap_or_default());
        at += length + 1;
        if line.get(at) != Some(&b'"') {
            break;
        }
        scratch.push(b'"');
        at += 1;
    }
    (Some(scratch), behind(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_cell_of_a_line_is_found_with_its_quotes() {
        let cases: [(&str, Option<&str>, &str); 7] = [
            ("1,b,c", Some("1"), "b,c"),
            ("1", Some("1"), ""),
            (",b", None, "b"),
            ("\"\",b", Some(""), "b"),
            ("\"a,\"\"b\"\"\nc\",d", Some("a,\"b\"\nc"), "d"),
            ("\"\"\"\",", Some("\""), ""),
            ("\"a\"", Some("a"), ""),
        ];
        for (line, cell, rest) in cases {
            let mut scratch = Vec::new();
            let found = first_cell(line.as_bytes(), &mut scratch);
            assert_eq!(found, (cell.map(str::as_bytes), rest.as_bytes()), "{line}");
        }
    }
}
