//! The plan of a stream: which column gives which field, and how its cells are read.

use std::collections::BTreeMap;

use plaza_domain::cell::{CellFault, DateFormat, NumberFormat};
use plaza_domain::record::{ChangedBy, Field, FieldKind, Reason, Status};

use crate::integration::{FieldRead, FieldTable, Stream};

/// Longest list of column names that a message repeats.
const NAMES_SHOWN: usize = 40;

/// How one field is read.
#[derive(Clone, Debug)]
pub struct FieldPlan {
    /// Which field.
    pub field: Field,
    /// Which column, from nought; none for a constant.
    pub column: Option<usize>,
    /// The column's name, for messages.
    pub name: String,
    /// The value of every row, where there is no column.
    pub constant: String,
    /// Words that stand for no value, in lower case.
    pub empty_words: Vec<String>,
    /// How a cell becomes a value.
    pub reading: Reading,
}

/// How a cell becomes a value.
#[derive(Clone, Debug)]
pub enum Reading {
    /// As it stands.
    Text,
    /// A day: the first of these formats that fits.
    Day(Vec<DateFormat>),
    /// A point in time, likewise.
    Moment(Vec<DateFormat>),
    /// A quantity.
    Quantity(NumberFormat),
    /// An amount of money.
    Money(NumberFormat),
    /// A word that the mapping knows, in lower case, with its code.
    Code(Vec<(String, i64)>),
}

impl FieldPlan {
    /// Whether a cell that holds something stands for no value.
    pub(crate) fn is_empty_word(&self, cell: &[u8]) -> bool {
        if self.empty_words.is_empty() {
            return false;
        }
        std::str::from_utf8(cell).is_ok_and(|text| {
            let text = text.trim();
            self.empty_words
                .iter()
                .any(|word| text.eq_ignore_ascii_case(word) || text.to_lowercase() == *word)
        })
    }
}

impl Reading {
    /// Why a cell cannot be read this way, where it cannot.
    pub fn fault(&self, cell: &[u8]) -> Option<CellFault> {
        match self {
            Self::Text | Self::Code(_) => None,
            Self::Day(formats) | Self::Moment(formats) => {
                let mut faults = formats.iter().map(|format| format.parse(cell).err());
                let first = faults.next().flatten()?;
                faults.all(|fault| fault.is_some()).then_some(first)
            }
            Self::Quantity(format) => format.quantity(cell).err(),
            Self::Money(format) => format.money(cell, super::row::MINOR_DIGITS).err(),
        }
    }
}

/// How a stream's rows are read, as far as the integration says; columns are found when a file is opened.
#[derive(Clone, Debug)]
pub struct StreamPlan {
    /// One for each mapped field, in the order of the fields.
    pub fields: Vec<FieldPlan>,
    /// Fields whose reading must be found out from the whole column before a row can be read.
    pub open: Vec<Field>,
}

/// A plan for one file, ready to read rows.
pub type Plan = StreamPlan;

/// Why a stream cannot be read as it is mapped.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// A mapped column is not in the file.
    #[error("stream “{stream}”: {file} has no column “{column}” (for {field}); it has {}", shown(columns))]
    NoColumn {
        /// The stream.
        stream: String,
        /// The file.
        file: String,
        /// The field.
        field: String,
        /// The column.
        column: String,
        /// The columns there are.
        columns: Vec<String>,
    },
    /// A field without which no row means anything is not mapped.
    #[error("stream “{stream}”: “{field}” must be mapped")]
    NotMapped {
        /// The stream.
        stream: String,
        /// The field.
        field: String,
    },
    /// Neither column nor constant.
    #[error("stream “{stream}”: “{field}” names neither a column nor a constant")]
    NoSource {
        /// The stream.
        stream: String,
        /// The field.
        field: String,
    },
    /// A date or number format that means nothing.
    #[error("stream “{stream}”, “{field}”: {message}")]
    BadFormat {
        /// The stream.
        stream: String,
        /// The field.
        field: String,
        /// What is wrong.
        message: String,
    },
    /// A value is mapped to a word that means nothing.
    #[error("stream “{stream}”, “{field}”: “{value}” is mapped to “{word}”; it may be {allowed}")]
    BadValue {
        /// The stream.
        stream: String,
        /// The field.
        field: String,
        /// The source's value.
        value: String,
        /// What it is mapped to.
        word: String,
        /// What it may be mapped to.
        allowed: String,
    },
}

/// The place of the column of this name. A header that differs only in blanks and case is the same to everybody but a
/// program.
pub(crate) fn same_column<T: AsRef<str>>(columns: &[T], name: &str) -> Option<usize> {
    let exact = columns.iter().position(|column| column.as_ref() == name);
    let loose = || columns.iter().position(|column| column.as_ref().trim().eq_ignore_ascii_case(name.trim()));
    exact.or_else(loose)
}

fn shown(columns: &[String]) -> String {
    let mut text =
        columns.iter().take(NAMES_SHOWN).map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
    if columns.len() > NAMES_SHOWN {
        text.push_str(", …");
    }
    text
}

/// The word of a field in TOML.
pub(crate) fn field_word(field: Field) -> String {
    serde_json::to_value(field).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl StreamPlan {
    /// The plan of a stream. `departments` gives the position of a department in the list of those that mappings
    /// name; `None` for a word that is no department.
    pub fn of(stream: &Stream, departments: &mut dyn FnMut(&str) -> Option<u16>) -> Result<Self, PlanError> {
        if !stream.fields.contains_key(&Field::Order) {
            return Err(PlanError::NotMapped {
                stream: stream.name.clone(),
                field: field_word(Field::Order),
            });
        }
        let mut plan = Self { fields: Vec::new(), open: Vec::new() };
        for (field, table) in &stream.fields {
            let read = match table {
                FieldTable::Column(column) => {
                    FieldRead { column: Some(column.clone()), ..FieldRead::default() }
                }
                FieldTable::Read(read) => read.clone(),
            };
            if read.column.is_none() && read.constant.is_none() {
                return Err(PlanError::NoSource { stream: stream.name.clone(), field: field_word(*field) });
            }
            let (reading, is_open) = reading(stream, *field, &read, departments)?;
            if is_open {
                plan.open.push(*field);
            }
            plan.fields.push(FieldPlan {
                field: *field,
                column: None,
                name: read.column.clone().unwrap_or_default(),
                constant: if read.column.is_none() {
                    read.constant.unwrap_or_default()
                } else {
                    String::new()
                },
                empty_words: read.empty_words.iter().map(|word| word.trim().to_lowercase()).collect(),
                reading,
            });
        }
        Ok(plan)
    }

    /// The plan for a file with these columns.
    pub fn find_columns(&self, stream: &str, file: &str, columns: &[String]) -> Result<Plan, PlanError> {
        let mut plan = self.clone();
        for field in plan.fields.iter_mut().filter(|field| !field.name.is_empty()) {
            field.column = same_column(columns, &field.name);
            if field.column.is_none() {
                return Err(PlanError::NoColumn {
                    stream: stream.to_owned(),
                    file: file.to_owned(),
                    field: field_word(field.field),
                    column: field.name.clone(),
                    columns: columns.to_vec(),
                });
            }
        }
        Ok(plan)
    }

    /// The plan with these fields read as empty.
    #[must_use]
    pub fn without(&self, dropped: &[Field]) -> Self {
        let mut plan = self.clone();
        for field in plan.fields.iter_mut().filter(|field| dropped.contains(&field.field)) {
            field.name.clear();
            field.constant.clear();
        }
        plan.open.retain(|field| !dropped.contains(field));
        plan
    }

    /// Sets how an open field is read, once that is known.
    pub fn set_reading(&mut self, field: Field, reading: Reading) {
        if let Some(plan) = self.fields.iter_mut().find(|plan| plan.field == field) {
            plan.reading = reading;
        }
        self.open.retain(|open| *open != field);
    }

    /// Whether a field is mapped.
    pub fn has(&self, field: Field) -> bool {
        self.fields.iter().any(|plan| plan.field == field)
    }
}

fn reading(
    stream: &Stream,
    field: Field,
    read: &FieldRead,
    departments: &mut dyn FnMut(&str) -> Option<u16>,
) -> Result<(Reading, bool), PlanError> {
    let bad = |message: String| PlanError::BadFormat {
        stream: stream.name.clone(),
        field: field_word(field),
        message,
    };
    let dates = || -> Result<Vec<DateFormat>, PlanError> {
        read.formats
            .iter()
            .map(|text| {
                text.parse().map_err(|error: plaza_domain::cell::NotADateFormat| bad(error.to_string()))
            })
            .collect()
    };
    let number = || match read.decimal.as_deref() {
        None => Ok(None),
        Some(",") => Ok(Some(NumberFormat::stated(true))),
        Some(".") => Ok(Some(NumberFormat::stated(false))),
        Some(other) => Err(bad(format!("“{other}” is no decimal mark; it may be . or ,"))),
    };
    // A constant is written by whoever wrote the TOML, so its format is known.
    let is_constant = read.column.is_none();
    Ok(match field.kind() {
        FieldKind::Text => (Reading::Text, false),
        FieldKind::Date | FieldKind::Moment => {
            let formats = dates()?;
            let is_open = formats.is_empty() && !is_constant;
            let formats = if formats.is_empty() { vec![DateFormat::ISO] } else { formats };
            let reading = if field.kind() == FieldKind::Date {
                Reading::Day(formats)
            } else {
                Reading::Moment(formats)
            };
            (reading, is_open)
        }
        FieldKind::Quantity => {
            let format = number()?;
            (Reading::Quantity(format.unwrap_or(NumberFormat::POINT)), format.is_none() && !is_constant)
        }
        FieldKind::Money => {
            let format = number()?;
            (Reading::Money(format.unwrap_or(NumberFormat::POINT)), format.is_none() && !is_constant)
        }
        FieldKind::Code => (Reading::Code(codes(stream, field, &read.values, departments)?), false),
    })
}

/// The codes of a column's values.
fn codes(
    stream: &Stream,
    field: Field,
    values: &BTreeMap<String, String>,
    departments: &mut dyn FnMut(&str) -> Option<u16>,
) -> Result<Vec<(String, i64)>, PlanError> {
    let mut codes = Vec::new();
    for (value, word) in values {
        let code = match (field, word.as_str()) {
            (Field::Status, "open") => Some(Status::Open.code()),
            (Field::Status, "closed") => Some(Status::Closed.code()),
            (Field::Status, "cancelled") => Some(Status::Cancelled.code()),
            (Field::DateChangedBy, "us") => Some(ChangedBy::Us.code()),
            (Field::DateChangedBy, "customer") => Some(ChangedBy::Customer.code()),
            (Field::Status | Field::DateChangedBy, _) => None,
            (Field::CreditReason, "wrong_invoice" | "wrong-invoice") => Some(Reason::WrongInvoice.code()),
            (_, "unnamed") => Some(Reason::Unnamed.code()),
            (_, department) => departments(department).map(|position| Reason::Department(position).code()),
        };
        let allowed = match field {
            Field::Status => "open, closed or cancelled",
            Field::DateChangedBy => "us or customer",
            Field::CreditReason => "a department, wrong_invoice or unnamed",
            _ => "a department or unnamed",
        };
        let code = code.ok_or_else(|| PlanError::BadValue {
            stream: stream.name.clone(),
            field: field_word(field),
            value: value.clone(),
            word: word.clone(),
            allowed: allowed.to_owned(),
        })?;
        codes.push((value.trim().to_lowercase(), code));
    }
    Ok(codes)
}
