//! What the page of an order says in words: its arithmetic and its exceptions, in English, German and Spanish.

use plaza_domain::day::Day;
use plaza_domain::journey::Milestone;
use plaza_domain::kpi::judge::InvoiceFault;
use plaza_domain::language::Language;
use plaza_domain::signal::words::period;

/// One of three texts.
pub(super) const fn pick(language: Language, texts: [&'static str; 3]) -> &'static str {
    match language {
        Language::En => texts[0],
        Language::De => texts[1],
        Language::Es => texts[2],
    }
}

/// A day in running text, with its year unless that is this one.
pub(super) fn day(day: Day, today: Day, language: Language) -> String {
    let year = |day: Day| day.to_string().split_once('-').map(|(year, _)| year.to_owned());
    if year(day) == year(today) { period::date_in_year(day, language) } else { period::date(day, language) }
}

/// Days with their sign as a person writes it: `−3`.
pub(super) fn signed(days: i32) -> String {
    if days < 0 { format!("−{}", days.unsigned_abs()) } else { days.to_string() }
}

/// A sum as a person writes it: `−3 + 0 + 6 − 1`.
pub(super) fn sum(terms: impl IntoIterator<Item = i32>) -> String {
    let mut text = String::new();
    for term in terms {
        if text.is_empty() {
            text = signed(term);
        } else {
            let sign = if term < 0 { "−" } else { "+" };
            text = format!("{text} {sign} {}", term.unsigned_abs());
        }
    }
    text
}

/// What is done on the leg to a milestone: `Producing`.
pub(super) const fn leg(to: Milestone, language: Language) -> &'static str {
    let words = match to {
        Milestone::Ordered => ["Ordering", "Bestellen", "Pedir"],
        Milestone::Confirmed => ["Confirming", "Bestätigen", "Confirmar"],
        Milestone::Produced => ["Producing", "Fertigen", "Producir"],
        Milestone::Shipped => ["Shipping", "Versenden", "Enviar"],
        Milestone::Delivered => ["Delivering", "Liefern", "Entregar"],
        Milestone::Invoiced => ["Invoicing", "Berechnen", "Facturar"],
        Milestone::Paid => ["Being paid", "Bezahlt werden", "Cobrar"],
    };
    pick(language, words)
}

/// What a milestone is called: `produced`.
pub(super) const fn milestone(milestone: Milestone, language: Language) -> &'static str {
    let words = match milestone {
        Milestone::Ordered => ["ordered", "bestellt", "pedido"],
        Milestone::Confirmed => ["confirmed", "bestätigt", "confirmado"],
        Milestone::Produced => ["produced", "gefertigt", "producido"],
        Milestone::Shipped => ["shipped", "versandt", "enviado"],
        Milestone::Delivered => ["delivered", "geliefert", "entregado"],
        Milestone::Invoiced => ["invoiced", "berechnet", "facturado"],
        Milestone::Paid => ["paid", "bezahlt", "cobrado"],
    };
    pick(language, words)
}

pub(super) const fn gap(language: Language) -> &'static str {
    pick(language, ["Promise gap", "Lücke der Zusage", "Brecha de la promesa"])
}

pub(super) const fn lateness(language: Language) -> &'static str {
    pick(language, ["Lateness", "Verspätung", "Retraso"])
}

/// `planned end 13 March − promised 16 March`.
pub(super) fn gap_working(due: &str, promised: &str, language: Language) -> String {
    match language {
        Language::En => format!("planned end {due} − promised {promised}"),
        Language::De => format!("geplantes Ende {due} − zugesagt {promised}"),
        Language::Es => format!("fin previsto {due} − prometido {promised}"),
    }
}

/// `12 days taken − 6 planned`; while it runs `5 days so far − 2 planned`.
pub(super) fn leg_working(actual: i32, planned: i32, running: bool, language: Language) -> String {
    let (days, planned) = (signed(actual), signed(planned));
    let one = actual == 1;
    match (language, running) {
        (Language::En, false) => {
            format!("{days} {} taken − {planned} planned", if one { "day" } else { "days" })
        }
        (Language::En, true) => {
            format!("{days} {} so far − {planned} planned", if one { "day" } else { "days" })
        }
        (Language::De, false) => {
            format!("{days} {} gebraucht − {planned} geplant", if one { "Tag" } else { "Tage" })
        }
        (Language::De, true) => {
            format!("bisher {days} {} − {planned} geplant", if one { "Tag" } else { "Tage" })
        }
        (Language::Es, false) => {
            format!("{days} {} − {planned} previstos", if one { "día empleado" } else { "días empleados" })
        }
        (Language::Es, true) => {
            format!("{days} {} hasta ahora − {planned} previstos", if one { "día" } else { "días" })
        }
    }
}

/// On which counts a promise was missed, as words in brackets.
pub(super) const fn late(language: Language) -> &'static str {
    pick(language, ["late", "verspätet", "con retraso"])
}

pub(super) const fn short(language: Language) -> &'static str {
    pick(language, ["short", "zu wenig", "incompleto"])
}

pub(super) const fn invoice(fault: InvoiceFault, language: Language) -> &'static str {
    match fault {
        InvoiceFault::Late => pick(language, ["invoiced late", "zu spät berechnet", "facturado tarde"]),
        InvoiceFault::Wrong => pick(language, ["invoiced wrongly", "falsch berechnet", "mal facturado"]),
    }
}
