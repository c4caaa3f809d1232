//! `plaza pull`: files into the workspace.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use plaza_engine::integration::Integration;
use plaza_engine::pull::{PullReport, Watch, pull};
use plaza_engine::staging::words;

use crate::failure::{Failure, print};
use crate::place;

/// Pull the files of integrations into a workspace; found it where the folder is empty.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// Integrations, each as a TOML file; paths in it start from its folder.
    #[arg(required = true, value_name = "INTEGRATION.toml")]
    integrations: Vec<PathBuf>,
    /// Today, where it is not the clock's (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    today: Option<plaza_engine::Day>,
    /// Print the report as JSON: an object, or a list where several integrations are pulled.
    #[arg(long)]
    json: bool,
}

struct Bar {
    shows: bool,
    cancel: AtomicBool,
}

impl Watch for Bar {
    fn progress(&self, what: &str, done: u64, total: u64) {
        if self.shows {
            eprint!("\r\x1b[K{what} {done}/{total}");
        }
    }

    fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let mut integrations = Vec::new();
    for path in &args.integrations {
        let about = || path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| Failure::with(about(), error))?;
        integrations.push(Integration::from_toml(&text).map_err(|error| Failure::with(about(), error))?);
    }
    let workspace = place::open_or_found(&args.workspace, &integrations, args.today)?;
    let bar = Bar { shows: std::io::stderr().is_terminal() && !args.json, cancel: AtomicBool::new(false) };
    let mut reports = Vec::new();
    for (path, integration) in args.integrations.iter().zip(&integrations) {
        let base =
            path.parent().filter(|base| !base.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let report = pull(&workspace, integration, base, &bar);
        if bar.shows {
            eprint!("\r\x1b[K");
        }
        reports.push(report.map_err(|error| Failure::with(path.display().to_string(), error))?);
    }
    if args.json {
        let json = match reports.as_slice() {
            [one] => serde_json::to_string_pretty(one)?,
            several => serde_json::to_string_pretty(several)?,
        };
        return print(&format!("{json}\n"));
    }
    for (integration, report) in integrations.iter().zip(&reports) {
        print(&told(&integration.name, report))?;
    }
    Ok(())
}

fn told(name: &str, report: &PullReport) -> String {
    let counts = &report.records;
    let mut text = format!(
        "{name}: {} rows read, {} new, {} changed, {} the same, {} in quarantine, {} deleted at the source; {} journeys, \
         {} weekly values new or changed\n",
        counts.read,
        counts.new,
        counts.changed,
        counts.same,
        counts.quarantined,
        counts.deleted,
        report.journeys,
        report.weeks_changed.len()
    );
    if report.files.is_empty() && !report.unchanged_files.is_empty() {
        text.push_str("  nothing to do: all files were pulled before and are unchanged\n");
    }
    for (reason, count) in &report.reasons {
        let _ = writeln!(text, "  {count} in quarantine: {reason}");
    }
    for warning in report.warnings.values() {
        if let Some(first) = warning.samples.first() {
            let _ = writeln!(
                text,
                "  warning ({}): {}",
                warning.count,
                words(first, plaza_engine::words::Language::En)
            );
        }
    }
    text
}
