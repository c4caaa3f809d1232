//! `SQLite` files. The one place besides the stores that opens `SQLite`: here it is a stranger's file, read as every other
//! database is, and never written.

mod fault;
mod schema;
mod watch;

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Statement};

use super::super::{
    Answered, Ask, Blank, Block, FieldType, FoundStream, Request, System, SystemError, SystemFault, block,
};
use super::blocks::{Blocks, Cell};
use super::moment::Form;
use super::name::Style;
use super::plan::{Column, Plan, reference, source, wanted};
use super::{Amount, Question};
use crate::{Cursor, Preview, ReadEnd};
use watch::Watch;

const STYLE: Style = Style::Sqlite;

/// How long `SQLite` itself waits for another program's lock before the wish to stop is looked at again.
const BUSY: Duration = Duration::from_millis(100);

/// A `SQLite` file.
pub(super) struct Sqlite {
    path: PathBuf,
}

impl Sqlite {
    pub(super) fn new(path: &str) -> Self {
        Self { path: path.into() }
    }

    /// Opens the file and begins a transaction that reads one state of it.
    fn begin(&self, ask: &Ask<'_>) -> Result<Connection, SystemError> {
        ask.go_on()?;
        // Not `immutable`: its own program may write at any time.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(&self.path, flags);
        let connection = opened.map_err(|error| self.fault(&error, None, ask))?;
        let prepared = connection.busy_timeout(BUSY).and_then(|()| {
            connection.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; BEGIN")
        });
        prepared.map_err(|error| self.fault(&error, None, ask))?;
        let began = std::time::Instant::now();
        loop {
            // The first look fixes the state that all others see.
            let looked = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
            let Err(error) = looked else { return Ok(connection) };
            let error = self.fault(&error, None, ask);
            let is_locked = matches!(error.fault, SystemFault::Busy { .. });
            if !is_locked || began.elapsed() >= ask.timeout {
                return Err(error);
            }
            ask.wait(BUSY)?;
        }
    }

    /// Opens the file, watches over the time, and tells the trail of what could not be opened.
    fn converse<T>(
        &self,
        ask: &Ask<'_>,
        work: impl FnOnce(&Connection, &Watch) -> Result<T, SystemError>,
    ) -> Result<T, SystemError> {
        let blank = Blank::default();
        let text = format!("open {}", self.path.display());
        let question = Question::new(ask, &blank, &text);
        let opened = self.begin(ask);
        question.told(&opened, Amount::default());
        let connection = opened?;
        Watch::over(&connection, ask, |watch| work(&connection, watch))
    }

    fn fault(&self, error: &rusqlite::Error, request: Option<&Request>, ask: &Ask<'_>) -> SystemError {
        fault::fault(&self.path, error, request, ask)
    }

    fn columns(
        &self,
        connection: &Connection,
        request: &Request,
        ask: &Ask<'_>,
    ) -> Result<Vec<Column>, SystemError> {
        let wanted: Vec<String> = wanted(request).iter().map(|name| reference(STYLE, name)).collect();
        let wanted = if wanted.is_empty() { "*".to_owned() } else { wanted.join(", ") };
        let wrong = |error: rusqlite::Error| self.fault(&error, Some(request), ask);
        let text = format!("SELECT {wanted} FROM {} LIMIT 0", source(STYLE, &request.what));
        let statement = connection.prepare(&text).map_err(wrong)?;
        let mut columns = Vec::new();
        for given in statement.columns() {
            let kind = schema::field_type(given.decl_type().unwrap_or_default());
            let mut column = Column::plain(STYLE, given.name(), kind);
            let is_bound = request.range.is_some()
                && request.cursor.as_ref().is_some_and(|by| by.field.eq_ignore_ascii_case(given.name()));
            if is_bound {
                column.form = sample(connection, request, given.name()).map_err(wrong)?;
            }
            columns.push(column);
        }
        Ok(columns)
    }

    fn rows(
        &self,
        request: &Request,
        from: &Cursor,
        limit: Option<u64>,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        self.converse(ask, |connection, watch| {
            let columns = self.columns(connection, request, ask)?;
            let plan = Plan::new(STYLE, request, &columns, from, limit)?;
            // Whoever takes a block may take their time: that is no silence of the file.
            let mut take = |block| {
                watch.pause();
                let flow = take(block);
                watch.is_alive();
                flow
            };
            let mut blocks = Blocks::new(request, &plan, &mut take);
            let blank = Blank::default();
            for (phase, text) in &plan.statements {
                blocks.begin(*phase);
                let question = Question::new(ask, &blank, text);
                let before = blocks.rows();
                let given = connection
                    .prepare(text)
                    .map_err(|error| self.fault(&error, Some(request), ask))
                    .and_then(|statement| self.give(statement, request, &plan, &mut blocks, (ask, watch)));
                question.told(&given, Amount { bytes: 0, rows: blocks.rows() - before });
                if given?.is_break() {
                    return Ok(ReadEnd::Stopped);
                }
            }
            blocks.finish()
        })
    }

    fn give(
        &self,
        mut statement: Statement<'_>,
        request: &Request,
        plan: &Plan,
        blocks: &mut Blocks<'_>,
        (ask, watch): (&Ask<'_>, &Watch),
    ) -> Result<ControlFlow<()>, SystemError> {
        let wrong = |error: rusqlite::Error| self.fault(&error, Some(request), ask);
        let is_boolean: Vec<bool> =
            plan.fields.iter().map(|field| field.kind == FieldType::Boolean).collect();
        let marks = plan.marks.len();
        let mut cells: Vec<Vec<u8>> = vec![Vec::new(); marks + plan.fields.len()];
        let mut rows = statement.query([]).map_err(wrong)?;
        loop {
            ask.go_on()?;
            watch.is_alive();
            let Some(row) = rows.next().map_err(wrong)? else { return Ok(ControlFlow::Continue(())) };
            let mut kinds = [None, None];
            for (at, cell) in cells.iter_mut().enumerate() {
                let value = row.get_ref(at).map_err(wrong)?;
                let is_boolean = at >= marks && is_boolean.get(at - marks).copied().unwrap_or_default();
                write(cell, value, is_boolean);
                if let (true, Some(kind)) = (at < marks, kinds.get_mut(at)) {
                    *kind = match value {
                        ValueRef::Null => None,
                        ValueRef::Integer(_) | ValueRef::Real(_) => Some(true),
                        ValueRef::Text(_) | ValueRef::Blob(_) => Some(false),
                    };
                }
            }
            let (own, shown) = cells.split_at(marks);
            let mark = |at: usize| {
                let is_number = kinds.get(at).copied().flatten()?;
                own.get(at).map(|text| Cell { text, is_number })
            };
            if blocks.row(mark(0), mark(1), |builder| builder.push(shown))?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
}

/// How the field of a range writes its moments: `SQLite` itself has no such type.
fn sample(connection: &Connection, request: &Request, field: &str) -> rusqlite::Result<Option<Form>> {
    let place = reference(STYLE, field);
    let text =
        format!("SELECT {place} FROM {} WHERE {place} IS NOT NULL LIMIT 1", source(STYLE, &request.what));
    let mut statement = connection.prepare(&text)?;
    let mut rows = statement.query([])?;
    let form = match rows.next()? {
        Some(row) => row.get_ref(0)?.as_str().ok().and_then(Form::of).map(|(_, form)| form),
        // Nothing is there, and every form finds it.
        None => Some(Form::day()),
    };
    Ok(form)
}

/// A value as a cell.
fn write(cell: &mut Vec<u8>, value: ValueRef<'_>, is_boolean: bool) {
    use std::io::Write as _;
    cell.clear();
    // Writing to memory does not fail.
    let _ = match value {
        ValueRef::Null => Ok(()),
        ValueRef::Integer(0) if is_boolean => cell.write_all(b"false"),
        ValueRef::Integer(1) if is_boolean => cell.write_all(b"true"),
        ValueRef::Integer(number) => write!(cell, "{number}"),
        ValueRef::Real(number) => write!(cell, "{number}"),
        ValueRef::Text(text) => cell.write_all(String::from_utf8_lossy(text).as_bytes()),
        ValueRef::Blob(bytes) => bytes.iter().try_for_each(|byte| write!(cell, "{byte:02x}")),
    };
}

impl System for Sqlite {
    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError> {
        self.converse(ask, |connection, _| {
            let damaged = |error: rusqlite::Error| self.fault(&error, None, ask);
            let version: String =
                connection.query_row("SELECT sqlite_version()", [], |row| row.get(0)).map_err(damaged)?;
            Ok(Answered { product: format!("SQLite {version}"), notes: Vec::new() })
        })
    }

    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        self.converse(ask, |connection, watch| {
            let blank = Blank::default();
            let question = Question::new(ask, &blank, schema::STREAMS);
            let found = schema::streams(connection, ask, watch, |error| self.fault(error, None, ask));
            question.told(&found, Amount::default());
            found
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
