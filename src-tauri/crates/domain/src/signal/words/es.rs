//! Spanish sentences.

use super::period::{self, Case};
use super::{Text, capital};
use crate::day::Day;
use crate::language::Language::Es;
use crate::signal::{Cadence, Change, Decision, Parts, Rule, Sentence, Side, Step};

pub(super) fn say(sentence: &Sentence, cadence: Cadence, text: &mut Text) {
    match sentence {
        Sentence::Empty => text.add("Todavía no hay valores."),
        Sentence::TooFew { points, since } => {
            let so_far = period::count(*points, cadence, Case::Nominative, Es);
            let from = match cadence {
                Cadence::Weekly => "a partir de la sexta",
                Cadence::Monthly | Cadence::Daily | Cadence::Irregular => "a partir del sexto",
            };
            match since {
                None => text.add(format!("{} hasta ahora: los límites aparecen {from}.", capital(&so_far))),
                Some(day) => {
                    let since = period::since(*day, cadence, false, Es);
                    text.add(format!(
                        "Una nueva fase {since}, {so_far} hasta ahora: los límites aparecen {from}."
                    ));
                }
            }
        }
        Sentence::Quiet { points, step, dated } => {
            text.add(quiet(*points, cadence));
            text.add(match step {
                None => ".".to_owned(),
                Some(step) => {
                    format!(": no hay que reaccionar a {}.", last_step(*step, *dated, cadence))
                }
            });
        }
        Sentence::Ended { change, points } => {
            text.add(capital(&what(change, cadence)));
            text.add(match change.rule {
                Rule::Outside => String::new(),
                _ => format!(", {}", period::until(change.until, cadence, change.far, Es)),
            });
            text.add(match (cadence, *points) {
                (Cadence::Irregular, 1) => "; nada inusual en el valor posterior.".to_owned(),
                (Cadence::Irregular, points) => {
                    format!(
                        "; nada inusual en los {} posteriores.",
                        period::count(points, cadence, Case::Dative, Es)
                    )
                }
                (_, points) => {
                    format!("; nada inusual desde hace {}.", period::count(points, cadence, Case::Dative, Es))
                }
            });
        }
        Sentence::Changed { change, parts, decision } => {
            text.add(capital(&what(change, cadence)));
            if change.rule != Rule::Outside {
                text.add(format!(", {}", period::since(change.since, cadence, change.far, Es)));
            }
            if let Some(decision) = decision {
                text.add(after(decision, change));
            }
            if change.outside {
                text.add(format!("; {} también queda fuera de los límites", this(cadence)));
            }
            text.add(".");
            if let Some(parts) = parts {
                who(parts, text);
            }
        }
    }
}

fn this(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Weekly => "la última semana",
        Cadence::Monthly => "el último mes",
        Cadence::Daily => "el último día",
        Cadence::Irregular => "el último valor",
    }
}

fn quiet(points: u32, cadence: Cadence) -> String {
    match (cadence, points) {
        (Cadence::Irregular, 1) => "Nada inusual en el último valor".to_owned(),
        (Cadence::Irregular, _) => {
            format!("Nada inusual en los últimos {}", period::count(points, cadence, Case::Dative, Es))
        }
        _ => format!("Nada inusual desde hace {}", period::count(points, cadence, Case::Dative, Es)),
    }
}

fn last_step(step: Step, dated: Option<Day>, cadence: Cadence) -> String {
    let step = match step {
        Step::Rise => "subida",
        Step::Dip => "bajada",
    };
    if let Some(day) = dated {
        let of = match cadence {
            Cadence::Weekly => "de la",
            Cadence::Monthly => "de",
            Cadence::Daily | Cadence::Irregular => "del",
        };
        return format!("la {step} {of} {}", period::name(day, cadence, false, Es));
    }
    match cadence {
        Cadence::Weekly => format!("la {step} de la última semana"),
        Cadence::Monthly => format!("la {step} del último mes"),
        Cadence::Daily => format!("la {step} del último día"),
        Cadence::Irregular => format!("la última {step}"),
    }
}

fn what(change: &Change, cadence: Cadence) -> String {
    let count = period::count(change.points, cadence, Case::Nominative, Es);
    let in_a_row = match cadence {
        Cadence::Weekly => "seguidas",
        Cadence::Monthly | Cadence::Daily | Cadence::Irregular => "seguidos",
    };
    match (change.rule, change.side) {
        (Rule::Shift, Side::High) => format!("{count} por encima de la media anterior"),
        (Rule::Shift, Side::Low) => format!("{count} por debajo de la media anterior"),
        (Rule::Trend, Side::High) => format!("{count} {in_a_row} al alza"),
        (Rule::Trend, Side::Low) => format!("{count} {in_a_row} a la baja"),
        (Rule::NearLimits, Side::High) => {
            "cerca del límite superior más veces de las que explica el azar".to_owned()
        }
        (Rule::NearLimits, Side::Low) => {
            "cerca del límite inferior más veces de las que explica el azar".to_owned()
        }
        (Rule::Outside, side) => {
            let which = match side {
                Side::High => "por encima del límite superior",
                Side::Low => "por debajo del límite inferior",
            };
            let subject = period::subject(change.until, cadence, change.far, Es);
            format!("{subject} queda {which}: más que los altibajos habituales")
        }
    }
}

fn after(decision: &Decision, change: &Change) -> String {
    let day = period::date_in_year(decision.day, Es);
    let weeks = match decision.weeks {
        0 => "en la semana de".to_owned(),
        weeks => format!("{} después de", period::count(weeks, Cadence::Weekly, Case::Dative, Es)),
    };
    let before = if change.rule == Rule::Outside { "; " } else { ", " };
    format!("{before}{weeks} la decisión «{}» ({day})", decision.text)
}

fn who(parts: &Parts, text: &mut Text) {
    let names = parts.moved.iter().map(|part| part.name.as_str());
    text.add(" ");
    match (parts.moved.len(), parts.others) {
        (0, _) => text.add("Ninguna parte por sí sola se movió con ello."),
        (1, 0) => {
            text.add("La parte de ");
            text.names(names, " y ");
            text.add(" se movió con ello.");
        }
        (_, 0) => text.add("Todas las partes se movieron con ello."),
        (moved, others) => {
            text.add(if moved == 1 { "La parte de " } else { "Las partes de " });
            text.names(names, " y ");
            text.add(if moved == 1 { " se movió con ello; " } else { " se movieron con ello; " });
            text.add(if others == 1 { "la otra, no." } else { "las demás, no." });
        }
    }
}
