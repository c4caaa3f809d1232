//! Schedules, rules and clashes in the reader's language.

use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_rotation::{Breach, Clash, Loss, Lost, Placement, Relaxation, RuleScore, SoftRule, Visitor, Weeks};

use super::instance::Known;
use crate::meeting::words::{day, pick, week};
use crate::page::rotation::ClashView;

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

fn spans(known: &Known, list: &[Weeks], language: Language) -> String {
    let span = |weeks: &Weeks| {
        let (first, last) = (in_week(known, weeks.first, language), in_week(known, weeks.last, language));
        if first == last { first } else { format!("{first}–{last}") }
    };
    list.iter().map(span).collect::<Vec<_>>().join(", ")
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

/// What a soft rule costs, for a person: nothing where it costs nothing.
#[allow(clippy::too_many_lines)] // a sentence for each rule in each language
pub(crate) fn cost(rule: &RuleScore, language: Language) -> Option<String> {
    let count = u32::try_from(rule.matches.len()).unwrap_or(u32::MAX);
    let amount = rule.amount;
    if amount == 0 {
        return None;
    }
    let one = count == 1;
    let words = match (rule.rule, language) {
        (SoftRule::Coverage, Language::En) if one => "1 pair of departments lacks a visit".to_owned(),
        (SoftRule::Coverage, Language::En) => format!("{count} pairs of departments lack a visit"),
        (SoftRule::Coverage, Language::De) if one => "1 Paar von Abteilungen fehlt ein Besuch".to_owned(),
        (SoftRule::Coverage, Language::De) => format!("{count} Paaren von Abteilungen fehlt ein Besuch"),
        (SoftRule::Coverage, Language::Es) if one => {
            "a 1 par de departamentos le falta una visita".to_owned()
        }
        (SoftRule::Coverage, Language::Es) => {
            format!("a {count} pares de departamentos les falta una visita")
        }
        (SoftRule::Fairness, Language::En) if one => {
            "1 person has fewer or more visits than are due".to_owned()
        }
        (SoftRule::Fairness, Language::En) => {
            format!("{count} people have fewer or more visits than are due")
        }
        (SoftRule::Fairness, Language::De) if one => {
            "1 Person hat weniger oder mehr Besuche als vorgesehen".to_owned()
        }
        (SoftRule::Fairness, Language::De) => {
            format!("{count} Personen haben weniger oder mehr Besuche als vorgesehen")
        }
        (SoftRule::Fairness, Language::Es) if one => {
            "1 persona tiene menos o más visitas de las previstas".to_owned()
        }
        (SoftRule::Fairness, Language::Es) => {
            format!("{count} personas tienen menos o más visitas de las previstas")
        }
        (SoftRule::Wishes, Language::En) if one => "1 wish stays open".to_owned(),
        (SoftRule::Wishes, Language::En) => format!("{count} wishes stay open"),
        (SoftRule::Wishes, Language::De) if one => "1 Wunsch bleibt offen".to_owned(),
        (SoftRule::Wishes, Language::De) => format!("{count} Wünsche bleiben offen"),
        (SoftRule::Wishes, Language::Es) if one => "1 deseo queda pendiente".to_owned(),
        (SoftRule::Wishes, Language::Es) => format!("{count} deseos quedan pendientes"),
        (SoftRule::Spread, Language::En) if one => {
            "once more people are away at the same time than need be".to_owned()
        }
        (SoftRule::Spread, Language::En) => {
            format!("{count} times more people are away at the same time than need be")
        }
        (SoftRule::Spread, Language::De) => format!("{count}-mal sind mehr Personen zugleich weg als nötig"),
        (SoftRule::Spread, Language::Es) if one => {
            "una vez hay más personas fuera a la vez de lo necesario".to_owned()
        }
        (SoftRule::Spread, Language::Es) => {
            format!("{count} veces hay más personas fuera a la vez de lo necesario")
        }
        (SoftRule::Repeat, Language::En) if one => "1 person visits a department that they know".to_owned(),
        (SoftRule::Repeat, Language::En) => format!("{count} people visit a department that they know"),
        (SoftRule::Repeat, Language::De) if one => {
            "1 Person besucht eine Abteilung, die sie kennt".to_owned()
        }
        (SoftRule::Repeat, Language::De) => {
            format!("{count} Personen besuchen eine Abteilung, die sie kennen")
        }
        (SoftRule::Repeat, Language::Es) if one => "1 persona visita un departamento que conoce".to_owned(),
        (SoftRule::Repeat, Language::Es) => format!("{count} personas visitan un departamento que conocen"),
        (SoftRule::Stability, Language::En) if one => "1 change to what people were told".to_owned(),
        (SoftRule::Stability, Language::En) => format!("{count} changes to what people were told"),
        (SoftRule::Stability, Language::De) if one => "1 Änderung an dem, was angekündigt war".to_owned(),
        (SoftRule::Stability, Language::De) => format!("{count} Änderungen an dem, was angekündigt war"),
        (SoftRule::Stability, Language::Es) if one => "1 cambio en lo anunciado".to_owned(),
        (SoftRule::Stability, Language::Es) => format!("{count} cambios en lo anunciado"),
    };
    Some(words)
}

/// Why visits that have to happen cannot, and what would help.
pub(super) fn clash(known: &Known, clash: &Clash, language: Language) -> ClashView {
    let pairs: Vec<String> = clash.musts.iter().map(|must| must_words(known, must.must)).collect();
    let pairs = pairs.join(", ");
    let words = match (language, clash.musts.len()) {
        (Language::En, 1) => format!("{pairs} cannot happen as often as it has to."),
        (Language::En, _) => format!("{pairs} cannot all happen."),
        (Language::De, 1) => format!("{pairs} kann nicht so oft sein, wie es sein muss."),
        (Language::De, _) => format!("{pairs} können nicht alle sein."),
        (Language::Es, 1) => format!("{pairs} no puede ocurrir tantas veces como debe."),
        (Language::Es, _) => format!("{pairs} no pueden ocurrir todas."),
    };
    let counts = clash.musts.iter().flat_map(|must| {
        let pair = must_words(known, must.must);
        must.lost.iter().map(move |lost| lost_words(&pair, lost, must.spots, language))
    });
    ClashView {
        words,
        counts: counts.collect(),
        proven: clash.proven,
        helps: clash.relaxations.iter().map(|one| relaxation(known, one, language)).collect(),
    }
}

/// `Sales → Production: 12 of 40 possible times are lost because the host is full`.
fn lost_words(pair: &str, lost: &Lost, of: u32, language: Language) -> String {
    let (spots, why) = (lost.spots, loss(lost.to, language));
    match language {
        Language::En => format!("{pair}: {spots} of {of} possible times are lost: {why}."),
        Language::De => format!("{pair}: {spots} von {of} möglichen Zeiten fallen weg: {why}."),
        Language::Es => format!("{pair}: se pierden {spots} de {of} momentos posibles: {why}."),
    }
}

const fn loss(loss: Loss, language: Language) -> &'static str {
    let words = match loss {
        Loss::DoesNotJoin => {
            ["the person does not take part", "die Person nimmt nicht teil", "la persona no participa"]
        }
        Loss::NotAllowed => {
            ["the visit is not allowed", "der Besuch ist nicht erlaubt", "la visita no está permitida"]
        }
        Loss::BeyondPlan => [
            "it would go beyond the planned weeks",
            "er ginge über die geplanten Wochen hinaus",
            "pasaría de las semanas planificadas",
        ],
        Loss::TooEarly => ["it is too soon", "es ist zu früh", "es demasiado pronto"],
        Loss::Closed => {
            ["nobody visits anybody then", "dann besucht niemand jemanden", "entonces nadie visita a nadie"]
        }
        Loss::HostPeak => [
            "the host has its peak season",
            "der Gastgeber hat Hochsaison",
            "el anfitrión está en temporada alta",
        ],
        Loss::HostShut => [
            "the host does not host then",
            "der Gastgeber nimmt dann niemanden",
            "el anfitrión no recibe entonces",
        ],
        Loss::HostFull => ["the host is full", "der Gastgeber ist voll", "el anfitrión está completo"],
        Loss::HomePeak => [
            "the home has its peak season",
            "die eigene Abteilung hat Hochsaison",
            "el departamento propio está en temporada alta",
        ],
        Loss::HomeShut => [
            "the home does not send anybody then",
            "die eigene Abteilung schickt dann niemanden",
            "el departamento propio no envía a nadie entonces",
        ],
        Loss::HomeCover => [
            "the home needs everybody who is there",
            "die eigene Abteilung braucht alle, die da sind",
            "el departamento propio necesita a todos los presentes",
        ],
        Loss::Absent => ["the person is not there", "die Person ist nicht da", "la persona no está"],
        Loss::Most => [
            "the person may make no further visit",
            "die Person darf keinen weiteren Besuch machen",
            "la persona no puede hacer más visitas",
        ],
        Loss::Pinned => [
            "another visit of the person stands",
            "ein anderer Besuch der Person steht fest",
            "otra visita de la persona está fijada",
        ],
        Loss::Buddy => ["not with their buddies", "nicht mit denen, die mitgehen", "no con sus compañeros"],
    };
    pick(language, words)
}

/// What would help, and was tried.
#[allow(clippy::too_many_lines)] // a sentence for each in each language
fn relaxation(known: &Known, one: &Relaxation, language: Language) -> String {
    let place = |number: &usize| known.department_name(*number);
    let weeks = |list: &[Weeks]| spans(known, list, language);
    let pair = |number: &usize| must_words(known, *number);
    let [en, de, es] = match one {
        Relaxation::Allow { home, host } => [
            format!("Allow {} to visit {}", place(home), place(host)),
            format!("{} darf {} besuchen", place(home), place(host)),
            format!("Permitir que {} visite {}", place(home), place(host)),
        ],
        Relaxation::Capacity { host, more } => [
            format!("{} takes {more} more at the same time", place(host)),
            format!("{} nimmt {more} mehr zugleich", place(host)),
            format!("{} acepta {more} más a la vez", place(host)),
        ],
        Relaxation::Cover { home, fewer } => [
            format!("{} gets by with {fewer} fewer at home", place(home)),
            format!("{} kommt mit {fewer} weniger zu Hause aus", place(home)),
            format!("{} se arregla con {fewer} menos en casa", place(home)),
        ],
        Relaxation::Peak { department, weeks: list } => [
            format!("{} takes part in {} of its peak season", place(department), weeks(list)),
            format!("{} macht in {} der Hochsaison mit", place(department), weeks(list)),
            format!("{} participa en {} de su temporada alta", place(department), weeks(list)),
        ],
        Relaxation::Hosting { host, weeks: list } => [
            format!("{} hosts in {}", place(host), weeks(list)),
            format!("{} empfängt in {}", place(host), weeks(list)),
            format!("{} recibe en {}", place(host), weeks(list)),
        ],
        Relaxation::Sending { home, weeks: list } => [
            format!("{} sends in {}", place(home), weeks(list)),
            format!("{} schickt in {}", place(home), weeks(list)),
            format!("{} envía en {}", place(home), weeks(list)),
        ],
        Relaxation::Open { weeks: list } => [
            format!("Visits take place in {}", weeks(list)),
            format!("In {} gibt es Besuche", weeks(list)),
            format!("Hay visitas en {}", weeks(list)),
        ],
        Relaxation::AnyWeek { must } => [
            format!("{} may happen in any week", pair(must)),
            format!("{} darf in jeder Woche sein", pair(must)),
            format!("{} puede ocurrir en cualquier semana", pair(must)),
        ],
        Relaxation::Period { weeks } => [
            format!("Periods of {weeks} weeks"),
            format!("Zeiträume von {weeks} Wochen"),
            format!("Periodos de {weeks} semanas"),
        ],
        Relaxation::Most { visits } => [
            format!("Each person may make {visits} visits"),
            format!("Jede Person darf {visits} Besuche machen"),
            format!("Cada persona puede hacer {visits} visitas"),
        ],
        Relaxation::Part { group } => {
            let people = known.instance.buddies.get(*group).map_or(&[][..], Vec::as_slice);
            let names: Vec<&str> = people.iter().map(|person| known.person_name(*person)).collect();
            let names = names.join(", ");
            [
                format!("{names} do not have to go together"),
                format!("{names} müssen nicht zusammen gehen"),
                format!("{names} no tienen que ir juntos"),
            ]
        }
        Relaxation::Unpin { placements } => {
            let list: Vec<String> = placements
                .iter()
                .map(|one| format!("{}: {}", known.person_name(one.person), visit(known, one, language)))
                .collect();
            let list = list.join("; ");
            [
                format!("May change: {list}"),
                format!("Darf sich ändern: {list}"),
                format!("Puede cambiar: {list}"),
            ]
        }
        Relaxation::Fewer { must, least } => [
            format!("{} has to happen {least} times only", pair(must)),
            format!("{} muss nur {least}-mal sein", pair(must)),
            format!("{} solo tiene que ocurrir {least} veces", pair(must)),
        ],
    };
    match language {
        Language::En => en,
        Language::De => de,
        Language::Es => es,
    }
}
