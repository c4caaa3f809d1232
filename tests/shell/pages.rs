//! The pages behind the board through the window's own commands: from a week to the raw row, and out into files.

use std::sync::Arc;

use plaza_engine::clock::SetClock;
use plaza_engine::home::{Home, MemoryKeys};
use plaza_engine::integration::Integration;
use plaza_engine::page::workspace::NewWorkspace;
use plaza_engine::pull::{Unwatched, pull};
use plaza_shell::session::Session;
use serde_json::json;
use tauri::test::MockRuntime;
use tauri::{App, Manager};

use crate::commands::{app, call};

const TOML: &str = r#"
id = "orders"
name = "Orders"
system = "ERP"

[route]
promised_by = "sales"
legs = [{ to = "delivered", department = "logistics" }]

[[standard]]
days = { delivered = 5 }

[[stream]]
name = "lines"
files = ["lines.csv"]
delivery = "snapshot"
snapshot_date = "2026-03-29"

[stream.fields]
order = "order"
line = "line"
ordered = "ordered"
promised = "promised"
delivered = "delivered"
"#;

const ROWS: &str = "order,line,ordered,promised,delivered\nA/7,1,2026-03-02,2026-03-10,2026-03-14\nB,1,2026-03-02,2026-03-11,2026-03-11\n";

/// 2026-03-30T08:00Z.
const NOW_MS: i64 = 1_774_857_600_000;

/// A window with a small workspace open.
fn opened(folder: &std::path::Path) -> App<MockRuntime> {
    let home =
        Home::with(&folder.join("data"), Arc::new(MemoryKeys::default()), Arc::new(SetClock::new(NOW_MS)));
    let draft = NewWorkspace {
        folder: folder.join("workspace").display().to_string(),
        name: "Test".into(),
        language: "en".into(),
        time_zone: "UTC".into(),
        departments: vec!["Logistics".into(), "Sales".into()],
        my_name: "Ada".into(),
        my_department: None,
    };
    let (workspace, _) = home.found(&draft).expect("a workspace is founded");
    std::fs::write(folder.join("lines.csv"), ROWS).expect("rows are written");
    let integration = Integration::from_toml(TOML).expect("an integration");
    let report = pull(&workspace, &integration, folder, &Unwatched::default()).expect("the rows are pulled");
    assert_eq!(report.journeys, 2, "{:?}", report.reasons);
    let session = Session::with(home);
    session.set(Some(workspace));
    let app = app();
    app.manage(Arc::new(session));
    app
}

#[test]
fn without_a_workspace_every_page_says_so() {
    let app = app();
    let data = tempfile::tempdir().expect("a folder");
    app.manage(Arc::new(Session::with(Home::with(
        data.path(),
        Arc::new(MemoryKeys::default()),
        Arc::new(SetClock::new(NOW_MS)),
    ))));
    for (command, body) in [
        ("order_read", json!({"language": "en", "order": "A", "line": "1"})),
        ("record_read", json!({"language": "en", "id": "r1-2-3"})),
        ("palette_search", json!({"query": "A"})),
    ] {
        let answer = call(&app, command, body).expect_err("nothing is open");
        assert_eq!(answer["code"], "no_workspace", "{command}: {answer}");
    }
}

#[test]
fn from_a_week_to_the_orders_that_missed_to_the_arithmetic_to_the_raw_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = opened(folder.path());
    let query = json!({
        "kpi": "promise-kept", "basis": "promised", "week": "2026-W11", "missed_only": true, "department": null,
        "sort": "lateness", "descending": true, "offset": 0, "limit": 200,
    });
    let list = call(&app, "kpi_journeys", json!({ "query": query })).expect("a list");
    assert_eq!((&list["data"]["total"], &list["data"]["rows"][0]["order"]), (&json!(1), &json!("A/7")));

    let ask = json!({"language": "de", "order": "A/7", "line": "1"});
    let page = call(&app, "order_read", ask).expect("an order");
    assert_eq!((&page["data"]["lateness_days"], &page["data"]["outcome"]), (&json!(4), &json!("missed")));
    assert_eq!(page["data"]["arithmetic"][0]["label"], "Lücke der Zusage");
    let record = &page["data"]["records"][0];
    assert_eq!(
        (&record["file"], &record["row"], &record["owner"]),
        (&json!("lines.csv"), &json!(2), &json!("Ada"))
    );

    let versions =
        call(&app, "record_read", json!({"language": "en", "id": record["id"]})).expect("a record");
    assert_eq!(versions["data"][0]["cells"][4]["text"], "2026-03-14");
    assert_eq!(versions["data"][0]["cells"][4]["fields"], json!(["delivered"]));

    let hits = call(&app, "palette_search", json!({"query": "a/7"})).expect("hits");
    assert_eq!(hits["data"][0]["address"], "/order/A%2F7/1");

    let panel = json!({"language": "en", "kpi": "promise-kept", "basis": "agreed", "week": "2026-W11"});
    let panel = call(&app, "kpi_week", panel).expect("a panel");
    assert_eq!((&panel["data"]["n"], &panel["data"]["sign"]["reason"]), (&json!(0), &json!("other_basis")));
}

#[test]
fn what_is_not_here_and_what_cannot_be_is_said_with_its_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = opened(folder.path());
    let query = |week: &str| {
        json!({"kpi": "promise-kept", "week": week, "missed_only": false, "department": null, "sort": "order",
               "descending": false, "offset": 0, "limit": 1})
    };
    for (command, body, code) in [
        ("order_read", json!({"language": "en", "order": "A/7", "line": "9"}), "not_found"),
        ("record_read", json!({"language": "en", "id": "r1-0-zz"}), "not_found"),
        ("kpi_journeys", json!({"query": query("2026-99")}), "invalid"),
        (
            "kpi_export",
            json!({"language": "en", "query": query("2026-W11"), "file": "misses.csv"}),
            "invalid",
        ),
        (
            "kpi_export",
            json!({"language": "en", "query": query("2026-W11"), "file": "/none/of/these.csv"}),
            "file",
        ),
        ("text_save", json!({"file": "code.txt", "text": "x"}), "invalid"),
        ("text_save", json!({"file": "/none/of/these.txt", "text": "x"}), "file"),
    ] {
        let answer = call(&app, command, body).expect_err(command);
        assert_eq!(answer["code"], code, "{command}: {answer}");
        assert!(answer["message"].as_str().is_some_and(|words| words.len() > 8), "{answer}");
    }
}

#[test]
fn lists_and_texts_are_kept_in_the_files_that_a_person_chose() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = opened(folder.path());
    let (list, text) = (folder.path().join("week.csv"), folder.path().join("code.txt"));
    let query = json!({"kpi": "promise-kept", "week": "2026-W11", "missed_only": false, "department": null,
                       "sort": "order", "descending": false, "offset": 0, "limit": 1});
    call(&app, "kpi_export", json!({"language": "es", "query": query, "file": list})).expect("a file");
    let written = std::fs::read_to_string(&list).expect("the list was written");
    assert_eq!(written.lines().count(), 3, "{written}");
    assert!(written.starts_with("\u{feff}Pedido,Línea,Cliente"), "{written}");
    call(&app, "text_save", json!({"file": text, "text": "früh"})).expect("a file");
    assert_eq!(std::fs::read_to_string(&text).expect("the text was written"), "früh");
}
