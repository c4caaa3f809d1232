//! Definitions of joint KPIs: all of them on one page, one in its form, and what a change would have done to the past.

use std::collections::BTreeMap;

use plaza_domain::chart::Chart;
use plaza_domain::kpi::KpiKind;
use serde::{Deserialize, Serialize};

use super::board::LatestValue;
use super::kpi::SignalView;
use super::{DepartmentView, Unit};

/// All definitions, those on the board first.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DefinitionList {
    /// How many may be on the board.
    pub most: u32,
    /// How many are.
    pub active: u32,
    /// One for each KPI.
    pub rows: Vec<DefinitionRow>,
}

/// One KPI on the page of all definitions.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DefinitionRow {
    /// Which KPI.
    pub kpi: KpiKind,
    /// Name where changed from the catalogue's.
    pub name: Option<String>,
    /// Question where changed from the catalogue's.
    pub question: Option<String>,
    /// The decision that it serves.
    pub decision: Option<String>,
    /// Who decides (name).
    pub decides: Option<String>,
    /// Whether it is on the board.
    pub active: bool,
    /// Version in force, from 1.
    pub version: u32,
    /// Since when, RFC 3339.
    pub since: String,
    /// By whom (name).
    pub by: Option<String>,
    /// What the version changed, a line each; none for the first one.
    pub changes: Vec<String>,
    /// What it counts in.
    pub unit: Unit,
    /// Target, in the unit.
    pub target: Option<f64>,
    /// The latest observed week's value.
    pub latest: Option<LatestValue>,
    /// Why it is proposed for retirement, where it is.
    pub retirement: Option<RetirementView>,
    /// The last word of whoever said that it stays.
    pub kept: Option<KeptView>,
}

/// Why a KPI is proposed for retirement.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct RetirementView {
    /// Weeks that were looked at.
    pub weeks: u32,
    /// The first of their days.
    pub from: String,
    /// Meetings that were held in them; it was talked about in none.
    pub held: u32,
    /// The day of the last meeting that talked about it.
    pub last_discussed: Option<String>,
}

/// Somebody said that a KPI stays although nobody talks about it.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct KeptView {
    /// Who said it (name).
    pub by: Option<String>,
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    pub reason: String,
    /// The day from which it is asked about again.
    pub asked_again: String,
}

/// The form of one definition.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DefinitionPage {
    /// Which KPI.
    pub kpi: KpiKind,
    /// What it counts in.
    pub unit: Unit,
    /// Which way is better; it belongs to the kind and is not changed.
    pub higher_is_better: bool,
    /// The definition in force.
    pub form: DefinitionForm,
    /// Departments in the order of the flow.
    pub departments: Vec<DepartmentView>,
    /// Settings of the arithmetic that change a number here, for what the integrations bring: `short`, `invoice`,
    /// `returns`, `credits`, `disputes`.
    pub offers: Vec<String>,
}

/// A definition as a person fills it in. Words that are empty are the catalogue's (name, question) or not said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DefinitionForm {
    /// The version that it was filled in from.
    pub version: u32,
    /// What it is called.
    pub name: String,
    /// The question that it answers.
    pub question: String,
    /// The decision that it serves.
    pub decision: String,
    /// Who decides (a person's id).
    pub decides: Option<String>,
    /// Who answers for each department's part: department's id, person's id.
    pub owners: BTreeMap<String, String>,
    /// Target, in the unit; none for no target.
    pub target: Option<f64>,
    /// `mdc` or `wheeler`.
    pub rule_set: String,
    /// Screening of large moving ranges.
    pub screening: bool,
    /// Fixed baseline, points; none for all.
    pub baseline: Option<u32>,
    /// Whether it is on the board.
    pub active: bool,
    /// What its arithmetic is set to.
    pub settings: SettingsForm,
}

/// The settings of the arithmetic; those of other kinds are not looked at. Days are whole; a fraction is refused by its
/// field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
#[allow(clippy::struct_excessive_bools)] // one switch of the form each
pub struct SettingsForm {
    /// *Promise kept*: a line delivered short is a miss.
    pub counts_short: bool,
    /// *Promise kept*: a late or wrong invoice is a miss.
    pub counts_invoice: bool,
    /// *Promise kept*: days to invoice in; none where each order's plan says so.
    pub invoicing_days: Option<f64>,
    /// *Promise kept*: days within which a credit because of a wrong invoice counts.
    pub credit_window_days: f64,
    /// *Right first time*: days from delivery within which something counts.
    pub return_window_days: f64,
    /// *Right first time*: returns count.
    pub counts_returns: bool,
    /// *Right first time*: credit notes count.
    pub counts_credits: bool,
    /// *Right first time*: disputes count.
    pub counts_disputes: bool,
    /// *Right first time*: whose a return without a reason is (a department's id); none for the route's.
    pub returns_to: Option<String>,
    /// The same for credit notes.
    pub credits_to: Option<String>,
    /// The same for disputes.
    pub disputes_to: Option<String>,
}

/// What a change would have done to the past.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DefinitionPreview {
    /// The version that the change starts from.
    pub version: u32,
    /// What would be different, a line each; none where nothing would.
    pub changes: Vec<String>,
    /// Whether other numbers may come out; else at most limits, signals and icons change.
    pub counts_otherwise: bool,
    /// Weeks on the chart.
    pub weeks: u32,
    /// Weeks that would have another value, or one for the first time.
    pub changed: u32,
    /// Further weeks where only the split or the counts beside would be others.
    pub sharpened: u32,
    /// Signatures that would be lifted.
    pub lifted: u32,
    /// The weeks with another value, the largest change first.
    pub moves: Vec<WeekMove>,
    /// The chart as it is.
    pub before: ChartSide,
    /// The chart as it would be.
    pub after: ChartSide,
    /// Signals that would be found.
    pub gained: Vec<SignalView>,
    /// Signals that would be gone.
    pub lost: Vec<SignalView>,
    /// Departments in the order of the flow.
    pub departments: Vec<DepartmentView>,
    /// Integrations that have changed since they were last pulled: their orders are counted otherwise by their next pull.
    pub waiting: Vec<String>,
    /// Why it cannot be saved now although every field is right: a batch waits.
    pub held: Option<String>,
}

/// A week that would have another value.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct WeekMove {
    /// The week.
    pub week: String,
    /// Its value; none where it has none.
    pub was: Option<f64>,
    /// The value that it would have.
    pub would_be: Option<f64>,
    /// By how much it would move; none where one of the two is none.
    pub by: Option<f64>,
    /// Journeys counted.
    pub n_was: u32,
    /// Journeys that would be counted.
    pub n_would_be: u32,
    /// Orders that move it.
    pub moved: u32,
    /// Whether a signature would be lifted.
    pub lifts: bool,
}

/// A chart before or after a change.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ChartSide {
    /// The chart.
    pub chart: Chart,
    /// Its sentence.
    pub sentence: String,
    /// Its icons in words.
    pub variation: Option<String>,
    /// See `variation`.
    pub assurance: Option<String>,
    /// Mean of the last phase, in the unit.
    pub mean: Option<f64>,
    /// Its natural process limits; none with too few points.
    pub lower: Option<f64>,
    /// See `lower`.
    pub upper: Option<f64>,
    /// Signals on the chart of the whole.
    pub signals: u32,
}
