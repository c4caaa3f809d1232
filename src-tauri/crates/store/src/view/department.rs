//! Departments: per field the last writer wins, of a slot the first one, since it never changes.

use plaza_domain::department::{Department, DepartmentId, settle_slots};
use plaza_domain::event::DepartmentChange;
use rusqlite::{Connection, params};

use super::act::Order;
use super::field::{self, Table};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_department.value";

pub(super) fn set(connection: &Connection, order: &Order, change: &DepartmentChange) -> Result<()> {
    let (rank, key) = (order.rank, change.id.as_str());
    field::set(connection, Table::Department, rank, key, ("name", change.name.as_ref()))?;
    field::set(connection, Table::Department, rank, key, ("letter", change.letter.as_ref()))?;
    field::set(connection, Table::Department, rank, key, ("active", change.active.as_ref()))?;
    if let Some(slot) = change.slot {
        connection
            .prepare_cached(
                "INSERT INTO view_department (key, field, value, at) VALUES (?1, 'slot', ?2, ?3) ON CONFLICT (key, field) \
                 DO UPDATE SET value = excluded.value, at = excluded.at WHERE excluded.at < view_department.at",
            )?
            .execute(params![key, to_json(PLACE, &slot)?, rank])?;
    }
    Ok(())
}

impl View<'_> {
    /// All departments, closed ones too, in order of their ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn departments(&self) -> Result<Vec<Department>> {
        let mut departments = Vec::new();
        let mut claims = Vec::new();
        for (key, fields) in self.fields(Table::Department)? {
            let Ok(id) = key.parse::<DepartmentId>() else { continue };
            let text =
                |name: &str| fields.get(name).map(|(value, _)| from_json::<String>(PLACE, value)).transpose();
            let name = text("name")?.unwrap_or_else(|| id.to_string());
            let first =
                || name.chars().next().map_or_else(String::new, |first| first.to_uppercase().collect());
            let letter = text("letter")?.unwrap_or_else(first);
            let active =
                fields.get("active").map(|(value, _)| from_json(PLACE, value)).transpose()?.unwrap_or(true);
            // A department that was never given a slot claims one after all that were.
            let claim = fields
                .get("slot")
                .map(|(value, rank)| Ok::<_, crate::StoreError>((from_json(PLACE, value)?, *rank)));
            let claim = claim.transpose()?;
            claims.push((
                claim.is_none(),
                claim.map(|(_, rank)| rank),
                id.clone(),
                claim.map_or(u8::MAX, |(slot, _)| slot),
            ));
            departments.push(Department { id, name, letter, slot: 0, active });
        }
        claims.sort();
        let claims: Vec<_> = claims.into_iter().map(|(_, _, id, slot)| (id, slot)).collect();
        let slots = settle_slots(&claims);
        for department in &mut departments {
            department.slot = slots.get(&department.id).copied().unwrap_or(0);
        }
        Ok(departments)
    }
}
