//! Where the rows come from: files today, other systems beside them.

pub mod file;

mod error;
mod page;

pub use error::ConnectError;
pub use page::{Damage, DamagedRow, Page, Row};
