//! Bringing a file in, and deciding about one that was held.

use std::path::Path;

use plaza_domain::event::{
    BroughtFigures, EntryCause, FigureColumns, FiguresDecided, FiguresId, FileCause, KpiId, Payload,
};
use plaza_domain::language::Language;

use super::weigh::{Weighed, kept, seen, weigh};
use super::{Measure, NUMBERS_MAX, Opened, Wrong, faults, rows, waiting, wrong_words};
use crate::error::{EngineError, Result};
use crate::figure::{REASON_CHARS_MAX, observation};
use crate::promise::new_id;
use crate::workspace::Workspace;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Which bringing of it.
    pub figures: FiguresId,
    /// It waits: nothing of it is published.
    pub is_held: bool,
    /// How many weeks were published, or wait.
    pub weeks: usize,
}

/// Brings a file in that a person has looked at (`seen` is what the look said): its weeks are published; or all of it is
/// held, where parts of any week do not add up within the tolerance.
///
/// # Errors
/// [`EngineError::Invalid`] names each column that cannot be read so, or says that there is nothing new, that another file
/// waits, or that weeks change without a reason; [`EngineError::Conflict`] where file, columns or weeks are not what was
/// looked at; what reading gives. Nothing is changed then.
pub fn bring(
    workspace: &Workspace,
    kpi: impl Into<KpiId>,
    path: &Path,
    columns: &FigureColumns,
    seen: &str,
    reason: &str,
    language: Language,
) -> Result<Brought> {
    let measure = Measure::read(workspace, kpi, language)?;
    let opened = Opened::read(path, &measure)?;
    let table = opened.table(columns.sheet.as_deref(), &measure)?;
    let faults = faults(columns, &table, &measure);
    if !faults.is_empty() {
        let fields = faults.into_iter().map(|(field, wrong)| (field, wrong_words(wrong, language)));
        return Err(EngineError::Invalid { fields: fields.collect() });
    }
    let rows = rows::read(&table, columns, &measure);
    let refused = u32::try_from(rows.refused.len()).unwrap_or(u32::MAX);
    let weighed = weigh(workspace, &measure, rows.weeks)?;
    if self::seen(&opened.hash(), columns, &weighed) != seen {
        return Err(EngineError::Conflict { what: "the file, or a week of it," });
    }
    let reason = said(reason, &measure)?;
    let all = weighed.len();
    let fresh: Vec<Weighed> = weighed.into_iter().filter(|one| !one.is_same()).collect();
    let is_held = fresh.iter().any(|one| one.gap.is_some());
    may_bring(workspace, &measure, &fresh, all, is_held, &reason)?;
    let same = u32::try_from(all - fresh.len()).unwrap_or(u32::MAX);
    let file = workspace.keep(&opened.name, &opened.bytes)?;
    let brought = BroughtFigures {
        figures: FiguresId(new_id()?),
        kpi: measure.kpi().clone(),
        file,
        columns: columns.clone(),
        weeks: fresh.iter().map(|one| one.brought(&measure.settings)).collect(),
        same,
        refused,
        reason: reason.clone(),
    };
    let figures = brought.figures.clone();
    let weeks = fresh.len();
    if is_held {
        workspace.act([Payload::FiguresHeld(brought)])?;
    } else {
        let cause = FileCause { figures: figures.clone(), name: brought.file.name.clone(), was_held: false };
        publish(workspace, &measure, Payload::FiguresBrought(brought), &fresh, &cause, &reason)?;
    }
    Ok(Brought { figures, is_held, weeks })
}

/// Whether the weeks that would change may be brought now.
fn may_bring(
    workspace: &Workspace,
    measure: &Measure,
    fresh: &[Weighed],
    all: usize,
    is_held: bool,
    reason: &str,
) -> Result<()> {
    if waiting(workspace, measure.kpi())?.is_some() {
        return Err(measure.invalid("file", Wrong::Waits));
    }
    if fresh.is_empty() {
        let wrong = if all == 0 { Wrong::Nothing } else { Wrong::NothingNew };
        return Err(measure.invalid("file", wrong));
    }
    if fresh.iter().map(|one| one.figure.parts.len() + 1).sum::<usize>() > NUMBERS_MAX {
        return Err(measure.invalid("file", Wrong::ManyNumbers));
    }
    // Of a file that waits, whoever decides says why.
    if !is_held && reason.is_empty() && fresh.iter().any(|one| one.before.is_some()) {
        return Err(measure.invalid("reason", Wrong::NoReason));
    }
    Ok(())
}

/// Decides about a file that waits: all of it is published although parts do not add up, or none of it ever counts.
///
/// # Errors
/// [`EngineError::NotFound`]; [`EngineError::Invalid`] without a reason, or where nobody has said who they are;
/// [`EngineError::Conflict`] where it does not wait any more, or its weeks are not what was looked at.
pub fn decide(
    workspace: &Workspace,
    figures: &FiguresId,
    is_published: bool,
    seen: &str,
    reason: &str,
    language: Language,
) -> Result<()> {
    let file = workspace.view(|view| view.figure_file(figures))?;
    let file = file.ok_or_else(|| EngineError::NotFound { noun: "file", name: figures.to_string() })?;
    let measure = Measure::read(workspace, &file.brought.kpi, language)?;
    if !file.is_waiting() {
        return Err(EngineError::Conflict { what: "the file" });
    }
    let reason = said(reason, &measure)?;
    if reason.is_empty() {
        return Err(measure.invalid("reason", Wrong::NoReasonToDecide));
    }
    if workspace.actor()?.is_none() {
        return Err(measure.invalid("profile", Wrong::Nobody));
    }
    let weighed = weigh(workspace, &measure, file.brought.weeks.iter().map(kept))?;
    if self::seen(&file.brought.file.hash, &file.brought.columns, &weighed) != seen {
        return Err(EngineError::Conflict { what: "the file, or a week of it," });
    }
    let decided = Payload::FiguresDecided(FiguresDecided {
        figures: figures.clone(),
        kpi: measure.kpi().clone(),
        is_published,
        reason: reason.clone(),
    });
    if !is_published {
        workspace.act([decided])?;
        return Ok(());
    }
    let cause = FileCause { figures: figures.clone(), name: file.brought.file.name, was_held: true };
    publish(workspace, &measure, decided, &weighed, &cause, &reason)
}

/// What was said, tidied.
fn said(reason: &str, measure: &Measure) -> Result<String> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(measure.invalid("reason", Wrong::LongReason));
    }
    Ok(reason)
}

/// Says an act and publishes what it does, all at once or not at all. Weeks that stand so already stay.
fn publish(
    workspace: &Workspace,
    measure: &Measure,
    act: Payload,
    weeks: &[Weighed],
    cause: &FileCause,
    reason: &str,
) -> Result<()> {
    let by = workspace.actor()?.map(|person| person.id);
    let mut payloads = vec![act];
    for one in weeks.iter().filter(|one| !one.is_same()) {
        // A week that had no value needs no reason but the file; one that was held has the decision's.
        let is_asked = one.before.is_some() || cause.was_held;
        let reason = if is_asked { reason.to_owned() } else { String::new() };
        let entry = EntryCause { by: by.clone(), reason, file: Some(cause.clone()) };
        let next =
            observation(workspace, &measure.definition, one.week, &one.figure, entry, one.before.as_ref())?;
        payloads.push(Payload::ObservationPublished(next));
    }
    workspace.act(payloads)?;
    workspace.record_signals_after_act(measure.kpi());
    // The weeks are published: what a decision did to them is looked for again with the next ones.
    drop(workspace.record_effects());
    Ok(())
}
