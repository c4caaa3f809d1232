//! One run of a tap: its lines as they come, its words beside them, and an end to it when it goes beyond its bounds.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::folder::local;
use super::group::Group;
use crate::system::{Ask, SystemError, SystemFault};

/// What of the words beside the rows is kept: their end, bytes.
pub(super) const SAID_BYTES_MAX: usize = 64 << 10;

/// The longest line that is read, bytes.
const LINE_BYTES_MAX: u64 = 32 << 20;

/// Lines are handed on in pieces of about this size, so many of them ahead of whoever takes the rows.
const PIECE_BYTES: usize = 64 << 10;
const PIECES_AHEAD: usize = 8;

/// The wish to stop is looked at so often; the memory at every fifth look.
const STEP: Duration = Duration::from_millis(50);
const LOOKS_PER_WEIGHING: u32 = 5;

/// How long words may still come after the tap itself has ended.
const LINGER: Duration = Duration::from_secs(1);

/// What a run may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Memory of the tap and what it starts, bytes.
    pub memory_bytes: u64,
    /// Time from its start to its end.
    pub time: Duration,
}

/// What comes from a tap.
enum Piece {
    /// Whole lines, each with its line end.
    Lines(Vec<u8>),
    /// What stands behind the last line end.
    Rest(Vec<u8>),
    /// A line that is longer than any that is read.
    TooLong,
}

/// A tap that runs.
pub(super) struct Run {
    group: Group,
    pieces: Receiver<Piece>,
    said: Arc<Mutex<Said>>,
    limits: Limits,
    began: Instant,
    looks: u32,
    bytes: u64,
}

/// The end of what a tap said beside its rows.
#[derive(Debug, Default)]
struct Said {
    end: Vec<u8>,
    bytes: u64,
    is_over: bool,
}

impl Run {
    /// Begins it.
    pub(super) fn begin(mut command: Command, limits: Limits) -> Result<Self, SystemError> {
        Group::apart(&mut command);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut leader = command.spawn().map_err(|error| cannot_begin(&command, &error))?;
        let (out, err) = (leader.stdout.take(), leader.stderr.take());
        let group = Group::new(leader);
        let (give, pieces) = sync_channel(PIECES_AHEAD);
        let said = Arc::new(Mutex::new(Said::default()));
        if let (Some(out), Some(err)) = (out, err) {
            let heard = Arc::clone(&said);
            let thread = std::thread::Builder::new();
            thread.spawn(move || lines(out, &give)).map_err(local)?;
            std::thread::Builder::new().spawn(move || listen(err, &heard)).map_err(local)?;
        }
        Ok(Self { group, pieces, said, limits, began: Instant::now(), looks: 0, bytes: 0 })
    }

    /// The next lines; none at the end. The last one may lack its line end.
    pub(super) fn lines(&mut self, ask: &Ask<'_>) -> Result<Option<Vec<u8>>, SystemError> {
        let mut waited = Waited::new(self.said_bytes());
        loop {
            self.watch(ask)?;
            match self.pieces.recv_timeout(STEP) {
                Ok(Piece::Lines(lines) | Piece::Rest(lines)) => {
                    self.bytes += lines.len() as u64;
                    return Ok(Some(lines));
                }
                Ok(Piece::TooLong) => {
                    return Err(SystemFault::TooLarge { limit_bytes: LINE_BYTES_MAX }.into());
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {}
            }
            waited.heard(self.said_bytes());
            if self.group.has_ended() {
                // Something that it started holds its output open. It is ended too, wherever it can be found.
                let for_long = waited.since_end();
                if for_long > LINGER {
                    self.group.kill();
                }
                if for_long > 2 * LINGER {
                    return Ok(None);
                }
            }
            waited.within(ask.timeout)?;
        }
    }

    /// Waits for its end after its last line.
    pub(super) fn end(&mut self, ask: &Ask<'_>) -> Result<(), SystemError> {
        let mut waited = Waited::new(self.said_bytes());
        while !self.group.has_ended() {
            self.watch(ask)?;
            waited.heard(self.said_bytes());
            waited.within(ask.timeout)?;
            std::thread::sleep(STEP / 10);
        }
        judged(self.group.end())
    }

    /// Ends it, whatever it does. Gives the bytes of its lines, what it said beside them, and the bytes of that.
    pub(super) fn close(&mut self) -> (u64, String, u64) {
        self.group.end();
        let closed = Instant::now();
        while !self.heard(|said| said.is_over) && closed.elapsed() < LINGER {
            std::thread::sleep(STEP / 10);
        }
        self.heard(|said| (self.bytes, String::from_utf8_lossy(&said.end).into_owned(), said.bytes))
    }

    /// How long it ran.
    pub(super) fn took(&self) -> Duration {
        self.began.elapsed()
    }

    fn heard<T>(&self, look: impl FnOnce(&Said) -> T) -> T {
        look(&self.said.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn said_bytes(&self) -> u64 {
        self.heard(|said| said.bytes)
    }

    /// Whether it may go on.
    fn watch(&mut self, ask: &Ask<'_>) -> Result<(), SystemError> {
        ask.go_on()?;
        if self.began.elapsed() > self.limits.time {
            return Err(SystemFault::Exceeded { what: "time" }.into());
        }
        self.looks += 1;
        if self.looks.is_multiple_of(LOOKS_PER_WEIGHING)
            && self.group.memory_bytes().is_some_and(|bytes| bytes > self.limits.memory_bytes)
        {
            return Err(SystemFault::Exceeded { what: "memory" }.into());
        }
        Ok(())
    }
}

/// How long nothing came.
struct Waited {
    since: Instant,
    said_bytes: u64,
    ended: Option<Instant>,
}

impl Waited {
    fn new(said_bytes: u64) -> Self {
        Self { since: Instant::now(), said_bytes, ended: None }
    }

    /// Words beside the rows are a sign of life, too.
    fn heard(&mut self, said_bytes: u64) {
        if said_bytes != self.said_bytes {
            (self.since, self.said_bytes) = (Instant::now(), said_bytes);
        }
    }

    fn since_end(&mut self) -> Duration {
        self.ended.get_or_insert_with(Instant::now).elapsed()
    }

    fn within(&self, timeout: Duration) -> Result<(), SystemError> {
        if self.since.elapsed() > timeout {
            return Err(SystemFault::TimedOut { seconds: timeout.as_secs() }.into());
        }
        Ok(())
    }
}

fn cannot_begin(command: &Command, error: &std::io::Error) -> SystemError {
    let program = command.get_program().to_string_lossy();
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => {
            format!(
                "there is no program “{program}” on this computer; install the tap, or give its whole path"
            )
        }
        std::io::ErrorKind::PermissionDenied => format!("“{program}” may not be run by this user"),
        _ => format!("“{program}” cannot be run: {error}"),
    };
    SystemFault::Setting { setting: "command", reason }.into()
}

fn judged(status: Option<ExitStatus>) -> Result<(), SystemError> {
    match status {
        Some(status) if status.success() => Ok(()),
        status => Err(SystemFault::Ended { code: status.and_then(|status| status.code()) }.into()),
    }
}

/// Hands lines on until they end, or nobody takes them.
fn lines(out: impl Read, give: &SyncSender<Piece>) {
    let mut out = BufReader::with_capacity(PIECE_BYTES, out);
    let mut piece = Vec::with_capacity(PIECE_BYTES);
    loop {
        let before = piece.len();
        let read = out.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut piece);
        let is_whole = piece.len() > before && piece.ends_with(b"\n");
        if is_whole {
            // What lies ready is handed on as one.
            if piece.len() < PIECE_BYTES && out.buffer().contains(&b'\n') {
                continue;
            }
            if give.send(Piece::Lines(std::mem::take(&mut piece))).is_err() {
                return;
            }
            continue;
        }
        let rest = piece.split_off(before);
        if !piece.is_empty() && give.send(Piece::Lines(piece)).is_err() {
            return;
        }
        let last = if read.is_ok() && rest.len() as u64 >= LINE_BYTES_MAX {
            Piece::TooLong
        } else if rest.is_empty() {
            return;
        } else {
            Piece::Rest(rest)
        };
        // Nobody may be there any more.
        let _ = give.send(last);
        return;
    }
}

/// Keeps the end of what is said, until it ends.
fn listen(mut err: impl Read, said: &Mutex<Said>) {
    let mut piece = vec![0; 8 << 10];
    loop {
        let read = err.read(&mut piece).unwrap_or(0);
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        if read == 0 {
            said.is_over = true;
            return;
        }
        said.bytes += read as u64;
        said.end.extend_from_slice(&piece[..read]);
        let beyond = said.end.len().saturating_sub(SAID_BYTES_MAX);
        if beyond > 0 {
            said.end.drain(..beyond);
        }
    }
}
