//! KPIs that no meeting talks about are proposed for retirement, and answered. Bad inputs first.

use plaza_domain::day::{Day, Week};
use plaza_domain::event::{Anchor, Closing, ItemId, MeetingId, ThreadCause};
use plaza_domain::kpi::KpiKind;
use plaza_domain::meeting::{Section, Subject, meeting_of};
use plaza_engine::definition::{keep, show};
use plaza_engine::error::EngineError;
use plaza_engine::page::definition::{DefinitionList, DefinitionRow};
use plaza_engine::page::digest::Digest;
use plaza_engine::page::meeting::{AgendaView, MeetingForm};
use plaza_engine::page::thread::FlagForm;
use plaza_engine::pull::Unwatched;
use plaza_engine::words::Language;

use crate::bench::Bench;

const KEPT: KpiKind = KpiKind::PromiseKept;

/// The week in which the bench begins, on its Monday.
const FIRST: &str = "2026-W14";

/// A company that meets every Monday.
fn company() -> Bench {
    let bench = Bench::new();
    let form = MeetingForm { weekday: 0, time: "10:00".into(), minutes: 240, ..bench.meeting(&[]) };
    bench.workspace.set_meeting(&form).unwrap();
    bench
}

fn week(nth: i32) -> Week {
    Week(FIRST.parse::<Week>().unwrap().0 + nth)
}

fn go_to(bench: &Bench, nth: i32) -> MeetingId {
    bench.set_day(&week(nth).monday().to_string());
    meeting_of(week(nth))
}

/// Holds the meetings of these weeks, counted from the first, with nothing on their screen.
fn meet(bench: &Bench, weeks: std::ops::Range<i32>) {
    for nth in weeks {
        let meeting = go_to(bench, nth);
        bench.workspace.begin_meeting(&meeting).unwrap();
        bench.workspace.end_meeting(&meeting).unwrap();
    }
}

/// Holds a meeting that takes up one item, and closes it.
fn meet_about(bench: &Bench, nth: i32, item: &ItemId, closing: Closing) {
    let meeting = go_to(bench, nth);
    bench.workspace.begin_meeting(&meeting).unwrap();
    bench.workspace.enter_item(&meeting, item).unwrap();
    bench.workspace.close_item(&meeting, item, Some(closing)).unwrap();
    bench.workspace.end_meeting(&meeting).unwrap();
}

fn rows(bench: &Bench) -> Vec<DefinitionRow> {
    DefinitionList::read(&bench.workspace, Language::En).unwrap().rows
}

fn row(bench: &Bench, kpi: KpiKind) -> DefinitionRow {
    rows(bench).into_iter().find(|row| row.kpi == kpi).unwrap()
}

fn proposed(bench: &Bench) -> Vec<KpiKind> {
    rows(bench).into_iter().filter(|row| row.retirement.is_some()).map(|row| row.kind).collect()
}

fn active(bench: &Bench) -> Vec<KpiKind> {
    rows(bench).into_iter().filter(|row| row.active).map(|row| row.kind).collect()
}

#[test]
fn only_what_is_proposed_can_be_kept_and_only_with_a_reason() {
    let bench = company();
    let kept = keep(&bench.workspace, KEPT, "we like it");
    assert!(matches!(kept, Err(EngineError::Conflict { .. })), "{kept:?}");
    meet(&bench, 0..12);
    go_to(&bench, 12);
    for empty in ["", "  \n"] {
        match keep(&bench.workspace, KEPT, empty) {
            Err(EngineError::Invalid { fields }) => assert_eq!(fields[0].0, "reason"),
            other => panic!("{other:?}"),
        }
    }
    assert!(proposed(&bench).contains(&KEPT), "what was refused changed nothing");
    keep(&bench.workspace, KEPT, "the customer asks for it").unwrap();
    let again = keep(&bench.workspace, KEPT, "the customer asks for it");
    assert!(matches!(again, Err(EngineError::Conflict { .. })), "{again:?}");
}

#[test]
fn where_nobody_meets_nothing_is_proposed() {
    let bench = company();
    go_to(&bench, 30);
    assert_eq!(proposed(&bench), []);
    meet(&bench, 30..35);
    go_to(&bench, 35);
    assert_eq!(proposed(&bench), [], "five meetings are too few");
    meet(&bench, 35..36);
    assert_eq!(proposed(&bench), active(&bench));
}

#[test]
fn a_kpi_that_nobody_talks_about_is_proposed_with_its_evidence() {
    let bench = company();
    meet(&bench, 0..11);
    // A Sunday: the KPIs are on the board for a day less than twelve weeks.
    bench.set_day(&week(12).monday().plus(-1).to_string());
    assert_eq!(proposed(&bench), []);
    meet(&bench, 11..12);
    go_to(&bench, 12);
    assert_eq!(proposed(&bench), active(&bench));
    let found = row(&bench, KEPT).retirement.unwrap();
    assert_eq!((found.weeks, found.held, found.last_discussed), (12, 11, None));
    assert_eq!(found.from, "2026-03-30");

    let view = AgendaView::read(&bench.workspace, &meeting_of(week(12)), Language::En).unwrap();
    let item = view
        .items
        .iter()
        .chain(&view.waiting)
        .find(|item| matches!(&item.subject, Subject::Retirement { kpi } if kpi.as_str() == KEPT.word()));
    let item = item.unwrap();
    assert_eq!((item.section, item.address.as_deref()), (Section::Concerns, Some("/definitions")));
    assert_eq!(item.title, "On-time delivery: is it still needed?");
    assert_eq!(item.reason_words, "Talked about in none of the 11 meetings of the last 12 weeks.");

    let digest = Digest::read(&bench.workspace, Language::De).unwrap();
    let lines: Vec<&str> =
        digest.waiting.iter().flat_map(|one| &one.lines).map(|line| line.text.as_str()).collect();
    assert!(lines.contains(&"Termintreue: Wird sie noch gebraucht?"), "{lines:?}");
}

#[test]
fn it_is_taken_off_the_board_or_kept_and_asked_about_again() {
    let bench = company();
    meet(&bench, 0..12);
    go_to(&bench, 12);
    let all = active(&bench);
    show(&bench.workspace, KpiKind::OrderToCash, false, Language::En, &Unwatched::default()).unwrap();
    keep(&bench.workspace, KEPT, "the customer asks for it").unwrap();
    let left: Vec<_> = all.into_iter().filter(|one| ![KEPT, KpiKind::OrderToCash].contains(one)).collect();
    assert_eq!(proposed(&bench), left);
    let kept = row(&bench, KEPT).kept.unwrap();
    assert_eq!((kept.by.as_deref(), kept.reason.as_str()), (Some("Ada"), "the customer asks for it"));
    assert_eq!(kept.asked_again, week(24).monday().to_string());
    // What comes back to the board has twelve weeks again.
    show(&bench.workspace, KpiKind::OrderToCash, true, Language::En, &Unwatched::default()).unwrap();
    assert_eq!(proposed(&bench), left);

    meet(&bench, 12..24);
    bench.set_day(&week(24).monday().plus(-1).to_string());
    assert_eq!(proposed(&bench), left);
    go_to(&bench, 24);
    let back = proposed(&bench);
    assert!(back.contains(&KEPT) && back.contains(&KpiKind::OrderToCash), "{back:?}");
    // The projections say the same when they are made anew.
    bench.workspace.ledger().rebuild_views().unwrap();
    assert_eq!(row(&bench, KEPT).kept, Some(kept));
}

#[test]
fn a_word_in_a_meeting_is_enough_but_one_that_was_put_off_is_none() {
    let bench = company();
    let workspace = &bench.workspace;
    let own = |title: &str, nth: i32| {
        let meeting = go_to(&bench, nth);
        workspace.add_item(&meeting, Section::See, title, 5).unwrap()
    };
    meet(&bench, 0..5);
    let title = own("What does Right first time tell us?", 5);
    meet_about(&bench, 5, &title, Closing::Understood);
    let put_off = own("Order to cash, once more", 6);
    meet_about(&bench, 6, &put_off, Closing::NextTime);
    go_to(&bench, 7);
    let thread = workspace
        .open_thread(&FlagForm {
            cause: ThreadCause::Flag,
            anchor: Anchor::Kpi { kpi: KEPT.word().into(), part: None },
            question: "Is this the right number?".into(),
            people: Vec::new(),
        })
        .unwrap();
    let item = Subject::Thread { thread }.item();
    meet_about(&bench, 7, &item, Closing::Done);
    meet(&bench, 8..12);
    go_to(&bench, 12);
    let found = proposed(&bench);
    assert!(!found.contains(&KEPT) && !found.contains(&KpiKind::RightFirstTime), "{found:?}");
    assert!(found.contains(&KpiKind::OrderToCash), "{found:?}");
    // Twelve weeks after that meeting it is asked about, and the evidence names the meeting.
    meet(&bench, 12..19);
    go_to(&bench, 19);
    let last: Day = week(7).monday();
    assert_eq!(row(&bench, KEPT).retirement.unwrap().last_discussed, Some(last.to_string()));
}

#[test]
fn who_talked_about_the_proposal_and_answered_nothing_is_asked_again_later() {
    let bench = company();
    meet(&bench, 0..12);
    let item = Subject::Retirement { kpi: KEPT.word().into() }.item();
    meet_about(&bench, 12, &item, Closing::Done);
    let is_on = |nth: i32| {
        let meeting = go_to(&bench, nth);
        let view = AgendaView::read(&bench.workspace, &meeting, Language::En).unwrap();
        view.items.iter().chain(&view.waiting).any(|one| one.item == item.as_str())
    };
    assert!(!is_on(13));
    assert!(row(&bench, KEPT).retirement.is_some(), "the page of definitions goes on asking");
    meet(&bench, 13..24);
    assert!(is_on(24));
}
