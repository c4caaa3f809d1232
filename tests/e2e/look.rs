//! Follows a script of steps and saves screenshots: `cargo xtask look SCRIPT`.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::display::Colours;
use crate::sample;
use crate::window::{Setup, Window};

#[test]
#[ignore = "only with a script: `cargo xtask look SCRIPT`"]
fn follow_a_script() {
    let path = std::env::var("PLAZA_LOOK").expect("PLAZA_LOOK names the script");
    let script = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut setup = Setup::default();
    let mut window = None;
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        println!("> {line}");
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word {
            "dark" => setup.colours = Colours::Dark,
            "light" => setup.colours = Colours::Light,
            "open" if rest.trim() == "sample" => window = Some(sample::open(sample::home(), &setup)),
            "open" => {
                setup.arguments = words(rest);
                window = Some(Window::start(&setup));
            }
            "size" if window.is_none() => setup.size = Some(size(rest)),
            _ => step(window.as_ref().expect("`open` is the first step"), word, rest.trim()),
        }
    }
}

fn step(window: &Window, word: &str, rest: &str) {
    let texts = words(rest);
    match (word, texts.as_slice()) {
        ("size", _) => {
            let (width, height) = size(rest);
            window.resize(width, height);
        }
        ("go", [address]) => window.go(address),
        ("click", [css, selector]) if css == "css" => window.click_css(selector),
        ("click", [text]) => window.click_text(text),
        ("click", [role, name]) => window.click_role(role, name),
        ("fill", [name, text]) => window.fill(name, text),
        ("type", [text]) => window.type_text(text),
        ("press", [key]) => window.press(key),
        ("file", [path]) => window.answer_dialog(Path::new(path)),
        ("wait", [text]) => window.wait_for(text),
        ("pause", [time_ms]) => thread::sleep(Duration::from_millis(time_ms.parse().expect("milliseconds"))),
        ("shot", [name]) => println!("{}", window.screenshot(name).display()),
        ("axe", []) => println!("{}", window.axe().join("\n")),
        ("text", []) => println!("{}", window.text()),
        ("focus", []) => println!("{}", window.focus()),
        ("eval", _) => println!("{}", window.script(rest, &[json!(null)])),
        _ => panic!("this step is not known: {word} {rest} (`cargo xtask look --help`)"),
    }
}

fn size(text: &str) -> (u32, u32) {
    let mut numbers = text.split_whitespace().map(|number| number.parse().expect("size WIDTH HEIGHT"));
    (numbers.next().expect("a width"), numbers.next().expect("a height"))
}

/// Splits at blanks; "a text" is one word.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in text.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
