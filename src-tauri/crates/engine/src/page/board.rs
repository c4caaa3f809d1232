//! The board: one row for each joint KPI.

use plaza_domain::kpi::KpiKind;
use serde::Serialize;

use super::{DepartmentView, Unit, WeekState};
use plaza_domain::chart::Chart as ChartView;

/// The whole board.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Board {
    /// The latest observed week (`2026-W46`); none before the first pull.
    pub week: Option<String>,
    /// Today in the workspace's time zone.
    pub today: String,
    /// What changed in the last seven days, as counts.
    pub since: Since,
    /// One for each active KPI, in order; at most seven.
    pub rows: Vec<BoardRow>,
    /// Departments in order of id.
    pub departments: Vec<DepartmentView>,
    /// When the newest run finished, RFC 3339.
    pub refreshed: Option<String>,
    /// Weeks whose value nobody has signed, oldest first.
    pub unsigned_weeks: Vec<String>,
    /// Rows in quarantine, all integrations.
    pub quarantined: u32,
    /// How many integrations there are.
    pub integrations: u32,
}

/// What changed since the given day.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Since {
    /// The day counted from.
    pub day: String,
    /// New signals.
    pub signals: u32,
    /// Weeks restated.
    pub restated: u32,
}

/// One KPI on the board.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct BoardRow {
    /// Which KPI.
    pub kpi: KpiKind,
    /// Its own name and question where a person changed them; else the catalogue's.
    pub name: Option<String>,
    /// See `name`.
    pub question: Option<String>,
    /// What the value counts in.
    pub unit: Unit,
    /// The latest observed week's value.
    pub latest: Option<LatestValue>,
    /// Target, in the unit.
    pub target: Option<f64>,
    /// `improving_high`, `improving_low`, `concerning_high`, `concerning_low`, `common_cause`, `neutral`; none without points.
    pub variation: Option<String>,
    /// The variation in the reader's words, short: “Worse since W34”.
    pub variation_words: Option<String>,
    /// `passes`, `fails`, `hit_or_miss`; none without limits or target.
    pub assurance: Option<String>,
    /// The assurance in the reader's words, short.
    pub assurance_words: Option<String>,
    /// The chart's one sentence.
    pub sentence: String,
    /// The process behaviour chart of the last 52 weeks.
    pub chart: ChartView,
    /// Whose the latest week's gap is, summing to it; in the unit.
    pub parts: Vec<PartShare>,
    /// The sum of the parts: points missed or days.
    pub parts_total: f64,
    /// A week restated in the last seven days.
    pub restated: Option<Restated>,
}

/// The latest value of a KPI.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LatestValue {
    /// Its week.
    pub week: String,
    /// The value, in the unit.
    pub value: f64,
    /// Journeys counted.
    pub n: u32,
    /// Fewer than five journeys.
    pub small_n: bool,
    /// Journeys still pending.
    pub pending: u32,
    /// Where it stands.
    pub state: WeekState,
}

/// One department's part of a week.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PartShare {
    /// The department's id.
    pub department: String,
    /// Its part, in the KPI's unit (percentage points or days).
    pub value: f64,
    /// Its share of the total, 0–1, for the bar.
    pub share: f64,
    /// Change against the mean of the weeks before, in the unit, where a signal moved this part.
    pub change: Option<f64>,
}

/// A week that was restated.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Restated {
    /// The week.
    pub week: String,
    /// What it was.
    pub was: f64,
    /// What it is.
    pub now: f64,
    /// When the new revision became known, RFC 3339.
    pub known_from: String,
}
