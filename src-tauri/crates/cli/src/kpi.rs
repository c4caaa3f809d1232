//! `plaza kpi`: the definitions of the joint KPIs, what a change would have done to the past, and the change.

use std::fmt::Write as _;
use std::path::PathBuf;

use plaza_engine::definition;
use plaza_engine::page::definition::{
    DefinitionForm, DefinitionList, DefinitionPage, DefinitionPreview, DefinitionRow,
};
use plaza_engine::page::kpi::KpiPage;
use plaza_engine::words::{self, Basis, KpiId, Language};
use serde_json::Value;

use crate::failure::{Failure, print};
use crate::place;
use crate::progress::Bar;
use crate::{figure_file, measure};

/// The definitions of the joint KPIs.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// List all KPIs, those on the board first.
    List(ListArgs),
    /// Show a KPI's definition as it can be set, and every version with what it changed.
    Show(ShowArgs),
    /// Begin a measure: a weekly number that people enter.
    New(measure::NewArgs),
    /// Enter a week of a measure, or correct it.
    Enter(measure::EnterArgs),
    /// Look at a file with weeks of a measure, and with --publish bring it in.
    File(figure_file::Args),
    /// Change fields of a definition; with --look only what that would have done to the past is shown.
    Set(SetArgs),
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct ShowArgs {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The KPI: promise-kept, order-to-cash, right-first-time, promise-realism, late-backlog, or a measure's word.
    kpi: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct SetArgs {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The KPI: promise-kept, order-to-cash, right-first-time, promise-realism, late-backlog, or a measure's word.
    kpi: String,
    /// Fields as `plaza kpi show` names them; a value is JSON, or a text as it is: `target=96`, `name=Promises`,
    /// `active=false`, `settings.return_window_days=42`, `decides=null`.
    #[arg(required = true, value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    /// Why; it is kept with the version.
    #[arg(long, required_unless_present = "look")]
    reason: Option<String>,
    /// Only look: nothing is changed.
    #[arg(long)]
    look: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    match &args.act {
        Act::List(args) => list(args),
        Act::Show(args) => show(args),
        Act::New(args) => measure::new(args),
        Act::Enter(args) => measure::enter(args),
        Act::File(args) => figure_file::run(args),
        Act::Set(args) => set(args),
    }
}

fn list(args: &ListArgs) -> Result<(), Failure> {
    let workspace = place::open_as_it_is(&args.workspace)?;
    let list = DefinitionList::read(&workspace, Language::En)?;
    if args.json {
        return print(&format!("{}\n", serde_json::to_string_pretty(&list)?));
    }
    let mut text = format!("{} of at most {} on the board\n", list.active, list.most);
    list.rows.iter().for_each(|row| text.push_str(&line(row)));
    print(&text)
}

fn line(row: &DefinitionRow) -> String {
    let place = if row.active { "on the board" } else { "off the board" };
    let by = row.by.as_deref().map_or_else(String::new, |by| format!(" by {by}"));
    let name = row.name.as_deref().map_or_else(String::new, |name| format!(" “{name}”"));
    format!("{}{name}: {place}, version {} since {}{by}\n", row.kpi, row.version, row.since)
}

fn show(args: &ShowArgs) -> Result<(), Failure> {
    let workspace = place::open_as_it_is(&args.workspace)?;
    let kpi = words::kpi(&workspace, &args.kpi)?;
    let page = DefinitionPage::read(&workspace, &kpi)?;
    let history = KpiPage::read(&workspace, &kpi, Basis::Promised, Language::En)?.history;
    if args.json {
        let both = serde_json::json!({ "form": page.form, "history": history });
        return print(&format!("{}\n", serde_json::to_string_pretty(&both)?));
    }
    let mut text = String::new();
    for (field, value) in flat(&serde_json::to_value(&page.form)?) {
        // Writing into a text cannot fail.
        let _ = writeln!(text, "{field}={value}");
    }
    for version in history {
        let _ = writeln!(text, "version {} since {} {}", version.version, version.since, version.reason);
        version.changes.iter().for_each(|change| {
            let _ = writeln!(text, "  {change}");
        });
    }
    print(&text)
}

/// The fields of a form, those of its settings by their path.
fn flat(form: &Value) -> Vec<(String, String)> {
    let fields = form.as_object().into_iter().flatten().filter(|(name, _)| *name != "version");
    let mut flat = Vec::new();
    for (name, value) in fields {
        match value.as_object().filter(|_| name == "settings") {
            Some(settings) => {
                flat.extend(settings.iter().map(|(own, value)| (format!("{name}.{own}"), value.to_string())));
            }
            None => flat.push((name.clone(), value.to_string())),
        }
    }
    flat
}

fn set(args: &SetArgs) -> Result<(), Failure> {
    let workspace =
        if args.look { place::open_as_it_is(&args.workspace)? } else { place::open(&args.workspace, None)? };
    let kpi = words::kpi(&workspace, &args.kpi)?;
    let form = with(&DefinitionPage::read(&workspace, &kpi)?.form, &args.fields)?;
    let bar = Bar::new(!args.json);
    if args.look {
        let seen = definition::preview(&workspace, &kpi, &form, Language::En, &bar);
        bar.clear();
        let seen = seen.map_err(|error| Failure::with(&args.kpi, error))?;
        return if args.json {
            print(&format!("{}\n", serde_json::to_string_pretty(&seen)?))
        } else {
            print(&told(&seen))
        };
    }
    let reason = args.reason.as_deref().unwrap_or_default();
    let saved = definition::save(&workspace, &kpi, &form, reason, Language::En, &bar);
    bar.clear();
    saved.map_err(|error| Failure::with(&args.kpi, error))?;
    let version = kept(&workspace, &kpi)?;
    if args.json {
        return print(&format!("{}\n", serde_json::json!({ "version": version })));
    }
    print(&format!("{}: version {version}\n", args.kpi))
}

fn kept(workspace: &plaza_engine::workspace::Workspace, kpi: &KpiId) -> Result<u32, Failure> {
    Ok(DefinitionPage::read(workspace, kpi)?.form.version)
}

/// A form with these fields set.
fn with(form: &DefinitionForm, fields: &[String]) -> Result<DefinitionForm, Failure> {
    let mut form = serde_json::to_value(form)?;
    for text in fields {
        let wrong =
            || Failure::Usage(format!("“{text}” is no FIELD=VALUE; `plaza kpi show` lists the fields"));
        let (field, value) = text.split_once('=').ok_or_else(wrong)?;
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        let place = match field.split_once('.') {
            Some((outer @ "settings", own)) => form.get_mut(outer).and_then(|settings| settings.get_mut(own)),
            _ => form.get_mut(field).filter(|_| field != "version"),
        };
        *place.ok_or_else(wrong)? = value;
    }
    serde_json::from_value(form)
        .map_err(|fault| Failure::Usage(format!("these fields cannot be read: {fault}")))
}

fn told(seen: &DefinitionPreview) -> String {
    let mut text = String::new();
    seen.changes.iter().for_each(|change| {
        let _ = writeln!(text, "{change}");
    });
    let _ = writeln!(
        text,
        "{} of {} weeks would have another value, {} more another split; {} signatures would be lifted",
        seen.changed, seen.weeks, seen.sharpened, seen.lifted
    );
    let value = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"));
    for one in &seen.moves {
        let _ = writeln!(text, "  {} {} → {}", one.week, value(one.was), value(one.would_be));
    }
    for (what, signals) in [("new", &seen.gained), ("gone", &seen.lost)] {
        for signal in signals {
            let part = signal.department.as_deref().unwrap_or("whole");
            let _ = writeln!(text, "  {what}: {} ({part}) {} to {}", signal.words, signal.from, signal.to);
        }
    }
    for side in [("was", &seen.before), ("would be", &seen.after)] {
        let _ = writeln!(text, "{}: {}", side.0, side.1.sentence);
    }
    for name in &seen.waiting {
        let _ = writeln!(text, "{name}: counted in the new way by its next pull");
    }
    if let Some(held) = &seen.held {
        let _ = writeln!(text, "{held}");
    }
    text
}
