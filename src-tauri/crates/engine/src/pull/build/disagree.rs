//! What sources say differently, noted beside the journeys that were made of it.

use std::collections::BTreeMap;

use plaza_domain::journey::truth::{Disagreement, Value};
use plaza_store::intake::{DisagreementRow, Load};

use super::Building;
use crate::error::Result;

/// More than any order line can have.
const ALL: u32 = u32::MAX;

impl Building<'_> {
    /// Notes what was said differently of the lines with keys from `first` to `last`, in place of what was noted of them
    /// before. What is said as before keeps the run by which it was first seen.
    pub(super) fn note_disagreements(
        &self,
        load: &Load<'_>,
        span: (i64, i64),
        found: Vec<(i64, Disagreement)>,
    ) -> Result<()> {
        let mut before = BTreeMap::new();
        for row in load.view().disagreements(self.integration, span, ALL)? {
            before.insert((row.journey, row.field, row.other), (row.kept_value, row.other_value, row.run));
        }
        if before.is_empty() && found.is_empty() {
            return Ok(());
        }
        load.clear_disagreements(self.integration, span)?;
        for (journey, one) in found {
            let other = self.voices.integration(one.other);
            let (kept_value, other_value) = (text(one.kept_value), text(one.other_value));
            let known = before.get(&(journey, one.field as u8, other));
            let run = known
                .filter(|(kept, said, _)| *kept == kept_value && *said == other_value)
                .map_or(self.run, |(_, _, run)| *run);
            load.put_disagreement(&DisagreementRow {
                home: self.integration,
                journey,
                field: one.field as u8,
                other,
                other_value,
                kept: self.voices.integration(one.kept),
                kept_value,
                run,
            })?;
        }
        Ok(())
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text,
    }
}
