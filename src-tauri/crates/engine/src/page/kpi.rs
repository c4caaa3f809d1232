//! The page of one KPI: its large chart, its parts on the same time axis, and the week that is picked.

use plaza_domain::event::KpiId;
use plaza_domain::kpi::{Basis, KpiKind};
use serde::{Deserialize, Serialize};

use super::board::{LatestValue, PartShare};
use super::measure::FiguresView;
use super::{DepartmentView, Unit, WeekState};
use plaza_domain::chart::Chart as ChartView;

/// One KPI, whole.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct KpiPage {
    /// Which KPI.
    pub kpi: KpiId,
    /// Its arithmetic.
    pub kind: KpiKind,
    /// Its definition in force.
    pub definition: KpiDefinitionView,
    /// Earlier definitions, newest first.
    pub history: Vec<KpiDefinitionView>,
    /// Which of the customer's dates it is measured against here.
    pub basis: Basis,
    /// What it counts in.
    pub unit: Unit,
    /// The word of what it counts, where the unit is a plain number.
    pub unit_word: Option<String>,
    /// What is entered of it; only of a measure.
    pub measure: Option<FiguresView>,
    /// The latest week's value.
    pub latest: Option<LatestValue>,
    /// See the board.
    pub variation: Option<String>,
    /// See the board.
    pub variation_words: Option<String>,
    /// See the board.
    pub assurance: Option<String>,
    /// See the board.
    pub assurance_words: Option<String>,
    /// The chart's one sentence.
    pub sentence: String,
    /// The large chart, all weeks.
    pub chart: ChartView,
    /// One chart for each department's part.
    pub parts: Vec<PartChart>,
    /// Departments in the order of the flow.
    pub departments: Vec<DepartmentView>,
    /// All observed weeks, oldest first.
    pub weeks: Vec<String>,
    /// Phases in force, and those proposed.
    pub phases: Vec<PhaseView>,
    /// Signals found in the latest computation, newest first.
    pub signals: Vec<SignalView>,
}

/// The chart of one department's part.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PartChart {
    /// The department's id.
    pub department: String,
    /// Its sentence.
    pub sentence: String,
    /// Its chart.
    pub chart: ChartView,
}

/// A definition as people read it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct KpiDefinitionView {
    /// Version, from 1.
    pub version: u32,
    /// Name where changed from the catalogue's.
    pub name: Option<String>,
    /// Question where changed from the catalogue's.
    pub question: Option<String>,
    /// The decision that it serves.
    pub decision: Option<String>,
    /// Who decides (a person's id).
    pub decides: Option<String>,
    /// Target, in the unit.
    pub target: Option<f64>,
    /// Higher is better.
    pub higher_is_better: bool,
    /// `mdc` or `wheeler`.
    pub rule_set: String,
    /// Screening of large moving ranges.
    pub screening: bool,
    /// Fixed baseline: points; none for all.
    pub baseline: Option<u32>,
    /// Since when, RFC 3339.
    pub since: String,
    /// By whom (a person's id).
    pub by: Option<String>,
    /// Who answers for each department's part: department's id, person's id.
    pub owners: std::collections::BTreeMap<String, String>,
    /// Whether it was on the board.
    pub active: bool,
    /// Why it was changed; empty where nobody said so.
    pub reason: String,
    /// What it says otherwise than the version before, a line each; none for the first one.
    pub changes: Vec<String>,
    /// What its arithmetic is set to; none where the kind has no settings.
    pub settings: Vec<FactView>,
}

/// Something that a definition says.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct FactView {
    /// About what.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// A phase of the chart, in force or proposed.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PhaseView {
    /// Its first week.
    pub from: String,
    /// Proposed by Plaza, not signed by anybody.
    pub proposed: bool,
    /// Why, in words.
    pub reason: String,
    /// Who signed it (a person's id).
    pub by: Option<String>,
    /// When, RFC 3339.
    pub signed: Option<String>,
}

/// A signal.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct SignalView {
    /// Its id, by which it is taken up; nothing for one that is not on record, or lapsed.
    pub signal: Option<String>,
    /// `outside`, `shift`, `trend`, `near-limits`.
    pub rule: String,
    /// In the reader's words.
    pub words: String,
    /// Department whose part it is on; none for the KPI itself.
    pub department: Option<String>,
    /// First and last week.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// `new`, `in_thread`, `explained`, `lapsed`.
    pub state: String,
}

/// The panel of one week.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WeekPanel {
    /// The week.
    pub week: String,
    /// Its Monday and Sunday.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// Its value; none when the week has no denominator.
    pub value: Option<f64>,
    /// Numerator and denominator, exact.
    pub numerator: String,
    /// See `numerator`.
    pub denominator: String,
    /// Journeys counted.
    pub n: u32,
    /// Fewer than five.
    pub small_n: bool,
    /// Pending journeys.
    pub pending: u32,
    /// Cancelled journeys.
    pub cancelled: u32,
    /// Late days in all; only for promise kept and late backlog.
    pub late_days: Option<f64>,
    /// Whose the gap is.
    pub parts: Vec<PartShare>,
    /// What of the value no department has, in the unit: only of a measure whose parts do not add up exactly.
    pub unassigned: Option<f64>,
    /// Measures beside, same journeys; only for promise kept.
    pub bases: Option<Bases>,
    /// Rules that fired at this point, in words.
    pub rules: Vec<String>,
    /// Where the value stands.
    pub state: WeekState,
    /// The revision shown; 0 for a value against another date than the promised one, which is counted when it is read.
    pub revision: u32,
    /// All revisions, newest first.
    pub revisions: Vec<RevisionView>,
    /// A ghost: drawn, not counted; why.
    pub ghost: Option<String>,
    /// Whether the week may be signed now, and if not, why, in words.
    pub sign: SignOffer,
}

/// Whether a week may be signed.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct SignOffer {
    /// It may.
    pub possible: bool,
    /// A code for why not: `already_signed`, `week_not_over`, `no_value`, `nobody` (who am I is not set),
    /// `other_basis` (only the KPI itself is signed).
    pub reason: Option<String>,
}

/// On time and in full, against each of the customer's dates.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Bases {
    /// Against the date asked for.
    pub requested: BasisFigures,
    /// Against the first date given.
    pub promised: BasisFigures,
    /// Against the last date agreed.
    pub agreed: BasisFigures,
    /// Deliveries before the promised date.
    pub early: u32,
}

/// On-time figures for one basis; percent, none where nothing counts.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct BasisFigures {
    /// Lines.
    pub lines_percent: Option<f64>,
    /// Whole orders.
    pub orders_percent: Option<f64>,
    /// Quantity.
    pub quantity_percent: Option<f64>,
}

/// One revision of a week's value.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RevisionView {
    /// From 1.
    pub revision: u32,
    /// Its value.
    pub value: Option<f64>,
    /// When it became known, RFC 3339.
    pub known_from: String,
    /// `first`, `refinement`, `restatement`.
    pub cause: String,
    /// How many journeys moved it.
    pub moved: u32,
    /// Some of them, `order/line`.
    pub moved_examples: Vec<String>,
    /// Who signed it (person's name) and when.
    pub signed_by: Option<String>,
    /// See `signed_by`; RFC 3339.
    pub signed_at: Option<String>,
    /// The note left at signing.
    pub note: Option<String>,
    /// The version of the definition that counted otherwise than the revision before; none where data moved it.
    pub definition: Option<u32>,
    /// Why the definition was changed, where it was.
    pub definition_reason: Option<String>,
    /// The split that people agreed on or took back, where that is why.
    pub split: Option<RevisionSplit>,
    /// The entry that made it, where a person entered it.
    pub entered: Option<RevisionEntry>,
}

/// The entry of a person as the reason of a revision.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RevisionEntry {
    /// Who entered it (name).
    pub by: Option<String>,
    /// Why; empty for a week that had no value before.
    pub reason: String,
    /// The file that it stood in; nothing where it was typed.
    pub file: Option<RevisionFile>,
}

/// The file that a revision came from.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RevisionFile {
    /// Which bringing of it.
    pub figures: String,
    /// What it was called.
    pub name: String,
    /// Weeks of it did not add up, and a person published it all the same.
    pub was_held: bool,
}

/// The split of one order line as the reason of a revision.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RevisionSplit {
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// The thread in which it was disputed.
    pub thread: Option<String>,
    /// The agreed split was taken back, and what the milestones say counts again.
    pub is_withdrawn: bool,
}

/// How a list of journeys is asked for.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct JourneyQuery {
    /// The KPI.
    pub kpi: KpiId,
    /// The basis.
    #[serde(default)]
    pub basis: Basis,
    /// The week.
    pub week: String,
    /// Only those that missed.
    pub missed_only: bool,
    /// Only those where this department has a share.
    pub department: Option<String>,
    /// `order`, `customer`, `lateness`, `value`.
    pub sort: String,
    /// Largest first.
    pub descending: bool,
    /// First row wanted, from 0.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// A slice of a list of journeys.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct JourneyList {
    /// How many there are in all.
    pub total: u32,
    /// The slice.
    pub rows: Vec<JourneyRow>,
}

/// One journey in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct JourneyRow {
    /// The system that it is of, where the workspace has several.
    pub system: Option<String>,
    /// The id of the integration that brings it: what a flag about it hangs on.
    pub integration: String,
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// Customer.
    pub customer: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// The date that it is measured against: by the basis, what was promised, requested or agreed.
    pub promised: Option<String>,
    /// When it reached the milestone that the KPI looks at: the promised one, the delivery or the payment.
    pub reached: Option<String>,
    /// Days late, negative early; for order to cash the days from ordered to paid, for promise realism those of the
    /// gap.
    pub days: Option<i32>,
    /// `kept`, `missed`, `pending`, `cancelled`, `counted`.
    pub outcome: String,
    /// Each department's part of the miss (1 in all), or of the days.
    pub parts: Vec<PartShare>,
    /// The miss is split as people agreed on, against what the milestones say.
    pub is_agreed: bool,
    /// Value in its currency's major unit.
    pub value: Option<f64>,
    /// Currency.
    pub currency: Option<String>,
}
