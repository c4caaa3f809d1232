//! PostgreSQL and MariaDB, the real ones: the contract of every database, and what only a server can show.
#![cfg(unix)]

#[path = "../system/contract.rs"]
mod contract;
mod mariadb;
mod postgres;
mod server;
