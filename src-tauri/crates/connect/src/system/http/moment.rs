//! Change times as services write them: compared, and moved back by an overlap without a change of their form.

use std::cmp::Ordering;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc};

use crate::system::FieldType;

/// Forms of a moment without a zone.
const NAIVE: [&str; 2] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"];

const DAY_SECONDS: u64 = 86_400;

fn naive(text: &str) -> Option<(NaiveDateTime, &'static str)> {
    NAIVE.iter().find_map(|form| Some((NaiveDateTime::parse_from_str(text, form).ok()?, *form)))
}

fn day(text: &str) -> Option<NaiveDate> {
    // Nothing but four digits, two and two: a number is no day.
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// Seconds or milliseconds since 1970, by their usual number of digits.
fn since_1970(text: &str) -> Option<(DateTime<Utc>, bool)> {
    let number = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()?;
    match text.len() {
        10 => Some((DateTime::from_timestamp(number, 0)?, false)),
        13 => Some((DateTime::from_timestamp_millis(number)?, true)),
        _ => None,
    }
}

/// The moment that a text says; one without a zone is of UTC, a day is its first moment.
pub(crate) fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .map(|moment| moment.to_utc())
        .ok()
        .or_else(|| naive(text).map(|(moment, _)| moment.and_utc()))
        .or_else(|| Some(day(text)?.and_hms_opt(0, 0, 0)?.and_utc()))
        .or_else(|| since_1970(text).map(|(moment, _)| moment))
}

/// The same, `seconds` earlier, in the same form; what is no time stays.
pub(crate) fn earlier(text: &str, seconds: u32) -> String {
    let delta = TimeDelta::seconds(seconds.into());
    if seconds == 0 {
        return text.to_owned();
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return (moment - delta).to_rfc3339_opts(SecondsFormat::AutoSi, text.ends_with(['Z', 'z']));
    }
    if let Some((moment, form)) = naive(text) {
        return (moment - delta).format(form).to_string();
    }
    if let Some(day) = day(text) {
        let days = Days::new(u64::from(seconds).div_ceil(DAY_SECONDS));
        return day.checked_sub_days(days).unwrap_or(day).to_string();
    }
    match since_1970(text) {
        Some((moment, true)) => (moment - delta).timestamp_millis().to_string(),
        Some((moment, false)) => (moment - delta).timestamp().to_string(),
        None => text.to_owned(),
    }
}

/// Which of two positions of a cursor field is later.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    if let (Ok(a), Ok(b)) = (a.parse::<i128>(), b.parse::<i128>()) {
        return a.cmp(&b);
    }
    match (moment(a), moment(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

/// A moment as an address carries it.
pub(crate) fn written(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// What a text holds by its form.
pub(super) fn kind(text: &str) -> FieldType {
    if day(text).is_some() {
        FieldType::Date
    } else if DateTime::parse_from_rfc3339(text).is_ok() || naive(text).is_some() {
        FieldType::Timestamp
    } else {
        FieldType::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_goes_back_in_its_own_form() {
        let cases = [
            ("2026-03-01T00:00:30Z", "2026-02-28T23:59:30Z"),
            ("2026-03-01T00:00:30.125+02:00", "2026-02-28T23:59:30.125+02:00"),
            ("2026-03-01T00:01:00", "2026-03-01T00:00:00"),
            ("2026-03-01 00:01:00.5", "2026-03-01 00:00:00.500"),
            ("2026-03-01", "2026-02-28"),
            ("1780480800", "1780480740"),
            ("1780480800123", "1780480740123"),
            ("4711", "4711"),
            ("A-12", "A-12"),
        ];
        for (text, expected) in cases {
            assert_eq!(earlier(text, 60), expected, "{text}");
            assert_eq!(earlier(text, 0), text);
        }
    }

    #[test]
    fn times_and_numbers_are_compared_as_such() {
        assert_eq!(compare("9", "10"), Ordering::Less);
        assert_eq!(compare("2026-01-01T01:00:00+02:00", "2026-01-01T00:00:00Z"), Ordering::Less);
        assert_eq!(compare("2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z"), Ordering::Greater);
        assert_eq!(compare("b", "a"), Ordering::Greater);
    }
}
