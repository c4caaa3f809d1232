//! Verification of the intake: the file itself, every kept original against its hash, and that every record still has
//! the original it came from.

use std::io::Read;

use super::{Original, Result, View};
use crate::connection::damage_of;

/// How many faults are named; the others are only counted.
const FAULTS_NAMED: usize = 20;

/// Bytes of an original that are hashed at once.
const HASHED_AT_ONCE: usize = 128 * 1024;

/// What a verification of the intake found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IntakeVerified {
    /// Kept originals.
    pub originals: usize,
    /// Records, each in its current version.
    pub records: i64,
    /// How many faults there are.
    pub faults: usize,
    /// The first of them.
    pub named: Vec<IntakeFault>,
}

/// Something in the intake that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntakeFault {
    /// The database file itself is damaged.
    #[error("the database file is damaged: {fault}")]
    File {
        /// What `SQLite` found.
        fault: String,
    },
    /// The bytes of a kept file are not those that came.
    #[error("the kept original of “{name}” is not what came: {fault}")]
    Original {
        /// The name under which it came.
        name: String,
        /// What is wrong.
        fault: String,
    },
    /// Rows whose original is gone.
    #[error("{count} rows of {table} point to an original that is not there")]
    Orphans {
        /// `record`, `record_version` or `quarantine`.
        table: &'static str,
        /// How many.
        count: i64,
    },
}

impl IntakeVerified {
    fn fault(&mut self, fault: IntakeFault) {
        self.faults += 1;
        if self.named.len() < FAULTS_NAMED {
            self.named.push(fault);
        }
    }
}

impl View<'_> {
    /// Checks the file, unpacks every original and compares its hash, and looks for rows without an original. `watch`
    /// is told how many originals of how many are done; when it says no, what was found so far is the answer.
    ///
    /// # Errors
    /// What the database says where it cannot even be read; everything else is an [`IntakeFault`].
    pub fn verify(self, watch: &dyn Fn(usize, usize) -> bool) -> Result<IntakeVerified> {
        let mut verified = IntakeVerified::default();
        for fault in damage_of(self.0)? {
            verified.fault(IntakeFault::File { fault });
        }
        match self.verify_content(&mut verified, watch) {
            // A damaged file may end the reading at any place; that it is damaged has been said.
            Err(fault) if verified.faults == 0 => Err(fault),
            _ => Ok(verified),
        }
    }

    fn verify_content(
        self,
        verified: &mut IntakeVerified,
        watch: &dyn Fn(usize, usize) -> bool,
    ) -> Result<()> {
        let originals = self.originals()?;
        for (done, original) in originals.iter().enumerate() {
            if !watch(done, originals.len()) {
                return Ok(());
            }
            if let Some(fault) = self.fault_of(original) {
                verified.fault(IntakeFault::Original { name: original.name.clone(), fault });
            }
        }
        watch(originals.len(), originals.len());
        verified.originals = originals.len();
        verified.records = self.0.query_row("SELECT count(*) FROM record", [], |row| row.get(0))?;
        for table in ["record", "record_version", "quarantine"] {
            let sql =
                format!("SELECT count(*) FROM {table} WHERE original NOT IN (SELECT number FROM original)");
            let count = self.0.query_row(&sql, [], |row| row.get(0))?;
            if count > 0 {
                verified.fault(IntakeFault::Orphans { table, count });
            }
        }
        Ok(())
    }

    /// Every kept original, in the order in which they came.
    pub fn originals(self) -> Result<Vec<Original>> {
        let sql = "SELECT number, hash, name, size, rows, fetched_at, format FROM original ORDER BY number";
        let mut statement = self.0.prepare(sql)?;
        let rows = statement.query_map([], super::original::original)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A number that differs when another connection has committed something in between.
    pub fn data_version(self) -> Result<i64> {
        Ok(self.0.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// What is wrong with a kept original, in words.
    fn fault_of(self, original: &Original) -> Option<String> {
        let mut bytes = self.open_original(original.number);
        let mut buffer = vec![0; HASHED_AT_ONCE];
        let (mut hasher, mut size) = (blake3::Hasher::new(), 0_i64);
        loop {
            match bytes.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => {
                    size += read as i64;
                    hasher.update(buffer.get(..read).unwrap_or_default());
                }
                Err(fault) => return Some(format!("it cannot be unpacked ({fault})")),
            }
        }
        if size != original.size {
            return Some(format!("it has {size} bytes, {} came", original.size));
        }
        (*hasher.finalize().as_bytes() != original.hash).then(|| "its hash differs".to_owned())
    }
}
