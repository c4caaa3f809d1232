//! The weekly meeting: how it is set up, and everything that was said of each one.

use plaza_domain::event::{MeetingId, MeetingSet, NoteId, Payload};
use rusqlite::{Connection, params};

use super::act::{Act, Order, Rank};
use super::said::{self, Said};
use super::{View, from_json, thread, to_json};
use crate::error::Result;

const PLACE: &str = "view_meeting_set.body";

pub(super) fn set(connection: &Connection, order: &Order, set: &MeetingSet) -> Result<()> {
    let (at, acting_for) = said::columns(order);
    connection
        .prepare_cached("INSERT OR IGNORE INTO view_meeting_set (at, acting_for, body) VALUES (?1, ?2, ?3)")?
        .execute(params![at, acting_for, to_json(PLACE, set)?])?;
    Ok(())
}

pub(super) fn said(
    connection: &Connection,
    order: &Order,
    meeting: &MeetingId,
    payload: &Payload,
) -> Result<()> {
    let (at, acting_for) = said::columns(order);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_meeting_said (meeting, at, acting_for, kind, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![meeting.as_str(), at, acting_for, payload.kind(), said::body(payload)?])?;
    match payload {
        Payload::NoteWritten(written) => index_note(connection, meeting, &written.note),
        Payload::MinutesEdited(_) => index_minutes(connection, meeting),
        _ => Ok(()),
    }
}

/// The last word of a note can be searched.
fn index_note(connection: &Connection, meeting: &MeetingId, note: &NoteId) -> Result<()> {
    let mut last = None;
    words(connection, meeting, "note_written", |rank, payload| {
        if let Payload::NoteWritten(written) = payload
            && written.note == *note
        {
            last = Some((rank.stamp().wall_ms, written.text));
        }
    })?;
    let Some((at, text)) = last else { return Ok(()) };
    thread::index_note(connection, ("note", note.as_str(), meeting.as_str()), at, &text)
}

/// What was written into the minutes can be searched, as one text.
fn index_minutes(connection: &Connection, meeting: &MeetingId) -> Result<()> {
    let mut texts = std::collections::BTreeMap::new();
    let mut at = 0;
    words(connection, meeting, "minutes_edited", |rank, payload| {
        if let Payload::MinutesEdited(edited) = payload {
            at = rank.stamp().wall_ms;
            texts.insert(edited.item, edited.text);
        }
    })?;
    let text = texts.into_values().collect::<Vec<_>>().join("\n");
    thread::index_note(connection, ("minutes", meeting.as_str(), meeting.as_str()), at, &text)
}

fn words(
    connection: &Connection,
    meeting: &MeetingId,
    kind: &str,
    mut hear: impl FnMut(Rank, Payload),
) -> Result<()> {
    let sql = "SELECT at, body FROM view_meeting_said WHERE meeting = ?1 AND kind = ?2 ORDER BY at";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([meeting.as_str(), kind])?;
    while let Some(row) = rows.next()? {
        hear(row.get(0)?, said::payload(&row.get::<_, String>(1)?)?);
    }
    Ok(())
}

impl View<'_> {
    /// Every version of how the weekly meeting is set up, the one in force last.
    ///
    /// # Errors
    /// What the database says.
    pub fn meeting_sets(&self) -> Result<Vec<(MeetingSet, Act)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT at, acting_for, body FROM view_meeting_set ORDER BY at")?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let set = from_json(PLACE, &row.get::<_, String>(2)?)?;
            all.push((set, self.act(row.get(0)?, row.get(1)?)?));
        }
        Ok(all)
    }

    /// Everything that was said of one meeting, in its order.
    ///
    /// # Errors
    /// What the database says.
    pub fn meeting(&self, meeting: &MeetingId) -> Result<Vec<Said>> {
        let sql = "SELECT at, acting_for, body FROM view_meeting_said WHERE meeting = ?1 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([meeting.as_str()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(self.said(row)?);
        }
        Ok(all)
    }

    /// The meetings of which something of these kinds was said (all kinds where none is named), the earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn meetings(&self, kinds: &[&str]) -> Result<Vec<MeetingId>> {
        let wanted = serde_json::to_string(kinds).unwrap_or_default();
        let sql = "SELECT DISTINCT meeting FROM view_meeting_said \
                   WHERE ?1 = '[]' OR kind IN (SELECT value FROM json_each(?1)) ORDER BY meeting";
        let mut statement = self.connection.prepare_cached(sql)?;
        let meetings = statement.query_map([wanted], |row| row.get(0).map(MeetingId))?;
        Ok(meetings.collect::<rusqlite::Result<_>>()?)
    }

    /// What was said of all meetings, of these kinds, meeting by meeting and in its order.
    ///
    /// # Errors
    /// What the database says.
    pub fn meetings_said(&self, kinds: &[&str]) -> Result<Vec<(MeetingId, Said)>> {
        let wanted = serde_json::to_string(kinds).unwrap_or_default();
        let sql = "SELECT at, acting_for, body, meeting FROM view_meeting_said \
                   WHERE kind IN (SELECT value FROM json_each(?1)) ORDER BY meeting, at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([wanted])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push((MeetingId(row.get(3)?), self.said(row)?));
        }
        Ok(all)
    }
}
