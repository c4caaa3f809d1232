//! The first day of a workspace: its settings, departments, first person and the five built-in KPIs.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use plaza_domain::department::{Department, DepartmentId, place};
use plaza_domain::event::{DepartmentChange, KpiDefinition, Payload, PersonChange};
use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;
use plaza_domain::person::{PersonId, Role};
use plaza_domain::workspace::{SettingChange, TimeZone};
use plaza_store::key::{Keys, RecoveryCode};
use plaza_store::ledger::Ledger;

use super::Workspace;
use super::site::Site;
use crate::clock::Clock;
use crate::error::{EngineError, Result};

/// What a workspace begins with.
#[derive(Clone, Debug)]
pub struct Founding {
    /// The company's name.
    pub company: String,
    /// Its language.
    pub language: Language,
    /// Its time zone.
    pub time_zone: TimeZone,
    /// Departments: id (made from the name where absent) and name.
    pub departments: Vec<(Option<DepartmentId>, String)>,
    /// The name of whoever founds it.
    pub me: String,
    /// Their department: a place in `departments`.
    pub my_department: Option<usize>,
}

/// The definitions of the five built-in KPIs, version 1. Names and questions are left empty: the catalogue of each
/// language has them, until a person writes their own.
pub fn default_definitions() -> Vec<KpiDefinition> {
    KpiKind::ALL.into_iter().map(default_definition).collect()
}

fn default_definition(kind: KpiKind) -> KpiDefinition {
    let (target, direction) = match kind {
        KpiKind::PromiseKept => (Some(95), "higher"),
        KpiKind::RightFirstTime => (Some(97), "higher"),
        // How long and how much is usual differs from trade to trade: people set these targets themselves.
        KpiKind::OrderToCash | KpiKind::PromiseRealism | KpiKind::LateBacklog | KpiKind::Measure => {
            (None, "lower")
        }
    };
    KpiDefinition {
        kpi: kind.into(),
        version: 1,
        kind,
        name: String::new(),
        question: String::new(),
        decision: String::new(),
        decider: None,
        owners: std::collections::BTreeMap::new(),
        target_millionths: target.map(|target| target * 1_000_000),
        direction: direction.to_owned(),
        unit: if kind.is_percent() { "percent" } else { "days" }.to_owned(),
        rule_set: "making-data-count".to_owned(),
        screening: false,
        baseline_n: None,
        active: true,
        settings: serde_json::Value::Null,
        reason: String::new(),
        counts_since: None,
    }
}

impl Workspace {
    /// Founds a workspace in `folder`, which is made where it is missing. Returns it open, with the recovery code
    /// that is shown this once.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] names what cannot be used, before anything is written; a folder that holds
    /// something, or that cannot be written.
    pub fn found(
        folder: &Path,
        founding: &Founding,
        keys: Arc<dyn Keys>,
        clock: Arc<dyn Clock>,
    ) -> Result<(Self, RecoveryCode)> {
        let departments = departments(founding)?;
        if founding.company.trim().is_empty() {
            return Err(EngineError::invalid("name", "the company needs a name"));
        }
        if founding.me.trim().is_empty() {
            return Err(EngineError::invalid("my_name", "say who you are"));
        }
        let site = Site::begin(folder)?;
        let founded = Ledger::found(site.path(), founding.company.trim(), Arc::clone(&keys), clock.now_ms())?;
        let workspace = Self::with(site.path(), founded.ledger, Arc::clone(&clock))?;
        workspace.begin(founding, &departments)?;
        drop(workspace);
        site.move_in()?;
        Ok((Self::open(folder, keys, clock)?, founded.recovery))
    }

    /// The first acts: settings, departments, the first person, the five built-in KPIs.
    pub(super) fn begin(&self, founding: &Founding, departments: &[Department]) -> Result<()> {
        let me = new_person_id()?;
        let mine =
            founding.my_department.and_then(|place| departments.get(place)).map(|mine| mine.id.clone());
        let mut acts = vec![Payload::SettingsChanged {
            changes: vec![
                SettingChange::Company(founding.company.trim().to_owned()),
                SettingChange::TimeZone(founding.time_zone),
                SettingChange::Language(founding.language),
            ],
        }];
        acts.extend(departments.iter().map(set_department));
        acts.push(Payload::PersonSet(PersonChange {
            id: me.clone(),
            name: Some(founding.me.trim().to_owned()),
            email: None,
            department: mine,
            roles: Some(BTreeSet::from([Role::Keeper, Role::Head, Role::IntegrationOwner])),
        }));
        if let (Some(device), _) = self.ledger.device()? {
            acts.push(Payload::ProfileChosen { device, person: me });
        }
        acts.extend(default_definitions().into_iter().map(Payload::KpiDefined));
        self.act(acts)?;
        Ok(())
    }
}

/// A new person's id.
pub(crate) fn new_person_id() -> Result<PersonId> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(EngineError::NoRandomness)?;
    Ok(PersonId::from_bits(bits))
}

/// The event that sets all of a department.
pub(super) fn set_department(department: &Department) -> Payload {
    Payload::DepartmentSet(DepartmentChange {
        id: department.id.clone(),
        name: Some(department.name.clone()),
        letter: Some(department.letter.clone()),
        slot: Some(department.slot),
        active: Some(department.active),
    })
}

pub(super) fn departments(founding: &Founding) -> Result<Vec<Department>> {
    let mut departments: Vec<Department> = Vec::new();
    for (id, name) in &founding.departments {
        let name = name.trim();
        let id = id.clone().or_else(|| DepartmentId::from_name(name)).ok_or_else(|| {
            EngineError::invalid(
                "departments",
                format!("“{name}” needs at least one letter from A to Z or a digit"),
            )
        })?;
        if departments.iter().any(|other| other.id == id) {
            return Err(EngineError::invalid("departments", format!("“{name}” is there twice")));
        }
        let (slot, letter) = place(name, &departments)
            .map_err(|refused| EngineError::invalid("departments", refused.to_string()))?;
        departments.push(Department { id, name: name.to_owned(), letter, slot, active: true });
    }
    if departments.is_empty() {
        return Err(EngineError::invalid("departments", "a company needs at least one department"));
    }
    Ok(departments)
}
