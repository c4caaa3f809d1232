//! What looking at files has found, as the wizard shows it.

use std::path::PathBuf;

use plaza_domain::cell::{ColumnKind, ColumnProfile, DateFormat};
use plaza_domain::language::Language;

use super::look::{Group, Table};
use super::suggest::{VALUES_MAX, suggest};
use super::{pin, words};
use crate::error::Result;
use crate::integration::{FormatTable, Stream};
use crate::page::integration::{ColumnReport, DateChoice, RefusedFile, SourceReport, TableReport, WordCount};
use crate::staging::believed;
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
        let columns = columns(group, language);
        let Some(first) = group.tables.first() else { continue };
        let suggestion =
            suggest(&first.name, &first.columns, &group.profiles, |column| first.repeats(column));
        tables.extend(group.tables.iter().map(|table| report(table, &columns, &suggestion, language)));
    }
    let refused =
        refused.iter().map(|error| RefusedFile { words: words::refused(error, language) }).collect();
    Ok(SourceReport { tables, refused })
}

/// What all tables of a group say of their columns.
pub(super) fn columns(group: &Group, language: Language) -> Vec<ColumnReport> {
    let named = group.columns.iter().zip(&group.profiles);
    named.map(|(name, profile)| column(name, profile, language)).collect()
}

/// A table with its columns and the stream that it suggests.
pub(super) fn report(
    table: &Table,
    columns: &[ColumnReport],
    shape: &Stream,
    language: Language,
) -> TableReport {
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
        date_choices: date_choices(profile),
        mark_unknown: is_mark_unknown(profile),
        ambiguous: is_ambiguous(profile),
        date_words: counts(&profile.words_among_dates()),
        number_words: counts(&profile.words_among_numbers()),
        values: if has_few { counts(&profile.values) } else { Vec::new() },
        hints: profile.hints.iter().map(|hint| words::hint(hint, language)).collect(),
    }
}

/// Whether only a person can tell how the cells are read, if they are what they seem to be: which number is the day, or
/// which mark the decimal one.
fn is_ambiguous(profile: &ColumnProfile) -> bool {
    match profile.kind {
        ColumnKind::Integer | ColumnKind::Decimal | ColumnKind::Money => is_mark_unknown(profile),
        ColumnKind::Date | ColumnKind::Timestamp => !believed(profile).choices().is_empty(),
        ColumnKind::Empty | ColumnKind::Text | ColumnKind::Boolean => false,
    }
}

/// Whether cells contradict one another about the decimal mark, or do not tell it.
fn is_mark_unknown(profile: &ColumnProfile) -> bool {
    profile.number.as_ref().is_some_and(|number| number.candidates.len() != 1)
}

/// The ways to read a column as dates, each with the day of a cell that shows the difference.
fn date_choices(profile: &ColumnProfile) -> Vec<DateChoice> {
    let date = believed(profile);
    let choices = date.choices();
    let day = |formats: &[DateFormat], cell: &str| {
        formats.iter().find_map(|format| Some(format.parse(cell.as_bytes()).ok()?.day.to_string()))
    };
    let doubtful = date.forms.iter().filter(|form| form.candidates.len() > 1).flat_map(|form| &form.examples);
    let serial = date.serial.iter().flat_map(|serial| &serial.examples);
    let cells: Vec<&String> = doubtful.chain(serial).collect();
    let differing = |cell: &&&String| {
        let days: std::collections::BTreeSet<_> = choices.iter().map(|formats| day(formats, cell)).collect();
        days.len()
    };
    // The first of those that tell most choices apart.
    let example = cells.iter().rev().max_by_key(differing).map(|cell| (*cell).clone()).unwrap_or_default();
    let told = choices.iter().map(|formats| DateChoice {
        formats: formats.iter().map(ToString::to_string).collect(),
        example: example.clone(),
        day: day(formats, &example),
    });
    told.collect()
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
