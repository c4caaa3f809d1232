//! Rows as a system gave them: CSV text in UTF-8, the form in which they are kept and pulled.

use std::ops::ControlFlow;

use super::{Ask, Request, System, SystemError, SystemFault};
use crate::{Cursor, Preview, ReadEnd};

/// Text of about this size makes a block; a longer one ends with its row.
pub(crate) const BLOCK_BYTES: usize = 1 << 20;

/// Some rows, whole, as CSV (RFC 4180 with LF) without a row of names. The last block of a read may have none, and then
/// only its position counts: that the end was reached is known after the last row was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The names of the columns; those asked for, in that order.
    pub columns: Vec<String>,
    /// The rows.
    pub csv: Vec<u8>,
    /// How many they are.
    pub rows: u64,
    /// The position behind them.
    pub cursor: Cursor,
}

/// Makes blocks of cells.
#[derive(Debug)]
pub struct BlockBuilder {
    columns: Vec<String>,
    writer: csv::Writer<Vec<u8>>,
    rows: u64,
}

impl BlockBuilder {
    /// For rows of these columns.
    pub fn new(columns: Vec<String>) -> Self {
        Self { columns, writer: writer(), rows: 0 }
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// One row; nothing is the empty cell.
    ///
    /// # Errors
    /// [`SystemFault::Nonsense`] where the row has another number of cells than there are columns.
    pub fn push<C: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<(), SystemError> {
        let mut count = 0;
        for cell in cells {
            self.writer.write_field(cell.as_ref()).map_err(|_| SystemError::from(SystemFault::Local))?;
            count += 1;
        }
        if count != self.columns.len() {
            return Err(
                SystemFault::Nonsense { expected: "a row with all the fields that were asked for" }.into()
            );
        }
        self.writer.write_record(None::<&[u8]>).map_err(|_| SystemError::from(SystemFault::Local))?;
        self.rows += 1;
        Ok(())
    }

    /// Rows since the last block.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether there is enough for a block. Rows that are still in the writer's own small buffer do not count yet.
    pub fn is_full(&self) -> bool {
        self.writer.get_ref().len() >= BLOCK_BYTES
    }

    /// The rows since the last block as a block that ends at `cursor`.
    ///
    /// # Errors
    /// [`SystemFault::Local`].
    pub fn take(&mut self, cursor: Cursor) -> Result<Block, SystemError> {
        let full = std::mem::replace(&mut self.writer, writer());
        let csv = full.into_inner().map_err(|_| SystemError::from(SystemFault::Local))?;
        Ok(Block { columns: self.columns.clone(), csv, rows: std::mem::take(&mut self.rows), cursor })
    }
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).flexible(true).from_writer(Vec::new())
}

impl Block {
    /// The cells, row by row.
    ///
    /// # Errors
    /// [`SystemFault::Nonsense`] where it is no CSV text.
    pub fn cells(&self) -> Result<Vec<Vec<String>>, SystemError> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.csv.as_slice());
        let nonsense = |_| SystemError::from(SystemFault::Nonsense { expected: "text in UTF-8" });
        reader.records().map(|row| Ok(row.map_err(nonsense)?.iter().map(str::to_owned).collect())).collect()
    }
}

/// The first rows that a read gives, for every kind of system.
pub(super) fn preview<S: System + ?Sized>(
    system: &S,
    request: &Request,
    rows: usize,
    ask: &Ask<'_>,
) -> Result<Preview, SystemError> {
    preview_by(request, rows, |request, take| system.read(request, &Cursor::start(), ask, take))
}

/// The first rows that `read` gives of a request.
pub(super) fn preview_by(
    request: &Request,
    rows: usize,
    read: impl FnOnce(&Request, &mut dyn FnMut(Block) -> ControlFlow<()>) -> Result<ReadEnd, SystemError>,
) -> Result<Preview, SystemError> {
    let few = u32::try_from(rows.max(1)).unwrap_or(u32::MAX);
    let request = Request { page_rows: few.min(request.page_rows), ..request.clone() };
    let mut preview = Preview::default();
    let mut fault = None;
    read(&request, &mut |block| {
        preview.columns.clone_from(&block.columns);
        match block.cells() {
            Ok(cells) => {
                let left = rows - preview.rows.len();
                let at = preview.rows.len() as u64;
                preview.rows.extend((at + 1..).zip(cells.into_iter().take(left)));
            }
            Err(error) => fault = Some(error),
        }
        if fault.is_some() || preview.rows.len() >= rows {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    fault.map_or(Ok(preview), Err)
}
