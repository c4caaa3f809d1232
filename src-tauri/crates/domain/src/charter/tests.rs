//! Charters that cannot be, that lack something, and what became of their measures.

use super::*;
use crate::day::Week;
use crate::person::Person;

const TODAY: Day = Day(20_000);

fn people() -> Vec<Person> {
    let person = |id: &str, left| Person {
        id: id.into(),
        name: id.to_uppercase(),
        email: None,
        department: None,
        roles: BTreeSet::new(),
        left,
    };
    vec![person("ada", None), person("bert", Some(TODAY.plus(-1)))]
}

fn charter() -> Charter {
    Charter {
        level: Some(Level::Operations),
        problem: "Nobody sees late orders in time.".into(),
        beneficiaries: ["ada".into()].into(),
        usage: "In the weekly meeting.".into(),
        fallback: "The dispatcher reads the list.".into(),
        owner: Some("ada".into()),
        measure: Measure {
            what: Measure::ENTERED.into(),
            name: "Hours of typing".into(),
            unit: "hours".into(),
            baseline_millionths: Some(10_000_000),
            target_millionths: Some(2_000_000),
            by: Some(TODAY.plus(90)),
            ..Measure::default()
        },
    }
}

fn is_here(id: &PersonId) -> bool {
    id.0 != "bert"
}

fn faults(charter: &Charter, before: Option<&Charter>) -> Vec<Fault> {
    let known = Known { people: &people(), departments: &[], kpis: &[], today: TODAY };
    charter.faults(&known, before)
}

#[test]
fn each_missing_answer_is_a_gap() {
    assert_eq!(charter().gaps(is_here), []);
    let mut all = Charter::default().gaps(is_here);
    all.sort_unstable();
    let fields: Vec<&str> = all.iter().map(|gap| gap.field()).collect();
    let expected = [
        "level",
        "problem",
        "beneficiaries",
        "usage",
        "fallback",
        "owner",
        "what",
        "baseline",
        "target",
        "by",
    ];
    assert_eq!(fields, expected);
    let change = |change: fn(&mut Charter)| {
        let mut changed = charter();
        change(&mut changed);
        changed.gaps(is_here)
    };
    assert_eq!(change(|it| it.owner = Some("bert".into())), [Gap::OwnerLeft]);
    assert_eq!(change(|it| it.beneficiaries = ["bert".into()].into()), [Gap::Beneficiaries]);
    assert_eq!(change(|it| it.measure.name.clear()), [Gap::MeasureName]);
    assert_eq!(change(|it| it.measure.unit.clear()), [Gap::MeasureUnit]);
    assert_eq!(change(|it| it.measure.what = Measure::KPI.into()), [Gap::Measure], "which one is not said");
    assert_eq!(change(|it| it.measure.what = "telepathy".into()), [Gap::Measure]);
}

#[test]
fn what_cannot_be_is_a_fault_and_an_incomplete_one_is_none() {
    assert_eq!(faults(&charter(), None), []);
    assert_eq!(faults(&Charter::default(), None), []);
    let change = |change: fn(&mut Charter)| {
        let mut changed = charter();
        change(&mut changed);
        faults(&changed, None)
    };
    let left = |field| Fault::HasLeft { field, name: "BERT".into() };
    assert_eq!(change(|it| it.owner = Some("bert".into())), [left("owner")]);
    assert_eq!(change(|it| it.beneficiaries = ["bert".into()].into()), [left("beneficiaries")]);
    assert_eq!(change(|it| it.owner = Some("carla".into())), [Fault::NoSuchPerson { field: "owner" }]);
    assert_eq!(change(|it| it.measure.target_millionths = Some(10_000_000)), [Fault::TargetIsBaseline]);
    assert_eq!(change(|it| it.measure.by = Some(TODAY.plus(-1))), [Fault::DateIsOver]);
    assert_eq!(change(|it| it.measure.by = Some(TODAY)), []);
    assert_eq!(change(|it| it.problem = "Two\nlines.".into()), [Fault::NotOneSentence]);
    let long = Fault::TooLong { field: "problem", letters: SENTENCE_CHARS_MAX };
    assert_eq!(change(|it| it.problem = "ü".repeat(SENTENCE_CHARS_MAX + 1)), [long]);
    assert_eq!(change(|it| it.problem = "ü".repeat(SENTENCE_CHARS_MAX)), []);
    assert_eq!(change(|it| it.measure.kpi = Some("nothing".into())), [Fault::NoSuchKpi]);
    assert_eq!(change(|it| it.measure.part = Some("sales".parse().unwrap())), [Fault::NoSuchDepartment]);
    let wide = |field, is_percent| Fault::OutOfRange { field, is_percent };
    assert_eq!(change(|it| it.measure.baseline_millionths = Some(i64::MIN)), [wide("baseline", false)]);
    let percent = change(|it| {
        it.measure.what = Measure::QUARANTINE.into();
        it.measure.target_millionths = Some(100_000_001);
    });
    assert_eq!(percent, [wide("target", true)]);
}

#[test]
fn a_measure_that_is_not_changed_keeps_its_date_when_that_is_over() {
    let mut before = charter();
    before.measure.by = Some(TODAY.plus(-30));
    let mut next = Charter { owner: Some("ada".into()), usage: "Daily.".into(), ..before.clone() };
    assert_eq!(faults(&next, Some(&before)), []);
    next.measure.target_millionths = Some(5_000_000);
    assert_eq!(faults(&next, Some(&before)), [Fault::DateIsOver], "the goal posts do not move afterwards");
}

#[test]
fn a_level_stands_on_those_below_and_one_without_level_may_be_the_ground() {
    let stable = Standing {
        level: Some(Level::Operations),
        has_charter: true,
        is_active: true,
        last_run: LastRun::Finished,
        age_days: Some(OLD_DAYS),
        waiting: 2,
        journeys: 98,
    };
    assert!(stable.is_below(Level::Intelligence) && !stable.is_below(Level::Operations));
    let unsaid = Standing { level: None, ..stable };
    assert!(unsaid.is_below(Level::Operations) && !unsaid.is_below(Level::Foundation));
    assert_eq!(stable.troubles(), []);
    for (standing, trouble) in [
        (Standing { has_charter: false, is_active: false, ..stable }, Trouble::NoCharter),
        (Standing { is_active: false, ..stable }, Trouble::NotActive),
        (
            Standing { last_run: LastRun::Never, age_days: None, waiting: 0, journeys: 0, ..stable },
            Trouble::NeverPulled,
        ),
        (Standing { last_run: LastRun::Failed, ..stable }, Trouble::Failed),
        (Standing { last_run: LastRun::Interrupted, ..stable }, Trouble::Interrupted),
        (Standing { waiting: 3, ..stable }, Trouble::Quarantine { waiting: 3 }),
        (Standing { age_days: Some(OLD_DAYS + 1), ..stable }, Trouble::Old { days: OLD_DAYS + 1 }),
    ] {
        assert_eq!(standing.troubles(), [trouble]);
    }
}

/// Weeks from the one of the activation on, with these values.
fn readings(values: &[i64]) -> Vec<Reading> {
    let first = TODAY.week();
    let each = values.iter().enumerate();
    each.map(|(at, value)| Reading { week: first.plus(at as i32), millionths: value * 1_000_000 }).collect()
}

fn judged(values: &[i64], weeks_later: i32) -> Option<Verdict> {
    let mut measure = charter().measure;
    measure.by = Some(TODAY.week().plus(7).sunday());
    let today = TODAY.week().plus(weeks_later).monday();
    verdict(&measure, TODAY.week().monday(), today, &readings(values))
}

#[test]
fn four_weeks_on_average_reach_a_target_and_one_does_not() {
    let reached = |weeks| Some(Verdict::Reached { week: TODAY.week().plus(weeks) });
    assert_eq!(judged(&[], 0), Some(Verdict::Waiting));
    assert_eq!(judged(&[1], 1), Some(Verdict::Open), "one good week is chance");
    assert_eq!(judged(&[9, 9, 1, 1, 1, 1], 6), reached(5));
    assert_eq!(judged(&[1, 3, 2, 2], 4), reached(3), "on average");
    assert_eq!(judged(&[1, 3, 2, 3], 4), Some(Verdict::Open));
    assert_eq!(judged(&[1, 1, 1, 1, 9, 9, 9, 9], 9), reached(3), "it was reached by its date");
    assert_eq!(judged(&[9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 1, 1], 12), Some(Verdict::Missed), "too late");
    assert_eq!(judged(&[], 9), Some(Verdict::Missed), "nobody measured");
    assert_eq!(judged(&[9, 1], 9), Some(Verdict::Missed), "the weeks there are decide");
    assert_eq!(judged(&[2, 1], 9), reached(1));
}

#[test]
fn only_whole_weeks_since_the_activation_count() {
    let mut measure = charter().measure;
    measure.by = Some(TODAY.plus(365));
    let values = readings(&[1, 1, 1, 1, 1]);
    let said = |since, today| verdict(&measure, since, today, &values);
    let fifth = TODAY.week().plus(5).monday();
    assert!(matches!(said(TODAY.week().monday(), fifth), Some(Verdict::Reached { .. })));
    assert_eq!(said(TODAY.week().plus(2).monday(), fifth), Some(Verdict::Open));
    let third = TODAY.week().plus(3).sunday();
    assert_eq!(said(TODAY.week().monday(), third), Some(Verdict::Open), "that week is not over");
    measure.baseline_millionths = None;
    assert_eq!(verdict(&measure, TODAY, fifth, &values), None);
}

#[test]
fn more_is_better_where_the_target_lies_above_the_baseline() {
    let mut measure = charter().measure;
    (measure.baseline_millionths, measure.target_millionths) = (Some(1_000_000), Some(3_000_000));
    let (since, today) = (TODAY.week().monday(), TODAY.week().plus(4).monday());
    let low = verdict(&measure, since, today, &readings(&[2, 2, 2, 2]));
    assert_eq!(low, Some(Verdict::Open));
    let high = verdict(&measure, since, today, &readings(&[3, 3, 3, 3]));
    assert_eq!(high, Some(Verdict::Reached { week: Week(TODAY.week().0 + 3) }));
}
