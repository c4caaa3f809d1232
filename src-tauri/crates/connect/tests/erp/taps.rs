//! Real taps, as they are installed from their registry.

use std::path::PathBuf;
use std::sync::Mutex;

use plaza_connect::Cursor;
use plaza_connect::system::{CursorField, FieldType, Request, Secret, Secrets, System, Tap, What, singer};
use serde_json::json;

use crate::servers::{SECRET, Server, environment};
use crate::{asking, cells, read};

fn open(program: PathBuf, config: &serde_json::Value, secrets: Secrets) -> Box<dyn System> {
    let command = vec![program.to_string_lossy().into_owned()];
    singer::open(
        &Tap { command, config: Some(config.to_string()), memory_mb: None, minutes: Some(5) },
        secrets,
    )
    .unwrap()
}

#[test]
fn tap_postgres_gives_the_fewest_fields_and_goes_on_by_its_state() {
    let server = Server::postgres();
    let run = |statements: &str| drop(server.psql("erp", statements).unwrap());
    run(
        "create table lines (no integer primary key, customer text, amount numeric(20, 4), day date, secret text,
            changed timestamptz not null);
        insert into lines select n, 'Kunde ' || n, n + 0.1050, date '2026-01-01' + n, 'hidden',
            timestamptz '2026-03-01 00:00:00+00' + n * interval '1 minute' from generate_series(1, 25) n",
    );
    let mut secrets = Secrets::default();
    secrets.put("password", Secret::new(SECRET.into()));
    let config = json!({"host": "127.0.0.1", "port": server.port, "user": "plaza", "password": "{secret:password}",
        "database": "erp", "filter_schemas": ["public"]});
    let system = open(environment("tap-postgres").join("tap-postgres"), &config, secrets);
    let told = Mutex::default();
    let found = asking(&told, |ask| system.discover(ask)).unwrap();
    let lines = found.iter().find(|stream| stream.name == "public-lines").unwrap();
    let kinds: Vec<_> =
        lines.fields.iter().map(|field| (field.name.as_str(), field.kind, field.is_key)).collect();
    assert!(kinds.contains(&("no", FieldType::Integer, true)), "{kinds:?}");
    assert!(kinds.contains(&("changed", FieldType::Timestamp, false)), "{kinds:?}");
    let cursor = Some(CursorField { field: "changed".into(), key: None, overlap_seconds: 0 });
    let fields = ["customer", "no", "day"].map(String::from).to_vec();
    let request = Request { fields, cursor, ..Request::all(What::Named("public-lines".into())) };
    let blocks = read(&*system, &request, &Cursor::start()).unwrap();
    let rows = cells(&blocks);
    assert_eq!(rows.len(), 25);
    assert_eq!(rows[0][..2], ["Kunde 1", "1"]);
    assert!(rows[0][2].starts_with("2026-01-02"));
    let end = blocks.last().unwrap().cursor.clone();
    assert!(end.to_string().contains("2026-03-01T00:25:00"), "{end}");
    run("update lines set customer = 'changed', changed = '2026-03-02 00:00:00+00' where no = 3");
    let rows = cells(&read(&*system, &request, &end).unwrap());
    // A tap gives the row at its state once more.
    let changed: Vec<_> = rows.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
    assert_eq!(changed, [("Kunde 25", "25"), ("changed", "3")]);
    let preview = asking(&told, |ask| system.preview(&request, 4, ask)).unwrap();
    assert_eq!(preview.rows.len(), 4);
    let told = format!("{:?}", told.lock().unwrap());
    assert!(told.contains("beside its rows") && !told.contains(SECRET) && !told.contains("hidden"));
}

#[test]
fn a_tap_over_sheets_gives_its_rows_and_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("orders.csv"), "id,name,amount\n1,Anna,12.50\n2,\"Bob, Jr\",3\n")
        .unwrap();
    let program = environment("tap-spreadsheets").join("tap-spreadsheets");
    let config = json!({"files": [{"path": folder.path().join("orders.csv"), "format": "csv", "table_name": "orders",
        "primary_keys": ["id"], "delimiter": ","}]});
    let system = open(program.clone(), &config, Secrets::default());
    let found = asking(&Mutex::default(), |ask| system.discover(ask)).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    let fields = ["name", "id"].map(String::from).to_vec();
    let request = Request { fields, ..Request::all(What::Named(found[0].name.clone())) };
    let rows = cells(&read(&*system, &request, &Cursor::start()).unwrap());
    assert_eq!(rows, [["Anna", "1"], ["Bob, Jr", "2"]]);
    let broken = open(program, &json!({"files": 5}), Secrets::default());
    let error = asking(&Mutex::default(), |ask| broken.check(ask)).unwrap_err();
    assert_eq!(error.code(), "ended");
    println!("{error}");
}
