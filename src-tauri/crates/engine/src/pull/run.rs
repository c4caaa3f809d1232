//! One pull from its files to the end: which groups are read, in which order, and what is left when one fails.

use std::path::Path;

use plaza_domain::event::{IntegrationId, Payload};
use plaza_store::intake::{Intake, Load, RunRow, RunState};

use super::files::{self, Group};
use super::group::unchanged_rows;
use super::hold::touch_all;
use super::reread::Unpacked;
use super::schema::{FileSchema, Shapes};
use super::{Pull, PullReport, Watch, infer, stage};
use crate::error::{EngineError, Result};
use crate::hand;
use crate::staging::StreamPlan;

/// A run under way, as every group of it needs it.
pub(super) struct Run<'a> {
    pub row: RunRow,
    /// Numbers of the integration's streams, in its order.
    pub streams: Vec<i64>,
    pub watch: &'a dyn Watch,
    /// It has one group, so that rows are what there is to count.
    pub is_single: bool,
}

impl Run<'_> {
    /// Says how many rows of the only group are done; where there are several, the groups are counted.
    pub(super) fn tell(&self, what: &str, rows: u64) {
        if self.is_single {
            self.watch.progress(what, rows, 0);
        }
    }
}

/// A group and how its rows are read.
pub(super) struct Planned {
    pub group: Group,
    pub plan: StreamPlan,
    /// What is known of each file's columns; nothing where all of it was landed before.
    pub schemas: Vec<FileSchema>,
    /// No other group of its stream stands for a later moment, and it is not read again.
    pub is_newest: bool,
}

impl Pull<'_> {
    /// `began_at` is when the run began, milliseconds since 1970 UTC.
    pub(super) fn run(&self, base: &Path, began_at: i64, watch: &dyn Watch) -> Result<PullReport> {
        let mut groups = self.kept_groups()?;
        let mut rejected = Vec::new();
        for (place, stream) in self.integration.streams.iter().enumerate() {
            let found = files::groups(place, stream, base)?;
            groups.extend(self.without_rejected(stream, found, &mut rejected)?);
            groups.extend(files::answered(self.workspace, &self.integration.id, place, stream)?);
        }
        // What arrives only now comes after everything that has a moment; of one moment, what is kept comes first.
        groups.sort_by_key(|group| (group.stream, group.moment().unwrap_or(i64::MAX)));
        let planned = self.plan(groups)?;
        self.save_definition()?;
        let mut intake = self.workspace.intake();
        let run = self.open_run(&mut intake, planned.len(), began_at, watch)?;
        let report =
            PullReport { run: run.row.name.clone(), rejected_files: rejected, ..PullReport::default() };
        let report = self.land_all(&mut intake, &run, &planned, report)?;
        drop(intake);
        self.finish(&run.row, report, watch)
    }

    /// Lands the groups one after the other. What earlier groups landed stays and is counted when one fails; a run that
    /// landed nothing is closed as refused.
    pub(super) fn land_all(
        &self,
        intake: &mut Intake,
        run: &Run<'_>,
        planned: &[Planned],
        mut report: PullReport,
    ) -> Result<PullReport> {
        let total = planned.len() as u64;
        for (done, one) in planned.iter().enumerate() {
            if !run.is_single {
                run.watch.progress("read", done as u64, total);
            }
            let landed = Unpacked::of(&one.group, self.workspace.folder(), intake)
                .and_then(|_unpacked| self.land(intake, run, one, &mut report));
            if let Err(error) = landed {
                let is_begun = !report.files.is_empty() || intake.view().has_rereads(run.row.integration)?;
                let state = if is_begun { RunState::Landing } else { RunState::Refused };
                let load = intake.load()?;
                load.update_run(run.row.number, state, None, &report.to_json())?;
                if !is_begun
                    && load.view().held_of(run.row.integration)?.is_some_and(|held| held.held_at.is_none())
                {
                    load.pass(run.row.integration)?;
                }
                load.commit()?;
                return Err(error);
            }
        }
        Ok(report)
    }

    /// Leaves out files that a person turned away with their batch, and names them.
    fn without_rejected(
        &self,
        stream: &crate::integration::Stream,
        groups: Vec<Group>,
        rejected: &mut Vec<String>,
    ) -> Result<Vec<Group>> {
        let intake = self.workspace.intake();
        let Some(known) = intake.view().integration(&self.integration.id)? else { return Ok(groups) };
        let streams = intake.view().streams()?;
        let number = streams.iter().find(|one| one.integration == known.number && one.name == stream.name);
        let Some(number) = number else { return Ok(groups) };
        let mut kept = Vec::new();
        for mut group in groups {
            let mut files = Vec::new();
            for file in group.files {
                if intake.view().is_rejected(number.number, &file.hash)? {
                    rejected.push(file.name);
                } else {
                    files.push(file);
                }
            }
            group.files = files;
            kept.extend((!group.files.is_empty()).then_some(group));
        }
        Ok(kept)
    }

    /// Finds out from whole columns what the definition leaves open, before anything is changed.
    pub(super) fn plan(&self, groups: Vec<Group>) -> Result<Vec<Planned>> {
        let mut planned: Vec<Planned> = Vec::new();
        let mut shapes = Shapes::new(self);
        for group in groups {
            let mut plan = self.plans[group.stream].clone();
            let mut schemas = Vec::new();
            if !self.is_unchanged(&group)? {
                schemas = self.look(&group, &mut plan, &mut shapes)?;
            }
            let is_newest = group.arrived.is_none();
            if let Some(before) = planned.iter_mut().rev().find(|one| one.group.stream == group.stream) {
                before.is_newest = false;
            }
            planned.push(Planned { group, plan, schemas, is_newest });
        }
        Ok(planned)
    }

    /// Compares a group's columns with those of the last file, and completes the plan from those that are believed.
    fn look(&self, group: &Group, plan: &mut StreamPlan, shapes: &mut Shapes<'_>) -> Result<Vec<FileSchema>> {
        let stream = &self.integration.streams[group.stream];
        let _unpacked = Unpacked::of(group, self.workspace.folder(), &self.workspace.intake())?;
        let looked = stage::look(group, &files::file_format(stream));
        let schemas = looked.as_ref().ok().map(|looked| shapes.compare(group, plan, looked));
        if plan.open.is_empty() {
            // A file that cannot be read says so when its turn comes, behind those that can.
            return Ok(schemas.and_then(Result::ok).unwrap_or_default());
        }
        let looked = looked?;
        let schemas = schemas.transpose()?.unwrap_or_default();
        if schemas.iter().all(|schema| schema.stop.is_none()) {
            infer::complete(plan, stream, group, &looked, &schemas)?;
        }
        Ok(schemas)
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
        if hand::home_of(&self.integration.id).is_some() {
            return Ok(());
        }
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

    /// Numbers of the integration's streams, in its order, given on first sight.
    pub(super) fn number_streams(&self, load: &Load<'_>, integration: i64) -> Result<Vec<i64>> {
        let names = self.integration.streams.iter().map(|stream| &stream.name);
        Ok(names.map(|name| load.stream_number(integration, name)).collect::<Result<_, _>>()?)
    }

    pub(super) fn open_run<'w>(
        &self,
        intake: &mut Intake,
        groups: usize,
        now_ms: i64,
        watch: &'w dyn Watch,
    ) -> Result<Run<'w>> {
        // What only adds to another's orders has no numbers of its own to guard.
        let is_guarded = self.home.is_none() && self.is_guarded()?;
        let load = intake.load()?;
        let mapping = self.mapping();
        let number = load.integration_number(&self.integration.id, &mapping)?;
        let streams = self.number_streams(&load, number)?;
        let latest = load.view().runs(None, 1)?.first().map_or(0, |run| run.number);
        let seed = format!("{} {} {now_ms}", self.integration.id, latest + 1);
        let name = format!("run-{}-{}", latest + 1, &blake3::hash(seed.as_bytes()).to_hex()[..8]);
        let run = load.put_run(&name, number, now_ms, self.today.0)?;
        if is_guarded {
            load.keep_published(number, run)?;
        }
        let known = load.view().integration(&self.integration.id)?;
        if known.is_some_and(|known| known.mapping != mapping) {
            for (stream, definition) in streams.iter().zip(&self.integration.streams) {
                let is_asked_anew = self.is_asked_anew(load.view(), definition)?;
                load.forget_stream(*stream, !is_asked_anew)?;
            }
            touch_all(&load, number)?;
            load.set_mapping(number, &mapping)?;
        }
        if self.home.is_none() && load.view().tallied(number)?.is_none() {
            touch_all(&load, number)?;
        }
        load.commit()?;
        let row = intake.view().run(run)?.ok_or(EngineError::NotFound { noun: "run", name })?;
        Ok(Run { row, streams, watch, is_single: groups == 1 })
    }
}
