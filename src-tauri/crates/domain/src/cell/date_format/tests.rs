//! Dates in many hands.

#![allow(clippy::unwrap_used)] // helpers of tests may stop at once

use super::*;
use proptest::prelude::*;

fn read(format: &str, cell: &str) -> Result<Stamp, CellFault> {
    format.parse::<DateFormat>().unwrap().parse(cell.as_bytes())
}

#[test]
fn bad_cells_say_what_is_wrong_with_them() {
    for (format, cell, code) in [
        ("yyyy-MM-dd", "", "not_a_date"),
        ("yyyy-MM-dd", "2026-02-30", "no_such_day"),
        ("yyyy-MM-dd", "0000-00-00", "no_such_day"),
        ("yyyy-MM-dd", "2026-3-20", "not_a_date"),
        ("yyyy-MM-dd", "2026-03-20x", "not_a_date"),
        ("yyyy-MM-dd", "00:00.0", "date_lost"),
        ("yyyy-MM-dd HH:mm:ss.SSS", "07:30.5", "date_lost"),
        ("M/d/yyyy", "13/1/2026", "no_such_day"),
        ("M/d/yyyy", "Date Not Captured", "not_a_date"),
        ("d-MMM-yy", "4-Foo-09", "not_a_date"),
        ("d-MMM-yy", "#N/A", "spreadsheet_error"),
        ("d-MMM-yy", "########", "spreadsheet_error"),
        ("M/d/yyyy HH:mm", "3/20/2026 25:00", "no_such_day"),
        ("M/d/yyyy h:mm a", "3/20/2026 13:00 PM", "no_such_day"),
        ("ISO", "2026-03-20T", "not_a_date"),
        ("ISO", "2026-03-20T08:00+25:00", "no_such_day"),
        ("excel-1900", "60", "no_such_day"),
        ("excel-1900", "0", "no_such_day"),
        ("excel-1900", "2958466", "no_such_day"),
        ("excel-1900", "45000.", "not_a_date"),
    ] {
        let fault = read(format, cell).unwrap_err();
        assert_eq!(fault.code(), code, "{format} {cell}: {fault}");
    }
}

#[test]
fn cells_are_read_as_declared() {
    for (format, cell, day, seconds, offset) in [
        ("yyyy-MM-dd", " 2026-03-20 ", "2026-03-20", None, None),
        ("dd.MM.yyyy", "20.03.2026", "2026-03-20", None, None),
        ("d.M.yyyy", "2.3.2026", "2026-03-02", None, None),
        ("M/d/yy", "6/2/06", "2006-06-02", None, None),
        ("M/d/yy", "6/2/69", "2069-06-02", None, None),
        ("M/d/yy", "6/2/70", "1970-06-02", None, None),
        ("M/d/yy{1950}", "6/2/69", "1969-06-02", None, None),
        ("d-MMM-yy", "4-Aug-09", "2009-08-04", None, None),
        ("d. MMM yyyy", "4. März 2026", "2026-03-04", None, None),
        ("d 'de' MMM 'de' yyyy", "4 de enero de 2026", "2026-01-04", None, None),
        ("EEE, d MMM yyyy", "Fri, 20 Mar. 2026", "2026-03-20", None, None),
        ("yyyyMMdd", "20260320", "2026-03-20", None, None),
        ("M/d/yyyy H:mm", "10/2/2017 0:05", "2017-10-02", Some(300), None),
        ("M/d/yyyy h:mm a", "10/2/2017 12:05 AM", "2017-10-02", Some(300), None),
        ("M/d/yyyy h:mm a", "10/2/2017 1:00 pm", "2017-10-02", Some(46_800), None),
        ("yyyy-MM-dd HH:mm:ss.SSS", "2022-04-29 00:00:00.000", "2022-04-29", Some(0), None),
        ("yyyy-MM-ddTHH:mm:ssX", "2022-04-29T23:30:00+02:00", "2022-04-29", Some(84_600), Some(7200)),
        ("ISO", "2022-04-29", "2022-04-29", None, None),
        ("ISO", "2022-04-29T24:00", "2022-04-30", Some(0), None),
        ("ISO", "2022-04-29 23:30:00.123 -0330", "2022-04-29", Some(84_600), Some(-12_600)),
        ("ISO", "2022-04-29T23:30Z", "2022-04-29", Some(84_600), Some(0)),
        ("excel-1900", "1", "1900-01-01", None, None),
        ("excel-1900", "59", "1900-02-28", None, None),
        ("excel-1900", "61", "1900-03-01", None, None),
        ("excel-1900", "45000.5", "2023-03-15", Some(43_200), None),
        ("excel-1900", "45000.999999999", "2023-03-16", None, None),
        ("excel-1904", "0", "1904-01-01", None, None),
        ("excel-1904", "43538", "2023-03-15", None, None),
    ] {
        let expected = Stamp { day: day.parse().unwrap(), seconds_of_day: seconds, offset_seconds: offset };
        assert_eq!(read(format, cell), Ok(expected), "{format} {cell}");
    }
}

#[test]
fn a_format_is_its_own_text() {
    for text in [
        "yyyy-MM-dd",
        "d-MMM-yy",
        "M/d/yy{1950}",
        "d 'de' MMM 'de' yyyy",
        "yyyy-MM-dd'T'HH:mm:ssX",
        "ISO",
        "excel-1900",
        "excel-1904",
        "EEE, dd. MMM yyyy hh:mm a",
    ] {
        assert_eq!(text.parse::<DateFormat>().unwrap().to_string(), text);
        let json = serde_json::to_string(&text.parse::<DateFormat>().unwrap()).unwrap();
        assert_eq!(serde_json::from_str::<DateFormat>(&json).unwrap().to_string(), text);
    }
}

#[test]
fn what_is_not_a_format_is_refused() {
    for text in [
        "",
        "yyyy",
        "yyyy-MM",
        "yyyy-MM-dd-dd",
        "dd.MM.yyyy hh:mm",
        "dd.MM.yyyy mm",
        "q",
        "d 'de MMM yyyy",
        "yy{5}-MM-dd",
        "yyyy-MM-dd yy",
        "dd.MM.yyyy HH:ss",
        "yyyy-MM-dd................................",
    ] {
        assert!(text.parse::<DateFormat>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_without_panic(cell in prop::collection::vec(any::<u8>(), 0..40), ascii in "[0-9/.: TZ+,-]{0,24}") {
        for format in ["yyyy-MM-dd", "d-MMM-yy", "M/d/yyyy h:mm a", "ISO", "excel-1900", "excel-1904", "EEE d MMM yyyy HH:mm:ss.SSSX"] {
            let format: DateFormat = format.parse().unwrap();
            let _ = format.parse(&cell);
            let _ = format.parse(ascii.as_bytes());
        }
    }

    #[test]
    fn written_days_are_read_back(days in -20_000i32..60_000) {
        let day = Day(days);
        let date = day.to_date();
        for (format, written) in [("yyyy-MM-dd", "%Y-%m-%d"), ("d.M.yyyy", "%-d.%-m.%Y"), ("MM/dd/yyyy", "%m/%d/%Y"), ("d-MMM-yyyy", "%-d-%b-%Y"), ("d MMM yyyy", "%-d %B %Y"), ("yyyyMMdd", "%Y%m%d"), ("ISO", "%Y-%m-%d")] {
            prop_assert_eq!(read(format, &date.format(written).to_string()), Ok(Stamp::of_day(day)));
        }
    }
}
