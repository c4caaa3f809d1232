//! Backups, the check and notices through the window's commands.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use plaza_shell::session::Session;
use serde_json::{Value, json};
use tauri::test::MockRuntime;
use tauri::{App, Manager};

use crate::commands::{app, call};

/// Long enough for a slow computer to back up an empty workspace.
const PATIENCE: Duration = Duration::from_mins(1);

/// A window with a workspace of its own open.
fn window(place: &Path) -> App<MockRuntime> {
    let app = app();
    app.manage(Arc::new(Session::new(&place.join("data"))));
    let draft = json!({
        "folder": place.join("mill"), "name": "Mill", "language": "en", "time_zone": "Europe/Berlin",
        "departments": ["Sales"], "my_name": "Ada", "my_department": 0,
    });
    call(&app, "workspace_create", json!({ "draft": draft })).expect("a workspace is founded");
    app
}

/// Begins a job and waits for its end.
fn job(app: &App<MockRuntime>, command: &str, body: Value) -> Value {
    let answer = call(app, command, body).unwrap_or_else(|error| panic!("{command}: {error}"));
    let (id, began) = (answer["data"]["id"].clone(), Instant::now());
    loop {
        let job = call(app, "job_read", json!({ "id": id })).expect("the job is known")["data"].clone();
        if job["state"] != "running" {
            return job;
        }
        assert!(began.elapsed() < PATIENCE, "{job}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_workspace_is_backed_up_restored_and_opened_in_place_of_the_one_before() {
    let place = tempfile::tempdir().expect("a folder");
    let app = window(place.path());
    let before = call(&app, "backup_list", json!({})).expect("a list");
    assert_eq!((&before["data"]["backups"], &before["data"]["keep"]), (&json!([]), &json!(14)));
    assert_eq!(job(&app, "backup_make", json!({ "file": null }))["state"], "done");
    call(&app, "backup_keep", json!({ "keep": 3 })).expect("a setting");
    let list = call(&app, "backup_list", json!({})).expect("a list");
    assert_eq!((&list["data"]["backups"][0]["automatic"], &list["data"]["keep"]), (&json!(false), &json!(3)));
    let file = list["data"]["backups"][0]["file"].clone();
    assert!(
        file.as_str().is_some_and(|file| Path::new(file).extension().is_some_and(|end| end == "plaza")),
        "{file}"
    );

    let full = job(&app, "backup_restore", json!({ "file": file, "folder": place.path().join("mill") }));
    assert_eq!(full["state"], "failed");
    assert!(full["error"].as_str().is_some_and(|words| words.contains("is not empty")), "{full}");
    let copy = place.path().join("copy");
    let done = job(&app, "backup_restore", json!({ "file": file, "folder": copy }));
    assert_eq!(done["state"], "done", "{done}");

    let codes = || -> (Value, Vec<String>) {
        let open = call(&app, "workspace_read", json!({})).expect("the workspace")["data"].clone();
        let codes = open["notices"].as_array().into_iter().flatten();
        let codes = codes.filter_map(|notice| notice["code"].as_str().map(str::to_owned)).collect();
        (open["folder"].clone(), codes)
    };
    let (folder, told) = codes();
    assert_eq!(folder, json!(copy));
    assert!(told.contains(&"restored_copy".to_owned()), "{told:?}");
    call(&app, "notice_dismiss", json!({ "code": "restored_copy" })).expect("it is read");
    assert!(!codes().1.contains(&"restored_copy".to_owned()));
    let refused = call(&app, "device_admit", json!({ "code": "1234" })).expect_err("no code");
    assert_eq!(refused["code"], "invalid", "{refused}");
}

#[test]
fn a_check_names_what_does_not_hold_in_the_readers_language() {
    let place = tempfile::tempdir().expect("a folder");
    let app = window(place.path());
    let read = |language: &str| {
        call(&app, "verify_read", json!({ "language": language })).expect("a view")["data"].clone()
    };
    assert_eq!(read("en"), Value::Null);
    assert_eq!(job(&app, "workspace_verify", json!({}))["state"], "done");
    assert_eq!((&read("en")["sound"], &read("en")["faults"]), (&json!(true), &json!([])));
    std::fs::remove_file(place.path().join("mill/intake.db")).expect("the intake is lost");
    assert_eq!(job(&app, "workspace_verify", json!({}))["state"], "done");
    for (language, word) in
        [("en", "intake.db is missing"), ("de", "intake.db fehlt"), ("es", "Falta intake.db")]
    {
        let found = read(language);
        assert_eq!(found["sound"], json!(false));
        assert!(found["faults"][0].as_str().is_some_and(|words| words.contains(word)), "{found}");
    }
}
