//! Reads the pages of the meeting.

use plaza_domain::event::{ItemId, MeetingId};
use plaza_domain::language::Language;
use plaza_domain::meeting::{AgendaItem, Subject};
use plaza_domain::person::PersonId;

use super::meeting::{
    AgendaView, AttendanceView, ItemCourse, ItemView, MeetingForm, MeetingLine, MeetingNote, MeetingPage,
    MeetingRun, MeetingState, RoundView, TurnView,
};
use super::promise_read::Promised;
use super::said_by::Names;
use super::series::{count, moment};
use super::{Unit, attention, name};
use crate::error::Result;
use crate::meeting::agenda::Drafted;
use crate::meeting::record::Placed;
use crate::meeting::set::{Meeting, Plan, time_of};
use crate::meeting::words;
use crate::workspace::Workspace;

/// Weeks ahead that the page lists.
const COMING_WEEKS: i32 = 8;

/// Meetings of the past that the page lists.
const PAST_MAX: usize = 60;

impl MeetingPage {
    /// Reads the page of the meeting.
    ///
    /// # Errors
    /// What the stores say.
    pub fn read(workspace: &Workspace, _language: Language) -> Result<Self> {
        let plan = workspace.meeting_plan()?;
        let reader = Reader::new(workspace, &plan)?;
        let set = plan.current().map(|set| MeetingForm {
            weekday: set.weekday,
            time: time_of(set.minute_of_day),
            minutes: set.minutes,
            place: set.place.clone(),
            link: set.link.clone(),
            attendees: set.attendees.iter().map(|id| id.0.clone()).collect(),
            facilitators: set.facilitators.iter().map(|id| id.0.clone()).collect(),
            standing: set.standing.clone(),
        });
        let this = workspace.today()?.week();
        let mut next = None;
        let mut coming = Vec::new();
        let mut past = Vec::new();
        // A meeting may have been moved by up to four weeks.
        for week in (-4..=COMING_WEEKS).map(|weeks| this.plus(weeks)) {
            let Some(meeting) = workspace.meeting_in(&plan, week)? else { continue };
            let line = reader.line(&meeting)?;
            match meeting.state {
                MeetingState::Held | MeetingState::Missed => past.push(line),
                MeetingState::Cancelled if meeting.occurrence.day < workspace.today()? => past.push(line),
                MeetingState::Cancelled => coming.push(line),
                _ if next.is_none() => next = Some(line),
                _ => coming.push(line),
            }
        }
        let mut ids = workspace.view(|view| view.meetings(&["meeting_begun", "meeting_cancelled"]))?;
        ids.retain(|id| plaza_domain::meeting::week_of(id).is_some_and(|week| week < this.plus(-4)));
        for id in ids.iter().rev().take(PAST_MAX) {
            past.push(reader.line(&workspace.meeting(id)?)?);
        }
        past.sort_by(|one, other| other.day.cmp(&one.day));
        past.truncate(PAST_MAX);
        let turns = workspace.turns(&plan)?.into_iter().map(|turn| TurnView {
            name: reader.names.of(&turn.person),
            person: turn.person.0,
            times: turn.times,
            last: turn.last.map(|week| week.to_string()),
        });
        Ok(Self { set, next, coming, past, turns: turns.collect() })
    }
}

/// What the pages of meetings read again and again.
pub(super) struct Reader<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) plan: &'a Plan,
    pub(super) names: Names,
    pub(super) promised: Promised,
}

impl<'a> Reader<'a> {
    pub(super) fn new(workspace: &'a Workspace, plan: &'a Plan) -> Result<Self> {
        Ok(Self { workspace, plan, names: Names::read(workspace)?, promised: Promised::read(workspace)? })
    }

    pub(super) fn line(&self, meeting: &Meeting) -> Result<MeetingLine> {
        let (record, when) = (&meeting.record, &meeting.occurrence);
        let ratings: Vec<f64> = record.round.values().filter_map(|said| said.rating).map(f64::from).collect();
        let rating = (!ratings.is_empty()).then(|| ratings.iter().sum::<f64>() / ratings.len() as f64);
        let reason = match &record.placed {
            Some(Placed::Moved(moved)) => moved.reason.clone(),
            Some(Placed::Cancelled(reason)) => reason.clone(),
            None => String::new(),
        };
        let settings = self.workspace.settings()?;
        let holiday = settings.holidays.get(&when.day).cloned().or_else(|| {
            let works = settings.weekdays.get(usize::from(when.day.weekday())).copied().unwrap_or(true);
            (!works).then(String::new)
        });
        let facilitator = self.workspace.facilitator_of(self.plan, meeting)?;
        let of = |id: &Option<MeetingId>| id.as_ref() == Some(&meeting.id);
        let promised = &self.promised;
        Ok(MeetingLine {
            meeting: meeting.id.to_string(),
            day: when.day.to_string(),
            time: time_of(when.minute_of_day),
            minutes: when.minutes,
            state: meeting.state,
            moved_from: when.is_moved().then(|| when.usual_day.to_string()),
            reason,
            holiday,
            facilitator: facilitator.map(|person| self.names.of(&person)),
            rating,
            decisions: count(
                promised.decisions.iter().filter(|one| of(&one.taken.said_in.meeting)).count() as i64
            ),
            needs: count(promised.needs.iter().filter(|one| of(&one.asked.said_in.meeting)).count() as i64),
            commitments: count(
                promised.commitments.iter().filter(|one| of(&one.made.said_in.meeting)).count() as i64,
            ),
            minutes_version: record.sent.last().map(|(sent, _)| sent.version),
        })
    }

    pub(super) fn agenda(&self, meeting: &Meeting, language: Language) -> Result<AgendaView> {
        let Drafted { agenda, dropped } = self.workspace.agenda(self.plan, meeting)?;
        let titles = Titles::read(self, language)?;
        let view = |item: &AgendaItem| titles.view(item);
        let extended = |item: &AgendaItem| meeting.record.extended.get(&item.item).copied().unwrap_or(0);
        let items = agenda.items.iter().map(view).collect::<Result<Vec<_>>>()?;
        let set = self.plan.current();
        Ok(AgendaView {
            planned_minutes: agenda.items.iter().map(|item| item.minutes + extended(item)).sum(),
            items,
            waiting: agenda.waiting.iter().map(view).collect::<Result<_>>()?,
            dropped: dropped
                .iter()
                .map(|(item, reason)| Ok(ItemView { dropped: Some(reason.clone()), ..view(item)? }))
                .collect::<Result<_>>()?,
            facilitator: self.workspace.facilitator_of(self.plan, meeting)?.map(|person| person.0),
            attendees: set
                .map(|set| set.attendees.iter().map(|id| id.0.clone()).collect())
                .unwrap_or_default(),
            frozen: meeting.record.frozen.as_ref().map(|(_, act)| self.names.said(act)),
            meeting: self.line(meeting)?,
        })
    }

    pub(super) fn run(&self, meeting: &Meeting, language: Language) -> Result<MeetingRun> {
        let record = &meeting.record;
        let course = record.course(self.workspace.now_ms());
        let agenda = self.agenda(meeting, language)?;
        let items = agenda.items.iter().chain(&agenda.waiting).chain(&agenda.dropped);
        let seconds = |ms: i64| count(ms / 1_000);
        let minutes = |item: &ItemView| {
            item.minutes + record.extended.get(&ItemId(item.item.clone())).copied().unwrap_or(0)
        };
        let course_of = |item: &ItemView| {
            let id = ItemId(item.item.clone());
            ItemCourse {
                spent_seconds: seconds(course.spent.get(&id).copied().unwrap_or(0)),
                minutes: minutes(item),
                closing: record.closings.get(&id).copied(),
                item: item.item.clone(),
            }
        };
        let note =
            |(written, act): &(plaza_domain::event::NoteWritten, plaza_store::view::Act)| MeetingNote {
                note: written.note.to_string(),
                item: written.item.as_ref().map(ToString::to_string),
                text: written.text.clone(),
                said: self.names.said(act),
            };
        let (notes, parked): (Vec<_>, Vec<_>) =
            record.notes.iter().map(note).partition(|note: &MeetingNote| note.item.is_some());
        let id = Some(meeting.id.clone());
        Ok(MeetingRun {
            began: record.began_at.map(moment),
            ended: record.ended_at.map(moment),
            paused_since: course.paused_since.map(moment),
            elapsed_seconds: seconds(course.elapsed),
            current: course.current.as_ref().map(ToString::to_string),
            course: items.map(course_of).collect(),
            attendance: self.attendance(meeting),
            parked,
            round: self.round(meeting),
            notes,
            decisions: self
                .promised
                .decisions
                .iter()
                .filter(|one| one.taken.said_in.meeting == id)
                .map(|one| self.decision(one, language))
                .collect::<Result<_>>()?,
            needs: self
                .promised
                .needs
                .iter()
                .filter(|one| one.asked.said_in.meeting == id)
                .map(|one| self.need(one))
                .collect::<Result<_>>()?,
            commitments: self
                .promised
                .commitments
                .iter()
                .filter(|one| one.made.said_in.meeting == id)
                .map(|one| self.commitment(one))
                .collect::<Result<_>>()?,
            agenda,
        })
    }

    /// Who usually attends, and whoever else was there.
    fn people(&self, meeting: &Meeting) -> Vec<(PersonId, bool)> {
        let expected = self.plan.current().map(|set| set.attendees.clone()).unwrap_or_default();
        let mut people: Vec<(PersonId, bool)> =
            expected.iter().map(|person| (person.clone(), true)).collect();
        let others = meeting.record.attendance.keys().chain(meeting.record.round.keys());
        for person in others.filter(|person| !expected.contains(*person)) {
            if !people.iter().any(|(known, _)| known == person) {
                people.push((person.clone(), false));
            }
        }
        people.sort_by_key(|(person, is_expected)| (!is_expected, self.names.of(person)));
        people
    }

    fn attendance(&self, meeting: &Meeting) -> Vec<AttendanceView> {
        let view = |(person, is_expected): (PersonId, bool)| AttendanceView {
            name: self.names.of(&person),
            attendance: meeting.record.attendance.get(&person).copied(),
            person: person.0,
            is_expected,
        };
        self.people(meeting).into_iter().map(view).collect()
    }

    fn round(&self, meeting: &Meeting) -> Vec<RoundView> {
        let view = |(person, _): (PersonId, bool)| {
            let said = meeting.record.round.get(&person);
            RoundView {
                name: self.names.of(&person),
                rating: said.and_then(|said| said.rating),
                word: said.map(|said| said.word.clone()).unwrap_or_default(),
                person: person.0,
            }
        };
        self.people(meeting).into_iter().map(view).collect()
    }
}

impl AgendaView {
    /// Reads the agenda of a meeting.
    ///
    /// # Errors
    /// [`crate::error::EngineError::NotFound`] for a meeting that there is not.
    pub fn read(workspace: &Workspace, meeting: &MeetingId, language: Language) -> Result<Self> {
        let plan = workspace.meeting_plan()?;
        Reader::new(workspace, &plan)?.agenda(&workspace.meeting(meeting)?, language)
    }
}

impl MeetingRun {
    /// Reads a meeting that is under way, or was.
    ///
    /// # Errors
    /// [`crate::error::EngineError::NotFound`] for a meeting that there is not.
    pub fn read(workspace: &Workspace, meeting: &MeetingId, language: Language) -> Result<Self> {
        let plan = workspace.meeting_plan()?;
        Reader::new(workspace, &plan)?.run(&workspace.meeting(meeting)?, language)
    }
}

/// What items are called, and where they lead.
struct Titles<'a> {
    reader: &'a Reader<'a>,
    language: Language,
    kpis: Vec<plaza_domain::event::KpiDefinition>,
    departments: Vec<plaza_domain::department::Department>,
}

impl<'a> Titles<'a> {
    fn read(reader: &'a Reader<'a>, language: Language) -> Result<Self> {
        let (kpis, departments) = reader.workspace.view(|view| Ok((view.kpis()?, view.departments()?)))?;
        Ok(Self { reader, language, kpis, departments })
    }

    fn view(&self, item: &AgendaItem) -> Result<ItemView> {
        let (title, address, unit) = self.subject(item)?;
        Ok(ItemView {
            item: item.item.to_string(),
            section: item.section,
            subject: item.subject.clone(),
            reason_words: words::reason(&item.reason, unit, self.language),
            reason: item.reason.clone(),
            title,
            minutes: item.minutes,
            person: item.person.as_ref().map(|person| person.0.clone()),
            note: item.note.clone(),
            carried: item.carried,
            dropped: None,
            is_chosen: item.is_chosen,
            address,
        })
    }

    fn kpi(&self, kpi: &plaza_domain::event::KpiId) -> (String, Option<Unit>) {
        match self.kpis.iter().find(|definition| definition.kpi == *kpi) {
            Some(definition) => (name(definition, self.language), Some(words::unit(definition))),
            None => (kpi.to_string(), None),
        }
    }

    fn department(&self, id: Option<&plaza_domain::department::DepartmentId>) -> Option<String> {
        let id = id?;
        let known = self.departments.iter().find(|department| department.id == *id);
        Some(known.map_or_else(|| id.to_string(), |department| department.name.clone()))
    }

    /// Title, address, and what a value of it counts in.
    fn subject(&self, item: &AgendaItem) -> Result<(String, Option<String>, Option<Unit>)> {
        let workspace = self.reader.workspace;
        Ok(match &item.subject {
            Subject::Signal { kpi, part, week, .. } => {
                let (called, unit) = self.kpi(kpi);
                let department = self.department(part.as_ref());
                let address = words::kpi_address(kpi, Some(*week), part.as_ref());
                (words::chart(&called, department.as_deref()), Some(address), unit)
            }
            Subject::Restatement { kpi, week, .. } => {
                let (called, unit) = self.kpi(kpi);
                let address = words::kpi_address(kpi, Some(*week), None);
                (words::restated(&called, *week, self.language), Some(address), unit)
            }
            Subject::Effect { decision } => {
                let known = self.reader.promised.decisions.iter().find(|one| one.taken.decision == *decision);
                let text = known.map(|one| one.taken.text.clone()).unwrap_or_default();
                (words::effect(&text, self.language), Some("/meeting/promises".to_owned()), None)
            }
            Subject::Thread { thread } => {
                let opened = workspace.view(|view| view.thread(thread))?;
                let question = opened.into_iter().find_map(|said| match said.payload {
                    plaza_domain::event::Payload::ThreadOpened(opened) => Some(opened.question),
                    _ => None,
                });
                (question.unwrap_or_default(), Some(format!("/conversations/{thread}")), None)
            }
            Subject::Attention { kind, integration, kpi, .. } => {
                let called = attention::called(workspace, integration, kpi.as_ref(), self.language);
                let address = attention::address(*kind, integration, kpi.as_ref());
                (words::attention(*kind, &called, self.language), Some(address), None)
            }
            Subject::Commitment { commitment } => {
                let known =
                    self.reader.promised.commitments.iter().find(|one| one.made.commitment == *commitment);
                let title = known
                    .map(|one| words::commitment(&self.reader.names.of(&one.made.who), &one.made.text))
                    .unwrap_or_default();
                (title, Some("/meeting/promises".to_owned()), None)
            }
            Subject::Need { need } => {
                let known = self.reader.promised.needs.iter().find(|one| one.asked.need == *need);
                let title = known
                    .map(|one| {
                        let called = |id| self.department(Some(id)).unwrap_or_default();
                        format!("{} → {}: {}", called(&one.asked.from), called(&one.asked.to), one.asked.text)
                    })
                    .unwrap_or_default();
                (title, Some("/meeting/promises".to_owned()), None)
            }
            Subject::Retirement { kpi } => {
                let (called, _) = self.kpi(kpi);
                (words::still_needed(&called, self.language), Some("/definitions".to_owned()), None)
            }
            Subject::Visits { week } => {
                (words::visits(*week, self.language), Some("/rotations".to_owned()), None)
            }
            Subject::Debrief { rotation, placement } => {
                let known = workspace.rotation(rotation)?;
                let title = known.visits.get(placement).map(|visit| {
                    let host = self.department(Some(&visit.placed.host)).unwrap_or_default();
                    words::brought(&self.reader.names.of(&visit.placed.visitor), &host, self.language)
                });
                (title.unwrap_or_default(), Some(format!("/rotations/{rotation}")), None)
            }
            Subject::Win { win } => {
                // One that was taken back since stays named by what an old agenda calls it.
                let known = workspace.view(|view| view.win(win))?;
                let title = crate::win::last_title(known).unwrap_or_default();
                (title, Some(format!("/wins/{win}")), None)
            }
            Subject::Own => (item.title.clone(), None, None),
            Subject::Round => (words::round(self.language).to_owned(), None, None),
        })
    }
}
