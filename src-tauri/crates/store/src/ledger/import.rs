//! Taking in events from elsewhere: checked, kept, judged, projected. The order in which they come does not matter.

use std::collections::BTreeSet;

use plaza_domain::event::{Content, DeviceId, Event, EventHash, Stamp, Standing, WorkspaceId, decode};
use rusqlite::{Connection, Transaction, params};

use super::Ledger;
use super::admission::{self, Judged};
use super::row::{self, Here};
use super::seal::{self, Refusal, SealedEvent};
use crate::error::Result;
use crate::view;

/// Events checked by one thread at a time: below it a thread costs more than it saves.
const CHECKED_AT_ONCE: usize = 256;

/// What taking in did.
#[derive(Debug, Default)]
pub struct Imported {
    /// Events that were not here before.
    pub new: usize,
    /// Events that were here already.
    pub known: usize,
    /// What was not taken in, and why.
    pub refused: Vec<Refused>,
    /// Of the new ones, those made by a newer Plaza: kept, not shown.
    pub newer: usize,
    /// Events here whose device is not admitted (yet).
    pub waiting: usize,
    /// Events here that were made after their device was cut off.
    pub quarantined: usize,
    /// Events here whose stamps are more than a day ahead of this clock.
    pub held_back: usize,
    /// Devices with two different events of one number: copies of one another. Those events count; whoever copied
    /// goes on under a new device id.
    pub forks: Vec<(DeviceId, u64)>,
    /// One of the forks is of this copy's own device: its next act takes a new device id first.
    pub own_fork: bool,
}

/// An event that was not taken in.
#[derive(Debug)]
pub struct Refused {
    /// Its place among those offered.
    pub place: usize,
    /// Why.
    pub reason: Refusal,
}

impl Ledger {
    /// Takes in events from elsewhere. What cannot be trusted is refused and told, the rest is kept.
    ///
    /// # Errors
    /// What the database says; then nothing was taken in.
    pub fn import(&self, events: &[SealedEvent], now_ms: i64) -> Result<Imported> {
        let opened = open_all(self.workspace, events);
        self.database.write(|tx| {
            let mut imported = Imported::default();
            let mut authority = false;
            let mut touched = BTreeSet::new();
            for (place, (opened, sealed)) in opened.into_iter().zip(events).enumerate() {
                let (hash, event) = match opened {
                    Ok(opened) => opened,
                    Err(reason) => {
                        imported.refused.push(Refused { place, reason });
                        continue;
                    }
                };
                if !row::insert(tx, hash, &event, sealed, Standing::Waiting)? {
                    imported.known += 1;
                    continue;
                }
                imported.new += 1;
                imported.newer += usize::from(event.content == Content::Newer);
                authority |= matches!(event.kind.as_str(), "device_granted" | "device_cut");
                touched.insert((event.envelope.device, event.envelope.seq));
            }
            settle(tx, self.workspace, now_ms, authority)?;
            count_standings(tx, &mut imported)?;
            self.find_forks(tx, &touched, &mut imported)?;
            Ok(imported)
        })
    }

    fn find_forks(
        &self,
        tx: &Transaction<'_>,
        touched: &BTreeSet<(DeviceId, u64)>,
        imported: &mut Imported,
    ) -> Result<()> {
        let own = self.here(tx)?.device;
        let mut statement = tx.prepare_cached("SELECT count(*) FROM event WHERE device = ?1 AND seq = ?2")?;
        for (device, seq) in touched {
            let events: i64 = statement.query_row(params![device.0, *seq as i64], |row| row.get(0))?;
            if events > 1 {
                imported.forks.push((*device, *seq));
                imported.own_fork |= own == Some(*device);
            }
        }
        if imported.own_fork {
            Self::mark_for_renewal(tx, "forked")?;
        }
        Ok(())
    }
}

/// Judges standings again and brings the projections and the clock after them.
pub(super) fn settle(tx: &Transaction<'_>, workspace: WorkspaceId, now_ms: i64, all: bool) -> Result<Judged> {
    let judged = admission::judge(tx, workspace, now_ms, all)?;
    let mut clock = Here::read(tx)?.map(|here| here.clock).unwrap_or_default();
    let before = clock;
    if judged.expelled > 0 {
        // What was projected cannot be taken out of a projection one by one.
        view::rebuild(tx, workspace)?;
    }
    for hash in &judged.admitted {
        let event = event_of(tx, *hash)?;
        clock = Stamp::merge(clock, event.envelope.at);
        if judged.expelled == 0 {
            view::project(tx, workspace, *hash, &event)?;
        }
    }
    view::settle(tx)?;
    if clock != before {
        Here::set_clock(tx, clock)?;
    }
    Ok(judged)
}

fn event_of(connection: &Connection, hash: EventHash) -> Result<Event> {
    let mut statement = connection.prepare_cached("SELECT body FROM event WHERE hash = ?1")?;
    let body: Vec<u8> = statement.query_row([hash.0], |row| row.get(0))?;
    Ok(decode(&body)?)
}

fn count_standings(connection: &Connection, imported: &mut Imported) -> Result<()> {
    let sql = "SELECT standing, count(*) FROM event WHERE standing <> 0 GROUP BY standing";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let count = row.get::<_, i64>(1)? as usize;
        match row::standing_of(row.get(0)?)? {
            Standing::Admitted => {}
            Standing::Waiting => imported.waiting = count,
            Standing::Quarantined => imported.quarantined = count,
            Standing::HeldBack => imported.held_back = count,
        }
    }
    Ok(())
}

/// Checks signatures on all cores.
fn open_all(
    workspace: WorkspaceId,
    events: &[SealedEvent],
) -> Vec<std::result::Result<(EventHash, Event), Refusal>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = events.len().div_ceil(cores).max(CHECKED_AT_ONCE);
    let open =
        |events: &[SealedEvent]| events.iter().map(|event| seal::open(workspace, event)).collect::<Vec<_>>();
    if events.len() <= share {
        return open(events);
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            events.chunks(share).map(|chunk| (chunk, scope.spawn(move || open(chunk)))).collect();
        threads
            .into_iter()
            // A thread that panicked is answered by checking its share again here.
            .flat_map(|(chunk, thread)| thread.join().unwrap_or_else(|_| open(chunk)))
            .collect()
    })
}
