//! Who is named on a win, whose name is taken off, and the gentle word about both. Bad inputs first.

use plaza_domain::event::Contributor;
use plaza_domain::person::{PersonId, Role};
use plaza_engine::error::EngineError;
use plaza_engine::page::win::{WinForm, WinWall, WinYear};
use plaza_engine::words::Language;

use super::{department, form, read, refused, saved_order};
use crate::bench::Bench;

#[test]
fn a_forgotten_name_is_added_by_anybody_and_taken_off_with_a_reason() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    let win = workspace.record_win(&form("Saved")).unwrap();
    let bea = Contributor::Person { person: PersonId(bench.person("Bea", &[Role::Head])) };
    let nobody = Contributor::Person { person: PersonId("nobody".into()) };
    refused(workspace.name_contributor(&win, nobody, ""), "person");
    refused(workspace.name_contributor(&win, department("space"), ""), "department");
    refused(workspace.name_contributor(&win, bea.clone(), &"x".repeat(501)), "words");
    workspace.name_contributor(&win, bea.clone(), "drove there herself").unwrap();
    let view = read(&bench, &win);
    assert_eq!(
        (view.contributors[0].name.as_str(), view.contributors[0].words.as_str()),
        ("Bea", "drove there herself")
    );
    refused(workspace.unname_contributor(&win, bea.clone(), ""), "reason");
    let unnamed = workspace.unname_contributor(&win, department("sales"), "was not there");
    assert!(matches!(unnamed, Err(EngineError::NotFound { .. })), "{unnamed:?}");
    workspace.unname_contributor(&win, bea.clone(), "was on leave").unwrap();
    let view = read(&bench, &win);
    assert!(view.contributors.is_empty());
    let off = &view.taken_off[0];
    assert_eq!((off.name.as_str(), off.taken_off.reason.as_str()), ("Bea", "was on leave"));
    assert_eq!(off.taken_off.said.name.as_deref(), Some("Ada"));
    workspace.name_contributor(&win, bea, "").unwrap();
    let view = read(&bench, &win);
    assert!(view.taken_off.is_empty());
    assert_eq!(view.contributors[0].words, "drove there herself", "as it stood before");
}

#[test]
fn a_name_that_was_taken_off_is_not_proposed_again() {
    let bench = Bench::new();
    saved_order(&bench);
    let workspace = &bench.workspace;
    let win = workspace.record_win(&WinForm { orders: "A1".into(), ..form("Saved") }).unwrap();
    assert_eq!(workspace.name_proposed(&win).unwrap(), 2);
    workspace.unname_contributor(&win, department("production"), "had no part in it").unwrap();
    assert!(read(&bench, &win).proposals.is_empty());
    assert_eq!(workspace.name_proposed(&win).unwrap(), 0);
    workspace.name_contributor(&win, department("production"), "").unwrap();
    let view = read(&bench, &win);
    assert_eq!(view.contributors[0].words, "Carried the order on its way, and had a hard time of it.");
}

#[test]
fn whoever_moves_to_another_department_takes_no_win_with_them() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    let bea = bench.person("Bea", &[Role::Member]);
    let to = |department: &str| {
        let id = Some(PersonId(bea.clone()));
        workspace.save_person(id, "Bea", "", department.parse().ok(), [Role::Member].into()).unwrap();
    };
    to("sales");
    let win = workspace.record_win(&form("Saved")).unwrap();
    let contributor = Contributor::Person { person: PersonId(bea.clone()) };
    workspace.name_contributor(&win, contributor.clone(), "").unwrap();
    to("logistics");
    let departments =
        || WinWall::read(workspace, Language::En).unwrap().quarters[0].wins[0].departments.clone();
    assert_eq!(departments(), ["sales"]);
    assert_eq!(read(&bench, &win).contributors[0].department.as_deref(), Some("sales"));
    // Taken off and named again they stand as they stood.
    workspace.unname_contributor(&win, contributor.clone(), "a mistake").unwrap();
    workspace.name_contributor(&win, contributor, "").unwrap();
    assert_eq!(departments(), ["sales"]);
}

#[test]
fn whoever_has_left_can_be_named_and_stands_last() {
    let bench = Bench::new();
    let gone = bench.person("Aaron", &[Role::Member]);
    bench.workspace.person_leaves(&gone, Some("2026-03-01")).unwrap();
    let win = bench.workspace.record_win(&form("Saved")).unwrap();
    let people = read(&bench, &win).people;
    assert_eq!(people.last().map(|one| (one.name.as_str(), one.left.is_some())), Some(("Aaron", true)));
    let gone = Contributor::Person { person: PersonId(gone) };
    bench.workspace.name_contributor(&win, gone, "built the first one").unwrap();
    assert_eq!(read(&bench, &win).contributors[0].name, "Aaron");
}

#[test]
fn a_reaction_is_given_once_and_taken_back() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    let win = workspace.record_win(&form("Saved")).unwrap();
    refused(workspace.react_to_win(&win, "boo", true), "reaction");
    let thanks =
        |bench: &Bench| read(bench, &win).reactions.into_iter().find(|one| one.reaction == "thanks").unwrap();
    workspace.react_to_win(&win, "thanks", true).unwrap();
    workspace.react_to_win(&win, "thanks", true).unwrap();
    assert_eq!((thanks(&bench).people, thanks(&bench).mine), (vec!["Ada".to_owned()], true));
    assert_eq!(WinYear::read(workspace, 2026, Language::En).unwrap().thanks, 1);
    workspace.react_to_win(&win, "thanks", false).unwrap();
    assert!(thanks(&bench).people.is_empty() && !thanks(&bench).mine);
}

#[test]
fn a_quarter_whose_wins_name_one_department_only_says_so_until_another_is_named() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    let word = || WinWall::read(workspace, Language::En).unwrap().quarters[0].word.clone();
    let mut wins = Vec::new();
    for day in ["2026-01-05", "2026-02-05", "2026-03-05"] {
        assert!(wins.is_empty() || word().is_none());
        let win = workspace.record_win(&WinForm { on: day.into(), ..form("Saved") }).unwrap();
        workspace.name_contributor(&win, department("sales"), "").unwrap();
        wins.push(win);
    }
    assert!(word().unwrap().starts_with("All 3 wins name only sales."), "{:?}", word());
    let nobody = workspace.record_win(&WinForm { on: "2026-03-06".into(), ..form("Nobody yet") }).unwrap();
    assert!(
        word().unwrap().starts_with("The 3 wins that name somebody name only sales."),
        "one that names nobody says nothing: {:?}",
        word()
    );
    workspace.withdraw_win(&nobody, "a mistake").unwrap();
    // One of another quarter says nothing about this one.
    workspace.record_win(&WinForm { on: "2025-12-31".into(), ..form("Before") }).unwrap();
    let wall = WinWall::read(workspace, Language::En).unwrap();
    assert_eq!(wall.quarters.iter().map(|one| one.wins.len()).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(wall.years, [2026, 2025]);
    workspace.name_contributor(&wins[0], department("logistics"), "").unwrap();
    assert_eq!(word(), None);
    let year = WinYear::read(workspace, 2026, Language::En).unwrap();
    assert_eq!((year.wins, year.shared, year.celebrated), (3, 1, 0));
}
