//! What becomes of a debrief by one click: a need, a thread, an item of the agenda.

use plaza_domain::event::{Anchor, PlacementId, RotationId};
use plaza_domain::meeting::{Reason, Section, Subject};
use plaza_engine::error::EngineError;
use plaza_engine::page::meeting::{AgendaView, MeetingForm};
use plaza_engine::page::rotation::{DebriefForm, DebriefView, VisitView};
use plaza_engine::page::thread::ThreadView;
use plaza_engine::words::Language;

use super::{Company, fields};

/// A company with a debrief.
struct Told {
    company: Company,
    rotation: RotationId,
    visit: VisitView,
}

impl Told {
    fn new(change: &str) -> Self {
        let company = Company::new();
        let rotation = company.published();
        let visit = company.planned(&rotation)[0].clone();
        company.bench.set_day(&visit.until);
        let told = Self { company, rotation, visit };
        told.write(change);
        told
    }

    fn write(&self, change: &str) {
        let form = DebriefForm {
            rotation: self.rotation.to_string(),
            placement: self.visit.placement.clone(),
            saw: "Pallets that wait for labels".into(),
            surprised: String::new(),
            change: change.into(),
            thanks: Vec::new(),
        };
        let name = self.visit.visitor_name.clone();
        self.company.as_(&name, |company| company.bench.workspace.write_debrief(&form)).unwrap();
    }

    fn placement(&self) -> PlacementId {
        self.visit.placement.as_str().into()
    }

    fn debrief(&self) -> DebriefView {
        let visits = self.company.page(&self.rotation).visits;
        visits.into_iter().find(|one| one.placement == self.visit.placement).unwrap().debrief.unwrap()
    }

    fn as_visitor<T>(&self, act: impl FnOnce(&plaza_engine::workspace::Workspace) -> T) -> T {
        let name = self.visit.visitor_name.clone();
        self.company.as_(&name, |company| act(&company.bench.workspace))
    }
}

#[test]
fn only_what_was_written_becomes_something_and_only_once() {
    let told = Told::new("");
    let workspace = &told.company.bench.workspace;
    let other = told.company.planned(&told.rotation).pop().unwrap();
    let none = workspace.debrief_to_agenda(&told.rotation, &other.placement.as_str().into());
    assert!(matches!(none, Err(EngineError::NotFound { noun: "debrief", .. })), "{none:?}");
    let placement = told.placement();
    assert_eq!(fields(told.as_visitor(|one| one.debrief_to_need(&told.rotation, &placement))), ["change"]);
    told.write("Print the labels earlier");
    let need = told.as_visitor(|one| one.debrief_to_need(&told.rotation, &placement)).unwrap();
    assert_eq!(fields(told.as_visitor(|one| one.debrief_to_need(&told.rotation, &placement))), ["debrief"]);
    assert_eq!(told.debrief().need.as_deref(), Some(need.as_str()));
    // A need that was taken back can be asked again.
    told.as_visitor(|one| one.withdraw_need(&need, "A mistake")).unwrap();
    assert_eq!(told.debrief().need, None);
    told.as_visitor(|one| one.debrief_to_need(&told.rotation, &placement)).unwrap();
    told.as_visitor(|one| one.debrief_to_thread(&told.rotation, &placement)).unwrap();
    assert_eq!(fields(told.as_visitor(|one| one.debrief_to_thread(&told.rotation, &placement))), ["debrief"]);
}

#[test]
fn a_thread_about_a_debrief_asks_the_host_and_shows_what_was_written() {
    let told = Told::new("Print the labels earlier");
    let placement = told.placement();
    let thread = told.as_visitor(|one| one.debrief_to_thread(&told.rotation, &placement)).unwrap();
    assert_eq!(told.debrief().thread.as_deref(), Some(thread.as_str()));
    let workspace = &told.company.bench.workspace;
    let view = ThreadView::read(workspace, &thread, Language::En).unwrap();
    assert_eq!(view.question, "Print the labels earlier");
    let anchor = Anchor::Debrief { rotation: told.rotation.clone(), placement };
    assert_eq!((view.anchor, view.address), (anchor, format!("/rotations/{}", told.rotation)));
    assert_eq!(view.about, format!("Debrief: {} at {}", told.visit.visitor_name, told.visit.host_name));
    let seen = |facts: &[plaza_engine::page::thread::FactThenNow]| -> Vec<(String, String, Option<String>)> {
        facts.iter().map(|fact| (fact.name.clone(), fact.then.clone(), fact.now.clone())).collect()
    };
    let saw = "Pallets that wait for labels".to_owned();
    let change = ("What would change".to_owned(), "Print the labels earlier".to_owned());
    assert_eq!(
        seen(&view.seen.facts),
        [("What was seen".to_owned(), saw.clone(), None), (change.0.clone(), change.1.clone(), None)]
    );
    // Other words later stand beside those that were there.
    told.write("Print them on Mondays");
    let view = ThreadView::read(workspace, &thread, Language::En).unwrap();
    assert_eq!(view.seen.facts[1].now.as_deref(), Some("Print them on Mondays"));
    let head = format!("{}-0", told.visit.host);
    assert!(view.people.iter().any(|one| one.name == head), "the host is asked");
}

#[test]
fn a_debrief_of_long_ago_comes_onto_the_next_agenda_by_a_click() {
    let told = Told::new("Print the labels earlier");
    let company = &told.company;
    let workspace = &company.bench.workspace;
    let set = MeetingForm { weekday: 4, ..company.bench.meeting(&[]) };
    workspace.set_meeting(&set).unwrap();
    let until: plaza_domain::day::Day = told.visit.until.parse().unwrap();
    let later = until.plus(60);
    company.bench.set_day(&later.to_string());
    let subject = Subject::Debrief { rotation: told.rotation.clone(), placement: told.placement() };
    let meeting = later.week().to_string().as_str().into();
    let found = || {
        let view = AgendaView::read(workspace, &meeting, Language::En).unwrap();
        let all = view.items.into_iter().chain(view.waiting);
        all.into_iter().find(|item| item.subject == subject)
    };
    assert!(found().is_none(), "nobody has to hear an old story");
    assert!(!told.debrief().is_on_agenda);
    told.as_visitor(|one| one.debrief_to_agenda(&told.rotation, &told.placement())).unwrap();
    let item = found().unwrap();
    assert_eq!((item.section, item.reason), (Section::Rotations, Reason::TalkProposed));
    assert!(told.debrief().is_on_agenda);
    let again = told.as_visitor(|one| one.debrief_to_agenda(&told.rotation, &told.placement()));
    assert_eq!(fields(again), ["debrief"]);
}
