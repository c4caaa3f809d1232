//! Papers: three writers over one model.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod html;
mod markdown;
#[allow(dead_code)] // each program of tests uses some of them
#[path = "../papers/mod.rs"]
mod papers;
#[cfg(feature = "pdf")]
mod pdf;
