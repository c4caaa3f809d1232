//! The whole path of a person who meets Plaza: first start, sample company, board, KPI, order, raw record.

use crate::window::{Setup, Window};

#[test]
fn from_the_first_start_to_a_raw_record() {
    let window = Window::start(&Setup::default());
    window.wait_for("Welcome to Plaza");
    window.watch_policy();
    window.look_at("path-01-start");
    sample_company(&window);
    board_to_record(&window);
    window.assert_policy_kept();
}

fn sample_company(window: &Window) {
    window.click_role("button", "Open the sample company");
    window.wait_for("Preparing the sample company");
    window.screenshot("path-02-preparing");
    window.wait_long_for("Who are you here?");
    window.look_at("path-03-who");
    window.click_css("main li button");
    window.wait_for("On-time delivery");
    window.look_at("path-04-board");
}

fn board_to_record(window: &Window) {
    window.click_role("link", "On-time delivery");
    window.wait_for("The parts, by department");
    window.look_at("path-05-kpi");
    window.script("history.back()", &[]);
    window.wait_for("Order to cash");
    window.click_role("link", "Orders that missed");
    window.wait_for("Only those that missed");
    window.click_css_until("[role=grid] [data-place='0']", "the order has its own address", || {
        window.address().contains("/order/")
    });
    window.wait_for("The arithmetic");
    window.look_at("path-06-order");
    window.click_css("button[aria-expanded=false]");
    window.wait_for("In the file");
    window.look_at("path-07-record");
}
