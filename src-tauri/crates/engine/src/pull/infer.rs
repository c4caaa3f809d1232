//! What the integration does not say about dates and numbers is found out from the whole column, and what the column
//! leaves open is asked: never guessed.

use std::ops::ControlFlow;

use plaza_connect::file::{FileSource, Looked};
use plaza_domain::cell::{Cells, ColumnProfile, DateFormat, DateReading, Hint, NumberFormat, PlausibleYears};
use plaza_domain::record::{Field, FieldKind};

use super::files::Group;
use crate::error::{EngineError, Question, Result};
use crate::integration::Stream;
use crate::staging::{Reading, StreamPlan, field_word};

/// Cells that a question shows.
const EXAMPLES: usize = 5;

/// Cells of one form of dates that a question shows.
const EXAMPLES_OF_FORM: usize = 3;

/// Completes a plan from the files of a group. `files` gives each file as it was looked at.
///
/// # Errors
/// [`EngineError::Question`] for a column that can be read in more than one way, or not at all.
pub(super) fn complete(
    plan: &mut StreamPlan,
    stream: &Stream,
    group: &Group,
    files: &[(FileSource, Looked)],
) -> Result<()> {
    let open = plan.open.clone();
    if open.is_empty() {
        return Ok(());
    }
    let mut cells: Vec<Cells> = open.iter().map(|_| Cells::new()).collect();
    for ((source, looked), file) in files.iter().zip(&group.files) {
        let mut failed = None;
        let mut places: Option<Vec<usize>> = None;
        source.pages(looked, 0, &mut |page| {
            if places.is_none() {
                match plan.find_columns(&stream.name, &file.name, page.names()) {
                    Ok(found) => {
                        let column = |field: &Field| {
                            found.fields.iter().find(|plan| plan.field == *field).and_then(|plan| plan.column)
                        };
                        places = Some(open.iter().map(|field| column(field).unwrap_or(usize::MAX)).collect());
                    }
                    Err(error) => {
                        failed = Some(error);
                        return ControlFlow::Break(());
                    }
                }
            }
            for row in page.rows() {
                for (cells, column) in cells.iter_mut().zip(places.iter().flatten()) {
                    cells.push(row.bytes(*column), row.number());
                }
            }
            ControlFlow::Continue(())
        })?;
        if let Some(error) = failed {
            return Err(EngineError::invalid("stream", error.to_string()));
        }
    }
    for (field, cells) in open.into_iter().zip(&cells) {
        let profile = cells.finish(PlausibleYears::default());
        let reading = reading(plan, stream, field, &profile)?;
        plan.set_reading(field, reading);
    }
    Ok(())
}

fn reading(plan: &StreamPlan, stream: &Stream, field: Field, profile: &ColumnProfile) -> Result<Reading> {
    let own = plan.fields.iter().find(|one| one.field == field);
    if profile.cells == profile.empty {
        return Ok(own.map_or(Reading::Text, |own| own.reading.clone()));
    }
    let asked = Asked {
        stream: &stream.name,
        column: own.map(|own| own.name.as_str()).unwrap_or_default(),
        field: field_word(field),
    };
    match field.kind() {
        FieldKind::Date => dates(&asked, profile, own.map_or(&[], |own| &own.empty_words)).map(Reading::Day),
        FieldKind::Moment => {
            dates(&asked, profile, own.map_or(&[], |own| &own.empty_words)).map(Reading::Moment)
        }
        FieldKind::Money => number(&asked, profile).map(Reading::Money),
        _ => number(&asked, profile).map(Reading::Quantity),
    }
}

/// The column that a question is about.
struct Asked<'a> {
    stream: &'a str,
    column: &'a str,
    field: String,
}

impl Asked<'_> {
    /// `answers` are what may be written into the field's table, one of them.
    fn question(
        &self,
        asks: &str,
        examples: Vec<String>,
        answers: impl Iterator<Item = String>,
    ) -> EngineError {
        let (field, column) = (&self.field, self.column);
        EngineError::Question(Box::new(Question {
            stream: self.stream.to_owned(),
            column: column.to_owned(),
            asks: asks.to_owned(),
            examples,
            answers: answers
                .map(|answer| format!("{field} = {{ column = \"{column}\", {answer} }}"))
                .collect(),
        }))
    }
}

fn dates(asked: &Asked<'_>, profile: &ColumnProfile, empty_words: &[String]) -> Result<Vec<DateFormat>> {
    let Some(date) = profile.date.as_ref().filter(|date| !date.forms.is_empty()) else {
        return Ok(vec![DateFormat::ISO]);
    };
    let words = profile.words.iter().map(|word| word.text.as_str());
    let strange: Vec<&str> =
        words.filter(|text| !empty_words.contains(&text.trim().to_lowercase())).take(EXAMPLES).collect();
    // Lost dates are no question of format: each row says so in quarantine.
    let is_lost = profile.hints.iter().any(|hint| matches!(hint, Hint::DateLost { .. }));
    if !strange.is_empty() && !is_lost {
        let list = strange.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ");
        return Err(asked.question(
            "some cells hold words where dates are expected; do they stand for “no date”?",
            strange.iter().map(|text| (*text).to_owned()).collect(),
            std::iter::once(format!("empty_words = [{list}]")),
        ));
    }
    let misread = misread_form(profile);
    let forms: Vec<_> = date
        .forms
        .iter()
        .filter(|form| {
            misread.is_none_or(|pattern| !form.candidates.iter().any(|one| one.to_string() == pattern))
        })
        .cloned()
        .collect();
    let date = DateReading { forms, other_rows: date.other_rows };
    if let Some(formats) = date.formats().filter(|formats| !formats.is_empty()) {
        return Ok(formats);
    }
    // A form without any candidate is no day of the calendar: its rows say so in quarantine.
    let unclear = date.forms.iter().filter(|form| form.candidates.len() > 1);
    let examples =
        unclear.clone().flat_map(|form| form.examples.iter().take(EXAMPLES_OF_FORM).cloned()).collect();
    Err(asked.question(
        "which number is the day and which the month? All dates fit more than one format",
        examples,
        unclear.flat_map(|form| form.candidates.iter()).map(|format| format!("formats = [\"{format}\"]")),
    ))
}

/// The form in which a spreadsheet has written the dates that it misread. They cannot be told from right ones, so none
/// of that form is believed: their rows wait, unless the definition states the formats.
fn misread_form(profile: &ColumnProfile) -> Option<&str> {
    profile.hints.iter().find_map(|hint| match hint {
        Hint::HalfConverted { converted, .. } => Some(converted.as_str()),
        _ => None,
    })
}

fn number(asked: &Asked<'_>, profile: &ColumnProfile) -> Result<NumberFormat> {
    let Some(number) = &profile.number else { return Ok(NumberFormat::POINT) };
    match number.candidates.as_slice() {
        [format] => Ok(*format),
        _ => Err(asked.question(
            "is the mark in these numbers a decimal mark or a separator of thousands?",
            number.examples.iter().take(EXAMPLES).cloned().collect(),
            [".", ","].into_iter().map(|mark| format!("decimal = \"{mark}\"")),
        )),
    }
}
