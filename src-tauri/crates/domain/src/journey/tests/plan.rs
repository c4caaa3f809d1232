//! Routes, standards, dues.

use crate::day::{Calendar, Day};
use crate::journey::plan::{LeadTimes, PlanFault, PlanOf, Route, StandardSet, Standards, dues};
use crate::journey::sample::*;
use crate::journey::{Milestone, PerMilestone, Seat};
use crate::record::Field;

use Field::*;

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
