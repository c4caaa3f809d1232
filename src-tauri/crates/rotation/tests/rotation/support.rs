//! What the tests share.

use std::num::NonZero;
use std::ops::ControlFlow;

use plaza_rotation::{Budget, Instance, Outcome, Progress, Schedule, search};

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
