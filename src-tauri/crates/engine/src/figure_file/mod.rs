//! Weeks of a measure from a file of the person's own.
//!
//! ```text
//! bytes ─ Table ─ FigureColumns (proposed, changed, remembered) ─ rows said or refused ─ weeks ─ weighed against what is
//! published ─ brought: published at once, or held where parts do not add up, until a person decides
//! ```
//!
//! Nothing is rounded and nothing is corrected: a cell that is finer than a measure's thousandths is refused with its row,
//! and one bad row takes its week out. The file itself is kept by the hash of its bytes, so that every number leads back to
//! the row that said it.

mod bring;
mod columns;
mod found;
mod rows;
mod week;
mod weigh;
mod words;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

pub use bring::{Brought, bring, decide};
pub(crate) use columns::{choices, complete, faults, propose, words_of};
use plaza_connect::ConnectError;
use plaza_connect::file::Table;
use plaza_domain::day::Week;
use plaza_domain::department::Department;
use plaza_domain::event::{KpiDefinition, KpiId};
use plaza_domain::kpi::measure::MeasureSettings;
use plaza_domain::language::Language;
use plaza_store::view::FigureFile;
pub(crate) use rows::{Refused, Rows, read as read_rows};
pub(crate) use weigh::{Weighed, kept, seen, weigh};
pub(crate) use words::{Wrong, gap_words, why_words, wrong_words};

use crate::error::{EngineError, Result};
use crate::figure::settings_of;
use crate::page::flow::departments_in_flow;
use crate::page::measure::last_over;
use crate::thread::ATTACHMENT_BYTES_MAX;
use crate::workspace::Workspace;

/// Rows of one file: four centuries of weeks, or nineteen years of weeks for twenty departments.
pub const ROWS_MAX: usize = 20_000;

/// Numbers of one file that change something: they are kept in one event, and an event has a largest size.
pub const NUMBERS_MAX: usize = 10_000;

/// Files of a measure that are looked through for the one whose columns are remembered, and that its page lists.
pub(crate) const FILES_MAX: u32 = 50;

/// A measure, with what its files are read by.
pub(crate) struct Measure {
    pub definition: KpiDefinition,
    pub settings: MeasureSettings,
    /// In the order of the flow, those that are no longer in use among them: their weeks of before may be corrected.
    pub departments: Vec<Department>,
    /// The last week that is over.
    pub last: Week,
    pub language: Language,
}

impl Measure {
    /// # Errors
    /// [`EngineError::NotFound`] for a KPI that is not here or no measure.
    pub(crate) fn read(workspace: &Workspace, kpi: impl Into<KpiId>, language: Language) -> Result<Self> {
        let definition = workspace.definition(kpi)?;
        Ok(Self {
            settings: settings_of(&definition)?,
            definition,
            departments: departments_in_flow(workspace)?,
            last: last_over(workspace.today()?),
            language,
        })
    }

    pub(crate) const fn kpi(&self) -> &KpiId {
        &self.definition.kpi
    }

    /// A fault of one field, in words.
    pub(crate) fn invalid(&self, field: &str, wrong: Wrong) -> EngineError {
        EngineError::invalid(field, wrong_words(wrong, self.language))
    }
}

/// A file with its bytes.
pub(crate) struct Opened {
    /// What it is called, without its folder.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Opened {
    /// Reads a file where it lies.
    ///
    /// # Errors
    /// [`EngineError::File`]; [`EngineError::Invalid`] for one that is too large.
    pub(crate) fn read(path: &Path, measure: &Measure) -> Result<Self> {
        let file = File::open(path).map_err(EngineError::file(path))?;
        let mut bytes = Vec::new();
        let limit = ATTACHMENT_BYTES_MAX as u64 + 1;
        file.take(limit).read_to_end(&mut bytes).map_err(EngineError::file(path))?;
        if bytes.len() > ATTACHMENT_BYTES_MAX {
            return Err(measure.invalid("file", Wrong::LargeFile));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { name, bytes })
    }

    /// The name of its bytes.
    pub(crate) fn hash(&self) -> String {
        blake3::hash(&self.bytes).to_hex().to_string()
    }

    /// Its rows; those of the sheet, where it has one of this name.
    ///
    /// # Errors
    /// [`EngineError::Source`] says why it is no table; [`EngineError::Invalid`] for too many rows.
    pub(crate) fn table(&self, sheet: Option<&str>, measure: &Measure) -> Result<Table> {
        let path = Path::new(&self.name);
        let table = match Table::read(path, &self.bytes, sheet, ROWS_MAX) {
            Err(ConnectError::NoSheet { .. }) => Table::read(path, &self.bytes, None, ROWS_MAX),
            table => table,
        };
        table.map_err(|error| match error {
            ConnectError::TooLarge { what: "rows", .. } => measure.invalid("file", Wrong::ManyRows),
            other => other.into(),
        })
    }
}

/// The file of a measure whose columns are remembered: the last one that was not turned away.
///
/// # Errors
/// What the ledger says.
pub(crate) fn remembered(workspace: &Workspace, kpi: &KpiId) -> Result<Option<FigureFile>> {
    let files = workspace.view(|view| view.figure_files(kpi, FILES_MAX))?;
    Ok(files.into_iter().find(|file| file.is_published() || file.is_waiting()))
}

/// The file of a measure that waits for a decision.
///
/// # Errors
/// What the ledger says.
pub(crate) fn waiting(workspace: &Workspace, kpi: &KpiId) -> Result<Option<FigureFile>> {
    let files = workspace.view(|view| view.waiting_figure_files())?;
    Ok(files.into_iter().find(|file| file.brought.kpi == *kpi))
}
