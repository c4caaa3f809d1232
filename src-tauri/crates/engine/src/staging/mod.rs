//! Staging: rows of a file become typed facts, or findings that say why not.

mod finding;
mod judge;
pub mod limits;
mod plan;
mod reason;
mod row;
mod rule_table;
mod rules;
mod words;

pub use finding::{Finding, Rule};
pub(crate) use judge::{Doubt, believed, judge};
pub(crate) use plan::field_word;
pub use plan::{FieldPlan, Plan, PlanError, Reading, StreamPlan};
pub use reason::reason_words;
pub(crate) use row::ONLY_LINE;
pub use row::{RowReader, StagedRow};
pub(crate) use rule_table::{RuleFault, rule_faults};
pub use rules::RowRules;
pub use words::words;
