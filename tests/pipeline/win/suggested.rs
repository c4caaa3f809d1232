//! Wins that a chart suggests. Bad inputs first.

use std::fmt::Write;

use plaza_domain::event::CommitmentAnswer;
use plaza_domain::person::Role;
use plaza_engine::page::meeting::{CommitmentForm, DecisionForm};
use plaza_engine::page::win::{WinForm, WinSuggestion, WinWall};
use plaza_engine::words::Language;

use super::{form, read, refused, saved_order};
use crate::bench::{Bench, FLAT, HEAD};

/// So many weeks of ten lines each; from the week of the decision's first on, none of them is late any more.
fn lines(weeks: i32) -> String {
    let first: plaza_domain::day::Day = "2025-06-02".parse().unwrap();
    let mut rows = String::from(HEAD);
    for week in 0..weeks {
        for line in 0..10 {
            let (ordered, promised) = (first.plus(week * 7 - 5), first.plus(week * 7 + 2));
            let is_late = week < 44 && line < 3 + usize::try_from(week % 3).unwrap();
            let late = if is_late { 4 } else { 0 };
            let (produced, delivered) = (promised.plus(late - 2), promised.plus(late));
            writeln!(rows, "W{week}L{line},1,{ordered},{promised},{produced},{delivered},5").unwrap();
        }
    }
    rows
}

/// A chart that turned to the better after a decision that was taken in the week before.
fn turned(bench: &Bench) {
    let workspace = &bench.workspace;
    let me = bench.me();
    bench.write("lines_2026-03-30.csv", &lines(42));
    bench.pull(FLAT);
    let decision = DecisionForm {
        decision: None,
        meeting: None,
        item: None,
        text: "Freeze the plan on Thursday".into(),
        owner: Some(me),
        kpi: Some("promise-kept".into()),
        department: None,
        size: Some(20.0),
        by: Some("2026-W30".into()),
    };
    workspace.take_decision(&decision).unwrap();
    bench.wait_days(70);
    bench.write("lines_2026-06-08.csv", &lines(52));
    bench.pull(FLAT);
}

fn suggested(bench: &Bench) -> Vec<WinSuggestion> {
    WinWall::read(&bench.workspace, Language::En).unwrap().suggestions
}

/// What is suggested of the whole of a KPI's chart.
fn of_the_whole(bench: &Bench) -> Option<WinSuggestion> {
    suggested(bench).into_iter().find(|one| one.title.starts_with("On-time delivery turned"))
}

#[test]
fn a_turn_to_the_better_without_a_decision_before_it_suggests_no_win() {
    let bench = Bench::new();
    saved_order(&bench);
    assert!(WinWall::read(&bench.workspace, Language::En).unwrap().suggestions.is_empty());
    refused(bench.workspace.dismiss_win("none", true), "signal");
}

#[test]
fn a_turn_to_the_better_after_a_decision_suggests_a_win_until_somebody_answers() {
    let bench = Bench::new();
    turned(&bench);
    let workspace = &bench.workspace;
    let first = of_the_whole(&bench).expect("a suggestion");
    assert_eq!(first.decisions, ["Freeze the plan on Thursday"]);
    let has = |signal: &str| suggested(&bench).iter().any(|one| one.signal == signal);
    workspace.dismiss_win(&first.signal, true).unwrap();
    assert!(!has(&first.signal));
    workspace.dismiss_win(&first.signal, false).unwrap();
    assert!(has(&first.signal), "a dismissal can be taken back");
    let win = WinForm { signal: Some(first.signal.clone()), ..form(&first.title) };
    let win = workspace.record_win(&win).unwrap();
    assert!(!has(&first.signal), "what was recorded is suggested no more");
    let view = read(&bench, &win);
    let ada = &view.proposals[0];
    assert_eq!(
        (ada.name.as_str(), ada.words.as_str()),
        ("Ada", "Saw to the decision “Freeze the plan on Thursday”.")
    );
    workspace.withdraw_win(&win, "not quite").unwrap();
    assert!(!has(&first.signal), "one that was taken back is an answer too");
}

#[test]
fn parts_of_a_chart_that_turned_as_a_whole_are_not_suggested_beside_it() {
    let bench = Bench::new();
    turned(&bench);
    let signals = bench.workspace.view(|view| view.signals(Some(&"promise-kept".into()))).unwrap();
    let is_part = |one: &plaza_store::view::Signal| one.found.part.is_some() && one.found.side == "low";
    assert!(signals.iter().any(is_part), "a part turned too: {signals:#?}");
    let titles: Vec<_> = suggested(&bench).into_iter().map(|one| one.title).collect();
    assert_eq!(titles.iter().filter(|title| title.starts_with("On-time delivery")).count(), 1, "{titles:?}");
}

#[test]
fn a_turn_that_was_answered_is_not_suggested_anew_by_the_weeks_that_follow() {
    let bench = Bench::new();
    turned(&bench);
    let workspace = &bench.workspace;
    let first = of_the_whole(&bench).expect("a suggestion").signal;
    workspace.dismiss_win(&first, true).unwrap();
    bench.wait_days(21);
    bench.write("lines_2026-06-29.csv", &lines(55));
    bench.pull(FLAT);
    let signals = workspace.view(|view| view.signals(Some(&"promise-kept".into()))).unwrap();
    let last = signals.iter().filter(|one| one.found.part.is_none()).flat_map(|one| &one.found.weeks).max();
    assert_eq!(last.map(ToString::to_string).as_deref(), Some("2026-W25"), "another week, another signal");
    assert_eq!(suggested(&bench).iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), [""; 0]);
    workspace.dismiss_win(&first, false).unwrap();
    assert!(of_the_whole(&bench).is_some(), "the answer was taken back");
}

#[test]
fn one_suggestion_recorded_twice_is_one_win_and_the_second_words_are_added() {
    let bench = Bench::new();
    turned(&bench);
    let workspace = &bench.workspace;
    let signal = of_the_whole(&bench).expect("a suggestion").signal;
    let record = |title: &str, story: &str| {
        let form = WinForm { signal: Some(signal.clone()), story: story.into(), ..form(title) };
        workspace.record_win(&form).unwrap()
    };
    let win = record("It lasts", "We waited.");
    assert_eq!(record("It really lasts", ""), win);
    let view = read(&bench, &win);
    assert_eq!((view.title.as_str(), view.story.as_str()), ("It really lasts", "We waited."));
    workspace.withdraw_win(&win, "too early").unwrap();
    assert_eq!(record("It lasts", ""), win);
    assert!(read(&bench, &win).withdrawn.is_none(), "it stands again");
}

#[test]
fn whoever_decided_or_kept_their_word_when_the_turn_was_talked_about_is_proposed() {
    let bench = Bench::new();
    turned(&bench);
    let workspace = &bench.workspace;
    let [bea, cem] = ["Bea", "Cem"].map(|name| bench.person(name, &[Role::Member]));
    let signal = of_the_whole(&bench).expect("a suggestion").signal;
    let win = workspace.record_win(&WinForm { signal: Some(signal.clone()), ..form("It lasts") }).unwrap();
    let names = || read(&bench, &win).proposals.into_iter().map(|one| one.name).collect::<Vec<_>>();
    let decide = |item: &str| {
        let decision = DecisionForm {
            decision: None,
            meeting: Some("2026-W24".into()),
            item: Some(item.into()),
            text: "Keep it so".into(),
            owner: Some(bea.clone()),
            kpi: None,
            department: None,
            size: None,
            by: None,
        };
        workspace.take_decision(&decision).unwrap();
    };
    decide("signal-of-something-else");
    assert_eq!(names(), ["Ada"]);
    let item = format!("signal-{signal}");
    decide(&item);
    assert_eq!(names(), ["Ada", "Bea"]);
    let made = CommitmentForm {
        commitment: None,
        meeting: Some("2026-W24".into()),
        item: Some(item),
        need: None,
        who: cem,
        text: "Tell the night shift".into(),
        due: "2026-06-12".into(),
    };
    let made = workspace.make_commitment(&made).unwrap();
    assert_eq!(names(), ["Ada", "Bea"], "a promise is not a deed");
    workspace.answer_commitment(&made.commitment.as_str().into(), CommitmentAnswer::Kept).unwrap();
    assert_eq!(names(), ["Ada", "Bea", "Cem"]);
}
