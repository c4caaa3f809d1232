//! People, departments and settings: who is here, and what the company is set to.

use std::collections::BTreeSet;

use plaza_domain::day::Day;
use plaza_domain::department::{Department, DepartmentId, place};
use plaza_domain::event::{Payload, PersonChange};
use plaza_domain::person::{PersonId, Role};
use plaza_domain::workspace::SettingChange;

use super::Workspace;
use super::found::{new_person_id, set_department};
use crate::error::{EngineError, Result};

impl Workspace {
    /// Adds a person (`id` absent) or changes one. Returns the id.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for an empty name, [`EngineError::NotFound`] for an unknown person or department.
    pub fn save_person(
        &self,
        id: Option<PersonId>,
        name: &str,
        email: &str,
        department: Option<DepartmentId>,
        roles: BTreeSet<Role>,
    ) -> Result<PersonId> {
        if name.trim().is_empty() {
            return Err(EngineError::invalid("name", "a person needs a name"));
        }
        if !email.trim().is_empty() && !email.contains('@') {
            return Err(EngineError::invalid("email", "an address has an @"));
        }
        let (people, departments) = self.view(|view| Ok((view.people()?, view.departments()?)))?;
        if let Some(wanted) = &department
            && !departments.iter().any(|known| known.id == *wanted)
        {
            return Err(EngineError::NotFound { noun: "department", name: wanted.to_string() });
        }
        let id = match id {
            Some(id) if people.iter().any(|person| person.id == id) => id,
            Some(id) => return Err(EngineError::NotFound { noun: "person", name: id.to_string() }),
            None => new_person_id()?,
        };
        self.act([Payload::PersonSet(PersonChange {
            id: id.clone(),
            name: Some(name.trim().to_owned()),
            email: Some(email.trim().to_owned()),
            department,
            roles: Some(roles),
        })])?;
        Ok(id)
    }

    /// A person left on a day, or (`None`) is here after all.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for an unknown person.
    pub fn person_left(&self, id: PersonId, last_day: Option<Day>) -> Result<()> {
        if self.view(|view| view.person(&id))?.is_none() {
            return Err(EngineError::NotFound { noun: "person", name: id.to_string() });
        }
        self.act([Payload::PersonLeft { person: id, last_day }])?;
        Ok(())
    }

    /// Says who uses this device.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for an unknown person or a device that has not been admitted.
    pub fn choose_profile(&self, person: PersonId) -> Result<()> {
        if self.view(|view| view.person(&person))?.is_none() {
            return Err(EngineError::NotFound { noun: "person", name: person.to_string() });
        }
        let (device, _) = self.ledger().device()?;
        let device = device.ok_or(EngineError::NotFound { noun: "device", name: String::from("this") })?;
        self.act([Payload::ProfileChosen { device, person }])?;
        Ok(())
    }

    /// Adds a department (`id` absent) or changes its name and letter.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a name that cannot be used or one department too many.
    pub fn save_department(&self, id: Option<DepartmentId>, name: &str, letter: &str) -> Result<DepartmentId> {
        let name = name.trim();
        let departments = self.view(|view| view.departments())?;
        let mut department = match &id {
            Some(id) => departments
                .iter()
                .find(|known| known.id == *id)
                .cloned()
                .ok_or_else(|| EngineError::NotFound { noun: "department", name: id.to_string() })?,
            None => {
                let id = DepartmentId::from_name(name)
                    .ok_or_else(|| EngineError::invalid("name", "it needs at least one letter from A to Z or a digit"))?;
                if departments.iter().any(|known| known.id == id) {
                    return Err(EngineError::invalid("name", "a department of that name is there already"));
                }
                let (slot, letter) =
                    place(name, &departments).map_err(|refused| EngineError::invalid("name", refused.to_string()))?;
                Department { id, name: name.to_owned(), letter, slot, active: true }
            }
        };
        if name.is_empty() {
            return Err(EngineError::invalid("name", "a department needs a name"));
        }
        name.clone_into(&mut department.name);
        if let Some(letter) = letter.trim().chars().next() {
            department.letter = letter.to_uppercase().collect();
        }
        self.act([set_department(&department)])?;
        Ok(department.id)
    }

    /// Changes settings.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names a setting that cannot be used; nothing is changed then.
    pub fn change_settings(&self, changes: Vec<SettingChange>) -> Result<()> {
        for change in &changes {
            change.check().map_err(|refused| EngineError::invalid(change.key(), refused.to_string()))?;
        }
        if !changes.is_empty() {
            self.act([Payload::SettingsChanged { changes }])?;
        }
        Ok(())
    }
}
