//! What is said of wins, in the reader's language.

use plaza_domain::event::ContributorReason;
use plaza_domain::language::Language;

use crate::meeting::words::pick;

fn days(count: u32, language: Language) -> String {
    match (language, count) {
        (Language::En, 1) => "1 day".to_owned(),
        (Language::En, _) => format!("{count} days"),
        (Language::De, 1) => "1 Tag".to_owned(),
        (Language::De, _) => format!("{count} Tage"),
        (Language::Es, 1) => "1 día".to_owned(),
        (Language::Es, _) => format!("{count} días"),
    }
}

/// Why somebody is named, in one sentence. `text` is what was decided or promised, where it was.
pub(crate) fn reason(reason: &ContributorReason, text: Option<&str>, language: Language) -> String {
    match reason {
        ContributorReason::MadeUp { days: made_up, legs: 1 } => {
            let days = days(*made_up, language);
            match language {
                Language::En => format!("Made up {days} when the order was late."),
                Language::De => format!("Hat {days} aufgeholt, als der Auftrag spät war."),
                Language::Es => format!("Recuperó {days} cuando el pedido iba con retraso."),
            }
        }
        ContributorReason::MadeUp { days: made_up, legs } => {
            let days = days(*made_up, language);
            match language {
                Language::En => format!("Made up {days} on {legs} legs that began late."),
                Language::De => format!("Hat auf {legs} Etappen, die spät begannen, {days} aufgeholt."),
                Language::Es => format!("Recuperó {days} en {legs} tramos que empezaron con retraso."),
            }
        }
        ContributorReason::Kept { legs: 1 } => {
            pick(language, ["Kept its time.", "Hat die eigene Zeit eingehalten.", "Cumplió su plazo."])
                .to_owned()
        }
        ContributorReason::Kept { legs } => match language {
            Language::En => format!("Kept its time on all {legs} legs."),
            Language::De => format!("Hat auf allen {legs} Etappen die eigene Zeit eingehalten."),
            Language::Es => format!("Cumplió su plazo en los {legs} tramos."),
        },
        ContributorReason::Carried { legs, kept } if *kept > 0 => match language {
            Language::En => format!("Kept its time on {kept} of {legs} legs."),
            Language::De => format!("Hat auf {kept} von {legs} Etappen die eigene Zeit eingehalten."),
            Language::Es => format!("Cumplió su plazo en {kept} de {legs} tramos."),
        },
        ContributorReason::Carried { .. } => pick(
            language,
            [
                "Carried the order on its way, and had a hard time of it.",
                "Hat den Auftrag ein Stück getragen und hatte es dabei schwer.",
                "Llevó el pedido una parte del camino, y no fue fácil.",
            ],
        )
        .to_owned(),
        ContributorReason::Decided { .. } => {
            let text = text.unwrap_or_default();
            match language {
                Language::En => format!("Saw to the decision “{text}”."),
                Language::De => format!("Hat für den Beschluss „{text}“ gesorgt."),
                Language::Es => format!("Se ocupó de la decisión «{text}»."),
            }
        }
        ContributorReason::Committed { .. } => {
            let text = text.unwrap_or_default();
            match language {
                Language::En => format!("Kept the commitment “{text}”."),
                Language::De => format!("Hat die Zusage „{text}“ eingehalten."),
                Language::Es => format!("Cumplió el compromiso «{text}»."),
            }
        }
        ContributorReason::Named { words } if words.is_empty() => {
            pick(language, ["Named by a colleague.", "Von jemandem genannt.", "Alguien lo nombró."])
                .to_owned()
        }
        ContributorReason::Named { words } => words.clone(),
    }
}

/// A title for a chart that turned to the better.
pub(crate) fn turned(chart: &str, language: Language) -> String {
    match language {
        Language::En => format!("{chart} turned to the better"),
        Language::De => format!("{chart} hat sich zum Besseren gewendet"),
        Language::Es => format!("{chart} ha mejorado"),
    }
}

/// A gentle word where one department's name is on all wins of a quarter that name somebody. `named` are those, of `wins`
/// in all.
pub(crate) fn only(department: &str, named: usize, wins: usize, language: Language) -> String {
    let all = if named == wins {
        match language {
            Language::En => format!("All {wins} wins name only {department}."),
            Language::De => format!("Alle {wins} Erfolge nennen nur {department}."),
            Language::Es => format!("Los {wins} logros nombran solo a {department}."),
        }
    } else {
        match language {
            Language::En => format!("The {named} wins that name somebody name only {department}."),
            Language::De => format!("Die {named} Erfolge, die jemanden nennen, nennen nur {department}."),
            Language::Es => format!("Los {named} logros que nombran a alguien nombran solo a {department}."),
        }
    };
    let who = pick(
        language,
        [
            "Who else had a part in them? Everybody can add a name.",
            "Wer hatte noch Anteil daran? Jeder kann einen Namen ergänzen.",
            "¿Quién más participó? Cualquiera puede añadir un nombre.",
        ],
    );
    format!("{all} {who}")
}

/// What stands above the names on a card.
pub(crate) const fn thanks(language: Language) -> &'static str {
    match language {
        Language::En => "Thanks to",
        Language::De => "Dank an",
        Language::Es => "Gracias a",
    }
}

/// How many names a card has no room for.
pub(crate) fn more(names: usize, language: Language) -> String {
    match language {
        Language::En => format!("and {names} more"),
        Language::De => format!("und {names} weitere"),
        Language::Es => format!("y {names} más"),
    }
}
