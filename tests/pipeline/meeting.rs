//! The weekly meeting from its set-up to its minutes. Bad inputs first.

use plaza_domain::event::{
    Attendance, Closing, CommitmentAnswer, EffectAnswer, ItemChange, MeetingId, NeedAnswer,
};
use plaza_domain::meeting::{Reason, Section, Subject};
use plaza_domain::person::Role;
use plaza_engine::error::EngineError;
use plaza_engine::page::digest::Digest;
use plaza_engine::page::insight::Insights;
use plaza_engine::page::meeting::{
    AgendaView, CommitmentForm, DecisionForm, Exhibit, MeetingForm, MeetingPage, MeetingRun, MeetingState,
    MinutesView, NeedForm, PromiseBoard,
};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;

use crate::bench::{Bench, FLAT, usual, year_of_lines};

/// The meeting of the week of the bench's day, which is a Monday.
const THIS: &str = "2026-W14";
const NEXT: &str = "2026-W15";

fn meeting(name: &str) -> MeetingId {
    name.into()
}

fn form(bench: &Bench) -> MeetingForm {
    let bea = bench.person("Bea", &[Role::Head]);
    MeetingForm {
        place: "Room, \"Plaza\"".into(),
        link: "https://meet.example/plaza".into(),
        ..bench.meeting(&[&bea])
    }
}

/// A company that meets on Tuesdays at half past nine, and its two people.
fn company() -> (Bench, Vec<String>) {
    let bench = Bench::new();
    let form = form(&bench);
    bench.workspace.set_meeting(&form).unwrap();
    (bench, form.attendees)
}

fn agenda(bench: &Bench, name: &str) -> AgendaView {
    AgendaView::read(&bench.workspace, &meeting(name), Language::En).unwrap()
}

fn run(bench: &Bench, name: &str) -> MeetingRun {
    MeetingRun::read(&bench.workspace, &meeting(name), Language::En).unwrap()
}

fn titles(view: &AgendaView) -> Vec<&str> {
    view.items.iter().map(|item| item.title.as_str()).collect()
}

fn commitment(who: &str, text: &str, due: &str) -> CommitmentForm {
    CommitmentForm {
        commitment: None,
        meeting: Some(THIS.into()),
        item: None,
        need: None,
        who: who.into(),
        text: text.into(),
        due: due.into(),
    }
}

fn need(from: &str, to: &str) -> NeedForm {
    NeedForm {
        need: None,
        meeting: Some(THIS.into()),
        item: None,
        from: from.into(),
        to: to.into(),
        text: "the plan by Thursday noon".into(),
        by: "2026-04-09".into(),
    }
}

fn decision() -> DecisionForm {
    DecisionForm {
        decision: None,
        meeting: Some(THIS.into()),
        item: None,
        text: "Freeze the plan on Thursday".into(),
        owner: None,
        kpi: None,
        department: None,
        size: None,
        by: None,
    }
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

/// A year, and its last week in which `late` lines of ten are late by production.
fn year(bench: &Bench, late: usize) {
    let rows = year_of_lines(2, |week| if week == 41 { late } else { usual(week) });
    bench.write("lines_2026-03-30.csv", &rows);
    bench.pull(FLAT);
}

#[test]
fn a_set_up_that_cannot_be_used_is_refused_field_by_field() {
    let bench = Bench::new();
    let good = form(&bench);
    let set = |change: fn(&mut MeetingForm)| {
        let mut form = good.clone();
        change(&mut form);
        bench.workspace.set_meeting(&form)
    };
    refused(set(|form| form.time = "25:00".into()), "time");
    refused(set(|form| form.weekday = 7), "weekday");
    refused(set(|form| form.minutes = 1), "minutes");
    refused(set(|form| form.link = "javascript:alert(1)".into()), "link");
    refused(set(|form| form.attendees.clear()), "attendees");
    refused(set(|form| form.attendees = vec!["nobody".into()]), "attendees");
    refused(set(|form| form.place = "x".repeat(201)), "place");
    let page = MeetingPage::read(&bench.workspace, Language::En).unwrap();
    assert!(page.set.is_none() && page.next.is_none() && page.coming.is_empty(), "{page:?}");
    let unknown = AgendaView::read(&bench.workspace, &meeting(THIS), Language::En);
    assert!(matches!(unknown, Err(EngineError::NotFound { .. })), "{unknown:?}");
}

#[test]
fn promises_that_say_nothing_are_refused() {
    let (bench, people) = company();
    let workspace = &bench.workspace;
    refused(workspace.make_commitment(&commitment(&people[0], "  ", "2026-04-03")), "text");
    refused(workspace.make_commitment(&commitment("nobody", "call", "2026-04-03")), "who");
    refused(workspace.make_commitment(&commitment(&people[0], "call", "soon")), "due");
    refused(workspace.make_commitment(&commitment(&people[0], "call", "2020-01-01")), "due");
    refused(workspace.ask_need(&need("sales", "sales")), "to");
    refused(workspace.ask_need(&need("sales", "nowhere")), "to");
    let expects = |change: fn(&mut DecisionForm)| {
        let mut form = decision();
        form.kpi = Some("promise-kept".into());
        form.size = Some(3.0);
        form.by = Some("2026-W20".into());
        change(&mut form);
        workspace.take_decision(&form)
    };
    refused(expects(|form| form.text = String::new()), "text");
    refused(expects(|form| form.kpi = Some("nothing".into())), "kpi");
    refused(expects(|form| form.size = Some(0.0)), "size");
    refused(expects(|form| form.size = Some(f64::NAN)), "size");
    refused(expects(|form| form.by = Some("2026-W14".into())), "by");
    refused(expects(|form| form.department = Some("nowhere".into())), "department");
    let board = PromiseBoard::read(workspace, Language::En).unwrap();
    assert!(board.commitments.is_empty() && board.needs.is_empty() && board.decisions.is_empty());
}

#[test]
fn a_meeting_is_moved_cancelled_and_held_after_all() {
    let (bench, _) = company();
    let workspace = &bench.workspace;
    let this = meeting(THIS);
    let page = || MeetingPage::read(workspace, Language::En).unwrap();
    assert_eq!(page().next.map(|line| (line.day, line.time)), Some(("2026-03-31".into(), "09:30".into())));
    refused(workspace.move_meeting(&this, "2026-03-29", "10:00", 45, "audit"), "day");
    refused(workspace.move_meeting(&this, "2026-04-02", "10:00", 45, " "), "reason");
    workspace.move_meeting(&this, "2026-04-02", "10:00", 45, "audit").unwrap();
    let next = page().next.unwrap();
    assert_eq!(
        (
            next.day.as_str(),
            next.time.as_str(),
            next.minutes,
            next.moved_from.as_deref(),
            next.reason.as_str()
        ),
        ("2026-04-02", "10:00", 45, Some("2026-03-31"), "audit")
    );
    workspace.cancel_meeting(&this, "everybody is at the fair").unwrap();
    assert_eq!(page().next.map(|line| line.meeting).as_deref(), Some(NEXT));
    assert!(matches!(workspace.begin_meeting(&this), Err(EngineError::Conflict { .. })));
    workspace.restore_meeting(&this).unwrap();
    assert_eq!(page().next.map(|line| line.day).as_deref(), Some("2026-03-31"));
    assert!(matches!(workspace.restore_meeting(&this), Err(EngineError::Conflict { .. })));
}

#[test]
fn facilitators_take_turns_and_may_swap() {
    let (bench, people) = company();
    let workspace = &bench.workspace;
    assert_eq!(agenda(&bench, THIS).facilitator.as_ref(), Some(&people[0]));
    assert_eq!(agenda(&bench, NEXT).facilitator.as_ref(), Some(&people[1]));
    workspace.choose_facilitator(&meeting(THIS), &people[1], "Ada is away").unwrap();
    assert_eq!(agenda(&bench, THIS).facilitator.as_ref(), Some(&people[1]));
    assert_eq!(agenda(&bench, NEXT).facilitator.as_ref(), Some(&people[0]), "the turn is made up for");
    workspace.begin_meeting(&meeting(THIS)).unwrap();
    workspace.end_meeting(&meeting(THIS)).unwrap();
    let turns = MeetingPage::read(workspace, Language::En).unwrap().turns;
    let turns: Vec<(&str, u32)> = turns.iter().map(|turn| (turn.name.as_str(), turn.times)).collect();
    assert_eq!(turns, [("Ada", 0), ("Bea", 1)]);
}

#[test]
fn an_agenda_names_what_happened_each_with_its_reason() {
    let (bench, people) = company();
    year(&bench, 9);
    let workspace = &bench.workspace;
    workspace.make_commitment(&commitment(&people[1], "call the carrier", "2026-04-02")).unwrap();
    workspace.make_commitment(&commitment(&people[1], "next month", "2026-05-02")).unwrap();
    workspace.ask_need(&need("sales", "production")).unwrap();
    let view = agenda(&bench, THIS);
    let lines: Vec<(Section, &str, &str)> = view
        .items
        .iter()
        .map(|item| (item.section, item.title.as_str(), item.reason_words.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (Section::Commitments, "Bea: call the carrier", "Due on 2 April."),
            (Section::See, "On-time delivery", "A signal since the last meeting."),
            (Section::Needs, "sales → production: the plan by Thursday noon", "Waits for an answer."),
            (Section::Close, "Closing round: a word and a rating from each", "On every agenda."),
        ]
    );
    assert_eq!(view.planned_minutes, 1 + 8 + 3 + 5);
    let signal = &view.items[1];
    assert!(matches!(&signal.subject, Subject::Signal { part: None, .. }), "{signal:?}");
    let exhibit =
        Exhibit::read(workspace, &meeting(THIS), &signal.item.as_str().into(), Language::En).unwrap();
    assert!(exhibit.chart.is_some() && exhibit.sentence.is_some());
    let german = AgendaView::read(workspace, &meeting(THIS), Language::De).unwrap();
    assert_eq!(german.items[1].reason_words, "Ein Signal seit der letzten Besprechung.");
    // Three working days later it is no news any more, and still nobody has taken it up.
    bench.wait_days(7);
    let view = agenda(&bench, NEXT);
    let signal = view.items.iter().find(|item| item.section == Section::See).unwrap();
    assert_eq!(signal.reason, Reason::SignalUntaken { working_days: 5 });
}

#[test]
fn a_facilitator_shapes_the_agenda_and_what_was_dropped_says_why() {
    let (bench, people) = company();
    let workspace = &bench.workspace;
    let this = meeting(THIS);
    let add = |title: &str| workspace.add_item(&this, Section::Concerns, title, 10).unwrap();
    let (first, second, third) = (add("Audit"), add("Holiday cover"), add("Fair"));
    refused(workspace.add_item(&this, Section::See, " ", 5).map(drop), "title");
    refused(workspace.add_item(&this, Section::See, "x", 0).map(drop), "minutes");
    workspace.move_item(&this, &third, 0).unwrap();
    assert_eq!(titles(&agenda(&bench, THIS))[0], "Fair");
    let change = |change: ItemChange| workspace.change_item(&this, &second, change);
    change(ItemChange { minutes: Some(20), ..ItemChange::default() }).unwrap();
    change(ItemChange { person: Some(people[1].as_str().to_owned().into_person()), ..ItemChange::default() })
        .unwrap();
    change(ItemChange { note: Some("bring the list".into()), ..ItemChange::default() }).unwrap();
    refused(change(ItemChange { minutes: Some(0), ..ItemChange::default() }), "minutes");
    let drop = |reason: &str| {
        let change = ItemChange { dropped: Some(reason.into()), ..ItemChange::default() };
        workspace.change_item(&this, &first, change)
    };
    drop("was last week").unwrap();
    let view = agenda(&bench, THIS);
    assert_eq!(titles(&view)[..2], ["Fair", "Holiday cover"]);
    assert_eq!((view.items[1].minutes, view.items[1].note.as_str()), (20, "bring the list"));
    assert_eq!(view.dropped[0].dropped.as_deref(), Some("was last week"));
    drop("").unwrap();
    assert!(titles(&agenda(&bench, THIS)).contains(&"Audit"), "an undo brings it back");
    // Frozen, it stays as it was shared; the queue can still be used.
    workspace.freeze_agenda(&this).unwrap();
    workspace.make_commitment(&commitment(&people[1], "call", "2026-04-01")).unwrap();
    let frozen = agenda(&bench, THIS);
    assert!(frozen.frozen.is_some() && frozen.meeting.state == MeetingState::Frozen);
    assert!(!titles(&frozen).contains(&"Bea: call"));
    let put = ItemChange { is_chosen: Some(false), ..ItemChange::default() };
    workspace.change_item(&this, &third, put).unwrap();
    assert_eq!(agenda(&bench, THIS).waiting[0].title, "Fair");
    assert_eq!(agenda(&bench, THIS).waiting[0].is_chosen, Some(false));
    let taken_back = ItemChange { is_unchosen: true, ..ItemChange::default() };
    workspace.change_item(&this, &third, taken_back).unwrap();
    let view = agenda(&bench, THIS);
    let fair = view.items.iter().chain(&view.waiting).find(|item| item.title == "Fair").unwrap();
    assert_eq!(fair.is_chosen, None, "what fits decides again");
    workspace.release_agenda(&this).unwrap();
    assert!(titles(&agenda(&bench, THIS)).contains(&"Bea: call"));
}

trait IntoPerson {
    fn into_person(self) -> plaza_domain::person::PersonId;
}

impl IntoPerson for String {
    fn into_person(self) -> plaza_domain::person::PersonId {
        plaza_domain::person::PersonId(self)
    }
}

#[test]
fn a_meeting_is_run_and_a_crash_in_the_middle_loses_nothing() {
    let (bench, people) = company();
    let this = meeting(THIS);
    let (reached, missed) = {
        let workspace = &bench.workspace;
        let reached = workspace.add_item(&this, Section::See, "Reached", 10).unwrap();
        let missed = workspace.add_item(&this, Section::Concerns, "Not reached", 10).unwrap();
        assert!(matches!(workspace.enter_item(&this, &reached), Err(EngineError::Conflict { .. })));
        workspace.begin_meeting(&this).unwrap();
        assert!(matches!(workspace.begin_meeting(&this), Err(EngineError::Conflict { .. })));
        workspace.enter_item(&this, &reached).unwrap();
        bench.clock.set(bench.clock_ms() + 90_000);
        workspace.pause_meeting(&this, true).unwrap();
        bench.clock.set(bench.clock_ms() + 600_000);
        workspace.pause_meeting(&this, false).unwrap();
        workspace.extend_item(&this, &reached, 5).unwrap();
        workspace.note_attendance(&this, &people[1], Some(Attendance::Excused)).unwrap();
        workspace.write_note(&this, Some(reached.clone()), None, "said so").unwrap();
        workspace.write_note(&this, None, None, "parked thought").unwrap();
        workspace.take_decision(&decision()).unwrap();
        workspace.close_item(&this, &reached, Some(Closing::Understood)).unwrap();
        (reached, missed)
    };
    // The program ends as with a power cut: nothing is closed, everything is opened again.
    let folder = bench.workspace.folder().to_owned();
    let opened = Workspace::open(&folder, bench.keys.clone(), bench.clock.clone()).unwrap();
    let view = MeetingRun::read(&opened, &this, Language::En).unwrap();
    assert_eq!(view.agenda.meeting.state, MeetingState::Running);
    assert_eq!(view.current.as_deref(), Some(reached.as_str()));
    assert_eq!(view.elapsed_seconds, 90, "the pause does not count");
    let course = view.course.iter().find(|one| one.item == reached.as_str()).unwrap();
    assert_eq!((course.minutes, course.closing), (15, Some(Closing::Understood)));
    assert_eq!(view.notes[0].text, "said so");
    assert_eq!(view.parked[0].text, "parked thought");
    assert_eq!(view.decisions[0].text, "Freeze the plan on Thursday");
    refused(opened.say_in_round(&this, &people[0], Some(11), ""), "rating");
    opened.say_in_round(&this, &people[0], Some(8), "short and honest").unwrap();
    opened.end_meeting(&this).unwrap();
    assert!(matches!(opened.end_meeting(&this), Err(EngineError::Conflict { .. })));
    // What was not reached is on the next agenda, with its count; what was understood is not.
    let next = AgendaView::read(&opened, &meeting(NEXT), Language::En).unwrap();
    let carried: Vec<(&str, u32)> =
        next.items.iter().map(|item| (item.title.as_str(), item.carried)).collect();
    assert_eq!(carried[0], ("Not reached", 1));
    assert!(next.items.iter().all(|item| item.item != reached.as_str()));
    assert_eq!(next.items[0].item, missed.as_str());
}

#[test]
fn minutes_write_themselves_and_what_was_sent_stays() {
    let (bench, people) = company();
    year(&bench, 9);
    let workspace = &bench.workspace;
    let this = meeting(THIS);
    assert!(matches!(workspace.edit_minutes(&this, None, "x"), Err(EngineError::Conflict { .. })));
    workspace.begin_meeting(&this).unwrap();
    let item = run(&bench, THIS).agenda.items[0].item.clone();
    workspace.enter_item(&this, &item.as_str().into()).unwrap();
    assert!(matches!(workspace.send_minutes(&this, Language::En), Err(EngineError::Conflict { .. })));
    workspace.say_in_round(&this, &people[0], Some(7), "good").unwrap();
    workspace.end_meeting(&this).unwrap();
    workspace.edit_minutes(&this, None, "Thanks to all.").unwrap();
    workspace.edit_minutes(&this, Some(item.as_str().into()), "We looked at week 13.").unwrap();
    refused(workspace.edit_minutes(&this, None, &"x".repeat(20_001)), "text");
    let read = || MinutesView::read(workspace, &this, Language::En).unwrap();
    let minutes = read();
    assert_eq!(minutes.opening, "Thanks to all.");
    assert_eq!(minutes.charts.len(), 1, "the signal's chart, as it was");
    assert!(minutes.is_changed && minutes.sent.is_empty());
    assert_eq!(workspace.send_minutes(&this, Language::En).unwrap(), 1);
    assert!(!read().is_changed);
    assert!(matches!(workspace.send_minutes(&this, Language::En), Err(EngineError::Conflict { .. })));
    workspace.edit_minutes(&this, None, "Thanks to everybody.").unwrap();
    assert!(read().is_changed);
    assert_eq!(workspace.send_minutes(&this, Language::En).unwrap(), 2);
    assert_eq!(read().sent.iter().map(|one| one.version).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn the_charts_of_minutes_stay_as_they_were_when_the_past_is_restated() {
    let (bench, _) = company();
    year(&bench, 9);
    let workspace = &bench.workspace;
    let this = meeting(THIS);
    workspace.begin_meeting(&this).unwrap();
    workspace.end_meeting(&this).unwrap();
    let shown = || {
        let minutes = MinutesView::read(workspace, &this, Language::En).unwrap();
        minutes.charts[0].chart.table.rows.last().map(|row| row.cells.clone()).unwrap()
    };
    let before = shown();
    bench.wait_days(1);
    let rows = std::fs::read_to_string(bench.files.path().join("lines_2026-03-30.csv")).unwrap();
    let mended: String = rows
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if line.starts_with("W41") {
                cells[5] = cells[3];
            }
            cells.join(",") + "\n"
        })
        .collect();
    bench.write("lines_2026-03-31.csv", &mended);
    bench.pull(FLAT);
    assert_eq!(shown(), before);
}

#[test]
fn commitments_come_back_until_they_are_answered() {
    let (bench, people) = company();
    let workspace = &bench.workspace;
    let made = |nth: i32| {
        workspace.make_commitment(&commitment(&people[1], &format!("task {nth}"), "2026-04-02")).unwrap()
    };
    let first = made(1);
    assert_eq!((made(2).is_many, made(3).is_many), (false, false));
    let fourth = made(4);
    assert_eq!((fourth.open, fourth.is_many), (4, true));
    let board = || PromiseBoard::read(workspace, Language::En).unwrap();
    assert_eq!(board().crowded, [("Bea".to_owned(), 4)]);
    let id = first.commitment.as_str().into();
    refused(workspace.answer_commitment(&id, CommitmentAnswer::NotKept { reason: " ".into() }), "reason");
    let moved = CommitmentAnswer::Moved { to: "2026-04-20".parse().unwrap(), reason: "ill".into() };
    workspace.answer_commitment(&id, moved).unwrap();
    let view = board();
    let one = view.commitments.iter().find(|one| one.text == "task 1").unwrap();
    assert_eq!(
        (one.due.as_str(), one.first_due.as_deref(), one.moved),
        ("2026-04-20", Some("2026-04-02"), 1)
    );
    workspace.begin_meeting(&meeting(THIS)).unwrap();
    workspace.end_meeting(&meeting(THIS)).unwrap();
    bench.wait_days(7);
    workspace.answer_commitment(&fourth.commitment.as_str().into(), CommitmentAnswer::Kept).unwrap();
    let next = agenda(&bench, NEXT);
    let mut lines: Vec<(&str, &str)> = next
        .items
        .iter()
        .filter(|item| item.section == Section::Commitments)
        .map(|item| (item.title.as_str(), item.reason_words.as_str()))
        .collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            ("Bea: task 2", "Was due on 2 April."),
            ("Bea: task 3", "Was due on 2 April."),
            ("Bea: task 4", "Kept."),
        ]
    );
    let digest = Digest::read(workspace, Language::En).unwrap();
    let bea = digest.waiting.iter().find(|one| one.name.as_deref() == Some("Bea")).unwrap();
    assert_eq!(bea.lines.len(), 2, "{bea:?}");
    let insights = Insights::read(workspace, Language::En).unwrap();
    assert!(insights.needs.is_empty());
}

#[test]
fn a_need_is_answered_on_the_spot_or_with_another_offer() {
    let (bench, _) = company();
    let workspace = &bench.workspace;
    let id = workspace.ask_need(&need("sales", "production")).unwrap();
    refused(workspace.answer_need(&id, NeedAnswer::Declined { reason: String::new() }), "reason");
    let offer = NeedAnswer::Countered { text: "on Friday".into(), by: "2026-04-10".parse().unwrap() };
    workspace.answer_need(&id, offer).unwrap();
    let reasons = || -> Vec<String> {
        let view = agenda(&bench, THIS);
        let needs = view.items.iter().filter(|item| item.section == Section::Needs);
        needs.map(|item| item.reason_words.clone()).collect()
    };
    assert_eq!(reasons(), ["A counter-offer waits for an answer."]);
    workspace.answer_need(&id, NeedAnswer::Accepted).unwrap();
    assert!(reasons().is_empty(), "nothing to talk about before its day");
    let board = PromiseBoard::read(workspace, Language::En).unwrap();
    assert_eq!(board.needs[0].by, "2026-04-10", "what was offered counts");
    for over in [NeedAnswer::Met, NeedAnswer::Declined { reason: "no time".into() }] {
        workspace.answer_need(&id, over).unwrap();
        assert!(!PromiseBoard::read(workspace, Language::En).unwrap().needs[0].is_open);
        workspace.answer_need(&id, NeedAnswer::Open).unwrap();
        let board = PromiseBoard::read(workspace, Language::En).unwrap();
        assert_eq!((board.needs[0].is_open, board.needs[0].by.as_str()), (true, "2026-04-09"));
        assert_eq!(reasons().len(), 1, "it waits for an answer again");
    }
    workspace.withdraw_need(&id, "not needed any more").unwrap();
    assert!(PromiseBoard::read(workspace, Language::En).unwrap().needs.is_empty());
}

#[test]
fn the_effect_of_a_decision_is_looked_for_in_its_week() {
    let (bench, _) = company();
    let workspace = &bench.workspace;
    // Decided long ago, in force since the week after: from then on everything was late.
    let now = bench.clock_ms();
    bench.set_day("2025-12-01");
    let expects = |size: f64| DecisionForm {
        kpi: Some("promise-kept".into()),
        size: Some(size),
        by: Some("2026-W10".into()),
        ..decision()
    };
    workspace.take_decision(&expects(3.0)).unwrap();
    workspace.take_decision(&expects(-20.0)).unwrap();
    bench.clock.set(now);
    let rows = year_of_lines(-2, |week| if week >= 27 { 6 } else { usual(week) });
    bench.write("lines_2026-03-30.csv", &rows);
    bench.pull(FLAT);
    let board = PromiseBoard::read(workspace, Language::En).unwrap();
    let answers: Vec<EffectAnswer> =
        board.decisions.iter().map(|one| one.effect.as_ref().unwrap().answer).collect();
    assert_eq!(answers, [EffectAnswer::Reached, EffectAnswer::Opposite]);
    let view = agenda(&bench, THIS);
    let mut effects: Vec<&str> = view
        .items
        .iter()
        .chain(&view.waiting)
        .filter(|item| matches!(item.subject, Subject::Effect { .. }))
        .map(|item| item.reason_words.as_str())
        .collect();
    effects.sort_unstable();
    assert_eq!(effects, ["It did what was expected.", "It moved the other way."]);
}

/// What a file says that a person chose to write.
fn exported(bench: &Bench, name: &str, ending: &str) -> Vec<u8> {
    let path = bench.files.path().join(format!("paper.{ending}"));
    bench.workspace.export_minutes(&meeting(name), Language::En, &path).unwrap();
    std::fs::read(path).unwrap()
}

#[test]
fn agenda_and_minutes_leave_as_markdown_html_and_pdf() {
    let (bench, people) = company();
    year(&bench, 9);
    let workspace = &bench.workspace;
    let this = meeting(THIS);
    let text = |ending: &str| String::from_utf8(exported(&bench, THIS, ending)).unwrap();
    let agenda = text("md");
    for words in ["Agenda of the weekly meeting", "On-time delivery", "A signal since the last meeting"] {
        assert!(agenda.contains(words), "{words}: {agenda}");
    }
    let wrong = workspace.export_minutes(&this, Language::En, &bench.files.path().join("minutes.docx"));
    refused(wrong, "path");
    workspace.begin_meeting(&this).unwrap();
    let item = run(&bench, THIS).agenda.items[0].item.clone();
    workspace.enter_item(&this, &item.as_str().into()).unwrap();
    let hostile = "<script>alert(1)</script> *#_ [x](javascript:y)";
    workspace.write_note(&this, Some(item.as_str().into()), None, hostile).unwrap();
    workspace
        .take_decision(&DecisionForm {
            item: Some(item.clone()),
            owner: Some(people[1].clone()),
            ..decision()
        })
        .unwrap();
    workspace.ask_need(&NeedForm { item: Some(item), ..need("sales", "production") }).unwrap();
    workspace.make_commitment(&commitment(&people[1], "call the carrier", "2026-04-02")).unwrap();
    workspace.end_meeting(&this).unwrap();
    let markdown = text("md");
    for words in
        ["Minutes of the weekly meeting", "Freeze the plan on Thursday", "call the carrier", "2 April 2026"]
    {
        assert!(markdown.contains(words), "{words}: {markdown}");
    }
    let html = text("html");
    assert!(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script"), "{html}");
    assert!(html.contains("<svg"), "the chart as it was");
    assert!(exported(&bench, THIS, "pdf").starts_with(b"%PDF-"));
}

#[test]
fn the_calendar_has_the_series_its_exceptions_and_what_was_promised() {
    let (bench, people) = company();
    let workspace = &bench.workspace;
    let path = bench.files.path().join("plaza.ics");
    workspace.move_meeting(&meeting(THIS), "2026-04-02", "10:00", 45, "audit, really").unwrap();
    workspace.cancel_meeting(&meeting(NEXT), "fair").unwrap();
    workspace.make_commitment(&commitment(&people[1], "call; twice, 🙂", "2026-04-02")).unwrap();
    workspace.export_calendar(Language::En, &path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap().replace("\r\n ", "");
    for line in [
        "RRULE:FREQ=WEEKLY",
        "DTSTART:20260331T093000Z",
        "DTSTART:20260402T100000Z",
        "STATUS:CANCELLED",
        "SUMMARY:Bea: call\\; twice\\, 🙂",
        "DUE;VALUE=DATE:20260402",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let unset = Bench::new();
    refused(unset.workspace.export_calendar(Language::En, &path), "meeting");
}
