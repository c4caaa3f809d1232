//! What a person says of one week of a measure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::KpiId;
use crate::cell::Quantity;
use crate::day::Week;
use crate::department::DepartmentId;
use crate::person::PersonId;

/// A week of a measure was entered by a person. What is published of it is an observation of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureEntered {
    /// Of which measure.
    pub kpi: KpiId,
    /// Which week.
    pub week: Week,
    /// The value, or what stands above the line.
    pub numerator: Quantity,
    /// What stands below it; nothing where the measure is a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<Quantity>,
    /// The departments' parts of the numerator.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<DepartmentId, Quantity>,
    /// Why; empty for a week that had no value before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An entry as the reason of a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryCause {
    /// Who entered it; nothing where the device had no profile then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// Why; empty for a week that had no value before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}
