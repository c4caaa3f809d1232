//! The trail of one run: every question with its answer, written down in the order in which they were asked.

use std::sync::{Mutex, PoisonError};

use plaza_connect::system::{Exchange, Outcome};
use plaza_store::intake::ExchangeRow;

use crate::error::Result;
use crate::workspace::Workspace;

/// Exchanges that wait to be written down together.
const WAITING_MAX: usize = 200;

/// Listens to the conversations of one run.
pub(super) struct Trail<'a> {
    workspace: &'a Workspace,
    integration: &'a str,
    began_at: i64,
    stream: Mutex<String>,
    waiting: Mutex<Vec<ExchangeRow>>,
}

impl<'a> Trail<'a> {
    /// A run that began at this time, milliseconds since 1970 UTC.
    pub(super) fn new(workspace: &'a Workspace, integration: &'a str, began_at: i64) -> Self {
        Self { workspace, integration, began_at, stream: Mutex::default(), waiting: Mutex::default() }
    }

    /// What is asked from now on is asked for this stream.
    pub(super) fn of_stream(&self, stream: &str) {
        stream.clone_into(&mut self.stream.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Hears of an exchange.
    pub(super) fn note(&self, exchange: Exchange) {
        let (status, fault, words) = match exchange.outcome {
            Outcome::Answered { status } => (status, None, None),
            Outcome::Said { words } => (None, None, Some(words)),
            Outcome::Failed { code, words } => (None, Some(code.to_owned()), Some(words)),
        };
        let row = ExchangeRow {
            integration: self.integration.to_owned(),
            began_at: self.began_at,
            stream: self.stream.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            at: self.workspace.now_ms(),
            request: exchange.request,
            status: status.map(i64::from),
            fault,
            words,
            bytes: exchange.bytes.cast_signed(),
            rows: exchange.rows.cast_signed(),
            took_ms: i64::try_from(exchange.took.as_millis()).unwrap_or(i64::MAX),
        };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(row);
        let is_much = waiting.len() >= WAITING_MAX;
        drop(waiting);
        if is_much {
            // What cannot be written now is written with the next; at the end the fault is told.
            let _ = self.write();
        }
    }

    /// Writes down what was heard.
    ///
    /// # Errors
    /// What the intake says; nothing of what was heard is dropped.
    pub(super) fn write(&self) -> Result<()> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.is_empty() {
            return Ok(());
        }
        let mut intake = self.workspace.intake();
        let load = intake.load()?;
        for exchange in waiting.iter() {
            load.put_exchange(exchange)?;
        }
        load.commit()?;
        waiting.clear();
        Ok(())
    }
}
