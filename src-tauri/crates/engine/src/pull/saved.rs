//! The pull of an integration that the workspace knows, and what is left when it does not work.

use plaza_connect::system::Range;
use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_store::intake::{Intake, RunRow, RunState};
use serde::{Deserialize, Serialize};

use super::{PullReport, Watch, base, begin, pull_since, resume};
use crate::drill::outage::check_not_cut;
use crate::error::{EngineError, Question, Result, SchemaStop};
use crate::integration::Integration;
use crate::tend::hold::Hold;
use crate::tend::settle::settle;
use crate::workspace::Workspace;

/// Why a run ended early; kept in its report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Failure {
    /// In words.
    pub words: String,
    /// A person stopped it.
    #[serde(default)]
    pub cancelled: bool,
    /// What only a person can answer, where that is why: told in the reader's language instead of `words`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// Which columns changed, where that is why: likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<SchemaStop>,
}

/// The key of the failure in a run's report.
const FAILURE: &str = "failure";

impl Failure {
    /// The failure in a run's report, where there is one.
    pub(crate) fn of(report: &str) -> Option<Self> {
        let mut report: serde_json::Value = serde_json::from_str(report).ok()?;
        serde_json::from_value(report.get_mut(FAILURE)?.take()).ok()
    }

    fn because_of(error: &EngineError) -> Self {
        let question = match error {
            EngineError::Question(question) => Some(question.as_ref().clone()),
            _ => None,
        };
        let schema = match error {
            EngineError::Schema(stop) => Some(stop.as_ref().clone()),
            _ => None,
        };
        // Without what only the writer of a TOML file can use: an older Plaza reads these words.
        let words =
            question.as_ref().map_or_else(|| error.to_string(), |question| question.words(Language::En));
        Self { words, cancelled: matches!(error, EngineError::Cancelled), question, schema }
    }

    /// Why, in the reader's language where that is known.
    pub(crate) fn told(self, language: Language) -> String {
        match (self.question, self.schema) {
            (Some(question), _) => question.words(language),
            (None, Some(stop)) => stop.words(language),
            (None, None) => self.words,
        }
    }

    /// The report with this failure in it.
    fn within(&self, report: &str) -> String {
        let mut report: serde_json::Value = serde_json::from_str(report).unwrap_or_default();
        if let Ok(failure) = serde_json::to_value(self) {
            match report.as_object_mut() {
                Some(report) => drop(report.insert(FAILURE.to_owned(), failure)),
                None => report = serde_json::json!({ FAILURE: failure }),
            }
        }
        report.to_string()
    }
}

/// Pulls an integration by the definition that the workspace keeps, from where this device pulled it before. Pulling a
/// retired one brings it back.
///
/// A pull that does not work leaves a run that says why; groups of files that were landed before are counted.
///
/// # Errors
/// There is no such integration; as [`pull`](super::pull).
pub fn pull_saved(workspace: &Workspace, id: &str, watch: &dyn Watch) -> Result<PullReport> {
    check_not_cut(workspace, id)?;
    let hold = Hold::demand(workspace, id, &workspace.integration_name(id)?)?;
    pull_held(workspace, id, &hold, watch)
}

/// Reads what changed from one day to another (both included) once more, whatever was read before, and then pulls as
/// usual. Streams that cannot tell when a row changed are read whole by every pull and are left out of the first part.
///
/// # Errors
/// [`EngineError::Invalid`] where the days are the wrong way round, its rows are in files, or no stream can tell; as
/// [`pull_saved`]. What the first part landed stays.
pub fn read_again(
    workspace: &Workspace,
    id: &str,
    (from, to): (Day, Day),
    watch: &dyn Watch,
) -> Result<PullReport> {
    if from > to {
        return Err(EngineError::invalid("to", "the last day is before the first"));
    }
    let hold = Hold::demand(workspace, id, &workspace.integration_name(id)?)?;
    let integration = workspace.saved_definition(id)?;
    if integration.connection.is_none() {
        return Err(EngineError::invalid(
            "range",
            "its rows are in files; put those of the range there again",
        ));
    }
    let zone = workspace.settings()?.time_zone;
    let moment = |day: Day| chrono::DateTime::from_timestamp_millis(zone.start_of(day));
    let (Some(from), Some(to)) = (moment(from), moment(Day(to.0 + 1))) else {
        return Err(EngineError::invalid("to", "no calendar reaches so far"));
    };
    let began_at = begin(workspace, id)?;
    let place = base(workspace, id)?;
    let range = Some(Range { from, to });
    if let Err(error) = pull_since(workspace, &integration, &place, began_at, &hold, range, watch) {
        // As with a pull: why it failed is what the person must hear.
        let _ = note_failure(workspace, id, began_at, &error);
        return Err(error);
    }
    pull_held(workspace, id, &hold, watch)
}

/// As [`pull_saved`], by whoever holds the integration.
pub(crate) fn pull_held(
    workspace: &Workspace,
    id: &str,
    hold: &Hold,
    watch: &dyn Watch,
) -> Result<PullReport> {
    let toml = workspace.saved_integration(id)?.current.toml;
    let began_at = begin(workspace, id)?;
    let pulled = Integration::from_toml(&toml).map_err(EngineError::from).and_then(|integration| {
        pull_since(workspace, &integration, &base(workspace, id)?, began_at, hold, None, watch)
    });
    if let Err(error) = &pulled {
        // Why it failed is what the person must hear; that it could not be noted as well would only hide it.
        let _ = note_failure(workspace, id, began_at, error);
        if !matches!(error, EngineError::Cancelled) {
            // Likewise: what was landed is counted now, or by the next pull.
            let _ = resume(workspace);
        }
    }
    // Likewise: a queued pull that stays as it was is taken up again.
    let _ = settle(workspace, id, began_at, &pulled);
    pulled
}

/// Keeps why an attempt since `began_at` (milliseconds since 1970 UTC) did not work, as a run of the integration.
///
/// # Errors
/// What the intake says.
pub(crate) fn note_failure(
    workspace: &Workspace,
    id: &str,
    began_at: i64,
    error: &EngineError,
) -> Result<()> {
    let failure = Failure::because_of(error);
    let today = workspace.today()?.0;
    let ended_at = workspace.now_ms();
    let mut intake = workspace.intake();
    let opened = opened_since(&intake, id, began_at)?;
    if failure.cancelled && opened.is_none() {
        // Stopped before anything was read: nothing happened that anybody would look for.
        return Ok(());
    }
    let load = intake.load()?;
    let (number, report) = if let Some(run) = opened {
        (run.number, run.report)
    } else {
        let integration = match load.view().integration(id)? {
            Some(known) => known.number,
            // Without a fingerprint everything counts as read by another mapping: nothing was read yet.
            None => load.integration_number(id, &[])?,
        };
        let last = load.view().runs(None, 1)?.first().map_or(0, |run| run.number);
        let seed = format!("{id} {} {began_at} refused", last + 1);
        let name = format!("run-{}-{}", last + 1, &blake3::hash(seed.as_bytes()).to_hex()[..8]);
        let report = PullReport { run: name.clone(), ..PullReport::default() };
        let number = load.put_run(&name, integration, began_at, today)?;
        (number, serde_json::to_string(&report).unwrap_or_default())
    };
    load.update_run(number, RunState::Refused, Some(ended_at), &failure.within(&report))?;
    Ok(load.commit()?)
}

/// The run that the attempt opened and gave up, where it came that far.
fn opened_since(intake: &Intake, id: &str, began_at: i64) -> Result<Option<RunRow>> {
    let Some(known) = intake.view().integration(id)? else { return Ok(None) };
    let newest = intake.view().runs(Some(known.number), 1)?.into_iter().next();
    Ok(newest.filter(|run| {
        run.state == RunState::Refused && run.finished_at.is_none() && run.started_at >= began_at
    }))
}
