//! Who may do what: heads plan and answer for their departments, visitors write what they saw.

use plaza_domain::day::Day;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::RotationProgram;
use plaza_domain::person::{Person, PersonId, Role};
use plaza_domain::rotation::Visit;

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

/// Who writes programs and publishes plans.
const PLANNERS: [Role; 3] = [Role::Head, Role::Facilitator, Role::Keeper];

/// Who answers for the rotations of all departments.
const OVERSEERS: [Role; 2] = [Role::Facilitator, Role::Keeper];

/// What whoever acts may do today: read once, for all visits of a page.
#[derive(Clone, Debug)]
pub(crate) struct Rights {
    actor: Option<Person>,
    today: Day,
}

impl Rights {
    pub(crate) fn read(workspace: &Workspace) -> Result<Self> {
        Ok(Self { actor: workspace.actor()?, today: workspace.today()? })
    }

    /// Who acts.
    pub(crate) fn me(&self) -> Option<&PersonId> {
        self.actor.as_ref().map(|person| &person.id)
    }

    /// Who acts, where they have not left.
    fn here(&self) -> Option<&Person> {
        self.actor.as_ref().filter(|person| !person.has_left(self.today))
    }

    fn is(&self, person: &PersonId) -> bool {
        self.here().is_some_and(|known| known.id == *person)
    }

    fn has_one_of(&self, roles: &[Role]) -> bool {
        self.here().is_some_and(|person| roles.iter().any(|role| person.roles.contains(role)))
    }

    /// Whether they may write programs and publish plans: heads, facilitators and keepers.
    pub(crate) fn may_plan(&self) -> bool {
        self.has_one_of(&PLANNERS)
    }

    /// Whether they are a head of the department.
    pub(crate) fn is_head_of(&self, department: &DepartmentId) -> bool {
        self.here().is_some_and(|person| {
            person.roles.contains(&Role::Head) && person.department.as_ref() == Some(department)
        })
    }

    /// Whether they may cancel a visit that is not over: its visitor, the heads of its home and of its host, facilitators and
    /// keepers.
    pub(crate) fn may_cancel(&self, visit: &Visit) -> bool {
        let placed = &visit.placed;
        visit.is_planned()
            && placed.until >= self.today
            && (self.is(&placed.visitor)
                || self.is_head_of(&placed.home)
                || self.is_head_of(&placed.host)
                || self.has_one_of(&OVERSEERS))
    }

    /// Whether they may ask that a visit that is still to come is swapped: its visitor, and who plans.
    pub(crate) fn may_swap(&self, visit: &Visit) -> bool {
        let is_ahead = visit.is_planned() && visit.placed.from > self.today;
        is_ahead && (self.is(&visit.placed.visitor) || self.may_plan())
    }

    /// Whether they write the debrief of a visit: its visitor, once it has begun.
    pub(crate) fn may_debrief(&self, visit: &Visit) -> bool {
        self.me() == Some(&visit.placed.visitor) && visit.is_planned() && visit.placed.from <= self.today
    }

    /// Whether they answer the debrief of a visit: whoever belongs to the host.
    pub(crate) fn may_answer(&self, visit: &Visit) -> bool {
        let home = self.actor.as_ref().and_then(|person| person.department.as_ref());
        home == Some(&visit.placed.host) && visit.debrief.is_some()
    }

    /// The departments that theirs may visit in a program.
    pub(crate) fn may_visit<'a>(&self, program: &'a RotationProgram) -> Vec<&'a DepartmentId> {
        let home = self.here().and_then(|person| person.department.as_ref());
        let pairs = program.pairs.iter().filter(|pair| Some(&pair.home) == home);
        pairs.map(|pair| &pair.host).collect()
    }

    /// Who acts, where they may wish something: whoever takes part in a program.
    pub(crate) fn wishes_in(&self, program: &RotationProgram) -> Option<&PersonId> {
        let me = &self.here()?.id;
        let takes_part = !self.may_visit(program).is_empty() && !program.stays_home.contains(me);
        takes_part.then_some(me)
    }

    /// Whether they may say when somebody is not there: each for themselves, and who plans for anybody.
    pub(crate) fn may_note_absence_of(&self, person: &PersonId) -> bool {
        self.is(person) || self.may_plan()
    }
}

impl Workspace {
    pub(super) fn demand_planner(&self) -> Result<()> {
        if Rights::read(self)?.may_plan() {
            return Ok(());
        }
        Err(EngineError::invalid("profile", "rotations are planned by heads and facilitators"))
    }
}
