//! An answer that was worked out from the whole intake, kept as long as nothing it came from has changed.

use std::sync::{Arc, Mutex, PoisonError};

use plaza_store::intake::Reader;

use crate::error::Result;
use crate::workspace::Workspace;

/// The latest answer to a question `Q`. Only one is kept: a person looks at one list at a time, slice by slice.
#[derive(Debug)]
pub(crate) struct Fresh<Q, T>(Mutex<Option<Kept<Q, T>>>);

#[derive(Debug)]
struct Kept<Q, T> {
    question: Q,
    answer: Arc<T>,
    /// Tells when anybody, another program too, has changed the intake.
    reader: Reader,
    version: i64,
}

impl<Q, T> Default for Fresh<Q, T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<Q: PartialEq, T> Fresh<Q, T> {
    /// The kept answer, or a new one where the question or the intake is another. Who asks the same meanwhile waits
    /// for it. An answer for which `keep` says no is given and forgotten.
    pub(crate) fn get(
        &self,
        workspace: &Workspace,
        question: Q,
        keep: impl FnOnce(&T) -> bool,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<Arc<T>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = &*kept
            && kept.question == question
            && kept.reader.view().data_version()? == kept.version
        {
            return Ok(Arc::clone(&kept.answer));
        }
        *kept = None;
        let reader = workspace.intake_reader()?;
        // Asked before the work: what changes during it is noticed the next time.
        let version = reader.view().data_version()?;
        let answer = Arc::new(work()?);
        if keep(&answer) {
            *kept = Some(Kept { question, answer: Arc::clone(&answer), reader, version });
        }
        Ok(answer)
    }
}
