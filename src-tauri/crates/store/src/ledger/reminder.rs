//! What this device reminds its person of, and of what it has: kept on this device, never said.

use std::collections::BTreeSet;

use plaza_domain::person::PersonId;
use plaza_domain::reminder::{ReminderSettings, Told};
use rusqlite::{OptionalExtension, params};

use super::Ledger;
use super::row::Position;
use crate::error::{Result, StoreError};

const PLACE: &str = "reminder_setting.body";

/// How long it is remembered when something was said, milliseconds: what counts is a day, and a day may have 25 hours.
const SENT_KEPT_MS: i64 = 3 * 86_400_000;

impl Ledger {
    /// What this device reminds of; nothing where nobody has said anything yet.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; what the database says.
    pub fn reminder_settings(&self) -> Result<Option<ReminderSettings>> {
        let body: Option<String> = self.database.read(|connection| {
            let sql = "SELECT body FROM reminder_setting WHERE id = 1";
            Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?)
        })?;
        body.map(|body| serde_json::from_str(&body).map_err(|fault| damaged(&fault))).transpose()
    }

    /// Keeps what this device reminds of.
    ///
    /// # Errors
    /// What the database says.
    pub fn keep_reminder_settings(&self, settings: &ReminderSettings) -> Result<()> {
        let body = serde_json::to_string(settings).map_err(|fault| damaged(&fault))?;
        self.database.write(|tx| {
            tx.execute("INSERT OR REPLACE INTO reminder_setting (id, body) VALUES (1, ?1)", [body])?;
            Ok(())
        })
    }

    /// Of what a person was reminded on this device, and when anybody was.
    ///
    /// # Errors
    /// What the database says.
    pub fn reminders_told(&self, person: &PersonId) -> Result<Told> {
        self.database.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT matter FROM reminder_told WHERE person = ?1")?;
            let keys =
                statement.query_map([&person.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let mut statement = connection.prepare_cached("SELECT at FROM reminder_sent ORDER BY at")?;
            let sent = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            Ok(Told { keys, sent })
        })
    }

    /// Notes of what a person was reminded, or what they have seen; `sent` where something was said (milliseconds since
    /// 1970 UTC). What does not wait any more (`waiting` names what does) is forgotten, so that it reminds anew if it comes
    /// back.
    ///
    /// # Errors
    /// What the database says; nothing is noted then.
    pub fn note_reminders(
        &self,
        person: &PersonId,
        told: &[String],
        waiting: &BTreeSet<String>,
        sent: Option<i64>,
        now_ms: i64,
    ) -> Result<()> {
        let waiting = serde_json::to_string(waiting).map_err(|fault| damaged(&fault))?;
        self.database.write(|tx| {
            for matter in told {
                tx.prepare_cached(
                    "INSERT OR IGNORE INTO reminder_told (person, matter, at) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![person.0, matter, now_ms])?;
            }
            tx.prepare_cached(
                "DELETE FROM reminder_told WHERE person = ?1 AND matter NOT IN (SELECT value FROM json_each(?2))",
            )?
            .execute(params![person.0, waiting])?;
            if let Some(sent) = sent {
                tx.prepare_cached("INSERT OR IGNORE INTO reminder_sent (at) VALUES (?1)")?.execute([sent])?;
            }
            tx.prepare_cached("DELETE FROM reminder_sent WHERE at < ?1")?.execute([now_ms - SENT_KEPT_MS])?;
            Ok(())
        })
    }

    /// Where the last event stands; whoever keeps it knows whether something was said since.
    ///
    /// # Errors
    /// What the database says.
    pub fn last_position(&self) -> Result<Position> {
        self.database.read(|connection| {
            let last: Option<i64> = connection
                .prepare_cached("SELECT max(position) FROM event")?
                .query_row([], |row| row.get(0))?;
            Ok(Position(last.unwrap_or_default()))
        })
    }
}

fn damaged(fault: &serde_json::Error) -> StoreError {
    StoreError::Damaged { place: PLACE, fault: fault.to_string() }
}
