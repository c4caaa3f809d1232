//! Whether a draft can be used: everything that stops it, all at once, and what is needed to read its files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plaza_connect::ConnectError;
use plaza_connect::file::folder::{expand, list};
use plaza_connect::file::{Original, SnapshotName};
use plaza_connect::system::{Connection, TrytonInterface};
use plaza_domain::cell::{ColumnProfile, DateFormat, Hint, Zones};
use plaza_domain::day::Day;
use plaza_domain::department::DepartmentId;
use plaza_domain::record::{Field, FieldKind};

use super::fault::{Fault, Step, What};
use super::look::Group;
use super::{excerpt, pin, route};
use crate::answer::Question;
use crate::error::{EngineError, Result};
use crate::integration::{FieldRead, Integration, Stream};
use crate::journey::context::JourneyContext;
use crate::pull::file_format;
use crate::staging::{Doubt, FieldPlan, PlanError, StreamPlan, judge};
use crate::workspace::Workspace;

/// A draft that was checked.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) faults: Vec<Fault>,
    pub(super) streams: Vec<CheckedStream>,
    /// What journeys depend on; none where the route is not whole.
    pub(super) context: Option<JourneyContext>,
    pub(super) zones: Option<Arc<Zones>>,
    pub(super) today: Day,
}

/// A stream that was checked.
#[derive(Debug)]
pub(super) struct CheckedStream {
    pub(super) group: Option<Arc<Group>>,
    /// How its rows are read, without the fields that only a person can say how to read.
    pub(super) plan: Option<StreamPlan>,
    /// Those fields with their columns.
    pub(super) doubtful: Vec<(Field, String)>,
}

/// Checks a draft.
///
/// # Errors
/// What the workspace says.
pub(super) fn check(workspace: &Workspace, draft: &Integration) -> Result<Checked> {
    let settings = workspace.settings()?;
    let departments = crate::pull::seats(workspace)?;
    let mut faults = Vec::new();
    let home = match crate::pull::home(workspace, draft) {
        Ok(home) => home,
        Err(EngineError::Invalid { fields }) => {
            faults.extend(
                fields.into_iter().map(|(path, message)| fault(path, Step::Finish, What::Other { message })),
            );
            None
        }
        Err(other) => return Err(other),
    };
    if draft.orders_of.is_none() {
        route::check(draft, &departments, &mut faults);
    }
    let mut reasons = workspace.intake_reader()?.view().reason_departments()?;
    for department in &departments {
        if !reasons.iter().any(|one| one == department.as_str()) {
            reasons.push(department.to_string());
        }
    }
    let zone = settings.time_zone.to_string();
    let zones = Zones::new(&zone, draft.time_zone.as_deref()).ok().map(Arc::new);
    if zones.is_none() {
        let zone = draft.time_zone.clone().unwrap_or_default();
        faults.push(fault("time_zone", Step::Finish, What::BadZone { zone }));
    }
    let kpis = workspace.view(|view| view.kpis())?;
    let context =
        JourneyContext::of(home.as_ref().unwrap_or(draft), &settings, &departments, &reasons, &kpis);
    if let Err(error) = &context
        && faults.is_empty()
    {
        faults.push(fault("route", Step::Route, What::Other { message: error.to_string() }));
    }
    let mut checking = Checking { workspace, draft, departments: &departments, reasons: &reasons, faults };
    let streams = checking.streams();
    Ok(Checked { faults: checking.faults, streams, context: context.ok(), zones, today: workspace.today()? })
}

fn fault(path: impl Into<String>, step: Step, what: What) -> Fault {
    Fault { path: path.into(), step, stream: None, field: None, what }
}

struct Checking<'a> {
    workspace: &'a Workspace,
    draft: &'a Integration,
    departments: &'a [DepartmentId],
    reasons: &'a [String],
    faults: Vec<Fault>,
}

impl Checking<'_> {
    fn streams(&mut self) -> Vec<CheckedStream> {
        self.connection();
        if self.draft.streams.is_empty() {
            let step = if self.draft.connection.is_some() { Step::Found } else { Step::Files };
            self.faults.push(fault("stream", step, What::NoStreams));
            return Vec::new();
        }
        let mut names = BTreeSet::new();
        let mut streams = Vec::new();
        for (place, stream) in self.draft.streams.iter().enumerate() {
            let path = format!("stream[{place}]");
            if stream.name.trim().is_empty() {
                self.found(stream, format!("{path}.name"), What::NoStreamName);
            } else if !names.insert(stream.name.trim().to_lowercase()) {
                let name = stream.name.clone();
                self.found(stream, format!("{path}.name"), What::SameStreamName { name });
            }
            if let Some(text) = &stream.snapshot_date
                && text.parse::<Day>().is_err()
                && SnapshotName::new(text).is_err()
            {
                let what = What::BadSnapshotDate { text: text.clone() };
                self.found(stream, format!("{path}.snapshot_date"), what);
            }
            streams.push(self.stream(stream, &path));
        }
        if self.draft.orders_of.is_none()
            && self.draft.streams.iter().all(|stream| !stream.fields.contains_key(&Field::Ordered))
        {
            self.faults.push(Fault {
                field: Some(Field::Ordered),
                ..fault("stream", Step::Fields, What::NoOrdered)
            });
        }
        streams
    }

    /// Whether the system can be asked at all, as far as that is known without asking it.
    fn connection(&mut self) {
        let asks = self.draft.streams.iter().find(|stream| stream.from.is_some());
        match (&self.draft.connection, asks) {
            (None, Some(stream)) => {
                let what = What::NoConnection { stream: stream.name.clone() };
                self.faults.push(fault("connection", Step::Files, what));
            }
            (Some(connection), _) => {
                if let Some((setting, what)) = lacking(connection) {
                    self.faults.push(fault(format!("connection.{setting}"), Step::Files, what));
                }
            }
            (None, None) => {}
        }
    }

    /// What a stream asks of the system, and the first rows of its answer.
    fn excerpt(&mut self, stream: &Stream, path: &str) -> Option<Arc<Group>> {
        if stream.from.as_ref().and_then(excerpt::what).is_none() {
            self.found(stream, format!("{path}.from"), What::NoFrom { stream: stream.name.clone() });
            return None;
        }
        match Question::of(self.draft, stream) {
            Err(EngineError::Invalid { fields }) => {
                let message = fields.into_iter().map(|(_, reason)| reason).collect::<Vec<_>>().join(" ");
                self.found(stream, format!("{path}.from"), What::Other { message });
            }
            Err(error) => {
                self.found(stream, format!("{path}.from"), What::Other { message: error.to_string() });
            }
            Ok(_) => {}
        }
        let Some(file) = excerpt::original(self.workspace, self.draft, stream) else {
            if !self.was_read_before(stream) {
                self.found(stream, format!("{path}.from"), What::NoExcerpt { stream: stream.name.clone() });
            }
            return None;
        };
        match self.workspace.looks().group(&[file], &file_format(stream)) {
            Ok(group) => Some(group),
            Err(error) => {
                self.found(stream, path.to_owned(), What::Refused(error));
                None
            }
        }
    }

    /// Whether the saved version asks the same: it may then be changed while the system is away.
    fn was_read_before(&self, stream: &Stream) -> bool {
        let Ok(saved) = self.workspace.saved_definition(&self.draft.id) else { return false };
        saved.connection.map(|one| one.kind()) == self.draft.connection.as_ref().map(Connection::kind)
            && saved.streams.iter().any(|own| {
                own.name == stream.name
                    && own.from == stream.from
                    && own.fields.keys().eq(stream.fields.keys())
            })
    }

    fn found(&mut self, stream: &Stream, path: String, what: What) {
        self.faults.push(Fault { stream: Some(stream.name.clone()), ..fault(path, Step::Found, what) });
    }

    fn files_fault(&mut self, stream: &Stream, path: String, what: What) {
        self.faults.push(Fault { stream: Some(stream.name.clone()), ..fault(path, Step::Files, what) });
    }

    fn stream(&mut self, stream: &Stream, path: &str) -> CheckedStream {
        let group = self.group(stream, path);
        let mut checked = CheckedStream { group, plan: None, doubtful: Vec::new() };
        if !stream.fields.contains_key(&Field::Order) {
            let what = What::NotMapped { stream: stream.name.clone(), field: Field::Order };
            self.field_fault(stream, path, Field::Order, Step::Fields, what);
        }
        // Each field by itself, so that one that cannot be read does not hide the others.
        let mut readable = stream.clone();
        for field in stream.fields.keys() {
            if !self.mapping(stream, path, *field) {
                readable.fields.remove(field);
            }
        }
        let Some(group) = checked.group.clone() else { return checked };
        for field in readable.fields.keys().copied().collect::<Vec<_>>() {
            let Some(table) = readable.fields.get(&field) else { continue };
            let read = pin::long(table);
            let Some(column) = read.column else { continue };
            let lacking: Vec<_> =
                group.tables.iter().filter(|table| !has_column(&table.columns, &column)).collect();
            if let Some(first) = lacking.first() {
                let (step, what) = if lacking.len() == group.tables.len() {
                    (Step::Fields, What::NoColumnAtAll { column: column.clone() })
                } else {
                    (Step::Files, What::NoColumn { column: column.clone(), file: first.name.clone() })
                };
                self.field_fault(stream, path, field, step, what);
                readable.fields.remove(&field);
            }
        }
        let Ok(mut plan) = self.plan(&readable) else { return checked };
        self.judge(stream, path, &mut plan, &group, &mut checked.doubtful);
        checked.plan = Some(plan);
        checked
    }

    fn field_fault(&mut self, stream: &Stream, path: &str, field: Field, step: Step, what: What) {
        let word = crate::staging::field_word(field);
        self.faults.push(Fault {
            path: format!("{path}.fields.{word}"),
            step,
            stream: Some(stream.name.clone()),
            field: Some(field),
            what,
        });
    }

    fn plan(&self, stream: &Stream) -> std::result::Result<StreamPlan, PlanError> {
        let mut position = |id: &str| {
            let is_there = self.departments.iter().any(|one| one.as_str() == id);
            let place = self.reasons.iter().position(|one| one == id);
            place.filter(|_| is_there).and_then(|place| u16::try_from(place).ok())
        };
        StreamPlan::of(stream, &mut position)
    }

    /// Whether a field's own entry makes sense.
    fn mapping(&mut self, stream: &Stream, path: &str, field: Field) -> bool {
        let mut alone = stream.clone();
        alone.fields.retain(|own, _| *own == field);
        if field != Field::Order {
            alone.fields.insert(Field::Order, crate::integration::FieldTable::Column(String::new()));
        }
        let read = stream.fields.get(&field).map(pin::long).unwrap_or_default();
        let (step, what) = match self.plan(&alone) {
            Ok(plan) => match constant_fault(&plan, field, &read) {
                Some(what) => (Step::Fields, what),
                None => return true,
            },
            Err(PlanError::NoSource { .. }) => (Step::Fields, What::NoSource { field }),
            Err(PlanError::BadFormat { .. }) => (Step::Dates, format_fault(field, &read)),
            Err(PlanError::BadValue { value, word, .. }) => {
                (Step::Values, What::BadMeaning { field, value, word })
            }
            Err(error) => (Step::Fields, What::Other { message: error.to_string() }),
        };
        self.field_fault(stream, path, field, step, what);
        false
    }

    /// The files of a stream, looked at.
    fn group(&mut self, stream: &Stream, path: &str) -> Option<Arc<Group>> {
        if stream.from.is_some() {
            return self.excerpt(stream, path);
        }
        if stream.files.is_empty() && stream.folder.is_none() {
            let what = What::NoFiles { stream: stream.name.clone() };
            self.files_fault(stream, path.to_owned(), what);
            return None;
        }
        let mut files: Vec<Original> = Vec::new();
        let mut is_whole = true;
        for (part, found) in originals(stream) {
            match found {
                Ok(found) => files.extend(found),
                Err(what) => {
                    self.files_fault(stream, format!("{path}.{part}"), what);
                    is_whole = false;
                }
            }
        }
        if !is_whole {
            return None;
        }
        match self.workspace.looks().group(&files, &file_format(stream)) {
            Ok(group) => Some(group),
            Err(error) => {
                self.files_fault(stream, path.to_owned(), What::Refused(error));
                None
            }
        }
    }

    /// Completes what the draft leaves open from what whole columns say; what only a person can say is a fault, and its
    /// field is left out of the plan.
    fn judge(
        &mut self,
        stream: &Stream,
        path: &str,
        plan: &mut StreamPlan,
        group: &Group,
        doubtful: &mut Vec<(Field, String)>,
    ) {
        for field in plan.fields.clone() {
            let Some(profile) = group.profile(&field.name).filter(|_| !field.name.is_empty()) else {
                continue;
            };
            let is_open = plan.open.contains(&field.field);
            if let Some((step, what)) = column_fault(&field, profile, is_open) {
                self.field_fault(stream, path, field.field, step, what);
            }
            if !is_open {
                continue;
            }
            let mut own = field.clone();
            // Words among dates wait in quarantine until a person says what they stand for.
            let words = profile.words_among_dates();
            own.empty_words.extend(words.iter().map(|word| word.text.trim().to_lowercase()));
            match judge(&own, profile) {
                Ok(reading) => plan.set_reading(field.field, reading),
                Err(doubt) => {
                    let what = doubt_fault(&field.name, doubt);
                    self.field_fault(stream, path, field.field, Step::Dates, what);
                    doubtful.push((field.field, field.name.clone()));
                }
            }
        }
        plan.fields.retain(|field| doubtful.iter().all(|(own, _)| *own != field.field));
        plan.open.clear();
        self.meanings(stream, path, group);
    }

    /// A status without a single meaning keeps every row out.
    fn meanings(&mut self, stream: &Stream, path: &str, group: &Group) {
        let Some(read) = stream.fields.get(&Field::Status).map(pin::long) else { return };
        let rule = crate::staging::Rule::UnknownStatus;
        let keeps_out = rule.severity(&self.draft.rules) == crate::integration::Severity::Quarantine;
        let Some(column) = read.column.filter(|_| read.values.is_empty() && keeps_out) else { return };
        if group.profile(&column).is_some_and(|profile| profile.cells > profile.empty) {
            let what = What::NoMeanings { column };
            self.field_fault(stream, path, Field::Status, Step::Values, what);
        }
    }
}

/// The first setting that a connection lacks.
fn lacking(connection: &Connection) -> Option<(&'static str, What)> {
    let settings: Vec<(&'static str, &str)> = match connection {
        Connection::Postgres(server) | Connection::Mysql(server) | Connection::SqlServer(server) => {
            vec![("host", &server.host), ("database", &server.database), ("user", &server.user)]
        }
        Connection::Sqlite(file) => vec![("path", &file.path)],
        Connection::Http(service) => vec![("url", &service.url)],
        Connection::Odata(service) => vec![("url", &service.url)],
        Connection::Tryton(server) => match server.interface {
            TrytonInterface::JsonRpc => {
                vec![("url", &server.url), ("database", &server.database), ("user", &server.user)]
            }
            TrytonInterface::Rest => vec![("url", &server.url), ("database", &server.database)],
        },
        Connection::Odoo(server) => {
            vec![("url", &server.url), ("database", &server.database), ("user", &server.user)]
        }
        Connection::Singer(tap) => vec![("command", tap.command.first().map_or("", String::as_str))],
    };
    let (setting, _) = settings.into_iter().find(|(_, value)| value.trim().is_empty())?;
    Some((setting, What::NoSetting { setting }))
}

/// Where a stream's files are, part by part of its definition.
fn originals(stream: &Stream) -> Vec<(String, std::result::Result<Vec<Original>, What>)> {
    let absolute = |path: &str| -> std::result::Result<PathBuf, What> {
        let own = Path::new(path);
        if own.is_absolute() { Ok(own.to_owned()) } else { Err(What::RelativePath { path: path.to_owned() }) }
    };
    let mut parts = Vec::new();
    for (place, file) in stream.files.iter().enumerate() {
        let found = absolute(file).and_then(|path| expand(&path).map_err(What::Refused));
        parts.push((format!("files[{place}]"), found));
    }
    if let Some(folder) = &stream.folder {
        let pattern = stream.pattern.as_deref().unwrap_or("*.csv");
        let found = absolute(folder).and_then(|path| {
            let found = list(&path, pattern).map_err(What::Refused)?;
            if found.is_empty() {
                return Err(What::Refused(ConnectError::Missing { path: path.join(pattern) }));
            }
            Ok(found)
        });
        parts.push(("folder".to_owned(), found));
    }
    parts
}

fn has_column(columns: &[String], wanted: &str) -> bool {
    columns.iter().any(|column| column == wanted || column.trim().eq_ignore_ascii_case(wanted.trim()))
}

/// Which format of a field means nothing.
fn format_fault(field: Field, read: &FieldRead) -> What {
    if matches!(field.kind(), FieldKind::Date | FieldKind::Moment) {
        let bad = read.formats.iter().find(|format| format.parse::<DateFormat>().is_err());
        return What::BadDateFormat { field, text: bad.cloned().unwrap_or_default() };
    }
    What::BadMark { field, text: read.decimal.clone().unwrap_or_default() }
}

/// What is wrong with a value that is the same for every row.
fn constant_fault(plan: &StreamPlan, field: Field, read: &FieldRead) -> Option<What> {
    if read.column.is_some() {
        return None;
    }
    let own = plan.fields.iter().find(|own| own.field == field)?;
    let constant = own.constant.trim();
    if constant.is_empty() {
        return Some(What::NoConstant { field });
    }
    let fault = own.reading.fault(constant.as_bytes());
    fault.map(|_| What::BadConstant { field, constant: constant.to_owned() })
}

/// What a whole column says against the field that it is mapped to.
fn column_fault(field: &FieldPlan, profile: &ColumnProfile, is_open: bool) -> Option<(Step, What)> {
    if profile.cells == profile.empty {
        return None;
    }
    match field.field.kind() {
        FieldKind::Date | FieldKind::Moment => no_dates(field, profile, is_open),
        FieldKind::Quantity | FieldKind::Money => no_numbers(field, profile),
        FieldKind::Text | FieldKind::Code => None,
    }
}

/// A column without dates, mapped to a field of dates.
fn no_dates(field: &FieldPlan, profile: &ColumnProfile, is_open: bool) -> Option<(Step, What)> {
    let column = field.name.clone();
    let has_dates = profile.date.as_ref().is_some_and(|date| !date.forms.is_empty() || date.serial.is_some());
    if has_dates {
        return None;
    }
    if let Some(hint @ Hint::DateLost { .. }) =
        profile.hints.iter().find(|hint| matches!(hint, Hint::DateLost { .. }))
    {
        return Some((Step::Dates, What::Lost { column, hint: hint.clone() }));
    }
    let example = profile.samples.first().cloned().unwrap_or_default();
    (is_open && !all_stand_for_none(field, profile))
        .then_some((Step::Fields, What::NoDates { column, example }))
}

/// A column without a single number, mapped to a field of numbers.
fn no_numbers(field: &FieldPlan, profile: &ColumnProfile) -> Option<(Step, What)> {
    if profile.number.is_some() || all_stand_for_none(field, profile) {
        return None;
    }
    let example = profile.samples.first().cloned().unwrap_or_default();
    Some((Step::Fields, What::NoNumbers { column: field.name.clone(), example }))
}

/// A person has said of every value that it stands for none.
fn all_stand_for_none(field: &FieldPlan, profile: &ColumnProfile) -> bool {
    let is_word = |text: &str| field.empty_words.contains(&text.trim().to_lowercase());
    !profile.values.is_empty() && profile.values.iter().all(|value| is_word(&value.text))
}

fn doubt_fault(column: &str, doubt: Doubt) -> What {
    let column = column.to_owned();
    let first = |examples: Vec<String>| examples.into_iter().next().unwrap_or_default();
    match doubt {
        Doubt::DayOrMonth { examples, .. } => What::DayOrMonth { column, example: first(examples) },
        Doubt::Serial { examples, .. } => What::SerialDates { column, example: first(examples) },
        Doubt::DecimalMark { examples } => What::DecimalMark { column, example: first(examples) },
        Doubt::Words { texts } => What::NoDates { column, example: first(texts) },
    }
}
