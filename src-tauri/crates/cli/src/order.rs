//! `plaza order`: one order line, its arithmetic and its raw records.

use std::fmt::Write as _;
use std::path::PathBuf;

use plaza_engine::Day;
use plaza_engine::error::EngineError;
use plaza_engine::journey::order::{OrderReport, order};

use crate::failure::{Failure, print};
use crate::place;

/// Show one order line: planned against actual, whose the lateness is, and the raw records behind it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// Order and line number; line 1 where only the order is given.
    #[arg(value_name = "ORDER/LINE")]
    order: String,
    /// The system that the order is of, where its number stands in several.
    #[arg(long, value_name = "NAME")]
    system: Option<String>,
    /// Today, where it is not the clock's (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    today: Option<Day>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let workspace = place::open(&args.workspace, args.today)?;
    let (number, line) = args.order.rsplit_once('/').unwrap_or((args.order.as_str(), "1"));
    let report = order(&workspace, number, line, args.system.as_deref()).map_err(told_to_choose)?;
    if args.json {
        return print(&format!("{}\n", serde_json::to_string_pretty(&report)?));
    }
    print(&told(&report))
}

/// Which system is meant is the caller's to say: the words of the call were not enough.
fn told_to_choose(error: EngineError) -> Failure {
    match error {
        EngineError::SeveralSystems { .. } => Failure::Usage(format!("{error}; name one with --system")),
        other => other.into(),
    }
}

fn told(report: &OrderReport) -> String {
    let day = |day: Option<Day>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    let mut text = format!(
        "order {} line {} of {}: promised {}, reached {}\n",
        report.order,
        report.line,
        report.system,
        day(report.promised),
        day(report.delivered)
    );
    if let (Some(lateness), Some(gap)) = (report.lateness_days, report.gap_days) {
        let _ = writeln!(text, "  promise gap {gap:+}");
        for leg in &report.legs {
            let _ = writeln!(
                text,
                "  {} → {} ({}): {} days taken − {} planned = {:+}{}",
                leg.from.word(),
                leg.to.word(),
                leg.department,
                leg.actual_days,
                leg.planned_days,
                leg.overrun_days,
                if leg.joint { ", joint" } else { "" }
            );
        }
        let _ = writeln!(text, "  lateness {lateness:+} days");
    }
    for (department, share) in &report.shares {
        let _ = writeln!(text, "  {department}: {:.1} % of the miss", share * 100.0);
    }
    if let Some(agreed) = &report.agreed {
        let by = agreed.by.as_deref().unwrap_or("somebody");
        let _ = writeln!(text, "  this split was agreed by {by} on {}: {}", agreed.on, agreed.reason);
        for (department, share) in &agreed.counted {
            let _ = writeln!(text, "    by the milestones {department}: {:.1} %", share * 100.0);
        }
        if agreed.has_changed {
            let _ = writeln!(text, "    the data changed since it was agreed");
        }
        if let Some(thread) = &agreed.thread {
            let _ = writeln!(text, "    thread {thread}");
        }
    }
    for record in &report.records {
        let _ = writeln!(
            text,
            "  record: {} {}, {} row {}, {}",
            record.system, record.stream, record.file, record.row, record.run
        );
        for (column, cell) in &record.fields {
            let _ = writeln!(text, "    {column}: {cell}");
        }
    }
    text
}
