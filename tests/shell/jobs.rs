//! Long work through the window's commands, without a display: a pull, a sample that is cancelled, a folder that is
//! watched, a run that an earlier program left.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use plaza_shell::bindings;
use plaza_shell::session::Session;
use serde_json::{Value, json};
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tauri::{App, Listener, Manager};

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
folder = "FOLDER"
pattern = "*.csv"
delivery = "snapshot"

[stream.fields]
order = "order"
line = { constant = "1" }
ordered = "ordered"
promised = { column = "promised", formats = ["yyyy-MM-dd"] }
delivered = { column = "delivered", formats = ["yyyy-MM-dd"] }
ordered_quantity = "quantity"
"#;

const CSV: &str = "order,ordered,promised,delivered,quantity\n\
                   A,2026-03-02,2026-03-10,2026-03-09,5\n\
                   B,2026-03-02,2026-03-10,2026-03-12,-5\n\
                   C,,2026-03-10,2026-03-12,5\n";

struct Window {
    app: App<MockRuntime>,
    home: tempfile::TempDir,
    jobs: Receiver<Value>,
    changed: Receiver<Value>,
}

impl Window {
    fn open() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let app = mock_builder()
            .invoke_handler(bindings::builder::<MockRuntime>().invoke_handler())
            .build(mock_context(noop_assets()))
            .expect("the mock runtime starts");
        let session = Session::new(&home.path().join("data"));
        session.jobs().announce_to(app.handle().clone());
        app.manage(Arc::new(session));
        let (jobs, changed) = (hear(&app, "job"), hear(&app, "changed"));
        Self { app, home, jobs, changed }
    }

    fn call(&self, command: &str, body: Value) -> Value {
        call(&self.app, command, body).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Founds a company with an integration that watches a folder, by way of a TOML file.
    fn found(&self) -> std::path::PathBuf {
        let inbox = self.home.path().join("inbox");
        std::fs::create_dir(&inbox).expect("a folder");
        let draft = json!({
            "folder": self.home.path().join("company"),
            "name": "Northwind",
            "language": "en",
            "time_zone": "Europe/Berlin",
            "departments": ["Sales", "Logistics"],
            "my_name": "Ada",
            "my_department": 0,
        });
        self.call("workspace_create", json!({ "draft": draft }));
        let workspace = self.session().workspace().expect("it is open");
        let toml = TOML.replace("FOLDER", &inbox.display().to_string().replace('\\', "/"));
        let integration = plaza_engine::integration::Integration::from_toml(&toml).expect("a definition");
        std::fs::write(inbox.join("lines.csv"), CSV).expect("a file");
        plaza_engine::pull::pull(
            &workspace,
            &integration,
            self.home.path(),
            &plaza_engine::pull::Unwatched::default(),
        )
        .expect("a pull");
        inbox
    }

    /// Gives an integration a complete charter and activates it.
    fn activate(&self, id: &str) {
        let me =
            self.session().workspace().expect("it is open").me().expect("a device").map(|me| me.to_string());
        let measure = json!({
            "what": "quarantine", "kpi": null, "part": null, "name": "", "unit": "",
            "baseline": 20.0, "target": 1.0, "by": "2999-12-31",
        });
        let draft = json!({
            "level": 1, "problem": "Late orders are seen too late.", "beneficiaries": [me], "usage": "On Mondays.",
            "fallback": "By telephone.", "owner": me, "measure": measure,
        });
        self.call("charter_save", json!({ "id": id, "draft": draft }));
        self.call("integration_activate", json!({ "id": id, "reason": "" }));
    }

    fn session(&self) -> Arc<Session> {
        Arc::clone(&self.app.state::<Arc<Session>>())
    }

    /// The job as it ended.
    fn end_of(&self, is_it: impl Fn(&Value) -> bool) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let job = self.jobs.recv_timeout(left).expect("the job ends");
            if job["state"] != "running" && is_it(&job) {
                return job;
            }
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.session().jobs().stop(PATIENCE);
        self.session().set(None);
    }
}

fn hear(app: &App<MockRuntime>, event: &str) -> Receiver<Value> {
    let (out, heard) = channel();
    let out = Mutex::new(out);
    app.listen_any(event.to_owned(), move |event| {
        let payload = serde_json::from_str(event.payload()).expect("JSON");
        // Nobody listens any more once the test is over.
        let _ = out.lock().map(|out| out.send(payload));
    });
    heard
}

#[test]
fn commands_without_a_workspace_and_for_unknown_jobs_are_refused() {
    let window = Window::open();
    let refused =
        |command: &str, body: Value| call(&window.app, command, body).expect_err(command)["code"].clone();
    assert_eq!(refused("integration_list", json!({})), "no_workspace");
    assert_eq!(refused("integration_pull", json!({ "language": "en", "id": "erp" })), "no_workspace");
    assert_eq!(refused("job_read", json!({ "id": 1 })), "not_found");
    assert_eq!(refused("job_cancel", json!({ "id": 1 })), "not_found");
    assert_eq!(window.call("job_list", json!({}))["data"], json!([]));
}

#[test]
fn a_pull_is_a_job_that_ends_with_its_run_and_makes_pages_stale() {
    let window = Window::open();
    let inbox = window.found();
    let card = &window.call("integration_list", json!({}))["data"]["integrations"][0];
    assert_eq!((&card["watched"], &card["health"]), (&json!(true), &json!("has_quarantine")), "{card}");

    let started = window.call("integration_pull", json!({ "language": "en", "id": "erp" }))["data"].clone();
    assert_eq!((&started["kind"], &started["subject"]), (&json!("pull"), &json!("erp")));
    let ended = window.end_of(|job| job["id"] == started["id"]);
    assert_eq!((&ended["state"], &ended["error"]), (&json!("done"), &Value::Null), "{ended}");
    let runs = window.call("run_list", json!({ "language": "en", "id": "erp" }));
    assert_eq!(runs["data"][0]["id"], ended["run"]);
    let stale = window.changed.recv_timeout(PATIENCE).expect("pages are told");
    assert!(stale.as_array().is_some_and(|tags| tags.contains(&json!("observation"))), "{stale}");

    std::fs::remove_dir_all(&inbox).expect("the folder goes away");
    let id = window.call("integration_pull", json!({ "language": "en", "id": "erp" }))["data"]["id"].clone();
    let failed = window.end_of(|job| job["id"] == id);
    assert_eq!(failed["state"], "failed");
    let words = failed["error"].as_str().unwrap_or_default();
    assert!(words.contains("inbox"), "{words}");
    let page = window.call("integration_read", json!({ "language": "en", "id": "erp" }));
    assert_eq!(page["data"]["card"]["health"], "failed");
    assert_eq!(page["data"]["runs"][0]["error"], failed["error"]);
}

#[test]
fn a_question_leads_to_the_wizard() {
    let window = Window::open();
    let inbox = window.found();
    std::fs::write(
        inbox.join("lines.csv"),
        "order,ordered,promised,delivered,quantity\nA,01/02/2026,2026-03-10,2026-03-09,5\n",
    )
    .expect("a file");
    let id = window.call("integration_pull", json!({ "language": "en", "id": "erp" }))["data"]["id"].clone();
    let failed = window.end_of(|job| job["id"] == id);
    assert_eq!(failed["question"]["column"], "ordered", "{failed}");
    assert_eq!(failed["question"]["step"], "dates");
}

#[test]
fn rows_are_read_and_released_through_the_window() {
    let window = Window::open();
    window.found();
    let query = json!({ "integration": "erp", "rule": null, "offset": 0, "limit": 100 });
    let list = window.call("quarantine_list", json!({ "language": "en", "query": query }))["data"].clone();
    assert_eq!((&list["total"], &list["waiting"]), (&json!(2), &json!(2)), "{list}");
    let rows = list["rows"].as_array().expect("rows");
    let can: Vec<&Value> =
        rows.iter().filter(|row| row["releasable"] == true).map(|row| &row["id"]).collect();
    assert_eq!(can.len(), 1, "{list}");
    let refused = call(&window.app, "quarantine_release", json!({ "ids": can, "reason": "" }));
    assert_eq!(refused.expect_err("a reason is needed")["code"], "invalid");
    window.call("quarantine_release", json!({ "ids": can, "reason": "booked as minus" }));
    let list = window.call("quarantine_list", json!({ "language": "en", "query": query }))["data"].clone();
    assert_eq!((&list["total"], &list["waiting"]), (&json!(2), &json!(1)), "{list}");
    window.call("integration_retire", json!({ "id": "erp", "reason": "replaced" }));
    assert_eq!(window.call("integration_list", json!({}))["data"]["integrations"], json!([]));
}

/// Stops a pull when its first file is landed, as a program does that is closed.
#[derive(Default)]
struct BreaksOff(AtomicBool);

impl plaza_engine::pull::Watch for BreaksOff {
    fn progress(&self, what: &str, done: u64, _total: u64) {
        if what == "read" && done > 0 {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    fn cancel(&self) -> &AtomicBool {
        &self.0
    }
}

#[test]
fn what_an_earlier_program_left_is_finished_when_the_workspace_is_opened() {
    let window = Window::open();
    let inbox = window.found();
    std::fs::write(inbox.join("lines.csv"), CSV.replace("A,", "E,")).expect("a file");
    std::fs::write(inbox.join("more.csv"), CSV.replace("A,", "D,")).expect("a file");
    let workspace = window.session().workspace().expect("it is open");
    let broken = plaza_engine::pull::pull_saved(&workspace, "erp", &BreaksOff::default());
    assert!(broken.is_err(), "it breaks off between its files");
    drop(workspace);
    window.call("workspace_close", json!({}));
    std::fs::remove_dir_all(&inbox).expect("nothing new is to be found");
    let folder = window.home.path().join("company");
    window.call("workspace_open", json!({ "folder": folder }));
    let finished = window.end_of(|job| job["kind"] == "pull");
    assert_eq!((&finished["state"], &finished["subject"]), (&json!("done"), &json!("erp")), "{finished}");
    let runs = window.call("run_list", json!({ "language": "en", "id": "erp" }))["data"].clone();
    let states: Vec<&Value> = runs.as_array().expect("runs").iter().map(|run| &run["state"]).collect();
    assert!(!states.contains(&&json!("interrupted")), "{runs}");
    assert!(
        runs.as_array().is_some_and(|runs| runs.iter().any(|run| run["files"] == json!(["lines.csv"]))),
        "{runs}"
    );
}

/// Writes a file that nobody has touched for ten minutes.
fn put_old(path: &Path) {
    std::fs::write(path, CSV.replace("A,", "D,")).expect("a file");
    let old = std::time::SystemTime::now() - Duration::from_mins(10);
    let file = std::fs::File::options().append(true).open(path);
    file.and_then(|file| file.set_modified(old)).expect("its time");
}

#[test]
fn a_new_file_in_a_watched_folder_is_pulled_without_being_asked() {
    let window = Window::open();
    let inbox = window.found();
    window.activate("erp");
    window.call("workspace_close", json!({}));
    put_old(&inbox.join("more.csv"));
    window.call("workspace_open", json!({ "folder": window.home.path().join("company") }));
    let pulled = window.end_of(|job| job["kind"] == "pull");
    assert_eq!((&pulled["state"], &pulled["subject"]), (&json!("done"), &json!("erp")), "{pulled}");
    assert!(window.changed.recv_timeout(PATIENCE).is_ok());
}

#[test]
fn a_folder_that_is_watched_from_now_on_is_looked_into_at_once() {
    let window = Window::open();
    let inbox = window.found();
    let pulled = window.session().workspace().expect("it is open");
    let page = window.call("integration_read", json!({ "language": "en", "id": "erp" }))["data"].clone();
    // The workspace is opened without a watched folder: nothing looks.
    pulled.retire_integration("erp", "for a while").expect("it is retired");
    drop(pulled);
    window.call("workspace_close", json!({}));
    window.call("workspace_open", json!({ "folder": window.home.path().join("company") }));
    put_old(&inbox.join("more.csv"));
    let mut draft = page["integration"].clone();
    draft["id"] = json!("again");
    window.call("integration_save", json!({ "draft": draft, "note": "", "existing": false }));
    window.activate("again");
    let pulled = window.end_of(|job| job["kind"] == "pull");
    assert_eq!((&pulled["state"], &pulled["subject"]), (&json!("done"), &json!("again")), "{pulled}");
}

#[test]
fn a_folder_that_holds_something_is_no_place_for_the_sample_company() {
    let window = Window::open();
    let folder = window.home.path().join("mine");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("precious.txt"), "mine").expect("a file");
    let body = json!({ "folder": folder, "language": "en" });
    let refused = call(&window.app, "workspace_sample", body).expect_err("it is refused");
    assert_eq!((&refused["code"], &refused["fields"][0]["field"]), (&json!("invalid"), &json!("folder")));
    assert!(refused["message"].as_str().is_some_and(|words| words.contains("nothing in it was touched")));
    assert_eq!(std::fs::read_to_string(folder.join("precious.txt")).expect("it is there"), "mine");
}

#[test]
fn a_cancelled_sample_leaves_nothing_behind() {
    let window = Window::open();
    let id =
        window.call("workspace_sample", json!({ "folder": null, "language": "de" }))["data"]["id"].clone();
    std::thread::sleep(Duration::from_millis(400));
    window.call("job_cancel", json!({ "id": id }));
    let ended = window.end_of(|job| job["id"] == id);
    assert_eq!((&ended["kind"], &ended["state"]), (&json!("sample"), &json!("cancelled")), "{ended}");
    let folders = window.home.path().join("data").join("workspaces");
    assert!(is_empty(&folders), "{folders:?}");
    assert_eq!(window.call("start_read", json!({}))["data"]["workspace"], Value::Null);
}

fn is_empty(folder: &Path) -> bool {
    folder.read_dir().map_or(true, |mut entries| entries.next().is_none())
}
