//! Wins from their record to the celebration. Bad inputs first.

use std::fmt::Write;

use plaza_domain::event::{Closing, Contributor, ContributorReason, WinId};
use plaza_domain::meeting::{Section, Subject};
use plaza_domain::person::{PersonId, Role};
use plaza_engine::error::EngineError;
use plaza_engine::page::meeting::{AgendaView, DecisionForm, Exhibit, MeetingForm};
use plaza_engine::page::thread::Found;
use plaza_engine::page::win::{CustomerView, WinCard, WinForm, WinView, WinWall, WinYear};
use plaza_engine::words::Language;

use crate::bench::{Bench, FLAT, HEAD};

const THIS: &str = "2026-W14";

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
    let unknown = with(|form| form.win = Some("none".into()));
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
    let told = WinForm { win: Some(win.0.clone()), story: "Zwetschgenkuchen".into(), ..form("Thanks") };
    assert_eq!(bench.workspace.record_win(&told).unwrap(), win);
    assert_eq!(read(&bench, &win).title, "Thanks");
    let found = |question: &str| Found::search(&bench.workspace, question, Language::En).unwrap().texts;
    assert_eq!(found("zwetsch")[0].address, format!("/wins/{win}"));
    assert!(found("called").is_empty(), "words that were changed are not found any more");
    refused(bench.workspace.withdraw_win(&win, " "), "reason");
    bench.workspace.withdraw_win(&win, "a mistake").unwrap();
    assert!(found("zwetsch").is_empty());
    let gone = WinView::read(&bench.workspace, &win, Language::En);
    assert!(matches!(gone, Err(EngineError::NotFound { .. })), "{gone:?}");
    bench.workspace.record_win(&told).unwrap();
    assert_eq!(read(&bench, &win).title, "Thanks", "what was taken back can be had again");
}

#[test]
fn departments_are_proposed_from_the_journey_with_their_reason() {
    let bench = Bench::new();
    saved_order(&bench);
    let win = bench.workspace.record_win(&WinForm { orders: "A1".into(), ..form("Saved") }).unwrap();
    let view = read(&bench, &win);
    assert_eq!(view.orders_text, "A1/1");
    let proposed: Vec<_> =
        view.proposals.iter().map(|one| (one.contributor.clone(), one.reason.clone())).collect();
    assert_eq!(
        proposed,
        [
            (department("production"), ContributorReason::Carried { legs: 1, kept: 0 }),
            (department("logistics"), ContributorReason::MadeUp { days: 1, legs: 1 }),
        ]
    );
    assert_eq!(bench.workspace.name_proposed(&win).unwrap(), 2);
    assert_eq!(bench.workspace.name_proposed(&win).unwrap(), 0, "nobody is named twice");
    let view = read(&bench, &win);
    assert!(view.proposals.is_empty());
    let logistics = view.contributors.iter().find(|one| one.contributor == department("logistics")).unwrap();
    assert_eq!(logistics.words, "Made up 1 day when the order was late.");
    assert_eq!(logistics.said.as_ref().unwrap().name.as_deref(), Some("Ada"));
}

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
    workspace.unname_contributor(&win, bea, "was on leave").unwrap();
    assert!(read(&bench, &win).contributors.is_empty());
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

#[test]
fn a_win_stands_first_on_the_agenda_until_it_was_celebrated() {
    let bench = Bench::new();
    let workspace = &bench.workspace;
    let me = workspace.me().unwrap().unwrap().to_string();
    let set = MeetingForm {
        weekday: 1,
        time: "09:30".into(),
        minutes: 60,
        place: String::new(),
        link: String::new(),
        attendees: vec![me.clone()],
        facilitators: vec![me],
        standing: Vec::new(),
    };
    workspace.set_meeting(&set).unwrap();
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
}

/// The usual lines with a customer each.
fn lines_with_customers(bench: &Bench) {
    let toml = FLAT.replace("order = \"order\"", "order = \"order\"\ncustomer = \"customer\"");
    let head = HEAD.replace("quantity", "quantity,customer");
    let rows = [
        // Produced a day late, and early at the customer's all the same.
        "A1,1,2026-03-02,2026-03-11,2026-03-10,2026-03-10,5,Meyer",
        "A2,1,2026-03-02,2026-03-11,2026-03-07,2026-03-09,5,Meyer",
        // Arrived more than a quarter of a year before the win; not yet there; somebody else's.
        "A3,1,2025-11-03,2025-11-12,2025-11-10,2025-11-12,5,Meyer",
        "A4,1,2026-03-02,2026-04-11,,,5,Meyer",
        "B1,1,2026-03-02,2026-03-11,2026-03-09,2026-03-11,5,Grün & Söhne",
        "C1,1,2026-03-02,2026-03-11,2026-03-09,2026-03-11,5,",
    ];
    bench.write("lines_2026-03-30.csv", &format!("{head}{}\n", rows.join("\n")));
    bench.pull(&toml);
}

#[test]
fn a_customer_nobody_knows_proposes_nobody_and_can_be_named_all_the_same() {
    let bench = Bench::new();
    lines_with_customers(&bench);
    refused(bench.workspace.record_win(&WinForm { customer: "x".repeat(201), ..form("Saved") }), "customer");
    let win = bench.workspace.record_win(&WinForm { customer: "Nobody".into(), ..form("Saved") }).unwrap();
    let view = read(&bench, &win);
    assert_eq!((view.customer.as_str(), view.customer_lines, view.proposals.len()), ("Nobody", 0, 0));
}

#[test]
fn departments_are_proposed_from_what_arrived_at_the_customer_in_the_quarter_before() {
    let bench = Bench::new();
    lines_with_customers(&bench);
    let known: Vec<(String, u32)> =
        CustomerView::list(&bench.workspace).unwrap().into_iter().map(|one| (one.name, one.lines)).collect();
    assert_eq!(known, [("Grün & Söhne".to_owned(), 1), ("Meyer".to_owned(), 4)]);
    let win = bench.workspace.record_win(&WinForm { customer: "meyer".into(), ..form("Saved") }).unwrap();
    let view = read(&bench, &win);
    assert_eq!(view.customer_lines, 2);
    let mut proposed: Vec<_> =
        view.proposals.iter().map(|one| (one.contributor.clone(), one.reason.clone())).collect();
    proposed.sort();
    assert_eq!(
        proposed,
        [
            (department("logistics"), ContributorReason::MadeUp { days: 1, legs: 1 }),
            (department("production"), ContributorReason::Carried { legs: 2, kept: 1 }),
        ]
    );
    let production = view.proposals.iter().find(|one| one.contributor == department("production")).unwrap();
    assert_eq!(production.words, "Kept its time on 1 of 2 legs.");
    // Orders that are named say more than the customer does.
    let told =
        WinForm { win: Some(win.0.clone()), orders: "A2".into(), customer: "Meyer".into(), ..form("Saved") };
    bench.workspace.record_win(&told).unwrap();
    assert_eq!(read(&bench, &win).customer_lines, 0);
    // What arrived after the day of the win had no part in it.
    let before = WinForm { customer: "Meyer".into(), on: "2026-03-08".into(), ..form("Before") };
    let before = bench.workspace.record_win(&before).unwrap();
    assert_eq!(read(&bench, &before).customer_lines, 0);
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

/// A chart that turned to the better nine weeks ago, after a decision that was taken in the week before.
fn turned(bench: &Bench) {
    let workspace = &bench.workspace;
    let me = workspace.me().unwrap().unwrap().to_string();
    let lines = |until: i32| {
        let first: plaza_domain::day::Day = "2025-06-02".parse().unwrap();
        let mut rows = String::from(HEAD);
        for week in 0..until {
            for line in 0..10 {
                let (ordered, promised) = (first.plus(week * 7 - 5), first.plus(week * 7 + 2));
                let is_late = week < 43 && line < 3 + usize::try_from(week % 3).unwrap();
                let late = if is_late { 4 } else { 0 };
                let (produced, delivered) = (promised.plus(late - 2), promised.plus(late));
                writeln!(rows, "W{week}L{line},1,{ordered},{promised},{produced},{delivered},5").unwrap();
            }
        }
        rows
    };
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
    let suggested = || WinWall::read(workspace, Language::En).unwrap().suggestions;
    let all = suggested();
    let first =
        all.iter().find(|one| one.title.starts_with("On-time delivery turned")).expect("a suggestion");
    assert_eq!(first.decisions, ["Freeze the plan on Thursday"]);
    let has = |signal: &str| suggested().iter().any(|one| one.signal == signal);
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
