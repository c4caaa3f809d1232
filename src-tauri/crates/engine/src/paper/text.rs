//! Words that only papers have, in the reader's language.

use plaza_domain::event::Closing;
use plaza_domain::language::Language;

use crate::meeting::words::pick;

/// A word of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Minutes,
    Agenda,
    Digest,
    When,
    Where,
    Facilitator,
    Present,
    Excused,
    Absent,
    Rating,
    Decision,
    Need,
    Commitment,
    Decisions,
    Needs,
    Commitments,
    Expected,
    Parking,
    Round,
    Item,
    Why,
    Minute,
    Who,
    What,
    Due,
    From,
    To,
    Answer,
    Waiting,
    Prepare,
    Kpi,
    Value,
    Target,
    Changed,
    WaitsFor,
    Nobody,
    Nothing,
    Owner,
}

impl Word {
    pub(super) const fn of(self, language: Language) -> &'static str {
        pick(
            language,
            match self {
                Self::Minutes => [
                    "Minutes of the weekly meeting",
                    "Protokoll des Wochentreffens",
                    "Acta de la reunión semanal",
                ],
                Self::Agenda => [
                    "Agenda of the weekly meeting",
                    "Tagesordnung des Wochentreffens",
                    "Orden del día de la reunión semanal",
                ],
                Self::Digest => {
                    ["The week in one page", "Die Woche auf einer Seite", "La semana en una página"]
                }
                Self::When => ["When", "Wann", "Cuándo"],
                Self::Where => ["Where", "Wo", "Dónde"],
                Self::Facilitator => ["Facilitator", "Moderation", "Modera"],
                Self::Present => ["Present", "Anwesend", "Presentes"],
                Self::Excused => ["Excused", "Entschuldigt", "Excusados"],
                Self::Absent => ["Absent", "Abwesend", "Ausentes"],
                Self::Rating => ["Rating", "Bewertung", "Valoración"],
                Self::Decision => ["Decision", "Beschluss", "Decisión"],
                Self::Need => ["Need", "Bedarf", "Necesidad"],
                Self::Commitment => ["Commitment", "Zusage", "Compromiso"],
                Self::Decisions => ["Decisions", "Beschlüsse", "Decisiones"],
                Self::Needs => ["Needs", "Bedarfe", "Necesidades"],
                Self::Commitments => ["Commitments", "Zusagen", "Compromisos"],
                Self::Expected => ["Expected", "Erwartet", "Esperado"],
                Self::Parking => ["Parking lot", "Themenspeicher", "Aparcamiento"],
                Self::Round => ["Closing round", "Schlussrunde", "Ronda final"],
                Self::Item => ["Item", "Punkt", "Punto"],
                Self::Why => ["Why", "Warum", "Por qué"],
                Self::Minute => ["Minutes", "Minuten", "Minutos"],
                Self::Who => ["Who", "Wer", "Quién"],
                Self::What => ["What", "Was", "Qué"],
                Self::Due => ["By", "Bis", "Para"],
                Self::From => ["From", "Von", "De"],
                Self::To => ["To", "An", "A"],
                Self::Answer => ["Answer", "Antwort", "Respuesta"],
                Self::Waiting => ["In the queue", "In der Warteschlange", "En espera"],
                Self::Prepare => ["Prepare", "Vorbereiten", "Preparar"],
                Self::Kpi => ["Number", "Zahl", "Cifra"],
                Self::Value => ["Latest", "Zuletzt", "Última"],
                Self::Target => ["Target", "Ziel", "Objetivo"],
                Self::Changed => ["What changed", "Was sich geändert hat", "Qué cambió"],
                Self::WaitsFor => ["What waits for whom", "Was auf wen wartet", "Qué espera a quién"],
                Self::Nobody => ["Nobody in particular", "Niemand Bestimmtes", "Nadie en particular"],
                Self::Nothing => ["Nothing.", "Nichts.", "Nada."],
                Self::Owner => ["Owner", "Verantwortlich", "Responsable"],
            },
        )
    }
}

/// How an item ended, in a sentence.
pub(super) const fn closing(closing: Closing, language: Language) -> &'static str {
    match closing {
        Closing::Done => pick(language, ["Talked through.", "Besprochen.", "Tratado."]),
        Closing::Understood => pick(language, ["Understood.", "Verstanden.", "Entendido."]),
        Closing::NextTime => {
            pick(language, ["For the next meeting.", "Für das nächste Treffen.", "Para la próxima reunión."])
        }
        Closing::Parked => pick(language, ["Parked.", "Im Themenspeicher.", "Aparcado."]),
    }
}

/// An item that the meeting did not reach.
pub(super) const fn not_reached(language: Language) -> &'static str {
    pick(
        language,
        [
            "Not reached; it carries over.",
            "Nicht erreicht; wird übertragen.",
            "No se llegó; pasa a la próxima.",
        ],
    )
}
