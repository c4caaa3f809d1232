//! The whole path of a person who meets Plaza: first start, sample company, board, KPI, order, raw record; then the
//! wizard with a file of their own.

use std::fs;

use crate::window::{Setup, Window};

/// Order lines as a small company keeps them: dates that cannot be told apart, a placeholder word, a decimal comma,
/// one row that cannot be believed.
const ORDERS: &str = "\
Order No;Pos;Customer;Ordered;Promised;Shipped;Delivered;Invoiced;Qty;Value\n\
A-1001;1;Baker & Sons;02.03.2026;09.03.2026;06.03.2026;07.03.2026;08.03.2026;10;1.250,00\n\
A-1001;2;Baker & Sons;02.03.2026;09.03.2026;10.03.2026;12.03.2026;12.03.2026;4;480,50\n\
A-1002;1;Clay Ltd;03.03.2026;10.03.2026;09.03.2026;10.03.2026;11.03.2026;1;99,90\n\
A-1003;1;Dune AG;04.03.2026;11.03.2026;open;open;;7;700,00\n\
A-1004;1;Elm SA;05.03.2026;12.03.2026;11.03.2026;12.03.2026;12.03.2026;3;310,00\n\
;1;Nobody;05.03.2026;12.03.2026;11.03.2026;12.03.2026;12.03.2026;3;310,00\n";

#[test]
fn from_the_first_start_to_a_raw_record_and_through_the_wizard() {
    let window = Window::start(&Setup::default());
    window.wait_for("Welcome to Plaza");
    window.watch_policy();
    window.look_at("path-1-start");
    sample_company(&window);
    board_to_record(&window);
    own_file(&window);
    window.assert_policy_kept();
}

fn sample_company(window: &Window) {
    window.click_role("button", "Open the sample company");
    window.wait_for("Preparing the sample company");
    window.screenshot("path-2-preparing");
    window.wait_long_for("Who are you here?");
    window.look_at("path-3-who");
    window.click_css("main li button");
    window.wait_for("On-time delivery");
    window.look_at("path-4-board");
}

fn board_to_record(window: &Window) {
    window.click_role("link", "On-time delivery");
    window.wait_for("The parts, by department");
    window.look_at("path-5-kpi");
    window.script("history.back()", &[]);
    window.wait_for("Order to cash");
    window.click_role("link", "Orders that missed");
    window.wait_for("Only those that missed");
    window.click_css("[role=grid] [data-place='0']");
    window.until("the order has its own address", || window.address().contains("/order/"));
    window.wait_for("The arithmetic");
    window.look_at("path-6-order");
    window.click_css("button[aria-expanded=false]");
    window.wait_for("In the file");
    window.look_at("path-7-record");
}

fn own_file(window: &Window) {
    let file = window.home().join("my-orders.csv");
    fs::write(&file, ORDERS).expect("a file can be written");
    window.click_role("link", "Integrations");
    window.click_role("link", "Connect files");
    window.wait_for("Which files?");
    window.look_at("path-8-files");
    window.answer_dialog(&file);
    window.click_role("button", "Choose files…");
    window.wait_for("my-orders.csv");
    next(window, "What was found");
    window.look_at("path-9-found");
}

fn next(window: &Window, step: &str) {
    window.click_role("button", &format!("Next: {step}"));
}
