//! Schedules, ages and circuits in the reader's language. Times are those of the workspace's clocks.

use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::schedule::{
    Because, Cadence, Cost, DAY_MS, HOUR_MS, MINUTE_MS, MINUTES_MIN, ScheduleRefused, TimeOfDay, because,
};
use plaza_domain::signal::words::period::date_in_year;
use plaza_domain::workspace::TimeZone;

const WEEKDAYS: [[&str; 3]; 7] = [
    ["Monday", "Montag", "lunes"],
    ["Tuesday", "Dienstag", "martes"],
    ["Wednesday", "Mittwoch", "miércoles"],
    ["Thursday", "Donnerstag", "jueves"],
    ["Friday", "Freitag", "viernes"],
    ["Saturday", "Samstag", "sábado"],
    ["Sunday", "Sonntag", "domingo"],
];

const fn pick(language: Language, words: [&str; 3]) -> &str {
    match language {
        Language::En => words[0],
        Language::De => words[1],
        Language::Es => words[2],
    }
}

fn weekday(weekday: u8, language: Language) -> &'static str {
    pick(language, WEEKDAYS[usize::from(weekday % 7)])
}

/// `every 15 minutes`, `every day at 06:00`, `only by hand`.
pub(crate) fn cadence(cadence: Cadence, language: Language) -> String {
    match cadence {
        Cadence::ByHand => pick(language, ["only by hand", "nur von Hand", "solo a mano"]).to_owned(),
        Cadence::Minutes { minutes: 60 } => {
            pick(language, ["every hour", "jede Stunde", "cada hora"]).to_owned()
        }
        Cadence::Minutes { minutes } if minutes % 60 == 0 => {
            let hours = minutes / 60;
            match language {
                Language::En => format!("every {hours} hours"),
                Language::De => format!("alle {hours} Stunden"),
                Language::Es => format!("cada {hours} horas"),
            }
        }
        Cadence::Minutes { minutes } => match language {
            Language::En => format!("every {minutes} minutes"),
            Language::De => format!("alle {minutes} Minuten"),
            Language::Es => format!("cada {minutes} minutos"),
        },
        Cadence::Daily { time } => match language {
            Language::En => format!("every day at {time}"),
            Language::De => format!("jeden Tag um {time} Uhr"),
            Language::Es => format!("todos los días {}", at_es(time)),
        },
        Cadence::Weekly { weekday: day, time } => {
            let day = weekday(day, language);
            match language {
                Language::En => format!("every {day} at {time}"),
                Language::De => format!("jeden {day} um {time} Uhr"),
                Language::Es => format!("cada {day} {}", at_es(time)),
            }
        }
    }
}

/// `a las 06:00`, `a la 01:30`.
fn at_es(time: TimeOfDay) -> String {
    format!("a {} {time}", article_es(time.minute_of_day()))
}

const fn article_es(minute_of_day: u16) -> &'static str {
    if minute_of_day / 60 == 1 { "la" } else { "las" }
}

/// Why a cadence is proposed, in one sentence that ends with it.
pub(crate) fn reason(delay: Cost, error: Cost, proposed: Cadence, language: Language) -> String {
    let cost = |cost: Cost| {
        pick(
            language,
            match cost {
                Cost::Nothing => ["costs nothing", "kostet nichts", "no cuesta nada"],
                Cost::Little => ["is a nuisance", "ist lästig", "es una molestia"],
                Cost::Much => ["costs real money", "kostet richtig Geld", "cuesta dinero de verdad"],
                Cost::LineStops => ["stops the line", "hält den Betrieb an", "para la producción"],
            },
        )
    };
    let (delay_words, error_words) = (cost(delay), cost(error));
    let often = pick(
        language,
        match because(delay, error) {
            Because::CheapDelay => ["there is no hurry", "es eilt also nicht", "así que no hay prisa"],
            Because::DearError => [
                "better seldom and looked at",
                "also lieber selten und geprüft",
                "mejor pocas veces y con calma",
            ],
            Because::DearDelay => ["better often", "also lieber oft", "mejor a menudo"],
        },
    );
    let proposed = cadence(proposed, language);
    match language {
        Language::En => format!(
            "An hour’s delay {delay_words} and an error that arrives at once {error_words}: {often}, {proposed}."
        ),
        Language::De => format!(
            "Eine Stunde Verzug {delay_words}, ein sofort sichtbarer Fehler {error_words}: {often}, {proposed}."
        ),
        Language::Es => format!(
            "Una hora de retraso {delay_words} y un error inmediato {error_words}: {often}, {proposed}."
        ),
    }
}

/// A moment as it stands after *until* and *of*: `14:30`, `yesterday 18:00`, `Monday 06:00`, `12 March 06:00`.
pub(crate) fn moment(moment: i64, now: i64, zone: TimeZone, language: Language) -> String {
    let minute = zone.minute_at(moment);
    let clock = format!("{:02}:{:02}", minute / 60, minute % 60);
    let day = zone.day_at(moment);
    let clock = match language {
        Language::En => clock,
        Language::De => format!("{clock} Uhr"),
        Language::Es => format!("{} {clock}", article_es(minute)),
    };
    match (day_name(day, day - zone.day_at(now), language), language) {
        (None, _) => clock,
        (Some(day), Language::En | Language::De) => format!("{day} {clock}"),
        (Some(day), Language::Es) => format!("{day} a {clock}"),
    }
}

/// A day by its distance from today; none for today.
fn day_name(day: Day, days: i32, language: Language) -> Option<String> {
    Some(match days {
        0 => return None,
        -1 => pick(language, ["yesterday", "gestern", "ayer"]).to_owned(),
        1 => pick(language, ["tomorrow", "morgen", "mañana"]).to_owned(),
        -6..=6 => match language {
            Language::Es => format!("el {}", weekday(day.weekday(), language)),
            Language::En | Language::De => weekday(day.weekday(), language).to_owned(),
        },
        _ => match language {
            Language::Es => format!("el {}", date_in_year(day, language)),
            Language::En | Language::De => date_in_year(day, language),
        },
    })
}

/// How old something is: `18 hours old`.
pub(crate) fn age(age_ms: i64, language: Language) -> String {
    let age_ms = age_ms.max(0);
    let (count, one, many) = match age_ms {
        0..MINUTE_MS => {
            let words = ["just pulled", "gerade eingelesen", "recién cargadas"];
            return pick(language, words).to_owned();
        }
        MINUTE_MS..HOUR_MS => {
            (age_ms / MINUTE_MS, ["minute", "Minute", "minuto"], ["minutes", "Minuten", "minutos"])
        }
        HOUR_MS..DAY_MS => (age_ms / HOUR_MS, ["hour", "Stunde", "hora"], ["hours", "Stunden", "horas"]),
        _ => (age_ms / DAY_MS, ["day", "Tag", "día"], ["days", "Tage", "días"]),
    };
    let number = language.number(count as f64, 0);
    let unit = pick(language, if count == 1 { one } else { many });
    match language {
        Language::En => format!("{number} {unit} old"),
        Language::De => format!("{number} {unit} alt"),
        Language::Es => format!("de hace {number} {unit}"),
    }
}

/// What an open circuit means: whom Plaza leaves in peace until when, and which numbers it shows meanwhile.
pub(crate) fn open(system: &str, until: &str, shown: Option<&str>, language: Language) -> String {
    match (language, shown) {
        (Language::En, Some(shown)) => {
            format!("Plaza leaves {system} in peace until {until} and shows the numbers of {shown}.")
        }
        (Language::En, None) => {
            format!("Plaza leaves {system} in peace until {until}. There are no numbers yet.")
        }
        (Language::De, Some(shown)) => {
            format!("Plaza lässt {system} bis {until} in Ruhe und zeigt so lange den Stand von {shown}.")
        }
        (Language::De, None) => {
            format!("Plaza lässt {system} bis {until} in Ruhe. Zahlen gibt es noch keine.")
        }
        (Language::Es, Some(shown)) => {
            // “de el lunes” runs together.
            let shown = match shown.strip_prefix("el ") {
                Some(day) => format!("del {day}"),
                None => format!("de {shown}"),
            };
            format!("Plaza deja en paz a {system} hasta {until} y muestra las cifras {shown}.")
        }
        (Language::Es, None) => format!("Plaza deja en paz a {system} hasta {until}. Aún no hay cifras."),
    }
}

/// A probe is under way.
pub(crate) fn probing(system: &str, language: Language) -> String {
    match language {
        Language::En => format!("Plaza is trying {system} once more right now."),
        Language::De => format!("Plaza versucht es gerade noch einmal bei {system}."),
        Language::Es => format!("Plaza está probando otra vez con {system}."),
    }
}

/// A closed circuit, with the faults in a row since the last pull that worked.
pub(crate) fn closed(faults: u32, language: Language) -> String {
    match (language, faults) {
        (Language::En, 0) => "Pulls go through.".to_owned(),
        (Language::De, 0) => "Das Einlesen geht durch.".to_owned(),
        (Language::Es, 0) => "Las cargas pasan.".to_owned(),
        (Language::En, 1) => "Pulls go through. The last one did not work.".to_owned(),
        (Language::De, 1) => "Das Einlesen geht durch. Das letzte hat nicht geklappt.".to_owned(),
        (Language::Es, 1) => "Las cargas pasan. La última no funcionó.".to_owned(),
        (Language::En, faults) => {
            format!("Pulls go through. The last {} did not work.", language.count(faults))
        }
        (Language::De, faults) => {
            format!(
                "Das Einlesen geht durch. Die letzten {} Male hat es nicht geklappt.",
                language.count(faults)
            )
        }
        (Language::Es, faults) => {
            format!("Las cargas pasan. Las últimas {} no funcionaron.", language.count(faults))
        }
    }
}

/// Why a schedule cannot be, and the field that says so.
pub(crate) fn refused(refused: &ScheduleRefused, language: Language) -> (&'static str, String) {
    let least = MINUTES_MIN;
    match refused {
        ScheduleRefused::TooOften(minutes) => (
            "minutes",
            match language {
                Language::En => {
                    format!("Every {minutes} minutes is too often: every {least} minutes is the most.")
                }
                Language::De => format!("Alle {minutes} Minuten ist zu oft: höchstens alle {least} Minuten."),
                Language::Es => {
                    format!("Cada {minutes} minutos es demasiado: como mucho cada {least} minutos.")
                }
            },
        ),
        ScheduleRefused::TooSeldom(_) => (
            "minutes",
            pick(
                language,
                [
                    "For a longer time choose a day and a time.",
                    "Für längere Abstände wählen Sie Tag und Uhrzeit.",
                    "Para intervalos más largos, elija un día y una hora.",
                ],
            )
            .to_owned(),
        ),
        ScheduleRefused::NoSuchTime(text) => (
            "time",
            match language {
                Language::En => format!("“{text}” is not a time of the day such as 06:30."),
                Language::De => format!("„{text}“ ist keine Uhrzeit wie 06:30."),
                Language::Es => format!("«{text}» no es una hora como 06:30."),
            },
        ),
        ScheduleRefused::NoSuchWeekday(_) => (
            "weekday",
            pick(
                language,
                ["Choose a day of the week.", "Wählen Sie einen Wochentag.", "Elija un día de la semana."],
            )
            .to_owned(),
        ),
        ScheduleRefused::Threshold => (
            "warn",
            pick(
                language,
                [
                    "A threshold is between a minute and a year.",
                    "Eine Schwelle liegt zwischen einer Minute und einem Jahr.",
                    "Un umbral está entre un minuto y un año.",
                ],
            )
            .to_owned(),
        ),
        ScheduleRefused::LateBeforeWarn => (
            "late",
            pick(
                language,
                [
                    "Numbers are late only after they were worth a look: choose a longer time here.",
                    "Zu alt sind Zahlen erst, nachdem sie einen Blick wert waren: Wählen Sie hier eine längere Zeit.",
                    "Las cifras están atrasadas solo después de merecer un vistazo: elija aquí un tiempo más largo.",
                ],
            )
            .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: TimeZone, day: &str, hour: u16) -> i64 {
        zone.moment_of(day.parse().unwrap(), hour * 60 + 30).unwrap()
    }

    #[test]
    fn moments_are_said_as_a_person_would() {
        let zone: TimeZone = "Europe/Berlin".parse().unwrap();
        let now = at(zone, "2026-11-27", 12);
        for (day, hour, words) in [
            ("2026-11-27", 14, ["14:30", "14:30 Uhr", "las 14:30"]),
            ("2026-11-26", 18, ["yesterday 18:30", "gestern 18:30 Uhr", "ayer a las 18:30"]),
            ("2026-11-28", 1, ["tomorrow 01:30", "morgen 01:30 Uhr", "mañana a la 01:30"]),
            ("2026-11-30", 6, ["Monday 06:30", "Montag 06:30 Uhr", "el lunes a las 06:30"]),
            (
                "2026-12-12",
                6,
                ["12 December 06:30", "12. Dezember 06:30 Uhr", "el 12 de diciembre a las 06:30"],
            ),
        ] {
            for (language, words) in Language::ALL.into_iter().zip(words) {
                assert_eq!(moment(at(zone, day, hour), now, zone, language), words);
            }
        }
        let shown = moment(at(zone, "2026-11-23", 6), now, zone, Language::Es);
        let words = open("SAP", "las 14:30", Some(&shown), Language::Es);
        assert_eq!(
            words,
            "Plaza deja en paz a SAP hasta las 14:30 y muestra las cifras del lunes a las 06:30."
        );
    }

    #[test]
    fn ages_are_counted_in_the_largest_whole_unit() {
        for (age_ms, words) in [
            (-5, "just pulled"),
            (59_999, "just pulled"),
            (MINUTE_MS, "1 minute old"),
            (HOUR_MS - 1, "59 minutes old"),
            (18 * HOUR_MS, "18 hours old"),
            (3 * DAY_MS, "3 days old"),
        ] {
            assert_eq!(age(age_ms, Language::En), words);
        }
        assert_eq!(age(DAY_MS, Language::De), "1 Tag alt");
        assert_eq!(age(2 * DAY_MS, Language::Es), "de hace 2 días");
    }

    #[test]
    fn a_proposal_says_why_in_one_sentence() {
        let time = TimeOfDay::new(6, 0).unwrap();
        assert_eq!(
            reason(Cost::LineStops, Cost::Nothing, Cadence::Minutes { minutes: 15 }, Language::En),
            "An hour’s delay stops the line and an error that arrives at once costs nothing: better often, every 15 \
             minutes."
        );
        assert_eq!(
            reason(Cost::Nothing, Cost::Much, Cadence::Weekly { weekday: 0, time }, Language::De),
            "Eine Stunde Verzug kostet nichts, ein sofort sichtbarer Fehler kostet richtig Geld: es eilt also nicht, jeden \
             Montag um 06:00 Uhr."
        );
        assert_eq!(
            reason(Cost::Little, Cost::LineStops, Cadence::Daily { time }, Language::Es),
            "Una hora de retraso es una molestia y un error inmediato para la producción: mejor pocas veces y con calma, \
             todos los días a las 06:00."
        );
    }
}
