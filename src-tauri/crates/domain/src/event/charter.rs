//! What people say about an integration: its charter, whether it is active, its success, its audit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::IntegrationId;
use crate::audit::{Answer, Quarter};
use crate::charter::Charter;
use crate::day::Week;

/// A version of an integration's charter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CharterSaved {
    /// Which integration.
    pub integration: IntegrationId,
    /// From 1.
    pub version: u32,
    /// The answers, complete or not.
    pub charter: Charter,
}

/// An integration was activated: from now on it is pulled by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntegrationActivated {
    /// Which one.
    pub integration: IntegrationId,
    /// The version of its charter that was in force.
    pub charter_version: u32,
    /// What was unstable below it when it was activated all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unstable: Vec<Unstable>,
    /// Why it was activated though something below is unstable; empty where nothing was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An integration of a lower level that was unstable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unstable {
    /// Which one.
    pub integration: IntegrationId,
    /// Why, as words such as `failed`.
    pub troubles: Vec<String>,
}

/// A week's number of a success measure, as a person counted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureEntered {
    /// Of which integration.
    pub integration: IntegrationId,
    /// What is counted, as its charter names it: numbers of another measure are not mixed with it.
    pub name: String,
    /// In what.
    pub unit: String,
    /// For which week.
    pub week: Week,
    /// How much, millionths of the unit.
    pub millionths: i64,
}

/// An audit of an integration: all its answers at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditSaved {
    /// Of which integration.
    pub integration: IntegrationId,
    /// For which quarter.
    pub quarter: Quarter,
    /// By the question's word.
    pub answers: BTreeMap<String, AuditAnswer>,
}

/// An answer as it counted when the audit was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAnswer {
    /// The answer that counted.
    pub answer: Answer,
    /// What the person answered; nothing where Plaza answered alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Answer>,
    /// What the person said about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// What Plaza knew, in the words that the person read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}
