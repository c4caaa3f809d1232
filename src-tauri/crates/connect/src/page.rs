//! Pages of rows, as every source gives them.

use std::fmt;
use std::sync::Arc;

use crate::Cursor;

/// Longest piece of a damaged row that is kept to be shown, in bytes.
pub(crate) const SHOWN_BYTES: usize = 2_000;

/// A block of rows with their cells as UTF-8 text, about a mebibyte of it: one allocation for the text and
/// one for where its cells are, however many there are.
///
/// All rows have as many cells as the stream has columns; rows that do not are among the damaged ones.
#[derive(Debug, Default)]
pub struct Page {
    pub(crate) text: String,
    /// Start and end in `text` of each cell, row after row.
    pub(crate) spans: Vec<(u32, u32)>,
    pub(crate) places: Vec<Place>,
    pub(crate) columns: usize,
    pub(crate) names: Arc<[String]>,
    pub(crate) raw_start: Option<u64>,
    pub(crate) first_row: u64,
    pub(crate) damaged: Vec<DamagedRow>,
    pub(crate) blank_rows: u32,
    pub(crate) last_row: u64,
}

/// Where a row begins, relative to its page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Rows (lines) after the page's first one.
    pub(crate) row: u32,
    /// Bytes after the page's start.
    pub(crate) byte: u32,
}

/// One row of a page.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    page: &'a Page,
    index: usize,
}

/// A row that cannot be used, kept as a value so that it can wait in quarantine with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedRow {
    /// The row's number as a person sees it.
    pub row: u64,
    /// What is wrong with it.
    pub damage: Damage,
    /// The row's text, shortened, with unreadable bytes replaced.
    pub raw: String,
}

/// What is wrong with a row. `Display` says it in plain English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Fewer cells than there are columns.
    TooFewCells {
        /// Cells in the row.
        found: usize,
        /// Columns.
        expected: usize,
    },
    /// More cells than there are columns.
    TooManyCells {
        /// Cells in the row.
        found: usize,
        /// Columns.
        expected: usize,
    },
    /// A quote opens in this row and is not closed before the end of the file, or before a quote that
    /// cannot be its end. Only this row is given up; reading goes on with the next line.
    UnclosedQuote,
    /// Text follows a closing quote within its cell.
    TextAfterQuote,
    /// Bytes that are no text in the file's encoding.
    InvalidText {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// A byte of value nought, which no text has.
    NulByte,
    /// More bytes than a row may have.
    TooLong {
        /// The limit.
        limit_bytes: usize,
    },
}

impl Damage {
    /// A stable name of the kind of damage: rows are counted by it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooFewCells { .. } => "too_few_cells",
            Self::TooManyCells { .. } => "too_many_cells",
            Self::UnclosedQuote => "unclosed_quote",
            Self::TextAfterQuote => "text_after_quote",
            Self::InvalidText { .. } => "invalid_text",
            Self::NulByte => "nul_byte",
            Self::TooLong { .. } => "too_long",
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewCells { found, expected } => {
                write!(f, "the row has {found} cells where there are {expected} columns")
            }
            Self::TooManyCells { found, expected } => {
                write!(
                    f,
                    "the row has {found} cells where there are {expected} columns; a cell may hold the delimiter without quotes around it"
                )
            }
            Self::UnclosedQuote => f.write_str("a quote opens in this row and never closes"),
            Self::TextAfterQuote => {
                f.write_str("text follows a closing quote; a quote inside a cell must be doubled")
            }
            Self::InvalidText { encoding } => write!(f, "the row has bytes that are no text in {encoding}"),
            Self::NulByte => f.write_str("the row has a zero byte, as files have after a crash"),
            Self::TooLong { limit_bytes } => write!(f, "the row is longer than {limit_bytes} bytes"),
        }
    }
}

impl Page {
    /// The rows that can be used, in the order of the file.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.places.len()).map(|index| Row { page: self, index })
    }

    /// How many rows can be used.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether no row can be used.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The row at this place in the page, from nought.
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        (index < self.len()).then_some(Row { page: self, index })
    }

    /// Cells per row.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of the line (CSV) or sheet row (XLSX) where the page begins.
    pub fn first_row(&self) -> u64 {
        self.first_row
    }

    /// The number of the last row that this page holds, usable or damaged; nought for none.
    pub fn last_row(&self) -> u64 {
        self.last_row
    }

    /// Where the page begins in the bytes of the original; none where the text was converted from another
    /// encoding, or the original is a workbook.
    pub fn raw_start(&self) -> Option<u64> {
        self.raw_start
    }

    /// The rows that cannot be used.
    pub fn damaged(&self) -> &[DamagedRow] {
        &self.damaged
    }

    /// Blank lines and rows without any value; they are passed over.
    pub fn blank_rows(&self) -> u32 {
        self.blank_rows
    }

    /// The position behind this page.
    pub fn cursor(&self) -> Cursor {
        Cursor::after_row(self.last_row)
    }

    /// Takes the rows up to and including this one out.
    pub(crate) fn drop_through(&mut self, row: u64) {
        if row < self.first_row {
            return;
        }
        let first_row = self.first_row;
        let gone = self.places.partition_point(|place| first_row + u64::from(place.row) <= row);
        self.places.drain(..gone);
        self.spans.drain(..gone * self.columns);
        self.damaged.retain(|damaged| damaged.row > row);
    }

    /// Whether it holds no row at all, usable or damaged.
    pub(crate) fn is_spent(&self) -> bool {
        self.places.is_empty() && self.damaged.is_empty() && self.blank_rows == 0
    }

    /// Bytes of text that the page holds.
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }
}

impl<'a> Row<'a> {
    /// The number a person sees: the line of the file where the row starts (the first line is 1), or the
    /// row of the sheet. With quoted line breaks or blank lines it is not the count of rows before.
    pub fn number(self) -> u64 {
        self.page.first_row + u64::from(self.page.places[self.index].row)
    }

    /// Where the row begins in the bytes of the original; see [`Page::raw_start`].
    pub fn raw_offset(self) -> Option<u64> {
        self.page.raw_start.map(|start| start + u64::from(self.page.places[self.index].byte))
    }

    /// The text of a cell; empty where there is no such column.
    pub fn cell(self, column: usize) -> &'a str {
        self.span(column).and_then(|(start, end)| self.page.text.get(start..end)).unwrap_or_default()
    }

    /// The bytes of a cell (UTF-8); empty where there is no such column.
    pub fn bytes(self, column: usize) -> &'a [u8] {
        self.span(column)
            .and_then(|(start, end)| self.page.text.as_bytes().get(start..end))
            .unwrap_or_default()
    }

    /// All cells of the row.
    pub fn cells(self) -> impl ExactSizeIterator<Item = &'a str> {
        (0..self.page.columns).map(move |column| self.cell(column))
    }

    fn span(self, column: usize) -> Option<(usize, usize)> {
        if column >= self.page.columns {
            return None;
        }
        let (start, end) = self.page.spans[self.index * self.page.columns + column];
        Some((start as usize, end as usize))
    }
}

/// The start of a row's bytes as text that can be shown.
pub(crate) fn shown(raw: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(&raw[..raw.len().min(SHOWN_BYTES)]).into_owned();
    if raw.len() > SHOWN_BYTES {
        text.push('…');
    }
    text
}
