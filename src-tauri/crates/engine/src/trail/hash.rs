//! The hash of a run's trail. It stands in the run's event, which is signed and chained, so that a trail that was
//! changed afterwards no longer fits it.

use std::fmt::Write as _;

use plaza_store::intake::{ExchangeRow, RunState, View};

use crate::error::Result;
use crate::pull::PullReport;
use crate::workspace::Workspace;

/// Exchanges that are read at once.
const PAGE: u32 = 5_000;

/// The hash of what was asked, what came, and what each rule decided in the run of an integration that began at this
/// time; 64 hexadecimal digits.
///
/// Each part is written line by line, with every text in JSON's quotes, so that no text can pass for two. A part that a
/// later Plaza adds is written only where there is something in it: the hashes of before then stay what they were.
///
/// # Errors
/// What the intake says.
pub(crate) fn hash(view: View<'_>, integration: &str, began_at: i64, report: &PullReport) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut skip = 0;
    loop {
        let some = view.exchanges(integration, began_at, skip, PAGE)?;
        for exchange in &some {
            hasher.update(line_of(exchange).as_bytes());
        }
        match u32::try_from(some.len()) {
            Ok(count) if count == PAGE => skip += count,
            _ => break,
        }
    }
    hasher.update(decided(report).as_bytes());
    Ok(hasher.finalize().to_hex().to_string())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn line_of(exchange: &ExchangeRow) -> String {
    let optional = |text: &Option<String>| text.as_deref().map_or_else(|| "-".to_owned(), quoted);
    format!(
        "asked {} {} {} {} {} {} {} {} {}\n",
        exchange.at,
        quoted(&exchange.stream),
        quoted(&exchange.request),
        exchange.status.map_or_else(|| "-".to_owned(), |status| status.to_string()),
        optional(&exchange.fault),
        optional(&exchange.words),
        exchange.bytes,
        exchange.rows,
        exchange.took_ms
    )
}

fn decided(report: &PullReport) -> String {
    let mut lines = String::new();
    // Writing into a text cannot fail.
    for came in &report.came {
        let _ = writeln!(
            lines,
            "came {} {} {} {} {}",
            quoted(&came.stream),
            quoted(&came.file),
            came.hash,
            came.bytes,
            came.unchanged
        );
    }
    let counts = &report.records;
    let _ = writeln!(
        lines,
        "rows {} {} {} {} {} {}",
        counts.read, counts.new, counts.changed, counts.same, counts.quarantined, counts.deleted
    );
    for (rule, rows) in &report.reasons {
        let _ = writeln!(lines, "quarantined {} {rows}", quoted(rule));
    }
    for (rule, warning) in report.warnings.iter() {
        let _ = writeln!(lines, "warned {} {}", quoted(rule), warning.count);
    }
    for file in &report.rejected_files {
        let _ = writeln!(lines, "rejected {}", quoted(file));
    }
    lines
}

/// The runs of this workspace whose trail is not the one that their event was signed with, and of which there is one,
/// the newest first. Runs from before there were hashes are not among them.
///
/// # Errors
/// What the stores say.
pub(crate) fn altered(workspace: &Workspace) -> Result<Vec<String>> {
    let told = workspace.view(|view| view.runs(None, u32::MAX))?;
    let reader = workspace.intake_reader()?;
    let mut altered = Vec::new();
    for run in told {
        let Some(signed) = &run.trail else { continue };
        let Some(row) = reader.view().run_by_name(run.run.as_str())? else { continue };
        if row.state != RunState::Finished {
            // Its end is being written.
            continue;
        }
        let report: PullReport = serde_json::from_str(&row.report).unwrap_or_default();
        if hash(reader.view(), run.integration.as_str(), run.began_at, &report)? != *signed {
            altered.push(run.run.to_string());
        }
    }
    Ok(altered)
}
