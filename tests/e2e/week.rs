//! A week of people in the real window: a pull that restates the past and brings a signal, the conversation about it, the
//! agenda that drafts itself, the meeting by keyboard alone with a power cut in its middle, the minutes on paper, the next
//! agenda with what was left over, and the one on which the decision's effect stands.

use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, Instant};

use plaza_engine::Day;
use serde_json::json;

use crate::company::{self, Company};
use crate::keys::{enter_on, tab_to};
use crate::process::Processes;
use crate::window::{Setup, Window};

const QUESTION: &str = "Why were nine of ten late?";
const DECISION: &str = "We split lots over 400 pieces";
const NEED: &str = "Tell us by noon what does not leave today";
const COMMITMENT: &str = "I change the plan";
const OWN: &str = "Who covers the holidays";
const ROUND: &str = "Close | Closing round: a word and a rating from each | On every agenda.";

/// Presses a key until what it does is shown: pages may still be moving.
fn press_until(window: &Window, key: &str, what: &str) {
    let patience = Instant::now() + Duration::from_secs(20);
    while !window.text().contains(what) {
        assert!(Instant::now() < patience, "“{key}” does not show “{what}”\n{}", window.text());
        window.press(key);
        window.settle();
    }
}

/// The lines of an agenda: what each item is, and why it is there.
fn agenda(window: &Window, meeting: &str) -> Vec<String> {
    window.go(&format!("/meeting/{meeting}"));
    window.wait_for("Closing round");
    let lines = "return [...document.querySelectorAll('main [role=row]')].map(row => row.innerText.split('\\n') \
        .filter(line => line.length > 1 && !/^\\d+ min$/.test(line)).join(' | '))";
    let lines = window.script(lines, &[]);
    lines.as_array().unwrap().iter().filter_map(|line| line.as_str()).map(str::to_owned).collect()
}

/// Pulls the integration by hand.
fn pull(window: &Window) {
    window.go("/integrations/lines");
    window.click_role("button", "Pull now");
    window.wait_long_for("Pulled Order lines");
}

#[test]
fn a_week_of_people() {
    let company = Company::new();
    let setup = |days_ahead| Setup { arguments: company.arguments(), days_ahead, ..Setup::default() };
    let (this, last) = (company.this(), company.this().plus(-1));
    let effect_week = format!("Week {}", this.plus(4).iso().1);

    // What came since last week: a week that was signed was worse than it was said to be, and last week is a signal.
    company.export(company.today, |week| match week {
        week if week == last => Some(9),
        week if week == company.signed() => company::usual(week).map(|late| late + 1),
        week if week < last => company::usual(week),
        _ => None,
    });
    let window = Window::start_in(Rc::clone(&company.home), &setup(0));
    window.wait_for("On-time delivery");
    window.watch_policy();
    pull(&window);

    // The signal is taken up with one plain question; what was seen goes with it.
    window.go("/kpi/promise-kept?tab=signals");
    window.click_role("button", "Take it up");
    window.wait_for("Who will be asked");
    window.fill("One plain question", QUESTION);
    window.look_at("week-01-flag");
    window.click_role("button", "Ask");
    window.until("the conversation has its own address", || window.address().starts_with("/conversations/"));
    window.wait_for(QUESTION);
    window.wait_for("What was seen");
    window.click_css("main textarea");
    window.type_text("@Be");
    window.until("Bea is offered", || window.shows("option", "Bea"));
    window.press("Enter");
    window.type_text("was it the **test bench**? <b>No</b> [x](javascript:alert(1))");
    window.press("Control+Enter");
    window.until("the message is there", || window.script(BOLD, &[]) == json!(true));
    window.wait_for("@Bea was it");
    assert_eq!(window.script(SCRIPTS, &[]), json!(0), "no link leads to a script");
    window.look_at("week-02-conversation");

    // The agenda drafts itself, each item with its reason; people add to it.
    let late = company::usual(company.signed()).unwrap_or_default();
    let (was, is) = (100 - 10 * late, 90 - 10 * late);
    let (today, sunday) = (words(company.today), words(this.sunday()));
    let signed = company.signed().iso().1;
    assert_eq!(
        agenda(&window, &this.to_string()),
        [
            format!("What we committed to | Bea: {} | Due on {sunday}.", company::PROMISE),
            format!(
                "What we see | On-time delivery, W{signed:02}: restated | Was {was}.0%, is {is}.0% since {today}."
            ),
            format!("What concerns us | {QUESTION} | Somebody asks."),
            ROUND.to_owned(),
        ]
    );
    window.click_role("button", "Add an item");
    window.wait_for("Where it stands");
    window.type_text(OWN);
    window.press("Enter");
    window.wait_for(OWN);
    window.look_at("week-03-agenda");
    window.assert_policy_kept();

    // The meeting by keys alone.
    window.go(&format!("/meeting/{this}/run"));
    window.wait_for("Begin the meeting");
    enter_on(&window, "Begin the meeting");
    window.wait_for("D writes down a decision");
    press_until(&window, "ArrowRight", "2 of 5");
    press_until(&window, "ArrowRight", "3 of 5");
    window.wait_for(OWN);
    window.press("l");
    window.wait_for("4 of 5");
    window.wait_for(QUESTION);
    window.look_at("week-04-run");
    press_until(&window, "d", "What was decided");
    window.type_text(DECISION);
    choose(&window, "What it should move", "On-time");
    tab_to(&window, "by how much", |focus| focus.contains("By points"));
    window.type_text("5");
    choose(&window, "By week", &effect_week);
    window.look_at("week-05-decision");
    window.press("Control+Enter");
    kept(&window, DECISION);
    press_until(&window, "n", "What is needed");
    window.type_text(NEED);
    choose(&window, "Who asks", "Sales");
    choose(&window, "Whom", "Logistics");
    to_day(&window);
    choose(&window, "Answer", "Accepted");
    window.press("Control+Enter");
    kept(&window, NEED);
    press_until(&window, "c", "What is promised");
    window.type_text(COMMITMENT);
    tab_to(&window, "who", |focus| focus.contains("Who"));
    window.type_text("Ad");
    window.press("ArrowDown");
    window.press("Enter");
    to_day(&window);
    window.press("Enter");
    kept(&window, COMMITMENT);
    window.press("u");
    window.wait_for("is understood");
    window.look_at("week-06-captured");

    // The program ends as with a power cut, and nothing that was written down is lost.
    Processes::of(window.home(), &program()).kill();
    drop(window);
    let window = Window::start_in(Rc::clone(&company.home), &setup(0));
    window.wait_for("On-time delivery");
    window.go(&format!("/meeting/{this}/run"));
    window.wait_for("End the meeting");
    press_until(&window, "ArrowLeft", QUESTION);
    for text in [DECISION, NEED, COMMITMENT] {
        window.wait_for(text);
    }
    enter_on(&window, "End the meeting");
    window.wait_for("The meeting is over");
    window.wait_for("1 decision · 1 need · 1 commitment");
    window.click_role("link", "Read the minutes");
    window.wait_for(DECISION);
    window.look_at("week-07-minutes");
    let text = minutes(&window);
    for line in [
        "Minutes of the weekly meeting",
        "Was 90.0%, is 80.0% since",
        "Production’s part",
        &format!("Decision: {DECISION}. Expected: On-time delivery rises by 5 points by"),
        &format!("Need: Sales → Logistics: {NEED}"),
        &format!("Commitment: Ada: {COMMITMENT}"),
        "Understood.",
    ] {
        let line = line.replace("Was 90.0%, is 80.0%", &format!("Was {was}.0%, is {is}.0%"));
        assert!(text.contains(&line), "{line}\n{text}");
    }

    // A week later, what the meeting did not reach stands on the agenda again, with its count.
    window.close();
    let window = Window::start_in(Rc::clone(&company.home), &setup(7));
    window.wait_for("On-time delivery");
    let mut promised = [
        format!("Ada: {COMMITMENT} | Was due on {today}."),
        format!("Bea: {} | Was due on {sunday}.", company::PROMISE),
    ];
    let needed = format!(
        "What we need from each other | Sales → Logistics: {NEED} | Was accepted, and needed by {today}."
    );
    let left = format!("What concerns us | {OWN} | Added by hand. | carried over once");
    let found = agenda(&window, &this.plus(1).to_string());
    // On a Sunday both are due on the same day, and either may stand first.
    if company.today == this.sunday() && found.first().is_some_and(|line| line.contains("| Bea: ")) {
        promised.reverse();
    }
    let [first, second] = promised;
    let first = format!("What we committed to | {first}");
    assert_eq!(found, [&first, &second, &left, &needed, ROUND]);
    window.look_at("week-08-next");
    window.close();

    // Five weeks later the decision's effect can be seen.
    company.export(company.today.plus(35), |week| match week {
        week if week >= this && week < this.plus(5) => Some(0),
        week if week == last => Some(9),
        week if week < last => company::usual(week),
        _ => None,
    });
    let window = Window::start_in(Rc::clone(&company.home), &setup(35));
    window.wait_for("On-time delivery");
    pull(&window);
    let effect =
        format!("What we see | Did it work? {DECISION} | Nothing to be told from the usual ups and downs.");
    let later = [&first, &second, &effect, &left, &needed, ROUND];
    assert_eq!(agenda(&window, &this.plus(5).to_string()), later);
    window.look_at("week-09-effect");
}

/// A day as English people write it: “29 November”.
fn words(day: Day) -> String {
    day.to_date().format("%-d %B").to_string()
}

fn program() -> std::path::PathBuf {
    env!("CARGO_BIN_EXE_plaza-desktop").into()
}

/// Goes to a list of choices with Tab and takes the one that begins so, as a person does: by typing it.
fn choose(window: &Window, list: &str, choice: &str) {
    tab_to(window, list, |focus| focus.contains(list));
    window.type_text(choice);
    window.until(choice, || window.focus().contains(choice));
}

/// Goes to a day with Tab and takes today: a part that is empty begins there.
fn to_day(window: &Window) {
    tab_to(window, "a day", |focus| focus.starts_with("spinbutton"));
    for part in 0..3 {
        if part > 0 {
            window.press("ArrowRight");
        }
        window.press("ArrowUp");
    }
}

/// Waits until something that was captured is kept and its form gone.
fn kept(window: &Window, text: &str) {
    window.until("the form is gone", || {
        window.script("return document.querySelector('form') === null", &[]) == json!(true)
    });
    window.wait_for(text);
}

/// Writes the minutes as PDF, keeps a picture of each page, and gives their text as poppler reads it.
fn minutes(window: &Window) -> String {
    let path = window.home().join("minutes.pdf");
    window.answer_dialog(&path);
    window.click_role("button", "Export…");
    window.until("the minutes are written", || path.is_file());
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots/week-07-paper");
    let drawn = Command::new("pdftoppm").args(["-r", "80", "-png"]).arg(&path).arg(pages).status();
    assert!(drawn.expect("poppler-utils").success());
    let read =
        Command::new("pdftotext").args(["-layout"]).arg(&path).arg("-").output().expect("poppler-utils");
    String::from_utf8(read.stdout).expect("a text")
}

/// Whether what was written between stars is shown strong.
const BOLD: &str =
    "return [...document.querySelectorAll('main strong')].some(one => one.innerText === 'test bench')";

/// How many links lead to a script.
const SCRIPTS: &str =
    "return [...document.querySelectorAll('main a')].filter(one => one.href.startsWith('javascript')).length";
