//! The real window on a virtual display, used as a person uses it. `cargo xtask test` brings what it needs.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, unreachable_pub, dead_code)]

mod company;
mod display;
mod figures;
mod first_start;
mod hand;
mod keys;
mod language;
mod look;
mod many;
mod measure;
mod path;
mod process;
mod reminder;
mod rotation;
mod sample;
mod system;
mod talk;
mod webdriver;
mod week;
mod win;
mod window;
mod wizard;
