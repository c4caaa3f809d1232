//! `plaza trail`: what was asked of which system, what came back, what each rule decided, who decided what.

use std::fmt::Write as _;
use std::path::PathBuf;

use plaza_engine::trail::{TrailForm, TrailPage, TrailQuery, write};
use plaza_engine::words::Language;

use crate::failure::{Failure, print};
use crate::place;

/// Show the trail of an integration: what was asked, what came back, what was decided; the newest first.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The integration's id.
    #[arg(value_name = "INTEGRATION")]
    integration: String,
    /// Only entries with this text.
    #[arg(long, value_name = "TEXT", default_value = "")]
    search: String,
    /// Not before this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Not after this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only what did not work.
    #[arg(long)]
    faults: bool,
    /// Print all of it as CSV.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print all of it as JSON, one object a line.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let workspace = place::open_as_it_is(&args.workspace)?;
    let query = TrailQuery {
        search: args.search.clone(),
        since: args.since.clone(),
        until: args.until.clone(),
        faults: args.faults,
    };
    let form = match (args.csv, args.json) {
        (true, _) => Some(TrailForm::Csv),
        (_, true) => Some(TrailForm::JsonLines),
        _ => None,
    };
    if let Some(form) = form {
        let mut text = Vec::new();
        write(&workspace, &args.integration, &query, form, Language::En, &mut text)?;
        return print(&String::from_utf8_lossy(&text));
    }
    let page = TrailPage::read(&workspace, &args.integration, &query, 0, Language::En)?;
    print(&told(&page))
}

/// The newest entries in words, one a line.
fn told(page: &TrailPage) -> String {
    let mut text = String::new();
    for entry in &page.entries {
        let mut line = format!("{}  {}", entry.at, entry.outcome);
        // Writing into a text cannot fail.
        if let Some(status) = entry.status {
            let _ = write!(line, " {status}");
        }
        for part in [&entry.stream, &entry.what] {
            if !part.is_empty() {
                let _ = write!(line, "  {part}");
            }
        }
        if let Some(rows) = entry.rows {
            let _ = write!(line, "  {rows} rows");
        }
        if let Some(words) = &entry.words {
            let _ = write!(line, "  {words}");
        }
        if let Some(who) = &entry.who {
            let _ = write!(line, "  by {who}");
        }
        let _ = writeln!(text, "{line}");
    }
    let shown = page.entries.len();
    match usize::try_from(page.total).unwrap_or(usize::MAX).saturating_sub(shown) {
        0 if shown == 0 => text.push_str("nothing was found\n"),
        0 => {}
        more => {
            let _ = writeln!(text, "… and {more} more; all of them with --csv or --json");
        }
    }
    text
}
