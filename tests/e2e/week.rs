//! A week of people in the real window: a question, the agenda that names it, the meeting by keyboard alone with a power cut
//! in its middle, and the minutes.

use serde_json::json;

use crate::sample;
use crate::window::{Setup, Window};

const QUESTION: &str = "Why was last week so low?";
const DECISION: &str = "We split lots over 400 pieces";

/// The week whose meeting comes next, from the address of its agenda.
fn next_meeting(window: &Window) -> String {
    window.go("/meeting");
    window.click_role("link", "Prepare");
    window.until("the agenda has its own address", || window.address().starts_with("/meeting/20"));
    window.address().trim_start_matches("/meeting/").to_owned()
}

/// Presses a key until what it does is shown: pages may still be moving.
fn press_until(window: &Window, key: &str, what: &str) {
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !window.text().contains(what) {
        assert!(std::time::Instant::now() < patience, "“{key}” does not show “{what}”\n{}", window.text());
        window.press(key);
        window.settle();
    }
}

#[test]
fn a_question_becomes_an_agenda_item_a_decision_and_minutes() {
    let window = sample::open(sample::home(), &Setup { size: Some((1280, 800)), ..Setup::default() });
    window.wait_for("On-time delivery");
    window.watch_policy();
    window.go("/kpi/promise-kept");
    window.wait_for("Talk about it");
    window.wait_until_read();
    press_until(&window, "f", "One plain question");
    window.wait_for("Who will be asked");
    window.fill("One plain question", QUESTION);
    window.look_at("week-01-flag");
    window.click_role("button", "Ask");
    window.until("the conversation has its own address", || window.address().starts_with("/conversations/"));
    window.wait_for(QUESTION);
    window.wait_for("What was seen");
    window.fill("Message", "The **test bench**, I think. <b>No</b> [x](javascript:alert(1))");
    window.click_role("button", "Send");
    window.wait_for("test bench");
    window.look_at("week-02-conversation");
    let bold =
        "return [...document.querySelectorAll('main strong')].some(one => one.innerText === 'test bench')";
    assert_eq!(window.script(bold, &[]), json!(true), "Markdown is read");
    let links = "return [...document.querySelectorAll('main a')].filter(one => one.href.startsWith('javascript')).length";
    assert_eq!(window.script(links, &[]), json!(0));

    let meeting = next_meeting(&window);
    window.wait_for(QUESTION);
    window.look_at("week-03-agenda");
    window.assert_policy_kept();

    window.go(&format!("/meeting/{meeting}/run"));
    window.click_role("button", "Begin the meeting");
    window.wait_for("D writes down a decision");
    window.press("ArrowRight");
    window.wait_until_read();
    window.look_at("week-04-run");
    press_until(&window, "d", "What was decided");
    window.type_text(DECISION);
    window.press("Enter");
    window.until("the decision is kept and its form gone", || {
        window.text().contains(DECISION) && !window.shows("button", "Enter")
            || window.script("return document.querySelector('form') === null", &[]) == json!(true)
    });
    window.press("u");
    window.wait_for("is understood");

    // The program ends as with a power cut, and nothing that was written down is lost.
    let window = Window::start_in(window.close(), &Setup { size: Some((1280, 800)), ..Setup::default() });
    window.wait_for("On-time delivery");
    window.go(&format!("/meeting/{meeting}/run"));
    window.wait_for("End the meeting");
    window.click_role("button", "End the meeting");
    window.wait_for("The meeting is over");
    window.wait_for("1 decision");
    window.click_role("link", "Read the minutes");
    window.wait_for(DECISION);
    window.look_at("week-05-minutes");
    let path = window.home().join("minutes.pdf");
    window.answer_dialog(&path);
    window.click_role("button", "Export…");
    window.until("the minutes are written", || path.is_file());
    let pdf = std::fs::read(&path).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    if let Ok(text) = std::process::Command::new("pdftotext").arg(&path).arg("-").output() {
        let text = String::from_utf8_lossy(&text.stdout).into_owned();
        assert!(text.contains(DECISION), "{text}");
        assert!(text.contains("Minutes of the weekly meeting"), "{text}");
    }
    // What the meeting did not reach stands on the next agenda with its count.
    window.go("/meeting");
    window.wait_for("Before");
    let after = next_meeting(&window);
    assert_ne!(after, meeting);
    window.wait_for("carried over once");
    window.look_at("week-06-next");
}
