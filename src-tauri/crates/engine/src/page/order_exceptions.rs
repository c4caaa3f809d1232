//! What was out of the ordinary about an order line, with dates, in words.

use plaza_domain::day::Day;
use plaza_domain::journey::Journey;
use plaza_domain::journey::assemble::{Exception, RecordFacts, assemble};
use plaza_domain::journey::history::History;
use plaza_domain::language::Language;
use plaza_domain::record::{ChangedBy, Facts};
use serde::Serialize;

use super::order::ExceptionView;
use super::order_words::{day, milestone};
use crate::journey::context::{JourneyContext, day_of_moment};
use crate::journey::key::is_whole_order;
use crate::truth::HeardRecord;
use crate::words::quantity;

/// What the words need to know.
pub(super) struct Telling<'a> {
    pub(super) today: Day,
    pub(super) language: Language,
    pub(super) context: &'a JourneyContext,
    /// What the streams are called, by the place at which their records are heard.
    pub(super) streams: &'a [String],
    /// What a department is called, by its seat.
    pub(super) department: &'a dyn Fn(usize) -> String,
}

/// All exceptions of a journey, earliest first; those without a date come last.
pub(super) fn exceptions(
    journey: &Journey,
    records: &[HeardRecord],
    telling: &Telling<'_>,
) -> Vec<ExceptionView> {
    let mut views = of_journey(journey, telling);
    views.extend(of_records(records, telling));
    views.sort_by(|a, b| a.day.is_none().cmp(&b.day.is_none()).then_with(|| a.day.cmp(&b.day)));
    views.dedup_by(|a, b| a.kind == b.kind && a.words == b.words);
    views
}

fn view(kind: &str, day: Option<Day>, words: [String; 3], language: Language) -> ExceptionView {
    let [en, de, es] = words;
    let words = match language {
        Language::En => en,
        Language::De => de,
        Language::Es => es,
    };
    ExceptionView { kind: kind.to_owned(), day: day.map(|day| day.to_string()), words }
}

/// What the journey itself says.
fn of_journey(journey: &Journey, telling: &Telling<'_>) -> Vec<ExceptionView> {
    let language = telling.language;
    let mut views = Vec::new();
    let mut add =
        |kind: &str, day: Option<Day>, words: [String; 3]| views.push(view(kind, day, words, language));
    if let Some(on) = journey.cancelled {
        add(
            "cancelled",
            Some(on),
            ["The line was cancelled.", "Die Position wurde storniert.", "La línea se canceló."]
                .map(String::from),
        );
    }
    if let Some(on) = journey.deleted_at_source {
        add("deleted_at_source", Some(on), [
            "It was missing from a complete file of its system: deleted there. It counts like a cancellation.",
            "Sie fehlte in einer vollständigen Datei ihres Systems: dort gelöscht. Sie zählt wie eine Stornierung.",
            "Faltaba en un archivo completo de su sistema: se borró allí. Cuenta como una cancelación.",
        ].map(String::from));
    }
    if journey.partial {
        add("partial", None, [
            "It went out in more than one shipment; the day on which the quantity was complete counts.",
            "Sie ging in mehreren Lieferungen hinaus; es zählt der Tag, an dem die Menge vollständig war.",
            "Salió en más de un envío; cuenta el día en que la cantidad estuvo completa.",
        ].map(String::from));
    }
    if journey.short {
        let last = journey.actual[telling.context.kpi.route.promise()];
        let done = journey.delivered_quantity.or(journey.shipped_quantity).unwrap_or(0);
        let (done, all) =
            (quantity(done, language), quantity(journey.ordered_quantity.unwrap_or(0), language));
        add(
            "short",
            last,
            [
                format!("It was closed short: {done} of {all}."),
                format!("Sie wurde mit Fehlmenge abgeschlossen: {done} von {all}."),
                format!("Se cerró incompleta: {done} de {all}."),
            ],
        );
    }
    let whose = |index: usize| {
        journey.reasons.get(index).copied().flatten().map(|seat| (telling.department)(seat.index()))
    };
    if let Some(on) = journey.returned {
        let back = journey.returned_quantity.map(|back| quantity(back, language));
        add(
            "returned",
            Some(on),
            reasoned(
                match back {
                    Some(back) => [
                        format!("{back} came back"),
                        format!("{back} kamen zurück"),
                        format!("Volvieron {back}"),
                    ],
                    None => ["Goods came back", "Ware kam zurück", "Volvió mercancía"].map(String::from),
                },
                whose(0).as_deref(),
            ),
        );
    }
    if let Some(on) = journey.credited {
        add(
            "credited",
            Some(on),
            if journey.credit_for_wrong_invoice {
                [
                    "A credit note was written because the invoice was wrong.",
                    "Eine Gutschrift wurde geschrieben, weil die Rechnung falsch war.",
                    "Se emitió un abono porque la factura era errónea.",
                ]
                .map(String::from)
            } else {
                reasoned(
                    ["A credit note was written", "Eine Gutschrift wurde geschrieben", "Se emitió un abono"]
                        .map(String::from),
                    whose(1).as_deref(),
                )
            },
        );
    }
    if let Some(on) = journey.disputed {
        add(
            "disputed",
            Some(on),
            reasoned(
                ["The customer objected", "Der Kunde hat reklamiert", "El cliente reclamó"].map(String::from),
                whose(2).as_deref(),
            ),
        );
    }
    views
}

/// The sentence, with the department that the reason names.
fn reasoned(words: [String; 3], department: Option<&str>) -> [String; 3] {
    let [en, de, es] = words;
    match department {
        None => [en + ".", de + ".", es + "."],
        Some(name) => [
            format!("{en}; the reason given lies with {name}."),
            format!("{de}; der genannte Grund liegt bei {name}."),
            format!("{es}; el motivo indicado corresponde a {name}."),
        ],
    }
}

/// What assembling finds odd: told from the records, since the journey does not keep it.
fn of_records(records: &[HeardRecord], telling: &Telling<'_>) -> Vec<ExceptionView> {
    let mut records: Vec<&HeardRecord> = records.iter().collect();
    // The line's own records first, then those of the whole order; within each by stream, as a pull has them.
    records.sort_by_key(|one| (is_whole_order(one.record.key.journey), one.place, one.record.key.row_key));
    let histories: Vec<Option<History>> = records
        .iter()
        .map(|one| one.record.history.as_deref().and_then(|bytes| History::from_bytes(bytes).ok()))
        .collect();
    let facts: Vec<RecordFacts<'_>> = records
        .iter()
        .zip(&histories)
        .map(|(one, history)| RecordFacts {
            stream: u16::try_from(one.place).unwrap_or(u16::MAX),
            facts: Facts(&one.record.facts),
            known: one.record.known,
            history: history.as_ref(),
            deleted_at_source: one.record.gone_at.map(day_of_moment),
            order_level: is_whole_order(one.record.key.journey),
            left_out: one.left_out,
        })
        .collect();
    let Ok(assembled) = assemble(&facts, &telling.context.assembly, None) else { return Vec::new() };
    assembled.exceptions.iter().map(|exception| of_exception(exception, telling)).collect()
}

#[allow(clippy::too_many_lines)] // a list of sentences, which reads best as one
fn of_exception(exception: &Exception, telling: &Telling<'_>) -> ExceptionView {
    let language = telling.language;
    let date = |on: Day| day(on, telling.today, language);
    let stream = |place: u16| telling.streams.get(usize::from(place)).cloned().unwrap_or_default();
    match *exception {
        Exception::OutOfOrder { milestone: early, on, later, later_on } => {
            let (early, later) = (milestone(early, language), milestone(later, language));
            let (at, later_at) = (date(on), date(later_on));
            view(
                "out_of_order",
                Some(on),
                [
                    format!(
                        "“{early}” is dated {at}, after “{later}” on {later_at}: it is treated as missing."
                    ),
                    format!(
                        "„{early}“ ist auf den {at} datiert, nach „{later}“ am {later_at}: Es gilt als fehlend."
                    ),
                    format!(
                        "«{early}» tiene fecha {at}, posterior a «{later}» el {later_at}: se trata como ausente."
                    ),
                ],
                language,
            )
        }
        Exception::DateChanged { from, to, on, by } => {
            let (first, new) = (date(from), date(to));
            match by {
                ChangedBy::Us => view(
                    "date_changed_by_us",
                    Some(on),
                    [
                        format!("We moved the date to {new}; the first promise, {first}, counts."),
                        format!(
                            "Wir haben den Termin auf den {new} verschoben; es zählt die erste Zusage, {first}."
                        ),
                        format!("Movimos la fecha al {new}; cuenta la primera promesa, {first}."),
                    ],
                    language,
                ),
                ChangedBy::Customer => view(
                    "date_changed_by_customer",
                    Some(on),
                    [
                        format!("The customer moved the date to {new}; the first promise, {first}, counts."),
                        format!(
                            "Der Kunde hat den Termin auf den {new} verschoben; es zählt die erste Zusage, {first}."
                        ),
                        format!("El cliente movió la fecha al {new}; cuenta la primera promesa, {first}."),
                    ],
                    language,
                ),
            }
        }
        Exception::PromiseByArrival { promised } => {
            let promised = date(promised);
            view(
                "promise_by_arrival",
                None,
                [
                    format!(
                        "Several promises are known, and only their arrival here says that {promised} was the first."
                    ),
                    format!(
                        "Mehrere Zusagen sind bekannt; nur ihr Eintreffen hier sagt, dass {promised} die erste war."
                    ),
                    format!(
                        "Se conocen varias promesas, y solo su llegada aquí dice que {promised} fue la primera."
                    ),
                ],
                language,
            )
        }
        Exception::DueMoved { milestone: of, from, to } => {
            let (of, old, new) = (milestone(of, language), date(from), date(to));
            view(
                "due_moved",
                None,
                [
                    format!(
                        "The plan for “{of}” was moved from {old} to {new} after the promise; {old} counts."
                    ),
                    format!(
                        "Der Plan für „{of}“ wurde nach der Zusage vom {old} auf den {new} verschoben; {old} zählt."
                    ),
                    format!(
                        "El plan de «{of}» pasó del {old} al {new} después de la promesa; cuenta el {old}."
                    ),
                ],
                language,
            )
        }
        Exception::Disagreement { field, kept, other } => {
            let (field, kept, other) = (word(field), stream(kept), stream(other));
            view(
                "disagreement",
                None,
                [
                    format!("“{kept}” and “{other}” disagree about “{field}”; “{kept}” counts."),
                    format!("„{kept}“ und „{other}“ widersprechen sich bei „{field}“; „{kept}“ zählt."),
                    format!("«{kept}» y «{other}» no coinciden en «{field}»; cuenta «{kept}»."),
                ],
                language,
            )
        }
        Exception::UndatedQuantity { milestone: of, quantity: thousandths } => {
            let (of, amount) = (milestone(of, language), quantity(thousandths, language));
            view(
                "undated_quantity",
                None,
                [
                    format!("{amount} “{of}” without a date: they count, but on no day."),
                    format!("{amount} „{of}“ ohne Datum: Sie zählen, aber an keinem Tag."),
                    format!("{amount} «{of}» sin fecha: cuentan, pero en ningún día."),
                ],
                language,
            )
        }
        Exception::ImplausibleDate { field } => {
            let field = word(field);
            view(
                "implausible_date",
                None,
                [
                    format!("“{field}” has a date that cannot be; it is left out."),
                    format!("„{field}“ hat ein unmögliches Datum; es wird ausgelassen."),
                    format!("«{field}» tiene una fecha imposible; se omite."),
                ],
                language,
            )
        }
        Exception::RecordDeleted { stream: place, on } => {
            let name = stream(place);
            view(
                "record_deleted",
                Some(on),
                [
                    format!("A row of “{name}” was deleted at the source; it is left out."),
                    format!("Eine Zeile von „{name}“ wurde in der Quelle gelöscht; sie wird ausgelassen."),
                    format!("Se borró en el origen una fila de «{name}»; se omite."),
                ],
                language,
            )
        }
    }
}

/// The word that TOML uses for a field: people find it there again.
fn word(field: impl Serialize) -> String {
    serde_json::to_value(field).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
