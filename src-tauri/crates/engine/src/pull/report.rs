//! What a pull did, and what it found on the way.

use std::collections::BTreeMap;

use plaza_domain::day::Week;
use serde::{Deserialize, Serialize};

use super::files::SourceFile;
use crate::staging::Finding;

/// How many findings of a kind a run keeps as examples.
const SAMPLES: usize = 5;

/// Rows by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows read.
    pub read: i64,
    /// Records that were not known.
    pub new: i64,
    /// Records that said something else before.
    pub changed: i64,
    /// Rows that say what is known.
    pub same: i64,
    /// Rows that wait in quarantine.
    pub quarantined: i64,
    /// Records that a complete snapshot lacks.
    pub deleted: i64,
}

impl Counts {
    fn add(&mut self, more: &Self) {
        self.read += more.read;
        self.new += more.new;
        self.changed += more.changed;
        self.same += more.same;
        self.quarantined += more.quarantined;
        self.deleted += more.deleted;
    }
}

/// A week whose value a run changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChangedWeek {
    /// The KPI's word.
    pub kpi: String,
    /// The week.
    pub week: Week,
}

/// How often a rule found something, with examples.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WarningCount {
    /// How often.
    pub count: i64,
    /// The first few.
    pub samples: Vec<Finding>,
}

/// Findings that keep no row out, by the word of their rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Warnings(BTreeMap<String, WarningCount>);

impl std::ops::Deref for Warnings {
    type Target = BTreeMap<String, WarningCount>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Warnings {
    /// Counts a finding and keeps it while there are few of its kind.
    pub(crate) fn note(&mut self, finding: Finding) {
        let word = finding.rule().word();
        if !self.0.contains_key(word) {
            self.0.insert(word.to_owned(), WarningCount::default());
        }
        if let Some(warning) = self.0.get_mut(word) {
            warning.count += 1;
            if warning.samples.len() < SAMPLES {
                warning.samples.push(finding);
            }
        }
    }

    pub(super) fn add(&mut self, more: Self) {
        for (rule, warning) in more.0 {
            let sum = self.0.entry(rule).or_default();
            sum.count += warning.count;
            let room = SAMPLES.saturating_sub(sum.samples.len());
            sum.samples.extend(warning.samples.into_iter().take(room));
        }
    }
}

/// A file, or the answer of a system, that a run landed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// The stream.
    pub stream: String,
    /// The file's name; of an answer, the stream and the day.
    pub file: String,
    /// BLAKE3 of its content, 64 hexadecimal digits.
    pub hash: String,
    /// Its size.
    pub bytes: u64,
    /// Its content had been landed before, so nothing was to be done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unchanged: bool,
}

/// What a pull did. Serialised, it is what `plaza pull --json` prints.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PullReport {
    /// The run's id.
    pub run: String,
    /// Rows by what became of them.
    pub records: Counts,
    /// Rows and journeys that wait in quarantine, by reason.
    pub reasons: BTreeMap<String, i64>,
    /// Journeys of the integration now.
    pub journeys: i64,
    /// Weeks whose published value is new or changed.
    pub weeks_changed: Vec<ChangedWeek>,
    /// Findings that keep no row out, by rule: how often, and examples.
    pub warnings: Warnings,
    /// Files that were read.
    pub files: Vec<String>,
    /// Files whose content had been pulled before, so that nothing was to be done.
    pub unchanged_files: Vec<String>,
    /// Files that a person turned away with their batch, and that are left out while their content is the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected_files: Vec<String>,
    /// What came, file by file: for the trail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub came: Vec<Came>,
    /// Whether what it landed waits at the checkpoint.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
}

impl PullReport {
    /// The report as the store keeps it beside its run.
    pub(super) fn to_json(&self) -> String {
        // Texts, numbers and lists of them always have a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Notes what came of a stream.
    pub(super) fn note_came(&mut self, stream: &str, files: &[SourceFile], unchanged: bool) {
        self.came.extend(files.iter().map(|file| Came {
            stream: stream.to_owned(),
            file: file.name.clone(),
            hash: blake3::Hash::from_bytes(file.hash).to_hex().to_string(),
            bytes: file.size,
            unchanged,
        }));
    }

    /// Adds what landing a group did.
    pub(super) fn add_landed(&mut self, landed: Landed) {
        self.records.add(&landed.counts);
        for (reason, count) in landed.reasons {
            *self.reasons.entry(reason).or_default() += count;
        }
        self.warnings.add(landed.warnings);
    }
}

/// What landing a group keeps count of.
#[derive(Debug, Default)]
pub(super) struct Landed {
    pub counts: Counts,
    pub reasons: BTreeMap<String, i64>,
    pub warnings: Warnings,
}
