//! The charter of an integration as its page shows it: the answers, whether it is active, its success measure.

use plaza_domain::chart::Chart;
use serde::{Deserialize, Serialize};

/// What a form says of a charter; what is not said yet is absent or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CharterDraft {
    /// 1 to 4.
    pub level: Option<u32>,
    /// The problem in one sentence.
    pub problem: String,
    /// Ids of those who benefit.
    pub beneficiaries: Vec<String>,
    /// How they will use it.
    pub usage: String,
    /// What happens when it fails at 2 a.m. on the busiest day.
    pub fallback: String,
    /// The owner's id.
    pub owner: Option<String>,
    /// How we will know that it works.
    pub measure: MeasureDraft,
}

/// What a form says of a success measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct MeasureDraft {
    /// `kpi`, `quarantine` or `entered`.
    pub what: Option<String>,
    /// Of `kpi`: its id.
    pub kpi: Option<String>,
    /// Of `kpi`: the id of the department whose part is meant; the whole where absent.
    pub part: Option<String>,
    /// Of `entered`: what is counted.
    pub name: String,
    /// Of `entered`: in what.
    pub unit: String,
    /// How it stood before, in the unit.
    pub baseline: Option<f64>,
    /// How it shall stand, in the unit.
    pub target: Option<f64>,
    /// By when (`YYYY-MM-DD`).
    pub by: Option<String>,
}

/// The charter with everything around it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CharterPage {
    /// The version in force; 0 where there is none.
    pub version: u32,
    /// What it says; empty where there is none.
    pub charter: CharterDraft,
    /// The same in words.
    pub words: CharterWords,
    /// What it lacks, in the reader's words; nothing for a complete one.
    pub gaps: Vec<String>,
    /// Every version, the newest first.
    pub versions: Vec<CharterVersionView>,
    /// Whether it is pulled by itself.
    pub active: bool,
    /// Why it is proposed for retirement, in the reader's words.
    pub retirement: Option<String>,
    /// What was said about its activity, the newest first.
    pub activations: Vec<ActivationView>,
    /// Whether the person at this device may activate and deactivate it.
    pub may_decide: bool,
    /// What is unstable below it, each with its reasons in the reader's words.
    pub unstable: Vec<String>,
    /// The success measure; none while nothing is said about it.
    pub measure: Option<MeasureView>,
    /// The levels to choose from.
    pub levels: Vec<LevelView>,
    /// The KPIs to choose from.
    pub kpis: Vec<KpiChoice>,
}

/// The answers of a charter, names in place of ids.
#[derive(Clone, Debug, Default, Serialize, specta::Type)]
pub struct CharterWords {
    /// The level.
    pub level: Option<String>,
    /// Who benefits.
    pub beneficiaries: Vec<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// How we will know: what is measured, from where to where, by when.
    pub measure: Option<String>,
}

/// One version of a charter.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CharterVersionView {
    /// From 1.
    pub version: u32,
    /// When it was saved, RFC 3339.
    pub saved_at: String,
    /// Who saved it (name).
    pub saved_by: Option<String>,
    /// What it said.
    pub charter: CharterDraft,
    /// The same in words.
    pub words: CharterWords,
}

/// Something that was said about an integration's activity.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ActivationView {
    /// Activated, or deactivated.
    pub activated: bool,
    /// When, RFC 3339.
    pub at: String,
    /// By whom (name).
    pub by: Option<String>,
    /// Why; empty where nothing was unstable.
    pub reason: String,
    /// What was unstable then, in the reader's words.
    pub unstable: Vec<String>,
}

/// A success measure with its weeks.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MeasureView {
    /// `not_active`, `waiting`, `open`, `reached`, `missed`.
    pub verdict: String,
    /// The same in a sentence.
    pub sentence: String,
    /// Before and after; none while no week has a value.
    pub chart: Option<Chart>,
    /// Weeks for which a number may be entered, the newest first; none where nothing is entered.
    pub weeks: Vec<EnteredView>,
}

/// A week for which a number may be entered.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct EnteredView {
    /// The week (`YYYY-Www`).
    pub week: String,
    /// The number that was entered.
    pub value: Option<f64>,
    /// Who entered it (name).
    pub by: Option<String>,
}

/// A level to choose.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LevelView {
    /// 1 to 4.
    pub level: u32,
    /// In the reader's words.
    pub words: String,
}

/// A KPI to choose.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct KpiChoice {
    /// Its id.
    pub kpi: String,
    /// What it is called.
    pub name: String,
}
