//! Settings: the last writer of each field wins.

use plaza_domain::event::WorkspaceFounded;
use plaza_domain::workspace::{SettingChange, Settings};
use rusqlite::{Connection, params};

use super::act::Order;
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_setting.value";

pub(super) fn founded(connection: &Connection, order: &Order, founded: &WorkspaceFounded) -> Result<()> {
    changed(connection, order, &[SettingChange::Company(founded.company.clone())])
}

pub(super) fn changed(connection: &Connection, order: &Order, changes: &[SettingChange]) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO view_setting (key, value, at) VALUES (?1, ?2, ?3) ON CONFLICT (key) \
         DO UPDATE SET value = excluded.value, at = excluded.at WHERE excluded.at > view_setting.at",
    )?;
    // Of two changes to one field within an event the first one stays: they have one rank.
    for change in changes {
        statement.execute(params![change.key(), to_json(PLACE, change)?, order.rank])?;
    }
    Ok(())
}

impl View<'_> {
    /// What the workspace is set to.
    ///
    /// # Errors
    /// What the database says.
    pub fn settings(&self) -> Result<Settings> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM view_setting ORDER BY key")?;
        let mut rows = statement.query([])?;
        let mut settings = Settings::default();
        while let Some(row) = rows.next()? {
            settings.apply(from_json(PLACE, row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
        }
        Ok(settings)
    }
}
