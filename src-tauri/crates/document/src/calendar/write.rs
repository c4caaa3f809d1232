//! A calendar as text.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike as _, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use plaza_domain::day::Day;

use super::line::{Lines, address, quoted, text};
use super::{
    About, Calendar, Component, End, Event, Exception, Local, Method, Person, Series, Task, TaskStatus, When,
    zone,
};

/// For how many years the clocks of an open series are written down. Calendar programs know most zones themselves.
const OPEN_YEARS: i32 = 12;

/// Writes a calendar as iCalendar: UTF-8, lines that end in CR LF.
pub fn ics(calendar: &Calendar) -> String {
    let mut page = Page { lines: Lines::default(), zone: calendar.zone.zone(), method: calendar.method };
    page.lines.raw("BEGIN", "VCALENDAR");
    page.lines.raw("VERSION", "2.0");
    page.lines.raw("PRODID", "-//Plaza//Plaza//EN");
    page.lines.raw("CALSCALE", "GREGORIAN");
    if let Some(method) = calendar.method {
        let method = match method {
            Method::Publish => "PUBLISH",
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
        };
        page.lines.raw("METHOD", method);
    }
    page.lines.text("NAME", &calendar.name);
    page.lines.text("X-WR-CALNAME", &calendar.name);
    page.lines.raw("X-WR-TIMEZONE", page.zone.name());
    if page.zone != Tz::UTC
        && let Some(years) = years(&calendar.components)
    {
        zone::write(&mut page.lines, page.zone, &years);
    }
    for component in &calendar.components {
        match component {
            Component::Event(event) => page.event(event),
            Component::Task(task) => page.task(task),
        }
    }
    page.lines.raw("END", "VCALENDAR");
    page.lines.into_text()
}

/// The years in which something is at an hour.
fn years(components: &[Component]) -> Option<RangeInclusive<i32>> {
    let mut years: Option<(i32, i32)> = None;
    let mut cover = |from: i32, to: i32| {
        let (first, last) = years.unwrap_or((from, to));
        years = Some((first.min(from), last.max(to)));
    };
    for component in components {
        let Component::Event(event) = component else { continue };
        let exceptions = event.series.iter().flat_map(|series| &series.exceptions);
        let times = exceptions.filter_map(|exception| exception.when).chain([event.when]);
        for (start, minutes) in times.filter_map(timed) {
            let end = start.checked_add_signed(TimeDelta::minutes(minutes.into()));
            cover(start.year(), end.unwrap_or(start).year());
        }
        if let (Some((start, _)), Some(series)) = (timed(event.when), &event.series) {
            let last = match series.end {
                End::Open => start.year() + OPEN_YEARS,
                End::Day(day) => day.to_date().year(),
                End::Count(count) => {
                    let weeks = i64::from(count).saturating_mul(series.every.max(1).into());
                    let last = TimeDelta::try_weeks(weeks).and_then(|weeks| start.checked_add_signed(weeks));
                    last.map_or(i32::MAX, |last| last.year())
                }
            };
            // Longer than a working life is as good as open.
            cover(start.year(), last.clamp(start.year(), start.year() + 4 * OPEN_YEARS));
        }
    }
    years.map(|(first, last)| first..=last)
}

fn timed(when: When) -> Option<(NaiveDateTime, u32)> {
    match when {
        When::Timed { start, minutes } => Some((naive(start), minutes)),
        When::AllDay { .. } => None,
    }
}

fn naive(local: Local) -> NaiveDateTime {
    let minute = u32::from(local.minute.min(1439)) * 60;
    local.day.to_date().and_time(NaiveTime::from_num_seconds_from_midnight_opt(minute, 0).unwrap_or_default())
}

/// A moment as the format writes it, of milliseconds since 1970 UTC. One beyond the calendar is its beginning.
fn utc(moment: i64) -> String {
    let moment = DateTime::from_timestamp_millis(moment).unwrap_or_default();
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

fn date(day: Day) -> String {
    day.to_date().format("%Y%m%d").to_string()
}

struct Page {
    lines: Lines,
    zone: Tz,
    method: Option<Method>,
}

impl Page {
    fn event(&mut self, event: &Event) {
        self.lines.raw("BEGIN", "VEVENT");
        self.about(&event.about, &event.about.uid);
        self.when(event.when);
        if let Some(series) = &event.series {
            self.series(series, event.when);
        }
        self.state(event.is_cancelled, event.is_free);
        self.lines.raw("END", "VEVENT");
        for exception in event.series.iter().flat_map(|series| &series.exceptions) {
            self.exception(event, exception);
        }
    }

    fn exception(&mut self, event: &Event, exception: &Exception) {
        self.lines.raw("BEGIN", "VEVENT");
        self.about(exception.about.as_ref().unwrap_or(&event.about), &event.about.uid);
        let planned = on(event.when, exception.day);
        self.time("RECURRENCE-ID", planned);
        self.when(exception.when.unwrap_or(planned));
        self.state(exception.is_cancelled, event.is_free);
        self.lines.raw("END", "VEVENT");
    }

    fn task(&mut self, task: &Task) {
        self.lines.raw("BEGIN", "VTODO");
        self.about(&task.about, &task.about.uid);
        if let Some(due) = task.due {
            self.lines.raw("DUE;VALUE=DATE", &date(due));
        }
        let status = match task.status {
            TaskStatus::Open => "NEEDS-ACTION",
            TaskStatus::Begun => "IN-PROCESS",
            TaskStatus::Done(_) => "COMPLETED",
            TaskStatus::Dropped => "CANCELLED",
        };
        self.lines.raw("STATUS", status);
        if let TaskStatus::Done(moment) = task.status {
            self.lines.raw("COMPLETED", &utc(moment));
            self.lines.raw("PERCENT-COMPLETE", "100");
        }
        self.lines.raw("END", "VTODO");
    }

    fn about(&mut self, about: &About, uid: &str) {
        self.lines.text("UID", uid);
        self.lines.raw("DTSTAMP", &utc(about.stamp));
        self.lines.raw("SEQUENCE", &about.sequence.to_string());
        if let Some(modified) = about.modified {
            self.lines.raw("LAST-MODIFIED", &utc(modified));
        }
        self.lines.text("SUMMARY", &about.title);
        self.lines.text("DESCRIPTION", &about.description);
        self.lines.text("LOCATION", &about.location);
        let url = address(&about.url);
        if !url.is_empty() {
            self.lines.raw("URL", &url);
        }
        if let Some(organizer) = &about.organizer {
            self.person("ORGANIZER", "", organizer);
        }
        for attendee in &about.attendees {
            let role = if attendee.optional { ";ROLE=OPT-PARTICIPANT" } else { ";ROLE=REQ-PARTICIPANT" };
            let answer =
                if self.method == Some(Method::Request) { ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE" } else { "" };
            self.person("ATTENDEE", &format!("{role}{answer}"), &attendee.person);
        }
    }

    fn person(&mut self, name: &str, parameters: &str, person: &Person) {
        let mailbox = address(&person.address);
        if mailbox.is_empty() {
            return;
        }
        let called = if text(&person.name).is_empty() {
            String::new()
        } else {
            format!(";CN={}", quoted(&person.name))
        };
        self.lines.raw(&format!("{name}{called}{parameters}"), &format!("mailto:{mailbox}"));
    }

    fn state(&mut self, is_cancelled: bool, is_free: bool) {
        self.lines.raw("STATUS", if is_cancelled { "CANCELLED" } else { "CONFIRMED" });
        self.lines.raw("TRANSP", if is_free { "TRANSPARENT" } else { "OPAQUE" });
    }

    fn when(&mut self, when: When) {
        self.time("DTSTART", when);
        match when {
            When::Timed { start, minutes } => {
                let end = zone::moment(self.zone, naive(start)) + i64::from(minutes) * 60;
                let end = zone::local(self.zone, end);
                self.local("DTEND", &zone::shown(end));
            }
            When::AllDay { first, days } => {
                let end = Day(first.0.saturating_add_unsigned(days.max(1)));
                self.lines.raw("DTEND;VALUE=DATE", &date(end));
            }
        }
    }

    /// When something begins.
    fn time(&mut self, name: &str, when: When) {
        match when {
            When::Timed { start, .. } => self.local(name, &zone::shown(naive(start))),
            When::AllDay { first, .. } => self.lines.raw(&format!("{name};VALUE=DATE"), &date(first)),
        }
    }

    fn local(&mut self, name: &str, shown: &str) {
        if self.zone == Tz::UTC {
            self.lines.raw(name, &format!("{shown}Z"));
        } else {
            self.lines.raw(&format!("{name};TZID={}", self.zone.name()), shown);
        }
    }

    fn series(&mut self, series: &Series, first: When) {
        let interval = if series.every > 1 { format!(";INTERVAL={}", series.every) } else { String::new() };
        let end = match series.end {
            End::Open => String::new(),
            End::Count(count) => format!(";COUNT={}", count.max(1)),
            End::Day(day) => format!(";UNTIL={}", self.until(first, day)),
        };
        self.lines.raw("RRULE", &format!("FREQ=WEEKLY{interval}{end}"));
        for day in &series.left_out {
            self.time("EXDATE", on(first, *day));
        }
    }

    /// The end of a series: of the kind of its beginning, and at an hour in UTC.
    fn until(&self, first: When, day: Day) -> String {
        match on(first, day) {
            When::Timed { start, .. } => utc(zone::moment(self.zone, naive(start)) * 1000),
            When::AllDay { first, .. } => date(first),
        }
    }
}

/// When a series would be on another day.
fn on(first: When, day: Day) -> When {
    match first {
        When::Timed { start, minutes } => When::Timed { start: Local { day, ..start }, minutes },
        When::AllDay { days, .. } => When::AllDay { first: day, days },
    }
}
