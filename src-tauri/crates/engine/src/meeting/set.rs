//! How the weekly meeting is set up, when each one is, and who facilitates it.

use std::collections::BTreeSet;

use plaza_domain::day::{Day, Week};
use plaza_domain::event::{FacilitatorChosen, MeetingId, MeetingMoved, MeetingSet, Payload, StandingItem};
use plaza_domain::meeting::{Occurrence, Turn, meeting_of, next_facilitators, occurrence};
use plaza_domain::person::PersonId;

use super::record::{Placed, Record, week_of};
use crate::error::{EngineError, Result};
use crate::page::meeting::{MeetingForm, MeetingState};
use crate::promise::{new_id, reason_of};
use crate::words;
use crate::workspace::Workspace;

/// Minutes that a meeting may take.
const MINUTES: std::ops::RangeInclusive<u32> = 5..=480;

/// Letters of a place, a link, a title.
const CHARS_MAX: usize = 200;

/// Things that are on every agenda.
const STANDING_MAX: usize = 20;

/// Weeks ahead in which a meeting may be moved or cancelled.
const WEEKS_AHEAD_MAX: i32 = 104;

/// All that is known about when meetings are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Every set-up, the one in force last.
    pub versions: Vec<MeetingSet>,
}

/// One meeting with when it is.
#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    pub id: MeetingId,
    pub week: Week,
    pub occurrence: Occurrence,
    pub record: Record,
    pub state: MeetingState,
}

impl Plan {
    /// The set-up in force.
    pub(crate) fn current(&self) -> Option<&MeetingSet> {
        self.versions.last()
    }
}

impl Workspace {
    pub(crate) fn meeting_plan(&self) -> Result<Plan> {
        let versions = self.view(|view| view.meeting_sets())?;
        Ok(Plan { versions: versions.into_iter().map(|(set, _)| set).collect() })
    }

    /// The meeting of a week, where there is one.
    pub(crate) fn meeting_in(&self, plan: &Plan, week: Week) -> Result<Option<Meeting>> {
        let id = meeting_of(week);
        let record = Record::of(self.view(|view| view.meeting(&id))?);
        let moved = match &record.placed {
            Some(Placed::Moved(moved)) => Some(moved),
            Some(Placed::Cancelled(_)) | None => None,
        };
        let Some(occurrence) = occurrence(&plan.versions, week, moved) else { return Ok(None) };
        let state = state(&record, &occurrence, self.today()?);
        Ok(Some(Meeting { id, week, occurrence, record, state }))
    }

    /// A meeting by its name.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] where there is none.
    pub(crate) fn meeting(&self, meeting: &MeetingId) -> Result<Meeting> {
        let week = week_of(meeting)?;
        let found = self.meeting_in(&self.meeting_plan()?, week)?;
        found.ok_or_else(|| EngineError::NotFound { noun: "meeting", name: meeting.to_string() })
    }

    /// The meetings that were held, the earliest first.
    pub(crate) fn held_meetings(&self) -> Result<Vec<(Week, Record)>> {
        let ids = self.view(|view| view.meetings(&["meeting_begun"]))?;
        let mut held = Vec::new();
        for id in ids {
            let Some(week) = plaza_domain::meeting::week_of(&id) else { continue };
            held.push((week, Record::of(self.view(|view| view.meeting(&id))?)));
        }
        held.sort_by_key(|(week, record)| (record.began_at, *week));
        Ok(held)
    }

    /// Who facilitated in which week.
    pub(crate) fn facilitated(&self) -> Result<Vec<(Week, PersonId)>> {
        let all = self.view(|view| view.meetings_said(&["meeting_begun"]))?;
        let mut held = std::collections::BTreeMap::new();
        for (meeting, said) in all {
            if let (Some(week), Payload::MeetingBegun { facilitator: Some(person), .. }) =
                (plaza_domain::meeting::week_of(&meeting), said.payload)
            {
                held.insert(week, person);
            }
        }
        Ok(held.into_iter().collect())
    }

    /// Who facilitates in turn, whoever is next first; nobody who left.
    pub(crate) fn turns(&self, plan: &Plan) -> Result<Vec<Turn>> {
        let Some(set) = plan.current() else { return Ok(Vec::new()) };
        let today = self.today()?;
        let people = self.view(|view| view.people())?;
        let is_here =
            |id: &&PersonId| people.iter().any(|person| person.id == **id && !person.has_left(today));
        let list: Vec<PersonId> = set.facilitators.iter().filter(is_here).cloned().collect();
        Ok(next_facilitators(&list, &self.facilitated()?))
    }

    /// Who facilitates a meeting: who did, whom somebody chose, or whose turn it is. The turns of the meetings between
    /// today and it are taken in their order.
    pub(crate) fn facilitator_of(&self, plan: &Plan, meeting: &Meeting) -> Result<Option<PersonId>> {
        if let Some(person) = &meeting.record.facilitator {
            return Ok(Some(person.clone()));
        }
        if let Some(chosen) = &meeting.record.chosen {
            return Ok(Some(chosen.person.clone()));
        }
        let Some(set) = plan.current() else { return Ok(None) };
        let mut held = self.facilitated()?;
        let mut week = self.today()?.week();
        let turn = |held: &[(Week, PersonId)]| {
            next_facilitators(&set.facilitators, held).into_iter().next().map(|turn| turn.person)
        };
        while week < meeting.week && week.plus(WEEKS_AHEAD_MAX) > meeting.week {
            if let Some(between) = self.meeting_in(plan, week)?
                && matches!(between.state, MeetingState::Drafting | MeetingState::Frozen)
            {
                let person = between.record.chosen.map(|chosen| chosen.person).or_else(|| turn(&held));
                held.extend(person.map(|person| (week, person)));
            }
            week = week.plus(1);
        }
        Ok(turn(&held))
    }

    /// Sets the weekly meeting up, or anew from today on.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names each field that cannot be used.
    pub fn set_meeting(&self, form: &MeetingForm) -> Result<()> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut wrong = |field: &str, reason: &str| fields.push((field.to_owned(), reason.to_owned()));
        let minute_of_day = minute_of(&form.time);
        if minute_of_day.is_none() {
            wrong("time", "write it as 09:30");
        }
        if form.weekday > 6 {
            wrong("weekday", "choose a day of the week");
        }
        if !MINUTES.contains(&form.minutes) {
            wrong("minutes", "a meeting takes 5 minutes to 8 hours");
        }
        let link = form.link.trim();
        if !(link.is_empty() || link.starts_with("https://") || link.starts_with("http://")) {
            wrong("link", "an address begins with https://");
        }
        for (field, text) in [("place", &form.place), ("link", &form.link)] {
            if text.chars().count() > CHARS_MAX {
                wrong(field, "that is too long: at most 200 letters");
            }
        }
        if form.attendees.is_empty() {
            wrong("attendees", "choose who attends");
        }
        if form.standing.len() > STANDING_MAX {
            wrong("standing", "at most 20 things can be on every agenda");
        }
        if form.standing.iter().any(|item| item.title.trim().is_empty() || item.minutes == 0) {
            wrong("standing", "each needs its words and its minutes");
        }
        if !fields.is_empty() {
            return Err(EngineError::Invalid { fields });
        }
        let here = |field: &'static str| move |id: &String| self.person_here(field, id);
        let attendees: BTreeSet<PersonId> =
            form.attendees.iter().map(here("attendees")).collect::<Result<_>>()?;
        let facilitators: Vec<PersonId> =
            form.facilitators.iter().map(here("facilitators")).collect::<Result<_>>()?;
        let mut standing = Vec::new();
        for item in &form.standing {
            let id = if item.id.is_empty() { new_id()? } else { item.id.clone() };
            standing.push(StandingItem { id, title: item.title.trim().to_owned(), ..item.clone() });
        }
        self.act([Payload::MeetingSet(MeetingSet {
            from: self.today()?,
            weekday: form.weekday,
            minute_of_day: minute_of_day.unwrap_or_default(),
            minutes: form.minutes,
            place: form.place.trim().to_owned(),
            link: link.to_owned(),
            attendees,
            facilitators,
            standing,
        })])?;
        Ok(())
    }

    /// Holds one meeting at another time.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a time in the past or without a reason; [`EngineError::NotFound`];
    /// [`EngineError::Conflict`] for one that began already.
    pub fn move_meeting(
        &self,
        meeting: &MeetingId,
        day: &str,
        time: &str,
        minutes: u32,
        reason: &str,
    ) -> Result<()> {
        let known = self.to_come(meeting)?;
        let day = words::day(day).map_err(|_| EngineError::invalid("day", "choose a day"))?;
        let minute_of_day =
            minute_of(time).ok_or_else(|| EngineError::invalid("time", "write it as 09:30"))?;
        if day < self.today()? {
            return Err(EngineError::invalid("day", "choose a day that is still to come"));
        }
        if (day.0 - known.occurrence.usual_day.0).abs() > 27 {
            return Err(EngineError::invalid("day", "that is too far from its week: cancel it instead"));
        }
        if !MINUTES.contains(&minutes) {
            return Err(EngineError::invalid("minutes", "a meeting takes 5 minutes to 8 hours"));
        }
        let reason = reason_of(reason)?;
        let moved = MeetingMoved { meeting: known.id, day, minute_of_day, minutes, reason };
        self.act([Payload::MeetingMoved(moved)])?;
        Ok(())
    }

    /// Does not hold one meeting.
    ///
    /// # Errors
    /// As [`Workspace::move_meeting`].
    pub fn cancel_meeting(&self, meeting: &MeetingId, reason: &str) -> Result<()> {
        let known = self.to_come(meeting)?;
        self.act([Payload::MeetingCancelled { meeting: known.id, reason: reason_of(reason)? }])?;
        Ok(())
    }

    /// Holds one meeting as usual after all.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] where it was neither moved nor cancelled.
    pub fn restore_meeting(&self, meeting: &MeetingId) -> Result<()> {
        let known = self.meeting(meeting)?;
        if known.record.placed.is_none() {
            return Err(EngineError::Conflict { what: "the meeting" });
        }
        self.act([Payload::MeetingRestored { meeting: known.id }])?;
        Ok(())
    }

    /// Chooses who facilitates one meeting: whoever is next, somebody who steps in, or a swap.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for somebody who is not here; as [`Workspace::move_meeting`].
    pub fn choose_facilitator(&self, meeting: &MeetingId, person: &str, reason: &str) -> Result<()> {
        let known = self.to_come(meeting)?;
        let person = self.person_here("person", person)?;
        let reason = reason.trim().chars().take(CHARS_MAX).collect();
        self.act([Payload::FacilitatorChosen(FacilitatorChosen { meeting: known.id, person, reason })])?;
        Ok(())
    }

    /// A meeting that has not begun.
    pub(super) fn to_come(&self, meeting: &MeetingId) -> Result<Meeting> {
        let known = self.meeting(meeting)?;
        if known.record.began_at.is_some() {
            return Err(EngineError::Conflict { what: "the meeting" });
        }
        if known.week > self.today()?.week().plus(WEEKS_AHEAD_MAX) {
            return Err(EngineError::NotFound { noun: "meeting", name: meeting.to_string() });
        }
        Ok(known)
    }
}

fn state(record: &Record, occurrence: &Occurrence, today: Day) -> MeetingState {
    if record.ended_at.is_some() {
        MeetingState::Held
    } else if record.began_at.is_some() {
        MeetingState::Running
    } else if matches!(record.placed, Some(Placed::Cancelled(_))) {
        MeetingState::Cancelled
    } else if occurrence.day < today {
        MeetingState::Missed
    } else if record.frozen.is_some() {
        MeetingState::Frozen
    } else {
        MeetingState::Drafting
    }
}

/// Minutes since midnight of `09:30`.
pub(crate) fn minute_of(time: &str) -> Option<u16> {
    let (hour, minute) = time.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// `09:30`.
pub(crate) fn time_of(minute_of_day: u16) -> String {
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}
