//! Schedules through the window's commands, without a display: a choice, and the open window that pulls what is due.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plaza_engine::clock::{Clock, SetClock, SystemClock};
use plaza_engine::home::{Home, MemoryKeys};
use plaza_engine::integration::Integration;
use plaza_engine::pull::{Unwatched, pull};
use plaza_engine::schedule::MINUTE_MS;
use plaza_shell::bindings;
use plaza_shell::job::News;
use plaza_shell::session::Session;
use serde_json::{Value, json};
use tauri::Manager;
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};

use crate::charter_draft::charter;
use crate::commands::call;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

const TOML: &str = r#"
id = "erp"
name = "ERP"
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

[stream.fields]
order = "order"
line = { constant = "1" }
ordered = "ordered"
"#;

fn choice(minutes: u32) -> Value {
    json!({
        "language": "de",
        "id": "erp",
        "choice": {
            "cadence": { "kind": "minutes", "minutes": minutes, "time": null, "weekday": null },
            "delay": "line_stops", "error": "nothing", "warn_hours": 0.5, "late_hours": 1.0,
        },
    })
}

#[test]
fn the_open_window_pulls_what_is_due_and_sleeps_until_then() {
    let home = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(SetClock::new(SystemClock.now_ms()));
    let session =
        Session::with(Home::with(&home.path().join("data"), Arc::new(MemoryKeys::default()), clock.clone()));
    let (out, jobs) = channel();
    let out = Mutex::new(out);
    session.jobs().announce(move |news| {
        if let News::Job(job) = news {
            // Nobody listens any more once the test is over.
            let _ = out.lock().map(|out| out.send(job));
        }
    });
    let app = mock_builder()
        .invoke_handler(bindings::builder::<MockRuntime>().invoke_handler())
        .build(mock_context(noop_assets()))
        .expect("the mock runtime starts");
    app.manage(Arc::new(session));
    let ask = |command: &str, body: Value| call(&app, command, body);
    let draft = json!({
        "folder": home.path().join("company"), "name": "Northwind", "language": "en",
        "time_zone": "Europe/Berlin", "departments": ["Sales", "Logistics"], "my_name": "Ada", "my_department": 0,
    });
    ask("workspace_create", json!({ "draft": draft })).expect("it is founded");
    let workspace = app.state::<Arc<Session>>().workspace().expect("it is open");
    std::fs::write(home.path().join("lines.csv"), "order,ordered\nA,2026-03-02\n").expect("a file");
    let integration = Integration::from_toml(TOML).expect("a definition");
    pull(&workspace, &integration, home.path(), &Unwatched::default()).expect("a pull");

    workspace.save_charter("erp", &charter(&workspace)).expect("a charter");
    workspace.activate_integration("erp", "").expect("it is active");
    let refused = ask("schedule_choose", choice(5)).expect_err("too often");
    assert_eq!((&refused["code"], &refused["fields"][0]["field"]), (&json!("invalid"), &json!("minutes")));
    assert!(
        refused["fields"][0]["words"].as_str().is_some_and(|words| words.contains("zu oft")),
        "{refused}"
    );
    ask("schedule_choose", choice(15)).expect("it is chosen");
    let page =
        ask("schedule_read", json!({ "language": "en", "id": "erp" })).expect("the page")["data"].clone();
    assert_eq!((&page["words"], &page["age"]["freshness"]), (&json!("every 15 minutes"), &json!("fresh")));
    assert!(jobs.try_iter().next().is_none(), "nothing is due yet");

    clock.set(clock.now_ms() + 16 * MINUTE_MS);
    // Whoever looks after the workspace sleeps; anything that is saved wakes it.
    ask("secret_keep", json!({ "id": "erp", "slot": "password", "text": null })).expect("it is forgotten");
    let ended = loop {
        let job = jobs.recv_timeout(PATIENCE).expect("a job ends");
        if job.state != "running" {
            break job;
        }
    };
    assert_eq!(
        (ended.kind.as_str(), ended.subject.as_deref(), ended.state.as_str()),
        ("pull", Some("erp"), "done")
    );
    assert!(ended.run.is_some(), "its run can be looked at");
    let runs = ask("run_list", json!({ "language": "en", "id": "erp" })).expect("runs")["data"].clone();
    assert_eq!(runs.as_array().map(Vec::len), Some(2), "{runs}");
    app.state::<Arc<Session>>().jobs().stop(PATIENCE);
    app.state::<Arc<Session>>().set(None);
}
