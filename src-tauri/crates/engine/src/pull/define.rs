//! A definition counts otherwise: what that changes, looked at or done. No run does it and no checkpoint holds it: it is a
//! person's own act, and whoever does it has seen what it changes.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::day::{Day, Week};
use plaza_domain::event::KpiDefinition;
use plaza_domain::kpi::{KpiKind, Tally};

use super::Watch;
use super::build::{Redefined, Rules, redefined};
use super::prepare::{kinds_of, seats};
use super::publish::{Change, Publication, sums};
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::truth::Voices;
use crate::week;
use crate::workspace::Workspace;

/// How often a look is repeated when something is pulled in the meantime.
const LOOKS_MAX: usize = 3;

/// What other definitions change, found without writing anything.
pub(crate) struct Outlook {
    rules: BTreeMap<i64, Rules>,
    redefined: Redefined,
    /// The published sums as they would be.
    sums: BTreeMap<(KpiKind, Week), Tally>,
    /// The day that the sums stand for.
    today: Day,
    /// What people call the integrations whose journeys are to be made again before they can be counted otherwise: their
    /// next pull does both.
    pub(crate) waiting: Vec<String>,
    /// What people call the integrations of which a batch waits at its checkpoint.
    pub(crate) held: Vec<String>,
}

/// Counts by other definitions (`all` of them, in force or meant).
///
/// # Errors
/// [`EngineError::Cancelled`] where `watch` says so; [`EngineError::Conflict`] where pulls go on all the time.
pub(crate) fn outlook(workspace: &Workspace, all: &[KpiDefinition], watch: &dyn Watch) -> Result<Outlook> {
    for _ in 0..LOOKS_MAX {
        let reader = workspace.intake_reader()?;
        let version = reader.view().data_version()?;
        let outlook = look(workspace, all, watch)?;
        if reader.view().data_version()? == version {
            return Ok(outlook);
        }
    }
    Err(EngineError::Conflict { what: "what was pulled" })
}

fn look(workspace: &Workspace, all: &[KpiDefinition], watch: &dyn Watch) -> Result<Outlook> {
    let (before, mut after) = (week::rules(workspace)?, week::rules_by(workspace, all)?);
    let reader = workspace.intake_reader()?;
    let view = reader.view();
    let batches: BTreeSet<i64> = view.held()?.into_iter().map(|held| held.integration).collect();
    let (mut rules, mut waiting, mut held, mut today) = (BTreeMap::new(), Vec::new(), Vec::new(), None);
    for known in view.integrations()? {
        let (Some(before), Some(after)) = (before.get(&known.number), after.remove(&known.number)) else {
            continue;
        };
        let Some(tallied) = view.tallied(known.number)? else { continue };
        today = today.max(Some(Day(tallied.today)));
        if before.kpi == after.kpi {
            continue;
        }
        let saved = workspace.view(|view| view.integration(&known.name.as_str().into()))?;
        let Some(saved) = saved else { continue };
        let integration = Integration::from_toml(&saved.current.toml)?;
        let Some((_, voices)) = Voices::of_home(workspace, view, &integration)? else { continue };
        if batches.contains(&known.number) {
            held.push(integration.name.clone());
        }
        if voices.basis(before.assembly_basis()) != tallied.basis {
            waiting.push(integration.name);
            continue;
        }
        let basis = voices.basis(after.assembly_basis());
        let (before, today) = (before.kpi.clone(), Day(tallied.today));
        rules.insert(known.number, Rules { today, before, after: after.kpi, basis });
    }
    let redefined = redefined(workspace, &rules, watch)?;
    let mut sums = sums(&view.publishable_tallies(None)?);
    for (kind, week, tally) in redefined.figures() {
        *sums.entry((kind, week)).or_default() += tally;
    }
    let today = today.map_or_else(|| workspace.today(), Ok)?;
    Ok(Outlook { rules, redefined, sums, today, waiting, held })
}

impl Outlook {
    /// What would be published.
    ///
    /// # Errors
    /// What the ledger says.
    pub(crate) fn changes(&self, workspace: &Workspace, all: &[KpiDefinition]) -> Result<Vec<Change>> {
        let (departments, kinds) = (seats(workspace)?, kinds(workspace)?);
        let (departments, kinds) = (departments.as_slice(), &kinds);
        let publication =
            Publication { workspace, run: None, today: self.today, departments, kinds, split: None };
        publication.changes_by(all, &self.sums, &self.redefined.moved())
    }

    /// Writes down what was counted and publishes what the definitions in force say otherwise. The caller has the
    /// workspace's turn since before it looked.
    ///
    /// # Errors
    /// What the stores say. The next pull of each integration does what is not done then.
    pub(crate) fn publish(self, workspace: &Workspace, watch: &dyn Watch) -> Result<()> {
        watch.progress("publish", 0, 1);
        let mut intake = workspace.intake();
        self.redefined.write(&mut intake, &self.rules)?;
        let (tallies, moved) = (intake.view().publishable_tallies(None)?, intake.view().moved()?);
        drop(intake);
        let (departments, kinds) = (seats(workspace)?, kinds(workspace)?);
        let (departments, kinds) = (departments.as_slice(), &kinds);
        let publication =
            Publication { workspace, run: None, today: self.today, departments, kinds, split: None };
        publication.publish(&tallies, &moved, None)?;
        let mut intake = workspace.intake();
        let load = intake.load()?;
        load.clear_moved()?;
        Ok(load.commit()?)
    }
}

/// The KPIs that the integrations in use allow.
fn kinds(workspace: &Workspace) -> Result<BTreeSet<KpiKind>> {
    let integrations = workspace.view(|view| view.integrations())?;
    let in_use = integrations.iter().filter(|known| known.retired.is_none());
    // One that a newer Plaza saved has its say there.
    let read = in_use.filter_map(|known| Integration::from_toml(&known.current.toml).ok());
    Ok(read.flat_map(|integration| kinds_of(&integration)).collect())
}
