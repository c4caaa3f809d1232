//! A sheet, page by page.

use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use super::Workbook;
use crate::file::FileFormat;
use crate::file::csv::{PAGE_BYTES, looks_like_data, numbered, read_names};
use crate::page::{Damage, DamagedRow, Page, Place, shown};
use crate::{ConnectError, Note};

/// Where the rows of a sheet are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLayout {
    /// The sheet's name.
    pub sheet: String,
    /// The sheet row with the column names, 1 for the first; 0 where there is none.
    pub header_row: u32,
    /// The sheet column of the first column, from nought.
    pub first_column: u32,
    /// The names of the columns, each different from the others.
    pub columns: Vec<String>,
    /// What was guessed or had to be done to the names.
    pub notes: Vec<Note>,
}

/// A cell of a sheet that has a value.
#[derive(Clone, Debug)]
pub(super) struct SheetCell {
    pub(super) column: u32,
    pub(super) text: String,
}

/// A row that was looked at to find the names.
pub(super) struct SampleRow {
    pub(super) row: u64,
    pub(super) cells: Vec<SheetCell>,
}

impl SheetLayout {
    /// Finds the names among the first rows.
    pub(super) fn find(
        path: &Path,
        sheet: &str,
        sample: &[SampleRow],
        format: &FileFormat,
    ) -> Result<Self, ConnectError> {
        let mut notes = Vec::new();
        let header = match format.header_row {
            Some(0) => None,
            Some(wanted) => {
                // Names may stand below blank rows, but not above the row that was asked for.
                let found = sample.iter().find(|row| row.row >= u64::from(wanted));
                Some(found.ok_or_else(|| ConnectError::NoHeader { path: path.into(), row: wanted })?)
            }
            None => guess_header(sample, &mut notes),
        };
        let after = header.map_or(0, |header| header.row);
        let body = sample.iter().filter(|row| row.row > after);
        let (first, last) = header.into_iter().chain(body).fold((u32::MAX, 0), |(first, last), row| {
            let columns = row.cells.iter().map(|cell| cell.column);
            (columns.clone().min().unwrap_or(first).min(first), columns.max().unwrap_or(last).max(last))
        });
        if first > last {
            return Err(ConnectError::Empty { path: path.into() });
        }
        let width = (last - first + 1) as usize;
        let found = match header {
            None => numbered(width, &format.columns),
            Some(header) => {
                let name = |column: u32| {
                    header
                        .cells
                        .iter()
                        .find(|cell| cell.column == column)
                        .map_or("", |cell| cell.text.as_str())
                };
                read_names((first..=last).map(name), &format.columns)
            }
        };
        let found = found.map_err(|fault| fault.at(path))?;
        notes.extend(found.notes);
        Ok(Self {
            sheet: sheet.into(),
            header_row: u32::try_from(after).unwrap_or(u32::MAX),
            first_column: first,
            columns: found.columns,
            notes,
        })
    }

    /// This layout as a file format in which everything is stated.
    pub fn to_format(&self) -> FileFormat {
        FileFormat {
            kind: Some("xlsx".into()),
            sheet: Some(self.sheet.clone()),
            header_row: Some(self.header_row),
            ..FileFormat::default()
        }
    }
}

/// The first row that is nearly as wide as the widest and has only names in it.
fn guess_header<'a>(sample: &'a [SampleRow], notes: &mut Vec<Note>) -> Option<&'a SampleRow> {
    let widest = sample.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let wide = sample.iter().find(|row| row.cells.len() * 10 >= widest * 6)?;
    let texts: Vec<String> = wide.cells.iter().map(|cell| cell.text.clone()).collect();
    if looks_like_data(&texts) {
        notes.push(Note::NoNames);
        return None;
    }
    if wide.row > 1 {
        notes.push(Note::NamesBelow { row: wide.row });
    }
    Some(wide)
}

/// Gathers the rows of a sheet into pages.
pub(super) struct Building<'a> {
    layout: &'a SheetLayout,
    after_row: u64,
    page: Page,
    names: std::sync::Arc<[String]>,
}

impl<'a> Building<'a> {
    pub(super) fn new(layout: &'a SheetLayout, after_row: u64) -> Self {
        let after_row = after_row.max(u64::from(layout.header_row));
        let names: std::sync::Arc<[String]> = layout.columns.as_slice().into();
        let page = Page { columns: names.len(), names: names.clone(), ..Page::default() };
        Self { layout, after_row, page, names }
    }

    /// Takes a row; gives a page when one is full.
    pub(super) fn push(&mut self, row: u64, cells: &[SheetCell]) -> Option<Page> {
        if row <= self.after_row {
            return None;
        }
        let page = &mut self.page;
        if page.first_row == 0 {
            page.first_row = row;
        }
        page.last_row = row;
        let first = self.layout.first_column;
        let width = page.columns;
        let place = |column: u32| {
            column.checked_sub(first).map(|place| place as usize).filter(|place| *place < width)
        };
        if cells.iter().any(|cell| place(cell.column).is_none()) {
            let found = cells
                .iter()
                .map(|cell| (cell.column + 1).saturating_sub(first.min(cell.column)) as usize)
                .max()
                .unwrap_or(0);
            let raw: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
            let damage = Damage::TooManyCells { found: found.max(width + 1), expected: width };
            page.damaged.push(DamagedRow { row, damage, raw: shown(raw.join(" | ").as_bytes()) });
        } else {
            let empty = page.text.len() as u32;
            let before = page.spans.len();
            page.spans.resize(before + width, (empty, empty));
            for cell in cells {
                let start = page.text.len() as u32;
                page.text.push_str(&cell.text);
                if let Some(place) = place(cell.column) {
                    page.spans[before + place] = (start, page.text.len() as u32);
                }
            }
            page.places.push(Place { row: (row - page.first_row) as u32, byte: 0 });
        }
        // A sheet has at most 2²⁰ rows, whose cells may all be short: spans count as well as text.
        let full = page.text.len() >= PAGE_BYTES || page.spans.len() * 8 >= 2 * PAGE_BYTES;
        if full { self.finish() } else { None }
    }

    /// What has gathered since the last page.
    pub(super) fn finish(&mut self) -> Option<Page> {
        let next = Page { columns: self.names.len(), names: self.names.clone(), ..Page::default() };
        let page = std::mem::replace(&mut self.page, next);
        (page.first_row > 0).then_some(page)
    }
}

/// Shows one row of a kept workbook again: its cells, in the order of the layout's columns. `None` where the
/// sheet has no usable row of that number.
///
/// # Errors
/// What reading gives.
pub fn read_row<R: Read + Seek>(
    path: &Path,
    original: R,
    layout: &SheetLayout,
    row: u64,
) -> Result<Option<Vec<String>>, ConnectError> {
    let mut found = None;
    let mut workbook = Workbook::open(path, original)?;
    workbook.read(layout, row.saturating_sub(1), &mut |page| {
        found = page
            .rows()
            .find(|found| found.number() == row)
            .map(|found| found.cells().map(str::to_owned).collect());
        ControlFlow::Break(())
    })?;
    Ok(found)
}
