//! The calendar of a company that meets, read by two programs that do not know each other.

use std::process::Command;

use plaza_domain::day::Day;
use plaza_domain::workspace::{SettingChange, TimeZone};
use plaza_engine::page::meeting::{CommitmentForm, MeetingForm};
use plaza_engine::words::Language;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::start::{environment, run};

const ZONE: &str = "Europe/Berlin";
const PLACE: &str = "Room “Lindau”, 2nd floor; or online";

/// What one of the programs finds in the file.
pub(crate) fn read(reader: &str, file: &std::path::Path) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../document/tests/readers/read_calendar.py");
    let mut python = Command::new(environment("calendars").join("python"));
    serde_json::from_slice(&run(python.arg(script).arg(reader).arg(file)).stdout).unwrap()
}

/// A text of 200 letters with everything that a calendar must put in quotes.
fn long() -> String {
    let text = format!("call “the carrier”, \"twice\"; C:\\plan 🙂 {}", "ü".repeat(200));
    text.chars().take(200).collect()
}

#[test]
fn two_programs_read_the_series_its_changes_and_what_was_promised() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    let zone: TimeZone = ZONE.parse().unwrap();
    workspace.change_settings(vec![SettingChange::TimeZone(zone)]).unwrap();
    bench.set_day("2026-10-05");
    let bea = bench.person("Bea", &[]);
    let form = MeetingForm {
        weekday: 1,
        time: "09:30".into(),
        minutes: 60,
        place: PLACE.into(),
        link: "https://meet.example/plaza?a=1,2;b=3".into(),
        attendees: vec![bea.clone()],
        facilitators: vec![bea.clone()],
        standing: Vec::new(),
    };
    workspace.set_meeting(&form).unwrap();
    // The clocks go back on 25 October: one meeting before that day is moved behind it, one after it is cancelled.
    workspace.move_meeting(&"2026-W43".into(), "2026-10-26", "14:00", 45, "audit").unwrap();
    workspace.cancel_meeting(&"2026-W45".into(), "fair").unwrap();
    let commitment = CommitmentForm {
        commitment: None,
        meeting: None,
        item: None,
        need: None,
        who: bea,
        text: long(),
        due: "2026-10-30".into(),
    };
    workspace.make_commitment(&commitment).unwrap();
    let file = bench.files.path().join("plaza.ics");
    workspace.export_calendar(Language::En, &file).unwrap();

    let tuesday = |week: i32| Day::from_ymd(2026, 10, 6).unwrap().plus(7 * week);
    let moment = |day: Day, minute: u16| json!(zone.moment_of(day, minute).unwrap() / 1000);
    for reader in ["icalendar", "vobject"] {
        let found = read(reader, &file);
        let series: Vec<Value> = (0..10).map(|week| moment(tuesday(week), 570)).collect();
        assert_eq!(
            found["series"].as_array().unwrap()[..10],
            series,
            "{reader}: half past nine, summer and winter"
        );
        let events = found["events"].as_array().unwrap();
        let of = |week: i32| {
            events.iter().find(|event| event["recurrence"] == moment(tuesday(week), 570)).unwrap()
        };
        let monday = Day::from_ymd(2026, 10, 26).unwrap();
        assert_eq!(
            (&of(2)["start"], &of(2)["end"]),
            (&moment(monday, 840), &moment(monday, 885)),
            "{reader}"
        );
        assert_eq!(
            (&of(2)["status"], &of(4)["status"]),
            (&json!("CONFIRMED"), &json!("CANCELLED")),
            "{reader}"
        );
        assert_eq!(
            (&events[0]["location"], &events[0]["url"]),
            (&json!(PLACE), &json!(form.link)),
            "{reader}"
        );
        let task = &found["tasks"].as_array().unwrap()[0];
        let told = format!("Bea: {}", long());
        assert_eq!((&task["title"], &task["due"]), (&json!(told), &json!("2026-10-30")), "{reader}");
    }
}
