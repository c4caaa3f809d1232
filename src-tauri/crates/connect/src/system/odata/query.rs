//! A question to an `OData` service: the fewest fields, in an order in which it can be gone on with.

use std::fmt::Write as _;

use super::metadata::{Metadata, Property, Set};
use crate::system::http::moment::{earlier, written};
use crate::system::{Request, SystemError, SystemFault};

/// A field with its path from the set's entity.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// The ways and its own name.
    pub steps: Vec<String>,
    pub property: Property,
}

/// What is asked of a set.
#[derive(Debug)]
pub(super) struct Query<'m> {
    pub set: &'m Set,
    pub version: u8,
    /// The columns of the rows.
    pub columns: Vec<String>,
    /// The columns' fields.
    pub fields: Vec<Field>,
    /// By what rows are sorted: the cursor field, where there is one, and the keys.
    pub order: Vec<Field>,
    pub has_cursor: bool,
    /// Whether the order tells all rows apart.
    pub has_key: bool,
}

impl<'m> Query<'m> {
    /// For a request.
    ///
    /// # Errors
    /// [`SystemFault::NoStream`], [`SystemFault::NoField`].
    pub(super) fn new(metadata: &'m Metadata, name: &str, request: &Request) -> Result<Self, SystemError> {
        let set = metadata.set(name)?;
        let field = |path: &String| {
            let missing = SystemFault::NoField { stream: name.to_owned(), field: path.clone() };
            let (steps, property) = metadata.field(set, path).ok_or(missing)?;
            Ok::<_, SystemError>(Field { steps, property })
        };
        let columns = if request.fields.is_empty() {
            metadata.fields(set, 0).into_iter().map(|(name, _)| name).collect()
        } else {
            request.fields.clone()
        };
        let mut order: Vec<Field> =
            request.cursor.iter().map(|cursor| field(&cursor.field)).collect::<Result<_, _>>()?;
        let mut keys = metadata.keys(set);
        if keys.is_empty() {
            keys.extend(request.cursor.iter().filter_map(|cursor| cursor.key.clone()));
        }
        for key in &keys {
            let key = field(key)?;
            if order.iter().all(|known| known.steps != key.steps) {
                order.push(key);
            }
        }
        let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
        let (has_cursor, has_key) = (request.cursor.is_some(), !keys.is_empty());
        Ok(Self { set, version: metadata.version, columns, fields, order, has_cursor, has_key })
    }

    /// The query of the address: of rows from `since` on that stand behind `after`, the values of the order of the last
    /// row that was given.
    pub(super) fn text(&self, request: &Request, since: Option<&str>, after: Option<&[String]>) -> String {
        let mut text = format!("$select={}", self.select());
        let mut add = |name: &str, value: String| {
            if !value.is_empty() {
                let _ = write!(text, "&{name}={}", encoded(&value));
            }
        };
        add("$expand", self.expand());
        let filters: Vec<String> =
            self.window(request, since).into_iter().chain(after.map(|after| self.behind(after))).collect();
        let joined = match filters.as_slice() {
            [one] => one.clone(),
            more => more.iter().map(|filter| format!("({filter})")).collect::<Vec<_>>().join(" and "),
        };
        add("$filter", joined);
        add("$orderby", self.order.iter().map(path).collect::<Vec<_>>().join(","));
        // Without a key the service's own links are the only way on: it says itself how much it gives.
        if self.has_key {
            add("$top", request.page_rows.to_string());
        }
        text
    }

    /// The stretch of the cursor field.
    fn window(&self, request: &Request, since: Option<&str>) -> Option<String> {
        let field = self.order.first().filter(|_| self.has_cursor)?;
        let literal = |text: &str| field.property.edm.literal(text, self.version);
        let path = path(field);
        if let Some(range) = request.range {
            let (from, to) = (literal(&written(range.from)), literal(&written(range.to)));
            return Some(format!("{path} ge {from} and {path} lt {to}"));
        }
        let since = since?;
        if !field.property.edm.is_time() {
            // A running number: those of the last read are known.
            return Some(format!("{path} gt {}", literal(since)));
        }
        let overlap = request.cursor.as_ref().map_or(0, |cursor| cursor.overlap_seconds);
        Some(format!("{path} ge {}", literal(&earlier(since, overlap))))
    }

    /// Behind a row in the order: greater in the first field, or the same there and greater in the next, and so on.
    fn behind(&self, after: &[String]) -> String {
        let mut same = String::new();
        let mut ways = Vec::new();
        for (field, value) in self.order.iter().zip(after) {
            let (path, literal) = (path(field), field.property.edm.literal(value, self.version));
            // Nothing comes first in the order (OData 4, 11.2.6.2).
            let greater =
                if literal == "null" { format!("{path} ne null") } else { format!("{path} gt {literal}") };
            ways.push(if same.is_empty() { greater } else { format!("({same} and {greater})") });
            let equal = format!("{path} eq {literal}");
            same = if same.is_empty() { equal } else { format!("{same} and {equal}") };
        }
        ways.join(" or ")
    }

    /// All fields that are needed.
    fn needed(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().chain(&self.order)
    }

    fn select(&self) -> String {
        let own = self.needed().filter(|field| self.version == 2 || field.steps.len() == 1);
        let mut names: Vec<String> = Vec::new();
        for name in own.map(path) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(",")
    }

    fn expand(&self) -> String {
        let mut paths: Vec<&[String]> = Vec::new();
        for field in self.needed().filter(|field| field.steps.len() > 1) {
            if !paths.contains(&field.steps.as_slice()) {
                paths.push(&field.steps);
            }
        }
        if self.version == 2 {
            let mut ways: Vec<String> = Vec::new();
            for steps in paths {
                let way = steps[..steps.len() - 1].join("/");
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
            return ways.join(",");
        }
        nested(&paths)
    }
}

/// `order($select=SalesOrder;$expand=customer($select=Name))`.
fn nested(paths: &[&[String]]) -> String {
    let mut ways: Vec<&String> = Vec::new();
    for way in paths.iter().filter_map(|steps| steps.first()) {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let within = |way: &String| {
        let inner: Vec<&[String]> =
            paths.iter().filter(|steps| steps.first() == Some(way)).map(|steps| &steps[1..]).collect();
        let own: Vec<&str> =
            inner.iter().filter(|steps| steps.len() == 1).map(|steps| steps[0].as_str()).collect();
        let deeper: Vec<&[String]> = inner.iter().filter(|steps| steps.len() > 1).copied().collect();
        let mut options = Vec::new();
        if !own.is_empty() {
            options.push(format!("$select={}", own.join(",")));
        }
        if !deeper.is_empty() {
            options.push(format!("$expand={}", nested(&deeper)));
        }
        format!("{way}({})", options.join(";"))
    };
    ways.into_iter().map(within).collect::<Vec<_>>().join(",")
}

fn path(field: &Field) -> String {
    field.steps.join("/")
}

/// As an address carries it; the signs that `OData` itself uses stay readable, as old services want them.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~$,()/':;=".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
