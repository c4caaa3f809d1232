//! `plaza kpi file`: weeks of a measure from a file, looked at, and with `--publish` brought in.

use std::fmt::Write as _;
use std::path::PathBuf;

use plaza_engine::figure_file;
use plaza_engine::page::figure_file::{BroughtView, FigureChange, FigureFileLook};
use plaza_engine::words::{self, Language};

use crate::failure::{Failure, print};
use crate::place;

/// Weeks that are printed; all of them are counted.
const WEEKS_MAX: usize = 60;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The measure's word, as `plaza kpi list` shows it.
    kpi: String,
    /// The file: CSV or XLSX. Its columns are read as those of the file before, else as they look.
    file: PathBuf,
    /// Publish what the file says; otherwise only what it would do is shown. A file whose parts do not add up is held.
    #[arg(long)]
    publish: bool,
    /// Why; needed where weeks change that have a value.
    #[arg(long, value_name = "WHY", default_value = "")]
    reason: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let workspace = if args.publish {
        place::open(&args.workspace, None)?
    } else {
        place::open_as_it_is(&args.workspace)?
    };
    let kpi = words::kpi(&workspace, &args.kpi)?;
    let about = |error| Failure::with(args.file.display().to_string(), error);
    let look = FigureFileLook::read(&workspace, &kpi, &args.file, None, Language::En).map_err(about)?;
    if !args.publish {
        let text =
            if args.json { format!("{}\n", serde_json::to_string_pretty(&look)?) } else { shown(&look) };
        return print(&text);
    }
    let brought = figure_file::bring(
        &workspace,
        &kpi,
        &args.file,
        &look.chosen,
        &look.seen,
        &args.reason,
        Language::En,
    );
    let brought = BroughtView::from(brought.map_err(about)?);
    if args.json {
        return print(&format!("{}\n", serde_json::to_string_pretty(&brought)?));
    }
    let became = if brought.is_held {
        "held: parts do not add up, and nothing is published until somebody decides"
    } else {
        "published"
    };
    print(&format!("{}{kpi}: {} {became}\n", shown(&look), counted(brought.weeks, "week")))
}

/// So many of something.
fn counted(count: u32, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn shown(look: &FigureFileLook) -> String {
    let mut text = String::new();
    let chosen = &look.chosen;
    let mut column = |what: &str, name: &str| {
        let name = if name.is_empty() { "—" } else { name };
        let _ = writeln!(text, "{what}: {name}");
    };
    column("week", &chosen.week);
    column("numerator", &chosen.numerator);
    if let Some(denominator) = &chosen.denominator {
        column("denominator", denominator);
    }
    if let Some(department) = &chosen.department {
        column("department", department);
    }
    for (part, department) in &chosen.parts {
        column(&format!("part of {department}"), part);
    }
    for fault in &look.faults {
        let _ = writeln!(text, "{}: {}", fault.field, fault.words);
    }
    let _ = writeln!(
        text,
        "{}: {} new, {} changed, {} as before; {} refused, {} blank",
        counted(look.rows, "row"),
        counted(look.new, "week"),
        look.changed,
        look.same,
        counted(look.refused, "row"),
        look.blank
    );
    for change in look.weeks.iter().take(WEEKS_MAX) {
        week(&mut text, change);
    }
    if look.weeks.len() > WEEKS_MAX {
        let _ = writeln!(text, "… and {} more weeks", look.weeks.len() - WEEKS_MAX);
    }
    for row in &look.refused_rows {
        let at = row.column.as_ref().map_or_else(String::new, |column| format!(", {column} “{}”", row.cell));
        let _ = writeln!(text, "row {}{at}: {}", row.row, row.words);
    }
    text
}

fn week(text: &mut String, change: &FigureChange) {
    let value = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| format!("{value:.3}"));
    let was = change.was.as_ref().map_or_else(String::new, |was| format!("{} → ", value(was.value)));
    let signed = if change.is_signed { " (signed)" } else { "" };
    let gap = change.gap.as_ref().map_or_else(String::new, |gap| format!("  {gap}"));
    let _ = writeln!(text, "{}: {was}{}{signed}{gap}", change.week, value(change.now.value));
}
