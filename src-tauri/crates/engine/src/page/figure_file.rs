//! A measure's files on screens: one that is looked at before it is brought in, those that were, and the row of a file that
//! a week came from.

use std::collections::BTreeMap;

use plaza_domain::event::{Attachment, KpiId};
pub use plaza_domain::event::{FigureColumns, FiguresId};
use plaza_domain::kpi::measure::MeasureForm;
use serde::Serialize;

use super::thread::SaidBy;
use super::{DepartmentView, Unit};

/// A file that is looked at before anything is done with it.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FigureFileLook {
    /// Of which measure.
    pub measure: FileMeasure,
    /// What the file is called.
    pub file: String,
    /// The sheets of a workbook, the one that is read first; none for text.
    pub sheets: Vec<String>,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its first rows, as they were read.
    pub sample: Vec<FileRow>,
    /// Rows that were read, refused ones among them.
    pub rows: u32,
    /// Rows without any number, which are passed over.
    pub blank: u32,
    /// How its columns are read.
    pub chosen: FigureColumns,
    /// That was said of the file before.
    pub is_remembered: bool,
    /// The ways in which the column of weeks may be read.
    pub week_choices: Vec<WeekChoice>,
    /// The words of the column of departments, the most frequent first.
    pub words: Vec<FileWord>,
    /// What is wrong with how the columns are read; nothing was read then.
    pub faults: Vec<FileFault>,
    /// The weeks that are new or change, in their order.
    pub weeks: Vec<FigureChange>,
    /// Weeks that have no value yet.
    pub new: u32,
    /// Weeks whose value or parts change.
    pub changed: u32,
    /// Weeks that stand so already.
    pub same: u32,
    /// Weeks whose parts do not add up: with any of them the file is held.
    pub gaps: u32,
    /// Rows that were refused.
    pub refused: u32,
    /// The first of them.
    pub refused_rows: Vec<RefusedRow>,
    /// Weeks change that had a value: it must be said why.
    pub needs_reason: bool,
    /// Another file of the measure that waits for a decision; none can be brought before.
    pub waiting: Option<String>,
    /// What was looked at, for bringing it.
    pub seen: String,
}

/// The measure of a file.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FileMeasure {
    /// Its word.
    pub kpi: KpiId,
    /// What it is called.
    pub name: String,
    /// How its number comes.
    pub form: MeasureForm,
    /// What it counts in.
    pub unit: Unit,
    /// The word of what it counts, where the unit is a plain number.
    pub unit_word: Option<String>,
    /// The departments that have parts, in the order of the flow.
    pub departments: Vec<DepartmentView>,
}

/// A row of a file, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct FileRow {
    /// Its number as a person sees it.
    pub row: u32,
    /// Its cells, one for each column.
    pub cells: Vec<String>,
}

/// A way in which the column of weeks may be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct WeekChoice {
    /// The forms of dates; none for ISO weeks.
    pub formats: Vec<String>,
    /// A cell that can be read so; empty where none can.
    pub example: String,
    /// The week that it then says.
    pub week: Option<String>,
}

/// A word of the column of departments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct FileWord {
    /// The word.
    pub text: String,
    /// Rows that have it.
    pub rows: u32,
}

/// What is wrong with a field of how the columns are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct FileFault {
    /// The field: `week`, `parts.Sales`.
    pub field: String,
    /// What is wrong with it.
    pub words: String,
}

/// What a week's numbers are.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FigureNumbers {
    /// The value, in the measure's unit.
    pub value: Option<f64>,
    /// The value, or what stands above the line.
    pub numerator: f64,
    /// What stands below it; nothing where the measure is a value.
    pub denominator: Option<f64>,
    /// The departments' parts of the numerator.
    pub parts: BTreeMap<String, f64>,
}

/// What a file does to a week.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FigureChange {
    /// Which week.
    pub week: String,
    /// What is published; nothing for a week that has no value.
    pub was: Option<FigureNumbers>,
    /// What the file says.
    pub now: FigureNumbers,
    /// A person signed what is published.
    pub is_signed: bool,
    /// It stands so already.
    pub is_same: bool,
    /// How far its parts are from its total, where that is more than the tolerance.
    pub gap: Option<String>,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct RefusedRow {
    /// Its number as a person sees it.
    pub row: u32,
    /// The column; nothing where the row as a whole is wrong.
    pub column: Option<String>,
    /// What stands there.
    pub cell: String,
    /// Why.
    pub words: String,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Its weeks were published when it came.
    Published,
    /// It waits: weeks of it do not add up.
    Waiting,
    /// It waited, and a person published it.
    LetIn,
    /// It waited, and a person turned it away.
    TurnedAway,
}

/// The files of a measure.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FigureFileList {
    /// Of which measure.
    pub measure: FileMeasure,
    /// The files, the newest first.
    pub files: Vec<FigureFileRow>,
}

/// One file that was brought.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FigureFileRow {
    /// Which bringing of it.
    pub figures: String,
    /// What it is called.
    pub file: String,
    /// Who brought it, when.
    pub by: SaidBy,
    /// What became of it.
    pub state: FileState,
    /// Weeks of it that were new or changed.
    pub weeks: u32,
    /// Weeks of it that stood so already.
    pub same: u32,
    /// Rows of it that were refused.
    pub refused: u32,
}

/// One file that was brought, whole.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FigureFilePage {
    /// Of which measure.
    pub measure: FileMeasure,
    /// What it is called, who brought it, what became of it.
    pub row: FigureFileRow,
    /// Its bytes, as they are kept.
    pub file: Attachment,
    /// Why weeks of it changed that had a value; empty where none did.
    pub reason: String,
    /// Who decided about it, and why, where it was held.
    pub decided: Option<FileDecision>,
    /// Its weeks against what is published now; of a file that counts these are the same.
    pub weeks: Vec<FigureChange>,
    /// Its bytes are on this device; what follows is empty otherwise.
    pub is_here: bool,
    /// Its columns.
    pub columns: Vec<String>,
    /// The rows that a week came from, as they were read.
    pub source: Vec<FileRow>,
    /// The rows that were refused, the first of them.
    pub refused_rows: Vec<RefusedRow>,
    /// What was looked at, for deciding.
    pub seen: String,
}

/// What became of a file that was just brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct BroughtView {
    /// Which bringing of it.
    pub figures: String,
    /// It waits: nothing of it is published.
    pub is_held: bool,
    /// How many weeks were published, or wait.
    pub weeks: u32,
}

/// What a person decided about a file.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FileDecision {
    /// Who, when.
    pub by: SaidBy,
    /// Published as it is; otherwise nothing of it counts.
    pub is_published: bool,
    /// Why.
    pub reason: String,
}
