//! The weekly digest: one page, what changed and what waits for whom, nothing else.

use serde::Serialize;

/// The digest.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Digest {
    /// The day from which it looks back.
    pub since: String,
    /// Today.
    pub today: String,
    /// Each active KPI in one line.
    pub kpis: Vec<DigestKpi>,
    /// What changed, in the reader's words: restated weeks, signals, closed threads, decisions.
    pub changed: Vec<DigestLine>,
    /// What waits for whom.
    pub waiting: Vec<DigestPerson>,
}

/// A KPI in one line.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DigestKpi {
    /// Its id.
    pub kpi: String,
    /// Its name.
    pub name: String,
    /// The latest value with its unit, in the reader's words: “81 %”; a dash without one.
    pub value: String,
    /// The target likewise.
    pub target: Option<String>,
    /// The chart's sentence.
    pub sentence: String,
}

/// A line of the digest.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DigestLine {
    /// What.
    pub text: String,
    /// Where it is in the window.
    pub address: String,
}

/// What waits for one person; nobody's matters stand last.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DigestPerson {
    /// Their name; nothing for what waits for nobody in particular.
    pub name: Option<String>,
    /// What.
    pub lines: Vec<DigestLine>,
}
