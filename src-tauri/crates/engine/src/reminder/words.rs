//! What a notification says, in the language of the workspace: short, because it stands where everybody sees it.

use plaza_domain::language::Language;
use plaza_domain::reminder::{Matter, ReminderKind, Stage};

use super::Said;
use crate::meeting::set::time_of;
use crate::meeting::words::pick;

/// Matters that are named; the others are counted.
const NAMED_MAX: usize = 4;

/// Letters of a line.
const LINE_CHARS_MAX: usize = 110;

/// What is said of matters, what presses most first.
pub(super) fn said(matters: &[Matter], without_details: bool, language: Language) -> Said {
    let address = matters.first().map_or_else(|| "/".to_owned(), |first| first.address.clone());
    let open = open(language);
    if without_details {
        return Said { title: "Plaza".to_owned(), body: count(matters.len(), language), open, address };
    }
    if let [only] = matters {
        return Said { title: title(only, language).to_owned(), body: shortened(&only.text), open, address };
    }
    let mut lines: Vec<String> = matters
        .iter()
        .take(NAMED_MAX)
        .map(|one| shortened(&format!("{}: {}", title(one, language), one.text)))
        .collect();
    let more = matters.len().saturating_sub(NAMED_MAX);
    if more > 0 {
        lines.push(match language {
            Language::En => format!("and {more} more"),
            Language::De => format!("und {more} weitere"),
            Language::Es => format!("y {more} más"),
        });
    }
    Said { title: count(matters.len(), language), body: lines.join("\n"), open, address }
}

/// What a reminder looks like, for whoever tries it; a click leads back to the page where it was tried.
pub fn example(language: Language) -> Said {
    let words = [
        ["This is what a reminder looks like", "So sieht eine Erinnerung aus", "Así es un recordatorio"],
        [
            "A click on it leads to the place that it is about.",
            "Ein Klick darauf führt an die Stelle, um die es geht.",
            "Un clic lleva al lugar del que se trata.",
        ],
    ];
    let [title, body] = words.map(|words| pick(language, words).to_owned());
    Said { title, body, open: open(language), address: "/workspace/reminders".to_owned() }
}

fn open(language: Language) -> String {
    pick(language, ["Open", "Öffnen", "Abrir"]).to_owned()
}

/// How many things wait.
fn count(count: usize, language: Language) -> String {
    match (language, count) {
        (Language::En, 1) => "Something waits for you".to_owned(),
        (Language::De, 1) => "Etwas wartet auf Sie".to_owned(),
        (Language::Es, 1) => "Algo le espera".to_owned(),
        (Language::En, _) => format!("{count} things wait for you"),
        (Language::De, _) => format!("{count} Dinge warten auf Sie"),
        (Language::Es, _) => format!("{count} cosas le esperan"),
    }
}

const fn title(matter: &Matter, language: Language) -> &'static str {
    let words = match (matter.kind, matter.stage) {
        (ReminderKind::Meeting, _) => {
            ["The meeting begins soon", "Die Besprechung beginnt bald", "La reunión empieza pronto"]
        }
        (ReminderKind::Commitment, Stage::Tomorrow) => {
            ["Promised for tomorrow", "Für morgen zugesagt", "Prometido para mañana"]
        }
        (ReminderKind::Commitment, Stage::Today) => {
            ["Promised for today", "Für heute zugesagt", "Prometido para hoy"]
        }
        (ReminderKind::Commitment, _) => {
            ["Promised and overdue", "Zugesagt und überfällig", "Prometido y vencido"]
        }
        (ReminderKind::Thread, _) => {
            ["A question waits for you", "Eine Frage wartet auf Sie", "Una pregunta le espera"]
        }
        (ReminderKind::Need, _) => [
            "A need waits for your department",
            "Ein Bedarf wartet auf Ihre Abteilung",
            "Una necesidad espera a su departamento",
        ],
        (ReminderKind::Attention, _) => {
            ["An integration needs you", "Eine Integration braucht Sie", "Una integración le necesita"]
        }
        (ReminderKind::Visit, Stage::Today) => {
            ["A visit begins today", "Heute beginnt ein Besuch", "Hoy empieza una visita"]
        }
        (ReminderKind::Visit, Stage::Soon | Stage::Tomorrow) => {
            ["A visit begins soon", "Bald beginnt ein Besuch", "Pronto empieza una visita"]
        }
        (ReminderKind::Visit, Stage::Moved) => [
            "A visit of yours was moved",
            "Ein Besuch von Ihnen wurde verschoben",
            "Una visita suya se ha cambiado",
        ],
        (ReminderKind::Visit, Stage::Off) => [
            "A visit of yours does not happen",
            "Ein Besuch von Ihnen findet nicht statt",
            "Una visita suya no tiene lugar",
        ],
        (ReminderKind::Visit, _) => {
            ["A rotation waits for you", "Eine Rotation wartet auf Sie", "Una rotación le espera"]
        }
    };
    pick(language, words)
}

/// When a meeting begins and how much is on its agenda.
pub(super) fn agenda(minute_of_day: u16, items: usize, language: Language) -> String {
    let time = time_of(minute_of_day);
    match (language, items) {
        (Language::En, 1) => format!("At {time}, with 1 item on its agenda"),
        (Language::En, _) => format!("At {time}, with {items} items on its agenda"),
        (Language::De, 1) => format!("Um {time} Uhr, mit 1 Punkt auf der Tagesordnung"),
        (Language::De, _) => format!("Um {time} Uhr, mit {items} Punkten auf der Tagesordnung"),
        (Language::Es, 1) => format!("A las {time}, con 1 punto en el orden del día"),
        (Language::Es, _) => format!("A las {time}, con {items} puntos en el orden del día"),
    }
}

/// A text in one line, cut where it is long.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LINE_CHARS_MAX {
        return line;
    }
    let cut: String = line.chars().take(LINE_CHARS_MAX - 1).collect();
    format!("{}…", cut.trim_end())
}

/// A time that no clock shows.
pub(super) fn no_time(language: Language) -> String {
    pick(
        language,
        [
            "A time of the day, such as 18:00.",
            "Eine Uhrzeit, zum Beispiel 18:00.",
            "Una hora del día, por ejemplo 18:00.",
        ],
    )
    .to_owned()
}

/// Quiet hours that begin when they end.
pub(super) fn never_or_always(language: Language) -> String {
    pick(
        language,
        [
            "The quiet hours end when they begin. Choose two different times, or switch them off.",
            "Die Ruhezeit endet, wenn sie beginnt. Wählen Sie zwei verschiedene Zeiten, oder schalten Sie sie aus.",
            "Las horas de silencio terminan cuando empiezan. Elija dos horas distintas o desactívelas.",
        ],
    )
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(kind: ReminderKind, stage: Stage, text: &str) -> Matter {
        Matter { kind, id: text.into(), stage, text: text.into(), address: format!("/{text}") }
    }

    #[test]
    fn one_matter_says_what_it_is_and_several_are_counted() {
        let one = matter(ReminderKind::Commitment, Stage::Today, "the plan");
        let two = matter(ReminderKind::Thread, Stage::Waits, "Why so\n low?");
        let alone = said(std::slice::from_ref(&one), false, Language::De);
        assert_eq!((alone.title.as_str(), alone.body.as_str()), ("Für heute zugesagt", "the plan"));
        let both = said(&[one.clone(), two.clone()], false, Language::En);
        assert_eq!(both.title, "2 things wait for you");
        assert_eq!(both.body, "Promised for today: the plan\nA question waits for you: Why so low?");
        assert_eq!(both.address, "/the plan");
        let many = said(&[one, two.clone(), two.clone(), two.clone(), two.clone(), two], false, Language::Es);
        assert!(many.body.ends_with("\ny 2 más"), "{}", many.body);
        assert_eq!(many.body.lines().count(), 5);
    }

    #[test]
    fn without_details_nothing_is_said_of_what_it_is_about() {
        let secret = matter(ReminderKind::Thread, Stage::Waits, "Why was Bea late?");
        for language in Language::ALL {
            for matters in [vec![secret.clone()], vec![secret.clone(), secret.clone()]] {
                let said = said(&matters, true, language);
                assert!(!format!("{} {}", said.title, said.body).contains("Bea"));
                assert_eq!(said.address, secret.address, "a click leads there all the same");
            }
        }
    }

    #[test]
    fn a_long_text_is_cut_and_stays_one_line() {
        let long = shortened(&"wörter und ".repeat(40));
        assert_eq!(long.chars().count(), LINE_CHARS_MAX);
        assert!(long.ends_with('…') && !long.contains('\n'));
    }
}
