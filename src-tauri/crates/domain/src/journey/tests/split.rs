//! Lateness among departments.

use crate::day::Calendar;
use crate::journey::assemble::{AssemblyRules, assemble};
use crate::journey::sample::*;
use crate::journey::split::{End, Split, apportion};
use crate::journey::{Journey, Milestone};
use crate::record::Field;

use Field::*;

fn split(journey: &Journey, end: End) -> Split {
    Split::of(journey, &route(), &Calendar::every_day(), journey.promised.unwrap(), end)
}

fn worked_example() -> Journey {
    journey(&on(&[
        (Ordered, "3/2"),
        (Promised, "3/16"),
        (Confirmed, "3/3"),
        (Produced, "3/15"),
        (Shipped, "3/18"),
        (Delivered, "3/20"),
    ]))
}

#[test]
fn the_worked_example_comes_out_to_the_day() {
    let journey = worked_example();
    let due: Vec<_> = Milestone::ALL[..5].iter().map(|milestone| journey.due[*milestone].unwrap()).collect();
    assert_eq!(due, ["3/2", "3/3", "3/9", "3/11", "3/13"].map(day));
    let split = split(&journey, End::Reached(day("3/20")));
    assert_eq!((split.lateness_days, split.gap_days, split.due), (4, -3, day("3/13")));
    let legs: Vec<_> = split
        .legs()
        .iter()
        .map(|leg| (leg.to, leg.planned_days, leg.actual_days, leg.overrun_days))
        .collect();
    assert_eq!(
        legs,
        [
            (Milestone::Confirmed, 1, 1, 0),
            (Milestone::Produced, 6, 12, 6),
            (Milestone::Shipped, 2, 3, 1),
            (Milestone::Delivered, 2, 2, 0)
        ]
    );
    assert!(split.legs().iter().all(|leg| !leg.joint && !leg.running));
    assert_eq!(split.components_days, [0, 1, 6, -3, 0, 0, 0, 0]);
    assert_eq!(split.shares, [0, 142_857, 857_143, 0, 0, 0, 0, 0]);
    assert_eq!(split.late_micro_days, [0, 571_429, 3_428_571, 0, 0, 0, 0, 0]);
}

#[test]
fn a_missing_milestone_joins_its_leg_to_the_later_one() {
    let mut journey = worked_example();
    journey.actual[Milestone::Produced] = None;
    let split = split(&journey, End::Reached(day("3/20")));
    let leg = split.legs()[1];
    assert_eq!((leg.from, leg.to, leg.seat), (Milestone::Confirmed, Milestone::Shipped, LOGISTICS));
    assert_eq!((leg.planned_days, leg.actual_days, leg.overrun_days, leg.joint), (8, 15, 7, true));
    assert_eq!(split.shares[LOGISTICS.index()], 1_000_000);
}

#[test]
fn an_open_journey_runs_in_the_leg_after_its_last_milestone() {
    let mut journey = worked_example();
    // On the Monday after the promise's week it was produced but neither shipped nor delivered.
    journey.actual[Milestone::Shipped] = Some(day("3/25"));
    journey.actual[Milestone::Delivered] = None;
    let split = split(&journey, End::Running(day("3/23")));
    assert_eq!((split.lateness_days, split.gap_days), (7, -3));
    let running = split.legs().last().unwrap();
    assert!(running.running && !running.joint);
    assert_eq!(
        (running.from, running.to, running.seat),
        (Milestone::Produced, Milestone::Shipped, LOGISTICS)
    );
    // 15 to 23 March, against 9 to 13 March planned for all that was left.
    assert_eq!((running.actual_days, running.planned_days, running.overrun_days), (8, 4, 4));
    assert_eq!(split.components_days, [0, 4, 6, -3, 0, 0, 0, 0]);
}

#[test]
fn a_milestone_missing_before_the_last_known_one_is_joined_in_an_open_journey_too() {
    let mut journey = worked_example();
    journey.actual[Milestone::Confirmed] = None;
    journey.actual[Milestone::Shipped] = None;
    journey.actual[Milestone::Delivered] = None;
    let split = split(&journey, End::Running(day("3/23")));
    let legs: Vec<_> = split.legs().iter().map(|leg| (leg.seat, leg.joint, leg.running)).collect();
    assert_eq!(legs, [(PRODUCTION, true, false), (LOGISTICS, false, true)]);
}

#[test]
fn a_promise_sooner_than_the_plan_is_the_promisers() {
    let journey = journey(&on(&[(Ordered, "3/2"), (Promised, "3/6"), (Delivered, "3/13")]));
    let split = split(&journey, End::Reached(day("3/13")));
    assert_eq!((split.lateness_days, split.gap_days), (7, 7));
    assert_eq!(split.shares[SALES.index()], 1_000_000);
}

#[test]
fn a_weekends_delay_is_measured_in_calendar_days() {
    let calendar = Calendar::working_days([true, true, true, true, true, false, false], []);
    let rules = AssemblyRules { calendar: calendar.clone(), ..assembly_rules() };
    // 20 March 2026 is a Friday.
    for (delivered, lateness_days, calendar_days) in
        [("3/21", 1, true), ("3/22", 2, true), ("3/23", 1, false)]
    {
        let facts = facts(&on(&[(Ordered, "3/2"), (Promised, "3/20"), (Delivered, delivered)]));
        let journey = assemble(&[record(&facts)], &rules, None).unwrap().journey;
        let split = Split::of(&journey, &route(), &calendar, day("3/20"), End::Reached(day(delivered)));
        assert_eq!((split.lateness_days, split.calendar_days), (lateness_days, calendar_days), "{delivered}");
    }
}

#[test]
fn an_override_moves_the_miss_and_keeps_what_was_measured() {
    let mut journey = worked_example();
    journey.override_shares = Some(Box::new([0, 0, 250_000, 750_000, 0, 0, 0, 0]));
    let late = split(&journey, End::Reached(day("3/20")));
    assert_eq!(late.shares, [0, 0, 250_000, 750_000, 0, 0, 0, 0]);
    assert_eq!(late.late_micro_days, [0, 0, 1_000_000, 3_000_000, 0, 0, 0, 0]);
    assert_eq!(late.measured_shares, [0, 142_857, 857_143, 0, 0, 0, 0, 0]);
    assert_eq!(split(&journey, End::Reached(day("3/16"))).shares, [0; 8], "in time stays in time");
    journey.override_shares = Some(Box::new([0, 0, 250_000, 0, 0, 0, 0, 0]));
    assert_eq!(split(&journey, End::Reached(day("3/20"))).shares, late.measured_shares, "not a whole");
}

#[test]
fn ties_of_the_remainder_go_to_the_lower_seat() {
    assert_eq!(apportion(1_000_000, &[0, 1, 1, 1, 0, 0, 0, 0]), [0, 333_334, 333_333, 333_333, 0, 0, 0, 0]);
    assert_eq!(apportion(1_000_000, &[2, 1, 0, 0, 0, 0, 0, 0]), [666_667, 333_333, 0, 0, 0, 0, 0, 0]);
    assert_eq!(apportion(1_000_000, &[0, -4, 0, 0, 0, 0, 0, 0]), [0; 8]);
}
