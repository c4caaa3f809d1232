//! Singer taps: programs that write rows as JSON lines. There are hundreds of them, for as many systems.
//!
//! A tap runs as a child process in a process group of its own, in a private folder that holds its settings and is
//! removed with it. It is no part of Plaza: it may hang, flood, die or talk nonsense, and the run ends with a word about
//! that; the rows that its last state confirmed are kept.
//!
//! Relative paths in its settings are relative to that private folder; give whole paths.

mod catalog;
mod folder;
mod group;
mod message;
mod rows;
mod run;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::ffi::OsString;
use std::ops::ControlFlow;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;

pub use folder::sweep;

use self::catalog::Chosen;
use self::folder::Folder;
use self::rows::{Position, Rows};
use self::run::{Limits, Run};
use super::{
    Answered, Ask, Blank, Block, Exchange, FoundStream, Outcome, Request, Secrets, System, SystemError,
    SystemFault, Tap, What,
};
use crate::{Cursor, Preview, ReadEnd};

/// Limits where the connection names none.
const MEMORY_MB: u32 = 1_024;
const MINUTES: u32 = 60;

/// The largest catalog that is read, bytes.
const CATALOG_BYTES_MAX: usize = 64 << 20;

/// So much of what a tap said last goes into its error.
const LAST_WORDS_BYTES: usize = 500;

/// A tap with its secrets.
struct SingerTap {
    command: Vec<String>,
    /// Its settings with their secrets.
    config: String,
    limits: Limits,
    blank: Blank,
    /// What it said it has, once asked.
    catalog: OnceLock<String>,
}

/// Makes a system of a tap.
///
/// # Errors
/// [`SystemFault::Setting`] where its command is empty or its settings are no JSON object; [`SystemFault::NoSecret`].
#[allow(clippy::needless_pass_by_value)] // as every kind is opened
pub fn open(tap: &Tap, secrets: Secrets) -> Result<Box<dyn System>, SystemError> {
    Ok(Box::new(SingerTap::new(tap, &secrets)?))
}

impl SingerTap {
    fn new(tap: &Tap, secrets: &Secrets) -> Result<Self, SystemError> {
        if tap.command.first().is_none_or(|program| program.trim().is_empty()) {
            let reason = "a tap needs a program".to_owned();
            return Err(SystemFault::Setting { setting: "command", reason }.into());
        }
        Ok(Self {
            command: tap.command.clone(),
            config: settings(tap.config.as_deref().unwrap_or("{}"), secrets)?,
            limits: Limits {
                memory_bytes: u64::from(tap.memory_mb.unwrap_or(MEMORY_MB)) << 20,
                time: Duration::from_secs(60 * u64::from(tap.minutes.unwrap_or(MINUTES))),
            },
            blank: secrets.blank(),
            catalog: OnceLock::new(),
        })
    }

    /// Runs the tap with these words in a folder. `line` is given each line and may stop; it counts
    /// `rows`. Returns whether it stopped.
    fn run(
        &self,
        words: &[(&str, Option<OsString>)],
        folder: &Folder,
        rows: &Cell<u64>,
        ask: &Ask<'_>,
        line: &mut dyn FnMut(&[u8]) -> Result<ControlFlow<()>, SystemError>,
    ) -> Result<ControlFlow<()>, SystemError> {
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]).current_dir(folder.path());
        for (word, value) in words {
            command.arg(word).args(value);
        }
        // What it writes besides goes with the folder, too; and what it says is text on every computer.
        for name in ["TMPDIR", "TEMP", "TMP"] {
            command.env(name, folder.path());
        }
        command.env("PYTHONUTF8", "1");
        let mut run = Run::begin(command, self.limits)?;
        let ended = lines(&mut run, ask, line).and_then(|flow| {
            if flow.is_continue() {
                run.end(ask)?;
            }
            Ok(flow)
        });
        let (bytes, said, said_bytes) = run.close();
        let ended = ended.map_err(|error| self.with_last_words(error, &said));
        let outcome = match &ended {
            Ok(_) => Outcome::Answered { status: None },
            Err(error) => Outcome::Failed { code: error.code(), words: error.to_string() },
        };
        (ask.tell)(Exchange {
            request: self.told(words),
            outcome,
            bytes,
            rows: rows.get(),
            took: run.took(),
        });
        if said_bytes > 0 {
            let words = self.blank.text(&said);
            let request = format!("{}: what it said beside its rows", self.name());
            let outcome = Outcome::Said { words };
            (ask.tell)(Exchange { request, outcome, bytes: said_bytes, rows: 0, took: run.took() });
        }
        ended
    }

    /// An error of the tap's, with what it said last where there is no better word.
    fn with_last_words(&self, error: SystemError, said: &str) -> SystemError {
        if error.detail.is_some() || matches!(error.fault, SystemFault::Cancelled) {
            return error;
        }
        let blanked = self.blank.text(said.trim());
        let mut start = blanked.len().saturating_sub(LAST_WORDS_BYTES);
        while !blanked.is_char_boundary(start) {
            start += 1;
        }
        let cut = if start > 0 { "…" } else { "" };
        SystemError::new(error.fault, &format!("{cut}{}", &blanked[start..]), &self.blank)
    }

    /// What was run, as the trail has it.
    fn told(&self, words: &[(&str, Option<OsString>)]) -> String {
        let words = words
            .iter()
            .map(|(word, value)| if value.is_some() { format!("{word} …") } else { (*word).into() });
        self.blank.text(&self.command.iter().cloned().chain(words).collect::<Vec<_>>().join(" "))
    }

    /// The program's name without its path.
    fn name(&self) -> String {
        let program = std::path::Path::new(&self.command[0]);
        let name = program.file_stem().unwrap_or(program.as_os_str());
        self.blank.text(&name.to_string_lossy())
    }

    /// What it says it has.
    fn catalog(&self, ask: &Ask<'_>) -> Result<&str, SystemError> {
        if let Some(catalog) = self.catalog.get() {
            return Ok(catalog);
        }
        let folder = Folder::new()?;
        let words =
            [("--config", Some(folder.write("config.json", &self.config)?.into())), ("--discover", None)];
        let mut text = Vec::new();
        let _ = self.run(&words, &folder, &Cell::new(0), ask, &mut |line| {
            text.extend_from_slice(line);
            if text.len() > CATALOG_BYTES_MAX {
                return Err(SystemFault::TooLarge { limit_bytes: CATALOG_BYTES_MAX as u64 }.into());
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let text = String::from_utf8(text).map_err(|_| {
            SystemError::from(SystemFault::Nonsense { expected: "a Singer catalog in UTF-8" })
        })?;
        catalog::streams(&text).map_err(|error| blanked(error, &self.blank))?;
        Ok(self.catalog.get_or_init(|| text))
    }

    fn rows(
        &self,
        request: &Request,
        from: &Cursor,
        is_eager: bool,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        let What::Named(stream) = &request.what else {
            let reason = "a tap takes the name of a stream, no query".to_owned();
            return Err(SystemFault::Setting { setting: "stream", reason }.into());
        };
        if request.range.is_some() && request.cursor.is_none() {
            let reason = "a range needs the field whose values it bounds".to_owned();
            return Err(SystemFault::Setting { setting: "cursor", reason }.into());
        }
        let start = Cursor::start();
        let from = if request.range.is_some() { &start } else { from };
        let position = Position::of(from, request)?;
        let chosen = catalog::choose(self.catalog(ask)?, stream, &request.fields, request.cursor.as_ref())?;
        let folder = Folder::new()?;
        let words = self.words(&folder, &chosen, position.as_ref())?;
        let count = Cell::new(0);
        let mut rows = Rows::new(request, &chosen, from, is_eager, &count, &self.blank);
        let ended = self.run(&words, &folder, &count, ask, &mut |line| rows.line(line, take));
        let flow = match ended {
            Ok(flow) if flow.is_break() => flow,
            Ok(_) => rows.end(take)?,
            Err(error) => {
                // Whoever takes the rows may stop here as well; the error is the answer all the same.
                let _ = rows.confirmed(take);
                return Err(error);
            }
        };
        Ok(if flow.is_break() { ReadEnd::Stopped } else { ReadEnd::Complete })
    }

    fn words(
        &self,
        folder: &Folder,
        chosen: &Chosen,
        position: Option<&Position>,
    ) -> Result<Vec<(&'static str, Option<OsString>)>, SystemError> {
        let catalog = if chosen.is_old { "--properties" } else { "--catalog" };
        let mut words = vec![
            ("--config", Some(folder.write("config.json", &self.config)?.into())),
            (catalog, Some(folder.write("catalog.json", &chosen.catalog)?.into())),
        ];
        if let Some(position) = position {
            words.push(("--state", Some(folder.write("state.json", position.state.get())?.into())));
        }
        Ok(words)
    }
}

impl System for SingerTap {
    /// A tap has no way to be asked but for its catalog.
    fn check(&self, ask: &Ask<'_>) -> Result<Answered, SystemError> {
        let streams = catalog::streams(self.catalog(ask)?)?;
        let count = streams.len();
        let product = format!("{}, {count} {}", self.name(), if count == 1 { "stream" } else { "streams" });
        Ok(Answered { product, notes: Vec::new() })
    }

    fn discover(&self, ask: &Ask<'_>) -> Result<Vec<FoundStream>, SystemError> {
        catalog::streams(self.catalog(ask)?)
    }

    /// Takes the rows as they come instead of waiting for the tap to confirm them: a preview is never gone on from.
    fn preview(&self, request: &Request, rows: usize, ask: &Ask<'_>) -> Result<Preview, SystemError> {
        super::block::preview(request, rows, |request, take| {
            self.rows(request, &Cursor::start(), true, ask, take)
        })
    }

    fn read(
        &self,
        request: &Request,
        from: &Cursor,
        ask: &Ask<'_>,
        take: &mut dyn FnMut(Block) -> ControlFlow<()>,
    ) -> Result<ReadEnd, SystemError> {
        self.rows(request, from, false, ask, take)
    }
}

/// Gives each line of a run to `line`, until it stops or they end.
fn lines(
    run: &mut Run,
    ask: &Ask<'_>,
    line: &mut dyn FnMut(&[u8]) -> Result<ControlFlow<()>, SystemError>,
) -> Result<ControlFlow<()>, SystemError> {
    while let Some(piece) = run.lines(ask)? {
        for text in piece.split_inclusive(|byte| *byte == b'\n') {
            let is_whole = text.ends_with(b"\n");
            if text.trim_ascii().is_empty() {
                continue;
            }
            match line(text) {
                Ok(ControlFlow::Continue(())) => {}
                // How the tap ended says more than half a line does; where it ended well, the line was broken off.
                Err(SystemError { fault: SystemFault::Nonsense { .. }, .. }) if !is_whole => {
                    run.end(ask)?;
                    return Err(SystemFault::BrokenOff.into());
                }
                stopped => return stopped,
            }
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// The settings with the secrets that they ask for.
fn settings(config: &str, secrets: &Secrets) -> Result<String, SystemError> {
    let reason = |reason: String| SystemError::from(SystemFault::Setting { setting: "config", reason });
    let mut settings: Value = serde_json::from_str(config)
        .map_err(|error| reason(format!("the tap's settings are no JSON: {error}")))?;
    if !settings.is_object() {
        return Err(reason("the tap's settings must be a JSON object: {\"name\": \"value\"}".into()));
    }
    fill(&mut settings, secrets)?;
    Ok(settings.to_string())
}

fn fill(value: &mut Value, secrets: &Secrets) -> Result<(), SystemError> {
    match value {
        Value::String(text) => *text = filled(text, secrets)?,
        Value::Array(values) => values.iter_mut().try_for_each(|value| fill(value, secrets))?,
        Value::Object(members) => members.values_mut().try_for_each(|value| fill(value, secrets))?,
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

fn filled(text: &str, secrets: &Secrets) -> Result<String, SystemError> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{secret:") {
        let Some((name, after)) = behind.split_once('}') else { break };
        let Some(secret) = secrets.get(name) else {
            let named = format!("its name is “{name}”");
            return Err(SystemError::new(
                SystemFault::NoSecret { slot: "secret" },
                &named,
                &Blank::default(),
            ));
        };
        filled.push_str(before);
        filled.push_str(secret.expose());
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn blanked(error: SystemError, blank: &Blank) -> SystemError {
    SystemError::new(error.fault, error.detail.as_deref().unwrap_or_default(), blank)
}
