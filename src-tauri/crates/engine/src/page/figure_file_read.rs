//! Reads what screens show of a measure's files.

use std::path::Path;

use plaza_connect::file::Table;
use plaza_domain::day::Week;
use plaza_domain::event::{FigureColumns, FiguresId, KpiId, Observation};
use plaza_domain::kpi::measure::{Figure, MeasureForm};
use plaza_domain::language::Language;
use plaza_store::view::FigureFile;

use super::figure_file::{
    BroughtView, FigureChange, FigureFileList, FigureFileLook, FigureFilePage, FigureFileRow, FigureNumbers,
    FileDecision, FileFault, FileMeasure, FileRow, FileState, FileWord, RefusedRow, WeekChoice,
};
use super::measure::units;
use super::said_by::Names;
use super::{DepartmentView, Unit, name, unit_word};
use crate::error::{EngineError, Result};
use crate::figure_file::{
    Brought, FILES_MAX, Measure, Opened, Refused, Rows, Weighed, choices, complete, faults, gap_words, kept,
    propose, read_rows, remembered, seen, waiting, weigh, why_words, words_of, wrong_words,
};
use crate::signal::value_of;
use crate::workspace::Workspace;

/// Rows of a file that are shown as they were read.
const SAMPLE_ROWS: usize = 10;

/// Refused rows that are listed; all of them are counted.
const REFUSED_MAX: usize = 200;

impl From<Brought> for BroughtView {
    fn from(brought: Brought) -> Self {
        Self { figures: brought.figures.0, is_held: brought.is_held, weeks: number(brought.weeks) }
    }
}

impl FigureFileLook {
    /// Looks at a file. Without `columns` they are read as those of the file before, else as they look.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a KPI that is not here or no measure; [`EngineError::File`], [`EngineError::Source`],
    /// [`EngineError::Invalid`] for what cannot be read at all.
    pub fn read(
        workspace: &Workspace,
        kpi: impl Into<KpiId>,
        path: &Path,
        columns: Option<FigureColumns>,
        language: Language,
    ) -> Result<Self> {
        let measure = Measure::read(workspace, kpi, language)?;
        let opened = Opened::read(path, &measure)?;
        let before = remembered(workspace, measure.kpi())?;
        let sheet = match &columns {
            Some(columns) => columns.sheet.as_deref(),
            None => before.as_ref().and_then(|file| file.brought.columns.sheet.as_deref()),
        };
        let table = opened.table(sheet, &measure)?;
        let (chosen, is_remembered) = match columns {
            // Another sheet is another table: nothing was said of it yet.
            Some(columns) if columns.week.is_empty() && columns.numerator.is_empty() => {
                propose(&table, &measure, None)
            }
            Some(columns) => (complete(columns, &table, &measure), false),
            None => propose(&table, &measure, before.as_ref()),
        };
        let faults = faults(&chosen, &table, &measure);
        let rows = if faults.is_empty() { read_rows(&table, &chosen, &measure) } else { Rows::default() };
        let weighed = weigh(workspace, &measure, rows.weeks)?;
        let count = |is: fn(&Weighed) -> bool| number(weighed.iter().filter(|one| is(one)).count());
        let changed = count(|one| one.before.is_some() && !one.is_same());
        let gaps = count(|one| one.gap.is_some() && !one.is_same());
        let waiting = waiting(workspace, measure.kpi())?.map(|file| file.brought.figures.0);
        Ok(Self {
            file: opened.name.clone(),
            sheets: table.sheets.clone(),
            columns: table.columns.clone(),
            sample: table.rows.iter().take(SAMPLE_ROWS).map(file_row).collect(),
            rows: number(table.rows.len() + table.damaged.len()),
            blank: rows.blank,
            week_choices: week_choices(&table, &chosen.week),
            words: chosen.department.as_deref().map_or_else(Vec::new, |column| file_words(&table, column)),
            faults: faults
                .into_iter()
                .map(|(field, wrong)| FileFault { field, words: wrong_words(wrong, language) })
                .collect(),
            new: count(|one| one.before.is_none()),
            changed,
            same: count(Weighed::is_same),
            gaps,
            refused: number(rows.refused.len()),
            refused_rows: refused_rows(&rows.refused, language),
            needs_reason: changed > 0 && gaps == 0,
            waiting,
            seen: seen(&opened.hash(), &chosen, &weighed),
            weeks: weighed.iter().filter(|one| !one.is_same()).map(|one| change(one, &measure)).collect(),
            measure: FileMeasure::of(&measure),
            chosen,
            is_remembered,
        })
    }
}

impl FileMeasure {
    fn of(measure: &Measure) -> Self {
        let definition = &measure.definition;
        Self {
            kpi: definition.kpi.clone(),
            name: name(definition, measure.language),
            form: measure.settings.form,
            unit: Unit::of(definition),
            unit_word: unit_word(definition),
            departments: measure.departments.iter().map(DepartmentView::from).collect(),
        }
    }
}

impl FigureFileList {
    /// The files that were brought for a measure.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a KPI that is not here or no measure; what the ledger says.
    pub fn read(workspace: &Workspace, kpi: impl Into<KpiId>, language: Language) -> Result<Self> {
        let measure = Measure::read(workspace, kpi, language)?;
        let names = Names::read(workspace)?;
        let files = workspace.view(|view| view.figure_files(measure.kpi(), FILES_MAX))?;
        let files = files.iter().map(|file| FigureFileRow::of(file, &names)).collect();
        Ok(Self { measure: FileMeasure::of(&measure), files })
    }
}

impl FigureFileRow {
    fn of(file: &FigureFile, names: &Names) -> Self {
        let brought = &file.brought;
        let state = match &file.decided {
            _ if !file.is_held => FileState::Published,
            None => FileState::Waiting,
            Some((decided, _)) if decided.is_published => FileState::LetIn,
            Some(_) => FileState::TurnedAway,
        };
        Self {
            figures: brought.figures.to_string(),
            file: brought.file.name.clone(),
            by: names.said(&file.act),
            state,
            weeks: number(brought.weeks.len()),
            same: brought.same,
            refused: brought.refused,
        }
    }
}

impl FigureFilePage {
    /// One file that was brought; with a week, the rows of the file that it came from.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; what the ledger says.
    pub fn read(
        workspace: &Workspace,
        figures: &FiguresId,
        week: Option<Week>,
        language: Language,
    ) -> Result<Self> {
        let file = workspace.view(|view| view.figure_file(figures))?;
        let file = file.ok_or_else(|| EngineError::NotFound { noun: "file", name: figures.to_string() })?;
        let brought = &file.brought;
        let measure = Measure::read(workspace, &brought.kpi, language)?;
        let names = Names::read(workspace)?;
        let weighed = weigh(workspace, &measure, brought.weeks.iter().map(kept))?;
        let bytes = workspace.attachment_bytes(&brought.file).ok();
        let table = bytes.and_then(|bytes| {
            let opened = Opened { name: brought.file.name.clone(), bytes };
            opened.table(brought.columns.sheet.as_deref(), &measure).ok()
        });
        let rows = table.as_ref().map(|table| read_rows(table, &brought.columns, &measure));
        let source = brought.weeks.iter().find(|one| Some(one.week) == week).map(|one| &one.rows);
        let source = table.as_ref().zip(source).map(|(table, numbers)| {
            table.rows.iter().filter(|(number, _)| numbers.contains(number)).map(file_row).collect()
        });
        Ok(Self {
            row: FigureFileRow::of(&file, &names),
            file: brought.file.clone(),
            reason: brought.reason.clone(),
            decided: file.decided.as_ref().map(|(decided, act)| FileDecision {
                by: names.said(act),
                is_published: decided.is_published,
                reason: decided.reason.clone(),
            }),
            weeks: weighed.iter().map(|one| change(one, &measure)).collect(),
            is_here: table.is_some(),
            columns: table.map(|table| table.columns).unwrap_or_default(),
            source: source.unwrap_or_default(),
            refused_rows: rows.map(|rows| refused_rows(&rows.refused, language)).unwrap_or_default(),
            seen: seen(&brought.file.hash, &brought.columns, &weighed),
            measure: FileMeasure::of(&measure),
        })
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn row_number(row: u64) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn file_row((row, cells): &(u64, Vec<String>)) -> FileRow {
    FileRow { row: row_number(*row), cells: cells.clone() }
}

fn week_choices(table: &Table, column: &str) -> Vec<WeekChoice> {
    let choices = choices(table, column).into_iter().map(|choice| WeekChoice {
        formats: choice.formats.iter().map(ToString::to_string).collect(),
        example: choice.example,
        week: choice.week.map(|week| week.to_string()),
    });
    choices.collect()
}

fn file_words(table: &Table, column: &str) -> Vec<FileWord> {
    words_of(table, column).into_iter().map(|word| FileWord { text: word.text, rows: word.rows }).collect()
}

fn refused_rows(refused: &[Refused], language: Language) -> Vec<RefusedRow> {
    let shown = refused.iter().take(REFUSED_MAX).map(|one| RefusedRow {
        row: row_number(one.row),
        column: one.column.clone(),
        cell: one.cell.clone(),
        words: why_words(&one.why, language),
    });
    shown.collect()
}

fn change(one: &Weighed, measure: &Measure) -> FigureChange {
    let numbers = |observation: &Observation| {
        let is_ratio = measure.settings.form == MeasureForm::Ratio;
        let part = |millionths: i64| units(millionths / 1_000_000);
        FigureNumbers {
            value: value_of(&measure.definition, observation).map(plaza_domain::signal::Value::number),
            numerator: units(observation.numerator),
            denominator: is_ratio.then(|| units(observation.denominator)),
            parts: observation
                .parts
                .iter()
                .map(|it| (it.department.to_string(), part(it.millionths)))
                .collect(),
        }
    };
    let figure: &Figure = &one.figure;
    FigureChange {
        week: one.week.to_string(),
        was: one.before.as_ref().map(numbers),
        now: numbers(&one.next),
        is_signed: one.is_signed,
        is_same: one.is_same(),
        gap: one.gap.map(|gap| gap_words(gap, figure, measure)),
    }
}
