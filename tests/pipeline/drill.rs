//! An outage on purpose: what is cut, what goes on, how it ends, and what is on record afterwards. Refusals first.

use std::sync::Arc;

use plaza_domain::event::{ByHand, DrillResult, Outage};
use plaza_domain::record::Field;
use plaza_domain::schedule::Cost;
use plaza_engine::drill::outage;
use plaza_engine::error::EngineError;
use plaza_engine::hand::{EnteredRow, enter};
use plaza_engine::page::audit::{Answer, AuditPage};
use plaza_engine::page::integration::{IntegrationCard, IntegrationList};
use plaza_engine::page::schedule::{CadenceView, ScheduleChoice};
use plaza_engine::pull::{Unwatched, pull_saved};
use plaza_engine::tend::{Tending, run};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;

use crate::bench::{Bench, FLAT, HEAD};

const HOUR_MS: i64 = 3_600_000;

fn file(late: usize) -> String {
    let line = |nth: usize| {
        let delivered = if nth < late { "2026-03-12" } else { "2026-03-09" };
        format!("A{nth},1,2026-03-02,2026-03-10,2026-03-06,{delivered},5\n")
    };
    format!("{HEAD}{}", (0..10).map(line).collect::<String>())
}

/// An active integration that was pulled once.
fn active() -> Bench {
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &file(1));
    bench.pull(FLAT);
    bench.activate("flat");
    bench
}

fn wait_hours(bench: &Bench, hours: i64) {
    bench.clock.set(bench.clock_ms() + hours * HOUR_MS);
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, EngineError>, path: &str) {
    match outcome {
        Err(EngineError::Invalid { fields }) => {
            assert!(fields.iter().any(|(at, _)| at == path), "{fields:?}");
        }
        other => panic!("{other:?}"),
    }
}

fn every_half_hour(bench: &Bench) {
    let cadence = CadenceView { kind: "minutes".into(), minutes: Some(30), time: None, weekday: None };
    let (delay, error) = (Cost::LineStops, Cost::Nothing);
    let choice = ScheduleChoice { cadence, delay, error, warn_hours: 1.0, late_hours: 2.0 };
    choice.choose(&bench.workspace, "flat", Language::En).unwrap();
}

fn card(bench: &Bench) -> IntegrationCard {
    IntegrationList::read(&bench.workspace).unwrap().integrations.remove(0)
}

fn is_cut<T>(outcome: &Result<T, EngineError>) -> bool {
    matches!(outcome, Err(EngineError::Cut { .. }))
}

#[test]
fn an_outage_needs_a_fallback_a_sensible_time_and_somebody_who_may() {
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &file(1));
    bench.pull(FLAT);
    refused(outage::begin(&bench.workspace, "flat", 120, ""), "fallback");
    bench.activate("flat");
    refused(outage::begin(&bench.workspace, "flat", 5, ""), "minutes");
    refused(outage::begin(&bench.workspace, "flat", 60 * 24 * 15, ""), "minutes");
    refused(outage::begin(&bench.workspace, "flat", 60, &"x".repeat(3_000)), "purpose");
    let unknown = outage::begin(&bench.workspace, "nowhere", 60, "");
    assert!(matches!(unknown, Err(EngineError::NotFound { .. })), "{unknown:?}");
    assert!(matches!(outage::note(&bench.workspace, "flat", "x"), Err(EngineError::Conflict { .. })));
    assert!(matches!(outage::end(&bench.workspace, "flat"), Err(EngineError::Conflict { .. })));
    outage::begin(&bench.workspace, "flat", 120, "does the sheet still work?").unwrap();
    refused(outage::begin(&bench.workspace, "flat", 120, ""), "outage");
    refused(outage::note(&bench.workspace, "flat", "  "), "words");
    refused(outage::close(&bench.workspace, "flat", &[], "all"), "outage");
}

#[test]
fn a_cut_integration_is_not_pulled_and_nothing_counts_as_a_fault() {
    let bench = active();
    let runs = card(&bench).last_run.unwrap().id;
    outage::begin(&bench.workspace, "flat", 120, "").unwrap();
    bench.write("lines_2026-03-27.csv", &file(4));
    assert!(is_cut(&bench.try_pull(FLAT)));
    assert!(is_cut(&pull_saved(&bench.workspace, "flat", &Unwatched::default())));
    let words = bench.try_pull(FLAT).unwrap_err().to_string();
    assert!(words.contains("cut by a drill until 2026-03-30"), "{words}");
    let shown = card(&bench);
    assert!(shown.cut_until.is_some());
    assert_eq!((shown.health.as_str(), shown.tended.circuit.as_str()), ("fine", "closed"));
    assert_eq!(shown.last_run.unwrap().id, runs, "no run was even noted");
    assert_eq!(bench.kept()["2026-W11"], (9, 10));
    // It ends at its time by itself.
    wait_hours(&bench, 3);
    assert_eq!(card(&bench).cut_until, None);
    bench.pull(FLAT);
    assert_eq!(bench.kept()["2026-W11"], (6, 10));
}

#[test]
fn pulls_by_schedule_wait_for_its_end_and_go_on_when_it_is_ended_earlier() {
    let bench = active();
    every_half_hour(&bench);
    outage::begin(&bench.workspace, "flat", 600, "").unwrap();
    wait_hours(&bench, 2);
    let mut tending = Tending::default();
    assert_eq!(tending.look(&bench.workspace).unwrap().due, ["flat"]);
    assert!(run(&bench.workspace, "flat", &Unwatched::default()).unwrap().is_none());
    let until = outage::cut_until(&bench.workspace, "flat").unwrap().unwrap();
    assert_eq!(tending.look(&bench.workspace).unwrap().again_at, Some(until));
    assert_eq!(card(&bench).tended.circuit, "closed");
    outage::end(&bench.workspace, "flat").unwrap();
    wait_hours(&bench, 1);
    assert_eq!(tending.look(&bench.workspace).unwrap().due, ["flat"]);
    assert!(run(&bench.workspace, "flat", &Unwatched::default()).unwrap().is_some());
}

#[test]
fn an_outage_is_still_there_after_a_restart() {
    let bench = active();
    outage::begin(&bench.workspace, "flat", 600, "").unwrap();
    let Bench { workspace, home, keys, clock, files } = bench;
    let folder = workspace.folder().to_owned();
    drop(workspace);
    let workspace = Workspace::open(&folder, keys.clone(), Arc::clone(&clock) as _).unwrap();
    let bench = Bench { files, home, keys, workspace, clock };
    assert!(is_cut(&bench.try_pull(FLAT)));
}

#[test]
fn the_record_says_when_it_was_noticed_how_old_the_numbers_were_and_what_came_after() {
    let bench = active();
    let began = bench.clock_ms();
    outage::begin(&bench.workspace, "flat", 24 * 60 * 9, "").unwrap();
    wait_hours(&bench, 4);
    let entry = |order: &str| -> EnteredRow {
        [(Field::Order, order), (Field::Delivered, "2026-03-12")]
            .map(|(field, text)| (field, text.into()))
            .into()
    };
    enter(&bench.workspace, "flat", &[entry("A1"), entry("A9")], "form", "by the paper list").unwrap();
    wait_hours(&bench, 1);
    outage::note(&bench.workspace, "flat", "The board is from this morning.").unwrap();
    wait_hours(&bench, 1);
    outage::note(&bench.workspace, "flat", "The sheet lacks a column.").unwrap();
    bench.wait_days(8);
    bench.write("lines_2026-03-27.csv", &file(4));
    outage::end(&bench.workspace, "flat").unwrap();
    let me = [bench.workspace.me().unwrap().unwrap()];
    refused(outage::close(&bench.workspace, "flat", &me, "all"), "outage");
    wait_hours(&bench, 1);
    bench.pull(FLAT);
    refused(outage::close(&bench.workspace, "flat", &[], "all"), "took_part");
    refused(outage::close(&bench.workspace, "flat", &["nobody".into()], "all"), "took_part");
    refused(outage::close(&bench.workspace, "flat", &me, " "), "learned");
    let held = outage::close(&bench.workspace, "flat", &me, "Print the sheet.").unwrap();
    let DrillResult::Outage(outage) = held.result else { panic!("{held:?}") };
    let Outage { noticed_at, oldest_ms, stood_still, counts, weeks, by_hand, .. } = outage;
    let hours = |ms: i64| ms / HOUR_MS;
    assert_eq!(hours(noticed_at.unwrap() - began), 4, "an entry is a notice too");
    assert_eq!(by_hand, Some(ByHand { rows: 2, agrees: 1, differs: 1, silent: 0 }));
    assert_eq!(hours(oldest_ms.unwrap()), 8 * 24 + 7);
    let words: Vec<String> = stood_still.iter().map(ToString::to_string).collect();
    assert_eq!(words, ["2026-W14", "2026-W15"]);
    assert_eq!((counts["read"], counts["changed"]), (20, 3));
    assert!(weeks.iter().any(|week| week.to_string() == "2026-W11"), "{weeks:?}");
    assert!(outage::open(&bench.workspace, &"flat".into()).unwrap().is_none());
    outage::begin(&bench.workspace, "flat", 60, "again").unwrap();
}

#[test]
fn who_owes_a_drill_is_told_in_the_list_and_by_the_audit() {
    let bench = active();
    let answer = |bench: &Bench| {
        let page = AuditPage::read(&bench.workspace, "flat", Language::En).unwrap();
        let asked = page.questions.into_iter().find(|one| one.question == "fallback").unwrap();
        (asked.known, asked.evidence.unwrap_or_default())
    };
    assert_eq!((card(&bench).drill_debt, answer(&bench).0), (None, None));
    bench.wait_days(367);
    assert!(card(&bench).drill_debt.unwrap().contains("more than twelve months"));
    assert_eq!(answer(&bench).0, Some(Answer::No));
    outage::begin(&bench.workspace, "flat", 60, "").unwrap();
    wait_hours(&bench, 2);
    bench.pull(FLAT);
    let me = [bench.workspace.me().unwrap().unwrap()];
    outage::close(&bench.workspace, "flat", &me, "It works.").unwrap();
    assert_eq!(card(&bench).drill_debt, None);
    let (known, evidence) = answer(&bench);
    assert!(known == Some(Answer::Yes) && evidence.contains("outage"), "{evidence}");
}
