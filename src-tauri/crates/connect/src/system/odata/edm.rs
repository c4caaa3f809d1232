//! The types of `OData`: what they hold, how their values are written in rows, and how a question names them.

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat};
use serde_json::value::RawValue;

use crate::system::FieldType;
use crate::system::http::json::cell;

/// A type of `OData`, as far as Plaza makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edm {
    Text,
    Guid,
    Integer,
    Long,
    Decimal,
    Double,
    Boolean,
    /// A day (version 4).
    Date,
    /// A moment with its zone.
    Moment,
    /// A moment without a zone (version 2).
    Local,
    /// A day that version 2 gives as a moment.
    LocalDay,
    /// A time of a day.
    Time,
    /// Structures, pictures, places.
    Other,
}

impl Edm {
    /// By its name in `$metadata`; `is_day` where that says that a moment stands for its day.
    pub(super) fn parse(name: &str, is_day: bool) -> Self {
        match name.strip_prefix("Edm.").unwrap_or_default() {
            "String" => Self::Text,
            "Guid" => Self::Guid,
            "Byte" | "SByte" | "Int16" | "Int32" => Self::Integer,
            "Int64" => Self::Long,
            "Decimal" => Self::Decimal,
            "Double" | "Single" => Self::Double,
            "Boolean" => Self::Boolean,
            "Date" => Self::Date,
            "DateTimeOffset" => Self::Moment,
            "DateTime" if is_day => Self::LocalDay,
            "DateTime" => Self::Local,
            "Time" | "TimeOfDay" => Self::Time,
            _ => Self::Other,
        }
    }

    /// What it holds.
    pub(super) const fn kind(self) -> FieldType {
        match self {
            Self::Text | Self::Guid | Self::Time => FieldType::Text,
            Self::Integer | Self::Long => FieldType::Integer,
            Self::Decimal | Self::Double => FieldType::Decimal,
            Self::Boolean => FieldType::Boolean,
            Self::Date | Self::LocalDay => FieldType::Date,
            Self::Moment | Self::Local => FieldType::Timestamp,
            Self::Other => FieldType::Other,
        }
    }

    /// Whether it says when something was.
    pub(super) const fn is_time(self) -> bool {
        matches!(self, Self::Date | Self::LocalDay | Self::Moment | Self::Local)
    }

    /// A value as rows have it: days and moments in ISO 8601, moments with a zone in UTC, numbers as they were written.
    pub(super) fn text(self, raw: &RawValue) -> Cow<'_, str> {
        let text = cell(raw);
        let seconds = SecondsFormat::AutoSi;
        let form = |moment: DateTime<chrono::Utc>| match self {
            Self::LocalDay | Self::Date => moment.date_naive().to_string(),
            Self::Local => moment.to_rfc3339_opts(seconds, true).trim_end_matches('Z').to_owned(),
            _ => moment.to_rfc3339_opts(seconds, true),
        };
        if self.is_time()
            && let Some(moment) = since_1970(&text)
        {
            return form(moment).into();
        }
        match self {
            Self::Moment => match DateTime::parse_from_rfc3339(&text) {
                Ok(moment) => form(moment.to_utc()).into(),
                Err(_) => text,
            },
            Self::Time => time(&text).map_or(text, Cow::Owned),
            _ => text,
        }
    }

    /// A value as a question names it.
    pub(super) fn literal(self, text: &str, version: u8) -> String {
        if text.is_empty() && self != Self::Text {
            return "null".to_owned();
        }
        match (self, version) {
            (Self::Text | Self::Other, _) => format!("'{}'", text.replace('\'', "''")),
            (Self::Guid, 2) => format!("guid'{text}'"),
            (Self::Long, 2) => format!("{text}L"),
            (Self::Decimal, 2) => format!("{text}M"),
            (Self::Double, 2) => format!("{text}d"),
            (Self::Moment, 2) => format!("datetimeoffset'{text}'"),
            (Self::LocalDay | Self::Local | Self::Date, 2) => {
                let moment = text.trim_end_matches('Z');
                let midnight = if moment.contains('T') { "" } else { "T00:00:00" };
                format!("datetime'{moment}{midnight}'")
            }
            (Self::Date, _) => text.split('T').next().unwrap_or_default().to_owned(),
            _ => text.to_owned(),
        }
    }
}

/// `/Date(1780480800000)/`, also with the minutes of a zone, which say where it was seen and not when it was.
fn since_1970(text: &str) -> Option<DateTime<chrono::Utc>> {
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let zone = inner.char_indices().skip(1).find(|(_, sign)| matches!(sign, '+' | '-'));
    let millis = zone.map_or(inner, |(at, _)| &inner[..at]);
    DateTime::from_timestamp_millis(millis.parse().ok()?)
}

/// `PT10H30M5S` (version 2) as `10:30:05`.
fn time(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix("PT")?;
    let mut part = |sign: char| {
        let Some((value, behind)) = rest.split_once(sign) else { return Some("0") };
        rest = behind;
        value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then_some(value)
    };
    let (hours, minutes, seconds) = (part('H')?, part('M')?, part('S')?);
    let seconds = if seconds.contains('.') { seconds.to_owned() } else { format!("{seconds:0>2}") };
    Some(format!("{hours:0>2}:{minutes:0>2}:{seconds}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_both_versions_are_written_alike() {
        let cases = [
            (Edm::Moment, r#""/Date(1780480800000+0000)/""#, "2026-06-03T10:00:00Z"),
            (Edm::Moment, r#""/Date(1780480800123+0120)/""#, "2026-06-03T10:00:00.123Z"),
            (Edm::Moment, r#""2026-06-03T12:00:00.000+02:00""#, "2026-06-03T10:00:00Z"),
            (Edm::LocalDay, r#""/Date(1780444800000)/""#, "2026-06-03"),
            (Edm::Date, r#""2026-06-03""#, "2026-06-03"),
            (Edm::Local, r#""/Date(-1000)/""#, "1969-12-31T23:59:59"),
            (Edm::Time, r#""PT9H5M""#, "09:05:00"),
            (Edm::Time, r#""09:05:00""#, "09:05:00"),
            (Edm::Decimal, r#""13.370""#, "13.370"),
            (Edm::Decimal, "13.370", "13.370"),
            (Edm::Moment, "null", ""),
        ];
        for (edm, raw, expected) in cases {
            let raw: &RawValue = serde_json::from_str(raw).unwrap();
            assert_eq!(edm.text(raw), expected, "{raw}");
        }
    }

    #[test]
    fn questions_name_values_as_their_version_does() {
        let cases = [
            (Edm::Text, "O'Neil", 4, "'O''Neil'"),
            (Edm::Moment, "2026-06-03T10:00:00Z", 4, "2026-06-03T10:00:00Z"),
            (Edm::Moment, "2026-06-03T10:00:00Z", 2, "datetimeoffset'2026-06-03T10:00:00Z'"),
            (Edm::Local, "2026-06-03T10:00:00.5", 2, "datetime'2026-06-03T10:00:00.5'"),
            (Edm::LocalDay, "2026-06-03", 2, "datetime'2026-06-03T00:00:00'"),
            (Edm::Date, "2026-06-03T00:00:00Z", 4, "2026-06-03"),
            (Edm::Decimal, "1.50", 2, "1.50M"),
            (Edm::Long, "7", 2, "7L"),
            (Edm::Integer, "7", 2, "7"),
            (Edm::Moment, "", 4, "null"),
        ];
        for (edm, text, version, expected) in cases {
            assert_eq!(edm.literal(text, version), expected);
        }
    }
}
