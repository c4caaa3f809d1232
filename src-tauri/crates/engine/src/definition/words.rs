//! Why a definition cannot be saved, in words.

use plaza_domain::language::Language;

use crate::charter::words::pick;

/// What is wrong with a field.
pub(super) enum Fault {
    TooLong { letters: usize },
    NoSuchPerson,
    HasLeft { name: String },
    NoSuchDepartment,
    Target { is_percent: bool },
    MeasureTarget,
    NoName,
    NameTaken,
    NoUnit,
    NegativeTolerance,
    NoSuchRules,
    Baseline { from: u32, to: u32 },
    Days { from: i32, to: i32 },
    NothingCounts,
    NoReason,
    Same,
    Full { names: Vec<String> },
}

pub(super) fn fault(fault: &Fault, language: Language) -> String {
    let say = |texts| pick(language, texts).to_owned();
    match fault {
        Fault::TooLong { letters } => match language {
            Language::En => format!("At most {letters} letters."),
            Language::De => format!("Höchstens {letters} Zeichen."),
            Language::Es => format!("Como máximo {letters} letras."),
        },
        Fault::NoSuchPerson => {
            say(["This person is not here.", "Diese Person gibt es nicht.", "Esta persona no existe."])
        }
        Fault::HasLeft { name } => match language {
            Language::En => format!("{name} has left and can answer for nothing here."),
            Language::De => format!("{name} ist nicht mehr hier und kann für nichts einstehen."),
            Language::Es => format!("{name} ya no está y no puede responder de nada."),
        },
        Fault::NoSuchDepartment => say([
            "There is no such department.",
            "Diese Abteilung gibt es nicht.",
            "Este departamento no existe.",
        ]),
        Fault::Target { is_percent: true } => say([
            "A percentage from 0 to 100.",
            "Ein Prozentwert von 0 bis 100.",
            "Un porcentaje de 0 a 100.",
        ]),
        Fault::Target { .. } => say([
            "A number of days, 0 or more.",
            "Eine Zahl von Tagen, 0 oder mehr.",
            "Un número de días, 0 o más.",
        ]),
        Fault::MeasureTarget => say([
            "A number up to a million, above or below 0.",
            "Eine Zahl bis zu einer Million, über oder unter 0.",
            "Un número de hasta un millón, por encima o por debajo de 0.",
        ]),
        Fault::NoName => say([
            "A measure needs a name.",
            "Eine Messgröße braucht einen Namen.",
            "Una medida necesita un nombre.",
        ]),
        Fault::NameTaken => say([
            "There is a KPI of this name already.",
            "Eine Kennzahl mit diesem Namen gibt es schon.",
            "Ya hay un indicador con este nombre.",
        ]),
        Fault::NoUnit => say([
            "Say what it counts, in a word or two.",
            "Sagen Sie in ein, zwei Worten, was sie zählt.",
            "Diga en una o dos palabras qué cuenta.",
        ]),
        Fault::NegativeTolerance => say(["0 or more.", "0 oder mehr.", "0 o más."]),
        Fault::NoSuchRules => {
            say(["There are no such rules.", "Solche Regeln gibt es nicht.", "No existen esas reglas."])
        }
        Fault::Baseline { from, to } => match language {
            Language::En => format!("From {from} to {to} points, or none."),
            Language::De => format!("Von {from} bis {to} Punkten, oder keine."),
            Language::Es => format!("De {from} a {to} puntos, o ninguno."),
        },
        Fault::Days { from, to } => match language {
            Language::En => format!("A whole number of days from {from} to {to}."),
            Language::De => format!("Eine ganze Zahl von Tagen, von {from} bis {to}."),
            Language::Es => format!("Un número entero de días, de {from} a {to}."),
        },
        Fault::NothingCounts => say([
            "At least one of the three must count, else nothing could ever be wrong.",
            "Mindestens eines der drei muss zählen, sonst wäre immer alles richtig.",
            "Al menos uno de los tres debe contar; si no, nada podría salir mal.",
        ]),
        Fault::NoReason => say([
            "Please say why: it is kept with your name.",
            "Bitte sagen Sie, warum: Es wird mit Ihrem Namen aufbewahrt.",
            "Diga por qué: se guarda con su nombre.",
        ]),
        Fault::Same => say([
            "Nothing was changed: there is nothing to save.",
            "Es wurde nichts geändert: Es gibt nichts zu speichern.",
            "No ha cambiado nada: no hay nada que guardar.",
        ]),
        Fault::Full { names } => full(names, language),
    }
}

/// Seven are on the board: their names, and what to do.
fn full(names: &[String], language: Language) -> String {
    let (count, names) = (names.len(), listed(names, language));
    match language {
        Language::En => {
            format!("{count} KPIs are on the board already: {names}. Take one of them off first.")
        }
        Language::De => format!(
            "Auf der Tafel stehen schon {count} Kennzahlen: {names}. Nehmen Sie zuerst eine davon herunter."
        ),
        Language::Es => {
            format!("Ya hay {count} indicadores en el tablero: {names}. Retire antes uno de ellos.")
        }
    }
}

/// A batch waits: its journeys cannot be counted otherwise before somebody has decided about it.
pub(super) fn held(names: &[String], language: Language) -> String {
    let names = listed(names, language);
    match language {
        Language::En => format!(
            "A batch waits at the checkpoint ({names}). Decide about it first: what is published cannot be counted \
             otherwise while it waits."
        ),
        Language::De => format!(
            "Eine Lieferung wartet am Kontrollpunkt ({names}). Entscheiden Sie zuerst darüber: Solange sie wartet, \
             lässt sich das Veröffentlichte nicht anders zählen."
        ),
        Language::Es => format!(
            "Un lote espera en el punto de control ({names}). Decida antes sobre él: mientras espera, lo publicado no \
             se puede contar de otro modo."
        ),
    }
}

/// “A, B and C”.
fn listed(names: &[String], language: Language) -> String {
    let and = pick(language, [" and ", " und ", " y "]);
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [many @ .., last] => format!("{}{and}{last}", many.join(", ")),
    }
}
