//! Tables of cases, one for each rule.

use std::collections::BTreeMap;

use crate::day::{Calendar, Day, Week};
use crate::journey::assemble::AssemblyRules;
use crate::journey::sample::*;
use crate::journey::split::{End, MILLION};
use crate::journey::{Journey, Milestone, PerSeat};
use crate::kpi::judge::{InvoiceFault, Miss, Verdict, judge};
use crate::kpi::tally::{Level, Rate};
use crate::kpi::{Basis, KpiKind, KpiRules, Sign, Sink, Tallies, Tally, count};
use crate::record::{Field, Reason, Status};

use Field::*;

type Sparse = BTreeMap<(KpiKind, Week), Tally>;

fn contributions(order: &[Journey], rules: &KpiRules, today: Day) -> Sparse {
    let mut sink = Sparse::new();
    count(order, rules, today, Sign::Plus, &mut sink);
    sink.retain(|_, tally| !tally.is_zero());
    sink
}

fn tally(order: &[Journey], kind: KpiKind, week_of: &str, today: &str) -> Tally {
    contributions(order, &kpi_rules(), day(today)).remove(&(kind, day(week_of).week())).unwrap_or_default()
}

/// Ordered 2 March, promised 16 March (a Monday), with more dates.
fn line(dates: &[(Field, &str)]) -> Vec<(Field, i64)> {
    let mut all = on(&[(Ordered, "3/2"), (Promised, "3/16")]);
    all.extend(on(dates));
    all
}

fn with(mut line: Vec<(Field, i64)>, more: &[(Field, i64)]) -> Journey {
    line.extend(more);
    journey(&line)
}

const CLOSED: (Field, i64) = (Field::Status, Status::Closed.code());
const WRONG_INVOICE: (Field, i64) = (CreditReason, Reason::WrongInvoice.code());

fn millions(of: &[(crate::journey::Seat, i64)]) -> PerSeat<i64> {
    let mut parts = PerSeat::default();
    of.iter().for_each(|(seat, part)| parts[seat.index()] = *part);
    parts
}

#[test]
fn a_promise_is_kept_missed_pending_or_cancelled() {
    let late = |end| Verdict::Missed(Miss { late: Some(end), ..Miss::default() });
    let invoice = |fault| Verdict::Missed(Miss { invoice: Some(fault), ..Miss::default() });
    let kept = |unsettled| Verdict::Kept { unsettled };
    for (dates, today, expected) in [
        // Not there yet: pending on the promised day itself, late from the day after.
        (vec![], "3/1", Verdict::Pending),
        (vec![], "3/16", Verdict::Pending),
        (vec![], "3/17", late(End::Running(day("3/17")))),
        (vec![], "3/22", late(End::Running(day("3/22")))),
        // From the Monday after the promise's week on, that Monday stands for the date.
        (vec![], "3/23", late(End::Running(day("3/23")))),
        (vec![], "9/1", late(End::Running(day("3/23")))),
        // The real date once it is reached; one that lies ahead is a plan.
        (vec![(Delivered, "3/20"), (Invoiced, "3/21")], "3/19", late(End::Running(day("3/19")))),
        (vec![(Delivered, "3/20"), (Invoiced, "3/21")], "3/21", late(End::Reached(day("3/20")))),
        (vec![(Delivered, "4/20"), (Invoiced, "4/21")], "4/19", late(End::Running(day("3/23")))),
        // Delivered in time: the invoice has three days.
        (vec![(Delivered, "3/16")], "3/19", Verdict::Pending),
        (vec![(Delivered, "3/16")], "3/20", invoice(InvoiceFault::Late)),
        (vec![(Delivered, "3/16"), (Invoiced, "3/19")], "3/19", kept(true)),
        (vec![(Delivered, "3/16"), (Invoiced, "3/20")], "3/19", Verdict::Pending),
        (vec![(Delivered, "3/16"), (Invoiced, "3/20")], "3/20", invoice(InvoiceFault::Late)),
        (vec![(Delivered, "3/16"), (Invoiced, "3/19")], "4/16", kept(true)),
        (vec![(Delivered, "3/16"), (Invoiced, "3/19")], "4/17", kept(false)),
        (vec![(Delivered, "3/10"), (Invoiced, "3/11")], "3/11", kept(true)),
        // Cancelled before the promise was past, and after it.
        (vec![(CancelledOn, "3/16")], "4/1", Verdict::Cancelled),
        (vec![(CancelledOn, "3/17")], "4/1", late(End::Running(day("3/17")))),
        (vec![(CancelledOn, "5/4")], "6/1", late(End::Running(day("5/4")))),
        (vec![(CancelledOn, "5/4")], "5/3", late(End::Running(day("3/23")))),
        // Cancelled after the delivery: what had been missed by then stays missed.
        (vec![(Delivered, "3/16"), (Invoiced, "3/17"), (CancelledOn, "3/20")], "6/1", Verdict::Cancelled),
        (
            vec![(Delivered, "3/18"), (Invoiced, "3/19"), (CancelledOn, "3/20")],
            "6/1",
            late(End::Reached(day("3/18"))),
        ),
        (vec![(Delivered, "3/16"), (CancelledOn, "3/25")], "6/1", invoice(InvoiceFault::Late)),
        (vec![(Delivered, "3/16"), (CancelledOn, "3/19")], "6/1", Verdict::Cancelled),
    ] {
        let judged = judge(&journey(&line(&dates)), &kpi_rules(), day(today)).unwrap();
        assert_eq!(judged.verdict, expected, "{dates:?} on {today}");
        assert_eq!(judged.week(), day("3/16").week());
    }
}

#[test]
fn a_deletion_at_the_source_never_improves_a_number() {
    for (deleted, expected_missed) in [("3/16", false), ("3/17", true)] {
        let mut journey = journey(&line(&[]));
        journey.deleted_at_source = Some(day(deleted));
        let tally = tally(&[journey], KpiKind::PromiseKept, "3/16", "6/1");
        assert_eq!(
            (tally.n, tally.numerator, tally.cancelled),
            (i64::from(expected_missed), 0, i64::from(!expected_missed))
        );
    }
}

#[test]
fn a_credit_for_a_wrong_invoice_counts_within_its_window() {
    for (credited, today, fault) in [
        ("3/20", "6/1", Some(InvoiceFault::Wrong)),
        ("4/14", "6/1", Some(InvoiceFault::Wrong)),
        ("4/15", "6/1", None),
        ("3/20", "3/19", None),
    ] {
        let dates = line(&[(Delivered, "3/16"), (Invoiced, "3/17"), (CreditedOn, credited)]);
        let verdict = |journey| judge(&journey, &kpi_rules(), day(today)).unwrap().verdict;
        let missed = |verdict| match verdict {
            Verdict::Missed(miss) => miss.invoice,
            _ => None,
        };
        assert_eq!(missed(verdict(with(dates.clone(), &[WRONG_INVOICE]))), fault, "{credited} {today}");
        assert_eq!(missed(verdict(journey(&dates))), None, "a credit for another reason");
    }
}

#[test]
fn a_company_without_invoices_has_no_such_condition() {
    let steps = [Milestone::Ordered, Milestone::Shipped, Milestone::Delivered];
    let route = route_of(&steps, Milestone::Delivered);
    let rules = KpiRules::new(route, Calendar::every_day(), 3);
    let journey = journey(&line(&[(Delivered, "3/16")]));
    assert_eq!(judge(&journey, &rules, day("6/1")).unwrap().verdict, Verdict::Kept { unsettled: false });
}

#[test]
fn stated_days_to_invoice_win_over_the_standard() {
    // The standard gives three days from the delivery, the person one, and then five.
    for (stated, invoiced, kept) in
        [(1, "3/17", true), (1, "3/18", false), (5, "3/21", true), (5, "3/22", false)]
    {
        let rules = KpiRules { stated_invoicing_days: Some(stated), ..kpi_rules() };
        let journey = journey(&line(&[(Delivered, "3/16"), (Invoiced, invoiced)]));
        let verdict = judge(&journey, &rules, day("6/1")).unwrap().verdict;
        assert_eq!(matches!(verdict, Verdict::Kept { .. }), kept, "{stated} {invoiced}: {verdict:?}");
    }
}

#[test]
fn an_invoice_at_shipment_has_its_days_from_the_shipment() {
    let steps = [Milestone::Ordered, Milestone::Shipped, Milestone::Invoiced, Milestone::Delivered];
    let assembly = AssemblyRules { route: route_of(&steps, Milestone::Delivered), ..assembly_rules() };
    let rules = kpi_rules_of(&assembly);
    for (invoiced, kept) in [("3/13", true), ("3/14", false)] {
        let facts = facts(&line(&[(Shipped, "3/10"), (Invoiced, invoiced), (Delivered, "3/16")]));
        let journey = crate::journey::assemble::assemble(&[record(&facts)], &assembly, None).unwrap().journey;
        let verdict = judge(&journey, &rules, day("6/1")).unwrap().verdict;
        assert_eq!(matches!(verdict, Verdict::Kept { .. }), kept, "{invoiced}: {verdict:?}");
    }
}

#[test]
fn a_miss_on_several_counts_splits_evenly_among_them() {
    let in_time = [(Delivered, "3/16"), (Invoiced, "3/17")];
    let late =
        [(Produced, "3/15"), (Shipped, "3/18"), (Confirmed, "3/3"), (Delivered, "3/20"), (Invoiced, "3/21")];
    let late_invoice =
        [(Produced, "3/15"), (Shipped, "3/18"), (Confirmed, "3/3"), (Delivered, "3/20"), (Invoiced, "4/21")];
    let quantities = |produced, delivered| {
        vec![CLOSED, (OrderedQuantity, 100), (ProducedQuantity, produced), (DeliveredQuantity, delivered)]
    };
    let none = vec![];
    for (dates, more, expected) in [
        // Late alone: 6/7 and 1/7.
        (&late[..], none.clone(), vec![(PRODUCTION, 857_143), (LOGISTICS, 142_857)]),
        // Short: production where less was produced, else logistics.
        (&in_time, quantities(60, 60), vec![(PRODUCTION, MILLION)]),
        (&in_time, quantities(100, 60), vec![(LOGISTICS, MILLION)]),
        (&in_time, vec![CLOSED, (OrderedQuantity, 100), (DeliveredQuantity, 60)], vec![(LOGISTICS, MILLION)]),
        // Late and an invoice late: halves.
        (&late_invoice, none, vec![(PRODUCTION, 428_571), (LOGISTICS, 71_429), (FINANCE, 500_000)]),
        // Late, short and an invoice late: thirds. 2/7, 1/21 + 1/3, 1/3.
        (
            &late_invoice,
            quantities(100, 60),
            vec![(PRODUCTION, 285_714), (LOGISTICS, 380_953), (FINANCE, 333_333)],
        ),
    ] {
        let journey = with(line(dates), &more);
        let tally = tally(&[journey], KpiKind::PromiseKept, "3/16", "6/1");
        assert_eq!((tally.n, tally.numerator), (1, 0), "{dates:?} {more:?}");
        assert_eq!(tally.parts, millions(&expected), "{dates:?} {more:?}");
    }
}

#[test]
fn reaching_the_milestone_refines_the_split_and_leaves_the_value() {
    let open = journey(&line(&[(Confirmed, "3/3"), (Produced, "3/9")]));
    let done = journey(&line(&[
        (Confirmed, "3/3"),
        (Produced, "3/9"),
        (Shipped, "3/11"),
        (Delivered, "4/1"),
        (Invoiced, "4/2"),
    ]));
    let before = tally(std::slice::from_ref(&open), KpiKind::PromiseKept, "3/16", "3/30");
    let after = tally(&[done], KpiKind::PromiseKept, "3/16", "4/10");
    assert_eq!(before.value(KpiKind::PromiseKept), after.value(KpiKind::PromiseKept));
    assert_eq!((before.late_days, after.late_days), (7, 16));
    assert_eq!(before, tally(&[open], KpiKind::PromiseKept, "3/16", "3/23"), "the same until then");
}

#[test]
fn a_journey_without_a_promise_is_in_none_of_the_three_and_is_shown() {
    let journey = journey(&on(&[(Ordered, "3/2"), (Confirmed, "3/10"), (Delivered, "3/20"), (Paid, "3/30")]));
    let found = contributions(&[journey], &kpi_rules(), day("6/1"));
    let counted: Vec<_> =
        found.iter().map(|((kind, week), tally)| (*kind, *week, tally.n, tally.without_promise)).collect();
    assert_eq!(
        counted,
        [
            (KpiKind::PromiseKept, day("3/2").week(), 0, 1),
            (KpiKind::OrderToCash, day("3/30").week(), 1, 0),
            (KpiKind::RightFirstTime, day("3/20").week(), 1, 0),
            (KpiKind::PromiseRealism, day("3/10").week(), 0, 1),
        ]
    );
}

#[test]
fn order_to_cash_is_the_sum_of_its_legs() {
    let all = journey(&line(&[
        (Confirmed, "3/3"),
        (Produced, "3/10"),
        (Shipped, "3/12"),
        (Delivered, "3/14"),
        (Invoiced, "3/15"),
        (Paid, "4/14"),
    ]));
    // Without a production date that leg joins the shipment's.
    let joined =
        journey(&line(&[(Confirmed, "3/3"), (Shipped, "3/12"), (Delivered, "3/14"), (Paid, "4/13")]));
    let tally = tally(&[all, joined], KpiKind::OrderToCash, "4/14", "6/1");
    assert_eq!((tally.n, tally.numerator), (2, 43 + 42));
    assert_eq!(tally.leg_days.0, [0, 2, 7, 2 + 9, 4, 1, 30 + 30]);
    assert_eq!(
        tally.parts,
        millions(&[
            (SALES, 2 * MILLION),
            (PRODUCTION, 7 * MILLION),
            (LOGISTICS, 15 * MILLION),
            (FINANCE, 61 * MILLION)
        ])
    );
    assert_eq!(tally.value(KpiKind::OrderToCash), Some(Rate { numerator: 85, denominator: 2 }));
}

#[test]
fn right_first_time_looks_at_its_window() {
    let dates = |more: &[(Field, &str)]| {
        let mut all = line(&[(Delivered, "3/16"), (Invoiced, "3/17")]);
        all.extend(on(more));
        all
    };
    let production = (ReturnReason, Reason::Department(2).code());
    for (dates, more, today, expected) in [
        (dates(&[]), vec![], "4/13", (1, 1, 1, vec![])),
        (dates(&[]), vec![], "4/14", (1, 1, 0, vec![])),
        (dates(&[(ReturnedOn, "4/13")]), vec![production], "6/1", (1, 0, 0, vec![(PRODUCTION, MILLION)])),
        (dates(&[(ReturnedOn, "4/14")]), vec![production], "6/1", (1, 1, 0, vec![])),
        (dates(&[(ReturnedOn, "4/13")]), vec![production], "4/12", (1, 1, 1, vec![])),
        // Reasons that name nobody: the deliverer's, the invoicer's, the promiser's.
        (dates(&[(ReturnedOn, "3/20")]), vec![], "6/1", (1, 0, 0, vec![(LOGISTICS, MILLION)])),
        (dates(&[(CreditedOn, "3/20")]), vec![], "6/1", (1, 0, 0, vec![(FINANCE, MILLION)])),
        (dates(&[(DisputedOn, "3/20")]), vec![], "6/1", (1, 0, 0, vec![(SALES, MILLION)])),
        // Several reasons evenly.
        (
            dates(&[(ReturnedOn, "3/20"), (CreditedOn, "3/21"), (DisputedOn, "3/22")]),
            vec![production, (CreditReason, Reason::Department(2).code())],
            "6/1",
            (1, 0, 0, vec![(PRODUCTION, 666_667), (SALES, 333_333)]),
        ),
        // Cancelled: not counted, unless it was a miss by then.
        (dates(&[(CancelledOn, "3/25")]), vec![], "6/1", (0, 0, 0, vec![])),
        (
            dates(&[(ReturnedOn, "3/20"), (CancelledOn, "3/25")]),
            vec![production],
            "6/1",
            (1, 0, 0, vec![(PRODUCTION, MILLION)]),
        ),
        (dates(&[(ReturnedOn, "3/26"), (CancelledOn, "3/25")]), vec![production], "6/1", (0, 0, 0, vec![])),
    ] {
        let (n, numerator, unsettled, parts) = expected;
        let label = format!("{dates:?} {more:?} on {today}");
        let tally = tally(&[with(dates, &more)], KpiKind::RightFirstTime, "3/16", today);
        assert_eq!(
            (tally.n, tally.numerator, tally.unsettled, tally.parts),
            (n, numerator, unsettled, millions(&parts)),
            "{label}"
        );
        assert_eq!(tally.cancelled, 1 - n, "{label}");
    }
}

#[test]
fn promise_realism_is_how_much_sooner_than_the_plan() {
    let ask = |promised| {
        let line = on(&[(Ordered, "3/2"), (Promised, promised), (Confirmed, "3/10")]);
        tally(&[journey(&line)], KpiKind::PromiseRealism, "3/10", "6/1")
    };
    // The plan ends on 13 March.
    for (promised, gap) in [("3/6", 7), ("3/13", 0), ("3/20", 0)] {
        let tally = ask(promised);
        assert_eq!(
            (tally.n, tally.numerator, tally.parts),
            (1, gap, millions(&[(SALES, gap * MILLION)])),
            "{promised}"
        );
        assert_eq!(tally.leg_days.0, [0, 1, 6, 2, 2, 0, 0]);
    }
}

#[test]
fn the_backlog_belongs_to_whoever_holds_the_order_at_each_weeks_end() {
    let dates = line(&[(Confirmed, "3/3"), (Produced, "3/25"), (Delivered, "4/8")]);
    for (more, today, weeks) in [
        // The running week is not over on its Sunday.
        (vec![], "3/22", vec![]),
        (vec![], "3/23", vec![("3/16", 7, PRODUCTION)]),
        (vec![], "4/30", vec![("3/16", 7, PRODUCTION), ("3/23", 14, LOGISTICS), ("3/30", 21, LOGISTICS)]),
        // A cancellation leaves the backlog.
        (on(&[(CancelledOn, "3/29")]), "4/30", vec![("3/16", 7, PRODUCTION)]),
        (on(&[(CancelledOn, "3/30")]), "4/30", vec![("3/16", 7, PRODUCTION), ("3/23", 14, LOGISTICS)]),
        (on(&[(CancelledOn, "3/10")]), "4/30", vec![]),
    ] {
        let found: Vec<_> = contributions(&[with(dates.clone(), &more)], &kpi_rules(), day(today))
            .into_iter()
            .filter(|((kind, _), _)| *kind == KpiKind::LateBacklog)
            .map(|((_, week), tally)| (week, tally.n, tally.numerator, tally.parts))
            .collect();
        let expected: Vec<_> = weeks
            .into_iter()
            .map(|(week, days, seat)| (day(week).week(), 1, days, millions(&[(seat, days * MILLION)])))
            .collect();
        assert_eq!(found, expected, "{more:?} {today}");
    }
}

#[test]
fn an_order_promised_for_a_sunday_is_late_on_the_monday_after() {
    let line = on(&[(Ordered, "3/2"), (Promised, "3/22")]);
    let journey = journey(&line);
    assert_eq!(tally(std::slice::from_ref(&journey), KpiKind::PromiseKept, "3/22", "3/22").pending, 1);
    let missed = tally(std::slice::from_ref(&journey), KpiKind::PromiseKept, "3/22", "3/23");
    assert_eq!((missed.n, missed.late_days), (1, 1));
    assert_eq!(tally(&[journey], KpiKind::LateBacklog, "3/22", "3/23").numerator, 1);
}

#[test]
fn beside_the_value_stand_the_three_dates_at_three_levels() {
    let mut first = line(&[(Requested, "3/12"), (Agreed, "3/18"), (Delivered, "3/16"), (Invoiced, "3/17")]);
    first.extend([(OrderedQuantity, 100), (DeliveredQuantity, 100)]);
    let mut second = line(&[(Requested, "3/20"), (Delivered, "3/15"), (Invoiced, "3/17")]);
    second.extend([CLOSED, (OrderedQuantity, 50), (DeliveredQuantity, 20)]);
    let tally = tally(&[journey(&first), journey(&second)], KpiKind::PromiseKept, "3/16", "6/1");
    let level = |n, on_time, in_full, on_time_in_full| Level { n, on_time, in_full, on_time_in_full };
    let [requested, promised, agreed] = tally.beside;
    assert_eq!((requested.line, requested.order), (level(2, 1, 1, 0), level(1, 0, 0, 0)));
    assert_eq!((promised.line, promised.order), (level(2, 2, 1, 1), level(1, 1, 0, 0)));
    assert_eq!((agreed.line, agreed.order), (level(1, 1, 1, 1), level(1, 1, 1, 1)));
    assert_eq!(requested.quantity, level(150, 50, 120, 20));
    assert_eq!(promised.quantity, level(150, 150, 120, 120));
    assert_eq!((requested.early, promised.early, agreed.early), (1, 1, 1));
}

#[test]
fn another_basis_is_the_same_kpi_with_another_date() {
    let journey = journey(&line(&[(Requested, "3/9"), (Delivered, "3/16"), (Invoiced, "3/17")]));
    for (basis, week, kept) in [(Basis::Promised, "3/16", 1), (Basis::Requested, "3/9", 0)] {
        let rules = KpiRules { basis, ..kpi_rules() };
        let found = contributions(std::slice::from_ref(&journey), &rules, day("6/1"));
        let tally = found[&(KpiKind::PromiseKept, day(week).week())];
        assert_eq!((tally.n, tally.numerator), (1, kept), "{basis:?}");
    }
    let rules = KpiRules { basis: Basis::Agreed, ..kpi_rules() };
    assert_eq!(
        contributions(&[journey], &rules, day("6/1"))[&(KpiKind::PromiseKept, day("3/2").week())]
            .without_promise,
        1
    );
}

#[test]
fn an_overridden_split_moves_the_parts() {
    let mut journey = journey(&line(&[(Delivered, "3/20"), (Invoiced, "3/21")]));
    journey.override_shares = Some(Box::new([0, 250_000, 750_000, 0, 0, 0, 0, 0]));
    let tally = tally(&[journey], KpiKind::PromiseKept, "3/16", "6/1");
    assert_eq!((tally.n, tally.numerator, tally.late_days), (1, 0, 4));
    assert_eq!(tally.parts, millions(&[(LOGISTICS, 250_000), (PRODUCTION, 750_000)]));
    assert_eq!(tally.late_micro_days, millions(&[(LOGISTICS, MILLION), (PRODUCTION, 3 * MILLION)]));
}

#[test]
fn absent_weeks_and_weeks_of_nought() {
    let kept = journey(&line(&[(Delivered, "3/16"), (Invoiced, "3/17")]));
    let ahead =
        journey(&on(&[(Ordered, "3/2"), (Promised, "4/30"), (Delivered, "3/20"), (Invoiced, "3/21")]));
    let mut tallies = Tallies::default();
    for order in [kept, ahead] {
        count(&[order], &kpi_rules(), day("4/6"), Sign::Plus, &mut tallies);
    }
    let weeks = |kind| -> Vec<_> {
        tallies
            .observed(kind, day("4/6"))
            .into_iter()
            .map(|(week, tally)| (week, tally.value(kind).unwrap()))
            .collect()
    };
    let of = |numerator, denominator| Rate { numerator, denominator };
    assert_eq!(
        weeks(KpiKind::PromiseKept),
        [(day("3/16").week(), of(100, 1))],
        "a week ahead is not observed"
    );
    let nought: Vec<_> = ["3/16", "3/23", "3/30"].map(|on| (day(on).week(), of(0, 1))).into();
    assert_eq!(weeks(KpiKind::LateBacklog), nought);
    assert_eq!(weeks(KpiKind::OrderToCash), []);
    assert_eq!(Tallies::default().observed(KpiKind::LateBacklog, day("4/6")), []);
}

#[test]
fn a_tally_far_from_now_is_kept_apart() {
    let mut tallies = Tallies::default();
    for week in [-90_000, 400_000, 2_934, 2_900, 2_950] {
        tallies.at(KpiKind::PromiseKept, Week(week)).n += i64::from(week);
    }
    let mut found: Vec<_> = tallies.iter().map(|(_, week, tally)| (week.0, tally.n)).collect();
    found.sort_unstable();
    assert_eq!(found, [-90_000, 2_900, 2_934, 2_950, 400_000].map(|week| (week, i64::from(week))));
}
