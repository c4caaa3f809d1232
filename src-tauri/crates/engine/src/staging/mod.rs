//! Staging: rows of a file become typed facts, or findings that say why not.

mod finding;
mod judge;
pub mod limits;
mod plan;
mod reason;
mod row;
mod rule_table;
mod rules;
mod schema_words;
mod words;

pub use finding::{ColumnChange, ColumnType, Finding, Rule};
pub(crate) use judge::{Doubt, believed, judge};
pub use plan::{FieldPlan, Plan, PlanError, Reading, StreamPlan};
pub(crate) use plan::{field_word, same_column};
pub use reason::reason_words;
pub(crate) use row::ONLY_LINE;
pub use row::{RowReader, StagedRow};
pub(crate) use rule_table::{RuleFault, rule_faults};
pub use rules::RowRules;
pub use words::words;
pub(crate) use words::{damage_words, fault_words};
