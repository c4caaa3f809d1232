//! The reference cases of `tests/fixtures/spc`: limits within 1e-8, flags exactly, every file exercised.
//!
//! Where Plaza decides otherwise on purpose, `DIFFERENCES.md` names the case, and the difference is tested here:
//! what is compared instead, and that the case really differs.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at once

use std::collections::BTreeSet;
use std::path::PathBuf;

use plaza_domain::day::Day;
use plaza_domain::signal::{
    Assurance, Baseline, Behaviour, Charted, Direction, Options, Point, Rule, RuleSet, Screening, Side,
    State, Tone, Value, Variation, compute,
};
use serde_json::Value as Json;

/// How a case is held against its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    /// Fewer than 6 points: only the mean is compared; there are no limits and no signals.
    RunChart,
    /// A point on the mean breaks a run; Xmrit counts it as below. All but the shift is compared.
    OnTheMean,
    /// Screening would leave no variation and is refused.
    ScreeningRefused,
    /// A missing value is rejected there and bridged here: equal to the series without it.
    MissingValue,
    /// A target on a limit is decided.
    TargetOnLimit,
}

/// The cases that `DIFFERENCES.md` names.
fn difference(name: &str) -> Option<Difference> {
    let (series, engine) = name.split_once("__")?;
    let run_chart = ["n01", "n02", "n03", "n04", "n05"].iter().any(|n| series == format!("12_short_{n}"));
    Some(match (series, engine) {
        _ if run_chart => Difference::RunChart,
        (
            "09a_constant_100_screened"
            | "09b_constant_100_unscreened"
            | "10a_ties_on_mean_break_run"
            | "10b_tie_counts_below_in_xmrit",
            "wheeler",
        ) => Difference::OnTheMean,
        ("09a_constant_100_screened" | "09c_constant_then_one_dip", "nhs") => Difference::ScreeningRefused,
        ("13b_missing_value_null_row" | "13c_null_inside_trend", "nhs") => Difference::MissingValue,
        ("20_assurance_target_on_upper_limit", "nhs") => Difference::TargetOnLimit,
        _ => return None,
    })
}

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/spc")
}

fn cases() -> Vec<Json> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files.iter().map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect()
}

fn name(case: &Json) -> &str {
    case["name"].as_str().unwrap()
}

fn is_wheeler(case: &Json) -> bool {
    name(case).ends_with("__wheeler")
}

fn options(case: &Json) -> Options {
    let rules = &case["rules"];
    assert!(rules["rebase"].as_array().unwrap().is_empty(), "no case starts a phase");
    Options {
        rule_set: if is_wheeler(case) { RuleSet::Wheeler } else { RuleSet::MakingDataCount },
        direction: match case["improvement_direction"].as_str().unwrap() {
            "increase" => Direction::Higher,
            "decrease" => Direction::Lower,
            "neutral" => Direction::Neutral,
            other => panic!("direction {other}"),
        },
        target: case["target"].as_f64(),
        screening: rules["screen_outliers"].as_bool().unwrap_or(false),
        baseline: rules["fix_after_n_points"].as_u64().map(|n| Baseline::new(n as u32).unwrap()),
        phases: Vec::new(),
    }
}

/// The points of a case; a missing value is an absent point.
fn points(case: &Json) -> Vec<Point> {
    let days =
        case["dates"].as_array().unwrap().iter().map(|day| day.as_str().unwrap().parse::<Day>().unwrap());
    let values = case["values"].as_array().unwrap();
    assert_eq!(values.len(), days.len());
    days.zip(values)
        .filter_map(|(day, value)| Some(Point::new(day, Value::plain(value.as_f64()?)?)))
        .collect()
}

fn chart(case: &Json) -> Behaviour {
    compute(&points(case), &options(case)).unwrap()
}

#[track_caller]
fn assert_near(name: &str, what: &str, actual: Option<f64>, expected: &Json) {
    let (Some(actual), Some(expected)) = (actual, expected.as_f64()) else {
        panic!("{name}: {what} is {actual:?}, expected {expected}");
    };
    // Twelve decimals in the files: a limit near 0 cannot be held to a relative tolerance alone.
    let tolerance = 1e-8 * expected.abs().max(1e-3);
    assert!((actual - expected).abs() <= tolerance, "{name}: {what} is {actual}, expected {expected}");
}

fn assert_limits(case: &Json, chart: &Behaviour) {
    let name = name(case);
    let expected = &case["expected"];
    assert_eq!(chart.phases.len(), 1);
    let phase = &chart.phases[0];
    let limits = phase.limits.unwrap_or_else(|| panic!("{name} has limits"));
    assert_near(name, "mean", phase.mean, &expected["mean"]);
    assert_near(name, "lower", Some(limits.lower), &expected["lcl"]);
    assert_near(name, "upper", Some(limits.upper), &expected["ucl"]);
    assert_near(name, "mean moving range", phase.moving_range_mean, &expected["mr_mean"]);
    let segment = &expected["segments"][0];
    assert_eq!(u64::try_from(chart.points.len()).unwrap(), segment["n"].as_u64().unwrap(), "{name}: points");
    if is_wheeler(case) {
        assert_near(name, "upper range limit", Some(limits.range_upper), &expected["mr_ucl"]);
        assert_near(name, "half-way below", Some(limits.half_lower), &segment["lower_quartile"]);
        assert_near(name, "half-way above", Some(limits.half_upper), &segment["upper_quartile"]);
    } else {
        assert_eq!(u64::from(phase.n), segment["n_baseline"].as_u64().unwrap(), "{name}: n");
    }
}

/// Compares every flag of every point but those of the rules in `except`.
fn assert_flags(case: &Json, chart: &Behaviour, except: &[Rule]) {
    let name = name(case);
    let expected = case["expected"]["points"].as_array().unwrap();
    assert_eq!(chart.points.len(), expected.len(), "{name}: points");
    for (point, expected) in chart.points.iter().zip(expected) {
        assert_eq!(point.day.to_string(), expected["date"].as_str().unwrap(), "{name}");
        let flag = |rule: Rule, key: &str| {
            if !except.contains(&rule) {
                let expected = expected[key].as_bool().unwrap();
                assert_eq!(
                    point.rules().any(|fired| fired == rule),
                    expected,
                    "{name}: {rule:?} at {}",
                    point.day
                );
            }
        };
        if is_wheeler(case) {
            flag(Rule::Outside, "rule_outside");
            flag(Rule::Shift, "rule_run8");
            flag(Rule::NearLimits, "rule_3of4");
            assert!(point.rules().all(|rule| rule != Rule::Trend), "{name}: Wheeler has no trend");
            match expected["mr"].as_f64() {
                None => assert_eq!(point.moving_range, None, "{name}: moving range at {}", point.day),
                Some(_) => assert_near(name, "moving range", point.moving_range, &expected["mr"]),
            }
            let beyond = expected["mr_above_url"].as_bool().unwrap_or(false);
            assert_eq!(point.range_outside, beyond, "{name}: range at {}", point.day);
        } else {
            flag(Rule::Outside, "outside_limits");
            flag(Rule::Shift, "rule_shift7");
            flag(Rule::NearLimits, "rule_two_of_three");
            flag(Rule::Trend, "rule_trend7");
            assert_eq!(
                word(point),
                expected["special_cause_type"].as_str().unwrap(),
                "{name}: word at {}",
                point.day
            );
            let tone = match expected["point_type"].as_str().unwrap() {
                "common_cause" => Tone::Plain,
                "special_cause_improvement" => Tone::Improving,
                "special_cause_concern" => Tone::Concerning,
                "special_cause_neutral_high" | "special_cause_neutral_low" => Tone::Neutral,
                other => panic!("{name}: {other}"),
            };
            assert_eq!(point.tone, tone, "{name}: tone at {}", point.day);
        }
    }
}

/// The name that `NHSRplotthedots` gives to the first rule that fired.
fn word(point: &Charted) -> &'static str {
    match point.fired.first().map(|fired| (fired.rule, fired.side)) {
        None => "Common Cause",
        Some((Rule::Outside, Side::High)) => "Above UCL",
        Some((Rule::Outside, Side::Low)) => "Below LCL",
        Some((Rule::Trend, Side::High)) => "7 Point Trend (Increasing)",
        Some((Rule::Trend, Side::Low)) => "7 Point Trend (Decreasing)",
        Some((Rule::NearLimits, Side::High)) => "2 in 3 Above CL",
        Some((Rule::NearLimits, Side::Low)) => "2 in 3 Below CL",
        Some((Rule::Shift, Side::High)) => "7 Points Above CL",
        Some((Rule::Shift, Side::Low)) => "7 Points Below CL",
    }
}

fn assert_icons(case: &Json, chart: &Behaviour) {
    if is_wheeler(case) {
        return;
    }
    let name = name(case);
    let side = chart.last().and_then(|point| point.fired.first()).map(|fired| fired.side);
    let variation = match (chart.variation.unwrap(), side) {
        (Variation::CommonCause, _) => "common_cause",
        (Variation::ImprovingHigh, _) => "special_cause_improving_high",
        (Variation::ImprovingLow, _) => "special_cause_improving_low",
        (Variation::ConcerningHigh, _) => "special_cause_concerning_high",
        (Variation::ConcerningLow, _) => "special_cause_concerning_low",
        (Variation::Neutral, Some(Side::High)) => "special_cause_neutral_high",
        (Variation::Neutral, _) => "special_cause_neutral_low",
    };
    assert_eq!(variation, case["expected"]["variation_icon"].as_str().unwrap(), "{name}: variation");
    let assurance = chart.assurance.map(|assurance| match assurance {
        Assurance::ConsistentlyPasses => "consistently_pass",
        Assurance::ConsistentlyFails => "consistently_fail",
        Assurance::HitOrMiss => "hit_or_miss",
    });
    assert_eq!(assurance, case["expected"]["assurance_icon"].as_str(), "{name}: assurance");
}

#[test]
fn every_reference_case_is_met_or_differs_as_written() {
    let mut seen = BTreeSet::new();
    let mut by_difference = std::collections::BTreeMap::<Option<Difference>, usize>::new();
    for case in cases() {
        let chart = chart(&case);
        match difference(name(&case)) {
            None => {
                assert_limits(&case, &chart);
                assert_flags(&case, &chart, &[]);
                assert_icons(&case, &chart);
            }
            Some(Difference::RunChart) => run_chart(&case, &chart),
            Some(Difference::OnTheMean) => on_the_mean(&case, &chart),
            Some(Difference::ScreeningRefused) => screening_refused(&case, &chart),
            Some(Difference::MissingValue) => missing_value(&case, &chart),
            Some(Difference::TargetOnLimit) => target_on_limit(&case, &chart),
        }
        *by_difference.entry(difference(name(&case))).or_default() += 1;
        assert!(seen.insert(name(&case).to_owned()), "{} stands twice", name(&case));
    }
    assert_eq!(seen.len(), 75);
    let counts: Vec<_> = by_difference.into_iter().collect();
    assert_eq!(
        counts,
        [
            (None, 56),
            (Some(Difference::RunChart), 10),
            (Some(Difference::OnTheMean), 4),
            (Some(Difference::ScreeningRefused), 2),
            (Some(Difference::MissingValue), 2),
            (Some(Difference::TargetOnLimit), 1),
        ]
    );
}

fn run_chart(case: &Json, chart: &Behaviour) {
    let phase = &chart.phases[0];
    assert_near(name(case), "mean", phase.mean, &case["expected"]["mean"]);
    assert_eq!(phase.state, State::RunChart);
    assert_eq!(
        (phase.limits, phase.moving_range_mean, chart.assurance),
        (None, None, None),
        "{}",
        name(case)
    );
    assert!(chart.signals.is_empty() && chart.points.iter().all(|point| point.fired.is_empty()));
    assert_eq!(chart.variation, Some(Variation::CommonCause));
    let there = &case["expected"];
    assert!(there["lcl"].is_number() || there["assurance_icon"].is_string(), "{} differs", name(case));
}

fn on_the_mean(case: &Json, chart: &Behaviour) {
    assert_limits(case, chart);
    assert_flags(case, chart, &[Rule::Shift]);
    let mean = chart.phases[0].mean.unwrap();
    let mut differs = false;
    for (point, expected) in chart.points.iter().zip(case["expected"]["points"].as_array().unwrap()) {
        let here = point.rules().any(|rule| rule == Rule::Shift);
        let there = expected["rule_run8"].as_bool().unwrap();
        assert!(!here || there, "{}: only runs through the mean are missing here", name(case));
        assert!(
            !here || (point.number() - mean).abs() > 1e-9,
            "{}: no run holds a point on the mean",
            name(case)
        );
        differs |= here != there;
    }
    assert!(differs, "{} differs", name(case));
}

fn screening_refused(case: &Json, chart: &Behaviour) {
    assert_eq!(chart.phases[0].screening, Screening::Refused);
    let unscreened = compute(&points(case), &Options { screening: false, ..options(case) }).unwrap();
    assert_eq!(chart.phases[0].limits, unscreened.phases[0].limits, "{}", name(case));
    assert_eq!(chart.signals, unscreened.signals, "{}", name(case));
    assert_eq!(chart.assurance, unscreened.assurance);
    if name(case) == "09a_constant_100_screened__nhs" {
        // There the limits are undefined and the icon is a guess; here the limits are the constant itself.
        assert!(chart.signals.is_empty());
        assert_eq!(chart.assurance, Some(Assurance::ConsistentlyPasses));
        assert_eq!(case["expected"]["assurance_icon"], "hit_or_miss");
        return;
    }
    // There the limits collapse and all twenty points are outside; here the dip alone is, after a run of fourteen
    // constant weeks above the mean that the dip pulled down.
    for (at, point) in chart.points.iter().enumerate() {
        let expected: &[Rule] = match at {
            0..14 => &[Rule::Shift],
            14 => &[Rule::Outside],
            _ => &[],
        };
        assert_eq!(point.rules().collect::<Vec<_>>(), expected, "point {at}");
    }
    assert_eq!(chart.variation, Some(Variation::CommonCause));
}

fn missing_value(case: &Json, chart: &Behaviour) {
    assert!(case["expected"]["error"].is_string(), "{} is rejected there", name(case));
    let missing = case["values"].as_array().unwrap().iter().filter(|value| value.is_null()).count();
    assert!(missing > 0);
    assert_eq!(chart.points.len() + missing, case["values"].as_array().unwrap().len());
    // The same values are met by Xmrit, which takes the moving range across the gap as Plaza does.
    let twin = name(case).replace("__nhs", "__wheeler");
    let twin = cases().into_iter().find(|case| name(case) == twin).unwrap();
    let as_wheeler = chart_as_wheeler(case);
    assert_limits(&twin, &as_wheeler);
    assert_flags(&twin, &as_wheeler, &[]);
    let phase = &chart.phases[0];
    assert_near(name(case), "mean", phase.mean, &twin["expected"]["mean"]);
    assert_near(name(case), "mean moving range", phase.moving_range_mean, &twin["expected"]["mr_mean"]);
    let rules: Vec<(usize, Rule)> = chart
        .points
        .iter()
        .enumerate()
        .flat_map(|(at, point)| point.rules().map(move |rule| (at, rule)))
        .collect();
    // The trend of 13c goes across the gap: eight values rise, with the missing one in their middle. Mean 92.875
    // and mean moving range 26/15 put 96 and 97 near the upper limit, 98 beyond it.
    let expected: Vec<(usize, Rule)> = match name(case) {
        "13c_null_inside_trend__nhs" => {
            let mut flags: Vec<(usize, Rule)> = (0..8).map(|at| (at, Rule::Trend)).collect();
            flags.extend([(5, Rule::NearLimits), (6, Rule::NearLimits), (7, Rule::Outside)]);
            flags.sort();
            flags
        }
        _ => Vec::new(),
    };
    assert_eq!(rules, expected, "{}", name(case));
}

fn chart_as_wheeler(case: &Json) -> Behaviour {
    compute(&points(case), &Options { rule_set: RuleSet::Wheeler, ..options(case) }).unwrap()
}

fn target_on_limit(case: &Json, chart: &Behaviour) {
    assert_limits(case, chart);
    assert_flags(case, chart, &[]);
    assert_eq!(case["expected"]["assurance_icon"], "hit_or_miss");
    assert_eq!(
        chart.assurance,
        Some(Assurance::ConsistentlyFails),
        "a target on the upper limit is not reached"
    );
}

#[test]
fn the_differences_are_written_down() {
    let text = std::fs::read_to_string(fixtures().join("DIFFERENCES.md")).unwrap();
    for case in cases() {
        let named = text.contains(&format!("`{}`", name(&case)));
        assert_eq!(named, difference(name(&case)).is_some(), "{} in DIFFERENCES.md", name(&case));
    }
}
