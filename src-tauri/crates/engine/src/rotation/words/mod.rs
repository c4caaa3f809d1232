//! Schedules, rules and clashes in the reader's language.

mod clash;
mod cost;
mod matched;

pub(super) use clash::clash;
pub(crate) use cost::cost;
pub(crate) use matched::matched;

use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_rotation::{Breach, Placement, Visitor};

use super::instance::Known;
use crate::meeting::words::{day, week};

/// `Production, 3 March – 7 March`.
pub(crate) fn days(place: &str, from: Day, until: Day, language: Language) -> String {
    if from == until {
        return format!("{place}, {}", day(from, language));
    }
    format!("{place}, {} – {}", day(from, language), day(until, language))
}

/// A visit: where and when.
pub(super) fn visit(known: &Known, one: &Placement, language: Language) -> String {
    match known.placed(one, plaza_domain::event::PlacementId::default()) {
        Some(placed) => days(known.department_name(one.host), placed.from, placed.until, language),
        None => known.department_name(one.host).to_owned(),
    }
}

fn in_week(known: &Known, number: u32, language: Language) -> String {
    week(known.week(number), language)
}

/// Which rule is broken, by whom and when.
#[allow(clippy::too_many_lines)] // a sentence for each rule in each language
pub(crate) fn breach(known: &Known, breach: &Breach, language: Language) -> String {
    let person = |number: usize| known.person_name(number);
    let place = |number: usize| known.department_name(number);
    let home = |one: &Placement| known.instance.people.get(one.person).map_or("?", |found| place(found.home));
    let when = |number: u32| in_week(known, number, language);
    let say = |words: [String; 3]| {
        let [en, de, es] = words;
        match language {
            Language::En => en,
            Language::De => de,
            Language::Es => es,
        }
    };
    match breach {
        Breach::Unknown { .. } | Breach::Outside { .. } | Breach::PinMissing { .. } => say([
            "it is not within the planned weeks".into(),
            "es liegt außerhalb der geplanten Wochen".into(),
            "está fuera de las semanas planificadas".into(),
        ]),
        Breach::TooEarly { placement } => say([
            format!("{} is too soon", when(placement.week)),
            format!("{} ist zu früh", when(placement.week)),
            format!("{} es demasiado pronto", when(placement.week)),
        ]),
        Breach::DoesNotJoin { placement } => say([
            format!("{} does not take part", person(placement.person)),
            format!("{} nimmt nicht teil", person(placement.person)),
            format!("{} no participa", person(placement.person)),
        ]),
        Breach::NotAllowed { placement } => say([
            format!("{} does not visit {}", home(placement), place(placement.host)),
            format!("{} besucht {} nicht", home(placement), place(placement.host)),
            format!("{} no visita {}", home(placement), place(placement.host)),
        ]),
        Breach::Closed { week, .. } => say([
            format!("nobody visits anybody in {}", when(*week)),
            format!("in {} besucht niemand jemanden", when(*week)),
            format!("en {} nadie visita a nadie", when(*week)),
        ]),
        Breach::HostShut { placement, week, .. } => shut(place(placement.host), &when(*week), language),
        Breach::HomeShut { placement, week, .. } => shut(home(placement), &when(*week), language),
        Breach::Absent { placement, week } => say([
            format!("{} is not there in {}", person(placement.person), when(*week)),
            format!("{} ist in {} nicht da", person(placement.person), when(*week)),
            format!("{} no está en {}", person(placement.person), when(*week)),
        ]),
        Breach::HostFull { host, week, visitors, capacity, .. } => say([
            format!(
                "{} would have {visitors} visitors in {} and takes {capacity}",
                place(*host),
                when(*week)
            ),
            format!("{} hätte in {} {visitors} Gäste und nimmt {capacity}", place(*host), when(*week)),
            format!("{} tendría {visitors} visitantes en {} y acepta {capacity}", place(*host), when(*week)),
        ]),
        Breach::HomeBare { home, week, there, cover, .. } => say([
            format!("{} would have {there} at home in {} and needs {cover}", place(*home), when(*week)),
            format!("{} hätte in {} {there} zu Hause und braucht {cover}", place(*home), when(*week)),
            format!("{} tendría {there} en casa en {} y necesita {cover}", place(*home), when(*week)),
        ]),
        Breach::Overlap { first, .. } => say([
            format!("{} would be at two places in {}", person(first.person), when(first.week)),
            format!("{} wäre in {} an zwei Orten", person(first.person), when(first.week)),
            format!("{} estaría en dos lugares en {}", person(first.person), when(first.week)),
        ]),
        Breach::Period { person: who, .. } => say([
            format!("{} would begin two visits in one period", person(*who)),
            format!("{} würde in einem Zeitraum zwei Besuche beginnen", person(*who)),
            format!("{} empezaría dos visitas en un mismo periodo", person(*who)),
        ]),
        Breach::TooMany { person: who, most, .. } => say([
            format!("{} would make more than {most} visits", person(*who)),
            format!("{} würde mehr als {most} Besuche machen", person(*who)),
            format!("{} haría más de {most} visitas", person(*who)),
        ]),
        Breach::BuddyMissing { placement, buddy } => say([
            format!("{} does not go without {}", person(placement.person), person(*buddy)),
            format!("{} geht nicht ohne {}", person(placement.person), person(*buddy)),
            format!("{} no va sin {}", person(placement.person), person(*buddy)),
        ]),
        Breach::MustUnmet { must, visits, least } => {
            let pair = must_words(known, *must);
            say([
                format!("{pair} has to happen {least} times and would happen {visits} times"),
                format!("{pair} muss {least}-mal sein und wäre {visits}-mal"),
                format!("{pair} tiene que ocurrir {least} veces y ocurriría {visits}"),
            ])
        }
    }
}

fn shut(place: &str, when: &str, language: Language) -> String {
    match language {
        Language::En => format!("{place} has its peak season in {when}"),
        Language::De => format!("{place} hat in {when} Hochsaison"),
        Language::Es => format!("{place} está en temporada alta en {when}"),
    }
}

/// A visit that has to happen: `Sales → Production`.
fn must_words(known: &Known, number: usize) -> String {
    let Some(must) = known.instance.program.must.get(number) else { return String::new() };
    let who = match must.visitor {
        Visitor::Person(person) => known.person_name(person),
        Visitor::Department(home) => known.department_name(home),
    };
    format!("{who} → {}", known.department_name(must.host))
}
