//! What the integration does not say about dates and numbers is found out from the whole column, and what the column
//! leaves open is asked: never guessed.

use std::ops::ControlFlow;

use plaza_connect::file::{FileSource, Looked};
use plaza_domain::cell::{Cells, ColumnProfile, DateFormat, Hint, PlausibleYears};
use plaza_domain::record::{Field, FieldKind};

use super::files::Group;
use crate::error::{EngineError, Question, Result};
use crate::integration::Stream;
use crate::staging::{Reading, StreamPlan};

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
    let word = serde_json::to_value(field)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default();
    let column = own.map(|own| own.name.clone()).unwrap_or_default();
    let ask = |asks: String, examples: Vec<String>, answers: Vec<String>| {
        EngineError::Question(Box::new(Question {
            stream: stream.name.clone(),
            column: column.clone(),
            asks,
            examples,
            answers,
        }))
    };
    let empty_words = own.map(|own| own.empty_words.clone()).unwrap_or_default();
    let strange: Vec<&str> = profile
        .words
        .iter()
        .map(|word| word.text.as_str())
        .filter(|text| !empty_words.contains(&text.trim().to_lowercase()))
        .collect();
    if profile.cells == profile.empty {
        return Ok(own.map_or(Reading::Text, |own| own.reading.clone()));
    }
    match field.kind() {
        FieldKind::Date | FieldKind::Moment => {
            let wrap = |formats| {
                if field.kind() == FieldKind::Date { Reading::Day(formats) } else { Reading::Moment(formats) }
            };
            // Lost dates are no question of format: each row says so in quarantine.
            let is_lost = profile.hints.iter().any(|hint| matches!(hint, Hint::DateLost { .. }));
            let Some(date) = profile.date.as_ref().filter(|date| !date.forms.is_empty()) else {
                return Ok(wrap(vec![DateFormat::ISO]));
            };
            if !strange.is_empty() && !is_lost {
                let list =
                    strange.iter().take(5).map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ");
                return Err(ask(
                    "some cells hold words where dates are expected; do they stand for “no date”?".into(),
                    strange.iter().take(5).map(|text| (*text).to_owned()).collect(),
                    vec![format!("{word} = {{ column = \"{column}\", empty_words = [{list}] }}")],
                ));
            }
            match date.formats() {
                Some(formats) if !formats.is_empty() => Ok(wrap(formats)),
                _ => {
                    // A form without any candidate is no day of the calendar: its rows say so in quarantine.
                    let unclear = date.forms.iter().filter(|form| form.candidates.len() > 1);
                    let examples: Vec<String> =
                        unclear.clone().flat_map(|form| form.examples.iter().take(3).cloned()).collect();
                    let answers = unclear
                        .flat_map(|form| form.candidates.iter())
                        .map(|format| {
                            format!("{word} = {{ column = \"{column}\", formats = [\"{format}\"] }}")
                        })
                        .collect();
                    Err(ask(
                        "which number is the day and which the month? All dates fit more than one format"
                            .into(),
                        examples,
                        answers,
                    ))
                }
            }
        }
        _ => {
            let wrap = |format| {
                if field.kind() == FieldKind::Money {
                    Reading::Money(format)
                } else {
                    Reading::Quantity(format)
                }
            };
            let Some(number) = &profile.number else {
                return Ok(wrap(plaza_domain::cell::NumberFormat::POINT));
            };
            match number.candidates.as_slice() {
                [format] => Ok(wrap(*format)),
                _ => Err(ask(
                    "is the mark in these numbers a decimal mark or a separator of thousands?".into(),
                    number.examples.iter().take(5).cloned().collect(),
                    vec![
                        format!("{word} = {{ column = \"{column}\", decimal = \".\" }}"),
                        format!("{word} = {{ column = \"{column}\", decimal = \",\" }}"),
                    ],
                )),
            }
        }
    }
}
