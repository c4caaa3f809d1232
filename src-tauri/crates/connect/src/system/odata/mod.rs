//! `OData`, version 4 and 2: SAP, Dynamics.

mod edm;
mod metadata;
mod query;
mod read;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use reqwest::Url;
use reqwest::header::{ACCEPT, HeaderName, HeaderValue};

use self::metadata::{Metadata, Set};
use self::query::Query;
use self::read::{Position, Reading};
use super::http::client::{Call, Client, Place};
use super::http::setting;
use crate::system::connection::ODataService;
use crate::system::{
    Answered, Ask, Block, FoundField, FoundStream, Request, Retry, Secrets, System, SystemError, SystemFault,
    What,
};
use crate::{Cursor, ReadEnd};

/// Fields of other entities that a stream offers beside its own; any other can still be asked for by its path.
const FIELDS_BESIDE_MAX: usize = 200;

/// An `OData` service.
pub(crate) struct OData {
    service: ODataService,
    client: Client,
    /// What it says that it has, asked once.
    metadata: OnceCell<Metadata>,
}

/// An `OData` service, ready to be asked; nothing is asked yet.
///
/// # Errors
/// [`SystemFault::Setting`], [`SystemFault::NoSecret`].
pub fn open(service: &ODataService, secrets: Secrets) -> Result<Box<dyn System>, SystemError> {
    open_with(service, secrets, Retry::default())
}

/// As [`open`], with another patience.
///
/// # Errors
/// As [`open`].
#[allow(clippy::needless_pass_by_value)] // secrets are handed over, not lent
pub fn open_with(
    service: &ODataService,
    secrets: Secrets,
    retry: Retry,
) -> Result<Box<dyn System>, SystemError> {
    if service.version.is_some_and(|version| !matches!(version, 2 | 4)) {
        return Err(setting("version", "it is 4 or 2".into()));
    }
    let headers = BTreeMap::new();
    let place = Place {
        url: &service.url,
        auth: &service.auth,
        headers: &headers,
        ca_file: service.ca_file.as_deref(),
    };
    let client = Client::new(&place, &secrets, retry)?;
    Ok(Box::new(OData { service: service.clone(), client, metadata: OnceCell::new() }))
}

impl OData {
    fn metadata(&self, ask: &Ask<'_>) -> Result<&Metadata, SystemError> {
        if let Some(known) = self.metadata.get() {
            return Ok(known);
        }
        let mut call = Call::get("$metadata", self.client.address("$metadata")?);
        call.headers.push((ACCEPT, HeaderValue::from_static("application/xml")));
        let found = self.client.ask(&call, ask, |answer| Ok((Metadata::parse(&answer.text()?)?, 0)))?;
        if self.service.version.is_some_and(|version| version != found.version) {
            return Err(setting("version", format!("the service speaks version {}", found.version)));
        }
        Ok(self.metadata.get_or_init(|| found))
    }

    fn call(&self, query: &Query<'_>, text: &str, rows: u32) -> Result<Call, SystemError> {
        let url = self.client.address(&format!("{}?{text}", query.set.name))?;
        Self::headed(Call::get(&query.set.name, url), query.version, rows)
    }

    /// The question by a link that the service gave. It stays with the host of the connection whatever the link says:
    /// behind a gateway, services name themselves as they are called inside.
    fn link(&self, link: &str, set: &Set, rows: u32) -> Result<Call, SystemError> {
        let link = Url::parse(link).map_err(|_| SystemError::from(SystemFault::BadCursor))?;
        let mut url = self.client.base().clone();
        url.set_path(link.path());
        url.set_query(link.query());
        let version = self.metadata.get().map_or(4, |metadata| metadata.version);
        Self::headed(Call::get(&set.name, url), version, rows)
    }

    fn headed(mut call: Call, version: u8, rows: u32) -> Result<Call, SystemError> {
        let mut add = |name: &'static str, value: HeaderValue| {
            call.headers.push((HeaderName::from_static(name), value));
        };
        if version == 2 {
            add("maxdataserviceversion", HeaderValue::from_static("2.0"));
        } else {
            // Decimals as texts: no server's own floats lose digits.
            add("accept", HeaderValue::from_static("application/json;IEEE754Compatible=true"));
            add("odata-maxversion", HeaderValue::from_static("4.0"));
            let prefer = HeaderValue::from_str(&format!("odata.maxpagesize={rows}"));
            add("prefer", prefer.map_err(|_| SystemError::from(SystemFault::Local))?);
        }
        Ok(call)
    }
}

impl System for OData {
    fn repeats(&self) -> bool {
        true
    }

    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError> {
        let metadata = self.metadata(ask)?;
        Ok(Answered { product: format!("OData {}.0", metadata.version), notes: self.client.notes() })
    }

    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        let metadata = self.metadata(ask)?;
        let stream = |set: &Set| {
            let keys = metadata.keys(set);
            let field = |(name, property): (String, metadata::Property)| FoundField {
                is_key: keys.contains(&name),
                kind: property.edm.kind(),
                label: property.label,
                name,
            };
            let fields = metadata.fields(set, FIELDS_BESIDE_MAX).into_iter().map(field).collect();
            FoundStream { name: set.name.clone(), label: metadata.label(set), fields, rows: None }
        };
        Ok(metadata.sets.iter().map(stream).collect())
    }

    fn read(
        &self,
        request: &Request,
        from: &Cursor,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        let What::Named(name) = &request.what else {
            return Err(setting("query", "an OData service takes no query, only the name of a set".into()));
        };
        let position = Position::parse(from, request)?;
        let query = Query::new(self.metadata(ask)?, name, request)?;
        let is_time = query.order.first().is_some_and(|field| field.property.edm.is_time());
        if request.range.is_some() && !(query.has_cursor && is_time) {
            return Err(setting(
                "range",
                "without a field with a time nothing says which rows are meant".into(),
            ));
        }
        Reading::new(self, query, request, ask, position, take).run()
    }
}
