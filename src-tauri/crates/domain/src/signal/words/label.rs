//! Short words: icons, rules, states, warnings, proposals.

use super::{period, pick};
use crate::day::Day;
use crate::language::Language;
use crate::signal::sentence::YEAR_DAYS;
use crate::signal::{
    Assurance, Because, Behaviour, Cadence, Proposal, Rule, Screening, Side, State, Variation, Warning,
};

/// The words of the first icon: `Worse since W34`, `Steady`; `Worse since W48 2024` where that is more than a year
/// before the last point. `None` without points.
pub fn variation(behaviour: &Behaviour, language: Language) -> Option<String> {
    let word = match behaviour.variation? {
        Variation::ImprovingHigh | Variation::ImprovingLow => ["Better", "Besser", "Mejor"],
        Variation::ConcerningHigh | Variation::ConcerningLow => ["Worse", "Schlechter", "Peor"],
        Variation::Neutral => ["Different", "Anders", "Distinto"],
        Variation::CommonCause => return Some(pick(language, ["Steady", "Stabil", "Estable"]).to_owned()),
    };
    let word = pick(language, word);
    let Some(since) = behaviour.since else { return Some(word.to_owned()) };
    let is_far = behaviour.last().is_some_and(|last| last.day - since > YEAR_DAYS);
    let label = period::tick(since, behaviour.cadence, is_far, language);
    Some(format!("{word} {} {label}", pick(language, ["since", "seit", "desde"])))
}

/// The words of the second icon: `Meets target`, `Misses target`, `Hit or miss`.
pub const fn assurance(assurance: Assurance, language: Language) -> &'static str {
    let words = match assurance {
        Assurance::ConsistentlyPasses => ["Meets target", "Erreicht das Ziel", "Cumple el objetivo"],
        Assurance::ConsistentlyFails => ["Misses target", "Verfehlt das Ziel", "No alcanza el objetivo"],
        Assurance::HitOrMiss => ["Hit or miss", "Mal so, mal so", "Unas veces sí, otras no"],
    };
    pick(language, words)
}

/// A rule with its side, for a point's label and the table: `above the upper limit`.
pub const fn rule(rule: Rule, side: Side, language: Language) -> &'static str {
    let words = match (rule, side) {
        (Rule::Outside, Side::High) => {
            ["above the upper limit", "über der oberen Grenze", "por encima del límite superior"]
        }
        (Rule::Outside, Side::Low) => {
            ["below the lower limit", "unter der unteren Grenze", "por debajo del límite inferior"]
        }
        (Rule::Trend, Side::High) => ["rising trend", "steigender Trend", "tendencia al alza"],
        (Rule::Trend, Side::Low) => ["falling trend", "fallender Trend", "tendencia a la baja"],
        (Rule::NearLimits, Side::High) => {
            ["often near the upper limit", "oft nahe der oberen Grenze", "a menudo cerca del límite superior"]
        }
        (Rule::NearLimits, Side::Low) => [
            "often near the lower limit",
            "oft nahe der unteren Grenze",
            "a menudo cerca del límite inferior",
        ],
        (Rule::Shift, Side::High) => {
            ["run above the average", "Serie über dem Durchschnitt", "racha por encima de la media"]
        }
        (Rule::Shift, Side::Low) => {
            ["run below the average", "Serie unter dem Durchschnitt", "racha por debajo de la media"]
        }
    };
    pick(language, words)
}

/// How far the limits can be trusted, in words.
pub const fn state(state: State, language: Language) -> &'static str {
    let words = match state {
        State::RunChart => [
            "too few values for limits",
            "zu wenige Werte für Grenzen",
            "muy pocos valores para trazar límites",
        ],
        State::Provisional => ["provisional limits", "vorläufige Grenzen", "límites provisionales"],
        State::Firm => ["firm limits", "feste Grenzen", "límites firmes"],
    };
    pick(language, words)
}

/// What became of screening; `None` when it was off.
pub fn screening(screening: Screening, language: Language) -> Option<String> {
    match screening {
        Screening::Off => None,
        Screening::Refused => Some(
            pick(
                language,
                [
                    "Screening refused: it would leave no variation at all.",
                    "Aussondern abgelehnt: Es bliebe gar keine Streuung übrig.",
                    "Depuración rechazada: no quedaría ninguna variación.",
                ],
            )
            .to_owned(),
        ),
        Screening::Done { dropped } => Some(match (language, dropped) {
            (Language::En, 1) => "Screening left out one outlying moving range.".to_owned(),
            (Language::En, _) => {
                format!("Screening left out {} outlying moving ranges.", language.count(dropped))
            }
            (Language::De, 0) => "Das Aussondern hat keine Spannweite ausgelassen.".to_owned(),
            (Language::De, 1) => "Das Aussondern hat eine auffällige Spannweite ausgelassen.".to_owned(),
            (Language::De, _) => {
                format!("Das Aussondern hat {} auffällige Spannweiten ausgelassen.", language.count(dropped))
            }
            (Language::Es, 0) => "La depuración no excluyó ningún rango móvil.".to_owned(),
            (Language::Es, 1) => "La depuración excluyó un rango móvil atípico.".to_owned(),
            (Language::Es, _) => {
                format!("La depuración excluyó {} rangos móviles atípicos.", masculine(dropped))
            }
        }),
    }
}

/// Spanish counts of masculine nouns differ from the feminine ones only at one.
fn masculine(count: u32) -> String {
    if count == 1 { "un".to_owned() } else { Language::Es.count(count) }
}

/// A warning as a sentence.
pub fn warning(warning: Warning, cadence: Cadence, language: Language) -> String {
    match warning {
        Warning::BaselineHoldsSignal { from, .. } => {
            let since = period::since(from, cadence, true, language);
            match language {
                Language::En => format!(
                    "The fixed baseline of the phase {since} holds a signal itself: its limits are not those of a steady process."
                ),
                Language::De => format!(
                    "Die feste Basis der Phase {since} enthält selbst ein Signal: Ihre Grenzen sind nicht die eines stabilen Prozesses."
                ),
                Language::Es => format!(
                    "La base fija de la fase {since} contiene ella misma una señal: sus límites no son los de un proceso estable."
                ),
            }
        }
        Warning::BaselineNotReached { from, points, wanted } => {
            let since = period::since(from, cadence, true, language);
            match language {
                Language::En => format!(
                    "The phase {since} has {points} of the {wanted} points of its fixed baseline: its limits use those that it has."
                ),
                Language::De => format!(
                    "Die Phase {since} hat {points} von {wanted} Punkten ihrer festen Basis: Ihre Grenzen beruhen auf den vorhandenen."
                ),
                Language::Es => format!(
                    "La fase {since} tiene {points} de los {wanted} puntos de su base fija: sus límites usan los que hay."
                ),
            }
        }
        Warning::ScreeningRefused { .. } => screening(Screening::Refused, language).unwrap_or_default(),
        Warning::PhaseWithoutPoints { day } => {
            let day = period::date(day, language);
            match language {
                Language::En => format!("No value follows the phase start of {day}: it is left out."),
                Language::De => {
                    format!("Auf den Phasenbeginn am {day} folgt kein Wert: Er bleibt außer Acht.")
                }
                Language::Es => format!("Ningún valor sigue al inicio de fase del {day}: se omite."),
            }
        }
    }
}

/// The start of a phase, for its mark on the chart.
pub fn phase_start(day: Day, cadence: Cadence, language: Language) -> String {
    let since = period::since(day, cadence, true, language);
    format!("{} {since}", pick(language, ["New limits", "Neue Grenzen", "Límites nuevos"]))
}

/// A proposed phase as a sentence that a person can agree with or not.
pub fn proposal(proposal: &Proposal, cadence: Cadence, language: Language) -> String {
    let start = period::name(proposal.day, cadence, false, language);
    match &proposal.because {
        Because::Shift { side, weeks, .. } => {
            let weeks = period::count(*weeks, Cadence::Weekly, period::Case::Dative, language);
            match (language, side) {
                (Language::En, Side::High) => {
                    format!("Above the old average for {weeks}: limits of their own from {start}?")
                }
                (Language::En, Side::Low) => {
                    format!("Below the old average for {weeks}: limits of their own from {start}?")
                }
                (Language::De, Side::High) => {
                    format!("Seit {weeks} über dem alten Durchschnitt: eigene Grenzen ab {start}?")
                }
                (Language::De, Side::Low) => {
                    format!("Seit {weeks} unter dem alten Durchschnitt: eigene Grenzen ab {start}?")
                }
                (Language::Es, Side::High) => format!(
                    "Por encima de la media anterior desde hace {weeks}: ¿límites propios a partir de {}?",
                    article_es(cadence, &start)
                ),
                (Language::Es, Side::Low) => format!(
                    "Por debajo de la media anterior desde hace {weeks}: ¿límites propios a partir de {}?",
                    article_es(cadence, &start)
                ),
            }
        }
        Because::Decision { text } => match language {
            Language::En => {
                format!("The effect of “{text}” was expected by now: limits of their own from {start}?")
            }
            Language::De => {
                format!("Die Wirkung von „{text}“ wurde bis jetzt erwartet: eigene Grenzen ab {start}?")
            }
            Language::Es => format!(
                "El efecto de «{text}» se esperaba para ahora: ¿límites propios a partir de {}?",
                article_es(cadence, &start)
            ),
        },
    }
}

/// A period with its Spanish article, as it stands after *a partir de*.
fn article_es(cadence: Cadence, name: &str) -> String {
    match cadence {
        Cadence::Weekly => format!("la {name}"),
        Cadence::Monthly => name.to_owned(),
        Cadence::Daily | Cadence::Irregular => format!("la fecha {name}"),
    }
}
