//! PostgreSQL and MariaDB, the real ones: the contract of every database, and what only a server can show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop at once
#![allow(clippy::pedantic)] // a case stands as it reads
#![cfg(unix)]

#[path = "../system/contract.rs"]
mod contract;
mod mariadb;
mod postgres;

#[allow(dead_code, unused_imports)] // each program of tests starts some of them
#[path = "../../../../../tests/servers/start/mod.rs"]
mod servers;

use plaza_connect::system::{Connection, Secret, Secrets, System, sql};
use servers::SECRET;

/// A system with the password of the tests.
fn open(definition: &serde_json::Value) -> Box<dyn System> {
    open_with(definition, SECRET)
}

/// A system with a password.
fn open_with(definition: &serde_json::Value, password: &str) -> Box<dyn System> {
    let connection: Connection = serde_json::from_value(definition.clone()).unwrap();
    let mut secrets = Secrets::default();
    secrets.put("password", Secret::new(password.into()));
    sql::open(&connection, secrets).unwrap()
}
