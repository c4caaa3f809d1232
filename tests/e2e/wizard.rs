//! A company of one's own: from the first start through the wizard to the numbers, and to a row that waits.

use std::fs;

use serde_json::json;

use crate::window::{Setup, Window};

/// Order lines as a small company keeps them. No day of `Ordered` tells days from months, `tbd` is no date, numbers
/// have a decimal comma, the states are the system's own. One row has a quantity that cannot be, one no order number.
const ORDERS: &str = "\
Order No;Pos;Customer;Ordered;Promised;Shipped;Delivered;Invoiced;Qty;Value;Status\n\
A-1001;1;Baker & Sons;02/03/2026;16/03/2026;12/03/2026;13/03/2026;16/03/2026;10,5;1.250,00;Done\n\
A-1001;2;Baker & Sons;02/03/2026;16/03/2026;17/03/2026;19/03/2026;19/03/2026;4;480,50;Done\n\
A-1002;1;Clay Ltd;03/03/2026;17/03/2026;16/03/2026;17/03/2026;18/03/2026;1;99,90;Done\n\
A-1003;1;Dune AG;04/03/2026;18/03/2026;tbd;tbd;;7;700,00;In work\n\
A-1004;1;Elm SA;05/03/2026;24/03/2026;20/03/2026;23/03/2026;23/03/2026;3;310,00;Done\n\
A-1005;1;Fjord AS;06/03/2026;25/03/2026;26/03/2026;27/03/2026;27/03/2026;2;1.999,99;Done\n\
A-1006;1;Clay Ltd;09/03/2026;26/03/2026;25/03/2026;26/03/2026;27/03/2026;6;640,00;Done\n\
A-1007;1;Elm SA;10/03/2026;26/03/2026;;;;1;120,00;Void\n\
A-1008;1;Grove GmbH;11/03/2026;27/03/2026;26/03/2026;27/03/2026;27/03/2026;-5;-525,00;Done\n\
;1;Nobody;12/03/2026;27/03/2026;26/03/2026;27/03/2026;27/03/2026;1;10,00;Done\n";

#[test]
fn a_company_of_ones_own_gets_its_first_number() {
    let window = Window::start(&Setup { size: Some((1024, 700)), ..Setup::default() });
    window.wait_for("Welcome to Plaza");
    window.watch_policy();
    found_company(&window);
    connect(&window);
    numbers(&window);
    quarantine(&window);
    window.assert_policy_kept();
}

/// First start: company, departments, who I am, the recovery code.
pub(crate) fn found_company(window: &Window) {
    window.click_role("button", "Set up my company");
    window.look_at("own-01-company");
    window.click_role("button", "Next");
    window.wait_for("Give the company a name.");
    window.fill("Company name", "Brook & Co");
    window.click_role("button", "Next");
    window.wait_for("The departments");
    window.look_at("own-02-departments");
    window.click_role("button", "Next");
    window.wait_for("Your name");
    window.fill("Your name", "Ada Brook");
    choose(window, "Your department", "Logistics");
    window.look_at("own-03-me");
    window.click_role("button", "Make the workspace");
    window.wait_for("The recovery code");
    window.look_at("own-04-code");
    window.click_role("checkbox", "I have written it down");
    window.click_role("button", "Go to the board");
    window.wait_for("No numbers yet");
    window.look_at("own-05-empty-board");
}

/// The wizard, step by step, with every question that the file leaves open.
fn connect(window: &Window) {
    let file = window.home().join("orders.csv");
    fs::write(&file, ORDERS).expect("a file can be written");
    window.click_role("link", "Connect a system");
    window.wait_for("Where do the rows come from?");
    window.look_at("own-06-origin");
    window.click_role("button", "Files");
    window.wait_for("Which files?");
    window.look_at("own-06-files");
    window.answer_dialog(&file);
    window.click_role("button", "Choose files…");
    window.wait_for("orders.csv");
    next(window, "What was found");
    window.wait_for("10 rows");
    window.look_at("own-07-found");
    next(window, "Fields");
    window.wait_for("What do the columns mean?");
    window.look_at("own-08-questions");
    answer(window);
    window.look_at("own-09-fields");
    next(window, "Route");
    window.wait_for("The way of an order");
    window.wait_for("How many?");
    window.look_at("own-10-route-open");
    for (milestone, days) in [("Shipped", "10"), ("Delivered", "2"), ("Invoiced", "5")] {
        window.fill(&format!("Standard days: {milestone}"), days);
    }
    window.press("Tab");
    window.until("nothing is open any more", || !window.text().contains("still open"));
    window.look_at("own-11-route");
    next(window, "Rules");
    window.wait_for("How strict?");
    window.look_at("own-12-rules");
    next(window, "Preview");
    window.click_role("button", "Count all rows");
    window.wait_for("journeys without a promised date");
    window.fill("System", "Brook ERP");
    assert!(!window.text().contains("changed since it was counted"), "a name changes no count");
    window.look_at("own-13-counted");
    window.click_role("button", "Save and pull");
    window.until("the runs are shown", || window.address().contains("tab=runs"));
    window.wait_for("Finished");
    window.look_at("own-14-runs");
}

/// Answers what the file leaves open: which number is the month, what `tbd` is, what the states mean.
fn answer(window: &Window) {
    let open = "return document.querySelectorAll('[data-open]').length";
    assert_eq!(
        window.script(open, &[]),
        json!(2),
        "the order date and the states are open\n{}",
        window.text()
    );
    window.wait_for("No day in this column is above 12");
    window.click_role("radio", "2 March 2026");
    for column in ["Shipped", "Delivered"] {
        window.wait_for(&format!("Words among the dates of {column}"));
        window.click_css(
            "[role=radiogroup][aria-label='tbd'] label:has(input[value=empty]):not([data-selected])",
        );
    }
    for (state, meaning) in [("Done", "Closed"), ("In work", "Open"), ("Void", "Cancelled")] {
        choose(window, state, meaning);
    }
    window.until("every question is answered", || window.script(open, &[]) == json!(0));
}

/// The board: of the four lines promised for the newest week two were kept; one came late, and nobody can say that the
/// fourth was cancelled before its day.
fn numbers(window: &Window) {
    window.click_role("link", "Plaza");
    window.wait_for("On-time delivery");
    window.look_at("own-15-board");
    assert_eq!(value(window), "50.0");
    window.click_role("link", "On-time delivery");
    window.wait_for("The parts, by department");
    window.look_at("own-16-kpi");
}

/// The rows that wait: why; one is released with a reason and counts from then on.
fn quarantine(window: &Window) {
    window.click_role("link", "Integrations");
    window.click_role("link", "2 wait");
    window.wait_for("2 rows wait");
    window.wait_for("negative");
    window.wait_for("Mend at the source");
    window.look_at("own-17-quarantine");
    window.click_role("checkbox", "Select row 10 of orders.csv");
    window.click_role("button", "Release…");
    window.click_role("button", "Release");
    window.wait_for("Say why.");
    window.look_at("own-18-release");
    window.fill("Reason", "A return, booked as a delivery");
    window.click_role("button", "Release");
    window.wait_for("1 row was released and counts now.");
    window.wait_for("1 row waits");
    window.look_at("own-19-released");
    window.click_role("link", "Plaza");
    window.until("the released row counts", || value(window) == "60.0");
    window.look_at("own-20-board");
}

/// The first value of the board.
pub(crate) fn value(window: &Window) -> String {
    let shown = window.script("return byCss('article strong')?.innerText ?? ''", &[]);
    shown.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Opens a list of choices and takes one.
pub(crate) fn choose(window: &Window, list: &str, choice: &str) {
    window.click_role("button", list);
    window.click_role("option", choice);
    window.until("the list is closed", || !window.shows("option", choice));
}

pub(crate) fn next(window: &Window, step: &str) {
    window.click_role("button", &format!("Next: {step}"));
    window.wait_until_read();
}
