//! `plaza chart`, run as a person would run it.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

fn plaza(arguments: &[&str], file: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plaza")).arg("chart").arg(file).args(arguments).output().unwrap()
}

/// A CSV with this content, in a folder that goes away with the test.
struct Csv {
    folder: tempfile::TempDir,
}

impl Csv {
    fn new(content: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file.csv"), content).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("file.csv")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        plaza(arguments, &self.path())
    }

    #[track_caller]
    fn json(&self, arguments: &[&str]) -> Json {
        let output = self.run(&[&["--json"], arguments].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What is said on failing with this exit code.
    #[track_caller]
    fn fails(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
        stderr(&output)
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn fixture(name: &str) -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/spc").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A reference series as a CSV.
fn csv_of(case: &Json) -> Csv {
    let mut text = String::from("week,value\n");
    for (date, value) in case["dates"].as_array().unwrap().iter().zip(case["values"].as_array().unwrap()) {
        let value = if value.is_null() { String::new() } else { value.to_string() };
        text.extend([date.as_str().unwrap(), ",", &value, "\n"]);
    }
    Csv::new(text)
}

#[track_caller]
fn assert_near(actual: &Json, expected: &Json) {
    let (actual, expected) = (actual.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!((actual - expected).abs() <= 1e-8 * expected.abs().max(1.0), "{actual} is not {expected}");
}

#[test]
fn reference_series_come_out_as_json() {
    for (name, arguments, rules) in [
        (
            "17a_trend7_up__nhs.json",
            vec!["--direction", "higher"],
            vec![
                ("trend", "rule_trend7"),
                ("outside", "outside_limits"),
                ("near-limits", "rule_two_of_three"),
                ("shift", "rule_shift7"),
            ],
        ),
        (
            "18e_three_of_four_wheeler__wheeler.json",
            vec!["--rules", "wheeler", "--baseline", "16"],
            vec![("near-limits", "rule_3of4"), ("outside", "rule_outside"), ("shift", "rule_run8")],
        ),
        (
            "20_assurance_decrease_t110__nhs.json",
            vec!["--direction", "lower", "--target", "110"],
            vec![("outside", "outside_limits"), ("shift", "rule_shift7")],
        ),
        (
            "06a_nhs_vignette_outlier_screened__nhs.json",
            vec!["--screen", "--direction", "higher"],
            vec![("outside", "outside_limits"), ("trend", "rule_trend7")],
        ),
    ] {
        let case = fixture(name);
        let report = csv_of(&case).json(&arguments);
        let phase = &report["phases"][0];
        assert_near(&phase["mean"], &case["expected"]["mean"]);
        assert_near(&phase["lower"], &case["expected"]["lcl"]);
        assert_near(&phase["upper"], &case["expected"]["ucl"]);
        assert_near(&phase["moving_range_mean"], &case["expected"]["mr_mean"]);
        assert_eq!((&phase["from"], &phase["state"]), (&case["dates"][0], &Json::from("firm")));
        let expected = case["expected"]["points"].as_array().unwrap();
        assert_eq!(report["points"].as_array().unwrap().len(), expected.len());
        for (point, expected) in report["points"].as_array().unwrap().iter().zip(expected) {
            assert_eq!(point["date"], expected["date"]);
            assert_near(&point["value"], &expected["value"]);
            assert_eq!(point["ghost"], false);
            for (rule, key) in &rules {
                let fired = point["rules"].as_array().unwrap().contains(&Json::from(*rule));
                assert_eq!(fired, expected[*key].as_bool().unwrap(), "{name} {rule} at {}", point["date"]);
            }
        }
        assert!(report["sentence"].as_str().unwrap().ends_with('.'));
    }
}

#[test]
fn the_json_has_exactly_the_documented_keys() {
    let report = csv_of(&fixture("20_assurance_decrease_t110__nhs.json")).json(&[
        "--direction",
        "lower",
        "--target",
        "110",
    ]);
    let keys = |json: &Json| json.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let sorted = |mut keys: Vec<String>| {
        keys.sort();
        keys.join(" ")
    };
    assert_eq!(sorted(keys(&report)), "assurance phases points sentence variation");
    assert_eq!(sorted(keys(&report["phases"][0])), "from lower mean moving_range_mean n state upper");
    assert_eq!(sorted(keys(&report["points"][0])), "date ghost rules value");
    assert_eq!(
        (report["variation"].as_str(), report["assurance"].as_str()),
        (Some("common-cause"), Some("consistently-passes"))
    );
    let short = Csv::new("date,value\n2024-01-01,5\n").json(&[]);
    assert_eq!(short["phases"][0]["lower"], Json::Null);
    assert_eq!((short["phases"][0]["state"].as_str(), &short["assurance"]), (Some("run-chart"), &Json::Null));
}

#[test]
fn rates_are_read_from_their_two_columns() {
    let csv = Csv::new("Woche;Zähler;Nenner\r\n2024-W01;90;100\r\n2024-W02;0;0\r\n2024-W03;1;3\r\n");
    let report = csv.json(&["--language", "de"]);
    let points = report["points"].as_array().unwrap();
    assert_eq!(points.len(), 2, "a week without a denominator is absent");
    assert_near(&points[0]["value"], &Json::from(90));
    assert_near(&points[1]["value"], &Json::from(100.0 / 3.0));
    assert_eq!(report["sentence"], "Bisher zwei Wochen: Grenzen gibt es ab der sechsten.");
    let mean = csv.json(&["--scale", "1"]);
    assert_near(&mean["points"][0]["value"], &Json::from(0.9));
    let means = Csv::new("date,numerator,denominator\n2024-01-01,120,50\n").json(&[]);
    assert_near(&means["points"][0]["value"], &Json::from(2.4));
}

#[test]
fn missing_values_are_bridged_and_unsorted_lines_are_sorted_and_both_are_said() {
    let csv = Csv::new("date,value\n2024-01-22,4\n2024-01-08,\n2024-01-01,1\n2024-01-15,NA\n");
    let output = csv.run(&["--json"]);
    let report: Json = serde_json::from_slice(&output.stdout).unwrap();
    let dates: Vec<&str> =
        report["points"].as_array().unwrap().iter().map(|point| point["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2024-01-01", "2024-01-22"]);
    assert!(
        stderr(&output).contains("sorted") && stderr(&output).contains("2 lines have no value"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn phases_and_ghosts() {
    let mut text = String::from("date,value\n");
    for week in 0..26 {
        let date = 19_723 + week * 7;
        let level = if week < 13 { 50 } else { 70 };
        text.extend([&day(date), ",", &(level + week % 2).to_string(), "\n"]);
    }
    let csv = Csv::new(text);
    let whole = csv.json(&[]);
    assert_eq!(whole["phases"].as_array().unwrap().len(), 1);
    let split = csv.json(&["--phase", "2024-04-01", "--ghost", "2024-01-08"]);
    assert_eq!(split["phases"][1]["from"], "2024-04-01");
    assert_eq!((&split["phases"][0]["n"], &split["phases"][1]["n"]), (&Json::from(12), &Json::from(13)));
    assert_eq!(split["points"][1]["ghost"], true);
    assert!(
        split["points"].as_array().unwrap().iter().all(|point| point["rules"].as_array().unwrap().is_empty())
    );
}

/// A day since 1970 as text, for 2024 only.
fn day(days: i32) -> String {
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let (mut month, mut left) = (0, days - 19_723);
    while left >= lengths[month] {
        left -= lengths[month];
        month += 1;
    }
    format!("2024-{:02}-{:02}", month + 1, left + 1)
}

#[test]
fn an_ambiguous_date_is_asked_for_and_never_guessed() {
    let csv = Csv::new("date,value\n01/02/2024,1\n08/02/2024,2\n");
    let words = csv.fails(1, &["--json"]);
    assert!(words.contains("--date-format dmy") && words.contains("01/02/2024"), "{words}");
    assert_eq!(csv.json(&["--date-format", "dmy"])["points"][0]["date"], "2024-02-01");
    assert_eq!(csv.json(&["--date-format", "mdy"])["points"][0]["date"], "2024-01-02");
    // One day over twelve settles the whole column.
    let settled = Csv::new("date,value\n01/02/2024,1\n15/02/2024,2\n").json(&[]);
    assert_eq!(settled["points"][0]["date"], "2024-02-01");
    let both = Csv::new("date,value\n13/02/2024,1\n02/13/2024,2\n").fails(1, &[]);
    assert!(both.contains("line 2") && both.contains("line 3"), "{both}");
}

#[test]
fn bad_inputs_end_in_words_that_name_the_line() {
    for (content, arguments, code, parts) in [
        (
            "date,value\n2024-01-01,5\n2024-01-08,abc\nsoon,7\n",
            vec![],
            1,
            vec!["line 3: “abc” is not a number", "line 4: “soon” is not a date"],
        ),
        (
            "date,value\n2024-01-01,5\n2024-01-08,6\n2024-01-01,7\n",
            vec![],
            1,
            vec!["2024-01-01 stands twice, on line 2 and on line 4"],
        ),
        ("date,value\n2024-01-01,5\n2024-02-30,6\n", vec![], 1, vec!["line 3", "is not a date"]),
        ("date,a,b\n2024-01-01,5,6\n", vec![], 1, vec!["several columns", "“a”, “b”", "--value-column"]),
        ("date,value\n", vec![], 1, vec!["no rows"]),
        ("", vec![], 1, vec!["no rows"]),
        ("date,value\n2024-01-01,\n", vec!["--value-column", "value"], 1, vec!["no line has a value"]),
        ("name,value\nx,5\n", vec![], 1, vec!["no column holds dates"]),
        ("date,name\n2024-01-01,x\n", vec![], 1, vec!["no column holds numbers"]),
        (
            "date,numerator,denominator\n2024-01-01,5,-6\n",
            vec![],
            1,
            vec!["line 2: “-6” cannot be a denominator"],
        ),
        (
            "date,value\n2024-01-01,5\n",
            vec!["--value-column", "other"],
            2,
            vec!["“other”", "“date”, “value”"],
        ),
        ("date,value\n2024-01-01,5\n", vec!["--ghost", "2024-05-05"], 2, vec!["2024-05-05"]),
        ("date,value\n2024-01-01,5\n", vec!["--baseline", "5"], 2, vec!["at least 12"]),
        ("date,value\n2024-01-01,5\n", vec!["--phase", "01/02/2024"], 2, vec!["not a date"]),
        ("date,value\n2024-01-01,5\n", vec!["--target", "nan"], 2, vec!["not a number"]),
        ("date,value\n2024-01-01,5\n", vec!["--rules", "nelson"], 2, vec!["mdc", "wheeler"]),
        ("date,value\n2024-01-01,5\n", vec!["--language", "fr"], 2, vec!["en, de, es"]),
        ("date,value\n2024-01-01,5\n", vec!["--json", "--svg", "x.svg"], 2, vec!["cannot be used with"]),
    ] {
        let words = Csv::new(content).fails(code, &arguments);
        for part in parts {
            assert!(words.contains(part), "{content:?} {arguments:?} says {words}");
        }
    }
    let missing = plaza(&[], Path::new("/nowhere/file.csv"));
    assert_eq!(missing.status.code(), Some(1));
    assert!(stderr(&missing).contains("/nowhere/file.csv"));
}

#[test]
fn the_summary_is_readable_in_each_language() {
    let csv = csv_of(&fixture("17a_trend7_up__nhs.json"));
    for (language, parts) in [
        ("en", ["from", "firm limits", "rising trend"]),
        ("de", ["Durchschnitt", "feste Grenzen", "steigender Trend"]),
        ("es", ["media", "límites firmes", "tendencia al alza"]),
    ] {
        let output = csv.run(&["--language", language]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && parts.iter().all(|part| text.contains(part)), "{text}");
    }
}

#[test]
fn a_picture_stands_alone_and_escapes_what_the_file_says() {
    let csv = Csv::new("date,\"<b>&\"\"x\"\"\"\n2024-01-01,5\n2024-01-08,6\n");
    let out = csv.folder.path().join("out.svg");
    let output = csv.run(&["--svg", out.to_str().unwrap()]);
    assert!(output.status.success() && output.stdout.is_empty(), "{}", stderr(&output));
    let svg = std::fs::read_to_string(out).unwrap();
    assert!(svg.starts_with("<svg xmlns=") && svg.contains("&lt;b&gt;&amp;") && !svg.contains("<b>"));
    assert_eq!(svg.matches("class=\"point ").count(), 2);
    let unwritable = csv.run(&["--svg", "/nowhere/out.svg"]);
    assert_eq!(unwritable.status.code(), Some(1));
}
