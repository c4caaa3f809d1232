//! A win in the real window: from a customer's order of the sample company, named, shown to the room, written as a picture.

use std::fs;

use crate::sample;
use crate::window::{Setup, Window};

const TITLE: &str = "They stayed with us";

/// The address of the order line that the newest win of the sample company rests on, and its words there.
fn order_of_the_latest(window: &Window) -> String {
    window.go("/wins");
    window.wait_for("Nine enquiries from the trade fair");
    let first =
        "const link = document.querySelector('main ul a[href^=\"/wins/\"]'); link.click(); return null";
    window.script(first, &[]);
    window.wait_for("What it rests on");
    let order = "return document.querySelector('main a[href^=\"/order/\"]').innerText";
    window.script(order, &[]).as_str().expect("the win rests on an order").to_owned()
}

#[test]
fn a_win_is_recorded_celebrated_and_shared() {
    let home = sample::home();
    let window = sample::open(home.clone(), &Setup::default());
    window.wait_for("On-time delivery");
    window.watch_policy();
    let order = order_of_the_latest(&window);
    window.look_at("win-01-page");

    // A sentence and an order; who had a part in it is proposed with the reason.
    window.press("w");
    window.wait_for("Everything else can wait.");
    window.type_text(TITLE);
    window.fill("Orders", &order);
    window.click_role("button", "Record");
    window.wait_for("Who else may have had a part");
    window.click_role("button", "Name all of them");
    window.until("nobody is proposed any more", || !window.text().contains("Who else may have had a part"));

    // The card, for the room and as a file.
    window.click_text("Show it large");
    window.wait_for("Thanks to");
    window.until("the card stands alone", || window.address().ends_with("/card"));
    window.look_at("win-02-card");
    window.press("Escape");
    window.until("Escape leads back", || !window.address().ends_with("/card"));
    let file = home.path().join("card.png");
    window.answer_dialog(&file);
    window.click_role("button", "Share…");
    window.click_role("menuitem", "The card as a picture…");
    window.wait_for("Written to");
    let picture = fs::read(&file).expect("the picture was written");
    assert!(picture.starts_with(b"\x89PNG"), "it is a picture");
    assert!(picture.len() > 10_000, "something is drawn: {} bytes", picture.len());
    window.assert_policy_kept();
}
