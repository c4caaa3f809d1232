//! What bears on a rotation's schedule, in the solver's terms, and the way back.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{AbsenceNoted, Placed, PlacementId, RotationProgram, VisitLength, WeekSpan};
use plaza_domain::person::{Person as Member, PersonId};
use plaza_domain::rotation::{Rotation, days};
use plaza_rotation::{
    Breach, Capacity, Department, Instance, Length, Must, Part, Person, Placement, Program, Told, Visitor,
    Weeks, Weights, Wish, check,
};

use crate::error::Result;
use crate::workspace::Workspace;

/// Visitors that a department takes at once where nothing is said.
const CAPACITY: u32 = 1;
/// People that stay at home where nothing is said.
const COVER: u32 = 1;

/// An instance, and whom and what its numbers mean.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// What the solver sees.
    pub(crate) instance: Instance,
    /// Departments by number.
    pub(crate) departments: Vec<DepartmentId>,
    /// People by number.
    pub(crate) people: Vec<PersonId>,
    /// What departments are called, by number.
    pub(crate) department_names: Vec<String>,
    /// What people are called, by number.
    pub(crate) person_names: Vec<String>,
    /// Week 0.
    pub(crate) first: Week,
    weekdays: [bool; 7],
    length: VisitLength,
}

/// What the workspace knows, read once.
struct Facts {
    people: Vec<Member>,
    absences: Vec<AbsenceNoted>,
    /// All rotations but this one.
    others: Vec<Rotation>,
    /// Visits of other rotations that are not over: nobody is at two places at once, and a host has its places once.
    elsewhere: Vec<Placed>,
    weekdays: [bool; 7],
    today: Day,
}

impl Facts {
    /// The parts of a program's weeks that days take.
    fn parts(&self, program: &RotationProgram, from: Day, until: Day) -> Vec<(u32, u32)> {
        let planned = (program.first, program.weeks);
        days::parts_touched(self.weekdays, program.length, planned, (from, until))
    }
}

impl Known {
    /// What bears on the rest of a rotation: what has begun stands, what was told and is still to come is known.
    pub(crate) fn read(workspace: &Workspace, rotation: &Rotation) -> Result<Self> {
        let (people, departments, absences) =
            workspace.view(|view| Ok((view.people()?, view.departments()?, view.absences()?)))?;
        let program = &rotation.program.what;
        let mut others = workspace.rotations()?;
        others.retain(|other| other.program.what.rotation != program.rotation);
        let (weekdays, today) = (workspace.settings()?.weekdays, workspace.today()?);
        let elsewhere = others.iter().flat_map(Rotation::planned).map(|visit| visit.placed.clone());
        let elsewhere = elsewhere.filter(|placed| placed.until > today).collect();
        let facts = Facts { people, absences, others, elsewhere, weekdays, today };
        let named = program.pairs.iter().flat_map(|pair| [&pair.home, &pair.host]);
        let hosts = rotation.visits.values().flat_map(|visit| [&visit.placed.home, &visit.placed.host]);
        let list: BTreeSet<&DepartmentId> = named.chain(hosts).collect();
        let list: Vec<DepartmentId> = list.into_iter().cloned().collect();
        let name = |id: &DepartmentId| {
            let known = departments.iter().find(|known| known.id == *id);
            known.map_or_else(|| id.to_string(), |known| known.name.clone())
        };
        let department_names = list.iter().map(name).collect();
        let taking = taking_part(rotation, &facts, &list);
        let person_names = taking.iter().map(|(person, _)| person.name.clone()).collect();
        let ids: Vec<PersonId> = taking.iter().map(|(person, _)| person.id.clone()).collect();
        let instance = Instance {
            program: rules(program, weekdays, &list, &ids),
            departments: list.iter().map(|id| department(program, id, &list, &facts)).collect(),
            people: taking.iter().map(|(one, home)| person(rotation, one, *home, &list, &facts)).collect(),
            buddies: buddies(rotation, &ids, facts.today),
            pinned: Vec::new(),
            told: None,
            closed_before: closed_before(program, facts.today),
        };
        let mut known = Self {
            instance,
            departments: list,
            people: ids,
            department_names,
            person_names,
            first: program.first,
            weekdays,
            length: program.length,
        };
        known.tell(rotation, facts.today);
        Ok(known)
    }

    /// What people were told: what has begun is pinned, as far as no rule has come to forbid it; the rest may change at a
    /// price.
    fn tell(&mut self, rotation: &Rotation, today: Day) {
        let begun = |placed: &Placed| placed.from <= today;
        let of = |wanted: bool| {
            let planned = rotation.planned().into_iter().filter(move |visit| begun(&visit.placed) == wanted);
            let mut found: Vec<Placement> =
                planned.filter_map(|visit| self.placement(&visit.placed)).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let (begun, open) = (of(true), of(false));
        self.instance.pinned = self.sound(begun);
        if !open.is_empty() {
            let until = self.instance.program.weeks;
            self.instance.told = Some(Told { placements: open, until, free: Vec::new() });
        }
    }

    /// Those of these placements that break no rule together.
    pub(crate) fn sound(&self, placements: Vec<Placement>) -> Vec<Placement> {
        self.sound_beside(&[], placements)
    }

    /// Everything that people were told and that can stand beside what has begun.
    pub(super) fn promised(&self) -> Vec<Placement> {
        let told = self.instance.told.iter().flat_map(|told| told.placements.iter().copied());
        let mut promised = self.sound_beside(&self.instance.pinned, told.collect());
        promised.extend(&self.instance.pinned);
        promised.sort_unstable();
        promised
    }

    /// Those of `placements` that break no rule together with each other and with some that stand.
    fn sound_beside(&self, standing: &[Placement], mut placements: Vec<Placement>) -> Vec<Placement> {
        let mut bare = self.instance.clone();
        bare.told = None;
        bare.closed_before = 0;
        bare.pinned.clear();
        bare.program.must.clear();
        loop {
            let all: Vec<Placement> = standing.iter().chain(&placements).copied().collect();
            let report = check(&bare, &all);
            let before = placements.len();
            placements.retain(|one| !report.breaches.iter().any(|breach| self.touches(breach, one)));
            if report.breaches.is_empty() || placements.len() == before {
                return placements;
            }
        }
    }

    /// Whether a placement has to do with a breach.
    fn touches(&self, breach: &Breach, one: &Placement) -> bool {
        let home = self.instance.people.get(one.person).map(|person| person.home);
        let in_week = |week: u32| self.instance.program.weeks_of(one.week).contains(&week);
        match breach {
            Breach::Unknown { placement }
            | Breach::Outside { placement }
            | Breach::TooEarly { placement }
            | Breach::DoesNotJoin { placement }
            | Breach::NotAllowed { placement }
            | Breach::Closed { placement, .. }
            | Breach::HostShut { placement, .. }
            | Breach::HomeShut { placement, .. }
            | Breach::Absent { placement, .. }
            | Breach::BuddyMissing { placement, .. }
            | Breach::PinMissing { placement } => placement == one,
            Breach::HostFull { host, week, .. } => *host == one.host && in_week(*week),
            Breach::HomeBare { home: of, week, .. } => Some(*of) == home && in_week(*week),
            Breach::Overlap { second, .. } => second == one,
            Breach::Period { person, .. } | Breach::TooMany { person, .. } => *person == one.person,
            Breach::MustUnmet { .. } => false,
        }
    }

    /// All placements that happen or happened and that the program as it stands can say.
    pub(crate) fn placements(&self, rotation: &Rotation) -> Vec<Placement> {
        let planned = rotation.planned();
        let mut found: Vec<Placement> =
            planned.into_iter().filter_map(|visit| self.placement(&visit.placed)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A placement that people were told of in the solver's terms; nothing where the program as it stands cannot say it.
    pub(super) fn placement(&self, placed: &Placed) -> Option<Placement> {
        let program = &self.instance.program;
        let person = self.people.iter().position(|id| *id == placed.visitor)?;
        let host = self.departments.iter().position(|id| *id == placed.host)?;
        let week = u32::try_from(placed.week.0 - self.first.0).ok()?;
        let fits = program.weeks_of(week).end <= program.weeks && placed.part < program.parts();
        fits.then_some(Placement { person, host, week, part: placed.part })
    }

    /// A placement of the solver as people are told of it; nothing for a number that means nobody.
    pub(crate) fn placed(&self, one: &Placement, id: PlacementId) -> Option<Placed> {
        let home = self.instance.people.get(one.person)?.home;
        let week = self.week(one.week);
        let (from, until) = days::of_visit(self.weekdays, self.length, week, one.part)?;
        Some(Placed {
            placement: id,
            visitor: self.people.get(one.person)?.clone(),
            home: self.departments.get(home)?.clone(),
            host: self.departments.get(one.host)?.clone(),
            week,
            part: one.part,
            from,
            until,
        })
    }

    /// The week of a number.
    pub(crate) fn week(&self, week: u32) -> Week {
        self.first.plus(i32::try_from(week).unwrap_or(i32::MAX / 2))
    }

    /// What a person is called.
    pub(crate) fn person_name(&self, person: usize) -> &str {
        self.person_names.get(person).map_or("?", String::as_str)
    }

    /// What a department is called.
    pub(crate) fn department_name(&self, department: usize) -> &str {
        self.department_names.get(department).map_or("?", String::as_str)
    }
}

/// The first week in which something new may begin: the one after this.
fn closed_before(program: &RotationProgram, today: Day) -> u32 {
    let next = today.week().0 + 1 - program.first.0;
    u32::try_from(next).unwrap_or(0).min(program.weeks)
}

/// Everybody of the departments, with the number of their home; and who was told of a visit and has moved on since.
fn taking_part<'a>(
    rotation: &Rotation,
    facts: &'a Facts,
    departments: &[DepartmentId],
) -> Vec<(&'a Member, usize)> {
    let begin = rotation.program.what.first.monday();
    let told: BTreeMap<&PersonId, &DepartmentId> =
        rotation.planned().into_iter().map(|visit| (&visit.placed.visitor, &visit.placed.home)).collect();
    let home = |person: &Member| {
        let now = person.department.as_ref().filter(|_| !person.has_left(begin));
        let position = |id: &DepartmentId| departments.iter().position(|known| known == id);
        now.and_then(position).or_else(|| told.get(&person.id).and_then(|id| position(id)))
    };
    let mut list: Vec<(&Member, usize)> =
        facts.people.iter().filter_map(|person| home(person).map(|home| (person, home))).collect();
    // By name: the same people make the same plan, in whatever order they were entered.
    list.sort_by(|a, b| (&a.0.name, &a.0.id).cmp(&(&b.0.name, &b.0.id)));
    list
}

fn rules(
    program: &RotationProgram,
    weekdays: [bool; 7],
    departments: &[DepartmentId],
    people: &[PersonId],
) -> Program {
    let number = |id: &DepartmentId| departments.iter().position(|known| known == id);
    let allowed = program.pairs.iter().filter_map(|pair| number(&pair.home).zip(number(&pair.host)));
    let must = program.must.iter().filter_map(|must| {
        let visitor = match &must.person {
            Some(id) => Visitor::Person(people.iter().position(|known| known == id)?),
            None => Visitor::Department(number(&must.home)?),
        };
        Some(Must { visitor, host: number(&must.host)?, least: must.least, weeks: None })
    });
    Program {
        weeks: program.weeks,
        length: match program.length {
            VisitLength::Weeks(weeks) => Length::Weeks(weeks),
            VisitLength::Days(days) => Length::Days(days),
        },
        working_days: days::working_days(weekdays),
        period_weeks: program.period_weeks,
        due: program.due,
        most: program.most,
        allowed: allowed.collect(),
        cell_target: program.pair_target,
        closed: spans(program, &program.closed),
        must: must.collect(),
        weights: Weights::default(),
    }
}

/// Weeks as numbers, as far as they are among those planned.
fn spans(program: &RotationProgram, list: &[WeekSpan]) -> Vec<Weeks> {
    list.iter().filter_map(|span| touched(program, span.first.monday(), span.last.sunday())).collect()
}

fn touched(program: &RotationProgram, from: Day, until: Day) -> Option<Weeks> {
    let (first, last) = days::weeks_touched(program.first, program.weeks, from, until)?;
    Some(Weeks { first, last })
}

fn department(
    program: &RotationProgram,
    id: &DepartmentId,
    departments: &[DepartmentId],
    facts: &Facts,
) -> Department {
    let rule = program.departments.iter().find(|rule| rule.department == *id);
    let mut walked: BTreeMap<usize, u32> = BTreeMap::new();
    for visit in facts.others.iter().flat_map(|rotation| rotation.visits.values()) {
        let host = departments.iter().position(|known| *known == visit.placed.host);
        if let Some(host) = host.filter(|_| visit.placed.home == *id && visit.is_over(facts.today)) {
            *walked.entry(host).or_default() += 1;
        }
    }
    let said = rule.into_iter().flat_map(|rule| &rule.capacity_in);
    let said = said.filter_map(|other| {
        let weeks = touched(program, other.first.monday(), other.last.sunday())?;
        Some(Capacity { weeks, visitors: other.capacity })
    });
    let free = |(week, taken): (u32, u32)| {
        let capacity = rule.map_or(CAPACITY, |rule| rule.capacity_at(program.first.plus(week.cast_signed())));
        Capacity { weeks: Weeks { first: week, last: week }, visitors: capacity.saturating_sub(taken) }
    };
    Department {
        capacity: rule.map_or(CAPACITY, |rule| rule.capacity),
        // The last that holds a week counts: what is left beside other rotations stands after what was said.
        capacity_in: said.chain(taken(program, id, facts).into_iter().map(free)).collect(),
        cover: rule.map_or(COVER, |rule| rule.cover),
        peaks: rule.map(|rule| spans(program, &rule.peaks)).unwrap_or_default(),
        no_hosting: Vec::new(),
        no_sending: Vec::new(),
        walked: walked.into_iter().collect(),
    }
}

/// How many places of a host visitors of other rotations take, in the weeks in which something new may begin.
fn taken(program: &RotationProgram, host: &DepartmentId, facts: &Facts) -> BTreeMap<u32, u32> {
    let mut parts: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for placed in facts.elsewhere.iter().filter(|placed| placed.host == *host) {
        for part in facts.parts(program, placed.from, placed.until) {
            *parts.entry(part).or_default() += 1;
        }
    }
    let open = closed_before(program, facts.today);
    let mut weeks: BTreeMap<u32, u32> = BTreeMap::new();
    for ((week, _), visitors) in parts.into_iter().filter(|((week, _), _)| *week >= open) {
        let most = weeks.entry(week).or_default();
        *most = visitors.max(*most);
    }
    weeks
}

fn person(
    rotation: &Rotation,
    one: &Member,
    home: usize,
    departments: &[DepartmentId],
    facts: &Facts,
) -> Person {
    let program = &rotation.program.what;
    let number = |id: &DepartmentId| departments.iter().position(|known| known == id);
    let wishes = program.wishes.iter().filter(|wish| wish.person == one.id).filter_map(|wish| {
        let host = number(&wish.host).filter(|host| *host != home)?;
        Some(Wish { host, strength: wish.strength })
    });
    let been: BTreeSet<usize> = facts
        .others
        .iter()
        .flat_map(|rotation| rotation.visits.values())
        .filter(|visit| visit.placed.visitor == one.id && visit.is_over(facts.today))
        .filter_map(|visit| number(&visit.placed.host))
        .collect();
    let (absent, absent_parts) = absent(rotation, one, facts);
    let joins = !program.stays_home.contains(&one.id);
    Person { home, joins, absent, absent_parts, wishes: wishes.collect(), been: been.into_iter().collect() }
}

/// When a person is not there: whole weeks, and parts of others. A visit that was made was made, whatever was noted since.
fn absent(rotation: &Rotation, one: &Member, facts: &Facts) -> (Vec<Weeks>, Vec<Part>) {
    let program = &rotation.program.what;
    let end = program.first.plus(i32::try_from(program.weeks).unwrap_or(0)).monday();
    let noted = facts.absences.iter().filter(|absence| absence.person == one.id);
    let noted = noted.map(|absence| (absence.from, absence.until));
    let elsewhere = facts.elsewhere.iter().filter(|placed| placed.visitor == one.id);
    let elsewhere = elsewhere.map(|placed| (placed.from, placed.until));
    let left = one.left.map(|last| (last.plus(1), end));
    let spans = noted.chain(elsewhere).chain(left);
    let mut parts: BTreeSet<(u32, u32)> =
        spans.flat_map(|(from, until)| facts.parts(program, from, until)).collect();
    for visit in rotation.visits.values() {
        if visit.placed.visitor == one.id && visit.is_over(facts.today) {
            for made in facts.parts(program, visit.placed.from, visit.placed.until) {
                parts.remove(&made);
            }
        }
    }
    let of_a_week = match program.length {
        VisitLength::Weeks(_) => 1,
        VisitLength::Days(days) => days::working_days(facts.weekdays) / days.max(1),
    };
    let (mut whole, mut some): (Vec<Weeks>, Vec<Part>) = (Vec::new(), Vec::new());
    let weeks: BTreeSet<u32> = parts.iter().map(|(week, _)| *week).collect();
    for week in weeks {
        let found = parts.range((week, 0)..=(week, u32::MAX));
        if u32::try_from(found.clone().count()).unwrap_or(u32::MAX) < of_a_week {
            some.extend(found.map(|(week, part)| Part { week: *week, part: *part }));
            continue;
        }
        match whole.last_mut() {
            Some(run) if run.last.saturating_add(1) == week => run.last = week,
            _ => whole.push(Weeks { first: week, last: week }),
        }
    }
    (whole, some)
}

/// The groups that go together. Whoever is left alone goes alone; and a group that has gone apart already is none any more.
fn buddies(rotation: &Rotation, people: &[PersonId], today: Day) -> Vec<Vec<usize>> {
    let begun: Vec<&Placed> = rotation
        .planned()
        .into_iter()
        .map(|visit| &visit.placed)
        .filter(|placed| placed.from <= today)
        .collect();
    let together = |group: &&Vec<PersonId>| {
        begun.iter().filter(|placed| group.contains(&placed.visitor)).all(|placed| {
            group.iter().all(|person| {
                begun.iter().any(|other| {
                    (&other.visitor, &other.host, other.from) == (person, &placed.host, placed.from)
                })
            })
        })
    };
    let number = |id: &PersonId| people.iter().position(|known| known == id);
    let groups = rotation.program.what.buddies.iter().filter(together);
    let groups = groups.map(|group| group.iter().filter_map(number).collect::<Vec<_>>());
    groups.filter(|group| group.len() > 1).collect()
}
