//! What is known of a stream's quarantine, and what a file adds to it or takes from it.

use std::collections::{HashMap, HashSet};

use plaza_store::intake::{QuarantineKey, QuarantineState, Quarantined, RecordKey};

use super::{Landing, Version};
use crate::error::Result;
use crate::integration::Severity;
use crate::pull::report::Landed;
use crate::staging::Finding;

/// What is known of the stream's quarantine, and what this file adds to it.
pub(super) struct QuarantineBook {
    /// Keys and contents that people let out.
    released: HashSet<(RecordKey, i64)>,
    /// Rows that wait, by key.
    waiting: HashMap<RecordKey, Vec<QuarantineKey>>,
    /// The last moment at which a row of a key waited, whatever became of it.
    last: HashMap<RecordKey, i64>,
    /// Keys of which a row passed: when, and with which contents.
    passed: HashMap<RecordKey, (i64, Vec<i64>)>,
    /// Keys and contents that wait again.
    again: HashSet<(RecordKey, i64)>,
}

impl QuarantineBook {
    pub(super) fn open(landing: &Landing<'_>) -> Result<Self> {
        let mut book = Self {
            released: HashSet::new(),
            waiting: HashMap::new(),
            last: HashMap::new(),
            passed: HashMap::new(),
            again: HashSet::new(),
        };
        for row in landing.load.view().quarantine_keys(landing.stream)? {
            let last = book.last.entry(row.key).or_insert(row.last_at);
            *last = row.last_at.max(*last);
            match row.state {
                QuarantineState::Released => drop(book.released.insert((row.key, row.content))),
                QuarantineState::Waiting => book.waiting.entry(row.key).or_default().push(row),
                QuarantineState::Mended | QuarantineState::Gone => {}
            }
        }
        Ok(book)
    }

    pub(super) fn is_released(&self, key: RecordKey, content: i64) -> bool {
        self.released.contains(&(key, content))
    }

    /// The last moment at which a row of this key waited.
    pub(super) fn waited_at(&self, key: RecordKey) -> Option<i64> {
        if self.last.is_empty() { None } else { self.last.get(&key).copied() }
    }

    /// Notes that rows of this key count.
    pub(super) fn passed(&mut self, landing: &Landing<'_>, key: RecordKey, versions: &[Version<'_>]) {
        if self.waiting.is_empty() || !self.waiting.contains_key(&key) {
            return;
        }
        let latest = versions.iter().map(|version| version.known.at).max().unwrap_or(landing.known.at);
        let at = if landing.snapshots.is_some() { landing.known.at } else { latest };
        let contents = versions.iter().map(|version| version.content).collect();
        self.passed.insert(key, (at, contents));
    }

    pub(super) fn put(
        &mut self,
        landing: &Landing<'_>,
        key: RecordKey,
        version: &Version<'_>,
        findings: &[Finding],
        landed: &mut Landed,
    ) -> Result<()> {
        landed.counts.quarantined += 1;
        let keeps_out = |finding: &&Finding| landing.rules.severity(finding.rule()) == Severity::Quarantine;
        if let Some(first) = findings.iter().find(keeps_out) {
            *landed.reasons.entry(first.reason().to_owned()).or_default() += 1;
        }
        self.again.insert((key, version.content));
        landing.load.put_quarantined(&Quarantined {
            number: 0,
            stream: landing.stream,
            key,
            content: version.content,
            known: version.known,
            original: version.original,
            row: i64::from(version.row),
            run: landing.run,
            findings: serde_json::to_string(findings).unwrap_or_default(),
            facts: version.facts.to_vec(),
            state: QuarantineState::Waiting,
            note: None,
        })?;
        if landing.snapshots.is_some() {
            landing.load.see_quarantined(landing.stream, key, version.content, landing.known.at)?;
            let last = self.last.entry(key).or_insert(landing.known.at);
            *last = landing.known.at.max(*last);
        }
        Ok(())
    }

    /// Rows that waited and are mended or gone.
    pub(super) fn close(self, landing: &Landing<'_>) -> Result<()> {
        let is_latest =
            landing.snapshots.is_some_and(|all| all.iter().all(|other| *other <= landing.known.at));
        let note = format!("run {}", landing.run);
        for row in self.waiting.values().flatten() {
            if self.again.contains(&(row.key, row.content)) {
                continue;
            }
            let state = match self.passed.get(&row.key) {
                // The same row counts as a record and makes no journey yet: it waits for that.
                Some((_, contents)) if contents.contains(&row.content) => continue,
                // What passed was said earlier: it is no answer to what was wrong later.
                Some((at, _)) if *at < row.last_at => continue,
                Some(_) => QuarantineState::Mended,
                None if is_latest => QuarantineState::Gone,
                None => continue,
            };
            landing.load.settle_quarantined(row.number, state, &note)?;
        }
        Ok(())
    }
}
