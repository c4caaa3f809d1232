//! What a stream wants to know of its system: the fewest fields that its mapping needs.

use plaza_connect::system::{CursorField, Range, Request, What};

use crate::error::{EngineError, Result};
use crate::integration::{Delivery, FieldTable, Integration, Stream};

/// Minutes that the next question goes back where nobody says otherwise: longer than any transaction should take.
const OVERLAP_MINUTES: u32 = 15;

/// Rows per page where nobody says otherwise.
const PAGE_ROWS: u32 = 1_000;

/// A question with its fingerprint: another fingerprint is another question, whose answer begins anew.
pub(crate) struct Question {
    pub(super) request: Request,
    pub(crate) fingerprint: Vec<u8>,
}

impl Question {
    /// What a stream asks; nothing where its rows are in files.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] where the definition contradicts itself.
    pub(crate) fn of(integration: &Integration, stream: &Stream) -> Result<Option<Self>> {
        let Some(from) = &stream.from else { return Ok(None) };
        let invalid = |reason: &str| EngineError::invalid(format!("stream {}", stream.name), reason);
        let what = match (&from.name, &from.query) {
            (Some(name), None) => What::Named(name.clone()),
            (None, Some(query)) => What::Query(query.clone()),
            _ => return Err(invalid("“from” needs either a name or a query")),
        };
        if from.cursor.is_some() && stream.delivery == Delivery::Snapshot {
            return Err(invalid(
                "with a cursor only what changed is asked for, so its delivery is an increment, not a snapshot",
            ));
        }
        let mut fields: Vec<String> = stream.fields.values().filter_map(column).collect();
        fields.extend(from.cursor.iter().chain(&from.key).cloned());
        fields.sort();
        fields.dedup();
        let cursor = from.cursor.clone().map(|field| CursorField {
            field,
            key: from.key.clone(),
            overlap_seconds: from.overlap_minutes.unwrap_or(OVERLAP_MINUTES) * 60,
        });
        let page_rows = from.page_rows.unwrap_or(PAGE_ROWS).max(1);
        let request = Request { what, fields, cursor, range: None, page_rows };
        let connection = serde_json::to_string(&integration.connection).unwrap_or_default();
        let mut hasher = blake3::Hasher::new();
        hasher.update(connection.as_bytes());
        hasher.update(format!("{:?} {:?} {:?}", request.what, request.fields, request.cursor).as_bytes());
        Ok(Some(Self { request, fingerprint: hasher.finalize().as_bytes()[..16].to_vec() }))
    }

    /// The same question for a stretch of time alone; none where nothing tells when rows changed. It is another question,
    /// so where the usual one goes on is neither used nor moved.
    pub(super) fn within(mut self, range: Range) -> Option<Self> {
        self.request.cursor.as_ref()?;
        self.request.range = Some(range);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.fingerprint);
        hasher
            .update(format!("{} {}", range.from.timestamp_millis(), range.to.timestamp_millis()).as_bytes());
        self.fingerprint = hasher.finalize().as_bytes()[..16].to_vec();
        Some(self)
    }

    /// Whether an answer that broke off can be gone on with.
    pub(super) const fn goes_on(&self) -> bool {
        self.request.cursor.is_some()
    }

    /// The columns of its answer.
    pub(super) fn columns(&self) -> Vec<String> {
        self.request.fields.clone()
    }
}

fn column(field: &FieldTable) -> Option<String> {
    match field {
        FieldTable::Column(column) => Some(column.clone()),
        FieldTable::Read(read) => read.column.clone(),
    }
}

/// A stream's name as a file's name: letters and digits stay.
pub(super) fn file_name(stream: &str) -> String {
    let plain: String =
        stream.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    // Two names that become one are told apart.
    format!("{plain}-{}", &blake3::hash(stream.as_bytes()).to_hex()[..6])
}
