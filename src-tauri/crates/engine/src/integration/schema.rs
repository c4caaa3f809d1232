//! What happens where a file has other columns than the one before.

use serde::{Deserialize, Serialize};

/// What happens where a column changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SchemaPolicy {
    /// It is taken as it is, said once, and what later files are compared with.
    Accept,
    /// Nothing of the file is taken, until it is mended or a person allows it.
    Stop,
    /// Rows that have a value there wait in quarantine; where the column is missing all of them.
    DropRow,
    /// The column counts as empty, and every run says so.
    DropValue,
}

/// What happens to changed columns, by how they changed. Everything absent is as built in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SchemaTable {
    /// A column that the last file did not have; `accept` where absent. It is not read until it is mapped, so there is no
    /// value to drop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<SchemaPolicy>,
    /// A mapped column that is gone; `stop` where absent. Without its key a row is another one: columns of order, line and
    /// row key always stop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<SchemaPolicy>,
    /// A mapped column most of whose cells are of another type than most were (dates, numbers, words); `stop` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retyped: Option<SchemaPolicy>,
}

impl SchemaTable {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// What happens to a new column.
    pub fn of_new(&self) -> SchemaPolicy {
        self.new.unwrap_or(SchemaPolicy::Accept)
    }

    /// What happens where a mapped column is missing.
    pub fn of_missing(&self) -> SchemaPolicy {
        self.missing.unwrap_or(SchemaPolicy::Stop)
    }

    /// What happens to a mapped column of another type.
    pub fn of_retyped(&self) -> SchemaPolicy {
        self.retyped.unwrap_or(SchemaPolicy::Stop)
    }
}
