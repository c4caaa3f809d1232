//! Whose word counts for a field, what was entered by hand, and what owners were asked to correct at its source.

use serde::{Deserialize, Serialize};

use super::{CorrectionId, IntegrationId, RunId};
use crate::person::PersonId;
use crate::record::Field;

/// One row of the truth map: where a field of an integration's journeys is born, whose word counts, who answers for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthSet {
    /// The integration whose journeys have the field.
    pub integration: IntegrationId,
    /// The field.
    pub field: Field,
    /// The system in which people enter it first.
    pub origin: String,
    /// The system whose word counts where several speak.
    pub record: String,
    /// Who answers for it.
    pub owner: PersonId,
}

/// Rows were entered by hand, because a system could not say what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandEntered {
    /// For which integration.
    pub integration: IntegrationId,
    /// What the kept original is called.
    pub file: String,
    /// BLAKE3 of the kept original, hexadecimal.
    pub hash: String,
    /// How many rows.
    pub rows: u32,
    /// `form` or `sheet`.
    pub way: String,
    /// What the person said about it.
    #[serde(default)]
    pub note: String,
}

/// The owner said whether what was entered by hand counts although the system says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandKept {
    /// Of which integration.
    pub integration: IntegrationId,
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// The field; what belongs to it (the quantity of a date) goes with it.
    pub field: Field,
    /// Whether what was entered counts; otherwise the system's word does.
    pub is_kept: bool,
    /// Why.
    pub reason: String,
}

/// The owner of a field was asked to correct it at its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionAsked {
    /// Which request.
    pub correction: CorrectionId,
    /// Of which integration.
    pub integration: IntegrationId,
    /// The field.
    pub field: Field,
    /// Who is asked.
    pub owner: PersonId,
    /// What is wrong, in the person's words.
    pub text: String,
    /// What should stand there, as the person wrote it; nothing where that is for the owner to find out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// The records that are wrong.
    pub records: Vec<WrongRecord>,
}

/// A record that somebody says is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongRecord {
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// The handle of the record.
    pub record: String,
    /// What it said then, as [`FactValue`](crate::record::FactValue) in words; nothing where it was silent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

/// A pull showed that the records of a request say something else now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionSeen {
    /// Which request.
    pub correction: CorrectionId,
    /// The run that brought it.
    pub run: RunId,
    /// What the records say now, in the order of the request; nothing for one that is silent or gone.
    pub says: Vec<Option<String>>,
}

/// A person closed a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionClosed {
    /// Which request.
    pub correction: CorrectionId,
    /// Why.
    pub reason: String,
}
