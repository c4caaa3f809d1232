//! A seed is an answer; a search is watched and can be stopped.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use plaza_rotation::generate::company;
use plaza_rotation::{Budget, Outcome, Progress, SearchError, explain, search};

use crate::support::{budget, go_on, must, plain, solve};

#[test]
fn a_seed_gives_one_answer_however_many_threads_work() {
    let instance = company(60, 6, 26, 3);
    let with = |threads| {
        let threads = NonZero::new(threads).expect("at least one");
        let outcome = search(&instance, Budget { threads, ..budget(20_000, 5) }, &go_on).expect("valid");
        let Outcome::Found(schedule) = outcome else { panic!("nothing fits") };
        schedule
    };
    let one = with(1);
    for threads in [1, 2, 3, 8] {
        assert_eq!(with(threads), one);
    }
    let other = Budget { first_seed: 99, ..budget(20_000, 1) };
    let Ok(Outcome::Found(other)) = search(&instance, other, &go_on) else { panic!("nothing fits") };
    assert_ne!(other.placements, one.placements, "another seed goes another way");
    assert_eq!(other.seed, 99);
}

/// The answer of a seed is part of the promise: what it was in one version it is in the next, on every system.
#[test]
fn the_answer_of_a_seed_is_known() {
    let schedule = solve(&company(60, 6, 26, 1), 20_000, 1);
    let text = serde_json::to_string(&schedule.placements).expect("plain data");
    // FNV-1a.
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    assert_eq!(
        (schedule.report.score, schedule.placements.len(), hash),
        (160, 60, 8_743_795_761_756_663_050)
    );
}

#[test]
fn more_seeds_are_never_worse() {
    let instance = company(60, 6, 26, 1);
    let scores: Vec<i64> =
        [1, 2, 4].iter().map(|seeds| solve(&instance, 3_000, *seeds).report.score).collect();
    assert!(scores.is_sorted_by(|one, two| one >= two), "{scores:?}");
}

#[test]
fn progress_grows_to_the_whole() {
    let seen = Mutex::new(Vec::new());
    let watch = |progress: Progress| {
        seen.lock().expect("no panic").push(progress.done);
        assert_eq!(progress.total, Some(60_000));
        ControlFlow::Continue(())
    };
    search(&company(60, 6, 26, 1), budget(20_000, 3), &watch).expect("valid");
    let seen = seen.into_inner().expect("no panic");
    assert_eq!(seen.iter().max(), Some(&60_000));
    assert!(seen.len() > 50, "{}", seen.len());
}

#[test]
fn a_search_stops_soon_after_it_is_cancelled() {
    let calls = AtomicU64::new(0);
    let watch = |_: Progress| {
        if calls.fetch_add(1, Ordering::Relaxed) < 3 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let endless = budget(u64::MAX / 8, 4);
    assert_eq!(search(&company(500, 12, 52, 1), endless, &watch), Err(SearchError::Cancelled));
    assert!(calls.into_inner() <= 8);
    let mut instance = plain(2, 4, &[0, 1]);
    instance.program.must = vec![must(0, 1, 1), must(1, 0, 1), must(1, 0, 1)];
    instance.people.push(instance.people[0].clone());
    instance.people[0].joins = false;
    instance.program.must[0].least = 2;
    let stop = |_: Progress| ControlFlow::Break(());
    assert_eq!(explain(&instance, budget(5_000, 1), &stop), Err(SearchError::Cancelled));
}

#[test]
fn nobody_and_nothing_can_be_planned_too() {
    let mut instance = plain(2, 4, &[]);
    assert_eq!(solve(&instance, 1_000, 1).placements, []);
    instance.departments.clear();
    instance.program.allowed.clear();
    assert_eq!(solve(&instance, 1_000, 1).report.score, 0);
    // People without a department that would take them.
    let mut instance = plain(1, 4, &[0, 0]);
    instance.program.most = 0;
    instance.program.due = 0;
    assert_eq!(solve(&instance, 1_000, 1).placements, []);
}
