//! Which rules clash, and what would help.

use plaza_domain::language::Language;
use plaza_rotation::{Clash, Loss, Lost, MustCount, Relaxation, Weeks};

use super::super::instance::Known;
use super::{in_week, must_words, visit};
use crate::meeting::words::pick;
use crate::page::rotation::ClashView;

fn spans(known: &Known, list: &[Weeks], language: Language) -> String {
    let span = |weeks: &Weeks| {
        let (from, until) = (in_week(known, weeks.first, language), in_week(known, weeks.last, language));
        if from == until { from } else { format!("{from}–{until}") }
    };
    list.iter().map(span).collect::<Vec<_>>().join(", ")
}

/// Why visits that have to happen cannot, and what would help.
pub(in super::super) fn clash(known: &Known, clash: &Clash, language: Language) -> ClashView {
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
    let counts = clash.musts.iter().flat_map(|must| counts(known, must, language));
    ClashView {
        words,
        counts: counts.collect(),
        proven: clash.proven,
        helps: clash.relaxations.iter().map(|one| relaxation(known, one, language)).collect(),
    }
}

/// Where the possibilities of a pair go, a line for each reason; they sum up.
fn counts(known: &Known, must: &MustCount, language: Language) -> Vec<String> {
    let (pair, MustCount { least, spots, left, at_most, .. }) = (must_words(known, must.must), must);
    let mut lines = vec![match language {
        Language::En => {
            format!("{pair}: to happen {least} ×, with {spots} possible times (each person, each week)")
        }
        Language::De => {
            format!("{pair}: muss {least} × sein; mögliche Zeiten (jede Person, jede Woche): {spots}")
        }
        Language::Es => {
            format!("{pair}: debe ocurrir {least} ×; momentos posibles (cada persona, cada semana): {spots}")
        }
    }];
    lines.extend(must.lost.iter().map(|lost| lost_words(*lost, language)));
    lines.push(match (language, left) {
        (Language::En, 0) => "none left".to_owned(),
        (Language::De, 0) => "keine übrig".to_owned(),
        (Language::Es, 0) => "no queda ninguno".to_owned(),
        (Language::En, _) => {
            format!("{left} left; with places, cover and one visit in each period: at most {at_most} ×")
        }
        (Language::De, _) => {
            format!(
                "{left} übrig; mit Plätzen, Besetzung und einem Besuch je Zeitraum: höchstens {at_most} ×"
            )
        }
        (Language::Es, _) => {
            format!("quedan {left}; con plazas, presencia y una visita por periodo: como máximo {at_most} ×")
        }
    });
    lines
}

/// `195 lost: the host has its peak season`.
fn lost_words(lost: Lost, language: Language) -> String {
    let (spots, why) = (lost.spots, loss(lost.to, language));
    match language {
        Language::En => format!("{spots} lost: {why}"),
        Language::De => format!("{spots} fallen weg: {why}"),
        Language::Es => format!("{spots} perdidos: {why}"),
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
