//! What is said of columns that changed, and of data that is old.

use plaza_domain::language::Language;

use super::plan::field_word;
use super::{ColumnChange, ColumnType, Finding};

impl ColumnType {
    /// What such cells are called.
    pub const fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Whole, Language::En) => "whole numbers",
            (Self::Whole, Language::De) => "ganze Zahlen",
            (Self::Whole, Language::Es) => "números enteros",
            (Self::Decimal, Language::En) => "numbers with decimals",
            (Self::Decimal, Language::De) => "Kommazahlen",
            (Self::Decimal, Language::Es) => "números con decimales",
            (Self::Date, Language::En) => "dates",
            (Self::Date, Language::De) => "Datumsangaben",
            (Self::Date, Language::Es) => "fechas",
            (Self::Words, Language::En) => "words",
            (Self::Words, Language::De) => "Wörter",
            (Self::Words, Language::Es) => "palabras",
        }
    }
}

/// The sentence for a finding about columns or old data; nothing for any other.
pub(super) fn words(finding: &Finding, language: Language) -> Option<String> {
    Some(match finding {
        Finding::NewColumn { column } => match language {
            Language::En => format!("The column “{column}” is new; it is not read until it is mapped."),
            Language::De => {
                format!("Die Spalte „{column}“ ist neu; gelesen wird sie erst, wenn sie zugeordnet ist.")
            }
            Language::Es => {
                format!("La columna “{column}” es nueva; no se lee hasta que se le asigne un campo.")
            }
        },
        Finding::MissingColumn { field, column } => {
            let field = field_word(*field);
            match language {
                Language::En => format!("The column “{column}” (for “{field}”) is missing."),
                Language::De => format!("Die Spalte „{column}“ (für „{field}“) fehlt."),
                Language::Es => format!("Falta la columna “{column}” (para “{field}”)."),
            }
        }
        Finding::RetypedColumn { column, before, now, .. } => {
            let (before, now) = (before.words(language), now.words(language));
            match language {
                Language::En => format!("The column “{column}” held {before} and now holds {now}."),
                Language::De => {
                    format!("In der Spalte „{column}“ standen {before}, jetzt stehen dort {now}.")
                }
                Language::Es => format!("La columna “{column}” contenía {before} y ahora contiene {now}."),
            }
        }
        Finding::ChangedColumn { column, change, .. } => row(column, *change, language),
        Finding::StaleData { newest, hours, limit } => match language {
            Language::En => format!(
                "The newest that the file knows of is of {newest}, {hours} hours ago; {limit} are allowed."
            ),
            Language::De => format!(
                "Das Neueste, was die Datei weiß, ist vom {newest}, {hours} Stunden alt; erlaubt sind {limit}."
            ),
            Language::Es => format!(
                "Lo más reciente que conoce el archivo es del {newest}, hace {hours} horas; se permiten {limit}."
            ),
        },
        _ => return None,
    })
}

/// Why a row waits.
fn row(column: &str, change: ColumnChange, language: Language) -> String {
    match (change, language) {
        (ColumnChange::New, Language::En) => format!("It has a value in the new column “{column}”."),
        (ColumnChange::New, Language::De) => format!("In der neuen Spalte „{column}“ steht ein Wert."),
        (ColumnChange::New, Language::Es) => format!("Tiene un valor en la columna nueva “{column}”."),
        (ColumnChange::Missing, Language::En) => format!("Its file lacks the column “{column}”."),
        (ColumnChange::Missing, Language::De) => format!("In der Datei fehlt die Spalte „{column}“."),
        (ColumnChange::Missing, Language::Es) => format!("A su archivo le falta la columna “{column}”."),
        (ColumnChange::Retyped, Language::En) => {
            format!("Its value in “{column}” is of another type than before, so it is not believed.")
        }
        (ColumnChange::Retyped, Language::De) => {
            format!("Der Wert in „{column}“ ist von anderer Art als bisher, deshalb wird ihm nicht geglaubt.")
        }
        (ColumnChange::Retyped, Language::Es) => {
            format!("Su valor en “{column}” es de otro tipo que antes, por lo que no se da por bueno.")
        }
    }
}
