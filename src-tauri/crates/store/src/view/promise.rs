//! Decisions, needs and commitments: everything that was said of each.

use plaza_domain::event::Payload;
use rusqlite::{Connection, params};

use super::act::{Order, Rank};
use super::said::{self, Said};
use super::{View, thread};
use crate::error::Result;

/// What is promised, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// A decision.
    Decision,
    /// A need.
    Need,
    /// A commitment.
    Commitment,
}

impl Promise {
    const fn word(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Need => "need",
            Self::Commitment => "commitment",
        }
    }
}

pub(super) fn said(
    connection: &Connection,
    order: &Order,
    (noun, id): (Promise, &str),
    payload: &Payload,
) -> Result<()> {
    let (at, acting_for) = said::columns(order);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_promise_said (noun, id, at, acting_for, kind, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![noun.word(), id, at, acting_for, payload.kind(), said::body(payload)?])?;
    index(connection, noun, id)
}

/// Its last words can be searched, until it is taken back.
fn index(connection: &Connection, noun: Promise, id: &str) -> Result<()> {
    let sql = "SELECT at, body FROM view_promise_said WHERE noun = ?1 AND id = ?2 ORDER BY at";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([noun.word(), id])?;
    let mut last: Option<(i64, String, String)> = None;
    while let Some(row) = rows.next()? {
        let at = row.get::<_, Rank>(0)?.stamp().wall_ms;
        let (said_in, text) = match said::payload(&row.get::<_, String>(1)?)? {
            Payload::DecisionTaken(taken) => (taken.said_in, taken.text),
            Payload::NeedAsked(asked) => (asked.said_in, asked.text),
            Payload::CommitmentMade(made) => (made.said_in, made.text),
            Payload::DecisionWithdrawn { .. }
            | Payload::NeedWithdrawn { .. }
            | Payload::CommitmentWithdrawn { .. } => {
                if let Some(last) = &mut last {
                    last.2.clear();
                }
                continue;
            }
            _ => continue,
        };
        let place = said_in.meeting.map(|meeting| meeting.0).unwrap_or_default();
        last = Some((last.map_or(at, |last| last.0), place, text));
    }
    let Some((at, place, text)) = last else { return Ok(()) };
    thread::index_note(connection, (noun.word(), id, &place), at, &text)
}

impl View<'_> {
    /// Everything that was said of all decisions (needs, commitments), one after the other, each in its order.
    ///
    /// # Errors
    /// What the database says.
    pub fn promises(&self, noun: Promise) -> Result<Vec<(String, Vec<Said>)>> {
        let sql = "SELECT at, acting_for, body, id FROM view_promise_said WHERE noun = ?1 ORDER BY id, at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([noun.word()])?;
        let mut all: Vec<(String, Vec<Said>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(3)?;
            let said = self.said(row)?;
            match all.last_mut().filter(|last| last.0 == id) {
                Some(last) => last.1.push(said),
                None => all.push((id, vec![said])),
            }
        }
        Ok(all)
    }

    /// Everything that was said of one, in its order.
    ///
    /// # Errors
    /// What the database says.
    pub fn promise(&self, noun: Promise, id: &str) -> Result<Vec<Said>> {
        let sql =
            "SELECT at, acting_for, body FROM view_promise_said WHERE noun = ?1 AND id = ?2 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([noun.word(), id])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(self.said(row)?);
        }
        Ok(all)
    }
}
