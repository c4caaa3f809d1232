//! The audit in words: its questions, and the evidence.

use plaza_domain::audit::Question;
use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::signal::Cadence;
use plaza_domain::signal::words::period;

use super::evidence::Evidence;
use super::{COMMENT_CHARS_MAX, Refused};
use crate::charter::facts::WAITING_DAYS;
use crate::charter::words::{gap, pick, too_long};
use crate::page::kpi_name;
use crate::staging::reason_words;

/// A question as it is asked.
pub(crate) const fn question(question: Question, language: Language) -> &'static str {
    let texts = match question {
        Question::Charter => {
            ["Is its charter complete?", "Ist ihre Charta vollständig?", "¿Está completa su carta?"]
        }
        Question::Owner => [
            "Does one person who is here own it?",
            "Ist eine Person, die hier ist, für sie verantwortlich?",
            "¿Es responsable de ella una persona que está aquí?",
        ],
        Question::Measure => [
            "Is its success measured every week?",
            "Wird ihr Erfolg jede Woche gemessen?",
            "¿Se mide su éxito cada semana?",
        ],
        Question::Truth => [
            "Where two systems disagree, is it known for every field which one is right?",
            "Ist für jedes Feld klar, welches System recht hat, wenn zwei sich widersprechen?",
            "Cuando dos sistemas discrepan, ¿se sabe en cada campo cuál tiene razón?",
        ],
        Question::Rules => [
            "Do rules keep doubtful rows out?",
            "Halten Regeln zweifelhafte Zeilen zurück?",
            "¿Hay reglas que retienen las filas dudosas?",
        ],
        Question::Quarantine => [
            "Are the rows in quarantine worked off?",
            "Werden die Zeilen in Quarantäne abgearbeitet?",
            "¿Se resuelven las filas en cuarentena?",
        ],
        Question::Fresh => ["Are its data fresh?", "Sind ihre Daten frisch?", "¿Son recientes sus datos?"],
        Question::Coupling => [
            "When its system is down, does the rest go on, and the next pull catch up?",
            "Läuft alles andere weiter, wenn ihr System ausfällt, und holt das nächste Einlesen auf?",
            "Si su sistema cae, ¿sigue lo demás y se pone al día la siguiente carga?",
        ],
        Question::Secrets => [
            "Are its secrets where only this computer can read them?",
            "Liegen ihre Geheimnisse nur da, wo dieser Rechner sie lesen kann?",
            "¿Están sus secretos solo donde este equipo puede leerlos?",
        ],
        Question::Trail => [
            "Can every number be traced to the row that it came from?",
            "Lässt sich jede Zahl bis zu ihrer Zeile zurückverfolgen?",
            "¿Se puede seguir cada número hasta la fila de la que salió?",
        ],
        Question::Exceptions => [
            "Are cancellations, part deliveries, returns and changed dates told apart?",
            "Sind Stornos, Teillieferungen, Retouren und geänderte Termine unterscheidbar?",
            "¿Se distinguen anulaciones, entregas parciales, devoluciones y cambios de fecha?",
        ],
        Question::Fallback => [
            "Have people carried on by hand within the last year, for real or as a drill?",
            "Haben die Leute im letzten Jahr von Hand weitergearbeitet, im Ernstfall oder zur Übung?",
            "En el último año, ¿se ha seguido a mano, de verdad o como simulacro?",
        ],
        Question::Usage => [
            "Do those whom the charter names use it, and talk about what it shows?",
            "Nutzen die in der Charta Genannten sie, und sprechen sie über das, was sie zeigt?",
            "¿La usan quienes nombra la carta, y hablan de lo que muestra?",
        ],
    };
    pick(language, texts)
}

/// What Plaza found out, in a sentence.
pub(super) fn evidence(found: &Evidence, language: Language) -> String {
    let say = |texts: [&'static str; 3]| pick(language, texts).to_owned();
    match found {
        Evidence::CharterComplete(version) => match language {
            Language::En => format!("It is, in version {version}."),
            Language::De => format!("Ja, in Fassung {version}."),
            Language::Es => format!("Lo está, en la versión {version}."),
        },
        Evidence::CharterLacks(gaps) => {
            let words: Vec<String> = gaps.iter().map(|one| gap(*one, language)).collect();
            words.join(" ")
        }
        Evidence::NoCharter => say(["It has no charter.", "Sie hat keine Charta.", "No tiene carta."]),
        Evidence::Owned(name) => match language {
            Language::En => format!("{name} owns it."),
            Language::De => format!("{name} ist verantwortlich."),
            Language::Es => format!("{name} es responsable."),
        },
        Evidence::OwnerLeft(name, day) => {
            let day = day.map(|day| period::date(day, language)).unwrap_or_default();
            match language {
                Language::En => format!("{name} owned it and left on {day}."),
                Language::De => format!("{name} war verantwortlich und ist seit dem {day} nicht mehr hier."),
                Language::Es => format!("{name} era responsable y se fue el {day}."),
            }
        }
        Evidence::NoOwner => say(["Nobody owns it.", "Niemand ist verantwortlich.", "Nadie es responsable."]),
        Evidence::NotActive => say([
            "It is not active, so its success is not judged.",
            "Sie ist nicht aktiv, also wird ihr Erfolg nicht beurteilt.",
            "No está activa, así que no se juzga su éxito.",
        ]),
        Evidence::Measured(week) => {
            let week = period::name(week.monday(), Cadence::Weekly, true, language);
            match language {
                Language::En => format!("The newest value is of {week}."),
                Language::De => format!("Der neueste Wert ist von {week}."),
                Language::Es => format!("El último valor es de la {week}."),
            }
        }
        Evidence::NotMeasuredYet => say([
            "It became active a short while ago; no value has come in since.",
            "Sie ist erst seit Kurzem aktiv; seither kam noch kein Wert.",
            "Está activa desde hace poco; aún no ha llegado ningún valor.",
        ]),
        Evidence::NotMeasured => say([
            "No value has come in for four weeks.",
            "Seit vier Wochen kam kein Wert.",
            "Hace cuatro semanas que no llega ningún valor.",
        ]),
        rows => about_rows(rows, language),
    }
}

/// What Plaza found out about rules, rows, runs and use.
fn about_rows(found: &Evidence, language: Language) -> String {
    let number = |count: i64| language.number(count as f64, 0);
    let say = |texts: [&'static str; 3]| pick(language, texts).to_owned();
    match found {
        Evidence::RulesOn(count) => match language {
            Language::En => format!("All {count} rules that keep rows out are on."),
            Language::De => format!("Alle {count} Regeln, die Zeilen zurückhalten, sind an."),
            Language::Es => format!("Las {count} reglas que retienen filas están activas."),
        },
        Evidence::RulesOff(off, _) => {
            let names: Vec<String> = off.iter().map(|rule| reason_words(rule.word(), language)).collect();
            let names = names.join("; ");
            match language {
                Language::En => format!("These no longer keep rows out: {names}."),
                Language::De => format!("Diese halten nichts mehr zurück: {names}."),
                Language::Es => format!("Estas ya no retienen filas: {names}."),
            }
        }
        Evidence::QuarantineEmpty => say(["No row waits.", "Keine Zeile wartet.", "No espera ninguna fila."]),
        Evidence::QuarantineWorked(waiting) => match language {
            Language::En => {
                format!("Rows that wait: {}; none for more than {WAITING_DAYS} days.", number(*waiting))
            }
            Language::De => {
                format!("Wartende Zeilen: {}; keine länger als {WAITING_DAYS} Tage.", number(*waiting))
            }
            Language::Es => {
                format!(
                    "Filas en espera: {}; ninguna desde hace más de {WAITING_DAYS} días.",
                    number(*waiting)
                )
            }
        },
        Evidence::QuarantineOld(count, days) => match language {
            Language::En => format!(
                "Rows that wait for more than {WAITING_DAYS} days: {}; the oldest for {days} days.",
                number(*count)
            ),
            Language::De => format!(
                "Zeilen, die länger als {WAITING_DAYS} Tage warten: {}; die älteste seit {days} Tagen.",
                number(*count)
            ),
            Language::Es => format!(
                "Filas que esperan desde hace más de {WAITING_DAYS} días: {}; la más antigua, {days} días.",
                number(*count)
            ),
        },
        runs => about_runs(runs, language),
    }
}

/// What Plaza found out about runs, secrets, fallback and use.
fn about_runs(found: &Evidence, language: Language) -> String {
    let length = |count: usize| language.number(count as f64, 0);
    let say = |texts: [&'static str; 3]| pick(language, texts).to_owned();
    match found {
        Evidence::Pulled(days) => match (language, days) {
            (Language::En, 0) => "It was pulled today.".to_owned(),
            (Language::En, 1) => "It was last pulled yesterday.".to_owned(),
            (Language::En, _) => format!("It was last pulled {days} days ago."),
            (Language::De, 0) => "Sie wurde heute eingelesen.".to_owned(),
            (Language::De, 1) => "Sie wurde zuletzt gestern eingelesen.".to_owned(),
            (Language::De, _) => format!("Sie wurde zuletzt vor {days} Tagen eingelesen."),
            (Language::Es, 0) => "Se ha cargado hoy.".to_owned(),
            (Language::Es, 1) => "Se cargó por última vez ayer.".to_owned(),
            (Language::Es, _) => format!("Se cargó por última vez hace {days} días."),
        },
        Evidence::NeverPulled => {
            say(["It was never pulled.", "Sie wurde nie eingelesen.", "Nunca se ha cargado."])
        }
        Evidence::Runs(failed, all) => match language {
            Language::En => {
                format!("Of {} pulls in four weeks, {} did not work.", length(*all), length(*failed))
            }
            Language::De => {
                format!(
                    "Von {} Läufen in vier Wochen haben {} nicht geklappt.",
                    length(*all),
                    length(*failed)
                )
            }
            Language::Es => {
                format!("De {} cargas en cuatro semanas, {} no funcionaron.", length(*all), length(*failed))
            }
        },
        Evidence::NoSecrets => say(["It needs none.", "Sie braucht keine.", "No necesita ninguno."]),
        Evidence::SecretsKept(count) => match language {
            Language::En => format!("Kept on this computer, outside the workspace: {count}."),
            Language::De => format!("Auf diesem Rechner verwahrt, nicht im Arbeitsbereich: {count}."),
            Language::Es => format!("Guardados en este equipo, fuera del espacio de trabajo: {count}."),
        },
        Evidence::SecretsMissing(count) => match language {
            Language::En => format!("Missing on this computer: {count}."),
            Language::De => format!("Auf diesem Rechner fehlen: {count}."),
            Language::Es => format!("Faltan en este equipo: {count}."),
        },
        Evidence::Trail(runs) => match language {
            Language::En => format!("What came is kept as it came; pulls on record: {}.", length(*runs)),
            Language::De => {
                format!("Was kam, ist aufbewahrt, wie es kam; verzeichnete Läufe: {}.", length(*runs))
            }
            Language::Es => {
                format!("Lo que llegó se guarda tal como llegó; cargas registradas: {}.", length(*runs))
            }
        },
        Evidence::FallbackSaid => say([
            "The charter says how. Whether it was tried, only people know.",
            "Die Charta sagt, wie. Ob es versucht wurde, wissen nur Menschen.",
            "La carta dice cómo. Si se ha probado, solo lo saben las personas.",
        ]),
        Evidence::NoFallback => {
            say(["The charter does not say how.", "Die Charta sagt nicht, wie.", "La carta no dice cómo."])
        }
        Evidence::Drilled(day) => {
            let day = period::date(*day, language);
            match language {
                Language::En => format!("An outage was played on {day}."),
                Language::De => format!("Am {day} wurde ein Ausfall geübt."),
                Language::Es => format!("El {day} se simuló una caída."),
            }
        }
        Evidence::DrillOwed(last) => owed(*last, language),
        Evidence::UsedBy(kinds) => {
            let names: Vec<&str> = kinds.iter().map(|kind| kpi_name(*kind, language)).collect();
            let names = names.join(", ");
            match language {
                Language::En => format!("Counted by: {names}."),
                Language::De => format!("Gezählt von: {names}."),
                Language::Es => format!("La cuentan: {names}."),
            }
        }
        _ => say([
            "No active KPI counts what it brings.",
            "Keine aktive Kennzahl zählt, was sie bringt.",
            "Ningún indicador activo cuenta lo que aporta.",
        ]),
    }
}

/// That a drill is owed.
pub(crate) fn owed(last: Option<Day>, language: Language) -> String {
    let last = last.map(|day| period::date(day, language));
    match (last, language) {
        (Some(day), Language::En) => format!("The last drill was on {day}, more than twelve months ago."),
        (Some(day), Language::De) => format!("Die letzte Übung war am {day}, vor mehr als zwölf Monaten."),
        (Some(day), Language::Es) => format!("El último simulacro fue el {day}, hace más de doce meses."),
        (None, Language::En) => "It has been active for more than twelve months without a drill.".to_owned(),
        (None, Language::De) => "Sie ist seit mehr als zwölf Monaten ohne Übung aktiv.".to_owned(),
        (None, Language::Es) => "Lleva activa más de doce meses sin ningún simulacro.".to_owned(),
    }
}

/// Why an answer cannot be kept.
pub(super) fn refused(why: &Refused, language: Language) -> String {
    match why {
        Refused::TooLong => too_long(COMMENT_CHARS_MAX, language),
        Refused::Overruled { evidence } => {
            let head = pick(
                language,
                [
                    "The evidence says otherwise and cannot be overruled.",
                    "Die Belege sagen etwas anderes; das lässt sich nicht überstimmen.",
                    "La evidencia dice otra cosa y no se puede desautorizar.",
                ],
            );
            format!("{head} {evidence}")
        }
        Refused::Unanswered => {
            pick(language, ["Not answered yet.", "Noch nicht beantwortet.", "Aún sin responder."]).to_owned()
        }
        Refused::WithoutComment => pick(
            language,
            [
                "Say in a few words what is lacking.",
                "Sagen Sie kurz, was fehlt.",
                "Diga en pocas palabras qué falta.",
            ],
        )
        .to_owned(),
    }
}
