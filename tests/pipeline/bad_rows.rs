//! Bad input first: it waits with its reason, is asked about, or is refused before anything is changed.

use std::collections::BTreeMap;

use plaza_engine::error::EngineError;
use plaza_engine::pull::release;
use plaza_engine::week::tallies_hold;

use crate::bench::{Bench, FLAT, HEAD};

#[test]
fn bad_rows_wait_with_their_reasons_and_count_nowhere() {
    let bench = Bench::new();
    let rows = "\
A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
B,1,2026-03-02,2026-03-10,2026-03-06,00:00.0,5
,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
C,1,,2026-03-10,2026-03-06,2026-03-09,5
D,1,1026-03-02,2026-03-10,2026-03-06,2026-03-09,5
E,1,2026-03-02,2026-03-10,2026-03-06,2027-03-09,5
F,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5
G,1,2026-03-02,2026-03-10,2026-03-06,2026-02-30,5
H,1,2026-03-02
I,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
I,1,2026-03-02,2026-03-11,2026-03-06,2026-03-09,5
J,1,2026-03-05,2026-03-10,,2026-03-09,5
J,1,2026-03-05,2026-03-10,,2026-03-09,5
";
    let toml = FLAT
        .replace(
            "delivered = \"delivered\"",
            "delivered = { column = \"delivered\", formats = [\"yyyy-MM-dd\"] }",
        )
        .replace("ordered = \"ordered\"", "ordered = { column = \"ordered\", formats = [\"yyyy-MM-dd\"] }");
    let report = bench.write("lines_2026-03-29.csv", &format!("{HEAD}{rows}")).pull(&toml);
    let reasons: Vec<(&str, i64)> =
        report.reasons.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
    assert_eq!(
        reasons,
        [
            ("damaged", 1),
            ("date-in-future", 1),
            ("date-lost", 1),
            ("date-too-early", 1),
            ("negative-quantity", 1),
            ("no-such-day", 1),
            ("required", 2),
            ("unique-key", 2),
        ]
    );
    assert_eq!(
        (report.records.read, report.records.new, report.records.same, report.records.quarantined),
        (13, 2, 1, 10)
    );
    assert_eq!(report.journeys, 2);
    assert_eq!(bench.kept(), BTreeMap::from([("2026-W11".to_owned(), (2, 2))]));
    assert!(report.warnings.contains_key("duplicate"));
}

#[test]
fn an_ambiguous_date_is_asked_and_nothing_is_changed() {
    let bench = Bench::new();
    let rows = "A,1,01/02/2026,03/04/2026,,,5\nB,1,02/03/2026,05/04/2026,,,5\n";
    let error = bench.write("lines_2026-03-29.csv", &format!("{HEAD}{rows}")).try_pull(FLAT).unwrap_err();
    let EngineError::Question(question) = error else { panic!("{error}") };
    assert_eq!(question.column, "ordered");
    assert!(question.answers.iter().any(|answer| answer.contains("formats")), "{:?}", question.answers);
    assert!(bench.workspace.intake().view().integrations().unwrap().is_empty());
}

#[test]
fn a_missing_column_and_an_unknown_department_are_said_before_anything_is_changed() {
    let bench = Bench::new();
    bench.write("lines_2026-03-29.csv", &format!("{HEAD}A,1,2026-03-02,2026-03-10,,,5\n"));
    let error = bench.try_pull(&FLAT.replace("\"promised\"", "\"promise\"")).unwrap_err().to_string();
    assert!(error.contains("promise") && error.contains("“promised”"), "{error}");
    let error = bench.try_pull(&FLAT.replace("\"sales\"", "\"marketing\"")).unwrap_err().to_string();
    assert!(error.contains("marketing"), "{error}");
    assert!(bench.kept().is_empty());
}

#[test]
fn lost_dates_all_wait_and_filled_down_ones_are_warned_about() {
    let bench = Bench::new();
    let lost = "A,1,00:00.0,00:00.0,,00:00.0,5\nB,1,00:00.0,00:00.0,,00:00.0,5\n";
    let report = bench.write("lines_2026-03-22.csv", &format!("{HEAD}{lost}")).pull(FLAT);
    assert_eq!((report.reasons["date-lost"], report.journeys), (2, 0));

    let bench = Bench::new();
    let rows: String = (0..40)
        .map(|row| format!("O{row},1,2026-03-02 08:{row:02},2026-03-20 00:00,2026-03-05 09:{row:02},2026-03-{:02} 10:17,5\n", 6 + row % 3))
        .collect();
    let report = bench.write("lines_2026-03-22.csv", &format!("{HEAD}{rows}")).pull(FLAT);
    assert!(report.warnings.contains_key("repeated-dates"), "{:?}", report.warnings);
    assert_eq!(report.journeys, 40);
}

#[test]
fn a_released_row_counts_and_a_mended_one_leaves_quarantine() {
    let bench = Bench::new();
    let rows = "A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\nB,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5\nC,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-7\n";
    bench.write("lines_2026-03-22.csv", &format!("{HEAD}{rows}"));
    bench.pull(FLAT);
    assert_eq!(bench.kept()["2026-W11"], (1, 1));
    let waiting = bench.waiting();
    assert_eq!(waiting.len(), 2);
    assert!(release(&bench.workspace, waiting[0].number, "  ").is_err());
    let b = waiting.iter().find(|row| row.row == 3).unwrap().number;
    release(&bench.workspace, b, "a correction booked as minus").unwrap();
    assert_eq!(bench.kept()["2026-W11"], (2, 2));
    assert!(tallies_hold(&bench.workspace).unwrap());
    let mended = rows.replace("-7", "7");
    let report = bench.write("lines_2026-03-23.csv", &format!("{HEAD}{mended}")).pull(FLAT);
    assert_eq!((report.records.quarantined, report.records.new), (0, 1));
    assert!(bench.waiting().is_empty());
    assert_eq!(bench.kept()["2026-W11"], (3, 3));
}

#[test]
fn dates_that_a_spreadsheet_misread_wait_and_those_it_left_alone_count() {
    let bench = Bench::new();
    // Written as month/day/year; where the day could be a month, a spreadsheet took it for one: 9/3/25 has become
    // the third of September, and stands there in another form.
    let sound =
        (0..30).map(|row| format!("S{row},1,2/{}/26,3/20/26,,,5\n", 13 + row % 15)).collect::<String>();
    let misread =
        (0..9).map(|row| format!("M{row},1,2026-{:02}-02,3/20/26,,,5\n", 1 + row % 3)).collect::<String>();
    let report = bench.write("lines_2026-03-29.csv", &format!("{HEAD}{sound}{misread}")).pull(FLAT);
    assert_eq!((report.records.new, report.records.quarantined, report.journeys), (30, 9, 30));
    assert_eq!(report.reasons.values().sum::<i64>(), 9, "{:?}", report.reasons);
    // Whoever knows that both forms are right says so.
    let stated = FLAT.replace(
        "ordered = \"ordered\"",
        "ordered = { column = \"ordered\", formats = [\"M/d/yy\", \"yyyy-MM-dd\"] }",
    );
    assert_eq!(bench.pull(&stated).journeys, 39);
}

#[test]
fn a_complete_file_that_shrinks_is_warned_about_or_held_back_as_a_whole() {
    let rows = |count: u32| -> String {
        (0..count).map(|row| format!("O{row},1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n")).collect()
    };
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &format!("{HEAD}{}", rows(10))).pull(FLAT);
    let report = bench.write("lines_2026-03-21.csv", &format!("{HEAD}{}", rows(8))).pull(FLAT);
    assert!(!report.warnings.contains_key("row-count") && report.records.deleted == 2);
    let report = bench.write("lines_2026-03-22.csv", &format!("{HEAD}{}", rows(5))).pull(FLAT);
    assert_eq!((report.warnings["row-count"].count, report.records.deleted), (1, 3));

    let guarded =
        format!("{FLAT}\n[rules]\nrow_count_percent = 20\nseverity = {{ row-count = \"quarantine\" }}\n");
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &format!("{HEAD}{}", rows(10))).pull(&guarded);
    let before = bench.figures();
    let error =
        bench.write("lines_2026-03-21.csv", &format!("{HEAD}{}", rows(3))).try_pull(&guarded).unwrap_err();
    assert!(error.to_string().contains("3 rows, last time 10"), "{error}");
    assert_eq!(bench.figures(), before);
    // Whole again, it is pulled as if nothing had been.
    let report = bench.write("lines_2026-03-21.csv", &format!("{HEAD}{}", rows(10))).pull(&guarded);
    assert_eq!((report.records.deleted, report.journeys), (0, 10));
}

#[test]
fn a_rule_that_means_nothing_is_refused_before_anything_is_changed() {
    let bench = Bench::new();
    bench
        .write("lines_2026-03-29.csv", &format!("{HEAD}A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n"));
    for (rules, place) in [
        ("severity = { plausible-dates = \"warn\" }", "rules.severity.plausible-dates"),
        ("severity = { damaged = \"off\" }", "rules.severity.damaged"),
        ("severity = { null-share = \"quarantine\" }", "rules.severity.null-share"),
        ("required = [\"paid\"]", "rules.required[0]"),
        ("range = { ordered = { min = 1.0 } }", "rules.range.ordered"),
        ("range = { ordered_quantity = { min = 2.0, max = 1.0 } }", "rules.range.ordered_quantity"),
    ] {
        let error = bench.try_pull(&format!("{FLAT}\n[rules]\n{rules}\n")).unwrap_err();
        let EngineError::Invalid { fields } = error else { panic!("{rules}: {error}") };
        assert_eq!(fields[0].0, place);
        assert!(bench.workspace.intake().view().integrations().unwrap().is_empty(), "{rules}");
    }
    assert_eq!(bench.pull(FLAT).journeys, 1);
}
