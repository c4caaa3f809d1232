//! The joint KPIs: tables of cases for each rule, and what must hold for any journeys.

#![allow(clippy::unwrap_used, clippy::enum_glob_use, clippy::wildcard_imports, clippy::needless_for_each)] // tests

mod cases;
mod properties;
