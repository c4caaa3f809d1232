//! The pull: files → rows → records → journeys → tallies → observations.
//!
//! Each group of files is landed in one change of the intake, journeys and tallies are made in another, and only then
//! does the ledger hear of it, in events whose ids are derived: killed anywhere, [`resume`] goes on from what is
//! there, and nothing is lost or doubled.

mod build;
mod files;
mod infer;
mod land;
mod publish;
mod release;
mod stage;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use plaza_domain::cell::Zones;
use plaza_domain::day::Week;
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{IntegrationId, Payload, RunId};
use plaza_domain::journey::Milestone;
use plaza_domain::kpi::KpiKind;
use plaza_domain::record::{Field, Known};
use plaza_store::intake::{Batch, Intake, RunRow, RunState, Warning};
use serde::{Deserialize, Serialize};

use crate::error::{EngineError, Result};
use crate::integration::{Delivery, Integration, Severity};
use crate::journey::context::JourneyContext;
use crate::staging::{Finding, RowReader, RowRules, Rule, StreamPlan};
use crate::workspace::Workspace;
use build::{Building, Built, EVERY_ORDER};
use files::Group;
use land::{Landed, Landing, warn};
use publish::{Publication, RunEnd};
use stage::Staged;

pub use build::recount;
pub use land::Counts;
pub(crate) use publish::{observation, sums};
pub use release::release;

/// How a pull goes on, for a bar on a screen; and whether it shall stop.
pub trait Watch: Sync {
    /// `done` of `total` steps are done; `what` is under way: `read`, `count`, `publish`.
    fn progress(&self, what: &str, done: u64, total: u64);
    /// Set by whoever wants it to stop; everything not yet committed is then rolled back.
    fn cancel(&self) -> &AtomicBool;
}

/// Watches nothing.
#[derive(Debug, Default)]
pub struct Unwatched(AtomicBool);

impl Watch for Unwatched {
    fn progress(&self, _what: &str, _done: u64, _total: u64) {}

    fn cancel(&self) -> &AtomicBool {
        &self.0
    }
}

/// A week whose value a run changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChangedWeek {
    /// The KPI's word.
    pub kpi: String,
    /// The week.
    pub week: Week,
}

/// What a pull did. Serialised, it is what `plaza pull --json` prints.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PullReport {
    /// The run's id.
    pub run: String,
    /// Rows by what became of them.
    pub records: Counts,
    /// Rows and journeys that wait in quarantine, by reason.
    pub reasons: BTreeMap<String, i64>,
    /// Journeys of the integration now.
    pub journeys: i64,
    /// Weeks whose published value is new or changed.
    pub weeks_changed: Vec<ChangedWeek>,
    /// Findings that keep no row out, by rule: how often, and examples.
    pub warnings: BTreeMap<String, WarningCount>,
    /// Files that were read.
    pub files: Vec<String>,
    /// Files whose content had been pulled before, so that nothing was to be done.
    pub unchanged_files: Vec<String>,
}

/// How often a rule found something, with examples.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WarningCount {
    /// How often.
    pub count: i64,
    /// The first few.
    pub samples: Vec<Finding>,
}

/// Everything that a pull of one integration works with.
struct Pull<'a> {
    workspace: &'a Workspace,
    integration: &'a Integration,
    context: JourneyContext,
    departments: Vec<DepartmentId>,
    plans: Vec<StreamPlan>,
    today: plaza_domain::day::Day,
    zones: Arc<Zones>,
}

/// Pulls an integration; `base` is the folder that its paths start from. First finishes what an earlier pull left.
///
/// # Errors
/// [`EngineError::Question`] where only a person can say how a column is read; [`EngineError::Invalid`] for a
/// definition that cannot be used; a file that cannot be read. Nothing is changed then, except that groups of files
/// before the faulty one stay landed.
pub fn pull(
    workspace: &Workspace,
    integration: &Integration,
    base: &Path,
    watch: &dyn Watch,
) -> Result<PullReport> {
    resume(workspace)?;
    let pull = Pull::prepare(workspace, integration)?;
    pull.run(base, watch)
}

/// Finishes the runs that a crash interrupted. Opening a workspace and pulling do this first.
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
        pull.finish(&run, report, &dyn_unwatched())?;
    }
    Ok(())
}

fn dyn_unwatched() -> Unwatched {
    Unwatched::default()
}

/// The KPIs that an integration's milestones and fields allow.
pub(crate) fn kinds_of(integration: &Integration) -> BTreeSet<KpiKind> {
    let has = |milestone: Milestone| integration.route.legs.iter().any(|leg| leg.to == milestone);
    let maps = |fields: &[Field]| {
        integration.streams.iter().any(|stream| fields.iter().any(|field| stream.fields.contains_key(field)))
    };
    let mut kinds = BTreeSet::new();
    if maps(&[Field::Promised]) {
        kinds.extend([KpiKind::PromiseKept, KpiKind::PromiseRealism, KpiKind::LateBacklog]);
    }
    if has(Milestone::Paid) {
        kinds.insert(KpiKind::OrderToCash);
    }
    if maps(&[Field::ReturnedOn, Field::CreditedOn, Field::DisputedOn]) {
        kinds.insert(KpiKind::RightFirstTime);
    }
    kinds
}

/// The ids of the workspace's departments, in order: their seats.
pub(crate) fn seats(workspace: &Workspace) -> Result<Vec<DepartmentId>> {
    let mut ids: Vec<DepartmentId> =
        workspace.view(|view| view.departments())?.into_iter().map(|department| department.id).collect();
    ids.sort();
    Ok(ids)
}

impl<'a> Pull<'a> {
    fn prepare(workspace: &'a Workspace, integration: &'a Integration) -> Result<Self> {
        let settings = workspace.settings()?;
        let departments = seats(workspace)?;
        name_reasons(workspace, integration, &departments)?;
        let reasons = workspace.intake().view().reason_departments()?;
        let context = JourneyContext::of(integration, &settings, &departments, &reasons)?;
        let mut position = |id: &str| reasons.iter().position(|one| one == id).map(|place| place as u16);
        let plans = integration
            .streams
            .iter()
            .map(|stream| StreamPlan::of(stream, &mut position))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| EngineError::invalid("stream", error.to_string()))?;
        if !plans.iter().any(|plan| plan.has(Field::Ordered)) {
            return Err(EngineError::invalid(
                "stream",
                "no stream maps “ordered”, the day on which a journey begins",
            ));
        }
        let zone = settings.time_zone.to_string();
        let zones = Zones::new(&zone, integration.time_zone.as_deref())
            .map_err(|error| EngineError::invalid("time_zone", error.to_string()))?;
        let today = workspace.today()?;
        Ok(Self { workspace, integration, context, departments, plans, today, zones: Arc::new(zones) })
    }

    fn run(&self, base: &Path, watch: &dyn Watch) -> Result<PullReport> {
        let mut groups = Vec::new();
        for (place, stream) in self.integration.streams.iter().enumerate() {
            groups.extend(files::groups(place, stream, base)?);
        }
        let kept = self.kept_groups(&groups)?;
        groups.extend(kept.1);
        groups.sort_by_key(|group| (group.stream, group.declared));
        let plans = self.complete_plans(&groups)?;
        self.save_definition()?;
        let now_ms = self.workspace.now_ms();
        let mut intake = self.workspace.intake();
        let (run, streams) = self.open_run(&mut intake, now_ms)?;
        let mut report = PullReport { run: run.name.clone(), ..PullReport::default() };
        let total = groups.len() as u64;
        for (done, group) in groups.iter().enumerate() {
            watch.progress("read", done as u64, total);
            let plan = plans
                .get(&(group.stream, group.declared.map(|day| day.0)))
                .unwrap_or(&self.plans[group.stream]);
            if let Err(error) =
                self.land(&mut intake, group, plan, &run, streams[group.stream], &mut report, watch)
            {
                self.give_up(&mut intake, &run, &report)?;
                return Err(error);
            }
        }
        drop(intake);
        self.finish(&run, report, watch)
    }

    /// Read by another mapping, the same cells mean something else: everything is read anew. Files that are no longer
    /// at their source are unpacked from the kept originals into a folder that lives as long as the pull.
    fn kept_groups(&self, present: &[Group]) -> Result<(Option<Unpacked>, Vec<Group>)> {
        let intake = self.workspace.intake();
        let known = intake.view().integration(&self.integration.id)?;
        let Some(known) = known.filter(|known| known.mapping != self.mapping()) else {
            return Ok((None, Vec::new()));
        };
        let unpacked = Unpacked::new(self.workspace.folder())?;
        let mut groups: Vec<Group> = Vec::new();
        let numbers = intake.view().streams()?;
        for (place, stream) in self.integration.streams.iter().enumerate() {
            let Some(number) =
                numbers.iter().find(|one| one.integration == known.number && one.name == stream.name)
            else {
                continue;
            };
            for batch in intake.view().batches(number.number)? {
                let Some(original) = intake.view().original(batch.original)? else { continue };
                let is_there = present.iter().any(|group| {
                    group.stream == place && group.files.iter().any(|file| file.hash == original.hash)
                });
                // An undated snapshot that is gone was replaced by the one that is there.
                let is_past = !batch.declared && stream.delivery == Delivery::Snapshot;
                if is_there || is_past {
                    continue;
                }
                let path = unpacked.unpack(&intake, &original)?;
                let declared = batch.declared.then(|| crate::journey::context::day_of_moment(batch.moment));
                let file = files::SourceFile {
                    path,
                    name: original.name.clone(),
                    size: original.size.unsigned_abs(),
                    hash: original.hash,
                };
                groups.push(Group { stream: place, declared, files: vec![file] });
            }
        }
        Ok((Some(unpacked), groups))
    }

    /// What earlier groups landed stays and is counted; a run that landed nothing is closed as refused.
    fn give_up(&self, intake: &mut Intake, run: &RunRow, report: &PullReport) -> Result<()> {
        let state = if report.files.is_empty() { RunState::Refused } else { RunState::Landing };
        let load = intake.load()?;
        load.update_run(run.number, state, None, &serde_json::to_string(report).unwrap_or_default())?;
        Ok(load.commit()?)
    }

    /// Finds out from whole columns what the definition leaves open, before anything is changed.
    fn complete_plans(&self, groups: &[Group]) -> Result<BTreeMap<(usize, Option<i32>), StreamPlan>> {
        let mut plans = BTreeMap::new();
        for group in groups.iter().filter(|group| !self.plans[group.stream].open.is_empty()) {
            let stream = &self.integration.streams[group.stream];
            if self.is_unchanged(group)?.is_some() {
                continue;
            }
            let mut plan = self.plans[group.stream].clone();
            let looked = stage::look(group, &files::file_format(&stream.format))?;
            infer::complete(&mut plan, stream, group, &looked)?;
            plans.insert((group.stream, group.declared.map(|day| day.0)), plan);
        }
        Ok(plans)
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

    fn mapping(&self) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.integration.system.as_bytes());
        for stream in &self.integration.streams {
            let fields =
                serde_json::to_string(&(&stream.name, &stream.format, &stream.fields)).unwrap_or_default();
            hasher.update(fields.as_bytes());
        }
        hasher.finalize().as_bytes()[..16].to_vec()
    }

    fn open_run(&self, intake: &mut Intake, now_ms: i64) -> Result<(RunRow, Vec<i64>)> {
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
            // Read by another mapping, the same cells mean something else: everything is read anew.
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
        let run = intake.view().run(run)?.ok_or(EngineError::NotFound { noun: "run", name })?;
        Ok((run, streams))
    }

    /// The originals of a group whose content was landed for the same moment before.
    fn is_unchanged(&self, group: &Group) -> Result<Option<i64>> {
        let intake = self.workspace.intake();
        let known = intake.view().integration(&self.integration.id)?;
        let Some(known) = known.filter(|known| known.mapping == self.mapping()) else { return Ok(None) };
        let name = &self.integration.streams[group.stream].name;
        let streams = intake.view().streams()?;
        let Some(stream) = streams.iter().find(|one| one.integration == known.number && one.name == *name)
        else {
            return Ok(None);
        };
        unchanged(&intake, stream.number, self.integration.streams[group.stream].delivery, group)
    }

    #[allow(clippy::too_many_arguments)] // the state of one run, passed on as it is
    fn land(
        &self,
        intake: &mut Intake,
        group: &Group,
        plan: &StreamPlan,
        run: &RunRow,
        stream_number: i64,
        report: &mut PullReport,
        watch: &dyn Watch,
    ) -> Result<()> {
        let stream = &self.integration.streams[group.stream];
        if let Some(rows) = unchanged(intake, stream_number, stream.delivery, group)? {
            report.records.read += rows;
            report.records.same += rows;
            report.unchanged_files.extend(group.files.iter().map(|file| file.name.clone()));
            return Ok(());
        }
        let batches = intake.view().batches(stream_number)?;
        let moment = match group.declared {
            Some(day) => i64::from(day.0) * 86_400,
            None => {
                batches.iter().map(|batch| batch.moment + 1).fold(run.started_at.div_euclid(1000), i64::max)
            }
        };
        let known = match group.declared {
            Some(day) => Known::declared(day),
            None => Known::arrived(moment, run.number.unsigned_abs()),
        };
        let snapshots: BTreeSet<i64> =
            batches.iter().map(|batch| batch.moment).filter(|at| *at != moment).collect();
        let snapshots: Vec<i64> = snapshots.into_iter().collect();
        let looked = stage::look(group, &files::file_format(&stream.format))?;
        let rules = self.rules(group.stream);
        let before = intake.reader()?;
        let load = intake.load()?;
        let mut staged = Staged::default();
        for ((source, looked), file) in looked.iter().zip(&group.files) {
            let kept = load.view().original_by_hash(&file.hash)?.map(|original| original.number);
            let (zones, rules) = (self.zones.clone(), rules.clone());
            let reader = |columns: &[String]| {
                let plan = plan.find_columns(&stream.name, &file.name, columns)?;
                Ok(RowReader::new(plan, rules, zones, &self.context.system, self.context.whole_orders))
            };
            stage::stage_file(
                &load,
                source,
                looked,
                file,
                kept,
                reader,
                &mut staged,
                run.started_at,
                watch.cancel(),
            )?;
            report.files.push(file.name.clone());
        }
        let mut landed = Landed::default();
        self.file_rules(&rules, plan, &staged, &batches, moment, stream.delivery, &mut landed)?;
        for ((_, original), rows) in staged.files.iter().zip(&staged.row_counts) {
            let empty: BTreeMap<String, i64> = plan
                .fields
                .iter()
                .zip(&staged.empty)
                .map(|(field, empty)| (word(field.field), *empty))
                .collect();
            load.put_batch(&Batch {
                stream: stream_number,
                moment,
                original: *original,
                run: run.number,
                declared: group.declared.is_some(),
                rows: *rows,
                empty: serde_json::to_string(&empty).unwrap_or_default(),
            })?;
        }
        Landing {
            load: &load,
            before: &before,
            integration: run.integration,
            stream: stream_number,
            run: run.number,
            known,
            snapshots: (stream.delivery == Delivery::Snapshot).then_some(snapshots.as_slice()),
            rules: &rules,
            touches_all: load.view().touched(run.integration)?.first() == Some(&EVERY_ORDER),
        }
        .run(&mut staged, &mut landed)?;
        drop(staged);
        add_landed(report, &landed);
        load.update_run(
            run.number,
            RunState::Landing,
            None,
            &serde_json::to_string(&report).unwrap_or_default(),
        )?;
        Ok(load.commit()?)
    }

    fn rules(&self, place: usize) -> RowRules {
        let tolerance = self.context.assembly.tolerance_permille;
        let steps = self.context.assembly.route.steps();
        RowRules::new(&self.integration.rules, &self.integration.streams[place], steps, tolerance, self.today)
    }

    /// Rules about a file as a whole: rows and empty cells against last time, timestamps that were filled down.
    #[allow(clippy::too_many_arguments)] // what a file is compared with
    fn file_rules(
        &self,
        rules: &RowRules,
        plan: &StreamPlan,
        staged: &Staged,
        batches: &[Batch],
        moment: i64,
        delivery: Delivery,
        landed: &mut Landed,
    ) -> Result<()> {
        let table = &self.integration.rules;
        let rows = staged.read();
        for (field, (repeats, example)) in plan.fields.iter().zip(&staged.repeated) {
            // A few may be chance; filling down makes many.
            if *repeats >= REPEATS_MIN
                && *repeats * ROWS_PER_REPEAT >= rows
                && rules.severity(Rule::RepeatedDates) != Severity::Off
            {
                let finding =
                    Finding::RepeatedDates { field: field.field, rows: *repeats, example: example.clone() };
                warn(&mut landed.warnings, finding);
            }
        }
        let Some(last) = batches.iter().rev().find(|batch| batch.moment < moment).map(|batch| batch.moment)
        else {
            return Ok(());
        };
        if delivery == Delivery::Increment {
            return Ok(());
        }
        let last: Vec<&Batch> = batches.iter().filter(|batch| batch.moment == last).collect();
        let before: i64 = last.iter().map(|batch| batch.rows).sum();
        let percent = i64::from(table.row_count_percent.unwrap_or(ROW_COUNT_PERCENT));
        if before > 0 && (rows - before).abs() * 100 > before * percent {
            match rules.severity(Rule::RowCount) {
                Severity::Off => {}
                Severity::Warn => warn(&mut landed.warnings, Finding::RowCount { rows, before }),
                Severity::Quarantine => {
                    let reason =
                        format!("a complete file with {rows} rows, last time {before}: held back as a whole");
                    return Err(EngineError::invalid("row-count", reason));
                }
            }
        }
        let points = i64::from(table.null_share_points.unwrap_or(NULL_SHARE_POINTS));
        let mut empty_before: BTreeMap<String, i64> = BTreeMap::new();
        for batch in last {
            let counts: BTreeMap<String, i64> = serde_json::from_str(&batch.empty).unwrap_or_default();
            empty_before.extend(counts);
        }
        for (field, empty) in plan.fields.iter().zip(&staged.empty) {
            let Some(old) = empty_before.get(&word(field.field)).filter(|_| before > 0 && rows > 0) else {
                continue;
            };
            let (percent, before_percent) = (empty * 100 / rows, old * 100 / before);
            if percent - before_percent > points && rules.severity(Rule::NullShare) != Severity::Off {
                warn(
                    &mut landed.warnings,
                    Finding::NullShare { field: field.field, percent, before_percent },
                );
            }
        }
        Ok(())
    }

    /// Makes journeys, tallies and observations of what was landed.
    fn finish(&self, run: &RunRow, mut report: PullReport, watch: &dyn Watch) -> Result<PullReport> {
        watch.progress("count", 0, 1);
        let mut intake = self.workspace.intake();
        if run.state == RunState::Landing {
            let built = self.build(&mut intake, run.integration, run.number)?;
            report.journeys = built.journeys;
            for (reason, count) in built.held {
                report.records.quarantined += count;
                *report.reasons.entry(reason).or_default() += count;
            }
            add_warnings(&mut report, &built.warnings);
            let load = intake.load()?;
            for (rule, warning) in &report.warnings {
                let samples = serde_json::to_string(&warning.samples).unwrap_or_default();
                load.put_warning(run.number, &Warning { rule: rule.clone(), count: warning.count, samples })?;
            }
            load.update_run(
                run.number,
                RunState::Landed,
                None,
                &serde_json::to_string(&report).unwrap_or_default(),
            )?;
            load.commit()?;
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
        let changed = self.publication(Some(&name))?.publish_with(&tallies, &moved, Some(&end))?;
        report.weeks_changed = changed
            .into_iter()
            .map(|(kind, week)| ChangedWeek { kpi: kind.word().to_owned(), week })
            .collect();
        let mut intake = self.workspace.intake();
        let load = intake.load()?;
        load.clear_moved()?;
        let text = serde_json::to_string(&report).unwrap_or_default();
        load.update_run(run.number, RunState::Finished, Some(self.workspace.now_ms()), &text)?;
        load.commit()?;
        intake.settle()?;
        Ok(report)
    }

    fn build(&self, intake: &mut Intake, integration: i64, run: i64) -> Result<Built> {
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

    fn publication(&self, run: Option<&'a RunId>) -> Result<PublicationOf<'_>> {
        let mut kinds = kinds_of(self.integration);
        for other in self.workspace.view(|view| view.integrations())? {
            if other.retired.is_none()
                && let Ok(other) = Integration::from_toml(&other.current.toml)
            {
                kinds.extend(kinds_of(&other));
            }
        }
        Ok(PublicationOf { pull: self, run: run.cloned(), kinds })
    }
}

/// A folder for originals that are read again; it goes when the pull is over.
struct Unpacked(std::path::PathBuf);

impl Unpacked {
    fn new(workspace: &Path) -> Result<Self> {
        let folder = workspace.join("reading");
        std::fs::create_dir_all(&folder).map_err(EngineError::file(&folder))?;
        Ok(Self(folder))
    }

    fn unpack(
        &self,
        intake: &Intake,
        original: &plaza_store::intake::Original,
    ) -> Result<std::path::PathBuf> {
        let path = self.0.join(format!("{}-{}", original.number, original.name.replace(['/', '\\'], "_")));
        let mut file = std::fs::File::create(&path).map_err(EngineError::file(&path))?;
        let mut bytes = intake.view().open_original(original.number);
        std::io::copy(&mut bytes, &mut file).map_err(EngineError::file(&path))?;
        Ok(path)
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // What is left is a copy of kept originals; the next pull that needs the folder writes over it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A publication with what it borrows.
struct PublicationOf<'p> {
    pull: &'p Pull<'p>,
    run: Option<RunId>,
    kinds: BTreeSet<KpiKind>,
}

impl PublicationOf<'_> {
    fn publish_with(
        &self,
        tallies: &[plaza_store::intake::TallyRow],
        moved: &[plaza_store::intake::MovedRow],
        end: Option<&RunEnd<'_>>,
    ) -> Result<Vec<(KpiKind, Week)>> {
        Publication {
            workspace: self.pull.workspace,
            run: self.run.as_ref(),
            today: self.pull.today,
            departments: &self.pull.departments,
            kinds: &self.kinds,
        }
        .publish(tallies, moved, end)
    }
}

/// Fewer repeated timestamps than this are taken for chance.
const REPEATS_MIN: i64 = 2;

/// Of so many rows of timestamps to the minute, one at most repeats or continues the row above by chance.
const ROWS_PER_REPEAT: i64 = 5_000;

/// A run whose rows differ from the last run's by more than this warns, per cent.
const ROW_COUNT_PERCENT: u16 = 30;

/// A column whose share of empty cells rises by more than this warns, percentage points.
const NULL_SHARE_POINTS: u16 = 10;

fn word(field: Field) -> String {
    serde_json::to_value(field).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Rows of a group that is known already; nothing where it must be read.
fn unchanged(intake: &Intake, stream: i64, delivery: Delivery, group: &Group) -> Result<Option<i64>> {
    let batches = intake.view().batches(stream)?;
    let mut originals = BTreeSet::new();
    let mut rows = 0;
    for file in &group.files {
        let Some(original) = intake.view().original_by_hash(&file.hash)? else { return Ok(None) };
        originals.insert(original.number);
        rows += original.rows;
    }
    let landed_at = |moment: i64| -> BTreeSet<i64> {
        batches.iter().filter(|batch| batch.moment == moment).map(|batch| batch.original).collect()
    };
    let is_known = match (group.declared, delivery) {
        (Some(day), _) => landed_at(i64::from(day.0) * 86_400).is_superset(&originals),
        // Undated, the latest state counts: what came back after something else is news.
        (None, Delivery::Snapshot) => batches.last().is_some_and(|last| landed_at(last.moment) == originals),
        (None, Delivery::Increment) => {
            originals.iter().all(|original| batches.iter().any(|batch| batch.original == *original))
        }
    };
    Ok(is_known.then_some(rows))
}

fn add_landed(report: &mut PullReport, landed: &Landed) {
    let (sum, more) = (&mut report.records, &landed.counts);
    sum.read += more.read;
    sum.new += more.new;
    sum.changed += more.changed;
    sum.same += more.same;
    sum.quarantined += more.quarantined;
    sum.deleted += more.deleted;
    for (reason, count) in &landed.reasons {
        *report.reasons.entry(reason.clone()).or_default() += count;
    }
    add_warnings(report, &landed.warnings);
}

fn add_warnings(report: &mut PullReport, warnings: &land::Warnings) {
    for (rule, (count, samples)) in warnings {
        let sum = report.warnings.entry((*rule).to_owned()).or_default();
        sum.count += count;
        let room = 5usize.saturating_sub(sum.samples.len());
        sum.samples.extend(samples.iter().take(room).cloned());
    }
}

/// Departments that the mapping names as reasons get their position in the list that facts refer to.
fn name_reasons(
    workspace: &Workspace,
    integration: &Integration,
    departments: &[DepartmentId],
) -> Result<()> {
    let mut named = BTreeSet::new();
    for stream in &integration.streams {
        for field in [Field::ReturnReason, Field::CreditReason, Field::DisputeReason] {
            if let Some(crate::integration::FieldTable::Read(read)) = stream.fields.get(&field) {
                named.extend(read.values.values().map(String::as_str));
            }
        }
    }
    named.retain(|word| departments.iter().any(|one| one.as_str() == *word));
    let mut intake = workspace.intake();
    let known = intake.view().reason_departments()?;
    named.retain(|word| !known.iter().any(|one| one == word));
    if named.is_empty() {
        return Ok(());
    }
    let load = intake.load()?;
    for word in named {
        load.put_reason_department(word)?;
    }
    Ok(load.commit()?)
}
