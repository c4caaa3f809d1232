//! Why a cell cannot be read.

use serde::{Deserialize, Serialize};

/// Longest piece of a cell that a fault quotes, in bytes: enough to recognise it, short enough for a line.
const QUOTED_BYTES: usize = 80;

/// Why a cell could not be read as what its column is declared to hold. `Display` says it in plain English;
/// the window translates by `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CellFault {
    /// The text does not have the shape of the declared date format.
    #[error("“{text}” is not a date of the form {format}")]
    NotADate {
        /// The cell.
        text: String,
        /// The declared format.
        format: String,
    },
    /// The shape is right but the calendar has no such day or time (31 February, 25:00, 0000-00-00).
    #[error("“{text}” is not a day or time that exists (read as {format})")]
    NoSuchDay {
        /// The cell.
        text: String,
        /// The declared format.
        format: String,
    },
    /// Only minutes and seconds are left (`00:00.0`): a spreadsheet showed the date this way when the file
    /// was saved, and the date itself is gone. The file must be exported again.
    #[error(
        "“{text}” holds only minutes and seconds: a spreadsheet dropped the date when it saved the file; export it again from the system itself"
    )]
    DateLost {
        /// The cell.
        text: String,
    },
    /// A date outside the years that the integration calls plausible.
    #[error("“{text}” is in the year {year}, outside the plausible years {first} to {last}")]
    ImplausibleYear {
        /// The cell.
        text: String,
        /// The year it was read as.
        year: i32,
        /// First plausible year.
        first: i32,
        /// Last plausible year.
        last: i32,
    },
    /// The text is not a number in the declared notation.
    #[error("“{text}” is not a number of the form {format}")]
    NotANumber {
        /// The cell.
        text: String,
        /// The declared notation, as a sample.
        format: String,
    },
    /// The number has more decimals than are kept, and they are not zero.
    #[error("“{text}” has more than {decimals} decimals")]
    TooPrecise {
        /// The cell.
        text: String,
        /// How many decimals are kept.
        decimals: u8,
    },
    /// The number is too large to be kept exactly.
    #[error("“{text}” is too large a number")]
    TooLarge {
        /// The cell.
        text: String,
    },
    /// The text is neither a yes nor a no.
    #[error("“{text}” is neither yes nor no")]
    NotABoolean {
        /// The cell.
        text: String,
    },
    /// A spreadsheet's own error (`#N/A`, `#REF!`) or an overfull column (`#####`).
    #[error("“{text}” is an error that the spreadsheet shows instead of a value")]
    SpreadsheetError {
        /// The cell.
        text: String,
    },
}

impl CellFault {
    /// The cell that the fault is about, shortened.
    pub fn text(&self) -> &str {
        match self {
            Self::NotADate { text, .. }
            | Self::NoSuchDay { text, .. }
            | Self::DateLost { text }
            | Self::ImplausibleYear { text, .. }
            | Self::NotANumber { text, .. }
            | Self::TooPrecise { text, .. }
            | Self::TooLarge { text }
            | Self::NotABoolean { text }
            | Self::SpreadsheetError { text } => text,
        }
    }

    /// A stable name of the kind of fault, as in the serialised form: reasons are counted by it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotADate { .. } => "not_a_date",
            Self::NoSuchDay { .. } => "no_such_day",
            Self::DateLost { .. } => "date_lost",
            Self::ImplausibleYear { .. } => "implausible_year",
            Self::NotANumber { .. } => "not_a_number",
            Self::TooPrecise { .. } => "too_precise",
            Self::TooLarge { .. } => "too_large",
            Self::NotABoolean { .. } => "not_a_boolean",
            Self::SpreadsheetError { .. } => "spreadsheet_error",
        }
    }
}

/// The cell as text for a message: valid UTF-8, and not longer than a line.
pub(super) fn quote(cell: &[u8]) -> String {
    if cell.len() <= QUOTED_BYTES {
        return String::from_utf8_lossy(cell).into_owned();
    }
    let mut end = QUOTED_BYTES;
    while end > 0 && cell[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    let mut text = String::from_utf8_lossy(&cell[..end]).into_owned();
    text.push('…');
    text
}

/// Whether the cell is an error that a spreadsheet shows in place of a value.
pub(super) fn is_spreadsheet_error(cell: &[u8]) -> bool {
    const ERRORS: [&[u8]; 9] =
        [b"#N/A", b"#REF!", b"#VALUE!", b"#DIV/0!", b"#NAME?", b"#NUM!", b"#NULL!", b"#NV", b"#WERT!"];
    cell.first() == Some(&b'#')
        && cell.len() > 1
        && (ERRORS.iter().any(|error| cell.eq_ignore_ascii_case(error))
            || cell.iter().all(|byte| *byte == b'#'))
}

/// Whether the cell is a time of the form `mm:ss.f`, which is what a spreadsheet saves of a timestamp with
/// fractions of a second when nobody chose a date format.
pub(super) fn is_date_lost(cell: &[u8]) -> bool {
    let Some((minutes, rest)) = split_once(cell, b':') else { return false };
    let Some((seconds, fraction)) = split_once(rest, b'.').or_else(|| split_once(rest, b',')) else {
        return false;
    };
    let digits = |text: &[u8], longest: usize| {
        !text.is_empty() && text.len() <= longest && text.iter().all(u8::is_ascii_digit)
    };
    digits(minutes, 2) && digits(seconds, 2) && digits(fraction, 3)
}

fn split_once(cell: &[u8], mark: u8) -> Option<(&[u8], &[u8])> {
    let at = cell.iter().position(|byte| *byte == mark)?;
    Some((&cell[..at], &cell[at + 1..]))
}
