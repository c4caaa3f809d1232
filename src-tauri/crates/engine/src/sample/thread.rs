//! What the sample company's people ask and answer: threads in all their states, made with the commands that anybody uses.

use std::cell::RefCell;
use std::collections::BTreeMap;

use plaza_domain::day::Day;
use plaza_domain::event::{Anchor, Outcome, ThreadCause, ThreadId, Way};
use plaza_domain::kpi::{Basis, KpiKind};
use plaza_domain::language::Language;

use super::create::People;
use super::words::pick;
use crate::clock::SetClock;
use crate::error::Result;
use crate::page::kpi::{JourneyList, JourneyQuery};
use crate::page::thread::{CloseForm, FlagForm};
use crate::workspace::Workspace;

/// The integration of `northlight.toml`.
const INTEGRATION: &str = "northlight-exports";

/// Minutes between two messages, and before the meeting at which a conversation begins.
const ANSWER_MS: i64 = 17 * 60_000;

/// What a thread hangs on.
enum Hangs {
    /// A KPI's week, so many weeks before; of the whole or of a part.
    Week(&'static str, i32, Option<&'static str>),
    /// The newest signal of a KPI.
    Signal(&'static str),
    /// The split of the first line of the week before that was late by this department.
    Split(&'static str),
    /// That line itself.
    Order(&'static str),
}

/// How it goes on after what was said.
enum Ends {
    Open,
    /// On the agenda.
    Agenda,
    /// People met, and it ended so many weeks later.
    Closed {
        met: Option<Way>,
        after: i32,
        by: &'static str,
        outcome: Outcomes,
        words: [&'static str; 3],
    },
}

/// An outcome in the words of the story.
enum Outcomes {
    Normal,
    Changed([&'static str; 3]),
    Data,
    Defined,
}

struct Story {
    weeks_ago: i32,
    who: &'static str,
    on: Hangs,
    question: [&'static str; 3],
    says: &'static [(&'static str, [&'static str; 3])],
    ends: Ends,
}

const STORIES: [Story; 10] = [
    Story {
        weeks_ago: 50,
        who: "Mira Okafor",
        on: Hangs::Week("promise-kept", 1, None),
        question: [
            "Is this as bad as it looks?",
            "Ist das so schlecht, wie es aussieht?",
            "¿Está tan mal como parece?",
        ],
        says: &[(
            "Aylin Demir",
            [
                "The order system is new: half of the open orders are not in it yet. I would not read anything into these weeks.",
                "Das Auftragssystem ist neu: Die Hälfte der offenen Aufträge fehlt noch. In diese Wochen würde ich nichts hineinlesen.",
                "El sistema de pedidos es nuevo: falta la mitad de los pedidos abiertos. Yo no leería nada en estas semanas.",
            ],
        )],
        ends: Ends::Closed {
            met: None,
            after: 1,
            by: "Mira Okafor",
            outcome: Outcomes::Normal,
            words: [
                "Left out of the charts.",
                "Aus den Diagrammen genommen.",
                "Se deja fuera de los gráficos.",
            ],
        },
    },
    Story {
        weeks_ago: 40,
        who: "Stefan Kowalski",
        on: Hangs::Week("promise-realism", 1, None),
        question: [
            "Who promises Aurora pumps in three days?",
            "Wer sagt Aurora-Pumpen in drei Tagen zu?",
            "¿Quién promete bombas Aurora en tres días?",
        ],
        says: &[
            (
                "Tom Lindqvist",
                [
                    "The campaign does. It was agreed with the dealers.",
                    "Die Aktion. Das war mit den Händlern so vereinbart.",
                    "La campaña. Se acordó con los distribuidores.",
                ],
            ),
            (
                "Stefan Kowalski",
                [
                    "Not with us. The line needs **six** days, whatever the leaflet says.",
                    "Mit uns nicht. Die Linie braucht **sechs** Tage, egal was im Prospekt steht.",
                    "Con nosotros no. La línea necesita **seis** días, diga lo que diga el folleto.",
                ],
            ),
            (
                "Clara Winter",
                [
                    "Fair point. Let us put it on the agenda and look at the orders together.",
                    "Stimmt. Setzen wir es auf die Tagesordnung und sehen uns die Aufträge gemeinsam an.",
                    "Tienes razón. Pongámoslo en el orden del día y miremos los pedidos juntos.",
                ],
            ),
        ],
        ends: Ends::Closed {
            met: Some(Way::Agenda),
            after: 3,
            by: "Clara Winter",
            outcome: Outcomes::Changed(["The Aurora campaign", "Die Aurora-Aktion", "La campaña Aurora"]),
            words: ["It has ended.", "Sie ist zu Ende.", "Ha terminado."],
        },
    },
    Story {
        weeks_ago: 35,
        who: "Rafael Costa",
        on: Hangs::Week("promise-kept", 1, Some("logistics")),
        question: ["The south again?", "Schon wieder der Süden?", "¿Otra vez el sur?"],
        says: &[(
            "Wolfgang Peters",
            [
                "Yes: four of five late deliveries. I have asked for offers from two other carriers.",
                "Ja: vier von fünf verspäteten Lieferungen. Ich habe zwei andere Speditionen angefragt.",
                "Sí: cuatro de cada cinco entregas tardías. He pedido ofertas a otros dos transportistas.",
            ],
        )],
        ends: Ends::Closed {
            met: Some(Way::Walk),
            after: 5,
            by: "Rafael Costa",
            outcome: Outcomes::Changed(["The new carrier", "Die neue Spedition", "El nuevo transportista"]),
            words: [
                "Steadier since it drives.",
                "Ruhiger, seit sie fährt.",
                "Más estable desde que conduce.",
            ],
        },
    },
    Story {
        weeks_ago: 26,
        who: "Daniel Fischer",
        on: Hangs::Week("order-to-cash", 1, None),
        question: [
            "A day longer than last week: is that something?",
            "Einen Tag länger als letzte Woche: Ist das etwas?",
            "Un día más que la semana pasada: ¿significa algo?",
        ],
        says: &[(
            "Henrik Aas",
            [
                "It is inside the limits. It will go up and down like this until we change something.",
                "Es liegt in den Grenzen. So geht es auf und ab, bis wir etwas ändern.",
                "Está dentro de los límites. Subirá y bajará así hasta que cambiemos algo.",
            ],
        )],
        ends: Ends::Closed {
            met: None,
            after: 0,
            by: "Daniel Fischer",
            outcome: Outcomes::Normal,
            words: ["", "", ""],
        },
    },
    Story {
        weeks_ago: 19,
        who: "Britta Sørensen",
        on: Hangs::Week("promise-kept", 1, Some("logistics")),
        question: [
            "So many late in one week, all by one driver. Are the dates right?",
            "So viele zu spät in einer Woche, alle von einem Fahrer. Stimmen die Daten?",
            "Tantas tarde en una semana, todas de un conductor. ¿Son correctas las fechas?",
        ],
        says: &[
            (
                "Ines Moreno",
                [
                    "The slips were dated with the day of typing. I have the paper here.",
                    "Die Lieferscheine tragen das Datum der Erfassung. Ich habe das Papier hier.",
                    "Los albaranes llevan la fecha de captura. Tengo el papel aquí.",
                ],
            ),
            (
                "Aylin Demir",
                [
                    "Then put them right in the system; the next export brings them.",
                    "Dann bitte im System berichtigen; der nächste Export bringt sie.",
                    "Entonces corrígelos en el sistema; la próxima exportación los traerá.",
                ],
            ),
        ],
        ends: Ends::Closed {
            met: None,
            after: 2,
            by: "Ines Moreno",
            outcome: Outcomes::Data,
            words: [
                "Put right in the order system; the week was restated.",
                "Im Auftragssystem berichtigt; die Woche wurde geändert.",
                "Corregido en el sistema de pedidos; la semana se ha rectificado.",
            ],
        },
    },
    Story {
        weeks_ago: 16,
        who: "Lena Hoffmann",
        on: Hangs::Week("right-first-time", 2, None),
        question: [
            "Does a wrong invoice count as not right the first time?",
            "Zählt eine falsche Rechnung als nicht auf Anhieb richtig?",
            "¿Una factura errónea cuenta como no hecho bien a la primera?",
        ],
        says: &[(
            "Jonas Bergmann",
            [
                "Yes, it says so in the definition.",
                "Ja, so steht es in der Definition.",
                "Sí, lo dice la definición.",
            ],
        )],
        ends: Ends::Closed {
            met: None,
            after: 1,
            by: "Lena Hoffmann",
            outcome: Outcomes::Defined,
            words: [
                "It has since its second version.",
                "Seit ihrer zweiten Fassung.",
                "Desde su segunda versión.",
            ],
        },
    },
    Story {
        weeks_ago: 8,
        who: "Ines Moreno",
        on: Hangs::Signal("promise-kept"),
        question: [
            "Production’s part moved with it: is it the test bench?",
            "Der Anteil der Produktion ging mit: Ist es der Prüfstand?",
            "La parte de Producción se movió con ello: ¿es el banco de pruebas?",
        ],
        says: &[(
            "Jonas Bergmann",
            [
                "Yes. Two pumps of five wait two weeks for it.",
                "Ja. Zwei von fünf Pumpen warten zwei Wochen darauf.",
                "Sí. Dos de cada cinco bombas esperan dos semanas.",
            ],
        )],
        ends: Ends::Open,
    },
    Story {
        weeks_ago: 3,
        who: "Noor van Dijk",
        on: Hangs::Split("logistics"),
        question: [
            "The truck stood at the dock until the afternoon. Is this really our day?",
            "Der Lkw stand bis zum Nachmittag an der Rampe. Ist das wirklich unser Tag?",
            "El camión estuvo en el muelle hasta la tarde. ¿De verdad es nuestro día?",
        ],
        says: &[(
            "Georg Thiele",
            [
                "The pallet was booked out on time. I see it your way for the waiting.",
                "Die Palette war pünktlich ausgebucht. Beim Warten gebe ich dir recht.",
                "El palé salió a tiempo. En la espera te doy la razón.",
            ],
        )],
        ends: Ends::Agenda,
    },
    Story {
        weeks_ago: 2,
        who: "Tom Lindqvist",
        on: Hangs::Order("production"),
        question: [
            "The customer was promised Friday. What do I tell them?",
            "Dem Kunden wurde Freitag zugesagt. Was sage ich ihm?",
            "Al cliente se le prometió el viernes. ¿Qué le digo?",
        ],
        says: &[
            ("Georg Thiele", ["It is on the bench.", "Sie ist am Prüfstand.", "Está en el banco."]),
            (
                "Tom Lindqvist",
                [
                    "It was on the bench last week.",
                    "Das war sie letzte Woche auch.",
                    "También la semana pasada.",
                ],
            ),
            ("Georg Thiele", ["There are nine before it.", "Neun sind vor ihr.", "Hay nueve antes."]),
            ("Tom Lindqvist", ["Can it go first?", "Kann sie vorgezogen werden?", "¿Puede ir primero?"]),
            (
                "Georg Thiele",
                ["Then another one is late.", "Dann ist eine andere zu spät.", "Entonces otra llega tarde."],
            ),
            ("Tom Lindqvist", ["Which one?", "Welche?", "¿Cuál?"]),
            ("Georg Thiele", ["I would have to look.", "Da müsste ich nachsehen.", "Tendría que mirar."]),
            ("Tom Lindqvist", ["Please do.", "Bitte tu das.", "Hazlo, por favor."]),
        ],
        ends: Ends::Open,
    },
    Story {
        weeks_ago: 1,
        who: "Sofia Almeida",
        on: Hangs::Week("order-to-cash", 1, None),
        question: [
            "Do the late Borealis orders show here already?",
            "Sieht man hier schon die verspäteten Borealis-Aufträge?",
            "¿Se ven aquí ya los pedidos Borealis atrasados?",
        ],
        says: &[],
        ends: Ends::Open,
    },
];

/// The conversations of the company while its year goes by.
#[derive(Default)]
pub(super) struct Talks {
    threads: RefCell<BTreeMap<usize, ThreadId>>,
}

/// One week of them.
pub(super) struct Week<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) people: &'a People,
    pub(super) clock: &'a SetClock,
    pub(super) language: Language,
    pub(super) monday: Day,
    pub(super) weeks_ago: i32,
}

impl Talks {
    /// What is asked, answered and closed in a week.
    pub(super) fn week(&self, week: &Week<'_>) -> Result<()> {
        for (nth, story) in STORIES.iter().enumerate() {
            if story.weeks_ago == week.weeks_ago
                && let Some(thread) = week.begin(story)?
            {
                self.threads.borrow_mut().insert(nth, thread);
            }
            if let Ends::Closed { after, .. } = &story.ends
                && story.weeks_ago - after == week.weeks_ago
                && let Some(thread) = self.threads.borrow().get(&nth)
            {
                week.close(story, thread)?;
            }
        }
        week.workspace.act_for(None);
        Ok(())
    }
}

impl Week<'_> {
    fn act(&self, who: &str) {
        self.workspace.act_for(self.people.get(who).cloned());
        self.clock.set(self.workspace.now_ms() + ANSWER_MS);
    }

    /// Flags, and says what is said; nothing where what it hangs on is not there in this company's chance.
    fn begin(&self, story: &Story) -> Result<Option<ThreadId>> {
        let Some(anchor) = self.anchor(&story.on)? else { return Ok(None) };
        self.act(story.who);
        let thread = self.workspace.open_thread(&FlagForm {
            cause: ThreadCause::Flag,
            anchor,
            question: pick(self.language, story.question).to_owned(),
            people: Vec::new(),
        })?;
        for (who, text) in story.says {
            self.act(who);
            self.workspace.write_message(&thread, pick(self.language, *text), Vec::new())?;
        }
        let met = match &story.ends {
            Ends::Agenda => Some(Way::Agenda),
            Ends::Closed { met, .. } => *met,
            Ends::Open => None,
        };
        if met == Some(Way::Agenda) {
            self.act(story.who);
            self.workspace.propose_talk(&thread, Way::Agenda, &[], "")?;
        }
        Ok(Some(thread))
    }

    fn close(&self, story: &Story, thread: &ThreadId) -> Result<()> {
        let Ends::Closed { met, by, outcome, words, .. } = &story.ends else { return Ok(()) };
        self.act(by);
        if let Some(way) = met {
            let others = story.says.iter().map(|(who, _)| *who).chain([story.who]);
            let with: Vec<String> =
                others.filter_map(|who| self.people.get(who)).map(ToString::to_string).collect();
            self.workspace.note_met(thread, *way, &with, "")?;
        }
        let outcome = match outcome {
            Outcomes::Normal => Outcome::NormalVariation,
            Outcomes::Changed(cause) => Outcome::RealChange { cause: pick(self.language, *cause).to_owned() },
            Outcomes::Data => Outcome::DataError { correction: None },
            Outcomes::Defined => Outcome::DefinitionChanged { version: 2 },
        };
        let words = pick(self.language, *words).to_owned();
        self.workspace.close_thread(thread, &CloseForm { outcome, words, shares: Vec::new() })
    }

    fn anchor(&self, on: &Hangs) -> Result<Option<Anchor>> {
        let week = |back: i32| self.monday.week().plus(-back);
        Ok(match on {
            Hangs::Week(kpi, back, part) => Some(Anchor::Week {
                kpi: (*kpi).into(),
                week: week(*back),
                part: part.and_then(|part| part.parse().ok()),
            }),
            Hangs::Signal(kpi) => {
                let signals = self.workspace.view(|view| view.signals(Some(&(*kpi).into())))?;
                let standing =
                    signals.into_iter().filter(|one| one.lapsed_by.is_none() && one.found.part.is_none());
                let newest = standing.max_by_key(|one| one.found.weeks.last().copied());
                newest.and_then(|one| {
                    Some(Anchor::Signal {
                        kpi: one.found.kpi,
                        signal: one.found.signal,
                        part: None,
                        week: *one.found.weeks.last()?,
                    })
                })
            }
            Hangs::Split(department) => self.late_line(department)?.map(|(order, line)| Anchor::Split {
                integration: INTEGRATION.into(),
                order,
                line,
            }),
            Hangs::Order(department) => self.late_line(department)?.map(|(order, line)| Anchor::Order {
                integration: INTEGRATION.into(),
                order,
                line,
            }),
        })
    }

    /// The latest of the lines of the week before last that were late by a department.
    fn late_line(&self, department: &str) -> Result<Option<(String, String)>> {
        let query = JourneyQuery {
            kpi: KpiKind::PromiseKept.into(),
            basis: Basis::Promised,
            week: self.monday.week().plus(-2).to_string(),
            missed_only: true,
            department: Some(department.to_owned()),
            sort: "lateness".to_owned(),
            descending: true,
            offset: 0,
            limit: 1,
        };
        let list = JourneyList::read(self.workspace, &query)?;
        Ok(list.rows.into_iter().next().map(|row| (row.order, row.line)))
    }
}
