//! Bad rows first, then tolerances to the thousandth, then what must hold for any rows.

#![allow(clippy::unwrap_used)] // tests

use proptest::prelude::*;

use super::*;
use crate::day::Week;

fn settings(form: MeasureForm, unit: MeasureUnit, tolerance: i64) -> MeasureSettings {
    MeasureSettings { form, unit, tolerance: Quantity(tolerance) }
}

fn said(row: u64, week: i32, department: Option<&str>, numerator: i64, denominator: Option<i64>) -> Said {
    let department = department.map(|name| DepartmentId::try_from(name.to_owned()).unwrap());
    Said {
        row,
        week: Week(week),
        department,
        numerator: Quantity(numerator),
        denominator: denominator.map(Quantity),
    }
}

fn figure(numerator: i64, denominator: i64, parts: &[i64]) -> Figure {
    let named =
        |(at, part): (usize, &i64)| (DepartmentId::try_from(format!("d{at}")).unwrap(), Quantity(*part));
    Figure {
        numerator: Quantity(numerator),
        denominator: Quantity(denominator),
        parts: parts.iter().enumerate().map(named).collect(),
    }
}

#[test]
fn a_bad_row_takes_its_week_out_and_no_other() {
    use MeasureForm::{Ratio, Value};
    use Reason::{DenominatorNotPositive, NoDenominator, NoTotal, Twice, WeekIncomplete};
    let (total, part) = (said(1, 7, None, 93, Some(120)), said(2, 7, Some("sales"), 93, None));
    let cases = [
        (
            "total twice",
            Ratio,
            vec![total.clone(), total.clone(), part.clone()],
            vec![Twice, Twice, WeekIncomplete],
        ),
        ("part twice", Ratio, vec![total, part.clone(), part.clone()], vec![WeekIncomplete, Twice, Twice]),
        ("zero below", Ratio, vec![said(1, 7, None, 93, Some(0))], vec![DenominatorNotPositive]),
        ("negative below", Ratio, vec![said(1, 7, None, 93, Some(-1))], vec![DenominatorNotPositive]),
        (
            "nothing below",
            Ratio,
            vec![said(1, 7, None, 93, None), part.clone()],
            vec![NoDenominator, WeekIncomplete],
        ),
        ("parts alone", Value, vec![part], vec![NoTotal]),
    ];
    for (name, form, rows, expected) in cases {
        let good = said(9, 8, None, 50, Some(100));
        let collated = collate(rows.into_iter().chain([good]), form);
        let found: Vec<_> = collated.aside.iter().map(|aside| aside.reason).collect();
        assert_eq!(found, expected, "{name}");
        assert_eq!(collated.weeks.keys().collect::<Vec<_>>(), [&Week(8)], "{name}");
    }
}

#[test]
fn the_tolerance_is_met_to_the_thousandth_and_in_the_measures_unit() {
    let percent = |tolerance| settings(MeasureForm::Ratio, MeasureUnit::Percent, tolerance);
    let plain = |tolerance| settings(MeasureForm::Value, MeasureUnit::Plain("pallets".into()), tolerance);
    // One of 200 is half a percentage point.
    let ratio = figure(150_000, 200_000, &[100_000, 49_000]);
    assert_eq!(ratio.reconcile(&percent(500)), Ok(()));
    let gap = Gap { total: Quantity(150_000), sum: Quantity(149_000) };
    assert_eq!(ratio.reconcile(&percent(499)), Err(gap));
    let value = figure(12_500, 1_000, &[6_000, 6_750]);
    assert_eq!(value.reconcile(&plain(250)), Ok(()));
    assert_eq!(value.reconcile(&plain(249)), Err(Gap { total: Quantity(12_500), sum: Quantity(12_750) }));
    assert_eq!(value.unassigned(), Some(Quantity(-250)));
    assert_eq!(figure(12_500, 1_000, &[]).reconcile(&plain(0)), Ok(()), "no parts, nothing to add up");
}

#[test]
fn numbers_at_the_edge_are_refused_and_not_wrapped() {
    let percent = settings(MeasureForm::Ratio, MeasureUnit::Percent, i64::MAX);
    let huge = figure(i64::MIN, 1, &[i64::MAX, i64::MAX]);
    assert_eq!(huge.value(&percent), None);
    assert_eq!(huge.unassigned(), None);
    assert_eq!(huge.reconcile(&percent), Err(Gap { total: Quantity(i64::MIN), sum: Quantity(i64::MAX) }));
}

#[test]
fn what_cannot_be_defined_is_said() {
    let good = settings(MeasureForm::Value, MeasureUnit::Plain("pallets".into()), 0);
    assert_eq!(good.check(), Ok(()));
    let nameless = MeasureSettings { unit: MeasureUnit::Plain("  ".into()), ..good.clone() };
    assert_eq!(nameless.check(), Err(MeasureFault::NoUnit));
    let negative = MeasureSettings { tolerance: Quantity(-1), ..good };
    assert_eq!(negative.check(), Err(MeasureFault::NegativeTolerance(Quantity(-1))));
}

fn any_said() -> impl Strategy<Value = Said> {
    let department = prop::option::of(prop::sample::select(vec!["sales", "production", "logistics"]));
    (0i32..4, department, -9_000i64..9_000, prop::option::of(-2i64..9_000))
        .prop_map(|(week, department, above, below)| said(0, week, department, above, below))
}

proptest! {
    #[test]
    fn no_row_is_lost_and_none_counts_twice(
        mut rows in prop::collection::vec(any_said(), 0..12),
        form in prop::sample::select(vec![MeasureForm::Ratio, MeasureForm::Value]),
    ) {
        for (row, said) in (0..).zip(&mut rows) {
            said.row = row;
        }
        let collated = collate(rows.clone(), form);
        let counted = collated.weeks.values().flat_map(|(_, rows)| rows.iter().copied());
        let mut all: Vec<u64> = counted.chain(collated.aside.iter().map(|aside| aside.said.row)).collect();
        all.sort_unstable();
        prop_assert_eq!(all, rows.iter().map(|said| said.row).collect::<Vec<_>>());
    }

    #[test]
    fn after_reconciliation_the_parts_and_what_nobody_has_are_the_total(
        numerator in -90_000i64..90_000,
        denominator in 1i64..90_000,
        parts in prop::collection::vec(-40_000i64..40_000, 1..5),
        off in -50i64..50,
        tolerance in 0i64..20_000,
    ) {
        // Mostly nearly right, so that both answers occur.
        let mut parts = parts;
        let last = numerator - parts.iter().sum::<i64>() + off;
        parts.push(last);
        let figure = figure(numerator, denominator, &parts);
        let settings = settings(MeasureForm::Ratio, MeasureUnit::Percent, tolerance);
        let shares = figure.parts.keys().map(|name| figure.part(name, &settings).unwrap());
        let unassigned = figure.unassigned().unwrap().0;
        let value = figure.value(&settings).unwrap();
        prop_assert_eq!(shares.map(|share| share.numerator).sum::<i64>() + unassigned * 100, value.numerator);
        let within = unassigned.abs() * 100 * 1000 <= tolerance * denominator;
        prop_assert_eq!(figure.reconcile(&settings).is_ok(), within);
    }
}
