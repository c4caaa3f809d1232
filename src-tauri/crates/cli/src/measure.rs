//! `plaza kpi new` and `plaza kpi enter`: a measure begins, and its weeks are entered.

use std::path::PathBuf;

use plaza_engine::page::measure::{FigureForm, FigurePage, NewMeasure};
use plaza_engine::words::{self, Language};
use plaza_engine::{definition, figure};
use serde_json::json;

use crate::failure::{Failure, print};
use crate::place;

#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// What it is called; its word is made of it and stays.
    name: String,
    /// The question that it answers.
    #[arg(long, value_name = "TEXT", default_value = "")]
    question: String,
    /// The decision that it serves.
    #[arg(long, value_name = "TEXT", default_value = "")]
    decision: String,
    /// The number comes as the value itself; otherwise as a numerator and a denominator.
    #[arg(long)]
    value: bool,
    /// What it counts, in a word or two; percent where this is left out.
    #[arg(long, value_name = "WORD")]
    unit: Option<String>,
    /// By how much the parts of a week may differ from its total, in the unit.
    #[arg(long, value_name = "NUMBER", default_value_t = 0.0)]
    tolerance: f64,
    /// A lower value is better; otherwise a higher one is.
    #[arg(long)]
    lower: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct EnterArgs {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The measure's word, as `plaza kpi list` shows it.
    kpi: String,
    /// The week: 2026-W12. It must be over.
    week: String,
    /// The value, or what stands above the line; with a point, at most three decimals.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    numerator: f64,
    /// What stands below it, where the measure is a ratio.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    denominator: Option<f64>,
    /// A department's part of the numerator: `sales=50`. All of them or none; they take the place of those that stand there.
    #[arg(long = "part", value_name = "DEPARTMENT=NUMBER")]
    parts: Vec<String>,
    /// Why; needed where the week has a value already.
    #[arg(long, value_name = "WHY", default_value = "")]
    reason: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn new(args: &NewArgs) -> Result<(), Failure> {
    let workspace = place::open(&args.workspace, None)?;
    let form = NewMeasure {
        name: args.name.clone(),
        question: args.question.clone(),
        decision: args.decision.clone(),
        form: if args.value { words::MeasureForm::Value } else { words::MeasureForm::Ratio },
        is_percent: args.unit.is_none(),
        unit_word: args.unit.clone().unwrap_or_default(),
        tolerance: args.tolerance,
        higher_is_better: !args.lower,
    };
    let kpi = definition::define(&workspace, &form, Language::En)
        .map_err(|error| Failure::with(&args.name, error))?;
    if args.json {
        return print(&format!("{}\n", json!({ "kpi": kpi })));
    }
    print(&format!("{kpi}: on the board\n"))
}

pub(crate) fn enter(args: &EnterArgs) -> Result<(), Failure> {
    let workspace = place::open(&args.workspace, None)?;
    let kpi = words::kpi(&workspace, &args.kpi)?;
    let standing = FigurePage::read(&workspace, &kpi, words::week(&args.week)?, Language::En)?.figure;
    let mut form = FigureForm {
        week: standing.week,
        revision: standing.revision,
        numerator: Some(args.numerator),
        denominator: args.denominator,
        ..FigureForm::default()
    };
    for text in &args.parts {
        let (department, part) = part(text)
            .ok_or_else(|| Failure::Usage(format!("“{text}” is no DEPARTMENT=NUMBER, such as sales=50")))?;
        if form.parts.insert(department.to_owned(), part).is_some() {
            return Err(Failure::Usage(format!("there are two parts of “{department}”")));
        }
    }
    figure::enter(&workspace, &kpi, &form, &args.reason, Language::En)
        .map_err(|error| Failure::with(&args.kpi, error))?;
    let revision = form.revision + 1;
    if args.json {
        return print(&format!("{}\n", json!({ "kpi": kpi, "week": form.week, "revision": revision })));
    }
    print(&format!("{kpi} {}: revision {revision}\n", form.week))
}

fn part(text: &str) -> Option<(&str, f64)> {
    let (department, number) = text.split_once('=')?;
    Some((department.trim(), number.trim().parse().ok()?))
}
