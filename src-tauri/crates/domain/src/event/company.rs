//! The company: its workspace, departments and people.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{EventId, PublicKey};
use crate::department::DepartmentId;
use crate::person::{PersonId, Role};

/// A workspace begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceFounded {
    /// The company's name, until a setting says otherwise.
    pub company: String,
    /// The key that admits and cuts devices.
    pub keeper: PublicKey,
    /// The key kept on paper, which may do what the keeper's may when that one is lost.
    pub recovery: PublicKey,
    /// 128 random bits, so that two companies with one name are two.
    pub nonce: EventId,
}

/// Fields of a department to set; those left out stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentChange {
    /// Which department.
    pub id: DepartmentId,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// Its slot, 0–7. The first one ever given stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<u8>,
    /// Whether it owns legs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

/// Fields of a person to set; those left out stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChange {
    /// Which person.
    pub id: PersonId,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The address; an empty text takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// All roles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<BTreeSet<Role>>,
}
