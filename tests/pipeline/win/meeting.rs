//! Wins on agendas and in meetings. Bad inputs first.

use plaza_domain::event::{Closing, WinId};
use plaza_domain::meeting::{Section, Subject};
use plaza_engine::error::EngineError;
use plaza_engine::page::meeting::{AgendaView, Exhibit};
use plaza_engine::page::win::WinAgenda;
use plaza_engine::words::Language;

use super::{department, form, read, refused};
use crate::bench::Bench;

const THIS: &str = "2026-W14";

/// A meeting every Monday.
fn set_up(bench: &Bench) {
    bench.workspace.set_meeting(&bench.meeting(&[])).unwrap();
}

#[test]
fn a_win_stands_first_on_the_agenda_until_it_was_celebrated() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    set_up(&bench);
    let win = workspace.record_win(&form("The night shift saved the order")).unwrap();
    workspace.name_contributor(&win, department("production"), "").unwrap();
    let this = THIS.into();
    let first = AgendaView::read(workspace, &this, Language::En).unwrap().items.remove(0);
    assert_eq!(first.title, "The night shift saved the order");
    assert!(matches!(&first.subject, Subject::Win { win: known } if *known == win), "{:?}", first.subject);
    assert_eq!(first.section, Section::Wins);
    workspace.begin_meeting(&this).unwrap();
    let item = Subject::Win { win: win.clone() }.item();
    let shown = Exhibit::read(workspace, &this, &item, Language::En).unwrap().win.unwrap();
    let names: Vec<&str> = shown.names.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((shown.thanks.as_str(), names), ("Thanks to", vec!["production"]));
    workspace.close_item(&this, &item, Some(Closing::NextTime)).unwrap();
    assert!(read(&bench, &win).celebrated.is_empty(), "what is put off was not celebrated");
    workspace.close_item(&this, &item, Some(Closing::Done)).unwrap();
    workspace.close_item(&this, &item, Some(Closing::Done)).unwrap();
    assert_eq!(read(&bench, &win).celebrated, [THIS]);
    workspace.close_item(&this, &item, None).unwrap();
    assert!(read(&bench, &win).celebrated.is_empty(), "its item was opened again");
    workspace.close_item(&this, &item, Some(Closing::Understood)).unwrap();
    assert_eq!(read(&bench, &win).celebrated, [THIS]);
    workspace.close_item(&this, &item, Some(Closing::NextTime)).unwrap();
    assert!(read(&bench, &win).celebrated.is_empty(), "the last word counts");
}

fn first_of(bench: &Bench, meeting: &str) -> Option<WinId> {
    let items = AgendaView::read(&bench.workspace, &meeting.into(), Language::En).unwrap().items;
    items.into_iter().find_map(|item| match item.subject {
        Subject::Win { win } => Some(win),
        _ => None,
    })
}

#[test]
fn a_win_that_agendas_left_behind_is_put_onto_the_next_one_by_a_person() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    let win = workspace.record_win(&form("Saved")).unwrap();
    assert_eq!(read(&bench, &win).agenda, WinAgenda::None, "no meeting is set up");
    set_up(&bench);
    assert!(matches!(workspace.win_to_agenda(&"none".into()), Err(EngineError::NotFound { .. })));
    refused(workspace.win_to_agenda(&win), "win");
    assert_eq!(read(&bench, &win).agenda, WinAgenda::Waits);
    // Talked through without being celebrated, it is gone.
    let item = Subject::Win { win: win.clone() }.item();
    workspace.begin_meeting(&THIS.into()).unwrap();
    workspace.close_item(&THIS.into(), &item, Some(Closing::Parked)).unwrap();
    workspace.end_meeting(&THIS.into()).unwrap();
    bench.wait_days(7);
    assert_eq!((first_of(&bench, "2026-W15"), read(&bench, &win).agenda), (None, WinAgenda::CanBePut));
    workspace.win_to_agenda(&win).unwrap();
    refused(workspace.win_to_agenda(&win), "win");
    assert_eq!(first_of(&bench, "2026-W15"), Some(win.clone()));
    // Weeks later it waits all the same, until it is celebrated.
    bench.wait_days(35);
    assert_eq!(first_of(&bench, "2026-W20"), Some(win.clone()));
    workspace.begin_meeting(&"2026-W20".into()).unwrap();
    workspace.close_item(&"2026-W20".into(), &item, Some(Closing::Done)).unwrap();
    assert_eq!(read(&bench, &win).agenda, WinAgenda::None);
    refused(workspace.win_to_agenda(&win), "win");
}

#[test]
fn a_win_that_was_taken_back_after_the_agenda_was_frozen_says_so_in_the_meeting() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    set_up(&bench);
    let win = workspace.record_win(&form("Saved")).unwrap();
    let this = THIS.into();
    workspace.begin_meeting(&this).unwrap();
    workspace.withdraw_win(&win, "the customer called again").unwrap();
    let item = Subject::Win { win }.item();
    let shown = Exhibit::read(workspace, &this, &item, Language::En).unwrap();
    assert!(shown.win.is_none());
    assert_eq!(shown.sentence.as_deref(), Some("This win was taken back."));
    assert!(shown.facts.contains(&("Why".to_owned(), "the customer called again".to_owned())));
    workspace.close_item(&this, &item, Some(Closing::Parked)).unwrap();
}
