//! Files that hang on messages: kept once, by the hash of their bytes.

use rusqlite::{OptionalExtension, params};

use super::Ledger;
use crate::error::{Result, StoreError};

impl Ledger {
    /// Keeps some bytes; those that are there already are not kept twice. Answers their hash.
    ///
    /// # Errors
    /// What the database says.
    pub fn keep_attachment(&self, bytes: &[u8], now_ms: i64) -> Result<[u8; 32]> {
        let hash = *blake3::hash(bytes).as_bytes();
        self.database.write(|tx| {
            tx.prepare_cached("INSERT OR IGNORE INTO attachment (hash, bytes, kept_at) VALUES (?1, ?2, ?3)")?
                .execute(params![hash, bytes, now_ms])?;
            Ok(())
        })?;
        Ok(hash)
    }

    /// Bytes that were kept; nothing where they are not on this device.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for bytes that are not what their hash says; what the database says.
    pub fn attachment(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>> {
        let bytes: Option<Vec<u8>> = self.database.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT bytes FROM attachment WHERE hash = ?1")?;
            Ok(statement.query_row([hash], |row| row.get(0)).optional()?)
        })?;
        match bytes {
            Some(bytes) if blake3::hash(&bytes).as_bytes() != hash => Err(StoreError::Damaged {
                place: "attachment",
                fault: "its bytes are not those that were kept".to_owned(),
            }),
            bytes => Ok(bytes),
        }
    }
}
