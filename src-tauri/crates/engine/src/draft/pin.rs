//! What a whole column says about how it is read, written down: the next file is then read the same way.

use plaza_domain::cell::{ColumnProfile, DateFormat};
use plaza_domain::record::{Field, FieldKind};

use crate::integration::{FieldRead, FieldTable};
use crate::staging::believed;

/// The reading of a column for a field, with formats and decimal mark where its cells leave no doubt.
pub(super) fn pinned(field: Field, column: &str, profile: &ColumnProfile) -> FieldRead {
    let mut read = FieldRead { column: Some(column.to_owned()), ..FieldRead::default() };
    match field.kind() {
        FieldKind::Date | FieldKind::Moment => read.formats = formats(profile),
        FieldKind::Quantity | FieldKind::Money => read.decimal = decimal(profile),
        FieldKind::Text | FieldKind::Code => {}
    }
    read
}

/// The short form where nothing but the column is said.
pub(super) fn short(read: FieldRead) -> FieldTable {
    match read {
        FieldRead { column: Some(column), constant: None, formats, decimal: None, empty_words, values }
            if formats.is_empty() && empty_words.is_empty() && values.is_empty() =>
        {
            FieldTable::Column(column)
        }
        read => FieldTable::Read(read),
    }
}

/// The long form.
pub(super) fn long(table: &FieldTable) -> FieldRead {
    match table {
        FieldTable::Column(column) => FieldRead { column: Some(column.clone()), ..FieldRead::default() },
        FieldTable::Read(read) => read.clone(),
    }
}

/// The formats that a column of dates is written in; none where there is a doubt or no date at all.
pub(super) fn formats(profile: &ColumnProfile) -> Vec<String> {
    // A form of which no cell is a day of the calendar has no format; its rows say so themselves.
    believed(profile).formats().unwrap_or_default().iter().map(DateFormat::to_string).collect()
}

/// The formats in which a column may be read, for the person to choose from.
pub(super) fn candidates(profile: &ColumnProfile) -> Vec<String> {
    let mut formats: Vec<String> = Vec::new();
    for form in profile.date.iter().flat_map(|date| &date.forms) {
        for candidate in &form.candidates {
            let text = candidate.to_string();
            if !formats.contains(&text) {
                formats.push(text);
            }
        }
    }
    formats
}

/// The decimal mark, where the column leaves no doubt about it.
fn decimal(profile: &ColumnProfile) -> Option<String> {
    let number = profile.number.as_ref()?;
    let [format] = number.candidates.as_slice() else { return None };
    // Without any mark in it the column says nothing about marks: the next file may have decimals.
    let mark = if format.has_decimal_comma() { "," } else { "." };
    number.has_mark.then(|| mark.to_owned())
}
