//! What a plan goes by: absences day by day, other rotations, what was published, what was cancelled.

use std::collections::BTreeSet;

use plaza_domain::event::{VisitLength, VisitMust};
use plaza_engine::page::rotation::VisitView;

use super::Company;

/// A company with two-day visits, published, on the Monday of a week in which somebody goes on Wednesday.
fn short_visits() -> (Company, plaza_domain::event::RotationId, VisitView) {
    let company = Company::new();
    let rotation = company.saved(|program| program.length = VisitLength::Days(2));
    company.publish(&company.proposed(&rotation), "").unwrap();
    let is_late = |visit: &VisitView| visit.from.parse::<plaza_domain::day::Day>().unwrap().weekday() == 2;
    let visit = company.planned(&rotation).into_iter().find(is_late).unwrap();
    let monday = visit.from.parse::<plaza_domain::day::Day>().unwrap().week().monday();
    company.bench.set_day(&monday.to_string());
    (company, rotation, visit)
}

#[test]
fn who_falls_ill_on_the_monday_before_their_visit_gets_another() {
    let (company, rotation, visit) = short_visits();
    let before = company.planned(&rotation);
    company.absent(&visit.visitor, &visit.from, &visit.until).unwrap();
    let remade = company.remade(&rotation);
    let changes = &remade.view.proposals[0].changes;
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(
        (&changes[0].name, changes[0].withdrawn.len(), changes[0].new.len()),
        (&visit.visitor_name, 1, 1)
    );
    company.publish(&remade, "Somebody is ill").unwrap();
    let after = company.planned(&rotation);
    for other in before.iter().filter(|other| other.placement != visit.placement) {
        assert!(after.contains(other), "nobody else hears of it: {other:?}");
    }
}

#[test]
fn a_day_off_costs_the_visit_that_it_falls_into_and_no_other() {
    let (company, rotation, visit) = short_visits();
    let from: plaza_domain::day::Day = visit.from.parse().unwrap();
    // Monday and Tuesday before it, the Friday after it, and the weekend.
    company.absent(&visit.visitor, &from.plus(-2).to_string(), &from.plus(-1).to_string()).unwrap();
    company.absent(&visit.visitor, &from.plus(2).to_string(), &from.plus(4).to_string()).unwrap();
    assert!(company.remade(&rotation).view.nothing_to_do);
    company.absent(&visit.visitor, &from.plus(1).to_string(), &from.plus(1).to_string()).unwrap();
    assert_eq!(company.remade(&rotation).view.proposals[0].changes.len(), 1);
}

#[test]
fn a_weekend_away_costs_no_week() {
    let company = Company::new();
    let rotation = company.published();
    let visit = company.planned(&rotation)[0].clone();
    let until: plaza_domain::day::Day = visit.until.parse().unwrap();
    company.absent(&visit.visitor, &until.plus(1).to_string(), &until.plus(2).to_string()).unwrap();
    assert!(company.remade(&rotation).view.nothing_to_do);
}

#[test]
fn what_was_made_stands_whatever_is_noted_afterwards() {
    let company = Company::new();
    let rotation = company.published();
    let visit = company.planned(&rotation)[0].clone();
    let until: plaza_domain::day::Day = visit.until.parse().unwrap();
    company.bench.set_day(&until.plus(3).to_string());
    company.absent(&visit.visitor, &visit.until, &visit.until).unwrap();
    assert!(company.remade(&rotation).view.nothing_to_do);
}

#[test]
fn whose_visit_is_cancelled_gets_another_with_the_fewest_changes() {
    let company = Company::new();
    let rotation = company.published();
    let visit = company.planned(&rotation)[0].clone();
    company.as_("sales-0", |one| one.cancel(&rotation, &visit, "The line stands still")).unwrap();
    let remade = company.remade(&rotation);
    let changes = &remade.view.proposals[0].changes;
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(
        (&changes[0].name, changes[0].withdrawn.len(), changes[0].new.len()),
        (&visit.visitor_name, 0, 1)
    );
    company.publish(&remade, "In place of the one that was cancelled").unwrap();
    let after = company.planned(&rotation);
    assert!(after.iter().all(|one| one.placement != visit.placement), "a cancelled visit stays cancelled");
    assert!(after.iter().any(|one| one.visitor == visit.visitor));
    assert!(company.remade(&rotation).view.nothing_to_do);
}

#[test]
fn new_proposals_leave_what_was_published_where_it_is() {
    let company = Company::new();
    let rotation = company.published();
    let told = company.planned(&rotation);
    let mut program = company.program();
    program.rotation = rotation.clone();
    program.weeks = 24;
    program.due = 2;
    program.pair_target = 3;
    company.as_("sales-0", |company| company.bench.workspace.save_rotation(&program)).unwrap();
    let proposed = company.proposed(&rotation);
    assert!(proposed.view.proposals[0].visits as usize > told.len());
    let last = u32::try_from(proposed.view.proposals.len() - 1).unwrap();
    company
        .as_("sales-0", |one| one.bench.workspace.publish_rotation(&proposed, last, "Half a year more"))
        .unwrap();
    let after = company.planned(&rotation);
    for visit in &told {
        let same = after.iter().find(|other| other.placement == visit.placement);
        assert_eq!(same.map(|same| (&same.from, &same.host)), Some((&visit.from, &visit.host)));
    }
}

#[test]
fn two_rotations_send_nobody_to_two_places_and_fill_no_place_twice() {
    let company = Company::new();
    let first = company.saved(|program| program.length = VisitLength::Weeks(2));
    company.publish(&company.proposed(&first), "").unwrap();
    let second = company.saved(|program| program.name = "Across the yard".into());
    company.publish(&company.proposed(&second), "").unwrap();
    let mut all = company.planned(&first);
    let of_first = all.len();
    all.extend(company.planned(&second));
    assert!(all.len() > of_first, "there is room for the second");
    let overlap = |one: &VisitView, other: &VisitView| one.from <= other.until && other.from <= one.until;
    for (nth, one) in all.iter().enumerate() {
        for other in all.iter().skip(nth + 1).filter(|other| overlap(one, other)) {
            assert_ne!(one.visitor, other.visitor, "at two places: {one:?} and {other:?}");
            assert_ne!(one.host, other.host, "two visitors where one has room: {one:?} and {other:?}");
        }
    }
    // Cover counts who is away for either.
    for home in super::DEPARTMENTS {
        let mondays: BTreeSet<&String> = all.iter().map(|visit| &visit.from).collect();
        for day in mondays {
            let away = all.iter().filter(|one| one.home == home && one.from <= *day && *day <= one.until);
            assert!(away.count() <= 2, "{home} on {day}");
        }
    }
    assert!(company.remade(&first).view.nothing_to_do && company.remade(&second).view.nothing_to_do);
}

#[test]
fn a_clash_is_told_in_counts_that_sum_up() {
    let company = Company::new();
    let rotation = company.saved(|program| {
        program.period_weeks = 12;
        program.most = 1;
        program.must.push(VisitMust {
            home: "sales".parse().unwrap(),
            person: None,
            host: "production".parse().unwrap(),
            least: 4,
        });
    });
    let away = company.person("sales-1").to_string();
    company.absent(&away, "2026-04-06", "2026-04-12").unwrap();
    let clash = company.proposed(&rotation).view.clashes[0].clone();
    assert_eq!(
        clash.counts,
        [
            "sales → production: to happen 4 ×, with 36 possible times (each person, each week)",
            "1 lost: the person is not there",
            "35 left; with places, cover and one visit in each period: at most 3 ×",
        ]
    );
    assert!(clash.proven);
}
