//! What the sample company's people write, in the language of its workspace.

use plaza_domain::audit::Answer;
use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;

/// One of three texts: English, German, Spanish.
pub(super) const fn pick(language: Language, texts: [&'static str; 3]) -> &'static str {
    match language {
        Language::En => texts[0],
        Language::De => texts[1],
        Language::Es => texts[2],
    }
}

/// The decision that a KPI serves.
pub(super) const fn decision(kind: KpiKind, language: Language) -> &'static str {
    pick(
        language,
        match kind {
            KpiKind::PromiseKept => [
                "Which orders go first, and where we help out",
                "Welche Aufträge zuerst drankommen und wo wir aushelfen",
                "Qué pedidos van primero y dónde echamos una mano",
            ],
            KpiKind::OrderToCash => [
                "How much working capital the growth may bind",
                "Wie viel Kapital das Wachstum binden darf",
                "Cuánto capital circulante puede absorber el crecimiento",
            ],
            KpiKind::RightFirstTime => [
                "Which fault we remove for good next",
                "Welchen Fehler wir als nächsten dauerhaft abstellen",
                "Qué fallo eliminamos para siempre a continuación",
            ],
            KpiKind::PromiseRealism => [
                "Which lead times sales may promise",
                "Welche Lieferzeiten der Vertrieb zusagen darf",
                "Qué plazos puede prometer Ventas",
            ],
            KpiKind::LateBacklog => [
                "Whether we work a Saturday shift",
                "Ob wir eine Samstagsschicht fahren",
                "Si trabajamos un turno de sábado",
            ],
            // The company has no measure.
            KpiKind::Measure => [""; 3],
        },
    )
}

/// Why the week between the years is left out of the charts.
pub(super) const fn closed(language: Language) -> &'static str {
    pick(
        language,
        [
            "The house was closed; only the on-call service delivered.",
            "Das Haus war geschlossen; nur der Notdienst hat geliefert.",
            "La casa estaba cerrada; solo entregó el servicio de guardia.",
        ],
    )
}

/// What is said when a restated week is signed again.
pub(super) const fn put_right(language: Language) -> &'static str {
    pick(
        language,
        [
            "Delivery slips had been dated with the day they were typed in; put right.",
            "Lieferscheine trugen das Datum der Erfassung statt der Lieferung; berichtigt.",
            "Los albaranes llevaban la fecha de captura, no la de entrega; corregido.",
        ],
    )
}

/// Why the first weeks are left out of the charts.
pub(super) const fn run_in(language: Language) -> &'static str {
    pick(
        language,
        [
            "The order system was new: not all of the week’s orders were in it.",
            "Das Auftragssystem war neu: Es enthielt noch nicht alle Aufträge der Woche.",
            "El sistema de pedidos era nuevo: aún no contenía todos los pedidos de la semana.",
        ],
    )
}

/// Why a new phase of the chart was signed.
pub(super) const fn new_carrier(language: Language) -> &'static str {
    pick(
        language,
        [
            "The new carrier for the south is there to stay: fewer deliveries come late.",
            "Die neue Spedition für den Süden bleibt: Weniger Lieferungen kommen zu spät.",
            "El nuevo transportista del sur se queda: llegan tarde menos entregas.",
        ],
    )
}

/// The answers of the charter that are texts.
pub(super) struct CharterTexts {
    pub(super) problem: &'static str,
    pub(super) usage: &'static str,
    pub(super) fallback: &'static str,
}

/// The charter of the weekly exports.
pub(super) const fn charter(language: Language) -> CharterTexts {
    CharterTexts {
        problem: pick(
            language,
            [
                "Nobody sees which department an order is late in before the customer calls.",
                "Niemand sieht, in welcher Abteilung ein Auftrag zu spät ist, bevor der Kunde anruft.",
                "Nadie ve en qué departamento se retrasa un pedido antes de que llame el cliente.",
            ],
        ),
        usage: pick(
            language,
            [
                "Every Monday, five minutes before the meeting: each head looks at the own part and the orders behind it.",
                "Jeden Montag, fünf Minuten vor der Besprechung: Jede Leitung sieht ihren Anteil und die Aufträge dahinter.",
                "Cada lunes, cinco minutos antes de la reunión: cada responsable mira su parte y los pedidos que hay detrás.",
            ],
        ),
        fallback: pick(
            language,
            [
                "The dispatcher prints Friday’s list of open orders, marks late ones by hand, and reads them out on Monday. The numbers of the week before stay on the board with their age.",
                "Die Disposition druckt die Liste der offenen Aufträge vom Freitag, markiert verspätete von Hand und liest sie am Montag vor. Die Zahlen der Vorwoche bleiben mit ihrem Alter stehen.",
                "Expedición imprime la lista de pedidos abiertos del viernes, marca a mano los retrasados y los lee el lunes. Las cifras de la semana anterior siguen en el tablero con su antigüedad.",
            ],
        ),
    }
}

/// What an audit says is lacking; nothing where the answer is yes.
pub(super) fn lacking(question: &str, answer: Answer, language: Language) -> &'static str {
    let texts = match (question, answer) {
        (_, Answer::Yes) => return "",
        ("truth", _) => [
            "Shipping dates are kept in the carrier’s portal as well.",
            "Versandtermine stehen auch im Portal der Spedition.",
            "Las fechas de envío están también en el portal del transportista.",
        ],
        ("exceptions", _) => [
            "Part deliveries are told apart, changed dates are not always.",
            "Teillieferungen sind unterscheidbar, geänderte Termine nicht immer.",
            "Las entregas parciales se distinguen; los cambios de fecha, no siempre.",
        ],
        (_, Answer::No) => [
            "Written down, and never tried.",
            "Aufgeschrieben und nie ausprobiert.",
            "Está escrito y nunca se ha probado.",
        ],
        (_, Answer::Partial) => [
            "Tried once in logistics; production has not.",
            "Einmal in der Logistik ausprobiert; in der Produktion noch nicht.",
            "Se probó una vez en logística; en producción aún no.",
        ],
    };
    pick(language, texts)
}
