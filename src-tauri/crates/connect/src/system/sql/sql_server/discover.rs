//! What a SQL Server has, from its catalogue: no table is opened.

use super::super::super::{FieldType, FoundField, FoundStream};
use super::super::STREAMS_MAX;
use super::super::moment::Form;
use super::super::name::joined;
use super::super::plan::{Column, reference};
use super::STYLE;

/// Version; whether the user may write anywhere in the database.
pub(super) const CHECK: &str = "\
SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(40)),
    CAST(CASE WHEN HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'INSERT') = 1
        OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'UPDATE') = 1
        OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'DELETE') = 1 THEN 1 ELSE 0 END AS nvarchar(1))";

/// Every column that the user may see: schema, table, rows, column, type, key. The largest tables first, views last.
pub(super) const COLUMNS: &str = "\
SELECT s.name, o.name, CAST(p.rows AS nvarchar(20)), c.name, TYPE_NAME(c.system_type_id),
    CAST(CASE WHEN k.column_id IS NULL THEN 0 ELSE 1 END AS nvarchar(1))
FROM sys.objects AS o
JOIN sys.schemas AS s ON s.schema_id = o.schema_id
JOIN sys.columns AS c ON c.object_id = o.object_id
LEFT JOIN (SELECT object_id, SUM(rows) AS rows FROM sys.partitions WHERE index_id IN (0, 1) GROUP BY object_id) AS p
    ON p.object_id = o.object_id
LEFT JOIN sys.indexes AS i ON i.object_id = o.object_id AND i.is_primary_key = 1
LEFT JOIN sys.index_columns AS k
    ON k.object_id = o.object_id AND k.index_id = i.index_id AND k.column_id = c.column_id
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
ORDER BY CASE WHEN p.rows IS NULL THEN 1 ELSE 0 END, p.rows DESC, s.name, o.name, c.column_id";

/// Streams of the rows of [`COLUMNS`].
pub(super) fn streams(rows: &[Vec<Option<String>>]) -> Vec<FoundStream> {
    let mut streams: Vec<FoundStream> = Vec::new();
    for row in rows {
        let [Some(schema), Some(table), estimate, Some(field), kind, key] = row.as_slice() else { continue };
        let name = joined(&[schema, table]);
        if streams.last().is_none_or(|last| last.name != name) {
            if streams.len() == STREAMS_MAX {
                break;
            }
            let rows = estimate.as_ref().and_then(|estimate| estimate.parse().ok());
            streams.push(FoundStream { name, label: None, fields: Vec::new(), rows });
        }
        let found = FoundField {
            name: field.clone(),
            label: None,
            kind: field_type(kind.as_deref().unwrap_or_default()),
            is_key: key.as_deref() == Some("1"),
        };
        if let Some(last) = streams.last_mut() {
            last.fields.push(found);
        }
    }
    streams
}

fn field_type(name: &str) -> FieldType {
    match name {
        "tinyint" | "smallint" | "int" | "bigint" => FieldType::Integer,
        "decimal" | "numeric" | "money" | "smallmoney" | "float" | "real" => FieldType::Decimal,
        "date" => FieldType::Date,
        "datetime" | "smalldatetime" | "datetime2" | "datetimeoffset" => FieldType::Timestamp,
        "bit" => FieldType::Boolean,
        "char" | "varchar" | "nchar" | "nvarchar" | "text" | "ntext" | "uniqueidentifier" | "sysname"
        | "time" => FieldType::Text,
        _ => FieldType::Other,
    }
}

/// A column of what is read; `declared` is its type as `sp_describe_first_result_set` gives it: `nvarchar(40)`. The
/// server writes each cell itself, so that no type loses anything on the way.
pub(super) fn column(name: &str, declared: &str, is_nullable: bool) -> Column {
    let kind = declared.split('(').next().unwrap_or_default();
    let mut column = Column::plain(STYLE, name, field_type(kind));
    let place = reference(STYLE, name);
    column.is_never_null = !is_nullable;
    column.expression = match kind {
        "bit" => format!("CASE {place} WHEN 1 THEN N'true' WHEN 0 THEN N'false' END"),
        "date" => format!("CONVERT(nvarchar(10), {place}, 23)"),
        "datetime" | "smalldatetime" => format!("CONVERT(nvarchar(23), {place}, 121)"),
        "datetime2" => format!("CONVERT(nvarchar(27), {place}, 121)"),
        "datetimeoffset" => {
            format!("CONVERT(nvarchar(27), CAST(SWITCHOFFSET({place}, '+00:00') AS datetime2), 121) + N'+00'")
        }
        "time" => format!("CONVERT(nvarchar(16), {place}, 114)"),
        "money" | "smallmoney" => format!("CONVERT(nvarchar(30), {place}, 2)"),
        "float" | "real" => format!("CONVERT(nvarchar(40), {place}, 3)"),
        "binary" | "varbinary" | "image" | "timestamp" | "rowversion" => {
            format!("CONVERT(nvarchar(max), CAST({place} AS varbinary(max)), 2)")
        }
        _ => format!("CAST({place} AS nvarchar(max))"),
    };
    match kind {
        "datetime" | "smalldatetime" => column.form = Some(Form::short_time()),
        "datetimeoffset" => column.form = Some(Form::time("+00")),
        _ => {}
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_writes_cells_as_every_other_kind_does() {
        let bit = column("paid", "bit", false);
        assert_eq!(bit.expression, "CASE plaza.[paid] WHEN 1 THEN N'true' WHEN 0 THEN N'false' END");
        assert_eq!((bit.kind, bit.is_never_null), (FieldType::Boolean, true));
        let text = column("name", "nvarchar(40)", true);
        assert_eq!(
            (text.expression.as_str(), text.kind),
            ("CAST(plaza.[name] AS nvarchar(max))", FieldType::Text)
        );
        assert_eq!(column("at", "datetimeoffset(7)", true).form, Some(Form::time("+00")));
    }
}
