//! What stops a draft from being used, as data; and the words for it.

use plaza_connect::ConnectError;
use plaza_domain::journey::Milestone;
use plaza_domain::language::Language;
use plaza_domain::record::Field;

use super::words::{pick, refused};
use crate::page::integration::Problem;
use crate::staging::field_word;

/// The step of the wizard where something is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Files,
    Found,
    Fields,
    Dates,
    Values,
    Route,
    Rules,
    Finish,
}

impl Step {
    const fn word(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Found => "found",
            Self::Fields => "fields",
            Self::Dates => "dates",
            Self::Values => "values",
            Self::Route => "route",
            Self::Rules => "rules",
            Self::Finish => "finish",
        }
    }
}

/// Something that stops a draft.
#[derive(Debug)]
pub(super) struct Fault {
    /// Where it is in the draft: `stream[0].fields.promised`.
    pub(super) path: String,
    pub(super) step: Step,
    pub(super) stream: Option<String>,
    pub(super) field: Option<Field>,
    pub(super) what: What,
}

/// What it is.
#[derive(Debug)]
pub(super) enum What {
    NoId,
    NoName,
    NoSystem,
    Taken {
        id: String,
    },
    NoStreams,
    NoStreamName,
    SameStreamName {
        name: String,
    },
    NoFiles {
        stream: String,
    },
    /// It asks a system, and nothing says which.
    NoConnection {
        stream: String,
    },
    /// A setting of the connection is missing.
    NoSetting {
        setting: &'static str,
    },
    /// It says neither what is read nor by which query.
    NoFrom {
        stream: String,
    },
    /// The system was not asked for its first rows yet.
    NoExcerpt {
        stream: String,
    },
    RelativePath {
        path: String,
    },
    Refused(ConnectError),
    BadSnapshotDate {
        text: String,
    },
    NotMapped {
        stream: String,
        field: Field,
    },
    NoOrdered,
    NoSource {
        field: Field,
    },
    NoColumn {
        column: String,
        file: String,
    },
    NoColumnAtAll {
        column: String,
    },
    BadDateFormat {
        field: Field,
        text: String,
    },
    BadMark {
        field: Field,
        text: String,
    },
    BadMeaning {
        field: Field,
        value: String,
        word: String,
    },
    NoConstant {
        field: Field,
    },
    BadConstant {
        field: Field,
        constant: String,
    },
    DayOrMonth {
        column: String,
        example: String,
    },
    DecimalMark {
        column: String,
        example: String,
    },
    NoDates {
        column: String,
        example: String,
    },
    NoNumbers {
        column: String,
        example: String,
    },
    /// Dates that a spreadsheet has destroyed: only a new export helps.
    Lost {
        column: String,
        hint: plaza_domain::cell::Hint,
    },
    SerialDates {
        column: String,
        example: String,
    },
    NoMeanings {
        column: String,
    },
    NoLegs,
    NoPromiser,
    NoOwner {
        leg: Milestone,
    },
    NoDepartment {
        id: String,
    },
    OrderedLeg,
    RepeatedLeg {
        leg: Milestone,
    },
    PromiseNotOnRoute {
        milestone: Milestone,
    },
    NoStandard {
        leg: Milestone,
    },
    UnknownRule {
        rule: String,
    },
    FixedRule {
        rule: String,
    },
    FileRule {
        rule: String,
    },
    RequiredUnmapped {
        field: Field,
    },
    RangeOfNoNumber {
        field: Field,
    },
    EmptyRange {
        field: Field,
    },
    /// A new column is not read, so it has no value to drop.
    NothingToDrop,
    BadZone {
        zone: String,
    },
    Other {
        message: String,
    },
}

impl Fault {
    /// As the wizard shows it.
    pub(super) fn problem(&self, language: Language) -> Problem {
        Problem {
            step: self.step.word().to_owned(),
            stream: self.stream.clone(),
            field: self.field.map(field_word),
            words: self.what.words(language),
        }
    }
}

impl What {
    /// In the reader's words.
    #[allow(clippy::too_many_lines)] // a list of sentences, which reads best as one
    pub(super) fn words(&self, language: Language) -> String {
        let say = |english: String, german: String, spanish: String| pick(language, english, german, spanish);
        match self {
            Self::NoId => say(
                "The short name may have lower-case letters, digits and hyphens, 40 at most.".into(),
                "Der Kurzname darf Kleinbuchstaben, Ziffern und Bindestriche haben, höchstens 40.".into(),
                "El nombre corto puede tener minúsculas, cifras y guiones, 40 como máximo.".into(),
            ),
            Self::NoName => say(
                "Give the integration a name.".into(),
                "Die Integration braucht einen Namen.".into(),
                "La integración necesita un nombre.".into(),
            ),
            Self::NoSystem => say(
                "Name the system that the orders live in.".into(),
                "Das System fehlt, in dem die Aufträge leben.".into(),
                "Falta el sistema en el que viven los pedidos.".into(),
            ),
            Self::Taken { id } => say(
                format!(
                    "There is an integration “{id}” already. Change it on its own page, or choose another short name."
                ),
                format!(
                    "Es gibt schon eine Integration „{id}“. Bitte dort ändern oder einen anderen Kurznamen wählen."
                ),
                format!("Ya hay una integración “{id}”. Cámbiela en su página o elija otro nombre corto."),
            ),
            Self::NoStreams => say(
                "No table is used yet: choose a file.".into(),
                "Noch wird keine Tabelle verwendet: bitte eine Datei wählen.".into(),
                "Todavía no se usa ninguna tabla: elija un archivo.".into(),
            ),
            Self::NoStreamName => say(
                "Each stream needs a name.".into(),
                "Jeder Strom braucht einen Namen.".into(),
                "Cada flujo necesita un nombre.".into(),
            ),
            Self::SameStreamName { name } => say(
                format!("Two streams are called “{name}”; each needs a name of its own."),
                format!("Zwei Ströme heißen „{name}“; jeder braucht seinen eigenen Namen."),
                format!("Dos flujos se llaman “{name}”; cada uno necesita su propio nombre."),
            ),
            Self::NoFiles { stream } => say(
                format!("“{stream}” has neither files nor a folder."),
                format!("„{stream}“ hat weder Dateien noch einen Ordner."),
                format!("“{stream}” no tiene ni archivos ni carpeta."),
            ),
            Self::NoConnection { stream } => say(
                format!("“{stream}” asks a system, and no connection says which."),
                format!("„{stream}“ fragt ein System, und keine Verbindung sagt, welches."),
                format!("“{stream}” pregunta a un sistema y ninguna conexión dice a cuál."),
            ),
            Self::NoSetting { setting } => {
                let setting = setting_word(setting, language);
                say(
                    format!("The connection lacks something: {setting}."),
                    format!("Der Verbindung fehlt etwas: {setting}."),
                    format!("A la conexión le falta algo: {setting}."),
                )
            }
            Self::NoFrom { stream } => say(
                format!("“{stream}”: say what is read, or write a query."),
                format!("„{stream}“: was wird gelesen? Bitte wählen oder eine Abfrage schreiben."),
                format!("“{stream}”: diga qué se lee o escriba una consulta."),
            ),
            Self::NoExcerpt { stream } => say(
                format!("“{stream}”: the first rows have not been read yet."),
                format!("„{stream}“: die ersten Zeilen sind noch nicht gelesen."),
                format!("“{stream}”: aún no se han leído las primeras filas."),
            ),
            Self::RelativePath { path } => say(
                format!("“{path}” does not say in which folder it is: choose the file again."),
                format!("„{path}“ sagt nicht, in welchem Ordner die Datei liegt: bitte neu wählen."),
                format!("“{path}” no dice en qué carpeta está: elija el archivo de nuevo."),
            ),
            Self::Refused(error) => refused(error, language),
            Self::BadSnapshotDate { text } => say(
                format!(
                    "“{text}” is neither a day (2026-03-01) nor a file name with a date in braces (orders_{{yyyy-MM-dd}}.csv)."
                ),
                format!(
                    "„{text}“ ist weder ein Tag (2026-03-01) noch ein Dateiname mit Datum in Klammern (orders_{{yyyy-MM-dd}}.csv)."
                ),
                format!(
                    "“{text}” no es ni un día (2026-03-01) ni un nombre de archivo con la fecha entre llaves (orders_{{yyyy-MM-dd}}.csv)."
                ),
            ),
            Self::NotMapped { stream, field } => {
                let field = field_word(*field);
                say(
                    format!("“{stream}”: say which column is “{field}”; without it no row can be used."),
                    format!(
                        "„{stream}“: welche Spalte ist „{field}“? Ohne sie ist keine Zeile zu gebrauchen."
                    ),
                    format!("“{stream}”: diga qué columna es “{field}”; sin ella no sirve ninguna fila."),
                )
            }
            Self::NoOrdered => say(
                "No column says when it was ordered: with that day a journey begins.".into(),
                "Keine Spalte sagt, wann bestellt wurde: mit diesem Tag beginnt eine Reise.".into(),
                "Ninguna columna dice cuándo se pidió: con ese día empieza un recorrido.".into(),
            ),
            Self::NoSource { field } => {
                let field = field_word(*field);
                say(
                    format!("“{field}” names neither a column nor a value for all rows."),
                    format!("„{field}“ nennt weder eine Spalte noch einen Wert für alle Zeilen."),
                    format!("“{field}” no nombra ni una columna ni un valor para todas las filas."),
                )
            }
            Self::NoColumn { column, file } => say(
                format!("{file} has no column “{column}”, other files of the stream do."),
                format!("{file} hat keine Spalte „{column}“, andere Dateien des Stroms haben sie."),
                format!("{file} no tiene la columna “{column}”; otros archivos del flujo sí."),
            ),
            Self::NoColumnAtAll { column } => say(
                format!("There is no column “{column}” in the file."),
                format!("Die Datei hat keine Spalte „{column}“."),
                format!("El archivo no tiene la columna “{column}”."),
            ),
            Self::BadDateFormat { field, text } => {
                let field = field_word(*field);
                say(
                    format!(
                        "“{field}”: “{text}” is no way to write a date; examples are yyyy-MM-dd and d.M.yyyy HH:mm."
                    ),
                    format!(
                        "„{field}“: „{text}“ ist keine Schreibweise eines Datums; Beispiele sind yyyy-MM-dd und d.M.yyyy HH:mm."
                    ),
                    format!(
                        "“{field}”: “{text}” no es una forma de escribir fechas; ejemplos son yyyy-MM-dd y d.M.yyyy HH:mm."
                    ),
                )
            }
            Self::BadMark { field, text } => {
                let field = field_word(*field);
                say(
                    format!("“{field}”: “{text}” is no decimal mark; it is a point or a comma."),
                    format!("„{field}“: „{text}“ ist kein Dezimalzeichen; es ist ein Punkt oder ein Komma."),
                    format!("“{field}”: “{text}” no es un signo decimal; es un punto o una coma."),
                )
            }
            Self::BadMeaning { field, value, word } => {
                let field = field_word(*field);
                say(
                    format!("“{field}”: “{value}” cannot mean “{word}”."),
                    format!("„{field}“: „{value}“ kann nicht „{word}“ bedeuten."),
                    format!("“{field}”: “{value}” no puede significar “{word}”."),
                )
            }
            Self::NoConstant { field } => {
                let field = field_word(*field);
                say(
                    format!("“{field}”: say which value every row has."),
                    format!("„{field}“: welchen Wert hat jede Zeile?"),
                    format!("“{field}”: diga qué valor tiene cada fila."),
                )
            }
            Self::BadConstant { field, constant } => {
                let field = field_word(*field);
                say(
                    format!("“{field}”: “{constant}” cannot be the value of every row."),
                    format!("„{field}“: „{constant}“ kann nicht der Wert jeder Zeile sein."),
                    format!("“{field}”: “{constant}” no puede ser el valor de cada fila."),
                )
            }
            Self::DayOrMonth { column, example } => say(
                format!(
                    "“{column}”: in {example}, which number is the day and which the month? No day in the column is above 12."
                ),
                format!(
                    "„{column}“: was ist in {example} der Tag und was der Monat? Kein Tag der Spalte liegt über 12."
                ),
                format!(
                    "“{column}”: en {example}, ¿qué número es el día y cuál el mes? Ningún día de la columna pasa de 12."
                ),
            ),
            Self::DecimalMark { column, example } => say(
                format!(
                    "“{column}”: is the mark in {example} a decimal mark, or does it separate thousands?"
                ),
                format!(
                    "„{column}“: ist das Zeichen in {example} ein Dezimalzeichen, oder trennt es Tausender?"
                ),
                format!("“{column}”: ¿el signo de {example} es decimal o separa millares?"),
            ),
            Self::NoDates { column, example } => say(
                format!("“{column}” holds no dates (such as “{example}”): choose another column."),
                format!(
                    "„{column}“ enthält keine Daten (etwa „{example}“): bitte eine andere Spalte wählen."
                ),
                format!("“{column}” no contiene fechas (como “{example}”): elija otra columna."),
            ),
            Self::NoNumbers { column, example } => say(
                format!("“{column}” holds no numbers (such as “{example}”): choose another column."),
                format!(
                    "„{column}“ enthält keine Zahlen (etwa „{example}“): bitte eine andere Spalte wählen."
                ),
                format!("“{column}” no contiene números (como “{example}”): elija otra columna."),
            ),
            Self::Lost { column, hint } => {
                let words = super::words::hint(hint, language);
                say(
                    format!("“{column}”: {words}"),
                    format!("„{column}“: {words}"),
                    format!("“{column}”: {words}"),
                )
            }
            Self::SerialDates { column, example } => say(
                format!("“{column}”: are numbers such as {example} days as a spreadsheet counts them?"),
                format!("„{column}“: sind Zahlen wie {example} Tage, wie eine Tabelle sie zählt?"),
                format!(
                    "“{column}”: ¿los números como {example} son días como los cuenta una hoja de cálculo?"
                ),
            ),
            Self::NoMeanings { column } => say(
                format!("“{column}”: no value has a meaning yet, so every row would wait in quarantine."),
                format!("„{column}“: noch hat kein Wert eine Bedeutung, jede Zeile käme in Quarantäne."),
                format!(
                    "“{column}”: ningún valor tiene aún significado; todas las filas esperarían en cuarentena."
                ),
            ),
            Self::NoLegs => say(
                "The route has no milestone yet: which ones does an order pass?".into(),
                "Der Weg hat noch keinen Meilenstein: welche passiert ein Auftrag?".into(),
                "La ruta aún no tiene hitos: ¿por cuáles pasa un pedido?".into(),
            ),
            Self::NoPromiser => say(
                "Say which department makes the promise.".into(),
                "Welche Abteilung gibt die Zusage?".into(),
                "Diga qué departamento hace la promesa.".into(),
            ),
            Self::NoOwner { leg } => {
                let leg = leg.word();
                say(
                    format!("Say which department owns the leg to “{leg}”."),
                    format!("Welcher Abteilung gehört der Abschnitt bis „{leg}“?"),
                    format!("Diga qué departamento responde del tramo hasta “{leg}”."),
                )
            }
            Self::NoDepartment { id } => say(
                format!("There is no department “{id}” in this workspace."),
                format!("In diesem Arbeitsbereich gibt es keine Abteilung „{id}“."),
                format!("En este espacio no hay ningún departamento “{id}”."),
            ),
            Self::OrderedLeg => say(
                "Every way begins with “ordered”; no leg can end there.".into(),
                "Jeder Weg beginnt mit „ordered“; dort kann kein Abschnitt enden.".into(),
                "Todo camino empieza por “ordered”; ningún tramo puede acabar ahí.".into(),
            ),
            Self::RepeatedLeg { leg } => {
                let leg = leg.word();
                say(
                    format!("“{leg}” is on the route twice."),
                    format!("„{leg}“ ist zweimal auf dem Weg."),
                    format!("“{leg}” está dos veces en la ruta."),
                )
            }
            Self::PromiseNotOnRoute { milestone } => {
                let milestone = milestone.word();
                say(
                    format!("The promise is about “{milestone}”, which is not on the route."),
                    format!("Die Zusage gilt „{milestone}“, das nicht auf dem Weg liegt."),
                    format!("La promesa es sobre “{milestone}”, que no está en la ruta."),
                )
            }
            Self::NoStandard { leg } => {
                let leg = leg.word();
                say(
                    format!("How many days may the leg to “{leg}” take as a rule?"),
                    format!("Wie viele Tage darf der Abschnitt bis „{leg}“ in der Regel dauern?"),
                    format!("¿Cuántos días puede durar por norma el tramo hasta “{leg}”?"),
                )
            }
            Self::UnknownRule { rule } => say(
                format!("There is no rule “{rule}”."),
                format!("Eine Regel „{rule}“ gibt es nicht."),
                format!("No hay ninguna regla “{rule}”."),
            ),
            Self::FixedRule { rule } => say(
                format!("The rule “{rule}” cannot be changed: without it a row could not be counted at all."),
                format!("Die Regel „{rule}“ ist fest: ohne sie wäre eine Zeile gar nicht zählbar."),
                format!("La regla “{rule}” no se puede cambiar: sin ella una fila no podría contarse."),
            ),
            Self::FileRule { rule } => say(
                format!("The rule “{rule}” speaks of a whole file: it can only warn or be off."),
                format!("Die Regel „{rule}“ betrifft eine ganze Datei: sie kann nur warnen oder aus sein."),
                format!("La regla “{rule}” trata del archivo entero: solo puede avisar o estar apagada."),
            ),
            Self::RequiredUnmapped { field } => {
                let field = field_word(*field);
                say(
                    format!("“{field}” is needed in every row, but no column is mapped to it."),
                    format!("„{field}“ ist in jeder Zeile nötig, aber keine Spalte ist zugeordnet."),
                    format!("“{field}” es necesario en cada fila, pero no tiene columna."),
                )
            }
            Self::RangeOfNoNumber { field } => {
                let field = field_word(*field);
                say(
                    format!("“{field}” is no number and can have no smallest or largest value."),
                    format!("„{field}“ ist keine Zahl und hat keinen kleinsten oder größten Wert."),
                    format!("“{field}” no es un número y no puede tener mínimo ni máximo."),
                )
            }
            Self::EmptyRange { field } => {
                let field = field_word(*field);
                say(
                    format!("“{field}”: the smallest value is above the largest."),
                    format!("„{field}“: der kleinste Wert liegt über dem größten."),
                    format!("“{field}”: el mínimo es mayor que el máximo."),
                )
            }
            Self::NothingToDrop => say(
                "A new column is not read until it is mapped, so there is no value to drop.".to_owned(),
                "Eine neue Spalte wird erst gelesen, wenn sie zugeordnet ist: es gibt keinen Wert zu verwerfen."
                    .to_owned(),
                "Una columna nueva no se lee hasta asignarla, así que no hay valor que descartar.".to_owned(),
            ),
            Self::BadZone { zone } => say(
                format!("“{zone}” is no time zone; an example is Europe/Berlin."),
                format!("„{zone}“ ist keine Zeitzone; ein Beispiel ist Europe/Berlin."),
                format!("“{zone}” no es una zona horaria; un ejemplo es Europe/Madrid."),
            ),
            Self::Other { message } => message.clone(),
        }
    }
}

/// What people call a setting of a connection.
fn setting_word(setting: &str, language: Language) -> String {
    let words = match setting {
        "host" => ("the server", "der Server", "el servidor"),
        "database" => ("the database", "die Datenbank", "la base de datos"),
        "user" => ("the user", "der Benutzer", "el usuario"),
        "path" => ("the file", "die Datei", "el archivo"),
        "url" => ("the address", "die Adresse", "la dirección"),
        "command" => ("the program", "das Programm", "el programa"),
        other => (other, other, other),
    };
    pick(language, words.0.to_owned(), words.1.to_owned(), words.2.to_owned())
}
