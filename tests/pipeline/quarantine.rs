//! Quarantine as its page reads it, and many rows let out at once.

use plaza_engine::error::EngineError;
use plaza_engine::page::integration::{QuarantineList, QuarantineQuery, QuarantineRow, release_rows};
use plaza_engine::week::tallies_hold;
use plaza_engine::words::Language;

use crate::bench::{Bench, FLAT, HEAD};

fn query(rule: Option<&str>, offset: u32, limit: u32) -> QuarantineQuery {
    QuarantineQuery { integration: "flat".into(), rule: rule.map(str::to_owned), offset, limit }
}

fn list(bench: &Bench, rule: Option<&str>, offset: u32, limit: u32) -> QuarantineList {
    QuarantineList::read(&bench.workspace, &query(rule, offset, limit), Language::En).unwrap()
}

fn ids(rows: &[QuarantineRow]) -> Vec<String> {
    rows.iter().map(|row| row.id.clone()).collect()
}

/// Three lines with a negative quantity, one without an order date, one that passes.
fn bench() -> Bench {
    let bench = Bench::new();
    let rows = "\
A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5
B,1,2026-03-02,2026-03-10,2026-03-06,2026-03-12,-5
C,1,2026-03-02,2026-03-10,2026-03-06,2026-03-12,-5
D,1,,2026-03-10,2026-03-06,2026-03-09,5
E,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
";
    bench.write("lines_2026-03-29.csv", &format!("{HEAD}{rows}")).pull(FLAT);
    bench
}

#[test]
fn rows_that_cannot_count_are_not_released_and_nothing_else_is_either() {
    let bench = bench();
    let rows = list(&bench, None, 0, 500).rows;
    let all = ids(&rows);
    for (ids, reason) in [(&all[..1], " "), (&all[..], "I know better")] {
        let error = release_rows(&bench.workspace, ids, reason).unwrap_err();
        assert!(matches!(error, EngineError::Invalid { .. }), "{error}");
    }
    for unknown in ["q99", "99", "qx", ""] {
        let error = release_rows(&bench.workspace, &[unknown.to_owned()], "why").unwrap_err();
        assert!(matches!(error, EngineError::NotFound { .. }), "{unknown}: {error}");
    }
    assert_eq!(list(&bench, None, 0, 500).waiting, 4);
    assert_eq!(bench.kept()["2026-W11"], (1, 1));
}

#[test]
fn many_rows_are_released_by_one_act_and_published_once() {
    let bench = bench();
    let before = list(&bench, Some("negative-quantity"), 0, 500);
    let all = ids(&before.rows);
    release_rows(&bench.workspace, &all, "returns booked as minus").unwrap();
    assert_eq!(bench.kept()["2026-W11"], (2, 4));
    let revisions: Vec<u32> = bench
        .observations("promise-kept")
        .iter()
        .filter(|one| one.week.to_string() == "2026-W11")
        .map(|one| one.revision)
        .collect();
    assert_eq!(revisions, [2]);
    assert!(tallies_hold(&bench.workspace).unwrap());
    let releases = bench.workspace.view(|view| view.releases()).unwrap();
    assert_eq!(releases.len(), 3);
    assert!(releases.iter().all(|one| one.reason == "returns booked as minus" && one.act.person.is_some()));

    let after = list(&bench, None, 0, 500);
    assert_eq!((after.total, after.waiting), (4, 1));
    let states: Vec<&str> = after.rows.iter().map(|row| row.state.as_str()).collect();
    assert_eq!(states, ["waiting", "released", "released", "released"]);
    let again = release_rows(&bench.workspace, &all[..1], "once more").unwrap_err();
    assert!(matches!(again, EngineError::Conflict { .. }), "{again}");
}

#[test]
fn a_row_tells_why_it_waits_which_cells_and_whether_it_can_be_released() {
    let bench = Bench::new();
    let rows = "\
A,1,2026-03-02,2026-03-10,2026-03-06,00:00.0,5
B,1,2026-03-02,2026-03-10,2026-03-06,2027-03-09,5
,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5
D,1,2026-03-02
";
    let toml = FLAT.replace(
        "delivered = \"delivered\"",
        "delivered = { column = \"delivered\", formats = [\"yyyy-MM-dd\"] }",
    );
    bench.write("lines_2026-03-29.csv", &format!("{HEAD}{rows}")).pull(&toml);
    let page = list(&bench, None, 0, 500);
    let find = |row: u32| page.rows.iter().find(|one| one.row == row).unwrap();
    let lost = find(2);
    assert_eq!((lost.order.as_deref(), lost.line.as_deref(), lost.releasable), (Some("A"), Some("1"), true));
    assert_eq!(lost.cells, [("delivered".to_owned(), "00:00.0".to_owned())]);
    assert!(lost.reasons[0].contains("minutes and seconds"), "{:?}", lost.reasons);
    assert_eq!((lost.stream.as_str(), lost.file.as_str()), ("lines", "lines_2026-03-29.csv"));
    assert_eq!(find(3).cells, [("delivered".to_owned(), "2027-03-09".to_owned())]);
    let nobody = find(4);
    assert_eq!((nobody.order.as_deref(), nobody.releasable), (None, false));
    assert_eq!(nobody.cells, [("order".to_owned(), String::new())]);
    assert!(!find(5).releasable && find(5).cells.is_empty());

    let german = QuarantineList::read(&bench.workspace, &query(None, 0, 1), Language::De).unwrap();
    assert_eq!(german.rows.len(), 1);
    assert!(german.reasons.iter().all(|reason| reason.words != reason.rule), "{:?}", german.reasons);
}

#[test]
fn ten_thousand_rows_are_read_in_slices_and_by_rule() {
    use std::fmt::Write;
    let bench = Bench::new();
    let mut rows = HEAD.to_owned();
    for nth in 0..10_000 {
        let (quantity, delivered) = if nth % 4 == 0 { (-1, "2026-03-09") } else { (1, "2027-03-09") };
        writeln!(rows, "O{nth},1,2026-03-02,2026-03-10,2026-03-06,{delivered},{quantity}").unwrap();
    }
    bench.write("lines_2026-03-29.csv", &rows).try_pull(FLAT).unwrap();
    let began = std::time::Instant::now();
    let first = list(&bench, None, 0, 9_999);
    let took = began.elapsed();
    assert_eq!((first.total, first.waiting, first.rows.len()), (10_000, 10_000, 500));
    let counts: Vec<(&str, u32)> = first.reasons.iter().map(|one| (one.rule.as_str(), one.rows)).collect();
    assert_eq!(counts, [("date-in-future", 7_500), ("negative-quantity", 2_500)]);
    assert_eq!(list(&bench, None, 9_900, 500).rows.len(), 100);
    assert!(list(&bench, None, 10_000, 500).rows.is_empty());
    let some = list(&bench, Some("negative-quantity"), 2_499, 500);
    assert_eq!((some.total, some.rows.len(), some.rows[0].order.as_deref()), (2_500, 1, Some("O9996")));
    assert_eq!(some.reasons.len(), 2, "the choice of rules stays");
    // A page turns while somebody scrolls; this is generous for an unoptimised build on a busy machine.
    assert!(took < std::time::Duration::from_secs(5), "{took:?}");
    println!("500 of 10 000 rows in {took:?}");
}

#[test]
fn an_integration_that_was_never_pulled_has_an_empty_quarantine() {
    let bench = bench();
    let toml = FLAT.replace("\"flat\"", "\"fresh\"");
    bench
        .workspace
        .act([plaza_domain::event::Payload::IntegrationSaved {
            integration: "fresh".into(),
            version: 1,
            toml,
            note: String::new(),
        }])
        .unwrap();
    let asked = QuarantineQuery { integration: "fresh".into(), ..query(None, 0, 10) };
    assert_eq!(QuarantineList::read(&bench.workspace, &asked, Language::En).unwrap().total, 0);
    let asked = QuarantineQuery { integration: "nobody’s".into(), ..query(None, 0, 10) };
    let error = QuarantineList::read(&bench.workspace, &asked, Language::En).unwrap_err();
    assert!(matches!(error, EngineError::NotFound { .. }), "{error}");
}
