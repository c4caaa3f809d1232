//! `plaza checkpoint`, run as a person would run it. Bad inputs first.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

use std::fs;
use std::process::{Command, Output};

const INTEGRATION: &str = r#"
id = "flat"
name = "Flat"
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
promised = "promised"
delivered = "delivered"
"#;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::write(desk.0.path().join("flat.toml"), INTEGRATION).unwrap();
        desk.pull(1);
        desk
    }

    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_plaza"))
            .args(words)
            .current_dir(self.0.path())
            .env("XDG_DATA_HOME", self.0.path().join("data"))
            .env("HOME", self.0.path().join("home"))
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .output()
            .unwrap()
    }

    #[track_caller]
    fn says(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{words:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a call that fails says, and its exit code.
    #[track_caller]
    fn fails(&self, words: &[&str]) -> (i32, String) {
        let output = self.run(words);
        assert!(!output.status.success(), "{words:?}");
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    /// Ten lines of one week, so many of them late.
    fn pull(&self, late: usize) {
        let line = |nth: usize| {
            let delivered = if nth < late { "2026-03-12" } else { "2026-03-09" };
            format!("A{nth},2026-03-02,2026-03-10,{delivered}\n")
        };
        let rows: String = (0..10).map(line).collect();
        fs::write(self.0.path().join("lines.csv"), format!("order,ordered,promised,delivered\n{rows}"))
            .unwrap();
        self.says(&["pull", "--workspace", "w", "flat.toml", "--today", "2026-06-30"]);
    }

    fn kept(&self) -> String {
        self.says(&["week", "--workspace", "w", "--kpi", "promise-kept", "--week", "2026-W11", "--json"])
    }
}

/// The words of a call about this workspace's integration.
fn about<'a>(act: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec!["checkpoint", act, "--workspace", "w", "flat"];
    words.extend(more);
    words
}

#[test]
fn what_waits_is_shown_and_decided_without_a_window() {
    let desk = Desk::new();
    assert!(desk.says(&about("show", &[])).contains("published as it comes"));
    assert_eq!(desk.fails(&about("release", &[])).0, 2, "a reason is asked for");
    let (code, words) = desk.fails(&about("release", &["--reason", "why"]));
    assert!(code == 1 && words.contains("held batch"), "{words}");
    assert_eq!(desk.fails(&about("set", &["--points=-1", "--reason", "why"])).0, 1);
    desk.says(&about("set", &["--reason", "a wrong week was shown"]));

    desk.pull(4);
    assert!(desk.kept().contains("\"numerator\": 9"), "{}", desk.kept());
    let shown = desk.says(&about("show", &[]));
    assert!(shown.contains("promise-kept=2026-W11 90.0 → 60.0, further than it may"), "{shown}");
    let json: serde_json::Value = serde_json::from_str(&desk.says(&about("show", &["--json"]))).unwrap();
    assert!(json["held"]["why"][0].as_str().unwrap().contains("further than it may"), "{json}");

    assert_eq!(desk.fails(&about("release", &["--week", "2026-W11", "--reason", "why"])).0, 2);
    assert_eq!(desk.fails(&about("release", &["--week", "promise-kept=2026-W40", "--reason", "why"])).0, 1);
    assert_eq!(desk.fails(&about("reject", &["--reason", " "])).0, 1);
    desk.says(&about("reject", &["--reason", "the export was of the test system"]));
    assert!(desk.kept().contains("\"numerator\": 9"));

    desk.pull(5);
    desk.says(&about("release", &["--week", "promise-kept=2026-W11", "--reason", "a lorry was stolen"]));
    assert!(desk.kept().contains("\"numerator\": 5"), "{}", desk.kept());
    if desk.says(&about("show", &[])).contains(" waits since ") {
        desk.says(&about("release", &["--reason", "the rest too"]));
    }
    let shown = desk.says(&about("show", &[]));
    assert!(shown.contains("no batch waits") && shown.contains("a lorry was stolen"), "{shown}");
    desk.says(&about("set", &["--off", "--reason", "it is trusted now"]));
    assert!(desk.says(&about("show", &[])).contains("published as it comes"));
}
