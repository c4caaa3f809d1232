//! The intake: originals, records and their versions, quarantine, journeys and tallies, in `intake.db`.
//!
//! One [`Intake`] writes, any number of [`Reader`]s look on. What a pull does to one file happens in one
//! [`Load`]: all of it, or after a crash nothing.

mod answer;
mod batch;
mod exchange;
mod held;
mod journey;
mod original;
mod quarantine;
mod queue;
mod record;
mod run;
mod tally;
mod truth;
mod verify;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations, SchemaVersion};

pub use answer::AnswerRow;
pub use batch::{Batch, IntegrationRow, Reread, StreamRow};
pub use exchange::{ExchangeFilter, ExchangeRow};
pub use held::HeldRow;
pub use journey::{JourneyRow, JourneyWriter};
pub use original::{CHUNK_BYTES, Original, OriginalReader, pack};
pub use quarantine::{QuarantineFilter, QuarantineKey, QuarantineState, Quarantined};
pub use queue::{CircuitRow, PaceRow, QueueRow, QueueState};
pub use record::{Record, RecordKey, RecordStub, RecordVersion, RecordWriter};
pub use run::{RunRow, RunState, Warning};
pub use tally::{MovedRow, Tallied, TallyRow};
pub use truth::DisagreementRow;
pub use verify::{IntakeFault, IntakeVerified};

/// The file of the intake within a workspace's folder.
pub const INTAKE_FILE: &str = "intake.db";

/// Pages that the writer keeps in memory, kibibytes: enough that the inner pages of every tree stay while a
/// million rows stream through, little enough to leave room for the rows themselves.
const WRITER_CACHE_KIB: i32 = 48 * 1024;

/// The same while thousands of orders here and there are written: what does not fit is written twice.
const WRITER_CACHE_OFTEN_KIB: i32 = 128 * 1024;

/// Pages that a reader keeps in memory, kibibytes.
const READER_CACHE_KIB: i32 = 8 * 1024;

/// Bytes of a page. A pull of everything writes pages one after the other, whatever their size; a pull of what changed
/// reads, logs and writes a page for nearly every line, and pays for each byte three times.
const PAGE_BYTES: u32 = 4096;

/// Bytes of the write-ahead log above which [`Intake::settle`] moves its pages into the file: less would move the same
/// pages again and again, more would only take room.
const LOG_BYTES: u64 = 64 << 20;

/// Pages of the log at which a commit moves them itself, where nobody settles: half a gibibyte. A pull publishes first
/// and settles then, so that nobody waits for it.
const LOG_PAGES_MAX: u32 = 131_072;

/// Bytes of the file that are mapped while thousands of orders are looked up: three years of a large company.
const MAPPED_BYTES: i64 = 1 << 30;

/// How long a connection waits for another program's lock, milliseconds. A pull of a million rows is written in
/// seconds; whoever waits longer is told.
const LOCK_TIMEOUT_MS: u64 = 15_000;

/// Something went wrong with `intake.db`.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// `SQLite` refused; another program holds the file, the disk is full, or the file is damaged.
    #[error("intake.db: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was written by a newer Plaza.
    #[error("intake.db was written by a newer Plaza; please update this one")]
    Newer,
    /// The schema could not be brought up to date.
    #[error("intake.db could not be brought up to date: {0}")]
    Migration(rusqlite_migration::Error),
    /// A kept original cannot be unpacked.
    #[error("original {original} in intake.db is damaged: {source}")]
    Damaged {
        /// The original's number.
        original: i64,
        /// What the unpacking said.
        source: std::io::Error,
    },
}

impl IntakeError {
    /// Whether the database could not be got at (permissions, a full disk, another program), which says nothing about
    /// what is in it.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Sqlite(error) if crate::error::is_unreachable(error))
    }
}

impl From<rusqlite_migration::Error> for IntakeError {
    fn from(error: rusqlite_migration::Error) -> Self {
        use rusqlite_migration::{Error, MigrationDefinitionError};
        match error {
            Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => Self::Newer,
            other => Self::Migration(other),
        }
    }
}

/// What every function here returns.
pub type Result<T, E = IntakeError> = std::result::Result<T, E>;

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(include_str!("../../../../../migrations/intake/0001_intake.sql")),
        M::up(include_str!("../../../../../migrations/intake/0002_snapshots.sql")),
        M::up(include_str!("../../../../../migrations/intake/0003_base.sql")),
        M::up(include_str!("../../../../../migrations/intake/0004_journeys.sql")),
        M::up(include_str!("../../../../../migrations/intake/0005_answers.sql")),
        M::up(include_str!("../../../../../migrations/intake/0006_queue.sql")),
        M::up(include_str!("../../../../../migrations/intake/0007_checkpoint.sql")),
        M::up(include_str!("../../../../../migrations/intake/0008_truth.sql")),
        M::up(include_str!("../../../../../migrations/intake/0009_batch_rules.sql")),
    ])
}

/// The one writing connection.
#[derive(Debug)]
pub struct Intake {
    path: PathBuf,
    connection: Connection,
}

impl Intake {
    /// Opens `intake.db` in a workspace's folder, making it or bringing its schema up to date.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(INTAKE_FILE);
        let mut connection = Connection::open(&path)?;
        connection.busy_timeout(std::time::Duration::from_millis(LOCK_TIMEOUT_MS))?;
        connection.pragma_update(None, "page_size", PAGE_BYTES)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES_MAX)?;
        migrations().to_latest(&mut connection)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { path, connection })
    }

    /// Another connection that only reads, as of the last commit.
    pub fn reader(&self) -> Result<Reader> {
        Reader::open_file(&self.path)
    }

    /// Another connection that only reads, for looking thousands of orders up: see [`Intake::look_up_often`]. It sees
    /// one commit, the last one before it was first asked, since to look for a later one costs more than to look up.
    pub fn busy_reader(&self) -> Result<Reader> {
        let reader = self.reader()?;
        reader.0.pragma_update(None, "mmap_size", MAPPED_BYTES)?;
        reader.0.execute_batch("BEGIN")?;
        Ok(reader)
    }

    /// What this connection sees.
    pub fn view(&self) -> View<'_> {
        View(&self.connection)
    }

    /// Starts a change of everything or nothing. Waits while another program writes.
    pub fn load(&mut self) -> Result<Load<'_>> {
        Ok(Load(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?))
    }

    /// From now on nothing waits for the disk: a crash of the computer may take the whole file. Only for an intake that
    /// is still being made.
    pub fn hasten(&self) -> Result<()> {
        Ok(self.connection.pragma_update(None, "synchronous", "OFF")?)
    }

    /// Ends [`Intake::hasten`]: everything is on the disk.
    pub fn secure(&self) -> Result<()> {
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        crate::connection::settle(&self.connection, &self.path)
            .map_err(|fault| rusqlite::Error::ToSqlConversionFailure(Box::new(fault)).into())
    }

    /// Whether pages are read where they lie instead of being copied: worth it while thousands of orders are looked up
    /// here and there, and only then, since what is mapped counts as the program's memory.
    pub fn look_up_often(&self, is_often: bool) -> Result<()> {
        let (bytes, cache_kib) =
            if is_often { (MAPPED_BYTES, WRITER_CACHE_OFTEN_KIB) } else { (0, WRITER_CACHE_KIB) };
        self.connection.pragma_update(None, "mmap_size", bytes)?;
        Ok(self.connection.pragma_update(None, "cache_size", -cache_kib)?)
    }

    /// Moves what a big load left in the write-ahead log into the file and gives the log's room back. What a small one
    /// left stays there until there is more. Readers may keep it from finishing, which does no harm.
    pub fn settle(&self) -> Result<()> {
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        if std::fs::metadata(log).is_ok_and(|log| log.len() <= LOG_BYTES) {
            return Ok(());
        }
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

/// A connection that only reads.
#[derive(Debug)]
pub struct Reader(Connection);

impl Reader {
    /// Opens the `intake.db` of a workspace's folder for reading.
    pub fn open(folder: &Path) -> Result<Self> {
        Self::open_file(&folder.join(INTAKE_FILE))
    }

    fn open_file(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(std::time::Duration::from_millis(LOCK_TIMEOUT_MS))?;
        connection.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
        if matches!(migrations().current_version(&connection)?, SchemaVersion::Outside(_)) {
            return Err(IntakeError::Newer);
        }
        Ok(Self(connection))
    }

    /// What this connection sees.
    pub fn view(&self) -> View<'_> {
        View(&self.0)
    }
}

/// The questions that may be asked of the intake, through whichever connection.
#[derive(Clone, Copy, Debug)]
pub struct View<'c>(&'c Connection);

/// A change of everything or nothing; dropped without [`Load::commit`], it never was.
#[derive(Debug)]
pub struct Load<'c>(Transaction<'c>);

impl Load<'_> {
    /// What this change sees, itself included.
    pub fn view(&self) -> View<'_> {
        View(&self.0)
    }

    /// Makes the change last.
    pub fn commit(self) -> Result<()> {
        Ok(self.0.commit()?)
    }
}

#[cfg(test)]
mod tests;
