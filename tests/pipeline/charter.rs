//! Charters: what is refused, what activation asks for, what became of the success measure.

use plaza_domain::person::{PersonId, Role};
use plaza_engine::error::EngineError;
use plaza_engine::page::charter::{CharterDraft, CharterPage, MeasureDraft};
use plaza_engine::page::integration::IntegrationList;
use plaza_engine::pull::{Unwatched, pull_saved};
use plaza_engine::words::Language;

use crate::bench::{Bench, FLAT, HEAD};

const OTHER: &str = "other";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.save("flat", FLAT.to_owned());
    bench
}

fn other() -> String {
    FLAT.replace("\"flat\"", "\"other\"").replace("\"Flat\"", "\"Bank\"").replace("\"ERP\"", "\"Bank\"")
}

/// The fields that were refused.
fn refused<T: std::fmt::Debug>(result: Result<T, EngineError>) -> Vec<(String, String)> {
    match result {
        Err(EngineError::Invalid { fields }) => fields,
        unexpected => panic!("{unexpected:?}"),
    }
}

fn fields<T: std::fmt::Debug>(result: Result<T, EngineError>) -> Vec<String> {
    refused(result).into_iter().map(|(field, _)| field).collect()
}

fn page(bench: &Bench) -> CharterPage {
    CharterPage::read(&bench.workspace, "flat", Language::En).unwrap()
}

#[test]
fn an_incomplete_charter_is_kept_and_cannot_be_activated() {
    let bench = bench();
    assert_eq!(fields(bench.workspace.activate_integration("flat", "")).len(), 10, "nothing is said yet");
    let draft = CharterDraft { owner: None, fallback: "  ".into(), ..bench.charter() };
    assert_eq!(bench.workspace.save_charter("flat", &draft).unwrap(), 1);
    let missing = refused(bench.workspace.activate_integration("flat", ""));
    assert_eq!(missing.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["fallback", "owner"]);
    assert!(missing[1].1.contains("Nobody owns it"), "{missing:?}");
    let page = page(&bench);
    assert_eq!((page.version, page.gaps.len(), page.active), (1, 2, false));
    assert!(!bench.workspace.is_active(&"flat".into()).unwrap());
    bench.workspace.save_charter("flat", &bench.charter()).unwrap();
    bench.workspace.activate_integration("flat", "").unwrap();
    assert!(bench.workspace.is_active(&"flat".into()).unwrap());
    let again = bench.workspace.activate_integration("flat", "");
    assert!(matches!(again, Err(EngineError::Conflict { .. })), "{again:?}");
}

#[test]
fn what_cannot_be_is_refused_when_it_is_saved() {
    let bench = bench();
    let gone = bench.person("Bert", &[Role::Head]);
    bench
        .workspace
        .person_left(PersonId(gone.clone()), Some(bench.workspace.today().unwrap().plus(-1)))
        .unwrap();
    let with = |change: &dyn Fn(&mut CharterDraft)| {
        let mut draft = bench.charter();
        change(&mut draft);
        refused(bench.workspace.save_charter("flat", &draft))
    };
    let owner = with(&|it| it.owner = Some(gone.clone()));
    assert_eq!(owner, [("owner".into(), "Bert has left and cannot own it.".into())]);
    let target = with(&|it| it.measure.target = it.measure.baseline);
    assert!(target[0].0 == "target" && target[0].1.contains("nothing would change"), "{target:?}");
    let past = with(&|it| it.measure.by = Some("2026-03-29".into()));
    assert_eq!(past, [("by".into(), "This day is over.".into())]);
    for (field, change) in [
        ("owner", (|it| it.owner = Some("nobody".into())) as fn(&mut CharterDraft)),
        ("level", |it| it.level = Some(5)),
        ("what", |it| it.measure.what = Some("telepathy".into())),
        ("by", |it| it.measure.by = Some("soon".into())),
        ("kpi", |it| it.measure.kpi = Some("nothing".into())),
        ("part", |it| it.measure.part = Some("nobody".into())),
        ("target", |it| it.measure.target = Some(f64::NAN)),
        ("baseline", |it| it.measure.baseline = Some(101.0)),
        ("problem", |it| it.problem = "x".repeat(281)),
    ] {
        let found = with(&change);
        assert_eq!(found.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), [field]);
    }
    assert_eq!(page(&bench).version, 0, "nothing was kept");
    let missing = bench.workspace.save_charter("nothing", &bench.charter());
    assert!(matches!(missing, Err(EngineError::NotFound { .. })));
}

#[test]
fn every_version_stays_and_saying_the_same_makes_none() {
    let bench = bench();
    for (problem, version) in [("One.", 1), (" One. ", 1), ("Two.", 2)] {
        let draft = CharterDraft { problem: problem.into(), ..bench.charter() };
        assert_eq!(bench.workspace.save_charter("flat", &draft).unwrap(), version);
    }
    let page = page(&bench);
    let versions: Vec<_> =
        page.versions.iter().map(|one| (one.version, one.charter.problem.as_str())).collect();
    assert_eq!(versions, [(2, "Two."), (1, "One.")]);
    assert_eq!(page.versions[1].saved_by.as_deref(), Some("Ada"));
    let measure = page.words.measure.unwrap();
    assert!(measure.starts_with("On-time delivery: from 70% to 90% by "), "{measure}");
    assert_eq!(page.words.owner.as_deref(), Some("Ada"));
}

#[test]
fn the_charters_owner_and_two_roles_may_activate_it() {
    let bench = bench();
    let (staff, owner) = (bench.person("Carla", &[Role::Member]), bench.person("Dora", &[Role::Member]));
    let facilitator = bench.person("Emil", &[Role::Facilitator]);
    let draft = CharterDraft { owner: Some(owner.clone()), ..bench.charter() };
    bench.workspace.save_charter("flat", &draft).unwrap();
    bench.workspace.act_for(Some(PersonId(staff)));
    assert_eq!(fields(bench.workspace.activate_integration("flat", "")), ["person"]);
    assert!(!page(&bench).may_decide);
    bench.workspace.act_for(Some(PersonId(owner)));
    bench.workspace.activate_integration("flat", "").unwrap();
    bench.workspace.act_for(Some(PersonId(facilitator)));
    assert_eq!(fields(bench.workspace.deactivate_integration("flat", " ")), ["reason"]);
    bench.workspace.deactivate_integration("flat", "the export is wrong").unwrap();
    let page = page(&bench);
    let said: Vec<_> =
        page.activations.iter().map(|one| (one.activated, one.by.as_deref().unwrap())).collect();
    assert_eq!(said, [(false, "Emil"), (true, "Dora")]);
    assert_eq!(page.activations[0].reason, "the export is wrong");
    let again = bench.workspace.deactivate_integration("flat", "twice");
    assert!(matches!(again, Err(EngineError::Conflict { .. })), "{again:?}");
}

#[test]
fn activating_over_an_unstable_lower_level_asks_for_a_reason_that_is_kept() {
    let bench = bench();
    bench.save(OTHER, other());
    bench.workspace.save_charter("flat", &bench.charter()).unwrap();
    let asked = refused(bench.workspace.activate_integration("flat", "  "));
    assert_eq!(asked[0].0, "reason");
    assert!(asked[0].1.contains("Bank: it has no charter; it was never pulled"), "{asked:?}");
    assert_eq!(page(&bench).unstable, ["Bank: it has no charter; it was never pulled"]);
    bench.workspace.activate_integration("flat", "Monday's orders cannot wait").unwrap();
    let said = page(&bench).activations.remove(0);
    assert_eq!(said.reason, "Monday's orders cannot wait");
    assert_eq!(said.unstable, ["Bank: it has no charter; it was never pulled"], "what was seen stays");
}

#[test]
fn a_lower_level_is_stable_when_it_is_active_fresh_and_clean_and_the_same_level_is_not_asked() {
    let bench = bench();
    let ground = CharterDraft { level: Some(1), ..bench.charter() };
    bench.workspace.save_charter("flat", &bench.charter()).unwrap();
    bench
        .write("lines_2026-03-29.csv", &format!("{HEAD}A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n"));
    bench.pull(&other());
    bench.workspace.save_charter(OTHER, &ground).unwrap();
    bench.workspace.activate_integration(OTHER, "").unwrap();
    assert!(page(&bench).unstable.is_empty());
    bench.wait_days(9);
    assert_eq!(page(&bench).unstable, ["Bank: its data are 9 days old"]);
    bench.write(
        "lines_2026-04-01.csv",
        &format!("{HEAD}A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5\n"),
    );
    bench.pull(&other());
    assert_eq!(page(&bench).unstable, ["Bank: one row waits in quarantine"]);
    bench.remove("lines_2026-04-01.csv");
    bench.remove("lines_2026-03-29.csv");
    assert!(pull_saved(&bench.workspace, OTHER, &Unwatched::default()).is_err());
    let unstable = page(&bench).unstable;
    assert!(unstable[0].starts_with("Bank: its last pull did not work"), "{unstable:?}");
    let same = CharterDraft { level: Some(2), ..bench.charter() };
    bench.workspace.save_charter(OTHER, &same).unwrap();
    assert!(page(&bench).unstable.is_empty(), "it does not stand on its own level");
}

#[test]
fn an_owner_who_leaves_makes_the_charter_incomplete_and_the_measure_keeps_its_date() {
    let bench = bench();
    let owner = bench.person("Bert", &[Role::Head]);
    let mut draft = CharterDraft { owner: Some(owner.clone()), ..bench.charter() };
    bench.workspace.save_charter("flat", &draft).unwrap();
    bench.wait_days(120);
    bench.workspace.person_left(PersonId(owner), Some("2026-04-01".parse().unwrap())).unwrap();
    assert_eq!(page(&bench).gaps, ["Its owner has left."]);
    draft.owner = bench.charter().owner;
    assert_eq!(bench.workspace.save_charter("flat", &draft).unwrap(), 2, "its date is over and stays");
    assert_eq!(fields(bench.workspace.activate_integration("flat", "")), ["by"], "a new date is needed");
}

/// The number that the owner enters: hours of typing, from 10 to 2.
fn entered(bench: &Bench) -> CharterDraft {
    let measure = MeasureDraft {
        what: Some("entered".into()),
        name: "Typing".into(),
        unit: "hours".into(),
        baseline: Some(10.0),
        target: Some(2.0),
        by: Some(bench.workspace.today().unwrap().plus(48).to_string()),
        ..MeasureDraft::default()
    };
    CharterDraft { measure, ..bench.charter() }
}

#[test]
fn entered_weeks_reach_the_target_or_miss_it_and_then_it_is_proposed_for_retirement() {
    for (values, verdict) in [([9.0, 2.5, 2.0, 1.5, 2.0], "reached"), ([9.0, 2.0, 9.0, 2.0, 9.0], "missed")] {
        let bench = bench();
        bench.workspace.save_charter("flat", &entered(&bench)).unwrap();
        bench.workspace.activate_integration("flat", "").unwrap();
        let measure = |bench: &Bench| page(bench).measure.unwrap();
        assert_eq!((measure(&bench).verdict.as_str(), measure(&bench).chart), ("waiting", None));
        for value in values {
            bench.wait_days(7);
            let week = bench.workspace.today().unwrap().week().plus(-1);
            bench.workspace.enter_measure("flat", week, value).unwrap();
        }
        bench.wait_days(7);
        let before = measure(&bench);
        assert_eq!(before.verdict, if verdict == "missed" { "open" } else { verdict }, "{}", before.sentence);
        bench.wait_days(7);
        let after = measure(&bench);
        assert_eq!(after.verdict, verdict, "{}", after.sentence);
        let chart = after.chart.unwrap();
        assert_eq!((chart.points.len(), chart.lines.len(), chart.marks.len()), (5, 2, 1));
        let cards = IntegrationList::read(&bench.workspace).unwrap().integrations;
        let retirement = page(&bench).retirement;
        assert_eq!(retirement.is_some(), verdict == "missed", "{retirement:?}");
        assert_eq!(cards[0].retirement, retirement);
    }
}

#[test]
fn only_weeks_that_are_over_and_near_are_entered_and_the_last_word_stays() {
    let bench = bench();
    let this = bench.workspace.today().unwrap().week();
    let enter = |weeks, value| bench.workspace.enter_measure("flat", this.plus(weeks), value);
    assert_eq!(fields(enter(-1, 3.0)), ["week"], "the charter names no such number");
    bench.workspace.save_charter("flat", &entered(&bench)).unwrap();
    assert_eq!(fields(enter(0, 3.0)), ["week"]);
    assert_eq!(fields(enter(-9, 3.0)), ["week"]);
    assert_eq!(fields(enter(-1, f64::INFINITY)), ["value"]);
    enter(-8, 4.0).unwrap();
    enter(-1, 3.0).unwrap();
    enter(-1, 3.5).unwrap();
    let weeks = page(&bench).measure.unwrap().weeks;
    assert_eq!((weeks.len(), weeks[0].value, weeks[7].value), (8, Some(3.5), Some(4.0)));
    assert_eq!(weeks[0].by.as_deref(), Some("Ada"));
}

#[test]
fn a_kpi_and_the_quarantine_are_measured_from_what_was_pulled() {
    let bench = bench();
    bench.write(
        "lines_2026-03-29.csv",
        &format!(
            "{HEAD}A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\nB,1,2026-03-02,2026-03-10,2026-03-06,2026-03-12,5\n\
             C,1,2026-03-02,2026-03-10,2026-03-06,2026-03-12,-5\nD,1,2026-03-02,2026-03-10,2026-03-06,2026-03-10,5\n"
        ),
    );
    bench.pull(FLAT);
    let mut draft = bench.charter();
    bench.workspace.save_charter("flat", &draft).unwrap();
    bench.workspace.activate_integration("flat", "").unwrap();
    let points = |bench: &Bench| -> Vec<(String, f64)> {
        let chart = page(bench).measure.unwrap().chart.unwrap();
        chart.points.into_iter().map(|point| (point.week, (point.value * 100.0).round() / 100.0)).collect()
    };
    assert_eq!(points(&bench), [("2026-W11".to_owned(), 66.67)], "two of three, before the activation");
    draft.measure.part = Some("logistics".into());
    bench.workspace.save_charter("flat", &draft).unwrap();
    assert_eq!(points(&bench), [("2026-W11".to_owned(), 33.33)], "the miss is theirs");
    draft.measure = MeasureDraft {
        what: Some("quarantine".into()),
        baseline: Some(20.0),
        target: Some(1.0),
        by: draft.measure.by,
        ..MeasureDraft::default()
    };
    bench.workspace.save_charter("flat", &draft).unwrap();
    bench.wait_days(7);
    assert_eq!(points(&bench), [("2026-W14".to_owned(), 25.0)], "one row of four");
    assert_eq!(page(&bench).measure.unwrap().verdict, "open");
}

#[test]
fn an_integration_that_no_kpi_counts_is_proposed_for_retirement() {
    let bench = Bench::new();
    let without = FLAT.replace("promised = \"promised\"\n", "").replace("delivered = \"delivered\"\n", "");
    bench.save("flat", without);
    let page = page(&bench);
    assert!(page.retirement.is_some_and(|why| why.starts_with("No active KPI uses what it brings")));
}

#[test]
fn the_list_says_what_is_active() {
    let bench = bench();
    let card = || IntegrationList::read(&bench.workspace).unwrap().integrations.remove(0);
    assert_eq!((card().active, card().level, card().is_owned, card().debt), (false, None, false, None));
    bench.activate("flat");
    assert_eq!((card().active, card().level, card().is_owned), (true, Some(2), true));
    bench.workspace.retire_integration("flat", "unused").unwrap();
    bench.save("flat", FLAT.to_owned());
    assert!(!bench.workspace.is_active(&"flat".into()).unwrap(), "brought back, it is activated anew");
}
