//! People: who acts, who owns, who decides. People who left stay readable.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::department::DepartmentId;

/// A person of the company: 128 random bits as hexadecimal text, so that a name can change and two people
/// with one name stay two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct PersonId(pub String);

impl PersonId {
    /// The id made of 128 bits that the caller drew at random.
    pub fn from_bits(bits: [u8; 16]) -> Self {
        Self(crate::event::EventId(bits).to_string())
    }
}

impl From<&str> for PersonId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::fmt::Display for PersonId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person may be in a workspace; one person may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Admits and cuts devices.
    Keeper,
    /// Prepares and runs the weekly meeting.
    Facilitator,
    /// Head of a department.
    Head,
    /// Works in a department.
    Member,
    /// Connects a system and answers for what comes out of it.
    IntegrationOwner,
    /// Reads and says nothing.
    Reader,
}

/// A person as the workspace knows them now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Person {
    /// Stays when everything else changes.
    pub id: PersonId,
    /// As the person writes it.
    pub name: String,
    /// Where calendar files and minutes go.
    pub email: Option<String>,
    /// The department the person works in.
    pub department: Option<DepartmentId>,
    /// What the person may be.
    pub roles: BTreeSet<Role>,
    /// The last day in the company; the person stays readable after it.
    #[specta(type = Option<String>)]
    pub left: Option<Day>,
}

impl Person {
    /// Whether the person had left by the end of `day`.
    pub fn has_left(&self, day: Day) -> bool {
        self.left.is_some_and(|last| last < day)
    }
}
