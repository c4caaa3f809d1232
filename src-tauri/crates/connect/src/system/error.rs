//! Why a system could not be asked, as a person understands it and as the next attempt needs it.

use std::fmt;
use std::time::Duration;

/// Why a system could not be asked. The text never holds a secret: [`SystemError::new`] takes what blanks them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}{}", said(detail.as_deref()))]
pub struct SystemError {
    /// What happened.
    pub fault: SystemFault,
    /// What the system, its driver or the network said about it, shortened and without secrets.
    pub detail: Option<String>,
}

/// Longest piece of an answer that is kept to be shown, bytes.
const DETAIL_BYTES_MAX: usize = 600;

fn said(detail: Option<&str>) -> String {
    detail.map_or_else(String::new, |detail| format!(" ({detail})"))
}

/// What happened. `Display` says it in plain English, with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SystemFault {
    /// The name of the machine leads nowhere.
    UnknownHost {
        /// The name.
        host: String,
    },
    /// Nobody listens there, or the way is barred.
    Unreachable {
        /// Host and port.
        at: String,
    },
    /// The wire could not be protected.
    Tls {
        /// Host and port.
        at: String,
    },
    /// It did not answer in time.
    TimedOut {
        /// After so many seconds.
        seconds: u64,
    },
    /// It broke off in the middle of an answer.
    BrokenOff,
    /// It does not take the credentials.
    Unauthorised,
    /// It takes them, but does not give what was asked.
    Forbidden {
        /// What was asked.
        what: String,
    },
    /// It asks to come back later.
    Busy {
        /// How long to wait, where it says.
        wait: Option<Duration>,
    },
    /// A fault of its own; another attempt may work.
    Failing {
        /// The code of its answer, where there is one.
        status: Option<u16>,
    },
    /// It refuses the request for good.
    Refused {
        /// The code of its answer, where there is one.
        status: Option<u16>,
    },
    /// What was asked is not there.
    NoStream {
        /// What was asked.
        name: String,
    },
    /// A field that was asked is not there (any more).
    NoField {
        /// The stream.
        stream: String,
        /// The field.
        field: String,
    },
    /// Its answer is not what its kind of system answers.
    Nonsense {
        /// What was expected.
        expected: &'static str,
    },
    /// Its answer is larger than is ever read.
    TooLarge {
        /// The limit, bytes.
        limit_bytes: u64,
    },
    /// A secret that the connection needs is not in the keyring.
    NoSecret {
        /// Its slot.
        slot: &'static str,
    },
    /// Something of the connection cannot be.
    Setting {
        /// Which setting.
        setting: &'static str,
        /// What is wrong with it, in plain English.
        reason: String,
    },
    /// A position that this system did not give, or that is of another request.
    BadCursor,
    /// The program that gives the rows ended badly.
    Ended {
        /// Its exit code; none where a signal ended it.
        code: Option<i32>,
    },
    /// The program that gives the rows used more than it may.
    Exceeded {
        /// `memory` or `time`.
        what: &'static str,
    },
    /// A person stopped it.
    Cancelled,
    /// Plaza could not write down what came.
    Local,
}

impl SystemError {
    /// An error with what was said about it.
    pub fn new(fault: SystemFault, detail: &str, blank: &super::Blank) -> Self {
        let detail = blank.text(detail.trim());
        let mut end = detail.len().min(DETAIL_BYTES_MAX);
        while !detail.is_char_boundary(end) {
            end -= 1;
        }
        let cut = if end < detail.len() { format!("{}…", &detail[..end]) } else { detail };
        Self { fault, detail: (!cut.is_empty()).then_some(cut) }
    }

    /// Whether another attempt a little later may work.
    pub const fn is_passing(&self) -> bool {
        matches!(
            self.fault,
            SystemFault::UnknownHost { .. }
                | SystemFault::Unreachable { .. }
                | SystemFault::TimedOut { .. }
                | SystemFault::BrokenOff
                | SystemFault::Busy { .. }
                | SystemFault::Failing { .. }
        )
    }

    /// A stable name of the kind of fault.
    pub const fn code(&self) -> &'static str {
        self.fault.code()
    }
}

impl From<SystemFault> for SystemError {
    fn from(fault: SystemFault) -> Self {
        Self { fault, detail: None }
    }
}

impl SystemFault {
    /// A stable name of the kind of fault.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownHost { .. } => "unknown_host",
            Self::Unreachable { .. } => "unreachable",
            Self::Tls { .. } => "tls",
            Self::TimedOut { .. } => "timed_out",
            Self::BrokenOff => "broken_off",
            Self::Unauthorised => "unauthorised",
            Self::Forbidden { .. } => "forbidden",
            Self::Busy { .. } => "busy",
            Self::Failing { .. } => "failing",
            Self::Refused { .. } => "refused",
            Self::NoStream { .. } => "no_stream",
            Self::NoField { .. } => "no_field",
            Self::Nonsense { .. } => "nonsense",
            Self::TooLarge { .. } => "too_large",
            Self::NoSecret { .. } => "no_secret",
            Self::Setting { .. } => "setting",
            Self::BadCursor => "bad_cursor",
            Self::Ended { .. } => "ended",
            Self::Exceeded { .. } => "exceeded",
            Self::Cancelled => "cancelled",
            Self::Local => "local",
        }
    }
}

impl fmt::Display for SystemFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownHost { host } => write!(
                f,
                "the name {host} leads nowhere; check its spelling, and whether this computer is in the company's network"
            ),
            Self::Unreachable { at } => {
                write!(f, "nothing answers at {at}; the system may be down, or a firewall in between")
            }
            Self::Tls { at } => write!(
                f,
                "the connection to {at} could not be protected; its certificate may be out of date, or from an authority that this computer does not know"
            ),
            Self::TimedOut { seconds } => write!(f, "no answer came within {seconds} seconds"),
            Self::BrokenOff => f.write_str("the answer broke off in the middle"),
            Self::Unauthorised => f.write_str(
                "the user or the secret was not accepted; enter it anew, or ask the system's owner whether it was changed",
            ),
            Self::Forbidden { what } => {
                write!(f, "this user may not read {what}; ask the system's owner for the right to read it")
            }
            Self::Busy { wait: Some(wait) } => {
                write!(f, "the system asks to come back in {} seconds", wait.as_secs())
            }
            Self::Busy { wait: None } => f.write_str("the system asks to come back later"),
            Self::Failing { status: Some(status) } => write!(f, "the system failed with code {status}"),
            Self::Failing { status: None } => f.write_str("the system failed"),
            Self::Refused { status: Some(status) } => write!(f, "the system refused the request with code {status}"),
            Self::Refused { status: None } => f.write_str("the system refused the request"),
            Self::NoStream { name } => write!(f, "the system has no “{name}”"),
            Self::NoField { stream, field } => {
                write!(f, "“{stream}” has no field “{field}” any more; it may have been renamed")
            }
            Self::Nonsense { expected } => write!(f, "the answer is not {expected}"),
            Self::TooLarge { limit_bytes } => {
                write!(f, "the answer is larger than {} MB and was not read to its end", limit_bytes / 1_000_000)
            }
            Self::NoSecret { slot } => write!(f, "the keyring of this computer has no {slot} for this connection"),
            Self::Setting { setting, reason } => write!(f, "{setting}: {reason}"),
            Self::BadCursor => f.write_str("the position where the last read ended does not belong to this request"),
            // A shell tells by 128 + n that signal n ended what it ran; 9 is how an operating system short of memory ends it.
            Self::Ended { code: None | Some(137) } => f.write_str(
                "the program was ended from outside; often because the computer had no memory left",
            ),
            Self::Ended { code: Some(code) } => write!(f, "the program ended with code {code}"),
            Self::Exceeded { what } => write!(f, "the program used more {what} than it may and was ended"),
            Self::Cancelled => f.write_str("stopped; what was read before is kept"),
            Self::Local => f.write_str("what the system answered could not be written down on this computer"),
        }
    }
}
