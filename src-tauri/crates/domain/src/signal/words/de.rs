//! German sentences.

use super::period::{self, Case};
use super::{Text, capital};
use crate::day::Day;
use crate::language::Language::De;
use crate::signal::{Cadence, Change, Decision, Parts, Rule, Sentence, Side, Step};

pub(super) fn say(sentence: &Sentence, cadence: Cadence, text: &mut Text) {
    match sentence {
        Sentence::Empty => text.add("Noch keine Werte."),
        Sentence::TooFew { points, since } => {
            let so_far = period::count(*points, cadence, Case::Nominative, De);
            let from = match cadence {
                Cadence::Weekly => "ab der sechsten",
                Cadence::Monthly | Cadence::Daily | Cadence::Irregular => "ab dem sechsten",
            };
            match since {
                None => text.add(format!("Bisher {so_far}: Grenzen gibt es {from}.")),
                Some(day) => {
                    let since = capital(&period::since(*day, cadence, false, De));
                    text.add(format!("{since} eine neue Phase, bisher {so_far}: Grenzen gibt es {from}."));
                }
            }
        }
        Sentence::Quiet { points, step, dated } => {
            text.add(quiet(*points, cadence));
            text.add(match step {
                None => ".".to_owned(),
                Some(step) => {
                    format!(": {} ist kein Grund zu reagieren.", last_step(*step, *dated, cadence))
                }
            });
        }
        Sentence::Ended { change, points } => {
            text.add(capital(&what(change, cadence)));
            text.add(match change.rule {
                Rule::Outside => String::new(),
                _ => format!(", {}", period::until(change.until, cadence, change.far, De)),
            });
            text.add(match (cadence, *points) {
                (Cadence::Irregular, 1) => "; im Wert seither nichts Ungewöhnliches.".to_owned(),
                (Cadence::Irregular, points) => {
                    format!(
                        "; in den {} seither nichts Ungewöhnliches.",
                        period::count(points, cadence, Case::Dative, De)
                    )
                }
                (_, points) => {
                    format!(
                        "; seit {} nichts Ungewöhnliches mehr.",
                        period::count(points, cadence, Case::Dative, De)
                    )
                }
            });
        }
        Sentence::Changed { change, parts, decision } => {
            text.add(capital(&what(change, cadence)));
            if change.rule != Rule::Outside {
                text.add(format!(", {}", period::since(change.since, cadence, change.far, De)));
            }
            if let Some(decision) = decision {
                text.add(after(decision, change));
            }
            if change.outside {
                text.add(format!("; {} liegt auch außerhalb der Grenzen", this(cadence)));
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
        Cadence::Weekly => "die letzte Woche",
        Cadence::Monthly => "der letzte Monat",
        Cadence::Daily => "der letzte Tag",
        Cadence::Irregular => "der letzte Wert",
    }
}

fn quiet(points: u32, cadence: Cadence) -> String {
    match (cadence, points) {
        (Cadence::Irregular, 1) => "Am letzten Wert ist nichts ungewöhnlich".to_owned(),
        (Cadence::Irregular, _) => {
            format!(
                "In den letzten {} nichts Ungewöhnliches",
                period::count(points, cadence, Case::Dative, De)
            )
        }
        _ => format!("Seit {} nichts Ungewöhnliches", period::count(points, cadence, Case::Dative, De)),
    }
}

fn last_step(step: Step, dated: Option<Day>, cadence: Cadence) -> String {
    let step = match step {
        Step::Rise => "Anstieg",
        Step::Dip => "Rückgang",
    };
    if let Some(day) = dated {
        let of = match cadence {
            Cadence::Weekly => "in",
            Cadence::Monthly => "im",
            Cadence::Daily | Cadence::Irregular => "vom",
        };
        return format!("Der {step} {of} {}", period::name(day, cadence, false, De));
    }
    match cadence {
        Cadence::Weekly => format!("Der {step} der letzten Woche"),
        Cadence::Monthly => format!("Der {step} des letzten Monats"),
        Cadence::Daily => format!("Der {step} des letzten Tages"),
        Cadence::Irregular => format!("Der letzte {step}"),
    }
}

fn what(change: &Change, cadence: Cadence) -> String {
    let count = period::count(change.points, cadence, Case::Nominative, De);
    match (change.rule, change.side) {
        (Rule::Shift, Side::High) => format!("{count} über dem alten Durchschnitt"),
        (Rule::Shift, Side::Low) => format!("{count} unter dem alten Durchschnitt"),
        (Rule::Trend, Side::High) => format!("{count} in Folge steigend"),
        (Rule::Trend, Side::Low) => format!("{count} in Folge fallend"),
        (Rule::NearLimits, Side::High) => "öfter nahe der oberen Grenze, als der Zufall erklärt".to_owned(),
        (Rule::NearLimits, Side::Low) => "öfter nahe der unteren Grenze, als der Zufall erklärt".to_owned(),
        (Rule::Outside, side) => {
            let which = match side {
                Side::High => "über der oberen",
                Side::Low => "unter der unteren",
            };
            let subject = period::subject(change.until, cadence, change.far, De);
            format!("{subject} liegt {which} Grenze: mehr als das übliche Auf und Ab")
        }
    }
}

fn after(decision: &Decision, change: &Change) -> String {
    let day = period::date_in_year(decision.day, De);
    let weeks = match decision.weeks {
        0 => "in der Woche der".to_owned(),
        weeks => format!("{} nach der", period::count(weeks, Cadence::Weekly, Case::Nominative, De)),
    };
    let before = if change.rule == Rule::Outside { "; " } else { ", " };
    format!("{before}{weeks} Entscheidung „{}“ ({day})", decision.text)
}

fn who(parts: &Parts, text: &mut Text) {
    let names = parts.moved.iter().map(|part| part.name.as_str());
    text.add(" ");
    match (parts.moved.len(), parts.others) {
        (0, _) => text.add("Kein einzelner Anteil hat sich mitbewegt."),
        (1, 0) => {
            text.add("Der Anteil von ");
            text.names(names, " und ");
            text.add(" hat sich mitbewegt.");
        }
        (_, 0) => text.add("Alle Anteile haben sich mitbewegt."),
        (moved, others) => {
            text.add(if moved == 1 {
                "Mitbewegt hat sich der Anteil von "
            } else {
                "Mitbewegt haben sich die Anteile von "
            });
            text.names(names, " und ");
            text.add(if others == 1 { "; der andere nicht." } else { "; die anderen nicht." });
        }
    }
}
