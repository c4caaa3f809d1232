//! Where a read is, in a form that outlasts a crash.

use serde::{Deserialize, Serialize};

use super::json::{HASH, hash};
use crate::Cursor;
use crate::system::{Request, SystemError, SystemFault};

/// Which page is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Spot {
    /// The one that is given without more.
    First,
    /// By its number.
    Page(u64),
    /// By the rows before it.
    Offset(u64),
    /// By the mark that the page before gave.
    Mark(String),
    /// By its address.
    Address(String),
}

/// Where a read is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Position {
    /// Of which request.
    pub(super) of: String,
    /// The value of the cursor field from which it reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The last value that it saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    /// The page that comes next; none where it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Spot>,
    /// The page before, and what tells it from others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<(Spot, u64)>,
    /// Rows of the next page that were given already.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub given: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde gives it
fn is_nought(rows: &usize) -> bool {
    *rows == 0
}

impl Position {
    /// Where `from` is.
    ///
    /// # Errors
    /// [`SystemFault::BadCursor`].
    pub(super) fn parse(from: &Cursor, request: &Request) -> Result<Self, SystemError> {
        let of = fingerprint("http", request);
        let text = from.to_string();
        if text.is_empty() {
            return Ok(Self { of, since: None, latest: None, next: None, before: None, given: 0 });
        }
        let position: Self = serde_json::from_str(&text).map_err(|_| SystemFault::BadCursor)?;
        if position.of == of { Ok(position) } else { Err(SystemFault::BadCursor.into()) }
    }

    /// As text.
    pub(super) fn cursor(&self) -> Result<Cursor, SystemError> {
        written(self)
    }

    /// The position at the end of the read.
    pub(super) fn ended(&self) -> Self {
        let since = self.latest.clone().or_else(|| self.since.clone());
        Self { since, latest: None, next: None, before: None, given: 0, of: self.of.clone() }
    }
}

/// A position as text.
pub(crate) fn written(position: &impl Serialize) -> Result<Cursor, SystemError> {
    let text = serde_json::to_string(position).map_err(|_| SystemFault::Local)?;
    text.parse().map_err(|_| SystemFault::Local.into())
}

/// What tells requests apart whose positions must not be mixed up. Not the fields: one more of them moves nothing.
pub(crate) fn fingerprint(kind: &str, request: &Request) -> String {
    let mut parts = vec![kind, request.what.text()];
    if let Some(cursor) = &request.cursor {
        parts.push(&cursor.field);
        parts.extend(cursor.key.as_deref());
    }
    let range = request
        .range
        .map(|range| format!("{} {}", range.from.timestamp_millis(), range.to.timestamp_millis()));
    parts.extend(range.as_deref());
    let all = parts.iter().fold(HASH, |sum, part| hash(b"\0", hash(part.as_bytes(), sum)));
    format!("{all:016x}")
}
