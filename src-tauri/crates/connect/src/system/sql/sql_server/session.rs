//! One conversation with a SQL Server.

use std::ops::ControlFlow;

use futures_util::TryStreamExt as _;
use tiberius::{AuthMethod, Client, Config, EncryptionLevel, Row};
use tokio::io::DuplexStream;
use tokio_util::compat::{Compat, TokioAsyncReadCompatExt as _};

use super::super::super::{Ask, Request, SystemError, SystemFault};
use super::super::blocks::{Blocks, Cell, is_number};
use super::super::plan::{Column, Plan, source};
use super::super::{Amount, CANCEL_LONGEST, Question, Server, soon};
use super::{STYLE, discover, fault, login};

/// A connection; the server ends what it does when it is dropped.
pub(super) struct Session<'a> {
    server: &'a Server,
    ask: &'a Ask<'a>,
    client: Client<Compat<DuplexStream>>,
}

impl<'a> Session<'a> {
    /// Connects with the intent to read, and begins one snapshot where the database allows it.
    ///
    /// # Errors
    /// Why the server cannot be used.
    pub(super) async fn begin(server: &'a Server, ask: &'a Ask<'a>) -> Result<Self, SystemError> {
        let text = format!("connect to {} as {}", server.at(), server.database.user);
        let question = Question::new(ask, &server.blank, &text);
        let connected = ask.answered(connect(server, ask.timeout.as_secs())).await;
        question.told(&connected, Amount::default());
        let mut session = Self { server, ask, client: connected? };
        let settings =
            format!("SET DATEFORMAT ymd; SET LOCK_TIMEOUT {}", ask.timeout.as_millis().min(i32::MAX as u128));
        session.query(&settings).await?;
        let allowed = "SELECT CAST(snapshot_isolation_state AS nvarchar(1)) FROM sys.databases WHERE database_id = DB_ID()";
        let allowed = session.query(allowed).await?;
        if allowed.iter().flatten().flatten().any(|state| state == "1") {
            session.query("SET TRANSACTION ISOLATION LEVEL SNAPSHOT; BEGIN TRANSACTION").await?;
        }
        Ok(session)
    }

    /// The rows of a question of Plaza's own; every cell of it is a text.
    ///
    /// # Errors
    /// Why there is no answer.
    pub(super) async fn query(&mut self, text: &str) -> Result<Vec<Vec<Option<String>>>, SystemError> {
        self.ask_for(text, None).await
    }

    async fn ask_for(
        &mut self,
        text: &str,
        request: Option<&Request>,
    ) -> Result<Vec<Vec<Option<String>>>, SystemError> {
        let (server, ask) = (self.server, self.ask);
        let question = Question::new(ask, &server.blank, text);
        let client = &mut self.client;
        let answer = async {
            let wrong = |error| fault::fault(server, &error, request, ask.timeout.as_secs());
            let rows =
                client.simple_query(text).await.map_err(wrong)?.into_first_result().await.map_err(wrong)?;
            rows.iter().map(cells).collect()
        };
        let outcome = ask.answered(answer).await;
        question.told(&outcome, Amount::default());
        self.stopped_unless(outcome).await
    }

    /// The columns of what is read; the server is only made to understand the statement, not to run it.
    ///
    /// # Errors
    /// `NoStream`, or why there is no answer.
    pub(super) async fn columns(&mut self, request: &Request) -> Result<Vec<Column>, SystemError> {
        let read = format!("SELECT * FROM {}", source(STYLE, &request.what));
        let text = format!(
            "SELECT name, system_type_name, CAST(is_nullable AS nvarchar(1)), CAST(error_number AS nvarchar(12)), \
             error_message FROM sys.dm_exec_describe_first_result_set({}, NULL, 0) \
             WHERE is_hidden = 0 OR error_number IS NOT NULL ORDER BY column_ordinal",
            STYLE.text(&read)
        );
        let found = self.ask_for(&text, Some(request)).await?;
        let mut columns = Vec::new();
        for row in &found {
            match row.as_slice() {
                [.., Some(number), message] => {
                    let message = message.as_deref().unwrap_or_default();
                    return Err(self.server.error(fault::of_description(number, message, request), message));
                }
                [Some(name), Some(kind), nullable, ..] => {
                    columns.push(discover::column(name, kind, nullable.as_deref() != Some("0")));
                }
                _ => {}
            }
        }
        Ok(columns)
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
        let wrong = |error: tiberius::error::Error| {
            fault::fault(server, &error, Some(request), ask.timeout.as_secs())
        };
        let client = &mut self.client;
        let opened = async { Ok(client.simple_query(text).await.map_err(wrong)?.into_row_stream()) };
        let mut stream = ask.answered(opened).await?;
        let is_numeric = [0, 1].map(|at| is_number(plan.marks.get(at)));
        loop {
            ask.go_on()?;
            let next = async { stream.try_next().await.map_err(wrong) };
            let Some(row) = soon(ask, next).await? else { return Ok(ControlFlow::Continue(())) };
            let cells = cells(&row)?;
            *bytes += cells.iter().flatten().map(|cell| cell.len() as u64).sum::<u64>();
            let (own, shown) = cells.split_at(plan.marks.len().min(cells.len()));
            let mark = |at: usize| {
                let text = own.get(at)?.as_ref()?.as_bytes();
                Some(Cell { text, is_number: is_numeric.get(at).copied().unwrap_or_default() })
            };
            let shown = shown.iter().map(|cell| cell.as_deref().unwrap_or_default());
            if blocks.row(mark(0), mark(1), |builder| builder.push(shown))?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    async fn stopped_unless<T>(&mut self, outcome: Result<T, SystemError>) -> Result<T, SystemError> {
        if let Err(error) = &outcome
            && matches!(error.fault, SystemFault::TimedOut { .. } | SystemFault::Cancelled)
        {
            self.stop().await;
        }
        outcome
    }

    /// Makes the server stop what it does. Where it does not hear, it ends with the connection.
    async fn stop(&mut self) {
        let _ = tokio::time::timeout(CANCEL_LONGEST, self.client.cancel_query()).await;
    }
}

/// The cells of a row, all of them texts by the way they are asked for.
fn cells(row: &Row) -> Result<Vec<Option<String>>, SystemError> {
    let cell = |at| row.try_get::<&str, _>(at).map(|cell| cell.map(str::to_owned));
    let cells = (0..row.len()).map(cell).collect::<Result<_, _>>();
    cells.map_err(|_| SystemFault::Nonsense { expected: "text in every cell" }.into())
}

async fn connect(server: &Server, seconds: u64) -> Result<Client<Compat<DuplexStream>>, SystemError> {
    let wire = login::wire(server).await?;
    let mut config = Config::new();
    config.host(&server.database.host);
    config.port(server.port);
    config.database(&server.database.database);
    config.authentication(AuthMethod::sql_server(&server.database.user, server.password.expose()));
    config.application_name("Plaza");
    config.readonly(true);
    // The wire is protected already, or not at all.
    config.encryption(EncryptionLevel::NotSupported);
    let connected = Client::connect(config, wire.compat()).await;
    connected.map_err(|error| fault::fault(server, &error, None, seconds))
}
