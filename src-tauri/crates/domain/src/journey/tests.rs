//! The arithmetic of one journey: tables of cases, and what must hold for any.

use proptest::prelude::*;

use super::assemble::{Exception, Origin, Provenance, Refusal, assemble};
use super::history::History;
use super::plan::{LeadTimes, PlanFault, PlanOf, Route, StandardSet, Standards, dues};
use super::sample::*;
use super::split::{End, MILLION, Split, apportion};
use super::{Journey, Milestone, PerMilestone, Seat};
use crate::day::{Calendar, Day};
use crate::record::{ChangedBy, Facts, Field, Known, Reason, Status, push_text};

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
    let rules = super::assemble::AssemblyRules { calendar: calendar.clone(), ..assembly_rules() };
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

#[test]
fn a_route_says_everything_that_is_wrong_with_it() {
    let full = |milestone| (milestone, Some(Seat(0)));
    for (steps, promise, faults) in [
        (
            vec![],
            Milestone::Delivered,
            vec![PlanFault::OrderedNotFirst, PlanFault::PromiseNotOnRoute(Milestone::Delivered)],
        ),
        (
            vec![full(Milestone::Shipped), full(Milestone::Ordered)],
            Milestone::Ordered,
            vec![PlanFault::OrderedNotFirst],
        ),
        (
            vec![full(Milestone::Ordered)],
            Milestone::Ordered,
            vec![PlanFault::PromiseNotOnRoute(Milestone::Ordered)],
        ),
        (
            vec![
                full(Milestone::Ordered),
                (Milestone::Shipped, None),
                full(Milestone::Paid),
                full(Milestone::Paid),
            ],
            Milestone::Shipped,
            vec![PlanFault::NoDepartment(Milestone::Shipped), PlanFault::Repeated(Milestone::Paid)],
        ),
        (
            vec![full(Milestone::Ordered), (Milestone::Shipped, Some(Seat(8)))],
            Milestone::Shipped,
            vec![PlanFault::NoSuchSeat(8)],
        ),
    ] {
        assert_eq!(Route::new(&steps, promise, Seat(0)).unwrap_err(), faults);
    }
}

#[test]
fn every_leg_needs_a_default_standard_in_every_set() {
    assert_eq!(standards().faults(&route()), []);
    assert_eq!(
        Standards::default().faults(&route_of(&[Milestone::Ordered, Milestone::Shipped], Milestone::Shipped)),
        [PlanFault::NoStandard(Milestone::Shipped)]
    );
    let mut partly = LeadTimes::default();
    partly[Milestone::Shipped] = Some(-1);
    let standards = Standards::new(vec![StandardSet {
        products: [("bolt".to_owned(), partly)].into(),
        default: standards().sets()[0].default,
        valid_from: None,
        groups: [].into(),
    }]);
    assert_eq!(
        standards.faults(&route()),
        [PlanFault::StandardOutOfRange { milestone: Milestone::Shipped, days: -1 }]
    );
}

#[test]
fn standards_come_from_product_then_group_then_default_of_the_set_in_force() {
    let times = |days| {
        let mut times = LeadTimes::default();
        times[Milestone::Shipped] = Some(days);
        times
    };
    let old = StandardSet {
        valid_from: Some(day("1/1")),
        default: times(1),
        groups: [("metal".to_owned(), times(2))].into(),
        products: [("bolt".to_owned(), times(3))].into(),
    };
    let new = StandardSet { valid_from: Some(day("6/1")), default: times(10), ..StandardSet::default() };
    let standards = Standards::new(vec![new, old]);
    let route = route_of(&[Milestone::Ordered, Milestone::Shipped], Milestone::Shipped);
    for (product, group, ordered, written, expected) in [
        (None, None, "3/2", None, "3/3"),
        (Some("nut"), Some("wood"), "3/2", None, "3/3"),
        (Some("nut"), Some("metal"), "3/2", None, "3/4"),
        (Some("bolt"), Some("metal"), "3/2", None, "3/5"),
        (Some("bolt"), Some("metal"), "6/1", None, "6/11"),
        (Some("bolt"), Some("metal"), "5/31", Some("6/1"), "6/10"),
        (Some("bolt"), Some("metal"), "6/1", Some("5/31"), "6/4"),
    ] {
        let (ordered, written) = (day(ordered), written.map(day));
        let of = PlanOf { ordered, written, product, group, given: PerMilestone::default() };
        let due = dues(&route, &standards, &Calendar::every_day(), &of);
        assert_eq!(
            due[Milestone::Shipped],
            Some(day(expected)),
            "{product:?} {group:?} {ordered} {written:?}"
        );
    }
    let before_all = standards.in_force(Day(0)).unwrap();
    assert_eq!(before_all.valid_from, Some(day("1/1")));
}

#[test]
fn a_due_of_the_source_carries_the_later_legs_with_it() {
    let journey = journey(&on(&[(Ordered, "3/2"), (Promised, "3/30"), (ProducedDue, "3/20")]));
    assert_eq!(journey.due[Milestone::Confirmed], Some(day("3/3")));
    assert_eq!(journey.due[Milestone::Produced], Some(day("3/20")));
    assert_eq!(journey.due[Milestone::Delivered], Some(day("3/24")));
}

#[test]
fn a_journey_needs_an_order_date_that_nothing_precedes() {
    let none = facts(&on(&[(Promised, "3/2")]));
    assert_eq!(assemble(&[record(&none)], &assembly_rules(), None).unwrap_err(), Refusal::NotOrdered);
    assert_eq!(assemble(&[], &assembly_rules(), None).unwrap_err(), Refusal::NotOrdered);
    let late = facts(&on(&[(Ordered, "3/5"), (Shipped, "3/4")]));
    assert_eq!(
        assemble(&[record(&late)], &assembly_rules(), None).unwrap_err(),
        Refusal::OrderedTooLate { ordered: day("3/5"), milestone: Milestone::Shipped, on: day("3/4") }
    );
    let implausible = facts(&[(Ordered, 99_999_999)]);
    assert_eq!(assemble(&[record(&implausible)], &assembly_rules(), None).unwrap_err(), Refusal::NotOrdered);
}

#[test]
fn a_milestone_later_than_a_later_one_is_treated_as_missing() {
    let facts = facts(&on(&[(Ordered, "3/2"), (Produced, "3/12"), (Shipped, "3/10"), (Delivered, "3/11")]));
    let made = assemble(&[record(&facts)], &assembly_rules(), None).unwrap();
    assert_eq!(made.journey.actual[Milestone::Produced], None);
    assert_eq!(made.journey.out_of_order, 1 << Milestone::Produced as u8);
    let (milestone, on, later, later_on) =
        (Milestone::Produced, day("3/12"), Milestone::Shipped, day("3/10"));
    assert_eq!(made.exceptions, [Exception::OutOfOrder { milestone, on, later, later_on }]);
}

#[test]
fn the_workspaces_order_of_milestones_decides_what_is_out_of_order() {
    let facts = facts(&on(&[(Ordered, "3/2"), (Shipped, "3/4"), (Invoiced, "3/4"), (Delivered, "3/6")]));
    let at_shipment = [Milestone::Ordered, Milestone::Shipped, Milestone::Invoiced, Milestone::Delivered];
    let rules = super::assemble::AssemblyRules {
        route: route_of(&at_shipment, Milestone::Delivered),
        ..assembly_rules()
    };
    assert_eq!(assemble(&[record(&facts)], &rules, None).unwrap().journey.out_of_order, 0);
    let usual = assemble(&[record(&facts)], &assembly_rules(), None).unwrap().journey;
    assert_eq!(usual.actual[Milestone::Delivered], None);
}

/// Order line, then deliveries as `(day, quantity)`.
fn delivered(ordered: &[(Field, i64)], deliveries: &[(&str, i64)], tolerance_permille: i64) -> Journey {
    let line = facts(ordered);
    let rows: Vec<_> = deliveries
        .iter()
        .map(|(on, quantity)| facts(&[(Delivered, i64::from(day(on).0)), (DeliveredQuantity, *quantity)]))
        .collect();
    let mut records = vec![record(&line)];
    records.extend(rows.iter().map(|row| super::assemble::RecordFacts { stream: 1, ..record(row) }));
    let rules = super::assemble::AssemblyRules { tolerance_permille, ..assembly_rules() };
    assemble(&records, &rules, None).unwrap().journey
}

#[test]
fn a_quantity_milestone_is_the_day_its_sum_is_reached() {
    let line = |more: &[(Field, i64)]| {
        let mut line = on(&[(Ordered, "3/2"), (Promised, "3/16")]);
        line.push((OrderedQuantity, 100));
        line.extend(more);
        line
    };
    let closed = (Field::Status, Status::Closed.code());
    for (more, deliveries, tolerance, expected, short) in [
        (vec![], vec![("3/10", 100)], 0, Some("3/10"), false),
        (vec![], vec![("3/20", 40), ("3/10", 60)], 0, Some("3/20"), false),
        (vec![], vec![("3/10", 60)], 0, None, false),
        (vec![closed], vec![("3/10", 60)], 0, Some("3/10"), true),
        (vec![closed], vec![("3/10", 60), ("3/25", 40)], 0, Some("3/25"), false),
        (vec![closed], vec![("3/10", 60), ("3/12", 20)], 0, Some("3/12"), true),
        (vec![], vec![("3/10", 97)], 30, Some("3/10"), false),
        (vec![], vec![("3/10", 96)], 30, None, false),
        (vec![closed], vec![("3/10", 96)], 30, Some("3/10"), true),
        (vec![(CancelledQuantity, 40)], vec![("3/10", 60)], 0, Some("3/10"), false),
        (vec![closed, (CancelledQuantity, 40)], vec![("3/10", 59)], 0, Some("3/10"), true),
        (vec![], vec![("3/10", 100), ("3/12", -100), ("3/14", 100)], 0, Some("3/14"), false),
        (vec![closed], vec![], 0, None, false),
    ] {
        let journey = delivered(&line(&more), &deliveries, tolerance);
        let found = (journey.actual[Milestone::Delivered], journey.short);
        assert_eq!(found, (expected.map(day), short), "{more:?} {deliveries:?} {tolerance}");
        assert_eq!(journey.partial, deliveries.iter().filter(|(_, quantity)| *quantity > 0).count() > 1);
        assert_eq!(journey.cancelled, None);
    }
}

#[test]
fn a_date_without_a_quantity_is_the_milestone() {
    let mut line = on(&[(Ordered, "3/2"), (Delivered, "3/9")]);
    line.push((OrderedQuantity, 100));
    assert_eq!(journey(&line).actual[Milestone::Delivered], Some(day("3/9")));
    // What a row shipped is what it delivered.
    line.push((ShippedQuantity, 60));
    assert_eq!(journey(&line).actual[Milestone::Delivered], None);
    assert_eq!(journey(&line).delivered_quantity, Some(60));
}

#[test]
fn what_is_cancelled_and_since_when() {
    let status = (Field::Status, Status::Cancelled.code());
    let known = Known::changed(i64::from(day("1/1").0) * 86_400);
    for (more, expected) in [
        (vec![], None),
        (vec![status], Some(known.day())),
        (vec![status, (CancelledOn, i64::from(day("3/9").0))], Some(day("3/9"))),
        (vec![(CancelledOn, i64::from(day("3/9").0))], Some(day("3/9"))),
        (vec![(CancelledOn, i64::from(day("3/9").0)), (CancelledQuantity, 40)], None),
        (vec![(CancelledOn, i64::from(day("3/9").0)), (CancelledQuantity, 100)], Some(day("3/9"))),
        (vec![(CancelledQuantity, 100)], Some(known.day())),
    ] {
        let mut line = on(&[(Ordered, "3/2")]);
        line.push((OrderedQuantity, 100));
        line.extend(&more);
        assert_eq!(journey(&line).cancelled, expected, "{more:?}");
    }
}

#[test]
fn a_later_edit_of_a_cancelled_record_does_not_move_its_cancellation() {
    let open = facts(&on(&[(Ordered, "3/2")]));
    let mut cancelled = on(&[(Ordered, "3/2")]);
    cancelled.push((Field::Status, Status::Cancelled.code()));
    let cancelled = facts(&cancelled);
    for (versions, expected) in [
        (vec![(&open, "3/3"), (&cancelled, "3/5"), (&cancelled, "3/20")], Some("3/5")),
        (vec![(&cancelled, "3/3"), (&open, "3/5"), (&cancelled, "3/20")], Some("3/20")),
        (vec![(&cancelled, "3/20"), (&open, "3/5"), (&cancelled, "3/3")], Some("3/20")),
    ] {
        let mut history = History::default();
        for (facts, on) in &versions {
            history.note(Facts(facts), Known::declared(day(on)));
        }
        let known = Known::declared(day("3/20"));
        let record = super::assemble::RecordFacts { history: Some(&history), known, ..record(&cancelled) };
        let journey = assemble(&[record], &assembly_rules(), None).unwrap().journey;
        assert_eq!(journey.cancelled, expected.map(day), "{versions:?}");
    }
}

#[test]
fn the_first_promise_stays_whatever_arrives_first() {
    let version = |promised, by: ChangedBy| {
        let mut facts = on(&[(Ordered, "3/2"), (Promised, promised)]);
        facts.push((DateChangedBy, by.code()));
        super::sample::facts(&facts)
    };
    let first = (version("3/16", ChangedBy::Us), Known::declared(day("3/2")));
    let second = (version("3/20", ChangedBy::Customer), Known::declared(day("3/10")));
    for versions in [[&first, &second], [&second, &first]] {
        let mut history = History::default();
        versions.iter().for_each(|(facts, known)| history.note(Facts(facts), *known));
        let record =
            super::assemble::RecordFacts { history: Some(&history), known: second.1, ..record(&second.0) };
        let made = assemble(&[record], &assembly_rules(), None).unwrap();
        assert_eq!(made.journey.promised, Some(day("3/16")));
        assert_eq!(made.journey.agreed, Some(day("3/20")));
        assert_eq!(made.journey.date_changed_by_customer, Some(day("3/10")));
        assert_eq!(made.journey.date_changed_by_us, None);
        let (from, to, on, by) = (day("3/16"), day("3/20"), day("3/10"), ChangedBy::Customer);
        assert_eq!(made.exceptions, [Exception::DateChanged { from, to, on, by }]);
    }
}

#[test]
fn where_only_arrival_tells_the_first_promise_the_person_is_warned() {
    let versions = ["3/16", "3/20"].map(|promised| facts(&on(&[(Ordered, "3/2"), (Promised, promised)])));
    let mut history = History::default();
    for (arrival, facts) in versions.iter().enumerate() {
        history.note(Facts(facts), Known::arrived(1_000_000_000, arrival as u64));
    }
    let record = super::assemble::RecordFacts { history: Some(&history), ..record(&versions[1]) };
    let made = assemble(&[record], &assembly_rules(), None).unwrap();
    assert_eq!(made.journey.promised, Some(day("3/16")));
    assert!(made.exceptions.contains(&Exception::PromiseByArrival { promised: day("3/16") }));
}

#[test]
fn dues_are_frozen_when_the_promise_is_written() {
    let version = |due| facts(&on(&[(Ordered, "3/2"), (Promised, "3/16"), (ProducedDue, due)]));
    let (first, second) = (version("3/9"), version("3/19"));
    let mut history = History::of(Facts(&second), Known::declared(day("3/12")));
    history.note(Facts(&first), Known::declared(day("3/2")));
    let line = super::assemble::RecordFacts { history: Some(&history), ..record(&second) };
    let made = assemble(&[line], &assembly_rules(), None).unwrap();
    assert_eq!(made.journey.due[Milestone::Produced], Some(day("3/9")));
    let (milestone, from, to) = (Milestone::Produced, day("3/9"), day("3/19"));
    assert_eq!(made.exceptions, [Exception::DueMoved { milestone, from, to }]);
}

#[test]
fn a_due_that_another_stream_gives_after_the_promise_does_not_count() {
    let line = facts(&on(&[(Ordered, "3/2"), (Promised, "3/16")]));
    let production = facts(&on(&[(ProducedDue, "3/19")]));
    for (known, expected) in [("3/2", "3/19"), ("3/1", "3/19"), ("3/3", "3/9")] {
        let records = [
            super::assemble::RecordFacts { known: Known::declared(day("3/2")), ..record(&line) },
            super::assemble::RecordFacts {
                stream: 1,
                known: Known::declared(day(known)),
                ..record(&production)
            },
        ];
        let made = assemble(&records, &assembly_rules(), None).unwrap();
        assert_eq!(made.journey.due[Milestone::Produced], Some(day(expected)), "{known}");
        assert_eq!(made.exceptions.is_empty(), expected == "3/19");
    }
}

#[test]
fn only_the_order_line_itself_can_delete_the_journey() {
    let line = facts(&on(&[(Ordered, "3/2"), (Promised, "3/16")]));
    let shipment = facts(&on(&[(Delivered, "3/10")]));
    let gone = Some(day("3/30"));
    for (line_gone, shipment_gone, deleted, delivered) in [
        (None, None, None, Some("3/10")),
        (None, gone, None, None),
        (gone, None, gone, Some("3/10")),
        (gone, gone, gone, Some("3/10")),
    ] {
        let records = [
            super::assemble::RecordFacts { deleted_at_source: line_gone, ..record(&line) },
            super::assemble::RecordFacts { stream: 1, deleted_at_source: shipment_gone, ..record(&shipment) },
        ];
        let journey = assemble(&records, &assembly_rules(), None).unwrap().journey;
        assert_eq!(journey.deleted_at_source, deleted);
        assert_eq!(journey.actual[Milestone::Delivered], delivered.map(day));
    }
}

#[test]
fn a_cancelled_shipment_is_left_out_and_cancels_nothing() {
    let line = facts(&on(&[(Ordered, "3/2")]));
    let mut shipment = on(&[(Shipped, "3/10")]);
    shipment.push((Field::Status, Status::Cancelled.code()));
    let shipment = facts(&shipment);
    let records = [record(&line), super::assemble::RecordFacts { stream: 1, ..record(&shipment) }];
    let journey = assemble(&records, &assembly_rules(), None).unwrap().journey;
    assert_eq!((journey.cancelled, journey.actual[Milestone::Shipped]), (None, None));
}

#[test]
fn records_of_the_order_hold_for_its_lines_where_these_say_nothing() {
    let header = facts(&on(&[(Ordered, "3/2"), (Promised, "3/16"), (Requested, "3/10")]));
    let line = facts(&on(&[(Promised, "3/20")]));
    let header = super::assemble::RecordFacts { order_level: true, ..record(&header) };
    let journey = assemble(&[header, record(&line)], &assembly_rules(), None).unwrap().journey;
    assert_eq!(journey.actual[Milestone::Ordered], Some(day("3/2")));
    assert_eq!((journey.promised, journey.requested), (Some(day("3/20")), Some(day("3/10"))));
}

#[test]
fn the_system_of_record_wins_and_the_disagreement_is_kept() {
    let erp = facts(&on(&[(Ordered, "3/2")]));
    let crm = facts(&on(&[(Ordered, "3/1")]));
    let records = [super::assemble::RecordFacts { stream: 4, ..record(&crm) }, record(&erp)];
    let made = assemble(&records, &assembly_rules(), None).unwrap();
    assert_eq!(made.journey.actual[Milestone::Ordered], Some(day("3/2")));
    assert_eq!(made.exceptions, [Exception::Disagreement { field: Ordered, kept: 0, other: 4 }]);
}

#[test]
fn returns_credits_and_disputes_name_their_departments() {
    let mut line = on(&[(Ordered, "3/2"), (Delivered, "3/9"), (ReturnedOn, "3/12"), (CreditedOn, "3/20")]);
    line.extend([(ReturnReason, Reason::Department(2).code()), (CreditReason, Reason::WrongInvoice.code())]);
    let made = journey(&line);
    assert_eq!((made.returned, made.credited, made.disputed), (Some(day("3/12")), Some(day("3/20")), None));
    assert_eq!(made.reasons, [Some(PRODUCTION), Some(FINANCE), None]);
    assert!(made.credit_for_wrong_invoice);
    // A return without a date counts from the day it was known.
    let mut undated = on(&[(Ordered, "3/2"), (Delivered, "3/9")]);
    undated.push((ReturnedQuantity, 3));
    assert_eq!(journey(&undated).returned, Some(day("1/1")));
}

#[test]
fn provenance_names_record_and_field_when_asked() {
    let mut line = facts(&on(&[(Ordered, "3/2"), (Promised, "3/16")]));
    push_text(&mut line, Customer, "Acme");
    let shipment = facts(&[(Delivered, i64::from(day("3/10").0)), (ShippedQuantity, 5)]);
    let records = [super::assemble::RecordFacts { stream: 1, ..record(&shipment) }, record(&line)];
    let mut provenance = Provenance::default();
    let made = assemble(&records, &assembly_rules(), Some(&mut provenance)).unwrap();
    assert_eq!(made.texts.customer, Some("Acme"));
    for origin in [
        Origin { of: Ordered, record: 1, field: Ordered },
        Origin { of: Customer, record: 1, field: Customer },
        Origin { of: Promised, record: 1, field: Promised },
        Origin { of: Delivered, record: 0, field: Delivered },
        Origin { of: DeliveredQuantity, record: 0, field: ShippedQuantity },
    ] {
        assert!(provenance.origins.contains(&origin), "{origin:?} in {provenance:?}");
    }
}

proptest! {
    #[test]
    fn lateness_is_the_gap_and_the_overruns(
        rules in any_assembly_rules(), records in prop::collection::vec(any_kept(), 1..4),
        promised in any_day(), end in any_day(), running in any::<bool>(),
    ) {
        for journey in any_journeys(&rules, &[records]) {
            let reached = journey.actual[rules.route.promise()];
            let end = match reached { Some(on) if !running => End::Reached(on), _ => End::Running(end) };
            let split = Split::of(&journey, &rules.route, &rules.calendar, promised, end);
            let overruns: i32 = split.legs().iter().map(|leg| leg.overrun_days).sum();
            prop_assert_eq!(split.lateness_days, split.gap_days + overruns);
            prop_assert_eq!(split.components_days.iter().sum::<i32>(), split.lateness_days);
            let late = end.day() > promised;
            prop_assert_eq!(split.is_late(), late);
            prop_assert_eq!(split.lateness_days > 0, late);
            let whole = if late { MILLION } else { 0 };
            prop_assert_eq!(split.shares.iter().map(|share| i64::from(*share)).sum::<i64>(), whole);
            let late_days = if late { i64::from(split.lateness_days) } else { 0 };
            prop_assert_eq!(split.late_micro_days.iter().sum::<i64>(), late_days * MILLION);
            for (seat, days) in split.components_days.iter().enumerate() {
                prop_assert!(*days > 0 || split.shares[seat] == 0, "only who overran is charged");
            }
            let legs = split.legs();
            prop_assert!(legs.windows(2).all(|pair| pair[0].to == pair[1].from), "legs follow one another");
            prop_assert_eq!(legs.iter().filter(|leg| leg.running).count(), usize::from(matches!(end, End::Running(_))));
        }
    }

    #[test]
    fn parts_are_whole_and_as_near_as_can_be(total in 0i64..20_000_000, weights in any::<[u16; 8]>()) {
        let weights = weights.map(i64::from);
        let sum: i64 = weights.iter().sum();
        let parts = apportion(total, &weights);
        prop_assert_eq!(parts.iter().sum::<i64>(), if sum == 0 { 0 } else { total });
        for (part, weight) in parts.iter().zip(weights) {
            if sum > 0 {
                prop_assert!((part * sum - total * weight).abs() < sum, "less than one unit away");
            }
        }
    }

    #[test]
    fn records_make_the_same_journey_in_any_order(
        rules in any_assembly_rules(), records in prop::collection::vec(any_kept(), 1..5), turn in 0usize..5,
    ) {
        let handed: Vec<_> = records.iter().map(Kept::as_record).collect();
        let mut turned = handed.clone();
        turned.reverse();
        turned.rotate_left(turn % records.len());
        prop_assert_eq!(assemble(&handed, &rules, None), assemble(&turned, &rules, None));
    }

    #[test]
    fn versions_make_the_same_journey_in_any_order_of_arrival(
        rules in any_assembly_rules(), turn in 0usize..6,
        versions in prop::collection::vec((any_sound_facts(), any_known()), 1..6),
    ) {
        let versions: Vec<_> = versions.into_iter().map(|(of, known)| (known, facts(&of))).collect();
        let build = |versions: &[(Known, Vec<u8>)]| {
            let mut history = History::default();
            versions.iter().for_each(|(known, facts)| history.note(Facts(facts), *known));
            let (known, current) = versions.iter().max().cloned().unwrap();
            (history, known, current)
        };
        let mut turned = versions.clone();
        turned.reverse();
        turned.rotate_left(turn % versions.len());
        let [one, other] = [build(&versions), build(&turned)];
        prop_assert_eq!(&one, &other);
        let make = |(history, known, current): &(History, Known, Vec<u8>)| {
            let record = super::assemble::RecordFacts { history: Some(history), known: *known, ..record(current) };
            assemble(&[record], &rules, None).map(|made| (made.journey, made.exceptions))
        };
        prop_assert_eq!(make(&one), make(&other));
    }

    #[test]
    fn one_version_needs_no_history(rules in any_assembly_rules(), of in any_facts(), known in any_known()) {
        let facts = facts(&of);
        let history = History::of(Facts(&facts), known);
        let without = super::assemble::RecordFacts { known, ..record(&facts) };
        let with = super::assemble::RecordFacts { history: Some(&history), ..without };
        prop_assert_eq!(assemble(&[without], &rules, None), assemble(&[with], &rules, None));
    }

    #[test]
    fn a_history_merges_and_travels_as_bytes(
        one in prop::collection::vec((any_facts(), any_known()), 0..4),
        other in prop::collection::vec((any_facts(), any_known()), 0..4), cut in any::<prop::sample::Index>(),
    ) {
        let build = |versions: &[(Vec<(Field, i64)>, Known)]| {
            let mut history = History::default();
            versions.iter().for_each(|(of, known)| history.note(Facts(&facts(of)), *known));
            history
        };
        let (mut ab, mut ba) = (build(&one), build(&other));
        ab.merge(&build(&other));
        ba.merge(&build(&one));
        prop_assert_eq!(&ab, &ba);
        prop_assert_eq!(&ab, &build(&[one, other].concat()));
        let bytes = ab.to_bytes();
        prop_assert_eq!(History::from_bytes(&bytes), Ok(ab));
        prop_assert!(History::from_bytes(&bytes[..cut.index(bytes.len())]).is_err());
    }

    #[test]
    fn damaged_records_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..80), rules in any_assembly_rules()) {
        let _ = assemble(&[record(&bytes)], &rules, None);
        let _ = assemble(&[record(&bytes), super::assemble::RecordFacts { stream: 1, ..record(&bytes) }], &rules, None);
        let _ = History::from_bytes(&bytes);
    }

    #[test]
    fn known_milestones_are_in_order_after_assembling(rules in any_assembly_rules(), of in any_facts()) {
        if let Ok(made) = assemble(&[record(&facts(&of))], &rules, None) {
            let known: Vec<_> = rules.route.steps().iter().filter_map(|step| made.journey.actual[*step]).collect();
            prop_assert!(known.is_sorted());
            prop_assert!(rules.route.steps().iter().all(|step| made.journey.due[*step].is_some()));
        }
    }
}
