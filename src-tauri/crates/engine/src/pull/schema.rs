//! The columns of a file against those of the last file of its stream: what is new, missing or of another type, and
//! what the integration's rules say happens then. Found out before anything is read in earnest, so that a column that is
//! not to be believed is neither asked about nor landed.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use plaza_connect::file::{FileSource, Looked};
use plaza_domain::cell::{Cells, ColumnProfile, PlausibleYears};
use plaza_domain::day::Day;
use plaza_domain::record::{Field, FieldKind};
use plaza_store::intake::Batch;
use serde::{Deserialize, Serialize};

use super::Pull;
use super::files::Group;
use crate::error::Result;
use crate::integration::{SchemaPolicy, SchemaTable, Stream};
use crate::journey::context::day_of_moment;
use crate::schema_stop::SchemaStop;
use crate::staging::{ColumnChange, ColumnType, Finding, StreamPlan, same_column};

/// Rows from the top of a file that tell what its columns hold: enough that a few odd cells decide nothing.
const ROWS: u64 = 2_000;

/// Fields that make a row the row that it is.
const KEYS: [Field; 3] = [Field::Order, Field::Line, Field::RowKey];

/// A column as later files are compared with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShapeColumn {
    name: String,
    /// What most cells are, where the column is mapped and has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<ColumnType>,
}

/// What is known of a file's columns, and what follows from it.
#[derive(Clone, Debug, Default)]
pub(super) struct FileSchema {
    /// What later files are compared with.
    pub shape: Vec<ShapeColumn>,
    /// What is said of the file as a whole.
    pub findings: Vec<Finding>,
    /// Fields that are read as empty.
    pub dropped: Vec<Field>,
    /// Rows with a value in this column wait; without a column, all of them.
    pub refused: Vec<(Option<usize>, Finding)>,
    /// Nothing of the file is taken.
    pub stop: Option<SchemaStop>,
}

impl FileSchema {
    /// The shape as it is kept.
    pub(super) fn shape_json(&self) -> String {
        serde_json::to_string(&self.shape).unwrap_or_default()
    }
}

/// What an earlier file of a stream had.
struct Earlier {
    moment: i64,
    shape: Vec<ShapeColumn>,
    file: Named,
}

enum Named {
    Kept(i64),
    Here(String),
}

/// The shapes of the streams' files, those of the store and those of the groups that are about to land.
pub(super) struct Shapes<'a> {
    pull: &'a Pull<'a>,
    by_stream: BTreeMap<usize, Vec<Earlier>>,
}

impl<'a> Shapes<'a> {
    pub(super) const fn new(pull: &'a Pull<'a>) -> Self {
        Self { pull, by_stream: BTreeMap::new() }
    }

    /// Compares the files of a group with the last file before it.
    pub(super) fn compare(
        &mut self,
        group: &Group,
        plan: &StreamPlan,
        looked: &[(FileSource, Looked)],
    ) -> Result<Vec<FileSchema>> {
        self.open(group.stream)?;
        let stream = &self.pull.integration.streams[group.stream];
        let moment = group.moment().unwrap_or(i64::MAX);
        let earlier = self.by_stream.get(&group.stream).map_or(&[] as &[_], Vec::as_slice);
        let last = earlier.iter().filter(|one| one.moment < moment).max_by_key(|one| one.moment);
        let mut schemas = Vec::new();
        for ((source, looked), file) in looked.iter().zip(&group.files) {
            let columns = Found::of(source, looked, plan)?;
            let comparison = Comparison {
                policy: &self.pull.integration.rules.schema,
                known: last.map(|one| one.shape.as_slice()),
                is_reread: group.arrived.is_some(),
            };
            let (mut schema, stops) = comparison.of(plan, &columns);
            if !stops.is_empty() {
                schema.stop = Some(SchemaStop {
                    stream: stream.name.clone(),
                    file: file.name.clone(),
                    changes: stops,
                    last: last.map(|one| self.named(one)).transpose()?.flatten(),
                });
            }
            schemas.push(schema);
        }
        let landed = schemas.iter().zip(&group.files).rev().find(|(schema, _)| schema.stop.is_none());
        if let Some((schema, file)) = landed {
            let file = Named::Here(file.name.clone());
            let one = Earlier { moment, shape: schema.shape.clone(), file };
            self.by_stream.entry(group.stream).or_default().push(one);
        }
        Ok(schemas)
    }

    /// What the store knows of a stream, once.
    fn open(&mut self, place: usize) -> Result<()> {
        if self.by_stream.contains_key(&place) {
            return Ok(());
        }
        let batches = self.pull.landed(&self.pull.integration.streams[place])?;
        let earlier = batches.into_iter().filter_map(|batch| {
            let shape: Vec<ShapeColumn> = serde_json::from_str(&batch.shape).unwrap_or_default();
            let file = Named::Kept(batch.original);
            (!shape.is_empty()).then_some(Earlier { moment: batch.moment, shape, file })
        });
        self.by_stream.insert(place, earlier.collect());
        Ok(())
    }

    /// The name of an earlier file, and the day it stands for.
    fn named(&self, earlier: &Earlier) -> Result<Option<(String, Day)>> {
        let name = match &earlier.file {
            Named::Here(name) => Some(name.clone()),
            Named::Kept(number) => {
                self.pull.workspace.intake().view().original(*number)?.map(|original| original.name)
            }
        };
        Ok(name.map(|name| (name, day_of_moment(earlier.moment))))
    }
}

impl Pull<'_> {
    /// What was landed of a stream before; nothing where its rows are about to be read by another mapping.
    fn landed(&self, stream: &Stream) -> Result<Vec<Batch>> {
        let intake = self.workspace.intake();
        let known = intake.view().integration(&self.integration.id)?;
        let Some(known) = known.filter(|known| known.mapping == self.mapping()) else {
            return Ok(Vec::new());
        };
        let streams = intake.view().streams()?;
        let number = streams.iter().find(|one| one.integration == known.number && one.name == stream.name);
        Ok(number.map(|number| intake.view().batches(number.number)).transpose()?.unwrap_or_default())
    }
}

/// The columns of a file, and what those that are mapped hold.
struct Found {
    names: Vec<String>,
    /// By field of the plan: the column's place and type.
    mapped: Vec<(Option<usize>, Option<ColumnType>)>,
}

impl Found {
    fn of(source: &FileSource, looked: &Looked, plan: &StreamPlan) -> Result<Self> {
        let (names, _) = source.columns(looked)?;
        let place = |name: &str| same_column(&names, name);
        let places: Vec<Option<usize>> =
            plan.fields.iter().map(|field| place(&field.name).filter(|_| !field.name.is_empty())).collect();
        let mut cells: Vec<Cells> = places.iter().map(|_| Cells::new()).collect();
        let mut rows = 0;
        source.pages(looked, 0, &mut |page| {
            for row in page.rows() {
                for ((cells, place), field) in cells.iter_mut().zip(&places).zip(&plan.fields) {
                    let cell = place.map_or(&[] as &[u8], |place| row.bytes(place));
                    if !cell.is_empty() && !field.is_empty_word(cell) {
                        cells.push(cell, row.number());
                    }
                }
                rows += 1;
            }
            if rows < ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let kinds = cells.iter().map(|cells| kind(&cells.finish(PlausibleYears::default())));
        Ok(Self { mapped: places.into_iter().zip(kinds).collect(), names })
    }
}

/// What most cells are; nothing where there are none.
fn kind(profile: &ColumnProfile) -> Option<ColumnType> {
    let filled = profile.cells - profile.empty;
    if filled == 0 {
        return None;
    }
    let is_most = |rows: u32| u64::from(rows) * 2 > u64::from(filled);
    let dates = profile.date.as_ref();
    let written =
        dates.map_or(0, |date| date.forms.iter().map(|form| form.rows).sum::<u32>() + date.other_rows);
    if is_most(written) {
        return Some(ColumnType::Date);
    }
    let serial = dates.and_then(|date| date.serial.as_ref()).map_or(0, |serial| serial.rows);
    let numbers = profile.number.as_ref().map_or(serial, |number| number.rows);
    if !is_most(numbers) {
        return Some(ColumnType::Words);
    }
    let has_decimals = profile.number.as_ref().is_some_and(|number| number.decimals > 0);
    Some(if has_decimals { ColumnType::Decimal } else { ColumnType::Whole })
}

/// Whether a field's column is another one by its type. Texts may be numbers today and words tomorrow; but keys that were
/// whole numbers and got decimals were written by a spreadsheet, and would make every row a new one.
fn is_retyped(field: Field, before: ColumnType, now: ColumnType) -> bool {
    let is_number = |kind| matches!(kind, ColumnType::Whole | ColumnType::Decimal);
    match field.kind() {
        FieldKind::Date | FieldKind::Moment | FieldKind::Quantity | FieldKind::Money => {
            before != now && !(is_number(before) && is_number(now))
        }
        FieldKind::Text => KEYS.contains(&field) && before == ColumnType::Whole && now == ColumnType::Decimal,
        FieldKind::Code => false,
    }
}

struct Comparison<'a> {
    policy: &'a SchemaTable,
    known: Option<&'a [ShapeColumn]>,
    /// What was landed once is read again: it was allowed then and stops nothing.
    is_reread: bool,
}

impl Comparison<'_> {
    fn of(&self, plan: &StreamPlan, found: &Found) -> (FileSchema, Vec<Finding>) {
        let mut schema = FileSchema::default();
        let mut stops = Vec::new();
        schema.shape =
            found.names.iter().map(|name| ShapeColumn { name: name.clone(), kind: None }).collect();
        for (own, (column, now)) in plan.fields.iter().zip(&found.mapped) {
            if own.name.is_empty() {
                continue;
            }
            let before = self.known_column(&own.name);
            match column {
                None => self.missing(own.field, &own.name, before, &mut schema, &mut stops),
                Some(place) => {
                    let was = before.and_then(|before| before.kind);
                    schema.set_kind(*place, now.or(was));
                    if let (Some(before), Some(now)) = (was, *now)
                        && is_retyped(own.field, before, now)
                    {
                        let change = Change { field: own.field, column: &own.name, place: *place };
                        self.retyped(&change, (before, now), &mut schema, &mut stops);
                    }
                }
            }
        }
        self.new_columns(found, plan, &mut schema, &mut stops);
        (schema, stops)
    }

    fn known_column(&self, name: &str) -> Option<&ShapeColumn> {
        let known = self.known?;
        let names: Vec<&str> = known.iter().map(|column| column.name.as_str()).collect();
        same_column(&names, name).and_then(|place| known.get(place))
    }

    fn policy(&self, said: SchemaPolicy) -> SchemaPolicy {
        if self.is_reread && said == SchemaPolicy::Stop { SchemaPolicy::Accept } else { said }
    }

    fn missing(
        &self,
        field: Field,
        column: &str,
        before: Option<&ShapeColumn>,
        schema: &mut FileSchema,
        stops: &mut Vec<Finding>,
    ) {
        let is_key = KEYS.contains(&field);
        if self.known.is_none() && (!self.is_reread || is_key) {
            // A first file: whoever reads it says that the mapping does not suit.
            return;
        }
        let finding = Finding::MissingColumn { field, column: column.to_owned() };
        let policy = if is_key { SchemaPolicy::Stop } else { self.policy(self.policy.of_missing()) };
        if before.is_none() && self.known.is_some() && !is_key {
            // It was allowed to be missing before.
            schema.dropped.push(field);
            return;
        }
        match policy {
            SchemaPolicy::Stop => return stops.push(finding),
            SchemaPolicy::Accept => {}
            SchemaPolicy::DropValue => schema.shape.extend(before.cloned()),
            SchemaPolicy::DropRow => {
                schema.shape.extend(before.cloned());
                schema.refuse(None, Some(field), column, ColumnChange::Missing);
            }
        }
        schema.dropped.push(field);
        schema.findings.push(finding);
    }

    fn retyped(
        &self,
        change: &Change<'_>,
        (before, now): (ColumnType, ColumnType),
        schema: &mut FileSchema,
        stops: &mut Vec<Finding>,
    ) {
        let Change { field, column, place } = *change;
        let finding = Finding::RetypedColumn { field, column: column.to_owned(), before, now };
        match self.policy(self.policy.of_retyped()) {
            SchemaPolicy::Stop => return stops.push(finding),
            SchemaPolicy::Accept => {}
            // A key that is not read leaves nothing to count: its rows wait.
            SchemaPolicy::DropValue if !KEYS.contains(&field) => {
                schema.set_kind(place, Some(before));
                schema.dropped.push(field);
            }
            SchemaPolicy::DropValue | SchemaPolicy::DropRow => {
                schema.set_kind(place, Some(before));
                schema.refuse(Some(place), Some(field), column, ColumnChange::Retyped);
                if !KEYS.contains(&field) {
                    schema.dropped.push(field);
                }
            }
        }
        schema.findings.push(finding);
    }

    fn new_columns(
        &self,
        found: &Found,
        plan: &StreamPlan,
        schema: &mut FileSchema,
        stops: &mut Vec<Finding>,
    ) {
        if self.known.is_none() {
            return;
        }
        let mapped: Vec<&str> = plan.fields.iter().map(|field| field.name.as_str()).collect();
        for (place, name) in found.names.iter().enumerate() {
            if self.known_column(name).is_some() || same_column(&mapped, name).is_some() {
                continue;
            }
            let finding = Finding::NewColumn { column: name.clone() };
            match self.policy(self.policy.of_new()) {
                SchemaPolicy::Stop => {
                    stops.push(finding);
                    continue;
                }
                SchemaPolicy::Accept | SchemaPolicy::DropValue => {}
                SchemaPolicy::DropRow => {
                    schema.shape.retain(|column| column.name != *name);
                    schema.refuse(Some(place), None, name, ColumnChange::New);
                }
            }
            schema.findings.push(finding);
        }
    }
}

/// A mapped column and where it stands.
struct Change<'a> {
    field: Field,
    column: &'a str,
    place: usize,
}

impl FileSchema {
    fn set_kind(&mut self, place: usize, kind: Option<ColumnType>) {
        if let Some(column) = self.shape.get_mut(place) {
            column.kind = kind;
        }
    }

    fn refuse(&mut self, place: Option<usize>, field: Option<Field>, column: &str, change: ColumnChange) {
        let finding = Finding::ChangedColumn { field, column: column.to_owned(), change };
        self.refused.push((place, finding));
    }
}
