//! Wins: everything that was said of each, and of what suggests one.

use std::collections::BTreeSet;

use plaza_domain::event::{Payload, SignalId, WinId, WinRecorded};
use rusqlite::{Connection, params};

use super::act::{Order, Rank};
use super::said::{self, Said};
use super::{View, thread};
use crate::error::Result;

pub(super) fn said(connection: &Connection, order: &Order, win: &WinId, payload: &Payload) -> Result<()> {
    let (at, acting_for) = said::columns(order);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_win_said (win, at, acting_for, kind, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![win.as_str(), at, acting_for, payload.kind(), said::body(payload)?])?;
    index(connection, win)
}

/// Its last words can be searched, while it stands.
fn index(connection: &Connection, win: &WinId) -> Result<()> {
    let sql = "SELECT at, body FROM view_win_said WHERE win = ?1 \
               AND kind IN ('win_recorded', 'win_withdrawn', 'win_restored') ORDER BY at";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([win.as_str()])?;
    let mut known: Option<(i64, WinRecorded)> = None;
    let mut stands = true;
    while let Some(row) = rows.next()? {
        match said::payload(&row.get::<_, String>(1)?)? {
            Payload::WinRecorded(recorded) => match &mut known {
                Some((_, known)) => known.change(recorded),
                None => known = Some((row.get::<_, Rank>(0)?.stamp().wall_ms, recorded)),
            },
            other => stands = matches!(other, Payload::WinRestored { .. }),
        }
    }
    let Some((at, known)) = known else { return Ok(()) };
    let words = [known.title, known.customer, known.story].map(Option::unwrap_or_default).join("\n");
    thread::index_note(
        connection,
        ("win", win.as_str(), win.as_str()),
        at,
        if stands { words.trim() } else { "" },
    )
}

pub(super) fn dismissed(
    connection: &Connection,
    order: &Order,
    signal: &SignalId,
    is_dismissed: bool,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_win_dismissed (signal, at, is_dismissed) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![signal.as_str(), said::columns(order).0, is_dismissed])?;
    Ok(())
}

impl View<'_> {
    /// The signals of which the last word is that they are no win.
    ///
    /// # Errors
    /// What the database says.
    pub fn dismissed_wins(&self) -> Result<BTreeSet<SignalId>> {
        let sql = "SELECT signal, is_dismissed FROM view_win_dismissed ORDER BY signal, at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut dismissed = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let signal = SignalId(row.get(0)?);
            if row.get(1)? {
                dismissed.insert(signal);
            } else {
                dismissed.remove(&signal);
            }
        }
        Ok(dismissed)
    }

    /// Everything that was said of all wins, one after the other, each in its order.
    ///
    /// # Errors
    /// What the database says.
    pub fn wins(&self) -> Result<Vec<(WinId, Vec<Said>)>> {
        let sql = "SELECT at, acting_for, body, win FROM view_win_said ORDER BY win, at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all: Vec<(WinId, Vec<Said>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let win = WinId(row.get(3)?);
            let said = self.said(row)?;
            match all.last_mut().filter(|last| last.0 == win) {
                Some(last) => last.1.push(said),
                None => all.push((win, vec![said])),
            }
        }
        Ok(all)
    }

    /// Everything that was said of one win, in its order.
    ///
    /// # Errors
    /// What the database says.
    pub fn win(&self, win: &WinId) -> Result<Vec<Said>> {
        let sql = "SELECT at, acting_for, body FROM view_win_said WHERE win = ?1 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([win.as_str()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(self.said(row)?);
        }
        Ok(all)
    }
}
