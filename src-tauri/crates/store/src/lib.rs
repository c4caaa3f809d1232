//! The only user of SQLite: the ledger of events, and the intake of records.

pub mod intake;
