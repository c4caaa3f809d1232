//! What reminds of visits: that one begins, that its debrief is missing; and whoever is moved or whose visit does not
//! happen is told, with the reason and with what they were told before.

use plaza_domain::event::RotationId;
use plaza_domain::person::{PersonId, Role};
use plaza_domain::reminder::ReminderKind;
use plaza_engine::page::reminder::ReminderPage;
use plaza_engine::page::rotation::{RotationList, VisitView};
use plaza_engine::reminder::{Reminding, Said};
use plaza_engine::words::Language;

use super::Company;

/// A company in which the person of this computer visits somebody, and is reminded.
struct Reminded {
    company: Company,
    me: PersonId,
    rotation: RotationId,
    reminding: Reminding,
}

impl Reminded {
    fn new() -> Self {
        let company = Company::new();
        let workspace = &company.bench.workspace;
        let me = workspace.me().unwrap().unwrap();
        let home = "sales".parse().ok();
        workspace.save_person(Some(me.clone()), "Ada", "", home, [Role::Member].into()).unwrap();
        let mut form = ReminderPage::read(workspace).unwrap().form;
        form.is_quiet = false;
        form.only_working_days = false;
        form.kinds = [ReminderKind::Visit].into();
        workspace.set_reminders(&form, Language::En).unwrap();
        let rotation = company.published();
        Self { company, me, rotation, reminding: Reminding::default() }
    }

    fn mine(&self) -> Vec<VisitView> {
        RotationList::read(&self.company.bench.workspace, Language::En).unwrap().mine
    }

    fn visit(&self) -> VisitView {
        self.mine().into_iter().find(|visit| visit.standing == "planned").unwrap()
    }

    fn say(&mut self) -> Option<Said> {
        let workspace = &self.company.bench.workspace;
        let reminder = self.reminding.look(workspace, None).unwrap()?;
        workspace.reminded(&reminder).unwrap();
        Some(reminder.said)
    }

    /// The plan is made anew because the person is away when their visit is.
    fn moved(&self) -> VisitView {
        let visit = self.visit();
        self.company.as_("sales-0", |company| company.absent(&self.me.0, &visit.from, &visit.until)).unwrap();
        self.company.publish(&self.company.remade(&self.rotation), "Ada cannot be there").unwrap();
        self.visit()
    }
}

#[test]
fn a_visit_reminds_before_it_begins_and_once_its_debrief_is_missing() {
    let mut told = Reminded::new();
    let visit = told.visit();
    let day = |day: &str| day.parse::<plaza_domain::day::Day>().unwrap();
    told.company.bench.set_day(&day(&visit.from).plus(-3).to_string());
    let said = told.say().unwrap();
    let address = format!("/rotations/{}", told.rotation);
    assert_eq!((said.title.as_str(), said.address), ("A visit begins soon", address));
    assert!(said.body.starts_with(&format!("{}, ", visit.host_name)), "{}", said.body);
    assert_eq!(told.say(), None, "once is enough");
    told.company.bench.set_day(&visit.from);
    assert_eq!(told.say().unwrap().title, "A visit begins today");
    told.company.bench.set_day(&day(&visit.until).plus(1).to_string());
    assert_eq!(told.say().unwrap().title, "A rotation waits for you");
    told.company.bench.set_day(&day(&visit.until).plus(20).to_string());
    assert_eq!(told.say(), None, "who has not written it by then is left in peace");
}

#[test]
fn a_visit_that_is_moved_says_what_it_was_and_why_until_it_begins() {
    let mut told = Reminded::new();
    assert_eq!(told.say(), None, "nothing has happened");
    let before = told.visit();
    assert_eq!(before.former, None);
    let after = told.moved();
    assert_eq!(after.placement, before.placement);
    let former = after.former.clone().unwrap();
    assert_eq!((former.from, former.until), (before.from.clone(), before.until.clone()));
    assert_eq!((former.reason.as_str(), former.visitor_name), ("Ada cannot be there", None));
    let said = told.say().unwrap();
    assert_eq!(said.title, "A visit of yours was moved");
    assert!(said.body.starts_with(&format!("{}, ", after.host_name)), "{}", said.body);
    assert!(said.body.contains("before: ") && said.body.ends_with("Ada cannot be there"), "{}", said.body);
    assert_eq!(told.say(), None, "once is enough");
    // Moved once more, it reminds once more.
    told.company.bench.set_day("2026-04-01");
    told.moved();
    assert_eq!(told.say().unwrap().title, "A visit of yours was moved");
    let last = told.visit();
    told.company.bench.set_day(&last.from);
    assert_eq!(told.visit().former, None, "what has begun is nowhere else");
}

#[test]
fn a_visit_that_does_not_happen_stays_with_its_visitor_until_its_days_are_over() {
    let mut told = Reminded::new();
    let visit = told.visit();
    let head = format!("{}-0", visit.host);
    told.company.as_(&head, |one| one.cancel(&told.rotation, &visit, "The line stands still")).unwrap();
    let mine = told.mine();
    let known = mine.iter().find(|one| one.placement == visit.placement).unwrap();
    assert_eq!((known.standing.as_str(), known.reason.as_str()), ("cancelled", "The line stands still"));
    let said = told.say().unwrap();
    assert_eq!(said.title, "A visit of yours does not happen");
    assert!(said.body.ends_with("The line stands still"), "{}", said.body);
    told.company.bench.set_day(&visit.until);
    assert!(told.mine().iter().all(|one| one.placement != visit.placement));
}

#[test]
fn nobody_is_reminded_of_what_they_did_themselves() {
    let mut told = Reminded::new();
    let visit = told.visit();
    told.company.cancel(&told.rotation, &visit, "I am on leave").unwrap();
    assert_eq!(told.say(), None);
    // And what a plan withdraws later is news.
    let mut other = Reminded::new();
    other.company.as_("sales-0", |one| one.bench.workspace.end_rotation(&other.rotation, "Enough")).unwrap();
    let said = other.say().unwrap();
    assert!(said.body.contains("Enough"), "{} {}", said.title, said.body);
}
