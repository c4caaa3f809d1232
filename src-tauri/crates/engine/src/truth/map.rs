//! The truth map: for each field of an integration's journeys where it is born, whose word counts, who answers for it.

use std::collections::BTreeMap;

use plaza_domain::event::{IntegrationId, Payload, TruthSet};
use plaza_domain::journey::truth::{is_identity, statement};
use plaza_domain::person::PersonId;
use plaza_domain::record::Field;
use plaza_store::view::Truth;

use super::speakers;
use crate::charter::facts::Facts;
use crate::error::{EngineError, Result};
use crate::integration::{FieldTable, Integration};
use crate::journey::key::OrderKey;
use crate::pull;
use crate::workspace::Workspace;

/// Letters of a system's name.
const SYSTEM_CHARS_MAX: usize = 120;

/// One field of an integration's journeys.
#[derive(Clone, Debug)]
pub(crate) struct MapRow {
    pub field: Field,
    /// What somebody said of it; what follows is then theirs.
    pub said: Option<Truth>,
    /// The system in which it is born.
    pub origin: String,
    /// The system whose word counts.
    pub record: String,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// Where it is read from: system, stream and column.
    pub places: Vec<(String, String, String)>,
}

/// The systems that speak of an integration's orders, itself first.
pub(crate) fn systems(workspace: &Workspace, home: &Integration) -> Result<Vec<String>> {
    let others = speakers(workspace, home)?.into_iter().filter(|speaker| !speaker.is_by_hand);
    Ok(std::iter::once(home.system.clone()).chain(others.map(|other| other.integration.system)).collect())
}

/// The truth map of an integration's journeys: every field that some source speaks of. What nobody has said follows from
/// the integration: its system, and whoever answers for it.
pub(crate) fn map(workspace: &Workspace, home: &Integration) -> Result<Vec<MapRow>> {
    let id = IntegrationId::from(home.id.as_str());
    let said = workspace.view(|view| view.truth(&id))?;
    let owner = owner_of_integration(workspace, home)?;
    let others = speakers(workspace, home)?;
    let mut places: BTreeMap<Field, Vec<(String, String, String)>> = BTreeMap::new();
    let sources = std::iter::once(home)
        .chain(others.iter().filter(|other| !other.is_by_hand).map(|other| &other.integration));
    for source in sources {
        for stream in &source.streams {
            for (field, table) in &stream.fields {
                let place = (source.system.clone(), stream.name.clone(), column(table));
                places.entry(*field).or_default().push(place);
            }
        }
    }
    places.retain(|field, _| !is_identity(*field));
    Ok(places
        .into_iter()
        .map(|(field, places)| {
            // A quantity belongs to its date: one word for both.
            let said = said.get(&field).or_else(|| said.get(&statement(field))).cloned();
            let set = said.as_ref().map(|said| &said.set);
            let first = places.first().map(|(system, ..)| system.clone());
            let system = first.unwrap_or_else(|| home.system.clone());
            MapRow {
                field,
                origin: set.map_or_else(|| system.clone(), |set| set.origin.clone()),
                record: set.map_or_else(|| system.clone(), |set| set.record.clone()),
                owner: set.map(|set| set.owner.clone()).or_else(|| owner.clone()),
                places,
                said,
            }
        })
        .collect())
}

/// Who answers for an integration: the owner that its charter names, else whoever saved it last.
pub(crate) fn owner_of_integration(workspace: &Workspace, home: &Integration) -> Result<Option<PersonId>> {
    let id = IntegrationId::from(home.id.as_str());
    let (charter, saved) = workspace.view(|view| Ok((view.charter(&id)?, view.integration(&id)?)))?;
    let owner = charter.and_then(|version| version.charter.owner);
    Ok(owner.or_else(|| saved.and_then(|saved| saved.current.act.person)))
}

/// Who answers for a field of an integration's journeys.
pub(crate) fn owner_of_field(
    workspace: &Workspace,
    home: &Integration,
    field: Field,
) -> Result<Option<PersonId>> {
    let id = IntegrationId::from(home.id.as_str());
    let said = workspace.view(|view| view.truth(&id))?;
    match said.get(&field).or_else(|| said.get(&statement(field))) {
        Some(said) => Ok(Some(said.set.owner.clone())),
        None => owner_of_integration(workspace, home),
    }
}

fn column(table: &FieldTable) -> String {
    match table {
        FieldTable::Column(column) => column.clone(),
        FieldTable::Read(read) => read.column.clone().or_else(|| read.constant.clone()).unwrap_or_default(),
    }
}

impl Workspace {
    /// Says of a field of an integration's journeys where it is born, whose word counts and who answers for it. Where the
    /// word changes, the order lines about which sources disagree are made again.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a field that nobody brings, a system that does not speak, a person who is not here, or
    /// somebody who may not say so; [`EngineError::NotFound`] for an integration that is not in use.
    pub fn set_truth(
        &self,
        id: &str,
        field: Field,
        origin: &str,
        record: &str,
        owner: &PersonId,
    ) -> Result<()> {
        let saved = self.integration_in_use(id)?;
        let home = Integration::from_toml(&saved.current.toml)?;
        self.check_may_decide(&Facts::read(self, &saved)?)?;
        let row = map(self, &home)?.into_iter().find(|row| row.field == field);
        let row = row.ok_or_else(|| EngineError::invalid("field", "no source brings this field"))?;
        let origin = origin.trim();
        if origin.is_empty() || origin.chars().count() > SYSTEM_CHARS_MAX {
            let message =
                format!("name the system where it is entered first, in at most {SYSTEM_CHARS_MAX} letters");
            return Err(EngineError::invalid("origin", message));
        }
        let systems = systems(self, &home)?;
        if !systems.iter().any(|system| system == record) {
            let message = format!("“{record}” does not speak of these orders; {} do", systems.join(", "));
            return Err(EngineError::invalid("record", message));
        }
        let today = self.today()?;
        if self.view(|view| view.person(owner))?.is_none_or(|person| person.has_left(today)) {
            return Err(EngineError::invalid("owner", "choose somebody who is here"));
        }
        let set = TruthSet {
            integration: saved.id,
            field,
            origin: origin.to_owned(),
            record: record.to_owned(),
            owner: owner.clone(),
        };
        if row.said.as_ref().is_some_and(|said| said.set == set) {
            return Ok(());
        }
        let is_other_word = row.record != record;
        self.act([Payload::TruthSet(set)])?;
        if is_other_word { self.weigh_again(&home, field) } else { Ok(()) }
    }

    /// Has the order lines made again about which sources disagree in what belongs to a field.
    pub(crate) fn weigh_again(&self, home: &Integration, field: Field) -> Result<()> {
        let mut intake = self.intake();
        let Some(known) = intake.view().integration(&home.id)? else { return Ok(()) };
        let mut orders = Vec::new();
        for part in Field::ALL.into_iter().filter(|part| statement(*part) == statement(field)) {
            orders.extend(intake.view().disagreed_journeys(known.number, part as u8)?);
        }
        let load = intake.load()?;
        {
            let mut writer = load.journeys()?;
            for journey in orders {
                writer.touch(known.number, OrderKey::of_journey(journey).whole())?;
            }
        }
        load.commit()?;
        drop(intake);
        pull::remake(self, &home.id)
    }
}
