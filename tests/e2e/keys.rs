//! Everything by keys alone; where the keys are can always be seen.

use serde_json::json;

use crate::sample;
use crate::window::{Setup, Window};

/// More presses of Tab than any page has stops before what is looked for.
const STOPS_MAX: u32 = 60;

/// Whether what has the focus shows it: an outline, the ring around a point of a chart, or the edge of a mark on it.
const SHOWS_FOCUS: &str = "const at = document.activeElement; \
    if (at === document.body || at === document.querySelector('main')) return true; \
    if (at.matches('path.point')) return document.querySelector('circle[data-shown]') !== null; \
    if (at.matches('svg a')) return parseFloat(getComputedStyle(at.querySelector('rect')).strokeWidth) >= 2; \
    for (let each = at; each && each !== document.body; each = each.parentElement) { \
        const { outlineStyle, outlineWidth } = getComputedStyle(each); \
        if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) return true; \
    } \
    return false";

/// Presses Tab until the focus is on what `wanted` accepts; each stop must be visible.
pub fn tab_to(window: &Window, what: &str, wanted: impl Fn(&str) -> bool) {
    let mut stops = Vec::new();
    for _ in 0..STOPS_MAX {
        window.press("Tab");
        let focus = window.focus();
        assert_eq!(window.script(SHOWS_FOCUS, &[]), json!(true), "the focus cannot be seen on “{focus}”");
        if wanted(&focus) {
            return;
        }
        stops.push(focus);
    }
    panic!("Tab does not lead to {what}: {stops:#?}");
}

/// Presses Tab until a button or link of this name has the focus, then Enter.
pub fn enter_on(window: &Window, name: &str) {
    tab_to(window, name, |focus| focus.ends_with(name));
    window.press("Enter");
}

#[test]
fn from_the_board_to_an_order_by_keys_alone() {
    let window = sample::open(sample::home(), &Setup::default());
    window.wait_for("On-time delivery");
    tab_to(&window, "the first row", |focus| focus == "link On-time delivery");
    window.press("ArrowDown");
    assert_eq!(window.focus(), "link Order to cash");
    window.press("ArrowUp");
    window.press("Enter");
    window.wait_for("The parts, by department");
    window.wait_until_read();
    tab_to(&window, "the chart", |focus| focus.starts_with("button week"));
    let newest = window.focus();
    window.press("ArrowLeft");
    window.press("ArrowLeft");
    assert_ne!(window.focus(), newest);
    window.press("Enter");
    window.until("the picked week stands in the address", || window.address().contains("week="));
    window.wait_until_read();
    tab_to(&window, "an order", |focus| focus.starts_with("row "));
    window.press("ArrowDown");
    let row = window.focus();
    window.press("Enter");
    window.until("the order has its own address", || window.address().contains("/order/"));
    window.wait_until_read();
    let title = window.script("return document.querySelector('h1').innerText", &[]);
    let order = row.split(' ').nth(1).unwrap_or_default();
    assert!(title.as_str().unwrap_or_default().contains(order), "{title} is not of the row “{row}”");
    // A new page is read from its top.
    assert_eq!(window.script("return document.activeElement.localName", &[]), json!("main"));
    window.press("Alt+ArrowLeft");
    window.wait_for("The parts, by department");
}

#[test]
fn the_palette_opens_finds_and_gives_the_focus_back() {
    let window = sample::open(sample::home(), &Setup::default());
    window.wait_for("On-time delivery");
    tab_to(&window, "the first row", |focus| focus == "link On-time delivery");
    window.press("Control+k");
    window.until("the palette is there", || window.shows("dialog", "Find anything"));
    window.screenshot("palette");
    window.assert_accessible("the palette");
    window.press("Escape");
    window.until("the palette is gone", || !window.shows("dialog", "Find anything"));
    assert_eq!(window.focus(), "link On-time delivery");
    window.press("?");
    window.until("the keys are there", || window.shows("dialog", "Keys"));
    window.screenshot("keys");
    window.assert_accessible("the keys");
    window.press("Escape");
    window.until("the keys are gone", || !window.shows("dialog", "Keys"));
    assert_eq!(window.focus(), "link On-time delivery");
    window.press("Control+k");
    window.until("the palette is there", || window.shows("dialog", "Find anything"));
    window.type_text("peop");
    window.until("the page People is found", || window.shows("menuitem", "People"));
    window.press("Enter");
    window.until("the page People is open", || window.address().contains("/workspace/people"));
}
