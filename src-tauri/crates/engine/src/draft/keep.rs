//! A draft as text: saved in the ledger, exported and imported as TOML.

use std::collections::BTreeMap;
use std::path::Path;

use plaza_domain::event::{IntegrationId, Payload};
use plaza_domain::record::FieldKind;

use super::check::{Checked, check};
use super::fault::{Fault, Step, What};
use super::{excerpt, offer, pin};
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::workspace::Workspace;

/// Longest short name.
const ID_LETTERS: usize = 40;

/// Longest note.
const NOTE_BYTES: usize = 2_000;

/// Writes the next version of an integration into the ledger and gives its id. Nothing is written where the text is
/// the same. `existing`: an integration in force is changed; a new one never takes the short name of another.
///
/// What the files leave no doubt about (date formats, decimal marks) is written down with it, so that a later file
/// with only days up to 12 is read the same way.
///
/// # Errors
/// [`EngineError::Invalid`] with every field that stops it, in the workspace's language.
pub fn save(workspace: &Workspace, draft: &Integration, note: &str, existing: bool) -> Result<String> {
    let language = workspace.settings()?.language;
    let checked = check(workspace, draft)?;
    let id = IntegrationId::from(draft.id.as_str());
    let before = workspace.view(|view| view.integration(&id))?;
    let mut faults = named(draft);
    if before.is_some() && !existing {
        faults.push(finish("id", What::Taken { id: draft.id.clone() }));
    }
    if !faults.is_empty() || !checked.faults.is_empty() {
        let all = faults.iter().chain(&checked.faults);
        return Err(EngineError::Invalid {
            fields: all.map(|fault| (fault.path.clone(), fault.what.words(language))).collect(),
        });
    }
    let mut whole = pinned(draft, &checked);
    if let Some(saved) = &before
        && let Ok(saved) = Integration::from_toml(&saved.current.toml)
    {
        keep_relative(&mut whole, &saved, &crate::pull::base(workspace, &draft.id)?);
    }
    let toml = whole.to_toml()?;
    if before.as_ref().is_some_and(|saved| saved.current.toml == toml && saved.retired.is_none()) {
        excerpt::remove(workspace, draft)?;
        return Ok(draft.id.clone());
    }
    let version = before.map_or(1, |saved| saved.current.version + 1);
    let end = note.char_indices().map(|(at, _)| at).find(|at| *at >= NOTE_BYTES).unwrap_or(note.len());
    let note = note.get(..end).unwrap_or(note).trim().to_owned();
    if !existing {
        offer::hand_over(workspace, draft)?;
    }
    workspace.act([Payload::IntegrationSaved { integration: id, version, toml, note }])?;
    excerpt::remove(workspace, draft)?;
    Ok(draft.id.clone())
}

/// What is asked at the last step.
fn named(draft: &Integration) -> Vec<Fault> {
    let mut faults = Vec::new();
    let is_word = draft.id.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    if !is_word || draft.id.len() > ID_LETTERS {
        faults.push(finish("id", What::NoId));
    }
    if draft.name.trim().is_empty() {
        faults.push(finish("name", What::NoName));
    }
    if draft.system.trim().is_empty() {
        faults.push(finish("system", What::NoSystem));
    }
    faults
}

fn finish(path: &str, what: What) -> Fault {
    Fault { path: path.to_owned(), step: Step::Finish, stream: None, field: None, what }
}

/// The draft with formats and decimal marks where it leaves them to the files and these leave no doubt.
fn pinned(draft: &Integration, checked: &Checked) -> Integration {
    let mut whole = draft.clone();
    whole.name = whole.name.trim().to_owned();
    whole.system = whole.system.trim().to_owned();
    for (stream, own) in whole.streams.iter_mut().zip(&checked.streams) {
        // A thousand rows of a system do not speak for all of them: each answer decides for itself, as before.
        if stream.from.is_some() {
            continue;
        }
        let Some(group) = &own.group else { continue };
        for (field, table) in &mut stream.fields {
            let mut read = pin::long(table);
            let Some(column) = read.column.clone() else { continue };
            let Some(profile) = group.profile(&column) else { continue };
            let found = pin::pinned(*field, &column, profile);
            match field.kind() {
                FieldKind::Date | FieldKind::Moment if read.formats.is_empty() => {
                    read.formats = found.formats;
                }
                FieldKind::Quantity | FieldKind::Money => read.decimal = read.decimal.or(found.decimal),
                _ => {}
            }
            *table = pin::short(read);
        }
    }
    whole
}

/// Paths that were relative before stay so: they go with their folder when it is moved.
fn keep_relative(draft: &mut Integration, before: &Integration, base: &Path) {
    if draft.connection == before.connection.clone().map(|connection| connection.located(base)) {
        draft.connection.clone_from(&before.connection);
    }
    let paths = |integration: &Integration| -> Vec<String> {
        let streams = integration.streams.iter();
        streams.flat_map(|stream| stream.files.iter().chain(&stream.folder)).cloned().collect()
    };
    let located = paths(&before.clone().located(base));
    let written: BTreeMap<String, String> = located.into_iter().zip(paths(before)).collect();
    for path in
        draft.streams.iter_mut().flat_map(|stream| stream.files.iter_mut().chain(stream.folder.as_mut()))
    {
        if let Some(relative) = written.get(path) {
            path.clone_from(relative);
        }
    }
}

/// Writes an integration as a TOML file; paths stay as they are.
///
/// # Errors
/// There is no such integration, or the file cannot be written; what was there before is then still there.
pub fn export(workspace: &Workspace, id: &str, file: &Path) -> Result<()> {
    let saved = workspace.view(|view| view.integration(&IntegrationId::from(id)))?;
    let saved = saved.ok_or_else(|| EngineError::NotFound { noun: "integration", name: id.to_owned() })?;
    crate::home::write_whole(file, saved.current.toml.as_bytes())
}

/// Reads an integration from a TOML file. Relative paths start from its folder and come back absolute.
///
/// # Errors
/// The file cannot be read, or is no integration: with line, column and key.
pub fn import(file: &Path) -> Result<Integration> {
    let bytes = std::fs::read(file).map_err(EngineError::file(file))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        EngineError::invalid("toml", format!("{} is no text in UTF-8, which TOML is", file.display()))
    })?;
    let integration = Integration::from_toml(text.trim_start_matches('\u{feff}'))?;
    let file = std::path::absolute(file).map_err(EngineError::file(file))?;
    Ok(integration.located(file.parent().unwrap_or_else(|| Path::new("/"))))
}

/// The draft as TOML text.
///
/// # Errors
/// It cannot be written as TOML.
pub fn to_toml(draft: &Integration) -> Result<String> {
    Ok(draft.to_toml()?)
}

/// The integration of a TOML text.
///
/// # Errors
/// It is no integration: with line, column and key.
pub fn from_toml(text: &str) -> Result<Integration> {
    Ok(Integration::from_toml(text)?)
}
