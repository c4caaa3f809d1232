//! Systems that need no server to be tested.

mod contract;
mod sql_server;
mod sqlite;
