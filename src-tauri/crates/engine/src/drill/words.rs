//! What came of a drill, in sentences.

use plaza_domain::event::{ByHand, Outage, Rush};
use plaza_domain::language::Language;
use plaza_domain::signal::Cadence;
use plaza_domain::signal::words::period;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Headroom beyond this is no number any more that says something.
const HEADROOM_SAID_MAX: i64 = 1_000;

fn number(count: i64, language: Language) -> String {
    language.number(count as f64, 0)
}

/// A stretch of time in the unit that a person would use.
pub(crate) fn length(ms: i64, language: Language) -> String {
    let (count, words) = if ms >= 2 * DAY_MS {
        (ms / DAY_MS, ["days", "Tage", "días"])
    } else if ms >= 2 * HOUR_MS {
        (ms / HOUR_MS, ["hours", "Stunden", "horas"])
    } else if ms >= 2 * MINUTE_MS {
        (ms / MINUTE_MS, ["minutes", "Minuten", "minutos"])
    } else {
        ((ms + 999) / 1_000, ["seconds", "Sekunden", "segundos"])
    };
    format!("{} {}", number(count, language), words[language as usize])
}

/// What came of a rush.
pub fn rush(rush: &Rush, language: Language) -> Vec<String> {
    let count = |count: i64| number(count, language);
    let (rows, pulls) = (count(rush.rows), count(i64::from(rush.pulls)));
    let rate = count(rush.rows.saturating_mul(1_000) / rush.elapsed_ms.max(1));
    let (times, took) = (rush.times, length(rush.elapsed_ms, language));
    let volume = match language {
        Language::En => format!(
            "{times} times the usual volume: {rows} rows in {pulls} pulls took {took}, {rate} rows a second."
        ),
        Language::De => format!(
            "Das {times}-Fache der üblichen Menge: {rows} Zeilen in {pulls} Läufen dauerten {took}, {rate} Zeilen je Sekunde."
        ),
        Language::Es => format!(
            "{times} veces el volumen habitual: {rows} filas en {pulls} cargas tardaron {took}, {rate} filas por segundo."
        ),
    };
    let mut sentences = vec![sound(rush, language), volume, headroom(rush, language), faults(rush, language)];
    sentences.extend(memory(rush, language));
    sentences
}

fn sound(rush: &Rush, language: Language) -> String {
    let count = |count: i64| number(count, language);
    let expected = count(rush.expected);
    if rush.is_sound() {
        return match language {
            Language::En => {
                format!("Nothing lost, nothing doubled: all {expected} order lines say what they must.")
            }
            Language::De => {
                format!(
                    "Nichts verloren, nichts doppelt: Alle {expected} Auftragszeilen sagen, was sie müssen."
                )
            }
            Language::Es => {
                format!("Nada perdido, nada duplicado: las {expected} líneas de pedido dicen lo que deben.")
            }
        };
    }
    let (lost, doubled) = (count(rush.lost), count(rush.doubled));
    match language {
        Language::En => format!(
            "Of {expected} order lines {lost} were lost, and {doubled} say something else than they must: tell whoever looks after Plaza."
        ),
        Language::De => format!(
            "Von {expected} Auftragszeilen gingen {lost} verloren, und {doubled} sagen etwas anderes, als sie müssen: Sagen Sie es denen, die Plaza betreuen."
        ),
        Language::Es => format!(
            "De {expected} líneas de pedido se perdieron {lost} y {doubled} dicen otra cosa de lo que deben: avise a quien cuida de Plaza."
        ),
    }
}

fn headroom(rush: &Rush, language: Language) -> String {
    let times = rush.headroom_thousandths / 1_000;
    let between = length(rush.cadence_ms, language);
    let many = if times > HEADROOM_SAID_MAX {
        let most = number(HEADROOM_SAID_MAX, language);
        match language {
            Language::En => format!("more than {most} times"),
            Language::De => format!("mehr als das {most}-Fache"),
            Language::Es => format!("más de {most} veces"),
        }
    } else {
        let exact = language.number(rush.headroom_thousandths as f64 / 1e3, u8::from(times < 10));
        match language {
            Language::En => format!("{exact} times"),
            Language::De => format!("das {exact}-Fache"),
            Language::Es => format!("{exact} veces"),
        }
    };
    match language {
        Language::En => format!("Headroom: {many} the usual volume would fit between two pulls ({between})."),
        Language::De => {
            format!("Luft nach oben: Zwischen zwei Läufe ({between}) passt {many} der üblichen Menge.")
        }
        Language::Es => format!("Margen: entre dos cargas ({between}) cabe {many} el volumen habitual."),
    }
}

fn faults(rush: &Rush, language: Language) -> String {
    let (time_outs, partial, repeated) = (rush.time_outs, rush.partial_pages, rush.repeated_pages);
    let rows = number(rush.repeated_rows, language);
    match language {
        Language::En => format!(
            "On purpose: {time_outs} time-outs, {partial} pages that broke off, {repeated} that came twice ({rows} rows)."
        ),
        Language::De => format!(
            "Mit Absicht: {time_outs} Zeitüberschreitungen, {partial} abgebrochene Seiten, {repeated} doppelte ({rows} Zeilen)."
        ),
        Language::Es => format!(
            "A propósito: {time_outs} esperas agotadas, {partial} páginas cortadas, {repeated} repetidas ({rows} filas)."
        ),
    }
}

fn memory(rush: &Rush, language: Language) -> Option<String> {
    let megabytes = number(rush.memory_bytes? >> 20, language);
    Some(match (rush.memory_is_flat, language) {
        (Some(true), Language::En) => format!("Memory: {megabytes} MB at most, and flat."),
        (Some(true), Language::De) => format!("Speicher: höchstens {megabytes} MB, und gleichbleibend."),
        (Some(true), Language::Es) => format!("Memoria: {megabytes} MB como máximo, y constante."),
        (Some(false), Language::En) => {
            format!("Memory: {megabytes} MB at most, and growing from pull to pull.")
        }
        (Some(false), Language::De) => format!("Speicher: höchstens {megabytes} MB, von Lauf zu Lauf mehr."),
        (Some(false), Language::Es) => {
            format!("Memoria: {megabytes} MB como máximo, y crece de carga en carga.")
        }
        (None, Language::En) => {
            format!("Memory: {megabytes} MB at most; too few pulls to tell whether it grows.")
        }
        (None, Language::De) => {
            format!("Speicher: höchstens {megabytes} MB; zu wenige Läufe, um zu sagen, ob er wächst.")
        }
        (None, Language::Es) => {
            format!("Memoria: {megabytes} MB como máximo; muy pocas cargas para saber si crece.")
        }
    })
}

/// What came of an outage that lasted from `began_at` to `over_at`, milliseconds since 1970 UTC.
pub fn outage(outage: &Outage, began_at: i64, over_at: i64, language: Language) -> Vec<String> {
    let count = |word: &str| number(outage.counts.get(word).copied().unwrap_or_default(), language);
    let lasted = length(over_at - began_at, language);
    let mut sentences = vec![match language {
        Language::En => format!("It was cut for {lasted}."),
        Language::De => format!("Sie war gekappt: {lasted}."),
        Language::Es => format!("Estuvo cortada: {lasted}."),
    }];
    sentences.push(noticed(outage.noticed_at.map(|at| length(at - began_at, language)), language));
    if let Some(oldest) = outage.oldest_ms.map(|ms| length(ms, language)) {
        sentences.push(match language {
            Language::En => format!("The numbers were {oldest} old at their worst."),
            Language::De => format!("Höchstes Alter der Zahlen: {oldest}."),
            Language::Es => format!("Antigüedad máxima de los datos: {oldest}."),
        });
    }
    let weeks: Vec<String> = outage
        .stood_still
        .iter()
        .map(|week| period::name(week.monday(), Cadence::Weekly, true, language))
        .collect();
    let weeks = weeks.join(", ");
    sentences.push(match language {
        Language::En => format!("Numbers stood still in: {weeks}."),
        Language::De => format!("Stillstand der Zahlen in: {weeks}."),
        Language::Es => format!("Los datos no se movieron en: {weeks}."),
    });
    let (read, new, changed, waits) = (count("read"), count("new"), count("changed"), count("quarantined"));
    let moved = number(outage.weeks.len() as i64, language);
    sentences.push(match language {
        Language::En => format!(
            "The first pull after it read {read} rows: {new} new, {changed} changed, {waits} in quarantine; weeks it changed: {moved}."
        ),
        Language::De => format!(
            "Der erste Lauf danach las {read} Zeilen: {new} neu, {changed} geändert, {waits} in Quarantäne; geänderte Wochen: {moved}."
        ),
        Language::Es => format!(
            "La primera carga posterior leyó {read} filas: {new} nuevas, {changed} cambiadas, {waits} en cuarentena; semanas que cambió: {moved}."
        ),
    });
    sentences.push(by_hand(outage.by_hand.as_ref(), language));
    sentences
}

fn by_hand(by_hand: Option<&ByHand>, language: Language) -> String {
    let Some(by_hand) = by_hand else {
        return match language {
            Language::En => "Nothing was entered by hand.",
            Language::De => "Von Hand wurde nichts eingetragen.",
            Language::Es => "No se introdujo nada a mano.",
        }
        .to_owned();
    };
    let count = |of: i64| number(of, language);
    let (rows, agrees) = (count(by_hand.rows), count(by_hand.agrees));
    let (differs, silent) = (count(by_hand.differs), count(by_hand.silent));
    match language {
        Language::En => format!(
            "Rows entered by hand: {rows}. Fields in which the system agrees now: {agrees}; differs: {differs}; is silent: {silent}."
        ),
        Language::De => format!(
            "Von Hand eingetragene Zeilen: {rows}. Felder, in denen das System jetzt übereinstimmt: {agrees}; abweicht: {differs}; schweigt: {silent}."
        ),
        Language::Es => format!(
            "Filas introducidas a mano: {rows}. Campos en los que el sistema coincide ahora: {agrees}; difiere: {differs}; calla: {silent}."
        ),
    }
}

fn noticed(after: Option<String>, language: Language) -> String {
    match (after, language) {
        (Some(after), Language::En) => format!("Somebody noticed after {after}."),
        (Some(after), Language::De) => format!("Bemerkt nach: {after}."),
        (Some(after), Language::Es) => format!("Alguien lo notó al cabo de {after}."),
        (None, Language::En) => "Nobody noted anything.".to_owned(),
        (None, Language::De) => "Niemand hat etwas notiert.".to_owned(),
        (None, Language::Es) => "Nadie anotó nada.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_of_time_has_the_unit_that_a_person_would_use() {
        let say = |ms| length(ms, Language::En);
        assert_eq!([say(500), say(90_000), say(119 * MINUTE_MS)], ["1 seconds", "90 seconds", "119 minutes"]);
        assert_eq!([say(47 * HOUR_MS), say(15 * DAY_MS)], ["47 hours", "15 days"]);
        assert_eq!(length(3 * DAY_MS, Language::De), "3 Tage");
    }
}
