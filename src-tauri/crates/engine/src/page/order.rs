//! The page of one order line: planned against actual, the arithmetic written out, and the raw records.

use plaza_domain::journey::Milestone;
use serde::Serialize;

use super::DepartmentView;
use super::board::PartShare;
use super::order_split::OrderSplit;

/// One order line, whole.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OrderPage {
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// Other lines of the same order.
    pub lines: Vec<String>,
    /// The system it comes from.
    pub system: String,
    /// All systems in which a line with this number stands, this one included, in the order in which they were
    /// connected.
    pub systems: Vec<String>,
    /// Customer.
    pub customer: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Product group.
    pub product_group: Option<String>,
    /// Quantities, in units.
    pub quantities: Quantities,
    /// Value in its currency's major unit.
    pub value: Option<f64>,
    /// Currency.
    pub currency: Option<String>,
    /// The customer's dates, never merged.
    pub requested: Option<String>,
    /// See `requested`.
    pub promised: Option<String>,
    /// See `requested`.
    pub agreed: Option<String>,
    /// The promise milestone reached on.
    pub reached: Option<String>,
    /// The milestone that the promise is about.
    pub promise_milestone: Milestone,
    /// Milestones in the route's order.
    pub milestones: Vec<MilestoneView>,
    /// Legs in the route's order.
    pub legs: Vec<LegView>,
    /// Counted in working days.
    pub working_days: bool,
    /// Days late against the promise: reached less promised; while open and late, the Monday after the promised week
    /// (today in that week) less promised. None without a promise, and before it is reached or past.
    pub lateness_days: Option<i32>,
    /// The promise gap g: planned end less promised.
    pub gap_days: Option<i32>,
    /// Department that owns the gap.
    pub gap_department: Option<String>,
    /// The split of the miss that counts, each value in late days; where it was missed on other counts than lateness too, in
    /// misses (1 in all). Empty when kept.
    pub shares: Vec<PartShare>,
    /// What people said against that split; none where nobody did.
    pub split: Option<OrderSplit>,
    /// `kept`, `missed`, `pending`, `cancelled`, `no_promise`.
    pub outcome: String,
    /// Why it missed: `late`, `short`, `invoice_late`, `invoice_wrong`.
    pub counts: Vec<String>,
    /// The arithmetic as lines to read, in the reader's language: “−3 + 0 + 6 + 1 + 0 = 4”.
    pub arithmetic: Vec<ArithmeticLine>,
    /// What was out of the ordinary, with dates.
    pub exceptions: Vec<ExceptionView>,
    /// The weeks it counts in, by KPI.
    pub counted_in: Vec<CountedIn>,
    /// The raw records behind it.
    pub records: Vec<RecordView>,
    /// Departments in the order of the flow.
    pub departments: Vec<DepartmentView>,
}

/// Quantities of an order line, in units; none where unknown.
#[derive(Clone, Debug, Default, Serialize, specta::Type)]
pub struct Quantities {
    /// Ordered.
    pub ordered: Option<f64>,
    /// Produced.
    pub produced: Option<f64>,
    /// Shipped.
    pub shipped: Option<f64>,
    /// Delivered.
    pub delivered: Option<f64>,
    /// Returned.
    pub returned: Option<f64>,
    /// Cancelled.
    pub cancelled: Option<f64>,
}

/// One milestone, planned and actual.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MilestoneView {
    /// Which.
    pub milestone: Milestone,
    /// Planned end of its leg.
    pub due: Option<String>,
    /// Reached on.
    pub actual: Option<String>,
    /// Its date contradicted a later one and was treated as missing.
    pub out_of_order: bool,
}

/// One leg, planned and actual.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LegView {
    /// From this milestone.
    pub from: Milestone,
    /// To this one.
    pub to: Milestone,
    /// The owning department's id.
    pub department: String,
    /// Planned days.
    pub planned_days: i32,
    /// Actual days; for a running leg up to the coming Monday; none before it began.
    pub actual_days: Option<i32>,
    /// Actual less planned.
    pub overrun_days: Option<i32>,
    /// A missing milestone joined this leg to the one before.
    pub joint: bool,
    /// Still running.
    pub running: bool,
    /// Planned start and end, actual start and end, for the lanes.
    pub planned_from: Option<String>,
    /// See `planned_from`.
    pub planned_to: Option<String>,
    /// See `planned_from`.
    pub actual_from: Option<String>,
    /// See `planned_from`.
    pub actual_to: Option<String>,
}

/// One line of the sum.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ArithmeticLine {
    /// `gap`, `leg`, `sum`, `share`.
    pub kind: String,
    /// What it is, in words.
    pub label: String,
    /// How it comes about: “12 days taken − 6 planned”.
    pub working: String,
    /// Its days.
    pub days: f64,
    /// The department's id, where it has one.
    pub department: Option<String>,
}

/// Something out of the ordinary.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ExceptionView {
    /// `cancelled`, `partial`, `returned`, `credited`, `disputed`, `date_changed_by_us`, `date_changed_by_customer`,
    /// `deleted_at_source`, `out_of_order`, `short`, `promise_by_arrival`, `due_moved`, `disagreement`,
    /// `undated_quantity`, `implausible_date`, `record_deleted`.
    pub kind: String,
    /// When.
    pub day: Option<String>,
    /// In the reader's words.
    pub words: String,
}

/// A week in which the journey counts.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CountedIn {
    /// The KPI's word.
    pub kpi: String,
    /// The week.
    pub week: String,
}

/// A raw record: where from, when, and what it said.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RecordView {
    /// A handle for `record_read`.
    pub id: String,
    /// The system.
    pub system: String,
    /// The integration's id and name.
    pub integration: String,
    /// See `integration`.
    pub integration_name: String,
    /// The person who answers for the integration: the owner that its charter names, else who saved it last (name).
    pub owner: Option<String>,
    /// It was entered by hand.
    pub by_hand: bool,
    /// The stream.
    pub stream: String,
    /// The run that brought it.
    pub run: String,
    /// When that run finished, RFC 3339.
    pub pulled: Option<String>,
    /// The file.
    pub file: String,
    /// The row in the file, as a person would count it (1 is the first line).
    pub row: u32,
    /// Its version, from 1.
    pub version: u32,
    /// Version in force.
    pub current: bool,
    /// The cells, as they stand in the file.
    pub cells: Vec<CellView>,
}

/// One cell of a raw record.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CellView {
    /// The column.
    pub column: String,
    /// The text in the file.
    pub text: String,
    /// The fields that it was mapped to; none for a column that is not used.
    pub fields: Vec<String>,
    /// What was read from it.
    pub read_as: Option<String>,
    /// It counts; otherwise another system is believed that says something else.
    pub counts: bool,
    /// Who answers for the field, where the truth map names somebody.
    pub owner: Option<String>,
}
