//! What an open workspace does without being asked: it finishes what an earlier pull left, and looks into its watched
//! folders.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

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
    wake: Sender<()>,
}

impl Background {
    /// Begins the schedule of a workspace.
    pub(crate) fn begin(workspace: &Arc<Workspace>, jobs: &Jobs) -> Self {
        let (wake, woken) = channel();
        let (workspace, jobs) = (Arc::downgrade(workspace), jobs.clone());
        let thread = std::thread::Builder::new().name("background".into());
        // Without this thread nothing is lost: the next pull finishes what is left, and a person can pull.
        drop(thread.spawn(move || run(&workspace, &jobs, &woken)));
        Self { wake }
    }

    /// An integration was saved: there may be a folder to watch now.
    pub(crate) fn wake(&self) {
        // Where the thread could not be had, nobody hears it.
        let _ = self.wake.send(());
    }
}

fn run(workspace: &Weak<Workspace>, jobs: &Jobs, woken: &Receiver<()>) {
    if let Some(workspace) = workspace.upgrade() {
        // What cannot be finished now is tried again by every pull, which then says why.
        let _ = resume(&workspace, jobs);
    }
    let mut folders = FolderWatch::default();
    while let Some(workspace) = workspace.upgrade() {
        let looked = AssertUnwindSafe(|| look(&mut folders, &workspace, jobs));
        let again = panic::catch_unwind(looked).unwrap_or_else(|_| {
            // A fault of Plaza's own must not end the looking: what was seen so far is looked at anew.
            folders = FolderWatch::default();
            true
        });
        drop(workspace);
        if !wait(woken, again.then_some(Duration::from_secs(LOOK_SECONDS))) {
            return;
        }
    }
}

/// Waits until it is time for the next look, without one for as long as nobody wakes it: an idle window sleeps. False
/// when the workspace was closed.
fn wait(woken: &Receiver<()>, rest: Option<Duration>) -> bool {
    let Some(rest) = rest else { return woken.recv().is_ok() };
    let next = Instant::now() + rest;
    loop {
        match woken.recv_timeout(next.saturating_duration_since(Instant::now())) {
            // Not hurried: two looks close together would take a file that is being written for a whole one.
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
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

/// Pulls what is new in the watched folders. What goes wrong is noted among the integration's runs, once. Says whether
/// to look again after a while.
fn look(folders: &mut FolderWatch, workspace: &Arc<Workspace>, jobs: &Jobs) -> bool {
    // A store that cannot be read now is looked at again; whoever opens a page of it is told.
    let Ok(news) = folders.look(workspace) else { return true };
    if !news.lost.is_empty() {
        jobs.changed(&[Tag::Run, Tag::Integration]);
    }
    // Nobody in particular reads it: it is told in the language of the workspace.
    let language = workspace.settings().map(|settings| settings.language).unwrap_or_default();
    for integration in news.ready {
        // More work than can wait at once: the next look or a person begins it.
        let _ = begin_pull(workspace, jobs, &integration, language);
    }
    folders.is_needed()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Far longer than anything here takes.
    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn without_a_folder_only_a_word_ends_the_rest() {
        let (wake, woken) = channel();
        let (done, ended) = channel();
        std::thread::spawn(move || while wait(&woken, None) && done.send(()).is_ok() {});
        assert_eq!(ended.recv_timeout(Duration::from_millis(200)), Err(RecvTimeoutError::Timeout));
        wake.send(()).expect("it waits");
        assert_eq!(ended.recv_timeout(LONG), Ok(()));
        drop(wake);
        assert_eq!(ended.recv_timeout(LONG), Err(RecvTimeoutError::Disconnected));
    }

    #[test]
    fn with_a_folder_time_ends_the_rest_and_a_word_does_not_hurry_it() {
        let (wake, woken) = channel();
        wake.send(()).expect("somebody holds the other end");
        let (rest, start) = (Duration::from_millis(80), Instant::now());
        assert!(wait(&woken, Some(rest)));
        assert!(start.elapsed() >= rest, "{:?}", start.elapsed());
        drop(wake);
        assert!(!wait(&woken, Some(LONG)), "a closed workspace is not waited for");
    }
}
