//! Files: CSV and XLSX, one at a time or in a watched folder.

pub mod csv;
pub mod folder;
mod format;
mod one;
mod original;
mod table;
pub mod xlsx;

pub use format::{FileFormat, FileKind};
pub use one::{FileSource, Looked};
pub use original::{Original, SnapshotName};
pub use table::Table;
