//! `plaza drill`: a rush of an integration, or an outage from its begin to its record.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use plaza_engine::drill::{outage, rush};
use plaza_engine::page::drill::{DrillPage, OutageClosing};
use plaza_engine::pull::Watch;
use plaza_engine::words::Language;

use crate::failure::{Failure, print};
use crate::place;

/// Drills of an integration.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Show whether a drill is owed, what is under way, and what came of those that were held.
    Show(ShowArgs),
    /// Replay what was pulled within the last 30 days at ten times its volume, with faults, beside the workspace.
    Rush(RushArgs),
    /// Cut an integration for a while: it is not pulled, and people carry on by hand.
    Outage(OutageArgs),
    /// Keep what was noticed during an outage.
    Note(NoteArgs),
    /// End an outage before its time.
    End(Place),
    /// Close the record of an outage, after the first pull that followed it.
    Close(CloseArgs),
}

#[derive(Debug, clap::Args)]
struct Place {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The integration's id.
    #[arg(value_name = "INTEGRATION")]
    integration: String,
}

#[derive(Debug, clap::Args)]
struct ShowArgs {
    #[command(flatten)]
    place: Place,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct RushArgs {
    #[command(flatten)]
    place: Place,
    /// What the faults are drawn from: the same number draws the same faults.
    #[arg(long)]
    seed: Option<u32>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct OutageArgs {
    #[command(flatten)]
    place: Place,
    /// For how many minutes.
    #[arg(long)]
    minutes: u32,
    /// What is to be found out.
    #[arg(long, default_value = "")]
    purpose: String,
}

#[derive(Debug, clap::Args)]
struct NoteArgs {
    #[command(flatten)]
    place: Place,
    /// What was noticed.
    #[arg(value_name = "WORDS")]
    words: String,
}

#[derive(Debug, clap::Args)]
struct CloseArgs {
    #[command(flatten)]
    place: Place,
    /// Who took part, by id; may be repeated. Whoever uses this device where absent.
    #[arg(long = "person", value_name = "PERSON")]
    people: Vec<String>,
    /// What was learned.
    #[arg(long)]
    learned: String,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    match &args.act {
        Act::Show(args) => show(&args.place, args.json),
        Act::Rush(args) => hold(args),
        Act::Outage(args) => {
            let workspace = place::open(&args.place.workspace, None)?;
            let id = &args.place.integration;
            outage::begin(&workspace, id, args.minutes, &args.purpose)
                .map_err(|error| Failure::with(id, error))?;
            print(&format!("{id}: cut for {} minutes\n", args.minutes))
        }
        Act::Note(args) => {
            let workspace = place::open(&args.place.workspace, None)?;
            let id = &args.place.integration;
            outage::note(&workspace, id, &args.words).map_err(|error| Failure::with(id, error))?;
            print(&format!("{id}: noted\n"))
        }
        Act::End(place) => {
            let workspace = place::open(&place.workspace, None)?;
            let id = &place.integration;
            outage::end(&workspace, id).map_err(|error| Failure::with(id, error))?;
            print(&format!("{id}: no longer cut; pull it, then close the record\n"))
        }
        Act::Close(args) => close(args),
    }
}

fn close(args: &CloseArgs) -> Result<(), Failure> {
    let workspace = place::open(&args.place.workspace, None)?;
    let mut people = args.people.clone();
    if people.is_empty() {
        people.extend(workspace.me()?.map(|me| me.to_string()));
    }
    let closing = OutageClosing { took_part: people, learned: args.learned.clone() };
    closing
        .close(&workspace, &args.place.integration)
        .map_err(|error| Failure::with(&args.place.integration, error))?;
    drop(workspace);
    show(&args.place, false)
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

fn hold(args: &RushArgs) -> Result<(), Failure> {
    let workspace = place::open(&args.place.workspace, None)?;
    let id = &args.place.integration;
    let bar = Bar { shows: std::io::stderr().is_terminal() && !args.json, cancel: AtomicBool::new(false) };
    let held = rush::hold(&workspace, id, args.seed, &bar);
    if bar.shows {
        eprint!("\r\x1b[K");
    }
    let held = held.map_err(|error| Failure::with(id, error))?;
    if args.json {
        return print(&format!("{}\n", serde_json::to_string_pretty(&held)?));
    }
    drop(workspace);
    show(&args.place, false)
}

fn show(place: &Place, json: bool) -> Result<(), Failure> {
    let workspace = place::open_as_it_is(&place.workspace)?;
    let page = DrillPage::read(&workspace, &place.integration, Language::En)?;
    if json {
        return print(&format!("{}\n", serde_json::to_string_pretty(&page)?));
    }
    let mut text = String::new();
    // Writing into a text cannot fail.
    let _ = told(&mut text, &page);
    print(&text)
}

fn told(text: &mut String, page: &DrillPage) -> std::fmt::Result {
    match (&page.debt, &page.owed_from) {
        (Some(debt), _) => writeln!(text, "debt: {debt}")?,
        (None, Some(from)) => writeln!(text, "a drill is owed from {from} on")?,
        (None, None) => writeln!(text, "not active: no drill is owed")?,
    }
    if let Some(outage) = &page.outage {
        let state = if outage.is_cut { "cut until" } else { "was cut until" };
        writeln!(text, "outage since {}, {state} {} {}", outage.began, outage.over, outage.purpose)?;
        outage.notes.iter().try_for_each(|note| writeln!(text, "  {} {}", note.at, note.words))?;
        outage.record.iter().flatten().try_for_each(|words| writeln!(text, "  {words}"))?;
    }
    for held in &page.held {
        writeln!(text, "{} of {} ({})", held.kind, held.began, held.took_part.join(", "))?;
        held.sentences.iter().try_for_each(|words| writeln!(text, "  {words}"))?;
        if !held.learned.is_empty() {
            writeln!(text, "  learned: {}", held.learned)?;
        }
    }
    Ok(())
}
