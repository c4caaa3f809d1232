//! What was guessed about a source, or had to be done to it, for the person who connects it.

use std::fmt;

/// What was guessed about a file, or had to be done to the names of its columns. `Display` says it in plain English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing states the encoding; it looks like this one.
    EncodingGuessed {
        /// Its name.
        encoding: &'static str,
    },
    /// Taken to be UTF-8, though some rows are not.
    MostlyUtf8,
    /// The first row looks like data, so the columns are numbered.
    NoNames,
    /// The names do not stand in the first row: those above have another number of cells.
    NamesBelow {
        /// The row with the names, 1 for the first.
        row: u64,
    },
    /// Many of the first rows have another number of cells.
    Uneven {
        /// Share of the first rows that have the usual number, per cent.
        percent: usize,
        /// The usual number.
        cells: usize,
    },
    /// A column has no name.
    Unnamed {
        /// Its place, 1 for the first.
        column: usize,
        /// What it is called instead.
        called: String,
    },
    /// A name is there more than once.
    Doubled {
        /// The name.
        name: String,
        /// The place of the later column, 1 for the first.
        column: usize,
        /// What it is called instead.
        called: String,
    },
    /// The workbook has several sheets, and none was stated.
    OneSheet {
        /// How many there are.
        sheets: usize,
        /// The one that is read.
        sheet: String,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EncodingGuessed { encoding } => write!(f, "the encoding is guessed to be {encoding}"),
            Self::MostlyUtf8 => f.write_str("the encoding is taken to be UTF-8, though some rows are not"),
            Self::NoNames => f.write_str(
                "the first row looks like data, so the columns are numbered; state the row of names or the names if that is wrong",
            ),
            Self::NamesBelow { row } => {
                write!(f, "the names are taken from row {row}, the rows above have another number of cells")
            }
            Self::Uneven { percent, cells } => {
                write!(f, "only {percent} % of the first rows have {cells} cells")
            }
            Self::Unnamed { column, called } => {
                write!(f, "column {column} has no name and is called “{called}”")
            }
            Self::Doubled { name, column, called } => {
                write!(f, "the name “{name}” is there more than once; column {column} is called “{called}”")
            }
            Self::OneSheet { sheets, sheet } => {
                write!(f, "the workbook has {sheets} sheets; “{sheet}” is read")
            }
        }
    }
}
