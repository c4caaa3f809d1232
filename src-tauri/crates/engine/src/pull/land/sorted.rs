//! The rows of a group in the order of their keys.

use std::ops::Range;

use plaza_store::intake::RecordKey;

use crate::pull::stage::Staged;
use crate::staging::StagedRow;

/// The rows of a group in the order of their keys, with the originals they came in.
pub(super) struct Sorted {
    pub rows: Vec<StagedRow>,
    /// The place of each row's file; empty where there is but one.
    origins: Vec<u16>,
    originals: Vec<i64>,
}

impl Sorted {
    /// Takes the rows out of `staged` and sorts them.
    pub(super) fn of(staged: &mut Staged) -> Self {
        let mut rows = std::mem::take(&mut staged.rows);
        let originals = staged.files.iter().map(|(_, original)| *original).collect();
        let key = |row: &StagedRow| (row.journey, row.row_key, row.changed_at, row.content, row.row);
        if staged.files.len() < 2 {
            rows.sort_unstable_by_key(key);
            return Self { rows, origins: Vec::new(), originals };
        }
        // Sorting mixes the files, so each row brings its own.
        let mut mixed: Vec<(StagedRow, u16)> = Vec::with_capacity(rows.len());
        let mut rest = rows.into_iter();
        let mut start = 0;
        for (place, (end, _)) in staged.files.iter().enumerate() {
            mixed.extend(rest.by_ref().take(end - start).map(|row| (row, place as u16)));
            start = *end;
        }
        mixed.sort_unstable_by_key(|(row, place)| (key(row), *place));
        let (rows, origins) = mixed.into_iter().unzip();
        Self { rows, origins, originals }
    }

    /// The number of the original that a row came in.
    pub(super) fn original(&self, index: usize) -> i64 {
        let place = self.origins.get(index).copied().map_or(0, usize::from);
        self.originals.get(place).copied().unwrap_or_default()
    }

    /// The rows of one key from `start` on; nothing at the end.
    pub(super) fn same_key(&self, start: usize) -> Option<Range<usize>> {
        let rest = self.rows.get(start..)?;
        let first = rest.first()?;
        let same = |row: &&StagedRow| (row.journey, row.row_key) == (first.journey, first.row_key);
        Some(start..start + rest.iter().take_while(same).count())
    }

    /// The key of a row.
    pub(super) fn key(&self, index: usize) -> RecordKey {
        self.rows.get(index).map_or(RecordKey { journey: 0, row_key: 0 }, |row| RecordKey {
            journey: row.journey,
            row_key: row.row_key,
        })
    }
}
