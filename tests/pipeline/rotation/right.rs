//! Who may do what: absences are one's own, visits are cancelled by those whom they concern.

use plaza_engine::error::EngineError;
use plaza_engine::page::rotation::{AbsenceDays, AbsenceForm, AbsencesForm, RotationList};
use plaza_engine::words::Language;

use super::{Company, fields};

impl Company {
    fn absent_as(&self, who: &str, form: &AbsenceForm) -> Result<String, EngineError> {
        self.as_(who, |company| Ok(company.bench.workspace.note_absence(form)?.to_string()))
    }

    fn withdraw_as(&self, who: &str, absence: &str) -> Result<(), EngineError> {
        self.as_(who, |company| company.bench.workspace.withdraw_absence(absence))
    }

    fn form(&self, who: &str, absence: Option<&str>, until: &str) -> AbsenceForm {
        AbsenceForm {
            absence: absence.map(str::to_owned),
            person: self.person(who).to_string(),
            from: "2026-05-04".into(),
            until: until.into(),
        }
    }
}

#[test]
fn nobody_but_those_who_plan_says_when_others_are_not_there() {
    let company = Company::new();
    let mine = |absence, until| company.form("sales-1", absence, until);
    assert_eq!(fields(company.absent_as("sales-2", &mine(None, "2026-05-08"))), ["person"]);
    let absence = company.absent_as("sales-1", &mine(None, "2026-05-08")).unwrap();
    assert_eq!(fields(company.absent_as("sales-2", &mine(Some(&absence), "2026-05-09"))), ["person"]);
    // Nor does anybody make somebody else's absence their own, or give theirs to somebody else.
    let other = company.form("sales-2", Some(&absence), "2026-05-09");
    assert_eq!(fields(company.absent_as("sales-2", &other)), ["person"]);
    assert_eq!(fields(company.absent_as("sales-1", &other)), ["person"]);
    assert_eq!(fields(company.withdraw_as("production-1", &absence)), ["person"]);
    let many = AbsencesForm {
        person: company.person("sales-1").to_string(),
        days: vec![AbsenceDays { from: "2026-06-01".into(), until: "2026-06-02".into() }],
    };
    let noted = company.as_("sales-2", |company| company.bench.workspace.note_absences(&many));
    assert_eq!(fields(noted), ["person"]);
    let seen = |who: &str| {
        company.as_(who, |company| {
            let list = RotationList::read(&company.bench.workspace, Language::En).unwrap();
            let days = |one: &plaza_engine::page::rotation::AbsenceView| (one.until.clone(), one.may_change);
            list.absences.iter().map(days).collect::<Vec<_>>()
        })
    };
    assert_eq!(seen("sales-2"), [("2026-05-08".to_owned(), false)]);
    assert_eq!(seen("sales-1"), [("2026-05-08".to_owned(), true)]);
    // Their own, and a head's, can be changed and taken back.
    company.absent_as("sales-1", &mine(Some(&absence), "2026-05-06")).unwrap();
    assert_eq!(seen("production-0"), [("2026-05-06".to_owned(), true)]);
    company.withdraw_as("sales-0", &absence).unwrap();
    assert!(seen("sales-1").is_empty());
}

#[test]
fn a_visit_is_cancelled_by_those_whom_it_concerns() {
    let company = Company::new();
    let rotation = company.published();
    let visit = company.planned(&rotation)[0].clone();
    let departments = ["logistics", "production", "sales"];
    let third = departments.into_iter().find(|id| *id != visit.home && *id != visit.host).unwrap();
    let may = |who: &str| {
        company.as_(who, |company| {
            let visits = company.planned(&rotation);
            visits.into_iter().find(|known| known.placement == visit.placement).unwrap().may_cancel
        })
    };
    let head = format!("{third}-0");
    assert!(!may(&head), "a head of neither department");
    assert_eq!(fields(company.as_(&head, |one| one.cancel(&rotation, &visit, "No"))), ["profile"]);
    assert!(may(&format!("{}-0", visit.home)) && may(&visit.visitor_name));
    let host = format!("{}-0", visit.host);
    assert!(may(&host));
    company.as_(&host, |one| one.cancel(&rotation, &visit, "The line stands still")).unwrap();
}

#[test]
fn a_swap_is_offered_to_visitors_for_their_own_and_to_those_who_plan() {
    let company = Company::new();
    let rotation = company.published();
    let own = |who: &str| -> Vec<(bool, bool)> {
        company.as_(who, |company| {
            let visits = company.planned(&rotation);
            visits.iter().map(|visit| (visit.visitor_name == who, visit.may_swap)).collect()
        })
    };
    assert!(own("sales-1").into_iter().all(|(is_own, may_swap)| is_own == may_swap));
    assert!(own("sales-0").into_iter().all(|(_, may_swap)| may_swap));
}
