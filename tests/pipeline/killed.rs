//! `kill -9` at many moments of a real `plaza pull`: the next pull goes on, and nothing is lost or doubled.

#![cfg(unix)] // elsewhere no process ends without a word in this way
#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use plaza_engine::home::Home;
use plaza_engine::integration::Integration;
use plaza_engine::week::tallies_hold;
use plaza_engine::workspace::Workspace;
use plaza_store::intake::QuarantineFilter;
use serde_json::Value as Json;

/// Moments at which each kind of pull is killed, spread over the whole of it.
const MOMENTS: u32 = 16;

/// Order lines per file: enough that landing, counting and publishing each take a while.
const LINES: u32 = 600;

const TODAY: &str = "2026-03-30";

const TOML: &str = r#"
id = "orders"
name = "Orders"
system = "ERP"

[route]
promised_by = "sales"
legs = [
  { to = "produced", department = "production" },
  { to = "delivered", department = "logistics" },
]

[[standard]]
days = { produced = 5, delivered = 2 }

[[stream]]
name = "lines"
files = ["lines_*.csv"]
delivery = "snapshot"
snapshot_date = "lines_{yyyy-MM-dd}.csv"

[stream.fields]
order = "order"
line = "line"
ordered = "ordered"
promised = "promised"
produced = "produced"
delivered = "delivered"
ordered_quantity = "quantity"
"#;

/// A complete file. Later editions move days, mend a row that waited, break another, and lack some.
fn lines(edition: u32) -> String {
    let mut text = String::from("order,line,ordered,promised,produced,delivered,quantity\n");
    for number in 0..LINES {
        if edition > 0 && number % 50 == 7 {
            continue;
        }
        let (order, line) = (number / 3, number % 3 + 1);
        let week = number % 8;
        let day = |offset: u32| {
            let day = 1 + week * 7 + offset;
            if day > 31 { format!("2026-02-{:02}", day - 31) } else { format!("2026-01-{day:02}") }
        };
        let late = u32::from((number + edition).is_multiple_of(7)) * 3;
        let quantity = if (number + edition).is_multiple_of(90) { -5 } else { 5 };
        let (ordered, promised, produced, delivered) = (day(0), day(3), day(1), day(2 + late));
        writeln!(text, "SO-{order},{line},{ordered},{promised},{produced},{delivered},{quantity}").unwrap();
    }
    text
}

/// A folder with files, definitions, a workspace and the keys of its device.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("orders.toml", TOML);
        place
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    /// All that is there, copied.
    fn copy(&self) -> Self {
        let copy = Self(tempfile::tempdir().unwrap());
        copy_folder(self.0.path(), copy.0.path());
        copy
    }

    fn workspace(&self) -> PathBuf {
        self.0.path().join("workspace")
    }

    fn plaza(&self, arguments: &[&str]) -> Command {
        let mut plaza = self.command(arguments[0]);
        plaza.args(&arguments[1..]).args(["--today", TODAY, "--json"]);
        plaza
    }

    fn command(&self, name: &str) -> Command {
        let mut plaza = Command::new(env!("CARGO_BIN_EXE_plaza"));
        plaza.arg(name).arg("--workspace").arg(self.workspace());
        plaza.env("XDG_DATA_HOME", self.0.path().join("home")).env("HOME", self.0.path().join("home"));
        plaza.env_remove("DBUS_SESSION_BUS_ADDRESS").stdin(Stdio::null());
        plaza
    }

    fn pulling(&self) -> Command {
        let mut pull = self.plaza(&["pull"]);
        pull.arg(self.0.path().join("orders.toml"));
        pull
    }

    #[track_caller]
    fn pull(&self) -> Json {
        json(&self.pulling().output().unwrap())
    }

    /// Lets a pull run for so long, then kills it. Whether it was still running.
    fn kill_after(&self, delay: Duration) -> bool {
        let mut child = self.pulling().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(delay);
        let was_running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        was_running
    }

    /// Everything that must come out the same.
    fn state(&self) -> State {
        let weeks = json(&self.plaza(&["week", "--all"]).output().unwrap());
        let mut figures = BTreeMap::new();
        for week in weeks.as_array().unwrap() {
            let mut week = week.as_object().unwrap().clone();
            // How often and when it was published differs: a run that was cut short is published as it stood.
            week.retain(|key, _| !["revision", "known_from", "state"].contains(&key.as_str()));
            figures.insert(format!("{} {}", week["kpi"], week["week"]), Json::Object(week));
        }
        // What nobody ever saw is not told apart from what is nought again.
        figures.retain(|_, week| week["n"] != 0 || week["pending"] != 0);
        assert!(self.command("verify").output().unwrap().status.success(), "the workspace does not verify");
        let home = Home::new(&self.0.path().join("home").join("app.plaza.desktop"));
        let workspace = Workspace::open(&self.workspace(), home.keys(), home.clock()).unwrap();
        assert!(tallies_hold(&workspace).unwrap(), "the kept figures differ from a full count");
        let intake = workspace.intake();
        let mut journeys = Vec::new();
        intake
            .view()
            .each_journey(i64::MIN, i64::MAX, |key, _, body| {
                journeys.push((key, body.to_vec()));
                Ok::<_, plaza_store::intake::IntakeError>(())
            })
            .unwrap();
        let filter = QuarantineFilter { limit: 10_000, ..QuarantineFilter::default() };
        let mut quarantine: Vec<String> = intake
            .view()
            .quarantine(filter)
            .unwrap()
            .iter()
            .map(|row| format!("{:?} {} {} {}", row.key, row.content, row.findings, row.state.word()))
            .collect();
        quarantine.sort();
        assert!(intake.view().unfinished_runs().unwrap().is_empty());
        State { figures, journeys, quarantine }
    }
}

#[derive(Debug, PartialEq)]
struct State {
    figures: BTreeMap<String, Json>,
    journeys: Vec<(i64, Vec<u8>)>,
    quarantine: Vec<String>,
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[track_caller]
fn json(output: &Output) -> Json {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Kills the pull that `before` is ready for at many moments, pulls again, and compares with what comes out undisturbed.
fn survives(before: &Place) {
    let undisturbed = before.copy();
    let start = Instant::now();
    undisturbed.pull();
    let whole = start.elapsed();
    let expected = undisturbed.state();
    assert!(!expected.journeys.is_empty() && !expected.quarantine.is_empty() && expected.figures.len() > 8);
    let mut cut_short = 0;
    for moment in 0..MOMENTS {
        let place = before.copy();
        let delay = whole * moment / (MOMENTS - 1);
        if !place.kill_after(delay) {
            continue;
        }
        cut_short += 1;
        place.pull();
        assert_eq!(place.state(), expected, "killed after {delay:?} of {whole:?}");
    }
    // A machine that is busy now and idle later may finish some before they are killed, never most.
    assert!(cut_short >= MOMENTS / 3, "only {cut_short} of {MOMENTS} were still running");
}

#[test]
fn a_first_pull_of_several_files_survives_being_killed_at_any_moment() {
    let place = Place::new();
    for edition in 0..3 {
        place.write(&format!("lines_2026-03-{:02}.csv", 20 + edition), &lines(edition));
    }
    survives(&place);
}

#[test]
fn a_later_pull_survives_being_killed_at_any_moment() {
    let place = Place::new();
    place.write("lines_2026-03-20.csv", &lines(0));
    place.pull();
    place.write("lines_2026-03-21.csv", &lines(1));
    survives(&place);
}

#[test]
fn reading_everything_by_another_mapping_survives_being_killed_at_any_moment() {
    let place = Place::new();
    for edition in 0..2 {
        place.write(&format!("lines_2026-03-{:02}.csv", 20 + edition), &lines(edition));
        place.pull();
    }
    // Only the store knows the first file now.
    std::fs::remove_file(place.0.path().join("lines_2026-03-20.csv")).unwrap();
    let mapped = TOML.replace("promised = \"promised\"", "promised = \"produced\"");
    assert!(Integration::from_toml(&mapped).is_ok() && mapped != TOML);
    place.write("orders.toml", &mapped);
    survives(&place);
}

#[test]
fn killed_again_and_again_a_pull_still_ends_where_it_should() {
    let place = Place::new();
    for edition in 0..3 {
        place.write(&format!("lines_2026-03-{:02}.csv", 20 + edition), &lines(edition));
    }
    let undisturbed = place.copy();
    let start = Instant::now();
    undisturbed.pull();
    let whole = start.elapsed();
    for moment in 1..MOMENTS {
        place.kill_after(whole * moment / MOMENTS);
    }
    place.pull();
    assert_eq!(place.state(), undisturbed.state());
}
