//! What Plaza hands out, read back by programs of other people: poppler, icalendar, vobject.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop at once
#![cfg(unix)]

mod calendar;
#[allow(dead_code)] // each program of tests uses some of them
#[path = "../calendars/mod.rs"]
mod calendars;
mod paper;
#[allow(dead_code)] // each program of tests uses some of them
#[path = "../papers/mod.rs"]
mod papers;
mod start;
