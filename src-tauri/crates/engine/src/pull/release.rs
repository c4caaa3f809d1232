//! A person lets a row out of quarantine as it is, and says why.

use plaza_domain::event::Payload;
use plaza_domain::record::{Facts, Field};
use plaza_store::intake::{QuarantineState, Record};

use super::land::history_of;
use super::{Pull, resume};
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::journey::key::OrderKey;
use crate::staging::Finding;
use crate::workspace::Workspace;

/// Lets a waiting row count as it is. The ledger keeps who and why; the weeks that it moves are published.
///
/// # Errors
/// [`EngineError::Invalid`] without a reason, or for a row that cannot be counted whatever anybody says: one without
/// an order or an order date.
pub fn release(workspace: &Workspace, number: i64, reason: &str) -> Result<()> {
    resume(workspace)?;
    if reason.trim().is_empty() {
        return Err(EngineError::invalid("reason", "say why the row may count as it is"));
    }
    let missing = || EngineError::NotFound { noun: "quarantined row", name: number.to_string() };
    let row = workspace.intake().view().quarantined(number)?.ok_or_else(missing)?;
    if row.state != QuarantineState::Waiting {
        return Err(EngineError::Conflict { what: "the quarantined row" });
    }
    let findings: Vec<Finding> = serde_json::from_str(&row.findings).unwrap_or_default();
    let hopeless = findings.iter().any(|finding| {
        matches!(
            finding,
            Finding::Damaged { .. }
                | Finding::NotOrdered
                | Finding::KeyCollision { .. }
                | Finding::Required { field: Field::Order | Field::Ordered | Field::Line }
        )
    });
    if hopeless || Facts(&row.facts).text(Field::Order).is_none_or(str::is_empty) {
        return Err(EngineError::invalid(
            "row",
            "it cannot be counted as it is; it must be mended at its source",
        ));
    }
    let streams = workspace.intake().view().streams()?;
    let stream = streams.iter().find(|one| one.number == row.stream).ok_or_else(missing)?;
    let integrations = workspace.intake().view().integrations()?;
    let name =
        integrations.iter().find(|one| one.number == stream.integration).ok_or_else(missing)?.name.clone();
    let saved = workspace.view(|view| view.integration(&name.as_str().into()))?.ok_or_else(missing)?;
    let integration = Integration::from_toml(&saved.current.toml)?;
    let pull = Pull::prepare(workspace, &integration)?;

    // The act first: should we be killed in between, the row still waits and can be released again.
    let record = format!("{}/{}/{:x}/{:x}", stream.name, row.key.journey, row.key.row_key, row.content);
    workspace.act([Payload::QuarantineReleased { record, reason: reason.trim().to_owned() }])?;
    let mut intake = workspace.intake();
    let load = intake.load()?;
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
    load.settle_quarantined(number, QuarantineState::Released, reason.trim())?;
    load.journeys()?.touch(stream.integration, OrderKey::of_journey(row.key.journey).whole())?;
    load.commit()?;
    pull.build(&mut intake, stream.integration, row.run)?;
    let (tallies, moved) = (intake.view().tallies(None)?, intake.view().moved()?);
    drop(intake);
    pull.publish(None, &tallies, &moved, None)?;
    let mut intake = workspace.intake();
    let load = intake.load()?;
    load.clear_moved()?;
    Ok(load.commit()?)
}
