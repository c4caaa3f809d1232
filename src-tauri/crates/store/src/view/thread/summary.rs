//! What lists need of one thread, made from everything that was said in it: the same whatever the order of arrival.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::event::{Anchor, Following, MessageId, Outcome, Payload, ThreadId, ThreadOpened, Way};
use plaza_domain::person::PersonId;
use plaza_domain::thread::goes_in_circles;
use rusqlite::{Connection, params};

use super::super::act::Rank;
use super::super::{View, to_json};
use super::search;
use crate::error::Result;

const PLACE: &str = "view_thread";

/// Where a person stands in a thread.
#[derive(Default)]
struct Standing {
    asked_at: Option<Rank>,
    wrote_at: Option<Rank>,
    following: Option<Following>,
}

/// What is gathered, word by word.
#[derive(Default)]
struct Summary {
    opened: Option<(ThreadOpened, Rank, Option<PersonId>)>,
    people: BTreeMap<PersonId, Standing>,
    departments: BTreeSet<String>,
    /// Messages that stand, with their text now.
    messages: BTreeMap<MessageId, Message>,
    deleted: BTreeSet<MessageId>,
    /// Who wrote since people last met.
    writers: Vec<(MessageId, String)>,
    last: Option<(Rank, Option<PersonId>)>,
    talk: Option<Way>,
    /// Whoever spoke last, since when they alone have spoken, and whether they asked somebody.
    trail: Option<(Option<PersonId>, Rank, bool)>,
    closed: Option<(Outcome, Rank)>,
}

struct Message {
    text: String,
    by: Option<PersonId>,
    at: Rank,
}

/// Makes the rows of one thread anew.
pub(super) fn refresh(connection: &Connection, thread: &ThreadId) -> Result<()> {
    let mut summary = Summary::default();
    let view = View::new(connection);
    let sql = "SELECT at, acting_for, body FROM view_thread_said WHERE thread = ?1 ORDER BY at";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([thread.as_str()])?;
    while let Some(row) = rows.next()? {
        let rank: Rank = row.get(0)?;
        let said = view.said(row)?;
        summary.hear(rank, said.act.person, said.payload);
    }
    for table in ["view_thread", "view_thread_person", "view_thread_department"] {
        connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE thread = ?1"))?
            .execute([thread.as_str()])?;
    }
    summary.write(connection, thread)
}

impl Summary {
    fn hear(&mut self, rank: Rank, by: Option<PersonId>, payload: Payload) {
        match payload {
            Payload::ThreadOpened(opened) => {
                self.ask(rank, &opened.people, by.as_ref());
                self.departments.extend(opened.departments.iter().map(ToString::to_string));
                self.wrote(rank, by.as_ref());
                self.trail(rank, by.as_ref(), !opened.people.is_empty());
                if self.opened.is_none() {
                    self.opened = Some((opened, rank, by));
                }
            }
            Payload::MessageWritten(written) => {
                self.ask(rank, &written.people, by.as_ref());
                self.departments.extend(written.departments.iter().map(ToString::to_string));
                self.wrote(rank, by.as_ref());
                // Whoever opened the thread waits for the answer; an answer to them asks nothing of anybody, unless it
                // mentions somebody else.
                let opener = self.opened.as_ref().and_then(|(_, _, opener)| opener.as_ref());
                let others =
                    written.people.iter().any(|person| Some(person) != opener && Some(person) != by.as_ref());
                let asks = others || by.as_ref() == opener;
                self.trail(rank, by.as_ref(), asks);
                let writer = by.as_ref().map_or_else(String::new, |person| person.0.clone());
                self.writers.push((written.message.clone(), writer));
                self.messages.entry(written.message).or_insert(Message { text: written.text, by, at: rank });
            }
            Payload::MessageChanged(changed) => {
                let known = self.messages.get_mut(&changed.message);
                if let Some(known) = known.filter(|known| known.by == by) {
                    known.text = changed.text;
                    self.ask(rank, &changed.people, by.as_ref());
                    self.departments.extend(changed.departments.iter().map(ToString::to_string));
                }
            }
            Payload::MessageDeleted { message, .. }
                if self.messages.get(&message).is_some_and(|known| known.by == by) =>
            {
                self.deleted.insert(message);
            }
            Payload::ThreadFollowed { following, .. } => {
                if let Some(person) = by {
                    self.people.entry(person).or_default().following = Some(following);
                }
            }
            Payload::TalkProposed(talk) => {
                self.ask(rank, &talk.people, by.as_ref());
                self.talk = Some(talk.way);
                self.touched(rank, by.as_ref());
            }
            Payload::Met(met) => {
                self.talk = None;
                self.trail = None;
                self.writers.clear();
                for person in met.people {
                    self.people.entry(person).or_default().wrote_at = Some(rank);
                }
                self.touched(rank, by.as_ref());
            }
            Payload::ThreadClosed(closed) => {
                self.closed = Some((closed.outcome, rank));
                self.trail = None;
                self.touched(rank, by.as_ref());
            }
            Payload::ThreadReopened { .. } => {
                self.closed = None;
                self.writers.clear();
                self.touched(rank, by.as_ref());
            }
            _ => {}
        }
    }

    fn ask(&mut self, rank: Rank, people: &BTreeSet<PersonId>, by: Option<&PersonId>) {
        for person in people.iter().filter(|person| Some(*person) != by) {
            self.people.entry(person.clone()).or_default().asked_at = Some(rank);
        }
    }

    fn trail(&mut self, rank: Rank, by: Option<&PersonId>, asks: bool) {
        match &mut self.trail {
            Some((last, _, asked)) if last.as_ref() == by => *asked |= asks,
            _ => self.trail = Some((by.cloned(), rank, asks)),
        }
    }

    fn wrote(&mut self, rank: Rank, by: Option<&PersonId>) {
        if let Some(person) = by {
            self.people.entry(person.clone()).or_default().wrote_at = Some(rank);
        }
        self.touched(rank, by);
    }

    fn touched(&mut self, rank: Rank, by: Option<&PersonId>) {
        self.last = Some((rank, by.cloned()));
    }

    fn write(mut self, connection: &Connection, thread: &ThreadId) -> Result<()> {
        let Some((opened, opened_at, _)) = &self.opened else { return Ok(()) };
        let deleted = &self.deleted;
        self.writers.retain(|(message, _)| !deleted.contains(message));
        let writers: Vec<&str> = self.writers.iter().map(|(_, writer)| writer.as_str()).collect();
        let waits =
            self.trail.as_ref().filter(|(_, _, asks)| *asks).map(|(_, since, _)| since.stamp().wall_ms);
        let (last_at, last_by) = self.last.clone().unwrap_or((*opened_at, None));
        let (order, line) = order_of(&opened.anchor);
        connection
            .prepare_cached(
                "INSERT INTO view_thread (thread, cause, question, anchor, kpi, week, integration, order_number, line, \
                 opened_at, last_at, last_by, messages, since_met, circling, talk, waits_since, outcome, closed_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
            )?
            .execute(params![
                thread.as_str(),
                to_json(PLACE, &opened.cause)?,
                opened.question,
                to_json(PLACE, &opened.anchor)?,
                opened.anchor.kpi().or(opened.seen.kpi.as_ref()).map(|kpi| kpi.as_str()),
                opened.anchor.week().or(opened.seen.week).map(|week| week.0),
                opened.anchor.integration().map(|integration| integration.as_str()),
                order,
                line,
                opened_at.stamp().wall_ms,
                last_at,
                last_by.map(|person| person.0),
                (self.messages.len() - self.deleted.len()) as i64,
                writers.len() as i64,
                goes_in_circles(&writers),
                self.talk.map(|way| to_json(PLACE, &way)).transpose()?,
                waits,
                self.closed.as_ref().map(|(outcome, _)| to_json(PLACE, outcome)).transpose()?,
                self.closed.as_ref().map(|(_, at)| at.stamp().wall_ms),
            ])?;
        for (person, standing) in &self.people {
            connection
                .prepare_cached(
                    "INSERT INTO view_thread_person (person, thread, asked_at, wrote_at, following) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    person.0,
                    thread.as_str(),
                    standing.asked_at,
                    standing.wrote_at,
                    standing.following.map(|following| to_json(PLACE, &following)).transpose()?,
                ])?;
        }
        for department in &self.departments {
            connection
                .prepare_cached("INSERT INTO view_thread_department (department, thread) VALUES (?1, ?2)")?
                .execute([department.as_str(), thread.as_str()])?;
        }
        self.index(connection, thread)
    }

    /// What can be searched of it.
    fn index(&self, connection: &Connection, thread: &ThreadId) -> Result<()> {
        let Some((opened, opened_at, _)) = &self.opened else { return Ok(()) };
        let place = ("thread", thread.as_str(), thread.as_str());
        search::set(connection, place, opened_at.stamp().wall_ms, &opened.question)?;
        for (id, message) in &self.messages {
            let text = if self.deleted.contains(id) { "" } else { message.text.as_str() };
            let place = ("message", id.as_str(), thread.as_str());
            search::set(connection, place, message.at.stamp().wall_ms, text)?;
        }
        Ok(())
    }
}

fn order_of(anchor: &Anchor) -> (Option<&str>, Option<&str>) {
    match anchor {
        Anchor::Order { order, line, .. }
        | Anchor::Split { order, line, .. }
        | Anchor::Record { order, line, .. } => (Some(order), Some(line)),
        Anchor::Kpi { .. }
        | Anchor::Week { .. }
        | Anchor::Signal { .. }
        | Anchor::Run { .. }
        | Anchor::Debrief { .. } => (None, None),
    }
}
