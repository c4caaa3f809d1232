//! Microsoft SQL Server. Written by its documentation and tried against a server of the tests' own, which only knows how
//! a conversation begins; never against the real one ([`Connection::is_tested`](super::super::Connection::is_tested)).

mod discover;
mod fault;
mod login;
mod session;

use std::ops::ControlFlow;

use super::super::{Answered, Ask, Block, FoundStream, Request, System, SystemError, block};
use super::blocks::Blocks;
use super::name::Style;
use super::plan::Plan;
use super::{Server, converse, may_write_note};
use crate::{Cursor, Preview, ReadEnd};
use session::Session;

const STYLE: Style = Style::SqlServer;

/// A SQL Server.
pub(super) struct SqlServer {
    server: Server,
}

impl SqlServer {
    pub(super) const fn new(server: Server) -> Self {
        Self { server }
    }

    fn rows(
        &self,
        request: &Request,
        from: &Cursor,
        limit: Option<u64>,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        converse(async {
            let mut session = Session::begin(&self.server, ask).await?;
            let columns = session.columns(request).await?;
            let plan = Plan::new(STYLE, request, &columns, from, limit)?;
            let mut blocks = Blocks::new(request, &plan, take);
            for (phase, text) in &plan.statements {
                blocks.begin(*phase);
                if session.give(request, &plan, text, &mut blocks).await?.is_break() {
                    return Ok(ReadEnd::Stopped);
                }
            }
            blocks.finish()
        })
    }
}

impl System for SqlServer {
    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError> {
        converse(async {
            let mut session = Session::begin(&self.server, ask).await?;
            let found = session.query(discover::CHECK).await?;
            let cell = |at| found.first().and_then(|row| row.get(at).cloned().flatten()).unwrap_or_default();
            let mut notes = Vec::new();
            if cell(1) == "1" {
                notes.push(may_write_note(&self.server.database.user, "the whole database"));
            }
            notes.extend(self.server.wire_note());
            Ok(Answered { product: format!("Microsoft SQL Server {}", cell(0)), notes })
        })
    }

    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        converse(async {
            let mut session = Session::begin(&self.server, ask).await?;
            Ok(discover::streams(&session.query(discover::COLUMNS).await?))
        })
    }

    fn preview(&self, request: &Request, rows: usize, ask: &Ask<'_>) -> Result<Preview, SystemError> {
        block::preview(request, rows, |request, take| {
            self.rows(request, &Cursor::start(), Some(rows as u64), ask, take)
        })
    }

    fn read(
        &self,
        request: &Request,
        from: &Cursor,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        self.rows(request, from, None, ask, take)
    }
}
