//! What a whole column tells about its cells: their kind, how dates and numbers are written, what stands
//! among them that is neither, and what looks wrong. Nothing is guessed: what fits in more than one way is
//! reported with all its ways.

mod bag;
mod date_column;
mod date_shape;
mod few;
mod finish;
mod number_shape;
mod profile;
#[cfg(test)]
mod tests;

use bag::{Bag, hash};
use date_column::DateColumn;
use few::Few;
use number_shape::{NumberShapes, Numeral};
pub use profile::{
    ColumnKind, ColumnProfile, DateReading, Example, FormatCount, Hint, NumberReading, SerialReading,
    WordCount,
};

use super::fault::{self, CellFault};
use super::stamp::year_of;
use super::trim;
use crate::day::Day;

/// Examples that are kept of anything.
const KEPT: usize = 5;

/// The years in which a date can be meant, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlausibleYears {
    /// The first.
    pub first: i32,
    /// The last.
    pub last: i32,
}

impl Default for PlausibleYears {
    /// 1990 to 2099: what is older is not on anybody's board, what is later was not promised.
    fn default() -> Self {
        Self { first: 1990, last: 2099 }
    }
}

impl PlausibleYears {
    /// Refuses a day outside these years; `cell` is quoted in the fault.
    ///
    /// # Errors
    /// `ImplausibleYear`.
    pub fn check(self, day: Day, cell: &[u8]) -> Result<(), CellFault> {
        let (year, Self { first, last }) = (year_of(day), self);
        if (first..=last).contains(&year) {
            return Ok(());
        }
        Err(CellFault::ImplausibleYear { text: fault::quote(trim(cell)), year, first, last })
    }
}

/// Looks at the cells of one column, one after the other, in memory that does not grow with their number.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    rows: u32,
    empty: u32,
    longest_bytes: u32,
    samples: Vec<String>,
    /// All values, and those that are neither dates nor numbers.
    values: Bag,
    words: Bag,
    dates: DateColumn,
    numbers: NumberShapes,
    /// Numbers that are no days, neither written nor counted: among dates they stand for something, as words do.
    odd_numbers: Few,
    /// Dates, for a column of numbers in which they are odd.
    odd_dates: Few,
    date_lost: u32,
    errors: u32,
    repeats: Repeats,
}

/// Rows that equal the row above.
#[derive(Clone, Debug, Default)]
struct Repeats {
    before: Vec<u8>,
    rows: u32,
    run: u32,
    longest_rows: u32,
    longest_end: u64,
    longest_text: Vec<u8>,
}

impl Cells {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks at a cell; `row` is its row's number as a person sees it.
    pub fn push(&mut self, cell: &[u8], row: u64) {
        let cell = trim(cell);
        self.rows += 1;
        if cell.is_empty() {
            self.empty += 1;
            self.dates.interrupt();
            self.repeats.interrupt();
            return;
        }
        self.longest_bytes = self.longest_bytes.max(u32::try_from(cell.len()).unwrap_or(u32::MAX));
        self.repeats.push(cell, row);
        let key = hash(cell);
        let is_new = self.values.push(key, cell);
        if is_new && self.samples.len() < KEPT {
            self.samples.push(fault::quote(cell));
        }
        if fault::is_date_lost(cell) {
            self.date_lost += 1;
            self.dates.interrupt();
        } else if self.dates.push(cell, row) {
            // Eight digits are a number as well, until the whole column is known.
            if cell.len() == 8 && self.numbers.push(cell) != Numeral::None {
                if is_placeholder_date(cell) {
                    self.odd_numbers.push(cell);
                }
                return;
            }
            self.odd_dates.push(cell);
            if is_placeholder_date(cell) {
                self.words.push(key, cell);
            }
        } else {
            match self.numbers.push(cell) {
                Numeral::Serial => {}
                Numeral::Other => self.odd_numbers.push(cell),
                Numeral::None => {
                    self.errors += u32::from(fault::is_spreadsheet_error(cell));
                    self.words.push(key, cell);
                }
            }
        }
    }

    /// Takes over what was found in later cells of the same column.
    pub fn merge(&mut self, later: Self) {
        self.rows += later.rows;
        self.empty += later.empty;
        self.longest_bytes = self.longest_bytes.max(later.longest_bytes);
        for sample in later.samples {
            if self.samples.len() < KEPT && !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
        self.values.merge(later.values);
        self.words.merge(later.words);
        self.dates.merge(later.dates);
        self.numbers.merge(later.numbers);
        self.odd_numbers.merge(later.odd_numbers);
        self.odd_dates.merge(later.odd_dates);
        self.date_lost += later.date_lost;
        self.errors += later.errors;
        self.repeats.merge(later.repeats);
    }
}

impl Repeats {
    fn push(&mut self, cell: &[u8], row: u64) {
        if self.before == cell {
            self.rows += 1;
            self.run += 1;
        } else {
            self.run = 1;
            self.before.clear();
            self.before.extend_from_slice(cell);
        }
        if self.run > self.longest_rows {
            (self.longest_rows, self.longest_end) = (self.run, row);
            if self.longest_text != cell {
                self.longest_text.clear();
                self.longest_text.extend_from_slice(cell);
            }
        }
    }

    fn interrupt(&mut self) {
        self.before.clear();
        self.run = 0;
    }

    /// A stretch that goes over the border counts as two: the border is between pages of thousands of rows.
    fn merge(&mut self, later: Self) {
        self.rows += later.rows;
        if later.longest_rows > self.longest_rows {
            self.longest_rows = later.longest_rows;
            self.longest_end = later.longest_end;
            self.longest_text = later.longest_text;
        }
        self.before = later.before;
        self.run = later.run;
    }
}

/// Dates that systems write where they have none: the first and last days of their calendars.
fn is_placeholder_date(cell: &[u8]) -> bool {
    const YEARS: [&[u8]; 10] =
        [b"0001", b"1753", b"1899", b"1900", b"1901", b"1970", b"2099", b"2999", b"9998", b"9999"];
    // All of them are the first or last day of a year (30 December 1899 is a spreadsheet's nought).
    const DAYS: [&[u8]; 4] = [b"01-01", b"12-31", b"12-30", b"31-12"];
    let date = cell.split(|byte| matches!(byte, b' ' | b'T')).next().unwrap_or(cell);
    let same = |a: &[u8], b: &[u8]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b || (matches!(a, b'/' | b'.') && *b == b'-'))
    };
    let parts = |year: &[u8], rest: &[u8]| YEARS.contains(&year) && DAYS.iter().any(|day| same(rest, day));
    match date.len() {
        10 => parts(&date[..4], &date[5..]) || parts(&date[6..], &date[..5]),
        // 19000101, 99991231
        8 if date.iter().all(u8::is_ascii_digit) => {
            YEARS.contains(&&date[..4]) && [&b"0101"[..], b"1231", b"1230"].contains(&&date[4..])
        }
        // 1/1/1900
        8 => parts(&date[4..], b"01-01") && matches!(date[..4], [b'1', b'/' | b'.', b'1', b'/' | b'.']),
        _ => false,
    }
}
