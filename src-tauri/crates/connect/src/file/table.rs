//! A small file, whole: for what a person brings in by hand and looks at before anything is done with it.

use std::io::Cursor as Bytes;
use std::ops::ControlFlow;
use std::path::Path;

use super::csv::{CsvPages, SAMPLE_BYTES, guess_encoding, sniff};
use super::xlsx::Workbook;
use super::{FileFormat, FileKind, FileSource};
use crate::{ConnectError, DamagedRow, Note, Page};

/// The rows of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The names of its columns, each different from the others.
    pub columns: Vec<String>,
    /// Rows that can be used: number as a person sees it, and as many cells as there are columns.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Rows that cannot.
    pub damaged: Vec<DamagedRow>,
    /// Whether decimals stand in cells as a workbook keeps them: with a point, whatever it shows.
    pub is_workbook: bool,
    /// The sheets that people see, the one that was read first; none for text.
    pub sheets: Vec<String>,
    /// What stands between cells; nothing for a workbook.
    pub delimiter: Option<char>,
    /// What was guessed.
    pub notes: Vec<Note>,
}

impl Table {
    /// Reads a file from its bytes; `path` tells its kind where they do not, and is named in messages.
    ///
    /// # Errors
    /// Why it cannot be read; `TooLarge` for more than `rows_max` rows, usable or not.
    pub fn read(
        path: &Path,
        bytes: &[u8],
        sheet: Option<&str>,
        rows_max: usize,
    ) -> Result<Self, ConnectError> {
        let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
        match FileSource::new(path, FileFormat::default()).kind_of(sample)? {
            FileKind::Xlsx => Self::of_workbook(path, bytes, sheet, rows_max),
            FileKind::Csv => Self::of_text(path, bytes, rows_max),
        }
    }

    fn of_text(path: &Path, bytes: &[u8], rows_max: usize) -> Result<Self, ConnectError> {
        let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
        let whole = sample.len() == bytes.len();
        let (mut format, mut notes, mut valid) = (FileFormat::default(), Vec::new(), None);
        if !whole && sample.is_ascii() {
            // The first letter beyond ASCII may come late, and decides the encoding.
            valid = Some(true);
            if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii()) {
                let stretch = &bytes[at..bytes.len().min(at + SAMPLE_BYTES)];
                format.encoding = Some(guess_encoding(stretch, false, None, &mut notes).name().into());
            }
        }
        let found = sniff(path, sample, whole, valid, &format)?;
        notes.extend(found.notes);
        let mut input = bytes;
        let mut pages = CsvPages::open(path, &mut input, &found.dialect)?;
        notes.extend(pages.notes().iter().cloned());
        let mut table = Self {
            columns: pages.columns().to_vec(),
            rows: Vec::new(),
            damaged: Vec::new(),
            is_workbook: false,
            sheets: Vec::new(),
            delimiter: Some(char::from(found.dialect.delimiter)),
            notes,
        };
        while let Some(page) = pages.next_page()? {
            if table.take(&page, rows_max).is_break() {
                return Err(too_large(path, rows_max));
            }
        }
        Ok(table)
    }

    fn of_workbook(
        path: &Path,
        bytes: &[u8],
        sheet: Option<&str>,
        rows_max: usize,
    ) -> Result<Self, ConnectError> {
        let mut workbook = Workbook::open(path, Bytes::new(bytes))?;
        let format = FileFormat { sheet: sheet.map(str::to_owned), ..FileFormat::default() };
        let layout = workbook.look(&format)?;
        let others = workbook.sheets()?.into_iter().filter(|one| one.is_visible && one.name != layout.sheet);
        let mut table = Self {
            columns: layout.columns.clone(),
            rows: Vec::new(),
            damaged: Vec::new(),
            is_workbook: true,
            sheets: std::iter::once(layout.sheet.clone()).chain(others.map(|one| one.name)).collect(),
            delimiter: None,
            notes: layout.notes.clone(),
        };
        let mut is_too_large = false;
        workbook.read(&layout, 0, &mut |page| {
            let taken = table.take(&page, rows_max);
            is_too_large |= taken.is_break();
            taken
        })?;
        if is_too_large { Err(too_large(path, rows_max)) } else { Ok(table) }
    }

    fn take(&mut self, page: &Page, rows_max: usize) -> ControlFlow<()> {
        let so_far = self.rows.len() + self.damaged.len();
        if so_far + page.len() + page.damaged().len() > rows_max {
            return ControlFlow::Break(());
        }
        let rows = page.rows().map(|row| (row.number(), row.cells().map(str::to_owned).collect()));
        self.rows.extend(rows);
        self.damaged.extend(page.damaged().iter().cloned());
        ControlFlow::Continue(())
    }
}

fn too_large(path: &Path, rows_max: usize) -> ConnectError {
    ConnectError::TooLarge { path: path.into(), what: "rows", limit: rows_max as u64 }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // tests
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8], rows_max: usize) -> Result<Table, ConnectError> {
        Table::read(Path::new(name), bytes, None, rows_max)
    }

    #[test]
    fn a_text_is_read_with_its_delimiter_its_rows_and_its_damage() {
        let table = read("a.csv", "Woche;Größe\n2026-W01;1,5\n2026-W02\n".as_bytes(), 9).unwrap();
        assert_eq!(table.columns, ["Woche", "Größe"]);
        assert_eq!((table.delimiter, table.is_workbook), (Some(';'), false));
        assert_eq!(table.rows, [(2, vec!["2026-W01".to_owned(), "1,5".to_owned()])]);
        assert_eq!(table.damaged.iter().map(|row| row.row).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn too_many_rows_and_what_is_no_table_are_refused() {
        let text = b"week,value\n2026-W01,1\n2026-W02,2\n2026-W03,3\n";
        assert_eq!(read("a.csv", text, 3).unwrap().rows.len(), 3);
        assert!(matches!(read("a.csv", text, 2), Err(ConnectError::TooLarge { limit: 2, .. })));
        assert!(matches!(read("a.csv", b"", 2), Err(ConnectError::Empty { .. })));
        assert!(matches!(read("a.csv", b"%PDF-1.7\n%more", 2), Err(ConnectError::WrongKind { .. })));
        assert!(read("a.xlsx", b"PK\x03\x04broken", 2).is_err());
    }
}
