//! The minutes: they write themselves from what was said, people add words, and what was sent stays as it was.

use plaza_domain::event::{ItemId, MeetingId, MinutesEdited, MinutesSent, Payload};
use plaza_domain::language::Language;

use crate::error::{EngineError, Result};
use crate::page::meeting::MinutesView;
use crate::workspace::Workspace;

/// Letters of the words above all, and of those under an item.
const CHARS_MAX: usize = 20_000;

impl Workspace {
    /// Changes the minutes' own words: above all, or under an item; without words they are taken away.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] for a meeting that has not begun; [`EngineError::Invalid`] for a text that is too long;
    /// [`EngineError::NotFound`] for an item that is not on its agenda.
    pub fn edit_minutes(&self, meeting: &MeetingId, item: Option<ItemId>, text: &str) -> Result<()> {
        let known = self.meeting(meeting)?;
        if known.record.began_at.is_none() {
            return Err(EngineError::Conflict { what: "the meeting" });
        }
        let text = text.trim();
        if text.chars().count() > CHARS_MAX {
            return Err(EngineError::invalid("text", format!("say it in at most {CHARS_MAX} letters")));
        }
        if let Some(item) = &item
            && self.agenda(&self.meeting_plan()?, &known)?.item(item).is_none()
        {
            return Err(EngineError::NotFound { noun: "agenda item", name: item.to_string() });
        }
        let edited = MinutesEdited { meeting: known.id, item, text: text.to_owned() };
        self.act([Payload::MinutesEdited(edited)])?;
        Ok(())
    }

    /// Sends the minutes as they are; answers their version.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] for a meeting that has not ended, or where nothing changed since they were last sent.
    pub fn send_minutes(&self, meeting: &MeetingId, language: Language) -> Result<u32> {
        let known = self.meeting(meeting)?;
        if known.record.ended_at.is_none() {
            return Err(EngineError::Conflict { what: "the meeting" });
        }
        let minutes = MinutesView::read(self, meeting, language)?;
        let version = known.record.sent.last().map_or(1, |(sent, _)| sent.version + 1);
        if version > 1 && !minutes.is_changed {
            return Err(EngineError::Conflict { what: "nothing in the minutes" });
        }
        let body = minutes.kept();
        self.act([Payload::MinutesSent(MinutesSent { meeting: known.id, version, body })])?;
        Ok(version)
    }
}
