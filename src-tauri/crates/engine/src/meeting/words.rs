//! What items are, and why they are there, in the reader's language.

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    AttentionKind, CommitmentAnswer, EffectAnswer, Expected, KpiDefinition, KpiId, NeedAnswer,
};
use plaza_domain::language::Language;
use plaza_domain::meeting::{Reason, Section};
use plaza_domain::signal::Cadence;
use plaza_domain::signal::words::period;

use crate::page::Unit;

const MILLION: f64 = 1_000_000.0;

/// One of three words.
pub(crate) const fn pick(language: Language, words: [&'static str; 3]) -> &'static str {
    match language {
        Language::En => words[0],
        Language::De => words[1],
        Language::Es => words[2],
    }
}

/// `W46`, `KW 46`, `S46`.
pub(crate) fn week(week: Week, language: Language) -> String {
    period::tick(week.monday(), Cadence::Weekly, false, language)
}

/// `12 March`.
pub(crate) fn day(day: Day, language: Language) -> String {
    period::date_in_year(day, language)
}

/// `92.1%`, `4.2 days`: with the digits that screens show, so that what differs there differs here.
pub(crate) fn value(number: f64, unit: Unit, language: Language) -> String {
    let digits = match unit {
        Unit::Days if number.abs() < 1.0 => 2,
        Unit::Days if number.abs() >= 100.0 => 0,
        Unit::Percent | Unit::Days => 1,
        Unit::Number => places(number),
    };
    match unit {
        Unit::Percent => language.percent(number, digits),
        Unit::Days => plaza_domain::chart::Unit::Days.long(number, digits, language),
        Unit::Number => language.number(number, digits),
    }
}

/// Decimals that a plain number needs, at most the three that are kept of one.
fn places(number: f64) -> u8 {
    let is_enough = |places: &u8| {
        let scaled = number * 10_f64.powi(i32::from(*places));
        (scaled - scaled.round()).abs() < 1e-6
    };
    (0..3).find(is_enough).unwrap_or(3)
}

/// What the value of a KPI counts in.
pub(crate) fn unit(definition: &KpiDefinition) -> Unit {
    Unit::of(definition)
}

/// The sections of an agenda.
pub(crate) const fn section(section: Section, language: Language) -> &'static str {
    match section {
        Section::Wins => pick(language, ["Wins", "Erfolge", "Logros"]),
        Section::Commitments => pick(language, ["Commitments", "Zusagen", "Compromisos"]),
        Section::See => pick(language, ["What we see", "Was wir sehen", "Lo que vemos"]),
        Section::Concerns => {
            pick(language, ["What concerns us", "Was uns beschäftigt", "Lo que nos preocupa"])
        }
        Section::Needs => pick(
            language,
            [
                "What we need from each other",
                "Was wir voneinander brauchen",
                "Lo que necesitamos unos de otros",
            ],
        ),
        Section::Rotations => pick(language, ["Rotations", "Rotationen", "Rotaciones"]),
        Section::Close => pick(language, ["Close", "Abschluss", "Cierre"]),
    }
}

/// The closing round.
pub(crate) const fn round(language: Language) -> &'static str {
    pick(
        language,
        [
            "Closing round: a word and a rating from each",
            "Schlussrunde: ein Wort und eine Note von allen",
            "Ronda final: una palabra y una nota de cada uno",
        ],
    )
}

/// `On-time delivery`, `On-time delivery: Production`.
pub(crate) fn chart(kpi: &str, department: Option<&str>) -> String {
    match department {
        Some(department) => format!("{kpi}: {department}"),
        None => kpi.to_owned(),
    }
}

/// The title of a restatement.
pub(crate) fn restated(kpi: &str, of: Week, language: Language) -> String {
    let of = week(of, language);
    match language {
        Language::En => format!("{kpi}, {of}: restated"),
        Language::De => format!("{kpi}, {of}: nachträglich geändert"),
        Language::Es => format!("{kpi}, {of}: corregido"),
    }
}

/// The title of an effect.
pub(crate) fn effect(decision: &str, language: Language) -> String {
    match language {
        Language::En => format!("Did it work? {decision}"),
        Language::De => format!("Hat es gewirkt? {decision}"),
        Language::Es => format!("¿Funcionó? {decision}"),
    }
}

/// The title of a commitment.
pub(crate) fn commitment(name: &str, text: &str) -> String {
    format!("{name}: {text}")
}

/// What needs a person, as a title.
pub(crate) fn attention(kind: AttentionKind, name: &str, language: Language) -> String {
    let words = match kind {
        AttentionKind::BatchHeld => [
            "a batch waits for a decision",
            "eine Lieferung wartet auf eine Entscheidung",
            "un lote espera una decisión",
        ],
        AttentionKind::CircuitOpen => {
            ["the system does not answer", "das System antwortet nicht", "el sistema no responde"]
        }
        AttentionKind::DataLate => {
            ["the numbers are late", "die Zahlen sind zu alt", "los datos llegan tarde"]
        }
        AttentionKind::PullWaits => [
            "a pull waits for an answer",
            "ein Abruf wartet auf eine Antwort",
            "una carga espera una respuesta",
        ],
        AttentionKind::Quarantine => {
            ["rows wait in quarantine", "Zeilen warten in Quarantäne", "hay filas en cuarentena"]
        }
        AttentionKind::Disagreement => {
            ["two systems disagree", "zwei Systeme widersprechen sich", "dos sistemas no coinciden"]
        }
        AttentionKind::HandDiffers => [
            "what was entered by hand differs",
            "von Hand Erfasstes weicht ab",
            "lo introducido a mano difiere",
        ],
        AttentionKind::Correction => {
            ["a correction is asked for", "eine Korrektur ist erbeten", "se pidió una corrección"]
        }
        AttentionKind::Debt => ["integration debt", "Integrationsschuld", "deuda de integración"],
        AttentionKind::DrillOwed => ["a drill is due", "eine Übung steht an", "toca un simulacro"],
        AttentionKind::Retirement => {
            ["is it still needed?", "wird sie noch gebraucht?", "¿todavía hace falta?"]
        }
        AttentionKind::FiguresHeld => [
            "a file waits, its parts do not add up",
            "eine Datei wartet, ihre Anteile gehen nicht auf",
            "un archivo espera: sus partes no cuadran",
        ],
    };
    format!("{name}: {}", pick(language, words))
}

/// A KPI that nobody talks about.
pub(crate) fn still_needed(name: &str, language: Language) -> String {
    match language {
        Language::En => format!("{name}: is it still needed?"),
        Language::De => format!("{name}: Wird sie noch gebraucht?"),
        Language::Es => format!("{name}: ¿todavía hace falta?"),
    }
}

/// Who visits whom in a week.
pub(crate) fn visits(on: Week, language: Language) -> String {
    let on = week(on, language);
    match language {
        Language::En => format!("Who visits whom in {on}"),
        Language::De => format!("Wer in {on} wen besucht"),
        Language::Es => format!("Quién visita a quién en {on}"),
    }
}

/// What a visitor brought home.
pub(crate) fn brought(visitor: &str, host: &str, language: Language) -> String {
    match language {
        Language::En => format!("What {visitor} saw at {host}"),
        Language::De => format!("Was {visitor} bei {host} gesehen hat"),
        Language::Es => format!("Lo que {visitor} vio en {host}"),
    }
}

/// Why an item is there, in one sentence.
#[allow(clippy::too_many_lines)] // one arm for each reason, in three languages
pub(crate) fn reason(reason: &Reason, unit: Option<Unit>, language: Language) -> String {
    let on = |of: Day| day(of, language);
    match reason {
        Reason::Improved => pick(
            language,
            [
                "It turned to the better since the last meeting.",
                "Seit der letzten Besprechung zum Besseren gewendet.",
                "Mejoró desde la última reunión.",
            ],
        )
        .to_owned(),
        Reason::SignalFound => pick(
            language,
            [
                "A signal since the last meeting.",
                "Ein Signal seit der letzten Besprechung.",
                "Una señal desde la última reunión.",
            ],
        )
        .to_owned(),
        Reason::SignalUntaken { working_days } => match language {
            Language::En => format!("A signal that nobody has taken up for {working_days} working days."),
            Language::De => {
                format!("Ein Signal, das seit {working_days} Arbeitstagen niemand aufgegriffen hat.")
            }
            Language::Es => format!("Una señal que nadie ha atendido en {working_days} días laborables."),
        },
        Reason::Restated { was_millionths, now_millionths, on: at } => {
            let shown =
                |millionths: i64| value(millionths as f64 / MILLION, unit.unwrap_or(Unit::Percent), language);
            let (was, now, at) = (shown(*was_millionths), shown(*now_millionths), on(*at));
            match language {
                Language::En => format!("Was {was}, is {now} since {at}."),
                Language::De => format!("War {was}, ist seit dem {at} {now}."),
                Language::Es => format!("Era {was}, es {now} desde el {at}."),
            }
        }
        Reason::EffectDue { answer } => answer_sentence(*answer, language).to_owned(),
        Reason::CommitmentDue { due } => match language {
            Language::En => format!("Due on {}.", on(*due)),
            Language::De => format!("Fällig am {}.", on(*due)),
            Language::Es => format!("Vence el {}.", on(*due)),
        },
        Reason::CommitmentOverdue { due } => match language {
            Language::En => format!("Was due on {}.", on(*due)),
            Language::De => format!("War am {} fällig.", on(*due)),
            Language::Es => format!("Venció el {}.", on(*due)),
        },
        Reason::CommitmentAnswered { answer } => match answer.as_str() {
            "kept" => pick(language, ["Kept.", "Eingehalten.", "Cumplido."]),
            "not_kept" => pick(language, ["Not kept.", "Nicht eingehalten.", "No cumplido."]),
            _ => pick(language, ["Moved.", "Verschoben.", "Aplazado."]),
        }
        .to_owned(),
        Reason::Flagged => {
            pick(language, ["Somebody asks.", "Jemand fragt.", "Alguien pregunta."]).to_owned()
        }
        Reason::Disputed => pick(
            language,
            ["The split is disputed.", "Die Aufteilung ist strittig.", "El reparto está en disputa."],
        )
        .to_owned(),
        Reason::InCircles { messages } => match language {
            Language::En => format!("Goes in circles: {messages} messages, and nobody has met."),
            Language::De => {
                format!("Dreht sich im Kreis: {messages} Nachrichten, und niemand hat sich getroffen.")
            }
            Language::Es => format!("Da vueltas: {messages} mensajes y nadie se ha visto."),
        },
        Reason::Unanswered { days } => match language {
            Language::En => format!("No answer for {days} days."),
            Language::De => format!("Seit {days} Tagen ohne Antwort."),
            Language::Es => format!("Sin respuesta desde hace {days} días."),
        },
        Reason::TalkProposed => pick(
            language,
            [
                "Somebody put it on the agenda.",
                "Jemand hat es auf die Tagesordnung gesetzt.",
                "Alguien lo puso en el orden del día.",
            ],
        )
        .to_owned(),
        Reason::Attention { since, more: 0 } => match language {
            Language::En => format!("Needs a person since {}.", on(*since)),
            Language::De => format!("Braucht seit dem {} jemanden.", on(*since)),
            Language::Es => format!("Necesita a alguien desde el {}.", on(*since)),
        },
        Reason::Attention { since, more } => {
            let (all, since) = (more.saturating_add(1), on(*since));
            match language {
                Language::En => format!("{all} matters of one kind, the first since {since}."),
                Language::De => format!("{all} Anliegen derselben Art, das erste seit dem {since}."),
                Language::Es => format!("{all} asuntos del mismo tipo, el primero desde el {since}."),
            }
        }
        Reason::NeedAsked => {
            pick(language, ["Waits for an answer.", "Wartet auf eine Antwort.", "Espera una respuesta."])
                .to_owned()
        }
        Reason::NeedCountered => pick(
            language,
            [
                "A counter-offer waits for an answer.",
                "Ein Gegenvorschlag wartet auf eine Antwort.",
                "Una contraoferta espera respuesta.",
            ],
        )
        .to_owned(),
        Reason::NeedOverdue { by } => match language {
            Language::En => format!("Was accepted, and needed by {}.", on(*by)),
            Language::De => format!("War zugesagt und bis zum {} nötig.", on(*by)),
            Language::Es => format!("Se aceptó y hacía falta para el {}.", on(*by)),
        },
        Reason::Undiscussed { weeks, held } => match language {
            Language::En => format!("Talked about in none of the {held} meetings of the last {weeks} weeks."),
            Language::De => {
                format!("In keiner der {held} Besprechungen der letzten {weeks} Wochen war die Rede davon.")
            }
            Language::Es => {
                format!(
                    "No se habló de él en ninguna de las {held} reuniones de las últimas {weeks} semanas."
                )
            }
        },
        Reason::VisitsPlanned { visits: 1 } => {
            pick(language, ["One visit is planned.", "Ein Besuch ist geplant.", "Hay una visita prevista."])
                .to_owned()
        }
        Reason::VisitsPlanned { visits } => match language {
            Language::En => format!("{visits} visits are planned."),
            Language::De => format!("{visits} Besuche sind geplant."),
            Language::Es => format!("Hay {visits} visitas previstas."),
        },
        Reason::DebriefWritten => pick(
            language,
            [
                "A debrief was written.",
                "Ein Reisebericht wurde geschrieben.",
                "Se escribió un informe de visita.",
            ],
        )
        .to_owned(),
        Reason::WinRecorded => {
            pick(language, ["A win to celebrate.", "Ein Erfolg zum Feiern.", "Un logro para celebrar."])
                .to_owned()
        }
        Reason::WinSuggested => pick(
            language,
            [
                "It turned to the better after a decision. Is it a win?",
                "Nach einem Beschluss zum Besseren gewendet. Ist das ein Erfolg?",
                "Mejoró después de una decisión. ¿Es un logro?",
            ],
        )
        .to_owned(),
        Reason::Standing => {
            pick(language, ["On every agenda.", "Auf jeder Tagesordnung.", "En todos los órdenes del día."])
                .to_owned()
        }
        Reason::Added => {
            pick(language, ["Added by hand.", "Von Hand hinzugefügt.", "Añadido a mano."]).to_owned()
        }
    }
}

/// What came of a decision, in one sentence.
pub(crate) const fn answer_sentence(answer: EffectAnswer, language: Language) -> &'static str {
    match answer {
        EffectAnswer::Reached => pick(
            language,
            ["It did what was expected.", "Es hat bewirkt, was erwartet wurde.", "Hizo lo que se esperaba."],
        ),
        EffectAnswer::Partly => pick(
            language,
            [
                "It moved the right way, less than expected.",
                "Es ging in die richtige Richtung, weniger als erwartet.",
                "Se movió en la buena dirección, menos de lo esperado.",
            ],
        ),
        EffectAnswer::NotSeen => pick(
            language,
            [
                "Nothing to be told from the usual ups and downs.",
                "Vom üblichen Auf und Ab nicht zu unterscheiden.",
                "No se distingue de los altibajos habituales.",
            ],
        ),
        EffectAnswer::Opposite => pick(
            language,
            ["It moved the other way.", "Es ging in die andere Richtung.", "Se movió al revés."],
        ),
        EffectAnswer::TooEarly => pick(
            language,
            [
                "Too few weeks to tell.",
                "Zu wenige Wochen, um es zu sagen.",
                "Muy pocas semanas para saberlo.",
            ],
        ),
    }
}

/// What a decision is expected to do: “On-time delivery rises by 3 points by W50”.
pub(crate) fn expected(expected: &Expected, name: &str, unit: Unit, language: Language) -> String {
    let size = expected.size_millionths.unsigned_abs() as f64 / MILLION;
    let decimals = u8::from(expected.size_millionths % 1_000_000 != 0);
    let number = language.number(size, decimals);
    let amount = match (unit, language) {
        (Unit::Percent, Language::En) => {
            format!("{number} {}", if number == "1" { "point" } else { "points" })
        }
        (Unit::Percent, Language::De) => {
            format!("{number} {}", if number == "1" { "Punkt" } else { "Punkte" })
        }
        (Unit::Percent, Language::Es) => {
            format!("{number} {}", if number == "1" { "punto" } else { "puntos" })
        }
        (Unit::Days, _) => plaza_domain::chart::Unit::Days.long(size, decimals, language),
        (Unit::Number, _) => number,
    };
    let by = week(expected.by, language);
    match (language, expected.size_millionths >= 0) {
        (Language::En, true) => format!("{name} rises by {amount} by {by}"),
        (Language::En, false) => format!("{name} falls by {amount} by {by}"),
        (Language::De, true) => format!("{name} steigt bis {by} um {amount}"),
        (Language::De, false) => format!("{name} sinkt bis {by} um {amount}"),
        (Language::Es, true) => format!("{name} sube {amount} hasta la {by}"),
        (Language::Es, false) => format!("{name} baja {amount} hasta la {by}"),
    }
}

/// What came of a decision: its answer and the two means.
pub(crate) fn effect_words(
    answer: EffectAnswer,
    means: Option<(f64, f64)>,
    unit: Unit,
    language: Language,
) -> String {
    let sentence = answer_sentence(answer, language);
    let Some((before, after)) = means else { return sentence.to_owned() };
    let (before, after) = (value(before, unit, language), value(after, unit, language));
    match language {
        Language::En => format!("{sentence} Mean {before} before, {after} since."),
        Language::De => format!("{sentence} Mittel {before} vorher, {after} seitdem."),
        Language::Es => format!("{sentence} Media {before} antes, {after} desde entonces."),
    }
}

/// An answer to a need.
pub(crate) fn need_answer(answer: Option<&NeedAnswer>, language: Language) -> String {
    match answer {
        None | Some(NeedAnswer::Open) => {
            pick(language, ["no answer yet", "noch keine Antwort", "sin respuesta"]).to_owned()
        }
        Some(NeedAnswer::Accepted) => pick(language, ["accepted", "angenommen", "aceptada"]).to_owned(),
        Some(NeedAnswer::Met) => pick(language, ["met", "erfüllt", "cumplida"]).to_owned(),
        Some(NeedAnswer::Declined { reason }) => {
            format!("{}: {reason}", pick(language, ["declined", "abgelehnt", "rechazada"]))
        }
        Some(NeedAnswer::NotMet { reason }) => {
            format!("{}: {reason}", pick(language, ["not met", "nicht erfüllt", "no cumplida"]))
        }
        Some(NeedAnswer::Countered { text, by }) => {
            let by = day(*by, language);
            match language {
                Language::En => format!("offered instead: {text}, by {by}"),
                Language::De => format!("stattdessen angeboten: {text}, bis {by}"),
                Language::Es => format!("se ofrece a cambio: {text}, para el {by}"),
            }
        }
    }
}

/// An answer to a commitment.
pub(crate) fn commitment_answer(answer: Option<&CommitmentAnswer>, language: Language) -> String {
    match answer {
        None | Some(CommitmentAnswer::Open) => pick(language, ["open", "offen", "abierto"]).to_owned(),
        Some(CommitmentAnswer::Kept) => pick(language, ["kept", "eingehalten", "cumplido"]).to_owned(),
        Some(CommitmentAnswer::NotKept { reason }) => {
            format!("{}: {reason}", pick(language, ["not kept", "nicht eingehalten", "no cumplido"]))
        }
        Some(CommitmentAnswer::Moved { to, reason }) => {
            let to = day(*to, language);
            match language {
                Language::En => format!("moved to {to}: {reason}"),
                Language::De => format!("auf {to} verschoben: {reason}"),
                Language::Es => format!("aplazado al {to}: {reason}"),
            }
        }
    }
}

/// Where what an anchor names is in the window.
pub(crate) fn kpi_address(kpi: &KpiId, of: Option<Week>, part: Option<&DepartmentId>) -> String {
    let mut address = format!("/kpi/{kpi}");
    let mut sign = '?';
    for (name, word) in [("week", of.map(|of| of.to_string())), ("department", part.map(ToString::to_string))]
    {
        if let Some(word) = word {
            address.push(sign);
            address.extend([name, "=", word.as_str()]);
            sign = '&';
        }
    }
    address
}
