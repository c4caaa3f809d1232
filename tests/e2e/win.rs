//! A win in the real window: from a customer's order of the sample company, named, celebrated in the meeting, written as a
//! picture and on paper.

use std::fs;
use std::time::{Duration, Instant};

use crate::keys::enter_on;
use crate::sample;
use crate::window::{self, Setup, Window};

const TITLE: &str = "They stayed with us";

/// The address of the order line that the newest win of the sample company rests on, and its words there.
fn order_of_the_latest(window: &Window) -> String {
    window.go("/wins");
    window.wait_for("Nine enquiries from the trade fair");
    let first =
        "const link = document.querySelector('main ul a[href*=\"/wins/\"]'); link.click(); return null";
    window.script(first, &[]);
    window.wait_for("What it rests on");
    let order = "return document.querySelector('main a[href*=\"/order/\"]').innerText";
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

    // The meeting begins with it: its card fills the screen, and going on celebrates it.
    let win = window.address();
    window.go("/meeting");
    window.click_role("link", "Run");
    window.wait_for("Begin the meeting");
    enter_on(&window, "Begin the meeting");
    window.wait_for("D writes down a decision");
    let item = || {
        let shown = window.script("return document.querySelector('#stage-title')?.innerText ?? ''", &[]);
        shown.as_str().unwrap_or_default().to_owned()
    };
    window.until("an item is shown", || !item().is_empty());
    let patience = Instant::now() + Duration::from_secs(60);
    while item() != TITLE {
        assert!(Instant::now() < patience, "the meeting comes to the win\n{}", window.text());
        let before = item();
        window.press("ArrowRight");
        // A slow machine shows the next item later than a key can be pressed, and none while it is read.
        window.until("the meeting goes on", || !item().is_empty() && item() != before);
    }
    window.press("w");
    window.wait_for("Thanks to");
    // The names fade in one after the other.
    window.until("the card stands still", || {
        window.script("return document.getAnimations().every(one => one.playState !== 'running')", &[])
            == true
    });
    window.look_at("win-02-card");
    window.press("ArrowRight");
    window.until("the meeting goes on", || !window.text().contains("Thanks to"));
    window.go(&win);
    window.wait_for("Celebrated");
    window.look_at("win-03-celebrated");

    // The card by itself, and as files to share.
    window.click_text("Show it large");
    window.wait_for("Thanks to");
    window.until("the card stands alone", || window.address().ends_with("/card"));
    window.press("Escape");
    window.until("Escape leads back", || !window.address().ends_with("/card"));
    for (choice, name, begins) in [
        ("The card as a picture…", "win-card.png", b"\x89PNG".as_slice()),
        ("The card as PDF…", "win-card.pdf", b"%PDF"),
    ] {
        let file = home.path().join(name);
        window.answer_dialog(&file);
        window.click_role("button", "Share…");
        window.click_role("menuitem", choice);
        window.until("the card is written", || fs::read(&file).is_ok_and(|bytes| bytes.starts_with(begins)));
        let bytes = fs::read(&file).expect("the card was written");
        assert!(bytes.len() > 10_000, "{name}: something is drawn, {} bytes", bytes.len());
        // For whoever looks at what the tests saw.
        fs::write(window::pictures().join(name), bytes).expect("it can be kept");
    }
    window.assert_policy_kept();
}
