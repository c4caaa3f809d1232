//! How a job's own work says how far it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use plaza_engine::page::Tag;
use plaza_engine::pull::Watch;

use super::{Inner, Kind, News, WAITING, question};
use crate::ApiError;

/// The page hears of a job's progress no more often than this: ten times a second looks like movement, and costs the
/// page nothing.
const BETWEEN_NEWS: Duration = Duration::from_millis(100);

/// How work says how far it is, and hears that it shall stop. The engine takes it as its `Watch`.
pub struct JobWatch {
    jobs: Arc<Inner>,
    id: u32,
    kind: Kind,
    cancel: Arc<AtomicBool>,
}

impl std::fmt::Debug for JobWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JobWatch").field("id", &self.id).finish_non_exhaustive()
    }
}

impl JobWatch {
    pub(super) const fn new(jobs: Arc<Inner>, id: u32, kind: Kind, cancel: Arc<AtomicBool>) -> Self {
        Self { jobs, id, kind, cancel }
    }

    /// The job's id.
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// Says what is done now, where it has no count of its own: one of the page's step words.
    pub fn step(&self, step: &str) {
        self.progress(step, 0, 0);
    }

    /// Names the run that a pull made.
    pub fn run(&self, run: &str) {
        if let Some(job) = self.jobs.state().jobs.get_mut(&self.id) {
            job.view.run = Some(run.to_owned());
        }
    }

    /// Waits until no earlier work of the same turn is under way. False: it was cancelled while it waited.
    pub(super) fn wait_turn(&self) -> bool {
        let state = self.jobs.state();
        let waits = |state: &mut super::State| !self.is_cancelled() && !state.is_next(self.id);
        let waited = self.jobs.moved.wait_while(state, waits);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if let Some(job) = state.jobs.get_mut(&self.id) {
            job.begun = true;
        }
        let has_waited = state.jobs.get(&self.id).is_some_and(|job| job.view.step == WAITING);
        drop(state);
        if self.is_cancelled() {
            return false;
        }
        if has_waited {
            self.step(self.kind.first_step());
        }
        true
    }

    /// Ends the job: first it can be read as ended, then pages hear what changed, last that it ended.
    pub(super) fn end<T: Send + Sync + 'static>(&self, outcome: Result<T, ApiError>, changes: Vec<Tag>) {
        let view = {
            let mut state = self.jobs.state();
            let Some(job) = state.jobs.get_mut(&self.id) else { return };
            match outcome {
                Ok(result) => {
                    job.result = Some(Arc::new(result));
                    job.view.state = "done".into();
                }
                Err(ApiError::Cancelled { .. }) => job.view.state = "cancelled".into(),
                Err(error) => {
                    job.view.state = "failed".into();
                    job.view.question = question(&error);
                    job.view.error = Some(words(&error));
                }
            }
            let view = job.view.clone();
            state.forget();
            view
        };
        self.jobs.moved.notify_all();
        if !changes.is_empty() {
            self.jobs.tell(News::Changed(changes));
        }
        self.jobs.tell(News::Job(Box::new(view)));
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

impl Watch for JobWatch {
    fn progress(&self, what: &str, done: u64, total: u64) {
        let step = step_word(what);
        let view = {
            let mut state = self.jobs.state();
            let Some(job) = state.jobs.get_mut(&self.id).filter(|job| job.is_live()) else { return };
            let is_new_step = job.view.step != step;
            if is_new_step {
                step.clone_into(&mut job.view.step);
            }
            job.view.done = done as f64;
            job.view.total = (total > 0).then_some(total as f64);
            let now = Instant::now();
            if !is_new_step && job.told.is_some_and(|told| now.duration_since(told) < BETWEEN_NEWS) {
                return;
            }
            job.told = Some(now);
            job.view.clone()
        };
        self.jobs.tell(News::Job(Box::new(view)));
    }

    fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }
}

/// The page's word for what the engine says is under way.
fn step_word(what: &str) -> &str {
    match what {
        "look" => "looking",
        "ask" => "asking",
        "read" => "reading",
        "check" => "checking",
        "store" | "keep" => "storing",
        "join" => "joining",
        "count" => "counting",
        "publish" => "publishing",
        "sample" => "pulling",
        "write" => "writing_files",
        "open" => "opening",
        "copy" => "copying",
        "verify" => "verifying",
        "drill" => "drilling",
        "plan" => "planning",
        other => other,
    }
}

/// Why, in words; a fault of Plaza's own with what it said.
fn words(error: &ApiError) -> String {
    match error {
        ApiError::Internal { message, detail: Some(detail) } => format!("{message} ({detail})"),
        other => other.to_string(),
    }
}
