//! What every kind of source keeps, and what only workbooks can get wrong.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use plaza_connect::file::{FileFormat, FileSource, Looked, csv, xlsx};
use plaza_connect::{ConnectError, Cursor, Damage, ReadEnd, Source};
use plaza_domain::cell::{ColumnKind, Hint, PlausibleYears};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

type Rows = Vec<(u64, Vec<String>)>;

/// All rows behind a cursor, page by page, with the cursor after each page.
fn read(source: &dyn Source, stream: &str, from: &Cursor) -> (Vec<Rows>, Vec<Cursor>) {
    let (mut pages, mut cursors) = (Vec::new(), Vec::new());
    let end = source.read(stream, from, &mut |page| {
        cursors.push(page.cursor());
        pages.push(page.rows().map(|row| (row.number(), row.cells().map(str::to_owned).collect())).collect());
        ControlFlow::Continue(())
    });
    assert_eq!(end.unwrap(), ReadEnd::Complete);
    (pages, cursors)
}

/// The contract of `Source`.
fn keeps_the_contract(source: &dyn Source) {
    let checked = source.check().unwrap();
    assert!(!checked.streams.is_empty());
    let streams = source.discover(PlausibleYears::default(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(
        streams.iter().map(|stream| &stream.name).collect::<Vec<_>>(),
        checked.streams.iter().collect::<Vec<_>>()
    );
    for stream in &streams {
        let (pages, cursors) = read(source, &stream.name, &Cursor::start());
        let rows: Rows = pages.concat();
        assert_eq!(rows.len() as u64, stream.rows);
        assert!(rows.is_sorted_by(|a, b| a.0 < b.0));
        assert!(rows.iter().all(|(_, cells)| cells.len() == stream.columns.len()));
        assert!(stream.columns.iter().all(|column| u64::from(column.profile.cells) == stream.rows));
        for wanted in [0, 1, 10, usize::MAX] {
            let preview = source.preview(&stream.name, wanted).unwrap();
            assert_eq!(preview.rows, rows[..rows.len().min(wanted)]);
            assert_eq!(
                preview.columns,
                stream.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>()
            );
        }
        // Reading goes on exactly behind any page, and behind any row.
        for (index, cursor) in cursors.iter().enumerate() {
            let kept: Cursor = cursor.to_string().parse().unwrap();
            assert_eq!(read(source, &stream.name, &kept).0.concat(), pages[index + 1..].concat());
        }
        for at in [0, rows.len() / 2, rows.len().saturating_sub(1)] {
            let Some((number, _)) = rows.get(at) else { continue };
            assert_eq!(read(source, &stream.name, &Cursor::after_row(*number)).0.concat(), rows[at + 1..]);
        }
        // Who takes the pages may stop.
        let mut taken = 0;
        let end = source.read(&stream.name, &Cursor::start(), &mut |_| {
            taken += 1;
            ControlFlow::Break(())
        });
        assert_eq!((end.unwrap(), taken), (ReadEnd::Stopped, 1));
        let bad: Cursor = "elsewhere".parse().unwrap();
        assert_eq!(
            source.read(&stream.name, &bad, &mut |_| ControlFlow::Continue(())).unwrap_err().code(),
            "bad_cursor"
        );
    }
    assert_eq!(source.preview("no such stream", 1).unwrap_err().code(), "no_stream");
    let stopped = source.discover(PlausibleYears::default(), &mut |_| ControlFlow::Break(())).unwrap();
    assert_eq!((stopped.len(), stopped[0].is_partial), (1, true));
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_csv_file_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let small = file(folder.path(), "small.csv", b"a;b\n1;2\n\n3;4;5\n6;7\n");
    let source = FileSource::new(small, FileFormat::default());
    assert_eq!(source.kind(), "csv");
    keeps_the_contract(&source);
    let mut text = String::from("id,when,what\n");
    text.extend((0..75_000).map(|row| format!("{row},2026-03-{:02},\"thing, {row}\"\n", row % 28 + 1)));
    let large = file(folder.path(), "large.csv", text.as_bytes());
    let source = FileSource::new(large, FileFormat::default());
    assert!(read(&source, "large.csv", &Cursor::start()).0.len() > 2);
    keeps_the_contract(&source);
}

/// A workbook with a title above its names, dates, noise, errors and a second sheet.
fn workbook(path: &Path, rows: u32) {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let sheet = workbook.add_worksheet().set_name("Orders").unwrap();
    sheet.write(0, 1, "Orders of March").unwrap();
    for (column, name) in ["Order", "Date", "Value", "Done", "At"].iter().enumerate() {
        sheet.write(2, column as u16 + 1, *name).unwrap();
    }
    for row in 0..rows {
        let at = row + 3;
        sheet.write(at, 1, format!("A-{row}")).unwrap();
        sheet
            .write_with_format(at, 2, ExcelDateTime::from_ymd(2026, 3, (row % 28 + 1) as u8).unwrap(), &date)
            .unwrap();
        sheet.write(at, 3, 0.1 + 0.2 + f64::from(row)).unwrap();
        sheet.write(at, 4, row % 2 == 0).unwrap();
        sheet
            .write_with_format(
                at,
                5,
                ExcelDateTime::from_ymd(2026, 3, 20).unwrap().and_hms(8, 15, 30).unwrap(),
                &moment,
            )
            .unwrap();
    }
    // A row that only has a format is no row.
    sheet.write_blank(rows + 5, 1, &date).unwrap();
    let other = workbook.add_worksheet().set_name("Codes").unwrap();
    for (row, (code, name)) in [("code", "name"), ("1", "one"), ("2", "two")].iter().enumerate() {
        other.write(row as u32, 0, *code).unwrap();
        other.write(row as u32, 1, *name).unwrap();
    }
    workbook.save(path).unwrap();
}

#[test]
fn a_workbook_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.xlsx");
    workbook(&path, 30);
    let source = FileSource::new(&path, FileFormat::default());
    assert_eq!(source.kind(), "xlsx");
    keeps_the_contract(&source);
    let sheet = FileFormat { sheet: Some("Codes".into()), ..FileFormat::default() };
    keeps_the_contract(&FileSource::new(&path, sheet));
    workbook(&path, 28_000);
    let source = FileSource::new(&path, FileFormat::default());
    assert!(read(&source, "Orders", &Cursor::start()).0.len() > 1);
}

#[test]
fn a_workbooks_cells_are_read_as_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.xlsx");
    workbook(&path, 2);
    let source = FileSource::new(&path, FileFormat::default());
    let preview = source.preview("Orders", 9).unwrap();
    assert_eq!(preview.columns, ["Order", "Date", "Value", "Done", "At"]);
    assert_eq!(
        preview.rows,
        [
            (4, ["A-0", "2026-03-01", "0.3", "true", "2026-03-20 08:15:30"].map(str::to_owned).to_vec()),
            (5, ["A-1", "2026-03-02", "1.3", "false", "2026-03-20 08:15:30"].map(str::to_owned).to_vec()),
        ]
    );
    let kinds: Vec<_> =
        source.discover(PlausibleYears::default(), &mut |_| ControlFlow::Continue(())).unwrap()[0]
            .columns
            .iter()
            .map(|column| column.profile.kind)
            .collect();
    assert_eq!(
        kinds,
        [ColumnKind::Text, ColumnKind::Date, ColumnKind::Decimal, ColumnKind::Boolean, ColumnKind::Timestamp]
    );
    let Looked::Xlsx { layout } = source.look().unwrap() else { panic!("no workbook") };
    let again = xlsx::read_row(&path, fs::File::open(&path).unwrap(), &layout, 5).unwrap();
    assert_eq!(again.unwrap(), preview.rows[1].1);
    assert_eq!(xlsx::read_row(&path, fs::File::open(&path).unwrap(), &layout, 99).unwrap(), None);
    let restated = FileSource::new(&path, source.look().unwrap().to_format());
    assert_eq!(restated.preview("Orders", 9).unwrap(), preview);
}

#[test]
fn odd_workbooks_are_read_or_refused_in_clear_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "a").unwrap();
    sheet.write(0, 1, "a").unwrap();
    sheet.write_formula(1, 0, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_formula(1, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write(300, 0, "x").unwrap();
    sheet.write(300, 7, "a note far off").unwrap();
    workbook.save(&path).unwrap();
    let source = FileSource::new(&path, FileFormat::default());
    let stream =
        source.discover(PlausibleYears::default(), &mut |_| ControlFlow::Continue(())).unwrap().remove(0);
    // The note lies within the rows that are looked at, so it gives the sheet unnamed columns.
    assert_eq!(
        stream.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>()[..3],
        ["a", "a (2)", "column 3"]
    );
    assert_eq!(source.preview("Sheet1", 1).unwrap().rows[0].1[..2], ["2".to_owned(), "#N/A".to_owned()]);
    assert!(
        stream.columns[1].profile.hints.contains(&Hint::SpreadsheetErrors { rows: 1 }),
        "{:?}",
        stream.columns[1].profile
    );

    let wrong = |name: &str, bytes: &[u8], format: FileFormat| {
        FileSource::new(file(folder.path(), name, bytes), format).check().unwrap_err()
    };
    let xlsx = || FileFormat { kind: Some("xlsx".into()), ..FileFormat::default() };
    let whole = fs::read(&path).unwrap();
    for (name, bytes, format, code) in [
        ("cut.xlsx", &whole[..whole.len() / 2], FileFormat::default(), "corrupt"),
        ("locked.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 encrypted", FileFormat::default(), "protected"),
        ("old.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", FileFormat::default(), "wrong_kind"),
        ("page.xlsx", b"<html><table>", FileFormat::default(), "wrong_kind"),
        ("text.xlsx", b"a,b\n1,2\n", FileFormat::default(), "wrong_kind"),
        ("empty.xlsx", b"", FileFormat::default(), "empty"),
        ("named.csv", &whole, FileFormat { kind: Some("csv".into()), ..FileFormat::default() }, "wrong_kind"),
        ("plain.csv", b"a,b\n", xlsx(), "wrong_kind"),
        (
            "kind.csv",
            b"a,b\n",
            FileFormat { kind: Some("ods".into()), ..FileFormat::default() },
            "bad_format",
        ),
    ] {
        let error = wrong(name, bytes, format);
        assert_eq!(error.code(), code, "{name}: {error}");
    }
    let no_sheet = FileSource::new(&path, FileFormat { sheet: Some("Nope".into()), ..FileFormat::default() })
        .check()
        .unwrap_err();
    assert!(matches!(&no_sheet, ConnectError::NoSheet { sheets, .. } if sheets == &["Sheet1"]), "{no_sheet}");
    assert_eq!(
        FileSource::new(folder.path().join("none.csv"), FileFormat::default()).check().unwrap_err().code(),
        "missing"
    );
    Workbook::new().save(folder.path().join("blank.xlsx")).unwrap();
    assert_eq!(
        FileSource::new(folder.path().join("blank.xlsx"), FileFormat::default()).check().unwrap_err().code(),
        "empty"
    );
    // A workbook that is called CSV is still read where nothing says that it is one.
    assert!(
        FileSource::new(file(folder.path(), "really.csv", &whole), FileFormat::default()).check().is_ok()
    );
}

#[test]
fn a_cell_beyond_the_columns_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "a").unwrap();
    for row in 1..400 {
        sheet.write(row, 0, "x").unwrap();
    }
    sheet.write(399, 2, "stray").unwrap();
    workbook.save(&path).unwrap();
    let stream = FileSource::new(&path, FileFormat::default())
        .discover(PlausibleYears::default(), &mut |_| ControlFlow::Continue(()))
        .unwrap()
        .remove(0);
    assert_eq!((stream.rows, stream.damaged_rows), (398, 1));
    assert_eq!(stream.damaged[0].damage, Damage::TooManyCells { found: 3, expected: 1 });
    assert_eq!(stream.damaged[0].row, 400);
}

#[test]
fn a_late_letter_decides_the_encoding_of_the_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = b"id,name\n".to_vec();
    for row in 0..60_000 {
        bytes.extend(format!("{row},plain\n").bytes());
    }
    for (name, tail, encoding) in [
        ("w.csv", &b"1,M\xFCller & S\xF6hne\n2,Gr\xF6\xDFe\n"[..], "windows-1252"),
        ("u.csv", "1,Müller\n".as_bytes(), "utf-8"),
    ] {
        let mut whole = bytes.clone();
        whole.extend(tail);
        let source = FileSource::new(file(folder.path(), name, &whole), FileFormat::default());
        assert_eq!(source.look().unwrap().to_format().encoding.as_deref(), Some(encoding));
        let rows: Rows = read(&source, name, &Cursor::start()).0.concat();
        assert!(rows[60_000].1[1].starts_with("Müller"));
    }
}

fn shared(file: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PLAZA_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from);
    Some(root.join("data").join(file)).filter(|path| path.exists())
}

/// Hints on the columns of a published file.
fn hints(path: &Path) -> Vec<(String, Hint)> {
    let source = FileSource::new(path, FileFormat::default());
    let stream =
        source.discover(PlausibleYears::default(), &mut |_| ControlFlow::Continue(())).unwrap().remove(0);
    stream
        .columns
        .into_iter()
        .flat_map(|column| column.profile.hints.into_iter().map(move |hint| (column.name.clone(), hint)))
        .collect()
}

#[test]
fn what_is_wrong_with_published_files_is_found() {
    if let Some(path) = shared("damaged/scms_yymmdd_misparse_Masoud2568.csv") {
        let found = hints(&path);
        let misread: Vec<_> = found
            .iter()
            .filter_map(|(column, hint)| match hint {
                Hint::HalfConverted { converted_rows, kept_rows, .. } => {
                    Some((column.as_str(), *converted_rows, *kept_rows))
                }
                _ => None,
            })
            .collect();
        assert_eq!(
            misread,
            [("PQ First Sent to Client Date", 3148, 4495), ("PO Sent to Vendor Date", 1712, 2880)]
        );
    }
    if let Some(path) = shared("damaged/olist_filldown_Suhaniahirwar20.csv") {
        let found = hints(&path);
        let dragged: Vec<_> = found
            .iter()
            .filter_map(|(column, hint)| match hint {
                Hint::FilledSeries { examples, .. } => {
                    Some((column.as_str(), examples.iter().map(|example| example.row).collect::<Vec<_>>()))
                }
                _ => None,
            })
            .collect();
        assert_eq!(
            dragged,
            [
                ("order_delivered_carrier_date", vec![8, 2118]),
                ("order_delivered_customer_date", vec![8, 2118])
            ],
            "{found:?}"
        );
    }
    if let Some(path) = shared("damaged/adventureworks_workorder_excel_0000_Hemani18_head2000.csv") {
        let found = hints(&path);
        let lost: Vec<_> = found
            .iter()
            .filter(|(_, hint)| *hint == Hint::DateLost { rows: 1999 })
            .map(|(column, _)| column.as_str())
            .collect();
        assert_eq!(lost, ["StartDate", "EndDate", "DueDate", "ModifiedDate"]);
    }
    for sound in [
        "scms/SCMS_Delivery_History_Dataset.csv",
        "scms/alt_iso_fickya1987.csv",
        "northwind/orders.csv",
        "adventureworks/PurchaseOrderHeader.csv",
    ] {
        let Some(path) = shared(sound) else { continue };
        let alarming: Vec<_> = hints(&path)
            .into_iter()
            .filter(|(_, hint)| !matches!(hint, Hint::TwoDigitYears { .. } | Hint::LeadingZeros { .. }))
            .collect();
        assert_eq!(alarming, [], "{sound}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_is_written_to_a_workbook_is_read_back(rows in prop::collection::vec(prop::collection::vec("[^\\x00-\\x1f\u{fffe}\u{ffff}]{0,8}", 3), 0..8)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("any.xlsx");
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, name) in ["a", "b", "c"].iter().enumerate() {
            sheet.write(0, column as u16, *name).unwrap();
        }
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                sheet.write_string(row as u32 + 1, column as u16, text).unwrap();
            }
        }
        workbook.save(&path).unwrap();
        let format = FileFormat { header_row: Some(1), columns: vec!["a".into(), "b".into(), "c".into()], ..FileFormat::default() };
        let source = FileSource::new(&path, format);
        let found: Rows = read(&source, "Sheet1", &Cursor::start()).0.concat();
        let expected: Rows = rows.into_iter().enumerate().map(|(row, cells)| (row as u64 + 2, cells)).filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_format_is_a_flat_table_and_refuses_unknown_keys() {
    let dialect = csv::Dialect::default().to_format();
    let json = serde_json::to_value(&dialect).unwrap();
    assert_eq!(
        json,
        serde_json::json!({"kind": "csv", "encoding": "utf-8", "delimiter": ",", "quote": "\"", "line_end": "any", "header_row": 1})
    );
    assert_eq!(serde_json::from_value::<FileFormat>(json).unwrap(), dialect);
    assert_eq!(serde_json::from_str::<FileFormat>("{}").unwrap(), FileFormat::default());
    assert!(serde_json::from_str::<FileFormat>("{\"delimeter\": \";\"}").is_err());
}

/// The same days, kept by both of the calendars that workbooks have. What has no date format is a number in both.
#[test]
fn a_workbooks_dates_are_the_same_days_counted_from_1900_and_from_1904() {
    for (name, numbers) in [("dates-1900.xlsx", ["46088", "46089"]), ("dates-1904.xlsx", ["44626", "44627"])]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/files").join(name);
        let source = FileSource::new(path, FileFormat::default());
        let rows = source.preview("Orders", 9).unwrap().rows;
        let cells = |order: &str, ordered: &str, delivered: &str, promised: &str| {
            [order, ordered, delivered, promised].map(str::to_owned).to_vec()
        };
        assert_eq!(
            rows,
            [
                (2, cells("A", "2026-03-02", "2026-03-05 08:15:00", numbers[0])),
                (3, cells("B", "2026-03-03", "2026-03-06 18:00:00", numbers[1])),
            ],
            "{name}"
        );
        let streams = source.discover(PlausibleYears::default(), &mut |_| ControlFlow::Continue(())).unwrap();
        let promised = &streams[0].columns[3].profile;
        assert_eq!(promised.hints, [Hint::MayBeSerialDate], "{name}");
        assert_eq!(promised.date.as_ref().unwrap().formats(), None, "{name}: a guess");
    }
}
