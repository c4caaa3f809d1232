//! The first rows of each stream as the draft would read them.

use std::ops::ControlFlow;

use plaza_connect::{DamagedRow, Row};
use plaza_domain::cell::Quantity;
use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::record::{ChangedBy, FactValue, Facts, Field, FieldKind, Status};

use super::check::{Checked, CheckedStream, check};
use super::look::Group;
use crate::error::Result;
use crate::integration::{Integration, Severity, Stream};
use crate::page::integration::{Preview, PreviewRow, StreamPreview};
use crate::staging::{Finding, Plan, Reading, RowReader, RowRules, field_word, words};
use crate::workspace::Workspace;

/// Rows that are shown of each stream.
const ROWS: usize = 10;

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// Reads the first rows of each stream, and says what still stops the draft from being used. Names that are asked for
/// last may be empty.
///
/// # Errors
/// What the workspace says; a file that cannot be used is a problem, not an error.
pub fn preview(workspace: &Workspace, draft: &Integration, language: Language) -> Result<Preview> {
    let checked = check(workspace, draft)?;
    let streams = draft
        .streams
        .iter()
        .zip(&checked.streams)
        .map(|(stream, own)| first_rows(draft, stream, own, &checked, language))
        .collect();
    Ok(Preview { problems: checked.faults.iter().map(|fault| fault.problem(language)).collect(), streams })
}

/// How the rows of a stream are held against the rules.
pub(super) fn rules(draft: &Integration, stream: &Stream, checked: &Checked) -> RowRules {
    let (steps, tolerance) = match &checked.context {
        Some(context) => (context.assembly.route.steps(), context.assembly.tolerance_permille),
        None => (&[][..], 0),
    };
    let rules = RowRules::new(&draft.rules, stream, steps, tolerance, checked.today);
    if draft.orders_of.is_some() { rules.adding() } else { rules }
}

fn first_rows(
    draft: &Integration,
    stream: &Stream,
    own: &CheckedStream,
    checked: &Checked,
    language: Language,
) -> StreamPreview {
    let fields: Vec<Field> = stream.fields.keys().copied().collect();
    let mut preview = StreamPreview {
        stream: stream.name.clone(),
        fields: fields.iter().map(|field| field_word(*field)).collect(),
        rows: Vec::new(),
    };
    let (Some(group), Some(plan), Some(zones)) = (&own.group, &own.plan, &checked.zones) else {
        return preview;
    };
    let Some(table) = group.tables.first() else { return preview };
    let Ok(plan) = plan.find_columns(&stream.name, &table.name, &table.columns) else { return preview };
    let whole_orders = checked.context.as_ref().is_some_and(|context| context.whole_orders);
    let rules = rules(draft, stream, checked);
    let shown = Shown {
        fields: &fields,
        doubtful: own
            .doubtful
            .iter()
            .filter_map(|(field, column)| Some((*field, column_place(group, column)?)))
            .collect(),
        language,
    };
    let mut reader = RowReader::new(plan, rules, zones.clone(), &draft.system, whole_orders);
    let (mut arena, mut findings) = (Vec::new(), Vec::new());
    // A file that vanished since it was looked at is said at the next look.
    let _ = table.source.pages(&table.looked, 0, &mut |page| {
        let mut damaged = page.damaged().iter().peekable();
        for row in page.rows() {
            while let Some(bad) = damaged.next_if(|bad| bad.row < row.number()) {
                preview.rows.push(shown.damaged(bad));
            }
            arena.clear();
            findings.clear();
            let _ = reader.read(row, &mut arena, &mut findings);
            preview.rows.push(shown.row(row, &reader, &arena, &findings));
            if preview.rows.len() >= ROWS {
                return ControlFlow::Break(());
            }
        }
        preview.rows.extend(damaged.map(|bad| shown.damaged(bad)));
        if preview.rows.len() < ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    preview.rows.truncate(ROWS);
    preview
}

fn column_place(group: &Group, column: &str) -> Option<usize> {
    let exact = group.columns.iter().position(|own| own == column);
    exact.or_else(|| group.columns.iter().position(|own| own.trim().eq_ignore_ascii_case(column.trim())))
}

/// How rows are shown.
struct Shown<'a> {
    fields: &'a [Field],
    /// Fields that nobody has said yet how to read, with their columns: shown as they are written.
    doubtful: Vec<(Field, usize)>,
    language: Language,
}

impl Shown<'_> {
    fn damaged(&self, row: &DamagedRow) -> PreviewRow {
        let finding =
            Finding::Damaged { damage: row.damage.code().to_owned(), message: row.damage.to_string() };
        PreviewRow {
            row: u32::try_from(row.row).unwrap_or(u32::MAX),
            read: vec![None; self.fields.len()],
            reasons: vec![words(&finding, self.language)],
        }
    }

    fn row(&self, row: Row<'_>, reader: &RowReader, arena: &[u8], findings: &[Finding]) -> PreviewRow {
        let is_doubtful = |field: Field| self.doubtful.iter().any(|(own, _)| *own == field);
        let read = self.fields.iter().map(|field| match self.doubtful.iter().find(|(own, _)| own == field) {
            Some((_, column)) => Some(row.cell(*column).trim().to_owned()).filter(|cell| !cell.is_empty()),
            None => value(Facts(arena), *field, reader.plan()),
        });
        let keeps_out = |finding: &&Finding| {
            let waits = reader.rules().severity(finding.rule()) == Severity::Quarantine;
            // What is not read yet is not missing.
            let is_unread = matches!(finding, Finding::Required { field } if is_doubtful(*field));
            waits && !is_unread
        };
        PreviewRow {
            row: u32::try_from(row.number()).unwrap_or(u32::MAX),
            read: read.collect(),
            reasons: findings.iter().filter(keeps_out).map(|finding| words(finding, self.language)).collect(),
        }
    }
}

/// What was read of a field, as text.
fn value(facts: Facts<'_>, field: Field, plan: &Plan) -> Option<String> {
    let found = facts.iter().find(|(own, _)| *own == field).map(|(_, value)| value)?;
    let number = match found {
        FactValue::Text(text) => return Some(text.to_owned()),
        FactValue::Number(number) => number,
    };
    Some(match field.kind() {
        FieldKind::Date => Day(i32::try_from(number).ok()?).to_string(),
        FieldKind::Moment => {
            let (day, seconds) = (number.div_euclid(DAY_SECONDS), number.rem_euclid(DAY_SECONDS));
            let day = Day(i32::try_from(day).ok()?);
            format!("{day} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }
        FieldKind::Quantity => Quantity(number).to_string(),
        FieldKind::Money => {
            let sign = if number < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", number.abs() / 100, number.abs() % 100)
        }
        FieldKind::Code | FieldKind::Text => meaning(field, number, plan),
    })
}

/// The word that a code stands for.
fn meaning(field: Field, code: i64, plan: &Plan) -> String {
    match field {
        Field::Status => match Status::from_code(code) {
            Some(Status::Open) => "open".to_owned(),
            Some(Status::Closed) => "closed".to_owned(),
            Some(Status::Cancelled) => "cancelled".to_owned(),
            None => String::new(),
        },
        Field::DateChangedBy if ChangedBy::from_code(code) == ChangedBy::Customer => "customer".to_owned(),
        Field::DateChangedBy => "us".to_owned(),
        _ => {
            // The source's own word says which reason it was; what it is mapped to stands beside it in the wizard.
            let reading = plan.fields.iter().find(|own| own.field == field).map(|own| &own.reading);
            let Some(Reading::Code(codes)) = reading else { return String::new() };
            codes
                .iter()
                .find(|(_, own)| *own == code)
                .map_or_else(|| "–".to_owned(), |(word, _)| word.clone())
        }
    }
}
