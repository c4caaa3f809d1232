//! What a system offers to a draft: whether it is there, its streams with their fields, and the first rows of those
//! that were chosen.

use plaza_connect::system::{FieldType, FoundField, FoundStream};
use serde::{Deserialize, Serialize};

use super::integration::TableReport;

/// What the wizard asks a system.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OfferQuestion {
    /// Is it there, and does it take the secrets?
    Check,
    /// What does it offer?
    Discover,
    /// The first rows of a stream of the draft.
    Excerpt {
        /// The stream's name in the draft.
        stream: String,
    },
}

/// What it answered.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OfferAnswer {
    /// It is there.
    Check {
        /// What it says it is.
        product: String,
        /// What a person should know, in words.
        notes: Vec<String>,
    },
    /// Its streams, those that a person is likely to want first.
    Discover {
        /// The streams.
        streams: Vec<OfferedStream>,
    },
    /// The first rows are there and can be looked at.
    Excerpt {
        /// How many came.
        rows: u32,
    },
}

/// A stream that a system offers.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OfferedStream {
    /// By the system's own name.
    pub name: String,
    /// What people call it there.
    pub label: Option<String>,
    /// Rows, about, where the system knows without counting.
    pub rows: Option<f64>,
    /// Its fields, in the system's order.
    pub fields: Vec<OfferedField>,
}

/// A field of a stream.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OfferedField {
    /// By the system's own name.
    pub name: String,
    /// What people call it there.
    pub label: Option<String>,
    /// `text`, `integer`, `decimal`, `date`, `timestamp`, `boolean`, `other`.
    pub kind: String,
    /// It tells rows apart, alone or with others.
    pub is_key: bool,
}

/// The first rows of a stream of a draft.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Excerpt {
    /// The stream's name in the draft.
    pub stream: String,
    /// Its columns, as they are found in files; the path is the stream's name at the system, or its query.
    pub table: TableReport,
    /// Ten rows as they came, each with a cell for each column.
    pub rows: Vec<Vec<String>>,
}

impl From<FoundStream> for OfferedStream {
    fn from(found: FoundStream) -> Self {
        let rows = found.rows.map(|rows| rows as f64);
        let fields = found.fields.into_iter().map(OfferedField::from).collect();
        Self { name: found.name, label: found.label, rows, fields }
    }
}

impl From<FoundField> for OfferedField {
    fn from(found: FoundField) -> Self {
        let kind = match found.kind {
            FieldType::Text => "text",
            FieldType::Integer => "integer",
            FieldType::Decimal => "decimal",
            FieldType::Date => "date",
            FieldType::Timestamp => "timestamp",
            FieldType::Boolean => "boolean",
            FieldType::Other => "other",
        };
        Self { name: found.name, label: found.label, kind: kind.to_owned(), is_key: found.is_key }
    }
}
