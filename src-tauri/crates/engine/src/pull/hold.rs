//! Between counting and publishing: a guarded integration's batch passes or waits at its checkpoint.

use std::collections::BTreeSet;

use plaza_domain::event::{BatchDecided, BatchHeld, IntegrationId, Payload, RunId};
use plaza_store::intake::{Batch, HeldRow, Intake, Load, RunRow};
use plaza_store::ledger::Draft;

use super::build::EVERY_ORDER;
use super::{Pull, PullReport, Unwatched};
use crate::checkpoint::Look;
use crate::error::Result;
use crate::integration::{Delivery, Integration};
use crate::workspace::Workspace;

impl Pull<'_> {
    fn id(&self) -> IntegrationId {
        IntegrationId::from(self.integration.id.as_str())
    }

    /// Whether this run is compared with what is published before anything of it is.
    pub(super) fn is_guarded(&self) -> Result<bool> {
        Ok(self.workspace.checkpoint_in_force(&self.id())?.is_some())
    }

    /// Publishes what may be published now, without the end of a run.
    pub(super) fn publish_now(&self, run: Option<&RunId>) -> Result<()> {
        let intake = self.workspace.intake();
        let (tallies, moved) = (intake.view().publishable_tallies(None)?, intake.view().moved()?);
        drop(intake);
        self.publish(run, &tallies, &moved, None)?;
        let mut intake = self.workspace.intake();
        let load = intake.load()?;
        load.clear_moved()?;
        Ok(load.commit()?)
    }

    /// Lets a counted batch pass, or has it wait. Whether it waits.
    pub(super) fn hold(&self, intake: &mut Intake, run: &RunRow) -> Result<bool> {
        let Some(held) = intake.view().held_of(run.integration)? else { return Ok(false) };
        let set = self.workspace.checkpoint_in_force(&self.id())?;
        let tripped = match &set {
            Some(set) => {
                let tallies = intake.view().publishable_tallies(Some(run.integration))?;
                let changes = self.publication(None, &self.kinds()?).changes(&tallies, &[])?;
                Look::of(self.workspace, set, changes)?
                    .trips(set, &self.warned(&intake.view().held_batches(run.integration)?)?)
            }
            // Switched off on another device while the run was under way.
            None => Vec::new(),
        };
        let now_ms = self.workspace.now_ms();
        let first = intake.view().run(held.run)?.map_or_else(|| run.name.clone(), |run| run.name);
        if let Some(set) = set.filter(|_| !tripped.is_empty()) {
            let since = held.held_at.unwrap_or(now_ms);
            let words = [first.clone(), run.name.clone(), "held".to_owned()];
            let event = Payload::BatchHeld(BatchHeld {
                integration: self.id(),
                run: RunId(first),
                since,
                approver: set.approver,
                tripped: tripped.clone(),
            });
            self.workspace.ledger().append(&[Draft::derived(event, words)], now_ms)?;
            let tripped = serde_json::to_string(&tripped).unwrap_or_default();
            let load = intake.load()?;
            load.hold(&HeldRow { held_at: Some(since), tripped, ..held })?;
            load.commit()?;
            return Ok(true);
        }
        if held.held_at.is_some() {
            let words = [first.clone(), run.name.clone(), "mended".to_owned()];
            let event = Payload::BatchDecided(BatchDecided {
                integration: self.id(),
                run: RunId(first),
                decision: "mended".to_owned(),
                weeks: Vec::new(),
                reason: String::new(),
            });
            self.workspace.ledger().append(&[Draft::derived(event, words)], now_ms)?;
        }
        let load = intake.load()?;
        load.pass(run.integration)?;
        load.commit()?;
        Ok(false)
    }
}

impl Pull<'_> {
    /// The words of the rules about whole files that warned of what waits. A later complete file takes the place of an
    /// earlier one, so only the last counts; what came bit by bit stands together.
    fn warned(&self, waiting: &[Batch]) -> Result<Vec<String>> {
        let streams = self.workspace.intake_reader()?.view().streams()?;
        let is_complete = |number: i64| {
            let name = streams.iter().find(|one| one.number == number).map(|one| one.name.as_str());
            let stream = self.integration.streams.iter().find(|one| Some(one.name.as_str()) == name);
            stream.is_some_and(|stream| stream.delivery == Delivery::Snapshot)
        };
        let mut words = BTreeSet::new();
        for of_stream in waiting.chunk_by(|one, next| one.stream == next.stream) {
            let newest = of_stream.iter().map(|batch| batch.moment).max();
            for batch in of_stream {
                if !is_complete(batch.stream) || Some(batch.moment) == newest {
                    words.extend(serde_json::from_str::<Vec<String>>(&batch.warned).unwrap_or_default());
                }
            }
        }
        Ok(words.into_iter().collect())
    }
}

impl Workspace {
    /// What the batch of an integration that waits would change.
    ///
    /// # Errors
    /// A store that fails; a definition that cannot be used any more.
    pub(crate) fn look_at_held(
        &self,
        id: &IntegrationId,
        set: &plaza_domain::event::CheckpointSet,
    ) -> Result<Look> {
        let Some(held) = self.held_batch(id)? else { return Ok(Look::default()) };
        let integration = self.saved_definition(id.as_str())?;
        let reader = self.intake_reader()?;
        let tallies = reader.view().publishable_tallies(Some(held.integration))?;
        let moved = reader.view().held_moved(held.integration)?;
        drop(reader);
        let pull = Pull::prepare(self, &integration)?;
        let changes = pull.publication(None, &pull.kinds()?).changes(&tallies, &moved)?;
        Look::of(self, set, changes)
    }
}

/// Publishes what may be published now, in the name of a run. The caller has the workspace's turn.
pub(crate) fn publish_as_it_is(workspace: &Workspace, integration: &Integration, run: &RunId) -> Result<()> {
    Pull::prepare(workspace, integration)?.publish_now(Some(run))
}

/// Has every journey of an integration (by its number) made again.
pub(crate) fn touch_all(load: &Load<'_>, integration: i64) -> Result<()> {
    Ok(load.journeys()?.touch(integration, EVERY_ORDER)?)
}

/// Reads anew what is noted to be, as a run of its own. The caller has the workspace's turn.
pub(crate) fn read_anew(workspace: &Workspace, integration: &Integration) -> Result<()> {
    let pull = Pull::prepare(workspace, integration)?;
    let planned = pull.plan(pull.kept_groups()?)?;
    let watch = Unwatched::default();
    let mut intake = workspace.intake();
    let run = pull.open_run(&mut intake, planned.len(), workspace.now_ms(), &watch)?;
    let report = PullReport { run: run.row.name.clone(), ..PullReport::default() };
    let report = pull.land_all(&mut intake, &run, &planned, report)?;
    drop(intake);
    pull.finish(&run.row, report, &watch).map(drop)
}
