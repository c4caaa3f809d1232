//! Who is named on a win. Everybody may name anybody: a forgotten name is nobody's to guard.

use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    Contributor, ContributorAdded, ContributorReason, ContributorRemoved, Payload, WinId,
};

use super::record::text_within;
use crate::error::{EngineError, Result};
use crate::promise::reason_of;
use crate::workspace::Workspace;

/// Letters of what somebody is named for.
const NAMED_CHARS_MAX: usize = 500;

impl Workspace {
    /// Names somebody on a win: for what `words` say; without words for what is proposed of them or, where their name was
    /// taken off, for what it stood there.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for somebody who is not of this workspace; [`EngineError::NotFound`].
    pub fn name_contributor(&self, win: &WinId, contributor: Contributor, words: &str) -> Result<()> {
        let known = self.win(win)?;
        let words = text_within("words", words, NAMED_CHARS_MAX)?;
        self.check_contributor(&contributor)?;
        let before = known.taken_off.get(&contributor).and_then(|off| off.was.clone());
        let (reason, department) = if let Some(before) = before.filter(|_| words.is_empty()) {
            (before.reason, before.department)
        } else {
            let proposed = if words.is_empty() { self.proposed(&known)?.proposals } else { Vec::new() };
            let proposed = proposed.into_iter().find(|one| one.contributor == contributor);
            let reason = proposed.map_or(ContributorReason::Named { words }, |one| one.reason);
            (reason, self.department_now(&contributor)?)
        };
        let added = ContributorAdded { win: known.id, contributor, reason, department };
        self.act([Payload::ContributorAdded(added)])?;
        Ok(())
    }

    /// Names everybody who is proposed. Answers how many.
    ///
    /// # Errors
    /// [`EngineError::NotFound`].
    pub fn name_proposed(&self, win: &WinId) -> Result<u32> {
        let known = self.win(win)?;
        let mut added = Vec::new();
        for one in self.proposed(&known)?.proposals {
            added.push(Payload::ContributorAdded(ContributorAdded {
                win: known.id.clone(),
                department: self.department_now(&one.contributor)?,
                contributor: one.contributor,
                reason: one.reason,
            }));
        }
        let count = u32::try_from(added.len()).unwrap_or(u32::MAX);
        if count > 0 {
            self.act(added)?;
        }
        Ok(count)
    }

    /// Takes a name off a win. Nobody proposes it any more; whoever names it again does so on purpose.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason; [`EngineError::NotFound`] for somebody who is not named.
    pub fn unname_contributor(&self, win: &WinId, contributor: Contributor, reason: &str) -> Result<()> {
        let known = self.win(win)?;
        let reason = reason_of(reason)?;
        if !known.contributors.contains_key(&contributor) {
            let name = match contributor {
                Contributor::Department { department } => department.to_string(),
                Contributor::Person { person } => person.0,
            };
            return Err(EngineError::NotFound { noun: "contributor", name });
        }
        let removed = ContributorRemoved { win: known.id, contributor, reason };
        self.act([Payload::ContributorRemoved(removed)])?;
        Ok(())
    }

    fn check_contributor(&self, contributor: &Contributor) -> Result<()> {
        match contributor {
            Contributor::Department { department } => {
                self.department_here("department", department.as_str()).map(drop)
            }
            // Whoever left since had a part in it all the same.
            Contributor::Person { person } => match self.view(|view| view.person(person))? {
                Some(_) => Ok(()),
                None => Err(EngineError::invalid("person", "choose a person of this workspace")),
            },
        }
    }

    /// The department in which a person works.
    fn department_now(&self, contributor: &Contributor) -> Result<Option<DepartmentId>> {
        let Contributor::Person { person } = contributor else { return Ok(None) };
        Ok(self.view(|view| view.person(person))?.and_then(|person| person.department))
    }
}
