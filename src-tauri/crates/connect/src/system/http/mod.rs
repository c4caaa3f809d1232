//! Web services that answer with JSON, and the client of every kind that speaks HTTP.

pub(crate) mod answer;
mod auth;
pub(crate) mod client;
mod fault;
pub(crate) mod json;
pub(crate) mod moment;
mod page;
mod path;
pub(crate) mod position;
mod read;
mod tls;

use std::ops::ControlFlow;

use reqwest::{Method as Verb, Url};

pub(crate) use auth::{encoded, setting};

use self::client::{Call, Client, Place};
use self::page::{Shape, Wanted};
use self::path::Path;
use self::position::{Position, Spot};
use crate::system::connection::{HttpService, Method, Paging};
use crate::system::{
    Answered, Ask, Block, FoundStream, Request, Retry, Secrets, System, SystemError, SystemFault, What,
};
use crate::{Cursor, ReadEnd};

/// Rows that tell what fields there are.
const DISCOVERED_ROWS: u32 = 100;

/// A web service.
pub(crate) struct Http {
    service: HttpService,
    client: Client,
    shape: Shape,
}

/// A web service, ready to be asked; nothing is asked yet.
///
/// # Errors
/// [`SystemFault::Setting`], [`SystemFault::NoSecret`].
#[allow(clippy::needless_pass_by_value)] // secrets are handed over, not lent
pub fn open(service: &HttpService, secrets: Secrets) -> Result<Box<dyn System>, SystemError> {
    open_with(service, secrets, Retry::default())
}

/// As [`open`], with another patience.
///
/// # Errors
/// As [`open`].
#[allow(clippy::needless_pass_by_value)]
pub fn open_with(
    service: &HttpService,
    secrets: Secrets,
    retry: Retry,
) -> Result<Box<dyn System>, SystemError> {
    let place = Place {
        url: &service.url,
        auth: &service.auth,
        headers: &service.headers,
        ca_file: service.ca_file.as_deref(),
    };
    let path =
        |text: &Option<String>, setting| text.as_deref().map(|text| Path::parse(text, setting)).transpose();
    let next = match &service.paging {
        Paging::Cursor { next, .. } | Paging::NextUrl { next } => Some(Path::parse(next, "paging")?),
        _ => None,
    };
    let shape = Shape {
        rows: path(&service.rows, "rows")?,
        error: path(&service.error, "error")?,
        next,
        has_link_header: service.paging == Paging::LinkHeader,
    };
    let http = Http { service: service.clone(), client: Client::new(&place, &secrets, retry)?, shape };
    http.check_body()?;
    Ok(Box::new(http))
}

impl Http {
    /// The page with which a read begins.
    fn first_spot(&self) -> Spot {
        match &self.service.paging {
            Paging::Page { first, .. } => Spot::Page(u64::from(*first)),
            Paging::Offset { .. } => Spot::Offset(0),
            _ => Spot::First,
        }
    }

    /// The question for a page.
    fn call(&self, request: &Request, spot: &Spot, since: Option<&str>) -> Result<Call, SystemError> {
        let What::Named(stream) = &request.what else {
            return Err(setting("query", "a web service takes no query, only the path of its rows".into()));
        };
        let body = self.service.body.as_deref().unwrap_or_default();
        let mut url = match spot {
            Spot::Address(address) => {
                Url::parse(address).map_err(|_| SystemError::from(SystemFault::BadCursor))?
            }
            _ => self.client.address(stream)?,
        };
        let fill = self.filling(request, spot, since);
        let mut parameters: Vec<(&str, &str)> = Vec::new();
        if !matches!(spot, Spot::Address(_)) {
            for (name, parameter, value) in &fill {
                if let (Some(parameter), false) = (parameter, takes(body, name) || value.is_empty()) {
                    parameters.push((parameter, value));
                }
            }
        }
        add(&mut url, &parameters);
        let is_post = self.service.method == Method::Post;
        let filled = self.service.body.as_deref().map(|body| {
            fill.iter().fold(body.to_owned(), |body, (name, _, value)| {
                body.replace(&format!("{{{name}}}"), &within_json(value))
            })
        });
        let method = if is_post { Verb::POST } else { Verb::GET };
        Ok(Call { what: stream.clone(), method, url, headers: Vec::new(), body: filled })
    }

    /// What is filled in: its name in a body, its parameter in an address, its value.
    fn filling(
        &self,
        request: &Request,
        spot: &Spot,
        since: Option<&str>,
    ) -> [(&'static str, Option<&str>, String); 7] {
        let (mut counter, mut limit) = (None, None);
        match &self.service.paging {
            Paging::Page { parameter, limit_parameter, .. }
            | Paging::Offset { parameter, limit_parameter } => {
                counter = Some(parameter.as_str());
                limit = limit_parameter.as_deref();
            }
            Paging::Cursor { parameter, .. } => counter = Some(parameter.as_str()),
            Paging::None | Paging::LinkHeader | Paging::NextUrl { .. } => {}
        }
        let (page, offset, mark) = match spot {
            Spot::Page(page) => (page.to_string(), String::new(), String::new()),
            Spot::Offset(offset) => (String::new(), offset.to_string(), String::new()),
            Spot::Mark(mark) => (String::new(), String::new(), mark.clone()),
            Spot::First | Spot::Address(_) => Default::default(),
        };
        let written =
            |moment: Option<chrono::DateTime<chrono::Utc>>| moment.map(moment::written).unwrap_or_default();
        let range = request.range;
        [
            ("cursor", self.service.cursor_parameter.as_deref(), since.unwrap_or_default().to_owned()),
            ("from", None, written(range.map(|range| range.from))),
            ("to", self.service.until_parameter.as_deref(), written(range.map(|range| range.to))),
            ("page", counter, page),
            ("offset", counter, offset),
            ("mark", counter, mark),
            ("limit", limit, request.page_rows.to_string()),
        ]
    }

    /// A body that could never be sent is refused before anything is asked.
    fn check_body(&self) -> Result<(), SystemError> {
        let Some(body) = &self.service.body else { return Ok(()) };
        if self.service.method == Method::Get {
            return Err(setting("body", "only a POST has one".into()));
        }
        let tried = ["cursor", "from", "to", "page", "offset", "mark", "limit"];
        let tried = tried.iter().fold(body.clone(), |body, name| body.replace(&format!("{{{name}}}"), "1"));
        let parsed: Result<serde::de::IgnoredAny, _> = serde_json::from_str(&tried);
        parsed.map(|_| ()).map_err(|error| setting("body", format!("it is no JSON: {error}")))
    }

    /// The streams that the connection names, else the address itself.
    fn streams(&self) -> Vec<String> {
        let named = &self.service.streams;
        if named.is_empty() { vec!["/".to_owned()] } else { named.clone() }
    }

    fn first_rows(&self, stream: &str, rows: u32) -> Result<Call, SystemError> {
        let request = Request { page_rows: rows, ..Request::all(What::Named(stream.to_owned())) };
        self.call(&request, &self.first_spot(), None)
    }
}

impl System for Http {
    fn repeats(&self) -> bool {
        true
    }

    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError> {
        let stream = self.streams().remove(0);
        let wanted = Wanted { stream: &stream, fields: &[], columns: &[], cursor: None, range: None };
        let answered = self.client.ask(&self.first_rows(&stream, 1)?, ask, |answer| {
            let rows = self.shape.understand(answer, &wanted)?.count as u64;
            Ok((answer.server(), rows))
        });
        let mut notes = self.client.notes();
        let product = match answered {
            Ok(product) => product,
            // It answers; where its rows are is not said yet.
            Err(error) if self.service.streams.is_empty() && is_elsewhere(&error) => {
                notes.push("the address itself gives no rows; name a path that does".into());
                String::new()
            }
            Err(error) => return Err(error),
        };
        Ok(Answered { product, notes })
    }

    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        let mut found = Vec::new();
        for stream in self.streams() {
            let call = self.first_rows(&stream, DISCOVERED_ROWS)?;
            match self.client.ask(&call, ask, |answer| self.shape.fields(answer)) {
                Ok(fields) => found.push(FoundStream { name: stream, label: None, fields, rows: None }),
                Err(error) if self.service.streams.is_empty() && is_elsewhere(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    fn read(
        &self,
        request: &Request,
        from: &Cursor,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        if request.range.is_some() && request.cursor.is_none() {
            return Err(setting("range", "without a cursor field nothing says which rows are meant".into()));
        }
        let position = Position::parse(from, request)?;
        read::Reading::new(self, request, ask, position, take).run()
    }
}

/// It answers, but not there with rows.
fn is_elsewhere(error: &SystemError) -> bool {
    matches!(error.fault, SystemFault::NoStream { .. } | SystemFault::Nonsense { .. })
}

fn takes(body: &str, name: &str) -> bool {
    body.contains(&format!("{{{name}}}"))
}

/// Adds parameters to an address.
pub(crate) fn add(url: &mut Url, parameters: &[(&str, &str)]) {
    let own = url.query().filter(|own| !own.is_empty()).map(str::to_owned);
    let added = parameters.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    let all: Vec<String> = own.into_iter().chain(added).collect();
    url.set_query((!all.is_empty()).then(|| all.join("&")).as_deref());
}

/// A value within a text of JSON.
fn within_json(value: &str) -> String {
    let quoted = serde_json::Value::from(value).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}
