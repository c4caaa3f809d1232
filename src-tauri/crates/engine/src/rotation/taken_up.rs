//! What a debrief becomes: a need, a thread, an item of the next agenda. One click each; the words are those of the debrief,
//! and can be put otherwise where they arrive.

use plaza_domain::event::{
    Anchor, DebriefInto, NeedAsked, NeedId, Payload, PlacementId, RotationId, SaidIn, ThreadCause, ThreadId,
    ThreadOpened,
};
use plaza_domain::language::Language;
use plaza_domain::rotation::{Rotation, Visit, Written};

use super::visit;
use crate::error::{EngineError, Result};
use crate::promise::{TEXT_CHARS_MAX, new_id, text_of};
use crate::thread::picture;
use crate::workspace::Workspace;

/// By when what a debrief asks for is wanted, days: two meetings ahead. Whoever answers may offer another day.
const NEED_DAYS: i32 = 14;

/// Letters of a thread's question.
const QUESTION_CHARS_MAX: usize = 500;

/// Becoming the same twice would ask the same people twice.
fn once(is_there: bool, reason: &str) -> Result<()> {
    if is_there { Err(EngineError::invalid("debrief", reason)) } else { Ok(()) }
}

impl Workspace {
    /// What the visitor would change becomes a need of their department to the host.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a debrief that does not say what the visitor would change, that became a need which
    /// stands, or while nobody has said who they are; [`EngineError::NotFound`].
    pub fn debrief_to_need(&self, rotation: &RotationId, placement: &PlacementId) -> Result<NeedId> {
        self.somebody_acts()?;
        let known = self.rotation(rotation)?;
        let (visit, debrief) = written(&known, placement)?;
        once(self.need_of(visit)?.is_some(), "this debrief became a need already")?;
        if debrief.change.trim().is_empty() {
            return Err(EngineError::invalid(
                "change",
                "the debrief does not say what its visitor would change",
            ));
        }
        let text = text_of("change", &debrief.change, TEXT_CHARS_MAX)?;
        let need = NeedId(new_id()?);
        let asked = NeedAsked {
            need: need.clone(),
            said_in: SaidIn::default(),
            from: visit.placed.home.clone(),
            to: visit.placed.host.clone(),
            text,
            by: self.today()?.plus(NEED_DAYS),
        };
        let into = DebriefInto::Need { need: need.clone() };
        self.act([Payload::NeedAsked(asked), taken_up(rotation, placement, into)])?;
        Ok(need)
    }

    /// A debrief becomes a thread: those whom it concerns are asked what to make of it.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a debrief that became a thread already, or while nobody has said who they are;
    /// [`EngineError::NotFound`].
    pub fn debrief_to_thread(&self, rotation: &RotationId, placement: &PlacementId) -> Result<ThreadId> {
        let me = self.somebody_acts()?;
        let known = self.rotation(rotation)?;
        let (visit, debrief) = written(&known, placement)?;
        once(thread_of(visit).is_some(), "this debrief became a thread already")?;
        let said = [&debrief.change, &debrief.surprised, &debrief.saw];
        let words = said.into_iter().find(|text| !text.trim().is_empty()).map_or("", |text| text.trim());
        let question = shortened(words);
        let anchor = Anchor::Debrief { rotation: rotation.clone(), placement: placement.clone() };
        let seen = picture(self, &anchor, Language::En)?;
        let mut people: std::collections::BTreeSet<_> =
            seen.owners.into_iter().map(|(person, _)| person).collect();
        people.remove(&me);
        let thread = ThreadId(new_id()?);
        let opened = ThreadOpened {
            thread: thread.clone(),
            cause: ThreadCause::Flag,
            anchor,
            question,
            seen: seen.seen,
            people,
            departments: seen.departments,
        };
        let into = DebriefInto::Thread { thread: thread.clone() };
        self.act([Payload::ThreadOpened(opened), taken_up(rotation, placement, into)])?;
        self.ledger().mark_read(&me, &thread, true)?;
        Ok(thread)
    }

    /// A debrief goes onto the next agenda, whenever it was written.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for one that waits for the next meeting already, or while nobody has said who they are;
    /// [`EngineError::NotFound`].
    pub fn debrief_to_agenda(&self, rotation: &RotationId, placement: &PlacementId) -> Result<()> {
        self.somebody_acts()?;
        let known = self.rotation(rotation)?;
        let (visit, _) = written(&known, placement)?;
        let held = if asked_for_agenda(visit).is_some() { self.last_meeting()? } else { None };
        once(waits_for_agenda(visit, held), "this debrief waits for the next meeting already")?;
        self.act([taken_up(rotation, placement, DebriefInto::Agenda)])?;
        Ok(())
    }

    /// The need that a debrief became, as long as it stands.
    pub(crate) fn need_of(&self, visit: &Visit) -> Result<Option<NeedId>> {
        for one in visit.taken_up.iter().rev() {
            let DebriefInto::Need { need } = &one.what else { continue };
            match self.need(need.as_str()) {
                Ok(_) => return Ok(Some(need.clone())),
                // It was taken back.
                Err(EngineError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// When the last meeting that was held ended, milliseconds since 1970 UTC.
    pub(crate) fn last_meeting(&self) -> Result<Option<i64>> {
        let held = self.held_meetings()?;
        Ok(held.into_iter().filter_map(|(_, record)| record.ended_at).max())
    }
}

/// Whether somebody put a debrief onto an agenda after the last meeting, of which the end is given.
pub(crate) fn waits_for_agenda(visit: &Visit, last_meeting: Option<i64>) -> bool {
    asked_for_agenda(visit).is_some_and(|asked_at| last_meeting.is_none_or(|ended_at| ended_at < asked_at))
}

/// The thread that a debrief became.
pub(crate) fn thread_of(visit: &Visit) -> Option<&ThreadId> {
    visit.taken_up.iter().rev().find_map(|one| match &one.what {
        DebriefInto::Thread { thread } => Some(thread),
        DebriefInto::Need { .. } | DebriefInto::Agenda => None,
    })
}

/// When a debrief was last put onto an agenda, milliseconds since 1970 UTC.
pub(crate) fn asked_for_agenda(visit: &Visit) -> Option<i64> {
    let asked = visit.taken_up.iter().filter(|one| one.what == DebriefInto::Agenda);
    asked.map(|one: &Written<DebriefInto>| one.at.wall_ms).max()
}

fn written<'a>(
    rotation: &'a Rotation,
    placement: &PlacementId,
) -> Result<(&'a Visit, &'a plaza_domain::event::DebriefWritten)> {
    let visit = visit(rotation, placement.as_str())?;
    let debrief = visit.debrief.as_ref().map(|debrief| &debrief.what);
    let debrief =
        debrief.ok_or_else(|| EngineError::NotFound { noun: "debrief", name: placement.to_string() })?;
    Ok((visit, debrief))
}

fn taken_up(rotation: &RotationId, placement: &PlacementId, into: DebriefInto) -> Payload {
    Payload::DebriefTakenUp { rotation: rotation.clone(), placement: placement.clone(), into }
}

/// A text as a question, cut where it is long.
fn shortened(text: &str) -> String {
    if text.chars().count() <= QUESTION_CHARS_MAX {
        return text.to_owned();
    }
    let cut: String = text.chars().take(QUESTION_CHARS_MAX - 1).collect();
    format!("{}…", cut.trim_end())
}
