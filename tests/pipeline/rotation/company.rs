//! A company whose people visit each other: a program, its plan, and what happens to it.

use std::collections::BTreeSet;

use plaza_domain::event::{DepartmentRule, RotationId, RotationProgram, VisitLength, VisitPair};
use plaza_domain::person::{PersonId, Role};
use plaza_engine::error::EngineError;
use plaza_engine::page::rotation::{AbsenceForm, RotationPage, VisitView};
use plaza_engine::pull::Unwatched;
use plaza_engine::rotation::{Proposed, propose, replan};
use plaza_engine::words::Language;

use crate::bench::Bench;

pub(crate) const DEPARTMENTS: [&str; 3] = ["logistics", "production", "sales"];

/// A company of three departments with three people each: `logistics-0`, `logistics-1`, …
pub(crate) struct Company {
    pub(crate) bench: Bench,
    pub(crate) people: Vec<(String, PersonId)>,
}

impl Company {
    pub(crate) fn new() -> Self {
        let bench = Bench::new();
        let mut people = Vec::new();
        for department in DEPARTMENTS {
            for nth in 0..3 {
                let name = format!("{department}-{nth}");
                let roles: BTreeSet<Role> = [if nth == 0 { Role::Head } else { Role::Member }].into();
                let email = format!("{name}@example.com");
                let home = department.parse().ok();
                let id = bench.workspace.save_person(None, &name, &email, home, roles).unwrap();
                people.push((name, id));
            }
        }
        Self { bench, people }
    }

    pub(crate) fn person(&self, name: &str) -> PersonId {
        self.people.iter().find(|(known, _)| known == name).unwrap().1.clone()
    }

    /// Does something as somebody.
    pub(crate) fn as_<T>(&self, name: &str, act: impl FnOnce(&Self) -> T) -> T {
        self.bench.workspace.act_for(Some(self.person(name)));
        let done = act(self);
        self.bench.workspace.act_for(None);
        done
    }

    pub(crate) fn program(&self) -> RotationProgram {
        let pairs = DEPARTMENTS.iter().flat_map(|home| {
            DEPARTMENTS
                .iter()
                .filter(move |host| *host != home)
                .map(move |host| VisitPair { home: home.parse().unwrap(), host: host.parse().unwrap() })
        });
        let rules = DEPARTMENTS.iter().map(|department| DepartmentRule {
            department: department.parse().unwrap(),
            capacity: 1,
            capacity_in: Vec::new(),
            cover: 1,
            peaks: Vec::new(),
            contact: Some(self.person(&format!("{department}-0"))),
            bring: "Safety shoes".into(),
        });
        RotationProgram {
            rotation: RotationId::default(),
            name: "In their shoes".into(),
            purpose: "See the other side of the hall".into(),
            question: "What makes an order late?".into(),
            first: "2026-W15".parse().unwrap(),
            weeks: 12,
            length: VisitLength::Weeks(1),
            period_weeks: 6,
            due: 1,
            most: 2,
            pair_target: 1,
            pairs: pairs.collect(),
            departments: rules.collect(),
            closed: Vec::new(),
            must: Vec::new(),
            wishes: Vec::new(),
            buddies: Vec::new(),
            stays_home: Vec::new(),
        }
    }

    pub(crate) fn saved(&self, change: impl FnOnce(&mut RotationProgram)) -> RotationId {
        let mut program = self.program();
        change(&mut program);
        self.as_("sales-0", |company| company.bench.workspace.save_rotation(&program)).unwrap()
    }

    pub(crate) fn refused(&self, change: impl FnOnce(&mut RotationProgram)) -> Vec<String> {
        let mut program = self.program();
        change(&mut program);
        fields(self.as_("sales-0", |company| company.bench.workspace.save_rotation(&program)))
    }

    pub(crate) fn proposed(&self, rotation: &RotationId) -> Proposed {
        self.as_("sales-0", |company| {
            propose(&company.bench.workspace, rotation, Language::En, &Unwatched::default())
        })
        .unwrap()
    }

    pub(crate) fn remade(&self, rotation: &RotationId) -> Proposed {
        self.as_("sales-0", |company| {
            replan(&company.bench.workspace, rotation, Language::En, &Unwatched::default())
        })
        .unwrap()
    }

    pub(crate) fn publish(&self, proposed: &Proposed, reason: &str) -> Result<(), EngineError> {
        self.as_("sales-0", |company| company.bench.workspace.publish_rotation(proposed, 0, reason))
    }

    pub(crate) fn published(&self) -> RotationId {
        let rotation = self.saved(|_| {});
        self.publish(&self.proposed(&rotation), "").unwrap();
        rotation
    }

    pub(crate) fn page(&self, rotation: &RotationId) -> RotationPage {
        RotationPage::read(&self.bench.workspace, rotation, Language::En).unwrap()
    }

    pub(crate) fn planned(&self, rotation: &RotationId) -> Vec<VisitView> {
        self.page(rotation).visits.into_iter().filter(|visit| visit.standing == "planned").collect()
    }

    pub(crate) fn absent(&self, person: &str, from: &str, until: &str) -> Result<String, EngineError> {
        let form =
            AbsenceForm { absence: None, person: person.into(), from: from.into(), until: until.into() };
        Ok(self.bench.workspace.note_absence(&form)?.to_string())
    }

    pub(crate) fn cancel(
        &self,
        rotation: &RotationId,
        visit: &VisitView,
        reason: &str,
    ) -> Result<(), EngineError> {
        let placement = visit.placement.as_str().into();
        self.bench.workspace.cancel_placement(rotation, &placement, reason)
    }

    pub(crate) fn calendar(&self, person: &str) -> String {
        let path = self.bench.files.path().join("visits.ics");
        self.bench.workspace.export_visits(&person.into(), Language::En, &path).unwrap();
        std::fs::read_to_string(path).unwrap()
    }
}

/// The fields that were refused.
pub(crate) fn fields<T: std::fmt::Debug>(result: Result<T, EngineError>) -> Vec<String> {
    match result {
        Err(EngineError::Invalid { fields }) => fields.into_iter().map(|(field, _)| field).collect(),
        other => panic!("{other:?}"),
    }
}
