//! A CSV file, page by page.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::decode::Decoded;
use super::dialect::Dialect;
use super::header::{self, Header};
use super::scan::{Found, Scanner, undouble};
use crate::page::{Damage, DamagedRow, Page, Place, shown};
use crate::{ConnectError, Note};

/// Text per page: enough rows that the work per page does not count, few enough to stay in the cache.
pub const PAGE_BYTES: usize = 1 << 20;

/// Longest row. A row of a hundred columns with long remarks has a few kilobytes.
pub const ROW_BYTES: usize = 1 << 20;

/// Most columns that a file may have: Excel's own limit.
pub const COLUMNS: usize = 16_384;

/// Reads a CSV file page by page. Memory is bounded by the page and the longest row, never by the file.
pub struct CsvPages<'r> {
    path: PathBuf,
    input: Decoded<'r>,
    scanner: Scanner,
    dialect: Dialect,
    header: Header,
    names: Arc<[String]>,
    page_bytes: usize,
    /// Text that was read but not yet given out; it begins with a record.
    carry: Vec<u8>,
    /// The line of the file where `carry` begins.
    line: u64,
    /// Where `carry` begins in the decoded text, which is the original where the encoding keeps bytes.
    offset: u64,
    /// A row that is too long is being passed over.
    skipping: bool,
}

/// What one pass over a block has found.
struct Block {
    page: Page,
    consumed: usize,
    lines: u64,
}

impl<'r> CsvPages<'r> {
    /// Opens a file for reading; `path` is for messages only, the bytes come from `input`.
    ///
    /// # Errors
    /// What `input` gives; `Empty`, `NoHeader`, `ColumnNames` and `TooLarge` about the column names.
    pub fn open(path: &Path, input: &'r mut dyn Read, dialect: &Dialect) -> Result<Self, ConnectError> {
        Self::with_page_bytes(path, input, dialect, PAGE_BYTES)
    }

    /// Like [`CsvPages::open`] with another size of page, in bytes.
    ///
    /// # Errors
    /// As there.
    pub fn with_page_bytes(
        path: &Path,
        input: &'r mut dyn Read,
        dialect: &Dialect,
        page_bytes: usize,
    ) -> Result<Self, ConnectError> {
        let mut pages = Self::start(path, input, dialect, page_bytes, 1);
        pages.read_header()?;
        pages.names = pages.header.columns.as_slice().into();
        Ok(pages)
    }

    /// Goes on in the middle of an original: `input` begins at a row's `raw_offset`, which is in line `row`.
    pub(crate) fn resume(
        path: &Path,
        input: &'r mut dyn Read,
        dialect: &Dialect,
        columns: &[String],
        row: u64,
    ) -> Self {
        let mut pages = Self::start(path, input, dialect, PAGE_BYTES, row);
        pages.header = Header::of_names(columns);
        pages.names = columns.into();
        pages
    }

    fn start(path: &Path, input: &'r mut dyn Read, dialect: &Dialect, page_bytes: usize, line: u64) -> Self {
        Self {
            path: path.to_path_buf(),
            input: Decoded::new(input, dialect.encoding, line == 1),
            scanner: Scanner::new(dialect.delimiter, dialect.quote, dialect.line_end),
            dialect: dialect.clone(),
            header: Header::default(),
            names: Arc::default(),
            page_bytes: page_bytes.max(1),
            carry: Vec::new(),
            line,
            offset: 0,
            skipping: false,
        }
    }

    /// The names of the columns, each different from the others.
    pub fn columns(&self) -> &[String] {
        &self.header.columns
    }

    /// What had to be done to the names: doubled ones, missing ones.
    pub fn notes(&self) -> &[Note] {
        &self.header.notes
    }

    /// The line that the next page begins with.
    pub fn line(&self) -> u64 {
        self.line
    }

    fn read_header(&mut self) -> Result<(), ConnectError> {
        let mut spans = Vec::new();
        loop {
            let last = self.more(self.carry.len().max(self.page_bytes))?;
            if self.carry.is_empty() && last {
                return Err(if self.line == 1 {
                    ConnectError::Empty { path: self.path.clone() }
                } else {
                    self.no_header()
                });
            }
            spans.clear();
            let (next, lines, doubled) = match self.scanner.record(&self.carry, 0, last, &mut spans) {
                Found::Record { next, lines, doubled_quotes } => (next, lines, doubled_quotes),
                Found::Incomplete if self.carry.len() < ROW_BYTES => {
                    self.more(self.carry.len() + self.page_bytes.max(4096))?;
                    continue;
                }
                Found::Incomplete => return Err(self.no_header()),
                // A line above the names may hold anything; the names themselves may not.
                Found::UnclosedQuote | Found::TextAfterQuote => {
                    let Some((_, next)) = self.scanner.physical_line(&self.carry, 0, last) else {
                        return Err(self.no_header());
                    };
                    if self.line >= u64::from(self.dialect.header_row) {
                        return Err(self.no_header());
                    }
                    self.advance(next, 1);
                    continue;
                }
            };
            let blank = is_blank(&self.carry, &spans);
            let wanted = u64::from(self.dialect.header_row);
            if wanted == 0 && !blank {
                // Without a row of names the first row only tells how many columns there are.
                self.header = header::numbered(spans.len(), &self.dialect.columns)
                    .map_err(|fault| fault.at(&self.path))?;
                return Ok(());
            }
            if blank || self.line < wanted {
                // Names may stand below blank lines, but not above the row that was asked for.
                self.advance(next, lines);
                continue;
            }
            if doubled {
                let quote = self.dialect.quote.unwrap_or(b'"');
                for span in &mut spans {
                    span.1 = undouble(&mut self.carry, *span, quote);
                }
            }
            let cells = spans
                .iter()
                .map(|(start, end)| String::from_utf8_lossy(&self.carry[*start as usize..*end as usize]));
            self.header = header::read(cells, &self.dialect.columns).map_err(|fault| fault.at(&self.path))?;
            self.advance(next, lines);
            return Ok(());
        }
    }

    fn no_header(&self) -> ConnectError {
        ConnectError::NoHeader { path: self.path.clone(), row: self.dialect.header_row }
    }

    fn advance(&mut self, bytes: usize, lines: u32) {
        self.carry.drain(..bytes);
        self.offset += bytes as u64;
        self.line += u64::from(lines);
    }

    /// Fills the carry up to `length` bytes; true when the input has ended.
    fn more(&mut self, length: usize) -> Result<bool, ConnectError> {
        self.input.fill(&mut self.carry, length).map_err(|error| ConnectError::io(&self.path, error))
    }

    /// The next page, or none at the end of the file. A page has at least one row, usable, damaged or blank.
    ///
    /// # Errors
    /// What reading the input gives.
    pub fn next_page(&mut self) -> Result<Option<Page>, ConnectError> {
        let mut wanted = self.page_bytes.max(self.carry.len());
        loop {
            let last = self.more(wanted)?;
            if self.skipping && !self.skip(last) {
                continue;
            }
            if self.carry.is_empty() && last {
                return Ok(None);
            }
            let mut text = std::mem::take(&mut self.carry);
            let block = self.scan(&mut text, last);
            if block.consumed == 0 && !last && text.len() < ROW_BYTES {
                // Not one whole record yet: read on.
                wanted = text.len() + self.page_bytes.max(4096);
                self.carry = text;
                continue;
            }
            return self.close(text, block).map(Some);
        }
    }

    /// Passes over the rest of a row that is too long; true when its end was found.
    fn skip(&mut self, last: bool) -> bool {
        if let Some((_, next)) = self.scanner.physical_line(&self.carry, 0, last) {
            self.skipping = false;
            self.advance(next, 1);
            return true;
        }
        // A carriage return at the very end stays, since its line feed may follow.
        let keep = usize::from(self.carry.last() == Some(&b'\r'));
        self.advance(self.carry.len() - keep, 0);
        false
    }

    /// Finds the rows of a block. Text stays where it is; only doubled quotes are taken out in place.
    fn scan(&mut self, text: &mut [u8], last: bool) -> Block {
        let columns = self.header.columns.len();
        let mut page = Page { columns, names: self.names.clone(), first_row: self.line, ..Page::default() };
        // Sized from the block, so that growing does not copy: rows are rarely shorter than a few bytes a cell.
        page.spans.reserve(text.len() / 6);
        let suspicious = self.input.take_replaced() || is_suspicious(text, last);
        let mut block = Block { page, consumed: 0, lines: 0 };
        while block.consumed < text.len() {
            let start = block.consumed;
            let before = block.page.spans.len();
            match self.scanner.record(text, start, last, &mut block.page.spans) {
                Found::Record { next, lines, doubled_quotes } => {
                    let row = text.get_mut(..next).unwrap_or_default();
                    self.accept(row, start, before, doubled_quotes, suspicious, &mut block);
                    block.consumed = next;
                    block.lines += u64::from(lines);
                }
                Found::Incomplete => {
                    block.page.spans.truncate(before);
                    break;
                }
                found @ (Found::UnclosedQuote | Found::TextAfterQuote) => {
                    block.page.spans.truncate(before);
                    let Some((end, next)) = self.scanner.physical_line(text, start, last) else { break };
                    let damage = if found == Found::UnclosedQuote {
                        Damage::UnclosedQuote
                    } else {
                        Damage::TextAfterQuote
                    };
                    self.damage(&text[start..end], damage, &mut block);
                    if suspicious {
                        make_ascii(&mut text[start..end]);
                    }
                    block.consumed = next;
                    block.lines += 1;
                }
            }
        }
        block
    }

    /// Takes a record whose cells are the spans from `before` on: as a row, as damaged, or as blank.
    fn accept(
        &self,
        text: &mut [u8],
        start: usize,
        before: usize,
        doubled: bool,
        suspicious: bool,
        block: &mut Block,
    ) {
        let columns = self.header.columns.len();
        if suspicious && let Some(damage) = self.check_text(&text[start..]) {
            block.page.spans.truncate(before);
            self.damage(&text[start..], damage, block);
            make_ascii(&mut text[start..]);
            return;
        }
        let found = block.page.spans.len() - before;
        let cells = &block.page.spans[before..];
        if found != columns || cells.first().is_some_and(|(from, to)| from == to) {
            if is_blank(text, cells) {
                block.page.blank_rows += 1;
                block.page.spans.truncate(before);
                return;
            }
            let last = cells.last().is_some_and(|(from, to)| from == to);
            if found == columns + 1 && last {
                // One delimiter too many at the end of a line is a habit of some exports.
                block.page.spans.pop();
            } else if found + 1 == columns && self.header.unnamed_last {
                // The same habit, in the row of names only.
                let end = block.page.spans.last().map_or(start as u32, |(_, end)| *end);
                block.page.spans.push((end, end));
            } else if found != columns {
                block.page.spans.truncate(before);
                let damage = if found < columns {
                    Damage::TooFewCells { found, expected: columns }
                } else {
                    Damage::TooManyCells { found, expected: columns }
                };
                self.damage(&text[start..], damage, block);
                return;
            }
        }
        if doubled {
            let quote = self.dialect.quote.unwrap_or(b'"');
            for span in &mut block.page.spans[before..] {
                span.1 = undouble(text, *span, quote);
            }
        }
        block.page.places.push(Place { row: block.lines as u32, byte: start as u32 });
        block.page.last_row = self.line + block.lines;
    }

    fn check_text(&self, row: &[u8]) -> Option<Damage> {
        if row.contains(&0) {
            return Some(Damage::NulByte);
        }
        // What another encoding could not express has become U+FFFD on the way.
        let fits = match std::str::from_utf8(row) {
            Ok(text) => self.dialect.keeps_bytes() || !text.contains('\u{fffd}'),
            Err(_) => false,
        };
        (!fits).then(|| Damage::InvalidText { encoding: self.dialect.encoding.name() })
    }

    fn damage(&self, raw: &[u8], damage: Damage, block: &mut Block) {
        let end = raw.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
        let row = self.line + block.lines;
        block.page.damaged.push(DamagedRow { row, damage, raw: shown(&raw[..end]) });
        block.page.last_row = row;
    }

    /// Turns a scanned block into a page and keeps what follows it for the next one.
    fn close(&mut self, mut text: Vec<u8>, mut block: Block) -> Result<Page, ConnectError> {
        if block.consumed == 0 {
            // A whole block without the end of its first row.
            self.damage(&text, Damage::TooLong { limit_bytes: ROW_BYTES }, &mut block);
            self.skipping = true;
            self.carry = text;
            return Ok(block.page);
        }
        self.carry.extend_from_slice(&text[block.consumed..]);
        text.truncate(block.consumed);
        block.page.text = String::from_utf8(text).map_err(|error| ConnectError::Corrupt {
            path: self.path.clone(),
            reason: format!("line {} and after it are no text ({})", self.line, error.utf8_error()),
        })?;
        block.page.raw_start = self.dialect.keeps_bytes().then_some(self.offset + self.input.mark_bytes());
        self.offset += block.consumed as u64;
        self.line += block.lines;
        Ok(block.page)
    }
}

/// Whether no cell holds more than blanks.
fn is_blank(text: &[u8], cells: &[(u32, u32)]) -> bool {
    cells.iter().all(|(start, end)| {
        text[*start as usize..*end as usize].iter().all(|byte| matches!(byte, b' ' | b'\t'))
    })
}

/// Whether a block has bytes that no row of text should have; its rows are then looked at one by one.
fn is_suspicious(text: &[u8], last: bool) -> bool {
    // A block may end inside a character, which is nothing bad unless the file ends there too.
    let invalid = std::str::from_utf8(text).is_err_and(|error| last || error.error_len().is_some());
    invalid || memchr::memchr(0, text).is_some()
}

/// Makes the bytes of a damaged row harmless, so that its page is text; what they were is in its `raw`.
fn make_ascii(row: &mut [u8]) {
    for byte in row {
        if !byte.is_ascii() || *byte == 0 {
            *byte = b'?';
        }
    }
}
