//! Absences from a person's calendar file.

use plaza_engine::error::EngineError;
use plaza_engine::page::rotation::{AbsenceDays, AbsenceFile, AbsencesForm, RotationList};
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
        "DTSTART;VALUE=DATE:20260615\r\nRRULE:FREQ=SECONDLY",
        "DTSTART:20260616T090000\r\nDTEND:20260616T093000",
        "DTSTART;VALUE=DATE:20260617\r\nTRANSP:TRANSPARENT",
    ];
    let found = company.file(&ada, &entries).unwrap();
    let days = |from: &str, until: &str| AbsenceDays { from: from.into(), until: until.into() };
    assert_eq!(found.days, [days("2026-05-04", "2026-05-08"), days("2026-06-01", "2026-06-01")]);
    let left = (found.known, found.outside, found.unclear, found.free, found.short);
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
