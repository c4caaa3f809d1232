//! What was found in files, in the reader's words: formats, hints, damage, and why a file cannot be used.

use plaza_connect::file::Looked;
use plaza_connect::{ConnectError, DamagedRow, Note};
use plaza_domain::cell::Hint;
use plaza_domain::language::Language;

use crate::staging::Finding;

/// The one of three texts that is in the reader's language.
pub(super) fn pick(language: Language, english: String, german: String, spanish: String) -> String {
    match language {
        Language::En => english,
        Language::De => german,
        Language::Es => spanish,
    }
}

fn still(language: Language, english: &str, german: &str, spanish: &str) -> String {
    pick(language, english.to_owned(), german.to_owned(), spanish.to_owned())
}

/// How a file is written: “CSV, semicolon, Windows-1252”.
pub(super) fn format(looked: &Looked, language: Language) -> String {
    match looked {
        Looked::Xlsx { .. } => "XLSX".to_owned(),
        Looked::Csv { dialect, .. } => {
            format!("CSV, {}, {}", delimiter(dialect.delimiter, language), encoding(dialect.encoding.name()))
        }
    }
}

fn delimiter(delimiter: u8, language: Language) -> String {
    match delimiter {
        b',' => still(language, "comma", "Komma", "coma"),
        b';' => still(language, "semicolon", "Semikolon", "punto y coma"),
        b'\t' => still(language, "tab", "Tabulator", "tabulador"),
        b'|' => still(language, "vertical bar", "senkrechter Strich", "barra vertical"),
        b':' => still(language, "colon", "Doppelpunkt", "dos puntos"),
        other => format!("“{}”", char::from(other)),
    }
}

fn encoding(name: &str) -> String {
    // The standard writes “windows-1252”, people with a capital.
    name.strip_prefix("windows-").map_or_else(|| name.to_owned(), |page| format!("Windows-{page}"))
}

/// A damaged row with its number.
pub(super) fn damaged(row: &DamagedRow, language: Language) -> String {
    let finding = Finding::Damaged { damage: row.damage.code().to_owned(), message: row.damage.to_string() };
    let words = crate::staging::words(&finding, language);
    let number = language.number(row.row as f64, 0);
    pick(
        language,
        format!("Row {number}: {words}"),
        format!("Zeile {number}: {words}"),
        format!("Fila {number}: {words}"),
    )
}

/// That there are more damaged rows than are listed.
pub(super) fn more_damaged(rows: u64, language: Language) -> String {
    let rows = language.number(rows as f64, 0);
    pick(
        language,
        format!("… and {rows} more."),
        format!("… und {rows} weitere."),
        format!("… y {rows} más."),
    )
}

/// What was guessed about a file or done to its names.
pub(super) fn note(note: &Note, language: Language) -> String {
    match note {
        Note::EncodingGuessed { encoding: name } => {
            let name = encoding(name);
            pick(
                language,
                format!("The encoding is guessed to be {name}: look whether letters with accents are right."),
                format!("Die Kodierung ist geraten: {name}. Bitte prüfen, ob die Umlaute stimmen."),
                format!("La codificación se supone {name}: compruebe que las letras con acento están bien."),
            )
        }
        Note::MostlyUtf8 => still(
            language,
            "The encoding is taken to be UTF-8, though some rows are not.",
            "Als Kodierung gilt UTF-8, obwohl einige Zeilen keines sind.",
            "Se toma UTF-8 como codificación, aunque algunas filas no lo son.",
        ),
        Note::NoNames => still(
            language,
            "The first row looks like data, so the columns have numbers for names.",
            "Die erste Zeile sieht nach Daten aus; die Spalten heißen daher nach ihrer Nummer.",
            "La primera fila parece de datos; por eso las columnas se llaman por su número.",
        ),
        Note::NamesBelow { row } => pick(
            language,
            format!(
                "The column names are taken from row {row}; the rows above have another number of cells."
            ),
            format!(
                "Die Spaltennamen stehen in Zeile {row}; die Zeilen darüber haben eine andere Zahl von Zellen."
            ),
            format!(
                "Los nombres de las columnas se toman de la fila {row}; las de arriba tienen otro número de celdas."
            ),
        ),
        Note::Uneven { percent, cells } => pick(
            language,
            format!("Only {percent} % of the first rows have {cells} cells."),
            format!("Nur {percent} % der ersten Zeilen haben {cells} Zellen."),
            format!("Solo el {percent} % de las primeras filas tiene {cells} celdas."),
        ),
        Note::Unnamed { column, called } => pick(
            language,
            format!("Column {column} has no name and is called “{called}”."),
            format!("Spalte {column} hat keinen Namen und heißt „{called}“."),
            format!("La columna {column} no tiene nombre y se llama “{called}”."),
        ),
        Note::Doubled { name, column, called } => pick(
            language,
            format!("The name “{name}” is there more than once; column {column} is called “{called}”."),
            format!("Den Namen „{name}“ gibt es mehrmals; Spalte {column} heißt „{called}“."),
            format!("El nombre “{name}” está más de una vez; la columna {column} se llama “{called}”."),
        ),
        Note::OneSheet { sheets, sheet } => pick(
            language,
            format!("The workbook has {sheets} sheets; “{sheet}” is read."),
            format!("Die Mappe hat {sheets} Blätter; gelesen wird „{sheet}“."),
            format!("El libro tiene {sheets} hojas; se lee “{sheet}”."),
        ),
    }
}

/// What a person should know about a column before trusting it.
#[allow(clippy::too_many_lines)] // a list of sentences, which reads best as one
pub(super) fn hint(hint: &Hint, language: Language) -> String {
    let count = |rows: u32| language.number(f64::from(rows), 0);
    match hint {
        Hint::DateLost { rows } => {
            let rows = count(*rows);
            pick(
                language,
                format!(
                    "{rows} cells hold only minutes and seconds (00:00.0): a spreadsheet lost the dates when it saved the file. Export it again from the system itself."
                ),
                format!(
                    "{rows} Zellen enthalten nur Minuten und Sekunden (00:00.0): eine Tabelle hat beim Speichern die Daten verloren. Bitte aus dem System selbst neu exportieren."
                ),
                format!(
                    "{rows} celdas solo contienen minutos y segundos (00:00.0): una hoja de cálculo perdió las fechas al guardar. Exporte de nuevo desde el propio sistema."
                ),
            )
        }
        Hint::HalfConverted { kept, kept_rows, converted, converted_rows, examples } => {
            let (kept_rows, converted_rows) = (count(*kept_rows), count(*converted_rows));
            let example = examples.first().map_or("", String::as_str);
            pick(
                language,
                format!(
                    "{converted_rows} dates of the form {converted} (such as {example}) are misread: all {kept_rows} of the form {kept} have days above 12, so a spreadsheet swapped the parts of every date that it could. Export the file again."
                ),
                format!(
                    "{converted_rows} Daten der Form {converted} (etwa {example}) sind falsch gelesen: alle {kept_rows} der Form {kept} haben Tage über 12, eine Tabelle hat also bei jedem anderen Datum die Teile vertauscht. Bitte neu exportieren."
                ),
                format!(
                    "{converted_rows} fechas de la forma {converted} (como {example}) están mal leídas: las {kept_rows} de la forma {kept} tienen días mayores que 12, así que una hoja de cálculo intercambió las partes de las demás. Exporte de nuevo."
                ),
            )
        }
        Hint::NoSuchDay { rows, examples } => {
            let rows = count(*rows);
            let example = examples.first().map_or_else(String::new, |example| format!(" ({})", example.text));
            pick(
                language,
                format!("{rows} cells look like dates but are no day of the calendar{example}."),
                format!("{rows} Zellen sehen wie Daten aus, aber den Tag gibt es nicht{example}."),
                format!("{rows} celdas parecen fechas, pero ese día no existe{example}."),
            )
        }
        Hint::ImplausibleYears { rows, years } => {
            let rows = count(*rows);
            let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            pick(
                language,
                format!(
                    "{rows} dates lie in years that cannot be meant: {years}. Were they read wrongly before?"
                ),
                format!(
                    "{rows} Daten liegen in Jahren, die nicht gemeint sein können: {years}. Wurden sie schon einmal falsch gelesen?"
                ),
                format!("{rows} fechas están en años que no pueden ser: {years}. ¿Se leyeron mal antes?"),
            )
        }
        Hint::FilledSeries { rows, examples } => {
            let rows = count(*rows);
            let example = examples.first().map_or_else(String::new, |example| format!(" ({})", example.text));
            pick(
                language,
                format!(
                    "{rows} cells are exactly one day after the row above, to the second{example}: they look dragged down in a spreadsheet, not recorded. Such dates are invented."
                ),
                format!(
                    "{rows} Zellen liegen auf die Sekunde genau einen Tag nach der Zeile darüber{example}: sie sehen nach unten ausgefüllt aus, nicht erfasst. Solche Daten sind erfunden."
                ),
                format!(
                    "{rows} celdas van exactamente un día después de la fila anterior, al segundo{example}: parecen rellenadas hacia abajo en una hoja de cálculo, no registradas. Esas fechas son inventadas."
                ),
            )
        }
        Hint::FilledDown { rows, longest_rows, first_row, text } => {
            let (rows, longest, first) = (count(*rows), count(*longest_rows), count(*first_row));
            pick(
                language,
                format!(
                    "{rows} cells repeat the row above; from row {first} on, {longest} rows all say “{text}”. They may be filled down, not recorded."
                ),
                format!(
                    "{rows} Zellen wiederholen die Zeile darüber; ab Zeile {first} steht {longest}-mal „{text}“. Vielleicht wurde nach unten ausgefüllt, nicht erfasst."
                ),
                format!(
                    "{rows} celdas repiten la fila anterior; desde la fila {first}, {longest} filas dicen “{text}”. Quizá se rellenaron hacia abajo."
                ),
            )
        }
        Hint::TwoDigitYears { window_start } => {
            let end = window_start + 99;
            pick(
                language,
                format!("Years have two digits and are taken to be from {window_start} to {end}."),
                format!("Jahre haben zwei Ziffern und gelten als {window_start} bis {end}."),
                format!("Los años tienen dos cifras y se toman de {window_start} a {end}."),
            )
        }
        Hint::MayBePackedDate => still(
            language,
            "The numbers may be dates written yyyyMMdd.",
            "Die Zahlen könnten Daten der Form yyyyMMdd sein.",
            "Los números pueden ser fechas escritas yyyyMMdd.",
        ),
        Hint::MayBeSerialDate => still(
            language,
            "The numbers may be dates as a spreadsheet counts days.",
            "Die Zahlen könnten Daten sein, wie eine Tabelle Tage zählt.",
            "Los números pueden ser fechas como las cuenta una hoja de cálculo.",
        ),
        Hint::Scientific { rows, example } => {
            let rows = count(*rows);
            pick(
                language,
                format!(
                    "{rows} cells have a power of ten ({example}): a spreadsheet dropped digits when it saved the file. Export it again from the system itself."
                ),
                format!(
                    "{rows} Zellen enthalten eine Zehnerpotenz ({example}): eine Tabelle hat beim Speichern Ziffern verloren. Bitte aus dem System selbst neu exportieren."
                ),
                format!(
                    "{rows} celdas tienen una potencia de diez ({example}): una hoja de cálculo perdió cifras al guardar. Exporte de nuevo desde el propio sistema."
                ),
            )
        }
        Hint::LeadingZeros { rows } => {
            let rows = count(*rows);
            pick(
                language,
                format!("{rows} cells begin with a nought: they are kept as text."),
                format!("{rows} Zellen beginnen mit einer Null: sie bleiben Text."),
                format!("{rows} celdas empiezan por cero: se conservan como texto."),
            )
        }
        Hint::SpreadsheetErrors { rows } => {
            let rows = count(*rows);
            pick(
                language,
                format!("{rows} cells hold a spreadsheet’s error instead of a value."),
                format!("{rows} Zellen enthalten einen Fehler der Tabelle statt eines Wertes."),
                format!("{rows} celdas contienen un error de la hoja de cálculo en vez de un valor."),
            )
        }
    }
}

/// Why a file or folder cannot be used.
pub(super) fn refused(error: &ConnectError, language: Language) -> String {
    if language == Language::En {
        let words = error.to_string();
        return format!("{words}.");
    }
    let say = |german: String, spanish: String| {
        if language == Language::De { german } else { spanish }
    };
    match error {
        ConnectError::Unreadable { path, source } => {
            let path = path.display();
            say(format!("{path} ist nicht lesbar: {source}."), format!("No se puede leer {path}: {source}."))
        }
        ConnectError::Missing { path } => {
            let path = path.display();
            say(
                format!("{path} ist nicht da. Stimmt der Pfad, ist das Netzlaufwerk verbunden?"),
                format!("{path} no está. ¿Es correcta la ruta, está conectada la unidad de red?"),
            )
        }
        ConnectError::Empty { path } => {
            let path = path.display();
            say(
                format!("{path} ist leer: nicht einmal eine Zeile mit Spaltennamen."),
                format!("{path} está vacío: ni siquiera tiene una fila de nombres."),
            )
        }
        ConnectError::WrongKind { path, .. } => {
            let path = path.display();
            say(
                format!("{path} ist weder CSV noch XLSX. Bitte als CSV oder XLSX exportieren."),
                format!("{path} no es CSV ni XLSX. Expórtelo como CSV o XLSX."),
            )
        }
        ConnectError::Protected { path } => {
            let path = path.display();
            say(
                format!(
                    "{path} ist mit einem Passwort geschützt. Bitte ohne Passwort speichern oder als CSV exportieren."
                ),
                format!("{path} está protegido con contraseña. Guárdelo sin ella o expórtelo como CSV."),
            )
        }
        ConnectError::Corrupt { path, reason } => {
            let path = path.display();
            say(
                format!("{path} ist beschädigt ({reason}). Bitte neu exportieren."),
                format!("{path} está dañado ({reason}). Expórtelo de nuevo."),
            )
        }
        ConnectError::NoSheet { path, sheet, sheets } => {
            let (path, sheets) = (path.display(), sheets.join(", "));
            say(
                format!("{path} hat kein Blatt „{sheet}“, sondern {sheets}."),
                format!("{path} no tiene la hoja “{sheet}”; tiene {sheets}."),
            )
        }
        ConnectError::NoHeader { path, row } => {
            let path = path.display();
            say(
                format!("{path} hat in Zeile {row} keine Spaltennamen."),
                format!("{path} no tiene nombres de columna en la fila {row}."),
            )
        }
        ConnectError::TooLarge { path, limit, .. } => {
            let path = path.display();
            say(
                format!("{path} ist zu groß: mehr als {limit} Spalten, Zeilen oder Dateien."),
                format!("{path} es demasiado grande: más de {limit} columnas, filas o archivos."),
            )
        }
        ConnectError::BadFormat { value, .. } => say(
            format!("„{value}“ ist keine Angabe, wie eine Datei geschrieben ist."),
            format!("“{value}” no dice cómo está escrito un archivo."),
        ),
        ConnectError::ColumnNames { path, found, named } => {
            let path = path.display();
            say(
                format!("{path} hat {found} Spalten, angegeben sind {named} Namen."),
                format!("{path} tiene {found} columnas, pero se dan {named} nombres."),
            )
        }
        ConnectError::BadPattern { pattern, .. } => say(
            format!("„{pattern}“ ist kein Muster für Dateinamen."),
            format!("“{pattern}” no es un patrón de nombres de archivo."),
        ),
        ConnectError::NoStream { .. } | ConnectError::BadCursor { .. } => format!("{error}."),
    }
}
