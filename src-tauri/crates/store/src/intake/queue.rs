//! Pulls that nobody asked for: what is queued, where each integration stands in its cadence, and its circuit.

use plaza_domain::breaker::Circuit;
use plaza_domain::schedule::Pace;
use rusqlite::{OptionalExtension, Row, params};

use super::{Load, Result, View};

/// How far a queued pull is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueState {
    /// It waits for its moment.
    Waiting,
    /// It is under way, or was left by a program that ended.
    Running,
    /// Only a person can go on.
    Person,
}

impl QueueState {
    const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Person => "person",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "running" => Self::Running,
            "person" => Self::Person,
            _ => Self::Waiting,
        }
    }
}

/// A queued pull; there is one at most for each integration. Moments are milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    /// The integration's id.
    pub integration: String,
    /// When the schedule wanted it.
    pub due_at: i64,
    /// Which attempt is next or under way; from 1.
    pub attempt: u32,
    /// It does not begin before.
    pub not_before: i64,
    /// How far it is.
    pub state: QueueState,
    /// When this was written.
    pub noted_at: i64,
    /// The definition that a person must look at.
    pub definition: Option<String>,
    /// Why a person must, in words.
    pub words: Option<String>,
}

/// Where an integration stands in its cadence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaceRow {
    /// The event of the schedule that it counts by; empty before there was one.
    pub schedule: String,
    /// Where it stands.
    pub pace: Pace,
}

/// The circuit of an integration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CircuitRow {
    /// How it stands.
    pub circuit: Circuit,
    /// The last fault in words; none since the last pull that worked.
    pub words: Option<String>,
    /// When it happened, milliseconds since 1970 UTC.
    pub failed_at: Option<i64>,
}

const QUEUED: &str = "integration, due_at, attempt, not_before, state, noted_at, definition, words";

fn queued(row: &Row<'_>) -> rusqlite::Result<QueueRow> {
    Ok(QueueRow {
        integration: row.get(0)?,
        due_at: row.get(1)?,
        attempt: row.get(2)?,
        not_before: row.get(3)?,
        state: QueueState::from_word(&row.get::<_, String>(4)?),
        noted_at: row.get(5)?,
        definition: row.get(6)?,
        words: row.get(7)?,
    })
}

impl View<'_> {
    /// Every queued pull, in order of the integrations' ids.
    pub fn queue(self) -> Result<Vec<QueueRow>> {
        let sql = format!("SELECT {QUEUED} FROM queue ORDER BY integration");
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map([], queued)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The queued pull of an integration.
    pub fn queued(self, integration: &str) -> Result<Option<QueueRow>> {
        let sql = format!("SELECT {QUEUED} FROM queue WHERE integration = ?1");
        Ok(self.0.prepare_cached(&sql)?.query_row([integration], queued).optional()?)
    }

    /// Where an integration stands in its cadence; none before its first pull or schedule.
    pub fn pace(self, integration: &str) -> Result<Option<PaceRow>> {
        let sql = "SELECT schedule, anchor, not_before FROM pace WHERE integration = ?1";
        let read = |row: &Row<'_>| {
            let pace = Pace { anchor: row.get(1)?, not_before: row.get(2)? };
            Ok(PaceRow { schedule: row.get(0)?, pace })
        };
        Ok(self.0.prepare_cached(sql)?.query_row([integration], read).optional()?)
    }

    /// The circuit of an integration; closed where nothing was ever noted.
    pub fn circuit(self, integration: &str) -> Result<CircuitRow> {
        let sql = "SELECT state, faults, since, until, openings, words, failed_at FROM circuit WHERE integration = ?1";
        let read = |row: &Row<'_>| {
            let (since, openings) = (row.get(2)?, row.get(4)?);
            let circuit = match row.get::<_, String>(0)?.as_str() {
                "open" => Circuit::Open { since, until: row.get(3)?, openings },
                "half-open" => Circuit::HalfOpen { since, openings },
                _ => Circuit::Closed { faults: row.get(1)? },
            };
            Ok(CircuitRow { circuit, words: row.get(5)?, failed_at: row.get(6)? })
        };
        let found = self.0.prepare_cached(sql)?.query_row([integration], read).optional()?;
        Ok(found.unwrap_or_default())
    }
}

impl Load<'_> {
    /// Queues a pull, in place of what was queued for its integration.
    pub fn put_queued(&self, row: &QueueRow) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO queue
                   (integration, due_at, attempt, not_before, state, noted_at, definition, words)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                row.integration,
                row.due_at,
                row.attempt,
                row.not_before,
                row.state.word(),
                row.noted_at,
                row.definition,
                row.words
            ])?;
        Ok(())
    }

    /// Takes what is queued for an integration out of the queue.
    pub fn drop_queued(&self, integration: &str) -> Result<()> {
        self.0.execute("DELETE FROM queue WHERE integration = ?1", [integration])?;
        Ok(())
    }

    /// Notes where an integration stands in its cadence.
    pub fn put_pace(&self, integration: &str, row: &PaceRow) -> Result<()> {
        self.0.execute(
            "INSERT OR REPLACE INTO pace (integration, schedule, anchor, not_before) VALUES (?1, ?2, ?3, ?4)",
            params![integration, row.schedule, row.pace.anchor, row.pace.not_before],
        )?;
        Ok(())
    }

    /// Notes how the circuit of an integration stands.
    pub fn put_circuit(&self, integration: &str, row: &CircuitRow) -> Result<()> {
        let (state, faults, since, until, openings) = match row.circuit {
            Circuit::Closed { faults } => ("closed", faults, 0, 0, 0),
            Circuit::Open { since, until, openings } => ("open", 0, since, until, openings),
            Circuit::HalfOpen { since, openings } => ("half-open", 0, since, 0, openings),
        };
        self.0.execute(
            "INSERT OR REPLACE INTO circuit (integration, state, faults, since, until, openings, words, failed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![integration, state, faults, since, until, openings, row.words, row.failed_at],
        )?;
        Ok(())
    }
}
