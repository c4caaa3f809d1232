//! What a person sees who starts Plaza for the first time.

use std::process::Command;

use serde_json::json;

use crate::display::Colours;
use crate::window::{Setup, Window};

#[test]
fn an_empty_home_shows_the_first_page() {
    let window = Window::start(&Setup::default());
    window.wait_for("Plaza");
    window.watch_policy();
    window.screenshot("first-start");
    window.assert_accessible("first start");
    window.assert_policy_kept();
}

#[test]
fn the_systems_dark_colours_are_followed() {
    for (colours, dark) in [(Colours::Light, false), (Colours::Dark, true)] {
        let window = Window::start(&Setup { colours, ..Setup::default() });
        let found = window.script("return matchMedia('(prefers-color-scheme: dark)').matches", &[]);
        assert_eq!(found, json!(dark), "{colours:?}");
        window.screenshot(if dark { "first-start-dark" } else { "first-start-light" });
    }
}

#[test]
fn without_a_display_it_says_so() {
    let answer = Command::new(env!("CARGO_BIN_EXE_plaza-desktop"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("the program starts");
    let words = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(answer.status.code(), Some(1), "{words}");
    assert!(words.contains("there is no display"), "{words}");
    assert!(!words.contains("panicked"), "{words}");
}

#[test]
fn a_display_that_does_not_answer_is_no_panic() {
    let answer = Command::new(env!("CARGO_BIN_EXE_plaza-desktop"))
        .env_remove("WAYLAND_DISPLAY")
        .env("DISPLAY", ":4999")
        .output()
        .expect("the program starts");
    let words = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(answer.status.code(), Some(1), "{words}");
    assert!(words.contains("the display does not answer") && !words.contains("panicked"), "{words}");
}
