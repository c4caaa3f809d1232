//! The pull: systems and files → rows → records → journeys → tallies → observations.
//!
//! Each group of files is landed in one change of the intake, journeys and tallies are made in another, and only then
//! does the ledger hear of it, in events whose ids are derived: killed anywhere, [`resume`] goes on from what is
//! there, and nothing is lost or doubled.
//!
//! One file for each stage, in their order: `files` (which are read, in which groups), `prepare` (what the pull works
//! with), `infer` (what only whole columns tell), `run` (the groups one after the other), `stage` (a group in memory),
//! `file_rules`, `group` and `land` (a group against the store), `build` (journeys and tallies), `publish`, `finish`.

mod base;
mod build;
mod define;
mod file_rules;
mod files;
mod finish;
mod group;
mod hold;
mod infer;
mod land;
mod prepare;
mod publish;
mod release;
mod report;
mod reread;
mod resplit;
mod run;
mod saved;
mod schema;
mod stage;

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use plaza_connect::system::Range;

use plaza_connect::system::System;

use crate::answer;
use crate::drill::outage::check_not_cut;
use crate::error::Result;
use crate::integration::Integration;
use crate::tend::hold::Hold;
use crate::tend::settle::settle;
use crate::workspace::Workspace;
use prepare::Pull;

pub use base::base;
pub use build::recount;
pub(crate) use define::outlook;
pub(crate) use file_rules::filled_down;
pub(crate) use files::{Group as FileGroup, SourceFile, file_format, groups as file_groups, hash_file};
pub(crate) use finish::resume_in_turn;
pub use finish::{resume, unfinished};
pub(crate) use hold::{publish_as_it_is, read_anew, touch_all};
pub(crate) use prepare::{home, seats};
pub(crate) use publish::{Change, observation, sums};
pub(crate) use release::{is_releasable, record_word};
pub use release::{release, release_all};
pub use report::{Came, ChangedWeek, Counts, PullReport, WarningCount, Warnings};
pub(crate) use resplit::{is_countable, publish_split};
pub(crate) use saved::{Failure, note_failure, pull_held};
pub use saved::{pull_saved, read_again};

/// Longest silence of a system before a question counts as failed.
const SILENCE: Duration = Duration::from_mins(1);

/// How a pull goes on, for a bar on a screen; and whether it shall stop.
pub trait Watch: Sync {
    /// `done` of `total` are done, files or weeks, or `done` rows of nobody knows how many (`total` is 0); `what` is under
    /// way: `read`, `store`, `count`, `publish`, `settle` (everything is published; the stores tidy up).
    fn progress(&self, what: &str, done: u64, total: u64);
    /// Set by whoever wants it to stop; everything not yet committed is then rolled back.
    fn cancel(&self) -> &AtomicBool;
    /// Longest silence of a system before a question counts as failed: a minute, unless whoever watches has less time.
    fn silence(&self) -> Duration {
        SILENCE
    }
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

/// Pulls an integration; `base` is the folder that its paths start from. First finishes what an earlier pull left.
///
/// # Errors
/// [`EngineError::Cut`](crate::error::EngineError::Cut) while an outage is played;
/// [`EngineError::Busy`](crate::error::EngineError::Busy) while somebody else pulls it;
/// [`EngineError::Question`](crate::error::EngineError::Question) where only a person can say how a column is read;
/// [`EngineError::Invalid`](crate::error::EngineError::Invalid) for a definition that cannot be used; a file that
/// cannot be read. Nothing is changed then, except that groups of files before the faulty one stay landed.
pub fn pull(
    workspace: &Workspace,
    integration: &Integration,
    base: &Path,
    watch: &dyn Watch,
) -> Result<PullReport> {
    check_not_cut(workspace, &integration.id)?;
    let hold = Hold::demand(workspace, &integration.id, &integration.name)?;
    let began_at = begin(workspace, &integration.id)?;
    let pulled = pull_since(workspace, integration, base, began_at, &hold, None, watch);
    // What it leaves for pulls that nobody asks for; that it could not be noted changes nothing of what was pulled.
    let _ = settle(workspace, &integration.id, began_at, &pulled);
    pulled
}

/// Pulls what was entered by hand and written down; `definition` is how it is read.
pub(crate) fn pull_entered(workspace: &Workspace, definition: &Integration) -> Result<PullReport> {
    let _turn = workspace.turn();
    finish::resume_in_turn(workspace)?;
    let pull = Pull::prepare(workspace, definition)?;
    pull.run(workspace.folder(), begin(workspace, &definition.id)?, &Unwatched::default())
}

/// Makes the journeys of an integration again that are due, and publishes what that changes. The next pull of it does
/// the same where that cannot be done now.
pub(crate) fn remake(workspace: &Workspace, id: &str) -> Result<()> {
    let _turn = workspace.turn();
    finish::resume_in_turn(workspace)?;
    match finish::definition(workspace, id)? {
        Some(home) => finish::remake(workspace, &home),
        None => Ok(()),
    }
}

/// When a run that begins now began, milliseconds since 1970 UTC: later than any other of the integration, for what was
/// asked in a run is known by it.
fn begin(workspace: &Workspace, id: &str) -> Result<i64> {
    let reader = workspace.intake_reader()?;
    let Some(known) = reader.view().integration(id)? else { return Ok(workspace.now_ms()) };
    let last = reader.view().runs(Some(known.number), 1)?.first().map_or(i64::MIN, |run| run.started_at);
    Ok(workspace.now_ms().max(last.saturating_add(1)))
}

/// As [`pull`], as a run that began at `began_at`, milliseconds since 1970 UTC.
fn pull_since(
    workspace: &Workspace,
    integration: &Integration,
    base: &Path,
    began_at: i64,
    _hold: &Hold,
    range: Option<Range>,
    watch: &dyn Watch,
) -> Result<PullReport> {
    let has_asked = answer::ask(workspace, integration, base, began_at, range, watch)?;
    let _turn = workspace.turn();
    finish::resume_in_turn(workspace)?;
    let pull = Pull::prepare(workspace, integration)?;
    base::keep(workspace, &integration.id, base)?;
    let report = pull.run(base, began_at, watch)?;
    if has_asked {
        answer::tidy(workspace, &integration.id)?;
    }
    Ok(report)
}

/// Pulls what a stand-in for the integration's system answers, for these streams of it: a drill in a workspace of its own.
///
/// # Errors
/// As [`pull`].
pub(crate) fn pull_from(
    workspace: &Workspace,
    integration: &Integration,
    system: &dyn System,
    streams: &[String],
    watch: &dyn Watch,
) -> Result<PullReport> {
    let _hold = Hold::demand(workspace, &integration.id, &integration.name)?;
    let began_at = workspace.now_ms();
    answer::ask_of(workspace, integration, system, streams, began_at, watch)?;
    let _turn = workspace.turn();
    let report = Pull::prepare(workspace, integration)?.run(workspace.folder(), began_at, watch)?;
    answer::tidy(workspace, &integration.id)?;
    Ok(report)
}
