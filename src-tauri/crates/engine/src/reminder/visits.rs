//! Visits to other departments: that they begin soon, were moved or do not happen, that their debrief is missing, and swaps
//! that wait for a head.

use plaza_domain::day::Day;
use plaza_domain::department::Department;
use plaza_domain::event::Placed;
use plaza_domain::language::Language;
use plaza_domain::person::Person;
use plaza_domain::reminder::{ReminderKind, Stage};
use plaza_domain::rotation::{Rotation, Standing, SwapState, Visit};

use super::find::Found;
use crate::error::Result;
use crate::meeting::words::pick;
use crate::rotation::Rights;
use crate::rotation::words::days;
use crate::workspace::Workspace;

/// Days before a visit on which it reminds: on a Thursday, of one that begins on Monday.
const SOON_DAYS: i32 = 4;

/// Days after a visit on which its debrief is asked for. Who has not written it by then will not, and is left in peace.
const DEBRIEF_DAYS: i32 = 14;

/// What is looked things up in.
struct Names {
    people: Vec<Person>,
    departments: Vec<Department>,
    language: Language,
}

impl Names {
    fn person(&self, placed: &Placed) -> String {
        let known = self.people.iter().find(|person| person.id == placed.visitor);
        known.map_or_else(|| placed.visitor.to_string(), |person| person.name.clone())
    }

    /// `Production, 3 March – 7 March`.
    fn place(&self, placed: &Placed) -> String {
        let known = self.departments.iter().find(|known| known.id == placed.host);
        let name = known.map_or_else(|| placed.host.to_string(), |known| known.name.clone());
        days(&name, placed.from, placed.until, self.language)
    }

    /// What became of a visit that its visitor had been told otherwise of, as long as it matters.
    fn news(&self, visit: &Visit, today: Day) -> Option<(Stage, String)> {
        let place = self.place(&visit.placed);
        match &visit.standing {
            Standing::Planned => {
                let former = visit.former.as_ref().filter(|_| visit.placed.from > today)?;
                // What somebody else was told is no news to this one.
                let is_own = former.placed.visitor == visit.placed.visitor;
                let before = pick(self.language, ["before", "vorher", "antes"]);
                let before = if is_own {
                    format!(" ({before}: {})", self.place(&former.placed))
                } else {
                    String::new()
                };
                Some((Stage::Moved, format!("{place}{before}. {}", former.reason)))
            }
            // A plan that was published after the end told nobody anything.
            Standing::Withdrawn { reason } | Standing::Cancelled { reason } => {
                let is_told = visit.sequence > 0 && visit.placed.from >= today;
                is_told.then(|| (Stage::Off, format!("{place}. {reason}")))
            }
        }
    }
}

impl Found {
    /// What rotations want of a person: as a visitor, as somebody whom visitors turn to, and as a head.
    pub(super) fn visits(&mut self, workspace: &Workspace, me: &Person) -> Result<()> {
        let rotations = workspace.known_rotations()?;
        if rotations.is_empty() {
            return Ok(());
        }
        let (people, departments) = workspace.view(|view| Ok((view.people()?, view.departments()?)))?;
        let names = Names { people, departments, language: workspace.settings()?.language };
        let (today, rights) = (workspace.today()?, Rights::read(workspace)?);
        for rotation in rotations.iter() {
            let told = rotation.visits.values().filter(|visit| visit.placed.visitor == me.id);
            for visit in told.filter(|visit| visit.told_by.as_ref() != Some(&me.id)) {
                if let Some((stage, text)) = names.news(visit, today) {
                    // It may be moved more than once.
                    let id = format!("{}-{}", visit.placed.placement, visit.sequence);
                    self.visit(rotation, &id, stage, text);
                }
            }
            for visit in rotation.planned() {
                let ahead = visit.placed.from - today;
                let begins = match ahead {
                    0 => Some(Stage::Today),
                    1..=SOON_DAYS => Some(Stage::Soon),
                    _ => None,
                };
                let id = visit.placed.placement.as_str();
                let since = today - visit.placed.until;
                if visit.placed.visitor == me.id {
                    if let Some(stage) = begins {
                        self.visit(rotation, id, stage, names.place(&visit.placed));
                    } else if (0..=DEBRIEF_DAYS).contains(&since) && visit.debrief.is_none() {
                        let text = names.place(&visit.placed);
                        self.visit(rotation, &format!("{id}-debrief"), Stage::Waits, text);
                    }
                } else if let Some(stage) = begins.filter(|_| is_contact(rotation, visit, me)) {
                    let text = format!("{}: {}", names.person(&visit.placed), names.place(&visit.placed));
                    self.visit(rotation, &format!("{id}-host"), stage, text);
                }
            }
            self.swaps(&rights, rotation, &names);
        }
        Ok(())
    }

    /// Swaps that a head has not answered. Only the person of this device is reminded, and nobody acts for another.
    fn swaps(&mut self, rights: &Rights, rotation: &Rotation, names: &Names) {
        for swap in rotation.swaps.values() {
            if rotation.swap_state(swap) != SwapState::Asked {
                continue;
            }
            if swap.waits_for().into_iter().any(|home| rights.is_head_of(home)) {
                let asked = &swap.asked.what;
                let (one, other) = (names.person(&asked.one), names.person(&asked.other));
                let text = format!("{one} ↔ {other}: {}", asked.reason);
                self.visit(rotation, &format!("swap-{}", asked.swap), Stage::Waits, text);
            }
        }
    }

    fn visit(&mut self, rotation: &Rotation, id: &str, stage: Stage, text: String) {
        let address = format!("/rotations/{}", rotation.program.what.rotation);
        self.add(ReminderKind::Visit, id, stage, text, address);
    }
}

/// Whether visitors of a host turn to somebody.
fn is_contact(rotation: &Rotation, visit: &Visit, me: &Person) -> bool {
    let rules = &rotation.program.what.departments;
    let rule = rules.iter().find(|rule| rule.department == visit.placed.host);
    rule.is_some_and(|rule| rule.contact.as_ref() == Some(&me.id))
}
