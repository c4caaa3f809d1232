//! The rows of a stream in memory, as its records would stand after each of its files: what is new, what says the same,
//! what changed, what a complete file lacks, and which rows wait.

use plaza_domain::day::Day;
use plaza_domain::journey::history::History;
use plaza_domain::record::{Facts, Known};

use super::count::Sums;
use crate::integration::Severity;
use crate::journey::context::day_of_moment;
use crate::staging::{Finding, RowRules, Rule, StagedRow};

/// A row as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadRow {
    pub(super) row: StagedRow,
    /// One more than the place of its findings; nought for none.
    pub(super) finding: u32,
}

/// The records of a stream, in the order of their keys.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) kept: Vec<Kept>,
    /// Facts of all of them, one after the other.
    pub(super) facts: Vec<u8>,
}

/// One record.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Its journey and its own key.
    pub(super) key: (i64, i64),
    content: i64,
    row: u32,
    pub(super) known: Known,
    facts: (u64, u32),
    /// The day of the complete file that lacks it.
    pub(super) gone: Option<Day>,
    pub(super) history: Option<Box<History>>,
}

impl Rows {
    /// The facts of a record.
    pub(super) fn facts_of(&self, kept: &Kept) -> &[u8] {
        range(&self.facts, kept.facts)
    }
}

fn range(facts: &[u8], at: (u64, u32)) -> &[u8] {
    let start = at.0 as usize;
    facts.get(start..start + at.1 as usize).unwrap_or_default()
}

/// What landing a group of files depends on.
pub(super) struct Landing<'a> {
    pub(super) rules: &'a RowRules,
    /// The moment that the files stand for.
    pub(super) known: Known,
    pub(super) is_snapshot: bool,
    pub(super) findings: &'a [Vec<Finding>],
}

/// What the rows of one key come to.
enum Outcome {
    /// All of them wait; the record stays as it was.
    Waits,
    /// These say something, each something else.
    Says(Vec<Kept>),
}

impl Landing<'_> {
    /// Lands the rows of a group, whose facts are in `before` already.
    pub(super) fn run(&self, before: Rows, mut rows: Vec<ReadRow>, sums: &mut Sums) -> Rows {
        rows.sort_unstable_by_key(|read| {
            let row = &read.row;
            (row.journey, row.row_key, row.changed_at, row.content, row.row)
        });
        let is_first = before.kept.is_empty();
        let facts = before.facts;
        let mut kept = Vec::with_capacity(before.kept.len().max(rows.len()));
        let mut known = before.kept.into_iter().peekable();
        let mut rest = rows.as_slice();
        while let Some(first) = rest.first() {
            let key = (first.row.journey, first.row.row_key);
            let same = rest.iter().take_while(|read| (read.row.journey, read.row.row_key) == key).count();
            let (group, after) = rest.split_at(same);
            rest = after;
            while let Some(stub) = known.next_if(|stub| stub.key < key) {
                kept.push(self.missing(stub));
            }
            let stub = known.next_if(|stub| stub.key == key);
            match (self.group(group, sums), stub) {
                (Outcome::Waits, stub) => kept.extend(stub.map(|stub| Kept { gone: None, ..stub })),
                (Outcome::Says(versions), stub) => kept.extend(merge(stub, versions, &facts)),
            }
        }
        kept.extend(known.map(|stub| self.missing(stub)));
        let rows = Rows { kept, facts };
        if is_first { rows } else { rows.compact() }
    }

    /// A record that is not among the rows.
    fn missing(&self, stub: Kept) -> Kept {
        let gone = stub.gone.or_else(|| self.is_snapshot.then(|| day_of_moment(self.known.at)));
        Kept { gone, ..stub }
    }

    /// All rows of one key.
    fn group(&self, group: &[ReadRow], sums: &mut Sums) -> Outcome {
        let mut versions: Vec<Kept> = Vec::new();
        for read in group {
            let findings = (read.finding as usize).checked_sub(1).and_then(|place| self.findings.get(place));
            let findings = findings.map_or(&[][..], Vec::as_slice);
            let row = &read.row;
            if row.is_quarantined {
                let keeps_out =
                    |finding: &&Finding| self.rules.severity(finding.rule()) == Severity::Quarantine;
                sums.hold(findings.iter().find(keeps_out).map_or("required", Finding::reason));
                continue;
            }
            for finding in findings {
                sums.warnings.note(finding.clone());
            }
            if let Some(same) = versions.iter().find(|other| other.content == row.content) {
                if self.rules.severity(Rule::Duplicate) != Severity::Off {
                    sums.warnings.note(Finding::Duplicate { other_row: i64::from(same.row) });
                }
                continue;
            }
            versions.push(Kept {
                key: (row.journey, row.row_key),
                content: row.content,
                row: row.row,
                known: if row.changed_at == i64::MIN { self.known } else { Known::changed(row.changed_at) },
                facts: row.facts,
                gone: None,
                history: None,
            });
        }
        let clash = versions.windows(2).any(|pair| matches!(pair, [a, b] if a.known == b.known));
        if clash && self.rules.severity(Rule::UniqueKey) == Severity::Quarantine {
            // Nothing tells which of them is right, so none of them counts.
            versions.drain(..).for_each(|_| sums.hold(Rule::UniqueKey.word()));
        }
        if versions.is_empty() { Outcome::Waits } else { Outcome::Says(versions) }
    }
}

/// The record after these versions: the newest is what it says now, of the others it remembers what must not be
/// forgotten.
fn merge(stub: Option<Kept>, versions: Vec<Kept>, facts: &[u8]) -> Option<Kept> {
    let mut all: Vec<Kept> = stub.into_iter().collect();
    for version in versions {
        // The latest state said again is no other version.
        if all.first().is_none_or(|stub| stub.content != version.content) {
            all.push(version);
        }
    }
    if all.len() == 1 {
        return all.pop().map(|kept| Kept { gone: None, ..kept });
    }
    let mut history =
        all.iter_mut().find_map(|kept| kept.history.take()).map(|kept| *kept).unwrap_or_default();
    for version in &all {
        history.note(Facts(range(facts, version.facts)), version.known);
    }
    let newest = all.into_iter().max_by_key(|version| (version.known, version.content))?;
    Some(Kept { gone: None, history: Some(Box::new(history)), ..newest })
}

impl Rows {
    /// Without the facts that no record says any more: many snapshots of the same rows take the room of one.
    fn compact(self) -> Self {
        let mut facts = Vec::with_capacity(self.kept.iter().map(|kept| kept.facts.1 as usize).sum());
        let mut kept = self.kept;
        for one in &mut kept {
            let start = facts.len() as u64;
            facts.extend_from_slice(range(&self.facts, one.facts));
            one.facts.0 = start;
        }
        Self { kept, facts }
    }
}
