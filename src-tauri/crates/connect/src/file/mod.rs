//! Files: CSV and XLSX, one at a time or in a watched folder.

pub mod csv;
mod format;

pub use format::{FileFormat, FileKind};
