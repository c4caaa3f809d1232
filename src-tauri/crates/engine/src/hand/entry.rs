//! Entering rows by hand, and saying whether they count against the system.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;

use plaza_domain::cell::Quantity;
use plaza_domain::day::Day;
use plaza_domain::event::{HandEntered, HandKept, IntegrationId, Payload};
use plaza_domain::record::{Field, FieldKind};
use plaza_store::intake::RecordKey;

use super::{FOLDER, STREAM, column, definition, fields};
use crate::charter::facts::Facts;
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::journey::key::OrderKey;
use crate::pull::{self, Counts, PullReport};
use crate::staging::ONLY_LINE;
use crate::truth::say;
use crate::workspace::Workspace;

/// Rows that are entered at once: a sheet of a bad week, not a migration.
pub const ROWS_MAX: usize = 5_000;

/// Letters of one cell, and of what is said about an entry.
const CHARS_MAX: usize = 500;

/// Faults of a sheet that are named.
const FAULTS_MAX: usize = 20;

/// One row as a person entered it: texts by field, dates as `2026-03-09`, numbers with a point.
pub type EnteredRow = BTreeMap<Field, String>;

/// What became of rows that were entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandReport {
    /// Rows by what became of them.
    pub rows: Counts,
    /// What the kept original is called.
    pub file: String,
}

/// Enters rows for an integration, all of them or none. `way` is `form` or `sheet`.
///
/// A row for an order line that was entered before takes over what it does not say itself, so that a date that is entered
/// today does not lose the quantity of yesterday.
///
/// # Errors
/// [`EngineError::Invalid`] names every cell that cannot be read, by row and field, or says that nobody has said who they
/// are; nothing is kept then. [`EngineError::NotFound`] for an integration that is not in use.
pub fn enter(
    workspace: &Workspace,
    id: &str,
    rows: &[EnteredRow],
    way: &str,
    note: &str,
) -> Result<HandReport> {
    let saved = workspace.integration_in_use(id)?;
    let home = Integration::from_toml(&saved.current.toml)?;
    if let Some(other) = &home.orders_of {
        let message = format!("this integration only adds to the orders of “{other}”: enter it there");
        return Err(EngineError::invalid("rows", message));
    }
    let person = workspace.actor()?;
    let person = person.ok_or_else(|| {
        EngineError::invalid("profile", "say first who you are: what is entered bears a name")
    })?;
    let note = note.trim();
    if note.chars().count() > CHARS_MAX {
        return Err(EngineError::invalid("note", format!("say it in at most {CHARS_MAX} letters")));
    }
    let rows = checked(&home, rows)?;
    let rows = rows
        .into_iter()
        .map(|row| with_what_was_entered(workspace, &home, row))
        .collect::<Result<Vec<_>>>()?;
    let now = workspace.now_ms();
    let at = plaza_moment(workspace, now)?;
    let text = csv(&home, &rows, &person.name, &at);
    let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
    let name = format!("{} {}.csv", at.replace([':', ' '], "-"), &hash[..8]);
    write_down(workspace, id, &name, &text)?;
    // The act after the file: should we be killed in between, the file is pulled and says itself who entered it.
    workspace.act([Payload::HandEntered(HandEntered {
        integration: saved.id,
        file: name.clone(),
        hash,
        rows: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        way: way.to_owned(),
        note: note.to_owned(),
    })])?;
    let report = pull_entered(workspace, &home)?;
    workspace.note_attention()?;
    Ok(HandReport { rows: report.records, file: name })
}

/// Pulls what was written down for an integration, and takes it out of the folder once it is kept.
fn pull_entered(workspace: &Workspace, home: &Integration) -> Result<PullReport> {
    let definition = definition(workspace, home);
    let report = pull::pull_entered(workspace, &definition)?;
    let folder = workspace.folder().join(FOLDER).join(&home.id);
    for name in report.files.iter().chain(&report.unchanged_files) {
        // A copy of a kept original; where it cannot be removed it is found unchanged next time.
        let _ = fs::remove_file(folder.join(name));
    }
    Ok(report)
}

/// The owner says whether what was entered about a field of an order line counts although the system says otherwise.
///
/// # Errors
/// [`EngineError::Invalid`] without a reason or by somebody who may not decide; [`EngineError::NotFound`] for an
/// integration that is not in use.
pub fn keep(
    workspace: &Workspace,
    id: &str,
    (order, line, field): (&str, &str, Field),
    is_kept: bool,
    reason: &str,
) -> Result<()> {
    let saved = workspace.integration_in_use(id)?;
    let home = Integration::from_toml(&saved.current.toml)?;
    workspace.check_may_decide(&Facts::read(workspace, &saved)?)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > CHARS_MAX {
        return Err(EngineError::invalid("reason", "say why"));
    }
    workspace.act([Payload::HandKept(HandKept {
        integration: saved.id,
        order: order.to_owned(),
        line: line.to_owned(),
        field,
        is_kept,
        reason: reason.to_owned(),
    })])?;
    let mut intake = workspace.intake();
    if let Some(known) = intake.view().integration(&home.id)? {
        let load = intake.load()?;
        load.journeys()?.touch(known.number, OrderKey::of(&home.system, order).whole())?;
        load.commit()?;
    }
    drop(intake);
    pull::remake(workspace, id)?;
    workspace.note_attention()
}

/// Rows with every cell in the one way that it is written; what cannot be read is named, cell by cell.
fn checked(home: &Integration, rows: &[EnteredRow]) -> Result<Vec<EnteredRow>> {
    if rows.is_empty() || rows.len() > ROWS_MAX {
        return Err(EngineError::invalid("rows", format!("enter 1 to {ROWS_MAX} rows")));
    }
    let known = fields(home);
    let mut faults = Vec::new();
    let mut clean = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let faults_before = faults.len();
        let mut cells = EnteredRow::new();
        for (field, text) in row {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let path = format!("rows.{place}.{}", column(*field));
            match cell(*field, text) {
                _ if !known.contains(field) => {
                    faults.push((path, "this integration has no such field".to_owned()));
                }
                Ok(text) => drop(cells.insert(*field, text)),
                Err(fault) => faults.push((path, fault.to_string())),
            }
        }
        cells.entry(Field::Line).or_insert_with(|| ONLY_LINE.to_owned());
        if !cells.contains_key(&Field::Order) {
            faults.push((format!("rows.{place}.order"), "which order is it?".to_owned()));
        } else if cells.len() < 3 && faults.len() == faults_before {
            faults.push((format!("rows.{place}.order"), "say what happened to it".to_owned()));
        }
        clean.push(cells);
    }
    faults.truncate(FAULTS_MAX);
    if faults.is_empty() { Ok(clean) } else { Err(EngineError::Invalid { fields: faults }) }
}

/// What is wrong with a cell.
#[derive(Debug, thiserror::Error)]
enum CellRefused {
    #[error("at most {CHARS_MAX} letters on one line")]
    TooLong,
    #[error("“{text}” is no date; write it as 2026-03-09")]
    NoDate { text: String },
    #[error("“{text}” is no number; write it as 12.5")]
    NoNumber { text: String },
}

/// A cell in the one way that it is written, or what is wrong with it.
fn cell(field: Field, text: &str) -> Result<String, CellRefused> {
    if text.chars().count() > CHARS_MAX || text.chars().any(char::is_control) {
        return Err(CellRefused::TooLong);
    }
    match field.kind() {
        FieldKind::Date => {
            let day = text.parse::<Day>().map_err(|_| CellRefused::NoDate { text: text.to_owned() })?;
            Ok(day.to_string())
        }
        FieldKind::Quantity | FieldKind::Money => {
            let most = if field.kind() == FieldKind::Money { 2 } else { 3 };
            number(text, most).ok_or_else(|| CellRefused::NoNumber { text: text.to_owned() })
        }
        _ => Ok(text.to_owned()),
    }
}

/// A number of at most so many decimals, with a point.
fn number(text: &str, decimals: usize) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits =
        !whole.is_empty() && whole.len() <= 12 && part.len() <= decimals && is_plain(whole) && is_plain(part);
    if !fits || digits.ends_with('.') {
        return None;
    }
    let thousandths: i64 = format!("{whole}{part:0<3}").parse().ok()?;
    Some(format!("{sign}{}", Quantity(thousandths)))
}

/// The row with what was entered for its order line before and it does not say itself.
fn with_what_was_entered(
    workspace: &Workspace,
    home: &Integration,
    mut row: EnteredRow,
) -> Result<EnteredRow> {
    let reader = workspace.intake_reader()?;
    let view = reader.view();
    let definition = definition(workspace, home);
    let Some(known) = view.integration(&definition.id)? else { return Ok(row) };
    let stream =
        view.streams()?.into_iter().find(|one| one.integration == known.number && one.name == STREAM);
    let Some(stream) = stream else { return Ok(row) };
    let (order, line) = (row.get(&Field::Order), row.get(&Field::Line));
    let order = OrderKey::of(&home.system, order.map(String::as_str).unwrap_or_default());
    let journey = order.line(line.map_or(ONLY_LINE, String::as_str));
    let before = view.record(stream.number, RecordKey { journey, row_key: 0 })?;
    for field in before.iter().flat_map(|_| fields(home)) {
        let said = before.as_ref().and_then(|record| say::of_record(field, &record.facts));
        if let Some(said) = said {
            row.entry(field).or_insert(said);
        }
    }
    Ok(row)
}

/// When it is, in the workspace's time zone: `2026-03-09 08:20:11`.
fn plaza_moment(workspace: &Workspace, now_ms: i64) -> Result<String> {
    let zone = workspace.settings()?.time_zone;
    Ok(say::number(Field::ChangedAt, zone.seconds_at(now_ms)))
}

fn csv(home: &Integration, rows: &[EnteredRow], by: &str, at: &str) -> String {
    let fields = fields(home);
    let mut lines = vec![fields.iter().map(|field| column(*field)).collect::<Vec<_>>()];
    lines[0].extend(["entered by".to_owned(), "entered at".to_owned()]);
    for row in rows {
        let mut cells: Vec<String> =
            fields.iter().map(|field| row.get(field).cloned().unwrap_or_default()).collect();
        cells.extend([by.to_owned(), at.to_owned()]);
        lines.push(cells);
    }
    let line = |cells: &Vec<String>| {
        let quoted = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        quoted.collect::<Vec<_>>().join(",")
    };
    lines.iter().map(line).fold(String::new(), |text, line| text + &line + "\n")
}

/// Writes the file down before anything else happens, whole or not at all.
fn write_down(workspace: &Workspace, id: &str, name: &str, text: &str) -> Result<PathBuf> {
    let folder = workspace.folder().join(FOLDER).join(id);
    fs::create_dir_all(&folder).map_err(EngineError::file(&folder))?;
    let (path, part) = (folder.join(name), folder.join(format!("{name}.part")));
    let mut file = File::create(&part).map_err(EngineError::file(&part))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(EngineError::file(&part))?;
    fs::rename(&part, &path).map_err(EngineError::file(&path))?;
    Ok(path)
}

/// Whether something was written down for an integration and is not pulled yet.
fn is_waiting(workspace: &Workspace, id: &IntegrationId) -> bool {
    let folder = workspace.folder().join(FOLDER).join(id.as_str());
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.map(|file| file.path()).any(|path| path.extension().is_some_and(|end| end == "csv"))
}

/// Pulls what was written down before the program ended.
pub(crate) fn pull_waiting(workspace: &Workspace) -> Result<()> {
    for saved in workspace.view(|view| view.integrations())? {
        if saved.retired.is_none()
            && is_waiting(workspace, &saved.id)
            && let Ok(home) = Integration::from_toml(&saved.current.toml)
        {
            pull_entered(workspace, &home)?;
        }
    }
    Ok(())
}
