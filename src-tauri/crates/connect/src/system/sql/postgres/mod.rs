//! `PostgreSQL`. Rows come by `COPY (…) TO STDOUT`: the server writes CSV, and hardly anything of it is touched here.

mod discover;
mod fault;
mod session;
mod tls;

use std::ops::ControlFlow;

use super::super::{Answered, Ask, Block, FoundStream, Request, System, SystemError, block};
use super::blocks::Blocks;
use super::name::Style;
use super::plan::Plan;
use super::{Server, converse, may_write_note};
use crate::{Cursor, Preview, ReadEnd};
use session::{Bound, Session};

const STYLE: Style = Style::Postgres;

/// A `PostgreSQL` server.
pub(super) struct Postgres {
    server: Server,
}

impl Postgres {
    pub(super) const fn new(server: Server) -> Self {
        Self { server }
    }

    /// Reads; `limit` bounds the rows of each statement.
    fn rows(
        &self,
        request: &Request,
        from: &Cursor,
        limit: Option<u64>,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        converse(async {
            let bound = if limit.is_some() { Bound::Quick } else { Bound::Long };
            let session = Session::begin(&self.server, ask, bound).await?;
            let columns = session.columns(request).await?;
            let plan = Plan::new(STYLE, request, &columns, from, limit)?;
            let mut blocks = Blocks::new(request, &plan, take);
            for (phase, text) in &plan.statements {
                blocks.begin(*phase);
                if session.copy(request, &plan, text, &mut blocks).await?.is_break() {
                    return Ok(ReadEnd::Stopped);
                }
            }
            blocks.finish()
        })
    }
}

impl System for Postgres {
    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError> {
        converse(async {
            let session = Session::begin(&self.server, ask, Bound::Quick).await?;
            let found = session.query(discover::CHECK).await?;
            let cell = |at| found.first().and_then(|row| row.get(at).cloned().flatten()).unwrap_or_default();
            let mut notes = Vec::new();
            let user = &self.server.database.user;
            match (cell(1).as_str(), cell(2).as_str()) {
                ("true", _) => notes.push(may_write_note(user, "it is a superuser")),
                (_, "" | "0") => {}
                (_, tables) => notes.push(may_write_note(user, &format!("{tables} tables"))),
            }
            notes.extend(self.server.wire_note());
            Ok(Answered { product: format!("PostgreSQL {}", cell(0)), notes })
        })
    }

    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        converse(async {
            let session = Session::begin(&self.server, ask, Bound::Quick).await?;
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
