//! The only user of `SQLite`: the ledger of events, and the intake of records.
//!
//! A workspace is a folder with two databases: `ledger.db` ([`ledger`]: events and their projections, [`view`]; small
//! and precious) and `intake.db` ([`intake`]: records, their versions and originals). Across the two nothing is
//! atomic: a run commits in the intake first, and what it then says in the ledger has derived ids, so that saying it
//! again after a crash is harmless.

pub mod backup;
pub mod connection;
mod error;
pub mod intake;
pub mod key;
pub mod ledger;
pub mod view;

pub use connection::BUSY_TIMEOUT_MS;
pub use error::{Result, StoreError};
