//! Calendars for tests: a weekly meeting over a change of clocks, a visit, tasks.

use chrono::NaiveDate;
use plaza_document::calendar::{
    About, Attendee, Calendar, Component, End, Event, Exception, Local, Method, Person, Series, Task,
    TaskStatus, When,
};
use plaza_domain::day::Day;

/// When everything here was written: 17 August 2026, 08:30 UTC.
pub(crate) const MOMENT: i64 = 1_786_955_400_000;

pub(crate) fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

pub(crate) fn at(day: Day, hour: u16, minutes: u32) -> When {
    When::Timed { start: Local { day, minute: hour * 60 }, minutes }
}

pub(crate) fn about(uid: &str, title: &str) -> About {
    About { uid: uid.into(), title: title.into(), stamp: MOMENT, ..About::default() }
}

fn person(name: &str, address: &str) -> Person {
    Person { name: name.into(), address: address.into() }
}

pub(crate) fn event(about: About, when: When) -> Event {
    Event { about, when, is_cancelled: false, is_free: false, series: None }
}

/// A title of 200 letters with all that a calendar's text has to escape.
pub(crate) fn long_title() -> String {
    let start = "Weekly \"square\", with a comma; a semicolon \\ a backslash: 🎉 Ärger, Łódź, 会議 — ";
    format!("{start}{}", "längste Überschrift ".repeat(20)).chars().take(199).collect::<String>() + "!"
}

/// The meeting of a company, every Monday at nine from 5 October 2026: the clocks change on 25 October. One time is
/// left out, one cancelled, one moved to Tuesday afternoon with words of its own.
pub(crate) fn weekly() -> Event {
    let monday = |week: i32| Day(day(2026, 10, 5).0 + 7 * week);
    let people = [
        person("García, Ana \"the bee\"", "ana@example.com"),
        person("Jörg ^ Müller", "joerg@example.com"),
        person("nobody", " "),
    ];
    let moved = About {
        sequence: 3,
        description: "Moved:\nthe room is taken".into(),
        ..about("ignored", "Weekly meeting, moved")
    };
    Event {
        about: About {
            sequence: 2,
            modified: Some(MOMENT - 60_000),
            description: "Agenda:\n1. On-time delivery; joint\n2. C:\\orders, late".into(),
            location: "Room Lindau, 2nd floor; or online".into(),
            url: "https://plaza.example/meeting?a=1,2;b=3".into(),
            organizer: Some(people[1].clone()),
            attendees: people
                .iter()
                .enumerate()
                .map(|(at, person)| Attendee { person: person.clone(), optional: at == 1 })
                .collect(),
            ..about("meeting-1@plaza", &long_title())
        },
        series: Some(Series {
            every: 1,
            end: End::Day(monday(9)),
            left_out: vec![monday(2)],
            exceptions: vec![
                Exception { day: monday(4), about: None, when: None, is_cancelled: true },
                Exception {
                    day: monday(5),
                    about: Some(moved),
                    when: Some(at(Day(monday(5).0 + 1), 14, 30)),
                    is_cancelled: false,
                },
            ],
        }),
        ..event(About::default(), at(monday(0), 9, 45))
    }
}

/// All kinds of components.
pub(crate) fn full() -> Calendar {
    let visit = Event {
        is_free: true,
        ..event(
            about("visit-1@plaza", "Visit: Sales at Production"),
            When::AllDay { first: day(2026, 12, 31), days: 2 },
        )
    };
    // Ends in the night in which the clocks go back: four hours on the clocks, five in truth.
    let night = event(about("night-1@plaza", "Stocktaking"), at(day(2026, 10, 24), 23, 300));
    let dropped = Event {
        is_cancelled: true,
        ..event(about("dropped-1@plaza", "Cancelled"), at(day(2026, 11, 3), 8, 30))
    };
    let fortnight = Event {
        series: Some(Series { every: 2, end: End::Count(3), left_out: vec![], exceptions: vec![] }),
        ..event(
            about("fortnight-1@plaza", "All-day, every other week"),
            When::AllDay { first: day(2026, 11, 4), days: 0 },
        )
    };
    let task =
        |uid: &str, title: &str, due, status| Component::Task(Task { about: about(uid, title), due, status });
    Calendar {
        method: Some(Method::Publish),
        name: "Plaza, Example Ltd; all".into(),
        zone: "Europe/Berlin".parse().unwrap(),
        components: vec![
            Component::Event(weekly()),
            Component::Event(visit),
            Component::Event(night),
            Component::Event(dropped),
            Component::Event(fortnight),
            task(
                "task-1@plaza",
                "Ask the three largest customers, by letter",
                Some(day(2026, 8, 24)),
                TaskStatus::Open,
            ),
            task("task-2@plaza", "Count express freight", None, TaskStatus::Begun),
            task("task-3@plaza", "Done", Some(day(2026, 8, 20)), TaskStatus::Done(MOMENT)),
            task("task-4@plaza", "Dropped", None, TaskStatus::Dropped),
        ],
    }
}
