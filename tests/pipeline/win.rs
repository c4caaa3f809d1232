//! Wins from their record to the celebration. Bad inputs first.

mod meeting;
mod named;
mod orders;
mod suggested;

use plaza_domain::event::{Contributor, WinId};
use plaza_engine::error::EngineError;
use plaza_engine::page::thread::Found;
use plaza_engine::page::win::{WinCard, WinChange, WinForm, WinView, WinWall};
use plaza_engine::words::Language;

use crate::bench::{Bench, FLAT, HEAD};

fn form(title: &str) -> WinForm {
    WinForm { title: title.into(), ..WinForm::default() }
}

fn department(id: &str) -> Contributor {
    Contributor::Department { department: id.parse().unwrap() }
}

fn read(bench: &Bench, win: &WinId) -> WinView {
    WinView::read(&bench.workspace, win, Language::En).unwrap()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, EngineError>, path: &str) {
    match outcome {
        Err(EngineError::Invalid { fields }) => {
            assert!(fields.iter().any(|(at, _)| at == path), "{fields:?}");
        }
        other => panic!("{other:?}"),
    }
}

/// An order whose production took too long and which logistics brought in early all the same.
fn saved_order(bench: &Bench) {
    let row = "A1,1,2026-03-02,2026-03-11,2026-03-10,2026-03-10,5\n";
    bench.write("lines_2026-03-30.csv", &format!("{HEAD}{row}"));
    bench.pull(FLAT);
}

#[test]
fn a_win_that_cannot_be_one_is_refused_field_by_field_and_nothing_is_kept() {
    let bench = Bench::new();
    saved_order(&bench);
    let workspace = &bench.workspace;
    refused(workspace.record_win(&form("  ")), "title");
    refused(workspace.record_win(&form(&"x".repeat(201))), "title");
    let with = |change: fn(&mut WinForm)| {
        let mut form = form("Saved");
        change(&mut form);
        workspace.record_win(&form)
    };
    refused(with(|form| form.on = "yesterday".into()), "on");
    refused(with(|form| form.on = "2026-03-31".into()), "on");
    refused(with(|form| form.orders = "A1, Z9".into()), "orders");
    refused(with(|form| form.orders = "A1/2".into()), "orders");
    refused(with(|form| form.signal = Some("none".into())), "signal");
    refused(with(|form| form.story = "x".repeat(6_001)), "story");
    let unknown = workspace.change_win(&"none".into(), &WinChange::default());
    assert!(matches!(unknown, Err(EngineError::NotFound { .. })), "{unknown:?}");
    let unknown = workspace.restore_win(&"none".into());
    assert!(matches!(unknown, Err(EngineError::NotFound { .. })), "{unknown:?}");
    let wall = WinWall::read(workspace, Language::En).unwrap();
    assert!(wall.quarters.is_empty() && wall.years.is_empty(), "{wall:?}");
}

#[test]
fn a_title_is_enough_and_the_rest_can_be_told_later() {
    let bench = Bench::new();
    let win = bench.workspace.record_win(&form("The customer called to thank us")).unwrap();
    let view = read(&bench, &win);
    assert_eq!((view.on.as_str(), view.story.as_str()), ("2026-03-30", ""));
    assert!(view.contributors.is_empty() && view.proposals.is_empty());
    let told = WinChange {
        title: Some("Thanks".into()),
        story: Some("Zwetschgenkuchen".into()),
        ..WinChange::default()
    };
    let blank = WinChange { title: Some(" ".into()), ..WinChange::default() };
    refused(bench.workspace.change_win(&win, &blank), "title");
    bench.workspace.change_win(&win, &told).unwrap();
    assert_eq!(read(&bench, &win).title, "Thanks");
    let found = |question: &str| Found::search(&bench.workspace, question, Language::En).unwrap().texts;
    assert_eq!(found("zwetsch")[0].address, format!("/wins/{win}"));
    assert!(found("called").is_empty(), "words that were changed are not found any more");
    refused(bench.workspace.withdraw_win(&win, " "), "reason");
    bench.workspace.withdraw_win(&win, "a mistake").unwrap();
    assert!(found("zwetsch").is_empty());
    let gone = read(&bench, &win).withdrawn.expect("it was taken back");
    assert_eq!((gone.reason.as_str(), gone.said.name.as_deref()), ("a mistake", Some("Ada")));
    let changed = bench.workspace.change_win(&win, &told);
    assert!(matches!(changed, Err(EngineError::NotFound { .. })), "{changed:?}");
    let paper = bench.workspace.export_win(&win, Language::En, &bench.files.path().join("gone.pdf"));
    assert!(matches!(paper, Err(EngineError::NotFound { .. })), "{paper:?}");
    bench.workspace.restore_win(&win).unwrap();
    bench.workspace.restore_win(&win).unwrap();
    let view = read(&bench, &win);
    assert_eq!((view.title.as_str(), view.withdrawn), ("Thanks", None));
    assert_eq!(found("zwetsch").len(), 1, "what was taken back can be had again");
}

#[test]
fn a_win_leaves_as_a_paper_with_everybody_named_and_nothing_read_as_markup() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    let story = "<script>alert(1)</script>".to_owned();
    let win = workspace.record_win(&WinForm { story, ..form("Saved") }).unwrap();
    workspace.name_contributor(&win, department("sales"), "asked twice").unwrap();
    let export = |ending: &str| {
        let path = bench.files.path().join(format!("win.{ending}"));
        workspace.export_win(&win, Language::En, &path).map(|()| std::fs::read(path).unwrap())
    };
    refused(export("docx"), "path");
    let html = String::from_utf8(export("html").unwrap()).unwrap();
    assert!(html.contains("Saved") && html.contains("sales") && html.contains("asked twice"), "{html}");
    assert!(!html.contains("<script>alert"), "{html}");
    assert!(export("pdf").unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_card_leaves_as_a_picture_or_a_page_and_nothing_else_and_names_letters_it_has_not() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    let long = "Donaudampfschifffahrtsgesellschaftskapitän ".repeat(4);
    let win = workspace.record_win(&WinForm { customer: "谢".into(), ..form(long.trim()) }).unwrap();
    workspace.name_contributor(&win, department("sales"), "").unwrap();
    let path = |ending: &str| bench.files.path().join(format!("card.{ending}"));
    let share = |ending: &str| workspace.export_card(&win, Language::De, &path(ending));
    refused(share("jpg"), "path");
    assert!(!path("jpg").exists());
    let gone = workspace.export_card(&"none".into(), Language::De, &path("png"));
    assert!(matches!(gone, Err(EngineError::NotFound { .. })), "{gone:?}");
    assert_eq!(share("png").unwrap(), "谢");
    let png = std::fs::read(path("png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    // Width and height stand in the first chunk.
    assert_eq!(png[16..24], [0, 0, 6, 64, 0, 0, 3, 132], "1600 × 900");
    assert_eq!(share("pdf").unwrap(), "谢");
    assert!(std::fs::read(path("pdf")).unwrap().starts_with(b"%PDF"));
    let card = WinCard::read(workspace, &win, Language::De).unwrap();
    assert_eq!((card.about.as_str(), card.thanks.as_str()), ("30. März 2026 · 谢", "Dank an"));
    let names: Vec<_> = card.names.iter().map(|one| (one.name.as_str(), one.department.is_some())).collect();
    assert_eq!(names, [("sales", true)]);
}
