//! Odoo, by its JSON-RPC. Written by its documentation and tried against an imitation only.

mod preset;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::OnceLock;

use reqwest::Method;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

pub use preset::preset;

use super::cell::{Members, cell};
use super::connection::Auth;
use super::http::answer::Answer;
use super::http::client::{Call, Client, Place};
use super::models::{self, About, Known, Models, Question};
use super::{
    Answered, Ask, Block, FieldType, FoundStream, OdooServer, Request, Retry, Secret, Secrets, System,
    SystemError, SystemFault,
};
use crate::{Cursor, ReadEnd};

/// Descriptions are asked for so many at a time.
const DESCRIBED: usize = 2_000;

/// An Odoo server.
struct Odoo {
    client: Client,
    database: String,
    user: String,
    password: Secret,
    /// The number of the user, once logged in.
    user_id: OnceLock<i64>,
    known: Known,
}

/// An answer.
#[derive(Deserialize)]
struct Reply<'a> {
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<Fault>,
}

/// An error, which comes with code 200.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fault {
    message: String,
    data: FaultData,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FaultData {
    /// The class: `odoo.exceptions.AccessError`.
    name: String,
    message: String,
}

/// Makes a system of an Odoo server.
///
/// # Errors
/// [`SystemFault::Setting`], [`SystemFault::NoSecret`].
#[allow(clippy::needless_pass_by_value)] // secrets go with the call
pub fn open(server: &OdooServer, secrets: Secrets) -> Result<Box<dyn System>, SystemError> {
    Ok(Box::new(Odoo::new(server, &secrets, Retry::default())?))
}

impl Odoo {
    fn new(server: &OdooServer, secrets: &Secrets, retry: Retry) -> Result<Self, SystemError> {
        let slot = "password";
        let password = secrets.get(slot).cloned().ok_or(SystemFault::NoSecret { slot })?;
        let (auth, headers) = (Auth::None, BTreeMap::new());
        let place =
            Place { url: &server.url, auth: &auth, headers: &headers, ca_file: server.ca_file.as_deref() };
        let client = Client::new(&place, secrets, retry)?;
        // As it stands in the body of every question.
        client.hide(Value::String(password.expose().to_owned()).to_string().trim_matches('"'));
        let (database, user) = (server.database.clone(), server.user.clone());
        Ok(Self { client, database, user, password, user_id: OnceLock::new(), known: Known::default() })
    }

    fn user_id(&self, ask: &Ask<'_>) -> Result<i64, SystemError> {
        if let Some(id) = self.user_id.get() {
            return Ok(*id);
        }
        let words = json!([self.database, self.user, self.password.expose()]);
        // An unknown user, or a wrong password, is answered by `false`.
        let id = self.call("common", "login", &words, "the login", ask, |result| {
            let id = serde_json::from_str::<i64>(result.get()).ok();
            id.map(|id| (id, 0)).ok_or_else(|| SystemFault::Unauthorised.into())
        })?;
        Ok(*self.user_id.get_or_init(|| id))
    }

    /// Calls a method of a model.
    fn execute<T>(
        &self,
        model: &str,
        method: &str,
        places: &Value,
        names: &Value,
        ask: &Ask<'_>,
        understand: impl Fn(&RawValue) -> Result<(T, u64), SystemError>,
    ) -> Result<T, SystemError> {
        let user = self.user_id(ask)?;
        let words = json!([self.database, user, self.password.expose(), model, method, places, names]);
        self.call("object", "execute_kw", &words, model, ask, understand)
    }

    fn call<T>(
        &self,
        service: &str,
        method: &str,
        words: &Value,
        what: &str,
        ask: &Ask<'_>,
        understand: impl Fn(&RawValue) -> Result<(T, u64), SystemError>,
    ) -> Result<T, SystemError> {
        let params = json!({"service": service, "method": method, "args": words});
        let body = json!({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}).to_string();
        let url = self.client.address("jsonrpc")?;
        let call =
            Call { what: what.to_owned(), method: Method::POST, url, headers: Vec::new(), body: Some(body) };
        self.client.ask(&call, ask, |answer| self.understood(answer, what, &understand))
    }

    fn understood<T>(
        &self,
        answer: &Answer,
        what: &str,
        understand: impl Fn(&RawValue) -> Result<(T, u64), SystemError>,
    ) -> Result<(T, u64), SystemError> {
        let nonsense = |detail: &str| {
            self.client.error(SystemFault::Nonsense { expected: "an answer of Odoo's" }, detail)
        };
        let text = answer.text()?;
        let reply: Reply<'_> = serde_json::from_str(&text).map_err(|error| nonsense(&error.to_string()))?;
        if let Some(fault) = &reply.error {
            return Err(self.refused(fault, what));
        }
        understand(reply.result.ok_or_else(|| nonsense(""))?)
    }

    fn refused(&self, fault: &Fault, what: &str) -> SystemError {
        let said = if fault.data.message.is_empty() { &fault.message } else { &fault.data.message };
        let class = fault.data.name.rsplit('.').next().unwrap_or_default();
        let is_gone = said.contains(what) && (class == "KeyError" || said.contains("doesn't exist"));
        let is_no_database = class == "OperationalError" && said.contains("does not exist");
        let fault = match class {
            "AccessDenied" => SystemFault::Unauthorised,
            "AccessError" => SystemFault::Forbidden { what: what.to_owned() },
            _ if is_no_database => {
                SystemFault::NoStream { name: format!("database “{}”", self.database) }
            }
            _ if is_gone => SystemFault::NoStream { name: what.to_owned() },
            _ => SystemFault::Refused { status: None },
        };
        self.client.error(fault, said)
    }

    /// All rows of one of Odoo's own models.
    fn all(
        &self,
        model: &str,
        fields: &[(&str, &str)],
        ask: &Ask<'_>,
    ) -> Result<Vec<Vec<String>>, SystemError> {
        let about = |(name, kind): &(&str, &str)| {
            let about =
                About { name: (*name).to_owned(), label: None, kind: (*kind).to_owned(), relation: None };
            ((*name).to_owned(), about)
        };
        let fields: Vec<_> = std::iter::once(&("id", "integer")).chain(fields).map(about).collect();
        let (mut rows, mut last): (Vec<Vec<String>>, i64) = (Vec::new(), 0);
        loop {
            let domain = vec![json!(["id", ">", last])];
            let question =
                Question { model, domain, order: ("id", false), limit: DESCRIBED, fields: &fields };
            let page = self.search(&question, ask)?;
            let is_last = page.len() < DESCRIBED;
            last = page.last().and_then(|row| row[0].parse().ok()).unwrap_or(last);
            rows.extend(page);
            if is_last {
                return Ok(rows);
            }
        }
    }
}

impl Models for Odoo {
    const FOLLOWS: bool = false;

    fn describe(&self, model: &str, ask: &Ask<'_>) -> Result<Vec<About>, SystemError> {
        let names = json!({"attributes": ["string", "type", "relation"]});
        self.execute(model, "fields_get", &json!([]), &names, ask, |result| {
            let described =
                Members::of(result).ok_or(SystemFault::Nonsense { expected: "the fields of a model" })?;
            let field = |name: &str, about: &RawValue| {
                let about = Members::of(about)?;
                let word = |name: &str| about.get(name).map(|word| cell(word).into_owned());
                let (label, kind, relation) = (word("string"), word("type")?, word("relation"));
                Some(About { name: name.to_owned(), label, kind, relation })
            };
            Ok((described.0.iter().filter_map(|(name, about)| field(name, about)).collect(), 0))
        })
    }

    fn search(&self, question: &Question<'_>, ask: &Ask<'_>) -> Result<Vec<Vec<String>>, SystemError> {
        let (by, is_last_first) = question.order;
        let fields: Vec<&String> = question.fields.iter().map(|(name, _)| name).collect();
        let order = format!("{by} {}", if is_last_first { "desc" } else { "asc" });
        let names = json!({"fields": fields, "limit": question.limit, "order": order});
        self.execute(question.model, "search_read", &json!([question.domain]), &names, ask, |result| {
            let rows: Vec<Members<'_>> = serde_json::from_str(result.get())
                .map_err(|_| SystemError::from(SystemFault::Nonsense { expected: "a list of rows" }))?;
            let cells = rows.iter().map(|row| cells(row, question)).collect::<Result<Vec<_>, _>>()?;
            let count = cells.len() as u64;
            Ok((cells, count))
        })
    }

    fn value(&self, kind: &str, text: &str) -> Value {
        match models::kind(kind) {
            // Moments are told without a zone, in UTC; the parts of a second are kept.
            FieldType::Timestamp => json!(text.trim_end_matches('Z').replace('T', " ")),
            FieldType::Integer | FieldType::Decimal => {
                serde_json::from_str(text).unwrap_or_else(|_| json!(text))
            }
            FieldType::Boolean => json!(text == "true"),
            FieldType::Text | FieldType::Date | FieldType::Other => json!(text),
        }
    }

    /// Terms stand side by side; what joins them is told before them (`"|"`).
    fn terms(&self, domain: Vec<Value>) -> Vec<Value> {
        domain
    }

    fn within(&self, field: &About, from: &Value, to: Option<&Value>) -> Vec<Value> {
        let upper = to.map(|to| json!([field.name, "<", to]));
        std::iter::once(json!([field.name, ">=", from])).chain(upper).collect()
    }
}

impl System for Odoo {
    fn repeats(&self) -> bool {
        true
    }

    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError> {
        let version = self.call("common", "version", &json!([]), "the version", ask, |result| {
            let version = Members::of(result).and_then(|about| about.get("server_version"));
            Ok((version.map(|version| cell(version).into_owned()).unwrap_or_default(), 0))
        })?;
        self.user_id(ask)?;
        Ok(Answered { product: format!("Odoo {version}").trim().to_owned(), notes: self.client.notes() })
    }

    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        let models =
            self.all("ir.model", &[("model", "char"), ("name", "char"), ("transient", "boolean")], ask)?;
        let words = ["model", "name", "field_description", "ttype", "relation"].map(|name| (name, "char"));
        let mut fields: BTreeMap<String, Vec<About>> = BTreeMap::new();
        for row in self.all("ir.model.fields", &words, ask)? {
            let Ok([_, model, name, label, kind, relation]) = <[String; 6]>::try_from(row) else { continue };
            let some = |text: String| (!text.is_empty()).then_some(text);
            fields.entry(model).or_default().push(About {
                name,
                label: some(label),
                kind,
                relation: some(relation),
            });
        }
        let mut found: Vec<_> = models
            .into_iter()
            .filter_map(|row| {
                let [_, model, label, transient] = <[String; 4]>::try_from(row).ok()?;
                // Rows of a transient model are those of a form that is open.
                let about = fields.get(&model).filter(|_| transient != "true")?;
                Some(models::found(&model, Some(label), about, "display_name"))
            })
            .collect();
        let is_inner =
            |name: &str| ["ir.", "res.", "base.", "mail."].iter().any(|inner| name.starts_with(inner));
        let first: Vec<String> = preset().iter().map(|stream| stream.what.text().to_owned()).collect();
        let is_first = |name: &str| first.iter().any(|text| text.split('?').next() == Some(name));
        found.sort_by_key(|stream| (!is_first(&stream.name), is_inner(&stream.name), stream.name.clone()));
        Ok(found)
    }

    fn read(
        &self,
        request: &Request,
        from: &Cursor,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        models::read(self, &self.known, request, from, ask, take)
    }
}

/// The only one of a list; nothing for others.
fn only(raw: &str) -> Option<i64> {
    serde_json::from_str::<[i64; 1]>(raw).ok().map(|[id]| id)
}

/// The cells of a row in the order of the question.
fn cells(row: &Members<'_>, question: &Question<'_>) -> Result<Vec<String>, SystemError> {
    let missing = |name: &str| SystemFault::Forbidden { what: format!("{name} of {}", question.model) };
    let fields = question.fields.iter();
    fields.map(|(name, about)| Ok(text(row.get(name).ok_or_else(|| missing(name))?, about))).collect()
}

/// A value as the text of a cell. Odoo says `false` for nothing, and `[5, "SO005"]` for a row.
fn text(value: &RawValue, about: &About) -> String {
    let raw = value.get();
    if raw == "false" && about.kind != "boolean" {
        return String::new();
    }
    match (about.kind.as_str(), models::kind(&about.kind)) {
        ("many2one", _) => match serde_json::from_str::<(i64, Value)>(raw) {
            Ok((id, _)) => id.to_string(),
            Err(_) => cell(value).into_owned(),
        },
        // Most such lists have one row: the order line of an invoice line.
        ("many2many" | "one2many", _) => only(raw).map_or_else(|| raw.to_owned(), |id| id.to_string()),
        (_, FieldType::Timestamp) => {
            let text = cell(value);
            let at = chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S%.f");
            at.map_or_else(|_| text.into_owned(), |at| models::moment(at.and_utc()))
        }
        _ => cell(value).into_owned(),
    }
}
