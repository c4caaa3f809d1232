//! Visits to other departments: that they begin soon, that their debrief is missing, and swaps that wait for a head.

use plaza_domain::department::Department;
use plaza_domain::event::PlacementId;
use plaza_domain::language::Language;
use plaza_domain::person::Person;
use plaza_domain::reminder::{ReminderKind, Stage};
use plaza_domain::rotation::{Rotation, SwapState, Visit};

use super::find::Found;
use crate::error::Result;
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
    fn person(&self, visit: &Visit) -> String {
        let known = self.people.iter().find(|person| person.id == visit.placed.visitor);
        known.map_or_else(|| visit.placed.visitor.to_string(), |person| person.name.clone())
    }

    /// `Production, 3 March – 7 March`.
    fn place(&self, visit: &Visit) -> String {
        let placed = &visit.placed;
        let known = self.departments.iter().find(|known| known.id == placed.host);
        let name = known.map_or_else(|| placed.host.to_string(), |known| known.name.clone());
        days(&name, placed.from, placed.until, self.language)
    }
}

impl Found {
    /// What rotations want of a person: as a visitor, as somebody whom visitors turn to, and as a head.
    pub(super) fn visits(&mut self, workspace: &Workspace, me: &Person) -> Result<()> {
        let rotations = workspace.rotations()?;
        if rotations.is_empty() {
            return Ok(());
        }
        let (people, departments) = workspace.view(|view| Ok((view.people()?, view.departments()?)))?;
        let names = Names { people, departments, language: workspace.settings()?.language };
        let today = workspace.today()?;
        for rotation in &rotations {
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
                        self.visit(rotation, id, stage, names.place(visit));
                    } else if (0..=DEBRIEF_DAYS).contains(&since) && visit.debrief.is_none() {
                        self.visit(rotation, &format!("{id}-debrief"), Stage::Waits, names.place(visit));
                    }
                } else if let Some(stage) = begins.filter(|_| is_contact(rotation, visit, me)) {
                    let text = format!("{}: {}", names.person(visit), names.place(visit));
                    self.visit(rotation, &format!("{id}-host"), stage, text);
                }
            }
            self.swaps(workspace, rotation, &names)?;
        }
        Ok(())
    }

    /// Swaps that a head has not answered. Only the person of this device is reminded, and nobody acts for another.
    fn swaps(&mut self, workspace: &Workspace, rotation: &Rotation, names: &Names) -> Result<()> {
        for swap in rotation.swaps.values() {
            if rotation.swap_state(swap) != SwapState::Asked {
                continue;
            }
            let mut is_mine = false;
            for home in swap.waits_for() {
                is_mine |= workspace.is_head_of(home)?;
            }
            if is_mine {
                let asked = &swap.asked.what;
                let called = |placement: &PlacementId| {
                    rotation.visits.get(placement).map(|visit| names.person(visit)).unwrap_or_default()
                };
                let text = format!("{} ↔ {}: {}", called(&asked.one), called(&asked.other), asked.reason);
                self.visit(rotation, &format!("swap-{}", asked.swap), Stage::Waits, text);
            }
        }
        Ok(())
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
