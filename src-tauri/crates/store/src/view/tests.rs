//! Projections in any order, and replayed.

use std::sync::Arc;

use plaza_domain::audit::{Answer, Quarter};
use plaza_domain::charter::Charter;
use plaza_domain::day::{Day, Week};
use plaza_domain::event::{
    AuditAnswer, AuditSaved, Bases, Cause, CharterSaved, DepartmentChange, IntegrationActivated,
    KpiDefinition, KpiId, MeasureEntered, Moved, Observation, Payload, PersonChange, RunFinished,
    SignalFound, SignatureStanding, Unstable,
};
use plaza_domain::kpi::KpiKind;
use plaza_domain::person::{PersonId, Role};
use plaza_domain::schedule::{Cadence, Cost, Schedule};
use plaza_domain::workspace::Settings;

use crate::key::MemoryKeys;
use crate::ledger::{Draft, Ledger};

const NOW: i64 = 1_795_000_000_000;
const DAY_MS: i64 = 86_400_000;

struct Place {
    _folder: tempfile::TempDir,
    ledger: Ledger,
    now_ms: std::cell::Cell<i64>,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger =
            Ledger::found(folder.path(), "Mill", Arc::new(MemoryKeys::default()), NOW).unwrap().ledger;
        Self { _folder: folder, ledger, now_ms: NOW.into() }
    }

    fn say(&self, payload: Payload) {
        self.draft(Draft::act(payload));
    }

    fn draft(&self, draft: Draft) {
        self.now_ms.set(self.now_ms.get() + 1);
        self.ledger.append(&[draft], self.now_ms.get()).unwrap();
    }
}

fn kpi() -> KpiId {
    "promise-kept".into()
}

fn observation(week: i32, revision: u32, numerator: i64, known_from: i64) -> Observation {
    Observation {
        kpi: kpi(),
        definition_version: 1,
        week: Week(week),
        revision,
        numerator,
        denominator: 10,
        n: 10,
        pending: 0,
        cancelled: 0,
        parts: vec![],
        late_microdays: 0,
        bases: Bases::default(),
        beside: std::collections::BTreeMap::new(),
        known_from,
        run: None,
        moved: Moved::default(),
        cause: Cause::First,
        split: None,
    }
}

#[test]
fn what_was_known_at_a_time_can_be_asked() {
    let place = Place::new();
    for next in [observation(1, 1, 9, 100), observation(2, 1, 8, 150), observation(1, 2, 7, 200)] {
        place.say(Payload::ObservationPublished(next));
    }
    let known = |at| {
        let seen = place.ledger.view(|view| view.observations(&kpi(), at)).unwrap();
        seen.iter().map(|seen| (seen.week.0, seen.revision, seen.numerator)).collect::<Vec<_>>()
    };
    assert_eq!(known(None), [(1, 2, 7), (2, 1, 8)]);
    assert_eq!(known(Some(199)), [(1, 1, 9), (2, 1, 8)]);
    assert_eq!(known(Some(149)), [(1, 1, 9)]);
    assert_eq!(known(Some(99)), []);
    let revisions = place.ledger.view(|view| view.revisions(&kpi(), Week(1))).unwrap();
    assert_eq!(revisions, [observation(1, 1, 9, 100), observation(1, 2, 7, 200)]);
    assert_eq!(place.ledger.view(|view| view.all_revisions(&kpi(), Some(160))).unwrap().len(), 2);
    assert!(place.ledger.view(|view| view.observations(&"other".into(), None)).unwrap().is_empty());
}

#[test]
fn a_signature_stands_until_a_restatement_and_stood_for_those_who_look_back() {
    let place = Place::new();
    let week = Day((NOW / DAY_MS) as i32).week();
    place.say(Payload::ObservationPublished(observation(week.0, 1, 9, NOW)));
    let note = "seen".to_owned();
    place.say(Payload::WeekSigned { kpi: kpi(), week, revision: 1, note });
    let later = NOW + 1000;
    place.say(Payload::ObservationPublished(observation(week.0, 2, 9, later)));
    let settings = Settings::default();
    let standing = |at| {
        let weeks = place.ledger.view(|view| view.signed_weeks(&kpi(), &settings, at)).unwrap();
        weeks.get(&week).map(|signed| signed.standing)
    };
    assert_eq!(standing(None), Some(SignatureStanding::Stands), "a refinement leaves it");
    place.say(Payload::ObservationPublished(observation(week.0, 3, 8, later + 1000)));
    assert_eq!(standing(None), Some(SignatureStanding::Lifted { by_revision: 3, value_changed: true }));
    assert_eq!(standing(Some(later)), Some(SignatureStanding::Stands), "as seen then");
    assert_eq!(standing(Some(NOW)), None, "it was signed after that");
    place.say(Payload::WeekSigned { kpi: kpi(), week, revision: 3, note: String::new() });
    assert_eq!(standing(None), Some(SignatureStanding::Stands));
    let settled = NOW + (i64::from(settings.settle_days) + 8) * DAY_MS;
    place.say(Payload::ObservationPublished(observation(week.0, 4, 8, settled)));
    assert_eq!(standing(None), Some(SignatureStanding::Lifted { by_revision: 4, value_changed: false }));
}

#[test]
fn an_act_names_its_person_and_on_whose_device_it_was_done() {
    let place = Place::new();
    let (device, _) = place.ledger.device().unwrap();
    let device = device.unwrap();
    let person = |name: &str| PersonId(name.into());
    let sign = |week| Payload::WeekSigned { kpi: kpi(), week: Week(week), revision: 1, note: String::new() };
    place.say(sign(1));
    place.say(Payload::ProfileChosen { device, person: person("ada") });
    place.say(sign(2));
    place.draft(Draft::act_for(sign(3), person("bert")));
    place.say(Payload::ProfileChosen { device, person: person("carla") });
    place.say(sign(4));
    let signatures = place.ledger.view(|view| view.signatures(&kpi())).unwrap();
    let who: Vec<_> =
        signatures.iter().map(|signature| (signature.act.person.clone(), signature.act.on_behalf)).collect();
    let expected = [
        (None, false),
        (Some(person("ada")), false),
        (Some(person("bert")), true),
        (Some(person("carla")), false),
    ];
    assert_eq!(who, expected);
    assert_eq!(place.ledger.view(|view| view.profile(device)).unwrap(), Some(person("carla")));
}

#[test]
fn people_who_left_stay_readable_and_fields_change_one_by_one() {
    let place = Place::new();
    let id = PersonId("p".into());
    let change = PersonChange { id: id.clone(), name: None, email: None, department: None, roles: None };
    place.say(Payload::PersonSet(PersonChange {
        name: Some("Ada".into()),
        email: Some("ada@mill.example".into()),
        department: Some("sales".parse().unwrap()),
        roles: Some([Role::Head, Role::Facilitator].into()),
        ..change.clone()
    }));
    place.say(Payload::PersonSet(PersonChange { name: Some("Ada B.".into()), ..change.clone() }));
    place.say(Payload::PersonLeft { person: id.clone(), last_day: Some(Day(100)) });
    let read = || place.ledger.view(|view| view.person(&id)).unwrap().unwrap();
    let ada = read();
    assert_eq!((ada.name.as_str(), ada.email.as_deref()), ("Ada B.", Some("ada@mill.example")));
    assert_eq!(ada.roles, [Role::Head, Role::Facilitator].into());
    assert!(ada.has_left(Day(101)) && !ada.has_left(Day(100)));
    place.say(Payload::PersonLeft { person: id.clone(), last_day: None });
    place.say(Payload::PersonSet(PersonChange { email: Some(String::new()), ..change }));
    assert_eq!((read().left, read().email), (None, None));
    assert_eq!(place.ledger.view(|view| view.people()).unwrap(), [read()]);
    assert_eq!(place.ledger.view(|view| view.person(&PersonId("q".into()))).unwrap(), None);
}

#[test]
fn a_departments_slot_is_given_once() {
    let place = Place::new();
    let set = |id: &str, name: &str, slot, active| {
        place.say(Payload::DepartmentSet(DepartmentChange {
            id: id.parse().unwrap(),
            name: Some(name.into()),
            letter: None,
            slot,
            active,
        }));
    };
    set("sales", "Sales", Some(3), None);
    set("sales", "Verkauf", Some(5), None);
    set("finance", "Finance", None, Some(false));
    let departments = place.ledger.view(|view| view.departments()).unwrap();
    let seen: Vec<_> = departments
        .iter()
        .map(|department| {
            (department.name.as_str(), department.letter.as_str(), department.slot, department.active)
        })
        .collect();
    assert_eq!(seen, [("Finance", "F", 0, false), ("Verkauf", "V", 3, true)]);
}

#[test]
fn an_integration_that_was_retired_comes_back_when_it_is_saved() {
    let place = Place::new();
    let save = |version, toml: &str| {
        place.say(Payload::IntegrationSaved {
            integration: "orders".into(),
            version,
            toml: toml.into(),
            note: String::new(),
        });
    };
    let read = || place.ledger.view(|view| view.integration(&"orders".into())).unwrap().unwrap();
    save(1, "one");
    save(2, "two");
    assert_eq!((read().current.toml.as_str(), read().retired), ("two", None));
    place.say(Payload::IntegrationRetired { integration: "orders".into(), reason: "unused".into() });
    assert_eq!(read().retired.unwrap().0, "unused");
    save(3, "three");
    assert_eq!((read().current.toml.as_str(), read().retired), ("three", None));
    assert_eq!(place.ledger.view(|view| view.integration_versions(&"orders".into())).unwrap().len(), 3);
    assert_eq!(place.ledger.view(|view| view.integrations()).unwrap(), [read()]);
}

#[test]
fn the_last_schedule_counts_and_one_that_cannot_be_does_not() {
    let place = Place::new();
    let choose = |version, minutes| {
        place.say(Payload::ScheduleChosen(Schedule {
            integration: "orders".into(),
            version,
            cadence: Cadence::Minutes { minutes },
            delay: Cost::Much,
            error: Cost::Little,
            warn_minutes: 60,
            late_minutes: 120,
        }));
    };
    let read = || place.ledger.view(|view| view.schedule(&"orders".into())).unwrap();
    assert_eq!(read(), None);
    for (version, minutes) in [(2, 30), (1, 60), (3, 5)] {
        choose(version, minutes);
    }
    assert_eq!(read().unwrap().schedule.cadence, Cadence::Minutes { minutes: 30 });
    let versions = place.ledger.view(|view| view.schedule_versions(&"orders".into())).unwrap();
    assert_eq!(versions.iter().map(|version| version.schedule.version).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(place.ledger.view(|view| view.schedule(&"other".into())).unwrap(), None);
}

#[test]
fn the_last_word_says_whether_an_integration_is_active_and_retiring_it_ends_that() {
    let place = Place::new();
    let id = || "orders".into();
    let active = || place.ledger.view(|view| view.activation(&id())).unwrap();
    let activate = |reason: &str| {
        place.say(Payload::IntegrationActivated(IntegrationActivated {
            integration: id(),
            charter_version: 2,
            unstable: vec![Unstable { integration: "bank".into(), troubles: vec!["failed".into()] }],
            reason: reason.into(),
        }));
    };
    let save = |version| {
        place.say(Payload::IntegrationSaved {
            integration: id(),
            version,
            toml: "text".into(),
            note: String::new(),
        });
    };
    save(1);
    assert_eq!(active(), None);
    activate("Monday cannot wait");
    let said = active().unwrap();
    assert_eq!((said.reason.as_str(), said.activated.unwrap().unstable.len()), ("Monday cannot wait", 1));
    place.say(Payload::IntegrationDeactivated { integration: id(), reason: "it lies".into() });
    assert_eq!(active(), None);
    activate("again");
    assert!(active().is_some());
    place.say(Payload::IntegrationRetired { integration: id(), reason: "unused".into() });
    assert_eq!(active(), None);
    save(2);
    assert_eq!(active(), None, "who brings it back activates it anew");
    let reasons: Vec<String> = place
        .ledger
        .view(|view| view.activations(&id()))
        .unwrap()
        .into_iter()
        .map(|said| said.reason)
        .collect();
    assert_eq!(reasons, ["Monday cannot wait", "it lies", "again"]);
}

#[test]
fn charters_keep_their_versions_and_weeks_and_quarters_their_last_word() {
    let place = Place::new();
    let id = || "orders".into();
    for (version, problem) in [(1, "one"), (2, "two")] {
        let charter = Charter { problem: problem.into(), ..Charter::default() };
        place.say(Payload::CharterSaved(CharterSaved { integration: id(), version, charter }));
    }
    let versions = place.ledger.view(|view| view.charter_versions(&id())).unwrap();
    let seen: Vec<_> = versions.iter().map(|one| (one.version, one.charter.problem.as_str())).collect();
    assert_eq!(seen, [(1, "one"), (2, "two")]);
    assert_eq!(place.ledger.view(|view| view.charter(&id())).unwrap().unwrap().version, 2);
    for (name, week, millionths) in [("a", 5, 1), ("a", 4, 2), ("a", 5, 3), ("b", 5, 4)] {
        place.say(Payload::MeasureEntered(MeasureEntered {
            integration: id(),
            name: name.into(),
            unit: "h".into(),
            week: Week(week),
            millionths,
        }));
    }
    let weeks = place.ledger.view(|view| view.entered_weeks(&id(), "a", "h")).unwrap();
    assert_eq!(weeks.iter().map(|one| (one.week.0, one.millionths)).collect::<Vec<_>>(), [(4, 2), (5, 3)]);
    for comment in ["first", "second"] {
        let answer = AuditAnswer {
            answer: Answer::Partial,
            said: Some(Answer::Partial),
            comment: comment.into(),
            evidence: String::new(),
        };
        place.say(Payload::AuditSaved(AuditSaved {
            integration: id(),
            quarter: Quarter(8107),
            answers: [("truth".to_owned(), answer)].into(),
        }));
    }
    let audits = place.ledger.view(|view| view.audits(&id())).unwrap();
    assert_eq!((audits.len(), audits[0].saved.answers["truth"].comment.as_str()), (1, "second"));
}

#[test]
fn phases_and_ghosts_show_the_last_word_and_signals_lapse_and_return() {
    let place = Place::new();
    let (part, reason) = (Some("sales".parse().unwrap()), "new carrier".to_owned());
    let start = Day(70);
    place.say(Payload::PhaseSigned {
        kpi: kpi(),
        part: part.clone(),
        start,
        reason: reason.clone(),
        version: 1,
    });
    place.say(Payload::PhaseSigned { kpi: kpi(), part: None, start, reason: reason.clone(), version: 1 });
    place.say(Payload::PhaseWithdrawn { kpi: kpi(), part: None, start, reason: "no".into() });
    let phases = place.ledger.view(|view| view.phases(&kpi())).unwrap();
    let seen: Vec<_> =
        phases.iter().map(|phase| (phase.part.clone(), phase.version, phase.reason.as_str())).collect();
    assert_eq!(seen, [(None, None, "no"), (part, Some(1), "new carrier")]);

    place.say(Payload::PointGhosted { kpi: kpi(), part: None, week: Week(9), reason: "strike".into() });
    let ghosted = || place.ledger.view(|view| view.ghosts(&kpi())).unwrap()[0].ghosted;
    assert!(ghosted());
    place.say(Payload::PointUnghosted { kpi: kpi(), part: None, week: Week(9), reason: "counts".into() });
    assert!(!ghosted());

    let found = SignalFound {
        signal: "s".into(),
        kpi: kpi(),
        part: None,
        rule: "shift".into(),
        side: "low".into(),
        weeks: vec![Week(1)],
        limits: None,
        rule_set: "wheeler".into(),
        revision: 1,
    };
    let lapsed = || place.ledger.view(|view| view.signals(Some(&kpi()))).unwrap()[0].lapsed_by;
    place.say(Payload::SignalFound(found.clone()));
    assert_eq!(lapsed(), None);
    place.say(Payload::SignalLapsed { signal: "s".into(), revision: 2 });
    assert_eq!(lapsed(), Some(2));
    let before = place.ledger.view(|view| view.signals(None)).unwrap()[0].lapsed_at;
    place.say(Payload::SignalFound(SignalFound { revision: 3, ..found }));
    assert_eq!(lapsed(), None);
    let again = place.ledger.view(|view| view.signals(None)).unwrap().remove(0);
    assert!(before.is_some() && again.lapsed_at == before && again.found_at > before.unwrap());
    assert!(place.ledger.view(|view| view.signals(Some(&"other".into()))).unwrap().is_empty());
}

#[test]
fn runs_releases_and_definitions_are_read_back() {
    let place = Place::new();
    let run = |name: &str, ended_at| RunFinished {
        run: name.into(),
        integration: "orders".into(),
        began_at: ended_at - 1,
        ended_at,
        counts: [("read".to_owned(), i64::MAX)].into(),
        reasons: std::collections::BTreeMap::new(),
        weeks: vec![Week(3)],
        trail: Some("00".repeat(32)),
    };
    for (name, ended_at) in [("a", 5), ("b", 7), ("c", 6)] {
        place.say(Payload::RunFinished(run(name, ended_at)));
    }
    let runs = place.ledger.view(|view| view.runs(Some(&"orders".into()), 2)).unwrap();
    assert_eq!(runs, [run("b", 7), run("c", 6)]);
    assert_eq!(place.ledger.view(|view| view.run(&"a".into())).unwrap(), Some(run("a", 5)));
    assert!(place.ledger.view(|view| view.runs(Some(&"other".into()), 9)).unwrap().is_empty());
    assert_eq!(place.ledger.view(|view| view.runs(None, 9)).unwrap().len(), 3);

    for reason in ["first", "second"] {
        place.say(Payload::QuarantineReleased { record: "r".into(), reason: reason.into() });
    }
    let releases = place.ledger.view(|view| view.releases()).unwrap();
    assert_eq!((releases.len(), releases[0].reason.as_str()), (1, "second"));

    let define = |version, active| KpiDefinition {
        kpi: kpi(),
        version,
        kind: KpiKind::PromiseKept,
        name: "On-time delivery".into(),
        question: "Do we keep our word?".into(),
        decision: "Promise later or produce sooner".into(),
        decider: None,
        owners: std::collections::BTreeMap::new(),
        target_millionths: Some(95_000_000),
        direction: "higher".into(),
        unit: "percent".into(),
        rule_set: "making-data-count".into(),
        screening: false,
        baseline_n: None,
        active,
        settings: serde_json::json!({"window_days": 28}),
        reason: String::new(),
        counts_since: None,
    };
    place.say(Payload::KpiDefined(define(2, false)));
    place.say(Payload::KpiDefined(define(1, true)));
    assert_eq!(place.ledger.view(|view| view.kpis()).unwrap(), [define(2, false)]);
    assert_eq!(place.ledger.view(|view| view.kpi(&kpi())).unwrap(), Some(define(2, false)));
    let versions = place.ledger.view(|view| view.kpi_versions(&kpi())).unwrap();
    assert_eq!(versions.iter().map(|version| version.definition.version).collect::<Vec<_>>(), [1, 2]);
}
