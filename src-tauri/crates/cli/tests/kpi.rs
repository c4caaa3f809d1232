//! `plaza kpi`, run as a person would run it. Bad inputs first.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Output};

const INTEGRATION: &str = r#"
id = "flat"
name = "Flat"
system = "ERP"

[route]
promised_by = "sales"
legs = [
  { to = "delivered", department = "logistics" },
  { to = "invoiced", department = "sales" },
]

[[standard]]
days = { delivered = 5, invoiced = 2 }

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
invoiced = "invoiced"
"#;

struct Desk(tempfile::TempDir);

impl Desk {
    /// Ten lines of one week: all delivered in time, three invoiced late.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::write(desk.0.path().join("flat.toml"), INTEGRATION).unwrap();
        let mut rows = "order,ordered,promised,delivered,invoiced\n".to_owned();
        for nth in 0..10 {
            let invoiced = if nth < 3 { "2026-03-20" } else { "2026-03-10" };
            writeln!(rows, "A{nth},2026-03-02,2026-03-10,2026-03-09,{invoiced}").unwrap();
        }
        fs::write(desk.0.path().join("lines.csv"), rows).unwrap();
        desk.says(&["pull", "--workspace", "w", "flat.toml", "--today", "2026-06-30"]);
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

    #[track_caller]
    fn fails(&self, words: &[&str]) -> (i32, String) {
        let output = self.run(words);
        assert!(!output.status.success(), "{words:?}");
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    fn set<'a>(words: &[&'a str]) -> Vec<&'a str> {
        ["kpi", "set", "--workspace", "w"].into_iter().chain(words.iter().copied()).collect()
    }
}

#[test]
fn what_cannot_be_set_is_refused_with_its_field_and_changes_nothing() {
    let desk = Desk::new();
    for (words, code, about) in [
        (vec!["promise-kept", "target=101", "--reason", "higher"], 1, "target"),
        (vec!["promise-kept", "colour=red", "--reason", "why not"], 2, "colour"),
        (vec!["promise-kept", "settings.colour=1", "--reason", "why not"], 2, "settings.colour"),
        (vec!["promise-kept", "version=7", "--reason", "why not"], 2, "version"),
        (vec!["promise-kept", "target=high", "--reason", "why not"], 2, "fields"),
        (vec!["promise-kept", "target=96", "--reason", " "], 1, "reason"),
        (vec!["promise-kept", "target=96"], 2, "--reason"),
        (vec!["promises", "target=96", "--reason", "higher"], 1, "promises"),
    ] {
        let (exit, said) = desk.fails(&Desk::set(&words));
        assert!(exit == code && said.contains(about), "{words:?}: {exit} {said}");
    }
    assert!(desk.says(&["kpi", "show", "--workspace", "w", "promise-kept"]).contains("version 1 since"));
}

#[test]
fn a_change_is_looked_at_then_made_and_stands_in_the_history() {
    let desk = Desk::new();
    let change = ["promise-kept", "settings.counts_invoice=false", "name=Promises"];
    let look = desk.says(&Desk::set(&[&change[..], &["--look"]].concat()));
    assert!(look.contains("1 of 1 weeks would have another value"), "{look}");
    assert!(look.contains("2026-W11 70.0 → 100.0"), "{look}");
    let week = ["week", "--workspace", "w", "--kpi", "promise-kept", "--week", "2026-W11", "--json"];
    assert!(desk.says(&week).contains("\"numerator\": 7") || desk.says(&week).contains("\"numerator\":7"));

    let done =
        desk.says(&Desk::set(&[&change[..], &["--reason", "invoices have their own number"]].concat()));
    assert_eq!(done, "promise-kept: version 2\n");
    assert!(desk.says(&week).contains("\"numerator\": 10") || desk.says(&week).contains("\"numerator\":10"));
    let shown = desk.says(&["kpi", "show", "--workspace", "w", "promise-kept"]);
    for words in [
        "settings.counts_invoice=false",
        "invoices have their own number",
        "Name: On-time delivery → Promises",
        "A late or wrong invoice is a miss: yes → no",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    desk.says(&Desk::set(&["late-backlog", "active=false", "--reason", "nobody talks about it"]));
    let list = desk.says(&["kpi", "list", "--workspace", "w"]);
    assert!(list.starts_with("4 of at most 7 on the board\n"), "{list}");
    assert!(list.contains("late-backlog: off the board, version 2"), "{list}");
    desk.says(&["verify", "--workspace", "w"]);
}

#[test]
fn a_measure_comes_from_a_file_looked_at_then_published() {
    let desk = Desk::new();
    desk.says(&[
        "kpi",
        "new",
        "--workspace",
        "w",
        "Stock",
        "--value",
        "--unit",
        "pallets",
        "--tolerance",
        "1",
    ]);
    let write = |rows: &str| fs::write(desk.0.path().join("stock.csv"), rows).unwrap();
    let file =
        |words: &[&'static str]| [&["kpi", "file", "--workspace", "w", "stock", "stock.csv"], words].concat();
    write("week,stock,sales,logistics\n2026-W10,900,400,500\n2026-W11,many,400,500\n");
    let look = desk.says(&file(&[]));
    for words in ["1 week new, 0 changed", "1 row refused", "row 3, stock “many”", "2026-W10: 900.000"] {
        assert!(look.contains(words), "{words}: {look}");
    }
    let week = ["week", "--workspace", "w", "--kpi", "stock", "--all", "--json"];
    assert!(!desk.says(&week).contains("2026-W10"), "a look changes nothing");
    assert!(desk.says(&file(&["--publish"])).ends_with("stock: 1 week published\n"));
    assert!(desk.says(&week).contains("2026-W10"));
    let (exit, said) = desk.fails(&file(&["--publish"]));
    assert!(exit == 1 && said.contains("nothing to publish"), "{exit} {said}");

    write("week,stock,sales,logistics\n2026-W10,901,401,500\n");
    let (exit, said) = desk.fails(&file(&["--publish"]));
    assert!(exit == 1 && said.contains("reason"), "{exit} {said}");
    let done = desk.says(&file(&["--publish", "--reason", "counted again"]));
    assert!(done.contains("2026-W10: 900.000 → 901.000"), "{done}");
    write("week,stock,sales,logistics\n2026-W12,900,400,498\n");
    assert!(desk.says(&file(&["--publish"])).contains("held"));
    desk.says(&["verify", "--workspace", "w"]);
}
