//! `MySQL`'s columns and values.

use mysql_async::Value;
use mysql_async::consts::{ColumnFlags, ColumnType};

use super::super::super::FieldType;
use super::super::moment::Form;
use super::super::plan::Column;
use super::STYLE;

/// The number of the character set that stands for bytes.
const BYTES: u16 = 63;

/// How the values of a column become cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// As they are.
    Plain,
    /// Moments of the session's time zone, which is UTC.
    Moment,
    /// `0` and `1`.
    Boolean,
    /// Bits, the highest first.
    Bits {
        /// There is only one.
        is_one: bool,
    },
    /// Bytes.
    Hex,
}

/// How a column's values become cells.
pub(super) fn writing(given: &mysql_async::Column) -> Writing {
    use ColumnType as Type;
    match given.column_type() {
        Type::MYSQL_TYPE_TIMESTAMP | Type::MYSQL_TYPE_TIMESTAMP2 => Writing::Moment,
        Type::MYSQL_TYPE_TINY if given.column_length() == 1 => Writing::Boolean,
        Type::MYSQL_TYPE_BIT => Writing::Bits { is_one: given.column_length() == 1 },
        Type::MYSQL_TYPE_STRING
        | Type::MYSQL_TYPE_VAR_STRING
        | Type::MYSQL_TYPE_VARCHAR
        | Type::MYSQL_TYPE_BLOB
        | Type::MYSQL_TYPE_TINY_BLOB
        | Type::MYSQL_TYPE_MEDIUM_BLOB
        | Type::MYSQL_TYPE_LONG_BLOB
        | Type::MYSQL_TYPE_GEOMETRY
            if given.character_set() == BYTES =>
        {
            Writing::Hex
        }
        _ => Writing::Plain,
    }
}

fn field_type(given: &mysql_async::Column) -> FieldType {
    use ColumnType as Type;
    match (writing(given), given.column_type()) {
        (Writing::Boolean | Writing::Bits { is_one: true }, _) => FieldType::Boolean,
        (Writing::Bits { is_one: false }, _) => FieldType::Integer,
        (Writing::Moment, _) => FieldType::Timestamp,
        (Writing::Hex, _) => FieldType::Other,
        (Writing::Plain, kind) => match kind {
            Type::MYSQL_TYPE_TINY
            | Type::MYSQL_TYPE_SHORT
            | Type::MYSQL_TYPE_INT24
            | Type::MYSQL_TYPE_LONG
            | Type::MYSQL_TYPE_LONGLONG
            | Type::MYSQL_TYPE_YEAR => FieldType::Integer,
            Type::MYSQL_TYPE_DECIMAL
            | Type::MYSQL_TYPE_NEWDECIMAL
            | Type::MYSQL_TYPE_FLOAT
            | Type::MYSQL_TYPE_DOUBLE => FieldType::Decimal,
            Type::MYSQL_TYPE_DATE | Type::MYSQL_TYPE_NEWDATE => FieldType::Date,
            Type::MYSQL_TYPE_DATETIME | Type::MYSQL_TYPE_DATETIME2 => FieldType::Timestamp,
            Type::MYSQL_TYPE_JSON => FieldType::Other,
            _ => FieldType::Text,
        },
    }
}

/// A column of what is read.
pub(super) fn column(given: &mysql_async::Column) -> Column {
    let mut column = Column::plain(STYLE, &given.name_str(), field_type(given));
    column.is_never_null = given.flags().contains(ColumnFlags::NOT_NULL_FLAG);
    if writing(given) == Writing::Moment {
        column.form = Some(Form::time("+00"));
    }
    column
}

/// A value as a cell; false where it is NULL.
pub(super) fn write(cell: &mut Vec<u8>, value: Option<&Value>, writing: Writing) -> bool {
    use std::io::Write as _;
    cell.clear();
    let Some(Value::Bytes(bytes)) = value else {
        let is_null = value.is_none_or(|value| *value == Value::NULL);
        if let (false, Some(value)) = (is_null, value) {
            // The text protocol gives nothing else; should it ever, then in the driver's own writing.
            cell.extend_from_slice(value.as_sql(true).trim_matches('\'').as_bytes());
        }
        return !is_null;
    };
    match (writing, bytes.as_slice()) {
        (Writing::Boolean, b"0") | (Writing::Bits { is_one: true }, [0]) => cell.extend_from_slice(b"false"),
        (Writing::Boolean, b"1") | (Writing::Bits { is_one: true }, [1]) => cell.extend_from_slice(b"true"),
        (Writing::Bits { .. }, bits) => {
            let number = bits.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
            cell.extend_from_slice(number.to_string().as_bytes());
        }
        (Writing::Moment, moment) => {
            cell.extend_from_slice(moment);
            cell.extend_from_slice(b"+00");
        }
        (Writing::Hex, bytes) => {
            for byte in bytes {
                // Writing to memory does not fail.
                let _ = write!(cell, "{byte:02x}");
            }
        }
        (Writing::Plain | Writing::Boolean, plain) => match std::str::from_utf8(plain) {
            Ok(_) => cell.extend_from_slice(plain),
            Err(_) => cell.extend_from_slice(String::from_utf8_lossy(plain).as_bytes()),
        },
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_cells() {
        let cases: [(&[u8], Writing, &str); 8] = [
            (b"12.50", Writing::Plain, "12.50"),
            (b"\xff", Writing::Plain, "\u{fffd}"),
            (b"2026-01-02 03:04:05", Writing::Moment, "2026-01-02 03:04:05+00"),
            (b"1", Writing::Boolean, "true"),
            (b"2", Writing::Boolean, "2"),
            (&[0], Writing::Bits { is_one: true }, "false"),
            (&[1, 2], Writing::Bits { is_one: false }, "258"),
            (&[1, 0xab], Writing::Hex, "01ab"),
        ];
        let mut cell = Vec::new();
        for (value, writing, expected) in cases {
            assert!(write(&mut cell, Some(&Value::Bytes(value.to_vec())), writing));
            assert_eq!(String::from_utf8_lossy(&cell), expected);
        }
        assert!(!write(&mut cell, Some(&Value::NULL), Writing::Plain) && cell.is_empty());
    }
}
