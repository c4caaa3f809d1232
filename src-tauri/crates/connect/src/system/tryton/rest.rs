//! REST for user applications, from version 8.0 on: domain and order in base64 within the address.

use base64::Engine as _;
use serde_json::{Value, json};

use super::wire;
use crate::system::cell::Members;
use crate::system::http::client::{Call, Client};
use crate::system::models::Question;
use crate::system::{Ask, SystemError, SystemFault, TrytonServer};

/// The interface.
pub(super) struct Rest {
    client: Client,
    database: String,
}

impl Rest {
    pub(super) fn new(client: Client, server: &TrytonServer) -> Self {
        Self { client, database: server.database.clone() }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Whether it answers and takes the key.
    pub(super) fn check(&self, ask: &Ask<'_>) -> Result<(), SystemError> {
        let fields = [("id".to_owned(), wire::about("id", "integer"))];
        let question = Question {
            model: "ir.model",
            domain: Vec::new(),
            order: ("id", false),
            limit: 1,
            fields: &fields,
        };
        self.search(&question, ask).map(drop)
    }

    pub(super) fn search(
        &self,
        question: &Question<'_>,
        ask: &Ask<'_>,
    ) -> Result<Vec<Vec<String>>, SystemError> {
        let mut url = self.client.address(&format!("{}/rest/model/{}", self.database, question.model))?;
        let packed = |value: &Value| base64::engine::general_purpose::URL_SAFE.encode(value.to_string());
        let (by, is_last_first) = question.order;
        url.query_pairs_mut()
            .append_pair("d", &packed(&json!(question.domain)))
            .append_pair("o", &packed(&json!([[by, if is_last_first { "DESC" } else { "ASC" }]])))
            .append_pair("s", &question.limit.to_string())
            .append_pair("p", "0")
            .extend_pairs(question.fields.iter().map(|(path, _)| ("f", path)));
        let call = Call::get(question.model, url);
        self.client.ask(&call, ask, |answer| {
            let text = answer.text()?;
            let rows: Vec<Members<'_>> = serde_json::from_str(&text).map_err(|error| {
                self.client.error(SystemFault::Nonsense { expected: "a list of rows" }, &error.to_string())
            })?;
            let cells = rows.iter().map(|row| wire::cells(row, question)).collect::<Result<Vec<_>, _>>()?;
            let count = cells.len() as u64;
            Ok((cells, count))
        })
    }
}
