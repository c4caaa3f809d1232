//! One group of files on its way into the store: the moment it stands for, what it is held against, and the one
//! change of the intake that lands all of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use plaza_domain::record::Known;
use plaza_store::intake::{Batch, Intake, Load, RunState};

use super::build::EVERY_ORDER;
use super::files::{self, Group, SourceFile};
use super::land::Landing;
use super::report::{Landed, PullReport, Warnings};
use super::run::{Planned, Run};
use super::schema::FileSchema;
use super::stage::{self, Staged};
use super::{Pull, file_rules};
use crate::answer::Question;
use crate::error::{EngineError, Result};
use crate::integration::{Delivery, Stream};
use crate::journey::context::moment_of_day;
use crate::staging::{RowReader, RowRules, StreamPlan, field_word};

/// One group on its way into the store.
pub(super) struct Arrival<'a> {
    pub run: &'a Run<'a>,
    pub group: &'a Group,
    pub plan: &'a StreamPlan,
    /// What is known of each file's columns.
    pub schemas: &'a [FileSchema],
    /// Nothing later is known of its stream.
    pub is_newest: bool,
    pub stream: &'a Stream,
    pub stream_number: i64,
    /// What was landed of the stream before.
    pub batches: Vec<Batch>,
    /// Of these, what does not wait at the checkpoint: what is doubtful itself is no measure for others.
    pub published: Vec<Batch>,
    /// The moment that the group stands for, seconds in the workspace's zone.
    pub moment: i64,
    pub rules: RowRules,
}

impl Pull<'_> {
    /// Lands one group, unless the same was landed before.
    pub(super) fn land(
        &self,
        intake: &mut Intake,
        run: &Run<'_>,
        planned: &Planned,
        report: &mut PullReport,
    ) -> Result<()> {
        let Planned { group, plan, schemas, is_newest } = planned;
        let stream = &self.integration.streams[group.stream];
        let stream_number = run.streams[group.stream];
        let batches = intake.view().batches(stream_number)?;
        if let Some(rows) = unchanged_rows(intake, &batches, stream.delivery, group)? {
            report.records.read += rows;
            report.records.same += rows;
            report.unchanged_files.extend(group.files.iter().map(|file| file.name.clone()));
            report.note_came(&stream.name, &group.files, true);
            if group.answer.is_some() {
                let load = intake.load()?;
                self.take_answer(&load, stream, group)?;
                load.commit()?;
            }
            return Ok(());
        }
        if let Some(stop) = schemas.iter().find_map(|schema| schema.stop.clone()) {
            return Err(EngineError::Schema(Box::new(stop)));
        }
        let moment = moment(group, &batches, run.row.started_at);
        let rules = self.rules(group.stream);
        let arrival = Arrival {
            run,
            group,
            plan,
            schemas,
            is_newest: *is_newest,
            stream,
            stream_number,
            published: published(intake, run.row.integration, &batches)?,
            batches,
            moment,
            rules,
        };
        let before = intake.reader()?;
        let load = intake.load()?;
        let mut staged = self.stage(&load, &arrival)?;
        run.tell("store", staged.read().unsigned_abs());
        let mut landed = Landed::default();
        file_rules::check(&self.integration.rules, &arrival, &staged, &mut landed.warnings)?;
        self.check_age(&arrival, &staged, &mut landed.warnings)?;
        arrival.note_batches(&load, &staged, &landed.warnings)?;
        let snapshots = arrival.other_moments();
        Landing {
            load: &load,
            before: &before,
            integration: run.row.integration,
            stream: stream_number,
            run: run.row.number,
            known: arrival.known(),
            snapshots: (stream.delivery == Delivery::Snapshot).then_some(snapshots.as_slice()),
            rows_before: arrival.batches.iter().map(|batch| batch.rows).sum(),
            rules: &arrival.rules,
            touches_all: load.view().touched(run.row.integration)?.first() == Some(&EVERY_ORDER),
        }
        .run(&mut staged, &mut landed)?;
        drop(staged);
        if run.watch.cancel().load(Ordering::Relaxed) {
            // The last moment at which nothing has happened yet.
            return Err(EngineError::Cancelled);
        }
        report.files.extend(group.files.iter().map(|file| file.name.clone()));
        report.note_came(&stream.name, &group.files, false);
        report.add_landed(landed);
        load.update_run(run.row.number, RunState::Landing, None, &report.to_json())?;
        self.take_answer(&load, stream, group)?;
        Ok(load.commit()?)
    }

    /// The next question goes on behind this answer, whose rows are in; not behind one that was asked for a stretch of
    /// time alone.
    fn take_answer(&self, load: &Load<'_>, stream: &Stream, group: &Group) -> Result<()> {
        let Some(answer) = &group.answer else { return Ok(()) };
        let usual = Question::of(self.integration, stream)?;
        if usual.is_some_and(|usual| usual.fingerprint == answer.request) {
            load.move_position(answer, self.workspace.now_ms())?;
        }
        Ok(load.drop_answer(&answer.integration, &answer.stream)?)
    }

    /// Reads the group's files and keeps their originals.
    fn stage(&self, load: &Load<'_>, arrival: &Arrival<'_>) -> Result<Staged> {
        let looked = stage::look(arrival.group, &files::file_format(arrival.stream))?;
        let mut staged = Staged::default();
        for (place, ((source, looked), file)) in looked.iter().zip(&arrival.group.files).enumerate() {
            let schema = arrival.schemas.get(place).cloned().unwrap_or_default();
            let kept = load.view().original_by_hash(&file.hash)?.map(|original| original.number);
            let (zones, rules) = (self.zones.clone(), arrival.rules.clone());
            let reader = |columns: &[String]| {
                let plan = arrival.plan.without(&schema.dropped);
                let plan = plan.find_columns(&arrival.stream.name, &file.name, columns)?;
                let reader =
                    RowReader::new(plan, rules, zones, &self.context.system, self.context.whole_orders);
                Ok(reader.refusing(schema.refused))
            };
            stage::stage_file(load, source, looked, file, kept, reader, &mut staged, arrival.run)?;
        }
        Ok(staged)
    }
}

impl Arrival<'_> {
    /// When rows without a change time were known.
    fn known(&self) -> Known {
        match self.group.declared {
            Some(day) => Known::declared(day),
            None => Known::arrived(self.moment, self.run.row.number.unsigned_abs()),
        }
    }

    /// The moments of the stream's other groups, earliest first.
    fn other_moments(&self) -> Vec<i64> {
        let moments: BTreeSet<i64> =
            self.batches.iter().map(|batch| batch.moment).filter(|at| *at != self.moment).collect();
        moments.into_iter().collect()
    }

    fn note_batches(&self, load: &Load<'_>, staged: &Staged, warnings: &Warnings) -> Result<()> {
        let empty: BTreeMap<String, i64> = self
            .plan
            .fields
            .iter()
            .zip(&staged.empty)
            .map(|(field, empty)| (field_word(field.field), *empty))
            .collect();
        let empty = serde_json::to_string(&empty).unwrap_or_default();
        let warned: Vec<&String> = warnings
            .keys()
            .filter(|word| file_rules::WHOLE_FILE.iter().any(|rule| rule.word() == *word))
            .collect();
        let warned = serde_json::to_string(&warned).unwrap_or_default();
        for (place, ((_, original), rows)) in staged.files.iter().zip(&staged.row_counts).enumerate() {
            let shape = self.schemas.get(place).map_or_else(|| "[]".to_owned(), FileSchema::shape_json);
            load.put_batch(&Batch {
                stream: self.stream_number,
                moment: self.moment,
                original: *original,
                run: self.run.row.number,
                declared: self.group.declared.is_some(),
                rows: *rows,
                empty: empty.clone(),
                shape,
                warned: warned.clone(),
            })?;
        }
        Ok(())
    }
}

/// Of what was landed of a stream, what does not wait at the checkpoint.
fn published(intake: &Intake, integration: i64, batches: &[Batch]) -> Result<Vec<Batch>> {
    let waits = intake.view().held_of(integration)?.is_some_and(|held| held.held_at.is_some());
    let waiting = if waits { intake.view().held_batches(integration)? } else { Vec::new() };
    Ok(batches.iter().filter(|batch| !waiting.contains(batch)).cloned().collect())
}

/// The moment that a group stands for; one that arrives only now is later than everything before it.
fn moment(group: &Group, batches: &[Batch], started_at_ms: i64) -> i64 {
    let now = || batches.iter().map(|batch| batch.moment + 1).fold(started_at_ms.div_euclid(1000), i64::max);
    group.moment().unwrap_or_else(now)
}

/// Rows of a group whose content was landed for the same moment before; nothing where it must be read.
pub(super) fn unchanged_rows(
    intake: &Intake,
    batches: &[Batch],
    delivery: Delivery,
    group: &Group,
) -> Result<Option<i64>> {
    let mut originals = BTreeSet::new();
    let mut rows = 0;
    for SourceFile { hash, .. } in &group.files {
        let Some(original) = intake.view().original_by_hash(hash)? else { return Ok(None) };
        originals.insert(original.number);
        rows += original.rows;
    }
    let landed_at = |moment: i64| -> BTreeSet<i64> {
        batches.iter().filter(|batch| batch.moment == moment).map(|batch| batch.original).collect()
    };
    let is_known = match (group.declared, delivery) {
        (Some(day), _) => landed_at(moment_of_day(day)).is_superset(&originals),
        // Undated, the latest state counts: what came back after something else is news.
        (None, Delivery::Snapshot) => batches.last().is_some_and(|last| landed_at(last.moment) == originals),
        (None, Delivery::Increment) => {
            originals.iter().all(|original| batches.iter().any(|batch| batch.original == *original))
        }
    };
    Ok(is_known.then_some(rows))
}
