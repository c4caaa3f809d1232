//! Watched folders: what is new and whole is pulled once.

use std::fs::File;
use std::io::Write;
use std::time::{Duration, SystemTime};

use plaza_engine::page::integration::RunView;
use plaza_engine::pull::{Unwatched, pull_saved};
use plaza_engine::watch::{FolderNews, FolderWatch};
use plaza_engine::words::Language;

use crate::bench::{Bench, FLAT, HEAD};

const ROW: &str = "A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n";

/// An active integration with the folder `inbox`, never pulled.
fn bench() -> Bench {
    let bench = Bench::new();
    std::fs::create_dir(bench.files.path().join("inbox")).unwrap();
    let inbox = bench.files.path().join("inbox").display().to_string().replace('\\', "/");
    let toml =
        FLAT.replace("files = [\"lines*.csv\"]", &format!("folder = \"{inbox}\"\npattern = \"lines*.csv\""));
    bench.save("flat", toml);
    bench.activate("flat");
    bench
}

/// Writes a file that was last changed so many seconds before the clock's now.
fn put(bench: &Bench, name: &str, text: &str, seconds_ago: u64) {
    let mut file = File::create(bench.files.path().join("inbox").join(name)).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(bench.clock_ms().unsigned_abs());
    file.set_modified(now - Duration::from_secs(seconds_ago)).unwrap();
}

fn look(bench: &Bench, folders: &mut FolderWatch) -> FolderNews {
    folders.look(&bench.workspace).unwrap()
}

fn ready() -> FolderNews {
    FolderNews { ready: ["flat".to_owned()].into(), ..FolderNews::default() }
}

fn pull(bench: &Bench) {
    pull_saved(&bench.workspace, "flat", &Unwatched::default()).unwrap();
}

#[test]
fn a_file_is_taken_when_two_looks_found_it_the_same() {
    let (bench, mut folders) = (bench(), FolderWatch::default());
    assert_eq!(look(&bench, &mut folders), FolderNews::default());
    put(&bench, "lines_2026-03-01.csv", HEAD, 1);
    assert_eq!(look(&bench, &mut folders), FolderNews::default(), "it may still be written");
    put(&bench, "lines_2026-03-01.csv", &format!("{HEAD}{ROW}"), 0);
    assert_eq!(look(&bench, &mut folders), FolderNews::default(), "it was still written");
    assert_eq!(look(&bench, &mut folders), ready());
    assert_eq!(look(&bench, &mut folders), FolderNews::default(), "once is enough");
    put(&bench, "notes.txt", "not one of its files", 600);
    assert_eq!(look(&bench, &mut folders), FolderNews::default());
}

#[test]
fn what_was_pulled_before_the_start_is_not_pulled_again() {
    let (bench, mut folders) = (bench(), FolderWatch::default());
    put(&bench, "lines_2026-03-01.csv", &format!("{HEAD}{ROW}"), 600);
    put(&bench, "lines_2026-03-02.csv", &format!("{HEAD}{ROW}"), 600);
    assert_eq!(look(&bench, &mut folders), ready());
    pull(&bench);
    let mut restarted = FolderWatch::default();
    assert_eq!(look(&bench, &mut restarted), FolderNews::default());
    put(&bench, "lines_2026-03-03.csv", &format!("{HEAD}{ROW}B{}", &ROW[1..]), 300);
    assert_eq!(look(&bench, &mut FolderWatch::default()), ready(), "it came while nobody looked");
    assert_eq!(look(&bench, &mut restarted), ready());
    pull(&bench);
    put(&bench, "lines_2026-03-03.csv", &format!("{HEAD}{ROW}C{}", &ROW[1..]), 100);
    assert_eq!(look(&bench, &mut restarted), ready(), "it changed");
}

#[test]
fn a_folder_that_is_away_is_noted_once_and_pulled_when_it_is_back() {
    let (bench, mut folders) = (bench(), FolderWatch::default());
    let inbox = bench.files.path().join("inbox");
    std::fs::remove_dir(&inbox).unwrap();
    let lost = FolderNews { lost: ["flat".to_owned()].into(), ..FolderNews::default() };
    assert_eq!(look(&bench, &mut folders), lost);
    assert_eq!(look(&bench, &mut folders), FolderNews::default());
    let runs = RunView::list(&bench.workspace, "flat", Language::En).unwrap();
    assert_eq!((runs.len(), runs[0].state.as_str()), (1, "failed"));
    assert!(runs[0].error.as_ref().is_some_and(|words| words.contains("inbox")), "{runs:?}");
    std::fs::create_dir(&inbox).unwrap();
    assert_eq!(look(&bench, &mut folders), ready());
}

#[test]
fn a_retired_integration_is_not_watched() {
    let (bench, mut folders) = (bench(), FolderWatch::default());
    put(&bench, "lines_2026-03-01.csv", &format!("{HEAD}{ROW}"), 600);
    bench.workspace.retire_integration("flat", "not used").unwrap();
    assert_eq!(look(&bench, &mut folders), FolderNews::default());
    assert!(!folders.is_needed());
}

#[test]
fn an_integration_that_is_not_active_is_pulled_by_hand_only() {
    let (bench, mut folders) = (bench(), FolderWatch::default());
    put(&bench, "lines_2026-03-01.csv", &format!("{HEAD}{ROW}"), 600);
    bench.workspace.deactivate_integration("flat", "the export is being rebuilt").unwrap();
    assert_eq!(look(&bench, &mut folders), FolderNews::default());
    assert!(!folders.is_needed());
    pull(&bench);
    assert_eq!(bench.kept().values().map(|(_, counted)| counted).sum::<i64>(), 1, "by hand it is pulled");
    put(&bench, "lines_2026-03-02.csv", &format!("{HEAD}{ROW}B{}", &ROW[1..]), 600);
    assert_eq!(look(&bench, &mut folders), FolderNews::default());
    bench.workspace.activate_integration("flat", "").unwrap();
    assert_eq!(look(&bench, &mut folders), ready(), "what came meanwhile is taken");
}

#[test]
fn looking_is_needed_only_while_a_folder_is_watched() {
    let (empty, mut folders) = (Bench::new(), FolderWatch::default());
    empty.write("lines_2026-03-01.csv", &format!("{HEAD}{ROW}")).pull(FLAT);
    look(&empty, &mut folders);
    assert!(!folders.is_needed(), "a file is pulled when a person says so");
    let (bench, mut folders) = (bench(), FolderWatch::default());
    look(&bench, &mut folders);
    assert!(folders.is_needed());
    std::fs::remove_dir(bench.files.path().join("inbox")).unwrap();
    look(&bench, &mut folders);
    assert!(folders.is_needed(), "a folder that is away may come back");
    bench.workspace.retire_integration("flat", "not used").unwrap();
    look(&bench, &mut folders);
    assert!(!folders.is_needed());
}
