//! Which events count: read from the grants and cuts in the ledger, judged again whenever one of them arrives.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::event::{
    Admissions, Content, DeviceId, EventHash, Payload, PublicKey, Stamp, Standing, WorkspaceId, decode,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::row::{standing_number, standing_of};
use super::seal;
use crate::error::{Result, StoreError};

/// The two keys that the genesis event names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Founding {
    pub(crate) keeper: PublicKey,
    pub(crate) recovery: PublicKey,
}

/// Reads the genesis event, whose hash is the workspace's id.
pub(crate) fn founding(connection: &Connection, workspace: WorkspaceId) -> Result<Founding> {
    let body: Option<Vec<u8>> = connection
        .prepare_cached("SELECT body FROM event WHERE hash = ?1")?
        .query_row([workspace.0], |row| row.get(0))
        .optional()?;
    let damaged = |fault: &str| StoreError::Damaged { place: "the genesis event", fault: fault.to_owned() };
    let event = decode(&body.ok_or_else(|| damaged("it is missing"))?)?;
    match event.payload() {
        Some(Payload::WorkspaceFounded(founded)) => {
            Ok(Founding { keeper: founded.keeper, recovery: founded.recovery })
        }
        _ => Err(damaged("it founds no workspace")),
    }
}

/// All grants and cuts that carry a good signature, whoever carried them here.
pub(crate) fn admissions(connection: &Connection, workspace: WorkspaceId) -> Result<Admissions> {
    let Founding { keeper, recovery } = founding(connection, workspace)?;
    let mut admissions = Admissions::default();
    let mut statement =
        connection.prepare_cached("SELECT body FROM event WHERE kind IN ('device_granted', 'device_cut')")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let event = decode(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
        let Content::Known(payload) = event.content else { continue };
        match *payload {
            Payload::DeviceGranted(grant) if seal::stated(&grant, keeper, recovery, workspace) => {
                admissions.grant(&grant.statement);
            }
            Payload::DeviceCut(cut) if seal::stated(&cut, keeper, recovery, workspace) => {
                admissions.cut(&cut.statement);
            }
            _ => {}
        }
    }
    Ok(admissions)
}

/// What a new judgement changed.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Events that count now and did not before, in the order of their arrival.
    pub(crate) admitted: Vec<EventHash>,
    /// Events that counted and do not any more: the projections must be made anew.
    pub(crate) expelled: usize,
}

/// Judges events again: all of them after a grant or cut arrived, else those that do not count yet.
pub(crate) fn judge(
    connection: &Connection,
    workspace: WorkspaceId,
    now_ms: i64,
    all: bool,
) -> Result<Judged> {
    let admissions = admissions(connection, workspace)?;
    let mut histories = BTreeMap::new();
    let mut judged = Judged::default();
    let sql = if all {
        "SELECT hash, device, seq, wall_ms, counter, standing FROM event ORDER BY position"
    } else {
        "SELECT hash, device, seq, wall_ms, counter, standing FROM event WHERE standing <> 0 ORDER BY position"
    };
    let mut changes = Vec::new();
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (hash, device) = (EventHash(row.get(0)?), DeviceId(row.get(1)?));
        let stamp = Stamp { wall_ms: row.get(3)?, counter: row.get(4)? };
        let before = standing_of(row.get(5)?)?;
        if let std::collections::btree_map::Entry::Vacant(vacant) = histories.entry(device) {
            vacant.insert(match admissions.cut_of(device) {
                Some((_, last)) => history(connection, device, last)?,
                None => BTreeSet::new(),
            });
        }
        let in_history = |_| histories.get(&device).is_some_and(|history| history.contains(&hash));
        let mut after = admissions.standing(device, row.get::<_, i64>(2)? as u64, in_history);
        // What counted once does not fall back because this clock was set back.
        if after == Standing::Admitted && before != Standing::Admitted && stamp.is_ahead(now_ms) {
            after = Standing::HeldBack;
        }
        if before == after {
            continue;
        }
        if after == Standing::Admitted {
            judged.admitted.push(hash);
        } else if before == Standing::Admitted {
            judged.expelled += 1;
        }
        changes.push((hash, after));
    }
    let mut update = connection.prepare_cached("UPDATE event SET standing = ?2 WHERE hash = ?1")?;
    for (hash, standing) in changes {
        update.execute(params![hash.0, standing_number(standing)])?;
    }
    Ok(judged)
}

/// The events of a device that lead to the one named, itself included.
pub(crate) fn history(
    connection: &Connection,
    device: DeviceId,
    last: EventHash,
) -> Result<BTreeSet<EventHash>> {
    let mut statement =
        connection.prepare_cached("SELECT prev FROM event WHERE hash = ?1 AND device = ?2")?;
    let mut history = BTreeSet::new();
    let mut at = last;
    while let Some(prev) =
        statement.query_row(params![at.0, device.0], |row| Ok(EventHash(row.get(0)?))).optional()?
    {
        // A chain of hashes cannot bite its tail, but a damaged file might seem to.
        if !history.insert(at) {
            break;
        }
        at = prev;
    }
    Ok(history)
}
