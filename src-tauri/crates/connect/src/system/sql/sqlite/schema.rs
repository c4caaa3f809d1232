//! What a `SQLite` file has, from its schema: no row is read.

use rusqlite::{Connection, Error};

use super::super::super::{Ask, FieldType, FoundField, FoundStream, SystemError};
use super::super::STREAMS_MAX;
use super::super::name::joined;
use super::watch::Watch;

/// Tables and views.
pub(super) const STREAMS: &str = "\
SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
ORDER BY name";

const FIELDS: &str = "SELECT name, type, pk FROM pragma_table_xinfo(?1) WHERE hidden <> 1";

/// Rows as `ANALYZE` counted them once: the first number of each line.
const ESTIMATES: &str = "SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = ?1";

/// The streams of the file, the largest first, views and those of unknown size behind them.
pub(super) fn streams(
    connection: &Connection,
    ask: &Ask<'_>,
    watch: &Watch,
    fault: impl Fn(&Error) -> SystemError,
) -> Result<Vec<FoundStream>, SystemError> {
    let names = names(connection).map_err(|error| fault(&error))?;
    // There is no such table in a file that was never analysed.
    let mut estimates = connection.prepare(ESTIMATES).ok();
    let mut streams = Vec::new();
    for (name, is_table) in names.into_iter().take(STREAMS_MAX) {
        ask.go_on()?;
        watch.is_alive();
        let rows = estimates.as_mut().filter(|_| is_table).and_then(|statement| {
            let estimate = statement.query_row([&name], |row| row.get::<_, Option<i64>>(0)).ok().flatten();
            estimate.and_then(|rows| u64::try_from(rows).ok())
        });
        // A view over a table that is gone has no fields to show; it is still there.
        let fields = fields(connection, &name).unwrap_or_default();
        streams.push((is_table, FoundStream { name: joined(&[&name]), label: None, fields, rows }));
    }
    streams.sort_by_key(|(is_table, stream)| (std::cmp::Reverse(stream.rows), !is_table));
    Ok(streams.into_iter().map(|(_, stream)| stream).collect())
}

fn names(connection: &Connection) -> rusqlite::Result<Vec<(String, bool)>> {
    let mut statement = connection.prepare(STREAMS)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)? == "table")))?;
    rows.collect()
}

fn fields(connection: &Connection, stream: &str) -> rusqlite::Result<Vec<FoundField>> {
    let mut statement = connection.prepare(FIELDS)?;
    let rows = statement.query_map([stream], |row| {
        let kind: Option<String> = row.get(1)?;
        Ok(FoundField {
            name: row.get(0)?,
            label: None,
            kind: field_type(kind.as_deref().unwrap_or_default()),
            is_key: row.get::<_, i64>(2)? > 0,
        })
    })?;
    rows.collect()
}

/// What a column of a declared type is likely to hold. `SQLite` holds nobody to it.
pub(super) fn field_type(declared: &str) -> FieldType {
    let declared = declared.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    if has(&["BOOL"]) {
        FieldType::Boolean
    } else if has(&["DATETIME", "TIMESTAMP"]) {
        FieldType::Timestamp
    } else if has(&["DATE"]) {
        FieldType::Date
    } else if has(&["INT"]) {
        FieldType::Integer
    } else if has(&["REAL", "FLOA", "DOUB", "NUM", "DEC"]) {
        FieldType::Decimal
    } else if has(&["BLOB"]) {
        FieldType::Other
    } else {
        FieldType::Text
    }
}
