//! What the tests share.

use std::num::NonZero;
use std::ops::ControlFlow;

use plaza_rotation::{
    Budget, Department, Instance, Length, Must, Outcome, Person, Placement, Program, Progress, Schedule,
    Visitor, Weeks, Weights, search,
};

/// Nobody watches.
pub(crate) fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub(crate) fn budget(iterations: u64, seeds: u32) -> Budget {
    let of = |number: u32| NonZero::new(number).expect("a test gives at least one");
    Budget { iterations, seeds: of(seeds), first_seed: 1, threads: NonZero::new(2).expect("two") }
}

/// The schedule of an instance that has one.
pub(crate) fn solve(instance: &Instance, iterations: u64, seeds: u32) -> Schedule {
    match search(instance, budget(iterations, seeds), &go_on).expect("a valid instance") {
        Outcome::Found(schedule) => schedule,
        Outcome::NothingFits { unmet } => panic!("nothing fits: {unmet:?}"),
    }
}

/// A schedule's worth of departments that allow everything: `homes[n]` is the home of person `n`, every department takes one
/// visitor at a time and needs nobody, visits take a week, one is due and one allowed.
pub(crate) fn plain(departments: usize, weeks: u32, homes: &[usize]) -> Instance {
    let pairs = (0..departments).flat_map(|home| (0..departments).map(move |host| (home, host)));
    Instance {
        program: Program {
            weeks,
            length: Length::Weeks(1),
            working_days: 5,
            period_weeks: weeks,
            due: 1,
            most: 1,
            allowed: pairs.filter(|(home, host)| home != host).collect(),
            cell_target: 1,
            closed: Vec::new(),
            must: Vec::new(),
            weights: Weights::default(),
        },
        departments: vec![Department { capacity: 1, ..Department::default() }; departments],
        people: homes
            .iter()
            .map(|home| Person {
                home: *home,
                joins: true,
                absent: Vec::new(),
                absent_parts: Vec::new(),
                wishes: Vec::new(),
                been: Vec::new(),
            })
            .collect(),
        buddies: Vec::new(),
        pinned: Vec::new(),
        told: None,
        closed_before: 0,
    }
}

pub(crate) fn at(person: usize, host: usize, week: u32) -> Placement {
    Placement { person, host, week, part: 0 }
}

pub(crate) fn weeks(first: u32, last: u32) -> Weeks {
    Weeks { first, last }
}

pub(crate) fn must(home: usize, host: usize, least: u32) -> Must {
    Must { visitor: Visitor::Department(home), host, least, weeks: None }
}
