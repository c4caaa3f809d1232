//! Lists of threads, and how far each person has read.

use plaza_domain::day::Week;
use plaza_domain::event::{Anchor, IntegrationId, KpiId, Outcome, ThreadCause, ThreadId, Way};
use plaza_domain::person::PersonId;
use rusqlite::{OptionalExtension, Row, params};

use super::super::act::Rank;
use super::super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "view_thread";

/// Which threads a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inbox {
    /// Those that wait for the person.
    #[default]
    Mine,
    /// Those that concern the person's department.
    Department,
    /// All that are open.
    Open,
    /// Open ones that go in circles, or have waited too long.
    Circling,
    /// Open ones that wait for the next meeting.
    Meeting,
    /// Closed ones.
    Closed,
    /// All.
    All,
}

/// What is asked of a list.
#[derive(Clone, Debug, Default)]
pub struct ThreadPage<'a> {
    /// Which threads.
    pub inbox: Inbox,
    /// Who reads.
    pub person: Option<&'a str>,
    /// Their department.
    pub department: Option<&'a str>,
    /// Those that somebody asked waited for since before this moment count as unanswered, milliseconds since 1970 UTC.
    pub unanswered_before: i64,
    /// First row wanted, from 0.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// A thread in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadRow {
    /// Which thread.
    pub thread: ThreadId,
    /// Why it was opened.
    pub cause: ThreadCause,
    /// The question.
    pub question: String,
    /// What it hangs on.
    pub anchor: Anchor,
    /// When it was opened, milliseconds since 1970 UTC.
    pub opened_at: i64,
    /// When something was last said, milliseconds since 1970 UTC.
    pub last_at: i64,
    /// Who said it.
    pub last_by: Option<PersonId>,
    /// Messages that stand.
    pub messages: u32,
    /// Messages since people last met.
    pub since_met: u32,
    /// Whether the same people write back and forth.
    pub is_circling: bool,
    /// How somebody proposed to talk, while they have not met since.
    pub talk: Option<Way>,
    /// Since when somebody who was asked has not answered, milliseconds since 1970 UTC.
    pub waits_since: Option<i64>,
    /// How it ended; nothing while it is open.
    pub outcome: Option<Outcome>,
    /// When it was closed, milliseconds since 1970 UTC.
    pub closed_at: Option<i64>,
    /// Whether it waits for the person who reads.
    pub is_mine: bool,
    /// Messages that the person has not read; the question counts as one.
    pub unread: u32,
}

/// A thread's mark on a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedThread {
    /// Which thread.
    pub thread: ThreadId,
    /// What it hangs on.
    pub anchor: Anchor,
    /// The question.
    pub question: String,
    /// Whether it is open.
    pub is_open: bool,
    /// When it was opened, milliseconds since 1970 UTC.
    pub opened_at: i64,
    /// The week that its anchor names, or in which what it hangs on was seen.
    pub week: Option<Week>,
}

impl MarkedThread {
    /// The week at which its mark stands on a chart: that of its anchor; of a disputed split the one that its miss counts
    /// in.
    pub fn marked_week(&self) -> Option<Week> {
        self.anchor.week().or_else(|| self.week.filter(|_| matches!(self.anchor, Anchor::Split { .. })))
    }
}

/// `t` is the thread, `p` where the person stands in it, `m` how far they have read; `?1` person, `?2` department,
/// `?3` the moment before which it is unanswered.
const FROM: &str = "FROM view_thread t \
    LEFT JOIN view_thread_person p ON p.thread = t.thread AND p.person = ?1 \
    LEFT JOIN read_mark m ON m.thread = t.thread AND m.person = ?1";

/// What a list shows of a thread, in the order of [`thread_row`].
const COLUMNS: &str = "SELECT t.thread, t.cause, t.question, t.anchor, t.opened_at, t.last_at, t.last_by, t.messages, \
    t.since_met, t.circling, t.talk, t.waits_since, t.outcome, t.closed_at, MINE, \
    (SELECT count(*) FROM view_thread_said s WHERE s.thread = t.thread AND s.at > coalesce(m.at, x'') \
    AND s.kind IN ('message_written', 'thread_opened') AND s.acting_for IS NOT ?1)";

/// It waits for the person: asked or mentioned after they last wrote, or followed and not read; and not muted since.
const IS_MINE: &str = "(t.outcome IS NULL AND ((p.asked_at IS NOT NULL AND (p.wrote_at IS NULL OR p.asked_at > p.wrote_at) \
    AND (p.following IS NOT '\"muted\"' OR p.asked_at > coalesce(m.at, x''))) \
    OR (p.following = '\"follows\"' AND t.last_by IS NOT ?1 AND t.last_at > coalesce(m.at, x''))))";

fn columns() -> String {
    COLUMNS.replace("MINE", &format!("coalesce({IS_MINE}, 0)"))
}

impl Inbox {
    const fn condition(self) -> &'static str {
        match self {
            Self::Mine => IS_MINE,
            Self::Department => {
                "t.outcome IS NULL AND EXISTS (SELECT 1 FROM view_thread_department d \
                 WHERE d.thread = t.thread AND d.department = ?2)"
            }
            Self::Open => "t.outcome IS NULL",
            Self::Circling => "t.outcome IS NULL AND t.talk IS NULL AND (t.circling OR t.waits_since <= ?3)",
            Self::Meeting => "t.outcome IS NULL AND t.talk = '\"agenda\"'",
            Self::Closed => "t.outcome IS NOT NULL",
            Self::All => "TRUE",
        }
    }
}

impl View<'_> {
    /// One page of a list of threads, the one last spoken in first.
    ///
    /// # Errors
    /// What the database says.
    pub fn threads(&self, page: &ThreadPage<'_>) -> Result<Vec<ThreadRow>> {
        let columns = columns();
        let sql = format!(
            "{columns} {FROM} WHERE {} AND ?3 = ?3 AND ?2 IS ?2 ORDER BY t.last_at DESC LIMIT ?4 OFFSET ?5",
            page.inbox.condition()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let person = page.person.unwrap_or_default();
        let mut rows = statement.query(params![
            person,
            page.department,
            page.unanswered_before,
            page.limit,
            page.offset
        ])?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            list.push(thread_row(row)?);
        }
        Ok(list)
    }

    /// One thread as a list shows it, for the person of `page`.
    ///
    /// # Errors
    /// What the database says.
    pub fn thread_row(&self, thread: &ThreadId, page: &ThreadPage<'_>) -> Result<Option<ThreadRow>> {
        let columns = columns();
        let sql = format!("{columns} {FROM} WHERE t.thread = ?4 AND ?3 = ?3 AND ?2 IS ?2");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let person = page.person.unwrap_or_default();
        let mut rows =
            statement.query(params![person, page.department, page.unanswered_before, thread.as_str()])?;
        rows.next()?.map(thread_row).transpose()
    }

    /// Up to when a person has read a thread on this device, milliseconds since 1970 UTC.
    ///
    /// # Errors
    /// What the database says.
    pub fn read_mark(&self, person: &PersonId, thread: &ThreadId) -> Result<Option<i64>> {
        let sql = "SELECT at FROM read_mark WHERE person = ?1 AND thread = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let at = statement
            .query_row(params![person.0, thread.as_str()], |row| row.get::<_, Rank>(0))
            .optional()?;
        Ok(at.map(|at| at.stamp().wall_ms))
    }

    /// How many threads a list holds.
    ///
    /// # Errors
    /// What the database says.
    pub fn thread_count(&self, page: &ThreadPage<'_>) -> Result<u32> {
        let sql = format!(
            "SELECT count(*) {FROM} WHERE {} AND ?3 = ?3 AND ?2 IS ?2 AND ?1 IS ?1",
            page.inbox.condition()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let person = page.person.unwrap_or_default();
        Ok(statement.query_row(params![person, page.department, page.unanswered_before], |row| row.get(0))?)
    }

    /// The threads of a KPI that stand at a week of its charts, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn marked_threads(&self, kpi: &KpiId) -> Result<Vec<MarkedThread>> {
        let sql = "SELECT thread, anchor, question, outcome IS NULL, opened_at, week FROM view_thread WHERE kpi = ?1 ORDER BY week, opened_at, thread";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([kpi.as_str()])?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            list.push(marked(row)?);
        }
        Ok(list)
    }

    /// How many flags were raised from a moment on (milliseconds since 1970 UTC): everything that a person found odd, and
    /// not what a chart found.
    ///
    /// # Errors
    /// What the database says.
    pub fn flags_since(&self, since_ms: i64) -> Result<u32> {
        let sql = "SELECT COUNT(*) FROM view_thread WHERE opened_at >= ?1 AND cause <> ?2";
        let taken_up = to_json(PLACE, &ThreadCause::Signal)?;
        Ok(self.connection.prepare_cached(sql)?.query_row(params![since_ms, taken_up], |row| row.get(0))?)
    }

    /// The threads about an order line of these integrations, the oldest first: orders of other systems may have the same
    /// numbers.
    ///
    /// # Errors
    /// What the database says.
    pub fn threads_of_order(
        &self,
        integrations: &[IntegrationId],
        order: &str,
        line: &str,
    ) -> Result<Vec<MarkedThread>> {
        let sql = "SELECT thread, anchor, question, outcome IS NULL, opened_at, week FROM view_thread \
                   WHERE order_number = ?1 AND line = ?2 ORDER BY opened_at, thread";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([order, line])?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            let one = marked(row)?;
            if one.anchor.integration().is_some_and(|own| integrations.contains(own)) {
                list.push(one);
            }
        }
        Ok(list)
    }

    /// The threads about runs of an integration, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn threads_of_runs(&self, integration: &IntegrationId) -> Result<Vec<MarkedThread>> {
        let sql = "SELECT thread, anchor, question, outcome IS NULL, opened_at, week FROM view_thread \
                   WHERE integration = ?1 AND order_number IS NULL ORDER BY opened_at, thread";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([integration.as_str()])?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            list.push(marked(row)?);
        }
        Ok(list)
    }

    /// When people met about threads, milliseconds since 1970 UTC, the earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn met_at(&self) -> Result<Vec<i64>> {
        let sql = "SELECT at FROM view_thread_said WHERE kind = 'met' ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let met = statement.query_map([], |row| Ok(row.get::<_, Rank>(0)?.stamp().wall_ms))?;
        Ok(met.collect::<rusqlite::Result<_>>()?)
    }

    /// Who was asked in a thread and has not answered, in order of their ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn thread_awaited(&self, thread: &ThreadId) -> Result<Vec<PersonId>> {
        let sql = "SELECT person FROM view_thread_person WHERE thread = ?1 AND asked_at IS NOT NULL \
                   AND (wrote_at IS NULL OR asked_at > wrote_at) ORDER BY person";
        let mut statement = self.connection.prepare_cached(sql)?;
        let people = statement.query_map([thread.as_str()], |row| row.get(0).map(PersonId))?;
        Ok(people.collect::<rusqlite::Result<_>>()?)
    }

    /// Who stands how to a thread: those that were asked or mentioned, wrote, or follow.
    ///
    /// # Errors
    /// What the database says.
    pub fn thread_followers(&self, thread: &ThreadId) -> Result<Vec<PersonId>> {
        let sql = "SELECT person FROM view_thread_person WHERE thread = ?1 AND following IS NOT '\"muted\"' ORDER BY person";
        let mut statement = self.connection.prepare_cached(sql)?;
        let people = statement.query_map([thread.as_str()], |row| row.get(0).map(PersonId))?;
        Ok(people.collect::<rusqlite::Result<_>>()?)
    }
}

fn marked(row: &Row<'_>) -> Result<MarkedThread> {
    Ok(MarkedThread {
        thread: ThreadId(row.get(0)?),
        anchor: from_json(PLACE, &row.get::<_, String>(1)?)?,
        question: row.get(2)?,
        is_open: row.get(3)?,
        opened_at: row.get(4)?,
        week: row.get::<_, Option<i32>>(5)?.map(Week),
    })
}

fn thread_row(row: &Row<'_>) -> Result<ThreadRow> {
    let json = |at: usize| row.get::<_, String>(at);
    let some = |at: usize| row.get::<_, Option<String>>(at);
    Ok(ThreadRow {
        thread: ThreadId(row.get(0)?),
        cause: from_json(PLACE, &json(1)?)?,
        question: row.get(2)?,
        anchor: from_json(PLACE, &json(3)?)?,
        opened_at: row.get(4)?,
        last_at: row.get::<_, Rank>(5)?.stamp().wall_ms,
        last_by: some(6)?.map(PersonId),
        messages: row.get(7)?,
        since_met: row.get(8)?,
        is_circling: row.get(9)?,
        talk: some(10)?.map(|talk| from_json(PLACE, &talk)).transpose()?,
        waits_since: row.get(11)?,
        outcome: some(12)?.map(|outcome| from_json(PLACE, &outcome)).transpose()?,
        closed_at: row.get(13)?,
        is_mine: row.get(14)?,
        unread: row.get(15)?,
    })
}
