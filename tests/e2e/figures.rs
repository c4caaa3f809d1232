//! What `cargo xtask bench` prints about the window: how soon the board is on the screen, what the window takes at rest,
//! how long pages take. Nothing is judged here: figures are no test, and another machine has others.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::process::Processes;
use crate::sample;
use crate::window::{Setup, Window};

/// How long a window is left alone before it counts as being at rest: what a start leaves to be done is done then.
const SETTLE: Duration = Duration::from_secs(5);

/// How long a window at rest is watched.
const WATCHED: Duration = Duration::from_secs(20);

/// Does something and answers with the milliseconds until the page shows it and has painted twice.
const TIMED: &str = "const done = arguments[arguments.length - 1]; \
    const timed = (act, shown) => { \
        const start = performance.now(); act(); \
        const look = () => requestAnimationFrame(() => shown() \
            ? requestAnimationFrame(() => done(performance.now() - start)) : look()); \
        look(); \
    }; \
    const first = () => document.querySelector('[role=grid] [data-place=\"0\"]')?.innerText.trim() ?? '';";

/// From the board to a KPI: its chart; and from there to another week: its orders.
const KPI: &str = "timed(() => document.querySelector('article h2 a').click(), \
    () => !document.querySelector('article') && document.querySelector('main path.point') !== null)";
const POINT: &str = "const points = document.querySelector('main figure').querySelectorAll('path.point'); \
    points[Math.max(points.length - 10, 0)].focus()";
const WEEK: &str = "timed(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })), \
    () => location.hash.includes('week=') && first() !== '')";
const SORTED: &str = "const before = first(); \
    timed(() => document.querySelector('[role=columnheader] button').click(), \
        () => first() !== '' && first() !== before)";
const ORDER: &str = "timed(() => document.querySelector('[role=grid] [data-place=\"0\"]').click(), \
    () => location.hash.includes('/order/') && !document.querySelector('[role=grid]') && document.querySelector('main h2') !== null)";

/// The inbox with years of conversations, what a word finds in them, one of them.
const INBOX: &str = "timed(() => { location.hash = '#/conversations?inbox=open' }, \
    () => document.querySelectorAll('main a[href*=\"/conversations/\"]').length > 10)";
const FOUND: &str = "const field = document.querySelector('main input'); \
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set; \
    timed(() => { set.call(field, 'kalo'); field.dispatchEvent(new Event('input', { bubbles: true })) }, \
        () => document.querySelector('main mark') !== null)";
const CONVERSATION: &str = "timed(() => document.querySelector('main a[href*=\"/conversations/\"]').click(), \
    () => document.querySelector('main textarea') !== null)";

/// Types a letter a frame and answers with the longest frame, in milliseconds.
const TYPED: &str = "const done = arguments[arguments.length - 1]; \
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set; \
    const text = 'The test bench was down on Thursday, says @Person; we split lots over 400 pieces. '.repeat(2); \
    let place = 0, longest = 0, last = null; \
    const step = (now) => { \
        if (last !== null) longest = Math.max(longest, now - last); \
        last = now; \
        if (place === text.length) return done(longest); \
        place += 1; \
        set.call(field, text.slice(0, place)); \
        field.setSelectionRange(place, place); \
        field.dispatchEvent(new Event('input', { bubbles: true })); \
        requestAnimationFrame(step); \
    }; \
    field.focus(); \
    requestAnimationFrame(step);";
const TYPED_IN_PLAZA: &str = "const field = document.querySelector('main textarea');";
const TYPED_BARE: &str =
    "const field = document.createElement('textarea'); document.querySelector('main').append(field);";

/// The core's own part of reading the board, without drawing it.
const BOARD_READ: &str = "const done = arguments[arguments.length - 1]; const start = performance.now(); \
    window.__TAURI_INTERNALS__.invoke('board_read', { language: 'en' }).then(() => done(performance.now() - start))";

fn variable(name: &str) -> PathBuf {
    std::env::var_os(name).map(PathBuf::from).unwrap_or_else(|| panic!("{name} is not set"))
}

/// One figure, as `cargo xtask bench` looks for it.
fn tell(name: &str, number: f64) {
    println!("figure {name} {number:.3}");
}

fn milliseconds(answer: &Value) -> f64 {
    answer.as_f64().unwrap_or_else(|| panic!("no number: {answer}"))
}

#[test]
#[ignore = "figures are no test: `cargo xtask bench`"]
fn print_the_figures_of_the_window() {
    let program = variable("PLAZA_FIGURES_PROGRAM");
    let workspace = variable("PLAZA_FIGURES_WORKSPACE");
    let starts: u32 = std::env::var("PLAZA_FIGURES_STARTS").map_or(1, |text| text.parse().expect("a number"));
    let setup = Setup {
        arguments: vec!["--workspace".into(), workspace.display().to_string()],
        program: Some(program.clone()),
        ..Setup::default()
    };
    for start in 1..=starts {
        // A home of its own for each start: nothing is kept by the web view from the one before.
        let home = Rc::new(tempfile::tempdir().expect("a folder can be made"));
        // The keys of the workspace's device: without them the window shows a notice that no person would see.
        sample::copy(&variable("PLAZA_FIGURES_DATA"), &home.path().join("data/app.plaza.desktop"))
            .expect("Plaza's own folder can be copied");
        let window = Window::start_in(Rc::clone(&home), &setup);
        let processes = board(&window, &program);
        if start == starts {
            rest(&processes);
        }
        pages(&window);
        window.close();
    }
}

/// From the beginning of the program's process to the first painted board: the driver's own start is not in it.
fn board(window: &Window, program: &Path) -> Processes {
    let painted = "const [mark] = performance.getEntriesByName('board'); \
        return mark ? performance.timeOrigin + mark.startTime : null";
    window.until("the board is painted", || window.script(painted, &[]) != json!(null));
    let processes = Processes::of(window.home(), program);
    assert!(processes.count() >= 3, "program, web view and its network are {} processes", processes.count());
    tell("start", (milliseconds(&window.script(painted, &[])) - processes.started_at_ms()) / 1000.0);
    processes
}

/// What the window takes when nobody touches it.
fn rest(processes: &Processes) {
    thread::sleep(SETTLE);
    tell("memory", processes.share_mb());
    let before = processes.processor_seconds();
    thread::sleep(WATCHED);
    tell("idle", (processes.processor_seconds() - before) / WATCHED.as_secs_f64() * 100.0);
}

/// Pages that nobody has looked at since the start, in milliseconds.
fn pages(window: &Window) {
    window.wait_until_read();
    tell("board-read", milliseconds(&window.script_async(BOARD_READ, &[])));
    let time = |name: &str, steps: &str| {
        tell(name, milliseconds(&window.script_async(&format!("{TIMED}\n{steps}"), &[])));
        window.wait_until_read();
    };
    time("kpi", KPI);
    window.script(POINT, &[]);
    time("orders", WEEK);
    time("sorted", SORTED);
    time("order", ORDER);
    time("inbox", INBOX);
    time("found", FOUND);
    time("conversation", CONVERSATION);
    for (name, field) in [("typed", TYPED_IN_PLAZA), ("typed-bare", TYPED_BARE)] {
        tell(name, milliseconds(&window.script_async(&format!("{field}\n{TYPED}"), &[])));
    }
}
