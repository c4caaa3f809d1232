//! How a subcommand fails: in plain words on standard error, with an exit code.

use std::error::Error;
use std::process::ExitCode;

/// Why a subcommand gave up.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The words of the command line do not fit together (exit code 2).
    Usage(String),
    /// It was understood and did not work (exit code 1). `about` says with what, such as a file.
    Failed { about: Option<String>, error: Box<dyn Error> },
    /// It did not hold what it should, and standard output has said so (exit code 1).
    Told,
    /// Nobody reads the output any more, as with `plaza … | head`: the end, without a word (exit code 0).
    Unread,
}

impl Failure {
    /// Something failed with `about`.
    pub(crate) fn with(about: impl Into<String>, error: impl Error + 'static) -> Self {
        Self::Failed { about: Some(about.into()), error: Box::new(error) }
    }

    /// Says what happened, and its causes.
    pub(crate) fn report(&self) -> ExitCode {
        match self {
            Self::Unread => ExitCode::SUCCESS,
            Self::Told => ExitCode::FAILURE,
            Self::Usage(words) => {
                eprintln!("plaza: {words}\nplaza: see “plaza help”");
                ExitCode::from(2)
            }
            Self::Failed { about, error } => {
                let about = about.as_ref().map_or_else(String::new, |about| format!("{about}: "));
                eprintln!("plaza: {about}{error}");
                let mut cause = error.source();
                while let Some(error) = cause {
                    eprintln!("       because {error}");
                    cause = error.source();
                }
                ExitCode::FAILURE
            }
        }
    }
}

impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed { about: None, error: Box::new(error) }
    }
}

/// Writes a result to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(Failure::Unread),
        Err(error) => Err(Failure::with("standard output", error)),
        Ok(()) => Ok(()),
    }
}
