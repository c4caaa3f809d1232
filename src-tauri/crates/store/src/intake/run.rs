//! Runs: one for each pull, with its report and its warnings.

use rusqlite::{OptionalExtension, Row, params};

use super::{Load, Result, View};

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// Some of its files are in; it may have been killed.
    Landing,
    /// Its rows and journeys are in; its observations may not be in the ledger yet.
    Landed,
    /// Everything is done.
    Finished,
    /// Nothing was landed: the report says why.
    Refused,
}

impl RunState {
    const fn word(self) -> &'static str {
        match self {
            Self::Landing => "landing",
            Self::Landed => "landed",
            Self::Finished => "finished",
            Self::Refused => "refused",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "landing" => Self::Landing,
            "landed" => Self::Landed,
            "refused" => Self::Refused,
            _ => Self::Finished,
        }
    }
}

/// One pull of one integration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its number.
    pub number: i64,
    /// Its id in the ledger.
    pub name: String,
    /// The integration's number.
    pub integration: i64,
    /// Milliseconds since 1970 UTC.
    pub started_at: i64,
    /// Milliseconds since 1970 UTC.
    pub finished_at: Option<i64>,
    /// The day that was today.
    pub today: i32,
    /// How far it is.
    pub state: RunState,
    /// What it found, as JSON.
    pub report: String,
}

/// What a rule found that keeps no row out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The rule's word.
    pub rule: String,
    /// How often.
    pub count: i64,
    /// The first few findings, as JSON.
    pub samples: String,
}

const COLUMNS: &str = "number, name, integration, started_at, finished_at, today, state, report";

fn run(row: &Row<'_>) -> rusqlite::Result<RunRow> {
    Ok(RunRow {
        number: row.get(0)?,
        name: row.get(1)?,
        integration: row.get(2)?,
        started_at: row.get(3)?,
        finished_at: row.get(4)?,
        today: row.get(5)?,
        state: RunState::from_word(&row.get::<_, String>(6)?),
        report: row.get(7)?,
    })
}

impl View<'_> {
    /// The run with this number.
    pub fn run(self, number: i64) -> Result<Option<RunRow>> {
        let sql = format!("SELECT {COLUMNS} FROM run WHERE number = ?1");
        Ok(self.0.prepare_cached(&sql)?.query_row([number], run).optional()?)
    }

    /// The run of this name.
    pub fn run_by_name(self, name: &str) -> Result<Option<RunRow>> {
        let sql = format!("SELECT {COLUMNS} FROM run WHERE name = ?1");
        Ok(self.0.prepare_cached(&sql)?.query_row([name], run).optional()?)
    }

    /// Runs that a crash may have left behind, oldest first.
    pub fn unfinished_runs(self) -> Result<Vec<RunRow>> {
        let sql = format!("SELECT {COLUMNS} FROM run WHERE state IN ('landing', 'landed') ORDER BY number");
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map([], run)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The latest runs of an integration (or of all), newest first.
    pub fn runs(self, integration: Option<i64>, limit: u32) -> Result<Vec<RunRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM run WHERE ?1 IS NULL OR integration = ?1 ORDER BY number DESC LIMIT ?2"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map(params![integration, limit], run)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a run warned of.
    pub fn warnings(self, run: i64) -> Result<Vec<Warning>> {
        let mut statement =
            self.0.prepare_cached("SELECT rule, count, samples FROM warning WHERE run = ?1 ORDER BY rule")?;
        let rows = statement.query_map([run], |row| {
            Ok(Warning { rule: row.get(0)?, count: row.get(1)?, samples: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Load<'_> {
    /// Starts a run.
    pub fn put_run(&self, name: &str, integration: i64, started_at: i64, today: i32) -> Result<i64> {
        self.0.execute(
            "INSERT INTO run (name, integration, started_at, today, state) VALUES (?1, ?2, ?3, ?4, 'landing')",
            params![name, integration, started_at, today],
        )?;
        Ok(self.0.last_insert_rowid())
    }

    /// Notes how far a run is and what it found.
    pub fn update_run(
        &self,
        number: i64,
        state: RunState,
        finished_at: Option<i64>,
        report: &str,
    ) -> Result<()> {
        self.0.execute(
            "UPDATE run SET state = ?2, finished_at = ?3, report = ?4 WHERE number = ?1",
            params![number, state.word(), finished_at, report],
        )?;
        Ok(())
    }

    /// Notes what a run warned of, adding to what it warned of before.
    pub fn put_warning(&self, run: i64, warning: &Warning) -> Result<()> {
        self.0.execute(
            "INSERT INTO warning (run, rule, count, samples) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
            params![run, warning.rule, warning.count, warning.samples],
        )?;
        Ok(())
    }
}
