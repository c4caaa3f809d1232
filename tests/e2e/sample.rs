//! The sample company in the window: board, KPI, colours and sizes.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;
use std::{fs, io};

use plaza_engine::TimeZone;
use plaza_engine::home::Home;
use plaza_engine::pull::Unwatched;
use plaza_engine::sample;
use plaza_engine::words::Language;
use tempfile::TempDir;

use crate::display::Colours;
use crate::window::{Setup, Window};

/// The sample company is made once for all tests of a run: a year of files, pulled for real.
static MADE: OnceLock<PathBuf> = OnceLock::new();

/// A home with the sample company in it, made as the command line makes it.
pub fn home() -> Rc<TempDir> {
    let home = tempfile::tempdir().expect("a folder can be made");
    copy(MADE.get_or_init(made), home.path()).expect("the sample company can be copied");
    Rc::new(home)
}

fn made() -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    sweep(place);
    let made = place.join(format!("sample-{}", std::process::id()));
    let plaza = Home::new(&made.join("data/app.plaza.desktop"));
    let zone: TimeZone = sample::TIME_ZONE.parse().expect("a time zone");
    let today = zone.day_at(plaza.clock().now_ms());
    let folder = made.join("sample");
    sample::create(&folder, sample::SEED, Language::default(), plaza.keys(), today, &Unwatched::default())
        .expect("the sample company can be made");
    made
}

/// Removes what runs that have ended left behind.
fn sweep(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let maker = name.to_str().and_then(|name| name.strip_prefix("sample-"));
        if maker.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            // What cannot be removed only takes room.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Opens the sample company of a home.
pub fn open(home: Rc<TempDir>, setup: &Setup) -> Window {
    let folder = home.path().join("sample").display().to_string();
    let arguments = vec!["--workspace".to_owned(), folder];
    Window::start_in(home, &Setup { arguments, ..setup.clone() })
}

#[test]
fn the_board_is_there_at_once_and_again_after_a_second_start() {
    let window = open(home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.wait_for("Order to cash");
    window.screenshot("board-1280");
    window.assert_accessible("the board");
    for (width, height) in [(1024, 700), (1600, 1000)] {
        window.resize(width, height);
        window.screenshot(&format!("board-{width}"));
        let wider = window.script("return document.documentElement.scrollWidth - innerWidth", &[]);
        assert_eq!(wider, 0, "at {width} pixels the board is wider than the window");
    }
    // The second start is told nothing: it opens what was open last.
    let home = window.close();
    let window = Window::start_in(home, &Setup { colours: Colours::Dark, ..Setup::default() });
    window.wait_for("On-time delivery");
    window.screenshot("board-dark");
    window.assert_accessible("the board in the dark");
}

#[test]
fn a_kpi_opens_from_the_board_and_back_leads_back() {
    let window = open(home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.click_role("link", "On-time delivery");
    window.until("the KPI has its own address", || window.address() != "/");
    window.wait_for("On-time delivery");
    window.screenshot("kpi");
    window.assert_accessible("a KPI");
    window.script("history.back()", &[]);
    window.wait_for("Order to cash");
}
