//! What is reported about a column.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::{DateFormat, NumberFormat};
use crate::day::Day;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// No cell has a value.
    Empty,
    /// Anything else.
    Text,
    /// Two words for yes and no.
    Boolean,
    /// Whole numbers.
    Integer,
    /// Numbers with decimals.
    Decimal,
    /// Numbers with a currency.
    Money,
    /// Days.
    Date,
    /// Days with a time of day.
    Timestamp,
}

/// Everything that a column's cells tell about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ColumnProfile {
    /// What the cells hold.
    pub kind: ColumnKind,
    /// Cells that were looked at.
    pub cells: u32,
    /// Cells without a value.
    pub empty: u32,
    /// Different values; at least so many where `distinct_is_minimum`.
    pub distinct: u32,
    /// There are too many different values to be counted.
    pub distinct_is_minimum: bool,
    /// The first different values, up to five.
    pub samples: Vec<String>,
    /// Smallest value (day, number), where the column has an order and can be read.
    pub min: Option<String>,
    /// Largest value.
    pub max: Option<String>,
    /// Length of the longest value, bytes.
    pub longest_bytes: u32,
    /// The values with how often each is there, most frequent first; empty where there are too many.
    pub values: Vec<WordCount>,
    /// How its dates are written, where it may be read as dates: most cells are, or all others are a few words.
    pub date: Option<DateReading>,
    /// How its numbers are written, where it has any and is no column of dates.
    pub number: Option<NumberReading>,
    /// The values that are neither dates nor numbers, with how often, most frequent first. Among dates or numbers they
    /// stand for something, and a person says for what. See [`ColumnProfile::words_among_dates`].
    pub words: Vec<WordCount>,
    /// Cells among the words that are not listed, because there are too many different ones.
    pub other_words: u32,
    /// The numbers that are no days, as long as they are few: among dates (`0`, `00000000`) they are words as well.
    pub odd_numbers: Vec<WordCount>,
    /// The dates, as long as they are few: among numbers they are words as well.
    pub odd_dates: Vec<WordCount>,
    /// What a person should know before trusting the column.
    pub hints: Vec<Hint>,
}

/// A value and how often it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct WordCount {
    /// The value.
    pub text: String,
    /// Rows that have it.
    pub rows: u32,
}

/// A cell as an example, with its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Example {
    /// The row's number as a person sees it.
    pub row: u32,
    /// The cell.
    pub text: String,
}

/// How the dates of a column are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct DateReading {
    /// The forms that occur, most frequent first. One is the normal case.
    pub forms: Vec<FormatCount>,
    /// Date cells of yet other forms.
    pub other_rows: u32,
    /// Numbers that may be days as a spreadsheet counts them: only a person knows, and from when they are counted.
    pub serial: Option<SerialReading>,
}

/// Numbers that may be days as a spreadsheet counts them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SerialReading {
    /// Rows with such numbers.
    pub rows: u32,
    /// Some of them.
    pub examples: Vec<String>,
}

/// One form in which dates are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FormatCount {
    /// The format; several where the cells fit more than one, and a person must be asked; none where no cell
    /// is a day of the calendar.
    #[specta(type = Vec<String>)]
    pub candidates: Vec<DateFormat>,
    /// Rows of this form.
    pub rows: u32,
    /// Some cells.
    pub examples: Vec<String>,
    /// First day, where the format is known.
    #[specta(type = Option<String>)]
    pub first: Option<Day>,
    /// Last day, where the format is known.
    #[specta(type = Option<String>)]
    pub last: Option<Day>,
}

impl DateReading {
    /// Whether a person must say which number is the day and which the month.
    pub fn is_ambiguous(&self) -> bool {
        self.forms.iter().any(|form| form.candidates.len() > 1)
    }

    /// The formats to read the column with, most frequent first; none where a person must be asked first.
    pub fn formats(&self) -> Option<Vec<DateFormat>> {
        let known = !self.is_ambiguous() && self.serial.is_none() && !self.forms.is_empty();
        known.then(|| self.forms.iter().filter_map(|form| form.candidates.first().copied()).collect())
    }

    /// The ways in which the column may be read, for a person to choose from: one list of formats for each order of
    /// day, month and year that fits, each with the days of a spreadsheet counted from 1900, from 1904, or left unread.
    /// None where there is nothing to choose.
    pub fn choices(&self) -> Vec<Vec<DateFormat>> {
        if !self.is_ambiguous() && self.serial.is_none() {
            return Vec::new();
        }
        let mut orders: Vec<_> = Vec::new();
        for format in
            self.forms.iter().filter(|form| form.candidates.len() > 1).flat_map(|form| &form.candidates)
        {
            if !orders.contains(&format.order()) {
                orders.push(format.order());
            }
        }
        let of_order = |order: Option<&_>| -> Vec<DateFormat> {
            let fitting = self.forms.iter().filter_map(|form| match form.candidates.as_slice() {
                [one] => Some(*one),
                several => several.iter().find(|format| Some(&format.order()) == order).copied(),
            });
            fitting.collect()
        };
        let written: Vec<Vec<DateFormat>> = if orders.is_empty() {
            vec![of_order(None)]
        } else {
            orders.iter().map(|order| of_order(Some(order))).collect()
        };
        if self.serial.is_none() {
            return written;
        }
        let mut choices = Vec::new();
        for formats in written {
            for counted in [DateFormat::EXCEL_1900, DateFormat::EXCEL_1904] {
                choices.push(formats.iter().copied().chain([counted]).collect());
            }
            // Of numbers alone nothing would be left to read.
            if !formats.is_empty() {
                choices.push(formats);
            }
        }
        choices
    }
}

impl ColumnProfile {
    /// What stands among the dates without being one, most frequent first: words, and numbers that are no days.
    pub fn words_among_dates(&self) -> Vec<WordCount> {
        with_odd(&self.words, &self.odd_numbers)
    }

    /// What stands among the numbers without being one, most frequent first: words, and dates.
    pub fn words_among_numbers(&self) -> Vec<WordCount> {
        with_odd(&self.words, &self.odd_dates)
    }
}

/// Some dates (1900-01-01) are among the words already.
fn with_odd(words: &[WordCount], odd: &[WordCount]) -> Vec<WordCount> {
    let is_new = |one: &&WordCount| words.iter().all(|word| word.text != one.text);
    let mut all: Vec<WordCount> = words.iter().chain(odd.iter().filter(is_new)).cloned().collect();
    all.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.text.cmp(&b.text)));
    all
}

/// How the numbers of a column are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NumberReading {
    /// The notation; several where the cells fit more than one (`1.234` and nothing else), and a person must
    /// be asked; none where some cells have decimal commas and others decimal points.
    #[specta(type = Vec<String>)]
    pub candidates: Vec<NumberFormat>,
    /// Some cell tells which mark is the decimal one.
    pub has_mark: bool,
    /// Rows with numbers.
    pub rows: u32,
    /// Most decimals.
    pub decimals: u8,
    /// Currency signs and codes that occur, up to five; more than one is worth a question.
    pub currencies: Vec<String>,
    /// Rows with a per cent sign.
    pub percent_rows: u32,
    /// Rows below nought.
    pub negative_rows: u32,
    /// Some cells with marks in them.
    pub examples: Vec<String>,
}

/// What a person should know about a column before trusting it. `Display` says it in plain English.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Hint {
    /// Only minutes and seconds are left of the dates.
    DateLost {
        /// Rows.
        rows: u32,
    },
    /// Two forms of dates, and in one of them no day is below 13: a spreadsheet in another language has
    /// taken all dates that it could misread for dates of its own, and written them in the other form. The
    /// converted rows are wrong dates; only a new export helps.
    HalfConverted {
        /// The form that was left alone.
        kept: String,
        /// Rows of it.
        kept_rows: u32,
        /// The form with the misread dates.
        converted: String,
        /// Rows of it.
        converted_rows: u32,
        /// Some misread cells.
        examples: Vec<String>,
    },
    /// Cells in the shape of a date that are no day of the calendar.
    NoSuchDay {
        /// Rows.
        rows: u32,
        /// Some of them.
        examples: Vec<Example>,
    },
    /// Dates in years that cannot be meant.
    ImplausibleYears {
        /// Rows.
        rows: u32,
        /// The years, in order.
        years: Vec<i32>,
    },
    /// Times that continue the row above: exactly one day later to the second, as dragging a cell down in a
    /// spreadsheet does, in a column whose times are otherwise all different.
    FilledSeries {
        /// Rows.
        rows: u32,
        /// Some of them.
        examples: Vec<Example>,
    },
    /// The same timestamp in many rows below one another, as filling down does.
    FilledDown {
        /// Rows that equal the row above.
        rows: u32,
        /// Length of the longest stretch of equal rows.
        longest_rows: u32,
        /// The row where it begins.
        first_row: u32,
        /// Its value.
        text: String,
    },
    /// Years with two digits.
    TwoDigitYears {
        /// They fall into the hundred years from this one.
        window_start: u16,
    },
    /// Whole numbers of eight digits, all of which are dates when read as year, month, day.
    MayBePackedDate,
    /// Numbers that would all, but for a few placeholders, be dates between 1982 and 2068 as a spreadsheet counts days.
    MayBeSerialDate,
    /// Numbers with a power of ten: a spreadsheet has dropped digits. Of an order number nothing useful is left.
    Scientific {
        /// Rows.
        rows: u32,
        /// One of them.
        example: String,
    },
    /// Digits with noughts in front: names made of digits, not numbers.
    LeadingZeros {
        /// Rows.
        rows: u32,
    },
    /// Errors that a spreadsheet shows instead of a value.
    SpreadsheetErrors {
        /// Rows.
        rows: u32,
    },
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DateLost { rows } => write!(
                f,
                "{rows} cells hold only minutes and seconds (00:00.0): a spreadsheet dropped the dates when it saved the file; export it again from the system itself"
            ),
            Self::HalfConverted { kept, kept_rows, converted, converted_rows, examples } => write!(
                f,
                "{converted_rows} dates of the form {converted} (such as {}) are misread: the {kept_rows} of the form {kept} all have days above 12, so a spreadsheet took every date it could mistake for one of its own and swapped its parts; export the file again",
                examples.first().map_or("", String::as_str)
            ),
            Self::NoSuchDay { rows, .. } => {
                write!(f, "{rows} cells look like dates but are no day of the calendar")
            }
            Self::ImplausibleYears { rows, years } => {
                let years: Vec<_> = years.iter().map(ToString::to_string).collect();
                write!(f, "{rows} dates lie in years that cannot be meant: {}", years.join(", "))
            }
            Self::FilledSeries { rows, .. } => write!(
                f,
                "{rows} cells are exactly one day after the row above, to the second: they look dragged down in a spreadsheet, not recorded"
            ),
            Self::FilledDown { rows, longest_rows, first_row, text } => write!(
                f,
                "{rows} cells repeat the row above; from row {first_row} on, {longest_rows} rows all say “{text}”: they may be filled down, not recorded"
            ),
            Self::TwoDigitYears { window_start } => write!(
                f,
                "years have two digits and are taken to be from {window_start} to {}",
                window_start + 99
            ),
            Self::MayBePackedDate => f.write_str("the numbers may be dates written yyyyMMdd"),
            Self::MayBeSerialDate => {
                f.write_str("the numbers may be dates as a spreadsheet counts days (excel-1900, excel-1904)")
            }
            Self::Scientific { rows, example } => write!(
                f,
                "{rows} cells have a power of ten (such as {example}): a spreadsheet dropped digits when it saved the file; export it again from the system itself"
            ),
            Self::LeadingZeros { rows } => {
                write!(f, "{rows} cells begin with a nought: they are kept as text")
            }
            Self::SpreadsheetErrors { rows } => {
                write!(f, "{rows} cells hold a spreadsheet's error instead of a value")
            }
        }
    }
}
