//! The wizard and a system: asked, offered, first rows read, mapped, saved, pulled; secrets only ever in the keyring.

use std::sync::atomic::{AtomicBool, Ordering};

use plaza_domain::language::Language;
use plaza_domain::record::Field;
use plaza_engine::connection::{Connection, missing_secrets};
use plaza_engine::draft;
use plaza_engine::error::EngineError;
use plaza_engine::integration::{Delivery, FromTable, Integration, Stream};
use plaza_engine::page::offer::{OfferAnswer, OfferQuestion};
use plaza_engine::pull::{Unwatched, Watch, pull_saved};
use rusqlite::Connection as Database;

use super::draft_of;
use crate::bench::Bench;
use crate::server::Server;

/// A database with order lines and a table that nobody wants.
fn erp(bench: &Bench) -> String {
    let path = bench.files.path().join("erp.db");
    let erp = Database::open(&path).unwrap();
    erp.execute_batch(
        "CREATE TABLE order_lines (id INTEGER PRIMARY KEY, order_no TEXT, line INTEGER, order_date TEXT,
           promised_date TEXT, delivery_date TEXT, updated_at TEXT);
         CREATE TABLE holidays (day TEXT);
         INSERT INTO order_lines VALUES
           (1, 'A1', 1, '2026-03-02', '2026-03-16', '2026-03-16', '2026-03-16 10:00:00'),
           (2, 'A2', 1, '2026-03-02', '2026-03-16', '2026-03-18', '2026-03-18 10:00:00.5'),
           (3, 'A3', 1, '2026-03-03', '2026-03-17', '2026-03-17', '2026-03-17 10:00:00');",
    )
    .unwrap();
    path.display().to_string()
}

fn connection(value: serde_json::Value) -> Connection {
    serde_json::from_value(value).unwrap()
}

fn stream(name: &str, from: &str) -> Stream {
    Stream {
        name: name.into(),
        files: Vec::new(),
        folder: None,
        pattern: None,
        from: Some(FromTable { name: Some(from.into()), ..FromTable::default() }),
        delivery: Delivery::Snapshot,
        snapshot_date: None,
        format: plaza_engine::integration::FormatTable::default(),
        fields: std::collections::BTreeMap::default(),
    }
}

fn of_erp(bench: &Bench) -> Integration {
    let mut draft = draft_of(vec![stream("lines", "order_lines")], &["delivered"]);
    draft.connection = Some(connection(serde_json::json!({ "kind": "sqlite", "path": erp(bench) })));
    draft
}

fn ask(bench: &Bench, draft: &Integration, question: &OfferQuestion) -> Result<OfferAnswer, EngineError> {
    draft::ask(&bench.workspace, draft, false, question, &Unwatched::default())
}

fn excerpt(stream: &str) -> OfferQuestion {
    OfferQuestion::Excerpt { stream: stream.into() }
}

#[test]
fn a_table_becomes_a_number_without_a_line_of_toml() {
    let bench = Bench::new();
    let mut draft = of_erp(&bench);
    let OfferAnswer::Check { product, .. } = ask(&bench, &draft, &OfferQuestion::Check).unwrap() else {
        panic!()
    };
    assert!(product.contains("SQLite"), "{product}");
    let OfferAnswer::Discover { streams } = ask(&bench, &draft, &OfferQuestion::Discover).unwrap() else {
        panic!()
    };
    let lines = streams.iter().find(|one| one.name == "order_lines").unwrap();
    assert!(lines.fields.iter().any(|field| field.name == "id" && field.is_key));

    // Before its first rows were read nothing can be saved, and the step says so.
    let problems = bench.preview(&draft).problems;
    assert!(
        problems.iter().any(|one| one.step == "found" && one.words.contains("first rows")),
        "{problems:?}"
    );

    assert!(matches!(ask(&bench, &draft, &excerpt("lines")).unwrap(), OfferAnswer::Excerpt { rows: 3 }));
    let excerpts = draft::excerpts(&bench.workspace, &draft, Language::En).unwrap();
    assert_eq!((excerpts.len(), excerpts[0].rows.len()), (1, 3));
    assert_eq!(excerpts[0].rows[0][1], "A1");
    draft.streams[0].fields = excerpts[0].table.suggestion.fields.clone();
    for field in [Field::Order, Field::Ordered, Field::Promised, Field::Delivered] {
        assert!(draft.streams[0].fields.contains_key(&field), "{field:?} is suggested");
    }
    let from = draft.streams[0].from.as_mut().unwrap();
    (from.cursor, from.key) = (Some("updated_at".into()), Some("id".into()));
    draft.streams[0].delivery = Delivery::Increment;
    let preview = bench.preview(&draft);
    assert_eq!(preview.problems.iter().map(|one| one.words.as_str()).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(preview.streams[0].rows.len(), 3);
    assert!(preview.streams[0].rows.iter().all(|row| row.reasons.is_empty()));

    draft::save(&bench.workspace, &draft, "", false).unwrap();
    let folder = bench.workspace.folder().join("excerpts");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "what was read for the wizard is gone");
    let report = pull_saved(&bench.workspace, "orders", &Unwatched::default()).unwrap();
    assert_eq!((report.records.read, report.records.quarantined, report.journeys), (3, 0, 3));
    assert_eq!(bench.kept()["2026-W12"], (2, 3));

    // Its name can be changed while the system is away; another table cannot be taken unseen.
    std::fs::remove_file(bench.files.path().join("erp.db")).unwrap();
    draft.name = "Order lines".into();
    draft::save(&bench.workspace, &draft, "", true).unwrap();
    draft.streams[0].from.as_mut().unwrap().name = Some("holidays".into());
    assert!(draft::save(&bench.workspace, &draft, "", true).is_err());
}

#[test]
fn the_secret_of_a_draft_is_handed_over_when_it_is_saved_and_stands_nowhere_else() {
    const SECRET: &str = "t0ken-häT-7";
    let bench = Bench::new();
    let rows = r#"[{"order_no":"A1","line":1,"order_date":"2026-03-02","promised_date":"2026-03-16","delivery_date":"2026-03-16"}]"#;
    let server = Server::new(move |_| (200, "Content-Type: application/json\r\n", rows.to_owned()));
    let mut draft = draft_of(vec![stream("lines", "orders")], &["delivered"]);
    draft.connection = Some(connection(serde_json::json!({
        "kind": "http", "url": format!("http://{}", server.at), "auth": { "kind": "bearer" }, "streams": ["orders"]
    })));
    let secrets = draft::secrets(&bench.workspace, &draft, false).unwrap();
    assert_eq!((secrets.len(), secrets[0].slot.as_str(), secrets[0].kept), (1, "token", false));
    let refused = ask(&bench, &draft, &OfferQuestion::Check).unwrap_err().to_string();
    assert!(refused.contains("token"), "{refused}");

    draft::keep_secret(&bench.workspace, &draft, false, "token", Some(SECRET.into())).unwrap();
    assert!(draft::secrets(&bench.workspace, &draft, false).unwrap()[0].kept);
    ask(&bench, &draft, &excerpt("lines")).unwrap();
    let excerpts = draft::excerpts(&bench.workspace, &draft, Language::En).unwrap();
    draft.streams[0].fields = excerpts[0].table.suggestion.fields.clone();
    assert!(!draft::to_toml(&draft).unwrap().contains(SECRET));
    draft::save(&bench.workspace, &draft, "", false).unwrap();
    assert_eq!(missing_secrets(&bench.workspace, &draft).unwrap(), [""; 0]);
    assert!(
        !draft::secrets(&bench.workspace, &draft, false).unwrap()[0].kept,
        "the next draft begins without"
    );
    let report = pull_saved(&bench.workspace, "orders", &Unwatched::default()).unwrap();
    assert_eq!(report.journeys, 1);
}

#[test]
fn a_draft_that_is_set_aside_leaves_neither_secrets_nor_rows() {
    let bench = Bench::new();
    let draft = of_erp(&bench);
    ask(&bench, &draft, &excerpt("lines")).unwrap();
    let mut web = draft.clone();
    web.connection = Some(connection(serde_json::json!({
        "kind": "http", "url": "http://127.0.0.1:9", "auth": { "kind": "bearer" }
    })));
    draft::keep_secret(&bench.workspace, &web, false, "token", Some("t0ken".into())).unwrap();
    draft::discard(&bench.workspace, &draft).unwrap();
    // Whatever system is connected next is not given what was meant for another.
    assert!(!draft::secrets(&bench.workspace, &web, false).unwrap()[0].kept);
    assert_eq!(draft::excerpts(&bench.workspace, &draft, Language::En).unwrap().len(), 0);
    draft::discard(&bench.workspace, &draft).unwrap();
}

#[test]
fn what_a_connection_lacks_is_said_where_it_is_entered() {
    let bench = Bench::new();
    let mut draft = of_erp(&bench);
    draft.connection = Some(connection(serde_json::json!({ "kind": "sqlite", "path": "" })));
    let problems = bench.preview(&draft).problems;
    assert!(problems.iter().any(|one| one.step == "files" && one.words.contains("the file")), "{problems:?}");
    draft.connection = Some(connection(serde_json::json!({ "kind": "sqlite", "path": "/nowhere/erp.db" })));
    let refused = ask(&bench, &draft, &OfferQuestion::Check).unwrap_err();
    assert!(matches!(refused, EngineError::System { .. }), "{refused}");
}

#[test]
fn the_presets_are_whole_streams_that_name_their_cursor() {
    for kind in ["tryton", "odoo"] {
        let known = connection(
            serde_json::json!({ "kind": kind, "url": "https://erp.example.com", "database": "erp", "user": "kpi" }),
        );
        let streams = draft::preset(&known);
        assert!(streams.len() >= 3, "{kind}");
        for stream in &streams {
            let from = stream.from.as_ref().unwrap();
            assert_eq!((from.cursor.as_deref(), stream.delivery), (Some("write_date"), Delivery::Increment));
            assert!(stream.fields.contains_key(&Field::Order), "{kind} {}", stream.name);
        }
        assert!(streams.iter().any(|stream| stream.fields.contains_key(&Field::Ordered)));
    }
}

/// A person who stops as soon as there is something to stop.
#[derive(Default)]
struct Stopped(AtomicBool);

impl Watch for Stopped {
    fn progress(&self, _: &str, _: u64, _: u64) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn cancel(&self) -> &AtomicBool {
        &self.0
    }
}

#[test]
fn a_question_that_was_stopped_ends_and_leaves_nothing() {
    let bench = Bench::new();
    let draft = of_erp(&bench);
    let refused = draft::ask(&bench.workspace, &draft, false, &excerpt("lines"), &Stopped::default());
    assert!(matches!(refused.unwrap_err(), EngineError::Cancelled));
    assert_eq!(draft::excerpts(&bench.workspace, &draft, Language::En).unwrap().len(), 0);
}
