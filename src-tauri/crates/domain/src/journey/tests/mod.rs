//! The arithmetic of one journey: tables of cases, and what must hold for any.

#![allow(clippy::unwrap_used, clippy::enum_glob_use, clippy::wildcard_imports, clippy::needless_for_each)] // tests

mod assemble;
mod plan;
mod properties;
mod split;
