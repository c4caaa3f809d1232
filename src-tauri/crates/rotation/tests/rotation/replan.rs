//! A plan that people know, made anew.

use plaza_rotation::generate::company;
use plaza_rotation::{
    Breach, Change, Instance, Must, Outcome, Part, Placement, Replan, Replanned, SearchError, check, replan,
    search,
};

use crate::support::{at, budget, go_on, must, plain, solve, weeks};

fn ill(person: usize, first: u32, last: u32) -> Change {
    Change { from: first, absent: vec![(person, weeks(first, last))], ..Change::default() }
}

#[track_caller]
fn anew(instance: &Instance, published: &[Placement], change: &Change) -> Replan {
    match replan(instance, published, change, budget(30_000, 2), &go_on).expect("a valid change") {
        Replanned::Found(plan) => {
            assert_eq!(check(&plan.instance, &plan.schedule.placements), plan.schedule.report);
            assert_eq!(plan.schedule.report.breaches, []);
            *plan
        }
        Replanned::NothingFits { .. } => panic!("nothing fits"),
    }
}

#[test]
fn an_illness_moves_only_who_is_ill() {
    let instance = plain(3, 6, &[0, 0, 1, 2]);
    let published = [at(0, 1, 2), at(1, 2, 3), at(2, 0, 2), at(3, 0, 4)];
    let plan = anew(&instance, &published, &ill(0, 2, 3));
    assert_eq!((plan.kept, plan.changes_of_others()), (3, 0));
    assert_eq!(plan.moved.len(), 1);
    let moved = &plan.moved[0];
    assert_eq!((moved.person, moved.concerned, &moved.withdrawn[..]), (0, true, &published[..1]));
    assert_eq!(moved.because, [Breach::Absent { placement: published[0], week: 2 }]);
    assert!(moved.new.len() == 1 && moved.new[0].week >= 4, "{moved:?}");
}

#[test]
fn a_department_that_falls_below_its_cover_calls_one_back_and_offers_another_week() {
    let mut instance = plain(3, 6, &[0, 0, 0, 1]);
    instance.departments[0].cover = 1;
    // Two are away in week 2, and who stayed falls ill.
    let published = [at(0, 1, 2), at(1, 2, 2)];
    let plan = anew(&instance, &published, &ill(2, 2, 2));
    let others: Vec<_> = plan.moved.iter().filter(|moved| !moved.concerned).collect();
    assert_eq!(others.len(), 1);
    assert_eq!(others[0].withdrawn.len(), 1);
    assert_eq!(others[0].because, [Breach::HomeBare { home: 0, week: 2, part: 0, there: 0, cover: 1 }]);
    assert!(others[0].new.len() == 1 && others[0].new[0].week > 2, "{others:?}");
    assert_eq!(plan.changes_of_others(), 2);
}

#[test]
fn what_must_happen_takes_one_other_person_and_no_more() {
    let mut instance = plain(3, 6, &[0, 0, 0, 1, 2]);
    instance.program.must = vec![Must { weeks: Some(weeks(2, 2)), ..must(0, 1, 1) }];
    // Everybody has a visit, so somebody has to give one up for it.
    let published = [at(0, 1, 2), at(1, 2, 3), at(2, 2, 4), at(3, 0, 1), at(4, 0, 5)];
    let plan = anew(&instance, &published, &ill(0, 2, 3));
    let others: Vec<_> = plan.moved.iter().filter(|moved| !moved.concerned).collect();
    assert_eq!(others.len(), 1, "{others:?}");
    assert_eq!((others[0].withdrawn.len(), others[0].new.len()), (1, 1));
    assert_eq!((others[0].new[0].host, others[0].new[0].week), (1, 2));
    assert_eq!(plan.changes_of_others(), 2);
}

#[test]
fn somebody_without_a_visit_steps_in_before_anybody_is_moved() {
    let mut instance = plain(3, 6, &[0, 0, 0, 1, 2]);
    instance.program.must = vec![Must { weeks: Some(weeks(2, 2)), ..must(0, 1, 1) }];
    let published = [at(0, 1, 2), at(1, 2, 3), at(3, 0, 1)];
    let plan = anew(&instance, &published, &ill(0, 2, 3));
    let others: Vec<_> = plan.moved.iter().filter(|moved| !moved.concerned).collect();
    assert_eq!(others.len(), 1);
    assert_eq!((others[0].person, &others[0].new[..]), (2, &[at(2, 1, 2)][..]));
    assert_eq!(plan.changes_of_others(), 1);
}

#[test]
fn what_is_over_or_under_way_stays_and_nothing_begins_in_the_past() {
    let mut instance = plain(3, 8, &[0, 0, 1, 2]);
    instance.program.length = plaza_rotation::Length::Weeks(2);
    // Person 0 is on a visit when they fall ill, person 2 is on one and stays, person 1 is back.
    let published = [at(0, 1, 3), at(1, 2, 0), at(2, 0, 3)];
    let plan = anew(&instance, &published, &ill(0, 4, 4));
    assert_eq!(plan.kept, 2);
    assert!(
        plan.schedule.placements.contains(&at(1, 2, 0)) && plan.schedule.placements.contains(&at(2, 0, 3))
    );
    let new = plan.moved.iter().flat_map(|moved| &moved.new);
    assert!(new.clone().all(|placement| placement.week >= 4), "{:?}", plan.moved);
    assert_eq!(plan.changes_of_others(), 0);
}

#[test]
fn buddies_of_who_is_ill_are_concerned() {
    let mut instance = plain(2, 5, &[0, 0, 1]);
    instance.departments[1].capacity = 2;
    instance.buddies = vec![vec![0, 1]];
    let published = [at(0, 1, 1), at(1, 1, 1), at(2, 0, 2)];
    let plan = anew(&instance, &published, &ill(0, 1, 2));
    assert_eq!(
        plan.moved.iter().map(|moved| (moved.person, moved.concerned)).collect::<Vec<_>>(),
        [(0, true), (1, true)]
    );
    assert_eq!(plan.moved[0].new[0].week, plan.moved[1].new[0].week);
    assert_eq!(plan.changes_of_others(), 0);
}

#[test]
fn a_department_that_shuts_loses_its_visits_and_only_those() {
    let instance = plain(3, 6, &[0, 0, 1, 2]);
    let published = [at(0, 1, 2), at(1, 2, 3), at(2, 0, 2), at(3, 0, 4)];
    let change = Change { from: 1, shut: vec![(1, weeks(2, 5))], ..Change::default() };
    let plan = anew(&instance, &published, &change);
    // Persons 0 (visits it) and 2 (belongs to it).
    assert_eq!(plan.moved.iter().map(|moved| moved.person).collect::<Vec<_>>(), [0, 2]);
    assert!(plan.moved.iter().all(|moved| moved.concerned && !moved.because.is_empty()));
    assert_eq!(plan.changes_of_others(), 0);
}

#[test]
fn whose_visit_was_cancelled_gets_another_and_nobody_else_hears_of_it() {
    let instance = plain(3, 6, &[0, 0, 1, 2]);
    // Person 0 had a visit, which is not among those that stand any more.
    let published = [at(1, 2, 3), at(2, 0, 2), at(3, 0, 4)];
    let plan = anew(&instance, &published, &Change { from: 1, ..Change::default() });
    assert_eq!(plan.moved, [], "unless somebody says so");
    let plan = anew(&instance, &published, &Change { from: 1, concerned: vec![0], ..Change::default() });
    assert_eq!((plan.kept, plan.changes_of_others(), plan.moved.len()), (3, 0, 1));
    let moved = &plan.moved[0];
    assert_eq!((moved.person, moved.concerned, moved.new.len()), (0, true, 1));
}

#[test]
fn a_visit_of_this_week_that_has_not_begun_gives_way_to_an_illness() {
    let mut instance = plain(3, 6, &[0, 0, 1, 2]);
    instance.program.length = plaza_rotation::Length::Days(2);
    // It is Monday of week 2: person 0 is ill until Wednesday, and was to go on Monday and Tuesday; person 2 goes then too, and
    // has begun. New visits begin next week.
    instance.people[0].absent_parts = vec![Part { week: 2, part: 0 }];
    instance.closed_before = 3;
    instance.pinned = vec![at(2, 0, 2)];
    let later = Placement { part: 1, ..at(1, 2, 2) };
    let published = [at(0, 1, 2), later, at(2, 0, 2)];
    let plan = anew(&instance, &published, &Change { from: 2, concerned: vec![0], ..Change::default() });
    assert_eq!((plan.kept, plan.moved.len()), (2, 1));
    assert_eq!(plan.moved[0].because, [Breach::Absent { placement: published[0], week: 2 }]);
    assert!(plan.moved[0].new.iter().all(|new| new.week >= 3), "{:?}", plan.moved);
    assert!(plan.schedule.placements.contains(&later), "the other part of the week is another matter");
}

#[test]
fn pins_of_the_future_stand_unless_a_rule_forbids_them() {
    let mut instance = plain(3, 6, &[0, 0, 1]);
    instance.pinned = vec![at(0, 1, 2), at(2, 0, 4)];
    let plan = anew(&instance, &[at(0, 1, 2), at(1, 2, 3), at(2, 0, 4)], &ill(0, 2, 3));
    assert!(
        plan.schedule.placements.contains(&at(2, 0, 4)) && plan.schedule.placements.contains(&at(1, 2, 3))
    );
    assert_eq!(plan.moved.iter().map(|moved| moved.person).collect::<Vec<_>>(), [0]);
}

#[test]
fn when_nothing_fits_any_more_it_says_so() {
    let mut instance = plain(2, 4, &[0, 1]);
    instance.program.must = vec![must(0, 1, 1)];
    let outcome = replan(&instance, &[at(0, 1, 1)], &ill(0, 1, 3), budget(5_000, 1), &go_on);
    let Ok(Replanned::NothingFits { instance }) = outcome else { panic!("{outcome:?}") };
    let explanation = plaza_rotation::explain(&instance, budget(5_000, 1), &go_on).expect("valid");
    assert!(explanation.expect("a clash").clashes[0].proven);
}

#[test]
fn a_change_that_cannot_be_meant_is_refused() {
    let instance = plain(2, 4, &[0, 1]);
    let outcome = replan(&instance, &[at(0, 1, 1)], &ill(0, 3, 9), budget(5_000, 1), &go_on);
    assert!(matches!(outcome, Err(SearchError::Fault(_))), "{outcome:?}");
    let outcome = replan(&instance, &[at(0, 1, 1)], &ill(7, 1, 1), budget(5_000, 1), &go_on);
    assert!(matches!(outcome, Err(SearchError::Fault(_))), "{outcome:?}");
}

/// Each of a company's people falls ill, one after the other, in the week of their visit.
#[test]
fn whoever_falls_ill_in_a_company_others_change_only_where_a_rule_forces_it() {
    let (mut illnesses, mut changes, mut forced) = (0, 0, 0);
    for seed in [1, 3] {
        let instance = company(60, 6, 26, seed);
        let published = solve(&instance, 100_000, 1).placements;
        for visit in published.iter().filter(|placement| placement.week >= 4) {
            let from = visit.week;
            let plan = anew(&instance, &published, &ill(visit.person, from, (from + 1).min(25)));
            illnesses += 1;
            assert!(plan.moved.iter().any(|moved| moved.person == visit.person && moved.concerned));
            for moved in plan.moved.iter().filter(|moved| !moved.concerned) {
                changes += moved.withdrawn.len() + moved.new.len();
                forced += moved.withdrawn.len();
                let steps_in = plan
                    .instance
                    .program
                    .must
                    .iter()
                    .any(|must| moved.new.iter().any(|placement| placement.host == must.host));
                assert!(!moved.because.is_empty() || steps_in, "seed {seed}, {visit:?}: {moved:?}");
            }
        }
    }
    println!("{illnesses} illnesses, {changes} changes of others, {forced} placements withdrawn by force");
    assert!(illnesses > 80, "{illnesses}");
    // Most illnesses concern nobody else.
    assert!(changes * 2 < illnesses, "{changes} changes of others in {illnesses} illnesses");
}

#[test]
fn a_plan_that_nothing_happened_to_stays() {
    let instance = company(60, 6, 26, 2);
    let published = solve(&instance, 50_000, 1).placements;
    let plan = anew(&instance, &published, &Change::default());
    assert_eq!((plan.kept, plan.moved.len()), (published.len(), 0));
    let Ok(Outcome::Found(_)) = search(&plan.instance, budget(5_000, 1), &go_on) else {
        panic!("still valid")
    };
}
