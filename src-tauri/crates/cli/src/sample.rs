//! `plaza sample`: the sample company, written as files and pulled.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use plaza_engine::pull::Watch;
use plaza_engine::sample;
use plaza_engine::words::Language;

use crate::failure::{Failure, print};
use crate::place;

/// Make the sample company: a year of a mid-size manufacturer, written as the files of its systems and pulled.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Its folder; must be empty or missing.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// Another company of the same kind.
    #[arg(long, default_value_t = sample::SEED)]
    seed: u64,
    /// The language of the workspace.
    #[arg(long, default_value = "en")]
    language: Language,
    /// The day on which it is looked at, where it is not today (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    today: Option<plaza_engine::Day>,
}

struct Bar {
    shows: bool,
    cancel: AtomicBool,
}

impl Watch for Bar {
    fn progress(&self, _what: &str, done: u64, total: u64) {
        if self.shows {
            eprint!("\r\x1b[Kweek {done} of {total}");
        }
    }

    fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let home = place::home();
    let zone = sample::TIME_ZONE.parse().unwrap_or(plaza_engine::TimeZone::UTC);
    let today = args.today.unwrap_or_else(|| zone.day_at(home.clock().now_ms()));
    let bar = Bar { shows: std::io::stderr().is_terminal(), cancel: AtomicBool::new(false) };
    let made = sample::create(&args.workspace, args.seed, args.language, home.keys(), today, &bar);
    if bar.shows {
        eprint!("\r\x1b[K");
    }
    made.map_err(|error| Failure::with(args.workspace.display().to_string(), error))?;
    print(&format!("{} is in {}\n", sample::COMPANY, args.workspace.display()))
}
