//! What is wrong with a file, its columns, its rows and its weeks, in the three languages.

use plaza_domain::cell::{CellFault, Quantity};
use plaza_domain::kpi::measure::{Figure, Gap, MeasureUnit, Reason};
use plaza_domain::language::Language;

use super::rows::Why;
use super::{Measure, NUMBERS_MAX, ROWS_MAX};
use crate::charter::words::pick;
use crate::staging::{damage_words, fault_words};
use crate::thread::ATTACHMENT_BYTES_MAX;

/// What is wrong with a field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    LargeFile,
    ManyRows,
    ManyNumbers,
    NoColumn,
    NoSuchColumn,
    SameColumn,
    TwoForms,
    TwoColumns,
    NoSuchDepartment,
    WhichDates,
    WhichMark,
    Nothing,
    NothingNew,
    Waits,
    NoReason,
    NoReasonToDecide,
    LongReason,
    Nobody,
}

pub(crate) fn wrong_words(wrong: Wrong, language: Language) -> String {
    let say = |texts| pick(language, texts).to_owned();
    match wrong {
        Wrong::LargeFile => {
            let most = ATTACHMENT_BYTES_MAX >> 20;
            match language {
                Language::En => format!("The file is larger than {most} MB."),
                Language::De => format!("Die Datei ist größer als {most} MB."),
                Language::Es => format!("El archivo ocupa más de {most} MB."),
            }
        }
        Wrong::ManyRows | Wrong::ManyNumbers => {
            let most = if wrong == Wrong::ManyRows { ROWS_MAX } else { NUMBERS_MAX };
            let most = language.number(most as f64, 0);
            match (wrong, language) {
                (Wrong::ManyRows, Language::En) => format!("The file has more than {most} rows."),
                (Wrong::ManyRows, Language::De) => format!("Die Datei hat mehr als {most} Zeilen."),
                (Wrong::ManyRows, Language::Es) => format!("El archivo tiene más de {most} filas."),
                (_, Language::En) => format!("More than {most} numbers would change: bring it in pieces."),
                (_, Language::De) => {
                    format!("Mehr als {most} Zahlen würden sich ändern: bitte in Stücken einlesen.")
                }
                (_, Language::Es) => format!("Cambiarían más de {most} números: tráigalo por partes."),
            }
        }
        Wrong::NoColumn => say(["Choose a column.", "Bitte eine Spalte wählen.", "Elija una columna."]),
        Wrong::NoSuchColumn => say([
            "The file has no such column.",
            "Diese Spalte hat die Datei nicht.",
            "El archivo no tiene esa columna.",
        ]),
        Wrong::SameColumn => say([
            "This column is used for something else already.",
            "Diese Spalte ist schon für etwas anderes gewählt.",
            "Esta columna ya se usa para otra cosa.",
        ]),
        Wrong::TwoForms => say([
            "Parts stand either in columns of their own or in rows of their own, not both.",
            "Anteile stehen entweder in eigenen Spalten oder in eigenen Zeilen, nicht in beidem.",
            "Las partes van en columnas propias o en filas propias, no en ambas.",
        ]),
        Wrong::TwoColumns => say([
            "Another column is this department’s already.",
            "Schon eine andere Spalte gehört dieser Abteilung.",
            "Otra columna ya es de este departamento.",
        ]),
        Wrong::NoSuchDepartment => say([
            "There is no such department.",
            "Diese Abteilung gibt es nicht.",
            "Este departamento no existe.",
        ]),
        Wrong::WhichDates => say([
            "Say how the week is written: it can be read in more than one way, or not at all.",
            "Bitte sagen, wie die Woche geschrieben ist: Sie lässt sich mehrfach oder gar nicht lesen.",
            "Diga cómo está escrita la semana: se puede leer de varias maneras, o de ninguna.",
        ]),
        Wrong::WhichMark => say([
            "Say whether decimals follow a comma or a point: the numbers can be read in both ways.",
            "Bitte sagen, ob Komma oder Punkt vor den Nachkommastellen steht: Beides ist möglich.",
            "Diga si los decimales van tras una coma o un punto: se puede leer de ambas maneras.",
        ]),
        Wrong::Nothing => say([
            "No week of this file can be used.",
            "Keine Woche dieser Datei ist zu gebrauchen.",
            "Ninguna semana de este archivo sirve.",
        ]),
        Wrong::NothingNew => say([
            "All weeks of this file stand there already: there is nothing to publish.",
            "Alle Wochen dieser Datei stehen schon genau so da: Es gibt nichts zu veröffentlichen.",
            "Todas las semanas de este archivo ya constan así: no hay nada que publicar.",
        ]),
        Wrong::Waits => say([
            "Another file of this measure waits for a decision. Decide about it first.",
            "Eine andere Datei dieser Messgröße wartet auf eine Entscheidung. Bitte zuerst darüber entscheiden.",
            "Otro archivo de esta medida espera una decisión. Decida primero sobre él.",
        ]),
        Wrong::NoReason => say([
            "Weeks change that had a value. Please say why: it is kept with your name.",
            "Wochen ändern sich, die schon einen Wert hatten. Bitte sagen Sie, warum: Es wird mit Ihrem Namen aufbewahrt.",
            "Cambian semanas que ya tenían valor. Diga por qué: se guarda con su nombre.",
        ]),
        Wrong::NoReasonToDecide => say([
            "Please say why: it is kept with your name.",
            "Bitte sagen Sie, warum: Es wird mit Ihrem Namen aufbewahrt.",
            "Diga por qué: se guarda con su nombre.",
        ]),
        Wrong::LongReason => {
            say(["At most 300 letters.", "Höchstens 300 Zeichen.", "Como máximo 300 letras."])
        }
        Wrong::Nobody => say([
            "Say first who you are: this is somebody’s decision.",
            "Sagen Sie zuerst, wer Sie sind: Das entscheidet jemand.",
            "Diga primero quién es: es la decisión de alguien.",
        ]),
    }
}

/// Why a row is refused.
pub(crate) fn why_words(why: &Why, language: Language) -> String {
    let say = |texts| pick(language, texts).to_owned();
    match why {
        Why::Damaged(damage) => capital(&damage_words(damage, language)),
        Why::NotAWeek => say([
            "This is no week, such as 2026-W31.",
            "Das ist keine Woche wie 2026-W31.",
            "No es una semana como 2026-W31.",
        ]),
        // What is kept is what counts, whatever form the cell has.
        Why::Number(CellFault::TooPrecise { text, .. }) => match language {
            Language::En => {
                format!(
                    "“{text}” is finer than a thousandth: a measure keeps three decimals, and never rounds."
                )
            }
            Language::De => format!(
                "„{text}“ ist feiner als ein Tausendstel: Eine Messgröße behält drei Nachkommastellen und rundet nie."
            ),
            Language::Es => format!(
                "“{text}” es más fino que una milésima: una medida guarda tres decimales y nunca redondea."
            ),
        },
        Why::NotADate(fault) | Why::Number(fault) => capital(&fault_words(fault, language)),
        Why::NotOver => say([
            "This week is not over yet.",
            "Diese Woche ist noch nicht vorbei.",
            "Esta semana aún no ha terminado.",
        ]),
        Why::TooOld => say(["Weeks from 1990 on.", "Wochen ab 1990.", "Semanas a partir de 1990."]),
        Why::Missing => say(["A number is needed.", "Hier fehlt eine Zahl.", "Falta un número."]),
        Why::TooLarge => {
            say(["At most a thousand million.", "Höchstens eine Milliarde.", "Como máximo mil millones."])
        }
        Why::NoSuchDepartment => say([
            "Nobody has said which department this is.",
            "Niemand hat gesagt, welche Abteilung das ist.",
            "Nadie ha dicho qué departamento es.",
        ]),
        Why::Week(Reason::Twice) => say([
            "This week is in the file twice, and nothing says which row is right.",
            "Diese Woche steht zweimal in der Datei, und nichts sagt, welche Zeile stimmt.",
            "Esta semana está dos veces en el archivo, y nada dice qué fila es la correcta.",
        ]),
        Why::Week(Reason::NoDenominator) => say([
            "Nothing stands below the line.",
            "Unter dem Bruchstrich steht nichts.",
            "No hay nada bajo la raya de fracción.",
        ]),
        Why::Week(Reason::DenominatorNotPositive) => say([
            "More than 0: nothing can be divided by it otherwise.",
            "Größer als 0, sonst lässt sich nicht teilen.",
            "Mayor que 0; si no, no se puede dividir.",
        ]),
        Why::Week(Reason::NoTotal) => say([
            "There are parts of this week and no total that they could be held against.",
            "Von dieser Woche gibt es Anteile und keine Summe, an der sie sich messen ließen.",
            "De esta semana hay partes y ningún total con el que compararlas.",
        ]),
        Why::Week(Reason::WeekIncomplete) => say([
            "This row is fine, another one of its week is not.",
            "Diese Zeile stimmt, eine andere ihrer Woche nicht.",
            "Esta fila está bien, otra de su semana no.",
        ]),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// How far parts are from their total, and how far they may be.
pub(crate) fn gap_words(gap: Gap, figure: &Figure, measure: &Measure) -> String {
    let language = measure.language;
    let exact = |quantity: Quantity| crate::words::quantity(quantity.0, language);
    let (total, sum) = (exact(gap.total), exact(gap.sum));
    let apart = Figure { numerator: Quantity(gap.total.0.saturating_sub(gap.sum.0)), ..figure.clone() };
    let apart = apart
        .value(&measure.settings)
        .map_or(0.0, |apart| (apart.numerator as f64 / apart.denominator as f64).abs());
    let unit = match &measure.settings.unit {
        MeasureUnit::Percent => pick(language, ["points", "Punkte", "puntos"]),
        MeasureUnit::Plain(word) => word.as_str(),
    };
    let (apart, allowed) = (language.number(apart, 2), exact(measure.settings.tolerance));
    match language {
        Language::En => format!(
            "The parts add up to {sum}, the total is {total}: {apart} {unit} apart, {allowed} allowed."
        ),
        Language::De => format!(
            "Die Anteile ergeben {sum}, die Summe ist {total}: {apart} {unit} auseinander, erlaubt {allowed}."
        ),
        Language::Es => format!(
            "Las partes suman {sum} y el total es {total}: difieren en {apart} {unit}, se admite {allowed}."
        ),
    }
}
