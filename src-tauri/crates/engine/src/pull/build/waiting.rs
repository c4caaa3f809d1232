//! Records that wait because they made no journey.

use std::collections::{BTreeMap, BTreeSet};

use plaza_store::intake::{Load, QuarantineState, View};

use crate::error::Result;

/// Numbers of such records in quarantine, by the key of their journey.
pub(super) struct Waiting(BTreeMap<i64, BTreeSet<i64>>);

impl Waiting {
    pub(super) fn of(view: View<'_>, streams: &[i64]) -> Result<Self> {
        let mut waiting: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for stream in streams {
            for row in view.quarantine_keys(*stream)? {
                // A row that is kept out is no record; one that is, waits for its journey.
                let is_record = row.state == QuarantineState::Waiting
                    && view.record_stub(*stream, row.key)?.is_some_and(|stub| stub.content == row.content);
                if is_record {
                    waiting.entry(row.key.journey).or_default().insert(row.number);
                }
            }
        }
        Ok(Self(waiting))
    }

    /// The journey was made after all.
    pub(super) fn mended(&self, load: &Load<'_>, journey: i64, run: i64) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        for number in self.0.get(&journey).into_iter().flatten() {
            load.settle_quarantined(*number, QuarantineState::Mended, &format!("run {run}"))?;
        }
        Ok(())
    }
}
