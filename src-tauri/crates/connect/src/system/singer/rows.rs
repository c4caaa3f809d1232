//! The rows of one stream out of a tap's lines.
//!
//! A tap says by a state that everything before is given, and a later run goes on there. Rows are therefore handed on
//! only when a state has confirmed them, so that a run that breaks off neither loses nor doubles any. Rows that no state
//! confirms are held up to a bound; beyond it they are handed on with the state before them, and come again if the run
//! then breaks off: it is all that a tap without states allows.

use std::cell::Cell;
use std::ops::ControlFlow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::catalog::{self, Chosen};
use super::message::{self, Message};
use crate::Cursor;
use crate::system::block::BLOCK_BYTES;
use crate::system::cell::{Members, cell};
use crate::system::{Blank, Block, BlockBuilder, Range, Request, SystemError, SystemFault};

/// Rows without a state are held up to this size, bytes.
const HELD_BYTES_MAX: usize = 32 << 20;

/// Where a read of a tap's stream ended.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Position {
    /// The stream.
    pub stream: String,
    /// The field that the tap goes on by, where Plaza chose one.
    pub field: Option<String>,
    /// What the tap said.
    pub state: Box<RawValue>,
}

impl Position {
    /// What a cursor of this request says; none at the start.
    pub(super) fn of(cursor: &Cursor, request: &Request) -> Result<Option<Self>, SystemError> {
        let text = cursor.to_string();
        if text.is_empty() {
            return Ok(None);
        }
        let position: Self =
            serde_json::from_str(&text).map_err(|_| SystemError::from(SystemFault::BadCursor))?;
        let is_of_it = position.stream == request.what.text() && position.field == field(request);
        if is_of_it { Ok(Some(position)) } else { Err(SystemFault::BadCursor.into()) }
    }
}

fn field(request: &Request) -> Option<String> {
    request.cursor.as_ref().map(|cursor| cursor.field.clone())
}

/// Takes lines and gives blocks.
pub(super) struct Rows<'a> {
    request: &'a Request,
    chosen: &'a Chosen,
    blank: &'a Blank,
    /// Does not wait for states: for a preview, which is never gone on from.
    is_eager: bool,
    builder: BlockBuilder,
    /// The position behind the last state.
    cursor: Cursor,
    /// Rows that a state confirmed, not handed on yet.
    ready: Block,
    /// Rows that none has.
    held: Vec<Block>,
    held_bytes: usize,
    /// The position that was handed on last.
    given: Cursor,
    has_schema: bool,
    /// Counts the rows of the stream.
    count: &'a Cell<u64>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        request: &'a Request,
        chosen: &'a Chosen,
        from: &Cursor,
        is_eager: bool,
        count: &'a Cell<u64>,
        blank: &'a Blank,
    ) -> Self {
        let ready = Block { columns: chosen.columns.clone(), cursor: from.clone(), ..Block::default() };
        Self {
            request,
            chosen,
            blank,
            is_eager,
            builder: BlockBuilder::new(chosen.columns.clone()),
            cursor: from.clone(),
            ready,
            held: Vec::new(),
            held_bytes: 0,
            given: from.clone(),
            has_schema: false,
            count,
        }
    }

    /// One line.
    pub(super) fn line(
        &mut self,
        line: &[u8],
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SystemError> {
        match message::read(line, self.blank)? {
            Message::Record { stream, record } if self.is_ours(&stream) => self.record(&record, take),
            Message::Schema { stream, schema } if self.is_ours(&stream) => {
                self.schema(schema)?;
                Ok(ControlFlow::Continue(()))
            }
            Message::State(state) => self.state(state, take),
            // Streams that come along although nobody chose them.
            Message::Record { .. } | Message::Schema { .. } | Message::ActivateVersion => {
                Ok(ControlFlow::Continue(()))
            }
        }
    }

    fn is_ours(&self, stream: &str) -> bool {
        self.chosen.names.iter().any(|name| name == stream)
    }

    fn schema(&mut self, schema: &RawValue) -> Result<(), SystemError> {
        let found = catalog::properties(schema);
        for column in self.builder.columns() {
            let is_there = found.iter().any(|property| property.name() == *column);
            // A tap may flatten what its catalog shows as nested, and give it all the same.
            let outer = column.split('.').next().unwrap_or_default();
            if !is_there && !found.iter().any(|property| property.path[0] == outer) {
                let stream = self.request.what.text().to_owned();
                return Err(SystemFault::NoField { stream, field: column.clone() }.into());
            }
        }
        self.has_schema = true;
        Ok(())
    }

    fn record(
        &mut self,
        record: &Members<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SystemError> {
        if !self.has_schema {
            return Err(SystemFault::Nonsense { expected: "a schema before the first row" }.into());
        }
        self.count.set(self.count.get() + 1);
        if !self.is_in_range(record) {
            return Ok(ControlFlow::Continue(()));
        }
        let cells = self.chosen.columns.iter().map(|column| record.at(column).map(cell).unwrap_or_default());
        // The cells are borrowed from the line, and the builder takes bytes.
        self.builder.push(cells.map(Bytes))?;
        if self.is_eager && self.builder.rows() >= u64::from(self.request.page_rows) {
            return Ok(take(self.builder.take(self.cursor.clone())?));
        }
        if !self.builder.is_full() {
            return Ok(ControlFlow::Continue(()));
        }
        let block = self.builder.take(self.cursor.clone())?;
        self.held_bytes += block.csv.len();
        self.held.push(block);
        if self.held_bytes < HELD_BYTES_MAX {
            return Ok(ControlFlow::Continue(()));
        }
        self.hand_on(take)
    }

    /// Rows of a backfill are chosen here: a tap takes no range.
    fn is_in_range(&self, record: &Members<'_>) -> bool {
        let (Some(range), Some(cursor)) = (self.request.range, &self.request.cursor) else { return true };
        record.at(&cursor.field).and_then(|value| moment(&cell(value))).is_some_and(|at| within(range, at))
    }

    fn state(
        &mut self,
        state: &RawValue,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SystemError> {
        if self.request.range.is_none() {
            let stream = self.request.what.text().to_owned();
            let position = Position { stream, field: field(self.request), state: state.to_owned() };
            let text = serde_json::to_string(&position).map_err(|_| SystemError::from(SystemFault::Local))?;
            self.cursor = text.parse().unwrap_or_default();
        }
        let rows = self.builder.take(self.cursor.clone())?;
        if self.held.is_empty() {
            // A tap may say where it is after each row; blocks grow to their size all the same.
            self.ready.csv.extend_from_slice(&rows.csv);
            self.ready.rows += rows.rows;
            self.ready.cursor = rows.cursor;
            let is_due =
                self.ready.csv.len() >= BLOCK_BYTES || self.ready.rows >= u64::from(self.request.page_rows);
            return if is_due { self.hand_on(take) } else { Ok(ControlFlow::Continue(())) };
        }
        self.held.push(rows);
        self.hand_on(take)
    }

    /// Hands on what is ready, then what is held.
    #[allow(clippy::unnecessary_wraps)] // as its callers end
    fn hand_on(
        &mut self,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SystemError> {
        if self.confirmed(take).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.held_bytes = 0;
        for block in std::mem::take(&mut self.held) {
            self.ready.cursor = block.cursor.clone();
            self.given = block.cursor.clone();
            if take(block).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Hands on what a state confirmed: all that is left of a run that broke off.
    pub(super) fn confirmed(&mut self, take: &mut dyn FnMut(Block) -> ControlFlow<()>) -> ControlFlow<()> {
        let next = Block {
            columns: self.chosen.columns.clone(),
            cursor: self.ready.cursor.clone(),
            ..Block::default()
        };
        let ready = std::mem::replace(&mut self.ready, next);
        if ready.rows == 0 {
            return ControlFlow::Continue(());
        }
        self.given = ready.cursor.clone();
        take(ready)
    }

    /// The end of a run that went well: everything, also where only the position moved.
    pub(super) fn end(
        &mut self,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, SystemError> {
        if !self.has_schema {
            return Err(SystemFault::Nonsense { expected: "rows of the stream, or its schema" }.into());
        }
        let rows = self.builder.take(self.cursor.clone())?;
        if self.held.is_empty() {
            self.ready.csv.extend_from_slice(&rows.csv);
            self.ready.rows += rows.rows;
            self.ready.cursor = rows.cursor;
        } else {
            self.held.push(rows);
        }
        if self.held.is_empty() && self.ready.rows == 0 && self.ready.cursor != self.given {
            return Ok(take(std::mem::take(&mut self.ready)));
        }
        self.hand_on(take)
    }
}

/// A cell, as bytes.
struct Bytes<'a>(std::borrow::Cow<'a, str>);

impl AsRef<[u8]> for Bytes<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn within(range: Range, at: DateTime<Utc>) -> bool {
    range.from <= at && at < range.to
}

/// The moment that a text means; without a zone, that of UTC.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let day =
        || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|day| day.and_time(chrono::NaiveTime::MIN));
    local.or_else(day).map(|at| at.and_utc())
}
