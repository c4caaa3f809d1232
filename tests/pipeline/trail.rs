//! The trail of an integration: whole, searchable, exportable, and not to be changed unseen.

use plaza_domain::language::Language;
use plaza_engine::error::EngineError;
use plaza_engine::integration::Integration;
use plaza_engine::pull::{Unwatched, pull_saved, release};
use plaza_engine::trail::{TrailEntry, TrailForm, TrailKind, TrailPage, TrailQuery, write};
use plaza_engine::verify::Fault;
use rusqlite::Connection;

use crate::bench::{Bench, FLAT};

/// A database whose second row has a quantity that cannot be, pulled once.
fn pulled() -> Bench {
    let bench = Bench::new();
    let erp = Connection::open(bench.files.path().join("erp.db")).unwrap();
    erp.execute_batch(
        "CREATE TABLE lines (id INTEGER PRIMARY KEY, \"order\" TEXT, line INTEGER, ordered TEXT, promised TEXT,
           produced TEXT, delivered TEXT, quantity REAL, changed TEXT);
         INSERT INTO lines VALUES
           (1, 'A1', 1, '2026-03-02', '2026-03-16', '2026-03-06', '2026-03-16', 5, '2026-03-16 10:00:00'),
           (2, 'A2', 1, '2026-03-02', '2026-03-16', '2026-03-06', '2026-03-16', -5, '2026-03-16 10:00:00');",
    )
    .unwrap();
    bench.pull(&asked());
    bench
}

fn asked() -> String {
    let text = FLAT.replace(
        "files = [\"lines*.csv\"]\ndelivery = \"snapshot\"\nsnapshot_date = \"lines_{yyyy-MM-dd}.csv\"",
        "",
    );
    let connection = "[connection]\nkind = \"sqlite\"\npath = \"erp.db\"\n\n[route]";
    let stream = "name = \"lines\"\ndelivery = \"increment\"\nfrom = { name = \"lines\", cursor = \"changed\", key = \"id\" }";
    text.replacen("[route]", connection, 1).replace("name = \"lines\"", stream)
}

fn find(bench: &Bench, query: &TrailQuery) -> Vec<TrailEntry> {
    TrailPage::read(&bench.workspace, "flat", query, 0, Language::En).unwrap().entries
}

fn searched(bench: &Bench, search: &str) -> Vec<TrailEntry> {
    find(bench, &TrailQuery { search: search.into(), ..TrailQuery::default() })
}

fn intake(bench: &Bench) -> Connection {
    Connection::open(bench.workspace.folder().join("intake.db")).unwrap()
}

#[test]
fn what_was_asked_came_and_was_decided_stands_in_the_trail() {
    let bench = pulled();
    let all = find(&bench, &TrailQuery::default());
    let of = |kind| all.iter().filter(|entry| entry.kind == kind).collect::<Vec<_>>();
    let came = of(TrailKind::Came);
    assert_eq!((came.len(), came[0].outcome.as_str(), came[0].stream.as_str()), (1, "landed", "lines"));
    assert_eq!(came[0].hash.as_ref().map(String::len), Some(64));
    assert!(of(TrailKind::Asked).iter().any(|entry| entry.what.contains("SELECT") && entry.rows == Some(2)));
    let run = &of(TrailKind::Run)[0].run;
    assert!(run.is_some() && of(TrailKind::Asked).iter().all(|entry| entry.run == *run), "asked in that run");
    let rules = of(TrailKind::Rule);
    assert_eq!((rules.len(), rules[0].outcome.as_str(), rules[0].rows), (1, "quarantined", Some(1)));
    assert_eq!(of(TrailKind::Run)[0].outcome, "finished");

    // Who let the row out, and why.
    let number: i64 =
        intake(&bench).query_row("SELECT number FROM quarantine", [], |row| row.get(0)).unwrap();
    release(&bench.workspace, number, "A return, booked as a delivery").unwrap();
    let decided = searched(&bench, "booked AS");
    assert_eq!(
        (decided.len(), decided[0].outcome.as_str(), decided[0].rows),
        (1, "quarantine_released", Some(1))
    );
    assert_eq!(decided[0].who.as_deref(), Some("Ada"));
    assert!(bench.workspace.verify(&Unwatched::default()).unwrap().is_sound());
}

#[test]
fn a_trail_is_found_by_text_by_day_and_by_fault() {
    let bench = pulled();
    std::fs::remove_file(bench.files.path().join("erp.db")).unwrap();
    bench.wait_days(2);
    pull_saved(&bench.workspace, "flat", &Unwatched::default()).unwrap_err();
    let faults = find(&bench, &TrailQuery { faults: true, ..TrailQuery::default() });
    assert!(!faults.is_empty() && faults.iter().all(|entry| entry.is_fault));
    assert!(faults.iter().any(|entry| entry.kind == TrailKind::Run && entry.words.is_some()));
    assert_eq!(searched(&bench, "100%_nothing").len(), 0);
    let all = find(&bench, &TrailQuery::default());
    let (first, last) = (&all[all.len() - 1].at[..10], &all[0].at[..10]);
    assert_ne!(first, last);
    let until = TrailQuery { until: Some(first.to_owned()), ..TrailQuery::default() };
    let early = find(&bench, &until);
    assert!(
        !early.is_empty() && early.len() < all.len() && early.iter().all(|entry| &entry.at[..10] <= first)
    );
    let since = TrailQuery { since: Some(last.to_owned()), ..TrailQuery::default() };
    assert_eq!(find(&bench, &since).len() + early.len(), all.len());
    let bad = TrailQuery { since: Some("soon".into()), ..TrailQuery::default() };
    let refused = TrailPage::read(&bench.workspace, "flat", &bad, 0, Language::En).unwrap_err();
    assert!(matches!(refused, EngineError::Invalid { .. }));
}

#[test]
fn ten_thousand_entries_come_page_by_page_and_each_once() {
    let bench = pulled();
    let before = find(&bench, &TrailQuery::default()).len();
    let mut intake = intake(&bench);
    let change = intake.transaction().unwrap();
    for number in 0..10_000 {
        change
            .execute(
                "INSERT INTO exchange (integration, began_at, stream, at, request, bytes, rows, took_ms)
                 VALUES ('flat', 1, 'lines', ?1, 'page ' || ?1, 1, 1, 1)",
                [number],
            )
            .unwrap();
    }
    change.commit().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    let (mut skip, mut total) = (0, 1);
    while skip < total {
        let query = TrailQuery::default();
        let page = TrailPage::read(&bench.workspace, "flat", &query, skip, Language::En).unwrap();
        assert!(page.entries.is_sorted_by(|one, other| one.at >= other.at));
        total = page.total;
        skip += u32::try_from(page.entries.len()).unwrap();
        let pages = page.entries.into_iter().filter(|entry| entry.what.starts_with("page "));
        seen.extend(pages.map(|entry| entry.what));
    }
    assert_eq!((total as usize, seen.len()), (before + 10_000, 10_000));
}

#[test]
fn a_trail_is_written_for_other_programs() {
    let bench = pulled();
    let write = |form| {
        let mut text = Vec::new();
        let query = TrailQuery::default();
        let count = write(&bench.workspace, "flat", &query, form, Language::En, &mut text).unwrap();
        (count as usize, String::from_utf8(text).unwrap())
    };
    let (count, csv) = write(TrailForm::Csv);
    assert_eq!(csv.lines().count(), count + 1);
    let (_, lines) = write(TrailForm::JsonLines);
    let entries: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entries.len(), count);
    assert!(entries.iter().any(|entry| entry["kind"] == "rule" && entry["rows"] == 1));
}

/// What a change to the intake does to the verification.
fn faults_after(sql: &str) -> Vec<Fault> {
    let bench = pulled();
    assert!(bench.workspace.verify(&Unwatched::default()).unwrap().is_sound());
    assert!(intake(&bench).execute(sql, []).unwrap() > 0, "{sql}");
    bench.workspace.verify(&Unwatched::default()).unwrap().named
}

#[test]
fn a_trail_that_was_changed_afterwards_is_found() {
    for sql in [
        "UPDATE exchange SET request = 'nothing'",
        "UPDATE exchange SET rows = rows + 1",
        "DELETE FROM exchange WHERE number = (SELECT max(number) FROM exchange)",
        "INSERT INTO exchange (integration, began_at, stream, at, request, bytes, rows, took_ms)
         SELECT integration, began_at, stream, at, 'more', 1, 1, 1 FROM exchange LIMIT 1",
        "UPDATE run SET report = replace(report, '\"quarantined\":1', '\"quarantined\":0')",
        "UPDATE run SET report = json_set(report, '$.came[0].hash', '00')",
    ] {
        let faults = faults_after(sql);
        assert!(matches!(faults.as_slice(), [Fault::Trails { count: 1, .. }]), "{sql}: {faults:?}");
    }
}

#[test]
fn an_integration_that_is_not_there_has_no_trail() {
    let bench = Bench::new();
    let query = TrailQuery::default();
    let refused = TrailPage::read(&bench.workspace, "flat", &query, 0, Language::En).unwrap_err();
    assert!(matches!(refused, EngineError::NotFound { .. }));
    assert!(Integration::from_toml(&asked()).is_ok());
}
