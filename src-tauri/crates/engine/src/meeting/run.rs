//! A meeting while it is held. Every word is in the ledger, on the disk, before the next is spoken: a crash in the middle
//! loses nothing.

use plaza_domain::event::{
    Attendance, Closing, ItemId, MeetingId, Met, NoteId, NoteWritten, Payload, RoundSaid, Way, WinCelebrated,
};
use plaza_domain::meeting::Subject;
use plaza_domain::person::PersonId;

use super::set::Meeting;
use crate::error::{EngineError, Result};
use crate::page::meeting::MeetingState;
use crate::promise::{TEXT_CHARS_MAX, new_id};
use crate::workspace::Workspace;

/// Letters of a person's word in the closing round.
const WORD_CHARS_MAX: usize = 500;

/// Minutes by which an item may be extended at once.
const EXTEND_MAX: u32 = 60;

impl Workspace {
    /// Begins a meeting, or goes on with one that had ended by mistake. An agenda that was not frozen is frozen now.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] for one that is under way or was cancelled.
    pub fn begin_meeting(&self, meeting: &MeetingId) -> Result<()> {
        let known = self.meeting(meeting)?;
        if matches!(known.state, MeetingState::Running | MeetingState::Cancelled) {
            return Err(EngineError::Conflict { what: "the meeting" });
        }
        let mut payloads = Vec::new();
        if known.record.frozen.is_none() {
            payloads.push(self.frozen(&known)?);
        }
        let facilitator = self.facilitator_of(&self.meeting_plan()?, &known)?;
        let facilitator = match facilitator {
            Some(person) => Some(person),
            None => self.actor()?.map(|person| person.id),
        };
        payloads.push(Payload::MeetingBegun { meeting: known.id, facilitator });
        self.act(payloads)?;
        Ok(())
    }

    /// Ends a meeting.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] for one that is not under way.
    pub fn end_meeting(&self, meeting: &MeetingId) -> Result<()> {
        let known = self.running(meeting)?;
        self.act([Payload::MeetingEnded { meeting: known.id }])?;
        Ok(())
    }

    /// Stops the clock of a meeting, or lets it go on. What is so already stays so.
    ///
    /// # Errors
    /// As [`Workspace::end_meeting`].
    pub fn pause_meeting(&self, meeting: &MeetingId, is_paused: bool) -> Result<()> {
        let known = self.running(meeting)?;
        let was_paused = known.record.course(self.now_ms()).paused_since.is_some();
        let meeting = known.id;
        match (was_paused, is_paused) {
            (false, true) => drop(self.act([Payload::MeetingPaused { meeting }])?),
            (true, false) => drop(self.act([Payload::MeetingResumed { meeting }])?),
            (true, true) | (false, false) => {}
        }
        Ok(())
    }

    /// Takes an item up.
    ///
    /// # Errors
    /// As [`Workspace::end_meeting`]; [`EngineError::NotFound`] for one that is not on the agenda.
    pub fn enter_item(&self, meeting: &MeetingId, item: &ItemId) -> Result<()> {
        let known = self.running(meeting)?;
        self.on_agenda(&known, item)?;
        self.act([Payload::ItemEntered { meeting: known.id, item: item.clone() }])?;
        Ok(())
    }

    /// Gives an item more time.
    ///
    /// # Errors
    /// As [`Workspace::enter_item`]; [`EngineError::Invalid`] for no minutes, or more than an hour.
    pub fn extend_item(&self, meeting: &MeetingId, item: &ItemId, minutes: u32) -> Result<()> {
        let known = self.running(meeting)?;
        self.on_agenda(&known, item)?;
        if !(1..=EXTEND_MAX).contains(&minutes) {
            return Err(EngineError::invalid("minutes", "extend it by 1 to 60 minutes"));
        }
        self.act([Payload::ItemExtended { meeting: known.id, item: item.clone(), minutes }])?;
        Ok(())
    }

    /// Ends an item, or with no closing opens it again. A win is celebrated by its item's end, and by that alone.
    ///
    /// # Errors
    /// As [`Workspace::enter_item`].
    pub fn close_item(&self, meeting: &MeetingId, item: &ItemId, closing: Option<Closing>) -> Result<()> {
        let known = self.running(meeting)?;
        let drafted = self.agenda(&self.meeting_plan()?, &known)?;
        let subject = drafted.item(item).map(|item| item.subject.clone());
        let subject =
            subject.ok_or_else(|| EngineError::NotFound { noun: "agenda item", name: item.to_string() })?;
        let mut payloads = vec![Payload::ItemClosed { meeting: known.id, item: item.clone(), closing }];
        let is_through = matches!(closing, Some(Closing::Done | Closing::Understood));
        if let Subject::Win { win } = &subject {
            // Said every time, also where it was so: what another device said meanwhile may differ.
            let celebrated = WinCelebrated { win: win.clone(), meeting: meeting.clone(), is_on: is_through };
            payloads.push(Payload::WinCelebrated(celebrated));
        }
        if let (Subject::Thread { thread }, true) = (subject, is_through) {
            // Whoever was there has met about it: the thread says so, and goes in circles no more.
            let present = known.record.attendance.iter();
            let people =
                present.filter(|(_, one)| **one == Attendance::Present).map(|(person, _)| person.clone());
            let met = Met { thread, way: Way::Agenda, people: people.collect(), words: String::new() };
            payloads.push(Payload::Met(met));
        }
        self.act(payloads)?;
        Ok(())
    }

    /// Notes whether a person is there.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] for a meeting that has not begun; [`EngineError::Invalid`] for somebody unknown.
    pub fn note_attendance(
        &self,
        meeting: &MeetingId,
        person: &str,
        attendance: Option<Attendance>,
    ) -> Result<()> {
        let known = self.begun(meeting)?;
        let person = self.somebody(person)?;
        self.act([Payload::AttendanceNoted { meeting: known.id, person, attendance }])?;
        Ok(())
    }

    /// Writes, changes or takes away a note; under no item it lies in the parking lot.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] for a meeting that has not begun; [`EngineError::Invalid`] for a new note without words
    /// or one that is too long; [`EngineError::NotFound`] for a note or an item that is not there.
    pub fn write_note(
        &self,
        meeting: &MeetingId,
        item: Option<ItemId>,
        note: Option<NoteId>,
        text: &str,
    ) -> Result<NoteId> {
        let known = self.begun(meeting)?;
        let text = text.trim();
        if text.chars().count() > TEXT_CHARS_MAX {
            return Err(EngineError::invalid("text", format!("say it in at most {TEXT_CHARS_MAX} letters")));
        }
        if let Some(item) = &item {
            self.on_agenda(&known, item)?;
        }
        let note = match note {
            Some(note) if known.record.note_of(&note).is_some() => note,
            Some(note) => return Err(EngineError::NotFound { noun: "note", name: note.to_string() }),
            None if text.is_empty() => return Err(EngineError::invalid("text", "say what")),
            None => NoteId(new_id()?),
        };
        let written = NoteWritten { meeting: known.id, item, note: note.clone(), text: text.to_owned() };
        self.act([Payload::NoteWritten(written)])?;
        Ok(note)
    }

    /// Writes down a person's word in the closing round.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] for a meeting that has not begun; [`EngineError::Invalid`] for a rating that is not 1 to
    /// 10, or a word that is too long.
    pub fn say_in_round(
        &self,
        meeting: &MeetingId,
        person: &str,
        rating: Option<u8>,
        word: &str,
    ) -> Result<()> {
        let known = self.begun(meeting)?;
        let person = self.somebody(person)?;
        if rating.is_some_and(|rating| !(1..=10).contains(&rating)) {
            return Err(EngineError::invalid("rating", "from 1 to 10"));
        }
        let word = word.trim();
        if word.chars().count() > WORD_CHARS_MAX {
            return Err(EngineError::invalid("word", format!("say it in at most {WORD_CHARS_MAX} letters")));
        }
        let said = RoundSaid { meeting: known.id, person, rating, word: word.to_owned() };
        self.act([Payload::RoundSaid(said)])?;
        Ok(())
    }

    fn running(&self, meeting: &MeetingId) -> Result<Meeting> {
        let known = self.meeting(meeting)?;
        if known.record.is_running() { Ok(known) } else { Err(EngineError::Conflict { what: "the meeting" }) }
    }

    fn begun(&self, meeting: &MeetingId) -> Result<Meeting> {
        let known = self.meeting(meeting)?;
        if known.record.began_at.is_some() {
            Ok(known)
        } else {
            Err(EngineError::Conflict { what: "the meeting" })
        }
    }

    fn on_agenda(&self, meeting: &Meeting, item: &ItemId) -> Result<()> {
        let drafted = self.agenda(&self.meeting_plan()?, meeting)?;
        match drafted.item(item) {
            Some(_) => Ok(()),
            None => Err(EngineError::NotFound { noun: "agenda item", name: item.to_string() }),
        }
    }

    /// A person of this workspace, here or not any more: minutes speak of people who have left since.
    fn somebody(&self, person: &str) -> Result<PersonId> {
        let id = PersonId(person.to_owned());
        match self.view(|view| view.person(&id))? {
            Some(_) => Ok(id),
            None => Err(EngineError::invalid("person", "choose a person of this workspace")),
        }
    }
}
