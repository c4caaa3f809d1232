//! One row: its cells read, its facts packed, its key made, the rules asked.

use std::sync::Arc;

use plaza_connect::Row;
use plaza_domain::cell::{CellFault, DateFormat, Stamp, Zones, trim};
use plaza_domain::record::{Facts, Field, FieldKind, push_number, push_text};

use super::finding::{Finding, Rule};
use super::plan::{FieldPlan, Plan, Reading};
use super::rules::{RowNumbers, RowRules};
use crate::integration::Severity;
use crate::journey::key::{OrderKey, content, row_key};

/// A row that was read: where it lies and what tells it from the others. Its facts lie in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StagedRow {
    /// The key of its journey, or of the whole order; a hash of the row where it has no order.
    pub journey: i64,
    /// The hash of its own key; 0 for none.
    pub row_key: i64,
    /// Hash of the facts.
    pub content: i64,
    /// The change time of the source, seconds in the workspace's zone; `i64::MIN` for none.
    pub changed_at: i64,
    /// The row's number in the file.
    pub row: u32,
    /// Where the facts begin in the arena, and how many bytes they have.
    pub facts: (u64, u32),
    /// Whether a rule keeps it out.
    pub is_quarantined: bool,
}

/// What lines are called when no stream has line numbers.
pub(crate) const ONLY_LINE: &str = "1";

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// Decimals of money. Values are shown and never added across currencies, so one scale serves all of them.
pub(super) const MINOR_DIGITS: u8 = 2;

/// Reads the rows of one file.
#[derive(Debug)]
pub struct RowReader {
    plan: Plan,
    rules: RowRules,
    zones: Arc<Zones>,
    system: String,
    /// Rows without a line number are about the whole order (else about its only line).
    whole_orders: bool,
    numbers: RowNumbers,
    /// Rows with a value in such a column wait; without a column, all of them.
    refused: Vec<(Option<usize>, Finding)>,
    /// For each field of the plan, how many cells were empty.
    pub empty: Vec<i64>,
    /// For each field of the plan that is a timestamp, how many repeat the one above, and an example.
    pub repeated: Vec<(i64, String)>,
    /// The last moment of each field, and the order of the row above.
    above: Vec<i64>,
    order_above: Vec<u8>,
    same_order: bool,
}

impl RowReader {
    /// A reader for a file of a stream.
    pub fn new(plan: Plan, rules: RowRules, zones: Arc<Zones>, system: &str, whole_orders: bool) -> Self {
        let count = plan.fields.len();
        Self {
            plan,
            rules,
            zones,
            system: system.to_owned(),
            whole_orders,
            numbers: RowNumbers::default(),
            refused: Vec::new(),
            empty: vec![0; count],
            repeated: vec![(0, String::new()); count],
            above: vec![i64::MIN; count],
            order_above: Vec::new(),
            same_order: false,
        }
    }

    /// As it is, but rows with a value in one of these columns wait; without a column, all of them.
    #[must_use]
    pub fn refusing(mut self, refused: Vec<(Option<usize>, Finding)>) -> Self {
        self.refused = refused;
        self
    }

    /// The plan that rows are read by.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The rules that rows are held against.
    pub const fn rules(&self) -> &RowRules {
        &self.rules
    }

    /// Reads a row: appends its facts to `arena`, pushes what the rules found to `findings`.
    pub fn read(&mut self, row: Row<'_>, arena: &mut Vec<u8>, findings: &mut Vec<Finding>) -> StagedRow {
        let start = arena.len();
        self.numbers.clear();
        for place in 0..self.plan.fields.len() {
            self.read_cell(place, row, arena, findings);
        }
        for (column, finding) in &self.refused {
            if column.is_none_or(|column| !trim(row.bytes(column)).is_empty()) {
                findings.push(finding.clone());
            }
        }
        self.rules.check(&self.numbers, findings);
        let is_quarantined =
            findings.iter().any(|finding| self.rules.severity(finding.rule()) == Severity::Quarantine);
        findings.retain(|finding| self.rules.severity(finding.rule()) != Severity::Off);
        let facts = &arena[start..];
        let (journey, row_key) = self.key(Facts(facts), row);
        StagedRow {
            journey,
            row_key,
            content: content(facts),
            changed_at: self.numbers.get(Field::ChangedAt).unwrap_or(i64::MIN),
            row: u32::try_from(row.number()).unwrap_or(u32::MAX),
            facts: (start as u64, facts.len() as u32),
            is_quarantined,
        }
    }

    fn key(&self, facts: Facts<'_>, row: Row<'_>) -> (i64, i64) {
        let (mut order, mut line, mut own) = (None, None, 0);
        // Identity comes first in the order of fields, so that this stops early.
        for (field, value) in facts.iter() {
            let plaza_domain::record::FactValue::Text(text) = value else { break };
            match field {
                Field::Order => order = Some(text),
                Field::Line => line = Some(text),
                Field::RowKey => own = row_key(text),
                _ => break,
            }
        }
        let Some(order) = order else {
            // Nothing tells which order it is about: the row itself is all that can be recognised again.
            let mut hasher = blake3::Hasher::new();
            for cell in row.cells() {
                hasher.update(cell.as_bytes());
                hasher.update(&[0xFF]);
            }
            return (crate::journey::key::row_key(&hasher.finalize().to_hex()) | i64::MIN, own);
        };
        let key = OrderKey::of(&self.system, order);
        let journey = match line {
            Some(line) => key.line(line),
            None if self.whole_orders => key.whole(),
            None => key.line(ONLY_LINE),
        };
        (journey, own)
    }

    fn read_cell(&mut self, place: usize, row: Row<'_>, arena: &mut Vec<u8>, findings: &mut Vec<Finding>) {
        let Self { plan, rules, zones, numbers, empty, .. } = self;
        let plan = &plan.fields[place];
        let cell = match plan.column {
            Some(column) => trim(row.bytes(column)),
            None => plan.constant.as_bytes(),
        };
        if is_empty(cell, plan) {
            empty[place] += 1;
            return;
        }
        let field = plan.field;
        let number = match &plan.reading {
            Reading::Text => {
                if field == Field::Order {
                    self.same_order = self.order_above == cell;
                    self.order_above.clear();
                    self.order_above.extend_from_slice(cell);
                }
                // Cells are UTF-8 already; blanks were cut between characters.
                if let Ok(text) = std::str::from_utf8(cell) {
                    push_text(arena, field, text);
                    numbers.set_text(field);
                }
                return;
            }
            Reading::Code(codes) => match code_of(codes, cell) {
                Some(code) => code,
                None if field == Field::Status => {
                    findings
                        .push(Finding::UnknownStatus { value: String::from_utf8_lossy(cell).into_owned() });
                    return;
                }
                // Whoever it was, it did happen: it counts as a reason that names nobody.
                None => {
                    let value = String::from_utf8_lossy(cell).into_owned();
                    findings.push(Finding::UnknownReason { field, value });
                    0
                }
            },
            reading => match read_number(reading, zones, cell) {
                Ok((number, moment)) => {
                    if let Some(moment) = moment.filter(|_| field.kind() == FieldKind::Date) {
                        let step = moment.wrapping_sub(std::mem::replace(&mut self.above[place], moment));
                        if !self.same_order && (step == 0 || step == DAY_SECONDS) {
                            note_repeated(&mut self.repeated[place], cell);
                        }
                    }
                    number
                }
                Err(fault) => {
                    if rules.severity(Rule::Type) != Severity::Off {
                        findings.push(Finding::Type { field, fault });
                    }
                    return;
                }
            },
        };
        push_number(arena, field, number);
        self.numbers.set(field, number);
    }
}

/// A timestamp that repeats the one of another order above to the second, or goes on by exactly one day as dragging a
/// cell down in a spreadsheet does, was hardly written by a system.
#[cold]
fn note_repeated(repeated: &mut (i64, String), cell: &[u8]) {
    repeated.0 += 1;
    if repeated.1.is_empty() {
        repeated.1 = String::from_utf8_lossy(cell).into_owned();
    }
}

fn is_empty(cell: &[u8], plan: &FieldPlan) -> bool {
    cell.is_empty() || plan.is_empty_word(cell)
}

fn code_of(codes: &[(String, i64)], cell: &[u8]) -> Option<i64> {
    let same = |word: &str| word.as_bytes().eq_ignore_ascii_case(cell);
    if let Some((_, code)) = codes.iter().find(|(word, _)| same(word)) {
        return Some(*code);
    }
    if cell.is_ascii() {
        return None;
    }
    let text = std::str::from_utf8(cell).ok()?.to_lowercase();
    codes.iter().find(|(word, _)| *word == text).map(|(_, code)| *code)
}

/// A number, and the moment where the cell had a time of day that is not midnight.
fn read_number(reading: &Reading, zones: &Zones, cell: &[u8]) -> Result<(i64, Option<i64>), CellFault> {
    match reading {
        Reading::Day(formats) => {
            let stamp = read_stamp(formats, cell)?;
            Ok((
                i64::from(zones.day(stamp).0),
                stamp.seconds_of_day.filter(|seconds| *seconds != 0).map(|_| stamp.local_seconds()),
            ))
        }
        Reading::Moment(formats) => Ok((zones.seconds(read_stamp(formats, cell)?), None)),
        Reading::Quantity(format) => format.quantity(cell).map(|quantity| (quantity.0, None)),
        Reading::Money(format) => format.money(cell, MINOR_DIGITS).map(|money| (money.0, None)),
        Reading::Text | Reading::Code(_) => Ok((0, None)),
    }
}

fn read_stamp(formats: &[DateFormat], cell: &[u8]) -> Result<Stamp, CellFault> {
    let mut first = None;
    for format in formats {
        match format.parse(cell) {
            Ok(stamp) => return Ok(stamp),
            Err(fault) => first = first.or(Some(fault)),
        }
    }
    Err(first.unwrap_or(CellFault::NotADate {
        text: String::from_utf8_lossy(cell).into_owned(),
        format: String::new(),
    }))
}
