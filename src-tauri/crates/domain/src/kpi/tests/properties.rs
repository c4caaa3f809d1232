//! What must hold for any journeys, rules and days.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::day::{Day, Week};
use crate::journey::Journey;
use crate::journey::assemble::AssemblyRules;
use crate::journey::sample::*;
use crate::journey::split::MILLION;
use crate::kpi::judge::{Verdict, judge};
use crate::kpi::{Basis, KpiKind, KpiRules, Sign, Tallies, Tally, count, stable_from};
use crate::record::Field;

use Field::*;

type Sparse = BTreeMap<(KpiKind, Week), Tally>;

fn contributions(order: &[Journey], rules: &KpiRules, today: Day) -> Sparse {
    let mut sink = Sparse::new();
    count(order, rules, today, Sign::Plus, &mut sink);
    sink.retain(|_, tally| !tally.is_zero());
    sink
}

fn any_orders() -> impl Strategy<Value = Vec<Vec<Vec<Kept>>>> {
    let line = prop::collection::vec(any_kept(), 1..3);
    prop::collection::vec(prop::collection::vec(line, 1..4), 1..5)
}

fn any_rules() -> impl Strategy<Value = (AssemblyRules, KpiRules)> {
    (any_assembly_rules(), prop::sample::select(Basis::ALL.to_vec()), 0i32..30).prop_map(
        |(assembly, basis, window)| {
            let rules = kpi_rules_of(&assembly);
            let rules = KpiRules { basis, return_window_days: window, credit_window_days: window, ..rules };
            (assembly, rules)
        },
    )
}

/// Days around those of the generated journeys.
fn any_today() -> impl Strategy<Value = Day> {
    (20_440i32..20_620).prop_map(Day)
}

proptest! {
    #[test]
    fn parts_add_up_to_the_millionth((assembly, rules) in any_rules(), orders in any_orders(), today in any_today()) {
        let mut sink = Sparse::new();
        for order in &orders {
            count(&any_journeys(&assembly, order), &rules, today, Sign::Plus, &mut sink);
        }
        for ((kind, _), tally) in &sink {
            let parts: i64 = tally.parts.iter().sum();
            let expected = if kind.is_percent() { tally.n - tally.numerator } else { tally.numerator };
            prop_assert_eq!(parts, expected * MILLION, "{:?}", kind);
            prop_assert!(tally.parts.iter().all(|part| *part >= 0));
            prop_assert_eq!(tally.late_micro_days.iter().sum::<i64>(), tally.late_days * MILLION);
            prop_assert!(tally.unsettled <= tally.numerator);
            if *kind == KpiKind::OrderToCash {
                prop_assert_eq!(tally.leg_days.0.iter().sum::<i64>(), tally.numerator);
            }
            for beside in &tally.beside {
                for level in [beside.line, beside.order, beside.quantity] {
                    prop_assert!(level.on_time_in_full <= level.in_full);
                    prop_assert!(level.on_time <= level.n && level.in_full <= level.n);
                }
                prop_assert!(beside.line.n <= tally.n && beside.order.n <= beside.line.n);
            }
            prop_assert_eq!(Tally::from_bytes(&tally.to_bytes()), Some(*tally));
        }
    }

    #[test]
    fn what_changed_is_as_good_as_counting_everything(
        (assembly, rules) in any_rules(), before in any_orders(), after in any_orders(), today in any_today(),
    ) {
        let journeys = |orders: &[Vec<Vec<Kept>>]| -> Vec<Vec<Journey>> {
            orders.iter().map(|order| any_journeys(&assembly, order)).collect()
        };
        let (before, after) = (journeys(&before), journeys(&after));
        let mut incremental = Tallies::default();
        for order in &before {
            count(order, &rules, today, Sign::Plus, &mut incremental);
        }
        // Only the difference is computed, and added to what was kept.
        let mut difference = Tallies::default();
        for index in 0..before.len().max(after.len()) {
            if before.get(index) != after.get(index) {
                before.get(index).inspect(|order| count(order, &rules, today, Sign::Minus, &mut difference));
                after.get(index).inspect(|order| count(order, &rules, today, Sign::Plus, &mut difference));
            }
        }
        incremental.add(&difference);
        let mut full = Tallies::default();
        for order in &after {
            count(order, &rules, today, Sign::Plus, &mut full);
        }
        prop_assert_eq!(incremental.iter().collect::<Vec<_>>(), full.iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_stable_order_contributes_the_same_on_any_later_day(
        (assembly, rules) in any_rules(), order in prop::collection::vec(prop::collection::vec(any_kept(), 1..3), 1..4),
        later in 0i32..400,
    ) {
        let order = any_journeys(&assembly, &order);
        if let Some(stable) = stable_from(&order, &rules) {
            // No journey at all is stable from the beginning of time.
            let stable = stable.max(Day(20_000));
            prop_assert_eq!(contributions(&order, &rules, stable), contributions(&order, &rules, stable.plus(later)));
        }
    }

    #[test]
    fn the_lines_of_an_order_count_in_any_order(
        (assembly, rules) in any_rules(), order in prop::collection::vec(prop::collection::vec(any_kept(), 1..3), 1..4), today in any_today(),
    ) {
        let mut order = any_journeys(&assembly, &order);
        let before = contributions(&order, &rules, today);
        order.reverse();
        prop_assert_eq!(before, contributions(&order, &rules, today));
    }

    #[test]
    fn a_cancellation_or_deletion_never_turns_a_miss_into_anything_else(
        (assembly, rules) in any_rules(), order in prop::collection::vec(any_kept(), 1..3), today in any_today(), deleted in any_today(),
    ) {
        for mut journey in any_journeys(&assembly, &[order]) {
            let deleted = deleted.min(today);
            let missed = |journey: &Journey, on| judge(journey, &rules, on).is_some_and(|judged| matches!(judged.verdict, Verdict::Missed(_)));
            let had_missed = missed(&journey, deleted);
            journey.deleted_at_source = Some(deleted);
            prop_assert!(!had_missed || missed(&journey, today));
        }
    }

    #[test]
    fn damaged_tallies_are_refused_not_misread(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Some(tally) = Tally::from_bytes(&bytes) {
            prop_assert_eq!(Tally::from_bytes(&tally.to_bytes()), Some(tally));
        }
    }

    #[test]
    fn an_order_of_many_weeks_counts_like_its_lines_apart(weeks in prop::collection::vec(0i32..30, 1..40), today in any_today()) {
        let lines: Vec<Journey> = weeks.iter().map(|week| {
            let promised = i64::from(20_460 + week * 7);
            journey(&[(Ordered, 20_455), (Promised, promised), (Delivered, 20_500), (Invoiced, 20_501)])
        }).collect();
        let together = contributions(&lines, &kpi_rules(), today);
        let mut apart = Sparse::new();
        for line in &lines {
            count(std::slice::from_ref(line), &kpi_rules(), today, Sign::Plus, &mut apart);
        }
        for ((kind, week), tally) in &together {
            let alone = apart[&(*kind, *week)];
            prop_assert_eq!((tally.n, tally.numerator, tally.parts), (alone.n, alone.numerator, alone.parts));
            if *kind == KpiKind::PromiseKept && tally.n > 0 {
                prop_assert_eq!(tally.beside[Basis::Promised.index()].order.n, 1);
                prop_assert_eq!(tally.beside[Basis::Promised.index()].line.n, tally.n);
            }
        }
    }
}
