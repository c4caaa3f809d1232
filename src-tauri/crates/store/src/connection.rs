//! Opening a database: durability, one writer, a few readers, migrations with a backup first, and the refusal of
//! drives where `SQLite`'s locks cannot be trusted.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations, SchemaVersion};

use crate::error::{Result, StoreError};

/// How long one process waits for another one that writes to the same workspace, milliseconds. Long enough for a
/// large pull to land its page, short enough to be told about a program that hangs.
pub const BUSY_TIMEOUT_MS: u64 = 15_000;

/// Readers kept open; more are opened when asked for and closed again.
const READERS_KEPT: usize = 4;

/// Statements kept prepared per connection: every statement of the store, with room.
const STATEMENTS_KEPT: usize = 128;

/// How many faults of a file `SQLite` names: one is enough to know, a few tell how bad it is.
const DAMAGE_NAMED: u32 = 5;

/// How careful a database is with what it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Every commit survives a loss of power (`synchronous=FULL`).
    Full,
    /// A loss of power may take the last commits, never the database (`synchronous=NORMAL`).
    Normal,
}

impl Durability {
    const fn word(self) -> &'static str {
        match self {
            Self::Full => "FULL",
            Self::Normal => "NORMAL",
        }
    }
}

/// What a database is made of.
#[derive(Clone, Copy, Debug)]
pub struct Design {
    /// The file's name in the workspace's folder.
    pub file: &'static str,
    /// How careful it is.
    pub durability: Durability,
    /// Its schema, in order of release; never edited after one.
    pub migrations: &'static [M<'static>],
}

/// An open database: one writer, a few readers. Other processes may have the same file open.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    design: Design,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Database {
    /// Opens (or makes) the database in `folder` and brings its schema up to date, after a copy of the file as it
    /// was.
    ///
    /// # Errors
    /// [`StoreError::NetworkDrive`], [`StoreError::NewerSchema`], [`StoreError::Migration`], or what `SQLite` says.
    pub fn open(folder: &Path, design: Design) -> Result<Self> {
        refuse_network_drive(folder)?;
        let path = folder.join(design.file);
        let mut writer =
            connect(&path, design, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        migrate(&mut writer, folder, &path, design)?;
        Ok(Self { path, design, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` in one transaction that holds the write lock from its start; rolled back when it fails.
    ///
    /// # Errors
    /// What `work` says; [`StoreError::Busy`] when another process kept the lock.
    pub fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        // A panic inside a transaction rolled it back when it was dropped: the connection is sound.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from_sqlite)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(StoreError::from_sqlite)?;
        Ok(done)
    }

    /// From now on nothing waits for the disk, until [`Database::settle`].
    ///
    /// # Errors
    /// What `SQLite` says.
    pub fn hasten(&self) -> Result<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(writer.pragma_update(None, "synchronous", "OFF")?)
    }

    /// Brings everything to the disk and is as careful as designed again.
    ///
    /// # Errors
    /// What `SQLite` or the file system says.
    pub fn settle(&self) -> Result<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.pragma_update(None, "synchronous", self.design.durability.word())?;
        settle(&writer, &self.path).map_err(StoreError::file(&self.path))
    }

    /// Runs `work` on one consistent state of the database; writers are not kept waiting.
    ///
    /// # Errors
    /// What `work` says.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let kept = match self.readers.try_lock() {
            Ok(mut readers) => readers.pop(),
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner().pop(),
            Err(TryLockError::WouldBlock) => None,
        };
        let mut reader = match kept {
            Some(reader) => reader,
            None => connect(&self.path, self.design, OpenFlags::SQLITE_OPEN_READ_WRITE)?,
        };
        let transaction = reader.transaction()?;
        let done = work(&transaction);
        transaction.finish()?;
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS_KEPT {
            readers.push(reader);
        }
        done
    }
}

/// A connection with every setting that the store relies on.
pub(crate) fn connect(path: &Path, design: Design, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_millis(BUSY_TIMEOUT_MS))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection.pragma_update(None, "journal_mode", "WAL").map_err(StoreError::from_sqlite)?;
    connection.pragma_update(None, "synchronous", design.durability.word())?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A database that somebody else prepared must not run functions of its own choice.
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

/// Moves the write-ahead log into the file and waits until the disk has it.
pub(crate) fn settle(writer: &Connection, path: &Path) -> std::io::Result<()> {
    writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(std::io::Error::other)?;
    // Earlier checkpoints may not have waited.
    File::options().write(true).open(path)?.sync_all()
}

/// Brings the schema up to date. Two processes that start at once take turns.
fn migrate(connection: &mut Connection, folder: &Path, path: &Path, design: Design) -> Result<()> {
    let migrations = Migrations::from_slice(design.migrations);
    let database = design.file;
    let failed = |source| StoreError::Migration { database, source: Box::new(source) };
    let known = design.migrations.len();
    if current(&migrations, connection, database)? == known {
        return Ok(());
    }
    let lock_path = folder.join(format!("{database}.lock"));
    let lock = File::create(&lock_path).map_err(StoreError::file(&lock_path))?;
    lock.lock().map_err(StoreError::file(&lock_path))?;
    let before = current(&migrations, connection, database)?;
    if before < known {
        if before > 0 {
            copy_before_migration(connection, path, before)?;
        }
        migrations.to_latest(connection).map_err(failed)?;
    }
    lock.unlock().map_err(StoreError::file(&lock_path))
}

/// The schema of the file; one that is newer than this program is refused.
fn current(migrations: &Migrations<'_>, connection: &Connection, database: &'static str) -> Result<usize> {
    let version = migrations
        .current_version(connection)
        .map_err(|source| StoreError::Migration { database, source: Box::new(source) })?;
    match version {
        SchemaVersion::NoneSet => Ok(0),
        SchemaVersion::Inside(version) => Ok(version.get()),
        SchemaVersion::Outside(found) => {
            let known = migrations_known(migrations, connection);
            Err(StoreError::NewerSchema { database, found: found.get(), known })
        }
    }
}

fn migrations_known(migrations: &Migrations<'_>, connection: &Connection) -> usize {
    // `pending` is negative by as many as the file is ahead.
    let user_version: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap_or(0);
    let pending = migrations.pending_migrations(connection).map_or(0, i64::from);
    usize::try_from(user_version + pending).unwrap_or(0)
}

/// A copy of the file as it was, beside it: `ledger.db.before-schema-2`.
fn copy_before_migration(connection: &Connection, path: &Path, version: usize) -> Result<()> {
    let mut copy = path.as_os_str().to_owned();
    copy.push(format!(".before-schema-{}", version + 1));
    let copy = PathBuf::from(copy);
    if copy.exists() {
        // An attempt that failed before left the same state behind; the older copy is as good.
        return Ok(());
    }
    let mut part = copy.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    copy_database(connection, &part)?;
    std::fs::rename(&part, &copy).map_err(StoreError::file(copy))
}

/// Copies a database, consistent while others write to it, into a new file.
pub(crate) fn copy_database(from: &Connection, to: &Path) -> Result<()> {
    match std::fs::remove_file(to) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
            return Err(StoreError::file(to)(fault));
        }
        _ => {}
    }
    // All pages in one step: the read lock keeps one state, and with a write-ahead log nobody waits for it.
    let mut copy = Connection::open(to)?;
    let backup = rusqlite::backup::Backup::new(from, &mut copy)?;
    match backup.step(-1).map_err(StoreError::from_sqlite)? {
        rusqlite::backup::StepResult::Done => {}
        _ => return Err(StoreError::Busy),
    }
    drop(backup);
    // One file without a write-ahead log beside it; opening it as a workspace sets the log again.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, error)| StoreError::Sqlite(error))?;
    File::open(to).and_then(|file| file.sync_all()).map_err(StoreError::file(to))
}

/// What `SQLite` finds wrong with the file, indexes too; nothing for a sound one.
pub(crate) fn damage_of(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut check = connection.prepare(&format!("PRAGMA integrity_check({DAMAGE_NAMED})"))?;
    let words = check.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(words.into_iter().filter(|word| word != "ok").collect())
}

/// Refuses a folder on a network drive, as far as the system tells.
///
/// # Errors
/// [`StoreError::NetworkDrive`], or [`StoreError::File`] where the folder is not there.
pub fn refuse_network_drive(folder: &Path) -> Result<()> {
    let folder = folder.canonicalize().map_err(StoreError::file(folder))?;
    // Only Linux lists its mounts in a file. Elsewhere the drive is not recognised, and nothing is refused.
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mountinfo") else { return Ok(()) };
    match network_file_system(&mounts, &folder) {
        Some(file_system) => Err(StoreError::NetworkDrive { path: folder, file_system }),
        None => Ok(()),
    }
}

/// File systems whose locks belong to another computer.
const NETWORK_FILE_SYSTEMS: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.s3fs",
    "ncpfs",
    "lustre",
    "beegfs",
];

/// The network file system that holds `folder`, according to a list in the form of `/proc/self/mountinfo`.
fn network_file_system(mounts: &str, folder: &Path) -> Option<String> {
    let held_by = mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        // Blanks in a mount point are written as \040.
        let point = PathBuf::from(before.split(' ').nth(4)?.replace("\\040", " "));
        folder.starts_with(&point).then_some((point.components().count(), after.split(' ').next()?))
    });
    // The deepest mount point holds the folder; of two on one point the later one covers the earlier.
    let (_, kind) = held_by.max_by_key(|(depth, _)| *depth)?;
    NETWORK_FILE_SYSTEMS.contains(&kind).then(|| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &[M<'static>] = &[M::up("CREATE TABLE a (x INTEGER) STRICT;")];
    const SECOND: &[M<'static>] =
        &[M::up("CREATE TABLE a (x INTEGER) STRICT;"), M::up("CREATE TABLE b (x INTEGER) STRICT;")];
    const BROKEN: &[M<'static>] = &[
        M::up("CREATE TABLE a (x INTEGER) STRICT;"),
        M::up("CREATE TABLE c (x INTEGER); CREATE TABLE a (y);"),
    ];

    fn design(migrations: &'static [M<'static>]) -> Design {
        Design { file: "test.db", durability: Durability::Full, migrations }
    }

    #[test]
    fn folders_on_network_drives_are_recognised() {
        let mounts = "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                      30 21 0:40 / /mnt/team\\040share rw,relatime shared:1 - cifs //server/share rw\n\
                      31 30 0:41 / /mnt/team\\040share/local rw - ext4 /dev/sdb1 rw\n\
                      32 21 0:42 / /srv/a rw - nfs4 server:/srv rw";
        for (folder, kind) in [
            ("/", None),
            ("/mnt/team share", Some("cifs")),
            ("/mnt/team share/w", Some("cifs")),
            ("/mnt/team share/local/w", None),
            ("/mnt/team share2", None),
            ("/srv/a/w", Some("nfs4")),
        ] {
            assert_eq!(network_file_system(mounts, Path::new(folder)).as_deref(), kind, "{folder}");
        }
        assert_eq!(network_file_system("nonsense\n - ", Path::new("/a")), None);
    }

    #[test]
    fn a_migration_leaves_a_copy_of_what_was() {
        let folder = tempfile::tempdir().unwrap();
        let first = Database::open(folder.path(), design(FIRST)).unwrap();
        first.write(|tx| Ok(tx.execute("INSERT INTO a VALUES (7)", [])?)).unwrap();
        drop(first);
        let second = Database::open(folder.path(), design(SECOND)).unwrap();
        assert_eq!(
            second.read(|c| Ok(c.query_row("SELECT x FROM a", [], |row| row.get::<_, i64>(0))?)).unwrap(),
            7
        );
        let copy = Connection::open(folder.path().join("test.db.before-schema-2")).unwrap();
        assert_eq!(copy.query_row("SELECT x FROM a", [], |row| row.get::<_, i64>(0)).unwrap(), 7);
        assert!(copy.prepare("SELECT * FROM b").is_err());
    }

    #[test]
    fn a_newer_schema_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        drop(Database::open(folder.path(), design(SECOND)).unwrap());
        let refused = Database::open(folder.path(), design(FIRST)).unwrap_err();
        assert!(matches!(refused, StoreError::NewerSchema { found: 2, known: 1, .. }), "{refused}");
        drop(Database::open(folder.path(), design(SECOND)).unwrap());
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        drop(Database::open(folder.path(), design(FIRST)).unwrap());
        assert!(matches!(Database::open(folder.path(), design(BROKEN)), Err(StoreError::Migration { .. })));
        let database = Database::open(folder.path(), design(FIRST)).unwrap();
        assert!(database.read(|c| Ok(c.prepare("SELECT * FROM c").is_err())).unwrap());
    }

    #[test]
    fn a_failed_write_is_rolled_back_and_the_next_one_works() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path(), design(FIRST)).unwrap();
        let failed: Result<()> = database.write(|tx| {
            tx.execute("INSERT INTO a VALUES (1)", [])?;
            Err(StoreError::Busy)
        });
        assert!(failed.is_err());
        let count =
            || database.read(|c| Ok(c.query_row("SELECT count(*) FROM a", [], |row| row.get::<_, i64>(0))?));
        assert_eq!(count().unwrap(), 0);
        database.write(|tx| Ok(tx.execute("INSERT INTO a VALUES (1)", [])?)).unwrap();
        assert_eq!(count().unwrap(), 1);
    }
}
