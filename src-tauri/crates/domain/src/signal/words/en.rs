//! English sentences.

use super::period::{self, Case};
use super::{Text, capital};
use crate::day::Day;
use crate::language::Language::En;
use crate::signal::{Cadence, Change, Decision, Parts, Rule, Sentence, Side, Step};

pub(super) fn say(sentence: &Sentence, cadence: Cadence, text: &mut Text) {
    match sentence {
        Sentence::Empty => text.add("No values yet."),
        Sentence::TooFew { points, since } => {
            let so_far = period::count(*points, cadence, Case::Nominative, En);
            match since {
                None => text.add(format!("{} so far: limits appear from the sixth.", capital(&so_far))),
                Some(day) => {
                    let since = period::since(*day, cadence, false, En);
                    text.add(format!("A new phase {since}, {so_far} so far: limits appear from the sixth."));
                }
            }
        }
        Sentence::Quiet { points, step, dated } => {
            text.add(quiet(*points, cadence));
            text.add(match step {
                None => ".".to_owned(),
                Some(step) => format!(": do not react to {}.", last_step(*step, *dated, cadence)),
            });
        }
        Sentence::Ended { change, points } => {
            text.add(capital(&what(change, cadence)));
            text.add(match change.rule {
                Rule::Outside => String::new(),
                _ => format!(", {}", period::until(change.until, cadence, change.far, En)),
            });
            let since = match *points {
                1 => format!("in the {} since", unit(cadence)),
                _ => format!("in the {} since", period::count(*points, cadence, Case::Nominative, En)),
            };
            text.add(format!("; nothing unusual {since}."));
        }
        Sentence::Changed { change, parts, decision } => {
            text.add(capital(&what(change, cadence)));
            if change.rule != Rule::Outside {
                text.add(format!(", {}", period::since(change.since, cadence, change.far, En)));
            }
            if let Some(decision) = decision {
                text.add(after(decision, change));
            }
            if change.outside {
                text.add(format!("; {} is beyond the limits as well", this(cadence)));
            }
            text.add(".");
            if let Some(parts) = parts {
                who(parts, text);
            }
        }
    }
}

fn unit(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Weekly => "week",
        Cadence::Monthly => "month",
        Cadence::Daily => "day",
        Cadence::Irregular => "value",
    }
}

fn this(cadence: Cadence) -> String {
    format!("the latest {}", unit(cadence))
}

fn quiet(points: u32, cadence: Cadence) -> String {
    match (cadence, points) {
        (Cadence::Irregular, 1) => "Nothing unusual in the last value".to_owned(),
        (Cadence::Irregular, _) => {
            format!("Nothing unusual in the last {}", period::count(points, cadence, Case::Dative, En))
        }
        _ => format!("Nothing unusual for {}", period::count(points, cadence, Case::Dative, En)),
    }
}

fn last_step(step: Step, dated: Option<Day>, cadence: Cadence) -> String {
    let step = match step {
        Step::Rise => "rise",
        Step::Dip => "dip",
    };
    if let Some(day) = dated {
        return format!("the {step} of {}", period::name(day, cadence, false, En));
    }
    match cadence {
        Cadence::Weekly | Cadence::Monthly => format!("last {}’s {step}", unit(cadence)),
        Cadence::Daily => format!("the last day’s {step}"),
        Cadence::Irregular => format!("the latest {step}"),
    }
}

fn what(change: &Change, cadence: Cadence) -> String {
    let count = period::count(change.points, cadence, Case::Nominative, En);
    match (change.rule, change.side) {
        (Rule::Shift, Side::High) => format!("{count} above the old average"),
        (Rule::Shift, Side::Low) => format!("{count} below the old average"),
        (Rule::Trend, Side::High) => format!("{count} rising in a row"),
        (Rule::Trend, Side::Low) => format!("{count} falling in a row"),
        (Rule::NearLimits, Side::High) => "near the upper limit more often than chance explains".to_owned(),
        (Rule::NearLimits, Side::Low) => "near the lower limit more often than chance explains".to_owned(),
        (Rule::Outside, side) => {
            let which = match side {
                Side::High => "above the upper",
                Side::Low => "below the lower",
            };
            let subject = period::subject(change.until, cadence, change.far, En);
            format!("{subject} lies {which} limit: more than the usual ups and downs")
        }
    }
}

fn after(decision: &Decision, change: &Change) -> String {
    let day = period::date_in_year(decision.day, En);
    let weeks = match decision.weeks {
        0 => "in the week of".to_owned(),
        weeks => format!("{} after", period::count(weeks, Cadence::Weekly, Case::Dative, En)),
    };
    let before = if change.rule == Rule::Outside { "; " } else { ", " };
    format!("{before}{weeks} the decision “{}” ({day})", decision.text)
}

fn who(parts: &Parts, text: &mut Text) {
    let names = parts.moved.iter().map(|part| part.name.as_str());
    text.add(" ");
    match (parts.moved.len(), parts.others) {
        (0, _) => text.add("No single part moved with it."),
        (1, 0) => {
            text.names(names, " and ");
            text.add("’s part moved with it.");
        }
        (_, 0) => text.add("All parts moved with it."),
        (moved, others) => {
            text.names(names, " and ");
            text.add(if moved == 1 { "’s part moved with it; " } else { " moved with it; " });
            text.add(if others == 1 { "the other did not." } else { "the others did not." });
        }
    }
}
