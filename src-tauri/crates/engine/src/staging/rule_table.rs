//! Whether the rules that an integration states mean anything: an option that does nothing is a mistake.

use plaza_domain::record::{Field, FieldKind};

use super::{Rule, field_word};
use crate::integration::{Integration, SchemaPolicy, Severity};

/// What is wrong with a stated rule. `Display` says it in plain English.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum RuleFault {
    /// There is no such rule.
    #[error("there is no rule “{0}”")]
    Unknown(String),
    /// Nobody may change it.
    #[error("the rule “{0}” cannot be changed: without it a row could not be counted at all")]
    Fixed(String),
    /// What happens there is said elsewhere.
    #[error("“{0}” has no severity: [rules.schema] says what happens to columns that change")]
    OfSchema(String),
    /// A new column is not read, so it has no value to drop.
    #[error(
        "a new column is not read until it is mapped, so there is no value to drop: accept, stop or drop-row"
    )]
    NothingToDrop,
    /// It speaks of a whole file, so no row of it could wait.
    #[error("the rule “{0}” speaks of a whole file and can only warn or be off")]
    OfFile(String),
    /// A field is needed that no stream has.
    #[error("“{}” is needed in every row, but no column is mapped to it", field_word(*.0))]
    Unmapped(Field),
    /// A range of something that is no number.
    #[error("“{}” is no number and can have no smallest or largest value", field_word(*.0))]
    NoNumber(Field),
    /// The smallest value is above the largest.
    #[error("“{}”: the smallest value is above the largest", field_word(*.0))]
    EmptyRange(Field),
}

/// Everything that is wrong with the rules, each with its place: `rules.severity.required`.
pub(crate) fn rule_faults(integration: &Integration) -> Vec<(String, RuleFault)> {
    let rules = &integration.rules;
    let mut faults = Vec::new();
    for (rule, severity) in &rules.severity {
        let fault = match Rule::from_word(rule) {
            None => RuleFault::Unknown(rule.clone()),
            Some(Rule::ChangedColumn) => RuleFault::OfSchema(rule.clone()),
            Some(known) if known.is_fixed() => RuleFault::Fixed(rule.clone()),
            Some(Rule::NullShare | Rule::RepeatedDates | Rule::SchemaChange | Rule::StaleData)
                if *severity == Severity::Quarantine =>
            {
                RuleFault::OfFile(rule.clone())
            }
            Some(_) => continue,
        };
        faults.push((format!("rules.severity.{rule}"), fault));
    }
    if rules.schema.new == Some(SchemaPolicy::DropValue) {
        faults.push(("rules.schema.new".to_owned(), RuleFault::NothingToDrop));
    }
    for (place, field) in rules.required.iter().enumerate() {
        if integration.streams.iter().all(|stream| !stream.fields.contains_key(field)) {
            faults.push((format!("rules.required[{place}]"), RuleFault::Unmapped(*field)));
        }
    }
    for (field, range) in &rules.range {
        let fault = if !matches!(field.kind(), FieldKind::Quantity | FieldKind::Money) {
            RuleFault::NoNumber(*field)
        } else if range.min.zip(range.max).is_some_and(|(min, max)| min > max) {
            RuleFault::EmptyRange(*field)
        } else {
            continue;
        };
        faults.push((format!("rules.range.{}", field_word(*field)), fault));
    }
    faults
}
