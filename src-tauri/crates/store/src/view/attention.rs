//! What needs a person now, and what did.

use plaza_domain::event::{AttentionId, AttentionRaised};
use rusqlite::{Connection, params};

use super::act::{Order, Rank};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "attention";

/// Something that needs a person, or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention {
    /// What it is.
    pub raised: AttentionRaised,
    /// When it was raised, milliseconds since 1970 UTC.
    pub raised_at: i64,
    /// When it was over, milliseconds since 1970 UTC; nothing while it is not.
    pub settled_at: Option<i64>,
}

pub(super) fn raised(connection: &Connection, order: &Order, raised: &AttentionRaised) -> Result<()> {
    said(connection, order, &raised.attention, Some(&to_json(PLACE, raised)?))
}

pub(super) fn settled(connection: &Connection, order: &Order, attention: &AttentionId) -> Result<()> {
    said(connection, order, attention, None)
}

fn said(connection: &Connection, order: &Order, attention: &AttentionId, body: Option<&str>) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO view_attention (attention, at, body) VALUES (?1, ?2, ?3)")?
        .execute(params![attention.as_str(), order.rank, body])?;
    Ok(())
}

impl View<'_> {
    /// Everything that needs or needed a person, in the order in which it was raised.
    ///
    /// # Errors
    /// What the database says.
    pub fn attentions(&self) -> Result<Vec<Attention>> {
        let sql = "SELECT attention, at, body FROM view_attention ORDER BY attention, at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all: Vec<Attention> = Vec::new();
        while let Some(row) = rows.next()? {
            let id = AttentionId(row.get(0)?);
            let at = row.get::<_, Rank>(1)?.stamp().wall_ms;
            let known = all.last_mut().filter(|last| last.raised.attention == id);
            match (row.get::<_, Option<String>>(2)?, known) {
                (Some(body), None) => {
                    let raised = from_json(PLACE, &body)?;
                    all.push(Attention { raised, raised_at: at, settled_at: None });
                }
                // Settled counts for good: what begins anew is another matter, with a name of its own.
                (None, Some(known)) => known.settled_at = known.settled_at.or(Some(at)),
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
        all.sort_by(|one, other| {
            (one.raised_at, &one.raised.attention).cmp(&(other.raised_at, &other.raised.attention))
        });
        Ok(all)
    }
}
