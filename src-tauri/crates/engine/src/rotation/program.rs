//! A rotation's program: checked field by field, so that a person knows what to mend.

use std::collections::BTreeSet;

use plaza_domain::department::DepartmentId;
use plaza_domain::event::{Payload, RotationId, RotationProgram, VisitLength, WeekSpan};
use plaza_domain::person::PersonId;
use plaza_domain::rotation::days;

use crate::error::{EngineError, Result};
use crate::promise::{new_id, reason_of, text_of};
use crate::workspace::Workspace;

/// Letters of a name.
const NAME_CHARS_MAX: usize = 120;
/// Letters of a purpose, a learning question, and of what a visitor brings.
const TEXT_CHARS_MAX: usize = 1_000;
/// Weeks of a program: two years. Who plans further plans for people who are not there yet.
const WEEKS_MAX: u32 = 104;
/// Visits of one person or one pair in a program.
const VISITS_MAX: u32 = 52;
/// People whom a department can take or keep at once; a larger number says nothing.
const PLACES_MAX: u32 = 1_000;
/// Entries of each list of a program, so that its event stays small.
const ENTRIES_MAX: usize = 2_000;

impl Workspace {
    /// A program as it is kept, with an id where it is new.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names each field that cannot be used; [`EngineError::NotFound`] for a rotation that is not
    /// here.
    pub(super) fn checked_program(&self, form: &RotationProgram) -> Result<RotationProgram> {
        let mut program = form.clone();
        if program.rotation.as_str().is_empty() {
            program.rotation = RotationId(new_id()?);
        } else {
            self.rotation(&program.rotation)?;
        }
        program.name = text_of("name", &form.name, NAME_CHARS_MAX)?;
        program.purpose = text_of("purpose", &form.purpose, TEXT_CHARS_MAX)?;
        program.question = text_of("question", &form.question, TEXT_CHARS_MAX)?;
        let mut checked = Check::new(self, &program)?;
        checked.numbers();
        checked.pairs();
        checked.departments();
        checked.weeks("closed", &program.closed);
        checked.must();
        checked.people();
        if !checked.faults.is_empty() {
            return Err(EngineError::Invalid { fields: checked.faults });
        }
        Ok(program)
    }

    /// Ends a rotation: what has not begun is withdrawn.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] without a reason, or for one that has ended; [`EngineError::NotFound`].
    pub fn end_rotation(&self, rotation: &RotationId, reason: &str) -> Result<()> {
        self.demand_planner()?;
        let reason = reason_of(reason)?;
        self.live_rotation(rotation)?;
        let from = self.today()?.plus(1);
        self.act([Payload::RotationEnded { rotation: rotation.clone(), from, reason }])?;
        Ok(())
    }
}

/// Looks for everything in a program that cannot be meant.
struct Check<'a> {
    program: &'a RotationProgram,
    working_days: u32,
    departments: BTreeSet<DepartmentId>,
    people: BTreeSet<PersonId>,
    faults: Vec<(String, String)>,
}

impl<'a> Check<'a> {
    fn new(workspace: &Workspace, program: &'a RotationProgram) -> Result<Self> {
        let (departments, people) = workspace.view(|view| Ok((view.departments()?, view.people()?)))?;
        let departments = departments.into_iter().filter(|one| one.active).map(|one| one.id).collect();
        let people = people.into_iter().map(|person| person.id).collect();
        let working_days = days::working_days(workspace.settings()?.weekdays);
        Ok(Self { program, working_days, departments, people, faults: Vec::new() })
    }

    fn fault(&mut self, field: &str, reason: &str) {
        if !self.faults.iter().any(|(known, _)| known == field) {
            self.faults.push((field.to_owned(), reason.to_owned()));
        }
    }

    fn numbers(&mut self) {
        let program = self.program;
        if !(1..=WEEKS_MAX).contains(&program.weeks) {
            self.fault("weeks", "plan 1 to 104 weeks");
        }
        match program.length {
            VisitLength::Weeks(weeks) if weeks == 0 || weeks > program.weeks => {
                self.fault("length", "a visit takes at least a week and fits into the planned weeks");
            }
            VisitLength::Days(days) if days == 0 || days >= self.working_days => {
                self.fault("length", "a visit of days takes less than a working week");
            }
            VisitLength::Weeks(_) | VisitLength::Days(_) => {}
        }
        if program.period_weeks == 0 || program.period_weeks > WEEKS_MAX {
            self.fault("period_weeks", "a period takes 1 to 104 weeks");
        }
        if program.most == 0 || program.most > VISITS_MAX {
            self.fault("most", "allow each person 1 to 52 visits");
        }
        if program.due > program.most {
            self.fault("due", "no more visits can be due than a person may make");
        }
        if program.pair_target > VISITS_MAX {
            self.fault("pair_target", "aim at no more than 52 visits for each pair");
        }
    }

    fn pairs(&mut self) {
        let program = self.program;
        if program.pairs.is_empty() {
            self.fault("pairs", "say who may visit whom");
        }
        let mut seen = BTreeSet::new();
        for pair in &program.pairs {
            if !self.departments.contains(&pair.home) || !self.departments.contains(&pair.host) {
                self.fault("pairs", "choose departments of this workspace");
            } else if pair.home == pair.host {
                self.fault("pairs", "a department does not visit itself");
            } else if !seen.insert(pair) {
                self.fault("pairs", "a pair is named twice");
            }
        }
    }

    fn departments(&mut self) {
        let program = self.program;
        let mut seen = BTreeSet::new();
        for rule in &program.departments {
            if !self.departments.contains(&rule.department) {
                self.fault("departments", "choose departments of this workspace");
            }
            if !seen.insert(&rule.department) {
                self.fault("departments", "a department is named twice");
            }
            let most =
                rule.capacity_in.iter().map(|other| other.capacity).chain([rule.capacity, rule.cover]).max();
            if most > Some(PLACES_MAX) {
                self.fault("departments", "that is more people than any department has");
            }
            if rule.contact.as_ref().is_some_and(|contact| !self.people.contains(contact)) {
                self.fault("departments", "choose a contact of this workspace");
            }
            if rule.bring.chars().count() > TEXT_CHARS_MAX {
                self.fault("departments", "say in at most 1000 letters what to bring");
            }
            self.weeks("departments", &rule.peaks);
            let spans: Vec<WeekSpan> = rule
                .capacity_in
                .iter()
                .map(|other| WeekSpan { first: other.first, last: other.last })
                .collect();
            self.weeks("departments", &spans);
        }
    }

    fn weeks(&mut self, field: &str, spans: &[WeekSpan]) {
        if spans.len() > ENTRIES_MAX {
            self.fault(field, "that is too long a list");
        }
        if spans.iter().any(|span| span.last < span.first) {
            self.fault(field, "the weeks end before they begin");
        }
    }

    fn must(&mut self) {
        let program = self.program;
        if program.must.len() > ENTRIES_MAX {
            self.fault("must", "that is too long a list");
        }
        for must in &program.must {
            if !program.pairs.iter().any(|pair| pair.home == must.home && pair.host == must.host) {
                self.fault("must", "a visit that has to happen must be one that may happen");
            }
            if must.least == 0 || must.least > VISITS_MAX {
                self.fault("must", "ask for 1 to 52 visits");
            }
            if must.person.as_ref().is_some_and(|person| !self.people.contains(person)) {
                self.fault("must", "choose a person of this workspace");
            }
        }
    }

    fn people(&mut self) {
        let program = self.program;
        let lists = [program.wishes.len(), program.buddies.len(), program.stays_home.len()];
        if lists.iter().any(|list| *list > ENTRIES_MAX) {
            self.fault("people", "that is too long a list");
        }
        let mut wished = BTreeSet::new();
        for wish in &program.wishes {
            if !self.people.contains(&wish.person) || !self.departments.contains(&wish.host) {
                self.fault("wishes", "choose a person and a department of this workspace");
            }
            if !(1..=3).contains(&wish.strength) {
                self.fault("wishes", "a wish has a strength of 1 to 3");
            }
            if !wished.insert((&wish.person, &wish.host)) {
                self.fault("wishes", "a wish is named twice");
            }
        }
        let mut grouped = BTreeSet::new();
        for group in &program.buddies {
            if group.len() < 2 {
                self.fault("buddies", "at least two people go together");
            }
            for person in group {
                if !self.people.contains(person) {
                    self.fault("buddies", "choose people of this workspace");
                } else if !grouped.insert(person) {
                    self.fault("buddies", "a person goes with one group only");
                }
            }
        }
        if program.stays_home.iter().any(|person| !self.people.contains(person)) {
            self.fault("stays_home", "choose people of this workspace");
        }
    }
}
