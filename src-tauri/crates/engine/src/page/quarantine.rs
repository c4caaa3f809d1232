//! Reads quarantine: which rows wait, why in words, and which of them a person can let in.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::cell::Quantity;
use plaza_domain::day::Day;
use plaza_domain::journey::Milestone;
use plaza_domain::language::Language;
use plaza_domain::record::{FactValue, Facts, Field, FieldKind};
use plaza_store::intake::{QuarantineState, Quarantined, StreamRow, View};

use super::integration::{QuarantineList, QuarantineQuery, QuarantineRow};
use super::run::reasons;
use super::series::count;
use crate::error::{EngineError, Result};
use crate::hand;
use crate::integration::{FieldTable, Integration, Stream};
use crate::pull::{is_releasable, release_all};
use crate::staging::{Finding, field_word, words};
use crate::workspace::Workspace;

/// Rows of one answer.
const ROWS_MAX: u32 = 500;

impl QuarantineList {
    /// A slice of an integration's quarantine: rows that wait first, in the order of their files. Counts by rule are of
    /// those that wait.
    ///
    /// # Errors
    /// There is no such integration; what the stores say.
    pub fn read(workspace: &Workspace, query: &QuarantineQuery, language: Language) -> Result<Self> {
        let missing = || EngineError::NotFound { noun: "integration", name: query.integration.clone() };
        let saved = workspace.view(|view| view.integration(&query.integration.as_str().into()))?;
        let mapping = Integration::from_toml(&saved.ok_or_else(missing)?.current.toml).ok();
        let reader = workspace.intake_reader()?;
        let mut listed = Listed::default();
        // What was entered by hand for it waits among its rows.
        let by_hand = mapping.as_ref().map(|home| hand::definition(workspace, home).id);
        for id in by_hand.iter().chain([&query.integration]) {
            if let Some(known) = reader.view().integration(id)? {
                listed.add(reader.view(), known.number, query.rule.as_deref())?;
            }
        }
        let page = Page {
            view: reader.view(),
            streams: reader.view().streams()?,
            mapping: mapping.as_ref(),
            language,
            files: BTreeMap::new(),
        };
        let slice = listed.numbers.iter().skip(query.offset as usize);
        Ok(Self {
            total: count(listed.numbers.len() as i64),
            waiting: count(listed.waiting),
            reasons: reasons(listed.reasons.iter(), language),
            rows: page.rows(slice.take(query.limit.min(ROWS_MAX) as usize))?,
        })
    }
}

/// Lets rows out of quarantine as they are; `ids` are those of [`QuarantineRow`].
///
/// # Errors
/// An id that is none; as [`release_all`].
pub fn release_rows(workspace: &Workspace, ids: &[String], reason: &str) -> Result<()> {
    let number = |id: &String| {
        let number = id.strip_prefix('q').and_then(|number| number.parse().ok());
        number.ok_or_else(|| EngineError::NotFound { noun: "quarantined row", name: id.clone() })
    };
    let numbers = ids.iter().map(number).collect::<Result<Vec<i64>>>()?;
    release_all(workspace, &numbers, reason)
}

/// Which rows there are, without what is in them.
#[derive(Default)]
struct Listed {
    /// Those asked for, in their order.
    numbers: Vec<i64>,
    /// How many of them wait.
    waiting: i64,
    /// Waiting rows by reason, whatever rule is asked for.
    reasons: BTreeMap<String, i64>,
}

impl Listed {
    fn add(&mut self, view: View<'_>, integration: i64, rule: Option<&str>) -> Result<()> {
        view.quarantine_findings(integration, |number, state, findings| {
            let findings: Vec<Finding> = serde_json::from_str(findings).unwrap_or_default();
            let found: BTreeSet<&str> = findings.iter().map(Finding::reason).collect();
            let waits = state == QuarantineState::Waiting;
            if rule.is_none_or(|rule| found.contains(rule)) {
                self.numbers.push(number);
                self.waiting += i64::from(waits);
            }
            if waits {
                for reason in found {
                    match self.reasons.get_mut(reason) {
                        Some(rows) => *rows += 1,
                        None => drop(self.reasons.insert(reason.to_owned(), 1)),
                    }
                }
            }
        })?;
        Ok(())
    }
}

/// What the rows of one answer are made with.
struct Page<'a> {
    view: View<'a>,
    streams: Vec<StreamRow>,
    mapping: Option<&'a Integration>,
    language: Language,
    /// Names of originals by number.
    files: BTreeMap<i64, String>,
}

impl Page<'_> {
    fn rows<'n>(mut self, numbers: impl Iterator<Item = &'n i64>) -> Result<Vec<QuarantineRow>> {
        let mut rows = Vec::new();
        for number in numbers {
            if let Some(row) = self.view.quarantined(*number)? {
                rows.push(self.row(&row)?);
            }
        }
        Ok(rows)
    }

    fn row(&mut self, row: &Quarantined) -> Result<QuarantineRow> {
        let findings: Vec<Finding> = serde_json::from_str(&row.findings).unwrap_or_default();
        let facts = Facts(&row.facts);
        let text = |field| facts.text(field).filter(|text| !text.is_empty()).map(str::to_owned);
        let stream = self.streams.iter().find(|one| one.number == row.stream);
        let name = stream.map(|one| one.name.clone()).unwrap_or_default();
        let table = self.mapping.and_then(|one| one.streams.iter().find(|stream| stream.name == name));
        Ok(QuarantineRow {
            id: format!("q{}", row.number),
            file: self.file(row.original)?,
            row: count(row.row),
            order: text(Field::Order),
            line: text(Field::Line),
            reasons: findings.iter().map(|finding| words(finding, self.language)).collect(),
            cells: cells(&findings, facts, table),
            state: row.state.word().to_owned(),
            releasable: is_releasable(row),
            stream: name,
        })
    }

    fn file(&mut self, original: i64) -> Result<String> {
        if let Some(name) = self.files.get(&original) {
            return Ok(name.clone());
        }
        let name = self.view.original(original)?.map(|original| original.name).unwrap_or_default();
        self.files.insert(original, name.clone());
        Ok(name)
    }
}

/// The cells that findings are about: the column as the file names it, and what stands in it. A cell that could not be
/// read is shown as it is; one that could, as it was read.
fn cells(findings: &[Finding], facts: Facts<'_>, stream: Option<&Stream>) -> Vec<(String, String)> {
    let mut cells: Vec<(String, String)> = Vec::new();
    for finding in findings {
        let faulty = match finding {
            Finding::Type { fault, .. } => Some(fault.text().to_owned()),
            Finding::UnknownStatus { value } | Finding::UnknownReason { value, .. } => Some(value.clone()),
            _ => None,
        };
        for field in fields(finding) {
            let column = column(field, stream);
            if !cells.iter().any(|(known, _)| *known == column) {
                let text = faulty.clone().or_else(|| shown(facts, field)).unwrap_or_default();
                cells.push((column, text));
            }
        }
    }
    cells
}

/// The fields that a finding is about.
fn fields(finding: &Finding) -> Vec<Field> {
    match finding {
        Finding::Required { field }
        | Finding::Type { field, .. }
        | Finding::TooEarly { field, .. }
        | Finding::InFuture { field, .. }
        | Finding::TooFarAhead { field, .. }
        | Finding::Range { field, .. }
        | Finding::NegativeQuantity { field, .. }
        | Finding::UnknownReason { field, .. }
        | Finding::NullShare { field, .. }
        | Finding::MissingColumn { field, .. }
        | Finding::RetypedColumn { field, .. }
        | Finding::RepeatedDates { field, .. } => vec![*field],
        Finding::ChangedColumn { field, .. } => field.iter().copied().collect(),
        Finding::TooFarFromOrder { field, .. } => vec![*field, Field::Ordered],
        Finding::QuantityOrder { field, limit_field, .. } => vec![*field, *limit_field],
        Finding::MilestoneOrder { milestone, later, .. } => vec![field_of(*milestone), field_of(*later)],
        Finding::UnknownStatus { .. } => vec![Field::Status],
        Finding::Damaged { .. }
        | Finding::UniqueKey { .. }
        | Finding::Duplicate { .. }
        | Finding::NotOrdered
        | Finding::KeyCollision { .. }
        | Finding::NewColumn { .. }
        | Finding::StaleData { .. }
        | Finding::RowCount { .. } => Vec::new(),
    }
}

const fn field_of(milestone: Milestone) -> Field {
    match milestone {
        Milestone::Ordered => Field::Ordered,
        Milestone::Confirmed => Field::Confirmed,
        Milestone::Produced => Field::Produced,
        Milestone::Shipped => Field::Shipped,
        Milestone::Delivered => Field::Delivered,
        Milestone::Invoiced => Field::Invoiced,
        Milestone::Paid => Field::Paid,
    }
}

/// The column of a field; the field's own word where it has none.
fn column(field: Field, stream: Option<&Stream>) -> String {
    let column = match stream.and_then(|stream| stream.fields.get(&field)) {
        Some(FieldTable::Column(column)) => Some(column.clone()),
        Some(FieldTable::Read(read)) => read.column.clone(),
        None => None,
    };
    column.unwrap_or_else(|| field_word(field))
}

/// A typed value as text.
fn shown(facts: Facts<'_>, wanted: Field) -> Option<String> {
    let (_, value) = facts.iter().find(|(field, _)| *field == wanted)?;
    Some(match value {
        FactValue::Text(text) => text.to_owned(),
        FactValue::Number(number) => match wanted.kind() {
            FieldKind::Date => Day(i32::try_from(number).ok()?).to_string(),
            FieldKind::Moment => Day(i32::try_from(number.div_euclid(86_400)).ok()?).to_string(),
            FieldKind::Quantity => Quantity(number).to_string(),
            FieldKind::Money => format!("{}.{:02}", number / 100, (number % 100).abs()),
            FieldKind::Text | FieldKind::Code => number.to_string(),
        },
    })
}
