//! Integrations that the workspace keeps: pulled by their kept definition, read with their runs, retired.

use plaza_engine::error::EngineError;
use plaza_engine::page::integration::{IntegrationCard, IntegrationList, IntegrationPage, RunView};
use plaza_engine::pull::{Unwatched, Watch, base, pull_saved};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;

use crate::bench::{Bench, FLAT, HEAD};

const ROWS: &str = "A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n";

fn card(workspace: &Workspace) -> IntegrationCard {
    IntegrationList::read(workspace).unwrap().integrations.remove(0)
}

fn runs(workspace: &Workspace) -> Vec<RunView> {
    RunView::list(workspace, "flat", Language::En).unwrap()
}

fn again(bench: &Bench) -> Result<plaza_engine::pull::PullReport, EngineError> {
    pull_saved(&bench.workspace, "flat", &Unwatched::default())
}

#[test]
fn a_pull_that_does_not_work_leaves_a_run_that_says_why() {
    let bench = Bench::new();
    assert!(matches!(again(&bench), Err(EngineError::NotFound { .. })), "an unknown one is not pulled");
    bench.write("lines_2026-03-01.csv", &format!("{HEAD}{ROWS}")).pull(FLAT);
    bench.remove("lines_2026-03-01.csv");
    let error = again(&bench).unwrap_err().to_string();
    let failed = runs(&bench.workspace).remove(0);
    assert_eq!((failed.state.as_str(), failed.error.as_deref()), ("failed", Some(error.as_str())));
    assert!(failed.finished.is_some());
    assert_eq!(card(&bench.workspace).health, "failed");

    // A question is a failure too, and the run does not speak TOML.
    let rows = "A,1,01/02/2026,03/04/2026,,,5\nB,1,02/03/2026,05/04/2026,,,5\n";
    bench.write("lines_2026-03-02.csv", &format!("{HEAD}{rows}"));
    assert!(matches!(again(&bench), Err(EngineError::Question(_))));
    let asked = runs(&bench.workspace).remove(0).error.unwrap();
    assert!(asked.contains("column “ordered”") && !asked.contains("answer with"), "{asked}");
    bench.remove("lines_2026-03-02.csv");

    bench.write("lines_2026-03-03.csv", &format!("{HEAD}{ROWS}"));
    again(&bench).unwrap();
    let card = card(&bench.workspace);
    assert_eq!((card.health.as_str(), card.journeys, card.owner.as_deref()), ("fine", 1, Some("Ada")));
    let states: Vec<String> = runs(&bench.workspace).into_iter().map(|run| run.state).collect();
    assert_eq!(states, ["finished", "failed", "failed", "finished"]);
}

/// Stops at the first word.
struct Stopped(std::sync::atomic::AtomicBool);

impl Watch for Stopped {
    fn progress(&self, _what: &str, _done: u64, _total: u64) {}

    fn cancel(&self) -> &std::sync::atomic::AtomicBool {
        &self.0
    }
}

#[test]
fn a_cancelled_pull_changes_nothing_and_is_no_failure() {
    let bench = Bench::new();
    bench.write("lines_2026-03-01.csv", &format!("{HEAD}{ROWS}")).pull(FLAT);
    let kept = bench.kept();
    bench.write("lines_2026-03-02.csv", &format!("{HEAD}{}", ROWS.replace("03-09", "03-19")));
    let stopped = Stopped(true.into());
    let error = pull_saved(&bench.workspace, "flat", &stopped).unwrap_err();
    assert!(matches!(error, EngineError::Cancelled), "{error}");
    assert_eq!(bench.kept(), kept);
    let newest = runs(&bench.workspace).remove(0);
    assert_eq!((newest.state.as_str(), newest.error), ("cancelled", None));
    assert_eq!(card(&bench.workspace).health, "fine");
}

#[test]
fn a_kept_integration_is_pulled_from_where_it_was_pulled_before() {
    let bench = Bench::new();
    bench.write("lines_2026-03-01.csv", &format!("{HEAD}{ROWS}")).pull(FLAT);
    assert_eq!(base(&bench.workspace, "flat").unwrap(), bench.files.path());
    bench.write("lines_2026-03-02.csv", &format!("{HEAD}{ROWS}B{}", &ROWS[1..]));
    assert_eq!(again(&bench).unwrap().records.new, 1);
    assert_eq!(base(&bench.workspace, "other").unwrap(), bench.workspace.folder());

    // The definition names the whole path: where it was pulled from does not matter.
    let (bench, files) = (Bench::new(), tempfile::tempdir().unwrap());
    let whole = files.path().join("lines*.csv").display().to_string().replace('\\', "/");
    std::fs::write(files.path().join("lines_2026-03-01.csv"), format!("{HEAD}{ROWS}")).unwrap();
    bench.pull(&FLAT.replace("lines*.csv", &whole));
    assert_eq!(again(&bench).unwrap().unchanged_files, ["lines_2026-03-01.csv"]);
}

#[test]
fn files_within_the_workspace_go_with_it_when_it_is_moved() {
    let mut bench = Bench::new();
    let exports = bench.workspace.folder().join("exports");
    std::fs::create_dir(&exports).unwrap();
    std::fs::write(exports.join("lines_2026-03-01.csv"), format!("{HEAD}{ROWS}")).unwrap();
    let toml = FLAT.replace("lines*.csv", "exports/lines*.csv");
    let integration = plaza_engine::integration::Integration::from_toml(&toml).unwrap();
    let folder = bench.workspace.folder().to_owned();
    plaza_engine::pull::pull(&bench.workspace, &integration, &folder, &Unwatched::default()).unwrap();

    let moved = bench.home.path().join("moved");
    let elsewhere = tempfile::tempdir().unwrap().path().join("workspace");
    let (keys, clock) = (bench.keys.clone(), bench.clock.clone());
    let closed = Bench::new().workspace;
    drop(std::mem::replace(&mut bench.workspace, closed));
    std::fs::rename(&folder, &moved).unwrap();
    assert!(!elsewhere.exists());
    bench.workspace = Workspace::open(&moved, keys, clock).unwrap();
    assert_eq!(again(&bench).unwrap().unchanged_files, ["lines_2026-03-01.csv"]);
}

#[test]
fn a_retired_integration_keeps_its_numbers_and_comes_back_when_it_is_pulled() {
    let bench = Bench::new();
    bench.write("lines_2026-03-01.csv", &format!("{HEAD}{ROWS}")).pull(FLAT);
    let kept = bench.kept();
    assert!(matches!(bench.workspace.retire_integration("flat", " "), Err(EngineError::Invalid { .. })));
    bench.workspace.retire_integration("flat", "replaced by the new system").unwrap();
    assert!(IntegrationList::read(&bench.workspace).unwrap().integrations.is_empty());
    let page = IntegrationPage::read(&bench.workspace, "flat", Language::En);
    assert!(matches!(page, Err(EngineError::NotFound { .. })));
    assert!(matches!(bench.workspace.retire_integration("flat", "again"), Err(EngineError::NotFound { .. })));
    assert_eq!(bench.kept(), kept);
    again(&bench).unwrap();
    assert_eq!(card(&bench.workspace).id, "flat");
    assert_eq!(bench.kept(), kept);
}

#[test]
fn a_page_of_an_integration_tells_what_each_run_did() {
    let bench = Bench::new();
    let rows = format!("{HEAD}{ROWS}{ROWS}B,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,-5\n");
    bench.write("lines_2026-03-01.csv", &rows).pull(FLAT);
    let page = IntegrationPage::read(&bench.workspace, "flat", Language::De).unwrap();
    assert_eq!((page.card.health.as_str(), page.card.quarantined), ("has_quarantine", 1));
    assert_eq!((page.card.streams, page.card.watched), (vec!["lines".to_owned()], false));
    assert!(page.toml.contains("id = \"flat\""));
    let [run] = page.runs.as_slice() else { panic!("{:?}", page.runs) };
    assert_eq!((run.state.as_str(), run.read, run.new, run.same, run.quarantined), ("finished", 3, 1, 1, 1));
    assert_eq!(run.files, ["lines_2026-03-01.csv"]);
    assert!(run.weeks_changed > 0 && run.error.is_none());
    let [reason] = run.reasons.as_slice() else { panic!("{:?}", run.reasons) };
    assert_eq!((reason.rule.as_str(), reason.rows), ("negative-quantity", 1));
    assert!(run.warnings.iter().any(|words| words.contains("Dieselbe Zeile")), "{:?}", run.warnings);
}

#[test]
fn a_run_that_was_killed_is_found_and_finished() {
    let bench = Bench::new();
    bench.write("lines_2026-03-01.csv", &format!("{HEAD}{ROWS}")).pull(FLAT);
    assert_eq!(plaza_engine::pull::unfinished(&bench.workspace).unwrap(), None);
    {
        let mut intake = bench.workspace.intake();
        let run = intake.view().runs(None, 1).unwrap().remove(0);
        let load = intake.load().unwrap();
        load.update_run(run.number, plaza_store::intake::RunState::Landed, None, &run.report).unwrap();
        load.commit().unwrap();
    }
    assert_eq!(runs(&bench.workspace)[0].state, "interrupted");
    assert_eq!(plaza_engine::pull::unfinished(&bench.workspace).unwrap().as_deref(), Some("flat"));
    plaza_engine::pull::resume(&bench.workspace).unwrap();
    assert_eq!(plaza_engine::pull::unfinished(&bench.workspace).unwrap(), None);
    assert_eq!(runs(&bench.workspace)[0].state, "finished");
}

/// Notes what is under way, and stops when the rows are read and nothing is landed yet.
#[derive(Default)]
struct StopsAtStoring {
    heard: std::sync::Mutex<Vec<(String, u64, u64)>>,
    cancel: std::sync::atomic::AtomicBool,
}

impl Watch for StopsAtStoring {
    fn progress(&self, what: &str, done: u64, total: u64) {
        self.heard.lock().unwrap().push((what.to_owned(), done, total));
        self.cancel.store(what == "store", std::sync::atomic::Ordering::Relaxed);
    }

    fn cancel(&self) -> &std::sync::atomic::AtomicBool {
        &self.cancel
    }
}

#[test]
fn a_pull_of_one_file_counts_its_rows_and_can_be_stopped_until_they_are_landed() {
    let bench = Bench::new();
    let mut rows = HEAD.to_owned();
    for nth in 0..5_000 {
        rows.push_str(&ROWS.replace("A,", &format!("O{nth},")));
    }
    bench.write("lines_2026-03-01.csv", &rows);
    let watch = StopsAtStoring::default();
    let integration = plaza_engine::integration::Integration::from_toml(FLAT).unwrap();
    let pulled = plaza_engine::pull::pull(&bench.workspace, &integration, bench.files.path(), &watch);
    assert!(matches!(pulled, Err(EngineError::Cancelled)), "{pulled:?}");
    let heard = watch.heard.into_inner().unwrap();
    assert!(heard.contains(&("read".into(), 5_000, 0)), "{heard:?}");
    assert_eq!(heard.last(), Some(&("store".into(), 5_000, 0)));
    assert_eq!((bench.kept().len(), bench.waiting().len()), (0, 0));
    assert_eq!(bench.pull(FLAT).records.new, 5_000);
}
