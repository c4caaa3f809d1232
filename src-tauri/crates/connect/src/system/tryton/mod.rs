//! Tryton, by either of its interfaces: JSON-RPC as its own clients speak it, REST for user applications.

mod preset;
mod rest;
mod rpc;
mod wire;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::{Value, json};

pub use preset::preset;

use super::connection::Auth;
use super::http::client::{Client, Place};
use super::models::{self, About, Known, Models, Question};
use super::{
    Answered, Ask, Block, FoundStream, Request, Retry, Secrets, System, SystemError, SystemFault,
    TrytonInterface, TrytonServer,
};
use crate::{Cursor, ReadEnd};

/// Descriptions of fields are asked for so many at a time.
const DESCRIBED: usize = 2_000;

/// A Tryton server.
struct Tryton {
    wire: Wire,
    known: Known,
}

/// One of its interfaces.
enum Wire {
    Rpc(rpc::Rpc),
    Rest(rest::Rest),
}

/// Makes a system of a Tryton server.
///
/// # Errors
/// [`SystemFault::Setting`], [`SystemFault::NoSecret`].
#[allow(clippy::needless_pass_by_value)] // secrets go with the call
pub fn open(server: &TrytonServer, secrets: Secrets) -> Result<Box<dyn System>, SystemError> {
    if server.database.trim().is_empty() {
        let reason = "a Tryton server needs the name of its database".to_owned();
        return Err(SystemFault::Setting { setting: "database", reason }.into());
    }
    let ca_file = server.ca_file.as_deref();
    let headers = BTreeMap::new();
    let client = |auth: &Auth, secrets: &Secrets| {
        Client::new(&Place { url: &server.url, auth, headers: &headers, ca_file }, secrets, Retry::default())
    };
    let wire = match server.interface {
        TrytonInterface::JsonRpc => {
            let slot = "password";
            let password = secrets.get(slot).cloned().ok_or(SystemFault::NoSecret { slot })?;
            Wire::Rpc(rpc::Rpc::new(client(&Auth::None, &secrets)?, server, password))
        }
        TrytonInterface::Rest => {
            let slot = "key";
            let mut token = Secrets::default();
            token.put("token", secrets.get(slot).cloned().ok_or(SystemFault::NoSecret { slot })?);
            Wire::Rest(rest::Rest::new(client(&Auth::Bearer, &token)?, server))
        }
    };
    Ok(Box::new(Tryton { wire, known: Known::default() }))
}

impl Tryton {
    fn client(&self) -> &Client {
        match &self.wire {
            Wire::Rpc(rpc) => rpc.client(),
            Wire::Rest(rest) => rest.client(),
        }
    }

    /// All rows of a model of Tryton's own, a few fields of each.
    fn all(&self, model: &str, fields: &[&str], ask: &Ask<'_>) -> Result<Vec<Vec<String>>, SystemError> {
        let text = |name: &&str| ((*name).to_owned(), wire::about(name, "char"));
        let fields: Vec<_> = std::iter::once(&"id").chain(fields).map(text).collect();
        let (mut rows, mut last): (Vec<Vec<String>>, _) = (Vec::new(), "0".to_owned());
        loop {
            let after = self.value("integer", &last);
            let domain = vec![json!(["id", ">", after])];
            let question =
                Question { model, domain, order: ("id", false), limit: DESCRIBED, fields: &fields };
            let page = self.search(&question, ask)?;
            let is_last = page.len() < DESCRIBED;
            if let Some(row) = page.last() {
                last.clone_from(&row[0]);
            }
            rows.extend(page);
            if is_last {
                return Ok(rows);
            }
        }
    }
}

impl Models for Tryton {
    const FOLLOWS: bool = true;

    fn describe(&self, model: &str, ask: &Ask<'_>) -> Result<Vec<About>, SystemError> {
        // Not by the method `fields_get`: it hides a reference of which one possible model is barred to the user.
        let fields = ["id", "model", "name", "string", "ttype", "relation"];
        let fields = fields.map(|name| (name.to_owned(), wire::about(name, "char")));
        let domain = vec![json!(["model", "=", model])];
        let question = Question {
            model: "ir.model.field",
            domain,
            order: ("id", false),
            limit: DESCRIBED,
            fields: &fields,
        };
        match (self.search(&question, ask), &self.wire) {
            (Ok(described), _) if !described.is_empty() => {
                Ok(described.into_iter().filter_map(wire::described).map(|(_, about)| about).collect())
            }
            // Before version 7 these descriptions had other names.
            (Ok(_), Wire::Rpc(rpc)) => rpc.describe(model, ask),
            (Err(error), Wire::Rpc(rpc)) if matches!(error.fault, SystemFault::Refused { .. }) => {
                rpc.describe(model, ask)
            }
            (Ok(_), Wire::Rest(_)) => Ok(Vec::new()),
            (Err(error), _) => Err(error),
        }
    }

    fn search(&self, question: &Question<'_>, ask: &Ask<'_>) -> Result<Vec<Vec<String>>, SystemError> {
        match &self.wire {
            Wire::Rpc(rpc) => rpc.search(question, ask),
            Wire::Rest(rest) => rest.search(question, ask),
        }
    }

    fn value(&self, kind: &str, text: &str) -> Value {
        wire::value(kind, text)
    }

    fn terms(&self, domain: Vec<Value>) -> Vec<Value> {
        if domain.is_empty() { Vec::new() } else { vec![Value::Array(domain)] }
    }

    /// A row that was never changed has no change time: its making counts.
    fn within(&self, field: &About, from: &Value, to: Option<&Value>) -> Vec<Value> {
        let name = field.name.as_str();
        let between = |name: &str| {
            let upper = to.map(|to| json!([name, "<", to]));
            std::iter::once(json!([name, ">=", from])).chain(upper).collect::<Vec<_>>()
        };
        if name != "write_date" {
            return vec![Value::Array(between(name))];
        }
        let mut unchanged = between("create_date");
        if to.is_some() {
            unchanged.push(json!([name, "=", Value::Null]));
        }
        vec![json!(["OR", between(name), unchanged])]
    }

    fn change_fields<'a>(&self, field: &'a str) -> Vec<&'a str> {
        if field == "write_date" { vec![field, "create_date"] } else { vec![field] }
    }
}

impl System for Tryton {
    fn repeats(&self) -> bool {
        true
    }

    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError> {
        let product = match &self.wire {
            Wire::Rpc(rpc) => format!("Tryton {}", rpc.version(ask)?).trim().to_owned(),
            Wire::Rest(rest) => rest.check(ask).map(|()| "Tryton (REST)".to_owned())?,
        };
        Ok(Answered { product, notes: self.client().notes() })
    }

    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        // The names of these fields changed with version 7.
        let models = self.all("ir.model", &["name", "string"], ask);
        let (models, is_old) = match models {
            Err(error)
                if matches!(error.fault, SystemFault::NoField { .. } | SystemFault::Refused { .. }) =>
            {
                (self.all("ir.model", &["model", "name"], ask)?, true)
            }
            models => (models?, false),
        };
        let words: &[&str] = if is_old {
            &["model.model", "name", "field_description", "ttype", "relation"]
        } else {
            &["model", "name", "string", "ttype", "relation"]
        };
        let mut fields: BTreeMap<String, Vec<About>> = BTreeMap::new();
        for row in self.all("ir.model.field", words, ask)? {
            if let Some((model, about)) = wire::described(row) {
                fields.entry(model).or_default().push(about);
            }
        }
        let mut found: Vec<_> = models
            .into_iter()
            .filter_map(|row| {
                let [_, name, label] = <[String; 3]>::try_from(row).ok()?;
                // What is not stored has no time of its making: wizards, views.
                let about = fields
                    .get(&name)
                    .filter(|about| about.iter().any(|about| about.name == "create_date"))?;
                Some(models::found(&name, (!label.is_empty()).then_some(label), about, "rec_name"))
            })
            .collect();
        found.sort_by_key(|stream| (likelihood(&stream.name), stream.name.clone()));
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

/// What a person is likely to want comes first; Tryton's own workings last.
fn likelihood(model: &str) -> usize {
    const FIRST: [&str; 7] = [
        "sale.sale",
        "sale.line",
        "stock.move",
        "stock.shipment.out",
        "production",
        "account.invoice",
        "account.invoice.line",
    ];
    let is_inner = model.starts_with("ir.") || model.starts_with("res.");
    FIRST.iter().position(|known| *known == model).unwrap_or(if is_inner {
        FIRST.len() + 1
    } else {
        FIRST.len()
    })
}
