//! One conversation with a system: who may stop it, how long it may take, and who hears what was asked and answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::{Blank, SystemError, SystemFault};

/// One conversation with a system.
pub struct Ask<'a> {
    /// Set by whoever wants it to stop.
    pub cancel: &'a AtomicBool,
    /// Longest time that the system may be silent.
    pub timeout: Duration,
    /// Hears each question with its answer: the trail.
    pub tell: &'a (dyn Fn(Exchange) + Sync),
}

/// A pause of at most this length before the wish to stop is looked at again.
const STEP: Duration = Duration::from_millis(50);

impl Ask<'_> {
    /// Whether somebody wants it to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Stops where somebody wants it to.
    ///
    /// # Errors
    /// [`SystemFault::Cancelled`].
    pub fn go_on(&self) -> Result<(), SystemError> {
        if self.is_cancelled() { Err(SystemFault::Cancelled.into()) } else { Ok(()) }
    }

    /// Waits, unless somebody wants it to stop.
    ///
    /// # Errors
    /// [`SystemFault::Cancelled`].
    pub fn wait(&self, time: Duration) -> Result<(), SystemError> {
        let mut left = time;
        while !left.is_zero() {
            self.go_on()?;
            let step = left.min(STEP);
            std::thread::sleep(step);
            left -= step;
        }
        self.go_on()
    }

    /// Runs what is asked over the network to its end on this thread, unless it takes too long without a word or
    /// somebody stops it. `call` is one question: its time-out is that of a silence, so long answers are asked for in
    /// pieces.
    ///
    /// # Errors
    /// As `call`; [`SystemFault::TimedOut`], [`SystemFault::Cancelled`].
    pub async fn answered<T>(
        &self,
        call: impl Future<Output = Result<T, SystemError>>,
    ) -> Result<T, SystemError> {
        let stopped = async {
            while !self.is_cancelled() {
                tokio::time::sleep(STEP).await;
            }
        };
        tokio::select! {
            answer = call => answer,
            () = tokio::time::sleep(self.timeout) => {
                Err(SystemFault::TimedOut { seconds: self.timeout.as_secs() }.into())
            }
            () = stopped => Err(SystemFault::Cancelled.into()),
        }
    }
}

impl std::fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ask").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

/// A runtime for the calls of one conversation, on the thread that makes them.
///
/// # Errors
/// [`SystemFault::Local`] where the operating system gives none.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, SystemError> {
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    built.map_err(|error| SystemError::new(SystemFault::Local, &error.to_string(), &Blank::default()))
}

/// A question and its answer, for the trail. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What was asked: `GET https://…`, the text of a query, the command of a tap.
    pub request: String,
    /// What came back.
    pub outcome: Outcome,
    /// Bytes of the answer, where they can be counted.
    pub bytes: u64,
    /// Rows in it.
    pub rows: u64,
    /// How long it took.
    pub took: Duration,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An answer with a code of its protocol, or just an answer.
    Answered {
        /// The code.
        status: Option<u16>,
    },
    /// Words that stand beside the rows: the end of what a program wrote to its standard error.
    Said {
        /// The words.
        words: String,
    },
    /// No usable answer.
    Failed {
        /// [`SystemError::code`].
        code: &'static str,
        /// In plain English.
        words: String,
    },
}
