//! Calendars as two programs in Python read them, neither of which knows the other.

use std::process::Command;

use plaza_document::calendar::{Calendar, Component, ics};
use plaza_domain::day::Day;
use serde_json::{Value, json};

use super::calendars::{day, full, long_title, weekly};
use super::start::{environment, run};

/// What a reader finds in a calendar: everything with its properties, and when the series takes place by its rules.
fn read(reader: &str, calendar: &Calendar) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calendar.ics");
    std::fs::write(&file, ics(calendar)).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers/read_calendar.py");
    let output =
        run(Command::new(environment("calendars").join("python")).arg(script).arg(reader).arg(&file));
    serde_json::from_slice(&output.stdout).unwrap()
}

const READERS: [&str; 2] = ["icalendar", "vobject"];

#[test]
fn a_series_takes_place_when_it_should() {
    for zone in
        ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Africa/Casablanca", "UTC"]
    {
        let calendar = Calendar {
            method: None,
            name: "x".into(),
            zone: zone.parse().unwrap(),
            components: vec![Component::Event(weekly())],
        };
        for reader in READERS {
            let found = read(reader, &calendar);
            // Nine o'clock in summer and in winter, whatever that is in UTC.
            let monday = |week: i32| Day(day(2026, 10, 5).0 + 7 * week);
            let minute = |day: Day, minute: u16| calendar.zone.moment_of(day, minute).unwrap() / 1000;
            let expected: Vec<i64> =
                [0, 1, 3, 4, 5, 6, 7, 8, 9].into_iter().map(|week| minute(monday(week), 540)).collect();
            assert_eq!(found["series"], json!(expected), "{reader}, {zone}");
            let of = |status: &str, week: i32| {
                let id = json!(minute(monday(week), 540));
                let events = found["events"].as_array().unwrap();
                events
                    .iter()
                    .find(|event| event["recurrence"] == id && event["status"] == status)
                    .unwrap()
                    .clone()
            };
            assert_eq!(of("CANCELLED", 4)["start"], json!(minute(monday(4), 540)));
            let moved = of("CONFIRMED", 5);
            let tuesday = Day(monday(5).0 + 1);
            assert_eq!(
                (&moved["start"], &moved["end"]),
                (&json!(minute(tuesday, 840)), &json!(minute(tuesday, 870)))
            );
            assert_eq!(
                (&moved["title"], &moved["uid"]),
                (&json!("Weekly meeting, moved"), &json!("meeting-1@plaza"))
            );
        }
    }
}

#[test]
fn every_text_is_read() {
    assert_eq!(long_title().chars().count(), 200);
    for reader in READERS {
        let found = read(reader, &full());
        let event = &found["events"][0];
        assert_eq!(event["title"], long_title(), "{reader}");
        assert_eq!(
            event["description"], "Agenda:\n1. On-time delivery; joint\n2. C:\\orders, late",
            "{reader}"
        );
        assert_eq!(event["location"], "Room Lindau, 2nd floor; or online", "{reader}");
        assert_eq!(event["url"], "https://plaza.example/meeting?a=1,2;b=3", "{reader}");
        assert_eq!((&event["uid"], &event["sequence"]), (&json!("meeting-1@plaza"), &json!(2)), "{reader}");
        assert_eq!(event["organizer"]["address"], "mailto:joerg@example.com");
        let people = event["attendees"].as_array().unwrap();
        assert_eq!(people.len(), 2, "{reader}: {people:?}");
        assert_eq!(
            (&people[0]["address"], &people[0]["role"]),
            (&json!("mailto:ana@example.com"), &json!("REQ-PARTICIPANT"))
        );
        // The second reader is older than the way to quote a quote.
        let name = if reader == "vobject" { "García, Ana ^'the bee^'" } else { "García, Ana \"the bee\"" };
        assert_eq!(people[0]["name"], name, "{reader}");
    }
}

#[test]
fn every_component_is_read() {
    for reader in READERS {
        let found = read(reader, &full());
        let titles: Vec<&Value> =
            found["events"].as_array().unwrap().iter().map(|event| &event["title"]).collect();
        assert_eq!(titles.len(), 3 + 4, "{reader}");
        let event = |title: &str| {
            found["events"].as_array().unwrap().iter().find(|event| event["title"] == title).unwrap()
        };
        let visit = event("Visit: Sales at Production");
        assert_eq!(
            (&visit["start"], &visit["end"]),
            (&json!("2026-12-31"), &json!("2027-01-02")),
            "{reader}"
        );
        let night = event("Stocktaking");
        assert_eq!(night["end"].as_i64().unwrap() - night["start"].as_i64().unwrap(), 5 * 3600, "{reader}");
        assert_eq!(event("Cancelled")["status"], "CANCELLED");
        let tasks: Vec<Value> = found["tasks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|task| json!([task["title"], task["due"], task["status"]]))
            .collect();
        let expected = json!([
            ["Ask the three largest customers, by letter", "2026-08-24", "NEEDS-ACTION"],
            ["Count express freight", null, "IN-PROCESS"],
            ["Done", "2026-08-20", "COMPLETED"],
            ["Dropped", null, "CANCELLED"],
        ]);
        assert_eq!(json!(tasks), expected, "{reader}");
    }
}
