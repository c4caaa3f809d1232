//! Which journeys moved a week since its last published observation.

use std::collections::BTreeMap;

use plaza_domain::day::Week;
use plaza_domain::event::MOVED_NAMED_MAX;
use plaza_domain::kpi::KpiKind;
use plaza_store::intake::{Load, MovedRow};

use crate::error::Result;
use crate::journey::pack::unpack;

/// Journeys by the weeks that they moved: how many, and the first of them by name.
#[derive(Default)]
pub(super) struct MovedWeeks(BTreeMap<(KpiKind, Week), (i64, Vec<String>)>);

impl MovedWeeks {
    /// Notes that these journeys moved a week.
    pub(super) fn note(&mut self, kind: KpiKind, week: Week, names: &[String]) {
        let (count, first) = self.0.entry((kind, week)).or_default();
        *count += names.len() as i64;
        let room = MOVED_NAMED_MAX.saturating_sub(first.len());
        first.extend(names.iter().take(room).cloned());
    }

    /// Adds what others moved after these.
    pub(super) fn add(&mut self, more: Self) {
        for ((kind, week), (count, names)) in more.0 {
            self.note(kind, week, &names);
            if let Some((sum, _)) = self.0.get_mut(&(kind, week)) {
                *sum += count - names.len() as i64;
            }
        }
    }

    /// As the store keeps them.
    pub(super) fn rows(&self) -> Vec<MovedRow> {
        let row = |((kind, week), (count, names)): (&(KpiKind, Week), &(i64, Vec<String>))| MovedRow {
            kpi: *kind as i64,
            week: week.0,
            count: *count,
            first: serde_json::to_string(names).unwrap_or_default(),
        };
        self.0.iter().map(row).collect()
    }

    /// Adds to what moved since the last publication: a run that was killed before it published left its own there.
    pub(super) fn keep(self, load: &Load<'_>) -> Result<()> {
        let mut kept: BTreeMap<(i64, i32), MovedRow> =
            load.view().moved()?.into_iter().map(|row| ((row.kpi, row.week), row)).collect();
        for ((kind, week), (count, names)) in self.0 {
            let row = kept.remove(&(kind as i64, week.0));
            let mut first: Vec<String> =
                row.as_ref().and_then(|row| serde_json::from_str(&row.first).ok()).unwrap_or_default();
            let room = MOVED_NAMED_MAX.saturating_sub(first.len());
            first.extend(names.into_iter().take(room));
            load.put_moved(&MovedRow {
                kpi: kind as i64,
                week: week.0,
                count: count + row.map_or(0, |row| row.count),
                first: serde_json::to_string(&first).unwrap_or_default(),
            })?;
        }
        Ok(())
    }
}

/// What people call the journey of a body: order and line.
pub(super) fn name_of(body: &[u8]) -> String {
    unpack(body).map(|(_, texts)| format!("{}/{}", texts.order, texts.line)).unwrap_or_default()
}
