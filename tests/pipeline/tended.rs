//! `plaza tend` as real programs: one is killed in the middle, two work on one workspace.

#![cfg(unix)] // elsewhere no process ends without a word in this way
#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

mod charter_draft;
mod server;

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use charter_draft::charter;
use plaza_engine::clock::{Clock, SetClock, SystemClock};
use plaza_engine::home::Home;
use plaza_engine::page::integration::RunView;
use plaza_engine::page::schedule::{CadenceView, ScheduleChoice};
use plaza_engine::schedule::{Cost, HOUR_MS};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;
use plaza_store::intake::QueueState;
use server::Server;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

const TOML: &str = r#"
id = "web"
name = "Web"
system = "ERP"

[connection]
kind = "http"
url = "http://ADDRESS"
streams = ["lines"]

[route]
promised_by = "sales"
legs = [{ to = "delivered", department = "logistics" }]

[[standard]]
days = { delivered = 5 }

[[stream]]
name = "lines"
from = { name = "lines" }
delivery = "snapshot"

[stream.fields]
order = "order"
line = { constant = "1" }
ordered = "ordered"
promised = "promised"
delivered = "delivered"
"#;

const ROWS: &str =
    r#"[{"order":"A","ordered":"2026-03-02","promised":"2026-03-10","delivered":"2026-03-09"}]"#;

/// A workspace whose integration was pulled once and is due, and a system that answers only when it is told to.
struct Place {
    folder: tempfile::TempDir,
    server: Server,
    go: Sender<()>,
}

impl Place {
    fn new() -> Self {
        let (go, gate) = channel::<()>();
        let gate = Mutex::new(gate);
        let server = Server::new(move |_| {
            // Nobody waits any more where the asking program was killed.
            let _ = gate.lock().unwrap().recv_timeout(PATIENCE);
            (200, "", ROWS.to_owned())
        });
        let place = Self { folder: tempfile::tempdir().unwrap(), server, go };
        let toml = TOML.replace("ADDRESS", &place.server.at.to_string());
        std::fs::write(place.folder.path().join("web.toml"), toml).unwrap();
        place.go.send(()).unwrap();
        let pulled = place.plaza(&["pull"]).arg(place.folder.path().join("web.toml")).output().unwrap();
        assert!(pulled.status.success(), "{}", String::from_utf8_lossy(&pulled.stderr));
        let cadence = CadenceView { kind: "minutes".into(), minutes: Some(15), time: None, weekday: None };
        let choice = ScheduleChoice {
            cadence,
            delay: Cost::LineStops,
            error: Cost::Nothing,
            warn_hours: 1.0,
            late_hours: 2.0,
        };
        // Chosen an hour ago: it is due.
        let clock = SetClock::new(SystemClock.now_ms() - HOUR_MS);
        let workspace = place.open(Arc::new(clock));
        workspace.save_charter("web", &charter(&workspace)).unwrap();
        workspace.activate_integration("web", "").unwrap();
        choice.choose(&workspace, "web", Language::En).unwrap();
        drop(workspace);
        place
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }

    fn open(&self, clock: Arc<dyn Clock>) -> Workspace {
        let home = Home::new(&self.folder.path().join("home").join("app.plaza.desktop"));
        Workspace::open(&self.workspace(), home.keys(), clock).unwrap()
    }

    fn plaza(&self, words: &[&str]) -> Command {
        let home = self.folder.path().join("home");
        let mut plaza = Command::new(env!("CARGO_BIN_EXE_plaza"));
        plaza.args(words).arg("--workspace").arg(self.workspace());
        plaza.env("XDG_DATA_HOME", &home).env("HOME", &home);
        plaza.env_remove("DBUS_SESSION_BUS_ADDRESS").stdin(Stdio::null());
        plaza
    }

    fn state(&self) -> Option<QueueState> {
        let workspace = self.open(Arc::new(SystemClock));
        let queued = workspace.intake_reader().unwrap().view().queued("web").unwrap();
        queued.map(|queued| queued.state)
    }

    fn finished(&self) -> usize {
        let runs = RunView::list(&self.open(Arc::new(SystemClock)), "web", Language::En).unwrap();
        runs.iter().filter(|run| run.state == "finished").count()
    }
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_a_killed_program_was_at_is_taken_up_by_the_next_one() {
    let place = Place::new();
    let mut tends = place.plaza(&["tend"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until("it asks", || place.server.heard() == 2);
    assert_eq!(place.state(), Some(QueueState::Running));
    tends.kill().unwrap();
    tends.wait().unwrap();
    assert_eq!((place.state(), place.finished()), (Some(QueueState::Running), 1));
    // One word for the question that was left alone, one for the next.
    place.go.send(()).unwrap();
    place.go.send(()).unwrap();
    let next = place.plaza(&["tend", "--once"]).output().unwrap();
    assert!(next.status.success(), "{}", String::from_utf8_lossy(&next.stderr));
    assert!(String::from_utf8_lossy(&next.stdout).starts_with("web: 1 rows read"), "{next:?}");
    assert_eq!((place.state(), place.finished(), place.server.heard()), (None, 2, 3));
    let idle = place.plaza(&["tend", "--once"]).output().unwrap();
    assert!(idle.status.success() && idle.stdout.is_empty(), "nothing is due: {idle:?}");
}

#[test]
fn two_programs_look_after_one_workspace_and_pull_once() {
    let place = Place::new();
    let mut first = place.plaza(&["tend"]).stdout(Stdio::null()).spawn().unwrap();
    until("the first asks", || place.server.heard() == 2);
    let second = place.plaza(&["tend", "--once"]).output().unwrap();
    assert!(second.status.success() && second.stdout.is_empty(), "the first is at it: {second:?}");
    place.go.send(()).unwrap();
    until("the first has done", || place.state().is_none());
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!((place.finished(), place.server.heard()), (2, 2));
}
