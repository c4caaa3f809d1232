//! The truth map of an integration as its page shows it: whose word counts, what others say differently, what was asked to
//! be corrected.

use std::collections::BTreeMap;

use plaza_domain::event::CorrectionId;
use plaza_domain::journey::truth::statement;
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::record::Field;
use plaza_store::intake::{DisagreementRow, View};
use plaza_store::view::Correction;
use serde::{Deserialize, Serialize};

use super::series::{count, moment};
use crate::charter::facts::Facts;
use crate::error::Result;
use crate::hand;
use crate::integration::Integration;
use crate::journey::pack::unpack;
use crate::record::RecordHandle;
use crate::truth::map::{MapRow, map, systems};
use crate::truth::{CorrectionForm, Standing, Voices, heard, say, speakers};
use crate::words::{field, field_name};
use crate::workspace::Workspace;

/// Disagreements that one answer lists; the counts are of all.
pub const LISTED_MAX: u32 = 100;

/// The truth map of an integration.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct TruthPage {
    /// The integration whose orders these are, where this one only adds to them: its page has the map.
    pub home: Option<String>,
    /// The systems that speak of its orders, its own first.
    pub systems: Vec<String>,
    /// Field by field.
    pub rows: Vec<TruthRow>,
    /// What is said differently, the latest first: at most 100.
    pub disagreements: Vec<DisagreementView>,
    /// How many disagreements there are.
    pub disagreed: u32,
    /// Order lines that only other systems speak of.
    pub unknown_lines: u32,
    /// What was asked to be corrected, the newest first.
    pub corrections: Vec<CorrectionView>,
    /// Whoever acts may change the map.
    pub may_change: bool,
}

/// One field of the map.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct TruthRow {
    /// The field's word.
    pub field: String,
    /// The system in which it is entered first.
    pub origin: String,
    /// The system whose word counts.
    pub record: String,
    /// Who answers for it: a person's id.
    pub owner: Option<String>,
    /// Their name.
    pub owner_name: Option<String>,
    /// Where it is read from: `ERP: lines, promised`.
    pub places: Vec<String>,
    /// Order lines of which another system says something else.
    pub disagreements: u32,
    /// Somebody said so; otherwise it follows from the integration.
    pub is_said: bool,
    /// When it was said, RFC 3339.
    pub said_at: Option<String>,
    /// Who said so.
    pub said_by: Option<String>,
}

/// A field of an order line that two systems say differently.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct DisagreementView {
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// The system whose order it is.
    pub system: String,
    /// The field's word.
    pub field: String,
    /// The system that counts; nothing for what was entered by hand.
    pub kept_system: String,
    /// What it says.
    pub kept_value: String,
    /// The system that does not count.
    pub other_system: String,
    /// What it says.
    pub other_value: String,
    /// It was entered by hand.
    pub is_by_hand: bool,
    /// The run by which it was first seen, when that ended, RFC 3339.
    pub since: Option<String>,
    /// The records behind it that do not count: what a correction would be asked of.
    pub records: Vec<String>,
}

/// A request to correct something at its source.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct CorrectionView {
    /// Its id.
    pub correction: String,
    /// The field's word.
    pub field: String,
    /// Who is asked.
    pub owner: String,
    /// Who asks.
    pub asked_by: Option<String>,
    /// When, RFC 3339.
    pub asked_at: String,
    /// What is wrong, in the person's words.
    pub text: String,
    /// What should stand there.
    pub wanted: Option<String>,
    /// `open`, `changed`, `mended` or `closed`.
    pub standing: String,
    /// The records: what they said, and what they say now.
    pub records: Vec<WrongRecordView>,
    /// When a pull last showed something new of it, RFC 3339.
    pub seen_at: Option<String>,
    /// Why it was closed, and by whom.
    pub closed: Option<String>,
    /// See `closed`.
    pub closed_by: Option<String>,
}

/// A record that is to be corrected.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct WrongRecordView {
    /// Order number.
    pub order: String,
    /// Line number.
    pub line: String,
    /// What it said.
    pub said: Option<String>,
    /// What it says now; nothing where that is the same, or it is silent.
    pub says: Option<String>,
}

/// What a person asks to be corrected, as the window's form sends it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct CorrectionDraft {
    /// The field's word.
    pub field: String,
    /// What is wrong.
    pub text: String,
    /// What should stand there; may be empty.
    pub wanted: String,
    /// Handles of the records.
    pub records: Vec<String>,
}

/// One row of the map, as the window's form sends it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct TruthDraft {
    /// The field's word.
    pub field: String,
    /// The system in which it is entered first.
    pub origin: String,
    /// The system whose word counts.
    pub record: String,
    /// Who answers for it: a person's id.
    pub owner: String,
}

impl TruthDraft {
    /// Says it.
    ///
    /// # Errors
    /// As [`Workspace::set_truth`]; a word that is no field.
    pub fn keep(&self, workspace: &Workspace, id: &str) -> Result<()> {
        let owner = PersonId::from(self.owner.as_str());
        workspace.set_truth(id, field(&self.field)?, &self.origin, &self.record, &owner)
    }
}

impl CorrectionDraft {
    /// Asks for it. Returns the request's id.
    ///
    /// # Errors
    /// As [`Workspace::ask_correction`]; a word that is no field.
    pub fn ask(&self, workspace: &Workspace, id: &str) -> Result<String> {
        let form = CorrectionForm {
            field: field(&self.field)?,
            text: self.text.clone(),
            wanted: self.wanted.clone(),
            records: self.records.clone(),
        };
        Ok(workspace.ask_correction(id, &form)?.to_string())
    }
}

/// Closes a request by its id.
///
/// # Errors
/// As [`Workspace::close_correction`].
pub fn close_correction(workspace: &Workspace, correction: &str, reason: &str) -> Result<()> {
    workspace.close_correction(&CorrectionId::from(correction), reason)
}

impl TruthPage {
    /// The map of an integration in use.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::EngineError::NotFound) for one that there is not; what the stores say.
    pub fn read(workspace: &Workspace, id: &str, language: Language) -> Result<Self> {
        let saved = workspace.integration_in_use(id)?;
        let home = Integration::from_toml(&saved.current.toml)?;
        let reader = workspace.intake_reader()?;
        let names = Names::read(workspace)?;
        let about = About::read(workspace, reader.view(), &home)?;
        let counts = about.as_ref().map(|about| about.counts(reader.view())).transpose()?.unwrap_or_default();
        let listed = about.as_ref().map(|about| about.listed(reader.view())).transpose()?.unwrap_or_default();
        let corrections = workspace.view(|view| view.corrections(&saved.id))?;
        let mut rows = map(workspace, &home)?;
        // A field that is never said differently, and of which nobody has said anything, comes after the others.
        rows.sort_by_key(|row| !counts.contains_key(&row.field));
        Ok(Self {
            systems: systems(workspace, &home)?,
            rows: rows.iter().map(|row| names.row(row, &counts)).collect(),
            disagreed: count(counts.values().sum()),
            disagreements: listed,
            unknown_lines: count(unknown_lines(workspace, reader.view(), &home)?),
            corrections: corrections.iter().map(|one| names.correction(one, language)).collect(),
            may_change: workspace.may_decide(&Facts::read(workspace, &saved)?)?,
            home: home.orders_of,
        })
    }
}

/// Order lines that only other integrations speak of.
fn unknown_lines(workspace: &Workspace, view: View<'_>, home: &Integration) -> Result<i64> {
    let mut lines = 0;
    let streams = view.streams()?;
    for speaker in speakers(workspace, home)?.into_iter().filter(|speaker| !speaker.is_by_hand) {
        let Some(known) = view.integration(&speaker.integration.id)? else { continue };
        for stream in streams.iter().filter(|stream| stream.integration == known.number) {
            lines += view.lines_without_journey(stream.number)?;
        }
    }
    Ok(lines)
}

/// Who speaks of an integration's orders, for the list of what they say differently.
struct About {
    system: String,
    number: i64,
    voices: Voices,
    /// System by integration's number; nothing for what was entered by hand.
    systems: BTreeMap<i64, String>,
}

impl About {
    fn read(workspace: &Workspace, view: View<'_>, home: &Integration) -> Result<Option<Self>> {
        let Some((number, voices)) = Voices::of_home(workspace, view, home)? else { return Ok(None) };
        let mut systems = BTreeMap::from([(number, home.system.clone())]);
        for speaker in speakers(workspace, home)? {
            if let Some(other) = view.integration(&speaker.integration.id)? {
                let system = if speaker.is_by_hand { String::new() } else { speaker.integration.system };
                systems.insert(other.number, system);
            }
        }
        Ok(Some(Self { system: home.system.clone(), number, voices, systems }))
    }

    /// Disagreements by the field that leads the statement: a date and its quantity are one.
    fn counts(&self, view: View<'_>) -> Result<BTreeMap<Field, i64>> {
        let mut counts = BTreeMap::new();
        for (number, _, lines, _) in view.disagreement_counts(self.number)? {
            if let Some(field) = Field::from_number(number) {
                *counts.entry(field).or_default() += lines;
            }
        }
        Ok(counts)
    }

    fn listed(&self, view: View<'_>) -> Result<Vec<DisagreementView>> {
        let mut listed = Vec::new();
        for (field, other, ..) in view.disagreement_counts(self.number)? {
            let left = LISTED_MAX.saturating_sub(count(listed.len() as i64));
            for row in view.disagreements_of(self.number, field, other, (0, left))? {
                listed.extend(self.view(view, &row)?);
            }
        }
        Ok(listed)
    }

    fn view(&self, view: View<'_>, row: &DisagreementRow) -> Result<Option<DisagreementView>> {
        let (Some(field), Some(journey)) = (Field::from_number(row.field), view.journey(row.journey)?) else {
            return Ok(None);
        };
        let Some((_, texts)) = unpack(&journey.body) else { return Ok(None) };
        let name = |number: i64| self.systems.get(&number).cloned().unwrap_or_default();
        let other = self.voices.integrations.iter().position(|number| *number == row.other);
        let records = heard(view, &self.voices, row.journey)?;
        let of_other = records.iter().filter(|one| {
            Some(usize::from(one.voice)) == other && say::of_record(field, &one.record.facts).is_some()
        });
        let run = view.run(row.run)?;
        Ok(Some(DisagreementView {
            order: texts.order.to_owned(),
            line: texts.line.to_owned(),
            system: self.system.clone(),
            field: hand::column(field),
            kept_system: name(row.kept),
            kept_value: say::noted(field, &row.kept_value),
            other_system: name(row.other),
            other_value: say::noted(field, &row.other_value),
            is_by_hand: [row.kept, row.other].iter().any(|number| name(*number).is_empty()),
            since: run.and_then(|run| run.finished_at).map(moment),
            records: of_other
                .map(|one| RecordHandle { stream: one.record.stream, key: one.record.key }.to_string())
                .collect(),
        }))
    }
}

/// What people are called.
struct Names(BTreeMap<PersonId, String>);

impl Names {
    fn read(workspace: &Workspace) -> Result<Self> {
        let people = workspace.view(|view| view.people())?;
        Ok(Self(people.into_iter().map(|person| (person.id, person.name)).collect()))
    }

    fn of(&self, id: Option<&PersonId>) -> Option<String> {
        id.and_then(|id| self.0.get(id)).cloned()
    }

    fn row(&self, row: &MapRow, counts: &BTreeMap<Field, i64>) -> TruthRow {
        let said = row.said.as_ref();
        TruthRow {
            field: hand::column(row.field),
            origin: row.origin.clone(),
            record: row.record.clone(),
            owner: row.owner.as_ref().map(ToString::to_string),
            owner_name: self.of(row.owner.as_ref()),
            places: row
                .places
                .iter()
                .map(|(system, stream, column)| format!("{system}: {stream}, {column}"))
                .collect(),
            disagreements: count(counts.get(&row.field).copied().unwrap_or_default()),
            is_said: said.is_some_and(|said| statement(said.set.field) == statement(row.field)),
            said_at: said.map(|said| moment(said.act.at.wall_ms)),
            said_by: said.and_then(|said| self.of(said.act.person.as_ref())),
        }
    }

    fn correction(&self, correction: &Correction, language: Language) -> CorrectionView {
        let asked = &correction.asked;
        let says = correction.seen.last().map(|(seen, _)| seen.says.clone()).unwrap_or_default();
        let closed = correction.closed.as_ref();
        CorrectionView {
            correction: asked.correction.to_string(),
            field: field_name(asked.field, language).to_owned(),
            owner: self.of(Some(&asked.owner)).unwrap_or_default(),
            asked_by: self.of(correction.act.person.as_ref()),
            asked_at: moment(correction.act.at.wall_ms),
            text: asked.text.clone(),
            wanted: asked.wanted.clone(),
            standing: Standing::of(correction).word().to_owned(),
            records: asked
                .records
                .iter()
                .enumerate()
                .map(|(place, record)| WrongRecordView {
                    order: record.order.clone(),
                    line: record.line.clone(),
                    said: record.said.clone(),
                    says: says
                        .get(place)
                        .cloned()
                        .flatten()
                        .filter(|says| Some(says) != record.said.as_ref()),
                })
                .collect(),
            seen_at: correction.seen.last().map(|(_, act)| moment(act.at.wall_ms)),
            closed: closed.map(|(closed, _)| closed.reason.clone()),
            closed_by: closed.and_then(|(_, act)| self.of(act.person.as_ref())),
        }
    }
}
