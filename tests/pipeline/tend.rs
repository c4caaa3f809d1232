//! Pulls that nobody asked for: choices that cannot be, systems that fail in every way beside others that do not, what
//! a killed program leaves, two programs on one workspace.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use plaza_domain::breaker::Circuit;
use plaza_domain::schedule::{ATTEMPTS_MAX, Cost, DAY_MS, Freshness, HOUR_MS, MINUTE_MS};
use plaza_engine::connection::keep_secret;
use plaza_engine::error::EngineError;
use plaza_engine::page::board::Board;
use plaza_engine::page::integration::{IntegrationList, RunView};
use plaza_engine::page::schedule::{CadenceView, ScheduleChoice, SchedulePage, ScheduleProposal};
use plaza_engine::pull::{Unwatched, pull_saved};
use plaza_engine::tend::{Look, Tending, rest, run, tend};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;
use plaza_store::intake::{QueueRow, QueueState};

use crate::bench::{Bench, FLAT, HEAD};
use crate::server::{Answer, Server};

const ROW: &str = "A,1,2026-03-02,2026-03-10,2026-03-06,2026-03-09,5\n";

/// Far longer than anything here takes.
const LONG: Duration = Duration::from_mins(1);

fn rows() -> Answer {
    let row = r#"{"order":"A","line":1,"ordered":"2026-03-02","promised":"2026-03-10","produced":"2026-03-06","delivered":"2026-03-09","quantity":5}"#;
    (200, "", format!("[{row}]"))
}

/// A page of words in place of rows, as a service under repair shows it: no single question is repeated for it.
fn repair() -> Answer {
    (200, "", "back soon".into())
}

fn every(minutes: u32) -> CadenceView {
    CadenceView { kind: "minutes".into(), minutes: Some(minutes), time: None, weekday: None }
}

fn choice(cadence: CadenceView) -> ScheduleChoice {
    ScheduleChoice { cadence, delay: Cost::LineStops, error: Cost::Nothing, warn_hours: 0.5, late_hours: 1.0 }
}

/// An integration that asks a web service.
fn web(id: &str, server: &Server) -> String {
    let text = FLAT
        .replace("id = \"flat\"", &format!("id = \"{id}\""))
        .replace("system = \"ERP\"", &format!("system = \"{id}\""))
        .replace("files = [\"lines*.csv\"]", "from = { name = \"lines\" }")
        .replace("snapshot_date = \"lines_{yyyy-MM-dd}.csv\"", "");
    let connection = format!(
        "[connection]\nkind = \"http\"\nurl = \"http://{}\"\nstreams = [\"lines\"]\n\n[route]",
        server.at
    );
    text.replacen("[route]", &connection, 1)
}

fn save(bench: &Bench, id: &str, version: u32, toml: String) {
    let saved = plaza_domain::event::Payload::IntegrationSaved {
        integration: id.into(),
        version,
        toml,
        note: String::new(),
    };
    bench.workspace.act([saved]).unwrap();
}

/// Keeps an integration and has it pulled every fifteen minutes.
fn schedule(bench: &Bench, id: &str, toml: String) {
    save(bench, id, 1, toml);
    bench.activate(id);
    choice(every(15)).choose(&bench.workspace, id, Language::En).unwrap();
}

fn wait_minutes(bench: &Bench, minutes: i64) {
    bench.clock.set(bench.clock_ms() + minutes * MINUTE_MS);
}

fn look(workspace: &Workspace) -> Look {
    Tending::default().look(workspace).unwrap()
}

/// Sets the clock to the next moment at which something is due.
fn wait_until_due(bench: &Bench, id: &str) {
    for _ in 0..5 {
        let look = look(&bench.workspace);
        if look.due == [id] {
            return;
        }
        bench.clock.set(look.again_at.unwrap());
    }
    panic!("{id} is never due");
}

fn attempt(bench: &Bench, id: &str) -> bool {
    matches!(run(&bench.workspace, id, &Unwatched::default()), Ok(Some(_)))
}

fn queued(bench: &Bench, id: &str) -> Option<QueueRow> {
    bench.workspace.intake_reader().unwrap().view().queued(id).unwrap()
}

fn circuit(bench: &Bench, id: &str) -> Circuit {
    bench.workspace.intake_reader().unwrap().view().circuit(id).unwrap().circuit
}

fn page(bench: &Bench, id: &str) -> SchedulePage {
    SchedulePage::read(&bench.workspace, id, Language::En).unwrap()
}

fn runs(bench: &Bench, id: &str) -> Vec<String> {
    let runs = RunView::list(&bench.workspace, id, Language::En).unwrap();
    runs.into_iter().map(|run| run.state).collect()
}

#[test]
fn a_choice_that_cannot_be_is_refused_in_the_readers_words_and_changes_nothing() {
    let bench = Bench::new();
    save(&bench, "flat", 1, FLAT.into());
    let daily = |time: &str| CadenceView { kind: "daily".into(), time: Some(time.into()), ..every(0) };
    let weekly = CadenceView { kind: "weekly".into(), weekday: Some(7), ..daily("06:00") };
    let late = ScheduleChoice { warn_hours: 4.0, late_hours: 2.0, ..choice(every(60)) };
    let never = ScheduleChoice { warn_hours: f64::NAN, ..choice(every(60)) };
    for (choice, field, words) in [
        (choice(every(5)), "minutes", "Alle 5 Minuten ist zu oft"),
        (choice(every(2000)), "minutes", "wählen Sie Tag und Uhrzeit"),
        (choice(daily("25:00")), "time", "„25:00“ ist keine Uhrzeit"),
        (choice(daily("")), "time", "ist keine Uhrzeit"),
        (choice(weekly), "weekday", "Wochentag"),
        (late, "late", "längere Zeit"),
        (never, "warn", "Schwelle"),
    ] {
        let refused = choice.choose(&bench.workspace, "flat", Language::De).unwrap_err();
        let EngineError::Invalid { fields } = refused else { panic!("{refused:?}") };
        assert!(fields[0].0 == field && fields[0].1.contains(words), "{fields:?}");
    }
    let nowhere = choice(every(15)).choose(&bench.workspace, "none", Language::En);
    assert!(matches!(nowhere, Err(EngineError::NotFound { .. })), "{nowhere:?}");
    assert!(page(&bench, "flat").chosen.is_none());
    assert_eq!(look(&bench.workspace).due, [""; 0], "what nobody chose is never due");
}

#[test]
fn a_choice_is_kept_with_its_costs_and_its_thresholds() {
    let bench = Bench::new();
    save(&bench, "flat", 1, FLAT.into());
    assert_eq!((page(&bench, "flat").words.as_str(), page(&bench, "flat").next_at), ("only by hand", None));
    let proposal = ScheduleProposal::of(Cost::LineStops, Cost::Nothing, None, Language::En).unwrap();
    assert_eq!((proposal.cadence, proposal.warn_hours, proposal.late_hours), (every(15), 0.5, 1.0));
    let looked_at =
        ScheduleProposal::of(Cost::LineStops, Cost::Nothing, Some(&every(60)), Language::En).unwrap();
    assert_eq!((looked_at.cadence, looked_at.warn_hours, looked_at.late_hours), (every(15), 2.0, 4.0));
    let chosen = ScheduleChoice { warn_hours: 1.5, late_hours: 4.0, ..choice(every(60)) };
    chosen.choose(&bench.workspace, "flat", Language::En).unwrap();
    assert_eq!(page(&bench, "flat").next_at, None, "only what is active is pulled by itself");
    bench.activate("flat");
    choice(every(15)).choose(&bench.workspace, "flat", Language::En).unwrap();
    chosen.choose(&bench.workspace, "flat", Language::En).unwrap();
    let page = page(&bench, "flat");
    let kept = page.chosen.unwrap();
    assert_eq!((kept.version, kept.choice, kept.by.as_deref()), (3, chosen, Some("Ada")));
    assert_eq!((page.words.as_str(), page.warn_hours), ("every hour", 1.5));
    // The clock of the bench says half past eight.
    assert_eq!(page.next_words.as_deref(), Some("09:20"));
    assert!(bench.workspace.verify(&Unwatched::default()).unwrap().is_sound());
}

#[test]
fn what_is_due_is_pulled_once_however_long_nobody_looked() {
    let bench = Bench::new();
    let server = Server::new(|_| rows());
    schedule(&bench, "web", web("web", &server));
    assert_eq!(look(&bench.workspace).due, [""; 0], "a schedule is behind with nothing");
    wait_minutes(&bench, 16);
    let first = Tending::default().look(&bench.workspace).unwrap();
    assert_eq!(first.due, ["web"]);
    assert_eq!(queued(&bench, "web").map(|row| (row.attempt, row.state)), Some((1, QueueState::Waiting)));
    assert!(attempt(&bench, "web"));
    assert_eq!((queued(&bench, "web"), runs(&bench, "web")), (None, vec!["finished".to_owned()]));
    assert!(!attempt(&bench, "web"), "nothing is due any more");
    bench.wait_days(3);
    assert_eq!(look(&bench.workspace).due, ["web"]);
    assert!(attempt(&bench, "web"));
    assert_eq!(look(&bench.workspace).due, [""; 0], "three days are one pull");
    assert_eq!(server.heard(), 2);
    // A clock that is set back does not stop it for longer than its cadence.
    bench.clock.set(bench.clock_ms() - 40 * DAY_MS);
    let again = look(&bench.workspace).again_at.unwrap() - bench.clock_ms();
    assert!((14 * MINUTE_MS..=15 * MINUTE_MS).contains(&again), "{again}");
}

#[test]
fn nobody_wakes_for_nothing() {
    let bench = Bench::new();
    let to_rest = || rest(&bench.workspace, &look(&bench.workspace));
    save(&bench, "flat", 1, FLAT.into());
    assert_eq!(to_rest(), None, "without a schedule and without numbers nothing will ever be due");
    bench.write("lines_2026-03-23.csv", &format!("{HEAD}{ROW}")).pull(FLAT);
    assert!(to_rest() > Some(Duration::from_hours(6 * 24)), "numbers grow old in a week");
    let weekly =
        CadenceView { kind: "weekly".into(), time: Some("06:00".into()), weekday: Some(0), ..every(0) };
    bench.activate("flat");
    choice(weekly).choose(&bench.workspace, "flat", Language::En).unwrap();
    // The numbers of this choice are old after half an hour; a clock may be set, so what is due is not slept over.
    assert_eq!(to_rest(), Some(Duration::from_mins(10)));
}

#[test]
fn three_failures_open_the_circuit_and_a_probe_closes_it() {
    let bench = Bench::new();
    let server = Server::new(|heard| if heard < 4 { repair() } else { rows() });
    schedule(&bench, "web", web("web", &server));
    for number in 1..=ATTEMPTS_MAX {
        wait_until_due(&bench, "web");
        assert_eq!(queued(&bench, "web").unwrap().attempt, number);
        assert!(!attempt(&bench, "web"));
    }
    let opened = bench.clock_ms();
    let Circuit::Open { until, openings: 1, .. } = circuit(&bench, "web") else { panic!("it is not open") };
    let about_it = page(&bench, "web").circuit;
    assert_eq!((about_it.state.as_str(), about_it.fault.is_some()), ("open", true));
    assert!(about_it.words.starts_with("Plaza leaves web in peace until 0"), "{}", about_it.words);
    assert!(about_it.words.ends_with("There are no numbers yet."), "{}", about_it.words);
    let card = IntegrationList::read(&bench.workspace).unwrap().integrations.remove(0).tended;
    assert_eq!((card.circuit.as_str(), card.until.is_some()), ("open", true));
    // Until then nothing goes through by itself, whoever looks.
    wait_minutes(&bench, 10);
    assert_eq!(look(&bench.workspace).due, [""; 0]);
    assert!(!attempt(&bench, "web"));
    assert_eq!(server.heard(), 3);
    // The first probe fails, and the rest grows.
    wait_until_due(&bench, "web");
    assert!(bench.clock_ms() >= until && bench.clock_ms() < opened + 20 * MINUTE_MS);
    assert!(!attempt(&bench, "web"));
    assert!(matches!(circuit(&bench, "web"), Circuit::Open { openings: 2, .. }));
    // The second one works.
    wait_until_due(&bench, "web");
    assert!(attempt(&bench, "web"));
    assert_eq!((circuit(&bench, "web"), queued(&bench, "web")), (Circuit::default(), None));
    assert_eq!(page(&bench, "web").circuit.fault, None);
    assert_eq!(server.heard(), 5);
}

#[test]
fn a_person_tries_at_any_time_and_what_comes_of_it_counts() {
    let bench = Bench::new();
    let server = Server::new(|heard| if heard < 4 { repair() } else { rows() });
    schedule(&bench, "web", web("web", &server));
    for _ in 0..3 {
        assert!(pull_saved(&bench.workspace, "web", &Unwatched::default()).is_err());
    }
    let open = circuit(&bench, "web");
    assert!(matches!(open, Circuit::Open { .. }), "pulls by hand are counted as well: {open:?}");
    assert_eq!(queued(&bench, "web").map(|row| Some(row.not_before)), Some(open.closed_until()));
    assert!(pull_saved(&bench.workspace, "web", &Unwatched::default()).is_err());
    assert_eq!(circuit(&bench, "web"), open, "trying makes it no worse");
    pull_saved(&bench.workspace, "web", &Unwatched::default()).unwrap();
    assert_eq!((circuit(&bench, "web"), queued(&bench, "web")), (Circuit::default(), None));
}

#[test]
fn what_the_system_asks_for_is_waited() {
    let bench = Bench::new();
    let server = Server::new(|_| (503, "Retry-After: 7200\r\n", String::new()));
    schedule(&bench, "web", web("web", &server));
    wait_until_due(&bench, "web");
    let asked = bench.clock_ms();
    assert!(!attempt(&bench, "web"));
    let next = queued(&bench, "web").unwrap();
    assert_eq!(next.attempt, 2);
    let rest = next.not_before - asked;
    assert!((2 * HOUR_MS..=2 * HOUR_MS + 2 * MINUTE_MS).contains(&rest), "{rest}");
    assert_eq!(server.heard(), 1);
}

#[test]
fn what_no_repetition_mends_waits_for_a_person() {
    let bench = Bench::new();
    let server = Server::new(|heard| if heard == 0 { (401, "", String::new()) } else { rows() });
    schedule(&bench, "web", web("web", &server));
    wait_until_due(&bench, "web");
    assert!(!attempt(&bench, "web"));
    let waits = queued(&bench, "web").unwrap();
    assert_eq!(waits.state, QueueState::Person);
    assert!(waits.words.as_deref().unwrap().contains("was not accepted"), "{waits:?}");
    assert_eq!(circuit(&bench, "web"), Circuit::default(), "a system that answers is there");
    bench.wait_days(2);
    assert_eq!(look(&bench.workspace).due, [""; 0], "nobody knocks with a wrong key again and again");
    let about_it = page(&bench, "web");
    assert_eq!((about_it.next_at, about_it.queued.map(|queued| queued.state)), (None, Some("person".into())));
    assert!(IntegrationList::read(&bench.workspace).unwrap().integrations[0].tended.waits_for_person);
    // A secret that was entered is tried at once.
    keep_secret(&bench.workspace, "web", "token", Some("new".into())).unwrap();
    assert_eq!(look(&bench.workspace).due, ["web"]);
    assert!(attempt(&bench, "web"));
    assert_eq!((queued(&bench, "web"), server.heard()), (None, 2));
}

#[test]
fn a_changed_definition_ends_the_wait_for_a_person() {
    let bench = Bench::new();
    let ambiguous = FLAT.replace("promised = \"promised\"", "promised = \"missing\"");
    bench.write("lines_2026-03-23.csv", &format!("{HEAD}{ROW}"));
    schedule(
        &bench,
        "flat",
        ambiguous.replace(
            "lines*.csv",
            &bench.files.path().join("lines*.csv").display().to_string().replace('\\', "/"),
        ),
    );
    wait_until_due(&bench, "flat");
    assert!(!attempt(&bench, "flat"));
    assert_eq!(queued(&bench, "flat").map(|row| row.state), Some(QueueState::Person));
    assert_eq!(look(&bench.workspace).due, [""; 0]);
    save(
        &bench,
        "flat",
        2,
        FLAT.replace(
            "lines*.csv",
            &bench.files.path().join("lines*.csv").display().to_string().replace('\\', "/"),
        ),
    );
    assert_eq!(look(&bench.workspace).due, ["flat"]);
    assert!(attempt(&bench, "flat"));
}

#[test]
fn a_service_that_fails_three_times_is_asked_until_it_answers() {
    let bench = Bench::new();
    let server = Server::new(|heard| if heard < 3 { (500, "", "oh".into()) } else { rows() });
    schedule(&bench, "web", web("web", &server));
    wait_until_due(&bench, "web");
    assert!(attempt(&bench, "web"), "single questions are repeated within one pull");
    assert_eq!((server.heard(), circuit(&bench, "web")), (4, Circuit::default()));
}

/// A service that answers only when it is told to.
fn held() -> (Server, Sender<()>) {
    let (go, gate) = channel::<()>();
    let gate: Mutex<Receiver<()>> = Mutex::new(gate);
    let server = Server::new(move |_| {
        gate.lock().unwrap().recv_timeout(LONG).unwrap();
        rows()
    });
    (server, go)
}

#[test]
fn a_slow_system_and_one_that_fails_disturb_no_other() {
    let bench = Bench::new();
    let (slow, go) = held();
    let (broken, fine) = (Server::new(|_| repair()), Server::new(|_| rows()));
    // By their names the slow one is first.
    for (id, server) in [("a-slow", &slow), ("b-broken", &broken), ("c-fine", &fine)] {
        schedule(&bench, id, web(id, server));
    }
    bench.write("lines_2026-03-23.csv", &format!("{HEAD}{ROW}"));
    let files = bench.files.path().join("lines*.csv").display().to_string().replace('\\', "/");
    schedule(
        &bench,
        "d-file",
        FLAT.replace("id = \"flat\"", "id = \"d-file\"").replace("lines*.csv", &files),
    );
    wait_minutes(&bench, 16);
    let ended = Mutex::new(Vec::new());
    let go = Mutex::new(Some(go));
    tend(&bench.workspace, true, &Unwatched::default(), &|id, ran| {
        let mut ended = ended.lock().unwrap();
        ended.push((id.to_owned(), ran.is_ok()));
        // Only when all others have ended may the slow one answer.
        if ended.len() == 3 {
            go.lock().unwrap().take().unwrap().send(()).unwrap();
        }
    })
    .unwrap();
    let mut ended = ended.into_inner().unwrap();
    assert_eq!(ended.pop(), Some(("a-slow".to_owned(), true)));
    ended.sort();
    let others = [("b-broken".to_owned(), false), ("c-fine".to_owned(), true), ("d-file".to_owned(), true)];
    assert_eq!(ended, others);
    assert_eq!(queued(&bench, "b-broken").map(|row| row.attempt), Some(2));
    for id in ["a-slow", "c-fine", "d-file"] {
        assert_eq!((runs(&bench, id), queued(&bench, id)), (vec!["finished".to_owned()], None), "{id}");
    }
    assert!(bench.workspace.verify(&Unwatched::default()).unwrap().is_sound());
}

#[test]
fn two_programs_on_one_workspace_do_not_run_one_integration_twice() {
    let bench = Bench::new();
    let (server, go) = held();
    schedule(&bench, "web", web("web", &server));
    wait_minutes(&bench, 16);
    assert_eq!(look(&bench.workspace).due, ["web"]);
    let other = Workspace::open(bench.workspace.folder(), bench.keys.clone(), bench.clock.clone()).unwrap();
    let both = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let ran = run(&bench.workspace, "web", &Unwatched::default()).unwrap().is_some();
            both.lock().unwrap().push(("first", ran));
        });
        while server.heard() == 0 {
            std::thread::yield_now();
        }
        // It is held by the first: the other neither pulls it nor takes it for left behind.
        assert!(run(&other, "web", &Unwatched::default()).unwrap().is_none());
        let seen = look(&other);
        assert_eq!(seen.due, [""; 0]);
        assert!(seen.again_at.is_some(), "it is looked at again");
        let by_hand = pull_saved(&other, "web", &Unwatched::default());
        assert!(matches!(by_hand, Err(EngineError::Busy { .. })), "{by_hand:?}");
        both.lock().unwrap().push(("other", false));
        go.send(()).unwrap();
    });
    assert_eq!(*both.lock().unwrap(), [("other", false), ("first", true)]);
    assert!(run(&other, "web", &Unwatched::default()).unwrap().is_none(), "it was done");
    assert_eq!((server.heard(), runs(&bench, "web")), (1, vec!["finished".to_owned()]));
    assert_eq!(queued(&bench, "web"), None, "the refused pull by hand left nothing");
}

#[test]
fn what_a_program_left_under_way_is_taken_up_again() {
    let bench = Bench::new();
    let server = Server::new(|_| rows());
    schedule(&bench, "web", web("web", &server));
    wait_until_due(&bench, "web");
    // As a killed program leaves it: under way, and nobody holds it.
    let row = queued(&bench, "web").unwrap();
    let mut intake = bench.workspace.intake();
    let load = intake.load().unwrap();
    load.put_queued(&QueueRow { state: QueueState::Running, attempt: 2, ..row }).unwrap();
    load.commit().unwrap();
    drop(intake);
    assert_eq!(look(&bench.workspace).due, ["web"]);
    assert!(attempt(&bench, "web"));
    assert_eq!((queued(&bench, "web"), server.heard()), (None, 1));
}

#[test]
fn a_retired_integration_is_taken_out_of_the_queue() {
    let bench = Bench::new();
    let server = Server::new(|_| rows());
    schedule(&bench, "web", web("web", &server));
    wait_until_due(&bench, "web");
    bench.workspace.retire_integration("web", "not used").unwrap();
    assert_eq!((look(&bench.workspace).due, queued(&bench, "web")), (vec![], None));
    assert!(!attempt(&bench, "web"));
    assert_eq!(server.heard(), 0);
}

#[test]
fn numbers_grow_old_on_the_list_the_tab_and_the_board() {
    let bench = Bench::new();
    let server = Server::new(|_| rows());
    schedule(&bench, "web", web("web", &server));
    assert_eq!(
        page(&bench, "web").age.freshness,
        None,
        "before the first pull there is nothing that could be old"
    );
    wait_until_due(&bench, "web");
    assert!(attempt(&bench, "web"));
    let aged = || Board::read(&bench.workspace, Language::En).unwrap().aged;
    let mut tending = Tending::default();
    assert!(!tending.look(&bench.workspace).unwrap().aged);
    assert_eq!((page(&bench, "web").age.freshness, aged().len()), (Some(Freshness::Fresh), 0));
    for (minutes, freshness, words) in
        [(31, Freshness::Warn, "31 minutes old"), (30, Freshness::Late, "1 hour old")]
    {
        wait_minutes(&bench, minutes);
        assert!(tending.look(&bench.workspace).unwrap().aged, "the pages are told");
        let about_it = page(&bench, "web");
        assert_eq!((about_it.age.freshness, about_it.age_words.as_deref()), (Some(freshness), Some(words)));
        let source = &aged()[0];
        assert_eq!(
            (source.freshness, source.words.as_str(), source.name.as_str()),
            (freshness, words, "Flat")
        );
        let list = IntegrationList::read(&bench.workspace).unwrap();
        assert_eq!(list.integrations[0].tended.age.freshness, Some(freshness));
    }
    assert!(!tending.look(&bench.workspace).unwrap().aged, "once");
}
