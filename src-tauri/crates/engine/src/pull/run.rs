//! One pull from its files to the end: which groups are read, in which order, and what is left when one fails.

use std::collections::BTreeMap;
use std::path::Path;

use plaza_domain::event::{IntegrationId, Payload};
use plaza_store::intake::{Intake, RunRow, RunState};

use super::build::EVERY_ORDER;
use super::files::{self, Group};
use super::group::unchanged_rows;
use super::{Pull, PullReport, Watch, infer, stage};
use crate::error::{EngineError, Result};
use crate::staging::StreamPlan;

/// A run under way, as every group of it needs it.
pub(super) struct Run<'a> {
    pub row: RunRow,
    /// Numbers of the integration's streams, in its order.
    pub streams: Vec<i64>,
    pub watch: &'a dyn Watch,
}

/// Plans that were completed from the files themselves, by group.
struct Plans(BTreeMap<(usize, Option<i32>), StreamPlan>);

impl Plans {
    fn key(group: &Group) -> (usize, Option<i32>) {
        (group.stream, group.declared.map(|day| day.0))
    }

    fn of<'p>(&'p self, group: &Group, written: &'p [StreamPlan]) -> &'p StreamPlan {
        self.0.get(&Self::key(group)).unwrap_or(&written[group.stream])
    }
}

impl Pull<'_> {
    pub(super) fn run(&self, base: &Path, watch: &dyn Watch) -> Result<PullReport> {
        let mut groups = Vec::new();
        for (place, stream) in self.integration.streams.iter().enumerate() {
            groups.extend(files::groups(place, stream, base)?);
        }
        let kept = self.kept_groups(&groups)?;
        groups.extend_from_slice(&kept.groups);
        groups.sort_by_key(|group| (group.stream, group.declared));
        let plans = self.complete_plans(&groups)?;
        self.save_definition()?;
        let mut intake = self.workspace.intake();
        let run = self.open_run(&mut intake, watch)?;
        let mut report = PullReport { run: run.row.name.clone(), ..PullReport::default() };
        let total = groups.len() as u64;
        for (done, group) in groups.iter().enumerate() {
            watch.progress("read", done as u64, total);
            let plan = plans.of(group, &self.plans);
            if let Err(error) = self.land(&mut intake, &run, group, plan, &mut report) {
                give_up(&mut intake, &run.row, &report)?;
                return Err(error);
            }
        }
        drop(intake);
        self.finish(&run.row, report, watch)
    }

    /// Finds out from whole columns what the definition leaves open, before anything is changed.
    fn complete_plans(&self, groups: &[Group]) -> Result<Plans> {
        let mut plans = BTreeMap::new();
        for group in groups.iter().filter(|group| !self.plans[group.stream].open.is_empty()) {
            let stream = &self.integration.streams[group.stream];
            if self.is_unchanged(group)? {
                continue;
            }
            let mut plan = self.plans[group.stream].clone();
            let looked = stage::look(group, &files::file_format(&stream.format))?;
            infer::complete(&mut plan, stream, group, &looked)?;
            plans.insert(Plans::key(group), plan);
        }
        Ok(Plans(plans))
    }

    /// Whether a group's content was landed for the same moment before.
    fn is_unchanged(&self, group: &Group) -> Result<bool> {
        let intake = self.workspace.intake();
        let known = intake.view().integration(&self.integration.id)?;
        let Some(known) = known.filter(|known| known.mapping == self.mapping()) else { return Ok(false) };
        let stream = &self.integration.streams[group.stream];
        let streams = intake.view().streams()?;
        let number = streams.iter().find(|one| one.integration == known.number && one.name == stream.name);
        let Some(number) = number else { return Ok(false) };
        let batches = intake.view().batches(number.number)?;
        Ok(unchanged_rows(&intake, &batches, stream.delivery, group)?.is_some())
    }

    /// Keeps the definition in the ledger where it is new or changed.
    fn save_definition(&self) -> Result<()> {
        let id = IntegrationId::from(self.integration.id.as_str());
        let toml = self.integration.to_toml()?;
        let saved = self.workspace.view(|view| view.integration(&id))?;
        if saved.as_ref().is_some_and(|saved| saved.current.toml == toml && saved.retired.is_none()) {
            return Ok(());
        }
        let version = saved.map_or(1, |saved| saved.current.version + 1);
        let note = "pulled from its file".to_owned();
        self.workspace.act([Payload::IntegrationSaved { integration: id, version, toml, note }])?;
        Ok(())
    }

    fn open_run<'w>(&self, intake: &mut Intake, watch: &'w dyn Watch) -> Result<Run<'w>> {
        let now_ms = self.workspace.now_ms();
        let load = intake.load()?;
        let mapping = self.mapping();
        let number = load.integration_number(&self.integration.id, &mapping)?;
        let streams = self
            .integration
            .streams
            .iter()
            .map(|stream| load.stream_number(number, &stream.name))
            .collect::<Result<Vec<_>, _>>()?;
        let known = load.view().integration(&self.integration.id)?;
        if known.is_some_and(|known| known.mapping != mapping) {
            for stream in &streams {
                load.forget_stream(*stream)?;
            }
            load.journeys()?.touch(number, EVERY_ORDER)?;
            load.set_mapping(number, &mapping)?;
        }
        let latest = load.view().runs(None, 1)?.first().map_or(0, |run| run.number);
        let seed = format!("{} {} {now_ms}", self.integration.id, latest + 1);
        let name = format!("run-{}-{}", latest + 1, &blake3::hash(seed.as_bytes()).to_hex()[..8]);
        let run = load.put_run(&name, number, now_ms, self.today.0)?;
        if load.view().tallied(number)?.is_none() {
            load.journeys()?.touch(number, EVERY_ORDER)?;
        }
        load.commit()?;
        let row = intake.view().run(run)?.ok_or(EngineError::NotFound { noun: "run", name })?;
        Ok(Run { row, streams, watch })
    }
}

/// What earlier groups landed stays and is counted; a run that landed nothing is closed as refused.
fn give_up(intake: &mut Intake, run: &RunRow, report: &PullReport) -> Result<()> {
    let state = if report.files.is_empty() { RunState::Refused } else { RunState::Landing };
    let load = intake.load()?;
    load.update_run(run.number, state, None, &report.to_json())?;
    Ok(load.commit()?)
}
