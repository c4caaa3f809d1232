//! The ledger: events, signed and chained, appended with their projections in one transaction.
//!
//! A workspace is a folder; this is its `ledger.db`. Two processes may have it open at once: every append takes the
//! write lock first and reads its device's last event under it, so that chains never fork on one computer.

#[cfg(test)]
mod acts;
mod admission;
mod append;
mod attachment;
mod authority;
mod found;
mod import;
mod read_mark;
mod reminder;
mod row;
mod seal;
#[cfg(test)]
mod tests;
mod verify;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ed25519_dalek::SigningKey;
use plaza_domain::event::{DeviceId, Event, EventHash, Stamp, Standing, WorkspaceId, decode};
use rusqlite::Connection;
use rusqlite_migration::M;

pub use append::{Appended, Draft, DraftId, Outcome, Renewal};
pub use found::Founded;
pub use import::{Imported, Refused};
pub use row::Position;
pub use seal::{Refusal, SealedEvent};
pub use verify::{Fault, Verified};

use crate::connection::{Database, Design, Durability};
use crate::error::{Result, StoreError};
use crate::key::{KeyError, KeyName, KeyRole, KeyWarning, Keys};
use crate::view::{self, View};
use row::{Here, STORED_COLUMNS, Stored};

const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations/ledger/01_event.sql"))),
    M::up(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../migrations/ledger/02_conversation.sql"
    ))),
    M::up(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations/ledger/03_reminder.sql"))),
];

/// What `ledger.db` is made of.
pub const LEDGER: Design = Design { file: "ledger.db", durability: Durability::Full, migrations: MIGRATIONS };

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    database: Database,
    workspace: WorkspaceId,
    keys: Arc<dyn Keys>,
    /// The key of the device that wrote last, so that the keyring is asked once.
    signer: Mutex<Option<(DeviceId, SigningKey)>>,
}

/// An event as the ledger keeps it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Where it stands in the order of arrival.
    pub position: Position,
    /// Its identity.
    pub hash: EventHash,
    /// Whether it counts.
    pub standing: Standing,
    /// As this program understands it.
    pub event: Event,
    /// As it travels.
    pub sealed: SealedEvent,
}

/// How the device of this copy stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceStanding {
    /// It may write.
    Admitted,
    /// It waits for the keeper.
    Waiting,
    /// It was cut off.
    CutOff,
    /// This is a restored or forked copy: the next act takes a new device id first.
    MustRenew,
}

impl Ledger {
    /// Opens the workspace in `folder`. Projections made by another version of them are dropped and replayed, and
    /// events held back for their clocks are judged again; `now_ms` is milliseconds since 1970 UTC.
    ///
    /// # Errors
    /// [`StoreError::NoWorkspace`], or what [`Database::open`] says.
    pub fn open(folder: &Path, keys: Arc<dyn Keys>, now_ms: i64) -> Result<Self> {
        let nothing = || StoreError::NoWorkspace { path: folder.to_owned() };
        if !folder.join(LEDGER.file).is_file() {
            return Err(nothing());
        }
        let database = Database::open(folder, LEDGER)?;
        let here = database.read(Here::read)?.ok_or_else(nothing)?;
        let ledger = Self {
            folder: folder.to_owned(),
            database,
            workspace: here.workspace,
            keys,
            signer: Mutex::new(None),
        };
        ledger.bring_up_to_date(&here, now_ms)?;
        Ok(ledger)
    }

    fn bring_up_to_date(&self, here: &Here, now_ms: i64) -> Result<()> {
        if here.view_version != view::version() {
            self.rebuild_views()?;
        }
        let held_back = self.database.read(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM event WHERE standing = 3)";
            Ok(connection.query_row(sql, [], |row| row.get::<_, bool>(0))?)
        })?;
        if held_back {
            self.database.write(|tx| import::settle(tx, self.workspace, now_ms, false).map(drop))?;
        }
        Ok(())
    }

    /// Drops all projections and replays them from the events.
    ///
    /// # Errors
    /// What the database says; the projections are then as they were.
    pub fn rebuild_views(&self) -> Result<()> {
        self.database.write(|tx| view::rebuild(tx, self.workspace))
    }

    /// The folder of the workspace.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where its keys and secret words are kept.
    pub fn keys(&self) -> &dyn Keys {
        self.keys.as_ref()
    }

    /// The workspace's id.
    pub const fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// What a person should know about where the key of this copy's device is kept. Asks no keyring.
    ///
    /// # Errors
    /// What the database says.
    pub fn key_warning(&self) -> Result<Option<KeyWarning>> {
        let device = self.database.read(|connection| Ok(self.here(connection)?.device))?;
        Ok(device.and_then(|device| {
            self.keys.warning_of(KeyName { workspace: self.workspace, role: KeyRole::Device(device) })
        }))
    }

    /// The latest stamp in the ledger, of events that are held back for it too.
    ///
    /// # Errors
    /// What the database says.
    pub fn latest_stamp(&self) -> Result<Stamp> {
        self.database.read(|connection| {
            let sql = "SELECT max(wall_ms) FROM event WHERE standing <> 0 AND standing = 3";
            let held_back: Option<i64> = connection.query_row(sql, [], |row| row.get(0))?;
            let clock = self.here(connection)?.clock;
            Ok(held_back.map_or(clock, |wall_ms| clock.merge(Stamp { wall_ms, counter: 0 })))
        })
    }

    /// The device that this copy writes as, and how it stands. The id is nothing in a copy that has not written yet.
    ///
    /// # Errors
    /// What the database says.
    pub fn device(&self) -> Result<(Option<DeviceId>, DeviceStanding)> {
        self.database.read(|connection| {
            let here = self.here(connection)?;
            let Some(device) = here.device.filter(|_| !here.must_renew) else {
                return Ok((here.device, DeviceStanding::MustRenew));
            };
            let admissions = admission::admissions(connection, self.workspace)?;
            let standing = if admissions.may_write(device) {
                DeviceStanding::Admitted
            } else if admissions.cut_of(device).is_some() {
                DeviceStanding::CutOff
            } else {
                DeviceStanding::Waiting
            };
            Ok((Some(device), standing))
        })
    }

    /// Reads the projections, all in one consistent state.
    ///
    /// # Errors
    /// What `read` says.
    pub fn view<T>(&self, read: impl FnOnce(&View<'_>) -> Result<T>) -> Result<T> {
        self.database.read(|connection| read(&View::new(connection)))
    }

    /// At most `limit` events that arrived after a position, whatever their standing.
    ///
    /// # Errors
    /// What the database says.
    pub fn events_after(&self, after: Position, limit: u32) -> Result<Vec<Kept>> {
        let sql =
            format!("SELECT {STORED_COLUMNS} FROM event WHERE position > ?1 ORDER BY position LIMIT ?2");
        self.kept(&sql, (after.0, limit))
    }

    /// At most `limit` events before a position (or the newest ones), newest first: the audit trail.
    ///
    /// # Errors
    /// What the database says.
    pub fn events_before(&self, before: Option<Position>, limit: u32) -> Result<Vec<Kept>> {
        let sql =
            format!("SELECT {STORED_COLUMNS} FROM event WHERE position < ?1 ORDER BY position DESC LIMIT ?2");
        self.kept(&sql, (before.map_or(i64::MAX, |position| position.0), limit))
    }

    fn kept(&self, sql: &str, bounds: (i64, u32)) -> Result<Vec<Kept>> {
        self.database.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(bounds, Stored::from_row)?;
            rows.map(|row| {
                let Stored { position, hash, sealed, standing, .. } = row?;
                let event = decode(&sealed.body)?;
                Ok(Kept { position, hash, standing: row::standing_of(standing)?, event, sealed })
            })
            .collect()
        })
    }

    /// From now on nothing waits for the disk: a crash of the computer may take the whole ledger. Only for one that is
    /// still being made, and that nobody misses.
    ///
    /// # Errors
    /// What the database says.
    pub fn hasten(&self) -> Result<()> {
        self.database.hasten()
    }

    /// Ends [`Ledger::hasten`]: everything is on the disk, and every append waits for it again.
    ///
    /// # Errors
    /// What the database or the file system says.
    pub fn settle(&self) -> Result<()> {
        self.database.settle()
    }

    /// The database, for copies of it.
    pub(crate) const fn database(&self) -> &Database {
        &self.database
    }

    fn here(&self, connection: &Connection) -> Result<Here> {
        Here::read(connection)?.ok_or_else(|| StoreError::NoWorkspace { path: self.folder.clone() })
    }

    /// The signing key of a device, from the keyring once.
    fn signing_key(&self, device: DeviceId) -> Result<SigningKey> {
        let mut signer = self.signer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((kept, key)) = signer.as_ref()
            && *kept == device
        {
            return Ok(key.clone());
        }
        let name = KeyName { workspace: self.workspace, role: KeyRole::Device(device) };
        let secret = self.keys.load(name)?.ok_or(KeyError::Missing { name })?;
        let key = secret.signing_key();
        // A key that is not this device's would sign events that nobody accepts.
        if key.verifying_key().to_bytes() != device.0 {
            return Err(KeyError::Missing { name }.into());
        }
        *signer = Some((device, key.clone()));
        Ok(key)
    }
}
