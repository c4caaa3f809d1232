//! Phases, ghosts, baselines, proposals and what must hold for every series.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

use plaza_domain::day::Day;
use plaza_domain::signal::{
    Baseline, Because, Behaviour, Direction, Expected, Options, OutOfOrder, PhaseStart, Point, Rule, RuleSet,
    Side, State, Tone, Value, Variation, Warning, compute, propose,
};
use proptest::prelude::*;

/// The Monday so many weeks after the first one.
fn week(week: usize) -> Day {
    Day(week as i32 * 7 + 4)
}

fn points(values: &[f64]) -> Vec<Point> {
    values.iter().enumerate().map(|(at, value)| Point::new(week(at), Value::plain(*value).unwrap())).collect()
}

fn chart(values: &[f64]) -> Behaviour {
    compute(&points(values), &Options::default()).unwrap()
}

/// Every point's rules with their sides.
fn flags(behaviour: &Behaviour) -> Vec<Vec<(Rule, Side)>> {
    behaviour
        .points
        .iter()
        .map(|point| point.fired.iter().map(|fired| (fired.rule, fired.side)).collect())
        .collect()
}

/// A wave that signals nothing: 49, 51, 49, 51, …
fn steady(n: usize) -> Vec<f64> {
    (0..n).map(|at| if at % 2 == 0 { 49.0 } else { 51.0 }).collect()
}

#[test]
fn days_out_of_order_are_refused() {
    let mut twice = points(&steady(3));
    twice[2].day = twice[1].day;
    let error = compute(&twice, &Options::default()).unwrap_err();
    assert_eq!(error, OutOfOrder { before: week(1), after: week(1) });
}

#[test]
fn no_point_and_one_point_and_only_ghosts_are_charts_too() {
    let empty = compute(&[], &Options { target: Some(95.0), ..Options::default() }).unwrap();
    assert!(empty.phases.is_empty() && empty.variation.is_none() && empty.assurance.is_none());

    let one = chart(&[5.0]);
    assert_eq!((one.phases[0].mean, one.phases[0].state), (Some(5.0), State::RunChart));

    let ghosts: Vec<Point> = points(&steady(8)).into_iter().map(Point::ghosted).collect();
    let ghosts = compute(&ghosts, &Options::default()).unwrap();
    assert_eq!((ghosts.phases[0].mean, ghosts.phases[0].n, ghosts.variation), (None, 0, None));
}

#[test]
fn limits_appear_at_six_points_and_are_firm_at_thirteen() {
    for (n, state) in
        [(5, State::RunChart), (6, State::Provisional), (12, State::Provisional), (13, State::Firm)]
    {
        let phase = chart(&steady(n)).phases[0].clone();
        assert_eq!((phase.state, phase.limits.is_some()), (state, state != State::RunChart), "{n} points");
    }
}

#[test]
fn a_fixed_baseline_extends_its_limits_and_its_count_decides_the_state() {
    let mut values = steady(12);
    values.extend([60.0; 8]);
    let options = Options { baseline: Some(Baseline::new(12).unwrap()), ..Options::default() };
    let fixed = compute(&points(&values), &options).unwrap();
    let phase = &fixed.phases[0];
    assert_eq!((phase.n, phase.mean, phase.state), (12, Some(50.0), State::Provisional));
    assert!(fixed.points[12..].iter().all(|point| point.rules().eq([Rule::Outside, Rule::Shift])));
    assert!(fixed.warnings.is_empty());
    assert!(Baseline::new(11).is_err());
}

#[test]
fn a_baseline_that_holds_a_signal_is_warned_about_and_one_not_reached_is_said() {
    let mut values = steady(16);
    values[5] = 90.0;
    let options = Options { baseline: Some(Baseline::new(16).unwrap()), ..Options::default() };
    let held = compute(&points(&values), &options).unwrap();
    assert_eq!(held.warnings, [Warning::BaselineHoldsSignal { from: week(0), rule: Rule::Outside }]);
    let short = compute(&points(&values[..10]), &options).unwrap();
    assert_eq!(short.warnings, [Warning::BaselineNotReached { from: week(0), points: 10, wanted: 16 }]);
    assert_eq!((short.phases[0].n, short.phases[0].baseline), (10, None));
}

#[test]
fn phases_have_limits_of_their_own_and_nothing_crosses_them() {
    // Seven points above the first mean, split by the phase: no shift in either.
    let mut values = steady(13);
    values.extend(steady(13).iter().map(|value| value + 20.0));
    let options =
        Options { phases: vec![PhaseStart { day: week(13), baseline: None }], ..Options::default() };
    let split = compute(&points(&values), &options).unwrap();
    assert_eq!(split.phases.iter().map(|phase| phase.n).collect::<Vec<_>>(), [13, 13]);
    assert_eq!((split.phases[1].from, split.points[13].moving_range), (week(13), None));
    assert!(split.signals.is_empty());
    assert!(!chart(&values).signals.is_empty());
}

#[test]
fn a_rising_run_that_a_phase_cuts_is_no_trend() {
    let mut values = steady(14);
    values.extend((0..7).map(|at| 49.0 + f64::from(at) / 2.0));
    let at = |day: usize| Options {
        phases: vec![PhaseStart { day: week(day), baseline: None }],
        ..Options::default()
    };
    let trend = |behaviour: &Behaviour| behaviour.signals.iter().any(|signal| signal.rule == Rule::Trend);
    assert!(trend(&chart(&values)));
    assert!(!trend(&compute(&points(&values), &at(17)).unwrap()));
}

#[test]
fn a_phase_start_between_two_points_belongs_to_the_later_and_one_after_the_last_is_named() {
    let options = Options {
        phases: [week(6).plus(2), week(40), week(6).plus(2)]
            .map(|day| PhaseStart { day, baseline: None })
            .to_vec(),
        ..Options::default()
    };
    let behaviour = compute(&points(&steady(14)), &options).unwrap();
    assert_eq!(behaviour.phases.iter().map(|phase| phase.start).collect::<Vec<_>>(), [0, 7]);
    assert_eq!(behaviour.warnings, [Warning::PhaseWithoutPoints { day: week(40) }]);
}

#[test]
fn a_ghost_is_left_out_of_mean_and_rules_and_the_range_bridges_it() {
    let mut series = points(&steady(15));
    series[7] = Point::new(week(7), Value::plain(500.0).unwrap()).ghosted();
    let behaviour = compute(&series, &Options::default()).unwrap();
    assert_eq!((behaviour.points[7].ghost, behaviour.points[7].moving_range), (true, None));
    assert!(behaviour.points[7].fired.is_empty() && behaviour.signals.is_empty());
    // 49 at week 6 and 49 at week 8: the range is taken across the ghost.
    assert_eq!(behaviour.points[8].moving_range, Some(0.0));
    assert_eq!(behaviour.phases[0].n, 14);
}

#[test]
fn the_later_of_two_trends_decides_a_turning_point() {
    let mut values = steady(13);
    values.extend([48.0, 49.0, 50.0, 51.0, 52.0, 53.0, 54.0, 53.0, 52.0, 51.0, 50.0, 49.0, 48.0]);
    let options = Options { direction: Direction::Higher, ..Options::default() };
    let behaviour = compute(&points(&values), &options).unwrap();
    let peak = &behaviour.points[19];
    let trend = peak.fired.iter().find(|fired| fired.rule == Rule::Trend).unwrap();
    assert_eq!(trend.side, Side::Low);
    assert_eq!(behaviour.signals_of(peak.day).filter(|signal| signal.rule == Rule::Trend).count(), 2);
}

#[test]
fn a_trend_is_judged_by_its_direction_and_not_by_its_side() {
    let mut values = steady(14);
    values.extend([46.4, 46.7, 47.0, 47.3, 47.6, 47.9, 48.2]);
    let options = Options { direction: Direction::Higher, ..Options::default() };
    let behaviour = compute(&points(&values), &options).unwrap();
    let last = behaviour.last().unwrap();
    assert!(last.number() < behaviour.phases[0].mean.unwrap());
    assert_eq!((last.tone, behaviour.variation), (Tone::Improving, Some(Variation::ImprovingHigh)));
}

#[test]
fn the_icon_says_since_when_a_run_lasts_also_where_its_last_point_is_beyond_the_limits() {
    let mut values = steady(30);
    values.extend([44.0, 45.0, 44.0, 45.0, 44.0, 45.0, 44.0, 20.0]);
    let last = chart(&values);
    assert_eq!(last.points.last().unwrap().fired.first().unwrap().rule, Rule::Outside);
    assert_eq!(last.since, Some(week(30)));
    // A point alone is its own beginning; one to the other side of the run before it as well.
    values.push(90.0);
    assert_eq!(chart(&values).since, Some(week(38)));
    assert_eq!(chart(&steady(30)).since, None);
}

#[test]
fn a_shift_that_lasts_twelve_weeks_is_proposed_as_a_phase_and_a_shorter_one_is_not() {
    let series = |shifted: usize| {
        let mut values = steady(40);
        values.extend((0..shifted).map(|at| 44.0 + (at % 2) as f64));
        chart(&values)
    };
    assert_eq!(propose(&series(11), &[]), []);
    let found = propose(&series(12), &[]);
    let because = Because::Shift { side: Side::Low, points: 12, weeks: 12 };
    // The run began in week 40, the first low one.
    assert_eq!(found.iter().map(|proposal| proposal.day).collect::<Vec<_>>(), [week(40)]);
    assert_eq!(found[0].because, because);
    // A point back on the other side: it did not persist.
    let mut over = steady(40);
    over.extend([44.0; 14]);
    over.push(60.0);
    assert_eq!(propose(&chart(&over), &[]), []);
}

#[test]
fn absent_weeks_count_towards_the_twelve() {
    let mut series = points(&steady(40));
    series
        .extend([40, 41, 43, 45, 46, 48, 49, 51].map(|at| Point::new(week(at), Value::plain(43.0).unwrap())));
    let behaviour = compute(&series, &Options::default()).unwrap();
    let because = Because::Shift { side: Side::Low, points: 8, weeks: 12 };
    assert_eq!(propose(&behaviour, &[])[0].because, because);
}

#[test]
fn a_decision_is_proposed_once_its_week_has_come() {
    let decision = |day| Expected { day, text: "split large lots".into() };
    let behaviour = chart(&steady(20));
    let found = propose(&behaviour, &[decision(week(15).plus(3)), decision(week(25))]);
    assert_eq!(found.iter().map(|proposal| proposal.day).collect::<Vec<_>>(), [week(15)]);
    assert_eq!(found[0].because, Because::Decision { text: "split large lots".into() });
}

/// Values with few decimals, so that scaling and shifting them stays far above the tolerance.
fn series() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((0_i32..200).prop_map(|value| f64::from(value) / 2.0), 0..60)
}

proptest! {
    #[test]
    fn shifting_and_scaling_change_no_flag(values in series(), by in -500_i32..500, factor in 1_i32..9,
                                           wheeler in any::<bool>()) {
        let rule_set = if wheeler { RuleSet::Wheeler } else { RuleSet::MakingDataCount };
        let options = Options { rule_set, ..Options::default() };
        let moved: Vec<f64> = values.iter().map(|value| value * f64::from(factor) + f64::from(by)).collect();
        let (a, b) = (compute(&points(&values), &options).unwrap(), compute(&points(&moved), &options).unwrap());
        prop_assert_eq!(flags(&a), flags(&b));
    }

    #[test]
    fn a_mirrored_series_has_mirrored_flags(values in series(), wheeler in any::<bool>()) {
        let rule_set = if wheeler { RuleSet::Wheeler } else { RuleSet::MakingDataCount };
        let options = Options { rule_set, direction: Direction::Higher, ..Options::default() };
        let mirrored: Vec<f64> = values.iter().map(|value| -value).collect();
        let (a, b) = (compute(&points(&values), &options).unwrap(), compute(&points(&mirrored), &options).unwrap());
        for (a, b) in a.points.iter().zip(&b.points) {
            prop_assert_eq!(a.rules().collect::<Vec<_>>(), b.rules().collect::<Vec<_>>());
            prop_assert_eq!(a.tone == Tone::Improving, b.tone == Tone::Concerning);
        }
    }

    #[test]
    fn ghosts_are_as_if_they_were_absent(values in series(), ghosts in prop::collection::vec(any::<bool>(), 60)) {
        let all: Vec<Point> = points(&values)
            .into_iter()
            .zip(&ghosts)
            .map(|(point, ghost)| if *ghost { point.ghosted() } else { point })
            .collect();
        let counted: Vec<Point> = all.iter().copied().filter(|point| !point.ghost).collect();
        let (with, without) = (compute(&all, &Options::default()).unwrap(), compute(&counted, &Options::default()).unwrap());
        prop_assert_eq!(&with.signals, &without.signals);
        prop_assert_eq!(with.variation, without.variation);
        let limits = |behaviour: &Behaviour| behaviour.phases.first().and_then(|phase| phase.limits);
        prop_assert_eq!(limits(&with), limits(&without));
    }

    #[test]
    fn rates_and_their_floats_have_the_same_flags(counts in prop::collection::vec((0_i64..=200, 1_i64..=200), 0..60)) {
        let rates: Vec<Point> = counts.iter().enumerate()
            .map(|(at, (n, d))| Point::new(week(at), Value::rate((*n).min(*d), *d, 100).unwrap())).collect();
        let plain: Vec<Point> = rates.iter()
            .map(|point| Point::new(point.day, Value::plain(point.value.number()).unwrap())).collect();
        let (a, b) = (compute(&rates, &Options::default()).unwrap(), compute(&plain, &Options::default()).unwrap());
        prop_assert_eq!(flags(&a), flags(&b));
    }

    #[test]
    fn every_number_is_finite_and_every_signal_is_in_its_points(
        values in prop::collection::vec(prop_oneof![-1e150..1e150, -1.0..1.0, Just(0.0), Just(1e-300)], 0..40),
        screening in any::<bool>(), cut in 0_usize..40,
    ) {
        let options = Options { screening, phases: vec![PhaseStart { day: week(cut), baseline: None }], ..Options::default() };
        let behaviour = compute(&points(&values), &options).unwrap();
        for phase in &behaviour.phases {
            prop_assert!(phase.mean.is_none_or(f64::is_finite));
            prop_assert!(phase.limits.is_none_or(|limits| limits.lower.is_finite() && limits.upper.is_finite()));
        }
        for signal in &behaviour.signals {
            for day in &signal.days {
                let point = behaviour.points.iter().find(|point| point.day == *day).unwrap();
                prop_assert!(point.rules().any(|rule| rule == signal.rule));
            }
        }
        for point in &behaviour.points {
            prop_assert!(point.rules().is_sorted() && (point.fired.is_empty() == (point.tone == Tone::Plain)));
            for rule in point.rules() {
                prop_assert!(behaviour.signals_of(point.day).any(|signal| signal.rule == rule));
            }
        }
    }
}
