//! Raw records as pages show them: where from, when, whose, and what was read from each cell.

use std::collections::BTreeMap;

use plaza_domain::cell::trim;
use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::record::{ChangedBy, FactValue, Facts, Field, FieldKind, Reason, Status};
use plaza_store::intake::{Batch, Record, StreamRow, View};
use serde::Serialize;

use super::order::{CellView, RecordView};
use super::order_words::pick;
use super::series::moment;
use crate::error::{EngineError, Result};
use crate::hand;
use crate::integration::{FieldTable, Integration};
use crate::record::{RecordHandle, Version, versions};
use crate::truth::map;
use crate::words::quantity;
use crate::workspace::Workspace;

/// Versions of one record that a page shows, the newest: a row that changes daily has hundreds.
const VERSIONS_MAX: usize = 50;

/// Where the records of one integration come from.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) integration: Integration,
    /// The person who answers for it.
    owner: Option<String>,
    /// It is what people entered by hand.
    is_by_hand: bool,
    /// Of the record that is shown: fields in which another source is believed that says something else, as bits by number.
    contradicted: u64,
    /// Who answers for single fields.
    field_owners: BTreeMap<Field, String>,
    /// Its streams, in the order of the integration.
    pub(super) streams: Vec<StreamRow>,
    batches: BTreeMap<i64, Vec<Batch>>,
    reasons: Vec<String>,
    departments: BTreeMap<String, String>,
}

impl Origin {
    /// Reads it; `number` is the integration's in the intake. `None` for one that is no longer known.
    pub(super) fn read(workspace: &Workspace, view: View<'_>, number: i64) -> Result<Option<Self>> {
        let Some(known) = view.integrations()?.into_iter().find(|known| known.number == number) else {
            return Ok(None);
        };
        let home = hand::home_of(&known.name).unwrap_or(&known.name);
        let (saved, people, departments) = workspace.view(|ledger| {
            Ok((ledger.integration(&home.into())?, ledger.people()?, ledger.departments()?))
        })?;
        let Some(saved) = saved else { return Ok(None) };
        let saved = Integration::from_toml(&saved.current.toml)?;
        let name = |id: Option<PersonId>| {
            id.and_then(|id| people.iter().find(|person| person.id == id)).map(|person| person.name.clone())
        };
        let owner = name(map::owner_of_integration(workspace, &saved)?);
        let (integration, is_by_hand) =
            if home == known.name { (saved, false) } else { (hand::definition(workspace, &saved), true) };
        let mut streams: Vec<StreamRow> =
            view.streams()?.into_iter().filter(|stream| stream.integration == number).collect();
        let place = |stream: &StreamRow| integration.streams.iter().position(|one| one.name == stream.name);
        // A stream that is no longer mapped comes last.
        streams.sort_by_key(|stream| place(stream).unwrap_or(usize::MAX));
        let batches = streams.iter().map(|stream| Ok((stream.number, view.batches(stream.number)?)));
        Ok(Some(Self {
            owner,
            is_by_hand,
            contradicted: 0,
            field_owners: BTreeMap::new(),
            batches: batches.collect::<Result<_>>()?,
            streams,
            reasons: view.reason_departments()?,
            departments: departments.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
            integration,
        }))
    }

    /// The same, for a record that another source contradicts in some fields.
    pub(super) fn contradicting(&mut self, contradicted: u64) -> &Self {
        self.contradicted = contradicted;
        self
    }

    /// Names who answers for single fields of an integration's journeys.
    pub(super) fn name_owners(&mut self, workspace: &Workspace, home: &Integration) -> Result<()> {
        for row in map::map(workspace, home)? {
            let person = row.owner.as_ref().filter(|_| row.said.is_some());
            let person = person.map(|id| workspace.view(|view| view.person(id))).transpose()?.flatten();
            if let Some(person) = person {
                self.field_owners.insert(row.field, person.name);
            }
        }
        Ok(())
    }

    /// One version of a record.
    pub(super) fn show(
        &self,
        workspace: &Workspace,
        view: View<'_>,
        record: &Record,
        version: &Version,
        language: Language,
    ) -> Result<Option<RecordView>> {
        let Some(original) = view.original(version.original)? else { return Ok(None) };
        let batches = self.batches.get(&record.stream).map(Vec::as_slice).unwrap_or_default();
        let batch = batches.iter().find(|batch| batch.original == version.original);
        let run = batch.map(|batch| view.run(batch.run)).transpose()?.flatten();
        let stream = self.streams.iter().find(|stream| stream.number == record.stream);
        let cells = workspace.layouts().cells(view, &original, version.row)?;
        Ok(Some(RecordView {
            id: RecordHandle { stream: record.stream, key: record.key }.to_string(),
            system: self.integration.system.clone(),
            integration: self.integration.id.clone(),
            integration_name: self.integration.name.clone(),
            owner: self.owner.clone(),
            by_hand: self.is_by_hand,
            stream: stream.map(|stream| stream.name.clone()).unwrap_or_default(),
            run: run.as_ref().map(|run| run.name.clone()).unwrap_or_default(),
            pulled: run.and_then(|run| run.finished_at).map(moment),
            file: original.name,
            row: u32::try_from(version.row).unwrap_or(u32::MAX),
            version: version.number,
            current: version.current,
            cells: self.cells(stream, cells, Facts(&version.facts), language),
        }))
    }

    fn cells(
        &self,
        stream: Option<&StreamRow>,
        cells: Vec<(String, String)>,
        facts: Facts<'_>,
        language: Language,
    ) -> Vec<CellView> {
        let mapped = stream.and_then(|row| self.integration.streams.iter().find(|one| one.name == row.name));
        let columns: Vec<&str> = cells.iter().map(|(column, _)| column.as_str()).collect();
        let mut fields: Vec<Vec<Field>> = vec![Vec::new(); columns.len()];
        for (field, table) in mapped.into_iter().flat_map(|stream| &stream.fields) {
            let place = column_of(table).and_then(|wanted| place_of(&columns, wanted));
            if let Some(fields) = place.and_then(|place| fields.get_mut(place)) {
                fields.push(*field);
            }
        }
        let read_as = |fields: &[Field]| {
            fields.iter().find_map(|field| {
                let value = facts.iter().find(|(known, _)| known == field).map(|(_, value)| value)?;
                Some(self.words(*field, value, language))
            })
        };
        cells
            .into_iter()
            .zip(fields)
            .map(|((column, text), fields)| CellView {
                counts: fields.is_empty()
                    || fields.iter().any(|field| self.contradicted & (1 << *field as u8) == 0),
                owner: fields.iter().find_map(|field| self.field_owners.get(field).cloned()),
                column,
                text: String::from_utf8_lossy(trim(text.as_bytes())).into_owned(),
                read_as: read_as(&fields),
                fields: fields.into_iter().map(word).collect(),
            })
            .collect()
    }

    /// What was read from a cell. Dates stay as `YYYY-MM-DD`: which of their numbers is the month must be plain here.
    fn words(&self, field: Field, value: FactValue<'_>, language: Language) -> String {
        let number = match value {
            FactValue::Text(text) => return text.to_owned(),
            FactValue::Number(number) => number,
        };
        match field.kind() {
            FieldKind::Date => {
                i32::try_from(number).map_or_else(|_| number.to_string(), |day| Day(day).to_string())
            }
            FieldKind::Moment => {
                let (day, second) = (number.div_euclid(86_400), number.rem_euclid(86_400));
                let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
                format!("{} {hour:02}:{minute:02}:{second:02}", Day(day as i32))
            }
            FieldKind::Quantity => quantity(number, language),
            FieldKind::Money => language.number(number as f64 / 100.0, 2),
            FieldKind::Code => self.code(field, number, language),
            FieldKind::Text => number.to_string(),
        }
    }

    fn code(&self, field: Field, code: i64, language: Language) -> String {
        let words = match (field, Status::from_code(code), ChangedBy::from_code(code)) {
            (Field::Status, Some(Status::Open), _) => ["open", "offen", "abierto"],
            (Field::Status, Some(Status::Closed), _) => ["closed", "abgeschlossen", "cerrado"],
            (Field::Status, Some(Status::Cancelled), _) => ["cancelled", "storniert", "cancelado"],
            (Field::DateChangedBy, _, ChangedBy::Us) => ["us", "wir", "nosotros"],
            (Field::DateChangedBy, _, ChangedBy::Customer) => ["the customer", "der Kunde", "el cliente"],
            _ => match Reason::from_code(code) {
                Reason::WrongInvoice => ["wrong invoice", "falsche Rechnung", "factura errónea"],
                Reason::Unnamed => ["nobody named", "niemand benannt", "nadie indicado"],
                Reason::Department(position) => {
                    let id = self.reasons.get(usize::from(position)).map(String::as_str).unwrap_or_default();
                    return self.departments.get(id).map_or(id, String::as_str).to_owned();
                }
            },
        };
        pick(language, words).to_owned()
    }
}

/// The column that a field is read from; none for a constant.
fn column_of(table: &FieldTable) -> Option<&str> {
    match table {
        FieldTable::Column(column) => Some(column),
        FieldTable::Read(read) => read.column.as_deref(),
    }
}

/// Where a column stands in a file: by its name, else by its name but for blanks and case, as a pull finds it.
fn place_of(columns: &[&str], wanted: &str) -> Option<usize> {
    let exact = columns.iter().position(|column| *column == wanted);
    exact.or_else(|| columns.iter().position(|column| column.trim().eq_ignore_ascii_case(wanted.trim())))
}

/// The word that TOML and screens use for a field.
fn word(field: impl Serialize) -> String {
    serde_json::to_value(field).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl RecordView {
    /// All versions of the record that `id` names, the one in force first, then the newest; at most 50.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a handle that names no record; what the stores say.
    pub fn read(workspace: &Workspace, id: &str, language: Language) -> Result<Vec<Self>> {
        let unknown = || EngineError::NotFound { noun: "record", name: id.chars().take(80).collect() };
        let handle: RecordHandle = id.parse().map_err(|_| unknown())?;
        let reader = workspace.intake_reader()?;
        let view = reader.view();
        let record = view.record(handle.stream, handle.key)?.ok_or_else(unknown)?;
        let stream = view.streams()?.into_iter().find(|stream| stream.number == handle.stream);
        let stream = stream.ok_or_else(unknown)?;
        let origin = Origin::read(workspace, view, stream.integration)?.ok_or_else(unknown)?;
        let mut shown = Vec::new();
        for version in versions(view, &record)?.iter().take(VERSIONS_MAX) {
            shown.extend(origin.show(workspace, view, &record, version, language)?);
        }
        Ok(shown)
    }
}
