//! Landing: the rows of a group against what the store knows. What is new becomes a record, what changed a new
//! version, what a complete snapshot lacks is marked as gone; rows that break a rule wait in quarantine.
//!
//! Both sides come in the order of their keys, so that a million rows are merged in one pass. What becomes of a row
//! depends on its change time or the declared date alone, never on the order in which files arrive.

mod merge;
mod quarantine;
mod sorted;

use std::ops::Range;

use plaza_domain::record::{Field, Known, push_text};
use plaza_store::intake::{Load, Reader, RecordKey, RecordStub};

use super::report::Landed;
use super::stage::Staged;
use crate::error::Result;
use crate::integration::Severity;
use crate::journey::key::row_key;
use crate::staging::{Finding, RowRules, Rule, StagedRow};
use merge::Merge;
use quarantine::QuarantineBook;
use sorted::Sorted;

pub(super) use merge::history_of;

/// Fewer rows than this share of the store's are looked up one by one; more are merged with a scan.
const LOOK_UP_SHARE: i64 = 16;

/// What landing a group needs to know.
pub(super) struct Landing<'a> {
    pub load: &'a Load<'a>,
    /// As of the last commit, for scanning what is being written.
    pub before: &'a Reader,
    pub integration: i64,
    pub stream: i64,
    pub run: i64,
    /// The moment that the group stands for, where rows have no change time.
    pub known: Known,
    /// Other complete snapshots of the stream, as moments; none for an increment.
    pub snapshots: Option<&'a [i64]>,
    /// Rows of the stream's other groups: at least as many as it has records.
    pub rows_before: i64,
    pub rules: &'a RowRules,
    /// Every journey of the integration is made anyway: touched orders need not be noted.
    pub touches_all: bool,
}

/// A row that may become the current version of its record.
struct Version<'a> {
    content: i64,
    known: Known,
    original: i64,
    row: u32,
    facts: &'a [u8],
}

impl Landing<'_> {
    /// Lands the rows.
    pub(super) fn run(&self, staged: &mut Staged, landed: &mut Landed) -> Result<()> {
        landed.counts.read += staged.read();
        let sorted = Sorted::of(staged);
        let has_records = self.load.view().has_records(self.stream)?;
        let is_many = sorted.rows.len() as i64 > self.rows_before / LOOK_UP_SHARE;
        let mut pass = Pass {
            landing: self,
            sorted: &sorted,
            staged,
            merge: Merge::open(self)?,
            quarantine: QuarantineBook::open(self)?,
            landed,
        };
        pass.damaged()?;
        if has_records && (self.snapshots.is_some() || is_many) {
            pass.scan()?;
        } else {
            pass.look_up(has_records)?;
        }
        pass.quarantine.close(self)
    }
}

/// One pass over the rows of a group.
struct Pass<'p> {
    landing: &'p Landing<'p>,
    sorted: &'p Sorted,
    staged: &'p Staged,
    merge: Merge<'p>,
    quarantine: QuarantineBook,
    landed: &'p mut Landed,
}

impl Pass<'_> {
    /// Every row of the group and every record of the stream, side by side.
    fn scan(&mut self) -> Result<()> {
        let sorted = self.sorted;
        let mut next = sorted.same_key(0);
        self.landing.before.view().each_stub(self.landing.stream, |stub| -> Result<()> {
            while let Some(range) = next.clone() {
                let key = sorted.key(range.start);
                if key > stub.key {
                    break;
                }
                next = sorted.same_key(range.end);
                if key == stub.key {
                    return self.land_key(range, Some(stub));
                }
                self.land_key(range, None)?;
            }
            self.merge.missing(stub, &mut self.landed.counts)
        })?;
        while let Some(range) = next {
            next = sorted.same_key(range.end);
            self.land_key(range, None)?;
        }
        Ok(())
    }

    /// Each key of the group looked up where there may be a record of it.
    fn look_up(&mut self, has_records: bool) -> Result<()> {
        let sorted = self.sorted;
        let view = self.landing.load.view();
        let mut next = sorted.same_key(0);
        while let Some(range) = next {
            next = sorted.same_key(range.end);
            let key = sorted.key(range.start);
            let known = if has_records { view.record_stub(self.landing.stream, key)? } else { None };
            self.land_key(range, known)?;
        }
        Ok(())
    }

    /// Rows that could not be read as cells wait under a key of their own.
    fn damaged(&mut self) -> Result<()> {
        for (original, damaged) in &self.staged.damaged {
            let finding = Finding::Damaged {
                damage: damaged.damage.code().to_owned(),
                message: damaged.damage.to_string(),
            };
            let key = RecordKey { journey: row_key(&damaged.raw) | i64::MIN, row_key: 0 };
            let mut facts = Vec::new();
            push_text(&mut facts, Field::Order, "");
            let version = Version {
                content: key.journey,
                known: self.landing.known,
                original: *original,
                row: u32::try_from(damaged.row).unwrap_or(u32::MAX),
                facts: &facts,
            };
            self.quarantine.put(self.landing, key, &version, &[finding], self.landed)?;
        }
        Ok(())
    }

    /// Lands all rows of one key. `known` is what the store says of it.
    fn land_key(&mut self, range: Range<usize>, mut known: Option<RecordStub>) -> Result<()> {
        let (landing, sorted, staged) = (self.landing, self.sorted, self.staged);
        let Some(rows) = sorted.rows.get(range.clone()) else { return Ok(()) };
        let key = sorted.key(range.start);
        let version = |row: &StagedRow, index| Version {
            content: row.content,
            known: if row.changed_at == i64::MIN { landing.known } else { Known::changed(row.changed_at) },
            original: sorted.original(index),
            row: row.row,
            facts: staged.facts(row),
        };
        // The usual case, without any list.
        if let [row] = rows
            && !row.is_quarantined
            && staged.findings_of(sorted.original(range.start), row.row).is_empty()
        {
            return self.accept(key, &[version(row, range.start)], known);
        }
        let mut accepted: Vec<Version<'_>> = Vec::new();
        for (row, index) in rows.iter().zip(range) {
            let version = version(row, index);
            let findings = staged.findings_of(version.original, row.row);
            if row.is_quarantined && !self.quarantine.is_released(key, row.content) {
                known = self.waits(key, known)?;
                self.quarantine.put(landing, key, &version, findings, self.landed)?;
                continue;
            }
            for finding in findings {
                self.landed.warnings.note(finding.clone());
            }
            if let Some(same) = accepted.iter().find(|other| other.content == version.content) {
                self.landed.counts.same += 1;
                if landing.rules.severity(Rule::Duplicate) != Severity::Off {
                    self.landed.warnings.note(Finding::Duplicate { other_row: i64::from(same.row) });
                }
                continue;
            }
            accepted.push(version);
        }
        let accepted = self.without_clashes(key, accepted, &mut known)?;
        if accepted.is_empty() {
            // A row that waits is still there at its source.
            return known.map_or(Ok(()), |stub| self.merge.seen(stub));
        }
        self.accept(key, &accepted, known)
    }

    fn accept(&mut self, key: RecordKey, versions: &[Version<'_>], known: Option<RecordStub>) -> Result<()> {
        self.quarantine.passed(self.landing, key, versions);
        let waited_at = self.quarantine.waited_at(key);
        self.merge.accept(key, versions, known, waited_at, &mut self.landed.counts)
    }

    /// A row of the key is about to wait. Returns what the store then says of its record.
    fn waits(&mut self, key: RecordKey, known: Option<RecordStub>) -> Result<Option<RecordStub>> {
        let (Some(stub), Some(_)) = (known, self.landing.snapshots) else { return Ok(known) };
        Ok(Some(self.merge.waits(stub, self.quarantine.waited_at(key))?))
    }

    /// Of rows that say different things of one moment nothing tells which is right, so none of them counts.
    fn without_clashes<'v>(
        &mut self,
        key: RecordKey,
        accepted: Vec<Version<'v>>,
        known: &mut Option<RecordStub>,
    ) -> Result<Vec<Version<'v>>> {
        let is_clash = accepted.windows(2).any(|pair| matches!(pair, [a, b] if a.known == b.known));
        if !is_clash || self.landing.rules.severity(Rule::UniqueKey) != Severity::Quarantine {
            return Ok(accepted);
        }
        let rows: Vec<i64> = accepted.iter().map(|version| i64::from(version.row)).collect();
        let mut kept = Vec::new();
        for (place, version) in accepted.into_iter().enumerate() {
            if self.quarantine.is_released(key, version.content) {
                kept.push(version);
                continue;
            }
            *known = self.waits(key, *known)?;
            let other_row = rows.get(usize::from(place == 0)).copied().unwrap_or_default();
            self.quarantine.put(
                self.landing,
                key,
                &version,
                &[Finding::UniqueKey { other_row }],
                self.landed,
            )?;
        }
        Ok(kept)
    }
}
