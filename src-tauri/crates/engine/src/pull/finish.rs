//! The end of a run: journeys, tallies and observations of what was landed. After a crash it is done again from
//! where it was, and adds only what is missing.

use std::collections::BTreeSet;

use plaza_domain::day::Week;
use plaza_domain::event::{IntegrationId, RunId};
use plaza_domain::kpi::KpiKind;
use plaza_store::intake::{Intake, MovedRow, RunRow, RunState, TallyRow, Warning};

use super::build::{Building, Built};
use super::prepare::kinds_of;
use super::publish::{Publication, RunEnd};
use super::{ChangedWeek, Pull, PullReport, Watch};
use crate::error::Result;
use crate::integration::Integration;
use crate::workspace::Workspace;

/// Finishes the runs that a crash interrupted. Opening a workspace and pulling do this first.
///
/// # Errors
/// A store that fails, or a kept definition that no longer suits the workspace.
pub fn resume(workspace: &Workspace) -> Result<()> {
    let runs = workspace.intake().view().unfinished_runs()?;
    for run in runs {
        let names = workspace.intake().view().integrations()?;
        let Some(name) = names.iter().find(|one| one.number == run.integration).map(|one| one.name.clone())
        else {
            continue;
        };
        let saved = workspace.view(|view| view.integration(&IntegrationId::from(name.as_str())))?;
        let Some(saved) = saved else { continue };
        let integration = Integration::from_toml(&saved.current.toml)?;
        let pull = Pull::prepare(workspace, &integration)?;
        let report: PullReport = serde_json::from_str(&run.report).unwrap_or_default();
        pull.finish(&run, report, &super::Unwatched::default())?;
    }
    Ok(())
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
        if run.state == RunState::Landing {
            self.count(&mut intake, run, &mut report)?;
        }
        watch.progress("publish", 0, 1);
        let (tallies, moved) = (intake.view().tallies(None)?, intake.view().moved()?);
        drop(intake);
        let name = RunId(run.name.clone());
        let end = RunEnd {
            run: &name,
            integration: &self.integration.id,
            began_at: run.started_at,
            counts: &report.records,
            journeys: report.journeys,
            reasons: &report.reasons,
        };
        let changed = self.publish(Some(&name), &tallies, &moved, Some(&end))?;
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
        Ok(report)
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
        for (rule, warning) in report.warnings.iter() {
            let samples = serde_json::to_string(&warning.samples).unwrap_or_default();
            load.put_warning(run.number, &Warning { rule: rule.clone(), count: warning.count, samples })?;
        }
        load.update_run(run.number, RunState::Landed, None, &report.to_json())?;
        Ok(load.commit()?)
    }

    /// Makes the journeys of the integration (by its number) that are due.
    pub(super) fn build(&self, intake: &mut Intake, integration: i64, run: i64) -> Result<Built> {
        let numbers = intake.view().streams()?;
        let streams: Vec<i64> = self
            .integration
            .streams
            .iter()
            .filter_map(|stream| {
                numbers.iter().find(|one| one.integration == integration && one.name == stream.name)
            })
            .map(|one| one.number)
            .collect();
        Building { context: &self.context, integration, streams: &streams, run, today: self.today }
            .run(intake)
    }

    /// Publishes what the tallies of all integrations say. Returns the weeks whose value is new or changed.
    pub(super) fn publish(
        &self,
        run: Option<&RunId>,
        tallies: &[TallyRow],
        moved: &[MovedRow],
        end: Option<&RunEnd<'_>>,
    ) -> Result<Vec<(KpiKind, Week)>> {
        let kinds = self.kinds()?;
        Publication {
            workspace: self.workspace,
            run,
            today: self.today,
            departments: &self.departments,
            kinds: &kinds,
        }
        .publish(tallies, moved, end)
    }

    /// The KPIs that this integration and those in use beside it allow.
    fn kinds(&self) -> Result<BTreeSet<KpiKind>> {
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
