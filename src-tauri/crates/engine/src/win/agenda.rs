//! Wins on agendas: of themselves while they are new, and whenever somebody puts one there.

use plaza_domain::event::{Closing, Payload, WinId};
use plaza_domain::meeting::Subject;

use super::Win;
use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// A win that was recorded longer ago than this many days comes onto no agenda by itself: nobody is made to cheer for what
/// they have forgotten.
const WIN_DAYS: i32 = 28;

impl Workspace {
    /// Puts a win onto the next agenda, whenever it was recorded and whatever became of it there.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for one that was celebrated, or comes onto the next agenda anyhow;
    /// [`EngineError::NotFound`].
    pub fn win_to_agenda(&self, win: &WinId) -> Result<()> {
        let win = self.win(win)?;
        if !win.celebrated.is_empty() {
            return Err(EngineError::invalid("win", "this win was celebrated already"));
        }
        if self.win_waits(&win)? {
            return Err(EngineError::invalid("win", "this win waits for the next meeting already"));
        }
        self.act([Payload::WinForAgenda { win: win.id }])?;
        Ok(())
    }

    /// Whether a win waits for the next meeting.
    pub(crate) fn win_waits(&self, win: &Win) -> Result<bool> {
        let item = Subject::Win { win: win.id.clone() }.item();
        let held = self.held_meetings()?;
        let mut closings = held.iter().rev().filter_map(|(_, record)| {
            let closing = record.closings.get(&item)?;
            Some((closing, record.began_at.unwrap_or_default()))
        });
        let through = closings.next().filter(|(closing, _)| **closing != Closing::NextTime);
        self.comes_up(win, through.map(|(_, began_ms)| began_ms))
    }

    /// Whether a win comes onto agendas: while no meeting celebrated it, it is new and none talked it through, or somebody
    /// put it there since. `through_ms` is when the meeting that talked it through began, milliseconds since 1970 UTC.
    pub(crate) fn comes_up(&self, win: &Win, through_ms: Option<i64>) -> Result<bool> {
        if !win.celebrated.is_empty() {
            return Ok(false);
        }
        Ok(match (win.for_agenda, through_ms) {
            (Some(asked_ms), Some(through_ms)) => asked_ms > through_ms,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => {
                let recorded = self.settings()?.time_zone.day_at(win.act.at.wall_ms);
                recorded >= self.today()?.plus(-WIN_DAYS)
            }
        })
    }
}
