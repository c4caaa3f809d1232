//! `plaza charter`: the charter of an integration, whether it is active, its success measure, its audit.

use std::fmt::Write as _;
use std::path::PathBuf;

use plaza_engine::Day;
use plaza_engine::page::audit::AuditPage;
use plaza_engine::page::charter::CharterPage;
use plaza_engine::words::Language;

use crate::failure::{Failure, print};
use crate::place;

/// Show the charter of an integration, its state, its success measure and its audit.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The workspace's folder.
    #[arg(long, value_name = "DIR")]
    workspace: PathBuf,
    /// The integration's id.
    #[arg(value_name = "INTEGRATION")]
    integration: String,
    /// Today, where it is not the clock's (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    today: Option<Day>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let workspace = place::open_as_it_is(&args.workspace)?.on(args.today);
    let charter = CharterPage::read(&workspace, &args.integration, Language::En)?;
    let audit = AuditPage::read(&workspace, &args.integration, Language::En)?;
    if args.json {
        let whole = serde_json::json!({ "charter": charter, "audit": audit });
        return print(&format!("{}\n", serde_json::to_string_pretty(&whole)?));
    }
    let mut text = String::new();
    // Writing into a text cannot fail.
    let _ = answers(&mut text, &charter);
    let _ = questions(&mut text, &audit);
    print(&text)
}

fn answers(text: &mut String, page: &CharterPage) -> std::fmt::Result {
    let state = if page.active { "active: pulled by itself" } else { "not active: pulled by hand only" };
    writeln!(text, "{state}")?;
    if page.version == 0 {
        writeln!(text, "no charter yet")?;
    } else {
        writeln!(text, "charter, version {}", page.version)?;
    }
    let given = |answer: &str| if answer.is_empty() { "–".to_owned() } else { answer.to_owned() };
    let words = &page.words;
    for (question, answer) in [
        ("level", words.level.clone().unwrap_or_default()),
        ("problem", page.charter.problem.clone()),
        ("benefits", words.beneficiaries.join(", ")),
        ("use", page.charter.usage.clone()),
        ("when it fails", page.charter.fallback.clone()),
        ("owner", words.owner.clone().unwrap_or_default()),
        ("success", words.measure.clone().unwrap_or_default()),
    ] {
        writeln!(text, "  {question:<14}{}", given(&answer))?;
    }
    for gap in &page.gaps {
        writeln!(text, "  missing: {gap}")?;
    }
    for unstable in &page.unstable {
        writeln!(text, "  unstable below it: {unstable}")?;
    }
    if let Some(measure) = &page.measure {
        writeln!(text, "{}", measure.sentence)?;
    }
    if let Some(why) = &page.retirement {
        writeln!(text, "{why}")?;
    }
    Ok(())
}

fn questions(text: &mut String, page: &AuditPage) -> std::fmt::Result {
    let debt = if page.debt { ": debt" } else { "" };
    writeln!(text, "audit, {}: {} of {} lacking{debt}", page.quarter, page.lacking, page.questions.len())?;
    for asked in &page.questions {
        let answer = match asked.answer {
            None => "–",
            Some(plaza_engine::page::audit::Answer::Yes) => "yes",
            Some(plaza_engine::page::audit::Answer::Partial) => "partial",
            Some(plaza_engine::page::audit::Answer::No) => "no",
        };
        writeln!(text, "  {answer:<9}{}", asked.words)?;
        for why in [asked.evidence.as_deref().unwrap_or_default(), &asked.comment] {
            if !why.is_empty() {
                writeln!(text, "           {why}")?;
            }
        }
    }
    for quarter in page.quarters.iter().filter(|quarter| quarter.audited) {
        let debt = if quarter.debt { ", debt" } else { "" };
        let (yes, partial, no) = (quarter.yes, quarter.partial, quarter.no);
        writeln!(text, "  {}: {yes} yes, {partial} partial, {no} no{debt}", quarter.quarter)?;
    }
    Ok(())
}
