//! Absences from a person's calendar file, and what reminds of visits.

use plaza_domain::person::Role;
use plaza_domain::reminder::ReminderKind;
use plaza_engine::error::EngineError;
use plaza_engine::page::reminder::ReminderPage;
use plaza_engine::page::rotation::{AbsenceDays, AbsenceFile, AbsencesForm, RotationList};
use plaza_engine::reminder::Reminding;
use plaza_engine::words::Language;

use super::{Company, fields};

impl Company {
    fn file(&self, person: &str, entries: &[&str]) -> Result<AbsenceFile, EngineError> {
        let path = self.bench.files.path().join("mine.ics");
        let body: String =
            entries.iter().map(|one| format!("BEGIN:VEVENT\r\n{one}\r\nEND:VEVENT\r\n")).collect();
        std::fs::write(&path, format!("BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n")).unwrap();
        self.bench.workspace.read_absences(person, &path)
    }

    fn noted(&self) -> Vec<(String, String)> {
        let list = RotationList::read(&self.bench.workspace, Language::En).unwrap();
        list.absences.into_iter().map(|one| (one.from, one.until)).collect()
    }
}

#[test]
fn a_file_that_is_no_calendar_is_refused_and_says_where() {
    let company = Company::new();
    let ada = company.person("sales-1").to_string();
    assert_eq!(fields(company.file("nobody", &[])), ["person"]);
    let path = company.bench.files.path().join("photo.ics");
    std::fs::write(&path, b"\xff\xd8\xff\xe0").unwrap();
    assert_eq!(fields(company.bench.workspace.read_absences(&ada, &path)), ["file"]);
    let gone = company.bench.workspace.read_absences(&ada, &company.bench.files.path().join("gone.ics"));
    assert!(matches!(gone, Err(EngineError::File { .. })), "{gone:?}");
    match company.file(&ada, &["DTSTART;VALUE=DATE:20260504\r\nDTEND;VALUE=DATE:someday"]) {
        Err(EngineError::Invalid { fields }) => {
            assert_eq!(fields[0].0, "file");
            assert!(fields[0].1.starts_with("line 4: “someday”"), "{}", fields[0].1);
        }
        other => panic!("{other:?}"),
    }
    assert!(company.noted().is_empty());
}

#[test]
fn absences_are_shown_first_noted_once_and_bear_on_the_plan() {
    let company = Company::new();
    let ada = company.person("sales-1").to_string();
    let entries = [
        "SUMMARY:Operation\r\nDTSTART;VALUE=DATE:20260504\r\nDTEND;VALUE=DATE:20260509",
        "DTSTART;VALUE=DATE:20260601",
        "DTSTART;VALUE=DATE:20260101",
        "DTSTART;VALUE=DATE:20260615\r\nRRULE:FREQ=WEEKLY",
        "DTSTART:20260616T090000\r\nDTEND:20260616T093000",
        "DTSTART;VALUE=DATE:20260617\r\nTRANSP:TRANSPARENT",
    ];
    let found = company.file(&ada, &entries).unwrap();
    let days = |from: &str, until: &str| AbsenceDays { from: from.into(), until: until.into() };
    assert_eq!(found.days, [days("2026-05-04", "2026-05-08"), days("2026-06-01", "2026-06-01")]);
    let left = (found.known, found.outside, found.repeating, found.free, found.short);
    assert_eq!(left, (0, 1, 1, 1, 1));
    assert!(company.noted().is_empty(), "looking notes nothing");
    let form = AbsencesForm { person: ada.clone(), days: found.days };
    let workspace = &company.bench.workspace;
    assert_eq!(workspace.note_absences(&form).unwrap(), 2);
    assert_eq!(workspace.note_absences(&form).unwrap(), 0, "what is noted is noted once");
    let again = company.file(&ada, &entries).unwrap();
    assert_eq!((again.days.len(), again.known), (0, 2));
    // One bad day and none is noted.
    let bad =
        AbsencesForm { person: ada.clone(), days: vec![days("2026-07-06", "2026-07-07"), days("soon", "")] };
    assert_eq!(fields(workspace.note_absences(&bad)), ["from"]);
    assert_eq!(company.noted().len(), 2);
    let rotation = company.published();
    for visit in company.planned(&rotation).iter().filter(|visit| visit.visitor == ada) {
        for away in company.noted() {
            assert!(visit.until < away.0 || away.1 < visit.from, "{visit:?} falls on {away:?}");
        }
    }
}

#[test]
fn a_visit_reminds_before_it_begins_and_once_its_debrief_is_missing() {
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
    let visit = company.planned(&rotation).into_iter().find(|visit| visit.visitor == me.0).unwrap();
    let mut reminding = Reminding::default();
    let mut say = || {
        let reminder = reminding.look(workspace, None).unwrap()?;
        workspace.reminded(&reminder).unwrap();
        Some(reminder.said)
    };
    let from: plaza_domain::day::Day = visit.from.parse().unwrap();
    company.bench.set_day(&from.plus(-3).to_string());
    let said = say().unwrap();
    assert_eq!(
        (said.title.as_str(), said.address),
        ("A visit begins soon", format!("/rotations/{rotation}"))
    );
    assert!(said.body.starts_with(&format!("{}, ", visit.host_name)), "{}", said.body);
    assert_eq!(say(), None, "once is enough");
    company.bench.set_day(&visit.from);
    assert_eq!(say().unwrap().title, "A visit begins today");
    let until: plaza_domain::day::Day = visit.until.parse().unwrap();
    company.bench.set_day(&until.plus(1).to_string());
    assert_eq!(say().unwrap().title, "A rotation waits for you");
    company.bench.set_day(&until.plus(20).to_string());
    assert_eq!(say(), None, "who has not written it by then is left in peace");
}
