//! The end of a run: journeys, tallies and observations of what was landed. After a crash it is done again from
//! where it was, and adds only what is missing.

use std::collections::BTreeSet;

use plaza_domain::day::Week;
use plaza_domain::event::{IntegrationId, RunId};
use plaza_domain::kpi::KpiKind;
use plaza_store::intake::{Intake, Load, MovedRow, RunRow, RunState, TallyRow, Warning};

use super::build::{Building, Built};
use super::prepare::kinds_of;
use super::publish::{Publication, RunEnd};
use super::resplit::publish_unheard;
use super::run::Run;
use super::{ChangedWeek, Pull, PullReport, Unwatched, Watch};
use crate::error::{EngineError, Result};
use crate::hand;
use crate::integration::{Integration, Stream};
use crate::journey::key::OrderKey;
use crate::split::Agreed;
use crate::truth::Voices;
use crate::workspace::Workspace;

/// Finishes the runs that a crash interrupted. Opening a workspace and pulling do this first.
///
/// A run that cannot be finished as the integration stands now (its definition no longer suits the workspace, a
/// question is open) is left as it is: the board keeps its last good numbers, and the integration's next pull goes on
/// from there.
///
/// # Errors
/// A store that fails.
pub fn resume(workspace: &Workspace) -> Result<()> {
    // Where another program has the turn, what is unfinished is what it is at work on.
    let Some(turn) = workspace.turn_unless_elsewhere() else { return Ok(()) };
    resume_in_turn(workspace)?;
    drop(turn);
    passing(hand::pull_waiting(workspace))
}

/// The integration of the oldest run that an earlier program left unfinished.
///
/// # Errors
/// What the intake says.
pub fn unfinished(workspace: &Workspace) -> Result<Option<String>> {
    let reader = workspace.intake_reader()?;
    let Some(run) = reader.view().unfinished_runs()?.into_iter().next() else { return Ok(None) };
    let known = reader.view().integrations()?;
    Ok(known.into_iter().find(|one| one.number == run.integration).map(|one| one.name))
}

/// As [`resume`], by whoever has the workspace's turn.
pub(crate) fn resume_in_turn(workspace: &Workspace) -> Result<()> {
    let runs = workspace.intake().view().unfinished_runs()?;
    for run in runs {
        let names = workspace.intake().view().integrations()?;
        let Some(name) = names.iter().find(|one| one.number == run.integration).map(|one| one.name.clone())
        else {
            continue;
        };
        passing(definition(workspace, &name).and_then(|definition| match definition {
            Some(integration) => resume_run(workspace, &integration, run),
            None => Ok(()),
        }))?;
    }
    remake_handed_over(workspace)?;
    publish_unheard(workspace)
}

/// Lets pass what only the integration's next pull can mend.
pub(super) fn passing(done: Result<()>) -> Result<()> {
    match done {
        Err(
            EngineError::Invalid { .. }
            | EngineError::Question(_)
            | EngineError::Schema(_)
            | EngineError::Integration(_),
        ) => Ok(()),
        other => other,
    }
}

/// The definition of an integration as the intake names it: what was saved, or how entries by hand are read.
pub(super) fn definition(workspace: &Workspace, name: &str) -> Result<Option<Integration>> {
    let saved = |name: &str| -> Result<Option<Integration>> {
        let saved = workspace.view(|view| view.integration(&IntegrationId::from(name)))?;
        Ok(saved.map(|saved| Integration::from_toml(&saved.current.toml)).transpose()?)
    };
    match hand::home_of(name) {
        Some(home) => Ok(saved(home)?.map(|home| hand::definition(workspace, &home))),
        None => saved(name),
    }
}

/// Makes the journeys again to which others have added something since they were made. Their own next pull does it where
/// it cannot be done now.
fn remake_handed_over(workspace: &Workspace) -> Result<()> {
    let known = workspace.intake().view().integrations()?;
    let mut homes = BTreeSet::new();
    for one in &known {
        if let Ok(Some(Integration { orders_of: Some(home), .. })) = definition(workspace, &one.name) {
            homes.insert(home);
        }
    }
    for one in known.iter().filter(|one| homes.contains(&one.name)) {
        let is_touched = !workspace.intake().view().touched(one.number)?.is_empty();
        let saved = is_touched.then(|| definition(workspace, &one.name)).transpose()?.flatten();
        if let Some(home) = saved {
            passing(remake(workspace, &home))?;
        }
    }
    Ok(())
}

/// Makes the touched journeys of an integration again and publishes what that changes, as a run of its own. Nothing is
/// done where none is touched, where it was never pulled, or is still to be read anew.
pub(super) fn remake(workspace: &Workspace, home: &Integration) -> Result<()> {
    let pull = Pull::prepare(workspace, home)?;
    let watch = Unwatched::default();
    let mut intake = workspace.intake();
    let known = intake.view().integration(&home.id)?;
    let is_read = known.filter(|known| known.mapping == pull.mapping());
    let Some(known) = is_read else { return Ok(()) };
    if intake.view().touched(known.number)?.is_empty() || intake.view().has_rereads(known.number)? {
        return Ok(());
    }
    let run = pull.open_run(&mut intake, 0, workspace.now_ms(), &watch)?;
    drop(intake);
    let report = PullReport { run: run.row.name.clone(), ..PullReport::default() };
    pull.finish(&run.row, report, &watch).map(drop)
}

fn resume_run(workspace: &Workspace, integration: &Integration, run: RunRow) -> Result<()> {
    let pull = Pull::prepare(workspace, integration)?;
    let mut report: PullReport = serde_json::from_str(&run.report).unwrap_or_default();
    report.run.clone_from(&run.name);
    if run.state != RunState::Landing {
        return pull.finish(&run, report, &Unwatched::default()).map(drop);
    }
    let mut intake = workspace.intake();
    let has_rereads = intake.view().has_rereads(run.integration)?;
    let known = intake.view().integration(&integration.id)?;
    if !has_rereads {
        drop(intake);
        return pull.finish(&run, report, &Unwatched::default()).map(drop);
    }
    if known.is_none_or(|known| known.mapping != pull.mapping()) {
        // The definition was changed once more: its next pull reads everything by that one.
        return Ok(());
    }
    let load = intake.load()?;
    let streams = pull.number_streams(&load, run.integration)?;
    load.commit()?;
    drop(intake);
    let planned = pull.plan(pull.kept_groups()?)?;
    let watch = Unwatched::default();
    let run = Run { row: run, streams, watch: &watch, is_single: false };
    let mut intake = workspace.intake();
    report = pull.land_all(&mut intake, &run, &planned, report)?;
    drop(intake);
    pull.finish(&run.row, report, &watch).map(drop)
}

/// Has the orders made again whose journeys do not follow what was said of their split.
fn touch_unheard(intake: &mut Intake, integration: i64, agreed: &Agreed) -> Result<()> {
    let load = intake.load()?;
    let unheard = agreed.unheard(load.view(), integration)?;
    let mut journeys = load.journeys()?;
    for (key, _) in unheard {
        journeys.touch(integration, OrderKey::of_journey(key).whole())?;
    }
    drop(journeys);
    Ok(load.commit()?)
}

impl Pull<'_> {
    /// Makes journeys, tallies and observations of what was landed.
    pub(super) fn finish(
        &self,
        run: &RunRow,
        mut report: PullReport,
        watch: &dyn Watch,
    ) -> Result<PullReport> {
        watch.progress("count", 0, 1);
        let mut intake = self.workspace.intake();
        match &self.home {
            _ if run.state != RunState::Landing => {}
            Some(home) => Self::hand_over(&mut intake, home, run, &report)?,
            None => self.count(&mut intake, run, &mut report)?,
        }
        watch.progress("publish", 0, 1);
        report.held = self.hold(&mut intake, run)?;
        let (tallies, moved) = (intake.view().publishable_tallies(None)?, intake.view().moved()?);
        let trail = crate::trail::hash(intake.view(), &self.integration.id, run.started_at, &report)?;
        drop(intake);
        let name = RunId(run.name.clone());
        let end = RunEnd {
            run: &name,
            integration: &self.integration.id,
            began_at: run.started_at,
            counts: &report.records,
            journeys: report.journeys,
            reasons: &report.reasons,
            trail,
        };
        let changed = self.publish(Some(&name), &tallies, &moved, Some(&end))?;
        watch.progress("settle", 0, 1);
        report.weeks_changed = changed
            .into_iter()
            .map(|(kind, week)| ChangedWeek { kpi: kind.word().to_owned(), week })
            .collect();
        let mut intake = self.workspace.intake();
        let load = intake.load()?;
        load.clear_moved()?;
        let ended_at = self.workspace.now_ms();
        load.update_run(run.number, RunState::Finished, Some(ended_at), &report.to_json())?;
        load.commit()?;
        intake.settle()?;
        drop(intake);
        let home = self.home.as_ref().map_or(self.integration.id.as_str(), |home| home.id.as_str());
        self.workspace.look_at_corrections(&home.into(), &name)?;
        if let Some(home) = &self.home {
            passing(remake(self.workspace, home))?;
        }
        Ok(report)
    }

    /// Hands the orders that a run has touched over to the integration whose orders they are, and notes that the run's
    /// rows are in.
    fn hand_over(intake: &mut Intake, home: &Integration, run: &RunRow, report: &PullReport) -> Result<()> {
        let known = intake.view().integration(&home.id)?.map(|known| known.number);
        let load = intake.load()?;
        if let Some(home) = known {
            load.hand_touched(run.integration, home)?;
        }
        if load.view().tallied(run.integration)?.is_some() {
            // It had orders of its own before.
            load.clear_journeys(run.integration)?;
            load.clear_tallies(run.integration)?;
        }
        Self::note_landed(&load, run, report)?;
        Ok(load.commit()?)
    }

    /// Makes journeys and tallies, and notes that the run's rows are in.
    fn count(&self, intake: &mut Intake, run: &RunRow, report: &mut PullReport) -> Result<()> {
        let built = self.build(intake, run.integration, run.number)?;
        report.journeys = built.journeys;
        for (reason, count) in built.held {
            report.records.quarantined += count;
            *report.reasons.entry(reason).or_default() += count;
        }
        report.warnings.add(built.warnings);
        let load = intake.load()?;
        Self::note_landed(&load, run, report)?;
        Ok(load.commit()?)
    }

    /// Notes that a run's rows are in, with what the rules said of them.
    fn note_landed(load: &Load<'_>, run: &RunRow, report: &PullReport) -> Result<()> {
        for (rule, warning) in report.warnings.iter() {
            let samples = serde_json::to_string(&warning.samples).unwrap_or_default();
            load.put_warning(run.number, &Warning { rule: rule.clone(), count: warning.count, samples })?;
        }
        Ok(load.update_run(run.number, RunState::Landed, None, &report.to_json())?)
    }

    /// Makes the journeys of the integration (by its number) that are due.
    ///
    /// # Errors
    /// [`EngineError::Conflict`] while some of its files are still to be read anew.
    pub(super) fn build(&self, intake: &mut Intake, integration: i64, run: i64) -> Result<Built> {
        if intake.view().has_rereads(integration)? {
            return Err(EngineError::Conflict { what: "an integration that is being read anew" });
        }
        let streams = self.stream_numbers(intake, integration)?;
        let voices = Voices::of(self.workspace, intake.view(), self.integration, integration, &streams)?;
        let agreed = Agreed::of(self.workspace, self.integration, &self.context.departments)?;
        if !agreed.is_empty() {
            touch_unheard(intake, integration, &agreed)?;
        }
        Building {
            context: &self.context,
            agreed: &agreed,
            rules: &self.integration.rules,
            integration,
            voices: &voices,
            run,
            today: self.today,
        }
        .run(intake)
    }

    /// Numbers of the integration's streams, in its order.
    fn stream_numbers(&self, intake: &Intake, integration: i64) -> Result<Vec<i64>> {
        let numbers = intake.view().streams()?;
        let number = |stream: &Stream| {
            numbers.iter().find(|one| one.integration == integration && one.name == stream.name)
        };
        Ok(self.integration.streams.iter().filter_map(number).map(|one| one.number).collect())
    }

    /// What publishes in the name of a run.
    pub(super) fn publication<'p>(
        &'p self,
        run: Option<&'p RunId>,
        kinds: &'p BTreeSet<KpiKind>,
    ) -> Publication<'p> {
        Publication {
            workspace: self.workspace,
            run,
            today: self.today,
            departments: &self.departments,
            kinds,
            split: None,
        }
    }

    /// Publishes what the tallies of all integrations say. Returns the weeks whose value is new or changed.
    pub(super) fn publish(
        &self,
        run: Option<&RunId>,
        tallies: &[TallyRow],
        moved: &[MovedRow],
        end: Option<&RunEnd<'_>>,
    ) -> Result<Vec<(KpiKind, Week)>> {
        self.publication(run, &self.kinds()?).publish(tallies, moved, end)
    }

    /// The KPIs that this integration and those in use beside it allow.
    pub(super) fn kinds(&self) -> Result<BTreeSet<KpiKind>> {
        let mut kinds = kinds_of(self.integration);
        for other in self.workspace.view(|view| view.integrations())? {
            if other.retired.is_none()
                && let Ok(other) = Integration::from_toml(&other.current.toml)
            {
                kinds.extend(kinds_of(&other));
            }
        }
        Ok(kinds)
    }
}
