//! A week of a measure that a person enters: said in the ledger, and published in the same breath.

use std::collections::BTreeMap;

use plaza_domain::cell::Quantity;
use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    Bases, Cause, EntryCause, FigureEntered, KpiDefinition, KpiId, Moved, Observation, ObservedPart, Payload,
    cause_of,
};
use plaza_domain::kpi::measure::{FIGURE_MAX, Figure, FigureFault, MeasureForm, MeasureSettings};
use plaza_domain::language::Language;

use crate::charter::words::pick;
use crate::error::{EngineError, Result};
use crate::page::measure::{FigureForm, last_over};
use crate::workspace::Workspace;

/// The first week that can be entered, the one that 1990 begins with: what is older was mistyped.
pub(crate) const EARLIEST: Week = Week(1_043);

/// Letters of a reason.
pub(crate) const REASON_CHARS_MAX: usize = 300;

/// Millionths in a thousandth of a numerator: parts are kept as finely as those of counted KPIs.
const MILLION: i64 = 1_000_000;

/// Enters a week of a measure, or corrects it. What was published before stays as a revision; the one that follows names who
/// entered it and why.
///
/// # Errors
/// [`EngineError::NotFound`] for a KPI that is not here or no measure; [`EngineError::Conflict`] where the week has
/// another revision than the form was filled in from; [`EngineError::Invalid`] names each field that cannot be used, with
/// parts that do not add up within the tolerance among them: nothing is changed then.
pub fn enter(
    workspace: &Workspace,
    kpi: impl Into<KpiId>,
    form: &FigureForm,
    reason: &str,
    language: Language,
) -> Result<()> {
    let definition = workspace.definition(kpi)?;
    let settings = settings_of(&definition)?;
    let week = week(workspace, &form.week, language)?;
    let before = workspace.view(|view| view.observation(&definition.kpi, week))?;
    if before.as_ref().map_or(0, |before| before.revision) != form.revision {
        return Err(EngineError::Conflict { what: "the week's value" });
    }
    let said = Said::of(workspace, form, reason, before.is_some(), &settings, language)?;
    let by = workspace.actor()?.map(|person| person.id);
    let entry = EntryCause { by, reason: said.reason.clone(), file: None };
    let next = observation(workspace, &definition, week, &said.figure, entry, before.as_ref())?;
    if before.is_some_and(|before| before.says_the_same_as(&next)) {
        return Err(EngineError::invalid("form", words(Wrong::Same, language)));
    }
    let kpi = definition.kpi;
    let entered = FigureEntered {
        kpi: kpi.clone(),
        week,
        numerator: said.figure.numerator,
        denominator: (settings.form == MeasureForm::Ratio).then_some(said.figure.denominator),
        parts: said.figure.parts,
        reason: said.reason,
    };
    workspace.act([Payload::FigureEntered(entered), Payload::ObservationPublished(next)])?;
    workspace.record_signals_after_act(&kpi);
    // The week is published: what a decision did to it is looked for again with the next one.
    drop(workspace.record_effects());
    Ok(())
}

/// The settings of a KPI that is a measure.
pub(crate) fn settings_of(definition: &KpiDefinition) -> Result<MeasureSettings> {
    MeasureSettings::of(&definition.settings)
        .ok_or_else(|| EngineError::NotFound { noun: "measure", name: definition.kpi.to_string() })
}

/// The week that a text names, where it is over.
fn week(workspace: &Workspace, text: &str, language: Language) -> Result<Week> {
    let week = crate::words::week(text)?;
    if week > last_over(workspace.today()?) {
        return Err(EngineError::invalid("week", words(Wrong::NotOver, language)));
    }
    if week < EARLIEST {
        return Err(EngineError::invalid("week", words(Wrong::TooOld, language)));
    }
    Ok(week)
}

/// What a form says, once every field of it can be used.
struct Said {
    figure: Figure,
    reason: String,
}

impl Said {
    fn of(
        workspace: &Workspace,
        form: &FigureForm,
        reason: &str,
        is_correction: bool,
        settings: &MeasureSettings,
        language: Language,
    ) -> Result<Self> {
        let mut reading = Reading { language, faults: Vec::new() };
        let known = workspace.view(|view| view.departments())?;
        let numerator = reading.number("numerator", form.numerator);
        let denominator = match settings.form {
            MeasureForm::Ratio => reading.number("denominator", form.denominator),
            MeasureForm::Value => None,
        };
        let mut parts: BTreeMap<DepartmentId, Quantity> = BTreeMap::new();
        for (id, number) in &form.parts {
            let field = format!("parts.{id}");
            match known.iter().find(|one| one.id.as_str() == id) {
                None => reading.fault(field, Wrong::NoSuchDepartment),
                Some(one) => {
                    parts.extend(reading.number(&field, Some(*number)).map(|it| (one.id.clone(), it)));
                }
            }
        }
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if is_correction && reason.is_empty() {
            reading.fault("reason", Wrong::NoReason);
        }
        if reason.chars().count() > REASON_CHARS_MAX {
            reading.fault("reason", Wrong::LongReason);
        }
        if let (true, Some(numerator)) = (reading.faults.is_empty(), numerator) {
            match Figure::new(numerator, denominator, parts, settings) {
                Ok(figure) => return Ok(Self { figure, reason }),
                Err(fault) => reading.fault(field_of(&fault), Wrong::Figure(fault)),
            }
        }
        Err(EngineError::Invalid { fields: reading.faults })
    }
}

const fn field_of(fault: &FigureFault) -> &'static str {
    match fault {
        FigureFault::NoDenominator | FigureFault::DenominatorNotPositive => "denominator",
        FigureFault::TooLarge => "numerator",
        FigureFault::Gap(_) => "parts",
    }
}

struct Reading {
    language: Language,
    /// Field and reason.
    faults: Vec<(String, String)>,
}

impl Reading {
    fn fault(&mut self, field: impl Into<String>, wrong: Wrong) {
        self.faults.push((field.into(), words(wrong, self.language)));
    }

    /// A number that must be there, exactly as it was typed.
    fn number(&mut self, field: &str, number: Option<f64>) -> Option<Quantity> {
        let wrong = match number.map(quantity) {
            None => Wrong::Missing,
            Some(Err(wrong)) => wrong,
            Some(Ok(quantity)) => return Some(quantity),
        };
        self.fault(field, wrong);
        None
    }
}

/// A typed number in thousandths. Rounding to the nearest is exact where there are at most three decimals: within
/// [`FIGURE_MAX`] a float tells thousandths apart.
pub(crate) fn quantity(number: f64) -> std::result::Result<Quantity, Wrong> {
    let thousandths = number * Quantity::SCALE as f64;
    if thousandths.is_nan() || thousandths.abs() > FIGURE_MAX.0 as f64 {
        return Err(Wrong::TooLarge);
    }
    let whole = thousandths.round();
    // The nearest float of a number with three decimals lies this close to it.
    let is_exact = (whole / Quantity::SCALE as f64 - number).abs() <= number.abs() * f64::EPSILON;
    if is_exact { Ok(Quantity(whole as i64)) } else { Err(Wrong::TooPrecise) }
}

/// The revision that a figure makes of its week, as whoever said it did.
pub(crate) fn observation(
    workspace: &Workspace,
    definition: &KpiDefinition,
    week: Week,
    figure: &Figure,
    entry: EntryCause,
    before: Option<&Observation>,
) -> Result<Observation> {
    let (numerator, denominator) = figure.fraction(&settings_of(definition)?);
    let parts = figure.parts.iter().map(|(department, part)| ObservedPart {
        department: department.clone(),
        millionths: part.0 * MILLION,
        late_microdays: 0,
    });
    let known_from = workspace.now_ms();
    let mut next = Observation {
        kpi: definition.kpi.clone(),
        definition_version: definition.counting_version(),
        week,
        revision: before.map_or(1, |before| before.revision.saturating_add(1)),
        numerator,
        denominator,
        n: 0,
        pending: 0,
        cancelled: 0,
        parts: parts.collect(),
        late_microdays: 0,
        bases: Bases::default(),
        beside: BTreeMap::new(),
        known_from,
        run: None,
        moved: Moved::default(),
        cause: Cause::First,
        split: None,
        entered: Some(entry),
    };
    let set = workspace.settings()?;
    next.cause = cause_of(before, &next, set.time_zone.day_at(known_from), set.unsettled_until(week));
    Ok(next)
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    Missing,
    TooPrecise,
    TooLarge,
    NotOver,
    TooOld,
    NoSuchDepartment,
    NoReason,
    LongReason,
    Same,
    Figure(FigureFault),
}

pub(crate) fn words(wrong: Wrong, language: Language) -> String {
    let say = |texts| pick(language, texts).to_owned();
    match wrong {
        Wrong::Missing => say(["A number is needed.", "Hier fehlt eine Zahl.", "Falta un número."]),
        Wrong::TooPrecise => say([
            "At most three decimals.",
            "Höchstens drei Nachkommastellen.",
            "Como máximo tres decimales.",
        ]),
        Wrong::TooLarge | Wrong::Figure(FigureFault::TooLarge) => {
            say(["At most a thousand million.", "Höchstens eine Milliarde.", "Como máximo mil millones."])
        }
        Wrong::NotOver => say([
            "This week is not over yet.",
            "Diese Woche ist noch nicht vorbei.",
            "Esta semana aún no ha terminado.",
        ]),
        Wrong::TooOld => say(["Weeks from 1990 on.", "Wochen ab 1990.", "Semanas a partir de 1990."]),
        Wrong::NoSuchDepartment => say([
            "There is no such department.",
            "Diese Abteilung gibt es nicht.",
            "Este departamento no existe.",
        ]),
        Wrong::NoReason => say([
            "The week has a value already. Please say why it changes: it is kept with your name.",
            "Die Woche hat schon einen Wert. Bitte sagen Sie, warum er sich ändert: Es wird mit Ihrem Namen aufbewahrt.",
            "La semana ya tiene un valor. Diga por qué cambia: se guarda con su nombre.",
        ]),
        Wrong::LongReason => {
            say(["At most 300 letters.", "Höchstens 300 Zeichen.", "Como máximo 300 letras."])
        }
        Wrong::Same => say([
            "These are the numbers that stand there already.",
            "Genau diese Zahlen stehen schon da.",
            "Son los números que ya constan.",
        ]),
        Wrong::Figure(FigureFault::NoDenominator) => {
            say(["A number is needed.", "Hier fehlt eine Zahl.", "Falta un número."])
        }
        Wrong::Figure(FigureFault::DenominatorNotPositive) => say([
            "More than 0: nothing can be divided by it otherwise.",
            "Größer als 0, sonst lässt sich nicht teilen.",
            "Mayor que 0; si no, no se puede dividir.",
        ]),
        Wrong::Figure(FigureFault::Gap(gap)) => {
            let number = |quantity: Quantity| crate::words::quantity(quantity.0, language);
            let (sum, total) = (number(gap.sum), number(gap.total));
            match language {
                Language::En => format!("The parts add up to {sum}, the total is {total}."),
                Language::De => format!("Die Anteile ergeben {sum}, die Summe ist {total}."),
                Language::Es => format!("Las partes suman {sum} y el total es {total}."),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_numbers_are_kept_exactly_or_refused() {
        for (number, expected) in [
            (0.0, Ok(0)),
            (93.0, Ok(93_000)),
            (0.1, Ok(100)),
            (-2.345, Ok(-2_345)),
            (123_456_789.123, Ok(123_456_789_123)),
            (1_000_000_000.0, Ok(1_000_000_000_000)),
            (1_000_000_000.001, Err(Wrong::TooLarge)),
            (0.0001, Err(Wrong::TooPrecise)),
            (93.4567, Err(Wrong::TooPrecise)),
            (f64::NAN, Err(Wrong::TooLarge)),
            (f64::NEG_INFINITY, Err(Wrong::TooLarge)),
        ] {
            assert_eq!(quantity(number), expected.map(Quantity), "{number}");
        }
    }
}
