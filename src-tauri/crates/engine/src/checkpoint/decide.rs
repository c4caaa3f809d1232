//! What a person decides about a batch that waits, and what becomes of one that nobody decides about.

use std::collections::BTreeSet;

use plaza_domain::day::Week;
use plaza_domain::event::{BatchDecided, CheckpointSet, IntegrationId, KpiId, Payload, RunId};
use plaza_store::intake::{HeldRow, Intake};
use plaza_store::ledger::Draft;

use crate::error::{EngineError, Result};
use crate::pull;
use crate::workspace::Workspace;

/// What becomes of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// All of it is published.
    Release,
    /// These weeks are published; the others go on waiting.
    ReleaseWeeks(Vec<(KpiId, Week)>),
    /// It is turned away: nothing of it counts, its files stay kept and are not taken again as they are.
    Reject,
}

impl Decision {
    const fn word(&self) -> &'static str {
        match self {
            Self::Release => "released",
            Self::ReleaseWeeks(_) => "released_in_part",
            Self::Reject => "rejected",
        }
    }
}

/// Decides about the batch of an integration that waits.
///
/// # Errors
/// [`EngineError::Invalid`] without a reason, by somebody who may not decide, or for weeks that the batch does not
/// change; [`EngineError::Conflict`] where no batch waits.
pub fn decide(workspace: &Workspace, id: &str, decision: &Decision, reason: &str) -> Result<()> {
    let _turn = workspace.turn();
    pull::resume_in_turn(workspace)?;
    let id = IntegrationId::from(id);
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(EngineError::invalid("reason", "say why"));
    }
    let held = workspace.held_batch(&id)?.ok_or(EngineError::Conflict { what: "the held batch" })?;
    let set = workspace.view(|view| view.checkpoint(&id))?.map(|said| said.set);
    let set = set.ok_or_else(|| EngineError::NotFound { noun: "checkpoint", name: id.to_string() })?;
    if let Some(why) = workspace.why_not_decide(&set)? {
        return Err(EngineError::invalid("profile", why.words()));
    }
    let weeks = match decision {
        Decision::ReleaseWeeks(weeks) => chosen(workspace, &id, &set, weeks)?,
        Decision::Release | Decision::Reject => Vec::new(),
    };
    // The act first: should we be killed in between, the batch still waits and can be decided again.
    workspace.act([Payload::BatchDecided(BatchDecided {
        integration: id.clone(),
        run: run_of(&workspace.intake(), &held)?,
        decision: decision.word().to_owned(),
        weeks: weeks.clone(),
        reason: reason.to_owned(),
    })])?;
    match decision {
        Decision::Release => pass(workspace, &id, &held)?,
        Decision::ReleaseWeeks(_) => pass_weeks(workspace, &id, &held, &weeks)?,
        Decision::Reject => reject(workspace, &id, &held)?,
    }
    workspace.note_attention()
}

/// Why somebody may not decide about a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// Nobody has said who uses this device.
    Nobody,
    /// It is another person's decision.
    NotApprover,
    /// Four eyes: who saved the integration last cannot also let its batch pass.
    FourEyes,
}

impl WhyNot {
    /// The reason in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Nobody => "say first who you are: this is somebody’s decision",
            Self::NotApprover => "this is the approver’s decision",
            Self::FourEyes => {
                "who saved the integration last cannot let its batch pass: a second person decides"
            }
        }
    }
}

impl Workspace {
    /// Why the person at this device may not decide about an integration's batches; nothing where they may.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn why_not_decide(&self, set: &CheckpointSet) -> Result<Option<WhyNot>> {
        let Some(me) = self.actor()?.map(|person| person.id) else { return Ok(Some(WhyNot::Nobody)) };
        if me != set.approver {
            return Ok(Some(WhyNot::NotApprover));
        }
        let saved = self.view(|view| view.integration(&set.integration))?;
        let is_own = saved.is_some_and(|saved| saved.current.act.person.as_ref() == Some(&me));
        Ok((set.four_eyes && is_own).then_some(WhyNot::FourEyes))
    }
}

/// The weeks of a part, each once; all of them must be weeks that the batch changes.
fn chosen(
    workspace: &Workspace,
    id: &IntegrationId,
    set: &CheckpointSet,
    weeks: &[(KpiId, Week)],
) -> Result<Vec<(KpiId, Week)>> {
    let look = workspace.look_at_held(id, set)?;
    let changed: BTreeSet<(KpiId, Week)> =
        look.effects.iter().map(|effect| (effect.kpi.clone(), effect.week)).collect();
    let weeks: BTreeSet<(KpiId, Week)> = weeks.iter().cloned().collect();
    if weeks.is_empty() {
        return Err(EngineError::invalid("weeks", "choose at least one week"));
    }
    if let Some((kpi, week)) = weeks.iter().find(|week| !changed.contains(*week)) {
        return Err(EngineError::invalid("weeks", format!("the batch does not change {week} of {kpi}")));
    }
    Ok(weeks.into_iter().collect())
}

fn run_of(intake: &Intake, held: &HeldRow) -> Result<RunId> {
    let run = intake.view().run(held.run)?;
    run.map(|run| RunId(run.name))
        .ok_or_else(|| EngineError::NotFound { noun: "run", name: held.run.to_string() })
}

fn pass(workspace: &Workspace, id: &IntegrationId, held: &HeldRow) -> Result<()> {
    let run = run_of(&workspace.intake(), held)?;
    let mut intake = workspace.intake();
    let load = intake.load()?;
    load.pass(held.integration)?;
    load.commit()?;
    drop(intake);
    pull::publish_as_it_is(workspace, &workspace.saved_definition(id.as_str())?, &run)
}

fn pass_weeks(
    workspace: &Workspace,
    id: &IntegrationId,
    held: &HeldRow,
    weeks: &[(KpiId, Week)],
) -> Result<()> {
    let run = run_of(&workspace.intake(), held)?;
    let kpis = workspace.view(|view| view.kpis())?;
    let mut intake = workspace.intake();
    let load = intake.load()?;
    for (kpi, week) in weeks {
        let Some(kind) = kpis.iter().find(|one| one.kpi == *kpi).map(|one| one.kind) else { continue };
        load.pass_week(held.integration, kind as i64, week.0)?;
    }
    load.commit()?;
    drop(intake);
    pull::publish_as_it_is(workspace, &workspace.saved_definition(id.as_str())?, &run)?;
    // Nothing is left to wait where what waits and what is published say the same.
    let set = workspace.view(|view| view.checkpoint(id))?.map(|said| said.set);
    let Some(set) = set else { return Ok(()) };
    if workspace.look_at_held(id, &set)?.effects.is_empty() {
        let mut intake = workspace.intake();
        let load = intake.load()?;
        load.pass(held.integration)?;
        load.commit()?;
    }
    Ok(())
}

fn reject(workspace: &Workspace, id: &IntegrationId, held: &HeldRow) -> Result<()> {
    let now_ms = workspace.now_ms();
    let mut intake = workspace.intake();
    let load = intake.load()?;
    load.reject(held.integration, now_ms)?;
    pull::touch_all(&load, held.integration)?;
    load.commit()?;
    drop(intake);
    pull::read_anew(workspace, &workspace.saved_definition(id.as_str())?)
}

/// Lets batches through whose hours are over. Returns whether there were any.
///
/// # Errors
/// A store that fails.
pub fn lapse(workspace: &Workspace) -> Result<bool> {
    let now_ms = workspace.now_ms();
    let (held, known) = {
        let reader = workspace.intake_reader()?;
        (reader.view().held()?, reader.view().integrations()?)
    };
    let mut any = false;
    for batch in held {
        let Some(since) = batch.held_at else { continue };
        let Some(name) = known.iter().find(|one| one.number == batch.integration) else { continue };
        let id = IntegrationId::from(name.name.as_str());
        let set = workspace.view(|view| view.checkpoint(&id))?.map(|said| said.set);
        let hours = set.and_then(|set| set.hours);
        if hours.is_none_or(|hours| now_ms < release_at(since, hours)) {
            continue;
        }
        let _turn = workspace.turn();
        // Somebody may have decided while this waited for its turn.
        let Some(batch) = workspace.held_batch(&id)?.filter(|now| now.held_at == batch.held_at) else {
            continue;
        };
        let run = run_of(&workspace.intake(), &batch)?;
        let words = [run.to_string(), "lapsed".to_owned()];
        let decided = BatchDecided {
            integration: id.clone(),
            run,
            decision: "lapsed".to_owned(),
            weeks: Vec::new(),
            reason: String::new(),
        };
        workspace.ledger().append(&[Draft::derived(Payload::BatchDecided(decided), words)], now_ms)?;
        pass(workspace, &id, &batch)?;
        any = true;
    }
    Ok(any)
}

/// When a batch that waits since `since` is let through by itself, milliseconds since 1970 UTC.
pub(crate) fn release_at(since: i64, hours: u32) -> i64 {
    since.saturating_add(i64::from(hours) * 3_600_000)
}
