//! Random instances against the checker.

use std::num::NonZero;
use std::sync::atomic::{AtomicU64, Ordering};

use plaza_rotation::generate::{small, told_of};
use plaza_rotation::{
    Breach, Budget, Change, Instance, Outcome, Part, Replanned, Told, Weeks, check, replan, search, validate,
};

use crate::support::{budget, go_on};

const INSTANCES: u64 = 10_000;

/// The search asserts for itself that its score is the checker's.
#[test]
fn ten_thousand_random_instances_break_no_hard_rule() {
    let (next, found, short, away) =
        (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= INSTANCES {
                return;
            }
            let (schedule, unmet) = one(seed);
            found.fetch_add(schedule, Ordering::Relaxed);
            short.fetch_add(u64::from(unmet), Ordering::Relaxed);
            away.fetch_add(u64::from(schedule > 0), Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    // That the instances ask for something at all.
    let (found, short, away) = (found.into_inner(), short.into_inner(), away.into_inner());
    assert!(found > 30_000 && away > 5_000 && short > 500, "{found} placements, {away} plans, {short} short");
}

/// Every second person misses a part of a week.
fn half_weeks(instance: &mut Instance, seed: u64) {
    let (weeks, parts) = (instance.program.weeks, instance.program.parts());
    for (number, person) in (0_u32..).zip(&mut instance.people).step_by(2) {
        let week = (seed as u32).wrapping_mul(7).wrapping_add(number * 3) % weeks;
        person.absent_parts.push(Part { week, part: (number / 2) % parts });
    }
}

/// Placements found for a seed, the second round of half of them with what was found pinned or told; and whether something
/// must happen that cannot.
fn one(seed: u64) -> (u64, bool) {
    let mut instance = small(seed);
    if seed.is_multiple_of(3) {
        half_weeks(&mut instance, seed);
    }
    let few = Budget { threads: NonZero::<usize>::MIN, ..budget(1_500, 1) };
    let mut placements =
        match search(&instance, few, &go_on).unwrap_or_else(|fault| panic!("{seed}: {fault}")) {
            Outcome::Found(schedule) => schedule.placements,
            Outcome::NothingFits { unmet } => {
                assert!(!unmet.is_empty());
                return (0, true);
            }
        };
    if seed.is_multiple_of(2) {
        // A part of it is pinned or was told, and the plan is made again.
        let part = told_of(&placements, seed);
        if seed.is_multiple_of(4) && instance.buddies.is_empty() {
            instance.pinned = part;
        } else {
            instance.told = Some(Told { placements: part, until: 3, free: vec![0] });
            instance.closed_before = 2;
        }
        validate(&instance).unwrap_or_else(|fault| panic!("{seed}: {fault}"));
        match search(&instance, few, &go_on).unwrap_or_else(|fault| panic!("{seed}: {fault}")) {
            Outcome::Found(schedule) => placements = schedule.placements,
            Outcome::NothingFits { unmet } => {
                assert!(unmet.iter().all(|breach| matches!(breach, Breach::MustUnmet { .. })));
                return (0, true);
            }
        }
    }
    let report = check(&instance, &placements);
    assert!(report.breaches.is_empty(), "{seed}: {:?}", report.breaches);
    (placements.len() as u64, false)
}

/// Somebody falls ill in each of these plans; whoever else is moved is moved by a rule.
#[test]
fn plans_made_anew_are_sound_and_move_nobody_without_a_reason() {
    let (mut anew, mut touched) = (0, 0);
    let few = Budget { threads: NonZero::<usize>::MIN, ..budget(1_500, 2) };
    for seed in 20_000..21_000 {
        let instance = small(seed);
        let Ok(Outcome::Found(schedule)) = search(&instance, few, &go_on) else { continue };
        let Some(visit) = schedule.placements.iter().rev().find(|visit| visit.week > 0) else { continue };
        let weeks = Weeks { first: visit.week, last: instance.program.weeks - 1 };
        let change = Change { from: visit.week, absent: vec![(visit.person, weeks)], ..Change::default() };
        let plan = match replan(&instance, &schedule.placements, &change, few, &go_on) {
            Ok(Replanned::Found(plan)) => plan,
            Ok(Replanned::NothingFits { .. }) => continue,
            Err(error) => panic!("{seed}: {error}"),
        };
        anew += 1;
        assert_eq!(check(&plan.instance, &plan.schedule.placements).breaches, [], "{seed}");
        for moved in plan.moved.iter().filter(|moved| !moved.concerned) {
            touched += 1;
            let musts = &plan.instance.program.must;
            let steps_in = moved.new.iter().any(|new| musts.iter().any(|must| must.host == new.host));
            assert!(!moved.because.is_empty() || steps_in, "{seed}: {moved:?}");
        }
    }
    assert!(anew > 400 && touched > 20, "{anew} plans anew, {touched} others moved");
}
