//! Which column is the date and which the value, by name and by what stands in them.

use super::ChartFileError;
use super::date;
use super::number::{self, Style};
use super::table::Table;

/// Columns that the caller names.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The dates.
    pub date: Option<String>,
    /// The values.
    pub value: Option<String>,
    /// The numerators of a rate.
    pub numerator: Option<String>,
    /// The denominators of a rate.
    pub denominator: Option<String>,
}

/// What is charted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Value(usize),
    Rate { numerator: usize, denominator: usize },
}

/// The columns that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) date: usize,
    pub(super) kind: Kind,
}

impl Roles {
    /// The columns with numbers: the value, or numerator and denominator.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> + use<> {
        let (first, second) = match self.kind {
            Kind::Value(column) => (column, None),
            Kind::Rate { numerator, denominator } => (numerator, Some(denominator)),
        };
        std::iter::once(first).chain(second)
    }

    /// What the chart is called.
    pub(super) fn name(&self, table: &Table) -> String {
        match self.kind {
            Kind::Value(column) => table.name(column).to_owned(),
            Kind::Rate { numerator, denominator } => {
                format!("{} / {}", table.name(numerator), table.name(denominator))
            }
        }
    }
}

const DATE_NAMES: [&str; 16] = [
    "date", "week", "day", "month", "period", "time", "datum", "woche", "tag", "monat", "kw", "fecha",
    "semana", "día", "dia", "mes",
];
const VALUE_NAMES: [&str; 13] = [
    "value",
    "wert",
    "valor",
    "rate",
    "percent",
    "percentage",
    "result",
    "measure",
    "y",
    "quote",
    "prozent",
    "porcentaje",
    "tasa",
];
const NUMERATOR_NAMES: [&str; 5] = ["numerator", "zähler", "zaehler", "numerador", "num"];
const DENOMINATOR_NAMES: [&str; 5] = ["denominator", "nenner", "denominador", "den", "denom"];

/// Finds the columns.
pub(super) fn roles(table: &Table, columns: &Columns) -> Result<Roles, ChartFileError> {
    let named = |name: &Option<String>| name.as_ref().map(|name| find(table, name)).transpose();
    let (value, numerator, denominator) =
        (named(&columns.value)?, named(&columns.numerator)?, named(&columns.denominator)?);
    let taken = [value, numerator, denominator];
    let date = match named(&columns.date)? {
        Some(column) => column,
        None => guess_date(table, &taken)?,
    };
    let kind = match (value, numerator, denominator) {
        (Some(value), None, None) => Kind::Value(value),
        (None, Some(numerator), Some(denominator)) => Kind::Rate { numerator, denominator },
        (None, None, None) => guess_kind(table, date)?,
        _ => return Err(ChartFileError::HalfARate),
    };
    Ok(Roles { date, kind })
}

/// A column by its name, upper and lower case alike.
fn find(table: &Table, name: &str) -> Result<usize, ChartFileError> {
    let wanted = name.trim();
    let exact = table.names.iter().position(|column| column == wanted);
    let alike = || table.names.iter().position(|column| column.to_lowercase() == wanted.to_lowercase());
    exact
        .or_else(alike)
        .ok_or_else(|| ChartFileError::NoSuchColumn { wanted: name.to_owned(), columns: table.names.clone() })
}

/// Whether a heading is or begins with one of the names: `Week starting`, `value (%)`.
fn is_called(heading: &str, names: &[&str]) -> bool {
    let heading = heading.to_lowercase();
    heading.split(|letter: char| !letter.is_alphanumeric()).any(|word| names.contains(&word))
}

/// Whether at least half of the cells that hold anything satisfy `is`, and any does. Of a column that is `called`
/// by its role a single one is enough: the others are then named as bad lines.
fn mostly(table: &Table, column: usize, called: &[&str], is: impl Fn(&str) -> bool) -> bool {
    let (mut held, mut good) = (0_usize, 0_usize);
    for cell in table.rows.iter().map(|row| row.cell(column)).filter(|cell| !number::is_missing(cell)) {
        held += 1;
        good += usize::from(is(cell));
    }
    good > 0 && (2 * good >= held || is_called(table.name(column), called))
}

fn guess_date(table: &Table, taken: &[Option<usize>]) -> Result<usize, ChartFileError> {
    let dates: Vec<usize> = (0..table.names.len())
        .filter(|column| !taken.contains(&Some(*column)))
        .filter(|column| mostly(table, *column, &DATE_NAMES, |cell| date::read(cell).is_some()))
        .collect();
    let called = dates.iter().find(|column| is_called(table.name(**column), &DATE_NAMES));
    called
        .or(dates.first())
        .copied()
        .ok_or_else(|| ChartFileError::NoDateColumn { columns: table.names.clone() })
}

fn guess_kind(table: &Table, date: usize) -> Result<Kind, ChartFileError> {
    let is_number = |cell: &str| {
        number::number(cell, Style::Point).is_some() || number::number(cell, Style::Comma).is_some()
    };
    let numbers: Vec<usize> = (0..table.names.len())
        .filter(|column| *column != date && mostly(table, *column, &VALUE_NAMES, is_number))
        // A second column of dates such as 20240304 is no value.
        .filter(|column| !mostly(table, *column, &DATE_NAMES, |cell| date::read(cell).is_some()))
        .collect();
    let called =
        |names: &[&str]| numbers.iter().copied().find(|column| is_called(table.name(*column), names));
    if let (Some(numerator), Some(denominator)) = (called(&NUMERATOR_NAMES), called(&DENOMINATOR_NAMES)) {
        return Ok(Kind::Rate { numerator, denominator });
    }
    if let Some(value) = called(&VALUE_NAMES) {
        return Ok(Kind::Value(value));
    }
    match numbers.as_slice() {
        [] => Err(ChartFileError::NoValueColumn { columns: table.names.clone() }),
        [value] => Ok(Kind::Value(*value)),
        several => Err(ChartFileError::SeveralValueColumns {
            columns: several.iter().map(|column| table.name(*column).to_owned()).collect(),
        }),
    }
}
