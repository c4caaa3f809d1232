//! Success measures in words: what is measured, its values, and what became of the target.

use plaza_domain::charter::{Measured, Reading, VERDICT_WEEKS, Verdict};
use plaza_domain::day::{Day, Week};
use plaza_domain::language::Language;
use plaza_domain::signal::Cadence;
use plaza_domain::signal::words::period;

use super::measure::Measuring;
use super::words::pick;

fn week(week: Week, language: Language) -> String {
    period::name(week.monday(), Cadence::Weekly, true, language)
}

fn day(day: Day, language: Language) -> String {
    period::date(day, language)
}

impl Measuring {
    /// A value with its unit: `36.9 days`, `2%`, `12 hours`.
    pub(crate) fn value(&self, millionths: i64, language: Language) -> String {
        let value = millionths as f64 / 1_000_000.0;
        // As many places as the number has, up to two.
        let decimals = (0..2).find(|places| millionths % 10_i64.pow(6 - places) == 0).unwrap_or(2);
        let decimals = u8::try_from(decimals).unwrap_or(2).min(if self.is_entered() { 2 } else { 1 });
        if self.is_percent() {
            language.percent(value, decimals)
        } else if self.is_entered() {
            format!("{}\u{a0}{}", language.number(value, decimals), self.measure.unit)
        } else {
            plaza_domain::chart::Unit::Days.long(value, decimals, language)
        }
    }

    fn is_entered(&self) -> bool {
        self.measure.measured() == Some(Measured::Entered)
    }

    /// Whether the target is reached, missed or open, in one sentence.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let (Some(target), Some(by)) = (self.measure.target_millionths, self.measure.by) else {
            return pick(
                language,
                [
                    "Its target is not complete yet.",
                    "Ihr Ziel ist noch nicht vollständig.",
                    "Su objetivo aún no está completo.",
                ],
            )
            .to_owned();
        };
        let (target, by) = (self.value(target, language), day(by, language));
        match (self.verdict, self.since) {
            (None, _) | (_, None) => not_active(&target, &by, language),
            (Some(Verdict::Waiting), Some(since)) => waiting(&day(since, language), &target, &by, language),
            (Some(Verdict::Open), _) => self.open(&target, &by, language),
            (Some(Verdict::Reached { week: last }), _) => {
                let last = week(last, language);
                match language {
                    Language::En => {
                        format!("Reached: in the weeks up to {last} it was at {target} or better on average.")
                    }
                    Language::De => {
                        format!(
                            "Erreicht: In den Wochen bis {last} lag sie im Schnitt bei {target} oder besser."
                        )
                    }
                    Language::Es => {
                        format!(
                            "Alcanzado: en las semanas hasta la {last} estuvo de media en {target} o mejor."
                        )
                    }
                }
            }
            (Some(Verdict::Missed), _) => match language {
                Language::En => format!(
                    "Missed: up to {by} no {VERDICT_WEEKS} weeks in a row reached {target} on average."
                ),
                Language::De => format!(
                    "Verfehlt: Bis zum {by} haben keine {VERDICT_WEEKS} Wochen in Folge im Schnitt {target} erreicht."
                ),
                Language::Es => format!(
                    "No alcanzado: hasta el {by} no hubo {VERDICT_WEEKS} semanas seguidas con {target} de media."
                ),
            },
        }
    }

    fn open(&self, target: &str, by: &str, language: Language) -> String {
        let Some(Reading { week: last, millionths }) = self.latest() else { return String::new() };
        let (value, last) = (self.value(millionths, language), week(last, language));
        match language {
            Language::En => format!("Still open: {value} in {last}; the target is {target} by {by}."),
            Language::De => format!("Noch offen: {value} in {last}; das Ziel ist {target} bis {by}."),
            Language::Es => {
                format!("Aún abierto: {value} en la {last}; el objetivo es {target} hasta el {by}.")
            }
        }
    }
}

fn not_active(target: &str, by: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("The target is {target} by {by}. It is judged once the integration is active.")
        }
        Language::De => {
            format!("Das Ziel ist {target} bis {by}. Gemessen wird daran, sobald die Integration aktiv ist.")
        }
        Language::Es => {
            format!("El objetivo es {target} hasta el {by}. Se juzga cuando la integración está activa.")
        }
    }
}

fn waiting(since: &str, target: &str, by: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "No whole week has been measured since the activation on {since}; the target is {target} by {by}."
        ),
        Language::De => format!(
            "Seit der Aktivierung am {since} ist noch keine ganze Woche gemessen; das Ziel ist {target} bis {by}."
        ),
        Language::Es => format!(
            "Desde la activación el {since} aún no se ha medido una semana entera; el objetivo es {target} hasta el {by}."
        ),
    }
}

/// The word on the chart where the integration became active.
pub(crate) fn activation_mark(since: Day, language: Language) -> (&'static str, String) {
    let day = day(since, language);
    let label = match language {
        Language::En => format!("Active since {day}"),
        Language::De => format!("Aktiv seit {day}"),
        Language::Es => format!("Activa desde el {day}"),
    };
    (pick(language, ["active", "aktiv", "activa"]), label)
}

/// What is measured: the chart's title.
pub(crate) fn title(measuring: &Measuring, part: Option<&str>, language: Language) -> String {
    match measuring.measure.measured() {
        Some(Measured::Quarantine) => {
            pick(language, ["Rows in quarantine", "Zeilen in Quarantäne", "Filas en cuarentena"]).to_owned()
        }
        Some(Measured::Kpi(kpi, _)) => {
            let name = measuring
                .definition
                .as_ref()
                .map_or_else(|| kpi.to_string(), |definition| crate::page::name(definition, language));
            match (part, language) {
                (None, _) => name,
                (Some(part), Language::En) => format!("{name}, part of {part}"),
                (Some(part), Language::De) => format!("{name}, Anteil {part}"),
                (Some(part), Language::Es) => format!("{name}, parte de {part}"),
            }
        }
        Some(Measured::Entered) | None => {
            format!("{} ({})", measuring.measure.name, measuring.measure.unit)
        }
    }
}
