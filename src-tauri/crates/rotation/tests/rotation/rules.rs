//! Every rule by itself, by hand: the checker says it, and the search keeps it.

use plaza_rotation::{
    Breach, Capacity, Instance, Length, Match, Must, Part, Placement, Report, SoftRule, Told, Visitor, Wish,
    check,
};

use crate::support::{at, must, plain, solve, weeks};

fn breaches(instance: &Instance, placements: &[Placement]) -> Vec<Breach> {
    check(instance, placements).breaches
}

/// That a change makes exactly this breach of a placement that was fine.
#[track_caller]
fn breaks(change: impl FnOnce(&mut Instance), placements: &[Placement], expected: &[Breach]) {
    let mut instance = plain(2, 4, &[0, 0, 1]);
    assert_eq!(breaches(&instance, placements), [], "fine before");
    change(&mut instance);
    assert_eq!(breaches(&instance, placements), expected);
    // And the search finds a schedule without.
    assert!(solve(&instance, 5_000, 1).report.breaches.is_empty());
}

#[test]
fn a_pair_that_is_not_allowed() {
    let placement = at(0, 1, 2);
    breaks(
        |instance| instance.program.allowed.retain(|pair| *pair != (0, 1)),
        &[placement],
        &[Breach::NotAllowed { placement }],
    );
}

#[test]
fn nobody_visits_their_own_department() {
    let instance = plain(2, 4, &[0, 0, 1]);
    let placement = at(0, 0, 2);
    assert_eq!(breaches(&instance, &[placement]), [Breach::NotAllowed { placement }]);
}

#[test]
fn who_does_not_join() {
    let placement = at(0, 1, 2);
    breaks(|instance| instance.people[0].joins = false, &[placement], &[Breach::DoesNotJoin { placement }]);
}

#[test]
fn who_is_not_there_for_a_part_of_a_week_is_there_for_the_other() {
    let mut instance = plain(2, 4, &[0, 0, 1]);
    instance.program.length = Length::Days(2);
    instance.departments[0].cover = 1;
    instance.people[0].absent_parts = vec![Part { week: 2, part: 1 }];
    let [early, late] = [0, 1].map(|part| Placement { part, ..at(0, 1, 2) });
    assert_eq!(breaches(&instance, &[early]), []);
    assert_eq!(breaches(&instance, &[late]), [Breach::Absent { placement: late, week: 2 }]);
    // The home misses them in that part alone.
    let [early, late] = [0, 1].map(|part| Placement { part, ..at(1, 1, 2) });
    assert_eq!(breaches(&instance, &[early]), []);
    let bare = Breach::HomeBare { home: 0, week: 2, part: 1, there: 0, cover: 1 };
    assert_eq!(breaches(&instance, &[late]), [bare]);
    // Nothing else is left open: whoever goes, goes then.
    instance.closed_before = 2;
    instance.program.closed = vec![weeks(0, 1), weeks(3, 3)];
    instance.program.must = vec![must(0, 1, 1)];
    let found = solve(&instance, 5_000, 1);
    assert_eq!(
        (found.report.breaches.len(), found.placements.iter().filter(|one| one.host == 1).count()),
        (0, 1)
    );
    assert!(found.placements.iter().all(|one| one.host != 1 || one.part == 0), "{:?}", found.placements);
}

#[test]
fn weeks_closed_for_all() {
    let placement = at(0, 1, 2);
    breaks(
        |instance| instance.program.closed.push(weeks(2, 3)),
        &[placement],
        &[Breach::Closed { placement, week: 2 }],
    );
}

#[test]
fn the_hosts_and_the_homes_peak() {
    let placement = at(0, 1, 2);
    breaks(
        |instance| instance.departments[1].peaks.push(weeks(0, 2)),
        &[placement],
        &[Breach::HostShut { placement, week: 2, peak: true }],
    );
    breaks(
        |instance| instance.departments[0].peaks.push(weeks(2, 2)),
        &[placement],
        &[Breach::HomeShut { placement, week: 2, peak: true }],
    );
}

#[test]
fn who_does_not_host_may_send_and_who_does_not_send_may_host() {
    let placement = at(0, 1, 2);
    breaks(
        |instance| instance.departments[1].no_hosting.push(weeks(0, 2)),
        &[placement],
        &[Breach::HostShut { placement, week: 2, peak: false }],
    );
    breaks(
        |instance| instance.departments[0].no_sending.push(weeks(0, 2)),
        &[placement],
        &[Breach::HomeShut { placement, week: 2, peak: false }],
    );
    breaks(|instance| instance.departments[0].no_hosting.push(weeks(0, 2)), &[placement], &[]);
    breaks(|instance| instance.departments[1].no_sending.push(weeks(0, 2)), &[placement], &[]);
}

#[test]
fn who_is_absent() {
    let placement = at(0, 1, 2);
    breaks(
        |instance| instance.people[0].absent.push(weeks(2, 2)),
        &[placement],
        &[Breach::Absent { placement, week: 2 }],
    );
}

#[test]
fn more_visitors_than_the_host_takes() {
    let instance = plain(2, 4, &[0, 0, 1]);
    let full = Breach::HostFull { host: 1, week: 2, part: 0, visitors: 2, capacity: 1 };
    assert_eq!(breaches(&instance, &[at(0, 1, 2), at(1, 1, 2)]), [full]);
}

#[test]
fn the_last_capacity_for_a_week_counts() {
    let placement = at(0, 1, 2);
    let of = |visitors| Capacity { weeks: weeks(1, 2), visitors };
    breaks(
        |instance| instance.departments[1].capacity_in = vec![of(3), of(0)],
        &[placement],
        &[Breach::HostFull { host: 1, week: 2, part: 0, visitors: 1, capacity: 0 }],
    );
    breaks(|instance| instance.departments[1].capacity_in = vec![of(0), of(1)], &[placement], &[]);
}

#[test]
fn too_few_at_home_absent_people_included() {
    let placement = at(0, 1, 2);
    let bare = |there| Breach::HomeBare { home: 0, week: 2, part: 0, there, cover: 1 };
    breaks(|instance| instance.departments[0].cover = 1, &[placement], &[]);
    breaks(
        |instance| {
            instance.departments[0].cover = 1;
            instance.people[1].absent.push(weeks(2, 2));
        },
        &[placement],
        &[bare(0)],
    );
}

#[test]
fn one_visit_in_a_period_and_no_more_than_the_most() {
    let mut instance = plain(2, 8, &[0, 1]);
    instance.program.period_weeks = 4;
    instance.program.most = 2;
    assert_eq!(breaches(&instance, &[at(0, 1, 3), at(0, 1, 4)]), []);
    let twice = Breach::Period { person: 0, period: 1, visits: 2 };
    assert_eq!(breaches(&instance, &[at(0, 1, 4), at(0, 1, 7)]), [twice]);
    instance.program.most = 1;
    let many = Breach::TooMany { person: 0, visits: 2, most: 1 };
    assert_eq!(breaches(&instance, &[at(0, 1, 3), at(0, 1, 4)]), [many]);
}

#[test]
fn nobody_is_at_two_places() {
    let mut instance = plain(3, 8, &[0, 1]);
    instance.program.length = Length::Weeks(2);
    instance.program.period_weeks = 1;
    instance.program.most = 3;
    let (first, second) = (at(0, 1, 3), at(0, 2, 4));
    assert_eq!(breaches(&instance, &[first, second]), [Breach::Overlap { first, second }]);
    assert_eq!(breaches(&instance, &[first, at(0, 2, 5)]), []);
}

#[test]
fn a_visit_of_weeks_lies_within_the_plan_and_takes_all_of_them() {
    let mut instance = plain(2, 4, &[0, 0, 1]);
    instance.program.length = Length::Weeks(2);
    let placement = at(0, 1, 3);
    assert_eq!(breaches(&instance, &[placement]), [Breach::Outside { placement }]);
    let full = Breach::HostFull { host: 1, week: 1, part: 0, visitors: 2, capacity: 1 };
    assert_eq!(breaches(&instance, &[at(0, 1, 0), at(1, 1, 1)]), [full]);
}

#[test]
fn visits_of_days_share_a_week_and_not_a_day() {
    let mut instance = plain(2, 1, &[0, 0, 0, 1]);
    instance.program.length = Length::Days(2);
    instance.departments[0].cover = 2;
    let part = |person, part| Placement { person, host: 1, week: 0, part };
    assert_eq!(instance.program.parts(), 2);
    assert_eq!(instance.program.days_of(1), 2..4);
    assert_eq!(breaches(&instance, &[part(0, 0), part(1, 1)]), []);
    assert_eq!(breaches(&instance, &[part(0, 0), part(1, 0)]).len(), 2, "host and home");
    let beyond = part(0, 2);
    assert_eq!(breaches(&instance, &[beyond]), [Breach::Outside { placement: beyond }]);
    // Both parts are used, once in each direction.
    assert_eq!(solve(&instance, 5_000, 1).placements.len(), 3);
}

#[test]
fn buddies_go_together_or_not_at_all() {
    let mut instance = plain(2, 4, &[0, 0, 1]);
    instance.departments[1].capacity = 2;
    instance.buddies = vec![vec![0, 1]];
    let placement = at(0, 1, 2);
    assert_eq!(breaches(&instance, &[placement]), [Breach::BuddyMissing { placement, buddy: 1 }]);
    assert_eq!(breaches(&instance, &[placement, at(1, 1, 2)]), []);
    assert_eq!(breaches(&instance, &[placement, at(1, 1, 3)]).len(), 2);
    let placements = solve(&instance, 5_000, 1).placements;
    assert_eq!((placements[0].host, placements[0].week), (placements[1].host, placements[1].week));
    instance.departments[1].capacity = 1;
    assert_eq!(solve(&instance, 5_000, 1).placements.len(), 1, "no room for two: only the third goes");
}

#[test]
fn a_pinned_placement_stays_and_others_make_way() {
    let mut instance = plain(2, 1, &[0, 0, 1]);
    instance.pinned = vec![at(1, 1, 0)];
    let placement = at(1, 1, 0);
    assert_eq!(breaches(&instance, &[]), [Breach::PinMissing { placement }]);
    let placements = solve(&instance, 5_000, 1).placements;
    assert_eq!(placements, [placement, at(2, 0, 0)]);
}

#[test]
fn nothing_new_begins_in_closed_weeks_and_told_ones_may() {
    let mut instance = plain(2, 4, &[0, 0, 1]);
    instance.closed_before = 3;
    let placement = at(0, 1, 2);
    assert_eq!(breaches(&instance, &[placement]), [Breach::TooEarly { placement }]);
    assert!(solve(&instance, 5_000, 1).placements.iter().all(|placement| placement.week == 3));
    instance.told = Some(Told { placements: vec![placement], until: 4, free: Vec::new() });
    assert_eq!(breaches(&instance, &[placement]), []);
    assert!(solve(&instance, 5_000, 1).placements.contains(&placement));
}

#[test]
fn a_pair_that_must_happen() {
    let mut instance = plain(3, 4, &[0, 0, 1, 2]);
    instance.people[0].wishes = vec![Wish { host: 2, strength: 3 }];
    instance.people[1].wishes = vec![Wish { host: 2, strength: 3 }];
    instance.program.must = vec![Must { weeks: Some(weeks(1, 2)), ..must(0, 1, 2) }];
    let unmet = Breach::MustUnmet { must: 0, visits: 1, least: 2 };
    assert_eq!(breaches(&instance, &[at(0, 1, 1), at(1, 1, 3)]), [unmet]);
    let placements = solve(&instance, 5_000, 1).placements;
    assert!(placements[..2].iter().all(|placement| placement.host == 1 && (1..=2).contains(&placement.week)));
    instance.program.must = vec![Must { visitor: Visitor::Person(1), host: 2, least: 1, weeks: None }];
    assert_eq!(breaches(&instance, &[at(0, 2, 1)]).len(), 1, "somebody else does not do");
    assert_eq!(breaches(&instance, &[at(1, 2, 1)]), []);
}

#[test]
fn strangers_are_named_and_break_nothing_else() {
    let instance = plain(2, 4, &[0, 1]);
    let (nobody, nowhere) = (at(9, 1, 0), at(0, 9, 0));
    let expected = [Breach::Unknown { placement: nobody }, Breach::Unknown { placement: nowhere }];
    assert_eq!(breaches(&instance, &[nobody, nowhere]), expected);
}

/// What a soft rule says: its amount and matches.
fn says(report: &Report, rule: SoftRule) -> (i64, Vec<Match>) {
    let score = report.rule(rule).expect("every rule is listed");
    assert_eq!(score.score, score.weight * score.amount);
    (score.amount, score.matches.clone())
}

#[test]
fn coverage_counts_what_cells_lack_beside_earlier_visits() {
    let mut instance = plain(3, 4, &[0, 1]);
    instance.program.cell_target = 2;
    instance.departments[0].walked = vec![(1, 1)];
    let missing = |home, host, missing| Match::Cell { home, host, missing };
    // Department 2 has nobody who could go.
    let expected = vec![missing(0, 2, 2), missing(1, 0, 2), missing(1, 2, 2)];
    assert_eq!(says(&check(&instance, &[at(0, 1, 0)]), SoftRule::Coverage), (6, expected));
}

#[test]
fn fairness_is_the_square_of_what_is_short_or_beyond() {
    let mut instance = plain(2, 8, &[0, 0, 1]);
    instance.program.period_weeks = 2;
    (instance.program.due, instance.program.most) = (2, 3);
    let report = check(&instance, &[at(0, 1, 0), at(0, 1, 2), at(0, 1, 4)]);
    let visits = |person, visits| Match::Visits { person, visits, due: 2 };
    assert_eq!(says(&report, SoftRule::Fairness), (9, vec![visits(0, 3), visits(1, 0), visits(2, 0)]));
}

#[test]
fn wishes_count_by_strength_until_they_come_true() {
    let mut instance = plain(3, 4, &[0, 1]);
    instance.people[0].wishes = vec![Wish { host: 1, strength: 2 }, Wish { host: 2, strength: 3 }];
    let open = vec![Match::Wish { person: 0, host: 1, strength: 2 }];
    assert_eq!(says(&check(&instance, &[at(0, 2, 0)]), SoftRule::Wishes), (2, open));
    assert!(solve(&instance, 5_000, 1).placements.iter().any(|placement| placement.host == 2));
}

#[test]
fn spread_counts_who_is_away_beyond_the_even_share() {
    let mut instance = plain(3, 4, &[0, 0, 0, 0, 1]);
    let crowd = vec![Match::Crowd { home: 0, week: 1, part: 0, away: 2, share: 1 }];
    assert_eq!(says(&check(&instance, &[at(0, 1, 1), at(1, 2, 1)]), SoftRule::Spread), (1, crowd));
    // With half of the weeks the share is two.
    instance.departments[0].no_sending.push(weeks(2, 3));
    assert_eq!(says(&check(&instance, &[at(0, 1, 1), at(1, 2, 1)]), SoftRule::Spread).0, 0);
}

#[test]
fn repeat_counts_visits_to_what_one_knows() {
    let mut instance = plain(3, 4, &[0, 1]);
    (instance.program.period_weeks, instance.program.most) = (1, 4);
    instance.people[1].been = vec![2];
    let placements = [at(0, 1, 0), at(0, 1, 1), at(1, 2, 2)];
    let again = |person, host| Match::Again { person, host, times: 1 };
    assert_eq!(says(&check(&instance, &placements), SoftRule::Repeat), (2, vec![again(0, 1), again(1, 2)]));
}

#[test]
fn stability_counts_what_is_withdrawn_and_what_is_new() {
    let mut instance = plain(3, 6, &[0, 0, 1]);
    let (kept, gone, new) = (at(0, 1, 0), at(1, 1, 1), at(2, 0, 2));
    instance.told = Some(Told { placements: vec![kept, gone], until: 3, free: Vec::new() });
    let report = check(&instance, &[kept, new]);
    let changes = vec![Match::Withdrawn { placement: gone }, Match::New { placement: new }];
    assert_eq!(says(&report, SoftRule::Stability), (2, changes));
    // Beyond the weeks that were told, and for whom the plan is made anew, new ones are free.
    assert_eq!(says(&check(&instance, &[kept, gone, at(2, 0, 3)]), SoftRule::Stability).0, 0);
    instance.told.as_mut().expect("told").free = vec![2];
    assert_eq!(says(&check(&instance, &[kept, gone, new]), SoftRule::Stability).0, 0);
}

#[test]
fn the_score_is_the_sum_of_the_rules() {
    let instance = plain(3, 4, &[0, 1, 2]);
    let report = check(&instance, &[at(0, 1, 0)]);
    assert_eq!(report.score, 5 * 40 + 2 * 20);
    assert_eq!(report.rules.iter().map(|rule| rule.score).sum::<i64>(), report.score);
}
