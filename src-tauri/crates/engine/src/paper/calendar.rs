//! The weekly meeting and what was promised, as a calendar.

use plaza_document::calendar::{
    About, Attendee, Calendar, Component, End, Event, Exception, Local, Person, Series, Task, TaskStatus,
    When, ics,
};
use plaza_domain::day::Day;
use plaza_domain::event::{CommitmentAnswer, MeetingMoved, MeetingSet};
use plaza_domain::language::Language;
use plaza_domain::meeting::occurrence;
use plaza_domain::person::Person as Known;

use crate::error::{EngineError, Result};
use crate::meeting::record::{Placed, Record};
use crate::meeting::words::pick;
use crate::workspace::Workspace;

/// Weeks before today whose moved and cancelled meetings a calendar still tells.
const WEEKS_BACK: i32 = 13;

/// Weeks ahead that are looked at for moved and cancelled meetings.
const WEEKS_AHEAD: i32 = 104;

/// The calendar as text.
pub(super) fn text(workspace: &Workspace, language: Language) -> Result<String> {
    let plan = workspace.meeting_plan()?;
    let settings = workspace.settings()?;
    if plan.versions.is_empty() {
        return Err(EngineError::invalid("meeting", "set the weekly meeting up first"));
    }
    let writer = Writer {
        workspace,
        versions: &plan.versions,
        people: workspace.view(|view| view.people())?,
        id: workspace.ledger().workspace().to_string().chars().take(16).collect(),
        language,
    };
    let mut components = Vec::new();
    for (nth, set) in plan.versions.iter().enumerate() {
        let until = plan.versions.get(nth + 1).map(|next| next.from.plus(-1));
        components.extend(writer.series(nth, set, until)?.map(Component::Event));
    }
    for one in workspace.commitments()? {
        components.push(Component::Task(writer.task(&one)));
    }
    Ok(ics(&Calendar {
        method: None,
        name: format!("Plaza, {}", settings.company),
        zone: settings.time_zone,
        components,
    }))
}

struct Writer<'a> {
    workspace: &'a Workspace,
    versions: &'a [MeetingSet],
    people: Vec<Known>,
    id: String,
    language: Language,
}

impl Writer<'_> {
    fn person(&self, id: &plaza_domain::person::PersonId) -> Option<Person> {
        let known = self.people.iter().find(|person| person.id == *id)?;
        let address = known.email.clone().filter(|email| !email.is_empty())?;
        Some(Person { name: known.name.clone(), address })
    }

    /// One set-up as a series of its own: what a later one changed does not rewrite the past in anybody's calendar.
    fn series(&self, nth: usize, set: &MeetingSet, until: Option<Day>) -> Result<Option<Event>> {
        let week = set.from.week();
        let first = (0..2).find_map(|ahead| {
            let day = week.plus(ahead).monday().plus(i32::from(set.weekday));
            (day >= set.from).then_some(day)
        });
        let Some(first) = first.filter(|first| until.is_none_or(|until| *first <= until)) else {
            return Ok(None);
        };
        let now = self.workspace.now_ms();
        let attendees = set
            .attendees
            .iter()
            .filter_map(|id| self.person(id))
            .map(|person| Attendee { person, optional: false });
        let about = About {
            uid: format!("meeting-{nth}-{}@plaza", self.id),
            sequence: 0,
            stamp: now,
            modified: None,
            title: pick(
                self.language,
                ["Plaza: weekly meeting", "Plaza: Wochenbesprechung", "Plaza: reunión semanal"],
            )
            .to_owned(),
            description: String::new(),
            location: set.place.clone(),
            url: set.link.clone(),
            organizer: set.facilitators.first().and_then(|id| self.person(id)),
            attendees: attendees.collect(),
        };
        let start = Local { day: first, minute: set.minute_of_day };
        let exceptions = self.exceptions(first, until, &about)?;
        let sequence = exceptions.iter().filter_map(|one| one.about.as_ref()).map(|one| one.sequence).max();
        Ok(Some(Event {
            about: About { sequence: sequence.unwrap_or(0), ..about },
            when: When::Timed { start, minutes: set.minutes },
            is_cancelled: false,
            is_free: false,
            series: Some(Series {
                every: 1,
                end: until.map_or(End::Open, End::Day),
                left_out: Vec::new(),
                exceptions,
            }),
        }))
    }

    /// Meetings of a series that were moved or cancelled.
    fn exceptions(&self, first: Day, until: Option<Day>, about: &About) -> Result<Vec<Exception>> {
        let this = self.workspace.today()?.week();
        let mut exceptions = Vec::new();
        let placed = self
            .workspace
            .view(|view| view.meetings(&["meeting_moved", "meeting_cancelled", "meeting_restored"]))?;
        for id in placed {
            let Some(week) = plaza_domain::meeting::week_of(&id) else { continue };
            if !(this.plus(-WEEKS_BACK)..=this.plus(WEEKS_AHEAD)).contains(&week) {
                continue;
            }
            let said = self.workspace.view(|view| view.meeting(&id))?;
            let changes = said.iter().filter(|one| is_placing(&one.payload)).count();
            let record = Record::of(said);
            let Some(usual) = occurrence(self.versions, week, None) else { continue };
            if usual.day < first || until.is_some_and(|until| usual.day > until) {
                continue;
            }
            // Each word on when it is has to be told; a calendar takes the highest number.
            let about = About { sequence: u32::try_from(changes).unwrap_or(u32::MAX), ..about.clone() };
            exceptions.extend(exception(usual.day, record.placed.as_ref(), about));
        }
        Ok(exceptions)
    }

    fn task(&self, one: &crate::promise::Commitment) -> Task {
        let last = one.answers.last();
        let status = match last {
            Some((CommitmentAnswer::Kept, act)) => TaskStatus::Done(act.at.wall_ms),
            Some((CommitmentAnswer::NotKept { .. }, _)) => TaskStatus::Dropped,
            _ => TaskStatus::Open,
        };
        let name = self.people.iter().find(|person| person.id == one.made.who);
        let name = name.map_or_else(|| one.made.who.0.clone(), |person| person.name.clone());
        Task {
            about: About {
                uid: format!("commitment-{}@plaza", one.made.commitment),
                sequence: u32::try_from(one.answers.len()).unwrap_or(u32::MAX),
                stamp: self.workspace.now_ms(),
                modified: last.map(|(_, act)| act.at.wall_ms),
                title: crate::meeting::words::commitment(&name, &one.made.text),
                organizer: self.person(&one.made.who),
                ..About::default()
            },
            due: Some(one.due()),
            status,
        }
    }
}

const fn is_placing(payload: &plaza_domain::event::Payload) -> bool {
    use plaza_domain::event::Payload;
    matches!(
        payload,
        Payload::MeetingMoved(_) | Payload::MeetingCancelled { .. } | Payload::MeetingRestored { .. }
    )
}

fn exception(day: Day, placed: Option<&Placed>, about: About) -> Option<Exception> {
    match placed? {
        Placed::Moved(MeetingMoved { day: to, minute_of_day, minutes, reason, .. }) => Some(Exception {
            day,
            about: Some(About { description: reason.clone(), ..about }),
            when: Some(When::Timed { start: Local { day: *to, minute: *minute_of_day }, minutes: *minutes }),
            is_cancelled: false,
        }),
        Placed::Cancelled(reason) => Some(Exception {
            day,
            about: Some(About { description: reason.clone(), ..about }),
            when: None,
            is_cancelled: true,
        }),
    }
}
