//! Reminders on the desktop, without a desktop: what is found for whom, when it is said, and that it is said once. Bad
//! inputs first.

use plaza_domain::event::{
    Anchor, CommitmentAnswer, CommitmentId, Following, NeedAnswer, Payload, ThreadCause, ThreadId,
};
use plaza_domain::person::{PersonId, Role};
use plaza_domain::reminder::ReminderKind;
use plaza_engine::error::EngineError;
use plaza_engine::page::meeting::{CommitmentForm, MeetingForm, NeedForm};
use plaza_engine::page::reminder::{ReminderForm, ReminderPage};
use plaza_engine::page::thread::FlagForm;
use plaza_engine::reminder::{Reminding, Said};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;

use crate::bench::Bench;

const HOUR_MS: i64 = 3_600_000;

fn form(bench: &Bench) -> ReminderForm {
    ReminderPage::read(&bench.workspace).unwrap().form
}

fn set(bench: &Bench, change: impl FnOnce(&mut ReminderForm)) -> Result<(), EngineError> {
    let mut form = form(bench);
    change(&mut form);
    bench.workspace.set_reminders(&form, Language::En)
}

fn promise(bench: &Bench, who: &str, text: &str, due: &str) -> CommitmentId {
    let form = CommitmentForm {
        commitment: None,
        meeting: None,
        item: None,
        need: None,
        who: who.into(),
        text: text.into(),
        due: due.into(),
    };
    bench.workspace.make_commitment(&form).unwrap().commitment.as_str().into()
}

fn ask(bench: &Bench, by: &str, whom: &str, question: &str) -> ThreadId {
    bench.workspace.act_for(Some(PersonId(by.into())));
    let form = FlagForm {
        cause: ThreadCause::Flag,
        anchor: Anchor::Kpi { kpi: "promise-kept".into(), part: None },
        question: question.into(),
        people: vec![whom.into()],
    };
    let thread = bench.workspace.open_thread(&form).unwrap();
    bench.workspace.act_for(None);
    thread
}

/// Looks as the window does, and shows what there is to show.
fn say(reminding: &mut Reminding, workspace: &Workspace) -> Option<Said> {
    let reminder = reminding.look(workspace, None).unwrap()?;
    workspace.reminded(&reminder).unwrap();
    Some(reminder.said)
}

fn wait(bench: &Bench, hours: i64) {
    bench.clock.set(bench.clock_ms() + hours * HOUR_MS);
}

#[test]
fn times_that_cannot_be_are_refused_field_by_field_and_change_nothing() {
    let bench = Bench::new();
    let before = form(&bench);
    assert_eq!((before.from.as_str(), before.to.as_str(), before.is_on), ("18:00", "08:00", true));
    for (from, to, field) in [
        ("08:00", "08:00", "to"),
        ("", "08:00", "from"),
        ("24:00", "08:00", "from"),
        ("18:00", "noon", "to"),
        ("18:00", "8:75", "to"),
    ] {
        let outcome = set(&bench, |form| {
            form.from = from.into();
            form.to = to.into();
        });
        match outcome {
            Err(EngineError::Invalid { fields }) => assert_eq!(fields[0].0, field, "{from} {to}"),
            other => panic!("{from} {to}: {other:?}"),
        }
    }
    assert_eq!(form(&bench), before);
    // Hours that do not count need not be right.
    set(&bench, |form| {
        form.is_quiet = false;
        form.to.clone_from(&form.from);
    })
    .unwrap();
    assert!(!form(&bench).is_quiet);
}

#[test]
fn who_is_nobody_acts_for_another_or_wants_nothing_is_not_reminded() {
    let bench = Bench::new();
    let bea = bench.person("Bea", &[Role::Member]);
    promise(&bench, &bench.me(), "Mine", "2026-03-30");
    let mut reminding = Reminding::default();
    // While Bea acts here, what waits for Ada is not shown to her, and what waits for Bea is not this device's.
    bench.workspace.act_for(Some(PersonId(bea.clone())));
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    let page = ReminderPage::read(&bench.workspace).unwrap();
    assert_eq!((page.person.as_deref(), page.acting_for.as_deref()), (Some("Ada"), Some("Bea")));
    bench.workspace.act_for(None);
    set(&bench, |form| form.kinds.clear()).unwrap();
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    set(&bench, |form| form.is_on = false).unwrap();
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    set(&bench, |form| {
        form.is_on = true;
        form.kinds.insert(ReminderKind::Commitment);
    })
    .unwrap();
    assert_eq!(say(&mut reminding, &bench.workspace).unwrap().body, "Mine");
    // A device whose person is somebody else reminds of what waits for them.
    let (device, _) = bench.workspace.ledger().device().unwrap();
    bench.workspace.act([Payload::ProfileChosen { device: device.unwrap(), person: PersonId(bea) }]).unwrap();
    wait(&bench, 3);
    assert_eq!(say(&mut reminding, &bench.workspace), None);
}

#[test]
fn what_i_promised_reminds_once_at_each_stage_and_leads_to_its_place() {
    let bench = Bench::new();
    let other = bench.person("Bea", &[Role::Member]);
    let mine = promise(&bench, &bench.me(), "Send the plan", "2026-04-01");
    promise(&bench, &other, "Not mine", "2026-03-30");
    let mut reminding = Reminding::default();
    assert_eq!(say(&mut reminding, &bench.workspace), None, "the day after tomorrow is far");
    for (day, title) in [
        ("2026-03-31", "Promised for tomorrow"),
        ("2026-04-01", "Promised for today"),
        ("2026-04-02", "Promised and overdue"),
    ] {
        bench.set_day(day);
        let said = say(&mut reminding, &bench.workspace).unwrap();
        assert_eq!((said.title.as_str(), said.body.as_str()), (title, "Send the plan"));
        assert_eq!(said.address, format!("/meeting/promises?of={mine}"));
        wait(&bench, 4);
        assert_eq!(say(&mut reminding, &bench.workspace), None, "{title} was said");
    }
    bench.set_day("2026-04-03");
    assert_eq!(say(&mut reminding, &bench.workspace), None, "overdue is said once");
    // Another day is another promise; a kept one reminds of nothing.
    let moved = CommitmentAnswer::Moved { to: "2026-04-07".parse().unwrap(), reason: "parts".into() };
    bench.workspace.answer_commitment(&mine, moved).unwrap();
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    bench.set_day("2026-04-08");
    assert_eq!(say(&mut reminding, &bench.workspace).unwrap().title, "Promised and overdue");
    bench.workspace.answer_commitment(&mine, CommitmentAnswer::Kept).unwrap();
    bench.set_day("2026-04-09");
    assert_eq!(say(&mut reminding, &bench.workspace), None);
}

#[test]
fn what_falls_into_the_night_or_a_day_off_comes_in_one_bundle_afterwards() {
    let bench = Bench::new();
    let bea = bench.person("Bea", &[Role::Member]);
    let mut reminding = Reminding::default();
    wait(&bench, 10);
    let first = ask(&bench, &bea, &bench.me(), "Why so low?");
    ask(&bench, &bea, &bench.me(), "And this week?");
    assert_eq!(say(&mut reminding, &bench.workspace), None, "18:20 is quiet");
    wait(&bench, 13);
    assert_eq!(say(&mut reminding, &bench.workspace), None, "07:20 is quiet");
    wait(&bench, 1);
    let said = say(&mut reminding, &bench.workspace).unwrap();
    assert_eq!(said.title, "2 things wait for you");
    assert!(said.body.contains("Why so low?") && said.body.contains("And this week?"), "{}", said.body);
    wait(&bench, 4);
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    // Answered and asked again, it waits anew.
    bench.workspace.write_message(&first, "It was the test bench", Vec::new()).unwrap();
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    bench.workspace.act_for(Some(PersonId(bea.clone())));
    let mention = format!("[@Ada](person:{}) and last week?", bench.me());
    bench.clock.set(bench.clock_ms() + 60_000);
    bench.workspace.write_message(&first, &mention, Vec::new()).unwrap();
    bench.workspace.act_for(None);
    let said = say(&mut reminding, &bench.workspace).unwrap();
    assert_eq!(
        (said.title.as_str(), said.address),
        ("A question waits for you", format!("/conversations/{first}"))
    );
    // A Saturday: nobody works, and Monday brings it.
    bench.set_day("2026-04-04");
    ask(&bench, &bea, &bench.me(), "On Saturday?");
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    bench.set_day("2026-04-06");
    assert_eq!(say(&mut reminding, &bench.workspace).unwrap().body, "On Saturday?");
}

#[test]
fn muted_threads_and_what_is_on_the_screen_stay_silent() {
    let bench = Bench::new();
    let bea = bench.person("Bea", &[Role::Member]);
    let muted = ask(&bench, &bea, &bench.me(), "Muted");
    bench.clock.set(bench.clock_ms() + 1_000);
    bench.workspace.mark_thread(&muted, true).unwrap();
    bench.workspace.follow_thread(&muted, Following::Muted).unwrap();
    let mut reminding = Reminding::default();
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    let seen = ask(&bench, &bea, &bench.me(), "On the screen");
    let address = format!("/conversations/{seen}");
    assert_eq!(reminding.look(&bench.workspace, Some(&address)).unwrap(), None);
    assert_eq!(say(&mut reminding, &bench.workspace), None, "what was seen is not told later");
}

#[test]
fn a_need_reminds_the_department_that_has_to_answer() {
    let bench = Bench::new();
    let sales: plaza_domain::department::DepartmentId = "sales".parse().unwrap();
    let me = bench.workspace.me().unwrap().unwrap();
    bench
        .workspace
        .save_person(Some(me.clone()), "Ada", "", Some(sales.clone()), [Role::Head].into())
        .unwrap();
    let need = NeedForm {
        need: None,
        meeting: None,
        item: None,
        from: "logistics".into(),
        to: "sales".into(),
        text: "the plan by Thursday".into(),
        by: "2026-04-09".into(),
    };
    bench.workspace.ask_need(&need).unwrap();
    let mut reminding = Reminding::default();
    let said = say(&mut reminding, &bench.workspace).unwrap();
    assert_eq!(said.title, "A need waits for your department");
    assert_eq!(said.body, "logistics: the plan by Thursday");
    let id = said.address.strip_prefix("/meeting/promises?of=").unwrap().to_owned();
    bench.workspace.answer_need(&id.as_str().into(), NeedAnswer::Accepted).unwrap();
    wait(&bench, 3);
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    // A member is not reminded where a head can answer.
    bench.workspace.save_person(None, "Cem", "", Some(sales), [Role::Head].into()).unwrap();
    bench
        .workspace
        .save_person(Some(me.clone()), "Ada", "", Some("sales".parse().unwrap()), [Role::Member].into())
        .unwrap();
    bench.workspace.ask_need(&NeedForm { text: "another".into(), ..need }).unwrap();
    assert_eq!(say(&mut reminding, &bench.workspace), None);
}

#[test]
fn the_meeting_reminds_half_an_hour_before_and_takes_along_what_waits() {
    let bench = Bench::new();
    let me = bench.me();
    let meeting = MeetingForm { weekday: 0, time: "10:00".into(), ..bench.meeting(&[]) };
    bench.workspace.set_meeting(&meeting).unwrap();
    promise(&bench, &me, "Due", "2026-03-30");
    let mut reminding = Reminding::default();
    assert_eq!(say(&mut reminding, &bench.workspace).unwrap().body, "Due");
    promise(&bench, &me, "Due too", "2026-03-30");
    bench.clock.set(bench.clock_ms() + 69 * 60_000);
    assert_eq!(say(&mut reminding, &bench.workspace), None, "09:29");
    bench.clock.set(bench.clock_ms() + 60_000);
    let said = say(&mut reminding, &bench.workspace).unwrap();
    assert_eq!((said.title.as_str(), said.address.as_str()), ("2 things wait for you", "/meeting/2026-W14"));
    assert!(said.body.starts_with("The meeting begins soon: At 10:00, with "), "{}", said.body);
    assert!(said.body.ends_with("\nPromised for today: Due too"), "{}", said.body);
    bench.clock.set(bench.clock_ms() + 60_000);
    assert_eq!(say(&mut reminding, &bench.workspace), None);
    // Without details nothing is told of what it is about, and a meeting that was cancelled reminds of nothing.
    set(&bench, |form| form.without_details = true).unwrap();
    bench.set_day("2026-04-06");
    bench.clock.set(bench.clock_ms() + 80 * 60_000);
    let said = say(&mut reminding, &bench.workspace).unwrap();
    assert_eq!((said.title.as_str(), said.body.as_str()), ("Plaza", "3 things wait for you"));
    bench.set_day("2026-04-13");
    bench.workspace.cancel_meeting(&"2026-W16".into(), "Easter").unwrap();
    bench.clock.set(bench.clock_ms() + 80 * 60_000);
    assert_eq!(say(&mut reminding, &bench.workspace), None);
}

#[test]
fn what_was_not_shown_is_found_again_and_a_second_start_repeats_nothing() {
    let bench = Bench::new();
    promise(&bench, &bench.me(), "Mine", "2026-03-30");
    let mut reminding = Reminding::default();
    for _ in 0..2 {
        assert!(reminding.look(&bench.workspace, None).unwrap().is_some(), "nobody has shown it");
    }
    assert!(say(&mut reminding, &bench.workspace).is_some());
    let opened = Workspace::open(bench.workspace.folder(), bench.keys.clone(), bench.clock.clone()).unwrap();
    wait(&bench, 3);
    assert_eq!(say(&mut Reminding::default(), &opened), None);
    let events = opened.ledger().events_before(None, 50).unwrap();
    assert!(events.iter().all(|kept| !kept.event.kind.contains("remind")), "reminders are no events");
}
