//! Finds out how a CSV file is written from its beginning.

use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use plaza_domain::cell::{DateFormat, NumberFormat, trim};

use super::dialect::{Dialect, LineEnd};
use super::scan::{Found, Scanner};
use crate::file::FileFormat;
use crate::{ConnectError, Note};

/// How much of a file is looked at to find out its delimiter, quotes and row of names: some thousand rows.
pub const SAMPLE_BYTES: usize = 256 << 10;

/// Delimiters in the order in which they win a draw.
const DELIMITERS: [u8; 9] = [b',', b';', b'\t', b'|', b'^', b'~', 0x01, 0x1F, b':'];

/// Delimiters that are one only where no other gives columns: times have colons, and hardly any system writes the others.
const LAST_DELIMITERS: [u8; 5] = [b'^', b'~', 0x01, 0x1F, b':'];

/// What looking at a file has found.
#[derive(Clone, Debug)]
pub struct Sniffed {
    /// How the file is written.
    pub dialect: Dialect,
    /// What was guessed rather than known, for the person who connects the file.
    pub notes: Vec<Note>,
}

/// How well a delimiter and a quote fit the sample.
struct Fit {
    delimiter: u8,
    quote: Option<u8>,
    /// The usual number of cells.
    width: usize,
    /// Share of rows that have it, once it has first been seen; per mille.
    agreement: usize,
    /// The line where it is first seen.
    first_line: u32,
    /// That row's cells.
    first_row: Vec<String>,
}

/// Finds out what `format` does not state. `sample` is the beginning of the file, `whole` says that it is
/// all of it; `valid_utf8` whether the whole file is known to be UTF-8, where the caller has checked that.
///
/// # Errors
/// `Empty`, `WrongKind` for what is no text with delimiters, `BadFormat`.
pub fn sniff(
    path: &Path,
    sample: &[u8],
    whole: bool,
    valid_utf8: Option<bool>,
    format: &FileFormat,
) -> Result<Sniffed, ConnectError> {
    if let Some((found, advice)) = foreign(sample) {
        return Err(ConnectError::WrongKind { path: path.into(), found, expected: "a CSV file", advice });
    }
    let mut notes = Vec::new();
    let encoding = match format.encoding()? {
        Some(encoding) => encoding,
        None => guess_encoding(sample, whole, valid_utf8, &mut notes),
    };
    let (text, _) = encoding.decode_with_bom_removal(sample);
    if encoding == UTF_8 && memchr::memchr_iter(0, sample).count() * 50 > sample.len() {
        return Err(ConnectError::WrongKind {
            path: path.into(),
            found: "a file of zeros or binary data",
            expected: "a CSV file",
            advice: "it was probably not written to its end; export it again",
        });
    }
    if text.trim_matches(['\0', ' ', '\t', '\r', '\n', '\u{feff}']).is_empty() && whole {
        return Err(ConnectError::Empty { path: path.into() });
    }
    let line_end = format.line_end()?.unwrap_or(LineEnd::Any);
    let fit = best_fit(text.as_bytes(), whole, format, line_end)?;
    let mut dialect =
        Dialect { encoding, delimiter: fit.delimiter, quote: fit.quote, line_end, ..Dialect::default() };
    if format.header_row.is_none() {
        dialect.header_row = if looks_like_data(&fit.first_row) {
            notes.push(Note::NoNames);
            0
        } else {
            fit.first_line
        };
        if dialect.header_row > 1 {
            notes.push(Note::NamesBelow { row: u64::from(fit.first_line) });
        }
    }
    if fit.agreement < 900 {
        notes.push(Note::Uneven { percent: fit.agreement / 10, cells: fit.width });
    }
    dialect.apply(format)?;
    Ok(Sniffed { dialect, notes })
}

/// What else than CSV begins with these bytes, and what to do about it.
pub(crate) fn foreign(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = text.iter().position(|byte| !byte.is_ascii_whitespace()).map_or(&[][..], |at| &text[at..]);
    let begins = |word: &[u8]| start.len() >= word.len() && start[..word.len()].eq_ignore_ascii_case(word);
    Some(match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            ("a ZIP archive or an Excel workbook", "unpack it, or connect it as XLSX")
        }
        [0x1F, 0x8B, ..] => ("a gzip archive", "unpack it"),
        [b'7', b'z', 0xBC, 0xAF, ..] => ("a 7-Zip archive", "unpack it"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => ("a Zstandard archive", "unpack it"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => (
            "an old Excel workbook (XLS) or one with a password",
            "save it as XLSX or CSV, without a password",
        ),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF", "export the rows as CSV or XLSX"),
        b"SQLite format 3\0" | [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => {
            ("a SQLite database", "export the table as CSV")
        }
        _ if begins(b"<!doctype html") || begins(b"<html") || begins(b"<table") || begins(b"<head") => (
            "a web page",
            "a download of a login or error page, or a web table named like a sheet; export it as CSV",
        ),
        _ if begins(b"<?xml") => ("an XML file", "export the rows as CSV or XLSX"),
        _ if begins(b"{\"") || begins(b"[{") || begins(b"{\n") || begins(b"{\r\n") => {
            ("a JSON file", "export the rows as CSV or XLSX")
        }
        _ => return None,
    })
}

/// Guesses the encoding of a stretch of text and says so where it is a guess.
pub(crate) fn guess_encoding(
    sample: &[u8],
    whole: bool,
    valid_utf8: Option<bool>,
    notes: &mut Vec<Note>,
) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return encoding;
    }
    // Text in a European language has every other byte nought in UTF-16.
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = sample.len() / 2;
    if half > 0 && (odd * 10 > half * 7 && even * 10 < half) {
        notes.push(Note::EncodingGuessed { encoding: UTF_16LE.name() });
        return UTF_16LE;
    }
    if half > 0 && (even * 10 > half * 7 && odd * 10 < half) {
        notes.push(Note::EncodingGuessed { encoding: UTF_16BE.name() });
        return UTF_16BE;
    }
    let sample_is_valid = match std::str::from_utf8(sample) {
        Ok(_) => true,
        Err(error) => !whole && error.error_len().is_none(),
    };
    if valid_utf8.unwrap_or(sample_is_valid) {
        return UTF_8;
    }
    if sample_is_valid {
        // Somewhere behind the sample is a byte that is no UTF-8; what it is shall be seen row by row.
        notes.push(Note::MostlyUtf8);
        return UTF_8;
    }
    if mostly_utf8(sample) {
        notes.push(Note::MostlyUtf8);
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    notes.push(Note::EncodingGuessed { encoding: encoding.name() });
    encoding
}

/// Whether most characters beyond ASCII are whole in UTF-8: then single bad bytes are damage, not another encoding.
fn mostly_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

fn best_fit(text: &[u8], whole: bool, format: &FileFormat, line_end: LineEnd) -> Result<Fit, ConnectError> {
    let delimiters = match format.delimiter()? {
        Some(delimiter) => vec![delimiter],
        None => DELIMITERS.to_vec(),
    };
    let quotes = match format.quote()? {
        Some(quote) => vec![quote],
        None => vec![Some(b'"'), Some(b'\''), None],
    };
    let mut best: Option<Fit> = None;
    for delimiter in &delimiters {
        // Whether quotes explain every row, from an early line on.
        let mut quoted_from: Option<u32> = None;
        for quote in &quotes {
            // A quote that no cell wears is not one.
            if *quote == Some(b'\'') && quotes.len() > 1 && !wears_quotes(text, *delimiter, b'\'') {
                continue;
            }
            let Some(fit) = fit(text, whole, *delimiter, *quote, line_end) else { continue };
            // Without quotes the delimiters in quoted cells only seem to make more columns.
            if quote.is_none() && quoted_from.is_some_and(|line| line <= fit.first_line) {
                continue;
            }
            if quote.is_some() && fit.width > 1 && fit.agreement == 1000 {
                quoted_from = quoted_from.or(Some(fit.first_line));
            }
            if best.as_ref().is_none_or(|best| better(&fit, best)) {
                best = Some(fit);
            }
        }
    }
    let alone = Fit {
        delimiter: delimiters[0],
        quote: quotes[0],
        width: 1,
        agreement: 1000,
        first_line: 1,
        first_row: Vec::new(),
    };
    Ok(best.unwrap_or(alone))
}

/// More than one column beats one; then agreement in steps of two per cent, then more columns; an earlier
/// candidate wins a draw.
fn better(fit: &Fit, best: &Fit) -> bool {
    let rank = |fit: &Fit| {
        let several = fit.width > 1 && fit.agreement >= 500;
        let is_last = LAST_DELIMITERS.contains(&fit.delimiter);
        (several && !is_last, several, if several { fit.agreement / 20 } else { 0 }, fit.width)
    };
    rank(fit) > rank(best)
}

fn fit(text: &[u8], whole: bool, delimiter: u8, quote: Option<u8>, line_end: LineEnd) -> Option<Fit> {
    let scanner = Scanner::new(delimiter, quote, line_end);
    let mut rows: Vec<(u32, usize, usize)> = Vec::new();
    let (mut at, mut line, mut faults) = (0, 1, 0_usize);
    let mut spans = Vec::new();
    while at < text.len() {
        spans.clear();
        match scanner.record(text, at, whole, &mut spans) {
            Found::Record { next, lines, .. } => {
                if spans.len() > 1 || spans.first().is_some_and(|(start, end)| end > start) {
                    rows.push((line, spans.len(), at));
                }
                (at, line) = (next, line + lines);
            }
            Found::Incomplete => break,
            Found::UnclosedQuote | Found::TextAfterQuote => {
                faults += 1;
                let Some((_, next)) = scanner.physical_line(text, at, whole) else { break };
                (at, line) = (next, line + 1);
            }
        }
    }
    let mut widths: Vec<usize> = rows.iter().map(|(_, width, _)| *width).collect();
    widths.sort_unstable();
    let width = widths.chunk_by(|a, b| a == b).max_by_key(|run| (run.len(), run[0])).map(|run| run[0])?;
    let first = rows.iter().position(|(_, found, _)| *found == width)?;
    let after = &rows[first..];
    let agreeing = after.iter().filter(|(_, found, _)| *found == width).count();
    let (first_line, _, start) = rows[first];
    spans.clear();
    scanner.record(text, start, true, &mut spans);
    let cell =
        |span: &(u32, u32)| String::from_utf8_lossy(&text[span.0 as usize..span.1 as usize]).into_owned();
    let first_row = spans.iter().map(cell).collect();
    Some(Fit {
        delimiter,
        quote,
        width,
        agreement: agreeing * 1000 / (after.len() + faults),
        first_line,
        first_row,
    })
}

/// Whether at least a few cells begin and end with the quote, and hardly any only begins with it.
fn wears_quotes(text: &[u8], delimiter: u8, quote: u8) -> bool {
    let cells = text
        .split(|byte| *byte == delimiter || *byte == b'\n' || *byte == b'\r')
        .filter(|cell| cell.first() == Some(&quote));
    let (mut dressed, mut half) = (0_usize, 0_usize);
    for cell in cells {
        if cell.len() > 1 && cell.last() == Some(&quote) { dressed += 1 } else { half += 1 }
    }
    dressed >= 2 && dressed > half * 2
}

/// Whether a row holds values rather than names: a number (but no year, which a report may have as a name)
/// or a date in any cell.
pub(crate) fn looks_like_data(row: &[String]) -> bool {
    row.iter().any(|cell| {
        let cell = trim(cell.as_bytes());
        let year = cell.len() == 4 && (cell.starts_with(b"19") || cell.starts_with(b"20"));
        let number = !year
            && [NumberFormat::POINT, NumberFormat::COMMA].iter().any(|format| format.money(cell, 2).is_ok());
        number || DateFormat::ISO.parse(cell).is_ok()
    })
}
