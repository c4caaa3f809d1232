//! Numbers in many hands.

#![allow(clippy::unwrap_used)] // helpers of tests may stop at once

use super::*;
use proptest::prelude::*;

fn format(sample: &str) -> NumberFormat {
    sample.parse().unwrap()
}

#[test]
fn bad_numbers_say_what_is_wrong_with_them() {
    for (sample, cell, code) in [
        ("1234.56", "", "not_a_number"),
        ("1234.56", "-", "not_a_number"),
        ("1234.56", ".", "not_a_number"),
        ("1234.56", "1,234", "not_a_number"),
        ("1234.56", "1.2.3", "not_a_number"),
        ("1234.56", "12 34", "not_a_number"),
        ("1234.56", "--5", "not_a_number"),
        ("1234.56", "(-5)", "not_a_number"),
        ("1234.56", "-5-", "not_a_number"),
        ("1234.56", "$5 EUR", "not_a_number"),
        ("1234.56", "NULL", "not_a_number"),
        ("1234.56", "Weight Captured Separately", "not_a_number"),
        ("1234.56", "1e", "not_a_number"),
        ("1234.56", "1e99", "not_a_number"),
        ("1,234.56", "1,23", "not_a_number"),
        ("1,234.56", "1234,567", "not_a_number"),
        ("1,234.56", ",123", "not_a_number"),
        ("1,234.56", "1,234,", "not_a_number"),
        ("1.234,56", "1.23,4", "not_a_number"),
        ("1234.56", "#DIV/0!", "spreadsheet_error"),
        ("1234.56", "0.0001", "too_precise"),
        ("1234.56", "1e-4", "too_precise"),
        ("1234.56", "9223372036854775.808", "too_large"),
        ("1234.56", "99999999999999999999", "too_large"),
        ("1234.56", "1e30", "too_large"),
    ] {
        let fault = format(sample).quantity(cell.as_bytes()).unwrap_err();
        assert_eq!(fault.code(), code, "{sample} {cell}: {fault}");
    }
    assert_eq!(NumberFormat::POINT.money(b"5%", 2).unwrap_err().code(), "not_a_number");
    assert_eq!(NumberFormat::POINT.integer(b"5.5").unwrap_err().code(), "too_precise");
}

#[test]
fn quantities_are_read_in_every_notation() {
    for (sample, cell, thousandths) in [
        ("1234.56", "12", 12_000),
        ("1234.56", "1234567890123", 1_234_567_890_123_000),
        ("1234.56", "12.5", 12_500),
        ("1234.56", ".5", 500),
        ("1234.56", "5.", 5_000),
        ("1234.56", "-.25", -250),
        ("1234.56", "+3", 3_000),
        ("1234.56", "3-", -3_000),
        ("1234.56", "−3", -3_000),
        ("1234.56", "(1.5)", -1_500),
        ("1234.56", " 1.500000 ", 1_500),
        ("1234.56", "12.5 %", 125),
        ("1234.56", "1.2E+05", 120_000_000),
        ("1234.56", "1500e-3", 1_500),
        ("1234.56", "0e30", 0),
        ("1,234.56", "1,234,567.5", 1_234_567_500),
        ("1,234.56", "12,34,567", 1_234_567_000),
        ("1.234,56", "1.234,5", 1_234_500),
        ("1 234,56", "1\u{a0}234,5", 1_234_500),
        ("1 234,56", "1\u{202f}234,5", 1_234_500),
        ("1'234.56", "1’234.5", 1_234_500),
        ("1234,56", "0,125", 125),
        ("1234.56", "9223372036854775.807", i64::MAX),
    ] {
        assert_eq!(format(sample).quantity(cell.as_bytes()), Ok(Quantity(thousandths)), "{sample} {cell}");
    }
}

#[test]
fn money_is_rounded_half_to_even_and_knows_its_currency_signs() {
    for (sample, cell, digits, minor) in [
        ("1234.56", "32.3800011", 2, 3238),
        ("1234.56", "0.005", 2, 0),
        ("1234.56", "0.015", 2, 2),
        ("1234.56", "0.0050001", 2, 1),
        ("1234.56", "-0.015", 2, -2),
        ("1234.56", "1234.5", 0, 1234),
        ("1234.56", "1.2345", 3, 1234),
        ("1,234.56", "$1,234.50", 2, 123_450),
        ("1,234.56", "-$ 1,234.50", 2, -123_450),
        ("1,234.56", "$-5", 2, -500),
        ("1,234.56", "US$ 5", 2, 500),
        ("1,234.56", "(USD 5)", 2, -500),
        ("1.234,56", "1.234,50 €", 2, 123_450),
        ("1.234,56", "EUR 1.234,50-", 2, -123_450),
        ("1'234.56", "CHF 1'234.50", 2, 123_450),
        ("1 234,56", "5,00 kr.", 2, 500),
        ("1234.56", "£5", 2, 500),
        ("1234.56", ".00", 2, 0),
        ("1234.56", "1e-30", 2, 0),
        ("1234.56", "15e-3", 2, 2),
    ] {
        assert_eq!(format(sample).money(cell.as_bytes(), digits), Ok(Money(minor)), "{sample} {cell}");
    }
}

#[test]
fn a_notation_is_its_sample() {
    for (sample, ..) in SAMPLES {
        assert_eq!(format(sample).to_string(), sample);
    }
    for text in ["", "1.234.56", "12", "1,234,56"] {
        assert!(text.parse::<NumberFormat>().is_err(), "{text}");
    }
    assert_eq!(NumberFormat::new(true, Separator::Comma), None);
    assert_eq!(NumberFormat::new(true, Separator::Point), Some(format("1.234,56")));
}

#[test]
fn yes_and_no_are_known_and_nothing_else() {
    for (cell, expected) in [
        ("Yes", Some(true)),
        ("NEIN", Some(false)),
        ("Sí", Some(true)),
        ("SÍ", Some(true)),
        (" 0 ", Some(false)),
        ("", None),
        ("maybe", None),
    ] {
        assert_eq!(parse_boolean(cell.as_bytes()).ok(), expected, "{cell}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_without_panic(cell in prop::collection::vec(any::<u8>(), 0..40), near in "[-+()$€%0-9.,' eE]{0,24}") {
        for (sample, ..) in SAMPLES {
            let _ = format(sample).quantity(&cell);
            let _ = format(sample).money(near.as_bytes(), 2);
        }
    }

    #[test]
    fn a_written_quantity_is_read_back(value in any::<i64>().prop_filter("has no positive", |value| *value != i64::MIN)) {
        let text = Quantity(value).to_string();
        prop_assert_eq!(NumberFormat::POINT.quantity(text.as_bytes()), Ok(Quantity(value)));
    }

    #[test]
    fn rounding_is_to_the_nearest(cents in -1_000_000i64..1_000_000, beyond in 0i64..1000) {
        let size = cents.abs() * 1000 + beyond;
        let sign = if cents < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:05}", size / 100_000, size % 100_000);
        let Money(read) = NumberFormat::POINT.money(text.as_bytes(), 2).unwrap();
        prop_assert!((read.abs() * 1000 - size).abs() <= 500);
    }
}

#[test]
fn with_a_stated_decimal_mark_thousands_may_have_any_other() {
    let (comma, point) = (NumberFormat::stated(true), NumberFormat::stated(false));
    for (format, cell) in [
        (comma, "1.5"),
        (comma, "12.34,5"),
        (comma, "1.234 567,5"),
        (comma, "1,234.5"),
        (point, "1,5"),
        (point, "1'234,567"),
        (point, "1.234,5"),
    ] {
        assert!(format.quantity(cell.as_bytes()).is_err(), "{cell}");
    }
    for (format, cell, thousandths) in [
        (comma, "1.234,5", 1_234_500),
        (comma, "1.234", 1_234_000),
        (comma, "1 234 567,5", 1_234_567_500),
        (comma, "1'234,5", 1_234_500),
        (comma, "12,5", 12_500),
        (point, "1,234.5", 1_234_500),
        (point, "12,34,567", 1_234_567_000),
        (point, "1\u{202f}234.5", 1_234_500),
    ] {
        assert_eq!(format.quantity(cell.as_bytes()), Ok(Quantity(thousandths)), "{cell}");
    }
    assert_eq!((comma.to_string(), point.to_string()), ("1.234,56".into(), "1,234.56".into()));
}

#[test]
fn a_percentage_is_read_from_a_sign_from_a_share_or_as_it_stands() {
    let (point, comma) = (NumberFormat::POINT, NumberFormat::COMMA);
    for (format, cell, is_share, thousandths) in [
        (point, "93.5", false, 93_500),
        (point, "93.5 %", false, 93_500),
        (point, "93.5%", true, 93_500),
        (point, "0.93512", true, 93_512),
        (point, "1", true, 100_000),
        (comma, "-0,5", true, -50_000),
        (comma, "0,5 %", false, 500),
    ] {
        assert_eq!(format.percent(cell.as_bytes(), is_share), Ok(Quantity(thousandths)), "{cell}");
    }
    for (cell, is_share) in [("0.935123", true), ("93.5123", false), ("93.5123 %", false), ("x", true)] {
        assert!(point.percent(cell.as_bytes(), is_share).is_err(), "{cell}");
    }
}
