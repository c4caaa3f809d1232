//! JSON-RPC, as Tryton's own clients speak it. An error is an answer like any other, with code 200.

use std::cell::RefCell;

use base64::Engine as _;
use reqwest::Method;
use reqwest::header::AUTHORIZATION;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::wire;
use crate::system::cell::{Members, cell};
use crate::system::http::answer::Answer;
use crate::system::http::client::{Call, Client};
use crate::system::models::{About, Question};
use crate::system::{Ask, Secret, SystemError, SystemFault, TrytonServer};

/// The interface with its session.
pub(super) struct Rpc {
    client: Client,
    database: String,
    user: String,
    password: Secret,
    /// `user:id:session`, in base64.
    session: RefCell<Option<String>>,
}

/// An answer.
#[derive(Deserialize)]
struct Reply<'a> {
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<Value>,
}

impl Rpc {
    pub(super) fn new(client: Client, server: &TrytonServer, password: Secret) -> Self {
        // As it stands in the body of the login.
        client.hide(Value::String(password.expose().to_owned()).to_string().trim_matches('"'));
        let (database, user) = (server.database.clone(), server.user.clone());
        Self { client, database, user, password, session: RefCell::default() }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The server's version, after a login.
    pub(super) fn version(&self, ask: &Ask<'_>) -> Result<String, SystemError> {
        self.login(ask)?;
        // A server may be set up not to tell it.
        let version =
            self.call_at("", "the version", "common.server.version", &json!([]), None, ask, |result| {
                Ok((cell(result).into_owned(), 0))
            });
        match version {
            Err(error) if error.fault == SystemFault::Cancelled => Err(error),
            version => Ok(version.unwrap_or_default()),
        }
    }

    pub(super) fn describe(&self, model: &str, ask: &Ask<'_>) -> Result<Vec<About>, SystemError> {
        self.call(model, "fields_get", &[json!([])], ask, |result| {
            let described =
                Members::of(result).ok_or(SystemFault::Nonsense { expected: "the fields of a model" })?;
            let fields: Vec<_> =
                described.0.iter().filter_map(|(name, about)| described_field(name, about)).collect();
            Ok((fields, 0))
        })
    }

    pub(super) fn search(
        &self,
        question: &Question<'_>,
        ask: &Ask<'_>,
    ) -> Result<Vec<Vec<String>>, SystemError> {
        let (by, is_last_first) = question.order;
        let order = json!([[by, if is_last_first { "DESC" } else { "ASC" }]]);
        let fields: Vec<&String> = question.fields.iter().map(|(path, _)| path).collect();
        let words = [json!(question.domain), json!(0), json!(question.limit), order, json!(fields)];
        self.call(question.model, "search_read", &words, ask, |result| {
            let rows: Vec<Members<'_>> = serde_json::from_str(result.get())
                .map_err(|_| SystemError::from(SystemFault::Nonsense { expected: "a list of rows" }))?;
            let cells = rows.iter().map(|row| wire::cells(row, question)).collect::<Result<Vec<_>, _>>()?;
            let count = cells.len() as u64;
            Ok((cells, count))
        })
    }

    /// Calls a method of a model; a session that ended is begun anew, once.
    fn call<T>(
        &self,
        model: &str,
        method: &str,
        words: &[Value],
        ask: &Ask<'_>,
        understand: impl Fn(&RawValue) -> Result<(T, u64), SystemError>,
    ) -> Result<T, SystemError> {
        let mut words = words.to_vec();
        words.push(json!({}));
        let (name, words) = (format!("model.{model}.{method}"), Value::Array(words));
        let path = format!("{}/rpc/", self.database);
        let known = self.session.borrow().clone();
        let is_new = known.is_none();
        let session = known.map_or_else(|| self.login(ask), Ok)?;
        match self.call_at(&path, model, &name, &words, Some(&session), ask, &understand) {
            Err(error) if error.fault == SystemFault::Unauthorised && !is_new => {
                let session = self.login(ask)?;
                self.call_at(&path, model, &name, &words, Some(&session), ask, &understand)
            }
            answer => answer,
        }
    }

    fn login(&self, ask: &Ask<'_>) -> Result<String, SystemError> {
        let path = format!("{}/rpc/", self.database);
        let words = json!([self.user, {"password": self.password.expose()}, "en"]);
        let login = |result: &RawValue| {
            let given: Option<(i64, String, Value)> = serde_json::from_str(result.get()).unwrap_or_default();
            given.map(|(id, session, _)| ((id, session), 0)).ok_or_else(|| SystemFault::Unauthorised.into())
        };
        let given = self.call_at(&path, "the login", "common.db.login", &words, None, ask, login);
        let (id, session) = given.map_err(|error| match error.fault {
            // Where a database is not there, its address is not either.
            SystemFault::NoStream { .. } => {
                let what = format!("database “{}”", self.database);
                self.client
                    .error(SystemFault::NoStream { name: what }, error.detail.as_deref().unwrap_or_default())
            }
            _ => error,
        })?;
        self.client.hide(&session);
        let session =
            base64::engine::general_purpose::STANDARD.encode(format!("{}:{id}:{session}", self.user));
        *self.session.borrow_mut() = Some(session.clone());
        Ok(session)
    }

    fn call_at<T>(
        &self,
        path: &str,
        what: &str,
        method: &str,
        words: &Value,
        session: Option<&str>,
        ask: &Ask<'_>,
        understand: impl Fn(&RawValue) -> Result<(T, u64), SystemError>,
    ) -> Result<T, SystemError> {
        let mut headers = Vec::new();
        if let Some(session) = session {
            headers.push((AUTHORIZATION, self.client.secret_header(&format!("Session {session}"))?));
        }
        let body = json!({"id": 1, "method": method, "params": words}).to_string();
        let call = Call {
            what: what.to_owned(),
            method: Method::POST,
            url: self.client.address(path)?,
            headers,
            body: Some(body),
        };
        self.client.ask(&call, ask, |answer| self.understood(answer, what, &understand))
    }

    fn understood<T>(
        &self,
        answer: &Answer,
        what: &str,
        understand: impl Fn(&RawValue) -> Result<(T, u64), SystemError>,
    ) -> Result<(T, u64), SystemError> {
        let nonsense = |detail: &str| {
            self.client.error(SystemFault::Nonsense { expected: "an answer of Tryton's" }, detail)
        };
        let text = answer.text()?;
        let reply: Reply<'_> = serde_json::from_str(&text).map_err(|error| nonsense(&error.to_string()))?;
        if let Some(error) = &reply.error {
            return Err(self.refused(error, what));
        }
        understand(reply.result.ok_or_else(|| nonsense(""))?)
    }

    /// What an error of Tryton's means: its class with its words, or the words of a fault within.
    fn refused(&self, error: &Value, what: &str) -> SystemError {
        let word = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let (class, inner) = (word(error.get(0)), error.get(1));
        let said = match inner {
            Some(Value::Array(words)) => word(words.first()),
            inner => word(inner),
        };
        // A name that is not known comes back in quotes, as Python writes it.
        let is_unknown = class
            .strip_prefix('\'')
            .and_then(|name| name.strip_suffix('\''))
            .is_some_and(|name| name == what);
        let fault = if is_unknown {
            SystemFault::NoStream { name: what.to_owned() }
        } else if class == "UserError" && said.contains("not allowed") {
            SystemFault::Forbidden { what: what.to_owned() }
        } else {
            SystemFault::Refused { status: None }
        };
        let detail = if class == "UserError" {
            said
        } else {
            format!("{class} {}", said.lines().last().unwrap_or_default())
        };
        self.client.error(fault, &detail)
    }
}

fn described_field(name: &str, about: &RawValue) -> Option<About> {
    let about = Members::of(about)?;
    let word =
        |name: &str| about.get(name).map(|value| cell(value).into_owned()).filter(|word| !word.is_empty());
    Some(About {
        name: name.to_owned(),
        label: word("string"),
        kind: word("type")?,
        relation: word("relation"),
    })
}
