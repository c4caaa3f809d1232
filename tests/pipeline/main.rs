//! The pull, end to end, without a window: files in, weeks of the ledger out. Bad inputs first.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

mod again;
mod attention;
mod audit;
mod bad_rows;
mod bench;
mod charter;
mod charter_draft;
mod checkpoint;
mod definition;
mod dispute;
mod drill;
mod fault;
mod hand;
mod incremental;
mod integration;
mod joined;
mod lists;
mod measure;
mod measure_file;
mod meeting;
mod pages;
mod quarantine;
mod readme;
mod real;
mod reminder;
mod reread;
mod retirement;
mod rotation;
mod rush;
mod sample;
mod schema;
mod secret;
mod server;
mod systems;
mod tend;
mod thread;
mod trail;
mod truth;
mod watch;
mod win;
#[allow(dead_code)] // the connectors' own tests use all of it
#[path = "../../src-tauri/crates/connect/tests/web/server.rs"]
mod wire;
mod wizard;

use bench::{Bench, FLAT};
use joined::JOINED;
