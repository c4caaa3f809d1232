//! A rotation in the real window: from its program to the plan, an absence from a calendar file, the fewest changes, a swap,
//! and a debrief that comes onto the agenda and becomes a need.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use plaza_engine::clock::SetClock;
use plaza_engine::home::Home;
use plaza_engine::page::meeting::MeetingForm;
use plaza_engine::page::rotation::{RotationList, RotationPage, VisitView};
use plaza_engine::page::workspace::PersonDraft;
use plaza_engine::words::Language;
use plaza_engine::workspace::{Founding, Workspace};
use plaza_engine::{Day, TimeZone};
use tempfile::TempDir;

use crate::window::{Setup, Window};

const DAY_MS: i64 = 86_400_000;
const QUESTION: &str = "What makes an order late?";
const SAW: &str = "Pallets that wait for labels";
const CHANGE: &str = "Print the labels before noon";

/// Two departments, five people, and a weekly meeting; Ada, whose computer this is, leads sales.
struct Company {
    home: Rc<TempDir>,
    today: Day,
}

impl Company {
    fn new() -> Self {
        let home = Rc::new(tempfile::tempdir().unwrap());
        let plaza = Home::new(&home.path().join("data/app.plaza.desktop"));
        let today = TimeZone::UTC.day_at(plaza.clock().now_ms());
        let company = Self { home, today };
        let clock = Arc::new(SetClock::new(i64::from(today.0) * DAY_MS));
        let founding = Founding {
            company: "Test".into(),
            language: Language::En,
            time_zone: TimeZone::UTC,
            departments: vec![
                ("sales".parse().ok(), "Sales".into()),
                ("production".parse().ok(), "Production".into()),
            ],
            me: "Ada".into(),
            my_department: Some(0),
        };
        let (workspace, _) = Workspace::found(&company.folder(), &founding, plaza.keys(), clock).unwrap();
        let me = workspace.me().unwrap().unwrap().to_string();
        for (id, name, department, role) in [
            (Some(me.clone()), "Ada", "sales", "head"),
            (None, "Bea", "sales", "member"),
            (None, "Cem", "sales", "member"),
            (None, "Dora", "production", "head"),
            (None, "Emil", "production", "member"),
        ] {
            let draft = PersonDraft {
                id,
                name: name.into(),
                department: Some(department.into()),
                email: None,
                roles: vec![role.into()],
            };
            workspace.save_person_draft(&draft).unwrap();
        }
        let meeting = MeetingForm {
            weekday: 6,
            time: "23:30".into(),
            minutes: 60,
            place: String::new(),
            link: String::new(),
            attendees: vec![me.clone()],
            facilitators: vec![me],
            standing: Vec::new(),
        };
        workspace.set_meeting(&meeting).unwrap();
        company
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("company")
    }

    fn window(&self, days_ahead: u32) -> Window {
        let arguments = vec!["--workspace".to_owned(), self.folder().display().to_string()];
        Window::start_in(Rc::clone(&self.home), &Setup { arguments, days_ahead, ..Setup::default() })
    }

    /// The visits as they stand, read while no window is open.
    fn visits(&self) -> Vec<VisitView> {
        let plaza = Home::new(&self.home.path().join("data/app.plaza.desktop"));
        let clock = Arc::new(SetClock::new(i64::from(self.today.0) * DAY_MS));
        let workspace = Workspace::open(&self.folder(), plaza.keys(), clock).unwrap();
        let list = RotationList::read(&workspace, Language::En).unwrap();
        let id = list.rotations[0].rotation.as_str().into();
        let visits = RotationPage::read(&workspace, &id, Language::En).unwrap().visits;
        visits.into_iter().filter(|visit| visit.standing == "planned").collect()
    }

    /// A calendar of somebody who is away on the days of a visit, and has lunch every day.
    fn calendar(&self, visit: &VisitView) -> PathBuf {
        let day = |text: &str| text.replace('-', "");
        let until: Day = visit.until.parse().unwrap();
        let path = self.home.path().join("bea.ics");
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Hospital\r\nDTSTART;VALUE=DATE:{}\r\n\
             DTEND;VALUE=DATE:{}\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260101T120000\r\n\
             RRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            day(&visit.from),
            day(&until.plus(1).to_string()),
        );
        std::fs::write(&path, text).unwrap();
        path
    }
}

fn of<'a>(visits: &'a [VisitView], name: &str) -> &'a VisitView {
    visits.iter().find(|visit| visit.visitor_name == name).expect("everybody makes a visit")
}

/// Takes a choice of a list that is typed into.
fn pick(window: &Window, list: &str, choice: &str) {
    window.fill(list, choice);
    window.until("the choice is offered", || window.script(OPTIONS, &[]) != serde_json::json!(0));
    window.press("ArrowDown");
    window.press("Enter");
}

const OPTIONS: &str = "return document.querySelectorAll('[role=option]').length";

#[test]
fn a_rotation_from_its_program_to_the_agenda() {
    let company = Company::new();
    let window = company.window(0);
    window.wait_for("Plaza");
    window.go("/rotations");
    window.wait_for("No rotations yet");
    window.look_at("rotation-01-empty");
    window.click_role("button", "New rotation…");
    window.wait_for("Learning question");
    window.click_role("button", "Save");
    window.wait_for("say what");
    window.fill("Name", "In their shoes");
    window.fill("What it is for", "See the other side of the hall");
    window.fill("Learning question", QUESTION);
    window.click_role("button", "Save");
    window.until("the rotation has its own address", || window.address().len() > "/rotations/".len() + 8);
    window.wait_for(QUESTION);
    window.click_role("button", "Look for schedules");
    window.wait_long_for("Balanced");
    window.look_at("rotation-02-proposals");
    window.click_role("button", "Publish: Balanced");
    window.wait_for("The plan is published");
    window.wait_for("Plans that were published");
    window.look_at("rotation-03-published");
    let address = window.address();
    window.close();

    // Bea cannot be there when she is to visit: her calendar says so, and only her visit changes.
    let before = company.visits();
    let bea = of(&before, "Bea").clone();
    let file = company.calendar(&bea);
    let window = company.window(0);
    window.wait_for("Plaza");
    window.go("/rotations");
    window.click_role("button", "From a calendar file…");
    pick(&window, "Whose calendar", "Bea");
    window.answer_dialog(&file);
    window.click_role("button", "Choose the file…");
    window.wait_for("1 entry takes less than four hours of a day");
    window.look_at("rotation-04-file");
    window.click_role("button", "Note these absences");
    window.wait_for("1 absence was noted");
    window.go(&address);
    window.click_role("button", "Look for the fewest changes");
    window.wait_long_for("Fewest changes");
    window.look_at("rotation-05-changes");
    window.click_role("button", "Publish: Fewest changes");
    window.fill("Reason", "Bea cannot be there");
    window.click_role("button", "Publish");
    window.wait_for("The plan is published");

    // Ada and Cem change places; Ada leads both homes.
    window.click_role("button", "… Ada at Production");
    window.click_role("menuitem", "Swap with somebody…");
    pick(&window, "With whose visit", "Cem");
    window.fill("Reason", "A wedding");
    window.click_role("button", "Ask for the swap");
    window.wait_for("Waits for Sales.");
    window.look_at("rotation-06-swap");
    window.click_role("button", "Accept");
    window.wait_for("Done: both accepted.");
    window.close();

    let after = company.visits();
    for visit in before.iter().filter(|visit| !["Ada", "Bea", "Cem"].contains(&visit.visitor_name.as_str())) {
        assert!(after.contains(visit), "nobody else hears of it: {visit:?}");
    }
    assert_ne!(of(&after, "Bea").from, bea.from);
    let (ada, cem) = (of(&after, "Ada"), of(&after, "Cem"));
    assert_eq!((&ada.from, &cem.from), (&of(&before, "Cem").from, &of(&before, "Ada").from));

    // When her visit is over, Ada writes what she saw; it comes onto the agenda and becomes a need.
    let until: Day = ada.until.parse().unwrap();
    let later = until.plus(1);
    let window = company.window(u32::try_from(later - company.today).unwrap());
    window.wait_for("Plaza");
    window.go("/rotations");
    window.click_role("button", "… Ada at Production");
    window.click_role("menuitem", "Write the debrief…");
    window.fill("What I saw", SAW);
    window.fill("What I would change", CHANGE);
    window.click_role("button", "Save");
    window.until("it is written", || !window.text().contains("the debrief is missing"));
    window.go(&address);
    window.wait_for(SAW);
    window.click_role("button", "Make it a need: Ada at Production");
    window.wait_for("It became a need");
    window.click_role("button", "Onto the next agenda: Ada at Production");
    window.wait_for("It waits for the next meeting");
    window.look_at("rotation-07-debrief");
    window.go("/rotations/learned");
    window.wait_for(CHANGE);
    window.look_at("rotation-08-learned");
    window.go(&format!("/meeting/{}", later.week()));
    window.wait_for("Closing round");
    window.wait_for("Ada");
    window.wait_for(CHANGE);
    window.look_at("rotation-09-agenda");
}
