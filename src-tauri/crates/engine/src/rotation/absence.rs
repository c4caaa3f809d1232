//! When people are not there. Why is not asked.

use plaza_domain::day::Day;
use plaza_domain::event::{AbsenceId, AbsenceNoted, Payload};
use plaza_domain::person::PersonId;
use serde::Deserialize;

use super::Rights;
use crate::error::{EngineError, Result};
use crate::promise::new_id;
use crate::words;
use crate::workspace::Workspace;

/// Days of one absence: two years.
pub(super) const DAYS_MAX: i32 = 732;

/// An absence, as a person enters it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct AbsenceForm {
    /// Which one; nothing for a new one.
    pub absence: Option<String>,
    /// Who.
    pub person: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, included.
    pub until: String,
}

impl Workspace {
    /// Notes that a person is not there.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a person who is not here, days that are none, or that end before they begin, and for
    /// somebody else's absence where whoever acts does not plan;
    /// [`EngineError::NotFound`] for an absence that is not here.
    pub fn note_absence(&self, form: &AbsenceForm) -> Result<AbsenceId> {
        let (person, from, until) = self.absence_days(form)?;
        let absence = match &form.absence {
            Some(known) => {
                let known = self.absence(known)?;
                self.demand_absence_of(&known.person)?;
                known.absence
            }
            None => AbsenceId(new_id()?),
        };
        self.act([Payload::AbsenceNoted(AbsenceNoted { absence: absence.clone(), person, from, until })])?;
        Ok(absence)
    }

    /// Who is not there and when, checked.
    pub(super) fn absence_days(&self, form: &AbsenceForm) -> Result<(PersonId, Day, Day)> {
        let person = self.person_here("person", &form.person)?;
        self.demand_absence_of(&person)?;
        let day = |field: &str, text: &str| {
            words::day(text).map_err(|_| EngineError::invalid(field, "say a day, such as 2026-03-20"))
        };
        let (from, until) = (day("from", &form.from)?, day("until", &form.until)?);
        if until < from {
            return Err(EngineError::invalid("until", "it ends before it begins"));
        }
        if until - from > DAYS_MAX {
            return Err(EngineError::invalid("until", "note at most two years at once"));
        }
        Ok((person, from, until))
    }

    /// A person is there after all.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for an absence that is not here; [`EngineError::Invalid`] for somebody else's, where whoever
    /// acts does not plan.
    pub fn withdraw_absence(&self, absence: &str) -> Result<()> {
        let known = self.absence(absence)?;
        self.demand_absence_of(&known.person)?;
        self.act([Payload::AbsenceWithdrawn { absence: known.absence }])?;
        Ok(())
    }

    fn demand_absence_of(&self, person: &PersonId) -> Result<()> {
        if Rights::read(self)?.may_note_absence_of(person) {
            return Ok(());
        }
        let words = "say when you are not there yourself; for others, heads and facilitators do";
        Err(EngineError::invalid("person", words))
    }

    fn absence(&self, id: &str) -> Result<AbsenceNoted> {
        let all = self.view(|view| view.absences())?;
        all.into_iter()
            .find(|known| known.absence.as_str() == id)
            .ok_or_else(|| EngineError::NotFound { noun: "absence", name: id.to_owned() })
    }
}
