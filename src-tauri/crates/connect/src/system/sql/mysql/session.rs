//! One conversation with a `MySQL` server: one connection, one transaction, one snapshot.

use std::ops::ControlFlow;

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Error, IoError, OptsBuilder, Row, SslOpts};

use super::super::super::connection::Tls;
use super::super::super::{Ask, Request, SystemError, SystemFault};
use super::super::blocks::{Blocks, Cell, is_number};
use super::super::plan::{Column, Plan, reference, source, wanted};
use super::super::{Amount, CANCEL_LONGEST, Question, STATEMENT_LONGEST, Server, soon, tls, wire};
use super::{STYLE, cells, fault};

/// A connection within its transaction.
pub(super) struct Session<'a> {
    server: &'a Server,
    ask: &'a Ask<'a>,
    conn: Conn,
    version: String,
}

impl<'a> Session<'a> {
    /// Connects and begins a transaction that can only read. A quick one is ended by the server when nobody waits for
    /// it any more.
    ///
    /// # Errors
    /// Why the server cannot be used.
    pub(super) async fn begin(
        server: &'a Server,
        ask: &'a Ask<'a>,
        is_quick: bool,
    ) -> Result<Self, SystemError> {
        let text = format!("connect to {} as {}", server.at(), server.database.user);
        let question = Question::new(ask, &server.blank, &text);
        let connected = ask.answered(connect(server, ask.timeout.as_secs())).await;
        question.told(&connected, Amount::default());
        let mut session = Self { server, ask, conn: connected?, version: String::new() };
        let version = session.query("SELECT VERSION()").await?;
        session.version = version.into_iter().flatten().flatten().next().unwrap_or_default();
        let longest = if is_quick { ask.timeout } else { STATEMENT_LONGEST };
        let (name, longest) = if session.version.contains("MariaDB") {
            ("max_statement_time", longest.as_secs_f64().to_string())
        } else {
            ("max_execution_time", longest.as_millis().to_string())
        };
        // A limit that the database has is kept where it is smaller.
        let own = format!("@@SESSION.{name}");
        let longest = format!("{name} = IF({own} > 0 AND {own} < {longest}, {own}, {longest})");
        let settings = format!("SET SESSION time_zone = '+00:00', net_write_timeout = 600, {longest}");
        session.query(&settings).await?;
        session.query("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
        session.query("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").await?;
        Ok(session)
    }

    /// What the server says it is.
    pub(super) fn version(&self) -> &str {
        &self.version
    }

    /// The rows of a question of Plaza's own, as text.
    ///
    /// # Errors
    /// Why there is no answer.
    pub(super) async fn query(&mut self, text: &str) -> Result<Vec<Vec<Option<String>>>, SystemError> {
        let (server, ask) = (self.server, self.ask);
        let question = Question::new(ask, &server.blank, text);
        let conn = &mut self.conn;
        let answer = async {
            let rows: Result<Vec<Row>, _> = conn.query(text).await;
            rows.map_err(|error| fault::fault(server, &error, None, ask.timeout.as_secs()))
        };
        let outcome = ask.answered(answer).await;
        question.told(&outcome, Amount::default());
        let rows = self.stopped_unless(outcome).await?;
        let cell = |row: &Row, at: usize| {
            let mut cell = Vec::new();
            cells::write(&mut cell, row.as_ref(at), cells::Writing::Plain)
                .then(|| String::from_utf8_lossy(&cell).into_owned())
        };
        Ok(rows.iter().map(|row| (0..row.len()).map(|at| cell(row, at)).collect()).collect())
    }

    /// The columns of what is read; the server is only made to understand the statement, not to run it.
    ///
    /// # Errors
    /// `NoStream`, `NoField`, `Forbidden`, or why there is no answer.
    pub(super) async fn columns(&mut self, request: &Request) -> Result<Vec<Column>, SystemError> {
        let (server, ask) = (self.server, self.ask);
        let wanted: Vec<String> = wanted(request).iter().map(|name| reference(STYLE, name)).collect();
        let wanted = if wanted.is_empty() { "*".to_owned() } else { wanted.join(", ") };
        let text = format!("SELECT {wanted} FROM {}", source(STYLE, &request.what));
        let question = Question::new(ask, &server.blank, &text);
        let conn = &mut self.conn;
        let answer = async {
            let prepared = conn.prep(&text).await;
            prepared.map_err(|error| fault::fault(server, &error, Some(request), ask.timeout.as_secs()))
        };
        let outcome = ask.answered(answer).await;
        question.told(&outcome, Amount::default());
        let statement = self.stopped_unless(outcome).await?;
        Ok(statement.columns().iter().map(cells::column).collect())
    }

    /// Reads the rows of a statement of the plan.
    ///
    /// # Errors
    /// Why it broke off.
    pub(super) async fn give(
        &mut self,
        request: &Request,
        plan: &Plan,
        text: &str,
        blocks: &mut Blocks<'_>,
    ) -> Result<ControlFlow<()>, SystemError> {
        let question = Question::new(self.ask, &self.server.blank, text);
        let mut amount = Amount::default();
        let before = blocks.rows();
        let outcome = self.rows(request, plan, text, blocks, &mut amount.bytes).await;
        amount.rows = blocks.rows() - before;
        question.told(&outcome, amount);
        if matches!(outcome, Ok(ControlFlow::Break(()))) {
            self.stop().await;
        }
        self.stopped_unless(outcome).await
    }

    async fn rows(
        &mut self,
        request: &Request,
        plan: &Plan,
        text: &str,
        blocks: &mut Blocks<'_>,
        bytes: &mut u64,
    ) -> Result<ControlFlow<()>, SystemError> {
        let (server, ask) = (self.server, self.ask);
        let wrong =
            |error: mysql_async::Error| fault::fault(server, &error, Some(request), ask.timeout.as_secs());
        let conn = &mut self.conn;
        let opened = async { conn.query_iter(text).await.map_err(wrong) };
        let mut result = ask.answered(opened).await?;
        let writings: Vec<_> = result.columns_ref().iter().map(cells::writing).collect();
        let is_numeric = [0, 1].map(|at| is_number(plan.marks.get(at)));
        let marks = plan.marks.len();
        let mut cells = vec![Vec::new(); writings.len()];
        loop {
            ask.go_on()?;
            let next = async { result.next().await.map_err(wrong) };
            let Some(row) = soon(ask, next).await? else { return Ok(ControlFlow::Continue(())) };
            let mut is_there = [false, false];
            for (at, (cell, writing)) in cells.iter_mut().zip(&writings).enumerate() {
                let has_value = cells::write(cell, row.as_ref(at), *writing);
                *bytes += cell.len() as u64;
                if let Some(is_there) = is_there.get_mut(at) {
                    *is_there = has_value;
                }
            }
            let (own, shown) = cells.split_at(marks);
            let mark = |at: usize| {
                let text = own.get(at).filter(|_| is_there.get(at) == Some(&true))?;
                Some(Cell { text, is_number: is_numeric.get(at).copied().unwrap_or_default() })
            };
            if blocks.row(mark(0), mark(1), |builder| builder.push(shown))?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    /// Makes the server stop where nobody waits any more.
    async fn stopped_unless<T>(&self, outcome: Result<T, SystemError>) -> Result<T, SystemError> {
        if let Err(error) = &outcome
            && matches!(error.fault, SystemFault::TimedOut { .. } | SystemFault::Cancelled)
        {
            self.stop().await;
        }
        outcome
    }

    async fn stop(&self) {
        let kill = format!("KILL QUERY {}", self.conn.id());
        let stopped = async {
            if let Ok(mut other) = connect(self.server, 0).await {
                let _ = other.query_drop(&kill).await;
                let _ = other.disconnect().await;
            }
        };
        // Where it does not hear, it notices that nobody takes the rows any more.
        let _ = tokio::time::timeout(CANCEL_LONGEST, stopped).await;
    }
}

async fn connect(server: &Server, seconds: u64) -> Result<Conn, SystemError> {
    // Resolved here: the driver's errors do not tell a name that leads nowhere from a port where nobody listens.
    let addresses = wire::addresses(server).await?;
    let protection = match server.database.tls {
        Tls::Off => None,
        Tls::Verify => {
            // The driver takes what is set for the program.
            tls::provider();
            let trusted = tls::trusted(server)?;
            let trusted = trusted.into_iter().map(|certificate| certificate.to_vec().into());
            Some(SslOpts::default().with_root_certs(trusted.collect()).with_disable_built_in_roots(true))
        }
    };
    let options = OptsBuilder::default()
        .ip_or_hostname(server.database.host.clone())
        .resolved_ips(Some(addresses.iter().map(std::net::SocketAddr::ip).collect::<Vec<_>>()))
        .tcp_port(server.port)
        .user(Some(server.database.user.clone()))
        .pass(Some(server.password.expose().to_owned()))
        .db_name(Some(server.database.database.clone()))
        .prefer_socket(false)
        .stmt_cache_size(0)
        .ssl_opts(protection);
    Conn::new(options).await.map_err(|error| match error {
        Error::Io(IoError::Io(_)) => wire::fault(server, &error, true),
        _ => fault::fault(server, &error, None, seconds),
    })
}
