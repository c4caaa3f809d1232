//! What people enter by hand while a system is silent, and how it is reconciled when the system is back.

use std::collections::BTreeMap;

use plaza_domain::event::AttentionKind;
use plaza_domain::record::Field;
use plaza_engine::error::EngineError;
use plaza_engine::hand::{
    Agreement, EnteredRow, HandReport, enter, keep, read_sheet, reconcile, write_sheet,
};
use plaza_engine::integration::Integration;
use plaza_engine::page::order::OrderPage;
use plaza_engine::pull::resume;
use plaza_engine::words::Language;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::bench::{Bench, FLAT, HEAD};

/// Four lines, none of them delivered yet.
fn open() -> Bench {
    let bench = Bench::new();
    let lines: String = (1..5).map(|nth| format!("A{nth},1,2026-03-02,2026-03-10,2026-03-06,,5\n")).collect();
    bench.write("lines_2026-03-20.csv", &format!("{HEAD}{lines}"));
    bench.pull(FLAT);
    bench
}

fn row(cells: &[(Field, &str)]) -> EnteredRow {
    cells.iter().map(|(field, text)| (*field, (*text).to_owned())).collect()
}

fn delivered(order: &str, day: &str) -> EnteredRow {
    row(&[(Field::Order, order), (Field::Line, "1"), (Field::Delivered, day)])
}

fn entered(bench: &Bench, rows: &[EnteredRow]) -> Result<HandReport, EngineError> {
    enter(&bench.workspace, "flat", rows, "form", "the ERP is down")
}

fn stands(bench: &Bench) -> Vec<(String, Agreement)> {
    let home = Integration::from_toml(FLAT).unwrap();
    let lines = reconcile(&bench.workspace, &home).unwrap();
    lines.into_iter().map(|line| (format!("{} {}", line.order, line.entered), line.agreement)).collect()
}

fn shown(bench: &Bench, order: &str) -> Option<String> {
    OrderPage::read(&bench.workspace, order, "1", None, Language::En).unwrap().reached
}

#[track_caller]
fn faults(outcome: Result<HandReport, EngineError>) -> BTreeMap<String, String> {
    match outcome {
        Err(EngineError::Invalid { fields }) => fields.into_iter().collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_cannot_be_read_is_named_cell_by_cell_and_nothing_is_kept() {
    let bench = open();
    let rows = [
        delivered("A1", "2026-03-09"),
        delivered("A2", "9.3.2026"),
        row(&[(Field::Order, "A3")]),
        row(&[(Field::Delivered, "2026-03-09")]),
        row(&[(Field::Order, "A4"), (Field::OrderedQuantity, "1,5"), (Field::Paid, "2026-03-09")]),
    ];
    let faults = faults(entered(&bench, &rows));
    let named: Vec<&str> = faults.keys().map(String::as_str).collect();
    assert_eq!(
        named,
        ["rows.1.delivered", "rows.2.order", "rows.3.order", "rows.4.ordered_quantity", "rows.4.paid"]
    );
    assert!(faults["rows.1.delivered"].contains("9.3.2026"), "{faults:?}");
    assert_eq!(stands(&bench), []);
    assert_eq!(shown(&bench, "A1"), None);
    assert!(entered(&bench, &[]).is_err());
}

#[test]
fn an_entry_counts_while_the_system_is_silent_and_gives_way_when_it_speaks() {
    let bench = open();
    assert_eq!(bench.kept()["2026-W11"], (0, 4));
    let report = entered(&bench, &[delivered("A1", "2026-03-09"), delivered("A2", "2026-03-09")]).unwrap();
    assert_eq!((report.rows.read, report.rows.new), (2, 2));
    assert_eq!(bench.kept()["2026-W11"], (2, 4));
    assert_eq!(
        stands(&bench),
        [("A1 2026-03-09".to_owned(), Agreement::Silent), ("A2 2026-03-09".to_owned(), Agreement::Silent)]
    );
    // The system is back: it agrees about one and says of the other that it came late.
    bench.wait_days(1);
    bench.write(
        "lines_2026-03-21.csv",
        &format!(
            "{HEAD}A1,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\nA2,1,2026-03-02,2026-03-10,2026-03-06,2026-03-12,5\n\
             A3,1,2026-03-02,2026-03-10,2026-03-06,,5\nA4,1,2026-03-02,2026-03-10,2026-03-06,,5\n"
        ),
    );
    bench.pull(FLAT);
    assert_eq!(bench.kept()["2026-W11"], (1, 4));
    assert_eq!(
        stands(&bench),
        [("A2 2026-03-09".to_owned(), Agreement::Differs), ("A1 2026-03-09".to_owned(), Agreement::Agrees)]
    );
    let differs = || {
        let open = bench.workspace.attention().unwrap();
        open.iter().filter(|one| one.raised.kind == AttentionKind::HandDiffers).count()
    };
    assert_eq!(differs(), 1);
    // The owner knows better.
    let of = ("A2", "1", Field::Delivered);
    assert!(keep(&bench.workspace, "flat", of, true, " ").is_err());
    keep(&bench.workspace, "flat", of, true, "the driver's note says so").unwrap();
    assert_eq!(bench.kept()["2026-W11"], (2, 4));
    assert_eq!(shown(&bench, "A2").as_deref(), Some("2026-03-09"));
    keep(&bench.workspace, "flat", of, false, "the note was of another order").unwrap();
    assert_eq!(bench.kept()["2026-W11"], (1, 4));
}

#[test]
fn an_order_taken_by_hand_is_a_journey_of_its_own_until_the_system_has_it() {
    let bench = open();
    let new = row(&[
        (Field::Order, "N1"),
        (Field::Ordered, "2026-03-04"),
        (Field::Promised, "2026-03-11"),
        (Field::Delivered, "2026-03-11"),
    ]);
    entered(&bench, &[new]).unwrap();
    assert_eq!(bench.kept()["2026-W11"], (1, 5));
    // A second entry adds to the first; a mistake is written over.
    entered(&bench, &[row(&[(Field::Order, "N1"), (Field::Produced, "2026-03-10")])]).unwrap();
    assert_eq!(bench.kept()["2026-W11"], (1, 5));
    entered(&bench, &[row(&[(Field::Order, "N1"), (Field::Delivered, "2026-03-12")])]).unwrap();
    assert_eq!(bench.kept()["2026-W11"], (0, 5));
}

#[test]
fn rows_that_break_a_rule_wait_in_quarantine_like_any_other() {
    let bench = open();
    let report = entered(&bench, &[delivered("A1", "2027-03-09")]).unwrap();
    assert_eq!(report.rows.quarantined, 1);
    assert_eq!(bench.kept()["2026-W11"], (0, 4));
}

#[test]
fn what_was_written_down_before_the_program_ended_is_pulled_by_the_next() {
    let bench = open();
    entered(&bench, &[delivered("A1", "2026-03-09")]).unwrap();
    let folder = bench.home.path().join("workspace/by-hand/flat");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    let text = "order,line,ordered,produced,delivered,promised,ordered_quantity,entered by,entered at\n\
                A2,1,,,2026-03-09,,,Ada,2026-03-30 08:20:00\n";
    std::fs::write(folder.join("left behind.csv"), text).unwrap();
    resume(&bench.workspace).unwrap();
    assert_eq!(bench.kept()["2026-W11"], (2, 4));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_sheet_goes_out_with_the_open_orders_and_comes_back_filled() {
    let bench = open();
    let path = bench.files.path().join("sheet.xlsx");
    for language in [Language::En, Language::De, Language::Es] {
        assert_eq!(write_sheet(&bench.workspace, "flat", &path, language).unwrap(), 4);
        // As it went out nothing is filled in.
        let empty = faults(read_sheet(&bench.workspace, "flat", &path, ""));
        assert!(empty.contains_key("sheet"), "{empty:?}");
    }
    let fill = |cells: &[(u32, &str, Option<(u16, u8, u8)>)]| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (place, name) in ["Auftragsnummer", "Positionsnummer", "Geliefert"].into_iter().enumerate() {
            sheet.write(0, place as u16, name).unwrap();
        }
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for (row, order, date) in cells {
            sheet.write(*row, 0, *order).unwrap();
            sheet.write(*row, 1, 1).unwrap();
            match date {
                Some((year, month, day_of)) => {
                    let date = ExcelDateTime::from_ymd(*year, *month, *day_of).unwrap();
                    sheet.write_with_format(*row, 2, &date, &day).unwrap();
                }
                None => drop(sheet.write(*row, 2, "bald").unwrap()),
            }
        }
        book.save(&path).unwrap();
    };
    fill(&[(1, "A1", Some((2026, 3, 9))), (3, "A2", None)]);
    let named = faults(read_sheet(&bench.workspace, "flat", &path, ""));
    assert_eq!(named.keys().collect::<Vec<_>>(), ["sheet.4.delivered"]);
    assert_eq!(stands(&bench), []);
    fill(&[(1, "A1", Some((2026, 3, 9))), (3, "A2", Some((2026, 3, 10)))]);
    read_sheet(&bench.workspace, "flat", &path, "from the night shift").unwrap();
    assert_eq!(bench.kept()["2026-W11"], (2, 4));
    std::fs::write(&path, "no workbook").unwrap();
    assert!(matches!(read_sheet(&bench.workspace, "flat", &path, ""), Err(EngineError::Source(_))));
}
