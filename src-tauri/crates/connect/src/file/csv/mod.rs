//! CSV: any ASCII delimiter and quote, any line end, any encoding that the web knows.

mod decode;
mod dialect;
mod header;
mod lines;
mod pages;
mod reread;
mod scan;
mod sniff;
#[cfg(test)]
mod tests;

pub use dialect::{Dialect, LineEnd};
pub use lines::LineCount;
pub use pages::{COLUMNS, CsvPages, PAGE_BYTES, ROW_BYTES};
pub use reread::read_row;
pub use sniff::{SAMPLE_BYTES, Sniffed, sniff};

pub(crate) use header::{numbered, read as read_names};
pub(crate) use sniff::{foreign, guess_encoding, looks_like_data};
