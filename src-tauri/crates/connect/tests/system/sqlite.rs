//! `SQLite` files: the contract, and what is only theirs.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use plaza_connect::Cursor;
use plaza_connect::system::{Connection, CursorField, FieldType, Range, Request, Secrets, System, What, sql};
use rusqlite::Connection as Sqlite;

use crate::contract::{self, Case, Trail, asking, blocks, plainly, rows};

const TYPES: [(&str, &str); 7] = [
    ("id", "INTEGER PRIMARY KEY"),
    ("supplier", "VARCHAR(20)"),
    ("due", "DATE"),
    // Kept as text, as a program does that wants its decimals back.
    ("net", "DECIMAL TEXT"),
    ("paid", "BOOLEAN"),
    ("changed at", "TIMESTAMP"),
    ("note", "TEXT"),
];

fn open(path: &Path) -> Box<dyn System> {
    let definition = serde_json::json!({ "kind": "sqlite", "path": path.display().to_string() });
    let connection: Connection = serde_json::from_value(definition).unwrap();
    sql::open(&connection, Secrets::default()).unwrap()
}

fn run(path: &Path, statements: &[impl AsRef<str>]) {
    let owner = Sqlite::open(path).unwrap();
    for statement in statements {
        owner.execute_batch(statement.as_ref()).unwrap();
    }
}

#[test]
fn a_sqlite_file_passes_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("erp.db");
    run(&path, &["PRAGMA journal_mode = WAL"]);
    run(&path, &contract::statements(&TYPES, '"'));
    let system = open(&path);
    contract::passes(&Case {
        system: system.as_ref(),
        table: "orders",
        endless: "WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT count(*) AS c FROM n",
        secret: "there is none",
        change: &|statement| run(&path, &[statement]),
        quote: '"',
        running: &|| 0,
    });
}

#[test]
fn values_of_every_kind_become_cells() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    run(
        &path,
        &[
            "CREATE TABLE t (a, paid BOOLEAN)",
            "INSERT INTO t VALUES
        (9007199254740993, 1), (0.1, 0), (1e300, 2), (X'01ab', NULL), ('', 'yes'), (NULL, 1)",
        ],
    );
    let request = Request::all(What::Named("t".into()));
    let found = rows(&blocks(open(&path).as_ref(), &request, &Cursor::start(), &Trail::default()).unwrap());
    let large = format!("1{}", "0".repeat(300));
    let expected = [
        ["9007199254740993", "true"],
        ["0.1", "false"],
        [large.as_str(), "2"],
        ["01ab", ""],
        ["", "yes"],
        ["", "true"],
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_table_that_another_program_writes_is_read_in_one_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    run(&path, &["PRAGMA journal_mode = WAL", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)"]);
    run(&path, &["INSERT INTO t VALUES (1, 'old'), (2, 'old'), (3, 'old')"]);
    let by_id = CursorField { field: "id".into(), key: None, overlap_seconds: 0 };
    let request = Request { cursor: Some(by_id), page_rows: 1, ..Request::all(What::Named("t".into())) };
    let system = open(&path);
    let mut found = Vec::new();
    plainly(&Trail::default(), |ask| {
        system.read(&request, &Cursor::start(), ask, &mut |block| {
            if found.is_empty() {
                run(&path, &["UPDATE t SET v = 'new'", "DELETE FROM t WHERE id = 2"]);
            }
            found.extend(block.cells().unwrap());
            std::ops::ControlFlow::Continue(())
        })
    })
    .unwrap();
    assert_eq!(found, [["1", "old"], ["2", "old"], ["3", "old"]]);
}

#[test]
fn a_slow_taker_is_no_silence_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    run(&path, &["CREATE TABLE t (id)", "INSERT INTO t VALUES (1), (2), (3)"]);
    let request = Request { page_rows: 1, ..Request::all(What::Named("t".into())) };
    let system = open(&path);
    let mut taken = 0;
    let end = asking(&Trail::default(), Duration::from_millis(200), &AtomicBool::new(false), |ask| {
        system.read(&request, &Cursor::start(), ask, &mut |_| {
            taken += 1;
            std::thread::sleep(Duration::from_millis(400));
            std::ops::ControlFlow::Continue(())
        })
    });
    assert_eq!((end.is_ok(), taken), (true, 3));
}

#[test]
fn what_is_no_database_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "just some words, again and again; ".repeat(100)).unwrap();
    let locked = folder.path().join("locked.db");
    run(&locked, &["CREATE TABLE t (id)"]);
    let owner = Sqlite::open(&locked).unwrap();
    owner.execute_batch("BEGIN EXCLUSIVE").unwrap();
    for (path, code) in
        [(folder.path().join("absent.db"), "setting"), (text, "nonsense"), (locked.clone(), "busy")]
    {
        let system = open(&path);
        let trail = Trail::default();
        let error =
            asking(&trail, Duration::from_millis(500), &AtomicBool::new(false), |ask| system.check(ask));
        assert_eq!(error.unwrap_err().code(), code, "{}", path.display());
        assert!(format!("{:?}", trail.0.lock().unwrap()).contains("Failed"));
    }
    assert!(!folder.path().join("absent.db").exists());
}

#[test]
fn a_key_that_is_empty_and_a_range_of_numbers_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    run(&path, &["CREATE TABLE t (at INTEGER, id)", "INSERT INTO t VALUES (1, 1), (2, NULL)"]);
    let cursor = Some(CursorField { field: "at".into(), key: Some("id".into()), overlap_seconds: 0 });
    let request = Request { cursor, ..Request::all(What::Named("t".into())) };
    let system = open(&path);
    let fault = |request: &Request| blocks(system.as_ref(), request, &Cursor::start(), &Trail::default());
    assert_eq!(fault(&request).unwrap_err().to_string().split(':').next(), Some("key"));
    let moment = chrono::DateTime::UNIX_EPOCH;
    let range = Request { range: Some(Range { from: moment, to: moment }), ..request };
    assert_eq!(fault(&range).unwrap_err().to_string().split(':').next(), Some("range"));
}

#[test]
fn an_empty_table_gives_its_columns_and_estimates_come_from_analyze() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    run(&path, &["CREATE TABLE empty (id INTEGER, \"a.b\" TEXT)", "CREATE TABLE \"full.one\" (id INTEGER)"]);
    run(
        &path,
        &["INSERT INTO \"full.one\" VALUES (1), (2)", "CREATE INDEX i ON \"full.one\" (id)", "ANALYZE"],
    );
    run(&path, &["CREATE VIEW v AS SELECT id FROM empty"]);
    let system = open(&path);
    let trail = Trail::default();
    let found = plainly(&trail, |ask| system.discover(ask)).unwrap();
    let names: Vec<_> = found.iter().map(|stream| (stream.name.as_str(), stream.rows)).collect();
    assert_eq!(names, [("\"full.one\"", Some(2)), ("empty", None), ("v", None)]);
    assert_eq!(found[1].fields[1].kind, FieldType::Text);
    let request = Request::all(What::Named("empty".into()));
    let blocks = blocks(system.as_ref(), &request, &Cursor::start(), &trail).unwrap();
    assert_eq!((blocks.len(), blocks[0].rows, blocks[0].columns.len()), (1, 0, 2));
    let preview = plainly(&trail, |ask| system.preview(&request, 5, ask)).unwrap();
    assert_eq!((preview.columns.len(), preview.rows.len()), (2, 0));
    let quoted = Request::all(What::Named("\"full.one\"".into()));
    assert_eq!(plainly(&trail, |ask| system.preview(&quoted, 1, ask)).unwrap().rows.len(), 1);
}
