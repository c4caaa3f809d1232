//! Systems in place of files: what is asked, what is kept when it breaks off, and that no secret is ever written down.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use plaza_engine::connection::{check, discover, keep_secret, missing_secrets};
use plaza_engine::error::EngineError;
use plaza_engine::integration::Integration;
use plaza_engine::page::connection::Trail;
use plaza_engine::page::integration::{IntegrationPage, RunView};
use plaza_engine::pull::{PullReport, Unwatched, Watch, pull, pull_saved, read_again};
use plaza_engine::words::Language;
use rusqlite::Connection;

use crate::bench::{Bench, FLAT};

const SECRET: &str = "gr3en-häT 7!";

/// As the flat file, asked of a table.
fn asked(delivery: &str, from: &str) -> String {
    let text = FLAT.replace(
        "files = [\"lines*.csv\"]\ndelivery = \"snapshot\"\nsnapshot_date = \"lines_{yyyy-MM-dd}.csv\"",
        "",
    );
    let connection = "[connection]\nkind = \"sqlite\"\npath = \"erp.db\"\n\n[route]";
    let stream = format!("name = \"lines\"\ndelivery = \"{delivery}\"\nfrom = {{ {from} }}");
    text.replacen("[route]", connection, 1).replace("name = \"lines\"", &stream)
}

/// A database beside the bench's files.
fn erp(bench: &Bench) -> Connection {
    let erp = Connection::open(bench.files.path().join("erp.db")).unwrap();
    erp.execute_batch(
        "CREATE TABLE lines (id INTEGER PRIMARY KEY, \"order\" TEXT, line INTEGER, ordered TEXT, promised TEXT,
           produced TEXT, delivered TEXT, quantity REAL, changed TEXT, salary REAL)",
    )
    .unwrap();
    erp
}

fn put(erp: &Connection, id: i64, delivered: Option<&str>, changed: &str) {
    erp.execute(
        "INSERT OR REPLACE INTO lines VALUES (?1, 'A' || ?1, 1, '2026-03-02', '2026-03-16', '2026-03-06', ?2, 5, ?3, 1)",
        (id, delivered, changed),
    )
    .unwrap();
}

pub(crate) fn everything_below(folder: &Path, told: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            everything_below(&path, told);
        } else {
            told.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

fn answers(bench: &Bench) -> Vec<String> {
    let folder = bench.workspace.folder().join("answers/flat");
    let names =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "lock").collect()
}

#[test]
fn a_table_is_pulled_like_a_file_and_the_second_time_only_news_are_asked_for() {
    let bench = Bench::new();
    let erp = erp(&bench);
    put(&erp, 1, Some("2026-03-16"), "2026-03-16 10:00:00");
    put(&erp, 2, Some("2026-03-17"), "2026-03-17 10:00:00");
    let toml = asked("increment", "name = \"lines\", cursor = \"changed\", key = \"id\"");
    let first = bench.pull(&toml);
    assert_eq!((first.records.read, first.records.new, first.journeys), (2, 2, 2));
    assert_eq!(bench.kept()["2026-W12"], (1, 2));
    assert_eq!(answers(&bench), [""; 0], "an answer that is landed leaves no file");
    bench.wait_days(1);
    // Within the overlap the same row is said again, and changes nothing.
    let second = bench.pull(&toml);
    assert_eq!((second.records.read, second.records.new, second.records.changed), (1, 0, 0));
    assert_eq!(second.weeks_changed.len(), 0);
    bench.wait_days(1);
    put(&erp, 1, Some("2026-03-18"), "2026-03-18 10:00:00");
    let third = bench.pull(&toml);
    assert_eq!((third.records.changed, third.records.deleted), (1, 0));
    assert_eq!(bench.kept()["2026-W12"], (0, 2));
    // Only what the mapping names was asked for.
    let page = RunView::list(&bench.workspace, "flat", Language::En).unwrap();
    let trail = Trail::read(&bench.workspace, "flat", &page[0].id, 0).unwrap();
    assert!(trail.total > 0 && trail.exchanges.iter().all(|one| one.fault.is_none()));
    assert!(trail.exchanges.iter().all(|one| !one.request.contains("salary")), "{trail:?}");
}

#[test]
fn a_snapshot_of_a_table_tells_what_was_deleted() {
    let bench = Bench::new();
    let erp = erp(&bench);
    put(&erp, 1, Some("2026-03-16"), "");
    put(&erp, 2, Some("2026-03-17"), "");
    let toml = asked("snapshot", "name = \"lines\"");
    assert_eq!(bench.pull(&toml).records.new, 2);
    erp.execute("DELETE FROM lines WHERE id = 1", []).unwrap();
    bench.wait_days(1);
    let second = bench.pull(&toml);
    assert_eq!((second.records.deleted, second.records.same), (1, 1));
    erp.execute("DELETE FROM lines", []).unwrap();
    bench.wait_days(1);
    assert_eq!(bench.pull(&toml).records.deleted, 1, "an empty table is an answer too");
}

/// Stops once so many rows were asked for.
struct StopAfter(u64, AtomicBool);

impl Watch for StopAfter {
    fn progress(&self, what: &str, done: u64, _total: u64) {
        if what == "ask" && done >= self.0 {
            self.1.store(true, Ordering::Relaxed);
        }
    }

    fn cancel(&self) -> &AtomicBool {
        &self.1
    }
}

#[test]
fn what_came_before_a_stop_is_kept_and_the_next_pull_goes_on_behind_it() {
    let bench = Bench::new();
    let mut erp = erp(&bench);
    let rows = erp.transaction().unwrap();
    for id in 1..=5_000 {
        put(&rows, id, Some("2026-03-16"), &format!("2026-03-16 10:{:02}:{:02}", id / 60 % 60, id % 60));
    }
    rows.commit().unwrap();
    let toml = asked("increment", "name = \"lines\", cursor = \"changed\", key = \"id\", page_rows = 100");
    let integration = Integration::from_toml(&toml).unwrap();
    let stopped =
        pull(&bench.workspace, &integration, bench.files.path(), &StopAfter(1_000, AtomicBool::default()));
    assert!(matches!(stopped, Err(EngineError::Cancelled)), "{stopped:?}");
    assert_eq!(answers(&bench).len(), 1, "what came is kept");
    let report: PullReport = bench.pull(&toml);
    assert_eq!((report.records.read, report.records.new, report.journeys), (5_000, 5_000, 5_000));
    let run = &RunView::list(&bench.workspace, "flat", Language::En).unwrap()[0];
    let trail = Trail::read(&bench.workspace, "flat", &run.id, 0).unwrap();
    let rows: u32 = trail.exchanges.iter().map(|one| one.rows).sum();
    assert!(rows < 5_000, "only the rest was asked for: {rows}");
}

#[test]
fn another_mapping_asks_for_everything_anew() {
    let bench = Bench::new();
    let erp = erp(&bench);
    put(&erp, 1, Some("2026-03-16"), "2026-03-16 10:00:00");
    let toml = asked("increment", "name = \"lines\", cursor = \"changed\", key = \"id\"");
    bench.pull(&toml);
    bench.wait_days(1);
    let wider = toml.replace("ordered = \"ordered\"", "ordered = \"ordered\"\nvalue = \"salary\"");
    let report = bench.pull(&wider);
    assert_eq!((report.records.read, report.journeys), (1, 1));
}

#[test]
fn a_system_that_does_not_answer_ends_in_words_and_disturbs_nobody() {
    let bench = Bench::new();
    bench.write(
        "lines_2026-03-23.csv",
        &format!("{}A1,1,2026-03-02,2026-03-16,2026-03-06,2026-03-16,5\n", crate::bench::HEAD),
    );
    bench.pull(FLAT);
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let toml = asked("snapshot", "name = \"lines\"").replace("id = \"flat\"", "id = \"far\"").replace(
        "kind = \"sqlite\"\npath = \"erp.db\"",
        &format!(
            "kind = \"postgres\"\nhost = \"127.0.0.1\"\nport = {port}\ndatabase = \"erp\"\nuser = \"kpi\"\ntls = \"off\""
        ),
    );
    let integration = Integration::from_toml(&toml).unwrap();
    assert_eq!(missing_secrets(&bench.workspace, &integration).unwrap(), ["password"]);
    let error = check(&bench.workspace, &integration, bench.files.path(), &Unwatched::default()).unwrap_err();
    assert!(error.to_string().contains("the keyring of this computer has no password"), "{error}");
    keep_secret(&bench.workspace, "far", "password", Some(SECRET.into())).unwrap();
    assert_eq!(missing_secrets(&bench.workspace, &integration).unwrap(), [""; 0]);
    let error =
        discover(&bench.workspace, &integration, bench.files.path(), &Unwatched::default()).unwrap_err();
    assert!(error.to_string().contains("nothing answers at 127.0.0.1"), "{error}");
    assert!(!format!("{error} {error:?}").contains(SECRET));
    let mut told = Vec::new();
    everything_below(bench.home.path(), &mut told);
    for (path, bytes) in told {
        let found = bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
        assert!(!found, "the secret lies in {path}");
    }
    assert_eq!(bench.kept()["2026-W12"], (1, 1), "the last good numbers stay");
}

#[test]
fn a_failed_run_is_noted_with_its_words_and_shown_with_its_connection() {
    let bench = Bench::new();
    let erp = erp(&bench);
    put(&erp, 1, Some("2026-03-16"), "2026-03-16 10:00:00");
    let toml = asked("increment", "name = \"lines\", cursor = \"changed\", key = \"id\"");
    bench.pull(&toml);
    drop(erp);
    std::fs::remove_file(bench.files.path().join("erp.db")).unwrap();
    bench.wait_days(1);
    let error = pull_saved(&bench.workspace, "flat", &Unwatched::default()).unwrap_err();
    assert!(error.to_string().starts_with("ERP: "), "{error}");
    let page = IntegrationPage::read(&bench.workspace, "flat", Language::En).unwrap();
    assert_eq!((page.runs[0].state.as_str(), page.card.health.as_str()), ("failed", "failed"));
    assert!(page.runs[0].error.as_deref().unwrap().starts_with("ERP: "));
    let connection = page.connection.unwrap();
    assert_eq!((connection.kind.as_str(), connection.secrets.len(), connection.tested), ("sqlite", 0, true));
    assert!(connection.at.ends_with("erp.db"));
}

#[test]
fn a_definition_that_contradicts_itself_is_refused_in_words() {
    let bench = Bench::new();
    for (from, delivery, words) in [
        ("name = \"lines\", query = \"select 1\"", "increment", "either a name or a query"),
        ("overlap_minutes = 5", "increment", "either a name or a query"),
        ("name = \"lines\", cursor = \"changed\"", "snapshot", "its delivery is an increment"),
    ] {
        erp_once(&bench);
        let error = bench.try_pull(&asked(delivery, from)).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    let without = asked("snapshot", "name = \"lines\"")
        .replace("[connection]\nkind = \"sqlite\"\npath = \"erp.db\"\n", "");
    let error = bench.try_pull(&without).unwrap_err();
    assert!(error.to_string().contains("[connection]"), "{error}");
}

fn erp_once(bench: &Bench) {
    if !bench.files.path().join("erp.db").exists() {
        drop(erp(bench));
    }
}

#[test]
fn days_are_read_again_without_moving_where_the_next_question_goes_on() {
    let bench = Bench::new();
    let erp = erp(&bench);
    put(&erp, 1, Some("2026-03-16"), "2026-03-16 10:00:00");
    put(&erp, 2, Some("2026-03-17"), "2026-03-20 10:00:00");
    bench.pull(&asked("increment", "name = \"lines\", cursor = \"changed\", key = \"id\""));
    // A row was mended far behind the cursor, and its change time was not: no usual question would find it.
    erp.execute("UPDATE lines SET delivered = '2026-03-19' WHERE id = 1", []).unwrap();
    bench.wait_days(1);
    pull_saved(&bench.workspace, "flat", &Unwatched::default()).unwrap();
    assert_eq!(bench.kept()["2026-W12"], (1, 2));
    put(&erp, 3, Some("2026-03-16"), "2026-03-21 10:00:00");
    let day = |text: &str| text.parse::<plaza_domain::day::Day>().unwrap();
    let days = (day("2026-03-16"), day("2026-03-16"));
    let report = read_again(&bench.workspace, "flat", days, &Unwatched::default()).unwrap();
    // What changed since was asked for afterwards as ever, from where the last usual question had ended.
    assert_eq!((report.records.new, report.records.same), (1, 1), "{report:?}");
    assert_eq!(bench.kept()["2026-W12"], (1, 3));
    let trail = RunView::list(&bench.workspace, "flat", Language::En).unwrap();
    assert_eq!((trail[1].changed, trail[1].read), (1, 1), "only the days that were asked for");
    assert!(bench.workspace.verify(&Unwatched::default()).unwrap().is_sound());
    let wrong =
        read_again(&bench.workspace, "flat", (day("2026-03-17"), day("2026-03-16")), &Unwatched::default());
    assert!(matches!(wrong.unwrap_err(), EngineError::Invalid { .. }));
}

#[test]
fn days_of_a_table_that_cannot_tell_are_not_read_again() {
    let bench = Bench::new();
    let erp = erp(&bench);
    put(&erp, 1, Some("2026-03-16"), "2026-03-16 10:00:00");
    bench.pull(&asked("snapshot", "name = \"lines\""));
    let day: plaza_domain::day::Day = "2026-03-16".parse().unwrap();
    let refused = read_again(&bench.workspace, "flat", (day, day), &Unwatched::default()).unwrap_err();
    assert!(refused.to_string().contains("no stream has a cursor"), "{refused}");
}
