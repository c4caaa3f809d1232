//! Rules about a group as a whole: rows and empty cells against last time, timestamps that were filled down.

use std::collections::BTreeMap;

use plaza_domain::event::IntegrationId;
use plaza_store::intake::Batch;

use super::Pull;
use super::group::Arrival;
use super::report::Warnings;
use super::stage::Staged;
use crate::error::{EngineError, Result};
use crate::integration::{Delivery, RuleTable, Severity};
use crate::journey::context::{day_of_moment, moment_of_day};
use crate::staging::limits::{NULL_SHARE_POINTS, ROW_COUNT_PERCENT, STALE_HOURS_MIN};
use crate::staging::{FieldPlan, Finding, RowRules, Rule, StreamPlan, field_word};
use crate::tend::thresholds;

/// Rules about a whole file that may hold a batch.
pub(super) const WHOLE_FILE: [Rule; 4] =
    [Rule::RowCount, Rule::NullShare, Rule::SchemaChange, Rule::StaleData];

const HOUR_SECONDS: i64 = 3_600;

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
    if arrival.rules.severity(Rule::SchemaChange) != Severity::Off {
        let findings = arrival.schemas.iter().flat_map(|schema| &schema.findings);
        findings.for_each(|finding| warnings.note(finding.clone()));
    }
    if arrival.stream.delivery == Delivery::Increment {
        return Ok(());
    }
    let earlier = arrival.published.iter().filter(|batch| batch.moment < arrival.moment);
    let Some(moment) = earlier.map(|batch| batch.moment).max() else { return Ok(()) };
    let last: Vec<&Batch> = arrival.published.iter().filter(|batch| batch.moment == moment).collect();
    let rows_before: i64 = last.iter().map(|batch| batch.rows).sum();
    let percent = i64::from(table.row_count_percent.unwrap_or(ROW_COUNT_PERCENT));
    row_count(arrival, staged.read(), rows_before, percent, warnings)?;
    let points = i64::from(table.null_share_points.unwrap_or(NULL_SHARE_POINTS));
    if rows_before > 0 && staged.read() > 0 && arrival.rules.severity(Rule::NullShare) != Severity::Off {
        null_share(arrival, staged, &last, points, warnings);
    }
    Ok(())
}

impl Pull<'_> {
    /// Whether the newest that a stream's newest file knows of is longer ago than it may be. A file without change times
    /// and without a declared day says nothing of its age.
    pub(super) fn check_age(
        &self,
        arrival: &Arrival<'_>,
        staged: &Staged,
        warnings: &mut Warnings,
    ) -> Result<()> {
        let is_newest = arrival.is_newest && arrival.batches.iter().all(|one| one.moment <= arrival.moment);
        if !is_newest || arrival.rules.severity(Rule::StaleData) == Severity::Off {
            return Ok(());
        }
        let changed = staged.rows.iter().map(|row| row.changed_at).max().filter(|at| *at != i64::MIN);
        // What a declared day says holds until that day is over.
        let declared = arrival.group.declared.map(|day| moment_of_day(day.plus(1)));
        let Some(newest) = changed.max(declared) else { return Ok(()) };
        let (zone, now_ms) = (self.workspace.settings()?.time_zone, self.workspace.now_ms());
        let now = moment_of_day(zone.day_at(now_ms)) + i64::from(zone.minute_at(now_ms)) * 60;
        let hours = u32::try_from((now - newest).max(0) / HOUR_SECONDS).unwrap_or(u32::MAX);
        let limit = self.stale_hours()?;
        if hours > limit {
            warnings.note(Finding::StaleData { newest: day_of_moment(newest - 1), hours, limit });
        }
        Ok(())
    }

    /// So old may the newest be, hours: as stated, or when the numbers count as late, and a long weekend at least.
    fn stale_hours(&self) -> Result<u32> {
        if let Some(hours) = self.integration.rules.stale_hours {
            return Ok(hours);
        }
        let id = IntegrationId::from(self.integration.id.as_str());
        let chosen = self.workspace.view(|view| view.schedule(&id))?;
        Ok((thresholds(chosen.as_ref()).1 / 60).max(STALE_HOURS_MIN))
    }
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
