//! Rules about a group as a whole: rows and empty cells against last time, timestamps that were filled down.

use std::collections::BTreeMap;

use plaza_store::intake::Batch;

use super::group::Arrival;
use super::report::Warnings;
use super::stage::Staged;
use crate::error::{EngineError, Result};
use crate::integration::{Delivery, RuleTable, Severity};
use crate::staging::{Finding, Rule, field_word};

/// Fewer repeated timestamps than this are taken for chance.
const REPEATS_MIN: i64 = 2;

/// Of so many rows of timestamps to the minute, one at most repeats or continues the row above by chance.
const ROWS_PER_REPEAT: i64 = 5_000;

/// A run whose rows differ from the last run's by more than this warns, per cent.
const ROW_COUNT_PERCENT: u16 = 30;

/// A column whose share of empty cells rises by more than this warns, percentage points.
const NULL_SHARE_POINTS: u16 = 10;

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
    repeated_dates(arrival, staged, warnings);
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

/// Timestamps that repeat or continue those above. A few may be chance; filling down makes many.
fn repeated_dates(arrival: &Arrival<'_>, staged: &Staged, warnings: &mut Warnings) {
    if arrival.rules.severity(Rule::RepeatedDates) == Severity::Off {
        return;
    }
    for (field, (repeats, example)) in arrival.plan.fields.iter().zip(&staged.repeated) {
        if *repeats >= REPEATS_MIN && *repeats * ROWS_PER_REPEAT >= staged.read() {
            let example = example.clone();
            warnings.note(Finding::RepeatedDates { field: field.field, rows: *repeats, example });
        }
    }
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
