//! Systems that offer models with fields: how Tryton and Odoo are read alike.
//!
//! A read is a pass over the rows by their id, one page after the other, so that rows that come or change meanwhile
//! neither shift a page nor are passed over. With a change time as cursor a pass takes the rows that changed since the
//! one before; up to when it will have seen everything is asked of the system before it begins, by the system's own
//! clock. The name of a stream is the model, and behind a `?` a domain in the system's own notation:
//! `stock.move?[["state", "=", "done"]]`.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Ask, Block, BlockBuilder, CursorField, FieldType, FoundField, FoundStream, Range, Request, SystemError,
    SystemFault, What,
};
use crate::{Cursor, ReadEnd};

/// Rows that a path leads to are asked for so many at a time: a question must fit into an address.
const LOOKED_UP_MAX: usize = 200;

/// A field of a model, as the system describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct About {
    pub name: String,
    pub label: Option<String>,
    /// The system's word for what it holds: `many2one`.
    pub kind: String,
    /// The model that it leads to.
    pub relation: Option<String>,
}

/// Rows asked for: those of a model that a domain takes, with these fields.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub model: &'a str,
    pub domain: Vec<Value>,
    /// By which field, the last first or the first first.
    pub order: (&'a str, bool),
    pub limit: usize,
    /// The fields with what they hold.
    pub fields: &'a [(String, About)],
}

/// What a system of this kind can do.
pub(super) trait Models {
    /// Whether it follows the path of a many-to-one by itself.
    const FOLLOWS: bool;

    /// The fields of a model.
    fn describe(&self, model: &str, ask: &Ask<'_>) -> Result<Vec<About>, SystemError>;

    /// The cells of rows.
    fn search(&self, question: &Question<'_>, ask: &Ask<'_>) -> Result<Vec<Vec<String>>, SystemError>;

    /// A cell's text as the system takes it in a domain.
    fn value(&self, kind: &str, text: &str) -> Value;

    /// A domain of a person's as terms.
    fn terms(&self, domain: Vec<Value>) -> Vec<Value>;

    /// The terms for: that field, or in its place another one, within these bounds.
    fn within(&self, field: &About, from: &Value, to: Option<&Value>) -> Vec<Value>;

    /// The fields that tell when a row changed, where this is the one that a person names.
    fn change_fields<'a>(&self, field: &'a str) -> Vec<&'a str> {
        vec![field]
    }
}

/// What is known of the models, once asked.
#[derive(Default)]
pub(super) struct Known(RefCell<HashMap<String, Arc<Vec<About>>>>);

/// A pass: where it is and up to when it counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    stream: String,
    by: Option<String>,
    /// Up to when passes before have seen everything.
    since: Option<String>,
    /// Up to when this one will have.
    until: Option<String>,
    /// The last row that it gave.
    id: Option<i64>,
}

/// How a wanted field is come by.
enum Way {
    /// As the field of this place in the question.
    Own(usize),
    /// As the id in the reference, or many-to-one, of this place.
    Id(usize),
    /// From the row to which that place leads: by this path there.
    Beyond(usize, Option<String>, String),
}

/// A model with a domain.
struct Stream {
    model: String,
    domain: Vec<Value>,
}

impl Stream {
    fn of(request: &Request) -> Result<Self, SystemError> {
        let wrong = |reason: &str| {
            SystemError::from(SystemFault::Setting { setting: "stream", reason: reason.to_owned() })
        };
        let What::Named(text) = &request.what else {
            return Err(wrong("a model is needed here, no query"));
        };
        let (model, domain) =
            text.split_once('?').map_or((text.as_str(), "[]"), |(model, domain)| (model, domain));
        let domain = serde_json::from_str(domain);
        let domain = domain
            .map_err(|_| wrong("what stands behind the ? is no domain: [[\"state\", \"=\", \"done\"]]"))?;
        Ok(Self { model: model.trim().to_owned(), domain })
    }
}

/// Reads a stream.
pub(super) fn read<M: Models>(
    models: &M,
    known: &Known,
    request: &Request,
    from: &Cursor,
    ask: &Ask<'_>,
    take: &mut dyn FnMut(Block) -> ControlFlow<()>,
) -> Result<ReadEnd, SystemError> {
    let stream = Stream::of(request)?;
    let about = known.fields(models, &stream.model, ask)?;
    let columns = match request.fields.as_slice() {
        [] => about.iter().filter(|about| plain(&about.kind)).map(|about| about.name.clone()).collect(),
        fields => fields.to_vec(),
    };
    let start = Cursor::start();
    let mut position = Position::of(if request.range.is_some() { &start } else { from }, request)?;
    let mut fixed = models.terms(stream.domain.clone());
    if let Some(cursor) =
        request.cursor.as_ref().filter(|cursor| cursor.field != "id" || request.range.is_some())
    {
        let field = field(&about, &stream.model, &cursor.field)?;
        if let Some(range) = request.range {
            fixed.extend(ranged(models, field, range));
        } else {
            if position.until.is_none() {
                position.id = None;
                position.until =
                    latest(models, known, &stream, &cursor.field, ask)?.or_else(|| position.since.clone());
            }
            if let Some(since) = &position.since {
                fixed.extend(models.within(field, &models.value(&field.kind, &earlier(since, cursor)), None));
            }
        }
    } else if request.range.is_some() {
        let reason = "a range needs the field whose values it bounds".to_owned();
        return Err(SystemFault::Setting { setting: "cursor", reason }.into());
    }
    let mut with_id = vec!["id".to_owned()];
    with_id.extend(columns.iter().cloned());
    let mut builder = BlockBuilder::new(columns);
    let limit = request.page_rows.max(1) as usize;
    loop {
        let mut domain = fixed.clone();
        domain.extend(position.id.map(|id| json!(["id", ">", id])));
        let rows = known.rows(models, &stream.model, domain, limit, &with_id, ask)?;
        let is_last = rows.len() < limit;
        for row in &rows {
            position.id = Some(id(&row[0])?);
            builder.push(&row[1..])?;
        }
        if is_last && position.until.is_some() {
            (position.since, position.until, position.id) = (position.until.take(), None, None);
        }
        let cursor = if request.range.is_some() { start.clone() } else { position.cursor()? };
        if !rows.is_empty() || (is_last && cursor != *from) {
            let flow = take(builder.take(cursor)?);
            if flow.is_break() {
                return Ok(ReadEnd::Stopped);
            }
        }
        if is_last {
            return Ok(ReadEnd::Complete);
        }
        ask.go_on()?;
    }
}

impl Position {
    fn of(cursor: &Cursor, request: &Request) -> Result<Self, SystemError> {
        let (stream, by) =
            (request.what.text().to_owned(), request.cursor.as_ref().map(|cursor| cursor.field.clone()));
        let text = cursor.to_string();
        if text.is_empty() {
            return Ok(Self { stream, by, since: None, until: None, id: None });
        }
        let position: Self =
            serde_json::from_str(&text).map_err(|_| SystemError::from(SystemFault::BadCursor))?;
        let is_of_it = position.stream == stream && position.by == by;
        if is_of_it { Ok(position) } else { Err(SystemFault::BadCursor.into()) }
    }

    fn cursor(&self) -> Result<Cursor, SystemError> {
        let text = serde_json::to_string(self).map_err(|_| SystemError::from(SystemFault::Local))?;
        Ok(text.parse().unwrap_or_default())
    }
}

impl Known {
    /// The fields of a model.
    pub(super) fn fields<M: Models>(
        &self,
        models: &M,
        model: &str,
        ask: &Ask<'_>,
    ) -> Result<Arc<Vec<About>>, SystemError> {
        if let Some(known) = self.0.borrow().get(model) {
            return Ok(Arc::clone(known));
        }
        let fields = Arc::new(models.describe(model, ask)?);
        if fields.is_empty() {
            return Err(SystemFault::NoStream { name: model.to_owned() }.into());
        }
        self.0.borrow_mut().insert(model.to_owned(), Arc::clone(&fields));
        Ok(fields)
    }

    /// Rows by their id, with fields that may lie behind others.
    fn rows<M: Models>(
        &self,
        models: &M,
        model: &str,
        domain: Vec<Value>,
        limit: usize,
        wanted: &[String],
        ask: &Ask<'_>,
    ) -> Result<Vec<Vec<String>>, SystemError> {
        let mut asked = Vec::new();
        let ways: Vec<Way> = wanted
            .iter()
            .map(|path| self.way(models, model, path, &mut asked, ask))
            .collect::<Result<_, _>>()?;
        let question = Question { model, domain, order: ("id", false), limit, fields: &asked };
        let rows = models.search(&question, ask)?;
        let beyond = self.beyond(models, &ways, &rows, ask)?;
        let cell = |row: &Vec<String>, way: &Way| match way {
            Way::Own(at) => row[*at].clone(),
            Way::Id(at) => target(&row[*at], None).map(|(_, id)| id.to_string()).unwrap_or_default(),
            Way::Beyond(at, relation, rest) => {
                let target = target(&row[*at], relation.as_deref());
                let cells = target.and_then(|target| beyond.get(&(target.0, target.1, rest.clone())));
                cells.cloned().unwrap_or_default()
            }
        };
        Ok(rows.iter().map(|row| ways.iter().map(|way| cell(row, way)).collect()).collect())
    }

    /// How a path is come by; what has to be asked for it is added.
    fn way<M: Models>(
        &self,
        models: &M,
        model: &str,
        path: &str,
        asked: &mut Vec<(String, About)>,
        ask: &Ask<'_>,
    ) -> Result<Way, SystemError> {
        let mut ask_for = |name: &str, about: &About| {
            asked.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                asked.push((name.to_owned(), about.clone()));
                asked.len() - 1
            })
        };
        let (mut at, mut end) = (model.to_owned(), 0);
        loop {
            let name = path[end..].split('.').next().unwrap_or_default();
            let about = self.fields(models, &at, ask)?;
            let about = field(&about, &at, name)?;
            end += name.len();
            if end == path.len() {
                return Ok(Way::Own(ask_for(path, about)));
            }
            let (so_far, rest) = (&path[..end], &path[end + 1..]);
            match (about.kind.as_str(), &about.relation) {
                ("reference" | "many2one" | "one2one", _) if rest == "id" => {
                    return Ok(Way::Id(ask_for(so_far, about)));
                }
                ("many2one" | "one2one", Some(relation)) if M::FOLLOWS => at.clone_from(relation),
                ("many2one" | "reference", relation) => {
                    let relation = relation.clone().filter(|_| about.kind == "many2one");
                    return Ok(Way::Beyond(ask_for(so_far, about), relation, rest.to_owned()));
                }
                _ => {
                    return Err(
                        SystemFault::NoField { stream: model.to_owned(), field: path.to_owned() }.into()
                    );
                }
            }
            end += 1;
        }
    }

    /// What lies behind references: by model, id and path.
    fn beyond<M: Models>(
        &self,
        models: &M,
        ways: &[Way],
        rows: &[Vec<String>],
        ask: &Ask<'_>,
    ) -> Result<HashMap<(String, i64, String), String>, SystemError> {
        let mut wanted: BTreeMap<(String, Vec<String>), Vec<i64>> = BTreeMap::new();
        let mut paths: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut ids: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for way in ways {
            let Way::Beyond(at, relation, rest) = way else { continue };
            for (model, id) in rows.iter().filter_map(|row| target(&row[*at], relation.as_deref())) {
                let known = paths.entry(model.clone()).or_default();
                if !known.contains(rest) {
                    known.push(rest.clone());
                }
                ids.entry(model).or_default().push(id);
            }
        }
        for (model, mut ids) in ids {
            ids.sort_unstable();
            ids.dedup();
            wanted.insert((model.clone(), paths.remove(&model).unwrap_or_default()), ids);
        }
        let mut found = HashMap::new();
        for ((model, paths), ids) in wanted {
            let fields: Vec<String> = std::iter::once("id".to_owned()).chain(paths.iter().cloned()).collect();
            for ids in ids.chunks(LOOKED_UP_MAX) {
                let rows =
                    self.rows(models, &model, vec![json!(["id", "in", ids])], ids.len(), &fields, ask)?;
                for row in rows {
                    let id = id(&row[0])?;
                    for (path, cell) in paths.iter().zip(row.into_iter().skip(1)) {
                        found.insert((model.clone(), id, path.clone()), cell);
                    }
                }
            }
        }
        Ok(found)
    }
}

/// Where a cell leads: `sale.line,3`, or an id of a model that is known.
fn target(cell: &str, relation: Option<&str>) -> Option<(String, i64)> {
    let (model, id) = match (cell.split_once(','), relation) {
        (Some((model, id)), _) => (model, id),
        (None, relation) => (relation.unwrap_or_default(), cell),
    };
    Some((model.to_owned(), id.parse().ok().filter(|id| *id >= 0)?))
}

fn id(cell: &str) -> Result<i64, SystemError> {
    cell.parse().map_err(|_| SystemFault::Nonsense { expected: "rows with a number as their id" }.into())
}

fn field<'a>(about: &'a [About], model: &str, name: &str) -> Result<&'a About, SystemError> {
    let found = about.iter().find(|about| about.name == name);
    found.ok_or_else(|| SystemFault::NoField { stream: model.to_owned(), field: name.to_owned() }.into())
}

/// The latest change that there is before a pass begins.
fn latest<M: Models>(
    models: &M,
    known: &Known,
    stream: &Stream,
    name: &str,
    ask: &Ask<'_>,
) -> Result<Option<String>, SystemError> {
    let about = known.fields(models, &stream.model, ask)?;
    let mut latest: Option<String> = None;
    for name in models.change_fields(name) {
        let fields = [(name.to_owned(), field(&about, &stream.model, name)?.clone())];
        let mut domain = models.terms(stream.domain.clone());
        domain.push(json!([name, "!=", Value::Null]));
        let question =
            Question { model: &stream.model, domain, order: (name, true), limit: 1, fields: &fields };
        let found =
            models.search(&question, ask)?.into_iter().flatten().next().filter(|cell| !cell.is_empty());
        latest = latest.max(found);
    }
    Ok(latest)
}

/// A moment less the overlap; anything else as it is.
fn earlier(text: &str, cursor: &CursorField) -> String {
    let overlap = Duration::seconds(i64::from(cursor.overlap_seconds));
    DateTime::parse_from_rfc3339(text).map_or_else(|_| text.to_owned(), |at| moment(at.to_utc() - overlap))
}

/// A moment as cells have it: with all its digits, so that texts are in the order of time.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn ranged<M: Models>(models: &M, field: &About, range: Range) -> Vec<Value> {
    let text = |at: DateTime<Utc>| match kind(&field.kind) {
        FieldType::Date => at.date_naive().to_string(),
        _ => moment(at),
    };
    let value = |at| models.value(&field.kind, &text(at));
    models.within(field, &value(range.from), Some(&value(range.to)))
}

/// Whether a field is given where nobody says which.
fn plain(word: &str) -> bool {
    !matches!(kind(word), FieldType::Other)
}

/// What Plaza calls what a field holds.
pub(super) fn kind(word: &str) -> FieldType {
    match word {
        "char" | "text" | "fullchar" | "selection" | "reference" | "html" => FieldType::Text,
        "integer" | "biginteger" | "many2one" | "one2one" | "many2one_reference" => FieldType::Integer,
        "float" | "numeric" | "monetary" => FieldType::Decimal,
        "date" => FieldType::Date,
        "datetime" | "timestamp" => FieldType::Timestamp,
        "boolean" => FieldType::Boolean,
        _ => FieldType::Other,
    }
}

/// A stream of a model with the fields that are worth showing; `name` is the field by which people know a row.
pub(super) fn found(model: &str, label: Option<String>, about: &[About], name: &str) -> FoundStream {
    let mut fields = Vec::new();
    for about in about {
        let (kind, is_key) = (kind(&about.kind), about.name == "id");
        fields.push(FoundField { name: about.name.clone(), label: about.label.clone(), kind, is_key });
        if about.kind == "many2one" {
            let name = format!("{}.{name}", about.name);
            fields.push(FoundField {
                name,
                label: about.label.clone(),
                kind: FieldType::Text,
                is_key: false,
            });
        }
    }
    // What tells rows apart comes first, structures last.
    fields.sort_by_key(|field| (!field.is_key, field.kind == FieldType::Other));
    FoundStream { name: model.to_owned(), label, fields, rows: None }
}
