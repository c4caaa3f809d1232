//! What the sample company's people write, in the language of its workspace.

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
