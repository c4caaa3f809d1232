//! Who did something and when, as screens show it.

use std::collections::BTreeMap;

use plaza_domain::person::PersonId;
use plaza_store::view::Act;

use super::series::moment;
use super::thread::SaidBy;
use crate::error::Result;
use crate::workspace::Workspace;

/// What people are called.
pub(crate) struct Names {
    names: BTreeMap<PersonId, String>,
    me: Option<PersonId>,
}

impl Names {
    /// Of everybody who ever was in the workspace.
    pub(crate) fn read(workspace: &Workspace) -> Result<Self> {
        let people = workspace.view(|view| view.people())?;
        let names = people.into_iter().map(|person| (person.id, person.name)).collect();
        Ok(Self { names, me: workspace.me()? })
    }

    /// Somebody's name; the id of somebody of whom nothing else is known.
    pub(crate) fn of(&self, person: &PersonId) -> String {
        self.names.get(person).cloned().unwrap_or_else(|| person.0.clone())
    }

    /// Who did something, and when. Whose device it was is only known of this one.
    pub(crate) fn said(&self, act: &Act) -> SaidBy {
        SaidBy {
            name: act.person.as_ref().map(|person| self.of(person)),
            person: act.person.as_ref().map(|person| person.0.clone()),
            on_device_of: act.on_behalf.then(|| self.me.as_ref().map(|me| self.of(me))).flatten(),
            at: moment(act.at.wall_ms),
        }
    }
}
