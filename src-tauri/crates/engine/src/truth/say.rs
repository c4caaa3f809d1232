//! What a source says of a field, as a text that is the same in every language: `2026-03-09`, `12.5`, `open`.

use plaza_domain::cell::Quantity;
use plaza_domain::day::Day;
use plaza_domain::journey::truth::Value;
use plaza_domain::record::{ChangedBy, FactValue, Facts, Field, FieldKind, Status};

const DAY_SECONDS: i64 = 86_400;

/// The text of a number as facts keep it.
pub(crate) fn number(field: Field, number: i64) -> String {
    match field.kind() {
        FieldKind::Date => {
            i32::try_from(number).map_or_else(|_| number.to_string(), |day| Day(day).to_string())
        }
        FieldKind::Moment => {
            let (day, second) = (number.div_euclid(DAY_SECONDS), number.rem_euclid(DAY_SECONDS));
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            format!("{} {hour:02}:{minute:02}:{second:02}", Day(day as i32))
        }
        FieldKind::Quantity => Quantity(number).to_string(),
        FieldKind::Money => {
            format!(
                "{}{}.{:02}",
                if number < 0 { "-" } else { "" },
                (number / 100).abs(),
                (number % 100).abs()
            )
        }
        FieldKind::Code if field == Field::Status => Status::from_code(number).map_or_else(
            || number.to_string(),
            |status| match status {
                Status::Open => "open".to_owned(),
                Status::Closed => "closed".to_owned(),
                Status::Cancelled => "cancelled".to_owned(),
            },
        ),
        FieldKind::Code if field == Field::DateChangedBy => match ChangedBy::from_code(number) {
            ChangedBy::Us => "us".to_owned(),
            ChangedBy::Customer => "customer".to_owned(),
        },
        FieldKind::Code | FieldKind::Text => number.to_string(),
    }
}

/// The text of what a source says.
pub(crate) fn value(field: Field, value: &Value) -> String {
    match value {
        Value::Number(of) => number(field, *of),
        Value::Text(text) => text.clone(),
    }
}

/// The text of what the intake noted of a disagreement.
pub(crate) fn noted(field: Field, text: &str) -> String {
    match (field.kind(), text.parse()) {
        (FieldKind::Text, _) | (_, Err(_)) => text.to_owned(),
        (_, Ok(of)) => number(field, of),
    }
}

/// What a record says of a field.
pub(crate) fn of_record(field: Field, facts: &[u8]) -> Option<String> {
    Facts(facts).iter().find(|(known, _)| *known == field).map(|(_, value)| match value {
        FactValue::Number(of) => number(field, of),
        FactValue::Text(text) => text.to_owned(),
    })
}
