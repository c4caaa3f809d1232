//! Findings in words, for the people who must do something about them: the one place where they are written.

use plaza_connect::Damage;
use plaza_domain::cell::{CellFault, Quantity};
use plaza_domain::language::Language;
use plaza_domain::record::Field;
use serde::Serialize;

use super::{Finding, schema_words};

/// The sentence for a finding.
pub fn words(finding: &Finding, language: Language) -> String {
    if let Some(words) = schema_words::words(finding, language) {
        return words;
    }
    match language {
        Language::En => english(finding),
        Language::De => german(finding),
        Language::Es => spanish(finding),
    }
}

/// The word that TOML uses for a field or milestone: people find it there again.
fn word(field: impl Serialize) -> String {
    serde_json::to_value(field).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn amount(field: Field, number: i64) -> String {
    if field == Field::Value {
        format!("{}.{:02}", number / 100, number.abs() % 100)
    } else {
        Quantity(number).to_string()
    }
}

fn bounds(field: Field, min: Option<i64>, max: Option<i64>) -> String {
    let side = |bound: Option<i64>| bound.map_or_else(|| "…".to_owned(), |bound| amount(field, bound));
    format!("{} – {}", side(min), side(max))
}

fn english(finding: &Finding) -> String {
    match finding {
        Finding::Damaged { message, .. } => format!("The row cannot be read: {message}."),
        Finding::Required { field } => {
            format!("“{}” is empty, and without it the row cannot be used.", word(field))
        }
        Finding::Type { field, fault } => format!("In “{}”, {fault}.", word(field)),
        Finding::TooEarly { field, day, earliest } => {
            format!(
                "“{}” is {day}, before {earliest}, the earliest believable day. Was the year read wrongly?",
                word(field)
            )
        }
        Finding::InFuture { field, day, today } => {
            format!("“{}” is {day}, but today is {today}: it cannot have happened yet.", word(field))
        }
        Finding::TooFarAhead { field, day, latest } => {
            format!("“{}” is {day}, later than {latest}, the last believable day.", word(field))
        }
        Finding::TooFarFromOrder { field, day, ordered, longest_days } => format!(
            "“{}” is {day}, but it was ordered on {ordered}: more than {longest_days} days lie between them.",
            word(field)
        ),
        Finding::Range { field, number, min, max } => {
            format!(
                "“{}” is {}, outside {}.",
                word(field),
                amount(*field, *number),
                bounds(*field, *min, *max)
            )
        }
        Finding::NegativeQuantity { field, quantity } => {
            format!("“{}” is negative: {}.", word(field), Quantity(*quantity))
        }
        Finding::QuantityOrder { field, quantity, limit_field, limit } => format!(
            "“{}” is {}, more than “{}”, which is {}.",
            word(field),
            Quantity(*quantity),
            word(limit_field),
            Quantity(*limit)
        ),
        Finding::MilestoneOrder { milestone, on, later, later_on } => {
            format!("“{}” is dated {on}, after “{}” on {later_on}.", word(milestone), word(later))
        }
        Finding::UnknownStatus { value } => {
            format!("The mapping does not say what the status “{value}” means.")
        }
        Finding::UnknownReason { field, value } => {
            format!("The mapping does not say whose the reason “{value}” in “{}” is.", word(field))
        }
        Finding::UniqueKey { other_row } => {
            format!("Row {other_row} has the same key and says something else. Which one is right?")
        }
        Finding::Duplicate { other_row } => format!("The same as row {other_row}; counted once."),
        Finding::NotOrdered => "No record says when it was ordered, so it is not a journey yet.".to_owned(),
        Finding::KeyCollision { other } => format!("Its key in the store belongs to {other} already."),
        Finding::RowCount { rows, before } => format!("{rows} rows, last time {before}."),
        Finding::NullShare { field, percent, before_percent } => {
            format!("“{}” is empty in {percent} % of the rows, last time in {before_percent} %.", word(field))
        }
        // Said in `schema_words`, in every language.
        Finding::NewColumn { .. }
        | Finding::MissingColumn { .. }
        | Finding::RetypedColumn { .. }
        | Finding::ChangedColumn { .. }
        | Finding::StaleData { .. } => String::new(),
        Finding::RepeatedDates { field, rows, example } => format!(
            "In {rows} rows “{}” repeats the moment of the row above, or goes on by exactly one day (such as {example}): was it \
             filled down in a spreadsheet? Such dates are invented.",
            word(field)
        ),
    }
}

fn german(finding: &Finding) -> String {
    match finding {
        Finding::Damaged { damage, .. } => format!("Die Zeile ist nicht lesbar ({}).", damage_german(damage)),
        Finding::Required { field } => {
            format!("„{}“ ist leer, und ohne diese Angabe ist die Zeile nicht zu gebrauchen.", word(field))
        }
        Finding::Type { field, fault } => format!("In „{}“: {}.", word(field), fault_german(fault)),
        Finding::TooEarly { field, day, earliest } => format!(
            "„{}“ ist der {day}, vor dem {earliest}, dem frühesten glaubhaften Tag. Wurde das Jahr falsch gelesen?",
            word(field)
        ),
        Finding::InFuture { field, day, today } => {
            format!(
                "„{}“ ist der {day}, heute ist aber der {today}: das kann noch nicht geschehen sein.",
                word(field)
            )
        }
        Finding::TooFarAhead { field, day, latest } => {
            format!("„{}“ ist der {day}, nach dem {latest}, dem letzten glaubhaften Tag.", word(field))
        }
        Finding::TooFarFromOrder { field, day, ordered, longest_days } => format!(
            "„{}“ ist der {day}, bestellt wurde aber am {ordered}: dazwischen liegen mehr als {longest_days} Tage.",
            word(field)
        ),
        Finding::Range { field, number, min, max } => {
            format!(
                "„{}“ ist {}, außerhalb von {}.",
                word(field),
                amount(*field, *number),
                bounds(*field, *min, *max)
            )
        }
        Finding::NegativeQuantity { field, quantity } => {
            format!("„{}“ ist negativ: {}.", word(field), Quantity(*quantity))
        }
        Finding::QuantityOrder { field, quantity, limit_field, limit } => format!(
            "„{}“ ist {}, mehr als „{}“ mit {}.",
            word(field),
            Quantity(*quantity),
            word(limit_field),
            Quantity(*limit)
        ),
        Finding::MilestoneOrder { milestone, on, later, later_on } => {
            format!("„{}“ trägt das Datum {on}, nach „{}“ am {later_on}.", word(milestone), word(later))
        }
        Finding::UnknownStatus { value } => {
            format!("Die Zuordnung sagt nicht, was der Status „{value}“ bedeutet.")
        }
        Finding::UnknownReason { field, value } => {
            format!("Die Zuordnung sagt nicht, wem der Grund „{value}“ in „{}“ gehört.", word(field))
        }
        Finding::UniqueKey { other_row } => {
            format!("Zeile {other_row} hat denselben Schlüssel und sagt etwas anderes. Welche stimmt?")
        }
        Finding::Duplicate { other_row } => format!("Dieselbe Zeile wie {other_row}; einmal gezählt."),
        Finding::NotOrdered => {
            "Kein Datensatz sagt, wann bestellt wurde; es ist noch keine Reise.".to_owned()
        }
        Finding::KeyCollision { other } => format!("Der Schlüssel im Speicher gehört schon {other}."),
        Finding::RowCount { rows, before } => format!("{rows} Zeilen, beim letzten Mal {before}."),
        Finding::NullShare { field, percent, before_percent } => {
            format!(
                "„{}“ ist in {percent} % der Zeilen leer, beim letzten Mal in {before_percent} %.",
                word(field)
            )
        }
        // Said in `schema_words`, in every language.
        Finding::NewColumn { .. }
        | Finding::MissingColumn { .. }
        | Finding::RetypedColumn { .. }
        | Finding::ChangedColumn { .. }
        | Finding::StaleData { .. } => String::new(),
        Finding::RepeatedDates { field, rows, example } => format!(
            "In {rows} Zeilen wiederholt „{}“ den Zeitpunkt der Zeile darüber oder liegt genau einen Tag später (etwa {example}): wurde in einer Tabelle \
             nach unten ausgefüllt? Solche Daten sind erfunden.",
            word(field)
        ),
    }
}

/// Why a cell cannot be read.
pub(crate) fn fault_words(fault: &CellFault, language: Language) -> String {
    match language {
        Language::En => fault.to_string(),
        Language::De => fault_german(fault),
        Language::Es => fault_spanish(fault),
    }
}

/// Why a row cannot be read.
pub(crate) fn damage_words(damage: &Damage, language: Language) -> String {
    match language {
        Language::En => damage.to_string(),
        Language::De => damage_german(damage.code()).to_owned(),
        Language::Es => damage_spanish(damage.code()).to_owned(),
    }
}

fn damage_german(damage: &str) -> &'static str {
    match damage {
        "too_few_cells" => "weniger Zellen als Spalten",
        "too_many_cells" => "mehr Zellen als Spalten",
        "unclosed_quote" => "ein Anführungszeichen wird nicht geschlossen",
        "text_after_quote" => "Text nach einem schließenden Anführungszeichen",
        "invalid_text" => "Bytes, die in dieser Kodierung kein Text sind",
        "nul_byte" => "ein Null-Byte",
        _ => "zu lang",
    }
}

fn fault_german(fault: &CellFault) -> String {
    let text = fault.text();
    match fault {
        CellFault::NotADate { format, .. } => format!("„{text}“ ist kein Datum der Form {format}"),
        CellFault::NoSuchDay { format, .. } => {
            format!("den Tag oder die Zeit „{text}“ gibt es nicht (gelesen als {format})")
        }
        CellFault::DateLost { .. } => format!(
            "„{text}“ enthält nur Minuten und Sekunden: eine Tabelle hat beim Speichern das Datum verloren; bitte aus dem \
             System selbst neu exportieren"
        ),
        CellFault::ImplausibleYear { year, first, last, .. } => {
            format!("„{text}“ liegt im Jahr {year}, außerhalb von {first} bis {last}")
        }
        CellFault::NotANumber { format, .. } => format!("„{text}“ ist keine Zahl der Form {format}"),
        CellFault::TooPrecise { decimals, .. } => {
            format!("„{text}“ hat mehr als {decimals} Nachkommastellen")
        }
        CellFault::TooLarge { .. } => format!("„{text}“ ist eine zu große Zahl"),
        CellFault::NotABoolean { .. } => format!("„{text}“ ist weder ja noch nein"),
        CellFault::SpreadsheetError { .. } => {
            format!("„{text}“ ist ein Fehler, den die Tabelle statt eines Wertes zeigt")
        }
    }
}

fn spanish(finding: &Finding) -> String {
    match finding {
        Finding::Damaged { damage, .. } => format!("No se puede leer la fila ({}).", damage_spanish(damage)),
        Finding::Required { field } => {
            format!("“{}” está vacío, y sin ese dato la fila no sirve.", word(field))
        }
        Finding::Type { field, fault } => format!("En “{}”: {}.", word(field), fault_spanish(fault)),
        Finding::TooEarly { field, day, earliest } => {
            format!(
                "“{}” es {day}, antes de {earliest}, el primer día creíble. ¿Se leyó mal el año?",
                word(field)
            )
        }
        Finding::InFuture { field, day, today } => {
            format!("“{}” es {day}, pero hoy es {today}: todavía no puede haber ocurrido.", word(field))
        }
        Finding::TooFarAhead { field, day, latest } => {
            format!("“{}” es {day}, después de {latest}, el último día creíble.", word(field))
        }
        Finding::TooFarFromOrder { field, day, ordered, longest_days } => {
            format!(
                "“{}” es {day}, pero se pidió el {ordered}: hay más de {longest_days} días entre ambos.",
                word(field)
            )
        }
        Finding::Range { field, number, min, max } => {
            format!(
                "“{}” es {}, fuera de {}.",
                word(field),
                amount(*field, *number),
                bounds(*field, *min, *max)
            )
        }
        Finding::NegativeQuantity { field, quantity } => {
            format!("“{}” es negativo: {}.", word(field), Quantity(*quantity))
        }
        Finding::QuantityOrder { field, quantity, limit_field, limit } => format!(
            "“{}” es {}, más que “{}”, que es {}.",
            word(field),
            Quantity(*quantity),
            word(limit_field),
            Quantity(*limit)
        ),
        Finding::MilestoneOrder { milestone, on, later, later_on } => {
            format!(
                "“{}” lleva la fecha {on}, posterior a “{}” del {later_on}.",
                word(milestone),
                word(later)
            )
        }
        Finding::UnknownStatus { value } => {
            format!("La asignación no dice qué significa el estado “{value}”.")
        }
        Finding::UnknownReason { field, value } => {
            format!("La asignación no dice de quién es el motivo “{value}” en “{}”.", word(field))
        }
        Finding::UniqueKey { other_row } => {
            format!("La fila {other_row} tiene la misma clave y dice otra cosa. ¿Cuál es la correcta?")
        }
        Finding::Duplicate { other_row } => format!("Igual que la fila {other_row}; se cuenta una vez."),
        Finding::NotOrdered => "Ningún registro dice cuándo se pidió; aún no es un recorrido.".to_owned(),
        Finding::KeyCollision { other } => format!("Su clave en el almacén ya pertenece a {other}."),
        Finding::RowCount { rows, before } => format!("{rows} filas; la última vez, {before}."),
        Finding::NullShare { field, percent, before_percent } => {
            format!(
                "“{}” está vacío en el {percent} % de las filas; la última vez, en el {before_percent} %.",
                word(field)
            )
        }
        // Said in `schema_words`, in every language.
        Finding::NewColumn { .. }
        | Finding::MissingColumn { .. }
        | Finding::RetypedColumn { .. }
        | Finding::ChangedColumn { .. }
        | Finding::StaleData { .. } => String::new(),
        Finding::RepeatedDates { field, rows, example } => format!(
            "En {rows} filas “{}” repite el momento de la fila anterior o va justo un día después (como {example}): ¿se rellenó hacia abajo en una \
             hoja de cálculo? Esas fechas son inventadas.",
            word(field)
        ),
    }
}

fn damage_spanish(damage: &str) -> &'static str {
    match damage {
        "too_few_cells" => "menos celdas que columnas",
        "too_many_cells" => "más celdas que columnas",
        "unclosed_quote" => "unas comillas no se cierran",
        "text_after_quote" => "texto después de las comillas de cierre",
        "invalid_text" => "bytes que no son texto en esta codificación",
        "nul_byte" => "un byte nulo",
        _ => "demasiado larga",
    }
}

fn fault_spanish(fault: &CellFault) -> String {
    let text = fault.text();
    match fault {
        CellFault::NotADate { format, .. } => format!("“{text}” no es una fecha de la forma {format}"),
        CellFault::NoSuchDay { format, .. } => {
            format!("“{text}” no es un día u hora que exista (leído como {format})")
        }
        CellFault::DateLost { .. } => format!(
            "“{text}” solo contiene minutos y segundos: una hoja de cálculo perdió la fecha al guardar; hay que exportar de \
             nuevo desde el propio sistema"
        ),
        CellFault::ImplausibleYear { year, first, last, .. } => {
            format!("“{text}” está en el año {year}, fuera de {first} a {last}")
        }
        CellFault::NotANumber { format, .. } => format!("“{text}” no es un número de la forma {format}"),
        CellFault::TooPrecise { decimals, .. } => format!("“{text}” tiene más de {decimals} decimales"),
        CellFault::TooLarge { .. } => format!("“{text}” es un número demasiado grande"),
        CellFault::NotABoolean { .. } => format!("“{text}” no es ni sí ni no"),
        CellFault::SpreadsheetError { .. } => {
            format!("“{text}” es un error que la hoja muestra en lugar de un valor")
        }
    }
}
