//! Reads runs: what each pull did, or why it did not.

use plaza_domain::event::RunFinished;
use plaza_domain::language::Language;
use plaza_store::intake::{RunRow, RunState, View};

use super::integration::{ReasonCount, RunView};
use super::series::{count, moment};
use crate::error::Result;
use crate::pull::{Failure, PullReport, WarningCount};
use crate::staging::{reason_words, words};
use crate::workspace::Workspace;

/// Runs that a page shows: a year of weekly pulls twice over.
pub(super) const RUNS_MAX: u32 = 100;

impl RunView {
    /// The newest runs of an integration, newest first.
    ///
    /// # Errors
    /// What the stores say.
    pub fn list(workspace: &Workspace, id: &str, language: Language) -> Result<Vec<Self>> {
        let reader = workspace.intake_reader()?;
        let is_pulling = workspace.is_pulling();
        let mut runs: Vec<Self> = Vec::new();
        for (nth, row) in rows(reader.view(), id, RUNS_MAX)?.into_iter().enumerate() {
            runs.push(Self::of(&row, id, is_pulling && nth == 0, language));
        }
        // Runs of other devices are known by their end alone.
        let ended = workspace.view(|view| view.runs(Some(&id.into()), RUNS_MAX))?;
        for run in ended {
            if !runs.iter().any(|known| known.id == run.run.as_str()) {
                runs.push(Self::of_ended(&run, language));
            }
        }
        runs.sort_by(|a, b| b.started.cmp(&a.started));
        runs.truncate(RUNS_MAX as usize);
        Ok(runs)
    }

    /// A run of this device. `is_live`: a pull is under way and this is the newest run.
    pub(super) fn of(row: &RunRow, id: &str, is_live: bool, language: Language) -> Self {
        let report: PullReport = serde_json::from_str(&row.report).unwrap_or_default();
        let failure = Failure::of(&row.report);
        let records = &report.records;
        let state = match (row.state, &failure) {
            (RunState::Finished, _) => "finished",
            (RunState::Landing | RunState::Landed, _) if is_live => "running",
            (RunState::Landing | RunState::Landed, _) => "interrupted",
            (RunState::Refused, Some(failure)) if failure.cancelled => "cancelled",
            (RunState::Refused, _) => "failed",
        };
        Self {
            id: row.name.clone(),
            integration: id.to_owned(),
            started: moment(row.started_at),
            finished: row.finished_at.map(moment),
            state: state.to_owned(),
            files: report.files.iter().chain(&report.unchanged_files).cloned().collect(),
            read: count(records.read),
            new: count(records.new),
            changed: count(records.changed),
            same: count(records.same),
            quarantined: count(records.quarantined),
            deleted: count(records.deleted),
            reasons: reasons(report.reasons.iter(), language),
            warnings: report.warnings.iter().map(|(rule, found)| warning(rule, found, language)).collect(),
            weeks_changed: count(report.weeks_changed.len() as i64),
            error: failure.filter(|failure| !failure.cancelled).map(|failure| failure.told(language)),
        }
    }

    fn of_ended(run: &RunFinished, language: Language) -> Self {
        let counted = |word: &str| count(run.counts.get(word).copied().unwrap_or_default());
        Self {
            id: run.run.to_string(),
            integration: run.integration.to_string(),
            started: moment(run.began_at),
            finished: Some(moment(run.ended_at)),
            state: "finished".to_owned(),
            files: Vec::new(),
            read: counted("read"),
            new: counted("new"),
            changed: counted("changed"),
            same: counted("same"),
            quarantined: counted("quarantined"),
            deleted: counted("deleted"),
            reasons: reasons(run.reasons.iter(), language),
            warnings: Vec::new(),
            weeks_changed: count(run.weeks.len() as i64),
            error: None,
        }
    }
}

/// The newest runs of an integration on this device.
pub(super) fn rows(view: View<'_>, id: &str, limit: u32) -> Result<Vec<RunRow>> {
    match view.integration(id)? {
        Some(known) => Ok(view.runs(Some(known.number), limit)?),
        None => Ok(Vec::new()),
    }
}

/// Rows by reason, the most frequent first.
pub(crate) fn reasons<'r>(
    counts: impl Iterator<Item = (&'r String, &'r i64)>,
    language: Language,
) -> Vec<ReasonCount> {
    let one = |(rule, rows): (&String, &i64)| ReasonCount {
        rule: rule.clone(),
        words: reason_words(rule, language),
        rows: count(*rows),
    };
    let mut reasons: Vec<ReasonCount> = counts.map(one).collect();
    reasons.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.rule.cmp(&b.rule)));
    reasons
}

/// A warning: its sentence where there is one, else how often and an example.
pub(crate) fn warning(rule: &str, found: &WarningCount, language: Language) -> String {
    let name = reason_words(rule, language);
    let number = language.number(found.count as f64, 0);
    match (found.count, found.samples.first()) {
        (1, Some(only)) => words(only, language),
        (_, Some(first)) => {
            let example = match language {
                Language::En => "for example",
                Language::De => "zum Beispiel",
                Language::Es => "por ejemplo",
            };
            format!("{name}: {number}; {example}: {}", words(first, language))
        }
        (_, None) => format!("{name}: {number}"),
    }
}
