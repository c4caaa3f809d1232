//! `plaza checkpoint`: how an integration's batches pass, what waits, and what a person decides about it.

use std::fmt::Write as _;
use std::path::PathBuf;

use plaza_engine::page::checkpoint::{BatchDecision, CheckpointSettings, CheckpointView, HeldWeek};
use plaza_engine::words::Language;
use plaza_engine::workspace::Workspace;

use crate::failure::{Failure, print};
use crate::place;

/// The checkpoint of an integration.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Show how batches pass, what waits and what it would change, and what was decided.
    Show(ShowArgs),
    /// Say how batches pass from the next pull on.
    Set(SetArgs),
    /// Publish what waits: all of it, or the weeks that are named.
    Release(ReleaseArgs),
    /// Turn away what waits; its files stay kept and are not taken again as they are.
    Reject(RejectArgs),
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
struct SetArgs {
    #[command(flatten)]
    place: Place,
    /// Publish every batch as it comes.
    #[arg(long)]
    off: bool,
    /// Who decides: a person's id; whoever uses this device where absent.
    #[arg(long, value_name = "PERSON")]
    approver: Option<String>,
    /// Points by which a published percentage may move.
    #[arg(long, default_value_t = 2.0)]
    points: f64,
    /// Mean moving ranges by which another published value may move.
    #[arg(long, default_value_t = 1.0)]
    ranges: f64,
    /// Hold a batch too where a rule about the whole file warns.
    #[arg(long)]
    hold_warnings: bool,
    /// Who saved the integration last may not decide.
    #[arg(long)]
    four_eyes: bool,
    /// Hours after which a batch passes by itself.
    #[arg(long)]
    hours: Option<u32>,
    /// Why.
    #[arg(long)]
    reason: String,
}

#[derive(Debug, clap::Args)]
struct ReleaseArgs {
    #[command(flatten)]
    place: Place,
    /// Only this week of this KPI; may be repeated.
    #[arg(long = "week", value_name = "KPI=WEEK")]
    weeks: Vec<String>,
    /// Why.
    #[arg(long)]
    reason: String,
}

#[derive(Debug, clap::Args)]
struct RejectArgs {
    #[command(flatten)]
    place: Place,
    /// Why.
    #[arg(long)]
    reason: String,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    match &args.act {
        Act::Show(args) => show(args),
        Act::Set(args) => set(args),
        Act::Release(args) => {
            let weeks = args.weeks.iter().map(|text| week(text)).collect::<Result<Vec<_>, _>>()?;
            let decision =
                if weeks.is_empty() { BatchDecision::Release } else { BatchDecision::ReleaseWeeks { weeks } };
            decide(&args.place, &decision, &args.reason, "published")
        }
        Act::Reject(args) => decide(&args.place, &BatchDecision::Reject, &args.reason, "turned away"),
    }
}

fn week(text: &str) -> Result<(String, String), Failure> {
    let parts = text.split_once('=');
    let (kpi, week) = parts
        .ok_or_else(|| Failure::Usage(format!("“{text}” is no KPI=WEEK, such as promise-kept=2026-W12")))?;
    Ok((kpi.to_owned(), week.to_owned()))
}

fn decide(place: &Place, decision: &BatchDecision, reason: &str, done: &str) -> Result<(), Failure> {
    let workspace = place::open(&place.workspace, None)?;
    decision
        .carry_out(&workspace, &place.integration, reason)
        .map_err(|error| Failure::with(&place.integration, error))?;
    let left = CheckpointView::read(&workspace, &place.integration, Language::En)?.held;
    let rest = left.map_or_else(String::new, |left| format!("; {} weeks go on waiting", left.weeks.len()));
    print(&format!("{}: {done}{rest}\n", place.integration))
}

fn set(args: &SetArgs) -> Result<(), Failure> {
    let workspace = place::open(&args.place.workspace, None)?;
    let settings = CheckpointSettings {
        is_on: !args.off,
        approver: approver(&workspace, args)?,
        points: args.points,
        ranges: args.ranges,
        holds_warnings: args.hold_warnings,
        four_eyes: args.four_eyes,
        hours: args.hours,
    };
    settings
        .keep(&workspace, &args.place.integration, &args.reason)
        .map_err(|error| Failure::with(&args.place.integration, error))?;
    let how = if args.off { "every batch is published as it comes" } else { "batches are looked at" };
    print(&format!("{}: {how}\n", args.place.integration))
}

fn approver(workspace: &Workspace, args: &SetArgs) -> Result<String, Failure> {
    if let Some(named) = &args.approver {
        return Ok(named.clone());
    }
    let me = workspace.me()?;
    let me =
        me.ok_or_else(|| Failure::Usage("nobody is known here: name a person with --approver".into()))?;
    Ok(me.to_string())
}

fn show(args: &ShowArgs) -> Result<(), Failure> {
    let workspace = place::open_as_it_is(&args.place.workspace)?;
    let view = CheckpointView::read(&workspace, &args.place.integration, Language::En)?;
    if args.json {
        return print(&format!("{}\n", serde_json::to_string_pretty(&view)?));
    }
    let mut text = String::new();
    // Writing into a text cannot fail.
    let _ = told(&mut text, &view);
    print(&text)
}

fn told(text: &mut String, view: &CheckpointView) -> std::fmt::Result {
    match &view.settings {
        Some(set) if set.is_on => writeln!(
            text,
            "batches are held that move a percentage by more than {} points or another value by more than {} mean moving \
             ranges{}; {} decides",
            set.points,
            set.ranges,
            if set.holds_warnings { ", or whose file warns as a whole" } else { "" },
            set.approver
        )?,
        _ => writeln!(text, "every batch is published as it comes")?,
    }
    match &view.held {
        None => writeln!(text, "no batch waits")?,
        Some(held) => {
            writeln!(text, "{} waits since {}", held.run, held.since)?;
            held.why.iter().try_for_each(|why| writeln!(text, "  {why}"))?;
            held.weeks.iter().try_for_each(|week| writeln!(text, "  {}", moved(week)))?;
        }
    }
    for act in &view.acts {
        let person = act.person.as_deref().unwrap_or("–");
        writeln!(text, "{} {} ({person}) {}", act.at, act.what, act.words)?;
    }
    Ok(())
}

fn moved(week: &HeldWeek) -> String {
    let value = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"));
    let beyond = if week.is_beyond { ", further than it may" } else { "" };
    format!("{}={} {} → {}{beyond}", week.kpi, week.week, value(week.before), value(week.after))
}
