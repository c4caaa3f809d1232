//! The agenda of one meeting: drafted from what happened, changed by people, frozen when it is shared.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::event::{AgendaFrozen, AgendaItemSet, ItemChange, ItemId, MeetingId, Payload};
use plaza_domain::meeting::{Agenda, AgendaItem, Reason, Section, Subject, draft, order};
use plaza_domain::person::PersonId;

use super::record::Record;
use super::set::{Meeting, Plan};
use crate::error::{EngineError, Result};
use crate::page::meeting::MeetingState;
use crate::promise::{new_id, reason_of, text_of};
use crate::workspace::Workspace;

/// Letters of an item's title and of its preparation note.
const TITLE_CHARS_MAX: usize = 200;
const NOTE_CHARS_MAX: usize = 4_000;

/// Minutes that an item may take.
const ITEM_MINUTES_MAX: u32 = 240;

/// Places between two items that stand in their natural order.
const STEP: i64 = 1_000;

/// The closing round takes so long, minutes.
const ROUND_MINUTES: u32 = 5;

/// An agenda with what was dropped from it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drafted {
    pub agenda: Agenda,
    /// With the reason of each.
    pub dropped: Vec<(AgendaItem, String)>,
}

impl Drafted {
    /// An item of it, wherever it stands.
    pub(crate) fn item(&self, item: &ItemId) -> Option<&AgendaItem> {
        let dropped = self.dropped.iter().map(|(item, _)| item);
        self.agenda.items.iter().chain(&self.agenda.waiting).chain(dropped).find(|one| one.item == *item)
    }
}

impl Workspace {
    /// The agenda of a meeting as it stands.
    pub(crate) fn agenda(&self, plan: &Plan, meeting: &Meeting) -> Result<Drafted> {
        match &meeting.record.frozen {
            Some((frozen, _)) => Ok(thawed(frozen, &meeting.record)),
            None if meeting.record.began_at.is_some() => Ok(Drafted::default()),
            None => self.drafted(plan, meeting),
        }
    }

    fn drafted(&self, plan: &Plan, meeting: &Meeting) -> Result<Drafted> {
        let mut found = self.find_items(meeting)?;
        if let Some(set) = plan.current() {
            for item in &set.standing {
                let mut one =
                    AgendaItem::found(item.section, Subject::Own, Reason::Standing, meeting.occurrence.day);
                one.item = ItemId(format!("standing-{}", item.id));
                one.title.clone_from(&item.title);
                one.minutes = item.minutes;
                one.person.clone_from(&item.person);
                found.push(one);
            }
        }
        let mut round =
            AgendaItem::found(Section::Close, Subject::Round, Reason::Standing, meeting.occurrence.day);
        round.minutes = ROUND_MINUTES;
        found.push(round);
        let (found, dropped) = changed(found, &meeting.record, meeting.occurrence.day);
        Ok(Drafted { agenda: draft(found, meeting.occurrence.minutes), dropped })
    }

    /// Adds an item that a person wrote.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without words or minutes; [`EngineError::Conflict`] for a meeting that is over.
    pub fn add_item(
        &self,
        meeting: &MeetingId,
        section: Section,
        title: &str,
        minutes: u32,
    ) -> Result<ItemId> {
        self.open_agenda(meeting)?;
        let title = text_of("title", title, TITLE_CHARS_MAX)?;
        check_minutes(minutes)?;
        let item = ItemId(format!("own-{}", new_id()?));
        let change = ItemChange {
            title: Some(title),
            section: Some(section),
            minutes: Some(minutes),
            is_chosen: Some(true),
            ..ItemChange::default()
        };
        let set = AgendaItemSet { meeting: meeting.clone(), item: item.clone(), change };
        self.act([Payload::AgendaItemSet(set)])?;
        Ok(item)
    }

    /// Changes an item: its minutes, who leads it, what to prepare; drops it with a reason, or brings it back.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names the field; [`EngineError::NotFound`] for an item that is not there;
    /// [`EngineError::Conflict`] for a meeting that is over.
    pub fn change_item(&self, meeting: &MeetingId, item: &ItemId, mut change: ItemChange) -> Result<()> {
        let known = self.open_agenda(meeting)?;
        let drafted = self.agenda(&self.meeting_plan()?, &known)?;
        let found = drafted.item(item);
        let found =
            found.ok_or_else(|| EngineError::NotFound { noun: "agenda item", name: item.to_string() })?;
        if let Some(minutes) = change.minutes {
            check_minutes(minutes)?;
        }
        if let Some(title) = &change.title {
            if found.subject != Subject::Own {
                return Err(EngineError::invalid("title", "what it is about says what it is"));
            }
            change.title = Some(text_of("title", title, TITLE_CHARS_MAX)?);
        }
        if let Some(note) = &change.note
            && note.chars().count() > NOTE_CHARS_MAX
        {
            return Err(EngineError::invalid("note", format!("say it in at most {NOTE_CHARS_MAX} letters")));
        }
        if let Some(person) = change.person.as_ref().filter(|person| !person.0.is_empty()) {
            self.person_here("person", &person.0)?;
        }
        if let Some(reason) = change.dropped.as_ref().filter(|reason| !reason.is_empty()) {
            if found.section == Section::Close && found.subject == Subject::Round {
                return Err(EngineError::invalid("dropped", "the closing round ends every meeting"));
            }
            change.dropped = Some(reason_of(reason)?);
        }
        let set = AgendaItemSet { meeting: meeting.clone(), item: item.clone(), change };
        self.act([Payload::AgendaItemSet(set)])?;
        Ok(())
    }

    /// Puts an item to a place of the agenda, counted from 0.
    ///
    /// # Errors
    /// As [`Workspace::change_item`].
    pub fn move_item(&self, meeting: &MeetingId, item: &ItemId, place: u32) -> Result<()> {
        let known = self.open_agenda(meeting)?;
        let drafted = self.agenda(&self.meeting_plan()?, &known)?;
        let mut items = drafted.agenda.items;
        let from = items.iter().position(|one| one.item == *item);
        let from =
            from.ok_or_else(|| EngineError::NotFound { noun: "agenda item", name: item.to_string() })?;
        let moved = items.remove(from);
        let place = (place as usize).min(items.len());
        items.insert(place, moved);
        // Everything gets the place that it has now, so that what is drafted later pushes nothing aside.
        let drafts = items.into_iter().enumerate().filter_map(|(place, one)| {
            let rank = (place as i64 + 1) * STEP;
            (one.rank != Some(rank)).then(|| {
                let change = ItemChange { rank: Some(rank), ..ItemChange::default() };
                Payload::AgendaItemSet(AgendaItemSet { meeting: meeting.clone(), item: one.item, change })
            })
        });
        self.act(drafts.collect::<Vec<_>>())?;
        Ok(())
    }

    /// Freezes an agenda as it is now, to be shared.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] for a meeting that began or is over.
    pub fn freeze_agenda(&self, meeting: &MeetingId) -> Result<()> {
        let known = self.to_come(meeting)?;
        if !matches!(known.state, MeetingState::Drafting | MeetingState::Frozen) {
            return Err(EngineError::Conflict { what: "the meeting" });
        }
        self.act([self.frozen(&known)?])?;
        Ok(())
    }

    /// What freezes the agenda as it is now.
    pub(super) fn frozen(&self, meeting: &Meeting) -> Result<Payload> {
        let Drafted { agenda, .. } = self.agenda(&self.meeting_plan()?, meeting)?;
        let mut items = agenda.items;
        for (place, item) in items.iter_mut().enumerate() {
            item.rank = Some((place as i64 + 1) * STEP);
        }
        let frozen = AgendaFrozen { meeting: meeting.id.clone(), items, waiting: agenda.waiting };
        Ok(Payload::AgendaFrozen(frozen))
    }

    /// Lets a frozen agenda draft itself again.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] where it is not frozen, or the meeting began.
    pub fn release_agenda(&self, meeting: &MeetingId) -> Result<()> {
        let known = self.to_come(meeting)?;
        if known.record.frozen.is_none() {
            return Err(EngineError::Conflict { what: "the agenda" });
        }
        self.act([Payload::AgendaReleased { meeting: known.id }])?;
        Ok(())
    }

    fn open_agenda(&self, meeting: &MeetingId) -> Result<Meeting> {
        let known = self.meeting(meeting)?;
        if matches!(known.state, MeetingState::Held | MeetingState::Missed | MeetingState::Cancelled) {
            return Err(EngineError::Conflict { what: "the meeting" });
        }
        Ok(known)
    }

    /// What a meeting left for the next: items that it did not reach or put off, with how often that happened. Only what
    /// people wrote themselves has to be handed on whole; the rest is found again as long as it matters.
    pub(super) fn left_over(before: &[(plaza_domain::day::Week, Record)]) -> LeftOver {
        let mut left = LeftOver::default();
        if let Some((_, record)) = before.last()
            && let Some((frozen, _)) = &record.frozen
        {
            let Drafted { agenda, .. } = thawed(frozen, record);
            let waited = agenda.items.into_iter().chain(agenda.waiting);
            for mut item in waited.filter(|item| !record.is_through(&item.item)) {
                if matches!(item.subject, Subject::Round) || item.item.as_str().starts_with("standing-") {
                    continue;
                }
                item.carried += 1;
                left.carried.insert(item.item.clone(), item.carried);
                if item.subject == Subject::Own {
                    item.rank = None;
                    item.is_chosen = None;
                    left.own.push(item);
                }
            }
        }
        for (_, record) in before {
            for (item, closing) in &record.closings {
                if *closing == plaza_domain::event::Closing::NextTime {
                    left.through.remove(item);
                } else {
                    left.through.insert(item.clone(), record.began_at.unwrap_or_default());
                }
            }
        }
        left
    }
}

/// What earlier meetings left.
#[derive(Debug, Default)]
pub(super) struct LeftOver {
    /// How often each item was carried over, this time included.
    pub carried: BTreeMap<ItemId, u32>,
    /// What people wrote themselves.
    pub own: Vec<AgendaItem>,
    /// What was talked through, and when that meeting began, milliseconds since 1970 UTC.
    pub through: BTreeMap<ItemId, i64>,
}

/// A frozen agenda with what people changed since.
fn thawed(frozen: &AgendaFrozen, record: &Record) -> Drafted {
    let on: BTreeSet<&ItemId> = frozen.items.iter().map(|item| &item.item).collect();
    let all: Vec<AgendaItem> = frozen.items.iter().chain(&frozen.waiting).cloned().collect();
    let day = frozen.items.first().map_or(plaza_domain::day::Day(0), |item| item.since);
    let (items, dropped) = changed(all, record, day);
    let is_on = |item: &AgendaItem| match item.is_chosen {
        Some(is_chosen) => is_chosen,
        None => on.contains(&item.item),
    };
    let (mut items, waiting): (Vec<_>, Vec<_>) = items.into_iter().partition(is_on);
    order(&mut items);
    Drafted { agenda: Agenda { items, waiting }, dropped }
}

/// What was talked about in a meeting that was held: what was on the screen or was closed, and was not put off.
pub(crate) fn talked_about(record: &Record) -> Vec<AgendaItem> {
    let Some((frozen, _)) = &record.frozen else { return Vec::new() };
    let Drafted { agenda, .. } = thawed(frozen, record);
    let all = agenda.items.into_iter().chain(agenda.waiting);
    all.filter(|item| record.was_taken_up(&item.item)).collect()
}

/// Applies what people changed, adds what they wrote themselves, and takes out what they dropped.
fn changed(
    mut items: Vec<AgendaItem>,
    record: &Record,
    day: plaza_domain::day::Day,
) -> (Vec<AgendaItem>, Vec<(AgendaItem, String)>) {
    for (id, (change, _)) in &record.changes {
        if id.as_str().starts_with("own-")
            && let Some(section) = change.section
            && !items.iter().any(|item| item.item == *id)
        {
            let mut item = AgendaItem::found(section, Subject::Own, Reason::Added, day);
            item.item = id.clone();
            items.push(item);
        }
    }
    let mut dropped = Vec::new();
    items.retain_mut(|item| {
        let Some((change, _)) = record.changes.get(&item.item) else { return true };
        apply(item, change);
        match change.dropped.as_ref().filter(|reason| !reason.is_empty()) {
            Some(reason) => {
                dropped.push((item.clone(), reason.clone()));
                false
            }
            None => true,
        }
    });
    (items, dropped)
}

fn apply(item: &mut AgendaItem, change: &ItemChange) {
    if let Some(title) = &change.title {
        item.title.clone_from(title);
    }
    if let Some(section) = change.section {
        item.section = section;
    }
    if let Some(minutes) = change.minutes {
        item.minutes = minutes;
    }
    if let Some(person) = &change.person {
        item.person = Some(person.clone()).filter(|person: &PersonId| !person.0.is_empty());
    }
    if let Some(note) = &change.note {
        item.note.clone_from(note);
    }
    item.rank = change.rank.or(item.rank);
    item.is_chosen = if change.is_unchosen { None } else { change.is_chosen.or(item.is_chosen) };
}

fn check_minutes(minutes: u32) -> Result<()> {
    if (1..=ITEM_MINUTES_MAX).contains(&minutes) {
        Ok(())
    } else {
        Err(EngineError::invalid("minutes", "an item takes 1 to 240 minutes"))
    }
}
