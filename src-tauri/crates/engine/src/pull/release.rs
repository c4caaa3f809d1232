//! A person lets rows out of quarantine as they are, and says why.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::event::Payload;
use plaza_domain::record::{Facts, Field};
use plaza_store::intake::{Intake, Load, QuarantineState, Quarantined, Record, StreamRow};

use super::Pull;
use super::finish::{definition, remake, resume_in_turn};
use super::land::history_of;
use crate::error::{EngineError, Result};
use crate::journey::key::OrderKey;
use crate::staging::Finding;
use crate::workspace::Workspace;

/// Rows that one act may release: every row of a bad export of a large company, and each is a signed event.
const ROWS_MAX: usize = 20_000;

/// Releases that are signed and written at once.
const EVENTS_AT_ONCE: usize = 500;

/// How many rows a refusal names.
const NAMED: usize = 5;

/// Lets a waiting row count as it is. As [`release_all`].
///
/// # Errors
/// As [`release_all`].
pub fn release(workspace: &Workspace, number: i64, reason: &str) -> Result<()> {
    release_all(workspace, &[number], reason)
}

/// Lets waiting rows count as they are, all of them or none. The ledger keeps who and why for each; the weeks that they
/// move are published once.
///
/// # Errors
/// [`EngineError::Invalid`] without a reason, where nobody has said who uses this device, or for rows that cannot be
/// counted whatever anybody says: those without an order or an order date; [`EngineError::Conflict`] where one of them
/// no longer waits.
pub fn release_all(workspace: &Workspace, numbers: &[i64], reason: &str) -> Result<()> {
    let _turn = workspace.turn();
    resume_in_turn(workspace)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(EngineError::invalid("reason", "say why the rows may count as they are"));
    }
    if workspace.actor()?.is_none() {
        return Err(EngineError::invalid(
            "profile",
            "say first who you are: a release is somebody’s decision",
        ));
    }
    let numbers: BTreeSet<i64> = numbers.iter().copied().collect();
    if numbers.len() > ROWS_MAX {
        return Err(EngineError::invalid("rows", format!("at most {ROWS_MAX} rows at once")));
    }
    let intake = workspace.intake();
    let streams = intake.view().streams()?;
    let mut by_integration: BTreeMap<i64, Vec<Waiting>> = BTreeMap::new();
    let mut hopeless = Vec::new();
    for number in numbers {
        let waiting = Waiting::read(&intake, &streams, number)?;
        if !is_releasable(&waiting.row) {
            hopeless.push(waiting.row.row);
        }
        by_integration.entry(waiting.stream.integration).or_default().push(waiting);
    }
    drop(intake);
    if !hopeless.is_empty() {
        return Err(EngineError::invalid("rows", cannot_count(&hopeless)));
    }
    for (integration, rows) in by_integration {
        release_of(workspace, integration, &rows, reason)?;
    }
    Ok(())
}

/// Whether a quarantined row can count if a person says so.
pub(crate) fn is_releasable(row: &Quarantined) -> bool {
    let findings: Vec<Finding> = serde_json::from_str(&row.findings).unwrap_or_default();
    let is_hopeless = findings.iter().any(|finding| {
        matches!(
            finding,
            Finding::Damaged { .. }
                | Finding::NotOrdered
                | Finding::KeyCollision { .. }
                | Finding::Required { field: Field::Order | Field::Ordered | Field::Line }
        )
    });
    !is_hopeless && Facts(&row.facts).text(Field::Order).is_some_and(|order| !order.is_empty())
}

fn cannot_count(rows: &[i64]) -> String {
    let named: Vec<String> = rows.iter().take(NAMED).map(i64::to_string).collect();
    let more = if rows.len() > NAMED { format!(" and {} more", rows.len() - NAMED) } else { String::new() };
    format!(
        "row {}{more}: cannot be counted as it is and must be mended at its source; nothing was released",
        named.join(", ")
    )
}

/// What the ledger calls a quarantined row of a stream.
pub(crate) fn record_word(stream: &str, row: &Quarantined) -> String {
    let Quarantined { key, content, .. } = row;
    format!("{stream}/{}/{:x}/{:x}", key.journey, key.row_key, content)
}

/// A row that waits.
struct Waiting {
    row: Quarantined,
    stream: StreamRow,
}

impl Waiting {
    fn read(intake: &Intake, streams: &[StreamRow], number: i64) -> Result<Self> {
        let missing = || EngineError::NotFound { noun: "quarantined row", name: number.to_string() };
        let row = intake.view().quarantined(number)?.ok_or_else(missing)?;
        if row.state != QuarantineState::Waiting {
            return Err(EngineError::Conflict { what: "the quarantined row" });
        }
        let stream = streams.iter().find(|one| one.number == row.stream).cloned().ok_or_else(missing)?;
        Ok(Self { row, stream })
    }

    /// What the ledger calls it.
    fn record(&self) -> String {
        record_word(&self.stream.name, &self.row)
    }

    fn land(&self, load: &Load<'_>, reason: &str) -> Result<()> {
        let row = &self.row;
        let known = load.view().record(row.stream, row.key)?;
        let mut next = Record {
            stream: row.stream,
            key: row.key,
            content: row.content,
            known: row.known,
            original: row.original,
            row: row.row,
            version: 1,
            gone_at: None,
            seen_at: None,
            history: None,
            facts: row.facts.clone(),
        };
        if let Some(known) = known {
            let mut history = history_of(&known);
            history.note(Facts(&row.facts), row.known);
            next.version = known.version + 1;
            next.history = Some(history.to_bytes());
        }
        load.records()?.put(&next)?;
        load.settle_quarantined(row.number, QuarantineState::Released, reason)?;
        load.journeys()?.touch(self.stream.integration, OrderKey::of_journey(row.key.journey).whole())?;
        Ok(())
    }
}

/// Releases rows of one integration (by its number).
fn release_of(workspace: &Workspace, number: i64, rows: &[Waiting], reason: &str) -> Result<()> {
    let missing = || EngineError::NotFound { noun: "integration", name: number.to_string() };
    let integrations = workspace.intake().view().integrations()?;
    let name = integrations.into_iter().find(|one| one.number == number).ok_or_else(missing)?.name;
    let integration = definition(workspace, &name)?.ok_or_else(missing)?;
    let pull = Pull::prepare(workspace, &integration)?;

    // The acts first: should we be killed in between, the rows still wait and can be released again.
    for some in rows.chunks(EVENTS_AT_ONCE) {
        workspace.act(some.iter().map(|waiting| Payload::QuarantineReleased {
            record: waiting.record(),
            reason: reason.to_owned(),
        }))?;
    }
    let mut intake = workspace.intake();
    let load = intake.load()?;
    for waiting in rows {
        waiting.land(&load, reason)?;
    }
    load.commit()?;
    if let Some(home) = &pull.home {
        let known = intake.view().integration(&home.id)?;
        let load = intake.load()?;
        if let Some(known) = known {
            load.hand_touched(number, known.number)?;
        }
        load.commit()?;
        drop(intake);
        return remake(workspace, home);
    }
    let run = rows.iter().map(|waiting| waiting.row.run).max().unwrap_or_default();
    pull.build(&mut intake, number, run)?;
    if let Some(held) = intake.view().held_of(number)?.filter(|held| held.held_at.is_some()) {
        // They join the batch that waits, and are published with it.
        let load = intake.load()?;
        load.hold(&held)?;
        load.commit()?;
    }
    drop(intake);
    pull.publish_now(None)
}
