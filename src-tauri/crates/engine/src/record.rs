//! A raw record again: its handle, its versions, and its cells as they stand in the kept original.

use std::collections::VecDeque;
use std::fmt;
use std::io::{Cursor, Read};
use std::path::Path;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use plaza_connect::file::FileFormat;
use plaza_connect::file::csv::{CsvPages, Dialect, LineCount, SAMPLE_BYTES, read_row, sniff};
use plaza_connect::file::xlsx::{self, Workbook};
use plaza_domain::record::Known;
use plaza_store::intake::{Original, Record, RecordKey, View};

use crate::error::{EngineError, Result};

/// Originals whose layout is kept: those of the few orders that a person looks at in a row.
const LAYOUTS_MAX: usize = 32;

/// Bytes of an original between two noted places. A row is found by reading from the place before it.
const STRIDE_BYTES: usize = 1 << 20;

/// What an original is called in messages.
const ORIGINAL: &str = "the kept original";

/// What names a record for good: its stream, its journey and its own key. It stays the same whatever is pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordHandle {
    /// The stream's number.
    pub stream: i64,
    /// Which row.
    pub key: RecordKey,
}

impl fmt::Display for RecordHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r{:x}-{:x}-{:x}", self.stream, self.key.journey, self.key.row_key)
    }
}

/// The text is no handle of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no handle of a record")]
pub struct NotAHandle;

impl FromStr for RecordHandle {
    type Err = NotAHandle;

    fn from_str(text: &str) -> Result<Self, NotAHandle> {
        let number =
            |text: &str| u64::from_str_radix(text, 16).map(|bits| bits as i64).map_err(|_| NotAHandle);
        let mut parts = text.strip_prefix('r').ok_or(NotAHandle)?.split('-');
        let (Some(stream), Some(journey), Some(row_key), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAHandle);
        };
        let key = RecordKey { journey: number(journey)?, row_key: number(row_key)? };
        let handle = Self { stream: number(stream)?, key };
        // There is one way to write each handle, so that an address names one thing.
        if handle.to_string() == text { Ok(handle) } else { Err(NotAHandle) }
    }
}

/// One version of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From 1, in the order in which the source is known to have said so.
    pub number: u32,
    /// Whether it is the one in force.
    pub current: bool,
    /// The original that it came in.
    pub original: i64,
    /// The row within the original.
    pub row: i64,
    /// Its typed values.
    pub facts: Vec<u8>,
}

/// All versions of a record, the one in force first, then the newest.
///
/// # Errors
/// What the intake says.
pub fn versions(view: View<'_>, record: &Record) -> Result<Vec<Version>> {
    let mut known: Vec<(Known, i64, Version)> = Vec::new();
    for other in view.versions(record.stream, record.key)? {
        let (original, row) = (other.original, other.row);
        let version = Version { number: 0, current: false, original, row, facts: other.facts };
        known.push((other.known, other.content, version));
    }
    known.sort_by_key(|(known, content, _)| (*known, *content));
    let mut versions: Vec<Version> = known.into_iter().map(|(_, _, version)| version).collect();
    let (original, row) = (record.original, record.row);
    versions.push(Version { number: 0, current: true, original, row, facts: record.facts.clone() });
    for (place, version) in versions.iter_mut().enumerate() {
        version.number = u32::try_from(place + 1).unwrap_or(u32::MAX);
    }
    versions.reverse();
    Ok(versions)
}

/// How a kept CSV file is read again, and where its lines lie.
#[derive(Debug)]
struct Layout {
    dialect: Dialect,
    columns: Vec<String>,
    /// Places in the file, each with the line ends before it; none where lines cannot be told from the bytes.
    places: Vec<(u64, LineCount)>,
}

/// The layouts of the originals that were looked into last. An original never changes, so that what was found out
/// about it stays true.
#[derive(Debug, Default)]
pub struct Layouts(Mutex<VecDeque<(i64, Arc<Layout>)>>);

impl Layouts {
    /// The cells of a row by column, in the order of the file, read again from the kept original; none where the
    /// original has no such row.
    ///
    /// # Errors
    /// The original is damaged.
    pub fn cells(&self, view: View<'_>, original: &Original, row: i64) -> Result<Vec<(String, String)>> {
        let format: FileFormat = serde_json::from_str(&original.format).unwrap_or_default();
        let Ok(row) = u64::try_from(row) else { return Ok(Vec::new()) };
        if format.kind.as_deref() == Some("xlsx") {
            return sheet_cells(view, original.number, &format, row);
        }
        let layout = self.layout(view, original.number, &format)?;
        let path = Path::new(ORIGINAL);
        let start = layout.start_of(view, original.number, row)?;
        let cells = match start {
            Some(offset) => {
                let mut input = view.open_original_at(original.number, offset)?;
                read_row(&mut input, &layout.dialect, &layout.columns, row, row)?
            }
            None if layout.places.is_empty() => {
                let mut input = view.open_original(original.number);
                let mut pages = CsvPages::open(path, &mut input, &layout.dialect)?;
                row_of(&mut pages, row)?
            }
            None => None,
        };
        Ok(layout.columns.iter().cloned().zip(cells.unwrap_or_default()).collect())
    }

    fn layout(&self, view: View<'_>, number: i64, format: &FileFormat) -> Result<Arc<Layout>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, layout)) = kept.iter().find(|(known, _)| *known == number) {
            return Ok(Arc::clone(layout));
        }
        let layout = Arc::new(Layout::of(view, number, format)?);
        if kept.len() == LAYOUTS_MAX {
            kept.pop_front();
        }
        kept.push_back((number, Arc::clone(&layout)));
        Ok(layout)
    }
}

impl Layout {
    fn of(view: View<'_>, number: i64, format: &FileFormat) -> Result<Self> {
        let path = Path::new(ORIGINAL);
        let mut sample = Vec::new();
        let mut start = view.open_original(number).take(SAMPLE_BYTES as u64);
        start.read_to_end(&mut sample).map_err(EngineError::file(path))?;
        let dialect = sniff(path, &sample, false, None, format)?.dialect;
        let columns = CsvPages::open(path, &mut view.open_original(number), &dialect)?.columns().to_vec();
        let mut places = Vec::new();
        if dialect.has_lines_in_bytes() {
            let mut input = view.open_original(number);
            let (mut offset, mut count, mut piece) = (0, LineCount::default(), vec![0; STRIDE_BYTES]);
            loop {
                let length = input.read(&mut piece).map_err(EngineError::file(path))?;
                let Some(read) = piece.get(..length).filter(|read| !read.is_empty()) else { break };
                places.push((offset, count));
                count.pass(read);
                offset += length as u64;
            }
        }
        Ok(Self { dialect, columns, places })
    }

    /// Where a line begins in the file.
    fn start_of(&self, view: View<'_>, number: i64, row: u64) -> Result<Option<u64>> {
        let ends = row.saturating_sub(1);
        let after = self.places.partition_point(|(_, count)| count.ends() < ends);
        let Some((start, count)) = self.places.get(after.saturating_sub(1)) else { return Ok(None) };
        let (mut offset, mut count, mut piece) = (*start, *count, vec![0; STRIDE_BYTES]);
        let mut input = view.open_original_at(number, offset)?;
        loop {
            let length = input.read(&mut piece).map_err(EngineError::file(ORIGINAL))?;
            let Some(read) = piece.get(..length).filter(|read| !read.is_empty()) else { return Ok(None) };
            if let Some(at) = count.find(read, ends) {
                return Ok(Some(offset + at as u64));
            }
            offset += length as u64;
        }
    }
}

fn row_of(pages: &mut CsvPages<'_>, row: u64) -> Result<Option<Vec<String>>> {
    while let Some(page) = pages.next_page()? {
        if page.last_row() >= row {
            let found = page.rows().find(|found| found.number() == row);
            return Ok(found.map(|found| found.cells().map(str::to_owned).collect()));
        }
    }
    Ok(None)
}

fn sheet_cells(view: View<'_>, number: i64, format: &FileFormat, row: u64) -> Result<Vec<(String, String)>> {
    let path = Path::new(ORIGINAL);
    let mut bytes = Vec::new();
    view.open_original(number).read_to_end(&mut bytes).map_err(EngineError::file(path))?;
    let layout = Workbook::open(path, Cursor::new(bytes.as_slice()))?.look(format)?;
    let cells = xlsx::read_row(path, Cursor::new(bytes.as_slice()), &layout, row)?;
    Ok(layout.columns.iter().cloned().zip(cells.unwrap_or_default()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_reads_back_and_nothing_else_is_one() {
        for key in [(0, 0), (7, -1), (i64::MAX, i64::MIN)] {
            let handle = RecordHandle { stream: 3, key: RecordKey { journey: key.0, row_key: key.1 } };
            assert_eq!(handle.to_string().parse(), Ok(handle));
        }
        for text in [
            "",
            "r",
            "r1",
            "r1-2",
            "r1-2-3-4",
            "1-2-3",
            "r1-2-+3",
            "r1-2-g",
            "r01-2-3",
            "rA-2-3",
            "r1--3",
            "r1-2-ffffffffffffffff0",
            "r1-2-3 ",
            "’; DROP",
        ] {
            assert_eq!(text.parse::<RecordHandle>(), Err(NotAHandle), "{text}");
        }
    }
}
