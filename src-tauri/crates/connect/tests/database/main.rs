//! PostgreSQL and MariaDB, the real ones: the contract of every database, and what only a server can show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop at once
#![allow(clippy::pedantic)] // a case stands as it reads
#![cfg(unix)]

#[path = "../system/contract.rs"]
mod contract;
mod mariadb;
mod postgres;
mod server;
