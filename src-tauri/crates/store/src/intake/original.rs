//! Originals: files as they came, compressed in chunks, kept once by the hash of their content.

use std::io::{self, Read};

use rusqlite::{OptionalExtension, params};

use super::{IntakeError, Load, Result, View};

/// A kept file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Its number.
    pub number: i64,
    /// BLAKE3 of its bytes.
    pub hash: [u8; 32],
    /// The name it came under first.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// Data rows.
    pub rows: i64,
    /// When it was read first, milliseconds since 1970 UTC.
    pub fetched_at: i64,
    /// How it was read, as JSON.
    pub format: String,
}

/// Bytes of an original per chunk: small enough to unpack one for a single row, large enough to pack well.
pub const CHUNK_BYTES: usize = 1 << 20;

/// How hard the chunks are packed. Level 1 keeps up with the disk; harder levels win a tenth of the room.
const PACK_LEVEL: i32 = 1;

/// Packs one chunk of an original for [`Load::put_chunk`].
pub fn pack(chunk: &[u8]) -> io::Result<Vec<u8>> {
    zstd::bulk::compress(chunk, PACK_LEVEL)
}

pub(super) fn original(row: &rusqlite::Row<'_>) -> rusqlite::Result<Original> {
    Ok(Original {
        number: row.get(0)?,
        hash: row.get(1)?,
        name: row.get(2)?,
        size: row.get(3)?,
        rows: row.get(4)?,
        fetched_at: row.get(5)?,
        format: row.get(6)?,
    })
}

impl<'c> View<'c> {
    /// The original with this content.
    pub fn original_by_hash(self, hash: &[u8; 32]) -> Result<Option<Original>> {
        let sql = "SELECT number, hash, name, size, rows, fetched_at, format FROM original WHERE hash = ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([hash], original).optional()?)
    }

    /// The original with this number.
    pub fn original(self, number: i64) -> Result<Option<Original>> {
        let sql = "SELECT number, hash, name, size, rows, fetched_at, format FROM original WHERE number = ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([number], original).optional()?)
    }

    /// The bytes of an original, unpacked as they are read.
    pub fn open_original(self, number: i64) -> OriginalReader<'c> {
        OriginalReader { view: self, number, next: 0, chunk: Vec::new(), at: 0 }
    }

    /// The bytes of an original from `offset` on; only the chunk that holds it and what is read after it are
    /// unpacked. Nothing where the original ends before.
    pub fn open_original_at(self, number: i64, offset: u64) -> Result<OriginalReader<'c>> {
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let sql = "SELECT place, raw_start FROM original_chunk WHERE original = ?1 AND raw_start <= ?2
                   ORDER BY place DESC LIMIT 1";
        let found: Option<(i64, i64)> = self
            .0
            .prepare_cached(sql)?
            .query_row([number, offset], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let mut reader = self.open_original(number);
        if let Some((place, raw_start)) = found {
            reader.next = place + 1;
            reader.chunk = self.chunk(number, place)?.unwrap_or_default();
            reader.at = usize::try_from(offset - raw_start).map_or(0, |at| at.min(reader.chunk.len()));
        }
        Ok(reader)
    }

    fn chunk(self, number: i64, place: i64) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT bytes FROM original_chunk WHERE original = ?1 AND place = ?2";
        let packed: Option<Vec<u8>> =
            self.0.prepare_cached(sql)?.query_row([number, place], |row| row.get(0)).optional()?;
        let unpack = |packed: Vec<u8>| {
            zstd::bulk::decompress(&packed, CHUNK_BYTES)
                .map_err(|source| IntakeError::Damaged { original: number, source })
        };
        packed.map(unpack).transpose()
    }
}

/// Reads the bytes of an original.
#[derive(Debug)]
pub struct OriginalReader<'c> {
    view: View<'c>,
    number: i64,
    next: i64,
    chunk: Vec<u8>,
    at: usize,
}

impl Read for OriginalReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.chunk.len() {
            match self.view.chunk(self.number, self.next).map_err(io::Error::other)? {
                None => return Ok(0),
                Some(chunk) => self.chunk = chunk,
            }
            self.next += 1;
            self.at = 0;
        }
        let count = buffer.len().min(self.chunk.len() - self.at);
        buffer[..count].copy_from_slice(&self.chunk[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

impl Load<'_> {
    /// Keeps a file under a new number, without its bytes: they follow by [`Load::put_chunk`].
    pub fn put_original(&self, hash: &[u8; 32], name: &str, size: i64, fetched_at: i64) -> Result<i64> {
        self.0.execute(
            "INSERT INTO original (hash, name, size, rows, fetched_at, format) VALUES (?1, ?2, ?3, 0, ?4, '')",
            params![hash, name, size, fetched_at],
        )?;
        Ok(self.0.last_insert_rowid())
    }

    /// Keeps the next packed chunk of a file.
    pub fn put_chunk(&self, original: i64, place: i64, raw_start: i64, packed: &[u8]) -> Result<()> {
        let sql = "INSERT INTO original_chunk (original, place, raw_start, bytes) VALUES (?1, ?2, ?3, ?4)";
        self.0.prepare_cached(sql)?.execute(params![original, place, raw_start, packed])?;
        Ok(())
    }

    /// Completes a file: how many rows it has and how it was read.
    pub fn close_original(&self, number: i64, rows: i64, format: &str) -> Result<()> {
        self.0.execute(
            "UPDATE original SET rows = ?2, format = ?3 WHERE number = ?1",
            params![number, rows, format],
        )?;
        Ok(())
    }
}
