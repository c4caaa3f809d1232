//! Talking about a number by keys alone, from the flag to what came of it, with a text that means harm in the middle; and
//! what is promised and put on the agenda by keys.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::keys::{enter_on, tab_to};
use crate::sample;
use crate::window::{Setup, Window};

const QUESTION: &str = "Does the new packing line show here?";

/// More than a megabyte of what pages have been broken with: markup, scripts, links to scripts, turned and invisible letters.
const HARM: &str = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>\
    [a](javascript:document.title='broken') [b](data:text/html,x) <b>bold</b> \u{202e}turned\u{202c} in\u{200b}visible ";
const HARM_BYTES: usize = 1 << 20;

/// Puts a text where the cursor is, as one paste does.
fn paste(window: &Window, text: &str) {
    let put =
        "document.activeElement.focus(); return document.execCommand('insertText', false, arguments[0])";
    assert_eq!(window.script(put, &[json!(text)]), json!(true), "the text is pasted");
    window.settle();
}

#[test]
fn a_conversation_by_keys_alone() {
    let window = sample::open(sample::home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.watch_policy();

    // Flagged on the board, with one plain question.
    tab_to(&window, "the first row", |focus| focus == "link On-time delivery");
    window.press("f");
    window.until("the flag is there", || window.shows("dialog", "What looks odd?"));
    window.wait_for("Who will be asked");
    tab_to(&window, "the question", |focus| focus.contains("One plain question"));
    window.type_text(QUESTION);
    window.press("Control+Enter");
    window.until("the conversation has its own address", || window.address().starts_with("/conversations/"));
    window.wait_for("What was seen");

    // More text than a message may have is refused, stays where it was written, and does no harm.
    tab_to(&window, "the message", |focus| focus.starts_with("textbox Message"));
    paste(&window, &HARM.repeat(HARM_BYTES / HARM.len() + 1));
    window.press("Control+Enter");
    window.wait_for("Not sent. What you wrote is still here.");
    let kept = window.script("return document.querySelector('main textarea').value.length", &[]);
    assert!(kept.as_u64() > Some(900_000), "what was pasted is kept: {kept} letters");
    let began = Instant::now();
    window.type_text("x");
    window.settle();
    assert!(began.elapsed() < Duration::from_secs(20), "the window still answers");

    // As much as fits is sent: it is read as text.
    window.press("Control+a");
    paste(&window, HARM);
    window.press("Control+Enter");
    window.wait_for("document.title='broken'");
    let harm = "return [document.title, [...document.querySelectorAll('main a')].filter(one => \
        /^(javascript|data|vbscript):/i.test(one.href)).length, document.querySelectorAll('main script, main img[onerror]').length]";
    let found = window.script(harm, &[]);
    assert_ne!(found[0], json!("broken"), "no script ran");
    assert_eq!((&found[1], &found[2]), (&json!(0), &json!(0)), "neither script nor link to one");
    window.look_at("talk-1-harm");
    window.assert_policy_kept();

    // A reaction, people who met, and how it ended.
    enter_on(&window, "React to the question");
    window.until("the reactions are there", || window.shows("menuitem", "Agree"));
    window.press("Enter");
    window.wait_for("Agree 1");
    enter_on(&window, "Close…");
    window.until("the end is asked for", || window.shows("dialog", "How does it end?"));
    tab_to(&window, "an outcome", |focus| focus.starts_with("radio"));
    window.press("ArrowDown");
    window.press("ArrowUp");
    tab_to(&window, "what came of it", |focus| focus.starts_with("textbox What came of it"));
    window.type_text("It moves like this");
    enter_on(&window, "button Close");
    window.wait_for("closed this: Normal variation");
    window.look_at("talk-2-closed");

    // It is found again by what was said.
    window.press("Control+k");
    window.until("the palette is there", || window.shows("dialog", "Find anything"));
    window.type_text("conversations");
    window.until("the page is found", || window.shows("menuitem", "Conversations"));
    window.press("Enter");
    window.until("the list is open", || window.address().starts_with("/conversations"));
    tab_to(&window, "the search", |focus| focus.contains("Search what was said"));
    window.type_text("packing line");
    window.wait_for(QUESTION);
}

#[test]
fn an_agenda_and_promises_by_keys_alone() {
    let window = sample::open(sample::home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.go("/meeting");
    tab_to(&window, "the next agenda", |focus| focus.starts_with("link Prepare"));
    window.press("Enter");
    window.wait_for("Closing round");
    window.wait_until_read();
    let titles = || {
        window.script(
            "return [...document.querySelectorAll('main [role=row]')].map(row => row.dataset.key)",
            &[],
        )
    };
    let before = titles();
    tab_to(&window, "the agenda", |focus| focus.starts_with("row "));
    window.press("Alt+ArrowDown");
    window.until("the first item is the second now", || {
        let after = titles();
        after[0] == before[1] && after[1] == before[0]
    });
    window.look_at("talk-3-agenda");

    window.go("/meeting/promises?whose=all");
    window.wait_for("Commitments");
    window.wait_until_read();
    tab_to(&window, "a commitment", |focus| focus.starts_with("button Kept: "));
    let kept = window.focus().trim_start_matches("button Kept: ").to_owned();
    window.press("Enter");
    window.wait_for(&format!("Kept: {kept}"));
}
