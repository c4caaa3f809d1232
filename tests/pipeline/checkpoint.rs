//! The checkpoint: what would move a published number too far waits for a person, and nothing else does.

use plaza_domain::person::PersonId;
use plaza_engine::checkpoint::{CheckpointForm, Decision, decide, lapse};
use plaza_engine::error::EngineError;
use plaza_engine::page::checkpoint::CheckpointView;
use plaza_engine::pull::{release, resume};
use plaza_engine::words::Language;
use plaza_store::view::BatchWord;

use crate::bench::{Bench, FLAT, HEAD};

/// Another integration beside the guarded one.
const OTHER: &str = "other";

fn other() -> String {
    FLAT.replace("id = \"flat\"", "id = \"other\"")
        .replace("system = \"ERP\"", "system = \"CRM\"")
        .replace("lines*.csv", "deals*.csv")
        .replace("lines_{", "deals_{")
}

/// Twenty lines of two weeks; of the first week `late` are late.
fn file(late: usize) -> String {
    let line = |nth: usize| {
        let delivered = if nth < late { "2026-03-12" } else { "2026-03-09" };
        format!("A{nth},1,2026-03-02,2026-03-10,2026-03-06,{delivered},5\n")
    };
    let second = |nth: usize| format!("B{nth},1,2026-03-09,2026-03-17,2026-03-13,2026-03-16,5\n");
    let lines: String = (0..10).map(line).chain((0..10).map(second)).collect();
    format!("{HEAD}{lines}")
}

fn me(bench: &Bench) -> PersonId {
    bench.workspace.me().unwrap().unwrap()
}

fn form(bench: &Bench) -> CheckpointForm {
    CheckpointForm {
        is_on: true,
        approver: me(bench),
        points_millionths: plaza_domain::event::POINTS_MILLIONTHS,
        ranges_thousandths: plaza_domain::event::RANGES_THOUSANDTHS,
        holds_warnings: false,
        four_eyes: false,
        hours: None,
        reason: "a wrong week was shown in a meeting".into(),
    }
}

/// A workspace whose integration is guarded after its first pull: one late line of ten.
fn guarded(change: impl FnOnce(&mut CheckpointForm)) -> Bench {
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &file(1));
    bench.pull(FLAT);
    let mut form = form(&bench);
    change(&mut form);
    bench.workspace.set_checkpoint("flat", &form).unwrap();
    bench
}

/// As [`guarded`], and a batch waits in which four of ten are late.
fn held(change: impl FnOnce(&mut CheckpointForm)) -> Bench {
    let bench = guarded(change);
    bench.wait_days(1);
    bench.write("lines_2026-03-27.csv", &file(4));
    let report = bench.pull(FLAT);
    assert!(report.held, "{report:?}");
    assert!(report.weeks_changed.is_empty());
    bench
}

fn week(bench: &Bench, week: &str) -> (i64, i64) {
    bench.kept()[week]
}

fn words(bench: &Bench) -> Vec<String> {
    let acts = bench.workspace.view(|view| view.batch_acts(&"flat".into(), 20)).unwrap();
    acts.into_iter()
        .map(|act| match act.word {
            BatchWord::Held(held) => format!("held {}", held.tripped.len()),
            BatchWord::Decided(decided) => decided.decision,
        })
        .collect()
}

fn read(bench: &Bench) -> CheckpointView {
    CheckpointView::read(&bench.workspace, "flat", Language::En).unwrap()
}

#[track_caller]
fn refused(outcome: Result<(), EngineError>, path: &str) {
    match outcome {
        Err(EngineError::Invalid { fields }) => {
            assert!(fields.iter().any(|(at, _)| at == path), "{fields:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn settings_that_mean_nothing_are_refused() {
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &file(1));
    bench.pull(FLAT);
    let good = form(&bench);
    let set = |change: fn(&mut CheckpointForm)| {
        let mut form = good.clone();
        change(&mut form);
        bench.workspace.set_checkpoint("flat", &form)
    };
    refused(set(|form| form.reason = "  ".into()), "reason");
    refused(set(|form| form.approver = PersonId("nobody".into())), "approver");
    refused(set(|form| form.points_millionths = -1), "points_millionths");
    refused(set(|form| form.ranges_thousandths = -1), "ranges_thousandths");
    refused(set(|form| form.hours = Some(0)), "hours");
    let unknown = bench.workspace.set_checkpoint("nowhere", &good);
    assert!(matches!(unknown, Err(EngineError::NotFound { .. })), "{unknown:?}");
    assert_eq!(read(&bench).settings, None, "nothing was kept");
}

#[test]
fn a_batch_within_the_threshold_passes_by_itself() {
    let bench = guarded(|form| form.points_millionths = 10_000_000);
    bench.wait_days(1);
    bench.write("lines_2026-03-27.csv", &file(2));
    assert!(!bench.pull(FLAT).held);
    assert_eq!(week(&bench, "2026-W11"), (8, 10));
    assert!(words(&bench).is_empty());
}

#[test]
fn a_batch_beyond_it_waits_and_what_is_published_stays() {
    let bench = held(|_| ());
    assert_eq!(week(&bench, "2026-W11"), (9, 10));
    assert_eq!(words(&bench), ["held 1"]);
    let view = read(&bench);
    let waiting = view.held.unwrap();
    assert!(waiting.why_not.is_none(), "{waiting:?}");
    let row = waiting.weeks.iter().find(|row| row.kpi == "promise-kept" && row.week == "2026-W11").unwrap();
    assert_eq!((row.before, row.after, row.is_beyond), (Some(90.0), Some(60.0), true));
    assert_eq!(row.moved, 3);
    assert!(row.first.contains(&"A1/1".to_owned()), "{row:?}");
    // The same files again, and a restart, change nothing of that.
    bench.wait_days(1);
    assert!(bench.pull(FLAT).held);
    resume(&bench.workspace).unwrap();
    assert_eq!(week(&bench, "2026-W11"), (9, 10));
    assert_eq!(read(&bench).held.unwrap().since, waiting.since);
}

#[test]
fn other_integrations_go_on_while_a_batch_waits() {
    let bench = held(|_| ());
    let rows: String =
        (0..10).map(|nth| format!("C{nth},1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n")).collect();
    bench.write("deals_2026-03-20.csv", &format!("{HEAD}{rows}"));
    assert!(!bench.pull(&other()).held);
    assert_eq!(week(&bench, "2026-W11"), (19, 20), "only what was published of the guarded one counts");
    assert!(bench.workspace.held_batch(&"flat".into()).unwrap().is_some());
    assert!(bench.workspace.held_batch(&OTHER.into()).unwrap().is_none());
    decide(&bench.workspace, "flat", &Decision::Release, "they were late").unwrap();
    assert_eq!(week(&bench, "2026-W11"), (16, 20));
}

#[test]
fn released_it_is_published_with_its_reason() {
    let bench = held(|_| ());
    refused(decide(&bench.workspace, "flat", &Decision::Release, " "), "reason");
    assert_eq!(week(&bench, "2026-W11"), (9, 10));
    decide(&bench.workspace, "flat", &Decision::Release, "a lorry was stolen").unwrap();
    assert_eq!(week(&bench, "2026-W11"), (6, 10));
    assert_eq!(words(&bench), ["released", "held 1"]);
    assert_eq!(read(&bench).held, None);
    let again = decide(&bench.workspace, "flat", &Decision::Release, "once more");
    assert!(matches!(again, Err(EngineError::Conflict { .. })), "{again:?}");
}

#[test]
fn a_part_is_let_through_and_the_rest_goes_on_waiting() {
    let bench = held(|_| ());
    let weeks = |kpi: &str, week: &str| Decision::ReleaseWeeks(vec![(kpi.into(), week.parse().unwrap())]);
    refused(decide(&bench.workspace, "flat", &Decision::ReleaseWeeks(Vec::new()), "why"), "weeks");
    refused(decide(&bench.workspace, "flat", &weeks("promise-kept", "2026-W12"), "why"), "weeks");
    let all = read(&bench).held.unwrap().weeks;
    decide(&bench.workspace, "flat", &weeks("promise-kept", "2026-W11"), "seen with logistics").unwrap();
    assert_eq!(week(&bench, "2026-W11"), (6, 10));
    let rest = all.len() - 1;
    match read(&bench).held {
        Some(left) => assert_eq!(left.weeks.len(), rest),
        None => assert_eq!(rest, 0),
    }
}

#[test]
fn rejected_nothing_of_it_is_left_and_the_same_file_is_not_taken_again() {
    let bench = held(|_| ());
    decide(&bench.workspace, "flat", &Decision::Reject, "the export was of the test system").unwrap();
    assert_eq!(week(&bench, "2026-W11"), (9, 10));
    assert_eq!(read(&bench).held, None);
    let report = bench.pull(FLAT);
    assert_eq!(report.rejected_files, ["lines_2026-03-27.csv"]);
    assert!(!report.held);
    assert_eq!(week(&bench, "2026-W11"), (9, 10));
    // Mended at the source it is another file.
    bench.write(
        "lines_2026-03-27.csv",
        &file(1).replace("B0,1,2026-03-09,2026-03-17", "B0,1,2026-03-09,2026-03-18"),
    );
    assert!(!bench.pull(FLAT).held);
    assert_eq!(words(&bench), ["rejected", "held 1"]);
}

#[test]
fn a_first_batch_can_be_rejected_too() {
    let bench = Bench::new();
    bench.write("deals_2026-03-20.csv", &file(0));
    bench.pull(&other());
    // Saved and guarded before its first file came.
    bench.write("lines_2026-03-20.csv", HEAD);
    bench.pull(FLAT);
    bench.workspace.set_checkpoint("flat", &form(&bench)).unwrap();
    bench.write("lines_2026-03-27.csv", &file(10).replace('A', "Z"));
    assert!(bench.pull(FLAT).held, "ten late lines beside ten in time");
    decide(&bench.workspace, "flat", &Decision::Reject, "not ours").unwrap();
    assert_eq!(week(&bench, "2026-W11"), (10, 10));
    bench.pull(FLAT);
    assert_eq!(week(&bench, "2026-W11"), (10, 10));
}

#[test]
fn what_the_source_mends_passes_by_itself() {
    let bench = held(|_| ());
    bench.wait_days(1);
    bench.write("lines_2026-03-28.csv", &file(1));
    assert!(!bench.pull(FLAT).held);
    assert_eq!(week(&bench, "2026-W11"), (9, 10));
    assert_eq!(words(&bench), ["mended", "held 1"]);
}

#[test]
fn after_its_hours_it_passes_by_itself_and_not_before() {
    let bench = held(|form| form.hours = Some(48));
    bench.wait_days(1);
    assert!(!lapse(&bench.workspace).unwrap());
    assert_eq!(week(&bench, "2026-W11"), (9, 10));
    bench.wait_days(1);
    assert!(lapse(&bench.workspace).unwrap());
    assert_eq!(week(&bench, "2026-W11"), (6, 10));
    assert_eq!(words(&bench), ["lapsed", "held 1"]);
    assert!(!lapse(&bench.workspace).unwrap());
}

#[test]
fn with_four_eyes_who_saved_it_cannot_let_it_pass() {
    let bench = held(|form| form.four_eyes = true);
    refused(decide(&bench.workspace, "flat", &Decision::Release, "it is right"), "profile");
    assert!(read(&bench).held.unwrap().why_not.is_some());
    assert_eq!(week(&bench, "2026-W11"), (9, 10));
}

#[test]
fn it_is_not_switched_off_over_a_waiting_batch() {
    let bench = held(|_| ());
    let mut off = form(&bench);
    off.is_on = false;
    refused(bench.workspace.set_checkpoint("flat", &off), "is_on");
    decide(&bench.workspace, "flat", &Decision::Release, "right").unwrap();
    bench.workspace.set_checkpoint("flat", &off).unwrap();
    bench.wait_days(1);
    bench.write("lines_2026-03-29.csv", &file(9));
    assert!(!bench.pull(FLAT).held);
    assert_eq!(week(&bench, "2026-W11"), (1, 10));
}

#[test]
fn warnings_about_the_whole_file_hold_where_they_shall() {
    let bench = guarded(|form| {
        form.holds_warnings = true;
        form.points_millionths = 100_000_000;
        form.ranges_thousandths = 1_000_000_000;
    });
    bench.wait_days(1);
    let half: String = file(1).lines().take(8).map(|line| format!("{line}\n")).collect();
    bench.write("lines_2026-03-27.csv", &half);
    let report = bench.pull(FLAT);
    assert!(report.held, "{:?}", report.warnings);
    assert!(read(&bench).held.unwrap().why.iter().any(|words| words.to_lowercase().contains("row")));
    // Looking again at the same files mends nothing.
    bench.wait_days(1);
    assert!(bench.pull(FLAT).held);
    // The next complete file takes its place.
    bench.write("lines_2026-03-30.csv", &file(1));
    assert!(!bench.pull(FLAT).held);
    assert_eq!(words(&bench)[0], "mended");
    assert_eq!(words(&bench).len(), 3, "{:?}", words(&bench));
}

#[test]
fn rows_released_from_quarantine_join_the_batch_that_waits() {
    let bench = guarded(|_| ());
    bench.wait_days(1);
    let odd = format!("{}D0,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5\n", file(4));
    bench.write("lines_2026-03-27.csv", &odd);
    assert!(bench.pull(FLAT).held);
    let waiting = bench.waiting();
    assert_eq!(waiting.len(), 1);
    release(&bench.workspace, waiting[0].number, "a correction").unwrap();
    assert_eq!(week(&bench, "2026-W11"), (9, 10));
    decide(&bench.workspace, "flat", &Decision::Release, "right").unwrap();
    assert_eq!(week(&bench, "2026-W11").1, 11);
}
