//! The hard rules.

use std::collections::BTreeMap;

use super::Breach;
use crate::model::{Department, Instance, Placement, Visitor, Weeks};

pub(super) fn breaches(instance: &Instance, placements: &[Placement]) -> Vec<Breach> {
    let mut found = standing(instance, placements);
    for &placement in &instance.pinned {
        if !placements.contains(&placement) {
            found.push(Breach::PinMissing { placement });
        }
    }
    musts(instance, placements, &mut found);
    found
}

/// The rules that placements break by being there: all but those that ask for more placements.
pub(super) fn standing(instance: &Instance, placements: &[Placement]) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut sound = Vec::new();
    for &placement in placements {
        let known = placement.person < instance.people.len() && placement.host < instance.departments.len();
        if !known {
            found.push(Breach::Unknown { placement });
        } else if outside(instance, placement) {
            found.push(Breach::Outside { placement });
        } else {
            one(instance, placement, &mut found);
            sound.push(placement);
        }
    }
    hosts(instance, &sound, &mut found);
    homes(instance, &sound, &mut found);
    persons(instance, &sound, &mut found);
    buddies(instance, &sound, &mut found);
    found
}

fn outside(instance: &Instance, placement: Placement) -> bool {
    instance.program.weeks_of(placement.week).end > instance.program.weeks
        || placement.part >= instance.program.parts()
}

fn among(list: &[Weeks], week: u32) -> bool {
    list.iter().any(|weeks| weeks.contains(week))
}

/// The rules that a placement breaks by itself.
fn one(instance: &Instance, placement: Placement, found: &mut Vec<Breach>) {
    let program = &instance.program;
    let person = &instance.people[placement.person];
    let (home, host) = (&instance.departments[person.home], &instance.departments[placement.host]);
    let told = instance.told.iter().any(|told| told.placements.contains(&placement));
    if placement.week < instance.closed_before && !told && !instance.pinned.contains(&placement) {
        found.push(Breach::TooEarly { placement });
    }
    if !person.joins {
        found.push(Breach::DoesNotJoin { placement });
    }
    if !program.allowed.contains(&(person.home, placement.host)) {
        found.push(Breach::NotAllowed { placement });
    }
    for week in program.weeks_of(placement.week) {
        if among(&program.closed, week) {
            found.push(Breach::Closed { placement, week });
        }
        let peak = among(&host.peaks, week);
        if peak || among(&host.no_hosting, week) {
            found.push(Breach::HostShut { placement, week, peak });
        }
        let peak = among(&home.peaks, week);
        if peak || among(&home.no_sending, week) {
            found.push(Breach::HomeShut { placement, week, peak });
        }
        if person.is_absent(week, placement.part) {
            found.push(Breach::Absent { placement, week });
        }
    }
}

/// Every part of every week in which somebody is away, with the placements that fall into it.
fn moments(instance: &Instance, placements: &[Placement]) -> BTreeMap<(u32, u32), Vec<Placement>> {
    let mut moments: BTreeMap<(u32, u32), Vec<Placement>> = BTreeMap::new();
    for &placement in placements {
        for week in instance.program.weeks_of(placement.week) {
            moments.entry((week, placement.part)).or_default().push(placement);
        }
    }
    moments
}

fn capacity(department: &Department, week: u32) -> u32 {
    let other = department.capacity_in.iter().rev().find(|capacity| capacity.weeks.contains(week));
    other.map_or(department.capacity, |capacity| capacity.visitors)
}

fn hosts(instance: &Instance, placements: &[Placement], found: &mut Vec<Breach>) {
    for ((week, part), there) in moments(instance, placements) {
        for (host, department) in instance.departments.iter().enumerate() {
            let visitors = there.iter().filter(|placement| placement.host == host).count() as u32;
            let capacity = capacity(department, week);
            if visitors > capacity {
                found.push(Breach::HostFull { host, week, part, visitors, capacity });
            }
        }
    }
}

fn homes(instance: &Instance, placements: &[Placement], found: &mut Vec<Breach>) {
    for ((week, part), away) in moments(instance, placements) {
        let mut sent: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for placement in away {
            sent.entry(instance.people[placement.person].home).or_default().push(placement.person);
        }
        for (home, sent) in sent {
            let there = instance.people.iter().enumerate().filter(|(number, person)| {
                person.home == home && !sent.contains(number) && !person.is_absent(week, part)
            });
            let there = there.count() as u32;
            let cover = instance.departments[home].cover;
            if there < cover {
                found.push(Breach::HomeBare { home, week, part, there, cover });
            }
        }
    }
}

fn persons(instance: &Instance, placements: &[Placement], found: &mut Vec<Breach>) {
    let program = &instance.program;
    let mut by_person: BTreeMap<usize, Vec<Placement>> = BTreeMap::new();
    for &placement in placements {
        by_person.entry(placement.person).or_default().push(placement);
    }
    for (person, mut own) in by_person {
        own.sort_by_key(|placement| (placement.week, placement.part));
        for (number, &first) in own.iter().enumerate() {
            for &second in own.iter().skip(number + 1) {
                let apart = first.part != second.part
                    || program.weeks_of(first.week).end <= second.week
                    || program.weeks_of(second.week).end <= first.week;
                if !apart {
                    found.push(Breach::Overlap { first, second });
                }
            }
        }
        let mut periods: BTreeMap<u32, u32> = BTreeMap::new();
        for placement in &own {
            *periods.entry(placement.week / program.period_weeks.max(1)).or_default() += 1;
        }
        for (period, visits) in periods.into_iter().filter(|(_, visits)| *visits > 1) {
            found.push(Breach::Period { person, period, visits });
        }
        if own.len() as u32 > program.most {
            found.push(Breach::TooMany { person, visits: own.len() as u32, most: program.most });
        }
    }
}

fn buddies(instance: &Instance, placements: &[Placement], found: &mut Vec<Breach>) {
    for &placement in placements {
        let groups = instance.buddies.iter().filter(|group| group.contains(&placement.person));
        for &buddy in groups.flatten().filter(|buddy| **buddy != placement.person) {
            if !placements.contains(&Placement { person: buddy, ..placement }) {
                found.push(Breach::BuddyMissing { placement, buddy });
            }
        }
    }
}

fn musts(instance: &Instance, placements: &[Placement], found: &mut Vec<Breach>) {
    for (must, rule) in instance.program.must.iter().enumerate() {
        let sound = placements
            .iter()
            .filter(|placement| placement.person < instance.people.len() && !outside(instance, **placement));
        let visits = sound.filter(|placement| {
            let visitor = match rule.visitor {
                Visitor::Person(person) => placement.person == person,
                Visitor::Department(home) => instance.people[placement.person].home == home,
            };
            visitor
                && placement.host == rule.host
                && rule.weeks.is_none_or(|weeks| weeks.contains(placement.week))
        });
        let visits = visits.count() as u32;
        if visits < rule.least {
            found.push(Breach::MustUnmet { must, visits, least: rule.least });
        }
    }
}
