//! What threads hang on, and what became of what was seen, in the reader's language.

use plaza_domain::day::Day;
use plaza_domain::event::Anchor;
use plaza_domain::language::Language;

use crate::meeting::words::{day, pick};
use crate::words::{field, field_name};

/// `Order 4711, line 2`; of a split and of a record it says so.
pub(crate) fn order(order: &str, line: &str, anchor: &Anchor, language: Language) -> String {
    let order = match language {
        Language::En => format!("Order {order}, line {line}"),
        Language::De => format!("Auftrag {order}, Position {line}"),
        Language::Es => format!("Pedido {order}, línea {line}"),
    };
    match anchor {
        Anchor::Split { .. } => {
            format!("{order}: {}", pick(language, ["the split", "die Aufteilung", "el reparto"]))
        }
        Anchor::Record { .. } => {
            format!(
                "{order}: {}",
                pick(language, ["a raw record", "ein Rohdatensatz", "un registro original"])
            )
        }
        _ => order,
    }
}

/// A run of an integration.
pub(crate) fn run(integration: &str, language: Language) -> String {
    match language {
        Language::En => format!("A run of {integration}"),
        Language::De => format!("Ein Lauf von {integration}"),
        Language::Es => format!("Una ejecución de {integration}"),
    }
}

/// A week's meeting.
pub(crate) fn meeting(week: &str, language: Language) -> String {
    match language {
        Language::En => format!("Meeting of {week}"),
        Language::De => format!("Besprechung der {week}"),
        Language::Es => format!("Reunión de la {week}"),
    }
}

/// A decision, need, win or commitment.
pub(crate) const fn promise(noun: &str, language: Language) -> &'static str {
    match noun.as_bytes() {
        b"decision" => pick(language, ["Decision", "Beschluss", "Decisión"]),
        b"need" => pick(language, ["Need", "Bedarf", "Necesidad"]),
        b"win" => pick(language, ["Win", "Erfolg", "Logro"]),
        _ => pick(language, ["Commitment", "Zusage", "Compromiso"]),
    }
}

/// A debrief.
pub(crate) const fn debrief(language: Language) -> &'static str {
    pick(language, ["Debrief", "Reisebericht", "Informe de visita"])
}

/// `Debrief: Mira Okafor at Production`.
pub(crate) fn visit(noun: &str, visitor: &str, host: &str, language: Language) -> String {
    match language {
        Language::En => format!("{noun}: {visitor} at {host}"),
        Language::De => format!("{noun}: {visitor} bei {host}"),
        Language::Es => format!("{noun}: {visitor} en {host}"),
    }
}

/// “Seen 92.1 %, now 90.4 %: restated on 12 November.”
pub(crate) fn seen_now(then: &str, now: &str, on: Option<&str>, language: Language) -> String {
    match (language, on) {
        (Language::En, Some(on)) => format!("Seen {then}, now {now}: restated on {on}."),
        (Language::De, Some(on)) => format!("Gesehen {then}, jetzt {now}: am {on} geändert."),
        (Language::Es, Some(on)) => format!("Visto {then}, ahora {now}: corregido el {on}."),
        (Language::En, None) => format!("Seen {then}, now {now}."),
        (Language::De, None) => format!("Gesehen {then}, jetzt {now}."),
        (Language::Es, None) => format!("Visto {then}, ahora {now}."),
    }
}

/// The share of a department.
pub(crate) fn share(department: &str, language: Language) -> String {
    match language {
        Language::En => format!("{department}’s share"),
        Language::De => format!("Anteil {department}"),
        Language::Es => format!("Parte de {department}"),
    }
}

/// What a fact is called.
pub(crate) fn fact_name(code: &str, language: Language) -> String {
    match code {
        "reached" => pick(language, ["Reached", "Erreicht", "Alcanzado"]).to_owned(),
        "lateness" => pick(language, ["Days late", "Tage zu spät", "Días de retraso"]).to_owned(),
        "outcome" => pick(language, ["Outcome", "Ergebnis", "Resultado"]).to_owned(),
        "debrief:saw" => pick(language, ["What was seen", "Was zu sehen war", "Lo que se vio"]).to_owned(),
        "debrief:surprised" => {
            pick(language, ["What was surprising", "Was überrascht hat", "Lo que sorprendió"]).to_owned()
        }
        "debrief:change" => {
            pick(language, ["What would change", "Was sich ändern sollte", "Lo que debería cambiar"])
                .to_owned()
        }
        code => match code.strip_prefix("rows:") {
            Some(rows) => format!("{} ({rows})", pick(language, ["Rows", "Zeilen", "Filas"])),
            None => field(code).map_or(code, |field| field_name(field, language)).to_owned(),
        },
    }
}

/// What a fact says.
pub(crate) fn fact_text(code: &str, text: &str, language: Language) -> String {
    if let Ok(date) = text.parse::<Day>() {
        return day(date, language);
    }
    if code.starts_with("share:") {
        return text.parse().map_or_else(|_| text.to_owned(), |number: f64| language.number(number, 2));
    }
    match (code, text) {
        ("outcome", "kept") => pick(language, ["kept", "gehalten", "cumplida"]),
        ("outcome", "missed") => pick(language, ["missed", "verfehlt", "incumplida"]),
        ("outcome", "pending") => pick(language, ["pending", "offen", "pendiente"]),
        ("outcome", "cancelled") => pick(language, ["cancelled", "storniert", "cancelado"]),
        ("outcome", "no_promise") => pick(language, ["no promise", "ohne Zusage", "sin promesa"]),
        _ => text,
    }
    .to_owned()
}
