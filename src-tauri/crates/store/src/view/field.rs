//! Tables with one row for each field of each thing: the last writer (or the first one) wins per field.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::act::Rank;
use super::{View, to_json};
use crate::error::Result;

/// A table of fields.
#[derive(Clone, Copy)]
pub(super) enum Table {
    Department,
    Person,
}

/// The fields of one thing, as JSON, with the rank of their writers.
pub(super) type Fields = BTreeMap<String, (String, Rank)>;

impl Table {
    const fn last_wins(self) -> &'static str {
        match self {
            Self::Department => {
                "INSERT INTO view_department (key, field, value, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key, field) \
                 DO UPDATE SET value = excluded.value, at = excluded.at WHERE excluded.at > view_department.at"
            }
            Self::Person => {
                "INSERT INTO view_person (key, field, value, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key, field) \
                 DO UPDATE SET value = excluded.value, at = excluded.at WHERE excluded.at > view_person.at"
            }
        }
    }

    const fn all(self) -> &'static str {
        match self {
            Self::Department => "SELECT key, field, value, at FROM view_department",
            Self::Person => "SELECT key, field, value, at FROM view_person",
        }
    }
}

/// Sets a field: the last writer wins.
pub(super) fn set<T: serde::Serialize>(
    connection: &Connection,
    table: Table,
    rank: Rank,
    key: &str,
    (field, value): (&str, Option<&T>),
) -> Result<()> {
    let Some(value) = value else { return Ok(()) };
    let value = to_json("a field", value)?;
    connection.prepare_cached(table.last_wins())?.execute(params![key, field, value, rank])?;
    Ok(())
}

impl View<'_> {
    /// All things of a table with their fields, in order of their keys.
    pub(super) fn fields(&self, table: Table) -> Result<BTreeMap<String, Fields>> {
        let mut statement = self.connection.prepare_cached(table.all())?;
        let mut rows = statement.query([])?;
        let mut things: BTreeMap<String, Fields> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            things.entry(row.get(0)?).or_default().insert(row.get(1)?, (row.get(2)?, row.get(3)?));
        }
        Ok(things)
    }
}
