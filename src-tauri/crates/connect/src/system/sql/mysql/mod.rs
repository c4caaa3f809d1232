//! `MySQL` and `MariaDB`. Rows come by the text protocol, one by one, as the server writes them.

mod cells;
mod discover;
mod fault;
mod session;

use std::ops::ControlFlow;

use super::super::{Answered, Ask, Block, FoundStream, Request, System, SystemError, block};
use super::blocks::Blocks;
use super::name::Style;
use super::plan::Plan;
use super::{Server, converse, may_write_note};
use crate::{Cursor, Preview, ReadEnd};
use session::Session;

const STYLE: Style = Style::Mysql;

/// A `MySQL` or `MariaDB` server.
pub(super) struct Mysql {
    server: Server,
}

impl Mysql {
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
            let mut session = Session::begin(&self.server, ask, limit.is_some()).await?;
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

impl System for Mysql {
    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError> {
        converse(async {
            let mut session = Session::begin(&self.server, ask, true).await?;
            let product = discover::product(session.version());
            let mut notes = Vec::new();
            let rights = discover::rights_to_write(&session.query(discover::GRANTS).await?);
            if !rights.is_empty() {
                notes.push(may_write_note(&self.server.database.user, &rights.join(", ")));
            }
            notes.extend(self.server.wire_note());
            Ok(Answered { product, notes })
        })
    }

    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        converse(async {
            let mut session = Session::begin(&self.server, ask, true).await?;
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
