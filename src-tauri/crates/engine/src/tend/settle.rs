//! What an attempt leaves behind, whoever asked for it: the circuit, the place in the cadence, the queue. One change.

use plaza_domain::schedule::{MINUTE_MS, MINUTES_MIN, Pace, after_attempt};
use plaza_store::intake::{CircuitRow, Load, PaceRow, QueueRow, QueueState};

use super::verdict::Verdict;
use super::{by_itself, definition};
use crate::answer::chance;
use crate::error::Result;
use crate::workspace::Workspace;

/// Settles an attempt that began at `began_at` (milliseconds since 1970 UTC) by whoever holds the integration.
///
/// # Errors
/// What the stores say. A queued pull then stays as it was, and is taken up again.
pub(crate) fn settle<T>(workspace: &Workspace, id: &str, began_at: i64, pulled: &Result<T>) -> Result<()> {
    let attempt = Attempt {
        id,
        began_at,
        verdict: pulled.as_ref().map_or_else(Verdict::of, |_| Verdict::Worked),
        goes_on: workspace.view(|view| by_itself(view, &id.into()))?.is_some(),
        definition: definition(workspace, id)?,
        chance: chance()?,
        now: workspace.now_ms(),
    };
    let mut intake = workspace.intake();
    let load = intake.load()?;
    let circuit = attempt.circuit(&load)?;
    attempt.pace(&load)?;
    attempt.queue(&load, &circuit)?;
    load.commit()?;
    drop(intake);
    workspace.note_attention()
}

struct Attempt<'a> {
    id: &'a str,
    began_at: i64,
    verdict: Verdict,
    /// It is pulled by itself.
    goes_on: bool,
    definition: Option<String>,
    chance: u64,
    now: i64,
}

impl Attempt<'_> {
    fn circuit(&self, load: &Load<'_>) -> Result<CircuitRow> {
        let before = load.view().circuit(self.id)?;
        let circuit = before.circuit.on_clock(self.now).after(self.verdict.went(), self.now);
        let after = match &self.verdict {
            Verdict::Stopped => CircuitRow { circuit, ..before.clone() },
            Verdict::Worked => CircuitRow { circuit, words: None, failed_at: None },
            Verdict::Passing { words, .. } | Verdict::Refused { words } | Verdict::Person { words } => {
                CircuitRow { circuit, words: Some(words.clone()), failed_at: Some(self.now) }
            }
        };
        if after != before {
            load.put_circuit(self.id, &after)?;
        }
        Ok(after)
    }

    fn pace(&self, load: &Load<'_>) -> Result<()> {
        let schedule = load.view().pace(self.id)?.map(|row| row.schedule).unwrap_or_default();
        Ok(load.put_pace(self.id, &PaceRow { schedule, pace: Pace::began(self.began_at) })?)
    }

    fn queue(&self, load: &Load<'_>, circuit: &CircuitRow) -> Result<()> {
        let queued = load.view().queued(self.id)?;
        match self.next(queued.clone(), circuit) {
            Some(next) => Ok(load.put_queued(&next)?),
            None if queued.is_some() => Ok(load.drop_queued(self.id)?),
            None => Ok(()),
        }
    }

    /// What is queued from now on, where `queued` was.
    fn next(&self, queued: Option<QueueRow>, circuit: &CircuitRow) -> Option<QueueRow> {
        if !self.goes_on {
            return None;
        }
        let fresh = QueueRow {
            integration: self.id.to_owned(),
            due_at: queued.as_ref().map_or(self.began_at, |queued| queued.due_at),
            attempt: 1,
            not_before: self.now,
            state: QueueState::Waiting,
            noted_at: self.now,
            definition: None,
            words: None,
        };
        match &self.verdict {
            Verdict::Worked | Verdict::Refused { .. } => None,
            Verdict::Person { words } => Some(QueueRow {
                state: QueueState::Person,
                definition: self.definition.clone(),
                words: Some(words.clone()),
                ..fresh
            }),
            // Whoever stopped it shall have peace for a while; the next start takes it up.
            Verdict::Stopped => {
                let attempt = queued?.attempt;
                let not_before = self.began_at + i64::from(MINUTES_MIN) * MINUTE_MS;
                Some(QueueRow { attempt, not_before, ..fresh })
            }
            Verdict::Passing { asked_ms, .. } => {
                if let Some(until) = circuit.circuit.closed_until() {
                    // What goes through next is the probe.
                    return Some(QueueRow { not_before: until, ..fresh });
                }
                let attempt = queued?.attempt;
                let pause = after_attempt(attempt, self.chance, *asked_ms)?;
                Some(QueueRow { attempt: attempt + 1, not_before: self.now + pause, ..fresh })
            }
        }
    }
}

/// A person has answered what a queued pull waits for: it is tried again at once.
///
/// # Errors
/// What the intake says.
pub(crate) fn answered(workspace: &Workspace, id: &str) -> Result<()> {
    let now = workspace.now_ms();
    let waits = |row: &QueueRow| row.state == QueueState::Person;
    if !workspace.intake_reader()?.view().queued(id)?.as_ref().is_some_and(waits) {
        return Ok(());
    }
    let mut intake = workspace.intake();
    let load = intake.load()?;
    if let Some(row) = load.view().queued(id)?.filter(waits) {
        load.put_queued(&again(row, now))?;
    }
    Ok(load.commit()?)
}

/// What waited for a person, to be tried now.
pub(crate) fn again(row: QueueRow, now: i64) -> QueueRow {
    let state = QueueState::Waiting;
    QueueRow { attempt: 1, not_before: now, state, noted_at: now, definition: None, words: None, ..row }
}
