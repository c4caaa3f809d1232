//! The words of threads, decisions, needs, commitments and minutes, found by full-text search (FTS5). The index is
//! no projection: the order of its rows is that of arrival; it is made anew together with them.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::View;
use crate::error::Result;

/// Words of a question that are looked for.
const WORDS_MAX: usize = 12;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is: `thread`, `message`, `decision`, `need`, `commitment`, `note`, `minutes`, `debrief`, `win`.
    pub noun: String,
    /// Its id.
    pub id: String,
    /// Where it opens: a thread's id for a thread or a message, a meeting's for what was said in one, a rotation's for a debrief.
    pub place: String,
    /// When it was said, milliseconds since 1970 UTC.
    pub at: i64,
    /// The words around what was found; U+0002 and U+0003 stand around each word that was looked for.
    pub excerpt: String,
}

/// Makes the empty index, and the list of threads whose rows are to be made anew.
pub(in super::super) fn create(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "CREATE TABLE text_place (
             id INTEGER PRIMARY KEY, noun TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, at INTEGER NOT NULL,
             UNIQUE (noun, name)
         ) STRICT;
         CREATE VIRTUAL TABLE text_index USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
         CREATE TABLE stale_thread (thread TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;",
    )?;
    Ok(())
}

/// Takes the index away.
pub(in super::super) fn drop_index(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "DROP TABLE IF EXISTS text_index; DROP TABLE IF EXISTS text_place; DROP TABLE IF EXISTS stale_thread;",
    )?;
    Ok(())
}

/// Puts a text into the index, in place of what it said before; an empty one takes it out. `(noun, name, place)`.
pub(super) fn set(
    connection: &Connection,
    (noun, name, place): (&str, &str, &str),
    at: i64,
    text: &str,
) -> Result<()> {
    let known: Option<i64> = connection
        .prepare_cached("SELECT id FROM text_place WHERE noun = ?1 AND name = ?2")?
        .query_row([noun, name], |row| row.get(0))
        .optional()?;
    let id = if let Some(id) = known {
        let before: Option<String> = connection
            .prepare_cached("SELECT text FROM text_index WHERE rowid = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if before.as_deref() == Some(text) {
            return Ok(());
        }
        connection.prepare_cached("DELETE FROM text_index WHERE rowid = ?1")?.execute([id])?;
        id
    } else {
        connection
            .prepare_cached("INSERT INTO text_place (noun, name, place, at) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![noun, name, place, at])?;
        connection.last_insert_rowid()
    };
    if !text.is_empty() {
        connection
            .prepare_cached("INSERT INTO text_index (rowid, text) VALUES (?1, ?2)")?
            .execute(params![id, text])?;
    }
    Ok(())
}

/// Puts something that was said in a meeting, or promised, into the index.
pub(in super::super) fn index_note(
    connection: &Connection,
    place: (&str, &str, &str),
    at: i64,
    text: &str,
) -> Result<()> {
    set(connection, place, at, text)
}

impl View<'_> {
    /// Finds texts that hold all words of a question, the last of them as a beginning; the latest first. Nothing for a
    /// question without a letter or digit.
    ///
    /// # Errors
    /// What the database says.
    pub fn find_text(&self, question: &str, limit: u32) -> Result<Vec<Hit>> {
        let Some(wanted) = wanted(question) else { return Ok(Vec::new()) };
        let sql = "SELECT noun, name, place, at, snippet(text_index, 0, char(2), char(3), '…', 16) \
                   FROM (SELECT rowid AS found FROM text_index WHERE text_index MATCH ?1 ORDER BY rowid DESC LIMIT ?2) \
                   JOIN text_place ON text_place.id = found JOIN text_index ON text_index.rowid = found \
                   WHERE text_index MATCH ?1 ORDER BY found DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let hits = statement.query_map(params![wanted, limit], |row| {
            Ok(Hit {
                noun: row.get(0)?,
                id: row.get(1)?,
                place: row.get(2)?,
                at: row.get(3)?,
                excerpt: row.get(4)?,
            })
        })?;
        Ok(hits.collect::<rusqlite::Result<_>>()?)
    }
}

/// A question in the index's language: each word in quotes, so that nothing in it is a command, and the last one a
/// beginning, since people see what is found while they type.
fn wanted(question: &str) -> Option<String> {
    let words: Vec<String> = question
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(|word| format!("\"{word}\""))
        .collect();
    if words.is_empty() { None } else { Some(format!("{}*", words.join(" "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_question_is_a_command() {
        assert_eq!(wanted("late pal").as_deref(), Some("\"late\" \"pal\"*"));
        assert_eq!(wanted("NOT \"x\" OR text:").as_deref(), Some("\"NOT\" \"x\" \"OR\" \"text\"*"));
        assert_eq!(wanted(" -*() "), None);
    }
}
