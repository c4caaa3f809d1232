//! Calendars as text; what calendar programs read in them is with the tests called `readers`.

#![allow(clippy::unwrap_used)] // a test may stop at once

#[allow(dead_code)] // each program of tests uses some of them
#[path = "calendars/mod.rs"]
mod calendars;

use calendars::{about, at, day, event, full, weekly};
use plaza_document::calendar::{
    Attendee, Calendar, Component, End, Event, Method, Person, Series, When, ics,
};

fn plain(calendar: &Calendar) -> String {
    ics(calendar).replace("\r\n", "\n")
}

fn of(zone: &str, event: Event) -> Calendar {
    Calendar {
        method: None,
        name: String::new(),
        zone: zone.parse().unwrap(),
        components: vec![Component::Event(event)],
    }
}

#[test]
fn a_full_calendar_looks_like_this() {
    insta::assert_snapshot!(plain(&full()));
}

#[test]
fn an_empty_calendar_has_no_clocks() {
    let empty = Calendar {
        method: None,
        name: "Empty".into(),
        zone: "Europe/Berlin".parse().unwrap(),
        components: vec![],
    };
    insta::assert_snapshot!(plain(&empty));
}

#[test]
fn an_invitation_asks_for_an_answer() {
    let mut meeting = event(about("a@plaza", "Meeting"), at(day(2026, 7, 1), 9, 60));
    let person =
        Person { name: "A\r\nATTENDEE:mailto:x".into(), address: "a@example.com\r\nX-EVIL:1".into() };
    meeting.about.attendees = vec![Attendee { person, optional: false }];
    meeting.about.url = "https://x.example/\r\nX-EVIL:2".into();
    meeting.about.title = "Title\r\nX-EVIL:3".into();
    let calendar = Calendar { method: Some(Method::Request), ..of("UTC", meeting) };
    insta::assert_snapshot!(plain(&calendar));
}

#[test]
fn every_line_is_short_and_ends_as_it_should() {
    let text = ics(&full());
    assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
}

#[test]
fn an_open_series_has_clocks_for_years() {
    let series = Series { every: 1, end: End::Open, left_out: vec![], exceptions: vec![] };
    let text = plain(&of("Europe/Berlin", Event { series: Some(series), ..weekly() }));
    assert!(
        text.contains("RRULE:FREQ=WEEKLY\n")
            && text.contains("RDATE:20380328T020000")
            && !text.contains(":20390327T")
    );
}

#[test]
fn the_end_of_a_series_is_the_moment_of_its_last_time() {
    for (zone, until) in [
        ("Europe/Berlin", "20261207T080000Z"),
        ("America/New_York", "20261207T140000Z"),
        ("UTC", "20261207T090000Z"),
    ] {
        let text = plain(&of(zone, weekly()));
        assert!(text.contains(&format!("UNTIL={until}\n")), "{zone}");
        assert_eq!(text.contains("BEGIN:VTIMEZONE"), zone != "UTC");
    }
}

#[test]
fn nothing_is_beyond_what_a_calendar_holds() {
    let far = plaza_domain::day::Day(i32::MAX);
    let mut meeting = event(about("far@plaza", "Far"), When::AllDay { first: far, days: u32::MAX });
    meeting.about.stamp = i64::MAX;
    assert!(plain(&of("UTC", meeting)).contains("BEGIN:VEVENT"));
    let series =
        Series { every: u32::MAX, end: End::Count(u32::MAX), left_out: vec![far], exceptions: vec![] };
    let mut endless = event(about("endless@plaza", "Endless"), at(day(2026, 1, 1), 9, u32::MAX));
    endless.series = Some(series);
    assert!(plain(&of("Asia/Kolkata", endless)).contains("END:VCALENDAR"));
}
