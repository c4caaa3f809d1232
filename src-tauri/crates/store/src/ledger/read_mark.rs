//! How far people have read: kept on this device, never said.

use plaza_domain::event::ThreadId;
use plaza_domain::person::PersonId;
use rusqlite::params;

use super::Ledger;
use crate::error::Result;

impl Ledger {
    /// Notes that a person has read a thread to its end; `is_read` false takes it back, so that it counts as unread.
    ///
    /// # Errors
    /// What the database says.
    pub fn mark_read(&self, person: &PersonId, thread: &ThreadId, is_read: bool) -> Result<()> {
        self.database.write(|tx| {
            if is_read {
                tx.prepare_cached(
                    "INSERT INTO read_mark (person, thread, at) SELECT ?1, ?2, max(at) FROM view_thread_said \
                     WHERE thread = ?2 HAVING max(at) IS NOT NULL \
                     ON CONFLICT (person, thread) DO UPDATE SET at = excluded.at",
                )?
                .execute(params![person.0, thread.as_str()])?;
            } else {
                tx.prepare_cached("DELETE FROM read_mark WHERE person = ?1 AND thread = ?2")?
                    .execute(params![person.0, thread.as_str()])?;
            }
            Ok(())
        })
    }
}
