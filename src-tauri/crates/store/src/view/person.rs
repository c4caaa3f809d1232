//! People, and whose device is whose.

use std::collections::BTreeSet;

use plaza_domain::day::Day;
use plaza_domain::event::{DeviceId, PersonChange};
use plaza_domain::person::{Person, PersonId};
use rusqlite::{Connection, OptionalExtension, params};

use super::act::{Order, Rank};
use super::field::{self, Fields, Table};
use super::{View, from_json};
use crate::error::Result;

const PLACE: &str = "view_person.value";

pub(super) fn set(connection: &Connection, order: &Order, change: &PersonChange) -> Result<()> {
    let (rank, key) = (order.rank, change.id.0.as_str());
    field::set(connection, Table::Person, rank, key, ("name", change.name.as_ref()))?;
    field::set(connection, Table::Person, rank, key, ("email", change.email.as_ref()))?;
    field::set(connection, Table::Person, rank, key, ("department", change.department.as_ref()))?;
    field::set(connection, Table::Person, rank, key, ("roles", change.roles.as_ref()))
}

pub(super) fn left(
    connection: &Connection,
    order: &Order,
    person: &PersonId,
    last: Option<Day>,
) -> Result<()> {
    field::set(connection, Table::Person, order.rank, &person.0, ("left", Some(&last)))
}

pub(super) fn chosen(
    connection: &Connection,
    order: &Order,
    device: DeviceId,
    person: &PersonId,
) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO view_profile (device, at, person) VALUES (?1, ?2, ?3)")?
        .execute(params![device.0, order.rank, person.0])?;
    Ok(())
}

fn read(id: String, fields: &Fields) -> Result<Person> {
    fn field<T: serde::de::DeserializeOwned>(fields: &Fields, name: &str) -> Result<Option<T>> {
        fields.get(name).map(|(value, _)| from_json(PLACE, value)).transpose()
    }
    Ok(Person {
        name: field(fields, "name")?.unwrap_or_else(|| id.clone()),
        id: PersonId(id),
        email: field::<String>(fields, "email")?.filter(|email| !email.is_empty()),
        department: field(fields, "department")?,
        roles: field::<BTreeSet<_>>(fields, "roles")?.unwrap_or_default(),
        left: field::<Option<Day>>(fields, "left")?.flatten(),
    })
}

impl View<'_> {
    /// Everybody who ever was in the workspace, in order of their names.
    ///
    /// # Errors
    /// What the database says.
    pub fn people(&self) -> Result<Vec<Person>> {
        let people = self.fields(Table::Person)?.into_iter().map(|(id, fields)| read(id, &fields));
        let mut people = people.collect::<Result<Vec<_>>>()?;
        people.sort_by(|a, b| (a.name.to_lowercase(), &a.id).cmp(&(b.name.to_lowercase(), &b.id)));
        Ok(people)
    }

    /// One person.
    ///
    /// # Errors
    /// What the database says.
    pub fn person(&self, id: &PersonId) -> Result<Option<Person>> {
        let mut statement =
            self.connection.prepare_cached("SELECT field, value, at FROM view_person WHERE key = ?1")?;
        let fields = statement.query_map([&id.0], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        let fields = fields.collect::<rusqlite::Result<Fields>>()?;
        if fields.is_empty() { Ok(None) } else { read(id.0.clone(), &fields).map(Some) }
    }

    /// Whose device this is: the last answer to “who am I” there.
    ///
    /// # Errors
    /// What the database says.
    pub fn profile(&self, device: DeviceId) -> Result<Option<PersonId>> {
        self.profile_at(device, None)
    }

    /// Whose device it was when an act was done.
    pub(super) fn profile_at(&self, device: DeviceId, at: Option<Rank>) -> Result<Option<PersonId>> {
        let sql = "SELECT person FROM view_profile WHERE device = ?1 AND (?2 IS NULL OR at <= ?2) ORDER BY at DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![device.0, at], |row| row.get(0).map(PersonId)).optional()?)
    }
}
