//! What looking at files has found, as the wizard shows it.

use std::path::PathBuf;

use plaza_domain::cell::{ColumnKind, ColumnProfile, Hint};
use plaza_domain::language::Language;

use super::look::Table;
use super::suggest::{VALUES_MAX, suggest};
use super::{pin, words};
use crate::error::Result;
use crate::integration::{FormatTable, Stream};
use crate::page::integration::{ColumnReport, RefusedFile, SourceReport, TableReport, WordCount};
use crate::workspace::Workspace;

/// More different values than this are not counted for the screen.
const DISTINCT_SHOWN: u32 = 1_000;

/// Looks at chosen files and folders. A file that cannot be used is listed with its reason beside those that can.
///
/// # Errors
/// Nothing of what was chosen can be used.
pub fn look(workspace: &Workspace, paths: &[String], language: Language) -> Result<SourceReport> {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let (groups, refused) = workspace.looks().chosen(&paths)?;
    let mut tables = Vec::new();
    for group in &groups {
        let columns: Vec<ColumnReport> = group
            .columns
            .iter()
            .zip(&group.profiles)
            .map(|(name, profile)| column(name, profile, language))
            .collect();
        let Some(first) = group.tables.first() else { continue };
        let suggestion =
            suggest(&first.name, &first.columns, &group.profiles, |column| first.repeats(column));
        tables.extend(group.tables.iter().map(|table| report(table, &columns, &suggestion, language)));
    }
    let refused =
        refused.iter().map(|error| RefusedFile { words: words::refused(error, language) }).collect();
    Ok(SourceReport { tables, refused })
}

fn report(table: &Table, columns: &[ColumnReport], shape: &Stream, language: Language) -> TableReport {
    let path = table.path.display().to_string();
    let suggestion = Stream {
        files: vec![path.clone()],
        snapshot_date: dated_name(&table.name),
        format: FormatTable { sheet: table.format().sheet, ..FormatTable::default() },
        ..shape.clone()
    };
    let mut damaged: Vec<String> = table.damaged.iter().map(|row| words::damaged(row, language)).collect();
    let more = table.damaged_rows.saturating_sub(table.damaged.len() as u64);
    if more > 0 {
        damaged.push(words::more_damaged(more, language));
    }
    TableReport {
        path,
        sheet: table.sheet.clone(),
        format: words::format(&table.looked, language),
        rows: u32::try_from(table.rows).unwrap_or(u32::MAX),
        rows_exact: table.is_exact,
        columns: columns.to_vec(),
        notes: table.notes.iter().map(|note| words::note(note, language)).collect(),
        damaged,
        suggestion,
    }
}

fn column(name: &str, profile: &ColumnProfile, language: Language) -> ColumnReport {
    let is_dated = matches!(profile.kind, ColumnKind::Date | ColumnKind::Timestamp);
    let counts = |words: &[plaza_domain::cell::WordCount]| -> Vec<WordCount> {
        words.iter().map(|word| WordCount { word: word.text.clone(), count: word.rows }).collect()
    };
    let has_few = profile.values.len() <= VALUES_MAX;
    ColumnReport {
        name: name.to_owned(),
        kind: kind(profile.kind).to_owned(),
        samples: samples(profile),
        null_share: f64::from(profile.empty) / f64::from(profile.cells.max(1)),
        distinct: profile.distinct.min(DISTINCT_SHOWN),
        date_formats: pin::candidates(profile),
        ambiguous: is_ambiguous(profile),
        words: if is_dated { counts(&profile.words) } else { Vec::new() },
        values: if has_few { counts(&profile.values) } else { Vec::new() },
        hints: profile.hints.iter().map(|hint| words::hint(hint, language)).collect(),
    }
}

/// Whether only a person can tell how the cells are read: which number is the day, or which mark the decimal one.
pub(super) fn is_ambiguous(profile: &ColumnProfile) -> bool {
    let is_number = matches!(profile.kind, ColumnKind::Integer | ColumnKind::Decimal | ColumnKind::Money);
    let dates = profile.date.as_ref().is_some_and(plaza_domain::cell::DateReading::is_ambiguous);
    let numbers = is_number && profile.number.as_ref().is_some_and(|number| number.candidates.len() > 1);
    dates || numbers
}

/// Cells that show the question come first, where there is one.
fn samples(profile: &ColumnProfile) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    if is_ambiguous(profile) {
        let dates = profile.date.iter().flat_map(|date| &date.forms);
        let doubtful = dates.filter(|form| form.candidates.len() > 1).flat_map(|form| form.examples.iter());
        samples.extend(doubtful.cloned());
        samples.extend(profile.number.iter().flat_map(|number| number.examples.iter().cloned()));
    }
    samples.extend(profile.samples.iter().cloned());
    let mut seen = std::collections::BTreeSet::new();
    samples.retain(|sample| seen.insert(sample.clone()));
    samples.truncate(SAMPLES);
    samples
}

/// Cells that are shown of a column.
const SAMPLES: usize = 5;

const fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Empty => "empty",
        ColumnKind::Text => "text",
        ColumnKind::Boolean => "boolean",
        ColumnKind::Integer => "integer",
        ColumnKind::Decimal => "decimal",
        ColumnKind::Money => "money",
        ColumnKind::Date => "date",
        ColumnKind::Timestamp => "timestamp",
    }
}

/// The file's name with the day in it in braces, where there is exactly one: `orders_{yyyy-MM-dd}.csv`.
fn dated_name(name: &str) -> Option<String> {
    const FORMS: [(&str, &str); 3] =
        [("dddd-dd-dd", "yyyy-MM-dd"), ("dddd_dd_dd", "yyyy_MM_dd"), ("dddddddd", "yyyyMMdd")];
    for (shape, format) in FORMS {
        for (at, _) in name.char_indices() {
            let Some(part) = name.get(at..at + shape.len()) else { continue };
            let fits = shape
                .bytes()
                .zip(part.bytes())
                .all(|(want, have)| if want == b'd' { have.is_ascii_digit() } else { want == have });
            let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
            let bytes = name.as_bytes();
            let is_longer = (at > 0 && digit(bytes.get(at - 1))) || digit(bytes.get(at + shape.len()));
            if !fits || is_longer {
                continue;
            }
            let pattern = format!("{}{{{format}}}{}", &name[..at], &name[at + shape.len()..]);
            let day = plaza_connect::file::SnapshotName::new(&pattern).ok().and_then(|own| own.day(name));
            if day.is_some_and(|day| ["19", "20"].contains(&&day.to_string()[..2])) {
                return Some(pattern);
            }
        }
    }
    None
}

/// Whether a column's numbers may be a spreadsheet's days: then a person says so before it is read as dates.
pub(super) fn may_be_serial(profile: &ColumnProfile) -> bool {
    profile.hints.iter().any(|hint| matches!(hint, Hint::MayBeSerialDate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_in_a_files_name_is_found_where_there_is_one() {
        for (name, pattern) in [
            ("orders_2026-11-22.csv", Some("orders_{yyyy-MM-dd}.csv")),
            ("20261122 orders.csv", Some("{yyyyMMdd} orders.csv")),
            ("orders_20269922.csv", None),
            ("orders_120261122.csv", None),
            ("bestände_2026_01_31.csv", Some("bestände_{yyyy_MM_dd}.csv")),
            ("orders.csv", None),
        ] {
            assert_eq!(dated_name(name).as_deref(), pattern, "{name}");
        }
    }
}
