//! A trail for other programs and for auditors: CSV, or one JSON object a line.

use std::io::Write;

use plaza_domain::language::Language;

use super::{EXPORTED_MAX, TrailEntry, TrailKind, TrailQuery, find};
use crate::error::{EngineError, Result};
use crate::file::{Readers, save};
use crate::workspace::Workspace;

/// How a trail is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum TrailForm {
    /// Comma-separated, UTF-8 with a byte order mark, so that spreadsheets read it as that.
    Csv,
    /// One JSON object on each line.
    JsonLines,
}

const COLUMNS: [&str; 14] = [
    "at", "kind", "run", "stream", "what", "outcome", "fault", "words", "status", "rows", "bytes", "seconds",
    "hash", "who",
];

/// Writes what a query finds to a file that a person chose. Returns how many entries it were.
///
/// # Errors
/// As [`write`]; the file cannot be written: what was there before is unchanged.
pub fn export(
    workspace: &Workspace,
    id: &str,
    query: &TrailQuery,
    form: TrailForm,
    file: &str,
    language: Language,
) -> Result<u32> {
    let mut text = Vec::new();
    let count = write(workspace, id, query, form, language, &mut text)?;
    save(file, &text, Readers::Usual)?;
    Ok(count)
}

/// Writes what a query finds, the newest first. Returns how many entries it were.
///
/// # Errors
/// There is no such integration; [`EngineError::Invalid`] for a day that is none, or where more is found than one file
/// should have; what the stores and `out` say.
pub fn write(
    workspace: &Workspace,
    id: &str,
    query: &TrailQuery,
    form: TrailForm,
    language: Language,
    out: &mut dyn Write,
) -> Result<u32> {
    let (total, entries) = find(workspace, id, query, language, 0, EXPORTED_MAX)?;
    if total > EXPORTED_MAX {
        let reason = format!("more than {EXPORTED_MAX} entries; choose fewer days");
        return Err(EngineError::invalid("since", reason));
    }
    match form {
        TrailForm::Csv => csv(&entries, out),
        TrailForm::JsonLines => json_lines(&entries, out),
    }
    .map_err(EngineError::file(id))?;
    Ok(total)
}

fn json_lines(entries: &[TrailEntry], out: &mut dyn Write) -> std::io::Result<()> {
    for entry in entries {
        serde_json::to_writer(&mut *out, entry)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn csv(entries: &[TrailEntry], out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(COLUMNS)?;
    for entry in entries {
        writer.write_record(cells(entry))?;
    }
    writer.flush()
}

fn cells(entry: &TrailEntry) -> [String; 14] {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let kind = match entry.kind {
        TrailKind::Asked => "asked",
        TrailKind::Came => "came",
        TrailKind::Rule => "rule",
        TrailKind::Run => "run",
        TrailKind::Decided => "decided",
    };
    [
        entry.at.clone(),
        kind.to_owned(),
        plain(entry.run.as_deref().unwrap_or_default()),
        plain(&entry.stream),
        plain(&entry.what),
        entry.outcome.clone(),
        if entry.is_fault { "1" } else { "0" }.to_owned(),
        plain(entry.words.as_deref().unwrap_or_default()),
        entry.status.map(|status| status.to_string()).unwrap_or_default(),
        number(entry.rows),
        number(entry.bytes),
        entry.seconds.map(|seconds| format!("{seconds:.3}")).unwrap_or_default(),
        entry.hash.clone().unwrap_or_default(),
        plain(entry.who.as_deref().unwrap_or_default()),
    ]
}

/// A text that no spreadsheet takes for a formula: what a system says is not Plaza's to run.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_system_says_is_no_formula_of_a_spreadsheet() {
        let entry = TrailEntry {
            words: Some("=HYPERLINK(\"http://x\")".into()),
            ..TrailEntry::new(0, TrailKind::Asked, "GET /orders, \"all\"", "failed")
        };
        let mut text = Vec::new();
        csv(&[entry], &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.starts_with("\u{feff}at,kind,run,"), "{text}");
        assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{text}");
        assert!(text.contains("\"GET /orders, \"\"all\"\"\""), "{text}");
    }
}
