//! Who may do what: heads plan and answer for their departments, visitors write what they saw.

use plaza_domain::department::DepartmentId;
use plaza_domain::person::{Person, Role};

use crate::error::{EngineError, Result};
use crate::workspace::Workspace;

const PLANNERS: [Role; 3] = [Role::Head, Role::Facilitator, Role::Keeper];

impl Workspace {
    /// Whoever acts, where they are here.
    fn rotation_actor(&self) -> Result<Option<Person>> {
        let today = self.today()?;
        Ok(self.actor()?.filter(|person| !person.has_left(today)))
    }

    /// Whether whoever acts may write programs and publish plans: heads, facilitators and keepers.
    pub(crate) fn may_plan_rotations(&self) -> Result<bool> {
        let actor = self.rotation_actor()?;
        Ok(actor.is_some_and(|person| PLANNERS.iter().any(|role| person.roles.contains(role))))
    }

    /// Whether whoever acts is a head of the department.
    pub(crate) fn is_head_of(&self, department: &DepartmentId) -> Result<bool> {
        let actor = self.rotation_actor()?;
        Ok(actor.is_some_and(|person| heads(&person, department)))
    }

    pub(super) fn demand_planner(&self) -> Result<()> {
        if self.may_plan_rotations()? {
            return Ok(());
        }
        Err(EngineError::invalid("profile", "rotations are planned by heads and facilitators"))
    }
}

/// Whether a person is a head of a department.
fn heads(person: &Person, department: &DepartmentId) -> bool {
    person.roles.contains(&Role::Head) && person.department.as_ref() == Some(department)
}
