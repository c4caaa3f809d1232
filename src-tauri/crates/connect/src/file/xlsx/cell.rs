//! The text of a workbook's cell.

use calamine::{DataRef, ExcelDateTime};
use plaza_domain::cell::DateFormat;

/// A cell's value as text: dates as ISO, numbers without the noise of binary fractions, errors as shown.
pub(super) fn text(value: &DataRef<'_>, is_1904: bool) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(date) => date_text(date, is_1904),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A number as Excel shows it: Excel keeps fifteen digits, so what comes after them is noise (0.1 + 0.2).
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return (number as i64).to_string();
    }
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    // Display writes all digits and never a power of ten; beyond this no digit is meant.
    if rounded.abs() < 1e18 && rounded.abs() > 1e-18 { rounded.to_string() } else { format!("{rounded:e}") }
}

/// `2026-03-20`, `2026-03-20 08:15:30`, `08:15:30` for a time without a date, or `27:30:00` for a duration.
fn date_text(date: &ExcelDateTime, is_1904: bool) -> String {
    let serial = date.as_f64();
    let seconds = (serial.abs() * 86_400.0).round();
    if date.is_duration() || (0.0..1.0).contains(&serial) && !is_1904 {
        let seconds = seconds as u64;
        let sign = if serial < 0.0 { "-" } else { "" };
        return format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let format = if is_1904 { DateFormat::EXCEL_1904 } else { DateFormat::EXCEL_1900 };
    // Twelve decimals of a day are a tenth of a microsecond, and keep digits away that a double does not have.
    match format.parse(format!("{serial:.12}").as_bytes()) {
        Err(_) => number_text(serial),
        Ok(stamp) => match stamp.seconds_of_day {
            None => stamp.day.to_string(),
            Some(time) => format!("{} {:02}:{:02}:{:02}", stamp.day, time / 3600, time / 60 % 60, time % 60),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_have_no_noise() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (12.0, "12"),
            (-7.5, "-7.5"),
            (1e14, "100000000000000"),
            (1.1 * 3.0, "3.3"),
            (1e-20, "1e-20"),
            (123_456_789.125, "123456789.125"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn dates_are_iso_in_both_systems() {
        let date = |serial, is_1904| {
            date_text(&ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904), is_1904)
        };
        for (serial, is_1904, text) in [
            (45_000.0, false, "2023-03-15"),
            (45_000.5, false, "2023-03-15 12:00:00"),
            (43_538.0, true, "2023-03-15"),
            (0.0, true, "1904-01-01"),
            (0.75, false, "18:00:00"),
            (60.0, false, "60"),
            (45_000.999_999_999, false, "2023-03-16"),
        ] {
            assert_eq!(date(serial, is_1904), text);
        }
        let duration = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(date_text(&duration, false), "36:00:00");
    }
}
