//! Calendars of other programs: what is read of them, and what is refused.

use proptest::prelude::*;

use super::*;

const BERLIN: &str = "Europe/Berlin";

/// The days that are asked for.
const WITHIN: Away = Away { from: Day(20_454), until: Day(21_183) };

fn read(lines: &[&str]) -> Result<TimesAway, ReadFault> {
    away(&lines.join("\r\n"), BERLIN.parse().unwrap(), WITHIN)
}

/// What is wrong with a text.
fn fault(text: &str) -> ReadFault {
    away(text, TimeZone::UTC, WITHIN).unwrap_err()
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
        assert_eq!(fault(text), ReadFault::NoCalendar, "{text}");
    }
    let cut = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20260320"];
    assert_eq!(read(&cut), Err(ReadFault::Unfinished));
    let crossed = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VCALENDAR"];
    assert_eq!(read(&crossed), Err(ReadFault::NotOpen { line: 3, what: "VCALENDAR".into() }));
    assert_eq!(read(&["BEGIN:VCALENDAR", "no line", "END:VCALENDAR"]), Err(ReadFault::NoLine { line: 2 }));
    let large = "BEGIN:VCALENDAR\n".to_owned() + &"X-A:b\n".repeat(OCTETS_MAX / 6);
    assert_eq!(fault(&large), ReadFault::TooLarge);
    let many = "BEGIN:VCALENDAR\n".to_owned()
        + &"BEGIN:VEVENT\nDTSTART:20260320\nEND:VEVENT\n".repeat(ENTRIES_MAX + 1)
        + "END:VCALENDAR\n";
    assert_eq!(fault(&many), ReadFault::TooLarge);
    let repeating = "BEGIN:VCALENDAR\n".to_owned()
        + &"BEGIN:VEVENT\nDTSTART:20260320\nRRULE:FREQ=YEARLY\nEND:VEVENT\n".repeat(REPEATED_MAX + 1)
        + "END:VCALENDAR\n";
    assert_eq!(fault(&repeating), ReadFault::TooLarge);
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
    let alarm = ["DTSTART;VALUE=DATE:20260320", "BEGIN:VALARM", "DURATION:PT5M", "END:VALARM"];
    assert_eq!(days(&alarm), span("2026-03-20", "2026-03-20"));
}

/// The first days that an entry takes, each by itself.
fn firsts(lines: &[&str], count: usize) -> Vec<String> {
    let found = entry(lines).unwrap();
    assert_eq!((found.unclear, found.short, found.free), (0, 0, 0), "{lines:?}");
    let each = found.away.iter().flat_map(|away| (away.from.0..=away.until.0).map(Day));
    each.take(count).map(|day| day.to_string()).collect()
}

#[test]
fn what_repeats_is_written_out_within_the_days_that_are_asked_for() {
    // Every Friday since long ago, for ever: those of two years.
    let friday = ["DTSTART;VALUE=DATE:20150102", "RRULE:FREQ=WEEKLY;BYDAY=FR"];
    assert_eq!(firsts(&friday, 3), ["2026-01-02", "2026-01-09", "2026-01-16"]);
    assert_eq!(firsts(&friday, 500).len(), 105);
    // A whole week that begins before those days, and the first of two in the standard's own way.
    let week = ["DTSTART;VALUE=DATE:20251229", "DTEND;VALUE=DATE:20260103", "RRULE:FREQ=YEARLY;COUNT=2"];
    assert_eq!(days(&week), [span("2025-12-29", "2026-01-02"), span("2026-12-29", "2027-01-02")].concat());
    let month = ["DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO;COUNT=3"];
    assert_eq!(firsts(&month, 9), ["2026-01-05", "2026-03-02", "2026-05-04"]);
    let over = ["DTSTART;VALUE=DATE:20200103", "RRULE:FREQ=WEEKLY;UNTIL=20201231"];
    assert_eq!(entry(&over).unwrap(), TimesAway::default());
    // Half an hour every morning leaves enough of each day, and is said once.
    let short = ["DTSTART:20260105T090000", "DURATION:PT30M", "RRULE:FREQ=DAILY"];
    assert_eq!((entry(&short).unwrap().away, entry(&short).unwrap().short), (vec![], 1));
}

#[test]
fn a_rule_ends_where_it_says_however_it_says_it() {
    let timed = ["DTSTART;TZID=Europe/Berlin:20260309T080000", "DURATION:PT8H"];
    let daily = |until: &str| {
        let rule = format!("RRULE:FREQ=DAILY;UNTIL={until}");
        firsts(&[timed[0], timed[1], &rule], 99).pop().unwrap()
    };
    // A day, with the whole of it; a time on the entry's clocks; one in UTC, before and after eight o'clock there.
    assert_eq!(daily("20260313"), "2026-03-13");
    assert_eq!(daily("20260313T080000"), "2026-03-13");
    assert_eq!(daily("20260313T075900"), "2026-03-12");
    assert_eq!(daily("20260313T070000Z"), "2026-03-13");
    assert_eq!(daily("20260313T065900Z"), "2026-03-12");
    let whole = |until: &str| {
        let rule = format!("RRULE:FREQ=DAILY;UNTIL={until}");
        firsts(&["DTSTART;VALUE=DATE:20260309", &rule], 99).pop().unwrap()
    };
    assert_eq!((whole("20260313"), whole("20260313T000000Z")), ("2026-03-13".into(), "2026-03-13".into()));
}

#[test]
fn the_hour_of_what_repeats_stays_when_clocks_change() {
    // Four hours from 21:00 in New York: from 03:00 in Berlin, but from 02:00 in the three weeks when only New York's
    // clocks were changed; and the whole of the four hours on the day after.
    let york =
        ["DTSTART;TZID=America/New_York:20260302T210000", "DURATION:PT4H", "RRULE:FREQ=WEEKLY;COUNT=6"];
    assert_eq!(
        firsts(&york, 9),
        ["2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31", "2026-04-07"]
    );
    // From 20:30 to 00:30 in London is until 01:30 in Berlin: two and a half hours of each day, all the year.
    let london = ["DTSTART;TZID=Europe/London:20260302T203000", "DURATION:PT4H", "RRULE:FREQ=WEEKLY"];
    assert!(entry(&london).unwrap().away.is_empty());
}

#[test]
fn what_was_left_out_moved_or_added_counts() {
    let friday = "DTSTART;TZID=Europe/Berlin:20260306T080000\r\nDURATION:PT8H\r\nRRULE:FREQ=WEEKLY;COUNT=5";
    let left_out = |except: &str| firsts(&[friday, except], 9);
    let without = ["2026-03-06", "2026-03-20", "2026-03-27", "2026-04-03"];
    for except in [
        "EXDATE;TZID=Europe/Berlin:20260313T080000",
        "EXDATE:20260313T070000Z",
        "EXDATE;VALUE=DATE:20260313",
        "EXDATE;TZID=Europe/London:20260313T070000,20260314T070000",
    ] {
        assert_eq!(left_out(except), without, "{except}");
    }
    assert_eq!(left_out("EXDATE:20260313T080000Z").len(), 5, "that is nine o'clock");
    let whole = ["DTSTART;VALUE=DATE:20260306", "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20260312T230000Z"];
    assert_eq!(firsts(&whole, 9), without, "midnight in Berlin");
    let also = ["DTSTART;VALUE=DATE:20260306", "RDATE;VALUE=DATE:20260310,20260401"];
    assert_eq!(firsts(&also, 9), ["2026-03-06", "2026-03-10", "2026-04-01"]);
    // One is moved to the Thursday, another does not take place; what is of another entry moves none of them.
    let moved = read(&[
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "UID:one",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260313T080000",
        "DTSTART;TZID=Europe/Berlin:20260312T080000",
        "DURATION:PT8H",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:one",
        friday,
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:one",
        "RECURRENCE-ID:20260327T070000Z",
        "STATUS:CANCELLED",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:two",
        "RECURRENCE-ID:20260320T070000Z",
        "STATUS:CANCELLED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]);
    let found = moved.unwrap();
    let days: Vec<String> = found.away.iter().map(|away| away.from.to_string()).collect();
    assert_eq!(days, ["2026-03-06", "2026-03-12", "2026-03-20", "2026-04-03"]);
    assert_eq!(found.free, 2);
}

#[test]
fn a_rule_that_cannot_be_written_out_is_counted_and_none_of_its_days() {
    for rule in [
        "RRULE:often",
        "RRULE:FREQ=NEVER",
        "RRULE:FREQ=HOURLY",
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=DAILY;UNTIL=soon",
        "RRULE:FREQ=DAILY;UNTIL=20260401;UNTIL=20260501",
        "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=40",
        "RDATE;VALUE=PERIOD:20260320T080000Z/PT8H",
        "EXRULE:FREQ=DAILY",
    ] {
        let found = entry(&["DTSTART;VALUE=DATE:20260306", rule]).unwrap();
        assert_eq!((found.away.len(), found.unclear), (0, 1), "{rule}");
    }
    // One that says nothing leaves the day that the entry names itself.
    let never = ["DTSTART;VALUE=DATE:20260306", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"];
    assert_eq!(firsts(&never, 9), ["2026-03-06"]);
    let broken = entry(&["DTSTART;VALUE=DATE:20260306", "RRULE:FREQ=DAILY", "EXDATE:soon"]);
    assert_eq!(broken, Err(ReadFault::NoTime { line: 6, text: "soon".into() }));
}

#[test]
fn folded_lines_and_quotes_are_read_and_touching_days_are_one() {
    let text = "begin:vcalendar\nBEGIN:VEVENT\nSUMMARY;X-A=\"a;b:c\":Leave\n  of ab\n\tsence: long\nDTSTART;VAL\n UE=DATE:2026\n 0803\n\
                END:VEVENT\nBEGIN:VEVENT\nDTSTART:20260804\nEND:VEVENT\nEND:VCALENDAR";
    let found = away(text, TimeZone::UTC, WITHIN).unwrap();
    let away: Vec<(String, String)> =
        found.away.iter().map(|away| (away.from.to_string(), away.until.to_string())).collect();
    assert_eq!(away, span("2026-08-03", "2026-08-04"));
}

proptest! {
    #[test]
    fn no_rule_breaks_the_reader(rule in "(FREQ=|YEARLY|MONTHLY|WEEKLY|DAILY|;INTERVAL=|;COUNT=|;UNTIL=|;BYDAY=|;BYMONTHDAY=|;BYSETPOS=|;BYWEEKNO=|;WKST=|MO|-1FR|,|-|T|Z|[0-9]{1,8}){0,12}", start in "(19|20|21)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|2[0-8])") {
        let _ = entry(&[&format!("DTSTART:{start}"), &format!("RRULE:{rule}")]);
        let _ = entry(&[&format!("DTSTART:{start}T083000"), "DURATION:P1D", &format!("RRULE:FREQ=WEEKLY;{rule}")]);
    }

    #[test]
    fn nothing_that_is_read_breaks_the_reader(text in "(BEGIN:|END:|VEVENT|VCALENDAR|DTSTART|DTEND|DURATION|;|:|\"|T|Z|P|[0-9]{1,8}|\r\n ?|é|-){0,60}") {
        let _ = away(&text, TimeZone::UTC, WITHIN);
        let _ = away(&format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{text}\nEND:VEVENT\nEND:VCALENDAR"), TimeZone::UTC, WITHIN);
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
        let found = away(&ics(&calendar), TimeZone::UTC, WITHIN).unwrap();
        let until = Day(from).plus(i32::try_from(days).unwrap() - 1);
        prop_assert_eq!(found.away, vec![Away { from: Day(from), until }]);
    }
}
