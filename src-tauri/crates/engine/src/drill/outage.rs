//! An outage: an integration is cut for a while, and people carry on by hand as its charter says.
//!
//! What is cut is the pull, by schedule and by hand alike, on every device that knows of it: the circuit stays as it is,
//! for nothing failed. The moment at which it ends is kept with it, so that it ends over a restart, and in a program that
//! nobody opens meanwhile. Afterwards the first pull shows what had been missing, and a person closes the record.
//!
//! What people enter by hand meanwhile belongs into [`record`]: the first entry is a notice as much as the first note, and
//! what the system says of it afterwards shows how good the fallback was.

use std::collections::BTreeMap;

use plaza_domain::day::Week;
use plaza_domain::event::{
    ByHand, DrillHeld, DrillNoted, DrillResult, IntegrationId, Outage, OutageBegun, OutageEnded, Payload,
    RunFinished,
};
use plaza_domain::person::PersonId;
use plaza_domain::workspace::TimeZone;
use plaza_store::intake::QueueState;
use plaza_store::view::{Act, DrillAct, DrillWord};

use crate::charter::facts::Facts;
use crate::error::{EngineError, Result};
use crate::hand::{Agreement, reconcile};
use crate::tend::settle::again;
use crate::workspace::Workspace;

const MINUTE_MS: i64 = 60_000;

/// The shortest outage, minutes: in less nobody notices anything.
pub const MINUTES_MIN: u32 = 15;

/// The longest, minutes: two weeks. Longer, and the numbers are missed in earnest.
pub const MINUTES_MAX: u32 = 14 * 24 * 60;

/// The longest purpose, note or lesson, characters.
pub const WORDS_MAX: usize = 2_000;

/// Runs that are looked at for the one before and the one after: far more than come within two weeks of minutes.
const RUNS_MAX: u32 = 5_000;

/// An outage whose record is not closed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// What was said when it began.
    pub begun: OutageBegun,
    /// Who began it, when.
    pub act: Act,
    /// What was noted, and by whom.
    pub notes: Vec<(String, Act)>,
    /// When it was ended before its time, milliseconds since 1970 UTC.
    pub ended_at: Option<i64>,
}

impl Played {
    /// When it began, milliseconds since 1970 UTC.
    pub const fn began_at(&self) -> i64 {
        self.act.at.wall_ms
    }

    /// When it ends, or ended.
    pub fn over_at(&self) -> i64 {
        self.ended_at.map_or(self.begun.until, |ended| ended.min(self.begun.until))
    }

    /// Whether the integration is cut now.
    pub fn is_cut(&self, now_ms: i64) -> bool {
        now_ms < self.over_at()
    }
}

/// The outage of an integration whose record is not closed yet.
fn played(acts: &[DrillAct]) -> Option<Played> {
    let mut open: Option<Played> = None;
    for said in acts {
        let is_own = open.as_ref().is_some_and(|open| open.begun.drill == said.word.drill());
        match &said.word {
            DrillWord::Begun(begun) => {
                open = Some(Played {
                    begun: begun.clone(),
                    act: said.act.clone(),
                    notes: Vec::new(),
                    ended_at: None,
                });
            }
            DrillWord::Noted(noted) if is_own => {
                if let Some(open) = &mut open {
                    open.notes.push((noted.words.clone(), said.act.clone()));
                }
            }
            DrillWord::Ended(_) if is_own => {
                let ended_at = Some(said.act.at.wall_ms);
                if let Some(open) = &mut open {
                    open.ended_at = open.ended_at.or(ended_at);
                }
            }
            DrillWord::Held(_) if is_own => open = None,
            DrillWord::Noted(_) | DrillWord::Ended(_) | DrillWord::Held(_) => {}
        }
    }
    open
}

/// The outage of an integration whose record is not closed yet.
///
/// # Errors
/// What the ledger says.
pub fn open(workspace: &Workspace, id: &IntegrationId) -> Result<Option<Played>> {
    Ok(played(&workspace.view(|view| view.drill_acts(id))?))
}

/// Until when an integration is cut, milliseconds since 1970 UTC; nothing where it is not.
///
/// # Errors
/// What the ledger says.
pub fn cut_until(workspace: &Workspace, id: &str) -> Result<Option<i64>> {
    let now = workspace.now_ms();
    let open = open(workspace, &id.into())?;
    Ok(open.filter(|open| open.is_cut(now)).map(|open| open.over_at()))
}

/// Refuses a pull while the integration is cut.
pub(crate) fn check_not_cut(workspace: &Workspace, id: &str) -> Result<()> {
    let Some(until) = cut_until(workspace, id)? else { return Ok(()) };
    let zone = workspace.settings()?.time_zone;
    Err(EngineError::Cut { until: local(zone, until) })
}

/// A moment as people of the workspace read it: `2026-03-30 12:05`.
fn local(zone: TimeZone, at: i64) -> String {
    let minute = zone.minute_at(at);
    format!("{} {:02}:{:02}", zone.day_at(at), minute / 60, minute % 60)
}

/// Cuts an integration for so many minutes.
///
/// # Errors
/// [`EngineError::Invalid`] by somebody who may not decide about it, for fewer than [`MINUTES_MIN`] or more than
/// [`MINUTES_MAX`] minutes, without a fallback in its charter, or while an outage is under way or its record is open;
/// [`EngineError::NotFound`] for one that is not in use.
pub fn begin(workspace: &Workspace, id: &str, minutes: u32, purpose: &str) -> Result<()> {
    let saved = workspace.integration_in_use(id)?;
    let facts = Facts::read(workspace, &saved)?;
    workspace.check_may_decide(&facts)?;
    let mut fields = Vec::new();
    if !(MINUTES_MIN..=MINUTES_MAX).contains(&minutes) {
        fields.push(("minutes".to_owned(), "between a quarter of an hour and two weeks".to_owned()));
    }
    let fallback = facts.charter.as_ref().map(|version| version.charter.fallback.trim());
    if fallback.is_none_or(str::is_empty) {
        let words = "say in its charter first how people carry on by hand: that is what is tried";
        fields.push(("fallback".to_owned(), words.to_owned()));
    }
    if open(workspace, &saved.id)?.is_some() {
        fields.push(("outage".to_owned(), "close the record of the last outage first".to_owned()));
    }
    fields.extend(too_long("purpose", purpose));
    if !fields.is_empty() {
        return Err(EngineError::Invalid { fields });
    }
    workspace.act([Payload::OutageBegun(OutageBegun {
        integration: saved.id,
        drill: super::new_id()?,
        until: workspace.now_ms() + i64::from(minutes) * MINUTE_MS,
        purpose: purpose.trim().to_owned(),
    })])?;
    Ok(())
}

fn too_long(path: &str, words: &str) -> Option<(String, String)> {
    let is_long = words.trim().chars().count() > WORDS_MAX;
    is_long.then(|| (path.to_owned(), format!("at most {WORDS_MAX} characters")))
}

/// Keeps what somebody noticed during an outage, or after it while its record is open.
///
/// # Errors
/// [`EngineError::Invalid`] without words; [`EngineError::Conflict`] where no outage is open.
pub fn note(workspace: &Workspace, id: &str, words: &str) -> Result<()> {
    let integration = IntegrationId::from(id);
    let open = open(workspace, &integration)?.ok_or(EngineError::Conflict { what: "the outage" })?;
    if words.trim().is_empty() {
        return Err(EngineError::invalid("words", "say what you noticed"));
    }
    if let Some(long) = too_long("words", words) {
        return Err(EngineError::Invalid { fields: vec![long] });
    }
    let words = words.trim().to_owned();
    workspace.act([Payload::DrillNoted(DrillNoted { integration, drill: open.begun.drill, words })])?;
    Ok(())
}

/// Ends an outage before its time. Pulls that were due meanwhile are due now.
///
/// # Errors
/// [`EngineError::Invalid`] by somebody who may not decide about it; [`EngineError::Conflict`] where it is not cut.
pub fn end(workspace: &Workspace, id: &str) -> Result<()> {
    let saved = workspace.integration_in_use(id)?;
    workspace.check_may_decide(&Facts::read(workspace, &saved)?)?;
    let now = workspace.now_ms();
    let open = open(workspace, &saved.id)?.filter(|open| open.is_cut(now));
    let open = open.ok_or(EngineError::Conflict { what: "the outage" })?;
    workspace.act([Payload::OutageEnded(OutageEnded { integration: saved.id, drill: open.begun.drill })])?;
    let mut intake = workspace.intake();
    let load = intake.load()?;
    let waits = load.view().queued(id)?.filter(|row| row.state == QueueState::Waiting);
    if let Some(row) = waits {
        load.put_queued(&again(row, now))?;
    }
    Ok(load.commit()?)
}

/// Closes the record of an outage that is over and was followed by a pull.
///
/// # Errors
/// [`EngineError::Invalid`] while it is cut, before a pull worked after it, for people who are not known, or without a
/// word on what was learned; [`EngineError::Conflict`] where no outage is open.
pub fn close(workspace: &Workspace, id: &str, took_part: &[PersonId], learned: &str) -> Result<DrillHeld> {
    let integration = IntegrationId::from(id);
    let open = open(workspace, &integration)?.ok_or(EngineError::Conflict { what: "the outage" })?;
    let mut fields = Vec::new();
    let found = record(workspace, &open)?;
    if open.is_cut(workspace.now_ms()) {
        fields.push(("outage".to_owned(), "it is still cut: end it first".to_owned()));
    } else if found.is_none() {
        let words = "pull it first: what came with the first pull belongs into the record";
        fields.push(("outage".to_owned(), words.to_owned()));
    }
    if learned.trim().is_empty() {
        fields.push(("learned".to_owned(), "say what was learned".to_owned()));
    }
    fields.extend(too_long("learned", learned));
    let known = workspace.view(|view| view.people())?;
    if took_part.is_empty() || took_part.iter().any(|id| known.iter().all(|one| one.id != *id)) {
        fields.push(("took_part".to_owned(), "name who took part".to_owned()));
    }
    let (true, Some(outage)) = (fields.is_empty(), found) else {
        return Err(EngineError::Invalid { fields });
    };
    let held = DrillHeld {
        integration,
        drill: open.begun.drill.clone(),
        began_at: open.began_at(),
        ended_at: open.over_at(),
        took_part: took_part.to_vec(),
        learned: learned.trim().to_owned(),
        result: DrillResult::Outage(outage),
    };
    workspace.act([Payload::DrillHeld(held.clone())])?;
    Ok(held)
}

/// What is known of an outage by now; nothing before a pull worked after it.
///
/// # Errors
/// What the ledger says.
pub fn record(workspace: &Workspace, open: &Played) -> Result<Option<Outage>> {
    let runs = workspace.view(|view| view.runs(Some(&open.begun.integration), RUNS_MAX))?;
    let (began_at, over_at) = (open.began_at(), open.over_at());
    let after: Option<&RunFinished> =
        runs.iter().filter(|run| run.began_at >= over_at).min_by_key(|run| run.began_at);
    let Some(after) = after else { return Ok(None) };
    let before = runs.iter().filter(|run| run.ended_at <= began_at).map(|run| run.ended_at).max();
    let zone = workspace.settings()?.time_zone;
    let entries = workspace.view(|view| view.hand_entries(&open.begun.integration))?;
    let meanwhile = |at: &i64| (began_at..over_at).contains(at);
    let entered: Vec<i64> = entries.iter().map(|one| one.act.at.wall_ms).filter(meanwhile).collect();
    let noted = open.notes.iter().map(|(_, act)| act.at.wall_ms);
    let counts = ["read", "new", "changed", "quarantined", "deleted"];
    let count = |word: &str| (word.to_owned(), after.counts.get(word).copied().unwrap_or_default());
    Ok(Some(Outage {
        planned_until: open.begun.until,
        noticed_at: noted.chain(entered.iter().copied()).min(),
        oldest_ms: before.map(|before| after.ended_at - before),
        stood_still: weeks(zone, began_at, over_at),
        run: after.run.clone(),
        counts: counts.into_iter().map(count).collect::<BTreeMap<_, _>>(),
        weeks: after.weeks.clone(),
        by_hand: if entered.is_empty() { None } else { Some(by_hand(workspace, open)?) },
    }))
}

/// What was entered by hand during an outage, and what the system says of it now.
fn by_hand(workspace: &Workspace, open: &Played) -> Result<ByHand> {
    let id = &open.begun.integration;
    let meanwhile = open.began_at()..open.over_at();
    let entries = workspace.view(|view| view.hand_entries(id))?;
    let entries = entries.iter().filter(|one| meanwhile.contains(&one.act.at.wall_ms));
    let mut found =
        ByHand { rows: entries.map(|one| i64::from(one.entered.rows)).sum(), ..ByHand::default() };
    let began_s = open.began_at().div_euclid(1000);
    for line in reconcile(workspace, &workspace.saved_definition(id.as_str())?)? {
        if line.entered_at >= began_s {
            match line.agreement {
                Agreement::Agrees => found.agrees += 1,
                Agreement::Differs => found.differs += 1,
                Agreement::Silent => found.silent += 1,
            }
        }
    }
    Ok(found)
}

/// The weeks that lie in a stretch of time, wholly or in part.
fn weeks(zone: TimeZone, from: i64, to: i64) -> Vec<Week> {
    let (first, last) = (zone.day_at(from).week(), zone.day_at(to).week());
    (first.0..=last.0.max(first.0)).map(Week).collect()
}
