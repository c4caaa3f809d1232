//! Verification: everything that the ledger claims is checked again, from the bytes up.

use std::collections::BTreeMap;

use plaza_domain::event::{DeviceId, EventHash, Standing, WorkspaceId};
use rusqlite::Connection;

use super::admission;
use super::row::{self, STORED_COLUMNS, Stored};
use super::{Ledger, Position, seal};
use crate::connection::damage_of;
use crate::error::Result;
use crate::view;

/// How many faults are named; the others are only counted. Enough to see what kind of damage it is, few enough to read.
const FAULTS_NAMED: usize = 20;

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Events in the ledger.
    pub events: usize,
    /// Devices that wrote them.
    pub devices: usize,
    /// Events that count.
    pub admitted: usize,
    /// Events whose device is not granted.
    pub waiting: usize,
    /// Events made after their device was cut off.
    pub quarantined: usize,
    /// Events from more than a day ahead.
    pub held_back: usize,
    /// Events made by a newer Plaza: kept, not shown.
    pub newer: usize,
    /// Devices that two copies wrote as; each copy's events count.
    pub forks: usize,
    /// How many faults there are.
    pub faults: usize,
    /// The first of them, in the order of arrival.
    pub named: Vec<Fault>,
}

/// Something that is not as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The database file itself is damaged.
    #[error("the database file is damaged: {fault}")]
    File {
        /// What `SQLite` found.
        fault: String,
    },
    /// An event's bytes or signature were changed, or it was never signed.
    #[error("event {} is not as it was signed: {fault}", at.0)]
    Event {
        /// Where it stands.
        at: Position,
        /// What is wrong.
        fault: String,
    },
    /// A column says something else than the signed bytes.
    #[error("event {} has a column {column} that differs from its signed bytes", at.0)]
    Column {
        /// Where it stands.
        at: Position,
        /// Which column.
        column: &'static str,
    },
    /// A number is missing in a device's chain.
    #[error("device {} has no event {seq}, but later ones", device.short())]
    Gap {
        /// Whose chain.
        device: DeviceId,
        /// The missing number.
        seq: u64,
    },
    /// An event does not follow the one before it.
    #[error("event {seq} of device {} does not follow the one before it", device.short())]
    Broken {
        /// Whose chain.
        device: DeviceId,
        /// The event's number.
        seq: u64,
    },
    /// An event counts that should not, or the other way round.
    #[error("event {} stands as {found:?}, but by the grants and cuts it is {expected:?}", at.0)]
    Standing {
        /// Where it stands.
        at: Position,
        /// What the ledger says.
        found: Standing,
        /// What the grants and cuts say.
        expected: Standing,
    },
    /// A file that hangs on a message is not what was attached.
    #[error("the attachment {hash} is not what was attached")]
    Attachment {
        /// The hash that its message names, in hexadecimal digits.
        hash: String,
    },
    /// A projection is not what its events make.
    #[error("the projection {table} differs from a fresh replay of the ledger")]
    Projection {
        /// Which table.
        table: String,
    },
}

impl Verified {
    /// Whether nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.faults == 0
    }

    fn fault(&mut self, fault: Fault) {
        self.faults += 1;
        if self.named.len() < FAULTS_NAMED {
            self.named.push(fault);
        }
    }
}

/// One device's events: number → hash → hash before.
type Chains = BTreeMap<DeviceId, BTreeMap<u64, BTreeMap<EventHash, EventHash>>>;

impl Ledger {
    /// Checks the file, every signature and column, every chain, every standing, every attachment, and that the
    /// projections equal a fresh replay. Reads one consistent state and changes nothing; others may write meanwhile.
    ///
    /// # Errors
    /// What the database says where it cannot even be read; everything else is a [`Fault`].
    pub fn verify(&self) -> Result<Verified> {
        self.database.read(|connection| {
            let mut verified = Verified::default();
            for fault in damage_of(connection)? {
                verified.fault(Fault::File { fault });
            }
            match self.verify_content(connection, &mut verified) {
                // A damaged file may end the reading at any place; that it is damaged has been said.
                Err(fault) if verified.faults == 0 => Err(fault),
                _ => Ok(verified),
            }
        })
    }

    fn verify_content(&self, connection: &Connection, verified: &mut Verified) -> Result<()> {
        let chains = check_events(connection, self.workspace, verified)?;
        check_chains(&chains, verified);
        check_attachments(connection, verified)?;
        check_projections(connection, self.workspace, verified)
    }
}

fn blob<'a>(row: &'a rusqlite::Row<'_>, column: usize) -> Result<&'a [u8]> {
    Ok(row.get_ref(column)?.as_blob().map_err(rusqlite::Error::from)?)
}

fn check_attachments(connection: &Connection, verified: &mut Verified) -> Result<()> {
    let mut statement = connection.prepare("SELECT hash, bytes FROM attachment ORDER BY hash")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (hash, bytes) = (blob(row, 0)?, blob(row, 1)?);
        if blake3::hash(bytes).as_bytes().as_slice() != hash {
            let hash = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            verified.fault(Fault::Attachment { hash });
        }
    }
    Ok(())
}

fn check_events(connection: &Connection, workspace: WorkspaceId, verified: &mut Verified) -> Result<Chains> {
    let admissions = match admission::admissions(connection, workspace) {
        Ok(admissions) => admissions,
        Err(fault) => {
            // Without the genesis event nobody is admitted; say so first, and go on to find what else is wrong.
            verified.fault(Fault::Event { at: Position(1), fault: fault.to_string() });
            plaza_domain::event::Admissions::default()
        }
    };
    let mut chains = Chains::new();
    let mut histories = BTreeMap::new();
    let mut statement =
        connection.prepare(&format!("SELECT {STORED_COLUMNS} FROM event ORDER BY position"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let stored = Stored::from_row(row)?;
        verified.events += 1;
        let (at, device, seq) = (stored.position, stored.envelope.device, stored.envelope.seq);
        match seal::open(workspace, &stored.sealed) {
            Err(refusal) => verified.fault(Fault::Event { at, fault: refusal.to_string() }),
            Ok((hash, event)) => {
                verified.newer += usize::from(event.content == plaza_domain::event::Content::Newer);
                if let Some(column) = differing_column(&stored, hash, &event) {
                    verified.fault(Fault::Column { at, column });
                }
            }
        }
        let found = row::standing_of(stored.standing)?;
        if let std::collections::btree_map::Entry::Vacant(vacant) = histories.entry(device) {
            let history =
                admissions.cut_of(device).map(|(_, last)| admission::history(connection, device, last));
            vacant.insert(history.transpose()?.unwrap_or_default());
        }
        let in_history = |_| histories.get(&device).is_some_and(|history| history.contains(&stored.hash));
        let expected = admissions.standing(device, seq, in_history);
        // What is held back would count but for its clock, and which clock held it back is not kept.
        if found != expected && !(found == Standing::HeldBack && expected == Standing::Admitted) {
            verified.fault(Fault::Standing { at, found, expected });
        }
        match found {
            Standing::Admitted => verified.admitted += 1,
            Standing::Waiting => verified.waiting += 1,
            Standing::Quarantined => verified.quarantined += 1,
            Standing::HeldBack => verified.held_back += 1,
        }
        chains.entry(device).or_default().entry(seq).or_default().insert(stored.hash, stored.envelope.prev);
    }
    verified.devices = chains.len();
    Ok(chains)
}

/// The first column that says something else than the signed bytes.
fn differing_column(
    stored: &Stored,
    hash: EventHash,
    event: &plaza_domain::event::Event,
) -> Option<&'static str> {
    let (kept, signed) = (&stored.envelope, &event.envelope);
    [
        ("hash", stored.hash != hash),
        ("id", kept.id != signed.id),
        ("device", kept.device != signed.device),
        ("seq", kept.seq != signed.seq),
        ("prev", kept.prev != signed.prev),
        ("wall_ms or counter", kept.at != signed.at),
        ("acting_for", kept.acting_for != signed.acting_for),
        ("kind", stored.kind != event.kind),
        ("version", stored.version != event.version),
    ]
    .into_iter()
    .find_map(|(column, differs)| differs.then_some(column))
}

fn check_chains(chains: &Chains, verified: &mut Verified) {
    for (device, chain) in chains {
        let nothing = BTreeMap::from([(EventHash::default(), EventHash::default())]);
        let (mut before, mut expected, mut forked) = (&nothing, 1, false);
        for (seq, events) in chain {
            if *seq != expected {
                verified.fault(Fault::Gap { device: *device, seq: expected });
            } else if events.values().any(|prev| !before.contains_key(prev)) {
                verified.fault(Fault::Broken { device: *device, seq: *seq });
            }
            forked |= events.len() > 1;
            before = events;
            expected = seq + 1;
        }
        verified.forks += usize::from(forked);
    }
}

/// Replays into an empty database in memory and compares table by table.
fn check_projections(connection: &Connection, workspace: WorkspaceId, verified: &mut Verified) -> Result<()> {
    let fresh = Connection::open_in_memory()?;
    view::create(&fresh)?;
    if let Err(fault) = view::replay(connection, &fresh, workspace) {
        verified.fault(Fault::File { fault: fault.to_string() });
        return Ok(());
    }
    let (kept, made) = (view::table_names(connection)?, view::table_names(&fresh)?);
    for table in kept.iter().filter(|table| !made.contains(table)) {
        verified.fault(Fault::Projection { table: table.clone() });
    }
    for table in made {
        if !kept.contains(&table) || fingerprint(connection, &table)? != fingerprint(&fresh, &table)? {
            verified.fault(Fault::Projection { table });
        }
    }
    Ok(())
}

/// A hash of all rows of a table in the order of its primary key.
pub(super) fn fingerprint(connection: &Connection, table: &str) -> Result<blake3::Hash> {
    use rusqlite::types::ValueRef;
    let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut hasher = blake3::Hasher::new();
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            let (kind, bytes): (u8, Vec<u8>) = match row.get_ref(column)? {
                ValueRef::Null => (0, Vec::new()),
                ValueRef::Integer(number) => (1, number.to_le_bytes().to_vec()),
                ValueRef::Real(number) => (2, number.to_le_bytes().to_vec()),
                ValueRef::Text(text) => (3, text.to_vec()),
                ValueRef::Blob(blob) => (4, blob.to_vec()),
            };
            hasher.update(&[kind]);
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(&bytes);
        }
    }
    Ok(hasher.finalize())
}
