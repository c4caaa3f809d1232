//! What each screen reads, whole: one structure for a page, computed here so that the window computes nothing.
//!
//! Dates are `YYYY-MM-DD`, weeks `YYYY-Www`, moments RFC 3339; percentages 0–100; the window formats them for
//! the reader's language.

pub mod board;
pub mod integration;
pub mod job;
pub mod kpi;
pub mod order;
pub mod workspace;

use serde::{Deserialize, Serialize};

/// A department as screens show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DepartmentView {
    /// Its id: `production`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// One letter that stands beside its colour.
    pub letter: String,
    /// Which of the eight fixed colours, 0–7.
    pub slot: u8,
}

/// A person as screens show them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PersonView {
    /// Its id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Department's id.
    pub department: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// `keeper`, `facilitator`, `head`, `member`, `integration-owner`, `reader`.
    pub roles: Vec<String>,
    /// The day they left; they stay readable.
    pub left: Option<String>,
}

/// What a value counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Percent, 0–100; parts are percentage points.
    Percent,
    /// Days.
    Days,
}

/// Where a week's value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum WeekState {
    /// Pulled, not published.
    Draft,
    /// Still moving: pending journeys or young windows, or not signed yet.
    Provisional,
    /// Signed by its owner.
    Signed,
    /// A later revision lifted the signature.
    Restated,
}

/// What a page depends on: a command that changes one of these makes the pages that read it stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// Company settings, departments, people, who I am.
    Workspace,
    /// Definitions, phases, ghosts, signatures.
    Kpi,
    /// Observations and everything computed from them.
    Observation,
    /// Integrations and their files.
    Integration,
    /// Runs and quarantine.
    Run,
    /// Backups.
    Backup,
}

/// What a page read, and what it depends on.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Read<T> {
    /// The page.
    pub data: T,
    /// It is stale when one of these changes.
    pub provides: Vec<Tag>,
}

/// What an act did, and what it made stale.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Changed<T> {
    /// The result.
    pub data: T,
    /// Pages that read one of these are stale.
    pub invalidates: Vec<Tag>,
}
