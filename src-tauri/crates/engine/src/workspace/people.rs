//! People, departments and settings: who is here, and what the company is set to.

use std::collections::BTreeSet;

use plaza_domain::day::Day;
use plaza_domain::department::{Department, DepartmentId, place};
use plaza_domain::event::{Payload, PersonChange};
use plaza_domain::language::Language;
use plaza_domain::person::{PersonId, Role};
use plaza_domain::workspace::{SettingChange, TimeZone};

use super::Workspace;
use super::found::{new_person_id, set_department};
use crate::error::{EngineError, Result};
use crate::page::role_of;
use crate::page::workspace::{DepartmentDraft, PersonDraft, SettingsChange};
use crate::words;

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
    pub fn save_department(
        &self,
        id: Option<DepartmentId>,
        name: &str,
        letter: &str,
    ) -> Result<DepartmentId> {
        let name = name.trim();
        let departments = self.view(|view| view.departments())?;
        let mut department = if let Some(id) = id {
            departments
                .iter()
                .find(|known| known.id == id)
                .cloned()
                .ok_or_else(|| EngineError::NotFound { noun: "department", name: id.to_string() })?
        } else {
            let id = DepartmentId::from_name(name).ok_or_else(|| {
                EngineError::invalid("name", "it needs at least one letter from A to Z or a digit")
            })?;
            if departments.iter().any(|known| known.id == id) {
                return Err(EngineError::invalid("name", "a department of that name is there already"));
            }
            let (slot, letter) = place(name, &departments)
                .map_err(|refused| EngineError::invalid("name", refused.to_string()))?;
            Department { id, name: name.to_owned(), letter, slot, active: true }
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

/// The same, as the window's forms send them.
impl Workspace {
    /// Saves a person from a form.
    ///
    /// # Errors
    /// See [`Workspace::save_person`]; an unknown role is [`EngineError::Invalid`].
    pub fn save_person_draft(&self, draft: &PersonDraft) -> Result<String> {
        let roles = draft
            .roles
            .iter()
            .map(|word| {
                role_of(word).ok_or_else(|| EngineError::invalid("roles", format!("“{word}” is not a role")))
            })
            .collect::<Result<_>>()?;
        let id = draft.id.clone().map(PersonId);
        let department = words::department(draft.department.clone())?;
        let email = draft.email.as_deref().unwrap_or_default();
        Ok(self.save_person(id, &draft.name, email, department, roles)?.to_string())
    }

    /// Saves a department from a form.
    ///
    /// # Errors
    /// See [`Workspace::save_department`].
    pub fn save_department_draft(&self, draft: &DepartmentDraft) -> Result<String> {
        let id = words::department(draft.id.clone())?;
        Ok(self.save_department(id, &draft.name, &draft.letter)?.to_string())
    }

    /// A person left on a day (`YYYY-MM-DD`), or is here after all.
    ///
    /// # Errors
    /// See [`Workspace::person_left`]; [`EngineError::Invalid`] for a text that is no day.
    pub fn person_leaves(&self, id: &str, last_day: Option<&str>) -> Result<()> {
        self.person_left(PersonId(id.to_owned()), last_day.map(words::day).transpose()?)
    }

    /// Changes settings from a form.
    ///
    /// # Errors
    /// See [`Workspace::change_settings`]; [`EngineError::Invalid`] for texts that cannot be read.
    pub fn apply_settings(&self, change: SettingsChange) -> Result<()> {
        let mut changes = Vec::new();
        if let Some(name) = change.name {
            if name.trim().is_empty() {
                return Err(EngineError::invalid("name", "the company needs a name"));
            }
            changes.push(SettingChange::Company(name.trim().to_owned()));
        }
        if let Some(language) = change.language {
            let language = language.parse::<Language>();
            changes.push(SettingChange::Language(
                language.map_err(|fault| EngineError::invalid("language", fault.to_string()))?,
            ));
        }
        if let Some(zone) = change.time_zone {
            let zone = zone.parse::<TimeZone>();
            changes.push(SettingChange::TimeZone(
                zone.map_err(|fault| EngineError::invalid("time_zone", fault.to_string()))?,
            ));
        }
        if let Some(days) = change.working_days {
            let days = <[bool; 7]>::try_from(days)
                .map_err(|_| EngineError::invalid("working_days", "a week has seven days"))?;
            changes.push(SettingChange::Weekdays(days));
        }
        if let Some(counts) = change.count_working_days {
            changes.push(SettingChange::CountsWorkingDays(counts));
        }
        if let Some(holidays) = change.holidays {
            let before = self.settings()?.holidays;
            let mut after = std::collections::BTreeMap::new();
            for holiday in holidays {
                after.insert(words::day(&holiday.day)?, holiday.name);
            }
            changes.extend(
                before
                    .keys()
                    .filter(|day| !after.contains_key(day))
                    .map(|day| SettingChange::Holiday { day: *day, name: None }),
            );
            changes.extend(
                after
                    .into_iter()
                    .filter(|(day, name)| before.get(day) != Some(name))
                    .map(|(day, name)| SettingChange::Holiday { day, name: Some(name) }),
            );
        }
        self.change_settings(changes)
    }
}
