//! How each language names a week, a month, a day, and a number of them.

use chrono::Datelike;

use crate::day::Day;
use crate::language::Language;
use crate::signal::Cadence;

use super::pick;

const MONTHS: [[&str; 3]; 12] = [
    ["January", "Januar", "enero"],
    ["February", "Februar", "febrero"],
    ["March", "März", "marzo"],
    ["April", "April", "abril"],
    ["May", "Mai", "mayo"],
    ["June", "Juni", "junio"],
    ["July", "Juli", "julio"],
    ["August", "August", "agosto"],
    ["September", "September", "septiembre"],
    ["October", "Oktober", "octubre"],
    ["November", "November", "noviembre"],
    ["December", "Dezember", "diciembre"],
];

const SHORT_MONTHS: [[&str; 3]; 12] = [
    ["Jan", "Jan.", "ene"],
    ["Feb", "Feb.", "feb"],
    ["Mar", "März", "mar"],
    ["Apr", "Apr.", "abr"],
    ["May", "Mai", "may"],
    ["Jun", "Juni", "jun"],
    ["Jul", "Juli", "jul"],
    ["Aug", "Aug.", "ago"],
    ["Sep", "Sept.", "sept"],
    ["Oct", "Okt.", "oct"],
    ["Nov", "Nov.", "nov"],
    ["Dec", "Dez.", "dic"],
];

fn month(day: Day, names: &[[&'static str; 3]; 12], language: Language) -> &'static str {
    pick(language, names[day.to_date().month0() as usize % 12])
}

/// A date in full: `12 March 2024`, `12. März 2024`, `12 de marzo de 2024`.
pub fn date(day: Day, language: Language) -> String {
    let (date, month) = (day.to_date(), month(day, &MONTHS, language));
    match language {
        Language::En => format!("{} {month} {}", date.day(), date.year()),
        Language::De => format!("{}. {month} {}", date.day(), date.year()),
        Language::Es => format!("{} de {month} de {}", date.day(), date.year()),
    }
}

/// A date without its year: `12 March`, `12. März`, `12 de marzo`.
pub fn date_in_year(day: Day, language: Language) -> String {
    let (date, month) = (day.to_date(), month(day, &MONTHS, language));
    match language {
        Language::En => format!("{} {month}", date.day()),
        Language::De => format!("{}. {month}", date.day()),
        Language::Es => format!("{} de {month}", date.day()),
    }
}

/// The label of a tick: `W48`, `KW 48`, `S48`; `Mar 2024`; `12 Mar`. With `year` a week names it too.
pub fn tick(day: Day, cadence: Cadence, year: bool, language: Language) -> String {
    let date = day.to_date();
    let name = month(day, &SHORT_MONTHS, language);
    match cadence {
        Cadence::Weekly => {
            let (iso_year, week) = day.week().iso();
            let label = format!("{}{week:02}", pick(language, ["W", "KW\u{a0}", "S"]));
            if year { format!("{label} {iso_year}") } else { label }
        }
        Cadence::Monthly => format!("{name} {}", date.year()),
        Cadence::Daily | Cadence::Irregular => {
            let label = match language {
                Language::De => format!("{}. {name}", date.day()),
                Language::En | Language::Es => format!("{} {name}", date.day()),
            };
            if year { format!("{label} {}", date.year()) } else { label }
        }
    }
}

/// A period in running text, without article: `week 34`, `KW 34`, `semana 34`; with `year` `week 34 of 2025`.
pub fn name(day: Day, cadence: Cadence, year: bool, language: Language) -> String {
    match cadence {
        Cadence::Weekly => {
            let (iso_year, week) = day.week().iso();
            match (language, year) {
                (Language::En, false) => format!("week {week}"),
                (Language::En, true) => format!("week {week} of {iso_year}"),
                (Language::De, false) => format!("KW\u{a0}{week}"),
                (Language::De, true) => format!("KW\u{a0}{week}/{iso_year}"),
                (Language::Es, false) => format!("semana {week}"),
                (Language::Es, true) => format!("semana {week} de {iso_year}"),
            }
        }
        Cadence::Monthly => {
            let (name, year) = (month(day, &MONTHS, language), day.to_date().year());
            match language {
                Language::En | Language::De => format!("{name} {year}"),
                Language::Es => format!("{name} de {year}"),
            }
        }
        Cadence::Daily | Cadence::Irregular if year => date(day, language),
        Cadence::Daily | Cadence::Irregular => date_in_year(day, language),
    }
}

/// `since week 34`, `seit KW 34`, `desde la semana 34`.
pub fn since(day: Day, cadence: Cadence, year: bool, language: Language) -> String {
    let name = name(day, cadence, year, language);
    let before = match (language, cadence) {
        (Language::En, _) => "since",
        (Language::De, Cadence::Weekly | Cadence::Monthly) => "seit",
        (Language::De, _) => "seit dem",
        (Language::Es, Cadence::Weekly) => "desde la",
        (Language::Es, Cadence::Monthly) => "desde",
        (Language::Es, _) => "desde el",
    };
    format!("{before} {name}")
}

/// `until week 34`, `bis KW 34`, `hasta la semana 34`.
pub fn until(day: Day, cadence: Cadence, year: bool, language: Language) -> String {
    let name = name(day, cadence, year, language);
    let before = match (language, cadence) {
        (Language::En, _) => "until",
        (Language::De, Cadence::Weekly | Cadence::Monthly) => "bis",
        (Language::De, _) => "bis zum",
        (Language::Es, Cadence::Weekly) => "hasta la",
        (Language::Es, Cadence::Monthly) => "hasta",
        (Language::Es, _) => "hasta el",
    };
    format!("{before} {name}")
}

/// A period as the subject of a sentence: `Week 34`, `KW 34`, `La semana 34`, `Der 12. März`.
pub fn subject(day: Day, cadence: Cadence, year: bool, language: Language) -> String {
    let name = name(day, cadence, year, language);
    match (language, cadence) {
        (Language::De, Cadence::Monthly | Cadence::Daily | Cadence::Irregular) => format!("Der {name}"),
        (Language::Es, Cadence::Weekly) => format!("La {name}"),
        (Language::Es, Cadence::Daily | Cadence::Irregular) => format!("El {name}"),
        _ => super::capital(&name),
    }
}

/// The case of a German noun; the other languages do not ask.
#[derive(Clone, Copy)]
pub(super) enum Case {
    Nominative,
    Dative,
}

/// `one week`, `eight weeks`, `31 weeks`: a count of periods.
pub(super) fn count(points: u32, cadence: Cadence, case: Case, language: Language) -> String {
    let one = points == 1;
    let (en, de, dative, es) = match cadence {
        Cadence::Weekly => (
            ["week", "weeks"],
            ["eine Woche", "Wochen"],
            ["einer Woche", "Wochen"],
            ["una semana", "semanas"],
        ),
        Cadence::Monthly => {
            (["month", "months"], ["ein Monat", "Monate"], ["einem Monat", "Monaten"], ["un mes", "meses"])
        }
        Cadence::Daily => (["day", "days"], ["ein Tag", "Tage"], ["einem Tag", "Tagen"], ["un día", "días"]),
        Cadence::Irregular => {
            (["value", "values"], ["ein Wert", "Werte"], ["einem Wert", "Werten"], ["un valor", "valores"])
        }
    };
    let de = match case {
        Case::Nominative => de,
        Case::Dative => dative,
    };
    match (language, one) {
        (Language::En, true) => format!("one {}", en[0]),
        (Language::De, true) => de[0].to_owned(),
        (Language::Es, true) => es[0].to_owned(),
        (Language::En, false) => format!("{} {}", language.count(points), en[1]),
        (Language::De, false) => format!("{} {}", language.count(points), de[1]),
        (Language::Es, false) => format!("{} {}", language.count(points), es[1]),
    }
}
