//! What a `PostgreSQL` server has, from its catalogue: no table is opened.

use tokio_postgres::types::{Kind, Type};

use super::super::super::{FieldType, FoundField, FoundStream};
use super::super::STREAMS_MAX;
use super::super::moment::Form;
use super::super::name::joined;
use super::super::plan::{Column, reference};
use super::STYLE;

/// Version; whether the user is a superuser; in how many tables the user may write.
pub(super) const CHECK: &str = "\
SELECT current_setting('server_version'),
    (SELECT rolsuper::text FROM pg_catalog.pg_roles WHERE rolname = current_user),
    (SELECT count(*) FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            AND n.nspname NOT LIKE 'pg\\_%'
            AND pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))";

/// Every column that the user may read: schema, table, what people call it, rows as the planner estimates them, column,
/// what people call it, type, key. The largest tables first: what a company does is in them.
pub(super) const COLUMNS: &str = "\
SELECT n.nspname, c.relname, pg_catalog.obj_description(c.oid, 'pg_class'),
    CASE WHEN c.reltuples >= 0 AND c.relkind IN ('r', 'm', 'p') THEN c.reltuples::bigint END,
    a.attname, pg_catalog.col_description(c.oid, a.attnum), coalesce(nullif(b.typname, ''), t.typname),
    coalesce(a.attnum = ANY (i.indkey), false)::text, t.typtype
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type AS b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT c.relispartition
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
    AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
    AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
ORDER BY CASE WHEN c.reltuples >= 0 AND c.relkind IN ('r', 'm', 'p') THEN c.reltuples END DESC NULLS LAST,
    n.nspname, c.relname, a.attnum";

/// Streams of the rows of [`COLUMNS`].
pub(super) fn streams(rows: &[Vec<Option<String>>]) -> Vec<FoundStream> {
    let mut streams: Vec<FoundStream> = Vec::new();
    for row in rows {
        let [Some(schema), Some(table), label, estimate, Some(field), field_label, Some(kind), key, category] =
            row.as_slice()
        else {
            continue;
        };
        let name = joined(&[schema, table]);
        if streams.last().is_none_or(|last| last.name != name) {
            if streams.len() == STREAMS_MAX {
                break;
            }
            streams.push(FoundStream {
                name,
                label: label.clone(),
                fields: Vec::new(),
                rows: estimate.as_ref().and_then(|estimate| estimate.parse().ok()),
            });
        }
        let found = FoundField {
            name: field.clone(),
            label: field_label.clone(),
            kind: if category.as_deref() == Some("e") { FieldType::Text } else { field_type(kind) },
            is_key: key.as_deref() == Some("true"),
        };
        if let Some(last) = streams.last_mut() {
            last.fields.push(found);
        }
    }
    streams
}

fn field_type(name: &str) -> FieldType {
    match name {
        "int2" | "int4" | "int8" | "oid" => FieldType::Integer,
        "numeric" | "float4" | "float8" | "money" => FieldType::Decimal,
        "date" => FieldType::Date,
        "timestamp" | "timestamptz" => FieldType::Timestamp,
        "bool" => FieldType::Boolean,
        "text" | "varchar" | "bpchar" | "name" | "char" | "uuid" | "citext" => FieldType::Text,
        _ => FieldType::Other,
    }
}

/// A column of what is read, with what writes its cells.
pub(super) fn column(name: &str, given: &Type) -> Column {
    let mut base = given;
    while let Kind::Domain(below) = base.kind() {
        base = below;
    }
    let kind = if matches!(base.kind(), Kind::Enum(_)) { FieldType::Text } else { field_type(base.name()) };
    let mut column = Column::plain(STYLE, name, kind);
    match *base {
        // `t` and `f` otherwise.
        Type::BOOL => column.expression = format!("{}::text", reference(STYLE, name)),
        // With the sign of a currency otherwise.
        Type::MONEY => column.expression = format!("{}::numeric", reference(STYLE, name)),
        Type::TIMESTAMPTZ => column.form = Some(Form::time("+00")),
        _ => {}
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_together_as_streams_with_their_keys() {
        let row = |table: &str, rows: Option<&str>, field: &str, kind: &str, key: &str| {
            let some = |text: &str| Some(text.to_owned());
            vec![
                some("public"),
                some(table),
                None,
                rows.map(str::to_owned),
                some(field),
                some("what it is"),
                some(kind),
                some(key),
                some("b"),
            ]
        };
        let found = streams(&[
            row("orders", Some("12"), "id", "int8", "true"),
            row("orders", Some("12"), "due", "timestamptz", "false"),
            row("old.view", None, "net", "numeric", "false"),
        ]);
        let names: Vec<_> = found.iter().map(|stream| (stream.name.as_str(), stream.rows)).collect();
        assert_eq!(names, [("public.orders", Some(12)), ("public.\"old.view\"", None)]);
        let fields: Vec<_> = found[0].fields.iter().map(|field| (field.kind, field.is_key)).collect();
        assert_eq!(fields, [(FieldType::Integer, true), (FieldType::Timestamp, false)]);
    }
}
