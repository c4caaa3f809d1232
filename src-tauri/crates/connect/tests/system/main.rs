//! Systems that need no server to be tested.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop at once
#![allow(clippy::pedantic)] // a case stands as it reads

mod contract;
mod sql_server;
mod sqlite;
