//! `plaza backup`, `plaza restore` and `plaza admit`: a workspace in one file, back, and writing again.

use std::io::{BufRead, IsTerminal, Read};
use std::path::PathBuf;

use crate::failure::{Failure, print};
use crate::place;
use crate::progress::Bar;

/// A recovery code is some 70 bytes; more than this is not one.
const CODE_BYTES_MAX: u64 = 4096;

/// Write a backup of a workspace into one file, consistent while the workspace is in use.
#[derive(Debug, clap::Args)]
pub(crate) struct BackupArgs {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The file; an older backup there is replaced, anything else is left alone.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(crate) fn back_up(args: &BackupArgs) -> Result<(), Failure> {
    let workspace = place::open_as_it_is(&args.workspace)?;
    let bar = Bar::new(true);
    let written = workspace.back_up(&args.file, &bar);
    bar.clear();
    let written = written?;
    print(&format!("{}: {} bytes\n", written.path.display(), written.bytes))
}

/// Restore a backup into a missing or empty folder; it is checked before it is put there. The restored workspace goes
/// on under a new device id, and the original stays as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct RestoreArgs {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(crate) fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let bar = Bar::new(true);
    let restored = place::home().restore(&args.file, &args.folder, &bar);
    bar.clear();
    let restored = restored?;
    print(&format!(
        "Restored in {}: the backup of {} with {} events. Everything holds.\n",
        args.folder.display(),
        plaza_engine::week::moment(restored.made_at),
        restored.verified.events,
    ))?;
    let workspace = place::open_as_it_is(&args.folder)?;
    if workspace.take_part()? {
        print("It goes on under a new device id.\n")
    } else {
        print(&format!(
            "This computer does not hold the keeper's key: the workspace can be read, not written. Let it write with its \
             recovery code:\n  plaza admit --workspace {}\n",
            args.folder.display()
        ))
    }
}

/// Let this computer write to a workspace that was restored from another one's backup. Reads the recovery code, which
/// was shown when the workspace was founded, from standard input.
#[derive(Debug, clap::Args)]
pub(crate) struct AdmitArgs {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
}

pub(crate) fn admit(args: &AdmitArgs) -> Result<(), Failure> {
    let workspace = place::open_as_it_is(&args.workspace)?;
    if std::io::stdin().is_terminal() {
        eprint!("recovery code: ");
    }
    let mut code = String::new();
    let mut line = std::io::BufReader::new(std::io::stdin().lock().take(CODE_BYTES_MAX));
    line.read_line(&mut code).map_err(|error| Failure::with("standard input", error))?;
    workspace.admit(&code)?;
    print("This computer may write to the workspace.\n")
}
