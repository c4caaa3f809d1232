//! What the integration does not say about dates and numbers is found out from the whole column, and what the column
//! leaves open is asked: never guessed.

use std::ops::ControlFlow;

use plaza_connect::file::{FileSource, Looked};
use plaza_domain::cell::{Cells, ColumnProfile, DateFormat, PlausibleYears};
use plaza_domain::record::Field;

use super::files::Group;
use super::schema::FileSchema;
use crate::error::{Asks, EngineError, Question, Result};
use crate::integration::Stream;
use crate::staging::{Doubt, Reading, StreamPlan, field_word, judge};

/// Completes a plan from the files of a group. `files` gives each file as it was looked at, `schemas` which of its columns
/// are not read.
///
/// # Errors
/// [`EngineError::Question`] for a column that can be read in more than one way, or not at all.
pub(super) fn complete(
    plan: &mut StreamPlan,
    stream: &Stream,
    group: &Group,
    files: &[(FileSource, Looked)],
    schemas: &[FileSchema],
) -> Result<()> {
    let open = plan.open.clone();
    if open.is_empty() {
        return Ok(());
    }
    let mut cells: Vec<Cells> = open.iter().map(|_| Cells::new()).collect();
    for (place, ((source, looked), file)) in files.iter().zip(&group.files).enumerate() {
        let dropped = schemas.get(place).map_or(&[] as &[_], |schema| schema.dropped.as_slice());
        let readable = plan.without(dropped);
        let mut failed = None;
        let mut places: Option<Vec<usize>> = None;
        source.pages(looked, 0, &mut |page| {
            if places.is_none() {
                match readable.find_columns(&stream.name, &file.name, page.names()) {
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
    let Some(own) = plan.fields.iter().find(|own| own.field == field) else { return Ok(Reading::Text) };
    judge(own, profile)
        .map_err(|doubt| EngineError::Question(Box::new(question(doubt, stream, field, &own.name))))
}

/// A doubt as a question that can be answered in TOML.
fn question(doubt: Doubt, stream: &Stream, field: Field, column: &str) -> Question {
    let word = field_word(field);
    let answer = |rest: String| format!("{word} = {{ column = \"{column}\", {rest} }}");
    let (asks, examples, answers) = match doubt {
        Doubt::Words { texts } => {
            let list = texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ");
            (Asks::Words, texts, vec![answer(format!("empty_words = [{list}]"))])
        }
        Doubt::DayOrMonth { examples, choices } => {
            let answers = choices.iter().map(|formats| answer(format_list(formats)));
            (Asks::DayOrMonth, examples, answers.collect())
        }
        Doubt::Serial { examples, choices } => {
            let examples = examples.iter().map(|cell| serial_example(cell)).collect();
            let answers = choices.iter().map(|formats| answer(format_list(formats)));
            (Asks::SerialDays, examples, answers.collect())
        }
        Doubt::DecimalMark { examples } => {
            let answers = [".", ","].map(|mark| answer(format!("decimal = \"{mark}\"")));
            (Asks::DecimalMark, examples, answers.to_vec())
        }
    };
    Question { stream: stream.name.clone(), column: column.to_owned(), asks, examples, answers }
}

fn format_list(formats: &[DateFormat]) -> String {
    let list: Vec<String> = formats.iter().map(|format| format!("\"{format}\"")).collect();
    format!("formats = [{}]", list.join(", "))
}

/// A number with the days that it would be: `45123 (2023-07-16 / 2027-07-17)`.
fn serial_example(cell: &str) -> String {
    let day = |format: DateFormat| {
        format.parse(cell.as_bytes()).map_or_else(|_| "–".to_owned(), |stamp| stamp.day.to_string())
    };
    format!("{cell} ({} / {})", day(DateFormat::EXCEL_1900), day(DateFormat::EXCEL_1904))
}
