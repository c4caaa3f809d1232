//! When nothing fits: which rules clash, in counts, and what would help.

use plaza_rotation::generate::small;
use plaza_rotation::{
    Breach, Clash, Instance, Length, Loss, Lost, MustCount, Outcome, Relaxation, Visitor, Wish, explain,
    search,
};

use crate::support::{at, budget, go_on, must, plain, weeks};

fn clashes(instance: &Instance) -> Vec<Clash> {
    let explanation = explain(instance, budget(20_000, 1), &go_on).expect("a valid instance");
    explanation.map(|explanation| explanation.clashes).unwrap_or_default()
}

#[test]
fn where_something_fits_there_is_nothing_to_explain() {
    let mut instance = plain(2, 4, &[0, 0, 1]);
    instance.program.must = vec![must(0, 1, 2)];
    assert_eq!(clashes(&instance), []);
}

/// Sales have 26 people and 13 weeks: 338 person-weeks.
#[test]
fn every_person_week_is_lost_to_something() {
    let mut instance = plain(3, 13, &[0; 26]);
    instance.program.must = vec![must(0, 1, 4), must(0, 2, 1)];
    instance.departments[1].peaks = vec![weeks(0, 6)];
    instance.departments[0].peaks = vec![weeks(6, 7)];
    instance.people.iter_mut().for_each(|person| person.absent = vec![weeks(8, 12)]);
    // A second pair that can happen is none of its business.
    instance.people[0].absent.clear();
    instance.people[0].joins = false;
    instance.people[25].absent = vec![weeks(9, 12)];
    instance.departments[1].no_hosting = vec![weeks(8, 8)];
    let found = clashes(&instance);
    let lost = |to, spots| Lost { to, spots };
    let lost = vec![
        lost(Loss::DoesNotJoin, 13),
        lost(Loss::HostPeak, 25 * 7),
        lost(Loss::HostShut, 25),
        lost(Loss::HomePeak, 25),
        lost(Loss::Absent, 25 * 4),
    ];
    let count = MustCount { must: 0, least: 4, spots: 338, lost, left: 0, at_most: 0 };
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].musts, [count]);
    assert!(found[0].proven);
    // The host's own peak leaves six weeks, the home's none: week 7 alone is one visit, week 8 is only for person 25.
    let expected = [
        Relaxation::Peak { department: 1, weeks: vec![weeks(0, 6)] },
        Relaxation::Fewer { must: 0, least: 0 },
    ];
    assert_eq!(found[0].relaxations, expected);
}

#[test]
fn two_pairs_that_share_a_host_clash_together() {
    let mut instance = plain(4, 2, &[0, 0, 1, 3]);
    // The third has nothing to do with it.
    instance.program.must = vec![must(0, 2, 2), must(3, 0, 1), must(1, 2, 1)];
    instance.people[0].wishes = vec![Wish { host: 1, strength: 3 }];
    let found = clashes(&instance);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].musts.iter().map(|count| count.must).collect::<Vec<_>>(), [0, 2]);
    assert!(!found[0].proven, "each for itself could happen");
    assert_eq!(found[0].musts[0].at_most, 2);
    let expected = [
        Relaxation::Capacity { host: 2, more: 1 },
        Relaxation::Fewer { must: 0, least: 1 },
        Relaxation::Fewer { must: 2, least: 0 },
    ];
    assert_eq!(found[0].relaxations, expected);
}

#[test]
fn two_clashes_are_told_apart() {
    let mut instance = plain(4, 3, &[0, 1, 2]);
    instance.program.must = vec![must(0, 3, 2), must(1, 2, 1), must(3, 1, 1)];
    let found = clashes(&instance);
    assert_eq!(found.iter().map(|clash| clash.musts[0].must).collect::<Vec<_>>(), [0, 2]);
    // One person, and nobody at all.
    assert_eq!((found[0].musts[0].left, found[0].musts[0].at_most), (3, 1));
    assert_eq!((found[1].musts[0].spots, found[1].musts[0].at_most), (0, 0));
    assert_eq!(found[0].relaxations, [Relaxation::Fewer { must: 0, least: 1 }]);
}

/// Spoils a pair that could happen and looks for what would help.
#[track_caller]
fn is_helped(spoil: impl FnOnce(&mut Instance), loss: Option<Loss>, expected: &[Relaxation]) {
    let mut instance = plain(3, 4, &[0, 0, 1]);
    instance.program.must = vec![must(0, 1, 2)];
    assert_eq!(clashes(&instance), []);
    spoil(&mut instance);
    let found = clashes(&instance);
    assert_eq!(found.len(), 1);
    let losses: Vec<Loss> = found[0].musts[0].lost.iter().map(|lost| lost.to).collect();
    assert_eq!(losses, loss.into_iter().collect::<Vec<_>>());
    let helpful = found[0].relaxations.iter();
    let helpful: Vec<_> =
        helpful.filter(|other| !matches!(other, Relaxation::Fewer { .. })).cloned().collect();
    assert_eq!(helpful, expected);
}

#[test]
fn each_kind_of_relaxation_is_found() {
    is_helped(
        |bad| bad.program.allowed.retain(|pair| *pair != (0, 1)),
        Some(Loss::NotAllowed),
        &[Relaxation::Allow { home: 0, host: 1 }],
    );
    is_helped(
        |bad| bad.program.closed = vec![weeks(0, 1), weeks(2, 3)],
        Some(Loss::Closed),
        &[Relaxation::Open { weeks: vec![weeks(0, 1)] }, Relaxation::Open { weeks: vec![weeks(2, 3)] }],
    );
    is_helped(
        |bad| bad.departments[1].no_hosting = vec![weeks(0, 0), weeks(1, 3)],
        Some(Loss::HostShut),
        &[Relaxation::Hosting { host: 1, weeks: vec![weeks(1, 3)] }],
    );
    is_helped(
        |bad| bad.departments[0].no_sending = vec![weeks(0, 3)],
        Some(Loss::HomeShut),
        &[Relaxation::Sending { home: 0, weeks: vec![weeks(0, 3)] }],
    );
    is_helped(
        |bad| bad.departments[0].cover = 2,
        Some(Loss::HomeCover),
        &[Relaxation::Cover { home: 0, fewer: 1 }],
    );
    is_helped(
        |bad| bad.departments[1].capacity = 0,
        Some(Loss::HostFull),
        &[Relaxation::Capacity { host: 1, more: 1 }],
    );
    is_helped(
        |bad| (bad.program.due, bad.program.most) = (0, 0),
        Some(Loss::Most),
        &[Relaxation::Most { visits: 1 }],
    );
}

#[test]
fn periods_buddies_pins_and_weeks_can_be_what_stands_in_the_way() {
    is_helped(
        |bad| {
            bad.program.most = 2;
            bad.people.remove(1);
        },
        None,
        &[Relaxation::Period { weeks: 3 }],
    );
    is_helped(
        |bad| {
            bad.program.period_weeks = 2;
            bad.people.remove(1);
        },
        None,
        &[Relaxation::Most { visits: 2 }],
    );
    is_helped(|bad| bad.buddies = vec![vec![0, 2]], Some(Loss::Buddy), &[Relaxation::Part { group: 0 }]);
    is_helped(
        |bad| {
            bad.program.most = 2;
            bad.pinned = vec![at(0, 2, 0), at(2, 2, 1)];
        },
        Some(Loss::Pinned),
        &[Relaxation::Period { weeks: 3 }, Relaxation::Unpin { placements: vec![at(0, 2, 0)] }],
    );
    is_helped(
        |bad| bad.program.must[0].weeks = Some(weeks(2, 2)),
        None,
        &[Relaxation::Capacity { host: 1, more: 1 }, Relaxation::AnyWeek { must: 0 }],
    );
    is_helped(
        |bad| {
            bad.program.length = Length::Weeks(3);
            bad.program.must[0].visitor = Visitor::Person(0);
            bad.program.must[0].least = 1;
            bad.program.must[0].weeks = Some(weeks(2, 3));
        },
        Some(Loss::BeyondPlan),
        &[Relaxation::AnyWeek { must: 0 }],
    );
}

/// What is said of random instances holds: counts add up, and what clashes does so as a whole and only as a whole.
#[test]
fn what_has_begun_is_never_offered_to_be_given_up() {
    let mut instance = plain(3, 4, &[0, 1, 2]);
    instance.program.must = vec![must(0, 1, 1)];
    instance.pinned = vec![at(0, 2, 0), at(1, 2, 2)];
    let unpinned = |instance: &Instance| {
        let helps = clashes(instance).into_iter().flat_map(|clash| clash.relaxations);
        helps.filter(|help| matches!(help, Relaxation::Unpin { .. })).collect::<Vec<_>>()
    };
    assert_eq!(unpinned(&instance), [Relaxation::Unpin { placements: vec![at(0, 2, 0)] }]);
    instance.closed_before = 1;
    assert_eq!(unpinned(&instance), []);
}

#[test]
fn explanations_of_random_instances_hold() {
    let (mut explained, mut proven) = (0, 0);
    for seed in 0..150 {
        let instance = small(seed);
        let outcome = search(&instance, budget(20_000, 2), &go_on).expect("a valid instance");
        let found = clashes(&instance);
        let Outcome::NothingFits { unmet } = outcome else {
            assert_eq!(found, [], "{seed}");
            continue;
        };
        assert!(unmet.iter().all(|breach| matches!(breach, Breach::MustUnmet { .. })));
        assert!(!found.is_empty(), "{seed}");
        for clash in &found {
            explained += 1;
            proven += u32::from(clash.proven);
            for count in &clash.musts {
                let lost: u32 = count.lost.iter().map(|lost| lost.spots).sum();
                assert_eq!(lost + count.left, count.spots, "{seed}");
                let only = clash.musts.len() == 1;
                assert!(only || count.at_most >= count.least, "{seed}: one alone would do");
            }
            let fewer = clash.relaxations.iter().filter(|other| matches!(other, Relaxation::Fewer { .. }));
            assert_eq!(fewer.count(), clash.musts.len(), "{seed}: less often always helps");
        }
    }
    assert!(explained > 25 && proven > 15, "{explained} clashes, {proven} proven");
}
