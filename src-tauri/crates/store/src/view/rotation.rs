//! Rotations and absences: everything that was said of each. What comes of it, the domain says.

use plaza_domain::event::{AbsenceId, AbsenceNoted, DebriefWritten, Payload, PlacementId, RotationId};
use rusqlite::{Connection, params};

use super::act::{Order, Rank};
use super::said::{self, Said};
use super::{View, thread};
use crate::error::Result;

pub(super) fn said(
    connection: &Connection,
    order: &Order,
    rotation: &RotationId,
    payload: &Payload,
) -> Result<()> {
    let (at, acting_for) = said::columns(order);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_rotation_said (rotation, at, acting_for, kind, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![rotation.as_str(), at, acting_for, payload.kind(), said::body(payload)?])?;
    match payload {
        Payload::DebriefWritten(DebriefWritten { placement, .. })
        | Payload::DebriefAnswered { placement, .. } => index_debrief(connection, rotation, placement),
        _ => Ok(()),
    }
}

/// The last words of a debrief can be searched, with all that the host said to it.
fn index_debrief(connection: &Connection, rotation: &RotationId, placement: &PlacementId) -> Result<()> {
    let sql = "SELECT at, body FROM view_rotation_said \
               WHERE rotation = ?1 AND kind IN ('debrief_written', 'debrief_answered') ORDER BY at";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([rotation.as_str()])?;
    let mut last: Option<(i64, DebriefWritten)> = None;
    let mut answers = Vec::new();
    while let Some(row) = rows.next()? {
        let at = row.get::<_, Rank>(0)?.stamp().wall_ms;
        match said::payload(&row.get::<_, String>(1)?)? {
            Payload::DebriefWritten(debrief) if debrief.placement == *placement => {
                last = Some((last.map_or(at, |last| last.0), debrief));
            }
            Payload::DebriefAnswered { placement: of, text, .. } if of == *placement => answers.push(text),
            _ => {}
        }
    }
    let Some((at, debrief)) = last else { return Ok(()) };
    let mut texts = vec![debrief.saw, debrief.surprised, debrief.change];
    texts.append(&mut answers);
    let text = texts.join("\n");
    thread::index_note(connection, ("debrief", placement.as_str(), rotation.as_str()), at, &text)
}

pub(super) fn absence(
    connection: &Connection,
    order: &Order,
    absence: &AbsenceId,
    payload: &Payload,
) -> Result<()> {
    let (at, acting_for) = said::columns(order);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_absence_said (absence, at, acting_for, kind, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![absence.as_str(), at, acting_for, payload.kind(), said::body(payload)?])?;
    Ok(())
}

impl View<'_> {
    /// Everything that was said of all rotations, one after the other, each in its order.
    ///
    /// # Errors
    /// What the database says.
    pub fn rotations(&self) -> Result<Vec<(RotationId, Vec<Said>)>> {
        let sql = "SELECT at, acting_for, body, rotation FROM view_rotation_said ORDER BY rotation, at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all: Vec<(RotationId, Vec<Said>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let rotation = RotationId(row.get(3)?);
            let said = self.said(row)?;
            match all.last_mut().filter(|last| last.0 == rotation) {
                Some(last) => last.1.push(said),
                None => all.push((rotation, vec![said])),
            }
        }
        Ok(all)
    }

    /// Everything that was said of one rotation, in its order.
    ///
    /// # Errors
    /// What the database says.
    pub fn rotation(&self, rotation: &RotationId) -> Result<Vec<Said>> {
        let sql = "SELECT at, acting_for, body FROM view_rotation_said WHERE rotation = ?1 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([rotation.as_str()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(self.said(row)?);
        }
        Ok(all)
    }

    /// The absences that stand, the earliest first. The last word on each counts.
    ///
    /// # Errors
    /// What the database says.
    pub fn absences(&self) -> Result<Vec<AbsenceNoted>> {
        let sql = "SELECT body, max(at) FROM view_absence_said GROUP BY absence ORDER BY absence";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            if let Payload::AbsenceNoted(noted) = said::payload(&row.get::<_, String>(0)?)? {
                all.push(noted);
            }
        }
        all.sort_by(|a, b| (a.from, &a.absence).cmp(&(b.from, &b.absence)));
        Ok(all)
    }
}
