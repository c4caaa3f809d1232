//! Tryton's values on the wire: typed objects with a `__class__`.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::system::cell::{Members, cell, number};
use crate::system::models::{About, Question, kind, moment};
use crate::system::{FieldType, SystemError, SystemFault};

/// A typed value.
#[derive(Deserialize)]
#[serde(tag = "__class__")]
enum Typed {
    #[serde(rename = "date")]
    Date {
        year: i32,
        month: u32,
        day: u32,
    },
    #[serde(rename = "datetime")]
    Moment(Moment),
    #[serde(rename = "time")]
    Time {
        hour: u32,
        minute: u32,
        second: u32,
    },
    #[serde(rename = "timedelta")]
    Span {
        seconds: Value,
    },
    Decimal {
        decimal: String,
    },
}

#[derive(Deserialize)]
struct Moment {
    year: i32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    #[serde(default)]
    microsecond: u32,
}

/// The cells of a row in the order of the question.
pub(super) fn cells(row: &Members<'_>, question: &Question<'_>) -> Result<Vec<String>, SystemError> {
    question.fields.iter().map(|(path, _)| at(row, path, question.model)).collect()
}

/// The cell at the end of a path. JSON-RPC gives what lies behind `sale` as `sale.`, REST in its place.
fn at(row: &Members<'_>, path: &str, model: &str) -> Result<String, SystemError> {
    // REST leaves fields out that this user may not read: an empty cell would be a lie.
    let missing = || SystemError::from(SystemFault::Forbidden { what: format!("{path} of {model}") });
    let Some((first, rest)) = path.split_once('.') else {
        return row.get(path).map(text).ok_or_else(missing);
    };
    let within = row.get(&format!("{first}.")).or_else(|| row.get(first)).ok_or_else(missing)?;
    if within.get() == "null" {
        return Ok(String::new());
    }
    at(&Members::of(within).ok_or_else(missing)?, rest, model)
}

/// A value as the text of a cell.
fn text(value: &RawValue) -> String {
    if !value.get().starts_with('{') {
        return cell(value).into_owned();
    }
    match serde_json::from_str(value.get()) {
        Ok(Typed::Date { year, month, day }) => {
            NaiveDate::from_ymd_opt(year, month, day).map(|day| day.to_string()).unwrap_or_default()
        }
        Ok(Typed::Moment(at)) => {
            let time = NaiveTime::from_hms_micro_opt(at.hour, at.minute, at.second, at.microsecond);
            let day = NaiveDate::from_ymd_opt(at.year, at.month, at.day);
            // A Tryton server keeps all its times in UTC.
            day.zip(time).map(|(day, time)| moment(day.and_time(time).and_utc())).unwrap_or_default()
        }
        Ok(Typed::Time { hour, minute, second }) => format!("{hour:02}:{minute:02}:{second:02}"),
        Ok(Typed::Span { seconds }) => seconds.to_string(),
        Ok(Typed::Decimal { decimal }) => number(&decimal).into_owned(),
        // REST gives the row in place of its id where something behind it was asked for, too.
        Err(_) => {
            let row = Members::of(value);
            row.and_then(|row| row.get("id"))
                .map_or_else(|| value.get().to_owned(), |id| cell(id).into_owned())
        }
    }
}

/// A cell's text as a domain takes it.
pub(super) fn value(word: &str, text: &str) -> Value {
    let other = || Value::String(text.to_owned());
    match kind(word) {
        FieldType::Date => text.parse::<NaiveDate>().map_or_else(
            |_| other(),
            |day| json!({"__class__": "date", "year": day.year(), "month": day.month(), "day": day.day()}),
        ),
        FieldType::Timestamp => {
            let at = DateTime::parse_from_rfc3339(text).map(|at| at.naive_utc());
            at.or_else(|_| text.parse::<NaiveDateTime>()).map_or_else(|_| other(), of_moment)
        }
        FieldType::Decimal if word == "numeric" => json!({"__class__": "Decimal", "decimal": text}),
        FieldType::Integer | FieldType::Decimal => serde_json::from_str(text).unwrap_or_else(|_| other()),
        FieldType::Boolean => json!(text == "true"),
        FieldType::Text | FieldType::Other => other(),
    }
}

fn of_moment(at: NaiveDateTime) -> Value {
    json!({
        "__class__": "datetime", "year": at.year(), "month": at.month(), "day": at.day(), "hour": at.hour(),
        "minute": at.minute(), "second": at.second(), "microsecond": at.nanosecond() / 1_000,
    })
}

/// A field of this name and kind.
pub(super) fn about(name: &str, kind: &str) -> About {
    About { name: name.to_owned(), label: None, kind: kind.to_owned(), relation: None }
}

/// A row of `ir.model.field`: id, model, name, label, kind and relation.
pub(super) fn described(row: Vec<String>) -> Option<(String, About)> {
    let [_, model, name, label, kind, relation] = <[String; 6]>::try_from(row).ok()?;
    let some = |text: String| (!text.is_empty()).then_some(text);
    Some((model, About { name, label: some(label), kind, relation: some(relation) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_values_are_cells_and_back() {
        for (kind, typed, cell) in [
            ("date", r#"{"__class__":"date","year":2026,"month":5,"day":9}"#, "2026-05-09"),
            (
                "timestamp",
                r#"{"__class__":"datetime","year":2026,"month":11,"day":23,"hour":6,"minute":4,"second":5,"microsecond":859}"#,
                "2026-11-23T06:04:05.000859Z",
            ),
            (
                "numeric",
                r#"{"__class__":"Decimal","decimal":"12345678901234567890.1000"}"#,
                "12345678901234567890.1000",
            ),
            ("float", "20.0", "20.0"),
            ("boolean", "true", "true"),
            ("reference", r#""sale.line,3""#, "sale.line,3"),
            ("integer", "7", "7"),
        ] {
            let raw: Box<RawValue> = serde_json::from_str(typed).unwrap();
            assert_eq!(text(&raw), cell);
            assert_eq!(value(kind, cell), serde_json::from_str::<Value>(typed).unwrap(), "{kind}");
        }
        let raw: Box<RawValue> = serde_json::from_str(r#"{"__class__":"Decimal","decimal":"0E-4"}"#).unwrap();
        assert_eq!(text(&raw), "0.0000");
    }

    #[test]
    fn both_ways_of_nesting_are_followed_and_what_is_missing_is_no_empty_cell() {
        let row: Members<'_> = serde_json::from_str(
            r#"{"id":1,"sale":5,"sale.":{"id":5,"party.":{"id":3,"name":"A"}},"shop":null,"shop.":null,
                "move":{"id":9,"__name__":"stock.move","state":"done"}}"#,
        )
        .unwrap();
        let cell = |path| at(&row, path, "m");
        assert_eq!(cell("sale.party.name").unwrap(), "A");
        assert_eq!((cell("sale").unwrap(), cell("shop.name").unwrap()), ("5".into(), String::new()));
        assert_eq!((cell("move").unwrap(), cell("move.state").unwrap()), ("9".into(), "done".into()));
        assert_eq!(cell("move.secret").unwrap_err().code(), "forbidden");
    }
}
