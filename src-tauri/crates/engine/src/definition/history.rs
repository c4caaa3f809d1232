//! What differs between two versions of a definition, in words.

use std::collections::BTreeMap;

use plaza_domain::department::{Department, DepartmentId};
use plaza_domain::event::KpiDefinition;
use plaza_domain::kpi::measure::{MeasureForm, MeasureSettings};
use plaza_domain::kpi::{KpiKind, KpiSettings};
use plaza_domain::language::Language;
use plaza_domain::person::{Person, PersonId};

use crate::charter::words::pick;
use crate::page::{name, unit_word};

/// What stands where nothing is said.
const NOTHING: &str = "—";

const MILLION: f64 = 1_000_000.0;

/// What people and departments are called.
pub(crate) struct Names<'a> {
    pub(crate) people: &'a [Person],
    /// In the order of the flow.
    pub(crate) departments: &'a [Department],
    pub(crate) language: Language,
}

impl Names<'_> {
    fn person(&self, id: Option<&PersonId>) -> String {
        let known = |id: &PersonId| self.people.iter().find(|person| person.id == *id);
        id.map_or_else(
            || NOTHING.to_owned(),
            |id| known(id).map_or_else(|| id.to_string(), |person| person.name.clone()),
        )
    }

    fn department(&self, id: &DepartmentId) -> String {
        let known = self.departments.iter().find(|department| department.id == *id);
        known.map_or_else(|| id.to_string(), |department| department.name.clone())
    }

    fn say(&self, texts: [&'static str; 3]) -> String {
        pick(self.language, texts).to_owned()
    }

    fn is_on(&self, is_on: bool) -> String {
        self.say(if is_on { ["yes", "ja", "sí"] } else { ["no", "nein", "no"] })
    }

    fn days(&self, days: i32) -> String {
        let unit = match (self.language, days) {
            (Language::En, 1) => "day",
            (Language::En, _) => "days",
            (Language::De, 1) => "Tag",
            (Language::De, _) => "Tage",
            (Language::Es, 1) => "día",
            (Language::Es, _) => "días",
        };
        format!("{days} {unit}")
    }
}

/// What a definition says of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
}

fn fact(label: impl Into<String>, value: impl Into<String>) -> Fact {
    Fact { label: label.into(), value: value.into() }
}

/// What the second version says otherwise than the first, a line each: `Target: 95% → 96%`.
pub(crate) fn differences(before: &KpiDefinition, after: &KpiDefinition, names: &Names<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if before.active != after.active {
        lines.push(names.say(if after.active {
            ["Brought back to the board", "Wieder auf die Tafel gestellt", "De vuelta en el tablero"]
        } else {
            ["Taken off the board", "Von der Tafel genommen", "Retirado del tablero"]
        }));
    }
    let was: BTreeMap<String, String> =
        facts(before, names).into_iter().map(|fact| (fact.label, fact.value)).collect();
    let mut said = BTreeMap::new();
    for Fact { label, value } in facts(after, names) {
        let old = was.get(&label).map_or(NOTHING, String::as_str);
        if old != value {
            lines.push(format!("{label}: {old} → {value}"));
        }
        said.insert(label, value);
    }
    let gone = was.iter().filter(|(label, value)| !said.contains_key(*label) && *value != NOTHING);
    lines.extend(gone.map(|(label, value)| format!("{label}: {value} → {NOTHING}")));
    lines
}

/// Everything that a definition says, but for whether it is on the board.
fn facts(definition: &KpiDefinition, names: &Names<'_>) -> Vec<Fact> {
    let text = |text: &str| if text.is_empty() { NOTHING.to_owned() } else { text.to_owned() };
    let built_in = ["as built in", "wie mitgeliefert", "la de serie"];
    let question =
        if definition.question.is_empty() { names.say(built_in) } else { definition.question.clone() };
    let mut facts = vec![
        fact(names.say(["Name", "Name", "Nombre"]), name(definition, names.language)),
        fact(names.say(["Question", "Frage", "Pregunta"]), question),
        fact(
            names.say(["Decision it serves", "Entscheidung, der sie dient", "Decisión a la que sirve"]),
            text(&definition.decision),
        ),
        fact(
            names.say(["Who decides", "Wer entscheidet", "Quién decide"]),
            names.person(definition.decider.as_ref()),
        ),
    ];
    for (department, person) in &definition.owners {
        let label = match names.language {
            Language::En => format!("Answers for {}", names.department(department)),
            Language::De => format!("Verantwortlich für {}", names.department(department)),
            Language::Es => format!("Responde de {}", names.department(department)),
        };
        facts.push(fact(label, names.person(Some(person))));
    }
    facts.extend(chart_facts(definition, names));
    facts.extend(settings_facts(definition, names));
    facts
}

/// What a definition says of its chart.
fn chart_facts(definition: &KpiDefinition, names: &Names<'_>) -> [Fact; 4] {
    let number = |millionths: i64| {
        let (value, language) = (millionths as f64 / MILLION, names.language);
        let decimals = (0..3).find(|places| (value * 10f64.powi(*places)).fract().abs() < 1e-9).unwrap_or(3);
        let decimals = u8::try_from(decimals).unwrap_or(3);
        if definition.is_percent() {
            language.percent(value, decimals)
        } else {
            let own = unit_word(definition);
            let unit = own.as_deref().unwrap_or_else(|| pick(language, ["days", "Tage", "días"]));
            format!("{} {unit}", language.number(value, decimals))
        }
    };
    let baseline = |points: u32| match names.language {
        Language::En => format!("the first {points} points"),
        Language::De => format!("die ersten {points} Punkte"),
        Language::Es => format!("los primeros {points} puntos"),
    };
    let rules = if definition.rule_set == "wheeler" { "Wheeler" } else { "Making Data Count" };
    let target = definition.target_millionths.map_or_else(|| NOTHING.to_owned(), number);
    let baseline = definition.baseline_n.map_or_else(|| NOTHING.to_owned(), baseline);
    [
        fact(names.say(["Target", "Ziel", "Objetivo"]), target),
        fact(names.say(["Rules", "Regeln", "Reglas"]), rules),
        fact(names.say(["Screening", "Bereinigung", "Cribado"]), names.is_on(definition.screening)),
        fact(names.say(["Fixed baseline", "Feste Basis", "Base fija"]), baseline),
    ]
}

/// What a definition says of its arithmetic.
pub(crate) fn settings_facts(definition: &KpiDefinition, names: &Names<'_>) -> Vec<Fact> {
    let settings = KpiSettings::of(&definition.settings);
    match definition.kind {
        KpiKind::PromiseKept => promise_facts(&settings, names),
        KpiKind::RightFirstTime => right_facts(&settings, names),
        KpiKind::Measure => measure_facts(definition, names),
        KpiKind::OrderToCash | KpiKind::PromiseRealism | KpiKind::LateBacklog => Vec::new(),
    }
}

fn measure_facts(definition: &KpiDefinition, names: &Names<'_>) -> Vec<Fact> {
    let Some(settings) = MeasureSettings::of(&definition.settings) else { return Vec::new() };
    let form = match settings.form {
        MeasureForm::Ratio => ["numerator and denominator", "Zähler und Nenner", "numerador y denominador"],
        MeasureForm::Value => ["the value itself", "der Wert selbst", "el valor mismo"],
    };
    let unit =
        settings.unit_word().map_or_else(|| names.say(["percent", "Prozent", "por ciento"]), str::to_owned);
    vec![
        fact(names.say(["How it comes", "Wie sie kommt", "Cómo llega"]), names.say(form)),
        fact(names.say(["What it counts", "Was sie zählt", "Qué cuenta"]), unit),
        fact(
            names.say([
                "Parts may differ from the total by",
                "Anteile dürfen von der Summe abweichen um",
                "Las partes pueden diferir del total en",
            ]),
            crate::words::quantity(settings.tolerance.0, names.language),
        ),
    ]
}

fn promise_facts(settings: &KpiSettings, names: &Names<'_>) -> Vec<Fact> {
    let plan = names.say([
        "as each order’s plan says",
        "wie der Plan des Auftrags sagt",
        "según el plan del pedido",
    ]);
    vec![
        fact(
            names.say([
                "A short delivery is a miss",
                "Zu wenig geliefert verfehlt",
                "Entregar de menos incumple",
            ]),
            names.is_on(settings.counts_short),
        ),
        fact(
            names.say([
                "A late or wrong invoice is a miss",
                "Eine späte oder falsche Rechnung verfehlt",
                "Una factura tardía o errónea incumple",
            ]),
            names.is_on(settings.counts_invoice),
        ),
        fact(
            names.say(["Time to invoice", "Zeit bis zur Rechnung", "Plazo para facturar"]),
            settings.invoicing_days.map_or(plan, |days| names.days(days)),
        ),
        fact(
            names.say([
                "Window for wrong invoices",
                "Fenster für falsche Rechnungen",
                "Plazo para facturas erróneas",
            ]),
            names.days(settings.credit_window_days),
        ),
    ]
}

fn right_facts(settings: &KpiSettings, names: &Names<'_>) -> Vec<Fact> {
    let [returns, credits, disputes] = settings.counts_after;
    let mut facts = vec![
        fact(
            names.say(["Window after delivery", "Fenster nach der Lieferung", "Plazo tras la entrega"]),
            names.days(settings.return_window_days),
        ),
        fact(
            names.say(["Returns count", "Rückgaben zählen", "Cuentan las devoluciones"]),
            names.is_on(returns),
        ),
        fact(
            names.say(["Credit notes count", "Gutschriften zählen", "Cuentan los abonos"]),
            names.is_on(credits),
        ),
        fact(
            names.say(["Disputes count", "Beanstandungen zählen", "Cuentan las reclamaciones"]),
            names.is_on(disputes),
        ),
    ];
    let labels = [
        ["Returns without a reason", "Rückgaben ohne Grund", "Devoluciones sin motivo"],
        ["Credit notes without a reason", "Gutschriften ohne Grund", "Abonos sin motivo"],
        ["Disputes without a reason", "Beanstandungen ohne Grund", "Reclamaciones sin motivo"],
    ];
    let route = names.say(["as the route says", "wie der Weg sagt", "según la ruta"]);
    facts.extend(labels.into_iter().zip(&settings.unnamed).map(|(label, department)| {
        let value = department.as_ref().map_or_else(|| route.clone(), |id| names.department(id));
        fact(names.say(label), value)
    }));
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::default_definitions;

    fn names(language: Language) -> Names<'static> {
        Names { people: &[], departments: &[], language }
    }

    #[test]
    fn a_version_says_what_it_changed_in_each_language() {
        let all = default_definitions();
        let before = all.iter().find(|one| one.kind == KpiKind::PromiseKept).unwrap();
        let settings = KpiSettings { counts_short: false, ..KpiSettings::default() };
        let after = KpiDefinition {
            name: "On time".into(),
            target_millionths: Some(96_500_000),
            active: false,
            owners: [("sales".parse().unwrap(), PersonId::from("p1"))].into(),
            settings: settings.to_value(&before.settings),
            ..before.clone()
        };
        assert_eq!(
            differences(before, &after, &names(Language::En)),
            [
                "Taken off the board",
                "Name: On-time delivery → On time",
                "Answers for sales: — → p1",
                "Target: 95% → 96.5%",
                "A short delivery is a miss: yes → no",
            ]
        );
        let back = differences(&after, before, &names(Language::De));
        assert_eq!(back.first().map(String::as_str), Some("Wieder auf die Tafel gestellt"));
        assert!(back.contains(&"Ziel: 96,5\u{a0}% → 95\u{a0}%".to_owned()), "{back:?}");
        assert!(back.contains(&"Verantwortlich für sales: p1 → —".to_owned()), "{back:?}");
        assert_eq!(differences(before, before, &names(Language::Es)), Vec::<String>::new());
    }
}
