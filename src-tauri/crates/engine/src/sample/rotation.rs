//! The sample company's rotations: two programs, their plans, and what people brought home, by the commands that anybody
//! uses.

use std::cell::RefCell;

use plaza_domain::day::Day;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    DepartmentRule, RotationId, RotationProgram, VisitLength, VisitPair, VisitWish, WeekSpan,
};
use plaza_domain::language::Language;
use plaza_domain::rotation::{Rotation, Visit};

use super::brought::{BROUGHT, Brought};
use super::create::People;
use super::words::pick;
use super::{DEPARTMENTS, PEOPLE};
use crate::error::{EngineError, Result};
use crate::pull::Watch;
use crate::rotation::{AbsenceForm, DebriefForm, SwapForm, propose_one, replan};
use crate::workspace::Workspace;

/// Who plans them.
const PLANNER: &str = "Lena Hoffmann";

/// When the programs are written and published, weeks ago. They begin in the week after the next.
const FIRST: i32 = 51;
const SECOND: i32 = 20;

/// When two people change places, weeks ago.
const SWAPPED: i32 = 44;

/// When a visit is cancelled, weeks ago.
const CANCELLED: i32 = 38;

/// When somebody falls ill and the plan is made anew, weeks ago.
const ILL: i32 = 9;

/// When a debrief becomes a need, and another a thread, weeks ago.
const NEEDED: i32 = 12;
const ASKED: i32 = 3;

/// The rotations while the year goes by.
#[derive(Default)]
pub(super) struct Rotations {
    current: RefCell<Option<RotationId>>,
}

/// One week of them.
pub(super) struct Week<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) people: &'a People,
    pub(super) language: Language,
    /// The week's Monday.
    pub(super) monday: Day,
    pub(super) weeks_ago: i32,
    pub(super) watch: &'a dyn Watch,
}

impl Rotations {
    /// What happens in a week.
    pub(super) fn week(&self, week: &Week<'_>) -> Result<()> {
        if matches!(week.weeks_ago, FIRST | SECOND) {
            *self.current.borrow_mut() = Some(week.publish()?);
        }
        let Some(id) = self.current.borrow().clone() else { return Ok(()) };
        week.debriefs()?;
        match week.weeks_ago {
            SWAPPED => week.swap(&id, true)?,
            CANCELLED => week.cancel(&id)?,
            ILL => week.fall_ill(&id)?,
            NEEDED => week.take_up(|week, id, visit| {
                week.workspace.debrief_to_need(id, &visit.placed.placement).map(|_| ())
            })?,
            ASKED => week.take_up(|week, id, visit| {
                week.workspace.debrief_to_thread(id, &visit.placed.placement).map(|_| ())
            })?,
            0 => week.swap(&id, false)?,
            _ => {}
        }
        week.workspace.act_for(None);
        Ok(())
    }
}

impl Week<'_> {
    fn act(&self, who: &str) {
        self.workspace.act_for(self.people.get(who).cloned());
    }

    fn say(&self, words: [&'static str; 3]) -> String {
        pick(self.language, words).to_owned()
    }

    /// Writes the program of this week, and publishes the first schedule that is found for it.
    fn publish(&self) -> Result<RotationId> {
        self.act(PLANNER);
        let id = self.workspace.save_rotation(&self.program())?;
        let found = propose_one(self.workspace, &id, self.language, self.watch)?;
        self.workspace.publish_rotation(&found, 0, "")?;
        Ok(id)
    }

    fn program(&self) -> RotationProgram {
        let is_first = self.weeks_ago == FIRST;
        let first = self.monday.week().plus(2);
        let [name, purpose, question] = if is_first { first_words() } else { second_words() };
        let hosts: &[&str] = if is_first {
            &["production", "logistics"]
        } else {
            &["sales", "production", "logistics", "finance"]
        };
        RotationProgram {
            rotation: RotationId::default(),
            name: self.say(name),
            purpose: self.say(purpose),
            question: self.say(question),
            first,
            weeks: 26,
            length: VisitLength::Days(2),
            period_weeks: 13,
            due: 1,
            most: 2,
            pair_target: 1,
            pairs: pairs(hosts),
            departments: DEPARTMENTS.iter().filter_map(|one| self.rule(one.id, first)).collect(),
            closed: year_ends(first),
            must: Vec::new(),
            wishes: self.wishes(hosts),
            buddies: Vec::new(),
            stays_home: self.people.get(PLANNER).cloned().into_iter().collect(),
        }
    }

    fn wishes(&self, hosts: &[&str]) -> Vec<VisitWish> {
        let wishes = [
            ("Mira Okafor", "production", 3),
            ("Daniel Fischer", "logistics", 2),
            ("Stefan Kowalski", "sales", 2),
        ];
        let open = wishes.into_iter().filter(|(_, host, _)| hosts.contains(host));
        open.filter_map(|(who, host, strength)| {
            Some(VisitWish { person: self.people.get(who)?.clone(), host: host.parse().ok()?, strength })
        })
        .collect()
    }

    fn rule(&self, id: &str, first: plaza_domain::day::Week) -> Option<DepartmentRule> {
        let contact =
            PEOPLE.iter().find(|person| person.department == id && person.roles.contains(&"member"));
        let bring = match id {
            "production" => [
                "Safety shoes, and an hour before the early shift ends",
                "Sicherheitsschuhe, und eine Stunde vor Ende der Frühschicht",
                "Calzado de seguridad, y una hora antes de que acabe el turno de mañana",
            ],
            "logistics" => [
                "Warm clothes: the gates are open all day",
                "Warme Kleidung: Die Tore stehen den ganzen Tag offen",
                "Ropa de abrigo: las puertas están abiertas todo el día",
            ],
            "sales" => [
                "A headset, to listen to calls",
                "Ein Headset, um Gesprächen zuzuhören",
                "Unos auriculares, para escuchar llamadas",
            ],
            _ => [
                "The number of an order that you know",
                "Die Nummer eines Auftrags, den Sie kennen",
                "El número de un pedido que conozca",
            ],
        };
        // Finance closes the quarter.
        let peaks = if id == "finance" {
            vec![WeekSpan { first: first.plus(11), last: first.plus(12) }]
        } else {
            Vec::new()
        };
        Some(DepartmentRule {
            department: id.parse().ok()?,
            capacity: 1,
            capacity_in: Vec::new(),
            cover: 2,
            peaks,
            contact: contact.and_then(|contact| self.people.get(contact.name)).cloned(),
            bring: self.say(bring),
        })
    }

    /// Everybody who came home writes a debrief, and the host answers some.
    fn debriefs(&self) -> Result<()> {
        let today = self.workspace.today()?;
        let rotations = self.workspace.rotations()?;
        for rotation in &rotations {
            let id = &rotation.program.what.rotation;
            for visit in rotation.planned() {
                if visit.debrief.is_some() || visit.placed.until >= today {
                    continue;
                }
                let Some(brought) = brought(&rotations, visit) else { continue };
                let visitor = visit.placed.visitor.clone();
                if self.has_left(&visitor)? {
                    continue;
                }
                self.workspace.act_for(Some(visitor));
                self.workspace.write_debrief(&self.debrief(rotation, visit, brought))?;
                if let Some(host) = self.head(&visit.placed.host)?.filter(|_| !brought.answer[0].is_empty()) {
                    self.workspace.act_for(Some(host));
                    let text = self.say(brought.answer);
                    self.workspace.answer_debrief(id, &visit.placed.placement, &text)?;
                }
            }
        }
        Ok(())
    }

    fn has_left(&self, person: &plaza_domain::person::PersonId) -> Result<bool> {
        let today = self.workspace.today()?;
        let known = self.workspace.view(|view| view.person(person))?;
        Ok(known.is_none_or(|person| person.has_left(today)))
    }

    fn debrief(&self, rotation: &Rotation, visit: &Visit, brought: &Brought) -> DebriefForm {
        let rules = &rotation.program.what.departments;
        let rule = rules.iter().find(|rule| rule.department == visit.placed.host);
        let contact = rule.and_then(|rule| rule.contact.as_ref());
        DebriefForm {
            rotation: rotation.program.what.rotation.to_string(),
            placement: visit.placed.placement.to_string(),
            saw: self.say(brought.saw),
            surprised: self.say(brought.surprised),
            change: self.say(brought.change),
            thanks: contact.map(ToString::to_string).into_iter().collect(),
        }
    }

    /// A head of a department who is here.
    fn head(&self, department: &DepartmentId) -> Result<Option<plaza_domain::person::PersonId>> {
        let heads = PEOPLE
            .iter()
            .filter(|person| person.department == department.as_str() && person.roles.contains(&"head"));
        for head in heads {
            if let Some(id) = self.people.get(head.name)
                && !self.has_left(id)?
            {
                return Ok(Some(id.clone()));
            }
        }
        Ok(None)
    }

    /// Two visitors of two homes ask to change places; where nobody answers yet, one of them is of finance.
    fn swap(&self, id: &RotationId, is_answered: bool) -> Result<()> {
        let rotation = self.workspace.rotation(id)?;
        let today = self.workspace.today()?;
        let ahead: Vec<&Visit> =
            rotation.planned().into_iter().filter(|visit| visit.placed.from > today).collect();
        let reason =
            self.say(["A wedding in the family", "Eine Hochzeit in der Familie", "Una boda en la familia"]);
        let pairs = ahead.iter().flat_map(|one| ahead.iter().map(move |other| (*one, *other)));
        for (one, other) in pairs {
            if one.placed.home == other.placed.home || (!is_answered && one.placed.home.as_str() != "finance")
            {
                continue;
            }
            self.workspace.act_for(Some(one.placed.visitor.clone()));
            let form = SwapForm {
                rotation: id.to_string(),
                one: one.placed.placement.to_string(),
                other: other.placed.placement.to_string(),
                reason: reason.clone(),
            };
            let swap = match self.workspace.ask_swap(&form, self.language) {
                Ok(swap) => swap,
                // A rule keeps these two apart.
                Err(EngineError::Invalid { .. }) => continue,
                Err(error) => return Err(error),
            };
            for home in [&one.placed.home, &other.placed.home].into_iter().filter(|_| is_answered) {
                self.workspace.act_for(self.head(home)?);
                self.workspace.answer_swap(id, &swap, true, "", self.language)?;
            }
            return Ok(());
        }
        Ok(())
    }

    /// The next visit does not happen.
    fn cancel(&self, id: &RotationId) -> Result<()> {
        let rotation = self.workspace.rotation(id)?;
        let today = self.workspace.today()?;
        let next = rotation.planned().into_iter().find(|visit| visit.placed.from > today);
        let Some(next) = next else { return Ok(()) };
        self.act(PLANNER);
        let reason = self.say([
            "The line is being rebuilt.",
            "Die Linie wird umgebaut.",
            "Se está reformando la línea.",
        ]);
        self.workspace.cancel_placement(id, &next.placed.placement, &reason)
    }

    /// The last visitor who is still to go cannot be there; the plan is made anew with the fewest changes.
    fn fall_ill(&self, id: &RotationId) -> Result<()> {
        let rotation = self.workspace.rotation(id)?;
        let soon = self.workspace.today()?.plus(14);
        let next = rotation.planned().into_iter().find(|visit| visit.placed.from > soon);
        let Some(next) = next else { return Ok(()) };
        self.act(PLANNER);
        self.workspace.note_absence(&AbsenceForm {
            absence: None,
            person: next.placed.visitor.to_string(),
            from: next.placed.from.to_string(),
            until: next.placed.until.to_string(),
        })?;
        let found = replan(self.workspace, id, self.language, self.watch)?;
        if found.view.proposals.is_empty() {
            return Ok(());
        }
        let reason =
            self.say(["Somebody cannot be there.", "Jemand kann nicht da sein.", "Alguien no puede estar."]);
        self.workspace.publish_rotation(&found, 0, &reason)
    }

    /// The latest debrief that became nothing yet becomes something, by its visitor.
    fn take_up(&self, act: impl Fn(&Self, &RotationId, &Visit) -> Result<()>) -> Result<()> {
        let rotations = self.workspace.rotations()?;
        let visits = rotations
            .iter()
            .flat_map(|rotation| rotation.planned().into_iter().map(move |visit| (rotation, visit)));
        let open = visits.filter(|(_, visit)| visit.debrief.is_some() && visit.taken_up.is_empty());
        let Some((rotation, visit)) = open.max_by_key(|(_, visit)| visit.placed.from) else { return Ok(()) };
        if !self.has_left(&visit.placed.visitor)? {
            self.workspace.act_for(Some(visit.placed.visitor.clone()));
            act(self, &rotation.program.what.rotation, visit)?;
        }
        Ok(())
    }
}

/// Each department visits each host.
fn pairs(hosts: &[&str]) -> Vec<VisitPair> {
    let all = DEPARTMENTS.iter().flat_map(|home| hosts.iter().map(move |host| (home.id, *host)));
    all.filter(|(home, host)| home != host)
        .filter_map(|(home, host)| Some(VisitPair { home: home.parse().ok()?, host: host.parse().ok()? }))
        .collect()
}

/// The weeks around the turn of the year, as far as they are planned.
fn year_ends(first: plaza_domain::day::Week) -> Vec<WeekSpan> {
    let mut closed: Vec<WeekSpan> = Vec::new();
    for week in (0..26).map(|nth| first.plus(nth)) {
        let (_, number) = week.iso();
        if number >= 52 || number == 1 {
            match closed.last_mut().filter(|span| span.last.plus(1) == week) {
                Some(span) => span.last = week,
                None => closed.push(WeekSpan { first: week, last: week }),
            }
        }
    }
    closed
}

/// What the visitor of a pair brings home: the nth visit of a pair takes the nth text.
fn brought(rotations: &[Rotation], visit: &Visit) -> Option<&'static Brought> {
    let same =
        |home: &str, host: &str| home == visit.placed.home.as_str() && host == visit.placed.host.as_str();
    let before = rotations
        .iter()
        .flat_map(|rotation| rotation.planned())
        .filter(|other| same(other.placed.home.as_str(), other.placed.host.as_str()))
        .filter(|other| {
            (other.placed.from, &other.placed.placement) < (visit.placed.from, &visit.placed.placement)
        })
        .count();
    BROUGHT.iter().filter(|one| same(one.home, one.host)).nth(before)
}

const fn first_words() -> [[&'static str; 3]; 3] {
    [
        ["In their shoes", "In ihren Schuhen", "En sus zapatos"],
        [
            "Everybody sees once where their own work goes on.",
            "Alle sehen einmal, wo ihre eigene Arbeit weitergeht.",
            "Todos ven una vez dónde sigue su propio trabajo.",
        ],
        ["What makes an order wait?", "Was lässt einen Auftrag warten?", "¿Qué hace esperar a un pedido?"],
    ]
}

const fn second_words() -> [[&'static str; 3]; 3] {
    [
        ["Each to each", "Jede zu jeder", "Cada uno con cada uno"],
        [
            "Every department has been with every other by the end of the half-year.",
            "Am Ende des Halbjahres war jede Abteilung bei jeder anderen.",
            "Al final del semestre cada departamento ha estado con cada uno de los demás.",
        ],
        [
            "What do we do that makes your day harder?",
            "Was tun wir, das Ihren Tag schwerer macht?",
            "¿Qué hacemos que le complica el día?",
        ],
    ]
}
