//! Integrations: the list, the wizard, runs, quarantine.

use serde::{Deserialize, Serialize};

use super::connection::ConnectionView;
pub use super::quarantine::release_rows;
use super::schedule::TendedView;
use crate::integration::{Integration, Stream};

/// All integrations.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct IntegrationList {
    /// In order of name.
    pub integrations: Vec<IntegrationCard>,
}

/// One integration in the list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct IntegrationCard {
    /// Its id.
    pub id: String,
    /// Name.
    pub name: String,
    /// System.
    pub system: String,
    /// Streams by name.
    pub streams: Vec<String>,
    /// Journeys built from it.
    pub journeys: u32,
    /// Rows in quarantine.
    pub quarantined: u32,
    /// Its newest run.
    pub last_run: Option<RunView>,
    /// A folder is watched.
    pub watched: bool,
    /// `never_pulled`, `fine`, `has_quarantine`, `failed`.
    pub health: String,
    /// Who owns it by its charter, else who saved the definition in force (name).
    pub owner: Option<String>,
    /// How old its numbers are, and how it is looked after.
    pub tended: TendedView,
    /// Whether the owner stands in its charter.
    pub is_owned: bool,
    /// 1 to 4; none where its charter does not say.
    pub level: Option<u32>,
    /// Whether it is pulled by itself; otherwise only by hand.
    pub active: bool,
    /// It is in debt: so many answers of its audit are not *yes*.
    pub debt: Option<u32>,
    /// Until when it is cut by a drill, RFC 3339: it is not pulled, and nothing is wrong.
    pub cut_until: Option<String>,
    /// Why a drill is owed, in the reader's words; nothing where none is.
    pub drill_debt: Option<String>,
    /// Why it is proposed for retirement, in the reader's words.
    pub retirement: Option<String>,
}

/// One integration, whole.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct IntegrationPage {
    /// In the list's words.
    pub card: IntegrationCard,
    /// The definition in force, its paths from this device's point of view: absolute.
    pub integration: Integration,
    /// The same as TOML text.
    pub toml: String,
    /// Runs, newest first (the newest 100).
    pub runs: Vec<RunView>,
    /// The system that is asked; none where the rows are in files.
    pub connection: Option<ConnectionView>,
}

/// One run.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RunView {
    /// Its id.
    pub id: String,
    /// The integration's id.
    pub integration: String,
    /// When it began, RFC 3339.
    pub started: String,
    /// When it ended.
    pub finished: Option<String>,
    /// `running`, `interrupted`, `finished`, `failed`, `cancelled`.
    pub state: String,
    /// Files read.
    pub files: Vec<String>,
    /// Rows read.
    pub read: u32,
    /// New records.
    pub new: u32,
    /// Changed records.
    pub changed: u32,
    /// Unchanged records.
    pub same: u32,
    /// Rows quarantined.
    pub quarantined: u32,
    /// Records deleted at the source.
    pub deleted: u32,
    /// Rows by broken rule.
    pub reasons: Vec<ReasonCount>,
    /// Warnings, in words.
    pub warnings: Vec<String>,
    /// Weeks whose published value changed, `kpi week`.
    pub weeks_changed: u32,
    /// What went wrong, in words.
    pub error: Option<String>,
}

/// How often a rule was broken.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ReasonCount {
    /// The rule's word.
    pub rule: String,
    /// In the reader's words.
    pub words: String,
    /// Rows.
    pub rows: u32,
}

/// A slice of what waits in quarantine.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct QuarantineList {
    /// How many in all, of the rule asked for: those that wait, and those of which something became.
    pub total: u32,
    /// How many of them wait.
    pub waiting: u32,
    /// Those that wait by rule, the most frequent first.
    pub reasons: Vec<ReasonCount>,
    /// The slice.
    pub rows: Vec<QuarantineRow>,
}

/// A row that waits.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct QuarantineRow {
    /// A handle for releasing it.
    pub id: String,
    /// Stream.
    pub stream: String,
    /// File.
    pub file: String,
    /// Row in the file.
    pub row: u32,
    /// Order and line, where they could be read.
    pub order: Option<String>,
    /// See `order`.
    pub line: Option<String>,
    /// Each broken rule in the reader's words.
    pub reasons: Vec<String>,
    /// The cells that the reasons are about: column and text.
    pub cells: Vec<(String, String)>,
    /// `waiting`, `released`, `mended`, `gone` (the source no longer sends it).
    pub state: String,
    /// Whether a release can work: a row without an order number or date cannot be counted at all.
    pub releasable: bool,
}

/// How a list of quarantined rows is asked for.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct QuarantineQuery {
    /// The integration's id.
    pub integration: String,
    /// Only this rule.
    pub rule: Option<String>,
    /// First row wanted.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// What was found by looking at chosen files.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct SourceReport {
    /// One for each file or sheet.
    pub tables: Vec<TableReport>,
    /// Files that cannot be used.
    pub refused: Vec<RefusedFile>,
}

/// A file that cannot be used.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RefusedFile {
    /// Which one and why, in the reader's words.
    pub words: String,
}

/// One file or sheet, as found.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct TableReport {
    /// The file's path.
    pub path: String,
    /// The sheet, for workbooks; all sheets are reported.
    pub sheet: Option<String>,
    /// How it is written, in words: “CSV, comma, UTF-8”.
    pub format: String,
    /// Rows of data (an estimate for long files).
    pub rows: u32,
    /// The estimate is exact.
    pub rows_exact: bool,
    /// Columns, in order.
    pub columns: Vec<ColumnReport>,
    /// What was guessed about the file or done to its names, in words.
    pub notes: Vec<String>,
    /// Rows that are damaged, in words, the first few.
    pub damaged: Vec<String>,
    /// A stream made ready from what the column names and types suggest.
    pub suggestion: Stream,
}

/// A column, as found.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ColumnReport {
    /// Its name.
    pub name: String,
    /// `text`, `integer`, `decimal`, `money`, `date`, `timestamp`, `boolean`, `empty`.
    pub kind: String,
    /// Sample cells.
    pub samples: Vec<String>,
    /// Empty cells, 0–1.
    pub null_share: f64,
    /// Distinct values, capped at 1 000.
    pub distinct: u32,
    /// Formats in which its dates are written.
    pub date_formats: Vec<String>,
    /// The ways to read it as dates, where only a person can tell: day first or month first; whether numbers are days
    /// as a spreadsheet counts them, and from when. None where there is no doubt.
    pub date_choices: Vec<DateChoice>,
    /// Read as numbers, only a person can tell which mark is the decimal one.
    pub mark_unknown: bool,
    /// For what it seems to hold, one of both is the case.
    pub ambiguous: bool,
    /// What is no date, with how often, where it is read as dates.
    pub date_words: Vec<WordCount>,
    /// What is no number, with how often, where it is read as numbers.
    pub number_words: Vec<WordCount>,
    /// All distinct values with counts, when there are at most 30 (for statuses).
    pub values: Vec<WordCount>,
    /// Things to look at, in words: “11 dates before 1990”.
    pub hints: Vec<String>,
}

/// One way to read a column as dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct DateChoice {
    /// The formats, tried in turn.
    pub formats: Vec<String>,
    /// A cell that is another day in other choices.
    pub example: String,
    /// The day that it is in this one (ISO); none where such cells are left to quarantine.
    pub day: Option<String>,
}

/// A word and how often it occurs.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct WordCount {
    /// The word.
    pub word: String,
    /// Cells.
    pub count: u32,
}

/// Ten rows as the draft would read them.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Preview {
    /// What still stops the draft from being used, in words, with the step to go to.
    pub problems: Vec<Problem>,
    /// For each stream, its first rows.
    pub streams: Vec<StreamPreview>,
}

/// Something that a person has to answer.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Problem {
    /// `files`, `found`, `fields`, `dates`, `values`, `route`, `rules`, `finish`.
    pub step: String,
    /// Stream, where it concerns one.
    pub stream: Option<String>,
    /// Field's word, where it concerns one.
    pub field: Option<String>,
    /// In the reader's words.
    pub words: String,
}

/// The first rows of a stream.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct StreamPreview {
    /// The stream.
    pub stream: String,
    /// Field words, in order.
    pub fields: Vec<String>,
    /// Rows: one text for each field, as read.
    pub rows: Vec<PreviewRow>,
}

/// One previewed row.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PreviewRow {
    /// Row in the file.
    pub row: u32,
    /// One for each field: what was read, as text; none where empty.
    pub read: Vec<Option<String>>,
    /// Why it would wait in quarantine.
    pub reasons: Vec<String>,
}

/// The whole file's counts.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PreviewCounts {
    /// Rows read.
    pub read: u32,
    /// Journeys that they would make.
    pub journeys: u32,
    /// Rows that would wait in quarantine.
    pub quarantined: u32,
    /// By rule.
    pub reasons: Vec<ReasonCount>,
    /// First and last week with a promise.
    pub first_week: Option<String>,
    /// See `first_week`.
    pub last_week: Option<String>,
    /// Journeys without a promised date.
    pub without_promise: u32,
    /// What keeps no row out but should be known, in words.
    pub warnings: Vec<String>,
}
