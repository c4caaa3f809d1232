//! The cells of a CSV file: delimiter, encoding and heading found by looking.

use super::{date, number};

/// The rows of a file.
#[derive(Debug)]
pub(super) struct Table {
    /// Names of the columns; `1`, `2`, … where the file has no heading.
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) delimiter: u8,
}

/// A row with its line in the file.
#[derive(Debug)]
pub(super) struct Row {
    /// From 1.
    pub(super) line: u64,
    cells: Vec<String>,
}

impl Row {
    /// A cell without the space around it; empty where the row is too short.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

impl Table {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut text = text(bytes);
        if !text.contains('\n') {
            // Lines that end with a carriage return alone are counted as lines too.
            text = text.replace('\r', "\n");
        }
        let delimiter = delimiter(&text);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut rows: Vec<Row> = Vec::new();
        // Records are read from memory and from valid text, so none of them is an error.
        for record in reader.records().flatten() {
            let line = record.position().map_or(0, |start| line_of(&text, start));
            let row = Row { line, cells: record.iter().map(str::to_owned).collect() };
            if !row.is_blank() {
                rows.push(row);
            }
        }
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let heading = rows.first().is_some_and(|row| !holds_data(row));
        let names: Vec<String> = if heading {
            let first = rows.remove(0);
            (0..width).map(|at| named(first.cell(at), at)).collect()
        } else {
            (0..width).map(|at| (at + 1).to_string()).collect()
        };
        Self { names, rows, delimiter }
    }

    /// The name of a column.
    pub(super) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }
}

/// The line of a record: the reader gives the place where it began to look, before any blank lines.
fn line_of(text: &str, start: &csv::Position) -> u64 {
    let rest = text.as_bytes().get(start.byte() as usize..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    start.line() + blank.filter(|byte| **byte == b'\n').count() as u64
}

/// A column without a name is called by its number.
fn named(cell: &str, at: usize) -> String {
    if cell.is_empty() { (at + 1).to_string() } else { cell.to_owned() }
}

/// A first row with a date or a number in it is no heading.
fn holds_data(row: &Row) -> bool {
    row.cells
        .iter()
        .any(|cell| date::read(cell).is_some() || number::number(cell, number::Style::Point).is_some())
}

/// The text of a file: UTF-8, UTF-16 with its mark, else Windows-1252 as far as it is Latin-1.
fn text(bytes: &[u8]) -> String {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            // 0x80 is the one sign of Windows-1252 that a number may carry.
            Err(_) => bytes.iter().map(|byte| if *byte == 0x80 { '€' } else { char::from(*byte) }).collect(),
        },
    }
}

/// The delimiter that splits the first lines most evenly.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(20).collect();
    let score = |delimiter: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| unquoted(line, delimiter)).collect();
        let fewest = counts.iter().copied().min().unwrap_or_default();
        let even = counts.iter().all(|count| *count == fewest);
        (fewest > 0, even, fewest)
    };
    // Of equals the last wins: a comma before a bar, a semicolon before a comma that may be a decimal.
    [b'|', b'\t', b',', b';'].into_iter().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

/// How often a delimiter stands outside quotes.
fn unquoted(line: &str, delimiter: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == delimiter && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_what_splits_the_lines_evenly() {
        for (text, expected) in [
            ("week,value\n2024-01-01,5\n", b','),
            ("Woche;Wert\n01.01.2024;5,5\n08.01.2024;6,5\n", b';'),
            ("week\tvalue\n2024-01-01\t1,5\n", b'\t'),
            ("\"a,b\";c\n1;2\n", b';'),
        ] {
            assert_eq!(delimiter(text), expected, "{text:?}");
        }
    }

    #[test]
    fn encodings_line_ends_and_missing_headings() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("week,wert\n2024-01-01,5\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let table = Table::read(&utf16);
        assert_eq!(
            (table.names.as_slice(), table.rows.len()),
            (["week".to_owned(), "wert".to_owned()].as_slice(), 1)
        );
        let latin = Table::read(b"Woche;Erf\xfcllt\r2024-01-01;5\r2024-01-08;6\r");
        assert_eq!((latin.name(1), latin.rows.len(), latin.rows[1].line), ("Erfüllt", 2, 3));
        let bare = Table::read(b"2024-01-01,5\n\n2024-01-08,6\n");
        assert_eq!((bare.name(0), bare.rows.len(), bare.rows[1].line), ("1", 2, 3));
    }
}
