//! What a known system has for a journey: streams, their fields and what these mean, as data from which an integration
//! is made.

use plaza_domain::record::{Field, Status};

use super::{CursorField, What};

/// A stream of a known system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetStream {
    /// What its rows are: `lines`, `moves`.
    pub name: &'static str,
    /// What is read.
    pub what: What,
    /// How a read goes on.
    pub cursor: CursorField,
    /// The fewest fields, with what they mean.
    pub fields: Vec<PresetField>,
}

impl PresetStream {
    /// The columns to ask for, each once.
    pub fn columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = Vec::new();
        for field in &self.fields {
            if !columns.iter().any(|known| known == field.column) {
                columns.push(field.column.to_owned());
            }
        }
        columns
    }
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresetField {
    /// The column: a field of the model, or a path.
    pub column: &'static str,
    /// What it means.
    pub field: Field,
    /// The system's words for a status, with what they mean; nothing for other fields.
    pub words: &'static [(&'static str, Status)],
}

/// A column that means this.
pub(super) const fn column(field: Field, column: &'static str) -> PresetField {
    PresetField { column, field, words: &[] }
}

/// A column with a status.
pub(super) const fn status(column: &'static str, words: &'static [(&'static str, Status)]) -> PresetField {
    PresetField { column, field: Field::Status, words }
}

/// Changes are read with an overlap of five minutes: longer than a transaction of a person's work takes.
pub(super) fn stream(name: &'static str, what: &str, fields: Vec<PresetField>) -> PresetStream {
    let cursor = CursorField { field: "write_date".into(), key: Some("id".into()), overlap_seconds: 300 };
    PresetStream { name, what: What::Named(what.into()), cursor, fields }
}
