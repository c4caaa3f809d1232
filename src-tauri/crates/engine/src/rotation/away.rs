//! When people are not there, taken from their own calendar: looked at first, noted when a person says so.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use plaza_document::calendar::{Away, away};
use plaza_domain::event::{AbsenceId, AbsenceNoted, Payload};
use plaza_domain::person::PersonId;
use serde::Deserialize;

use super::absence::{AbsenceForm, DAYS_MAX};
use crate::error::{EngineError, Result};
use crate::page::rotation::{AbsenceDays, AbsenceFile};
use crate::promise::new_id;
use crate::workspace::Workspace;

/// Bytes of a calendar that is read.
const BYTES_MAX: u64 = 8 << 20;

/// Absences that are noted at once.
const NOTED_MAX: usize = 500;

/// Absences of one person, as they are taken from their calendar.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct AbsencesForm {
    /// Who.
    pub person: String,
    /// When.
    pub days: Vec<AbsenceDays>,
}

impl Workspace {
    /// Looks for absences in a person's calendar file. Nothing is noted.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a person who is not here, and for a file that is no calendar: it says which line;
    /// [`EngineError::File`] where it cannot be read.
    pub fn read_absences(&self, person: &str, path: &Path) -> Result<AbsenceFile> {
        let person = self.person_here("person", person)?;
        let text = text_of_file(path)?;
        let zone = self.settings()?.time_zone;
        let today = self.today()?;
        let horizon = today.plus(DAYS_MAX);
        let within = Away { from: today, until: horizon };
        let found =
            away(&text, zone, within).map_err(|fault| EngineError::invalid("file", fault.to_string()))?;
        let standing = self.view(|view| view.absences())?;
        let is_known = |one: &Away| {
            standing
                .iter()
                .any(|known| known.person == person && known.from <= one.from && one.until <= known.until)
        };
        let mut file = AbsenceFile {
            person: person.to_string(),
            days: Vec::new(),
            known: 0,
            outside: 0,
            unclear: found.unclear,
            free: found.free,
            short: found.short,
        };
        for one in found.away {
            if one.until < today || one.from > horizon {
                file.outside += 1;
                continue;
            }
            let one = Away { from: one.from, until: one.until.min(one.from.plus(DAYS_MAX)) };
            if is_known(&one) {
                file.known += 1;
            } else {
                file.days.push(AbsenceDays { from: one.from.to_string(), until: one.until.to_string() });
            }
        }
        Ok(file)
    }

    /// Notes several absences of one person at once; those that are noted already are left alone. Answers how many are new.
    ///
    /// # Errors
    /// As [`Workspace::note_absence`], for each; then none is noted.
    pub fn note_absences(&self, form: &AbsencesForm) -> Result<u32> {
        if form.days.len() > NOTED_MAX {
            return Err(EngineError::invalid("days", "note at most 500 absences at once"));
        }
        let standing = self.view(|view| view.absences())?;
        let mut noted: Vec<AbsenceNoted> = Vec::new();
        for days in &form.days {
            let one = AbsenceForm {
                absence: None,
                person: form.person.clone(),
                from: days.from.clone(),
                until: days.until.clone(),
            };
            let (person, from, until) = self.absence_days(&one)?;
            let same = |known: &AbsenceNoted| same(known, &person, from, until);
            if !standing.iter().any(same) && !noted.iter().any(same) {
                noted.push(AbsenceNoted { absence: AbsenceId(new_id()?), person, from, until });
            }
        }
        let count = u32::try_from(noted.len()).unwrap_or(u32::MAX);
        if count > 0 {
            self.act(noted.into_iter().map(Payload::AbsenceNoted))?;
        }
        Ok(count)
    }
}

fn same(
    known: &AbsenceNoted,
    person: &PersonId,
    from: plaza_domain::day::Day,
    until: plaza_domain::day::Day,
) -> bool {
    known.person == *person && known.from == from && known.until == until
}

fn text_of_file(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(EngineError::file(path))?;
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(EngineError::file(path))?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(EngineError::invalid(
            "file",
            "this is more than a person's calendar: at most 8 megabytes",
        ));
    }
    String::from_utf8(bytes)
        .map_err(|_| EngineError::invalid("file", "this is no calendar file: it is not text"))
}
