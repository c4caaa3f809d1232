//! What every kind of source can do.

use std::fmt;
use std::ops::ControlFlow;
use std::str::FromStr;

use plaza_domain::cell::{ColumnProfile, PlausibleYears};

use crate::{ConnectError, DamagedRow, Note, Page};

/// Where rows come from. Every kind passes the same contract (`tests/contract.rs`):
///
/// - `check` is quick and changes nothing at the source;
/// - `discover` names the streams, their columns, and what a whole column tells;
/// - `preview` gives the first rows that `read` would give;
/// - `read` gives pages of bounded size; the same cursor gives the same rows while the source is unchanged,
///   and the cursor after a page goes on exactly behind it;
/// - whoever takes the pages may stop at any of them, and nothing is read ahead without bound.
pub trait Source {
    /// The kind of source, a word that never changes: `csv`, `xlsx`.
    fn kind(&self) -> &'static str;

    /// Whether the source answers and is what it should be.
    ///
    /// # Errors
    /// Why it cannot be used.
    fn check(&self) -> Result<Checked, ConnectError>;

    /// The streams of the source, each looked at as a whole. `progress` is told how many rows were looked at
    /// and may stop the search; what was found until then is given. `years` are those in which a date can be
    /// meant.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn discover(
        &self,
        years: PlausibleYears,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Vec<Stream>, ConnectError>;

    /// The first `rows` rows of a stream.
    ///
    /// # Errors
    /// `NoStream`, or why it cannot be read.
    fn preview(&self, stream: &str, rows: usize) -> Result<Preview, ConnectError>;

    /// Reads a stream from a cursor on. `take` is given one page after the other and may stop.
    ///
    /// # Errors
    /// `NoStream`, `BadCursor`, or why it cannot be read.
    fn read(
        &self,
        stream: &str,
        from: &Cursor,
        take: &mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Result<ReadEnd, ConnectError>;
}

/// A source that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The names of its streams.
    pub streams: Vec<String>,
    /// What was guessed about it.
    pub notes: Vec<Note>,
}

/// A stream as found.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// Its name: a sheet's name, or the file's name for CSV.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Rows that can be used.
    pub rows: u64,
    /// Rows that cannot.
    pub damaged_rows: u64,
    /// The first of them.
    pub damaged: Vec<DamagedRow>,
    /// Blank rows, which are passed over.
    pub blank_rows: u64,
    /// What was guessed or had to be done.
    pub notes: Vec<Note>,
    /// The search was stopped before the end.
    pub is_partial: bool,
}

/// A column as found.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name, different from those of the others.
    pub name: String,
    /// What its cells tell.
    pub profile: ColumnProfile,
}

/// The first rows of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// Row number and cells.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Rows among them that cannot be used.
    pub damaged: Vec<DamagedRow>,
}

/// How a reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadEnd {
    /// All rows were given.
    Complete,
    /// Whoever took the pages stopped.
    Stopped,
}

/// A position in a stream, as its source writes it. Only the source that gave it can read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// The position before the first row.
    pub const fn start() -> Self {
        Self(String::new())
    }

    /// The position behind a row, for sources that number their rows.
    pub fn after_row(row: u64) -> Self {
        Self(format!("row {row}"))
    }

    /// The number of the row that this position is behind; nought at the start.
    ///
    /// # Errors
    /// `BadCursor` where it is no such position.
    pub fn row(&self) -> Result<u64, ConnectError> {
        if self.0.is_empty() {
            return Ok(0);
        }
        let row = self.0.strip_prefix("row ").and_then(|row| row.parse().ok());
        row.ok_or_else(|| ConnectError::BadCursor { cursor: self.0.clone() })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Cursor {
    type Err = std::convert::Infallible;
    /// Takes any text: only its source can tell whether it is a position.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.into()))
    }
}
