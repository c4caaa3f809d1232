//! One row again, from the kept original.

use std::io::Read;
use std::path::Path;

use super::dialect::Dialect;
use super::pages::CsvPages;
use crate::ConnectError;

/// Shows one record of a kept original again: its cells, in the order of `columns`.
///
/// `original` begins at the row's [`raw_offset`](crate::Row::raw_offset) (or at any row before it), which is
/// in line `first_row`. Where the offset is unknown, it begins at the start of the file and `first_row` is 1.
/// `None` where the original has no usable row of that number.
///
/// # Errors
/// What reading gives.
pub fn read_row(
    original: &mut dyn Read,
    dialect: &Dialect,
    columns: &[String],
    first_row: u64,
    row: u64,
) -> Result<Option<Vec<String>>, ConnectError> {
    let path = Path::new("the kept original");
    let mut pages = CsvPages::resume(path, original, dialect, columns, first_row);
    while let Some(page) = pages.next_page()? {
        if page.last_row() < row {
            continue;
        }
        let found = page.rows().find(|found| found.number() == row);
        return Ok(found.map(|found| found.cells().map(str::to_owned).collect()));
    }
    Ok(None)
}
