//! Rules about a group as a whole: rows and empty cells against last time, timestamps that were filled down.

use std::collections::BTreeMap;

use plaza_store::intake::Batch;

use super::group::Arrival;
use super::report::Warnings;
use super::stage::Staged;
use crate::error::{EngineError, Result};
use crate::integration::{Delivery, RuleTable, Severity};
use crate::staging::limits::{NULL_SHARE_POINTS, ROW_COUNT_PERCENT};
use crate::staging::{FieldPlan, Finding, RowRules, Rule, StreamPlan, field_word};

/// Fewer repeated timestamps than this are taken for chance.
const REPEATS_MIN: i64 = 2;

/// Of so many rows of timestamps to the minute, one at most repeats or continues the row above by chance.
const ROWS_PER_REPEAT: i64 = 5_000;

/// Holds a group against the rules, and a complete one against the snapshot before it.
///
/// # Errors
/// [`EngineError::Invalid`] where its number of rows holds it back as a whole.
pub(super) fn check(
    table: &RuleTable,
    arrival: &Arrival<'_>,
    staged: &Staged,
    warnings: &mut Warnings,
) -> Result<()> {
    for finding in filled_down(&arrival.rules, arrival.plan, &staged.repeated, staged.read()) {
        warnings.note(finding);
    }
    if arrival.stream.delivery == Delivery::Increment {
        return Ok(());
    }
    let earlier = arrival.batches.iter().filter(|batch| batch.moment < arrival.moment);
    let Some(moment) = earlier.map(|batch| batch.moment).max() else { return Ok(()) };
    let last: Vec<&Batch> = arrival.batches.iter().filter(|batch| batch.moment == moment).collect();
    let rows_before: i64 = last.iter().map(|batch| batch.rows).sum();
    let percent = i64::from(table.row_count_percent.unwrap_or(ROW_COUNT_PERCENT));
    row_count(arrival, staged.read(), rows_before, percent, warnings)?;
    let points = i64::from(table.null_share_points.unwrap_or(NULL_SHARE_POINTS));
    if rows_before > 0 && staged.read() > 0 && arrival.rules.severity(Rule::NullShare) != Severity::Off {
        null_share(arrival, staged, &last, points, warnings);
    }
    Ok(())
}

/// Timestamps that repeat or continue those above, in a file of so many rows. A few may be chance; filling down makes
/// many. `repeated` has an entry for each field of the plan: how many, and an example.
pub(crate) fn filled_down(
    rules: &RowRules,
    plan: &StreamPlan,
    repeated: &[(i64, String)],
    rows: i64,
) -> Vec<Finding> {
    if rules.severity(Rule::RepeatedDates) == Severity::Off {
        return Vec::new();
    }
    let is_much = |repeats: i64| repeats >= REPEATS_MIN && repeats * ROWS_PER_REPEAT >= rows;
    let fields = plan.fields.iter().zip(repeated).filter(|(_, (repeats, _))| is_much(*repeats));
    let finding = |(field, (rows, example)): (&FieldPlan, &(i64, String))| Finding::RepeatedDates {
        field: field.field,
        rows: *rows,
        example: example.clone(),
    };
    fields.map(finding).collect()
}

fn row_count(
    arrival: &Arrival<'_>,
    rows: i64,
    before: i64,
    percent: i64,
    warnings: &mut Warnings,
) -> Result<()> {
    if before == 0 || (rows - before).abs() * 100 <= before * percent {
        return Ok(());
    }
    match arrival.rules.severity(Rule::RowCount) {
        Severity::Off => {}
        Severity::Warn => warnings.note(Finding::RowCount { rows, before }),
        Severity::Quarantine => {
            let reason =
                format!("a complete file with {rows} rows, last time {before}: held back as a whole");
            return Err(EngineError::invalid("row-count", reason));
        }
    }
    Ok(())
}

fn null_share(arrival: &Arrival<'_>, staged: &Staged, last: &[&Batch], points: i64, warnings: &mut Warnings) {
    let rows_before: i64 = last.iter().map(|batch| batch.rows).sum();
    let mut empty_before: BTreeMap<String, i64> = BTreeMap::new();
    for batch in last {
        let counts: BTreeMap<String, i64> = serde_json::from_str(&batch.empty).unwrap_or_default();
        empty_before.extend(counts);
    }
    for (field, empty) in arrival.plan.fields.iter().zip(&staged.empty) {
        let Some(old) = empty_before.get(&field_word(field.field)) else { continue };
        let (percent, before_percent) = (empty * 100 / staged.read(), old * 100 / rows_before);
        if percent - before_percent > points {
            warnings.note(Finding::NullShare { field: field.field, percent, before_percent });
        }
    }
}
