//! What a tap says it has, and how it is told what to give: the catalog.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::system::cell::Members;
use crate::system::{Blank, CursorField, FieldType, FoundField, FoundStream, SystemError, SystemFault};

/// Properties within properties are followed so deep.
const DEPTH_MAX: usize = 8;

/// A catalog as a tap wrote it.
#[derive(Deserialize)]
struct Catalog<'a> {
    #[serde(borrow)]
    streams: Vec<Entry<'a>>,
}

/// One stream of it.
#[derive(Deserialize)]
struct Entry<'a> {
    stream: Option<String>,
    tap_stream_id: Option<String>,
    stream_alias: Option<String>,
    key_properties: Option<Vec<String>>,
    #[serde(borrow)]
    schema: &'a RawValue,
    metadata: Option<Vec<Told>>,
}

/// What a catalog tells about a stream, or about one of its properties.
#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    breadcrumb: Vec<String>,
    #[serde(default)]
    metadata: Value,
}

/// The part of a JSON schema that matters here.
#[derive(Default, Deserialize)]
struct Schema<'a> {
    #[serde(rename = "type")]
    kind: Option<Value>,
    format: Option<String>,
    #[serde(borrow)]
    properties: Option<Members<'a>>,
    #[serde(borrow, rename = "anyOf", alias = "oneOf")]
    any_of: Option<Vec<&'a RawValue>>,
}

/// A property, by its names from the outermost to the innermost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    pub path: Vec<String>,
    pub kind: FieldType,
    /// It holds no further properties.
    pub is_leaf: bool,
}

impl Property {
    /// Its name as a field.
    pub(super) fn name(&self) -> String {
        self.path.join(".")
    }
}

/// A catalog in which one stream and the fewest fields are chosen.
#[derive(Debug)]
pub(super) struct Chosen {
    /// The text for the tap.
    pub catalog: String,
    /// Whether the tap is of the kind that takes it as `--properties`: those that know no metadata.
    pub is_old: bool,
    /// What the messages of the stream may call it.
    pub names: Vec<String>,
    /// The fields, in the order asked for.
    pub columns: Vec<String>,
}

fn read(text: &str) -> Result<Catalog<'_>, SystemError> {
    serde_json::from_str(text).map_err(|error| no_catalog(&error))
}

fn no_catalog(error: &serde_json::Error) -> SystemError {
    SystemError::new(
        SystemFault::Nonsense { expected: "a Singer catalog" },
        &error.to_string(),
        &Blank::default(),
    )
}

/// The streams of a catalog.
pub(super) fn streams(text: &str) -> Result<Vec<FoundStream>, SystemError> {
    let catalog = read(text)?;
    Ok(catalog.streams.iter().filter_map(Entry::found).collect())
}

impl Entry<'_> {
    fn name(&self) -> Option<&String> {
        self.tap_stream_id.as_ref().or(self.stream.as_ref())
    }

    fn root(&self) -> Option<&Value> {
        self.metadata.as_ref()?.iter().find(|told| told.breadcrumb.is_empty()).map(|told| &told.metadata)
    }

    fn keys(&self) -> Vec<String> {
        let told = |name| self.root()?.get(name)?.as_array();
        let keys = told("table-key-properties").or_else(|| told("view-key-properties"));
        let keys = keys.map(|keys| keys.iter().filter_map(|key| Some(key.as_str()?.to_owned())).collect());
        self.key_properties.clone().filter(|keys| !keys.is_empty()).or(keys).unwrap_or_default()
    }

    fn found(&self) -> Option<FoundStream> {
        let keys = self.keys();
        let field = |property: Property| {
            let name = property.name();
            FoundField { is_key: keys.contains(&name), name, label: None, kind: property.kind }
        };
        let fields =
            properties(self.schema).into_iter().filter(|property| property.is_leaf).map(field).collect();
        let rows = self.root().and_then(|root| root.get("row-count")?.as_u64());
        Some(FoundStream { name: self.name()?.clone(), label: None, fields, rows })
    }
}

/// The properties of a schema with those within them, outer before inner, in the order of the schema.
pub(super) fn properties(schema: &RawValue) -> Vec<Property> {
    let mut found = Vec::new();
    gather(schema, &mut Vec::new(), &mut found);
    found
}

fn gather(schema: &RawValue, path: &mut Vec<String>, found: &mut Vec<Property>) {
    let schema: Schema<'_> = serde_json::from_str(schema.get()).unwrap_or_default();
    let within = within(&schema);
    let is_leaf = within.as_ref().is_none_or(|within| within.0.is_empty()) || path.len() >= DEPTH_MAX;
    if !path.is_empty() {
        found.push(Property { path: path.clone(), kind: kind(&schema), is_leaf });
    }
    if is_leaf {
        return;
    }
    for (name, schema) in within.map(|within| within.0).unwrap_or_default() {
        path.push(name.into_owned());
        gather(schema, path, found);
        path.pop();
    }
}

/// The properties of an object, also of one that may be null by a choice of schemas.
fn within<'a>(schema: &Schema<'a>) -> Option<Members<'a>> {
    schema.properties.clone().or_else(|| {
        schema.any_of.iter().flatten().find_map(|schema| {
            let schema: Schema<'a> = serde_json::from_str(schema.get()).ok()?;
            schema.properties
        })
    })
}

fn kind(schema: &Schema<'_>) -> FieldType {
    let word = match &schema.kind {
        Some(Value::String(word)) => Some(word.as_str()),
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).find(|word| *word != "null"),
        _ => None,
    };
    match (word, schema.format.as_deref()) {
        (Some("string"), Some("date-time")) => FieldType::Timestamp,
        (Some("string"), Some("date")) => FieldType::Date,
        (Some("string"), Some("singer.decimal" | "x-singer.decimal")) | (Some("number"), _) => {
            FieldType::Decimal
        }
        (Some("string"), _) => FieldType::Text,
        (Some("integer"), _) => FieldType::Integer,
        (Some("boolean"), _) => FieldType::Boolean,
        (None, _) => {
            let choices = schema.any_of.iter().flatten();
            let kinds = choices.filter_map(|schema| serde_json::from_str::<Schema<'_>>(schema.get()).ok());
            kinds
                .map(|schema| kind(&schema))
                .find(|kind| *kind != FieldType::Other)
                .unwrap_or(FieldType::Other)
        }
        _ => FieldType::Other,
    }
}

/// Chooses a stream of a catalog and the fewest of its fields; with a cursor field, that the tap goes on by it.
pub(super) fn choose(
    text: &str,
    stream: &str,
    fields: &[String],
    cursor: Option<&CursorField>,
) -> Result<Chosen, SystemError> {
    let catalog = read(text)?;
    let no_stream = || SystemError::from(SystemFault::NoStream { name: stream.to_owned() });
    let position = catalog
        .streams
        .iter()
        .position(|entry| entry.name().is_some_and(|name| name == stream))
        .ok_or_else(no_stream)?;
    let entry = &catalog.streams[position];
    let found = properties(entry.schema);
    let columns: Vec<String> = if fields.is_empty() {
        found.iter().filter(|property| property.is_leaf).map(Property::name).collect()
    } else {
        fields.to_vec()
    };
    let by_cursor = cursor.map(|cursor| &cursor.field);
    for field in columns.iter().chain(by_cursor) {
        if !found.iter().any(|property| property.name() == *field) {
            return Err(SystemFault::NoField { stream: stream.to_owned(), field: field.clone() }.into());
        }
    }
    let wanted: Vec<&String> = columns.iter().chain(by_cursor).collect();
    let keys = entry.keys();
    // A field brings what it stands in and what stands in it; the keys always come.
    let is_wanted = |name: &str| {
        let holds =
            |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
        keys.iter().any(|key| key == name)
            || wanted.iter().any(|field| *field == name || holds(field, name) || holds(name, field))
    };
    let is_old = entry.metadata.as_ref().is_none_or(Vec::is_empty);
    let mut whole: Value = serde_json::from_str(text).map_err(|error| no_catalog(&error))?;
    let entries = whole.get_mut("streams").and_then(Value::as_array_mut).ok_or_else(no_stream)?;
    for (at, entry) in entries.iter_mut().enumerate() {
        if is_old {
            mark_old(entry, at == position, cursor);
        } else {
            mark(entry, &[], "selected", json!(at == position));
        }
    }
    let entry = &mut entries[position];
    for property in &found {
        let is_wanted = is_wanted(&property.name());
        if is_old {
            mark_property_old(entry, &property.path, is_wanted);
        } else {
            mark(entry, &breadcrumb(&property.path), "selected", json!(is_wanted));
        }
    }
    if let Some(cursor) = cursor.filter(|_| !is_old) {
        // Some taps write an empty word where they force nothing.
        let forced =
            catalog.streams[position].root().and_then(|root| root.get("forced-replication-method")?.as_str());
        let is_forced = forced.is_some_and(|method| !method.is_empty());
        if !is_forced {
            mark(entry, &[], "replication-method", json!("INCREMENTAL"));
            mark(entry, &[], "replication-key", json!(cursor.field));
            set(entry, "replication_method", json!("INCREMENTAL"));
            set(entry, "replication_key", json!(cursor.field));
        }
    }
    let entry = &catalog.streams[position];
    let names = [&entry.stream, &entry.tap_stream_id, &entry.stream_alias];
    Ok(Chosen {
        catalog: whole.to_string(),
        is_old,
        names: names.into_iter().flatten().cloned().collect(),
        columns,
    })
}

/// How metadata names a property: `["properties", "customer", "properties", "name"]`.
fn breadcrumb(path: &[String]) -> Vec<&str> {
    path.iter().flat_map(|name| ["properties", name]).collect()
}

/// Sets a member; what is no object takes none.
fn set(value: &mut Value, name: &str, to: Value) {
    if let Some(members) = value.as_object_mut() {
        members.insert(name.to_owned(), to);
    }
}

/// Sets a word of the metadata; what the tap wrote there stays.
fn mark(entry: &mut Value, breadcrumb: &[&str], word: &str, value: Value) {
    let Some(list) = entry.get_mut("metadata").and_then(Value::as_array_mut) else { return };
    let is_it = |told: &Value| {
        let Some(crumbs) = told.get("breadcrumb").and_then(Value::as_array) else { return false };
        crumbs.iter().map(Value::as_str).eq(breadcrumb.iter().copied().map(Some))
    };
    match list.iter_mut().find(|told| is_it(told)).and_then(|told| told.get_mut("metadata")) {
        Some(told) => set(told, word, value),
        None => list.push(json!({"breadcrumb": breadcrumb, "metadata": {word: value}})),
    }
}

/// As taps before metadata take it: `selected` within the schema.
fn mark_old(entry: &mut Value, is_chosen: bool, cursor: Option<&CursorField>) {
    set(entry, "selected", json!(is_chosen));
    if let Some(schema) = entry.get_mut("schema") {
        set(schema, "selected", json!(is_chosen));
    }
    if let Some(cursor) = cursor.filter(|_| is_chosen) {
        set(entry, "replication_method", json!("INCREMENTAL"));
        set(entry, "replication_key", json!(cursor.field));
    }
}

fn mark_property_old(entry: &mut Value, path: &[String], is_wanted: bool) {
    let Some(mut schema) = entry.get_mut("schema") else { return };
    for name in path {
        // A choice of schemas has no such word.
        let Some(within) = schema.get_mut("properties").and_then(|within| within.get_mut(name)) else {
            return;
        };
        schema = within;
    }
    set(schema, "selected", json!(is_wanted));
}
