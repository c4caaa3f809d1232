//! What is entered by hand for an integration, as its page shows it.

use std::path::Path;

use plaza_domain::language::Language;
use plaza_domain::record::FieldKind;
use serde::{Deserialize, Serialize};

use super::series::{count, moment};
use crate::charter::facts::Facts;
use crate::error::Result;
use crate::hand::{self, Agreement, EnteredRow, HandReport, Reconciled, column, fields, reconcile};
use crate::integration::Integration;
use crate::words::field;
use crate::workspace::Workspace;

/// Entries that are listed, the newest.
const ENTRIES_MAX: usize = 50;

/// Fields of order lines that are listed: differences first.
const LINES_MAX: usize = 500;

/// Entering by hand, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct HandPage {
    /// The integration whose orders these are, where this one only adds to them: there it is entered.
    pub home: Option<String>,
    /// How people carry on, as the charter says.
    pub fallback: String,
    /// What can be entered, in order.
    pub fields: Vec<HandField>,
    /// What was entered, the newest first.
    pub entries: Vec<HandEntry>,
    /// Every entered field against the system: differences first, at most 500.
    pub lines: Vec<HandLine>,
    /// How many fields differ, are not said by the system yet, and agree.
    pub differs: u32,
    /// See `differs`.
    pub silent: u32,
    /// See `differs`.
    pub agrees: u32,
    /// Whoever acts may say that an entry counts against the system.
    pub may_decide: bool,
}

/// A field that can be entered.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct HandField {
    /// Its word.
    pub field: String,
    /// `date`, `number` or `text`.
    pub kind: String,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct HandEntry {
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub person: Option<String>,
    /// Rows.
    pub rows: u32,
    /// `form` or `sheet`.
    pub way: String,
    /// What the person said about it.
    pub note: String,
}

/// A field of an order line that was entered.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct HandLine {
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// The system whose order it is.
    pub system: String,
    /// The field's word.
    pub field: String,
    /// What was entered.
    pub entered: String,
    /// What the system says.
    pub says: Option<String>,
    /// `differs`, `silent` or `agrees`.
    pub stands: String,
    /// The owner said that the entry counts.
    pub is_kept: bool,
}

/// A cell of a row that is entered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct HandCell {
    /// The field's word.
    pub field: String,
    /// Its text: dates as `2026-03-09`, numbers with a point.
    pub text: String,
}

/// What became of what was entered.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct HandResult {
    /// Rows read.
    pub read: u32,
    /// Rows that count.
    pub counted: u32,
    /// Rows that wait in quarantine.
    pub quarantined: u32,
}

impl From<HandReport> for HandResult {
    fn from(report: HandReport) -> Self {
        let rows = report.rows;
        Self {
            read: count(rows.read),
            counted: count(rows.read - rows.quarantined),
            quarantined: count(rows.quarantined),
        }
    }
}

impl HandPage {
    /// Of an integration in use.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::EngineError::NotFound) for one that there is not; what the stores say.
    pub fn read(workspace: &Workspace, id: &str) -> Result<Self> {
        let saved = workspace.integration_in_use(id)?;
        let home = Integration::from_toml(&saved.current.toml)?;
        let facts = Facts::read(workspace, &saved)?;
        let lines = reconcile(workspace, &home)?;
        let of = |agreement| count(lines.iter().filter(|line| line.agreement == agreement).count() as i64);
        let entries = workspace.view(|view| view.hand_entries(&saved.id))?;
        Ok(Self {
            fallback: facts.charter.as_ref().map(|one| one.charter.fallback.clone()).unwrap_or_default(),
            fields: fields(&home)
                .into_iter()
                .map(|field| HandField {
                    field: column(field),
                    kind: match field.kind() {
                        FieldKind::Date | FieldKind::Moment => "date",
                        FieldKind::Quantity | FieldKind::Money => "number",
                        FieldKind::Text | FieldKind::Code => "text",
                    }
                    .to_owned(),
                })
                .collect(),
            entries: entries
                .iter()
                .rev()
                .take(ENTRIES_MAX)
                .map(|entry| HandEntry {
                    at: moment(entry.act.at.wall_ms),
                    person: entry
                        .act
                        .person
                        .as_ref()
                        .and_then(|id| facts.person(id))
                        .map(|one| one.name.clone()),
                    rows: entry.entered.rows,
                    way: entry.entered.way.clone(),
                    note: entry.entered.note.clone(),
                })
                .collect(),
            differs: of(Agreement::Differs),
            silent: of(Agreement::Silent),
            agrees: of(Agreement::Agrees),
            lines: lines.into_iter().take(LINES_MAX).map(|line| HandLine::of(line, &home.system)).collect(),
            may_decide: workspace.may_decide(&facts)?,
            home: home.orders_of,
        })
    }
}

impl HandLine {
    fn of(line: Reconciled, system: &str) -> Self {
        Self {
            order: line.order,
            line: line.line,
            system: system.to_owned(),
            field: column(line.field),
            entered: line.entered,
            says: line.system,
            stands: match line.agreement {
                Agreement::Differs => "differs",
                Agreement::Silent => "silent",
                Agreement::Agrees => "agrees",
            }
            .to_owned(),
            is_kept: line.is_kept,
        }
    }
}

/// Enters one row from the form.
///
/// # Errors
/// As [`hand::enter`]; a word that is no field.
pub fn enter(workspace: &Workspace, id: &str, cells: &[HandCell], note: &str) -> Result<HandResult> {
    let mut row = EnteredRow::new();
    for cell in cells {
        row.insert(field(&cell.field)?, cell.text.clone());
    }
    Ok(hand::enter(workspace, id, &[row], "form", note)?.into())
}

/// Writes the sheet. Returns how many order lines it lists.
///
/// # Errors
/// As [`hand::write_sheet`].
pub fn write_sheet(workspace: &Workspace, id: &str, path: &str, language: Language) -> Result<u32> {
    Ok(count(hand::write_sheet(workspace, id, Path::new(path), language)? as i64))
}

/// Enters a filled sheet.
///
/// # Errors
/// As [`hand::read_sheet`].
pub fn read_sheet(workspace: &Workspace, id: &str, path: &str, note: &str) -> Result<HandResult> {
    Ok(hand::read_sheet(workspace, id, Path::new(path), note)?.into())
}

/// The owner says whether an entry counts.
///
/// # Errors
/// As [`hand::keep`]; a word that is no field.
pub fn keep(
    workspace: &Workspace,
    id: &str,
    (order, line, word): (&str, &str, &str),
    is_kept: bool,
    reason: &str,
) -> Result<()> {
    hand::keep(workspace, id, (order, line, field(word)?), is_kept, reason)
}
