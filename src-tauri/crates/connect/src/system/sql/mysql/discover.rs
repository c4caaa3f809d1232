//! What a `MySQL` server has, from its information schema: no table is opened.

use super::super::super::{FieldType, FoundField, FoundStream};
use super::super::STREAMS_MAX;
use super::super::name::joined;

/// What the user may do.
pub(super) const GRANTS: &str = "SHOW GRANTS";

/// Every column that the user may read: table, what people call it, rows as the server estimates them, column, what
/// people call it, type, key. The largest tables first, views last.
pub(super) const COLUMNS: &str = "\
SELECT t.TABLE_NAME, CASE t.TABLE_TYPE WHEN 'VIEW' THEN '' ELSE t.TABLE_COMMENT END, t.TABLE_ROWS,
    c.COLUMN_NAME, c.COLUMN_COMMENT, c.COLUMN_TYPE, c.COLUMN_KEY
FROM information_schema.TABLES AS t
JOIN information_schema.COLUMNS AS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
WHERE t.TABLE_SCHEMA = DATABASE() AND FIND_IN_SET('select', c.PRIVILEGES) > 0
ORDER BY t.TABLE_ROWS IS NULL, t.TABLE_ROWS DESC, t.TABLE_NAME, c.ORDINAL_POSITION";

/// Product and version of what `VERSION()` says.
pub(super) fn product(version: &str) -> String {
    let number = version.split('-').next().unwrap_or(version);
    if version.contains("MariaDB") { format!("MariaDB {number}") } else { format!("MySQL {number}") }
}

/// Rights that change something, among those of [`GRANTS`].
pub(super) fn rights_to_write(grants: &[Vec<Option<String>>]) -> Vec<&'static str> {
    const WRITE: &[&str] =
        &["ALL PRIVILEGES", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "SUPER", "FILE"];
    let mut found = Vec::new();
    for grant in grants.iter().flatten().flatten() {
        let rights = grant.strip_prefix("GRANT ").and_then(|rest| rest.split_once(" ON "));
        let rights: Vec<&str> = rights.map_or("", |(rights, _)| rights).split(',').map(str::trim).collect();
        for right in WRITE {
            if rights.contains(right) && !found.contains(right) {
                found.push(*right);
            }
        }
    }
    found
}

/// Streams of the rows of [`COLUMNS`].
pub(super) fn streams(rows: &[Vec<Option<String>>]) -> Vec<FoundStream> {
    let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let mut streams: Vec<FoundStream> = Vec::new();
    for row in rows {
        let [Some(table), label, estimate, Some(field), field_label, Some(kind), key] = row.as_slice() else {
            continue;
        };
        let name = joined(&[table]);
        if streams.last().is_none_or(|last| last.name != name) {
            if streams.len() == STREAMS_MAX {
                break;
            }
            let rows = estimate.as_ref().and_then(|estimate| estimate.parse().ok());
            streams.push(FoundStream { name, label: some(label), fields: Vec::new(), rows });
        }
        let found = FoundField {
            name: field.clone(),
            label: some(field_label),
            kind: field_type(kind),
            is_key: key.as_deref() == Some("PRI"),
        };
        if let Some(last) = streams.last_mut() {
            last.fields.push(found);
        }
    }
    streams
}

fn field_type(declared: &str) -> FieldType {
    let declared = declared.to_ascii_lowercase();
    let word = declared.split(|sign: char| !sign.is_ascii_alphanumeric()).next().unwrap_or_default();
    match word {
        "tinyint" if declared.starts_with("tinyint(1)") => FieldType::Boolean,
        "bit" if declared.starts_with("bit(1)") => FieldType::Boolean,
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "year" | "bit" => FieldType::Integer,
        "decimal" | "float" | "double" => FieldType::Decimal,
        "date" => FieldType::Date,
        "datetime" | "timestamp" => FieldType::Timestamp,
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set" | "time"
        | "uuid" => FieldType::Text,
        _ => FieldType::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_and_rights_are_told() {
        assert_eq!(product("10.11.19-MariaDB-0+deb12u1"), "MariaDB 10.11.19");
        assert_eq!(product("8.0.36-0ubuntu0.22.04.1"), "MySQL 8.0.36");
        let grants = |lines: &[&str]| -> Vec<Vec<Option<String>>> {
            lines.iter().map(|line| vec![Some((*line).to_owned())]).collect()
        };
        let only_reads = grants(&[
            "GRANT USAGE ON *.* TO `kpi`@`%` IDENTIFIED BY PASSWORD '*DELETE, INSERT'",
            "GRANT SELECT, SHOW VIEW ON `erp`.* TO `kpi`@`%`",
        ]);
        assert!(rights_to_write(&only_reads).is_empty());
        let writes = grants(&["GRANT SELECT, INSERT, DELETE ON `erp`.* TO `kpi`@`%`"]);
        assert_eq!(rights_to_write(&writes), ["INSERT", "DELETE"]);
    }
}
