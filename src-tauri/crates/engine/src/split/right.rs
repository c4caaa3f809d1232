//! Who may change how a miss is split.

use plaza_domain::event::KpiDefinition;
use plaza_domain::kpi::KpiKind;
use plaza_domain::person::{Person, Role};

use crate::error::Result;
use crate::workspace::Workspace;

impl Workspace {
    /// The KPI whose parts a split moves.
    pub(crate) fn split_kpi(&self) -> Result<Option<KpiDefinition>> {
        Ok(self.view(|view| view.kpis())?.into_iter().find(|one| one.kind == KpiKind::PromiseKept))
    }

    /// Who may have another split count, or take one back: whoever decides about the KPI, because it changes what it
    /// publishes; and the facilitators, because what a meeting agreed on must not wait for somebody who was not in it. The
    /// departments concerned may not: nobody clears themselves.
    pub(crate) fn split_deciders(&self) -> Result<Vec<Person>> {
        let decider = self.split_kpi()?.and_then(|kpi| kpi.decider);
        let today = self.today()?;
        let mut people = self.view(|view| view.people())?;
        people.retain(|person| {
            let may = decider.as_ref() == Some(&person.id) || person.roles.contains(&Role::Facilitator);
            may && !person.has_left(today)
        });
        Ok(people)
    }

    /// Whether whoever acts may.
    pub(crate) fn may_split(&self) -> Result<bool> {
        let Some(me) = self.actor()? else { return Ok(false) };
        Ok(self.split_deciders()?.iter().any(|person| person.id == me.id))
    }
}
