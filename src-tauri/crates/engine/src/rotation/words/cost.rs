//! What a schedule costs, a sentence for each rule.

use plaza_domain::language::Language;
use plaza_rotation::{RuleScore, SoftRule};

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
