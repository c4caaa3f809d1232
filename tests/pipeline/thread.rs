//! Threads from the flag to their outcome. Bad inputs first.

use std::sync::Arc;

use plaza_domain::event::{Anchor, Attachment, Following, Outcome, ThreadCause, ThreadId, Way};
use plaza_domain::person::{PersonId, Role};
use plaza_engine::backup::restore;
use plaza_engine::error::EngineError;
use plaza_engine::page::meeting::{AgendaView, MeetingForm};
use plaza_engine::page::thread::{
    CloseForm, FlagForm, FlagOffer, Found, InboxKind, ProposeMeeting, ThreadEntry, ThreadList, ThreadMark,
    ThreadQuery, ThreadView,
};
use plaza_engine::pull::Unwatched;
use plaza_engine::thread::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX, TEXT_CHARS_MAX};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;
use plaza_store::key::MemoryKeys;

use crate::bench::{Bench, FLAT, HEAD, usual, year_of_lines};

/// Twenty lines of two weeks; of the first week `late` are late.
fn file(late: usize) -> String {
    let line = |nth: usize| {
        let delivered = if nth < late { "2026-03-12" } else { "2026-03-09" };
        format!("A{nth},1,2026-03-02,2026-03-10,2026-03-06,{delivered},5\n")
    };
    let second = |nth: usize| format!("B{nth},1,2026-03-09,2026-03-17,2026-03-13,2026-03-16,5\n");
    let lines: String = (0..10).map(line).chain((0..10).map(second)).collect();
    format!("{HEAD}{lines}")
}

/// A company with numbers, and Bea, who decides about them.
fn company() -> (Bench, String) {
    let bench = Bench::new();
    bench.write("lines_2026-03-20.csv", &file(1));
    bench.pull(FLAT);
    let bea = bench.person("Bea", &[Role::Head]);
    let mut definition = bench.workspace.definition(plaza_domain::kpi::KpiKind::PromiseKept).unwrap();
    definition.version += 1;
    definition.decider = Some(PersonId(bea.clone()));
    bench.workspace.act([plaza_domain::event::Payload::KpiDefined(definition)]).unwrap();
    (bench, bea)
}

fn week() -> Anchor {
    Anchor::Week { kpi: "promise-kept".into(), week: "2026-W11".parse().unwrap(), part: None }
}

fn form(question: &str, anchor: Anchor) -> FlagForm {
    FlagForm { cause: ThreadCause::Flag, anchor, question: question.into(), people: Vec::new() }
}

fn flag(bench: &Bench) -> ThreadId {
    bench.workspace.open_thread(&form("Why so low?", week())).unwrap()
}

fn read(bench: &Bench, thread: &ThreadId) -> ThreadView {
    ThreadView::read(&bench.workspace, thread, Language::En).unwrap()
}

fn list(bench: &Bench, inbox: InboxKind) -> ThreadList {
    let query = ThreadQuery { inbox, offset: 0, limit: 50 };
    ThreadList::read(&bench.workspace, &query, Language::En).unwrap()
}

/// Somebody else does something on this device.
fn acting<T>(bench: &Bench, person: &str, work: impl FnOnce(&Bench) -> T) -> T {
    bench.workspace.act_for(Some(PersonId(person.to_owned())));
    let done = work(bench);
    bench.workspace.act_for(None);
    done
}

fn later(bench: &Bench) {
    bench.clock.set(bench.clock_ms() + 60_000);
}

fn close(outcome: Outcome) -> CloseForm {
    CloseForm { outcome, words: String::new(), shares: Vec::new() }
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

#[test]
fn what_cannot_be_flagged_or_said_is_refused_and_nothing_is_kept() {
    let (bench, _) = company();
    let workspace = &bench.workspace;
    refused(workspace.open_thread(&form("  ", week())), "question");
    refused(workspace.open_thread(&form(&"x".repeat(501), week())), "question");
    let nowhere = Anchor::Week { kpi: "promise-kept".into(), week: "2001-W01".parse().unwrap(), part: None };
    assert!(matches!(workspace.open_thread(&form("x", nowhere)), Err(EngineError::NotFound { .. })));
    let signal = Anchor::Signal {
        kpi: "promise-kept".into(),
        signal: "none".into(),
        part: None,
        week: "2026-W11".parse().unwrap(),
    };
    assert!(matches!(workspace.open_thread(&form("x", signal)), Err(EngineError::NotFound { .. })));
    assert_eq!(list(&bench, InboxKind::Open).total, 0);
    let thread = flag(&bench);
    for unseen in [" \u{202e} ", "\u{200b}", "\u{feff}\u{200d}\u{2060}", "\u{3164}"] {
        refused(workspace.write_message(&thread, unseen, Vec::new()), "text");
        refused(workspace.open_thread(&form(unseen, week())), "question");
    }
    refused(workspace.write_message(&thread, &"x".repeat(TEXT_CHARS_MAX + 1), Vec::new()), "text");
    refused(workspace.write_message(&thread, &"x".repeat(1 << 20), Vec::new()), "text");
    refused(workspace.react(&thread, None, "laughs", true), "reaction");
    refused(workspace.propose_talk(&thread, Way::Call, &[], ""), "people");
    refused(workspace.note_met(&thread, Way::Walk, &[], ""), "people");
    refused(workspace.close_thread(&thread, &close(Outcome::RealChange { cause: " ".into() })), "cause");
    refused(workspace.close_thread(&thread, &close(Outcome::DataError { correction: None })), "words");
    refused(workspace.close_thread(&thread, &close(Outcome::DefinitionChanged { version: 99 })), "version");
    refused(workspace.close_thread(&thread, &close(Outcome::SplitStays)), "outcome");
    let unknown = ThreadView::read(workspace, &"none".into(), Language::En);
    assert!(matches!(unknown, Err(EngineError::NotFound { .. })));
    assert!(read(&bench, &thread).entries.is_empty());
}

#[test]
fn a_flag_takes_a_picture_and_goes_to_whoever_answers_for_the_number() {
    let (bench, bea) = company();
    let offer = FlagOffer::read(&bench.workspace, &week(), Language::En).unwrap();
    assert_eq!(offer.about, "On-time delivery, W11");
    assert_eq!(offer.people[0].id, bea);
    assert_eq!(offer.people[0].why, "decides about it");
    assert!((offer.seen.value.unwrap().then - 90.0).abs() < 1e-9);
    assert!(offer.open.is_empty());
    let thread = flag(&bench);
    let view = read(&bench, &thread);
    assert_eq!(view.question, "Why so low?");
    assert_eq!(view.address, "/kpi/promise-kept?week=2026-W11");
    assert!((view.seen.revision.unwrap().then - 1.0).abs() < 1e-9);
    assert!((view.seen.definition.unwrap().then - 2.0).abs() < 1e-9);
    assert!(view.seen.sentence.is_none(), "nothing changed yet");
    let awaited: Vec<&str> =
        view.people.iter().filter(|one| one.is_awaited).map(|one| one.name.as_str()).collect();
    assert_eq!(awaited, ["Bea"]);
    let again = FlagOffer::read(&bench.workspace, &week(), Language::En).unwrap();
    assert_eq!(again.open.len(), 1, "somebody has asked already");
    let marks = ThreadMark::of_kpi(&bench.workspace, "promise-kept").unwrap();
    assert_eq!(marks[0].week.as_deref(), Some("2026-W11"));
}

#[test]
fn a_restatement_stands_beside_what_was_seen_and_the_thread_is_not_lost() {
    let (bench, _) = company();
    let thread = flag(&bench);
    bench.wait_days(1);
    bench.write("lines_2026-03-27.csv", &file(4));
    bench.pull(FLAT);
    let view = read(&bench, &thread);
    let value = view.seen.value.unwrap();
    assert_eq!((value.then, value.now), (90.0, Some(60.0)));
    let sentence = view.seen.sentence.unwrap();
    assert_eq!(sentence.replace('\u{a0}', " "), "Seen 90.0%, now 60.0%: restated on 31 March.");
    assert!(matches!(&view.entries[0], ThreadEntry::Restated { .. }));
    let german = ThreadView::read(&bench.workspace, &thread, Language::De).unwrap().seen.sentence.unwrap();
    assert!(german.starts_with("Gesehen 90,0"), "{german}");
}

#[test]
fn it_waits_for_whoever_is_asked_until_they_answer_and_then_for_the_asker() {
    let (bench, bea) = company();
    let thread = flag(&bench);
    assert_eq!(list(&bench, InboxKind::Mine).total, 0, "whoever asks does not wait for themselves");
    later(&bench);
    acting(&bench, &bea, |bench| {
        let mine = list(bench, InboxKind::Mine);
        assert_eq!((mine.total, mine.rows[0].unread, mine.rows[0].is_mine), (1, 1, true));
        bench.workspace.write_message(&thread, "The **carrier**.", Vec::new()).unwrap();
        assert_eq!(list(bench, InboxKind::Mine).total, 0);
    });
    let mine = list(&bench, InboxKind::Mine);
    assert_eq!((mine.total, mine.rows[0].unread), (1, 1));
    let view = read(&bench, &thread);
    let ThreadEntry::Message(message) = &view.entries[0] else { panic!("{:?}", view.entries) };
    assert!(message.is_new && !message.is_mine && message.body[0].spans[1].strong);
    assert_eq!(message.said.on_device_of.as_deref(), Some("Ada"));
    bench.workspace.mark_thread(&thread, true).unwrap();
    assert_eq!(list(&bench, InboxKind::Mine).rows[0].unread, 0);
    bench.workspace.mark_thread(&thread, false).unwrap();
    assert!(list(&bench, InboxKind::Mine).rows[0].unread > 0);
}

#[test]
fn a_mention_asks_and_a_muted_thread_is_quiet_until_it_mentions() {
    let (bench, _) = company();
    let cleo = bench.person("Cleo", &[Role::Member]);
    let thread = flag(&bench);
    later(&bench);
    let mention = format!("[@Cleo](person:{cleo}) and [@Sales](department:sales), please look");
    bench.workspace.write_message(&thread, &mention, Vec::new()).unwrap();
    later(&bench);
    acting(&bench, &cleo, |bench| {
        assert_eq!(list(bench, InboxKind::Mine).total, 1);
        bench.workspace.mark_thread(&thread, true).unwrap();
        bench.workspace.follow_thread(&thread, Following::Muted).unwrap();
        assert_eq!(list(bench, InboxKind::Mine).total, 0, "muted");
    });
    later(&bench);
    bench.workspace.write_message(&thread, &mention, Vec::new()).unwrap();
    acting(&bench, &cleo, |bench| assert_eq!(list(bench, InboxKind::Mine).total, 1, "mentioned again"));
}

#[test]
fn seven_messages_between_two_people_propose_to_meet_and_having_met_ends_it() {
    let (bench, bea) = company();
    let thread = flag(&bench);
    for nth in 0..7 {
        later(&bench);
        let say =
            |bench: &Bench| bench.workspace.write_message(&thread, &format!("{nth}"), Vec::new()).unwrap();
        if nth % 2 == 0 {
            acting(&bench, &bea, say)
        } else {
            say(&bench)
        };
    }
    assert_eq!(read(&bench, &thread).propose, Some(ProposeMeeting::Circling { messages: 7 }));
    assert_eq!(list(&bench, InboxKind::Circling).total, 1);
    bench.workspace.propose_talk(&thread, Way::Agenda, &[], "with the carrier's list").unwrap();
    assert_eq!(read(&bench, &thread).propose, None, "somebody proposed already");
    assert_eq!(list(&bench, InboxKind::Meeting).total, 1);
    later(&bench);
    bench.workspace.note_met(&thread, Way::Walk, std::slice::from_ref(&bea), "it was the dates").unwrap();
    let view = read(&bench, &thread);
    assert_eq!((view.propose, view.talk), (None, None));
    assert!(matches!(view.entries.last(), Some(ThreadEntry::Met { with, .. }) if with.len() == 2));
}

#[test]
fn three_days_without_an_answer_propose_to_meet_and_go_to_the_agenda() {
    let (bench, bea) = company();
    let thread = flag(&bench);
    bench.wait_days(3);
    assert_eq!(read(&bench, &thread).propose, Some(ProposeMeeting::Unanswered { days: 3 }));
    let set = MeetingForm { weekday: 3, ..bench.meeting(&[&bea]) };
    bench.workspace.set_meeting(&set).unwrap();
    let agenda = AgendaView::read(&bench.workspace, &"2026-W14".into(), Language::En).unwrap();
    let item = agenda.items.iter().find(|item| item.title == "Why so low?").unwrap();
    assert_eq!(item.reason_words, "No answer for 3 days.");
}

#[test]
fn a_message_is_changed_and_taken_back_by_its_writer_only_and_stays_readable() {
    let (bench, bea) = company();
    let thread = flag(&bench);
    let message = bench.workspace.write_message(&thread, "first", Vec::new()).unwrap();
    later(&bench);
    acting(&bench, &bea, |bench| {
        refused(bench.workspace.change_message(&thread, &message, "hers"), "message");
        refused(bench.workspace.delete_message(&thread, &message), "message");
        bench.workspace.react(&thread, Some(message.clone()), "thanks", true).unwrap();
    });
    bench.workspace.change_message(&thread, &message, "second").unwrap();
    let shown = |bench: &Bench| match read(bench, &thread).entries.remove(0) {
        ThreadEntry::Message(message) => message,
        other => panic!("{other:?}"),
    };
    let one = shown(&bench);
    assert_eq!((one.text.as_str(), one.history[0].text.as_str()), ("second", "first"));
    assert_eq!(one.reactions[0].people, ["Bea"]);
    bench.workspace.delete_message(&thread, &message).unwrap();
    let one = shown(&bench);
    assert!(one.is_deleted && one.text.is_empty() && one.body.is_empty());
    assert!(bench.workspace.change_message(&thread, &message, "again").is_err());
}

#[test]
fn a_thread_ends_with_an_outcome_and_opens_again_with_a_reason() {
    let (bench, _) = company();
    let thread = flag(&bench);
    bench.workspace.close_thread(&thread, &close(Outcome::NormalVariation)).unwrap();
    assert_eq!(list(&bench, InboxKind::Open).total, 0);
    assert_eq!(list(&bench, InboxKind::Closed).total, 1);
    let closed = bench.workspace.close_thread(&thread, &close(Outcome::NormalVariation));
    assert!(matches!(closed, Err(EngineError::Conflict { .. })));
    refused(bench.workspace.reopen_thread(&thread, ""), "reason");
    bench.workspace.reopen_thread(&thread, "it came back").unwrap();
    assert_eq!(list(&bench, InboxKind::Open).total, 1);
    let cause = Outcome::RealChange { cause: "new carrier".into() };
    bench.workspace.close_thread(&thread, &close(cause.clone())).unwrap();
    assert_eq!(read(&bench, &thread).outcome.unwrap().outcome, cause);
}

#[test]
fn an_order_is_flagged_and_its_data_error_names_the_request() {
    let (bench, _) = company();
    let workspace = &bench.workspace;
    let order = Anchor::Order { integration: "flat".into(), order: "A0".into(), line: "1".into() };
    let thread = workspace.open_thread(&form("Was this really late?", order)).unwrap();
    let view = read(&bench, &thread);
    assert_eq!(view.about, "Order A0, line 1");
    assert!(
        view.seen.facts.iter().any(|fact| fact.name == "Days late" && fact.then == "2"),
        "{:?}",
        view.seen
    );
    refused(workspace.close_thread(&thread, &close(Outcome::DataError { correction: None })), "correction");
    let none = close(Outcome::DataError { correction: Some("none".into()) });
    assert!(matches!(workspace.close_thread(&thread, &none), Err(EngineError::NotFound { .. })));
    let marks = ThreadMark::of_order(workspace, "ERP", "A0", "1").unwrap();
    assert_eq!(marks.len(), 1);
    let split = Anchor::Split { integration: "flat".into(), order: "A0".into(), line: "1".into() };
    let dispute = workspace.open_thread(&form("Not ours", split)).unwrap();
    let view = read(&bench, &dispute);
    assert_eq!((view.cause, view.split.unwrap().late_days), (ThreadCause::Dispute, 2));
}

/// How many open threads the offer for a flag names.
fn asked_already(bench: &Bench, anchor: &Anchor) -> usize {
    FlagOffer::read(&bench.workspace, anchor, Language::En).unwrap().open.len()
}

#[test]
fn an_offer_names_what_was_asked_about_the_same_run_part_and_system_and_nothing_else() {
    let (bench, _) = company();
    let workspace = &bench.workspace;
    let run = workspace.view(|view| view.runs(Some(&"flat".into()), 1)).unwrap().pop().unwrap().run;
    let run = Anchor::Run { integration: "flat".into(), run };
    assert_eq!(asked_already(&bench, &run), 0);
    workspace.open_thread(&form("So few rows?", run.clone())).unwrap();
    assert_eq!(asked_already(&bench, &run), 1);

    let of = |part: Option<&str>| Anchor::Week {
        kpi: "promise-kept".into(),
        week: "2026-W11".parse().unwrap(),
        part: part.map(|id| id.parse().unwrap()),
    };
    workspace.open_thread(&form("Why all of it?", of(Some("logistics")))).unwrap();
    let found = [None, Some("logistics"), Some("sales")].map(|part| asked_already(&bench, &of(part)));
    assert_eq!(found, [0, 1, 0]);

    let other = FLAT.replace("id = \"flat\"", "id = \"other\"").replace("\"ERP\"", "\"Shop\"");
    bench.write("other_2026-03-20.csv", &file(1));
    bench.pull(&other.replace("lines*.csv", "other*.csv").replace("lines_{", "other_{"));
    let order = |id: &str| Anchor::Order { integration: id.into(), order: "A0".into(), line: "1".into() };
    workspace.open_thread(&form("Really?", order("flat"))).unwrap();
    assert_eq!((asked_already(&bench, &order("flat")), asked_already(&bench, &order("other"))), (1, 0));
    let marks = |system: &str| ThreadMark::of_order(workspace, system, "A0", "1").unwrap().len();
    assert_eq!((marks("ERP"), marks("Shop")), (1, 0), "another system’s order has the same number");
}

#[test]
fn a_flagged_record_goes_to_whoever_answers_for_its_fields() {
    let (bench, _) = company();
    let workspace = &bench.workspace;
    let cem = bench.person("Cem", &[Role::Member]);
    let page = plaza_engine::page::order::OrderPage::read(workspace, "A0", "1", None, Language::En).unwrap();
    let record = Anchor::Record {
        integration: "flat".into(),
        record: page.records[0].id.clone(),
        order: "A0".into(),
        line: "1".into(),
    };
    let asked = || FlagOffer::read(workspace, &record, Language::En).unwrap().people;
    assert!(asked().iter().all(|one| one.id != cem));
    let set = |field| plaza_domain::event::TruthSet {
        integration: "flat".into(),
        field,
        origin: "ERP".into(),
        record: "ERP".into(),
        owner: PersonId(cem.clone()),
    };
    let say = |field| workspace.act([plaza_domain::event::Payload::TruthSet(set(field))]).unwrap();
    say(plaza_domain::record::Field::Paid);
    assert!(asked().iter().all(|one| one.id != cem), "the record does not speak of it");
    say(plaza_domain::record::Field::Delivered);
    let people = asked();
    let why = people.iter().find(|one| one.id == cem).map(|one| one.why.as_str());
    assert!(why.is_some_and(|why| why.starts_with("answers for the field")), "{people:?}");
}

#[test]
fn closed_threads_are_counted_beside_the_others() {
    let (bench, _) = company();
    let thread = flag(&bench);
    assert_eq!(list(&bench, InboxKind::Open).counts.closed, 0);
    bench.workspace.close_thread(&thread, &close(Outcome::NormalVariation)).unwrap();
    let counts = list(&bench, InboxKind::Open).counts;
    assert_eq!((counts.open, counts.closed), (0, 1));
}

#[test]
fn files_are_kept_once_and_only_what_was_kept_can_be_attached() {
    let (bench, _) = company();
    let workspace = &bench.workspace;
    let thread = flag(&bench);
    let path = bench.files.path().join("a.png");
    std::fs::write(&path, b"\x89PNG\r\n\x1a\nrest").unwrap();
    let kept = workspace.keep_attachment(&path).unwrap();
    assert_eq!((kept.name.as_str(), kept.mime.as_str(), kept.bytes), ("a.png", "image/png", 12));
    assert_eq!(workspace.keep_attachment(&path).unwrap().hash, kept.hash);
    assert!(workspace.attachment_address(&kept).unwrap().starts_with("data:image/png;base64,"));
    workspace.write_message(&thread, "", vec![kept.clone()]).unwrap();
    let forged = Attachment { mime: "text/html".into(), ..kept.clone() };
    refused(workspace.write_message(&thread, "x", vec![forged]), "attachments");
    let unknown = Attachment { hash: "ab".repeat(32), ..kept.clone() };
    assert!(matches!(
        workspace.write_message(&thread, "x", vec![unknown]),
        Err(EngineError::NotFound { .. })
    ));
    refused(workspace.write_message(&thread, "x", vec![kept.clone(); ATTACHMENTS_MAX + 1]), "attachments");
    std::fs::write(&path, vec![0; ATTACHMENT_BYTES_MAX + 1]).unwrap();
    refused(workspace.keep_attachment(&path), "file");
    std::fs::write(&path, b"<svg onload=alert(1)>").unwrap();
    let svg = workspace.keep_attachment(&path).unwrap();
    refused(workspace.attachment_address(&svg), "file");
    let to = bench.files.path().join("saved.png");
    workspace.save_attachment(&kept, &to).unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), b"\x89PNG\r\n\x1a\nrest");
    // What was attached is in a backup.
    let (archive, again) = (bench.files.path().join("all.plaza-backup"), bench.files.path().join("again"));
    workspace.back_up(&archive, &Unwatched::default()).unwrap();
    restore(&archive, &again, bench.clock.clone(), &Unwatched::default()).unwrap();
    let restored = Workspace::open(&again, Arc::new(MemoryKeys::default()), bench.clock.clone()).unwrap();
    restored.save_attachment(&kept, &to).unwrap();
    assert_eq!(std::fs::read(to).unwrap(), b"\x89PNG\r\n\x1a\nrest");
}

#[test]
fn words_are_found_wherever_they_were_said_and_nothing_in_a_question_is_a_command() {
    let (bench, _) = company();
    let workspace = &bench.workspace;
    let thread = flag(&bench);
    workspace.write_message(&thread, "Die Spedition Müller kommt später", Vec::new()).unwrap();
    let gone = workspace.write_message(&thread, "Spedition Schulz", Vec::new()).unwrap();
    workspace.delete_message(&thread, &gone).unwrap();
    let find = |question: &str| Found::search(workspace, question, Language::En).unwrap().texts;
    let hits = find("mull");
    assert_eq!(hits.len(), 1, "{hits:?}");
    assert_eq!(hits[0].address, format!("/conversations/{thread}"));
    assert!(hits[0].excerpt.iter().any(|piece| piece.is_found && piece.text == "Müller"), "{hits:?}");
    assert!(find("schulz").is_empty(), "what was taken back is not found");
    for question in ["", "\"", "NOT AND OR", "text_index:x", "*", "a\u{0}b", "'; DROP TABLE event; --"] {
        find(question);
    }
    assert_eq!(find("low").len(), 1);
    // The index is made anew with the projections.
    workspace.ledger().rebuild_views().unwrap();
    assert_eq!(find("mull").len(), 1);
}

#[test]
fn two_people_who_take_up_one_signal_are_in_one_thread() {
    let (bench, bea) = company();
    let rows = year_of_lines(-2, |week| if week == 41 { 9 } else { usual(week) });
    bench.write("lines_2026-03-30.csv", &rows);
    bench.pull(FLAT);
    let page = || {
        let kind = plaza_domain::kpi::KpiKind::PromiseKept;
        let basis = plaza_domain::kpi::Basis::Promised;
        plaza_engine::page::kpi::KpiPage::read(&bench.workspace, kind, basis, Language::En).unwrap()
    };
    let signal = page().signals.into_iter().find(|one| one.department.is_none()).unwrap();
    assert_eq!(signal.state, "new");
    let anchor = Anchor::Signal {
        kpi: "promise-kept".into(),
        signal: signal.signal.as_deref().unwrap().into(),
        part: None,
        week: signal.to.parse().unwrap(),
    };
    let first = bench.workspace.open_thread(&form("What happened?", anchor.clone())).unwrap();
    later(&bench);
    let second =
        acting(&bench, &bea, |bench| bench.workspace.open_thread(&form("Is it real?", anchor)).unwrap());
    assert_eq!(first, second);
    let view = read(&bench, &first);
    assert_eq!((view.cause, view.entries.len()), (ThreadCause::Signal, 1));
    let state =
        |id: &str| page().signals.into_iter().find(|one| one.signal.as_deref() == Some(id)).unwrap().state;
    let id = signal.signal.unwrap();
    assert_eq!(state(&id), "in_thread");
    bench.workspace.close_thread(&first, &close(Outcome::NormalVariation)).unwrap();
    assert_eq!(state(&id), "explained");
}
