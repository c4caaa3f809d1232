//! How a column is read that the definition leaves open: what its cells say, or what only a person can.

use plaza_domain::cell::{ColumnProfile, DateFormat, DateReading, FormatCount, Hint, NumberFormat};
use plaza_domain::record::FieldKind;

use super::plan::{FieldPlan, Reading};

/// Cells that a question shows.
const EXAMPLES: usize = 5;

/// Cells of one form of dates that a question shows.
const EXAMPLES_OF_FORM: usize = 3;

/// What only a person can say about a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Doubt {
    /// What words among the dates stand for.
    Words {
        /// The words.
        texts: Vec<String>,
    },
    /// Which number is the day and which the month.
    DayOrMonth {
        /// Cells that fit more than one format.
        examples: Vec<String>,
        /// The ways to read the column: the formats of each.
        choices: Vec<Vec<DateFormat>>,
    },
    /// Whether numbers are days as a spreadsheet counts them, and from when it counts.
    Serial {
        /// Some of the numbers.
        examples: Vec<String>,
        /// The ways to read the column: the formats of each.
        choices: Vec<Vec<DateFormat>>,
    },
    /// Whether a mark is the decimal one or separates thousands.
    DecimalMark {
        /// Cells that can be read both ways.
        examples: Vec<String>,
    },
}

/// How a column is read that the definition leaves open.
pub(crate) fn judge(own: &FieldPlan, profile: &ColumnProfile) -> Result<Reading, Doubt> {
    if profile.cells == profile.empty {
        return Ok(own.reading.clone());
    }
    match own.field.kind() {
        FieldKind::Date | FieldKind::Moment => judge_dates(own, profile),
        _ => {
            let wrap = |format| match own.field.kind() {
                FieldKind::Money => Reading::Money(format),
                _ => Reading::Quantity(format),
            };
            let Some(number) = &profile.number else { return Ok(wrap(NumberFormat::POINT)) };
            match number.candidates.as_slice() {
                [format] => Ok(wrap(*format)),
                _ => Err(Doubt::DecimalMark { examples: few(&number.examples) }),
            }
        }
    }
}

fn judge_dates(own: &FieldPlan, profile: &ColumnProfile) -> Result<Reading, Doubt> {
    let wrap = |formats| match own.field.kind() {
        FieldKind::Date => Reading::Day(formats),
        _ => Reading::Moment(formats),
    };
    if profile.date.as_ref().is_none_or(|date| date.forms.is_empty() && date.serial.is_none()) {
        return Ok(wrap(vec![DateFormat::ISO]));
    }
    // Lost dates are no question of format: each row says so in quarantine.
    let is_lost = profile.hints.iter().any(|hint| matches!(hint, Hint::DateLost { .. }));
    let strange: Vec<String> = profile
        .words_among_dates()
        .into_iter()
        .map(|word| word.text)
        .filter(|text| !own.empty_words.contains(&text.trim().to_lowercase()))
        .collect();
    if !strange.is_empty() && !is_lost {
        return Err(Doubt::Words { texts: few(&strange) });
    }
    let date = believed(profile);
    match date.formats() {
        Some(formats) if !formats.is_empty() => Ok(wrap(formats)),
        _ => {
            let choices = date.choices();
            if let Some(serial) = date.serial {
                return Err(Doubt::Serial { examples: few(&serial.examples), choices });
            }
            // A form without any candidate is no day of the calendar: its rows say so in quarantine.
            let unclear = date.forms.iter().filter(|form| form.candidates.len() > 1);
            let examples = unclear.flat_map(|form| form.examples.iter().take(EXAMPLES_OF_FORM));
            Err(Doubt::DayOrMonth { examples: examples.cloned().collect(), choices })
        }
    }
}

/// The forms of dates that can be believed. The form in which a spreadsheet has written the dates that it misread is not
/// among them: those cannot be told from right ones, so none is believed and their rows wait, unless the definition
/// states the formats.
pub(crate) fn believed(profile: &ColumnProfile) -> DateReading {
    let misread = profile.hints.iter().find_map(|hint| match hint {
        Hint::HalfConverted { converted, .. } => Some(converted.as_str()),
        _ => None,
    });
    let is_misread =
        |form: &FormatCount| form.candidates.iter().any(|one| misread == Some(one.to_string().as_str()));
    let date = profile.date.as_ref();
    DateReading {
        forms: date
            .map(|date| date.forms.iter().filter(|form| !is_misread(form)).cloned().collect())
            .unwrap_or_default(),
        other_rows: date.map_or(0, |date| date.other_rows),
        serial: date.and_then(|date| date.serial.clone()),
    }
}

/// The first few of many.
fn few(texts: &[String]) -> Vec<String> {
    texts.iter().take(EXAMPLES).cloned().collect()
}
