//! What can go wrong with a workspace on disk.

use std::path::PathBuf;

use plaza_domain::event::{DeviceId, EventFault};

use crate::key::KeyError;

/// What can go wrong with a workspace on disk.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `SQLite` said no.
    #[error("the database refused: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// Another process kept the database to itself for longer than [`crate::BUSY_TIMEOUT_MS`].
    #[error("another program is writing to this workspace and did not finish in time")]
    Busy,
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder lies on a network drive, where `SQLite`'s locks cannot be trusted.
    #[error(
        "{} is on a network drive ({file_system}); a database is damaged there sooner or later. Keep the workspace on a \
         local disk and share it through Plaza", path.display()
    )]
    NetworkDrive {
        /// The folder.
        path: PathBuf,
        /// The kind of the drive, as the system names it.
        file_system: String,
    },
    /// The folder holds no workspace.
    #[error("{} holds no workspace", path.display())]
    NoWorkspace {
        /// The folder.
        path: PathBuf,
    },
    /// The intake is gone, and with it the records and the originals that the ledger tells of.
    #[error(
        "intake.db is missing in {}: it holds the records and the files they came from. Put it back, or restore the newest          backup into a new folder", path.display()
    )]
    NoIntake {
        /// The folder.
        path: PathBuf,
    },
    /// The folder already holds a workspace.
    #[error("{} already holds a workspace", path.display())]
    WorkspaceExists {
        /// The folder.
        path: PathBuf,
    },
    /// A newer Plaza changed the database in a way that this one does not know.
    #[error(
        "{database} was written by a newer Plaza (schema {found}, this program knows {known}); update Plaza to open it"
    )]
    NewerSchema {
        /// The file's name.
        database: &'static str,
        /// Its schema.
        found: usize,
        /// The newest schema known here.
        known: usize,
    },
    /// A change of the schema failed; the database is as it was.
    #[error("{database} could not be brought up to date: {source}")]
    Migration {
        /// The file's name.
        database: &'static str,
        /// Why.
        source: Box<rusqlite_migration::Error>,
    },
    /// A stored value is not what was written there.
    #[error("a damaged value in {place}: {fault}")]
    Damaged {
        /// Table and column.
        place: &'static str,
        /// What is wrong.
        fault: String,
    },
    /// A key could not be read or kept.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// An event could not be written.
    #[error(transparent)]
    Event(#[from] EventFault),
    /// The keeper has not admitted this device yet.
    #[error("this device ({}) may not write yet: the keeper must admit it, or give the recovery code", device.short())]
    NotAdmitted {
        /// This device.
        device: DeviceId,
    },
    /// The keeper cut this device off.
    #[error("this device ({}) was cut off from the workspace and may not write any more", device.short())]
    CutOff {
        /// This device.
        device: DeviceId,
    },
    /// The key that admits and cuts devices is not on this computer.
    #[error("the keeper's key is not on this computer")]
    NoKeeper,
    /// The recovery code is not this workspace's.
    #[error("this is not the recovery code of this workspace")]
    WrongRecoveryCode,
    /// A backup file is not one, or damaged.
    #[error("{} cannot be restored: {fault}", path.display())]
    DamagedBackup {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// A file that a backup shall replace is none.
    #[error("{} is there already and is no backup of Plaza; it was left as it is. Choose another name", path.display())]
    NoBackup {
        /// The file.
        path: PathBuf,
    },
    /// A restored copy did not pass its verification.
    #[error("the backup was unpacked but does not hold: {fault}. Nothing was restored; try an older backup")]
    Unverified {
        /// The first fault.
        fault: String,
    },
    /// Restoring into a folder that holds something.
    #[error("{} is not empty; choose an empty folder or a new one", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A lock was poisoned by a panic in another thread.
    #[error("an earlier fault left the store unusable; start the program again")]
    Poisoned,
}

/// The result of everything here.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Whether `SQLite` could not get at the file, which says nothing about what is in it.
pub(crate) fn is_unreachable(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode;
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::CannotOpen
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::OutOfMemory
                | ErrorCode::PermissionDenied
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure
        )
    )
}

impl StoreError {
    /// Whether the database could not be got at (permissions, a full disk, another program), which says nothing about
    /// what is in it.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Busy) || matches!(self, Self::Sqlite(error) if is_unreachable(error))
    }

    /// Names the file or folder that an input or output error is about.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// `SQLITE_BUSY` and its relatives have a word of their own.
    pub(crate) fn from_sqlite(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}
