//! Whole pulls from real systems: what different ways into one system give must be one company, journey by journey.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop at once

#[allow(dead_code)] // the pipeline's tests use all of it
#[path = "../pipeline/bench.rs"]
mod bench;
mod calendar;
mod cap;
#[path = "../pipeline/charter_draft.rs"]
mod charter_draft;
mod company;
mod database;
#[allow(dead_code)] // the pipeline's tests use all of it
#[path = "../pipeline/rotation/company.rs"]
mod rotating;
mod rotation;
#[allow(dead_code, unused_imports)] // each program of tests starts some of them
#[path = "start/mod.rs"]
mod start;
mod tryton;
