//! The entries of a trail that are no questions to a system: what came, what rules decided, how runs ended, and what
//! people decided. They are few beside the questions, and read whole.

use std::collections::{BTreeMap, BTreeSet};

use plaza_domain::event::{BatchDecided, BatchHeld};
use plaza_domain::language::Language;
use plaza_store::intake::{QuarantineFilter, QuarantineState, RunRow, RunState, StreamRow, View};
use plaza_store::view::BatchWord;

use super::{TrailEntry, TrailKind};
use crate::error::Result;
use crate::pull::{Failure, PullReport};
use crate::staging::reason_words;
use crate::workspace::Workspace;

/// Runs that a trail reaches back: ten years of three a day.
const RUNS_MAX: u32 = 10_000;

/// Decisions about batches that a trail reaches back.
const BATCHES_MAX: u32 = 10_000;

/// Released rows of which the decisions are told.
const RELEASES_MAX: u32 = 100_000;

/// Releases within so many milliseconds, by one person for one reason, are one decision.
const ONE_ACT_MS: i64 = 60_000;

/// All of them, in no order; and the names of the runs by when they began, milliseconds since 1970 UTC.
///
/// # Errors
/// What the stores say.
pub(super) fn entries(
    workspace: &Workspace,
    id: &str,
    language: Language,
) -> Result<(Vec<TrailEntry>, BTreeMap<i64, String>)> {
    let reader = workspace.intake_reader()?;
    let view = reader.view();
    let (mut entries, mut runs) = (Vec::new(), BTreeMap::new());
    if let Some(known) = view.integration(id)? {
        for run in view.runs(Some(known.number), RUNS_MAX)? {
            of_run(&run, language, &mut entries);
            runs.insert(run.started_at, run.name);
        }
        releases(workspace, view, known.number, &mut entries)?;
    }
    batches(workspace, id, &mut entries)?;
    Ok((entries, runs))
}

fn of_run(run: &RunRow, language: Language, entries: &mut Vec<TrailEntry>) {
    let report: PullReport = serde_json::from_str(&run.report).unwrap_or_default();
    let ended_at = run.finished_at.unwrap_or(run.started_at);
    let entry = |kind, what: &str, outcome: &str| TrailEntry {
        run: Some(run.name.clone()),
        ..TrailEntry::new(ended_at, kind, what, outcome)
    };
    for came in &report.came {
        let outcome = if came.unchanged { "unchanged" } else { "landed" };
        entries.push(TrailEntry {
            stream: came.stream.clone(),
            bytes: Some(came.bytes),
            hash: Some(came.hash.clone()),
            ..entry(TrailKind::Came, &came.file, outcome)
        });
    }
    for file in &report.rejected_files {
        entries.push(entry(TrailKind::Came, file, "left_out"));
    }
    for (rule, rows) in &report.reasons {
        entries.push(TrailEntry {
            rows: Some(rows.unsigned_abs()),
            ..entry(TrailKind::Rule, &reason_words(rule, language), "quarantined")
        });
    }
    for (rule, found) in report.warnings.iter() {
        entries.push(TrailEntry {
            rows: Some(found.count.unsigned_abs()),
            ..entry(TrailKind::Rule, &reason_words(rule, language), "warned")
        });
    }
    let failure = Failure::of(&run.report);
    let outcome = match (run.state, &failure) {
        (RunState::Finished, _) => "finished",
        (RunState::Landing | RunState::Landed, _) => "unfinished",
        (RunState::Refused, Some(failure)) if failure.cancelled => "cancelled",
        (RunState::Refused, _) => "failed",
    };
    entries.push(TrailEntry {
        rows: Some(report.records.read.unsigned_abs()),
        is_fault: outcome == "failed",
        words: failure.filter(|failure| !failure.cancelled).map(|failure| failure.told(language)),
        seconds: run.finished_at.map(|ended| (ended - run.started_at).max(0) as f64 / 1000.0),
        ..entry(TrailKind::Run, &run.name, outcome)
    });
}

fn batches(workspace: &Workspace, id: &str, entries: &mut Vec<TrailEntry>) -> Result<()> {
    for said in workspace.view(|view| view.batch_acts(&id.into(), BATCHES_MAX))? {
        let (run, outcome, words, by_person) = match &said.word {
            BatchWord::Held(BatchHeld { run, .. }) => (run, "held".to_owned(), None, false),
            BatchWord::Decided(BatchDecided { run, decision, reason, .. }) => {
                let is_person = !matches!(decision.as_str(), "lapsed" | "mended");
                (run, decision.clone(), Some(reason.clone()), is_person)
            }
        };
        let who = match &said.act.person {
            Some(person) if by_person => workspace.view(|view| view.person(person))?.map(|one| one.name),
            _ => None,
        };
        entries.push(TrailEntry {
            run: Some(run.to_string()),
            who,
            words: words.filter(|words| !words.is_empty()),
            ..TrailEntry::new(said.act.at.wall_ms, TrailKind::Decided, run.as_str(), &outcome)
        });
    }
    Ok(())
}

/// Who let rows out of quarantine: the ledger knows who and why, the intake which rows are of this integration.
fn releases(
    workspace: &Workspace,
    view: View<'_>,
    integration: i64,
    entries: &mut Vec<TrailEntry>,
) -> Result<()> {
    let streams: BTreeMap<i64, StreamRow> =
        view.streams()?.into_iter().map(|stream| (stream.number, stream)).collect();
    let filter = QuarantineFilter {
        integration: Some(integration),
        state: Some(QuarantineState::Released),
        after: 0,
        limit: RELEASES_MAX,
    };
    let mine: BTreeSet<String> = view
        .quarantine(filter)?
        .iter()
        .filter_map(|row| Some(crate::pull::record_word(&streams.get(&row.stream)?.name, row)))
        .collect();
    if mine.is_empty() {
        return Ok(());
    }
    let mut acts = workspace.view(|view| view.releases())?;
    acts.retain(|release| mine.contains(&release.record));
    acts.sort_by_key(|release| release.act.at);
    let mut open: Vec<(TrailEntry, u64)> = Vec::new();
    for release in acts {
        let at = release.act.at.wall_ms;
        let who = match &release.act.person {
            Some(person) => workspace.view(|view| view.person(person))?.map(|one| one.name),
            None => None,
        };
        let same = open.iter_mut().find(|(entry, _)| {
            at - entry.at_ms < ONE_ACT_MS && entry.who == who && entry.words.as_ref() == Some(&release.reason)
        });
        match same {
            Some((_, rows)) => *rows += 1,
            None => open.push((
                TrailEntry {
                    who,
                    words: Some(release.reason),
                    ..TrailEntry::new(at, TrailKind::Decided, "", "quarantine_released")
                },
                1,
            )),
        }
    }
    entries.extend(open.into_iter().map(|(entry, rows)| TrailEntry { rows: Some(rows), ..entry }));
    Ok(())
}
