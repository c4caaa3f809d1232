//! A file of one's own, through the wizard to the numbers.

use std::fs;

use serde_json::json;

use crate::sample;
use crate::window::{Setup, Window};

/// Order lines as a small company keeps them: dates that cannot be told apart, a placeholder word, a decimal comma,
/// one row that cannot be believed.
const ORDERS: &str = "\
Order No;Pos;Customer;Ordered;Promised;Shipped;Delivered;Invoiced;Qty;Value\n\
A-1001;1;Baker & Sons;02/03/2026;09/03/2026;06/03/2026;07/03/2026;08/03/2026;10;1.250,00\n\
A-1001;2;Baker & Sons;02/03/2026;09/03/2026;10/03/2026;12/03/2026;12/03/2026;4;480,50\n\
A-1002;1;Clay Ltd;03/03/2026;10/03/2026;09/03/2026;10/03/2026;11/03/2026;1;99,90\n\
A-1003;1;Dune AG;04/03/2026;11/03/2026;open;open;;7;700,00\n\
A-1004;1;Elm SA;05/03/2026;12/03/2026;11/03/2026;12/03/2026;12/03/2026;3;310,00\n\
;1;Nobody;05/03/2026;12/03/2026;11/03/2026;12/03/2026;12/03/2026;3;310,00\n";

#[test]
fn a_file_of_ones_own_becomes_orders() {
    let window = sample::open(sample::home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.watch_policy();
    own_file(&window);
    window.assert_policy_kept();
}

fn own_file(window: &Window) {
    let file = window.home().join("my-orders.csv");
    fs::write(&file, ORDERS).expect("a file can be written");
    window.click_role("link", "Integrations");
    window.click_role("link", "Connect files");
    window.wait_for("Which files?");
    window.look_at("path-08-files");
    window.answer_dialog(&file);
    window.click_role("button", "Choose files…");
    window.wait_for("my-orders.csv");
    next(window, "What was found");
    window.wait_for("6 rows");
    window.look_at("path-09-found");
    next(window, "Fields");
    window.wait_for("What do the columns mean?");
    window.look_at("path-10-questions");
    answer(window);
    window.look_at("path-11-fields");
    next(window, "Route");
    window.wait_for("The way of an order");
    window.look_at("path-12-route");
    next(window, "Rules");
    window.wait_for("How strict?");
    window.look_at("path-13-rules");
    next(window, "Preview");
    window.click_role("button", "Count all rows");
    window.wait_for("journeys");
    window.fill("System", "Small ERP");
    window.look_at("path-14-counted");
    window.click_role("button", "Save and pull");
    window.until("the run is shown", || window.address().contains("tab=runs"));
    window.wait_for("Finished");
    window.look_at("path-15-runs");
    window.click_role("tab", "Quarantine");
    window.wait_for("1 row waits");
    window.look_at("path-16-quarantine");
    window.press("Control+k");
    window.type_text("A-1001");
    window.until("the order is found", || window.shows("menuitem", "A-1001"));
    window.press("Enter");
    window.wait_for("Baker & Sons");
    window.look_at("path-17-own-order");
}

/// Answers what the file leaves open: the first number is the day, and “open” is no date.
fn answer(window: &Window) {
    let open = |choice: &str| {
        let script = format!("return byCss('[data-open] label:has(input[value^=\"{choice}\"])') !== null");
        window.script(&script, &[]) == json!(true)
    };
    assert!(open("dd"), "days up to 12 are asked about");
    for choice in ["dd", "empty"] {
        while open(choice) {
            window.click_css(&format!("[data-open] label:has(input[value^='{choice}'])"));
        }
    }
}

fn next(window: &Window, step: &str) {
    window.click_role("button", &format!("Next: {step}"));
    window.wait_until_read();
}
