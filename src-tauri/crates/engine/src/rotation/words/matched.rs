//! Where a schedule's cost comes from, by the checker: a line for each pair, person or week.

use plaza_domain::language::Language;
use plaza_rotation::Match;

use super::{in_week, visit};
use crate::rotation::instance::Known;

/// What costs something, for a person.
pub(crate) fn matched(known: &Known, one: &Match, language: Language) -> String {
    let person = |number: usize| known.person_name(number);
    let place = |number: usize| known.department_name(number);
    match *one {
        Match::Cell { home, host, missing } => {
            let pair = format!("{} → {}", place(home), place(host));
            match language {
                Language::En => format!("{pair}: {missing} missing"),
                Language::De => format!("{pair}: {missing} zu wenig"),
                Language::Es => format!("{pair}: faltan {missing}"),
            }
        }
        Match::Visits { person: who, visits, due } => match language {
            Language::En => format!("{}: {visits} instead of {due}", person(who)),
            Language::De => format!("{}: {visits} statt {due}", person(who)),
            Language::Es => format!("{}: {visits} en vez de {due}", person(who)),
        },
        Match::Wish { person: who, host, .. } => format!("{} → {}", person(who), place(host)),
        Match::Crowd { home, week, away, share, .. } => {
            let when = in_week(known, week, language);
            match language {
                Language::En => format!("{}, {when}: {away} away, {share} would be even", place(home)),
                Language::De => format!("{}, {when}: {away} weg, gleichmäßig wären {share}", place(home)),
                Language::Es => format!("{}, {when}: {away} fuera, lo parejo sería {share}", place(home)),
            }
        }
        Match::Again { person: who, host, .. } => format!("{}: {}", person(who), place(host)),
        Match::Withdrawn { placement } => {
            let told = format!("{}: {}", person(placement.person), visit(known, &placement, language));
            match language {
                Language::En => format!("{told} does not happen"),
                Language::De => format!("{told} entfällt"),
                Language::Es => format!("{told} no tiene lugar"),
            }
        }
        Match::New { placement } => {
            let told = format!("{}: {}", person(placement.person), visit(known, &placement, language));
            match language {
                Language::En => format!("{told} is new"),
                Language::De => format!("{told} ist neu"),
                Language::Es => format!("{told} es nueva"),
            }
        }
    }
}
