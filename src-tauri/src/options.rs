//! What can be asked of the window on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

/// What `plaza-desktop --help` says.
pub(crate) const HELP: &str = "\
Plaza: a common square for a company's departments.

Usage: plaza-desktop [--workspace DIR]

  --workspace DIR  open the workspace in DIR instead of the last one
  --version        say the version and leave
  --help           say this and leave

The main job without a window: the program `plaza` (`plaza --help`).
";

/// The options of one start of the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// The workspace to open instead of the last one.
    pub(crate) workspace: Option<PathBuf>,
}

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The window.
    Window(Options),
    /// The help text.
    Help,
    /// The version.
    Version,
}

/// Why a command line cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OptionError {
    /// An option that the window does not know.
    #[error("unknown option: {0}")]
    Unknown(String),
    /// `--workspace` without its folder.
    #[error("--workspace needs a folder")]
    NoFolder,
}

/// Reads the command line (without the program's own name).
///
/// # Errors
/// When an option is unknown, incomplete, or excludes another.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, OptionError> {
    let mut options = Options::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--help" | "-h") => return Ok(Asked::Help),
            Some("--version" | "-V") => return Ok(Asked::Version),
            Some("--workspace") => {
                let folder =
                    arguments.next().filter(|folder| !folder.is_empty()).ok_or(OptionError::NoFolder)?;
                options.workspace = Some(PathBuf::from(folder));
            }
            _ => return Err(OptionError::Unknown(argument.to_string_lossy().into_owned())),
        }
    }
    Ok(Asked::Window(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &[&str]) -> Result<Asked, OptionError> {
        read(line.iter().map(OsString::from))
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        let cases = [
            (&["--sampel"][..], OptionError::Unknown("--sampel".into())),
            (&["folder"][..], OptionError::Unknown("folder".into())),
            (&["--workspace"][..], OptionError::NoFolder),
            (&["--workspace", ""][..], OptionError::NoFolder),
        ];
        for (line, expected) in cases {
            assert_eq!(asked(line), Err(expected), "{line:?}");
        }
    }

    #[test]
    fn reads_what_the_window_offers() {
        let folder = Options { workspace: Some("a b".into()) };
        let cases = [
            (&[][..], Asked::Window(Options::default())),
            (&["--workspace", "a b"][..], Asked::Window(folder)),
            (&["--workspace", "a", "--help"][..], Asked::Help),
            (&["--version"][..], Asked::Version),
        ];
        for (line, expected) in cases {
            assert_eq!(asked(line), Ok(expected), "{line:?}");
        }
    }
}
