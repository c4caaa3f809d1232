//! Ten thousand rows: a list that long scrolls, is walked by keys and says how long it is.

use std::fmt::Write;
use std::rc::Rc;

use plaza_engine::TimeZone;
use plaza_engine::home::Home;
use plaza_engine::integration::Integration;
use plaza_engine::pull::{Unwatched, pull};
use plaza_engine::words::Language;
use plaza_engine::workspace::{Founding, Workspace};
use serde_json::json;
use tempfile::TempDir;

use crate::sample;
use crate::window::{Setup, Window};

/// Rows of each list.
const ROWS: usize = 10_000;

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

/// Goes to the list's end and back by keys; only what is in sight is drawn.
fn walk(window: &Window, total: &str) {
    window.wait_for(total);
    window.script("byCss('[role=grid] [data-place]').focus()", &[]);
    window.press("End");
    let last = format!("return document.activeElement.dataset.place === '{}'", ROWS - 1);
    window.until("the last row has the focus", || window.script(&last, &[]) == json!(true));
    window.until("the last row is read", || {
        window.script("return document.activeElement.innerText.trim() !== ''", &[]) == json!(true)
    });
    let drawn = window.script("return document.querySelectorAll('[role=grid] [data-place]').length", &[]);
    assert!(drawn.as_u64() < Some(100), "{drawn} rows are drawn");
    window.press("PageUp");
    let above = format!("return document.activeElement.dataset.place === '{}'", ROWS - 11);
    window.until("ten rows above have the focus", || window.script(&above, &[]) == json!(true));
    window.press("Home");
    window.until("the first row has the focus", || {
        window.script("return document.activeElement.dataset.place === '0'", &[]) == json!(true)
    });
}

/// Sorts by the first column and back; the focus stays on its header while the rows are read anew.
fn sort_by_keys(window: &Window) {
    window.script("byCss('[role=columnheader] button').focus()", &[]);
    for first in ["O-00000 / 1", "O-09999 / 1"] {
        window.press("Enter");
        let shown = format!("return byCss('[role=grid] [data-place=\"0\"]').innerText.startsWith('{first}')");
        window.until("the rows are sorted", || window.script(&shown, &[]) == json!(true));
        let focus = window.focus();
        assert!(focus.starts_with("button Order / line"), "the focus went to “{focus}”");
    }
}

/// Scrolls through the whole list, a screen each frame, and says the longest frame in milliseconds.
const SCROLL: &str = "const done = arguments[arguments.length - 1]; \
    const frame = [...document.querySelectorAll('div')].find((each) => each.querySelector(':scope > [role=grid]')); \
    let longest = 0; let before = performance.now(); let frames = 0; \
    const step = (now) => { \
        if (frames > 2) longest = Math.max(longest, now - before); \
        before = now; frames += 1; frame.scrollTop += 800; \
        if (frames < 60) requestAnimationFrame(step); else done(Math.round(longest)); \
    }; \
    requestAnimationFrame(step)";

#[test]
fn ten_thousand_rows_are_walked_and_scrolled() {
    let window = sample::open(home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.go("/kpi/promise-kept?week=2026-W11#journeys");
    window.wait_until_read();
    walk(&window, "10,000 orders");
    sort_by_keys(&window);
    window.look_at("many-journeys");
    println!("longest frame of the orders: {} ms", window.script_async(SCROLL));
    window.go("/integrations/many?tab=quarantine");
    walk(&window, "10,000 rows wait");
    window.look_at("many-quarantine");
    println!("longest frame of the quarantine: {} ms", window.script_async(SCROLL));
}
