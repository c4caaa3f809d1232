//! Asking systems: what a stream wants to know, the answer written down as it comes, and the trail of it.
//!
//! An answer is a file in the workspace's folder until it is landed; from there on it is an original like any other.
//! Asking takes no turn of the workspace: a slow system delays nobody else. What came before a fault, a stop or a crash
//! is kept, and the next pull goes on behind it.

mod request;
mod trail;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use plaza_connect::system::{
    Ask, Landing, Pause, Range, Retry, Secret, Secrets, System, SystemError, SystemFault, open,
};
use plaza_connect::{Cursor, ReadEnd};
use plaza_store::intake::AnswerRow;
use plaza_store::key::WordName;

use crate::error::{EngineError, Result, StoreError};
use crate::integration::{Integration, Stream};
use crate::pull::{SourceFile, Watch, hash_file};
use crate::workspace::Workspace;
pub(crate) use request::Question;
use trail::Trail;

/// The folder of answers within a workspace's folder.
const ANSWERS: &str = "answers";

/// What came is made to outlast a crash at least so often.
const KEEP_EVERY: Duration = Duration::from_secs(2);

/// Removes the files of answers that were landed: their originals are kept.
pub(crate) fn tidy(workspace: &Workspace, integration: &str) -> Result<()> {
    let waiting = workspace.intake().view().answers(integration)?;
    let folder = folder(workspace, integration);
    for entry in std::fs::read_dir(&folder).map_err(EngineError::file(&folder))?.flatten() {
        let path = entry.path();
        let is_waiting = waiting.iter().any(|answer| workspace.folder().join(&answer.file) == path);
        if !is_waiting && path.extension().is_some_and(|extension| extension == "csv") {
            std::fs::remove_file(&path).map_err(EngineError::file(&path))?;
        }
    }
    Ok(())
}

/// Asks a connected system for everything that the integration's streams want to know. `began_at` is the start of the
/// run, milliseconds since 1970 UTC; with a `range` only for what changed within it, of streams that can tell. Whether there was anything to ask; the answers are then among [`whole`]. Nobody
/// else asks meanwhile: whoever pulls holds the integration.
///
/// # Errors
/// [`EngineError::System`] for what the system did; [`EngineError::Cancelled`]. What came before is kept.
pub(crate) fn ask(
    workspace: &Workspace,
    integration: &Integration,
    base: &Path,
    began_at: i64,
    range: Option<Range>,
    watch: &dyn Watch,
) -> Result<bool> {
    let asks = integration.streams.iter().find(|stream| stream.from.is_some());
    let connection = match (&integration.connection, asks) {
        (None, None) => return Ok(false),
        (Some(connection), Some(_)) => connection,
        (None, Some(stream)) => {
            let reason = "“from” asks a system, and there is no [connection] that says which";
            return Err(EngineError::invalid(format!("stream {}", stream.name), reason));
        }
        (Some(_), None) => {
            return Err(EngineError::invalid("connection", "no stream asks it: give one a [stream.from]"));
        }
    };
    let folder = folder(workspace, &integration.id);
    std::fs::create_dir_all(&folder).map_err(EngineError::file(&folder))?;
    let secrets = secrets(workspace, integration)?;
    let trail = Trail::new(workspace, &integration.id, began_at);
    let said = |error: SystemError| EngineError::system(&integration.system, error);
    let system = open(&connection.clone().located(base), secrets).map_err(said)?;
    let mut has_asked = false;
    for stream in &integration.streams {
        let Some(question) = Question::of(integration, stream)? else { continue };
        let question = match range {
            Some(range) => question.within(range),
            None => Some(question),
        };
        let Some(question) = question else { continue };
        has_asked = true;
        trail.of_stream(&stream.name);
        let goes_on = question.goes_on();
        let asked = Conversation {
            workspace,
            integration,
            stream,
            question,
            goes_on,
            began_at,
            watch,
            trail: &trail,
        }
        .hold(system.as_ref());
        trail.write()?;
        asked?;
    }
    if !has_asked {
        return Err(EngineError::invalid(
            "range",
            "no stream has a cursor that tells when its rows changed; each pull reads everything anyway",
        ));
    }
    Ok(true)
}

/// Asks a stand-in for the integration's system for what these streams want to know. It numbers its rows, so that every
/// answer that broke off is gone on with.
///
/// # Errors
/// As [`ask`].
pub(crate) fn ask_of(
    workspace: &Workspace,
    integration: &Integration,
    system: &dyn System,
    streams: &[String],
    began_at: i64,
    watch: &dyn Watch,
) -> Result<()> {
    let folder = folder(workspace, &integration.id);
    std::fs::create_dir_all(&folder).map_err(EngineError::file(&folder))?;
    let trail = Trail::new(workspace, &integration.id, began_at);
    for stream in integration.streams.iter().filter(|stream| streams.contains(&stream.name)) {
        let Some(question) = Question::of(integration, stream)? else { continue };
        let trail = &trail;
        Conversation { workspace, integration, stream, question, goes_on: true, began_at, watch, trail }
            .hold(system)?;
    }
    Ok(())
}

/// The secrets that the integration's connection needs, as far as they are kept.
///
/// # Errors
/// The keyring's files cannot be read.
pub(crate) fn secrets(workspace: &Workspace, integration: &Integration) -> Result<Secrets> {
    let mut secrets = Secrets::default();
    for slot in integration.connection.iter().flat_map(plaza_connect::system::Connection::secret_slots) {
        let name = word_name(workspace, &integration.id, &slot);
        if let Some(word) = workspace.ledger().keys().load_word(&name).map_err(StoreError::from)? {
            secrets.put(&slot, Secret::new(word.expose().to_owned()));
        }
    }
    Ok(secrets)
}

/// The keyring's name of a secret.
pub(crate) fn word_name(workspace: &Workspace, integration: &str, slot: &str) -> WordName {
    WordName {
        workspace: workspace.ledger().workspace(),
        integration: integration.to_owned(),
        slot: slot.to_owned(),
    }
}

/// The whole answer of a stream that is not landed yet, with its file.
pub(crate) fn whole(
    workspace: &Workspace,
    integration: &str,
    stream: &str,
) -> Result<Option<(AnswerRow, SourceFile)>> {
    let kept = workspace.intake().view().answers(integration)?;
    let Some(answer) = kept.into_iter().find(|answer| answer.stream == stream && answer.is_whole) else {
        return Ok(None);
    };
    let path = workspace.folder().join(&answer.file);
    let size = std::fs::metadata(&path).map_err(EngineError::file(&path))?.len();
    let day = workspace.settings()?.time_zone.day_at(answer.began_at);
    let name = format!("{stream} {day}");
    let file = SourceFile { hash: hash_file(&path)?, path, name, size };
    Ok(Some((answer, file)))
}

fn folder(workspace: &Workspace, integration: &str) -> PathBuf {
    workspace.folder().join(ANSWERS).join(integration)
}

/// One stream's question to its system.
struct Conversation<'a> {
    workspace: &'a Workspace,
    integration: &'a Integration,
    stream: &'a Stream,
    question: Question,
    /// What broke off can be gone on with; otherwise it begins anew.
    goes_on: bool,
    began_at: i64,
    watch: &'a dyn Watch,
    trail: &'a Trail<'a>,
}

impl Conversation<'_> {
    /// Asks until everything was said, trying again where that may help.
    fn hold(&self, system: &dyn System) -> Result<()> {
        let (mut answer, mut landing) = match self.begun()? {
            Some(answer) if answer.is_whole => return Ok(()),
            Some(answer) => {
                let landing = self.resumed(&answer);
                match landing {
                    Some(landing) => (answer, Some(landing)),
                    None => (self.fresh()?, None),
                }
            }
            None => (self.fresh()?, None),
        };
        let retry = Retry::default();
        let mut attempt = 1;
        loop {
            let before = answer.rows;
            let Err(error) = self.read(system, &mut answer, &mut landing) else { break };
            // What cannot be gone on with begins anew each time, and never gets further.
            let is_further = self.goes_on && answer.rows > before;
            if is_further {
                // The patience begins anew.
                attempt = 1;
            } else if system.repeats() {
                return Err(EngineError::system(&self.integration.system, error));
            }
            match retry.after(attempt, &error, chance()?) {
                Pause::For(time) => self.ask(time)?,
                Pause::Never => return Err(EngineError::system(&self.integration.system, error)),
            }
            attempt += 1;
            if !self.goes_on {
                // Without a place to go on from, what came so far would come again.
                (answer, landing) = (self.fresh()?, None);
            }
        }
        self.close(&answer, landing.as_ref())
    }

    fn ask(&self, time: Duration) -> Result<()> {
        let ask = Ask { cancel: self.watch.cancel(), timeout: self.watch.silence(), tell: &|_| {} };
        ask.wait(time).map_err(|error| EngineError::system(&self.integration.system, error))
    }

    /// What came of the same question before and was not landed.
    fn begun(&self) -> Result<Option<AnswerRow>> {
        let kept = self.workspace.intake().view().answers(&self.integration.id)?;
        Ok(kept
            .into_iter()
            .find(|answer| answer.stream == self.stream.name && answer.request == self.question.fingerprint))
    }

    /// Goes on with the file of an answer that broke off, where that can be.
    fn resumed(&self, answer: &AnswerRow) -> Option<Landing> {
        if !self.goes_on {
            return None;
        }
        let path = self.workspace.folder().join(&answer.file);
        // A file that is not there or too short is no reason to give up: everything is asked for again.
        Landing::resume(&path, answer.kept.unsigned_abs()).ok()
    }

    /// An answer of which nothing came yet.
    fn fresh(&self) -> Result<AnswerRow> {
        let mut intake = self.workspace.intake();
        let id = &self.integration.id;
        let position = intake.view().position(id, &self.stream.name, &self.question.fingerprint)?;
        let file = Path::new(ANSWERS).join(id).join(format!("{}.csv", request::file_name(&self.stream.name)));
        let mut answer = AnswerRow {
            number: 0,
            integration: id.clone(),
            stream: self.stream.name.clone(),
            request: self.question.fingerprint.clone(),
            file: file.display().to_string(),
            kept: 0,
            rows: 0,
            position: position.unwrap_or_default(),
            began_at: self.began_at,
            is_whole: false,
        };
        let load = intake.load()?;
        answer.number = load.begin_answer(&answer)?;
        load.commit()?;
        Ok(answer)
    }

    /// One reading, from where the answer stands to its end or to a fault.
    fn read(
        &self,
        system: &dyn System,
        answer: &mut AnswerRow,
        landing: &mut Option<Landing>,
    ) -> Result<(), SystemError> {
        let mut request = self.question.request.clone();
        if answer.rows > 0
            && let Some(cursor) = &mut request.cursor
        {
            // Within one answer nothing is said twice.
            cursor.overlap_seconds = 0;
        }
        let from: Cursor = answer.position.parse().map_err(|_| SystemFault::BadCursor)?;
        let tell = |exchange| self.trail.note(exchange);
        let ask = Ask { cancel: self.watch.cancel(), timeout: self.watch.silence(), tell: &tell };
        let path = self.workspace.folder().join(&answer.file);
        let (mut fault, mut kept_at) = (None, Instant::now());
        let (mut rows, mut position) = (answer.rows, answer.position.clone());
        let end = system.read(&request, &from, &ask, &mut |block| {
            let written = (|| {
                let landing = match landing {
                    Some(landing) => landing,
                    None => landing.insert(Landing::create(&path, &block.columns)?),
                };
                landing.append(&block)?;
                rows += block.rows.cast_signed();
                position = block.cursor.to_string();
                self.watch.progress("ask", rows.unsigned_abs(), 0);
                if kept_at.elapsed() >= KEEP_EVERY {
                    self.keep(answer, landing, rows, &position)?;
                    kept_at = Instant::now();
                }
                Ok::<(), SystemError>(())
            })();
            match written {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    fault = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(landing) = landing {
            self.keep(answer, landing, rows, &position)?;
        }
        match (fault, end?) {
            (Some(fault), _) => Err(fault),
            (None, ReadEnd::Stopped) => Err(SystemFault::Cancelled.into()),
            (None, ReadEnd::Complete) => Ok(()),
        }
    }

    /// Makes what came outlast a crash.
    fn keep(
        &self,
        answer: &mut AnswerRow,
        landing: &mut Landing,
        rows: i64,
        position: &str,
    ) -> Result<(), SystemError> {
        answer.kept = landing.keep()?.cast_signed();
        answer.rows = rows;
        position.clone_into(&mut answer.position);
        self.note(answer).map_err(|_| SystemFault::Local.into())
    }

    fn note(&self, answer: &AnswerRow) -> Result<()> {
        let mut intake = self.workspace.intake();
        let load = intake.load()?;
        load.keep_answer(answer.number, answer.kept, answer.rows, &answer.position, answer.is_whole)?;
        Ok(load.commit()?)
    }

    /// The answer is whole. One without a single row is still news where the stream is a snapshot: everything is gone.
    fn close(&self, answer: &AnswerRow, landing: Option<&Landing>) -> Result<()> {
        let mut answer = AnswerRow { is_whole: true, ..answer.clone() };
        if !self.question.goes_on() {
            // The next question is for everything again.
            answer.position.clear();
        }
        if landing.is_none() {
            let path = self.workspace.folder().join(&answer.file);
            let said = |error| EngineError::system(&self.integration.system, error);
            let mut empty = Landing::create(&path, &self.question.columns()).map_err(said)?;
            answer.kept = empty.keep().map_err(said)?.cast_signed();
        }
        self.note(&answer)
    }
}

/// A random number, for pauses that do not fall together.
pub(crate) fn chance() -> Result<u64> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(EngineError::NoRandomness)?;
    Ok(u64::from_le_bytes(bytes))
}
