//! `plaza drill`, run as a person would run it. Bad inputs first.

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
        let rows: String = (0..40).map(|nth| format!("A{nth},2026-03-02,2026-03-10,2026-03-09\n")).collect();
        fs::write(desk.0.path().join("lines.csv"), format!("order,ordered,promised,delivered\n{rows}"))
            .unwrap();
        assert!(desk.run(&["pull", "--workspace", "w", "flat.toml"]).status.success());
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

    fn drill(&self, act: &str, more: &[&str]) -> (bool, String) {
        let mut words = vec!["drill", act, "--workspace", "w", "flat"];
        words.extend(more);
        let output = self.run(&words);
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }
}

#[test]
fn a_rush_is_held_and_an_outage_refused_without_a_fallback() {
    let desk = Desk::new();
    let (worked, said) = desk.drill("outage", &["--minutes", "60"]);
    assert!(!worked && said.contains("fallback"), "{said}");
    assert!(!desk.drill("note", &["something"]).0);
    assert!(!desk.drill("end", &[]).0);
    let (worked, said) = desk.drill("show", &[]);
    assert!(worked && said.contains("no drill is owed"), "{said}");

    let (worked, said) = desk.drill("rush", &["--seed", "5", "--json"]);
    assert!(worked, "{said}");
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    let result = &json["result"];
    assert_eq!(
        (&result["lost"], &result["doubled"], &result["expected"]),
        (&0.into(), &0.into(), &400.into())
    );
    let (worked, said) = desk.drill("show", &[]);
    assert!(worked && said.contains("all 400 order lines say what they must"), "{said}");
    assert!(!desk.0.path().join("w").join("drill").exists());
}
