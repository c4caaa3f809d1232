//! What is known of a stream's quarantine, and what a file adds to it or takes from it.

use std::collections::{BTreeSet, HashMap, HashSet};

use plaza_store::intake::{QuarantineState, Quarantined, RecordKey};

use super::{Landing, Version};
use crate::error::Result;
use crate::integration::Severity;
use crate::pull::report::Landed;
use crate::staging::Finding;

/// What is known of the stream's quarantine, and what this file adds to it.
pub(super) struct QuarantineBook {
    /// Keys and contents that people let out.
    released: HashSet<(RecordKey, i64)>,
    /// Contents and numbers of the rows that wait, by key.
    waiting: HashMap<RecordKey, Vec<(i64, i64)>>,
    /// Keys of which a row passed.
    passed: BTreeSet<RecordKey>,
    /// Keys and contents that wait again.
    again: HashSet<(RecordKey, i64)>,
}

impl QuarantineBook {
    pub fn open(landing: &Landing<'_>) -> Result<Self> {
        let mut book = Self {
            released: HashSet::new(),
            waiting: HashMap::new(),
            passed: BTreeSet::new(),
            again: HashSet::new(),
        };
        for (key, content, number, state) in landing.load.view().quarantine_keys(landing.stream)? {
            match state {
                QuarantineState::Released => drop(book.released.insert((key, content))),
                QuarantineState::Waiting => book.waiting.entry(key).or_default().push((content, number)),
                QuarantineState::Mended | QuarantineState::Gone => {}
            }
        }
        Ok(book)
    }

    pub fn is_released(&self, key: RecordKey, content: i64) -> bool {
        self.released.contains(&(key, content))
    }

    pub fn passed(&mut self, key: RecordKey) {
        if !self.waiting.is_empty() && self.waiting.contains_key(&key) {
            self.passed.insert(key);
        }
    }

    pub fn put(
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
        Ok(())
    }

    /// Rows that waited and are mended or gone.
    pub fn close(self, landing: &Landing<'_>) -> Result<()> {
        let is_latest =
            landing.snapshots.is_some_and(|all| all.iter().all(|other| *other <= landing.known.at));
        let note = format!("run {}", landing.run);
        for (key, rows) in &self.waiting {
            let state = match (self.passed.contains(key), is_latest) {
                (true, _) => QuarantineState::Mended,
                (false, true) => QuarantineState::Gone,
                (false, false) => continue,
            };
            for (_, number) in rows.iter().filter(|(content, _)| !self.again.contains(&(*key, *content))) {
                landing.load.settle_quarantined(*number, state, &note)?;
            }
        }
        Ok(())
    }
}
