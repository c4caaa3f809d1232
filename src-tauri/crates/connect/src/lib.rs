//! Where the rows come from: files today, other systems beside them.
//!
//! Whatever the kind, a [`Source`] gives [`Page`]s of text cells; what the cells mean is the domain's matter
//! (`plaza_domain::cell`). Rows that cannot be used are values in their page, never errors.

pub mod file;
pub mod system;

mod error;
mod note;
mod page;
mod source;

pub use error::ConnectError;
pub use note::Note;
pub use page::{Damage, DamagedRow, Page, Row};
pub use source::{Checked, Column, Cursor, Preview, ReadEnd, Source, Stream};
