//! What is said of a rotation's program: only the fields that somebody changed, so that two people who change different
//! things at once both keep them. What a department gives and what a person wishes stand each for itself.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::RotationId;
use super::rotation::{
    DepartmentRule, RotationProgram, VisitLength, VisitMust, VisitPair, VisitWish, WeekSpan,
};
use crate::day::Week;
use crate::department::DepartmentId;
use crate::person::PersonId;

/// Visitors that a department takes at once, and people that stay at home, where nothing is said.
const PLACES: u32 = 1;

/// A department that a person wishes to visit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HostWish {
    /// Which department.
    pub host: DepartmentId,
    /// How strongly, 1 to 3.
    pub strength: u32,
}

/// All that a person wishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonWishes {
    /// Who.
    pub person: PersonId,
    /// Their wishes; what they wished before does not count any more.
    pub wishes: Vec<HostWish>,
}

impl PersonWishes {
    fn of(person: &PersonId, program: &RotationProgram) -> Self {
        let own = program.wishes.iter().filter(|wish| wish.person == *person);
        let own = own.map(|wish| HostWish { host: wish.host.clone(), strength: wish.strength });
        let mut wishes: Vec<HostWish> = own.collect();
        wishes.sort();
        Self { person: person.clone(), wishes }
    }
}

impl DepartmentRule {
    /// What a department gives where nothing was said of it.
    pub fn unsaid(department: &DepartmentId) -> Self {
        Self {
            department: department.clone(),
            capacity: PLACES,
            capacity_in: Vec::new(),
            cover: PLACES,
            peaks: Vec::new(),
            contact: None,
            bring: String::new(),
        }
    }

    /// Visitors that it takes at the same time in a week, but for its peak seasons.
    pub fn capacity_at(&self, week: Week) -> u32 {
        let other = self.capacity_in.iter().rev().find(|other| other.first <= week && week <= other.last);
        other.map_or(self.capacity, |other| other.capacity)
    }

    fn of(department: &DepartmentId, program: &RotationProgram) -> Self {
        let known = program.departments.iter().find(|rule| rule.department == *department);
        known.cloned().unwrap_or_else(|| Self::unsaid(department))
    }
}

macro_rules! change {
    ($($(#[$doc:meta])* $field:ident: $kind:ty,)*) => {
        /// What is changed in a program; all of it where it is new.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub struct ProgramChange {
            /// Of which rotation.
            pub rotation: RotationId,
            $($(#[$doc])* #[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$kind>,)*
            /// What departments give, for those of which it is changed.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub departments: Vec<DepartmentRule>,
            /// What people wish, for those whose wishes are changed.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub wishes: Vec<PersonWishes>,
        }

        impl ProgramChange {
            /// A change of nothing.
            pub const fn none(rotation: RotationId) -> Self {
                Self { rotation, $($field: None,)* departments: Vec::new(), wishes: Vec::new() }
            }

            /// All of a new program.
            pub fn whole(program: &RotationProgram) -> Self {
                Self {
                    rotation: program.rotation.clone(),
                    $($field: Some(Clone::clone(&program.$field)),)*
                    departments: program.departments.clone(),
                    wishes: wishers(&[program]).iter().map(|person| PersonWishes::of(person, program)).collect(),
                }
            }

            /// What leads from one program to another.
            pub fn between(was: &RotationProgram, now: &RotationProgram) -> Self {
                let departments: BTreeSet<&DepartmentId> = [was, now]
                    .into_iter()
                    .flat_map(|program| program.departments.iter().map(|rule| &rule.department))
                    .collect();
                let departments = departments
                    .into_iter()
                    .map(|id| DepartmentRule::of(id, now))
                    .filter(|rule| *rule != DepartmentRule::of(&rule.department, was));
                let wishes = wishers(&[was, now])
                    .into_iter()
                    .map(|person| PersonWishes::of(&person, now))
                    .filter(|wishes| *wishes != PersonWishes::of(&wishes.person, was));
                Self {
                    rotation: now.rotation.clone(),
                    $($field: (was.$field != now.$field).then(|| Clone::clone(&now.$field)),)*
                    departments: departments.collect(),
                    wishes: wishes.collect(),
                }
            }

            /// The program of which this is all; nothing where a field of it was never said.
            pub fn program(&self) -> Option<RotationProgram> {
                let mut program = RotationProgram {
                    rotation: self.rotation.clone(),
                    $($field: Clone::clone(self.$field.as_ref()?),)*
                    departments: self.departments.clone(),
                    wishes: Vec::new(),
                };
                self.wish(&mut program);
                Some(program)
            }

            /// Makes the change.
            pub fn apply(&self, program: &mut RotationProgram) {
                $(if let Some(next) = &self.$field {
                    program.$field.clone_from(next);
                })*
                for rule in &self.departments {
                    match program.departments.iter_mut().find(|known| known.department == rule.department) {
                        Some(known) => known.clone_from(rule),
                        None => program.departments.push(rule.clone()),
                    }
                }
                self.wish(program);
            }

            /// Whether both change the same to something else.
            pub fn clashes(&self, other: &Self) -> bool {
                let clash = $(differ(self.$field.as_ref(), other.$field.as_ref()))||*;
                clash
                    || self.departments.iter().any(|rule| {
                        other.departments.iter().any(|one| one.department == rule.department && one != rule)
                    })
                    || self.wishes.iter().any(|wishes| {
                        other.wishes.iter().any(|one| one.person == wishes.person && one != wishes)
                    })
            }

            /// Whether nothing is changed.
            pub fn is_empty(&self) -> bool {
                $(self.$field.is_none())&&* && self.departments.is_empty() && self.wishes.is_empty()
            }
        }
    };
}

change! {
    /// What people call it.
    name: String,
    /// What it is for.
    purpose: String,
    /// The learning question.
    question: String,
    /// The first week that is planned.
    first: Week,
    /// How many weeks are planned.
    weeks: u32,
    /// How long a visit takes.
    length: VisitLength,
    /// Weeks of a period.
    period_weeks: u32,
    /// Visits that each person should make.
    due: u32,
    /// Visits that nobody exceeds.
    most: u32,
    /// Visits that each pair of departments should see.
    pair_target: u32,
    /// Who may visit whom.
    pairs: Vec<VisitPair>,
    /// Weeks in which nobody visits anybody.
    closed: Vec<WeekSpan>,
    /// Visits that have to happen.
    must: Vec<VisitMust>,
    /// Groups who go together.
    buddies: Vec<Vec<PersonId>>,
    /// People who do not take part.
    stays_home: Vec<PersonId>,
}

impl ProgramChange {
    fn wish(&self, program: &mut RotationProgram) {
        for one in &self.wishes {
            program.wishes.retain(|wish| wish.person != one.person);
            program.wishes.extend(one.wishes.iter().map(|wish| VisitWish {
                person: one.person.clone(),
                host: wish.host.clone(),
                strength: wish.strength,
            }));
        }
        program.wishes.sort_by(|a, b| (&a.person, &a.host).cmp(&(&b.person, &b.host)));
    }
}

/// Who wishes something in one of these programs.
fn wishers(programs: &[&RotationProgram]) -> BTreeSet<PersonId> {
    programs.iter().flat_map(|program| program.wishes.iter().map(|wish| wish.person.clone())).collect()
}

fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}
