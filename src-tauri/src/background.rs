//! What an open workspace does without being asked: it finishes what an earlier pull left, looks into its watched
//! folders, and pulls what is due.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use plaza_engine::Day;
use plaza_engine::page::Tag;
use plaza_engine::page::job::JobView;
use plaza_engine::pull;
use plaza_engine::tend::{self, AT_ONCE_MAX, Tending};
use plaza_engine::watch::{FolderWatch, LOOK_SECONDS};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;

use crate::ApiError;
use crate::job::{Jobs, Kind, Work};

/// Pages that a pull makes stale.
pub(crate) const PULLED: [Tag; 3] = [Tag::Run, Tag::Observation, Tag::Integration];

/// How long a store that could not be read is left alone.
const FAILED_REST: Duration = Duration::from_mins(1);

/// What an open workspace does by itself; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Background {
    wake: Arc<Sender<()>>,
}

impl Background {
    /// Begins to look after a workspace.
    pub(crate) fn begin(workspace: &Arc<Workspace>, jobs: &Jobs) -> Self {
        let (wake, woken) = channel();
        let wake = Arc::new(wake);
        let keeper = Keeper {
            workspace: Arc::downgrade(workspace),
            jobs: jobs.clone(),
            wake: Arc::downgrade(&wake),
            folders: FolderWatch::default(),
            next_folders: Some(Instant::now()),
            tending: Tending::default(),
        };
        let thread = std::thread::Builder::new().name("background".into());
        // Without this thread nothing is lost: the next pull finishes what is left, and a person can pull.
        drop(thread.spawn(move || keeper.run(&woken)));
        Self { wake }
    }

    /// An integration was saved, scheduled, or given a secret: there may be a folder to watch or a pull that is due.
    pub(crate) fn wake(&self) {
        // Where the thread could not be had, nobody hears it.
        let _ = self.wake.send(());
    }
}

/// Looks after an open workspace.
struct Keeper {
    workspace: Weak<Workspace>,
    jobs: Jobs,
    /// Wakes this thread itself; it holds no end of its own, or nobody could close it.
    wake: Weak<Sender<()>>,
    folders: FolderWatch,
    /// When the watched folders are looked into next; none while there is none to watch.
    next_folders: Option<Instant>,
    tending: Tending,
}

impl Keeper {
    fn run(mut self, woken: &Receiver<()>) {
        if let Some(workspace) = self.workspace.upgrade() {
            // What cannot be finished now is tried again by every pull, which then says why.
            let _ = resume(&workspace, &self.jobs);
            // What a killed rush left takes room and nothing else.
            let _ = plaza_engine::drill::rush::sweep(&workspace);
        }
        while let Some(workspace) = self.workspace.upgrade() {
            let looked = panic::catch_unwind(AssertUnwindSafe(|| {
                self.look_into_folders(&workspace);
                self.tend(&workspace)
            }));
            let rest = looked.unwrap_or_else(|_| {
                // A fault of Plaza's own must not end the looking: what was seen so far is looked at anew.
                self.folders = FolderWatch::default();
                self.tending = Tending::default();
                Some(FAILED_REST)
            });
            drop(workspace);
            let to_folders = self.next_folders.map(|next| next.saturating_duration_since(Instant::now()));
            match wait(woken, rest.into_iter().chain(to_folders).min()) {
                Woken::Closed => return,
                Woken::Word if self.next_folders.is_none() => self.next_folders = Some(Instant::now()),
                // Folders are not hurried: two looks close together would take a file that is being written for a whole
                // one.
                Woken::Word | Woken::Time => {}
            }
        }
    }

    /// Pulls what is new in the watched folders, when it is time to look. What goes wrong is noted among the
    /// integration's runs, once.
    fn look_into_folders(&mut self, workspace: &Arc<Workspace>) {
        let now = Instant::now();
        if self.next_folders.is_none_or(|next| next > now) {
            return;
        }
        let again = Some(now + Duration::from_secs(LOOK_SECONDS));
        // A store that cannot be read now is looked at again; whoever opens a page of it is told.
        self.next_folders = again;
        let Ok(news) = self.folders.look(workspace) else { return };
        if !news.lost.is_empty() {
            self.jobs.changed(&[Tag::Run, Tag::Integration]);
        }
        for integration in news.ready {
            // More work than can wait at once: the next look or a person begins it.
            let _ = begin_pull(workspace, &self.jobs, &integration, language_of(workspace));
        }
        self.next_folders = again.filter(|_| self.folders.is_needed());
    }

    /// Begins the pulls that are due. How long to rest until the next one is; none where none will be.
    fn tend(&mut self, workspace: &Arc<Workspace>) -> Option<Duration> {
        let Ok(look) = self.tending.look(workspace) else { return Some(FAILED_REST) };
        if look.aged {
            self.jobs.changed(&[Tag::Integration]);
        }
        let is_begun = |id: &&String| self.jobs.is_live(Kind::Pull, id, &turn(workspace.folder(), id));
        let room = AT_ONCE_MAX.saturating_sub(self.jobs.live(Kind::Pull));
        for id in look.due.iter().filter(|id| !is_begun(id)).take(room) {
            // Where too much is under way it stays queued, and is begun when something has ended.
            let _ = self.begin_due(workspace, id);
        }
        tend::rest(workspace, &look)
    }

    /// Begins a queued pull.
    fn begin_due(&self, workspace: &Arc<Workspace>, integration: &str) -> Result<JobView, ApiError> {
        let (open, id, language) = (Arc::clone(workspace), integration.to_owned(), language_of(workspace));
        let wake = self.wake.upgrade().map(|wake| Sender::clone(&wake));
        self.jobs.start(pull_work(workspace.folder(), integration).waking(wake), move |watch| {
            let ran = tend::run(&open, &id, watch).map_err(|error| ApiError::told(error, language))?;
            if let Some(report) = &ran {
                watch.run(&report.run);
            }
            Ok(ran)
        })
    }
}

/// Nobody in particular reads what is done without being asked: it is told in the language of the workspace.
fn language_of(workspace: &Workspace) -> Language {
    workspace.settings().map(|settings| settings.language).unwrap_or_default()
}

/// Why a rest ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Woken {
    /// Somebody said something.
    Word,
    /// It is time.
    Time,
    /// The workspace was closed.
    Closed,
}

/// Rests for so long; without a time for as long as nobody says anything: an idle window sleeps.
fn wait(woken: &Receiver<()>, rest: Option<Duration>) -> Woken {
    let heard = match rest {
        Some(rest) => woken.recv_timeout(rest),
        None => woken.recv().map_err(|_| RecvTimeoutError::Disconnected),
    };
    match heard {
        Ok(()) => Woken::Word,
        Err(RecvTimeoutError::Timeout) => Woken::Time,
        Err(RecvTimeoutError::Disconnected) => Woken::Closed,
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

/// Begins to pull an integration, after an earlier pull of it. What it asks is asked in `language`.
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

/// Begins to read what changed from one day to another once more, and to pull then.
pub(crate) fn begin_read_again(
    workspace: &Arc<Workspace>,
    jobs: &Jobs,
    integration: &str,
    days: (Day, Day),
    language: Language,
) -> Result<JobView, ApiError> {
    let (open, id) = (Arc::clone(workspace), integration.to_owned());
    jobs.start(pull_work(workspace.folder(), integration), move |watch| {
        let read = pull::read_again(&open, &id, days, watch);
        let report = read.map_err(|error| ApiError::told(error, language))?;
        watch.run(&report.run);
        Ok(report)
    })
}

/// Pulls of one integration go one after the other. Those of others go beside it, so that a slow system delays none of
/// them; where they write, the engine has them take turns.
fn pull_work(folder: &Path, integration: &str) -> Work {
    Work::new(Kind::Pull).about(integration).in_turn(&turn(folder, integration)).changes(PULLED)
}

fn turn(folder: &Path, integration: &str) -> PathBuf {
    folder.join(integration)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Far longer than anything here takes.
    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn without_a_time_only_a_word_ends_the_rest() {
        let (wake, woken) = channel();
        let (done, ended) = channel();
        std::thread::spawn(move || while wait(&woken, None) == Woken::Word && done.send(()).is_ok() {});
        assert_eq!(ended.recv_timeout(Duration::from_millis(200)), Err(RecvTimeoutError::Timeout));
        wake.send(()).expect("it waits");
        assert_eq!(ended.recv_timeout(LONG), Ok(()));
        drop(wake);
        assert_eq!(ended.recv_timeout(LONG), Err(RecvTimeoutError::Disconnected));
    }

    #[test]
    fn time_a_word_and_a_closed_workspace_end_a_rest() {
        let (wake, woken) = channel();
        let (rest, start) = (Duration::from_millis(80), Instant::now());
        assert_eq!(wait(&woken, Some(rest)), Woken::Time);
        assert!(start.elapsed() >= rest, "{:?}", start.elapsed());
        wake.send(()).expect("somebody holds the other end");
        assert_eq!(wait(&woken, Some(LONG)), Woken::Word);
        drop(wake);
        assert_eq!(wait(&woken, Some(LONG)), Woken::Closed);
    }
}
