//! The shell without a display: its commands, its bindings, and the rules of the house.

#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs)]

mod backup;
mod bindings;
#[path = "../pipeline/charter_draft.rs"]
mod charter_draft;
mod commands;
mod house;
mod jobs;
mod pages;
mod schedule;
mod tidy;
