//! `plaza week`: weeks of the joint KPIs.

use std::fmt::Write as _;
use std::path::PathBuf;

use plaza_engine::week::{WeekQuery, WeekRow, Which, weeks};
use plaza_engine::{Basis, Day, Week};

use crate::failure::{Failure, print};
use crate::place;

/// Show weeks of the joint KPIs, as they are or as they were seen at a time.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// One KPI: promise-kept, order-to-cash, right-first-time, promise-realism or late-backlog.
    #[arg(long, value_name = "NAME")]
    kpi: Option<String>,
    /// One week, such as 2026-W12; the last one that is over where neither this nor --all is given.
    #[arg(long, conflicts_with = "all")]
    week: Option<Week>,
    /// All weeks.
    #[arg(long)]
    all: bool,
    /// Measure against this date of the customer's.
    #[arg(long, value_enum, default_value = "promised")]
    basis: BasisWord,
    /// As it was known at this time: RFC 3339, or a date for its end (UTC).
    #[arg(long, value_name = "TIME")]
    known_at: Option<String>,
    /// Today, where it is not the clock's (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    today: Option<Day>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum BasisWord {
    Promised,
    Requested,
    Agreed,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let known_at = args.known_at.as_deref().map(moment).transpose()?;
    let query = WeekQuery {
        kpi: args.kpi.as_deref().map(Into::into),
        which: match (args.week, args.all) {
            (Some(week), _) => Which::One(week),
            (None, true) => Which::All,
            (None, false) => Which::Latest,
        },
        basis: match args.basis {
            BasisWord::Promised => Basis::Promised,
            BasisWord::Requested => Basis::Requested,
            BasisWord::Agreed => Basis::Agreed,
        },
        known_at,
    };
    let workspace = place::open(&args.workspace, args.today)?;
    let rows = weeks(&workspace, &query)?;
    if args.json {
        return print(&format!("{}\n", serde_json::to_string_pretty(&rows)?));
    }
    print(&table(&rows))
}

fn moment(text: &str) -> Result<i64, Failure> {
    plaza_engine::week::moment_of(text).ok_or_else(|| {
        Failure::Usage(format!("“{text}” is no time such as 2026-11-12T09:00:00Z, nor a date"))
    })
}

fn table(rows: &[WeekRow]) -> String {
    if rows.is_empty() {
        return "no week was observed\n".to_owned();
    }
    let mut text = format!(
        "{:<18}{:<10}{:>9}{:>8}{:>9}  {:<12}parts\n",
        "kpi", "week", "value", "n", "pending", "state"
    );
    for row in rows {
        let is_percent = matches!(row.kpi.as_str(), "promise-kept" | "right-first-time");
        let value = row.value.map_or_else(
            || "–".to_owned(),
            |value| {
                if is_percent { format!("{value:.1} %") } else { format!("{value:.1} d") }
            },
        );
        let parts: Vec<String> =
            row.parts.iter().map(|part| format!("{} {:.1}", part.department, part.points)).collect();
        let _ = writeln!(
            text,
            "{:<18}{:<10}{:>9}{:>8}{:>9}  {:<12}{}",
            row.kpi,
            row.week.to_string(),
            value,
            row.n,
            row.pending,
            row.state,
            parts.join(", ")
        );
    }
    text
}
