//! What cannot be meant is refused before anything is searched.

use std::collections::BTreeSet;

use crate::check::{Breach, check};
use crate::model::{Instance, Length, Part, Placement, Visitor, Weeks, Weights};

/// Four years: far more than anybody plans, and what the search's tables are sized for.
pub const MOST_WEEKS: u32 = 208;
/// People in one program.
pub const MOST_PEOPLE: usize = 5_000;
/// Departments in one program.
pub const MOST_DEPARTMENTS: usize = 100;
/// Visits of one person, of one pair that must happen, and of a cell.
pub const MOST_VISITS: u32 = 250;
/// Pairs that must happen.
pub const MOST_MUSTS: usize = 1_000;
/// Visits that must happen, of all pairs together.
pub const MOST_MUST_VISITS: u64 = 10_000;

/// Where in an instance something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the program's allowed pairs, at this one.
    Allowed(usize),
    /// In the program's closed weeks.
    Closed,
    /// In the pair that must happen with this number.
    Must(usize),
    /// At this department.
    Department(usize),
    /// At this person.
    Person(usize),
    /// In this group of buddies.
    Buddies(usize),
    /// At this pinned placement.
    Pinned(usize),
    /// At this placement of what people were told, or at one of the free people.
    Told(usize),
}

/// Why an instance cannot be meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing is planned.
    #[error("no weeks are planned")]
    NoWeeks,
    /// Longer than anybody plans.
    #[error("{weeks} weeks are more than {most}")]
    TooManyWeeks {
        /// As given.
        weeks: u32,
        /// As allowed.
        most: u32,
    },
    /// More people than the search is made for.
    #[error("{people} people are more than {most}")]
    TooManyPeople {
        /// As given.
        people: usize,
        /// As allowed.
        most: usize,
    },
    /// More departments than the search is made for.
    #[error("{departments} departments are more than {most}")]
    TooManyDepartments {
        /// As given.
        departments: usize,
        /// As allowed.
        most: usize,
    },
    /// More pairs that must happen than the search is made for.
    #[error("{musts} pairs that must happen are more than {most}")]
    TooManyMusts {
        /// As given.
        musts: usize,
        /// As allowed.
        most: usize,
    },
    /// More visits that must happen than the search is made for.
    #[error("{visits} visits that must happen are more than {most}")]
    TooManyMustVisits {
        /// As given.
        visits: u64,
        /// As allowed.
        most: u64,
    },
    /// A working week has 1 to 7 days.
    #[error("a week has no {0} working days")]
    WorkingDays(u32),
    /// A visit takes no time, or a visit of days takes its whole week or more: that is a visit of weeks.
    #[error("a visit cannot take {0:?}")]
    Length(Length),
    /// A visit is longer than what is planned.
    #[error("a visit of {length} weeks does not fit into {weeks}")]
    LongerThanPlan {
        /// Weeks of a visit.
        length: u32,
        /// Weeks planned.
        weeks: u32,
    },
    /// A period has no weeks.
    #[error("a period has no weeks")]
    NoPeriod,
    /// More visits are due than anybody may make.
    #[error("{due} visits are due and {most} allowed")]
    DueBeyondMost {
        /// Due.
        due: u32,
        /// Allowed.
        most: u32,
    },
    /// A count of visits beyond reason.
    #[error("{visits} visits are too many")]
    TooManyVisits {
        /// As given.
        visits: u32,
    },
    /// A weight beyond the largest.
    #[error("the weight {0} is too large")]
    Weight(u32),
    /// A department that is not in the list.
    #[error("there is no department {department} ({place:?})")]
    UnknownDepartment {
        /// Where.
        place: Place,
        /// Its number.
        department: usize,
    },
    /// A person who is not in the list.
    #[error("there is no person {person} ({place:?})")]
    UnknownPerson {
        /// Where.
        place: Place,
        /// Their number.
        person: usize,
    },
    /// A department would visit itself.
    #[error("department {department} cannot visit itself ({place:?})")]
    OwnDepartment {
        /// Where.
        place: Place,
        /// Which.
        department: usize,
    },
    /// The same thing is said twice.
    #[error("said twice ({0:?})")]
    Twice(Place),
    /// Weeks that end before they begin, or beyond the plan.
    #[error("weeks {first} to {last} are not among those planned ({place:?})", first = weeks.first, last = weeks.last)]
    Weeks {
        /// Where.
        place: Place,
        /// As given.
        weeks: Weeks,
    },
    /// A part of a week that is not among those planned.
    #[error("week {week} has no part {part} that is planned ({place:?})")]
    NoSuchPart {
        /// Where.
        place: Place,
        /// The week.
        week: u32,
        /// The part.
        part: u32,
    },
    /// A wish's strength is 1 to 3.
    #[error("person {person} has a wish of strength {strength}")]
    Strength {
        /// Who.
        person: usize,
        /// As given.
        strength: u32,
    },
    /// A group of fewer than two.
    #[error("group {0} of buddies has fewer than two people")]
    Alone(usize),
    /// A placement that lies outside of the planned weeks.
    #[error("the placement {placement:?} is not within the planned weeks ({place:?})")]
    Outside {
        /// Where.
        place: Place,
        /// Which.
        placement: Placement,
    },
    /// The pinned placements break a rule by themselves: unpin them or change the rule.
    #[error("pinned placements break a rule: {0:?}")]
    Pinned(Breach),
}

/// Looks for the first thing in an instance that cannot be meant.
///
/// # Errors
/// With what it is and where.
pub fn validate(instance: &Instance) -> Result<(), Fault> {
    program(instance)?;
    pairs(instance)?;
    departments(instance)?;
    people(instance)?;
    buddies(instance)?;
    placements(instance)?;
    let report = check(instance, &instance.pinned);
    match report.breaches.into_iter().find(|breach| !matches!(breach, Breach::MustUnmet { .. })) {
        Some(breach) => Err(Fault::Pinned(breach)),
        None => Ok(()),
    }
}

fn program(instance: &Instance) -> Result<(), Fault> {
    let program = &instance.program;
    if program.weeks == 0 {
        return Err(Fault::NoWeeks);
    }
    if program.weeks > MOST_WEEKS {
        return Err(Fault::TooManyWeeks { weeks: program.weeks, most: MOST_WEEKS });
    }
    if instance.people.len() > MOST_PEOPLE {
        return Err(Fault::TooManyPeople { people: instance.people.len(), most: MOST_PEOPLE });
    }
    if instance.departments.len() > MOST_DEPARTMENTS {
        let departments = instance.departments.len();
        return Err(Fault::TooManyDepartments { departments, most: MOST_DEPARTMENTS });
    }
    if program.must.len() > MOST_MUSTS {
        return Err(Fault::TooManyMusts { musts: program.must.len(), most: MOST_MUSTS });
    }
    if !(1..=7).contains(&program.working_days) {
        return Err(Fault::WorkingDays(program.working_days));
    }
    match program.length {
        Length::Weeks(0) => return Err(Fault::Length(program.length)),
        Length::Weeks(length) if length > program.weeks => {
            return Err(Fault::LongerThanPlan { length, weeks: program.weeks });
        }
        Length::Days(days) if days == 0 || days >= program.working_days => {
            return Err(Fault::Length(program.length));
        }
        Length::Weeks(_) | Length::Days(_) => {}
    }
    if program.period_weeks == 0 {
        return Err(Fault::NoPeriod);
    }
    if program.due > program.most {
        return Err(Fault::DueBeyondMost { due: program.due, most: program.most });
    }
    visits(program.most)?;
    visits(program.cell_target)?;
    let weights = &program.weights;
    let all =
        [weights.coverage, weights.fairness, weights.wish, weights.spread, weights.repeat, weights.stability];
    match all.into_iter().find(|weight| *weight > Weights::MOST) {
        Some(weight) => Err(Fault::Weight(weight)),
        None => Ok(()),
    }
}

fn visits(visits: u32) -> Result<(), Fault> {
    if visits > MOST_VISITS { Err(Fault::TooManyVisits { visits }) } else { Ok(()) }
}

fn pairs(instance: &Instance) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    for (number, &(home, host)) in instance.program.allowed.iter().enumerate() {
        let place = Place::Allowed(number);
        department(instance, place, home)?;
        department(instance, place, host)?;
        if home == host {
            return Err(Fault::OwnDepartment { place, department: home });
        }
        if !seen.insert((home, host)) {
            return Err(Fault::Twice(place));
        }
    }
    weeks(instance, Place::Closed, &instance.program.closed)?;
    let asked: u64 = instance.program.must.iter().map(|must| u64::from(must.least)).sum();
    if asked > MOST_MUST_VISITS {
        return Err(Fault::TooManyMustVisits { visits: asked, most: MOST_MUST_VISITS });
    }
    for (number, must) in instance.program.must.iter().enumerate() {
        let place = Place::Must(number);
        department(instance, place, must.host)?;
        visits(must.least)?;
        let home = match must.visitor {
            Visitor::Person(who) => person(instance, place, who)?,
            Visitor::Department(home) => department(instance, place, home)?,
        };
        if home == must.host {
            return Err(Fault::OwnDepartment { place, department: home });
        }
        weeks(instance, place, must.weeks.as_slice())?;
    }
    Ok(())
}

fn departments(instance: &Instance) -> Result<(), Fault> {
    for (number, of) in instance.departments.iter().enumerate() {
        let place = Place::Department(number);
        for list in [&of.peaks, &of.no_hosting, &of.no_sending] {
            weeks(instance, place, list)?;
        }
        for capacity in &of.capacity_in {
            weeks(instance, place, &[capacity.weeks])?;
        }
        for &(host, _) in &of.walked {
            department(instance, place, host)?;
        }
    }
    Ok(())
}

fn people(instance: &Instance) -> Result<(), Fault> {
    for (number, of) in instance.people.iter().enumerate() {
        let place = Place::Person(number);
        department(instance, place, of.home)?;
        weeks(instance, place, &of.absent)?;
        for &Part { week, part } in &of.absent_parts {
            if week >= instance.program.weeks || part >= instance.program.parts() {
                return Err(Fault::NoSuchPart { place, week, part });
            }
        }
        let mut wished = BTreeSet::new();
        for wish in &of.wishes {
            department(instance, place, wish.host)?;
            if !(1..=3).contains(&wish.strength) {
                return Err(Fault::Strength { person: number, strength: wish.strength });
            }
            if !wished.insert(wish.host) {
                return Err(Fault::Twice(place));
            }
        }
        for &host in &of.been {
            department(instance, place, host)?;
        }
    }
    Ok(())
}

fn buddies(instance: &Instance) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    for (number, group) in instance.buddies.iter().enumerate() {
        if group.len() < 2 {
            return Err(Fault::Alone(number));
        }
        for &who in group {
            person(instance, Place::Buddies(number), who)?;
            if !seen.insert(who) {
                return Err(Fault::Twice(Place::Buddies(number)));
            }
        }
    }
    Ok(())
}

fn placements(instance: &Instance) -> Result<(), Fault> {
    for (number, placement) in instance.pinned.iter().enumerate() {
        within(instance, Place::Pinned(number), placement)?;
    }
    let Some(told) = &instance.told else { return Ok(()) };
    let mut seen = BTreeSet::new();
    for (number, placement) in told.placements.iter().enumerate() {
        within(instance, Place::Told(number), placement)?;
        if !seen.insert(placement) {
            return Err(Fault::Twice(Place::Told(number)));
        }
    }
    for (number, &who) in told.free.iter().enumerate() {
        person(instance, Place::Told(number), who)?;
    }
    Ok(())
}

fn within(instance: &Instance, place: Place, placement: &Placement) -> Result<(), Fault> {
    person(instance, place, placement.person)?;
    department(instance, place, placement.host)?;
    let program = &instance.program;
    if program.weeks_of(placement.week).end > program.weeks || placement.part >= program.parts() {
        return Err(Fault::Outside { place, placement: *placement });
    }
    Ok(())
}

fn department(instance: &Instance, place: Place, department: usize) -> Result<usize, Fault> {
    if department < instance.departments.len() {
        Ok(department)
    } else {
        Err(Fault::UnknownDepartment { place, department })
    }
}

/// The home of a person who is in the list.
fn person(instance: &Instance, place: Place, person: usize) -> Result<usize, Fault> {
    instance.people.get(person).map(|found| found.home).ok_or(Fault::UnknownPerson { place, person })
}

fn weeks(instance: &Instance, place: Place, list: &[Weeks]) -> Result<(), Fault> {
    match list.iter().find(|weeks| weeks.last < weeks.first || weeks.last >= instance.program.weeks) {
        Some(weeks) => Err(Fault::Weeks { place, weeks: *weeks }),
        None => Ok(()),
    }
}
