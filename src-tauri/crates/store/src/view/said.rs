//! Tables that keep everything that was said of a thing, in its order: the payloads as they came.

use plaza_domain::event::Payload;
use rusqlite::Row;

use super::act::{Act, Order};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "something that was said";

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What.
    pub payload: Payload,
    /// By whom, when.
    pub act: Act,
}

/// A payload as such a table keeps it.
pub(super) fn body(payload: &Payload) -> Result<String> {
    to_json(PLACE, payload)
}

/// What was kept, where this program still understands it.
pub(super) fn payload(body: &str) -> Result<Payload> {
    from_json(PLACE, body)
}

/// The columns that every such table ends with.
pub(super) fn columns(order: &Order) -> (super::act::Rank, Option<&str>) {
    (order.rank, order.acting_for.as_deref())
}

impl View<'_> {
    /// Reads a row of `at, acting_for, body`.
    pub(super) fn said(&self, row: &Row<'_>) -> Result<Said> {
        Ok(Said {
            act: self.act(row.get(0)?, row.get(1)?)?,
            payload: payload(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?,
        })
    }
}
