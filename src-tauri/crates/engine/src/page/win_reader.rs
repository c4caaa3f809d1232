//! What the pages of wins have in common: names, and why somebody is named.

use std::collections::BTreeMap;

use plaza_domain::department::{Department, DepartmentId};
use plaza_domain::event::{CommitmentId, Contributor, ContributorReason, DecisionId, SignalId};
use plaza_domain::language::Language;
use plaza_domain::person::Person;

use super::flow::departments_in_flow;
use super::said_by::Names;
use super::win::{ContributorView, WinChart};
use super::{DepartmentView, name};
use crate::error::Result;
use crate::meeting::words as meeting_words;
use crate::win::words;
use crate::workspace::Workspace;

/// What was decided and promised, for the reasons that name it.
#[derive(Debug, Default)]
pub(super) struct Texts {
    decisions: BTreeMap<DecisionId, String>,
    commitments: BTreeMap<CommitmentId, String>,
}

impl Texts {
    /// Reads what these reasons name, once.
    pub(super) fn read<'a>(
        workspace: &Workspace,
        reasons: &(impl Iterator<Item = &'a ContributorReason> + Clone),
    ) -> Result<Self> {
        let mut texts = Self::default();
        if reasons.clone().any(|one| matches!(one, ContributorReason::Decided { .. })) {
            let all = workspace.decisions()?.into_iter();
            texts.decisions = all.map(|one| (one.taken.decision, one.taken.text)).collect();
        }
        if reasons.clone().any(|one| matches!(one, ContributorReason::Committed { .. })) {
            let all = workspace.commitments()?.into_iter();
            texts.commitments = all.map(|one| (one.made.commitment, one.made.text)).collect();
        }
        Ok(texts)
    }

    /// What was decided or promised may have been taken back since: then its words are gone, the name stays.
    fn of(&self, reason: &ContributorReason) -> Option<&str> {
        match reason {
            ContributorReason::Decided { decision } => self.decisions.get(decision),
            ContributorReason::Committed { commitment } => self.commitments.get(commitment),
            _ => None,
        }
        .map(String::as_str)
    }
}

/// What the pages of wins are read with.
pub(super) struct Reader<'a> {
    workspace: &'a Workspace,
    pub(super) departments: Vec<Department>,
    pub(super) people: Vec<Person>,
    pub(super) names: Names,
    pub(super) language: Language,
}

impl<'a> Reader<'a> {
    pub(super) fn new(workspace: &'a Workspace, language: Language) -> Result<Self> {
        Ok(Self {
            workspace,
            departments: departments_in_flow(workspace)?,
            people: workspace.view(|view| view.people())?,
            names: Names::read(workspace)?,
            language,
        })
    }

    pub(super) fn department_views(&self) -> Vec<DepartmentView> {
        self.departments.iter().map(DepartmentView::from).collect()
    }

    pub(super) fn department_name(&self, id: &DepartmentId) -> String {
        let known = self.departments.iter().find(|one| one.id == *id);
        known.map_or_else(|| id.to_string(), |one| one.name.clone())
    }

    /// Where somebody stands in a list: departments in the order of the flow, then people by name.
    pub(super) fn place(&self, contributor: &Contributor) -> (usize, String) {
        match contributor {
            Contributor::Department { department } => {
                let place = self.departments.iter().position(|one| one.id == *department);
                (place.unwrap_or(self.departments.len()), String::new())
            }
            Contributor::Person { person } => (usize::MAX, self.names.of(person).to_lowercase()),
        }
    }

    /// Somebody who is named, or may be: for a person, with the department in which they worked then.
    pub(super) fn contributor(
        &self,
        contributor: &Contributor,
        reason: &ContributorReason,
        department: Option<&DepartmentId>,
        texts: &Texts,
    ) -> ContributorView {
        let (name, department) = self.called(contributor, department);
        ContributorView {
            contributor: contributor.clone(),
            name,
            department,
            reason: reason.clone(),
            words: words::reason(reason, texts.of(reason), self.language),
            said: None,
        }
    }

    /// What people call somebody, and the id of their department.
    pub(super) fn called(
        &self,
        contributor: &Contributor,
        department: Option<&DepartmentId>,
    ) -> (String, Option<String>) {
        match contributor {
            Contributor::Department { department } => {
                (self.department_name(department), Some(department.to_string()))
            }
            Contributor::Person { person } => (self.names.of(person), department.map(ToString::to_string)),
        }
    }

    /// In which department a person works now.
    pub(super) fn department_of(&self, contributor: &Contributor) -> Option<&DepartmentId> {
        let Contributor::Person { person } = contributor else { return None };
        self.people.iter().find(|one| one.id == *person)?.department.as_ref()
    }

    pub(super) fn chart(&self, signal: &SignalId) -> Result<Option<WinChart>> {
        let known = self.workspace.view(|view| view.signals(None))?;
        let Some(found) = known.into_iter().map(|one| one.found).find(|one| one.signal == *signal) else {
            return Ok(None);
        };
        let Some(definition) = self.workspace.view(|view| view.kpi(&found.kpi))? else { return Ok(None) };
        let part = found.part.as_ref().map(|part| self.department_name(part));
        let address =
            meeting_words::kpi_address(&found.kpi, found.weeks.last().copied(), found.part.as_ref());
        let called = meeting_words::chart(&name(&definition, self.language), part.as_deref());
        Ok(Some(WinChart { name: called, address }))
    }
}
