//! What is asked of a system, and what a system says it has.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One stream to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is read.
    pub what: What,
    /// The fields wanted, in the order of the columns of a [`Block`](super::Block): the fewest that the mapping needs.
    /// Empty for all.
    pub fields: Vec<String>,
    /// What only grows, so that the next read can go on; none where every read takes everything.
    pub cursor: Option<CursorField>,
    /// Only these values of the cursor field: a backfill. The stored cursor is neither used nor moved.
    pub range: Option<Range>,
    /// Rows per block, and per page where the system gives pages.
    pub page_rows: u32,
}

/// Rows per page where nobody says otherwise: large enough that the wire is used, small enough for a weak server.
pub(super) const PAGE_ROWS: u32 = 1_000;

impl Request {
    /// Everything of `what`.
    pub fn all(what: What) -> Self {
        Self { what, fields: Vec::new(), cursor: None, range: None, page_rows: PAGE_ROWS }
    }
}

/// What is read of a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A stream by the name that the system gives it: a table (`public.orders`), an entity set, a model, a tap's stream,
    /// or the path of a web address.
    Named(String),
    /// A query in the system's own language (SQL only).
    Query(String),
}

impl What {
    /// The name, or the text of the query, for people.
    pub fn text(&self) -> &str {
        match self {
            Self::Named(text) | Self::Query(text) => text,
        }
    }
}

/// How a read goes on where the last one ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CursorField {
    /// A field that grows with every change of a row (a change time), or with every new row (a running number).
    pub field: String,
    /// A field that tells rows of one cursor value apart, so that a page can end between them.
    pub key: Option<String>,
    /// How far behind its last value the next read begins, seconds: rows that were written late, by clocks that differ
    /// or by long transactions. Only for change times.
    pub overlap_seconds: u32,
}

/// A stretch of time, its end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first moment.
    pub from: DateTime<Utc>,
    /// The first moment that is not meant any more.
    pub to: DateTime<Utc>,
}

/// A stream that a system offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundStream {
    /// As [`What::Named`] takes it.
    pub name: String,
    /// What people call it there, where the system says.
    pub label: Option<String>,
    /// Its fields, in the system's order.
    pub fields: Vec<FoundField>,
    /// Rows, where the system knows without counting; an estimate.
    pub rows: Option<u64>,
}

/// A field of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundField {
    /// Its name, as a request takes it.
    pub name: String,
    /// What people call it there, where the system says.
    pub label: Option<String>,
    /// What it holds.
    pub kind: FieldType,
    /// It tells rows apart, alone or with others.
    pub is_key: bool,
}

/// What a field holds, as far as Plaza makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    /// Words, names, codes.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers with decimals.
    Decimal,
    /// Days.
    Date,
    /// Moments.
    Timestamp,
    /// Yes or no.
    Boolean,
    /// Something that no journey field takes: structures, pictures.
    Other,
}
