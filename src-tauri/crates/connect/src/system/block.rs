//! Rows as a system gave them: CSV text in UTF-8, the form in which they are kept and pulled.

use std::ops::ControlFlow;

use super::{Request, SystemError, SystemFault};
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
    csv: Vec<u8>,
    rows: u64,
}

impl BlockBuilder {
    /// For rows of these columns.
    pub fn new(columns: Vec<String>) -> Self {
        Self { columns, csv: Vec::new(), rows: 0 }
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
        let begin = self.csv.len();
        let mut count = 0;
        for cell in cells {
            if count > 0 {
                self.csv.push(b',');
            }
            write_cell(&mut self.csv, cell.as_ref());
            count += 1;
        }
        if count != self.columns.len() {
            self.csv.truncate(begin);
            return Err(
                SystemFault::Nonsense { expected: "a row with all the fields that were asked for" }.into()
            );
        }
        self.end_row(begin);
        Ok(())
    }

    /// One row that is CSV already: cells parted by commas, quoted where needed, without an end of line. It is taken
    /// as it is; whoever has it from a system that writes CSV answers for its cells.
    pub(crate) fn push_csv(&mut self, row: &[u8]) {
        let begin = self.csv.len();
        self.csv.extend_from_slice(row);
        self.end_row(begin);
    }

    fn end_row(&mut self, begin: usize) {
        if self.csv.len() == begin {
            // A blank line would be no row at all.
            self.csv.extend_from_slice(b"\"\"");
        }
        self.csv.push(b'\n');
        self.rows += 1;
    }

    /// Rows since the last block.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether there is enough for a block.
    pub fn is_full(&self) -> bool {
        self.csv.len() >= BLOCK_BYTES
    }

    /// The rows since the last block as a block that ends at `cursor`.
    ///
    /// # Errors
    /// None today; it stays where a block needs more than memory.
    pub fn take(&mut self, cursor: Cursor) -> Result<Block, SystemError> {
        let csv = std::mem::take(&mut self.csv);
        Ok(Block { columns: self.columns.clone(), csv, rows: std::mem::take(&mut self.rows), cursor })
    }
}

/// A cell as RFC 4180 has it.
fn write_cell(csv: &mut Vec<u8>, cell: &[u8]) {
    if !cell.iter().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r')) {
        csv.extend_from_slice(cell);
        return;
    }
    csv.push(b'"');
    for byte in cell {
        if *byte == b'"' {
            csv.push(b'"');
        }
        csv.push(*byte);
    }
    csv.push(b'"');
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

/// The first rows that `read` gives of a request.
pub(super) fn preview(
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_cell_holds_comes_out_again() {
        let mut builder = BlockBuilder::new(vec!["a".into(), "b".into()]);
        let rows = [["", ""], ["a,b", "\"c\""], ["two\nlines\r\n", " blank "], ["é", "\\."]];
        for row in rows {
            builder.push(row).unwrap();
        }
        builder.push_csv(b"\"x\",y");
        assert_eq!(builder.push(["alone"]).unwrap_err().code(), "nonsense");
        let block = builder.take(Cursor::start()).unwrap();
        let mut expected: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
        expected.push(vec!["x".into(), "y".into()]);
        assert_eq!((block.rows, block.cells().unwrap()), (5, expected));
        assert_eq!((builder.rows(), builder.take(Cursor::start()).unwrap().csv.len()), (0, 0));
    }

    #[test]
    fn a_row_of_one_empty_cell_is_still_a_row() {
        let mut builder = BlockBuilder::new(vec!["a".into()]);
        builder.push([""]).unwrap();
        builder.push_csv(b"");
        assert_eq!(builder.take(Cursor::start()).unwrap().cells().unwrap(), [[""], [""]]);
    }
}
