//! A few things about how people talk, as charts of the same kind. No ranking of persons.

use plaza_domain::chart::Chart as ChartView;
use serde::Serialize;

/// The page.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Insights {
    /// One for each measure that has a point.
    pub measures: Vec<Insight>,
    /// Needs by pair of departments.
    pub needs: Vec<NeedPair>,
}

/// One measure over the weeks.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Insight {
    /// `rating`, `kept`, `answer_days`, `met`.
    pub measure: String,
    /// Its chart.
    pub chart: ChartView,
    /// The chart's sentence.
    pub sentence: String,
}

/// Needs between two departments.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct NeedPair {
    /// Which asked.
    pub from: String,
    /// Which was asked.
    pub to: String,
    /// How many.
    pub asked: u32,
    /// Of them accepted or met.
    pub accepted: u32,
    /// Of them declined.
    pub declined: u32,
}
