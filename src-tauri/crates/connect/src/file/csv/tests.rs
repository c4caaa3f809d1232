//! Ugly files, and any cells in any dialect.

#![allow(clippy::unwrap_used)] // helpers of tests may stop at once

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use proptest::prelude::*;

use super::*;
use crate::file::FileFormat;
use crate::{ConnectError, Damage, DamagedRow, Page};

/// Everything that a file holds.
#[derive(Debug, PartialEq)]
struct Whole {
    columns: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
    damaged: Vec<DamagedRow>,
    blank: u32,
}

/// Gives its bytes in pieces of the given sizes, over and over.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: Vec<usize>,
    turn: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes[self.turn % self.sizes.len()].max(1).min(into.len()).min(self.bytes.len());
        self.turn += 1;
        into[..size].copy_from_slice(&self.bytes[..size]);
        self.bytes = &self.bytes[size..];
        Ok(size)
    }
}

fn pages(
    bytes: &[u8],
    dialect: &Dialect,
    page_bytes: usize,
    sizes: Vec<usize>,
) -> Result<(Vec<String>, Vec<Page>), ConnectError> {
    let mut input = Pieces { bytes, sizes, turn: 0 };
    let mut pages = CsvPages::with_page_bytes(Path::new("test.csv"), &mut input, dialect, page_bytes)?;
    let mut found = Vec::new();
    while let Some(page) = pages.next_page()? {
        found.push(page);
    }
    Ok((pages.columns().to_vec(), found))
}

fn read_in(
    bytes: &[u8],
    dialect: &Dialect,
    page_bytes: usize,
    sizes: Vec<usize>,
) -> Result<Whole, ConnectError> {
    let (columns, pages) = pages(bytes, dialect, page_bytes, sizes)?;
    let rows = pages.iter().flat_map(|page| {
        page.rows().map(|row| (row.number(), row.cells().map(str::to_owned).collect())).collect::<Vec<_>>()
    });
    Ok(Whole {
        columns,
        rows: rows.collect(),
        damaged: pages.iter().flat_map(|page| page.damaged().to_vec()).collect(),
        blank: pages.iter().map(Page::blank_rows).sum(),
    })
}

fn read(bytes: &[u8], dialect: &Dialect) -> Whole {
    read_in(bytes, dialect, PAGE_BYTES, vec![usize::MAX]).unwrap()
}

fn sniffed(bytes: &[u8]) -> Sniffed {
    sniff(Path::new("test.csv"), bytes, true, None, &FileFormat::default()).unwrap()
}

fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_16LE {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else if encoding == UTF_16BE {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    } else {
        encoding.encode(text).0.into_owned()
    }
}

fn cells(row: &[&str]) -> Vec<String> {
    row.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn files_that_are_no_csv_are_refused_with_what_they_are() {
    for (bytes, code) in [
        (&b""[..], "empty"),
        (b"\xEF\xBB\xBF", "empty"),
        (b"\r\n\r\n  \n", "empty"),
        (b"PK\x03\x04rest", "wrong_kind"),
        (b"\x1F\x8B\x08", "wrong_kind"),
        (b"\xD0\xCF\x11\xE0\xA1", "wrong_kind"),
        (b"%PDF-1.7", "wrong_kind"),
        (b"\n <!DOCTYPE html><html>", "wrong_kind"),
        (b"<table><tr>", "wrong_kind"),
        (b"<?xml version", "wrong_kind"),
        (b"[{\"a\":1}]", "wrong_kind"),
        (&[0; 500], "wrong_kind"),
    ] {
        let error = sniff(Path::new("test.csv"), bytes, true, None, &FileFormat::default()).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn a_row_of_names_that_is_not_there_is_an_error() {
    let dialect = Dialect { header_row: 5, ..Dialect::default() };
    assert_eq!(read_in(b"a,b\n1,2\n", &dialect, 64, vec![9]).unwrap_err().code(), "no_header");
    assert_eq!(read_in(b"", &Dialect::default(), 64, vec![9]).unwrap_err().code(), "empty");
    let named = Dialect { columns: cells(&["x"]), ..Dialect::default() };
    assert_eq!(read_in(b"a,b\n1,2\n", &named, 64, vec![9]).unwrap_err().code(), "column_names");
}

#[test]
fn bad_rows_wait_with_their_reason_and_the_rest_is_read() {
    let wide = Damage::TooManyCells { found: 3, expected: 2 };
    let narrow = Damage::TooFewCells { found: 1, expected: 2 };
    for (name, bytes, rows, damaged) in [
        ("too few", &b"a,b\n1\n2,3\n"[..], vec![(3, ["2", "3"])], vec![(2, narrow.clone(), "1")]),
        ("too many", b"a,b\n1,2,3\n4,5\n", vec![(3, ["4", "5"])], vec![(2, wide.clone(), "1,2,3")]),
        ("last too few", b"a,b\n1,2\n3", vec![(2, ["1", "2"])], vec![(3, narrow, "3")]),
        (
            "open to the end",
            b"a,b\n1,\"2\n3,4\n",
            vec![(3, ["3", "4"])],
            vec![(2, Damage::UnclosedQuote, "1,\"2")],
        ),
        (
            "open to the next quote",
            b"a,b\n1,\"2\n3,\"4\"\n",
            vec![(3, ["3", "4"])],
            vec![(2, Damage::UnclosedQuote, "1,\"2")],
        ),
        (
            "text after a quote",
            b"a,b\n\"1\"x,2\n3,4\n",
            vec![(3, ["3", "4"])],
            vec![(2, Damage::TextAfterQuote, "\"1\"x,2")],
        ),
        ("zero byte", b"a,b\n1,\0\n3,4\n", vec![(3, ["3", "4"])], vec![(2, Damage::NulByte, "1,\0")]),
        (
            "not utf-8",
            b"a,b\n1,\xFC\n3,\xC3\xBC\n",
            vec![(3, ["3", "ü"])],
            vec![(2, Damage::InvalidText { encoding: "UTF-8" }, "1,\u{fffd}")],
        ),
        (
            "not utf-8 at the end",
            b"a,b\n3,4\n1,\xC3",
            vec![(2, ["3", "4"])],
            vec![(3, Damage::InvalidText { encoding: "UTF-8" }, "1,\u{fffd}")],
        ),
        (
            "not utf-8 after an open quote",
            b"a,b\n1,\"\xFC\n3,4\n",
            vec![(3, ["3", "4"])],
            vec![(2, Damage::UnclosedQuote, "1,\"\u{fffd}")],
        ),
    ] {
        for page_bytes in [1, 7, PAGE_BYTES] {
            let read = read_in(bytes, &Dialect::default(), page_bytes, vec![1, 3]).unwrap();
            let expected: Vec<_> = rows.iter().map(|(number, row)| (*number, cells(row))).collect();
            assert_eq!(read.rows, expected, "{name}");
            let found: Vec<_> = read.damaged.into_iter().map(|bad| (bad.row, bad.damage, bad.raw)).collect();
            let wanted: Vec<_> =
                damaged.iter().map(|(row, damage, raw)| (*row, damage.clone(), (*raw).to_owned())).collect();
            assert_eq!(found, wanted, "{name}");
        }
    }
}

#[test]
fn harmless_habits_are_tolerated() {
    for (name, text, columns, rows) in [
        ("header only", "a,b\n", vec!["a", "b"], vec![]),
        ("no end of line", "a,b\n1,2", vec!["a", "b"], vec![(2, vec!["1", "2"])]),
        (
            "a trailing delimiter in the rows",
            "a,b\n1,2,\n3,4\n",
            vec!["a", "b"],
            vec![(2, vec!["1", "2"]), (3, vec!["3", "4"])],
        ),
        (
            "a trailing delimiter in the names",
            "a,b,\n1,2\n3,4,5\n",
            vec!["a", "b", "column 3"],
            vec![(2, vec!["1", "2", ""]), (3, vec!["3", "4", "5"])],
        ),
        (
            "blank lines and empty rows",
            "\na,b\n\n1,2\n , \n,\n3,4\n\n",
            vec!["a", "b"],
            vec![(4, vec!["1", "2"]), (5, vec![" ", " "]), (7, vec!["3", "4"])],
        ),
        (
            "a line break in quotes",
            "a,b\n\"1\r\n2\",x\n3,4\n",
            vec!["a", "b"],
            vec![(2, vec!["1\r\n2", "x"]), (4, vec!["3", "4"])],
        ),
        (
            "quotes within",
            "a,b\n\"say \"\"hi\"\"\",5\" pipe\n",
            vec!["a", "b"],
            vec![(2, vec!["say \"hi\"", "5\" pipe"])],
        ),
        ("blanks after a quote", "a,b\n\"1\" ,\"2\"\n", vec!["a", "b"], vec![(2, vec!["1", "2"])]),
        ("empty quotes", "a,b\n\"\",\"\"\"\"\n", vec!["a", "b"], vec![(2, vec!["", "\""])]),
        ("one column", "a\n1\n\n2\n", vec!["a"], vec![(2, vec!["1"]), (4, vec!["2"])]),
        (
            "mixed line ends",
            "a,b\r1,2\n3,4\r\n5,6\r\r\n",
            vec!["a", "b"],
            vec![(2, vec!["1", "2"]), (3, vec!["3", "4"]), (4, vec!["5", "6"])],
        ),
        ("doubled names", "a,a\n1,2\n", vec!["a", "a (2)"], vec![(2, vec!["1", "2"])]),
    ] {
        for page_bytes in [1, 5, PAGE_BYTES] {
            let read = read_in(text.as_bytes(), &Dialect::default(), page_bytes, vec![2, 1]).unwrap();
            assert_eq!(read.columns, columns, "{name}");
            let expected: Vec<_> = rows.iter().map(|(number, row)| (*number, cells(row))).collect();
            assert_eq!((read.rows, read.damaged), (expected, vec![]), "{name}");
        }
    }
}

#[test]
fn a_runaway_quote_costs_one_row_however_long_the_file() {
    let mut text = String::from("a,b\n1,\"oops\n");
    text.extend((0..40_000).map(|row| format!("{row},plain\n")));
    for page_bytes in [1 << 14, PAGE_BYTES] {
        let read = read_in(text.as_bytes(), &Dialect::default(), page_bytes, vec![9999]).unwrap();
        assert_eq!(read.rows.len(), 40_000);
        assert_eq!(
            read.damaged,
            [DamagedRow { row: 2, damage: Damage::UnclosedQuote, raw: "1,\"oops".into() }]
        );
    }
}

#[test]
fn a_row_without_end_is_passed_over_in_bounded_memory() {
    let mut bytes = b"a,b\n1,2\n".to_vec();
    bytes.extend(std::iter::repeat_n(b'x', 3 * ROW_BYTES));
    bytes.extend(b"\r\n3,4\n");
    let read = read_in(&bytes, &Dialect::default(), PAGE_BYTES, vec![100_003]).unwrap();
    assert_eq!(read.rows, [(2, cells(&["1", "2"])), (4, cells(&["3", "4"]))]);
    assert_eq!(read.damaged.len(), 1);
    assert_eq!((read.damaged[0].row, read.damaged[0].damage.code()), (3, "too_long"));
    assert!(read.damaged[0].raw.len() < 3000);
}

#[test]
fn delimiters_in_quoted_cells_make_no_more_columns() {
    for rows in [
        "\"Smith \"\"J\"\", 1\",a,2026-01-02\n",
        "\"Smith, 1\",\"a\",\"2026-01-02\"\n",
        "\"a;b, c\",\"a\",2026-01-02\n",
    ] {
        let file = format!("order,line,day\n{}", rows.repeat(20));
        let dialect = sniffed(file.as_bytes()).dialect;
        assert_eq!((dialect.delimiter, dialect.quote, dialect.header_row), (b',', Some(b'"'), 1), "{rows}");
        let whole = read(file.as_bytes(), &dialect);
        assert_eq!((whole.columns.len(), whole.rows.len(), whole.damaged.len()), (3, 20, 0), "{rows}");
    }
}

#[test]
fn names_are_found_below_a_title() {
    let text = "Orders of March\n\nid;date;value\n1;2026-03-01;1,5\n2;2026-03-02;2,5\n";
    let found = sniffed(text.as_bytes());
    assert_eq!((found.dialect.delimiter, found.dialect.header_row), (b';', 3));
    assert_eq!(read(text.as_bytes(), &found.dialect).rows.len(), 2);
}

#[test]
fn a_file_without_names_gets_numbers_and_stated_names_win() {
    let text = b"1\t2022-04-29 00:00:00.000\tx\n2\t2022-04-30 00:00:00.000\ty\n";
    let found = sniffed(text);
    assert_eq!((found.dialect.delimiter, found.dialect.header_row), (b'\t', 0));
    let all = read(text, &found.dialect);
    assert_eq!((all.columns, all.rows.len()), (cells(&["column 1", "column 2", "column 3"]), 2));
    let format =
        FileFormat { columns: cells(&["id", "at", "what"]), header_row: Some(0), ..FileFormat::default() };
    let stated = sniff(Path::new("t"), text, true, None, &format).unwrap();
    assert_eq!(read(text, &stated.dialect).columns, format.columns);
}

#[test]
fn every_encoding_line_end_and_delimiter_is_found_out() {
    let rows = [
        ["Nr", "Händler", "Datum"],
        ["1", "Müller & Söhne", "01.02.2026"],
        ["2", "O'Brien – €", "02.02.2026 10:15"],
        ["3", "Ångström", ""],
    ];
    for encoding in [UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252] {
        for mark in [false, true] {
            for line_end in ["\n", "\r\n", "\r"] {
                for delimiter in [",", ";", "\t", "|"] {
                    let text: String = rows.iter().map(|row| row.join(delimiter) + line_end).collect();
                    let text =
                        if mark && encoding != WINDOWS_1252 { format!("\u{feff}{text}") } else { text };
                    let bytes = encode(&text, encoding);
                    let found = sniffed(&bytes).dialect;
                    let context = format!("{} {line_end:?} {delimiter:?} {mark}", encoding.name());
                    assert_eq!(
                        (found.encoding.name(), found.delimiter),
                        (encoding.name(), delimiter.as_bytes()[0]),
                        "{context}"
                    );
                    let all = read(&bytes, &found);
                    assert_eq!(all.columns, rows[0], "{context}");
                    let expected: Vec<_> = rows[1..]
                        .iter()
                        .enumerate()
                        .map(|(index, row)| (index as u64 + 2, cells(row)))
                        .collect();
                    assert_eq!((all.rows, all.damaged), (expected, vec![]), "{context}");
                    let format = found.to_format();
                    let again = sniff(Path::new("t"), &bytes, true, None, &format).unwrap();
                    assert_eq!(again.dialect, found, "{context}");
                }
            }
        }
    }
}

#[test]
fn rare_delimiters_are_found_where_no_usual_one_gives_columns() {
    for delimiter in ['^', '~', '\u{1}', '\u{1f}'] {
        let text = format!(
            "order{delimiter}day{delimiter}note\nA{delimiter}2026-03-02{delimiter}a; b\nB{delimiter}2026-03-03{delimiter}c\n"
        );
        assert_eq!(char::from(sniffed(text.as_bytes()).dialect.delimiter), delimiter);
        // Among usual delimiters they are letters of a cell.
        let text = format!("order;note\nA;x{delimiter}y\nB;x{delimiter}y\n");
        assert_eq!(sniffed(text.as_bytes()).dialect.delimiter, b';');
    }
}

#[test]
fn quotes_are_found_out() {
    for (text, quote) in [
        ("a,b\n'1,5','x'\n'2','y'\n", Some(b'\'')),
        ("a,b\n\"1,5\",x\n2,y\n", Some(b'"')),
        ("town,n\n's Gravenhage,1\nO'Fallon,2\n", Some(b'"')),
        ("size,n\n5\" pipe,1\n\"7\" pipe,2\n\"8\" pipe,3\n", None),
    ] {
        assert_eq!(sniffed(text.as_bytes()).dialect.quote, quote, "{text}");
    }
}

#[test]
fn settings_that_mean_nothing_are_refused() {
    for format in [
        FileFormat { encoding: Some("utf-99".into()), ..FileFormat::default() },
        FileFormat { delimiter: Some("ab".into()), ..FileFormat::default() },
        FileFormat { delimiter: Some("é".into()), ..FileFormat::default() },
        FileFormat { quote: Some("''".into()), ..FileFormat::default() },
        FileFormat { line_end: Some("vt".into()), ..FileFormat::default() },
    ] {
        assert_eq!(
            sniff(Path::new("t"), b"a,b\n1,2\n", true, None, &format).unwrap_err().code(),
            "bad_format"
        );
    }
}

#[test]
fn only_a_stated_line_end_ends_a_line() {
    let bytes = b"a,b\r\n1,x\ry\r\n2,\"z\"\r\n";
    let lf = Dialect { line_end: LineEnd::CrLf, ..Dialect::default() };
    assert_eq!(read(bytes, &lf).rows, [(2, cells(&["1", "x\ry"])), (3, cells(&["2", "z"]))]);
    let cr = Dialect { line_end: LineEnd::Cr, ..Dialect::default() };
    assert_eq!(read(b"a,b\r1,x\ny\r", &cr).rows, [(2, cells(&["1", "x\ny"]))]);
}

fn shared(file: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("PLAZA_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from);
    std::fs::read(root.join("data").join(file)).ok()
}

#[test]
fn published_files_are_read_whole() {
    for (file, rows, columns) in [
        ("scms/SCMS_Delivery_History_Dataset.csv", 10_324, 33),
        ("scms/alt_iso_fickya1987.csv", 10_324, 33),
        ("damaged/scms_cr_only_line_ends_HiteshNimbalkar.csv", 10_324, 33),
        ("damaged/scms_yymmdd_misparse_Masoud2568.csv", 10_324, 33),
        ("damaged/olist_filldown_Suhaniahirwar20.csv", 9_999, 8),
        ("damaged/adventureworks_workorder_excel_0000_Hemani18_head2000.csv", 1_999, 10),
        ("northwind/orders.csv", 830, 9),
        ("adventureworks/PurchaseOrderHeader.csv", 4_012, 13),
        ("adventureworks/PurchaseOrderDetail.csv", 8_845, 11),
        ("adventureworks/Vendor.csv", 104, 8),
    ] {
        let Some(bytes) = shared(file) else { continue };
        let found = sniff(Path::new(file), &bytes, true, None, &FileFormat::default()).unwrap();
        let all = read(&bytes, &found.dialect);
        assert_eq!(
            (all.rows.len(), all.columns.len(), all.damaged.len()),
            (rows, columns, 0),
            "{file} {:?}",
            found.notes
        );
    }
}

/// Writes cells in a dialect, with quotes where they are needed or where `dress` says so.
fn write(rows: &[Vec<String>], dialect: &Dialect, line_end: &str, dress: u64) -> String {
    let mut text = String::new();
    let quote = dialect.quote.map_or(String::new(), |quote| char::from(quote).to_string());
    for (number, row) in rows.iter().enumerate() {
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                text.push(char::from(dialect.delimiter));
            }
            let special = |c: char| c == char::from(dialect.delimiter) || c == '\n' || c == '\r';
            let needed =
                cell.contains(special) || cell.starts_with(&quote) || (index == 0 && cell.is_empty());
            if needed || dress >> ((number + index) % 60) & 1 == 1 {
                text.push_str(&quote);
                text.push_str(&cell.replace(&quote, &(quote.clone() + &quote)));
                text.push_str(&quote);
            } else {
                text.push_str(cell);
            }
        }
        text.push_str(line_end);
    }
    text
}

prop_compose! {
    fn table()(width in 1_usize..6)(
        names in prop::collection::vec("[a-z]{1,6}", width),
        // The first cell says something, since a row without any value is passed over.
        rows in prop::collection::vec(("[^\0 \t\u{feff}\u{fffd}]{1,4}x", prop::collection::vec("[^\0\u{feff}\u{fffd}]{0,9}|[\",';\r\n\t x]{0,6}", width - 1)), 0..12),
    ) -> (Vec<String>, Vec<Vec<String>>) {
        let rows = rows.into_iter().map(|(first, rest)| std::iter::once(first).chain(rest).collect()).collect();
        (names, rows)
    }
}

proptest! {
    #[test]
    fn what_is_written_in_any_dialect_is_read_back(
        (names, rows) in table(),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|', b':']),
        quote in prop::sample::select(vec![b'"', b'\'']),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        encoding in prop::sample::select(vec![UTF_8, UTF_16LE, UTF_16BE]),
        mark in any::<bool>(),
        dress in any::<u64>(),
        page_bytes in 1_usize..400,
        sizes in prop::collection::vec(1_usize..40, 1..4),
    ) {
        let dialect = Dialect { encoding, delimiter, quote: Some(quote), ..Dialect::default() };
        let mut all = vec![names.clone()];
        all.extend(rows.clone());
        let text = write(&all, &dialect, line_end, dress);
        let text = if mark { format!("\u{feff}{text}") } else { text };
        let bytes = encode(&text, encoding);
        let found = read_in(&bytes, &dialect, page_bytes, sizes).unwrap();
        prop_assert_eq!(found.damaged, vec![]);
        let cells: Vec<_> = found.rows.iter().map(|(_, row)| row.clone()).collect();
        prop_assert_eq!(cells, rows);
    }

    #[test]
    fn pages_and_pieces_make_no_difference_however_bad_the_bytes(
        body in prop::collection::vec(prop::sample::select(b"a1,\"\n\r \0\xC3\xBC\xFF".to_vec()), 0..300),
        page_bytes in 1_usize..200,
        sizes in prop::collection::vec(1_usize..50, 1..4),
    ) {
        let mut bytes = b"a,b\n".to_vec();
        bytes.extend(body);
        let whole = read(&bytes, &Dialect::default());
        let parts = read_in(&bytes, &Dialect::default(), page_bytes, sizes).unwrap();
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn any_row_is_shown_again_from_where_it_begins(
        (names, rows) in table(), line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        mark in any::<bool>(), dress in any::<u64>(), page_bytes in 1_usize..300,
    ) {
        let mut all = vec![names];
        all.extend(rows);
        let text = write(&all, &Dialect::default(), line_end, dress);
        let bytes = encode(&if mark { format!("\u{feff}{text}") } else { text }, UTF_8);
        let (columns, pages) = pages(&bytes, &Dialect::default(), page_bytes, vec![37]).unwrap();
        for page in &pages {
            for row in page.rows() {
                let start = row.raw_offset().unwrap() as usize;
                let cells: Vec<_> = row.cells().map(str::to_owned).collect();
                let mut from_row = &bytes[start..];
                let again = read_row(&mut from_row, &Dialect::default(), &columns, row.number(), row.number()).unwrap();
                prop_assert_eq!(again.as_ref(), Some(&cells));
                let mut from_page = &bytes[page.raw_start().unwrap() as usize..];
                let again = read_row(&mut from_page, &Dialect::default(), &columns, page.first_row(), row.number()).unwrap();
                prop_assert_eq!(again, Some(cells));
            }
        }
    }

    #[test]
    fn looking_at_any_bytes_does_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = sniff(Path::new("t"), &bytes, true, None, &FileFormat::default());
    }
}
