//! `plaza verify`: whether everything in a workspace holds.

use std::fmt::Write as _;
use std::path::PathBuf;

use plaza_engine::verify::{Verification, verify};
use plaza_engine::words::Language;

use crate::failure::{Failure, print};
use crate::place;
use crate::progress::Bar;

/// Check a workspace: the ledger's chain and signatures, its projections against a replay, the kept originals, and
/// the weeks against a full count. Nothing is changed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let about = || args.workspace.display().to_string();
    let bar = Bar::new(!args.json);
    let found = verify(&args.workspace, place::home().clock(), &bar);
    bar.clear();
    let found = found.map_err(|error| Failure::with(about(), error))?;
    if args.json {
        print(&format!("{}\n", serde_json::to_string_pretty(&found.report(Language::En))?))?;
    } else {
        print(&told(&found))?;
    }
    if found.is_sound() { Ok(()) } else { Err(Failure::Told) }
}

fn told(found: &Verification) -> String {
    if found.is_sound() {
        return format!(
            "Everything holds: {} events of {} {} are as they were signed, each in its chain; the projections equal a fresh \
             replay; {} kept originals have their hashes; the weeks equal a full count.\n",
            found.events,
            found.devices,
            if found.devices == 1 { "device" } else { "devices" },
            found.originals,
        );
    }
    let mut text = String::from("This workspace does not hold:\n");
    for fault in found.told(Language::En) {
        let _ = writeln!(text, "  {fault}");
    }
    text.push_str(
        "Nothing was changed. Restore the newest backup into a new folder (plaza restore FILE DIR), and keep this one for a \
         closer look.\n",
    );
    text
}
