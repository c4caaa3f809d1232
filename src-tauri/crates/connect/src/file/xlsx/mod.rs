//! XLSX: the sheets of an Excel workbook, row by row. Only the shared strings are held in memory.

mod cell;
mod sheet;

use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
pub use sheet::{SheetLayout, read_row};

use super::FileFormat;
use crate::{ConnectError, Note, Page, ReadEnd};

/// Rows that are looked at to find the row of names.
const SAMPLE_ROWS: usize = 200;

/// A workbook that was opened.
pub struct Workbook<R> {
    path: std::path::PathBuf,
    inner: Xlsx<R>,
}

/// A sheet as the workbook lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetEntry {
    /// Its name.
    pub name: String,
    /// Rows, as the workbook declares them (some programs declare too many).
    pub rows: u32,
    /// Columns, as declared.
    pub columns: u32,
    /// People see it when they open the workbook.
    pub is_visible: bool,
}

impl<R: Read + Seek> Workbook<R> {
    /// Opens a workbook; `path` is for messages only.
    ///
    /// # Errors
    /// `Protected`, `Corrupt`, `WrongKind`, or what reading gives.
    pub fn open(path: &Path, input: R) -> Result<Self, ConnectError> {
        let inner = Xlsx::new(input).map_err(|error| fault(path, error))?;
        Ok(Self { path: path.into(), inner })
    }

    /// Its sheets with cells, in the order of the workbook. Charts and macros are none.
    ///
    /// # Errors
    /// What reading gives.
    pub fn sheets(&mut self) -> Result<Vec<SheetEntry>, ConnectError> {
        let listed: Vec<_> = self
            .inner
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .cloned()
            .collect();
        let mut sheets = Vec::with_capacity(listed.len());
        for sheet in listed {
            let reader =
                self.inner.worksheet_cells_reader(&sheet.name).map_err(|error| fault(&self.path, error))?;
            let (start, end) = (reader.dimensions().start, reader.dimensions().end);
            let (rows, columns) = (end.0.saturating_sub(start.0) + 1, end.1.saturating_sub(start.1) + 1);
            sheets.push(SheetEntry {
                name: sheet.name,
                rows,
                columns,
                is_visible: sheet.visible == SheetVisible::Visible,
            });
        }
        Ok(sheets)
    }

    /// Finds out which sheet to read and where its names stand, as far as `format` does not state it.
    ///
    /// # Errors
    /// `NoSheet`, `Empty`, `NoHeader`, `ColumnNames`, `TooLarge`, or what reading gives.
    pub fn look(&mut self, format: &FileFormat) -> Result<SheetLayout, ConnectError> {
        let names: Vec<String> = self.inner.sheet_names();
        if let Some(sheet) = &format.sheet {
            if !names.contains(sheet) {
                return Err(ConnectError::NoSheet {
                    path: self.path.clone(),
                    sheet: sheet.clone(),
                    sheets: names,
                });
            }
            let sample = self.sample(sheet, SAMPLE_ROWS.max(format.header_row.unwrap_or(0) as usize + 1))?;
            return SheetLayout::find(&self.path, sheet, &sample, format);
        }
        for sheet in self.sheets()?.into_iter().filter(|sheet| sheet.is_visible) {
            let sample = self.sample(&sheet.name, SAMPLE_ROWS)?;
            if !sample.is_empty() {
                let mut layout = SheetLayout::find(&self.path, &sheet.name, &sample, format)?;
                if names.len() > 1 {
                    layout.notes.push(Note::OneSheet { sheets: names.len(), sheet: sheet.name.clone() });
                }
                return Ok(layout);
            }
        }
        Err(ConnectError::Empty { path: self.path.clone() })
    }

    /// Reads a sheet page by page; rows up to `after_row` are passed over.
    ///
    /// # Errors
    /// What reading gives; `Corrupt` where the workbook breaks off.
    pub fn read(
        &mut self,
        layout: &SheetLayout,
        after_row: u64,
        take: &mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Result<ReadEnd, ConnectError> {
        let mut building = sheet::Building::new(layout, after_row);
        let ended = self.rows(&layout.sheet, &mut |row, cells| match building.push(row, cells) {
            Some(page) => take(page),
            None => ControlFlow::Continue(()),
        })?;
        if ended.is_break() {
            return Ok(ReadEnd::Stopped);
        }
        let stopped = building.finish().is_some_and(|page| take(page).is_break());
        Ok(if stopped { ReadEnd::Stopped } else { ReadEnd::Complete })
    }

    fn sample(&mut self, sheet: &str, rows: usize) -> Result<Vec<sheet::SampleRow>, ConnectError> {
        let mut sample = Vec::new();
        // Blank rows are not given, so that many rows with values are looked at.
        let _ = self.rows(sheet, &mut |row, cells| {
            sample.push(sheet::SampleRow { row, cells: cells.to_vec() });
            if sample.len() < rows { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(sample)
    }

    /// Gives each row that has a value, with its number and its cells (column from nought, text).
    fn rows(
        &mut self,
        sheet: &str,
        give: &mut dyn FnMut(u64, &[sheet::SheetCell]) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, ConnectError> {
        let path = &self.path;
        let is_1904 = self.inner.has_1904_epoch();
        let mut reader = self.inner.worksheet_cells_reader(sheet).map_err(|error| fault(path, error))?;
        let mut current = 0;
        let mut cells: Vec<sheet::SheetCell> = Vec::new();
        while let Some(found) = reader.next_cell().map_err(|error| fault(path, error))? {
            let (row, column) = found.get_position();
            let text = cell::text(found.get_value(), is_1904);
            if text.is_empty() {
                continue;
            }
            if row != current && !cells.is_empty() {
                if give(u64::from(current) + 1, &cells).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                cells.clear();
            }
            current = row;
            cells.push(sheet::SheetCell { column, text });
        }
        if cells.is_empty() {
            Ok(ControlFlow::Continue(()))
        } else {
            Ok(give(u64::from(current) + 1, &cells))
        }
    }
}

fn fault(path: &Path, error: XlsxError) -> ConnectError {
    let path = path.to_path_buf();
    match error {
        XlsxError::Password => ConnectError::Protected { path },
        XlsxError::Io(source) => ConnectError::Unreadable { path, source },
        XlsxError::FileNotFound(_) => ConnectError::WrongKind {
            path,
            found: "an archive without a workbook in it",
            expected: "an XLSX workbook",
            advice: "unpack it first, or save the workbook again as XLSX",
        },
        other => ConnectError::Corrupt { path, reason: other.to_string() },
    }
}
