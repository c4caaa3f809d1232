//! What a person says of one week of a measure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Attachment, FiguresId, KpiId};
use crate::cell::{DateFormat, Quantity};
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
    /// The file that it stood in; nothing where it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileCause>,
}

/// The file that a revision came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCause {
    /// Which bringing of it.
    pub figures: FiguresId,
    /// What it was called.
    pub name: String,
    /// Weeks of it did not add up, and a person published it all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub was_held: bool,
}

/// How the columns of a file are read as weeks of a measure. Where the parts stand is said in one of two ways: each
/// department in a column of its own (`parts`), or each in a row of its own, named in one column (`department`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FigureColumns {
    /// The sheet of a workbook; nothing for the first one with cells, and for text.
    pub sheet: Option<String>,
    /// The column with the week.
    pub week: String,
    /// How the week is written: as a date in one of these forms, which counts for the week that it lies in; as an ISO week
    /// where there are none. Nothing while nobody has said it.
    #[specta(type = Option<Vec<String>>)]
    pub week_formats: Option<Vec<DateFormat>>,
    /// The column with the value, or with what stands above the line.
    pub numerator: String,
    /// The column with what stands below it; not looked at where the measure is a value.
    pub denominator: Option<String>,
    /// Columns with one department's part each.
    pub parts: BTreeMap<String, DepartmentId>,
    /// The column that names whose row it is.
    pub department: Option<String>,
    /// What its words mean: a department, or nothing for the total. An empty cell is the total too.
    pub departments: BTreeMap<String, Option<DepartmentId>>,
    /// Whether decimals follow a comma. Nothing while nobody has said it.
    pub decimal_comma: Option<bool>,
    /// Whether the values are shares of 1: 0.935 is 93.5 percent. Only where the measure is a value in percent.
    pub is_share: bool,
}

/// A week as a file says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtWeek {
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
    /// The rows that say it, by their numbers in the file.
    pub rows: Vec<u64>,
}

/// A file with weeks of a measure, as a person brought it in. Its bytes are kept by their hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtFigures {
    /// Which bringing: random.
    pub figures: FiguresId,
    /// Of which measure.
    pub kpi: KpiId,
    /// The file.
    pub file: Attachment,
    /// How it was read; the next file is read so unless somebody says otherwise.
    pub columns: FigureColumns,
    /// The weeks that were not known so, in their order.
    pub weeks: Vec<BroughtWeek>,
    /// Weeks of it that stood so already.
    #[serde(default)]
    pub same: u32,
    /// Rows of it that were refused.
    #[serde(default)]
    pub refused: u32,
    /// Why weeks change that had a value; empty where none does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A person decided about a file that was held because weeks of it do not add up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresDecided {
    /// Which bringing of a file.
    pub figures: FiguresId,
    /// Of which measure.
    pub kpi: KpiId,
    /// Published as it is; otherwise nothing of it counts.
    pub is_published: bool,
    /// Why.
    pub reason: String,
}
