//! Rows of the ledger: reading and writing them, and what this copy knows about itself.

use plaza_domain::event::{DeviceId, Envelope, Event, EventHash, EventId, Stamp, Standing, WorkspaceId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::seal::SealedEvent;
use crate::error::{Result, StoreError};

/// A place in the order in which events arrived here; only ever a cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(pub i64);

/// What a copy of a workspace knows about itself.
#[derive(Clone, Debug)]
pub(crate) struct Here {
    pub(crate) workspace: WorkspaceId,
    pub(crate) device: Option<DeviceId>,
    pub(crate) must_renew: bool,
    pub(crate) clock: Stamp,
    pub(crate) view_version: String,
}

impl Here {
    /// The one row; nothing before the workspace was founded.
    pub(crate) fn read(connection: &Connection) -> Result<Option<Self>> {
        let sql =
            "SELECT workspace, device, must_renew IS NOT NULL, wall_ms, counter, view_version FROM here";
        let row = connection.prepare_cached(sql)?.query_row([], |row| {
            Ok(Self {
                workspace: WorkspaceId(row.get(0)?),
                device: row.get::<_, Option<[u8; 32]>>(1)?.map(DeviceId),
                must_renew: row.get(2)?,
                clock: Stamp { wall_ms: row.get(3)?, counter: row.get(4)? },
                view_version: row.get(5)?,
            })
        });
        Ok(row.optional()?)
    }

    pub(crate) fn set_clock(connection: &Connection, clock: Stamp) -> Result<()> {
        connection
            .prepare_cached("UPDATE here SET wall_ms = ?1, counter = ?2")?
            .execute(params![clock.wall_ms, clock.counter])?;
        Ok(())
    }
}

pub(crate) const fn standing_number(standing: Standing) -> i64 {
    match standing {
        Standing::Admitted => 0,
        Standing::Waiting => 1,
        Standing::Quarantined => 2,
        Standing::HeldBack => 3,
    }
}

pub(crate) fn standing_of(number: i64) -> Result<Standing> {
    match number {
        0 => Ok(Standing::Admitted),
        1 => Ok(Standing::Waiting),
        2 => Ok(Standing::Quarantined),
        3 => Ok(Standing::HeldBack),
        other => {
            Err(StoreError::Damaged { place: "event.standing", fault: format!("{other} is no standing") })
        }
    }
}

/// Inserts an event; `false` where it is here already.
pub(crate) fn insert(
    connection: &Connection,
    hash: EventHash,
    event: &Event,
    sealed: &SealedEvent,
    standing: Standing,
) -> Result<bool> {
    let Envelope { id, device, seq, prev, at, acting_for } = &event.envelope;
    let inserted = connection
        .prepare_cached(
            "INSERT INTO event (hash, id, device, seq, prev, wall_ms, counter, acting_for, kind, version, signature, body, \
             standing) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (hash) DO NOTHING",
        )?
        .execute(params![
            hash.0,
            id.0,
            device.0,
            *seq as i64,
            prev.0,
            at.wall_ms,
            at.counter,
            acting_for.as_ref().map(|person| person.0.as_str()),
            event.kind,
            event.version,
            sealed.signature,
            sealed.body,
            standing_number(standing)
        ])?;
    Ok(inserted == 1)
}

/// The last event of a device, by its number; of a fork the later arrival.
pub(crate) fn head_of(connection: &Connection, device: DeviceId) -> Result<(u64, EventHash)> {
    let sql = "SELECT seq, hash FROM event WHERE device = ?1 ORDER BY seq DESC, position DESC LIMIT 1";
    let head = connection
        .prepare_cached(sql)?
        .query_row([device.0], |row| Ok((row.get::<_, i64>(0)? as u64, EventHash(row.get(1)?))))
        .optional()?;
    Ok(head.unwrap_or_default())
}

/// The event that a device wrote under an id, if it did.
pub(crate) fn find_by_id(
    connection: &Connection,
    device: DeviceId,
    id: EventId,
) -> Result<Option<EventHash>> {
    let sql = "SELECT hash FROM event WHERE id = ?1 AND device = ?2";
    let found = connection
        .prepare_cached(sql)?
        .query_row(params![id.0, device.0], |row| Ok(EventHash(row.get(0)?)))
        .optional()?;
    Ok(found)
}

/// Everything that a row holds.
pub(crate) struct Stored {
    pub(crate) position: Position,
    pub(crate) hash: EventHash,
    pub(crate) envelope: Envelope,
    pub(crate) kind: String,
    pub(crate) version: u32,
    pub(crate) sealed: SealedEvent,
    pub(crate) standing: i64,
}

pub(crate) const STORED_COLUMNS: &str = "position, hash, id, device, seq, prev, wall_ms, counter, acting_for, kind, version, signature, body, standing";

impl Stored {
    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            position: Position(row.get(0)?),
            hash: EventHash(row.get(1)?),
            envelope: Envelope {
                id: EventId(row.get(2)?),
                device: DeviceId(row.get(3)?),
                seq: row.get::<_, i64>(4)? as u64,
                prev: EventHash(row.get(5)?),
                at: Stamp { wall_ms: row.get(6)?, counter: row.get(7)? },
                acting_for: row.get::<_, Option<String>>(8)?.map(plaza_domain::person::PersonId),
            },
            kind: row.get(9)?,
            version: row.get(10)?,
            sealed: SealedEvent { signature: row.get(11)?, body: row.get(12)? },
            standing: row.get(13)?,
        })
    }
}
