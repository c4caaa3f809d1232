//! One file as a source.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use plaza_domain::cell::{Cells, PlausibleYears};

use super::csv::{self, CsvPages, Dialect, SAMPLE_BYTES, foreign, guess_encoding, sniff};
use super::xlsx::{SheetLayout, Workbook};
use super::{FileFormat, FileKind};
use crate::{Checked, Column, ConnectError, Cursor, Note, Page, Preview, ReadEnd, Source, Stream};

/// Damaged rows that a discovery lists; their number is always given.
const LISTED_DAMAGE: usize = 20;

/// One file as a source: its only stream is the file (CSV), or each of its sheets (XLSX).
#[derive(Clone, Debug)]
pub struct FileSource {
    path: PathBuf,
    format: FileFormat,
}

/// A file that was looked at: how to read it, everything known.
#[derive(Clone, Debug, PartialEq)]
pub enum Looked {
    /// Text with delimiters.
    Csv {
        /// How it is written.
        dialect: Dialect,
        /// What was guessed.
        notes: Vec<Note>,
    },
    /// A workbook.
    Xlsx {
        /// Where its rows are.
        layout: SheetLayout,
    },
}

impl Looked {
    /// As a file format in which everything is stated: read with it, the file is read the same way again.
    pub fn to_format(&self) -> FileFormat {
        match self {
            Self::Csv { dialect, .. } => dialect.to_format(),
            Self::Xlsx { layout } => layout.to_format(),
        }
    }
}

impl FileSource {
    /// A file, and what is known about how it is written.
    pub fn new(path: impl Into<PathBuf>, format: FileFormat) -> Self {
        Self { path: path.into(), format }
    }

    /// The file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Finds out how the file is written, as far as that is not stated. Reads a CSV file once to its end when
    /// its encoding must be found out.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn look(&self) -> Result<Looked, ConnectError> {
        let mut file = self.open()?;
        let mut sample = Vec::new();
        file.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut sample).map_err(|error| self.io(error))?;
        match self.kind_of(&sample)? {
            FileKind::Xlsx => {
                file.seek(SeekFrom::Start(0)).map_err(|error| self.io(error))?;
                let layout = Workbook::open(&self.path, BufReader::new(file))?.look(&self.format)?;
                Ok(Looked::Xlsx { layout })
            }
            FileKind::Csv => {
                let whole = sample.len() < SAMPLE_BYTES;
                let mut format = self.format.clone();
                let mut notes = Vec::new();
                let mut valid = None;
                if !whole && format.encoding.is_none() && sample.is_ascii() {
                    // The first letter beyond ASCII may come late: a name in row 50 000 decides the encoding.
                    valid = Some(true);
                    if let Some(chunk) = first_beyond_ascii(&mut file).map_err(|error| self.io(error))? {
                        let encoding = guess_encoding(&chunk, false, None, &mut notes);
                        format.encoding = Some(encoding.name().into());
                    }
                }
                let found = sniff(&self.path, &sample, whole, valid, &format)?;
                notes.extend(found.notes);
                Ok(Looked::Csv { dialect: found.dialect, notes })
            }
        }
    }

    pub(super) fn kind_of(&self, start: &[u8]) -> Result<FileKind, ConnectError> {
        let is_zip = start.starts_with(b"PK\x03\x04");
        let named_xlsx = self.path.extension().is_some_and(|extension| {
            extension.eq_ignore_ascii_case("xlsx") || extension.eq_ignore_ascii_case("xlsm")
        });
        let kind = match self.format.kind()? {
            Some(kind) => kind,
            None if is_zip || named_xlsx => FileKind::Xlsx,
            None => FileKind::Csv,
        };
        if kind == FileKind::Csv || is_zip {
            return Ok(kind);
        }
        if start.is_empty() {
            return Err(ConnectError::Empty { path: self.path.clone() });
        }
        if start.starts_with(b"\xD0\xCF\x11\xE0") && named_xlsx {
            // The Open XML formats are wrapped in this older container only to encrypt them.
            return Err(ConnectError::Protected { path: self.path.clone() });
        }
        let (found, advice) =
            foreign(start).unwrap_or(("text or something else", "connect it as CSV, or save it as XLSX"));
        Err(ConnectError::WrongKind { path: self.path.clone(), found, expected: "an XLSX workbook", advice })
    }

    fn open(&self) -> Result<File, ConnectError> {
        File::open(&self.path).map_err(|error| self.io(error))
    }

    fn io(&self, error: std::io::Error) -> ConnectError {
        ConnectError::io(&self.path, error)
    }

    fn name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }

    /// How to read a stream: the file itself, or the sheet of that name.
    fn look_at(&self, stream: &str) -> Result<Looked, ConnectError> {
        let no_stream = || ConnectError::NoStream { stream: stream.into() };
        let looked = self.look()?;
        match &looked {
            Looked::Csv { .. } if stream == self.name() => Ok(looked),
            Looked::Xlsx { layout } if layout.sheet == stream => Ok(looked),
            Looked::Xlsx { .. } if self.format.sheet.is_none() => {
                let format = FileFormat { sheet: Some(stream.into()), ..self.format.clone() };
                Self::new(&self.path, format).look().map_err(|error| match error {
                    ConnectError::NoSheet { .. } => no_stream(),
                    other => other,
                })
            }
            _ => Err(no_stream()),
        }
    }

    /// Reads what was looked at, from behind a row on.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn pages(
        &self,
        looked: &Looked,
        after_row: u64,
        take: &mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Result<ReadEnd, ConnectError> {
        let mut file = self.open()?;
        match looked {
            Looked::Xlsx { layout } => {
                Workbook::open(&self.path, BufReader::new(file))?.read(layout, after_row, take)
            }
            Looked::Csv { dialect, .. } => {
                let mut pages = CsvPages::open(&self.path, &mut file, dialect)?;
                while let Some(mut page) = pages.next_page()? {
                    page.drop_through(after_row);
                    if page.is_spent() {
                        continue;
                    }
                    if take(page).is_break() {
                        return Ok(ReadEnd::Stopped);
                    }
                }
                Ok(ReadEnd::Complete)
            }
        }
    }

    /// The names of the columns, and what was guessed or done to them.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn columns(&self, looked: &Looked) -> Result<(Vec<String>, Vec<Note>), ConnectError> {
        match looked {
            Looked::Xlsx { layout } => Ok((layout.columns.clone(), layout.notes.clone())),
            Looked::Csv { dialect, notes } => {
                let mut file = self.open()?;
                let pages = CsvPages::open(&self.path, &mut file, dialect)?;
                Ok((pages.columns().to_vec(), notes.iter().chain(pages.notes()).cloned().collect()))
            }
        }
    }

    fn stream_names(&self, looked: &Looked) -> Result<Vec<String>, ConnectError> {
        match looked {
            Looked::Csv { .. } => Ok(vec![self.name()]),
            Looked::Xlsx { layout } if self.format.sheet.is_some() => Ok(vec![layout.sheet.clone()]),
            Looked::Xlsx { layout } => {
                let sheets = Workbook::open(&self.path, BufReader::new(self.open()?))?.sheets()?;
                let others = sheets
                    .into_iter()
                    .filter(|sheet| sheet.is_visible && sheet.name != layout.sheet)
                    .map(|sheet| sheet.name);
                Ok(std::iter::once(layout.sheet.clone()).chain(others).collect())
            }
        }
    }

    fn discover_stream(
        &self,
        name: &str,
        years: PlausibleYears,
        seen: u64,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Stream, ConnectError> {
        let looked = self.look_at(name)?;
        let (columns, notes) = self.columns(&looked)?;
        let mut cells: Vec<Cells> = columns.iter().map(|_| Cells::new()).collect();
        let mut stream = Stream {
            name: name.into(),
            columns: Vec::new(),
            rows: 0,
            damaged_rows: 0,
            damaged: Vec::new(),
            blank_rows: 0,
            notes,
            is_partial: false,
        };
        let end = self.pages(&looked, 0, &mut |page| {
            for row in page.rows() {
                let number = row.number();
                for (column, cells) in cells.iter_mut().enumerate() {
                    cells.push(row.bytes(column), number);
                }
            }
            stream.rows += page.len() as u64;
            stream.blank_rows += u64::from(page.blank_rows());
            stream.damaged_rows += page.damaged().len() as u64;
            let room = LISTED_DAMAGE.saturating_sub(stream.damaged.len());
            stream.damaged.extend(page.damaged().iter().take(room).cloned());
            progress(seen + stream.rows)
        })?;
        stream.is_partial = end == ReadEnd::Stopped;
        stream.columns = columns
            .into_iter()
            .zip(&cells)
            .map(|(name, cells)| Column { name, profile: cells.finish(years) })
            .collect();
        Ok(stream)
    }
}

impl Source for FileSource {
    fn kind(&self) -> &'static str {
        let mut start = [0; 8];
        let read = self.open().and_then(|mut file| file.read(&mut start).map_err(|error| self.io(error)));
        // A file that cannot be opened says so when it is checked; its kind is then what most files are.
        match read.and_then(|length| self.kind_of(&start[..length])) {
            Ok(FileKind::Xlsx) => "xlsx",
            _ => "csv",
        }
    }

    fn check(&self) -> Result<Checked, ConnectError> {
        let looked = self.look()?;
        let (_, notes) = self.columns(&looked)?;
        Ok(Checked { streams: self.stream_names(&looked)?, notes })
    }

    fn discover(
        &self,
        years: PlausibleYears,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Vec<Stream>, ConnectError> {
        let mut streams: Vec<Stream> = Vec::new();
        for name in self.stream_names(&self.look()?)? {
            let seen = streams.iter().map(|stream| stream.rows).sum();
            match self.discover_stream(&name, years, seen, progress) {
                Ok(stream) => streams.push(stream),
                // A sheet without values is no stream.
                Err(ConnectError::Empty { .. }) if !streams.is_empty() => {}
                Err(error) => return Err(error),
            }
            if streams.last().is_some_and(|stream| stream.is_partial) {
                break;
            }
        }
        Ok(streams)
    }

    fn preview(&self, stream: &str, rows: usize) -> Result<Preview, ConnectError> {
        let looked = self.look_at(stream)?;
        let mut preview = Preview { columns: self.columns(&looked)?.0, ..Preview::default() };
        if rows == 0 {
            return Ok(preview);
        }
        self.pages(&looked, 0, &mut |page| {
            let room = rows - preview.rows.len();
            preview.rows.extend(
                page.rows().take(room).map(|row| (row.number(), row.cells().map(str::to_owned).collect())),
            );
            let last = if preview.rows.len() < rows {
                u64::MAX
            } else {
                preview.rows.last().map_or(0, |(row, _)| *row)
            };
            let room = LISTED_DAMAGE.saturating_sub(preview.damaged.len());
            preview.damaged.extend(page.damaged().iter().filter(|bad| bad.row <= last).take(room).cloned());
            if preview.rows.len() < rows { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(preview)
    }

    fn read(
        &self,
        stream: &str,
        from: &Cursor,
        take: &mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Result<ReadEnd, ConnectError> {
        let row = from.row()?;
        self.pages(&self.look_at(stream)?, row, take)
    }
}

/// Reads on until bytes beyond ASCII turn up and gives the stretch around the first of them.
fn first_beyond_ascii(file: &mut File) -> std::io::Result<Option<Vec<u8>>> {
    let mut chunk = Vec::with_capacity(csv::PAGE_BYTES);
    loop {
        chunk.clear();
        file.by_ref().take(csv::PAGE_BYTES as u64).read_to_end(&mut chunk)?;
        if chunk.is_empty() {
            return Ok(None);
        }
        if let Some(at) = chunk.iter().position(|byte| !byte.is_ascii()) {
            // Enough behind it that a character of several bytes is whole.
            file.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut chunk)?;
            return Ok(Some(chunk.split_off(at)));
        }
    }
}
