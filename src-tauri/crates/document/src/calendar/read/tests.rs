//! Calendars of other programs: what is read of them, and what is refused.

use proptest::prelude::*;

use super::*;

const BERLIN: &str = "Europe/Berlin";

fn read(lines: &[&str]) -> Result<TimesAway, ReadFault> {
    away(&lines.join("\r\n"), BERLIN.parse().unwrap())
}

fn entry(lines: &[&str]) -> Result<TimesAway, ReadFault> {
    let mut all = vec!["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT"];
    all.extend(lines);
    all.extend(["END:VEVENT", "END:VCALENDAR", ""]);
    read(&all)
}

fn days(lines: &[&str]) -> Vec<(String, String)> {
    let found = entry(lines).unwrap();
    found.away.iter().map(|away| (away.from.to_string(), away.until.to_string())).collect()
}

fn span(from: &str, until: &str) -> Vec<(String, String)> {
    vec![(from.to_owned(), until.to_owned())]
}

#[test]
fn what_is_no_calendar_is_refused() {
    for text in ["", "\u{feff}", "hello", "%PDF-1.7", "<html>a:b</html>", "BEGIN:VCARD\r\nEND:VCARD"] {
        assert_eq!(away(text, TimeZone::UTC), Err(ReadFault::NoCalendar), "{text}");
    }
    let cut = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20260320"];
    assert_eq!(read(&cut), Err(ReadFault::Unfinished));
    let crossed = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VCALENDAR"];
    assert_eq!(read(&crossed), Err(ReadFault::NotOpen { line: 3, what: "VCALENDAR".into() }));
    assert_eq!(read(&["BEGIN:VCALENDAR", "no line", "END:VCALENDAR"]), Err(ReadFault::NoLine { line: 2 }));
    let large = "BEGIN:VCALENDAR\n".to_owned() + &"X-A:b\n".repeat(OCTETS_MAX / 6);
    assert_eq!(away(&large, TimeZone::UTC), Err(ReadFault::TooLarge));
    let many = "BEGIN:VCALENDAR\n".to_owned()
        + &"BEGIN:VEVENT\nDTSTART:20260320\nEND:VEVENT\n".repeat(ENTRIES_MAX + 1)
        + "END:VCALENDAR\n";
    assert_eq!(away(&many, TimeZone::UTC), Err(ReadFault::TooLarge));
}

#[test]
fn times_that_are_none_name_their_line() {
    for text in
        ["20260230", "2026-03-20", "20260320T2500", "20260320T09", "99990101", "soon", "20260320T0900X"]
    {
        let start = format!("DTSTART:{text}");
        assert_eq!(entry(&[&start]), Err(ReadFault::NoTime { line: 4, text: text.into() }), "{text}");
    }
    for text in ["1D", "P", "PT", "P1H", "-P1D", "PT5D", "P99999999999999999999D", "P40000W"] {
        let found = entry(&["DTSTART:20260320", &format!("DURATION:{text}")]);
        assert_eq!(found, Err(ReadFault::NoTime { line: 5, text: text.into() }), "{text}");
    }
    assert_eq!(entry(&["SUMMARY:Away"]), Err(ReadFault::NoStart { line: 5 }));
    let backwards = ["DTSTART;VALUE=DATE:20260320", "DTEND;VALUE=DATE:20260319"];
    assert_eq!(entry(&backwards), Err(ReadFault::EndsFirst { line: 6 }));
}

#[test]
fn the_end_of_whole_days_is_the_day_after() {
    let week = ["DTSTART;VALUE=DATE:20260803", "DTEND;VALUE=DATE:20260808"];
    assert_eq!(days(&week), span("2026-08-03", "2026-08-07"));
    assert_eq!(days(&["DTSTART;VALUE=DATE:20260803"]), span("2026-08-03", "2026-08-03"));
    let itself = ["DTSTART;VALUE=DATE:20260803", "DTEND;VALUE=DATE:20260803"];
    assert_eq!(days(&itself), span("2026-08-03", "2026-08-03"));
    assert_eq!(days(&["DTSTART;VALUE=DATE:20260803", "DURATION:P2W"]), span("2026-08-03", "2026-08-16"));
}

#[test]
fn a_day_is_lost_to_whoever_is_away_for_four_hours_of_it() {
    let in_berlin = |from: &str, until: &str| {
        let (start, end) =
            (format!("DTSTART;TZID=Europe/Berlin:{from}"), format!("DTEND;TZID=Europe/Berlin:{until}"));
        entry(&[&start, &end]).unwrap()
    };
    assert_eq!(in_berlin("20260320T090000", "20260320T125959").short, 1);
    assert_eq!(in_berlin("20260320T090000", "20260320T130000").away.len(), 1);
    // The afternoon before, a whole day, the morning after.
    let found = in_berlin("20260320T180000", "20260322T080000").away;
    let span = |from: &str, until: &str| Away { from: from.parse().unwrap(), until: until.parse().unwrap() };
    assert_eq!(found, [span("2026-03-20", "2026-03-22")]);
    let found = in_berlin("20260320T210000", "20260322T030000").away;
    assert_eq!(found, [span("2026-03-21", "2026-03-21")]);
    // A moment takes no time.
    assert_eq!(entry(&["DTSTART:20260320T090000"]).unwrap().short, 1);
}

#[test]
fn times_of_elsewhere_are_counted_here() {
    // From 23:00 to 05:00 in London is from midnight to 06:00 in Berlin.
    let london =
        ["DTSTART;TZID=\"Europe/London\":20260320T230000", "DTEND;TZID=\"Europe/London\":20260321T050000"];
    assert_eq!(days(&london), span("2026-03-21", "2026-03-21"));
    assert_eq!(days(&["DTSTART:20260320T230000Z", "DURATION:PT6H"]), span("2026-03-21", "2026-03-21"));
    // A zone that nobody knows by this name is this one.
    let unknown = ["DTSTART;TZID=W. Europe Standard Time:20260320T080000", "DURATION:PT8H30M"];
    assert_eq!(days(&unknown), span("2026-03-20", "2026-03-20"));
}

#[test]
fn what_does_not_count_is_counted_apart() {
    let start = "DTSTART;VALUE=DATE:20260320";
    for free in ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"] {
        let found = entry(&[start, free]).unwrap();
        assert_eq!((found.away.len(), found.free), (0, 1), "{free}");
    }
    let found = entry(&[start, "RRULE:FREQ=WEEKLY"]).unwrap();
    assert_eq!((found.away.len(), found.repeating), (0, 1));
    let alarm = ["DTSTART;VALUE=DATE:20260320", "BEGIN:VALARM", "DURATION:PT5M", "END:VALARM"];
    assert_eq!(days(&alarm), span("2026-03-20", "2026-03-20"));
}

#[test]
fn folded_lines_and_quotes_are_read_and_touching_days_are_one() {
    let text = "begin:vcalendar\nBEGIN:VEVENT\nSUMMARY;X-A=\"a;b:c\":Leave\n  of ab\n\tsence: long\nDTSTART;VAL\n UE=DATE:2026\n 0803\n\
                END:VEVENT\nBEGIN:VEVENT\nDTSTART:20260804\nEND:VEVENT\nEND:VCALENDAR";
    let found = away(text, TimeZone::UTC).unwrap();
    let away: Vec<(String, String)> =
        found.away.iter().map(|away| (away.from.to_string(), away.until.to_string())).collect();
    assert_eq!(away, span("2026-08-03", "2026-08-04"));
}

proptest! {
    #[test]
    fn nothing_that_is_read_breaks_the_reader(text in "(BEGIN:|END:|VEVENT|VCALENDAR|DTSTART|DTEND|DURATION|;|:|\"|T|Z|P|[0-9]{1,8}|\r\n ?|é|-){0,60}") {
        let _ = away(&text, TimeZone::UTC);
        let _ = away(&format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{text}\nEND:VEVENT\nEND:VCALENDAR"), TimeZone::UTC);
    }

    /// What Plaza writes it can read.
    #[test]
    fn whole_days_come_back(from in 18_000_i32..30_000, days in 1_u32..400) {
        use crate::calendar::{About, Calendar, Component, Event, When, ics};
        let event = Event {
            about: About { uid: "one@plaza".into(), title: "Away".into(), ..About::default() },
            when: When::AllDay { first: Day(from), days },
            is_cancelled: false,
            is_free: false,
            series: None,
        };
        let calendar = Calendar {
            method: None,
            name: "Away".into(),
            zone: TimeZone::UTC,
            components: vec![Component::Event(event)],
        };
        let found = away(&ics(&calendar), TimeZone::UTC).unwrap();
        let until = Day(from).plus(i32::try_from(days).unwrap() - 1);
        prop_assert_eq!(found.away, vec![Away { from: Day(from), until }]);
    }
}
