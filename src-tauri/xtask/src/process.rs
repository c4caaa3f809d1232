//! Running other programs.

use std::fmt;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;

/// Why a command of ours ended early.
#[derive(Debug)]
pub(crate) enum Problem {
    /// Another program could not be started.
    Start { program: String, reason: io::Error },
    /// Another program failed.
    Failed { what: String, status: ExitStatus },
    /// A file could not be read or written.
    File { path: String, reason: io::Error },
    /// Something that a person has to do first.
    Missing { what: String },
}

impl fmt::Display for Problem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { program, reason } => write!(to, "`{program}` cannot be started: {reason}"),
            Self::Failed { what, status } => write!(to, "{what} failed ({status})"),
            Self::File { path, reason } => write!(to, "{path}: {reason}"),
            Self::Missing { what } => write!(to, "{what}"),
        }
    }
}

/// A program in the root of the repository, without anything to read.
pub(crate) fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(crate::place::root()).stdin(Stdio::null());
    command
}

/// The cargo that runs this.
pub(crate) fn cargo() -> Command {
    command(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
}

/// Runs to the end; its output goes where ours goes.
pub(crate) fn succeed(what: &str, command: &mut Command) -> Result<(), Problem> {
    let status = command.status().map_err(|reason| start(command, reason))?;
    if status.success() { Ok(()) } else { Err(Problem::Failed { what: what.into(), status }) }
}

/// Runs quietly; true when it succeeded, false when it failed or is not there.
pub(crate) fn quiet(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Runs to the end, printing each line of both of its outputs as it comes, and keeps them.
pub(crate) fn watched(command: &mut Command) -> Result<(ExitStatus, Vec<String>), Problem> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|reason| start(command, reason))?;
    let (sender, lines) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        forward(output, sender.clone());
    }
    if let Some(output) = child.stderr.take() {
        forward(output, sender);
    }
    let mut kept = Vec::new();
    for line in lines {
        println!("{line}");
        kept.push(line);
    }
    let status = child.wait().map_err(|reason| start(command, reason))?;
    Ok((status, kept))
}

fn forward(output: impl io::Read + Send + 'static, to: mpsc::Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            // A test may print anything: what is not UTF-8 is shown as well as it can be.
            if to.send(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned()).is_err() {
                return;
            }
            line.clear();
        }
    });
}

fn start(command: &Command, reason: io::Error) -> Problem {
    Problem::Start { program: command.get_program().to_string_lossy().into_owned(), reason }
}
