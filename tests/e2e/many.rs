//! Ten thousand rows: a list that long is drawn only where it is seen, is walked by keys and scrolled by the wheel, and
//! loses neither a row nor the focus on the way.

use std::fmt::Write;
use std::rc::Rc;

use plaza_engine::TimeZone;
use plaza_engine::home::Home;
use plaza_engine::integration::Integration;
use plaza_engine::pull::{Unwatched, pull};
use plaza_engine::words::Language;
use plaza_engine::workspace::{Founding, Workspace};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::sample;
use crate::window::{Setup, Window};

/// Rows of each list.
const ROWS: u64 = 10_000;

/// More than are drawn at once: two screens of rows, and those beside them.
const DRAWN_MAX: u64 = 100;

const INTEGRATION: &str = r#"
id = "many"
name = "Many orders"
system = "ERP"

[route]
promised_by = "sales"
legs = [{ to = "delivered", department = "logistics" }]

[[standard]]
days = { delivered = 5 }

[[stream]]
name = "lines"
files = ["lines.csv"]
delivery = "snapshot"

[stream.fields]
order = "order"
line = "line"
customer = "customer"
ordered = "ordered"
promised = "promised"
delivered = "delivered"
"#;

/// A workspace with ten thousand late orders of one week and ten thousand rows without an order number.
fn home() -> Rc<TempDir> {
    let home = tempfile::tempdir().expect("a folder can be made");
    let plaza = Home::new(&home.path().join("data/app.plaza.desktop"));
    let founding = Founding {
        company: "Many".into(),
        language: Language::default(),
        time_zone: TimeZone::UTC,
        departments: ["sales", "logistics"].map(|id| (id.parse().ok(), id.to_owned())).to_vec(),
        me: "Ada".into(),
        my_department: Some(0),
    };
    let folder = home.path().join("sample");
    let (workspace, _) = Workspace::found(&folder, &founding, plaza.keys(), plaza.clock())
        .expect("a workspace can be founded");
    let mut rows = String::from("order,line,customer,ordered,promised,delivered\n");
    for row in 0..ROWS {
        let late = 14 + row % 10;
        writeln!(rows, "O-{row:05},1,Customer {},2026-03-02,2026-03-10,2026-03-{late}", row % 97)
            .expect("text");
        writeln!(rows, ",1,Nobody {row},2026-03-02,2026-03-10,2026-03-{late}").expect("text");
    }
    std::fs::write(home.path().join("lines.csv"), rows).expect("a file can be written");
    let integration = Integration::from_toml(INTEGRATION).expect("an integration");
    let report = pull(&workspace, &integration, home.path(), &Unwatched::default()).expect("a pull");
    assert_eq!(report.journeys, ROWS as i64);
    Rc::new(home)
}

/// What is drawn of the list: how many rows, whether they cover all that is in sight without a gap, whether all of
/// them are read.
const DRAWN: &str = "const list = byCss('[role=grid]').parentElement; \
    const head = byCss('[role=grid] [role=row]').getBoundingClientRect(); \
    const rows = [...list.querySelectorAll('[data-place]')]; \
    const frame = list.getBoundingClientRect(); \
    const bottom = Math.min(frame.top + list.clientTop + list.clientHeight, innerHeight); \
    const top = Math.max(head.bottom, 0); \
    const boxes = rows.map((row) => [row, row.getBoundingClientRect()]) \
        .filter(([, box]) => box.bottom > top && box.top < bottom) \
        .sort(([, one], [, other]) => one.top - other.top); \
    let covered = top; \
    for (const [, box] of boxes) if (box.top <= covered + 1) covered = Math.max(covered, box.bottom); \
    return { drawn: rows.length, covered: covered >= bottom - 1, \
        read: boxes.every(([row]) => row.innerText.trim() !== '') }";

/// Scrolls on from where the list is and notes every row that was read on the way, until the end or the last of
/// `arguments[0]` steps. It waits with timers: looking in every frame would leave the page no time to read. Steps leave
/// no row out: twelve more are drawn above and below those in sight.
const SWEEP: &str = "const steps = arguments[0]; const done = arguments[arguments.length - 1]; \
    const list = byCss('[role=grid]').parentElement; \
    const met = {}; let most = 0; let left = steps; const patience = performance.now() + 45000; \
    const look = () => { \
        const rows = [...list.querySelectorAll('[data-place]')]; \
        most = Math.max(most, rows.length); \
        const blank = rows.filter((row) => row.innerText.trim() === '').map((row) => row.dataset.place); \
        const first = String(Math.floor(list.scrollTop / rows[0].offsetHeight)); \
        const drawn = rows.some((row) => row.dataset.place === first); \
        if ((blank.length > 0 || !drawn) && performance.now() < patience) return void setTimeout(look, 60); \
        if (blank.length > 0) return done({ blank }); \
        for (const row of rows) met[row.dataset.place] = row.innerText.trim().split('\\n')[0]; \
        const end = list.scrollTop + list.clientHeight >= list.scrollHeight - 1; \
        if (end || left === 0) return done({ met, most, end }); \
        left -= 1; list.scrollTop += list.clientHeight + 20 * rows[0].offsetHeight; \
        setTimeout(look, 60); \
    }; \
    look()";

/// Steps of one sweep: few enough for one call on a busy machine.
const STEPS: u64 = 12;

/// Whether what is in sight is drawn, read and no more than it needs.
fn assert_drawn(window: &Window, place: &str) {
    let shown = std::cell::RefCell::new(Value::Null);
    window.until(&format!("rows cover the list {place}"), || {
        *shown.borrow_mut() = window.script(DRAWN, &[]);
        shown.borrow()["covered"] == json!(true) && shown.borrow()["read"] == json!(true)
    });
    let drawn = shown.borrow()["drawn"].as_u64();
    assert!(drawn < Some(DRAWN_MAX), "{place}: {drawn:?} rows are drawn");
}

/// Waits until the row at a place has the focus and is read.
fn assert_focus(window: &Window, place: u64) {
    let script = "const at = document.activeElement; return at.dataset.place === arguments[0] && at.innerText.trim() !== ''";
    window.until(&format!("the focus is on row {place}"), || {
        window.script(script, &[json!(place.to_string())]) == json!(true)
    });
}

/// Fails when the row with the focus is not whole in sight.
fn assert_whole(window: &Window, place: u64) {
    let script = "const box = document.activeElement.getBoundingClientRect(); \
        const list = byCss('[role=grid]').parentElement; const frame = list.getBoundingClientRect(); \
        const head = byCss('[role=grid] [role=row]').getBoundingClientRect(); \
        return box.top >= head.bottom - 1 && box.bottom <= frame.top + list.clientTop + list.clientHeight + 1";
    window.until(&format!("row {place} is whole in sight"), || window.script(script, &[]) == json!(true));
}

/// Goes to the list's end and back by keys.
fn walk(window: &Window) {
    window.script("byCss('[role=grid] [data-place]').focus()", &[]);
    for (key, place) in [("End", ROWS - 1), ("PageUp", ROWS - 11), ("ArrowUp", ROWS - 12), ("Home", 0)] {
        window.press(key);
        assert_focus(window, place);
        assert_drawn(window, &format!("after {key}"));
    }
    // A key that is held down: every row on the way gets the focus, none is skipped.
    for place in 1..=30 {
        window.press("ArrowDown");
        assert_focus(window, place);
        assert_whole(window, place);
    }
}

/// Turns the wheel: the focus stays with its row, however far that is out of sight, and the keys go on from there.
fn wheel(window: &Window) {
    let before = window.script("return document.activeElement.dataset.place", &[]);
    let scrolled = "return byCss('[role=grid]').parentElement.scrollTop";
    let start = window.script(scrolled, &[]).as_f64();
    for _ in 0..3 {
        window.scroll("[role=grid] [role=columnheader]", 4_000);
    }
    window.until("the wheel scrolls the list", || window.script(scrolled, &[]).as_f64() > start);
    assert_drawn(window, "after the wheel");
    let focus = window.script("return document.activeElement.dataset.place ?? null", &[]);
    assert_eq!(focus, before, "the focus is lost");
    window.press("ArrowDown");
    let next = before.as_str().and_then(|place| place.parse::<u64>().ok()).expect("a place") + 1;
    assert_focus(window, next);
    assert_drawn(window, "where the keys went on");
}

/// Every row comes into sight; gives the first words of each.
fn sweep(window: &Window) -> Vec<String> {
    window.script("byCss('[role=grid]').parentElement.scrollTop = 0", &[]);
    let mut found = vec![String::new(); ROWS as usize];
    let mut is_at_end = false;
    while !is_at_end {
        let part = window.script_async(SWEEP, &[json!(STEPS)]);
        assert_eq!(part["blank"], Value::Null, "rows are never read");
        assert!(part["most"].as_u64() < Some(DRAWN_MAX), "{} rows are drawn", part["most"]);
        for (place, words) in part["met"].as_object().expect("an object") {
            let words = words.as_str().unwrap_or_default().to_owned();
            found[place.parse::<usize>().expect("a place")] = words;
        }
        is_at_end = part["end"] == json!(true);
    }
    assert_drawn(window, "at the end");
    for share in [0.5, 0.02, 0.98, 0.0] {
        jump(window, share);
    }
    found
}

/// Goes to a place of the list at once, as a dragged scroll bar does.
fn jump(window: &Window, share: f64) {
    let script =
        "const list = byCss('[role=grid]').parentElement; list.scrollTop = list.scrollHeight * arguments[0]";
    window.script(script, &[json!(share)]);
    assert_drawn(window, &format!("after a jump to {share}"));
}

/// Sorts by the first column and back; the focus stays on its header while the rows are read anew.
fn sort_by_keys(window: &Window) {
    window.script("byCss('[role=columnheader] button').focus()", &[]);
    for first in ["O-00000 / 1", "O-09999 / 1", "O-00000 / 1"] {
        window.press("Enter");
        let shown = format!(
            "return byCss('[role=grid] [data-place=\"0\"]')?.innerText.startsWith('{first}') === true"
        );
        window.until("the rows are sorted", || window.script(&shown, &[]) == json!(true));
        let focus = window.focus();
        assert!(focus.starts_with("button Order / line"), "the focus went to “{focus}”");
    }
}

#[test]
fn ten_thousand_orders_are_walked_and_scrolled() {
    let window = sample::open(home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.go("/kpi/promise-kept?week=2026-W11#journeys");
    window.wait_long_for("10,000 orders");
    walk(&window);
    wheel(&window);
    sort_by_keys(&window);
    for (place, words) in sweep(&window).iter().enumerate() {
        assert_eq!(words, &format!("O-{place:05} / 1"), "row {place}");
    }
    window.look_at("many-journeys");
}

#[test]
fn ten_thousand_rows_in_quarantine_are_walked_and_scrolled() {
    let window = sample::open(home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.go("/integrations/many?tab=quarantine");
    window.wait_long_for("10,000 rows wait");
    walk(&window);
    wheel(&window);
    for share in (0..=100).step_by(2) {
        jump(&window, f64::from(share) / 100.0);
    }
    window.look_at("many-quarantine");
}
