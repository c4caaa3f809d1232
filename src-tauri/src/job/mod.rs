//! Long work: it runs on a thread of its own, says how far it is, can be cancelled, and goes on when its page is left.
//!
//! A command describes a [`Work`] and hands over a closure; [`Jobs::start`] answers with the job's view at once:
//!
//! ```ignore
//! let job = session.jobs().start(
//!     Work::new(Kind::Pull).about(id).in_turn(workspace.folder()).changes([Tag::Run, Tag::Observation]),
//!     move |watch| Ok(pull(&workspace, &integration, &base, watch)?),
//! )?;
//! Ok(Changed { data: job, invalidates: Vec::new() })
//! ```
//!
//! The closure passes `watch` to the engine as its `plaza_engine::pull::Watch`. What it answers is kept for
//! [`Jobs::result`] until the job is forgotten; an error, a panic and a cancel end the job and nothing else. The page
//! hears [`News`]: every movement of a job, and when it ended (however it ended) the tags that it may have changed.

mod watch;

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use plaza_engine::page::Tag;
use plaza_engine::page::job::{JobQuestion, JobView};
use tauri::{AppHandle, Emitter, Runtime};

use crate::ApiError;
use crate::commands::internal;

pub use watch::JobWatch;

/// Ended jobs that stay readable, with their results: more than a person starts before looking at one of them.
const ENDED_KEPT: usize = 20;

/// Jobs that may be under way or wait at once, each a thread: far more than anybody can start by hand.
const LIVE_MAX: usize = 32;

/// What kind of long work it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The sample company is made.
    Sample,
    /// An integration is pulled.
    Pull,
    /// A draft's whole files are counted.
    Count,
    /// A backup is written.
    Backup,
    /// A backup is restored.
    Restore,
    /// The ledger is looked at.
    Verify,
    /// The system of a draft is asked.
    Ask,
    /// A rush is replayed.
    Rush,
    /// A definition is looked at before it is changed.
    Preview,
    /// A definition is changed.
    Define,
    /// A rotation's schedule is looked for.
    Plan,
}

impl Kind {
    /// The word that the page knows it by.
    const fn word(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Pull => "pull",
            Self::Count => "count",
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::Verify => "verify",
            Self::Ask => "ask",
            Self::Rush => "rush",
            Self::Preview => "preview",
            Self::Define => "define",
            Self::Plan => "plan",
        }
    }

    /// What it does before it says anything.
    const fn first_step(self) -> &'static str {
        match self {
            Self::Sample => "writing_files",
            Self::Pull | Self::Count => "looking",
            Self::Preview | Self::Define => "counting",
            Self::Backup | Self::Restore => "copying",
            Self::Verify => "verifying",
            Self::Ask => "asking",
            Self::Rush => "drilling",
            Self::Plan => "planning",
        }
    }
}

/// What is to be done, as far as the runner needs to know.
#[derive(Clone, Debug)]
pub struct Work {
    kind: Kind,
    subject: Option<String>,
    turn: Option<PathBuf>,
    changes: Vec<Tag>,
    wake: Option<Sender<()>>,
}

impl Work {
    /// Work of a kind, about nothing in particular, beside all other work, that changes no page.
    pub const fn new(kind: Kind) -> Self {
        Self { kind, subject: None, turn: None, changes: Vec::new(), wake: None }
    }

    /// What it works on: an integration's id, a file.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// One at a time for this folder, which need not be there: it waits (step `waiting`) until earlier work with the same
    /// one ended.
    /// The same kind about the same subject that is still waiting is not queued a second time.
    #[must_use]
    pub fn in_turn(mut self, folder: &Path) -> Self {
        self.turn = Some(folder.to_owned());
        self
    }

    /// Who waits for its end hears of it.
    #[must_use]
    pub fn waking(mut self, wake: Option<Sender<()>>) -> Self {
        self.wake = wake;
        self
    }

    /// Pages that read one of these are stale when it has ended.
    #[must_use]
    pub fn changes(mut self, tags: impl Into<Vec<Tag>>) -> Self {
        self.changes = tags.into();
        self
    }
}

/// What the page hears without having asked.
#[derive(Clone, Debug)]
pub enum News {
    /// A job moved or ended.
    Job(Box<JobView>),
    /// Something changed outside a command.
    Changed(Vec<Tag>),
}

type Hear = Arc<dyn Fn(News) + Send + Sync>;

/// All long work of this window. Clones are the same runner.
#[derive(Clone, Default)]
pub struct Jobs(Arc<Inner>);

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    /// A job ended or was cancelled.
    moved: Condvar,
    hear: RwLock<Option<Hear>>,
}

#[derive(Default)]
struct State {
    last: u32,
    /// By id, and so in the order in which they were started.
    jobs: BTreeMap<u32, Job>,
}

struct Job {
    view: JobView,
    turn: Option<PathBuf>,
    /// Its turn has come.
    begun: bool,
    cancel: Arc<AtomicBool>,
    told: Option<Instant>,
    result: Option<Arc<dyn Any + Send + Sync>>,
}

impl Job {
    fn is_live(&self) -> bool {
        self.view.state == RUNNING
    }
}

const RUNNING: &str = "running";

/// The step of work that waits for its turn.
const WAITING: &str = "waiting";

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.list()).finish()
    }
}

impl Jobs {
    /// Tells `hear` from now on; whoever heard before hears no more.
    pub fn announce(&self, hear: impl Fn(News) + Send + Sync + 'static) {
        *self.0.hear.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(hear));
    }

    /// Tells the pages of a window: the events `job` and `changed`.
    pub fn announce_to<R: Runtime>(&self, app: AppHandle<R>) {
        self.announce(move |news| {
            // A window that is being closed hears nothing any more, and needs nothing.
            let _ = match news {
                News::Job(view) => app.emit("job", view),
                News::Changed(tags) => app.emit("changed", tags),
            };
        });
    }

    /// Says that pages which read one of these are stale.
    pub fn changed(&self, tags: &[Tag]) {
        if !tags.is_empty() {
            self.0.tell(News::Changed(tags.to_vec()));
        }
    }

    /// Begins work on a thread of its own and answers at once.
    ///
    /// # Errors
    /// [`ApiError::Conflict`] where far too much is under way already; the system gives no thread.
    pub fn start<T: Send + Sync + 'static>(
        &self,
        work: Work,
        act: impl FnOnce(&JobWatch) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<JobView, ApiError> {
        let (view, cancel) = {
            let mut state = self.0.state();
            if let Some(same) = state.same_waiting(&work) {
                return Ok(same);
            }
            state.enter(&work)?
        };
        self.0.tell(News::Job(Box::new(view.clone())));
        let id = view.id;
        let watch = JobWatch::new(Arc::clone(&self.0), id, work.kind, cancel);
        let (changes, wake) = (work.changes, work.wake);
        let thread = std::thread::Builder::new().name(format!("{} {id}", view.kind));
        let run = move || {
            let outcome = if watch.wait_turn() {
                panic::catch_unwind(AssertUnwindSafe(|| act(&watch)))
                    .unwrap_or_else(|panic| Err(internal(Some(&*panic))))
            } else {
                Err(stopped())
            };
            watch.end(outcome, changes);
            if let Some(wake) = wake {
                // Nobody listens once the workspace was closed.
                let _ = wake.send(());
            }
        };
        if let Err(refused) = thread.spawn(run) {
            self.0.state().jobs.remove(&id);
            self.0.moved.notify_all();
            return Err(ApiError::Internal {
                message: "The system gave Plaza no further thread; nothing was begun.".into(),
                detail: Some(refused.to_string()),
            });
        }
        Ok(view)
    }

    /// Whether work of a kind about a subject is under way or waits, in the turn of a folder.
    pub fn is_live(&self, kind: Kind, subject: &str, turn: &Path) -> bool {
        let state = self.0.state();
        let is_it = |job: &Job| {
            job.is_live()
                && job.view.kind == kind.word()
                && job.view.subject.as_deref() == Some(subject)
                && job.turn.as_deref() == Some(turn)
        };
        state.jobs.values().any(is_it)
    }

    /// How many jobs of a kind are under way or wait.
    pub fn live(&self, kind: Kind) -> usize {
        let state = self.0.state();
        state.jobs.values().filter(|job| job.is_live() && job.view.kind == kind.word()).count()
    }

    /// All jobs that are known, oldest first.
    pub fn list(&self) -> Vec<JobView> {
        self.0.state().jobs.values().map(|job| job.view.clone()).collect()
    }

    /// One job.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    pub fn read(&self, id: u32) -> Result<JobView, ApiError> {
        self.0.state().jobs.get(&id).map(|job| job.view.clone()).ok_or_else(|| unknown(id))
    }

    /// What a job answered; nothing while it runs, where it failed, or where it answers something else.
    pub fn result<T: Send + Sync + 'static>(&self, id: u32) -> Option<Arc<T>> {
        let result = self.0.state().jobs.get(&id)?.result.clone()?;
        result.downcast().ok()
    }

    /// The newest result of a kind: what a page shows that does not know the job.
    pub fn latest<T: Send + Sync + 'static>(&self, kind: Kind) -> Option<Arc<T>> {
        let state = self.0.state();
        let mut newest = state.jobs.values().rev().filter(|job| job.view.kind == kind.word());
        newest.find_map(|job| job.result.clone()?.downcast().ok())
    }

    /// Asks a job to stop. It ends as soon as its work hears of it, and has changed nothing then; one that has ended
    /// stays as it is.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    pub fn cancel(&self, id: u32) -> Result<(), ApiError> {
        self.0.state().jobs.get(&id).ok_or_else(|| unknown(id))?.cancel.store(true, Ordering::Relaxed);
        self.0.moved.notify_all();
        Ok(())
    }

    /// Asks everything to stop and waits for it, at most so long. True when nothing runs any more.
    pub fn stop(&self, patience: Duration) -> bool {
        let state = self.0.state();
        state.jobs.values().for_each(|job| job.cancel.store(true, Ordering::Relaxed));
        self.0.moved.notify_all();
        let runs = |state: &mut State| state.jobs.values().any(Job::is_live);
        let waited = self.0.moved.wait_timeout_while(state, patience, runs);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, news: News) {
        let hear = self.hear.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(hear) = hear {
            hear(news);
        }
    }
}

impl State {
    /// The same work, where it waits for its turn.
    fn same_waiting(&self, work: &Work) -> Option<JobView> {
        let turn = work.turn.as_ref()?;
        let is_same = |job: &&Job| {
            job.is_live()
                && !job.begun
                && job.turn.as_ref() == Some(turn)
                && job.view.kind == work.kind.word()
                && job.view.subject == work.subject
        };
        self.jobs.values().find(is_same).map(|job| job.view.clone())
    }

    fn enter(&mut self, work: &Work) -> Result<(JobView, Arc<AtomicBool>), ApiError> {
        if self.jobs.values().filter(|job| job.is_live()).count() >= LIVE_MAX {
            return Err(ApiError::Conflict {
                message: format!(
                    "{LIVE_MAX} jobs are under way already; wait for one of them, or cancel it."
                ),
                detail: None,
            });
        }
        self.last += 1;
        let id = self.last;
        let view = JobView {
            id,
            kind: work.kind.word().into(),
            subject: work.subject.clone(),
            step: work.kind.first_step().into(),
            done: 0.0,
            total: None,
            state: RUNNING.into(),
            error: None,
            question: None,
            run: None,
        };
        let cancel = Arc::new(AtomicBool::new(false));
        let job = Job {
            view: view.clone(),
            turn: work.turn.clone(),
            begun: false,
            cancel: Arc::clone(&cancel),
            told: None,
            result: None,
        };
        self.jobs.insert(id, job);
        let waits = !self.is_next(id);
        let job = self.jobs.get_mut(&id).filter(|_| waits);
        let view = job.map_or(view, |job| {
            job.view.step = WAITING.into();
            job.view.clone()
        });
        Ok((view, cancel))
    }

    /// Whether no earlier work is under way in the same turn.
    fn is_next(&self, id: u32) -> bool {
        let Some(turn) = self.jobs.get(&id).and_then(|job| job.turn.as_ref()) else { return true };
        !self.jobs.range(..id).any(|(_, job)| job.is_live() && job.turn.as_ref() == Some(turn))
    }

    /// Forgets the oldest ended jobs.
    fn forget(&mut self) {
        let ended: Vec<u32> = self.jobs.iter().filter(|(_, job)| !job.is_live()).map(|(id, _)| *id).collect();
        for id in ended.iter().take(ended.len().saturating_sub(ENDED_KEPT)) {
            self.jobs.remove(id);
        }
    }
}

fn unknown(id: u32) -> ApiError {
    ApiError::NotFound { message: format!("Job {id} is not known (any more)."), detail: None }
}

fn stopped() -> ApiError {
    ApiError::from(plaza_engine::error::EngineError::Cancelled)
}

/// What a page must know to lead to whoever can answer.
fn question(error: &ApiError) -> Option<JobQuestion> {
    match error {
        ApiError::Question { step, stream, column, examples, .. } => Some(JobQuestion {
            step: step.clone(),
            stream: stream.clone(),
            column: column.clone(),
            examples: examples.clone(),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
