//! What an open workspace does without being asked: it finishes what an earlier pull left, and looks into its watched
//! folders.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

use plaza_engine::page::Tag;
use plaza_engine::page::job::JobView;
use plaza_engine::pull;
use plaza_engine::watch::{FolderWatch, LOOK_SECONDS};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;

use crate::ApiError;
use crate::job::{Jobs, Kind, Work};

/// Pages that a pull makes stale.
pub(crate) const PULLED: [Tag; 3] = [Tag::Run, Tag::Observation, Tag::Integration];

/// The schedule of one open workspace; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Background {
    _open: Sender<()>,
}

impl Background {
    /// Begins the schedule of a workspace.
    pub(crate) fn begin(workspace: &Arc<Workspace>, jobs: &Jobs) -> Self {
        let (open, closed) = channel();
        let (workspace, jobs) = (Arc::downgrade(workspace), jobs.clone());
        let thread = std::thread::Builder::new().name("background".into());
        // Without this thread nothing is lost: the next pull finishes what is left, and a person can pull.
        drop(thread.spawn(move || run(&workspace, &jobs, &closed)));
        Self { _open: open }
    }
}

fn run(workspace: &Weak<Workspace>, jobs: &Jobs, closed: &Receiver<()>) {
    if let Some(workspace) = workspace.upgrade() {
        // What cannot be finished now is tried again by every pull, which then says why.
        let _ = resume(&workspace, jobs);
    }
    let mut folders = FolderWatch::default();
    while let Some(workspace) = workspace.upgrade() {
        let looked = AssertUnwindSafe(|| look(&mut folders, &workspace, jobs));
        if panic::catch_unwind(looked).is_err() {
            // A fault of Plaza's own must not end the looking: what was seen so far is looked at anew.
            folders = FolderWatch::default();
        }
        drop(workspace);
        match closed.recv_timeout(Duration::from_secs(LOOK_SECONDS)) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Finishes what an interrupted pull left, where it left something.
fn resume(workspace: &Arc<Workspace>, jobs: &Jobs) -> Result<(), ApiError> {
    let Some(integration) = pull::unfinished(workspace)? else { return Ok(()) };
    let open = Arc::clone(workspace);
    let work = pull_work(workspace.folder(), &integration);
    jobs.start(work, move |watch| {
        watch.step("counting");
        Ok(pull::resume(&open)?)
    })?;
    Ok(())
}

/// Pulls what is new in the watched folders. What goes wrong is noted among the integration's runs, once.
fn look(folders: &mut FolderWatch, workspace: &Arc<Workspace>, jobs: &Jobs) {
    // A store that cannot be read now is looked at again; whoever opens a page of it is told.
    let Ok(news) = folders.look(workspace) else { return };
    if !news.lost.is_empty() {
        jobs.changed(&[Tag::Run, Tag::Integration]);
    }
    // Nobody in particular reads it: it is told in the language of the workspace.
    let language = workspace.settings().map(|settings| settings.language).unwrap_or_default();
    for integration in news.ready {
        // More work than can wait at once: the next look or a person begins it.
        let _ = begin_pull(workspace, jobs, &integration, language);
    }
}

/// Begins to pull an integration, after whatever else is being pulled in its workspace. What it asks is asked in
/// `language`.
///
/// # Errors
/// Too much is under way.
pub(crate) fn begin_pull(
    workspace: &Arc<Workspace>,
    jobs: &Jobs,
    integration: &str,
    language: Language,
) -> Result<JobView, ApiError> {
    let (open, id) = (Arc::clone(workspace), integration.to_owned());
    jobs.start(pull_work(workspace.folder(), integration), move |watch| {
        let report = pull::pull_saved(&open, &id, watch).map_err(|error| ApiError::told(error, language))?;
        watch.run(&report.run);
        Ok(report)
    })
}

fn pull_work(folder: &Path, integration: &str) -> Work {
    Work::new(Kind::Pull).about(integration).in_turn(folder).changes(PULLED)
}
