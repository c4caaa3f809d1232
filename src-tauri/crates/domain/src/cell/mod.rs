//! Cells: how the text of one cell becomes a day, a number or an amount of money, and how a whole column
//! tells which of these it holds.
//!
//! Everything here works on bytes and allocates only for a fault: a million rows of a dozen typed cells are
//! read in well under a second. A cell that cannot be read is a [`CellFault`], never a guess.

mod date_format;
mod fault;
mod infer;
mod month_name;
mod number;
mod stamp;
mod zone;

pub use date_format::{DateFormat, NotADateFormat, YY_WINDOW_START};
pub use fault::CellFault;
pub use infer::{
    Cells, ColumnKind, ColumnProfile, DateReading, Example, FormatCount, Hint, NumberReading, PlausibleYears,
    SerialReading, WordCount,
};
pub use number::{Money, NotANumberFormat, NumberFormat, Quantity, Separator, parse_boolean, parse_integer};
pub use stamp::Stamp;
pub use zone::{NotAZone, Zones};

/// A cell without the blanks around it (space, tab, no-break space in UTF-8, line ends).
pub fn trim(mut cell: &[u8]) -> &[u8] {
    loop {
        cell = match cell {
            [b' ' | b'\t' | b'\r' | b'\n', rest @ ..]
            | [0xC2, 0xA0, rest @ ..]
            | [0xE2, 0x80, 0xAF, rest @ ..]
            | [rest @ .., b' ' | b'\t' | b'\r' | b'\n']
            | [rest @ .., 0xC2, 0xA0]
            | [rest @ .., 0xE2, 0x80, 0xAF] => rest,
            _ => return cell,
        };
    }
}
