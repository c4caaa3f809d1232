//! Threads: everything that was said in them, and what lists need of it.

mod list;
mod search;
mod summary;

use plaza_domain::event::{DeviceId, Payload, SplitOverridden, ThreadId};
use rusqlite::{Connection, params};

pub use list::{Inbox, MarkedThread, ThreadPage, ThreadRow};
pub use search::Hit;
pub(super) use search::{create as create_index, drop_index, index_note};

use super::act::{Act, Order, Rank};
use super::said::{self, Said};
use super::{View, from_json, to_json};
use crate::error::Result;

/// Keeps what was said. What lists need of it is made anew by [`settle`], once for everything that was said at once.
pub(super) fn said(
    connection: &Connection,
    order: &Order,
    thread: &ThreadId,
    payload: &Payload,
) -> Result<()> {
    let (at, acting_for) = said::columns(order);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_thread_said (thread, at, acting_for, kind, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![thread.as_str(), at, acting_for, payload.kind(), said::body(payload)?])?;
    stale(connection, thread.as_str())
}

fn stale(connection: &Connection, thread: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO stale_thread (thread) VALUES (?1)")?
        .execute([thread])?;
    Ok(())
}

/// Somebody said whose a device was from a moment on: what was said on it after that moment is theirs now.
pub(super) fn profile_chosen(connection: &Connection, order: &Order, device: DeviceId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO stale_thread (thread) SELECT DISTINCT thread FROM view_thread_said \
             WHERE at > ?1 AND acting_for IS NULL AND substr(at, 13, 32) = ?2",
        )?
        .execute(params![order.rank, device.0])?;
    Ok(())
}

/// Makes anew what lists need of the threads of which something was said.
pub(super) fn settle(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare_cached("SELECT thread FROM stale_thread")?;
    let threads: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for thread in threads {
        summary::refresh(connection, &ThreadId(thread))?;
    }
    connection.prepare_cached("DELETE FROM stale_thread")?.execute([])?;
    Ok(())
}

pub(super) fn overridden(connection: &Connection, order: &Order, split: &SplitOverridden) -> Result<()> {
    let (at, acting_for) = said::columns(order);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_split (integration, order_number, line, at, acting_for, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            split.integration.as_str(),
            split.order,
            split.line,
            at,
            acting_for,
            to_json("view_split.body", split)?
        ])?;
    Ok(())
}

impl View<'_> {
    /// Everything that was said in a thread, in its order; nothing where there is no such thread.
    ///
    /// # Errors
    /// What the database says.
    pub fn thread(&self, thread: &ThreadId) -> Result<Vec<Said>> {
        let sql = "SELECT at, acting_for, body FROM view_thread_said WHERE thread = ?1 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([thread.as_str()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(self.said(row)?);
        }
        Ok(all)
    }

    /// Every word on how the lateness of an integration's order lines is split, in its order; the last one of a line
    /// counts. All integrations where none is named.
    ///
    /// # Errors
    /// What the database says.
    pub fn splits(&self, integration: Option<&str>) -> Result<Vec<(SplitOverridden, Act)>> {
        let sql =
            "SELECT at, acting_for, body FROM view_split WHERE ?1 IS NULL OR integration = ?1 ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([integration])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let body: String = row.get(2)?;
            all.push((from_json("view_split.body", &body)?, self.act(row.get::<_, Rank>(0)?, row.get(1)?)?));
        }
        Ok(all)
    }
}
