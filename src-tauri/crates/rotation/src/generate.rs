//! Instances from a seed, for tests and measurements: random small ones that meet every rule in every corner, and companies
//! that look like companies.

use crate::model::{
    Capacity, Department, Instance, Length, Must, Person, Placement, Program, Visitor, Weeks, Weights, Wish,
};
use crate::rng::Rng;

/// A small instance in which anything may be anything: up to 12 people, 4 departments, 13 weeks. Valid but for its pinned
/// placements, of which it has none. What must happen may be impossible.
pub fn small(seed: u64) -> Instance {
    let mut rng = Rng::new(seed);
    let weeks = 4 + rng.below(10) as u32;
    let departments = 2 + rng.below(3);
    let working_days = 5;
    let length = match rng.below(5) {
        0 => Length::Days(1 + rng.below(4) as u32),
        1 => Length::Weeks(2),
        2 => Length::Weeks(3),
        _ => Length::Weeks(1),
    };
    let range = |rng: &mut Rng| {
        let first = rng.below(weeks as usize) as u32;
        Weeks { first, last: (first + rng.below(3) as u32).min(weeks - 1) }
    };
    let some =
        |rng: &mut Rng, most: usize| -> Vec<Weeks> { (0..rng.below(most + 1)).map(|_| range(rng)).collect() };
    let mut list: Vec<Department> = Vec::new();
    for _ in 0..departments {
        let other = some(&mut rng, 1);
        list.push(Department {
            capacity: rng.below(3) as u32 + u32::from(rng.chance(1, 2)),
            capacity_in: other.into_iter().map(|weeks| Capacity { weeks, visitors: 1 }).collect(),
            cover: rng.below(3).saturating_sub(1) as u32,
            peaks: if rng.chance(1, 2) { some(&mut rng, 1) } else { Vec::new() },
            no_hosting: some(&mut rng, 1),
            no_sending: some(&mut rng, 1),
            walked: if rng.chance(1, 4) { vec![(rng.below(departments), 1)] } else { Vec::new() },
        });
    }
    let people: Vec<Person> = (0..3 + rng.below(10))
        .map(|_| Person {
            home: rng.below(departments),
            joins: !rng.chance(1, 8),
            absent: some(&mut rng, 2),
            absent_parts: Vec::new(),
            wishes: wishes(&mut rng, departments, 2),
            been: if rng.chance(1, 4) { vec![rng.below(departments)] } else { Vec::new() },
        })
        .collect();
    let allowed: Vec<(usize, usize)> = pairs(departments).filter(|_| !rng.chance(1, 10)).collect();
    let mut must = Vec::new();
    let musts = rng.pick(&[0, 0, 0, 1, 1, 2]).unwrap_or(0);
    for _ in 0..musts {
        let host = rng.below(departments);
        let home = (host + 1 + rng.below(departments - 1)) % departments;
        let person = rng.below(people.len());
        let by_person = rng.chance(1, 3) && people[person].home != host;
        let visitor = if by_person { Visitor::Person(person) } else { Visitor::Department(home) };
        let weeks = if rng.chance(1, 3) { some(&mut rng, 1).pop() } else { None };
        must.push(Must { visitor, host, least: 1 + rng.below(2) as u32, weeks });
    }
    let due = 1 + rng.below(2) as u32;
    let program = Program {
        weeks,
        length,
        working_days,
        period_weeks: 1 + rng.below(6) as u32,
        due,
        most: due + rng.below(2) as u32,
        allowed,
        cell_target: 1 + rng.below(2) as u32,
        closed: some(&mut rng, 1),
        must,
        weights: Weights::default(),
    };
    let buddies = if rng.chance(1, 3) { vec![vec![0, 1]] } else { Vec::new() };
    let mut instance = Instance {
        program,
        departments: list,
        people,
        buddies,
        pinned: Vec::new(),
        told: None,
        closed_before: 0,
    };
    if rng.chance(1, 6) {
        instance.closed_before = rng.below(3) as u32;
    }
    instance
}

/// A company: departments of different sizes with summer and year-end peaks, holidays, wishes, a few pairs of buddies and a
/// few pairs that must happen. Visits of one week (of two in every third seed), one in a quarter, one due in half a year.
pub fn company(people: usize, departments: usize, weeks: u32, seed: u64) -> Instance {
    let mut rng = Rng::new(seed);
    // Sizes: departments differ by a factor of about four.
    let shares: Vec<usize> = (0..departments).map(|_| 10 + rng.below(30)).collect();
    let sum: usize = shares.iter().sum::<usize>().max(1);
    let mut homes: Vec<usize> = Vec::new();
    for (home, share) in shares.iter().enumerate() {
        homes.extend(std::iter::repeat_n(home, (people * share / sum).max(1)));
    }
    homes.resize(people, 0);
    let span = if seed.is_multiple_of(3) { 2 } else { 1 };
    let due = weeks.div_ceil(26).max(1);
    // About one tenth less than what is due to all can be hosted: something has to give.
    let seats = people as u32 * due * span * 10 / (weeks * 11);
    let mut list = Vec::new();
    for home in 0..departments {
        let size = homes.iter().filter(|other| **other == home).count() as u32;
        let base = (seats / departments as u32).max(1);
        let first = rng.below((weeks - 2) as usize) as u32;
        let peak = Weeks { first, last: (first + 1 + weeks / 26).min(weeks - 1) };
        let shut = rng.below(weeks as usize) as u32;
        list.push(Department {
            capacity: base + rng.below(2) as u32,
            capacity_in: vec![Capacity { weeks: Weeks { first: shut, last: shut }, visitors: 1 }],
            cover: size * (70 + rng.below(20) as u32) / 100,
            peaks: vec![peak],
            no_hosting: Vec::new(),
            no_sending: Vec::new(),
            walked: Vec::new(),
        });
    }
    let persons: Vec<Person> = homes
        .iter()
        .map(|home| {
            let away = 1 + rng.below(2 + weeks as usize / 26);
            let absent = (0..away).map(|_| {
                let first = rng.below(weeks as usize) as u32;
                Weeks { first, last: (first + rng.below(2) as u32).min(weeks - 1) }
            });
            Person {
                home: *home,
                joins: true,
                absent: absent.collect(),
                absent_parts: Vec::new(),
                wishes: Vec::new(),
                been: Vec::new(),
            }
        })
        .collect();
    let mut instance = Instance {
        program: Program {
            weeks,
            length: Length::Weeks(span),
            working_days: 5,
            period_weeks: 13.min(weeks),
            due,
            most: due + 1,
            allowed: pairs(departments).filter(|_| !rng.chance(1, 10)).collect(),
            cell_target: (weeks / 26).max(1),
            closed: Vec::new(),
            must: Vec::new(),
            weights: Weights::default(),
        },
        departments: list,
        people: persons,
        buddies: (0..people / 40).map(|pair| vec![pair * 7, pair * 7 + 3]).collect(),
        pinned: Vec::new(),
        told: None,
        closed_before: 0,
    };
    for person in &mut instance.people {
        person.wishes = wishes(&mut rng, departments, 2);
        person.wishes.retain(|wish| wish.host != person.home);
    }
    for _ in 0..departments / 3 {
        if let Some((home, host)) = rng.pick(&instance.program.allowed) {
            instance.program.must.push(Must {
                visitor: Visitor::Department(home),
                host,
                least: 2,
                weeks: None,
            });
        }
    }
    instance
}

/// What people were told of a schedule, one of them being ill or not: a part of the placements, in order.
pub fn told_of(placements: &[Placement], seed: u64) -> Vec<Placement> {
    let mut rng = Rng::new(seed);
    placements.iter().copied().filter(|_| rng.chance(4, 5)).collect()
}

fn pairs(departments: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..departments)
        .flat_map(move |home| (0..departments).map(move |host| (home, host)))
        .filter(|(home, host)| home != host)
}

fn wishes(rng: &mut Rng, departments: usize, most: usize) -> Vec<Wish> {
    let mut wishes: Vec<Wish> = Vec::new();
    for _ in 0..rng.below(most + 1) {
        let wish = Wish { host: rng.below(departments), strength: 1 + rng.below(3) as u32 };
        if !wishes.iter().any(|other| other.host == wish.host) {
            wishes.push(wish);
        }
    }
    wishes
}
