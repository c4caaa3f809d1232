//! From records to a journey.

use crate::journey::assemble::{
    AssemblyRules, Exception, Origin, Provenance, RecordFacts, Refusal, assemble,
};
use crate::journey::history::History;
use crate::journey::sample::*;
use crate::journey::{Journey, Milestone};
use crate::record::{ChangedBy, Facts, Field, Known, Reason, Status, push_text};

use Field::*;

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
    let rules = AssemblyRules { route: route_of(&at_shipment, Milestone::Delivered), ..assembly_rules() };
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
    records.extend(rows.iter().map(|row| RecordFacts { stream: 1, ..record(row) }));
    let rules = AssemblyRules { tolerance_permille, ..assembly_rules() };
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
        let record = RecordFacts { history: Some(&history), known, ..record(&cancelled) };
        let journey = assemble(&[record], &assembly_rules(), None).unwrap().journey;
        assert_eq!(journey.cancelled, expected.map(day), "{versions:?}");
    }
}

#[test]
fn the_first_promise_stays_whatever_arrives_first() {
    let version = |promised, by: ChangedBy| {
        let mut facts = on(&[(Ordered, "3/2"), (Promised, promised)]);
        facts.push((DateChangedBy, by.code()));
        crate::journey::sample::facts(&facts)
    };
    let first = (version("3/16", ChangedBy::Us), Known::declared(day("3/2")));
    let second = (version("3/20", ChangedBy::Customer), Known::declared(day("3/10")));
    for versions in [[&first, &second], [&second, &first]] {
        let mut history = History::default();
        versions.iter().for_each(|(facts, known)| history.note(Facts(facts), *known));
        let record = RecordFacts { history: Some(&history), known: second.1, ..record(&second.0) };
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
    let record = RecordFacts { history: Some(&history), ..record(&versions[1]) };
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
    let line = RecordFacts { history: Some(&history), ..record(&second) };
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
            RecordFacts { known: Known::declared(day("3/2")), ..record(&line) },
            RecordFacts { stream: 1, known: Known::declared(day(known)), ..record(&production) },
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
            RecordFacts { deleted_at_source: line_gone, ..record(&line) },
            RecordFacts { stream: 1, deleted_at_source: shipment_gone, ..record(&shipment) },
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
    let records = [record(&line), RecordFacts { stream: 1, ..record(&shipment) }];
    let journey = assemble(&records, &assembly_rules(), None).unwrap().journey;
    assert_eq!((journey.cancelled, journey.actual[Milestone::Shipped]), (None, None));
}

#[test]
fn records_of_the_order_hold_for_its_lines_where_these_say_nothing() {
    let header = facts(&on(&[(Ordered, "3/2"), (Promised, "3/16"), (Requested, "3/10")]));
    let line = facts(&on(&[(Promised, "3/20")]));
    let header = RecordFacts { order_level: true, ..record(&header) };
    let journey = assemble(&[header, record(&line)], &assembly_rules(), None).unwrap().journey;
    assert_eq!(journey.actual[Milestone::Ordered], Some(day("3/2")));
    assert_eq!((journey.promised, journey.requested), (Some(day("3/20")), Some(day("3/10"))));
}

#[test]
fn the_system_of_record_wins_and_the_disagreement_is_kept() {
    let erp = facts(&on(&[(Ordered, "3/2")]));
    let crm = facts(&on(&[(Ordered, "3/1")]));
    let records = [RecordFacts { stream: 4, ..record(&crm) }, record(&erp)];
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
    let records = [RecordFacts { stream: 1, ..record(&shipment) }, record(&line)];
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
