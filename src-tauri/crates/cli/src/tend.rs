//! `plaza tend`: pulls what is due, without a window.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use plaza_engine::error::{EngineError, Result};
use plaza_engine::pull::{PullReport, Unwatched};
use plaza_engine::tend::tend;

use crate::failure::{Failure, print};
use crate::place;

/// Pull what the schedules of a workspace ask for, as the open window does; stay until ended.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// Pull what is due now, and end.
    #[arg(long)]
    once: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let workspace = place::open(&args.workspace, None)?;
    let has_failed = AtomicBool::new(false);
    tend(&workspace, args.once, &Unwatched::default(), &|id, ran| {
        has_failed.fetch_or(ran.is_err(), Ordering::Relaxed);
        // Nobody may be reading any more; the pulls are what matters.
        drop(told(id, ran));
    })
    .map_err(|error| Failure::with(args.workspace.display().to_string(), error))?;
    if has_failed.into_inner() { Err(Failure::Told) } else { Ok(()) }
}

fn told(id: &str, ran: &Result<Option<PullReport>>) -> Result<(), Failure> {
    match ran {
        Ok(Some(report)) => {
            let counts = &report.records;
            print(&format!(
                "{id}: {} rows read, {} new, {} changed; {} weekly values new or changed\n",
                counts.read,
                counts.new,
                counts.changed,
                report.weeks_changed.len()
            ))
        }
        Ok(None) | Err(EngineError::Cancelled) => Ok(()),
        Err(error) => {
            eprintln!("plaza: {id}: {error}");
            Ok(())
        }
    }
}
