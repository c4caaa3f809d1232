//! A draft and its system: asked whether it is there, what it offers, and for first rows. Secrets go into the keyring at
//! once, under a name that no integration can have, and are handed over when the draft is saved.

use std::ops::ControlFlow;

use plaza_connect::system::{Connection, PresetField, PresetStream, SystemError, odoo, tryton};
use plaza_domain::language::Language;
use plaza_domain::record::{Field, Status};
use plaza_store::key::Word;

use super::excerpt::{self, EXCERPT_ROWS};
use super::report;
use super::suggest::suggest;
use crate::answer::word_name;
use crate::connection::{converse, missing_secrets};
use crate::error::{EngineError, Result, StoreError};
use crate::integration::{Delivery, FieldRead, FieldTable, FormatTable, FromTable, Integration, Stream};
use crate::page::connection::SecretView;
use crate::page::offer::{Excerpt, OfferAnswer, OfferQuestion};
use crate::pull::{Watch, base, file_format};
use crate::workspace::Workspace;

/// Whose secrets those of a draft are before it is saved: a short name has no dot.
const DRAFT: &str = ".draft";

/// The slots that connections have by themselves; a tap's settings name others.
const SLOTS: [&str; 4] = ["password", "token", "key", "client-secret"];

/// Rows that are shown as they came.
const ROWS_SHOWN: usize = 10;

/// Under whose name the secrets of a draft are kept.
fn keeper(draft: &Integration, existing: bool) -> String {
    if existing { draft.id.clone() } else { DRAFT.to_owned() }
}

/// The draft as it is asked: with the secrets of whoever keeps them.
fn kept_by(draft: &Integration, existing: bool) -> Integration {
    Integration { id: keeper(draft, existing), ..draft.clone() }
}

/// Asks the system of a draft. `existing`: an integration in force is changed, whose secrets are kept already.
///
/// # Errors
/// [`EngineError::System`] in words; [`EngineError::Invalid`] where the draft says not enough to ask;
/// [`EngineError::Cancelled`].
pub fn ask(
    workspace: &Workspace,
    draft: &Integration,
    existing: bool,
    question: &OfferQuestion,
    watch: &dyn Watch,
) -> Result<OfferAnswer> {
    let folder = if existing { base(workspace, &draft.id)? } else { workspace.folder().to_owned() };
    let mut asked = kept_by(draft, existing);
    if asked.system.trim().is_empty() {
        // It is named at the last step.
        asked.system = asked.connection.as_ref().map_or_else(String::new, |one| one.kind().to_owned());
    }
    watch.progress("ask", 0, 0);
    match question {
        OfferQuestion::Check => {
            let answered = converse(workspace, &asked, &folder, watch, |system, ask| system.check(ask))?;
            Ok(OfferAnswer::Check { product: answered.product, notes: answered.notes })
        }
        OfferQuestion::Discover => {
            let found = converse(workspace, &asked, &folder, watch, |system, ask| system.discover(ask))?;
            Ok(OfferAnswer::Discover { streams: found.into_iter().map(Into::into).collect() })
        }
        OfferQuestion::Excerpt { stream } => {
            let invalid = || EngineError::invalid("stream", format!("“{stream}” is not asked of a system"));
            let own = draft.streams.iter().find(|own| own.name == *stream).ok_or_else(invalid)?;
            let connection = draft.connection.as_ref().ok_or_else(invalid)?;
            let request = excerpt::request(connection, own).ok_or_else(invalid)?;
            let path = excerpt::path(workspace, draft, own).ok_or_else(invalid)?;
            let rows = converse(workspace, &asked, &folder, watch, |system, ask| {
                let rows = system.preview(&request, EXCERPT_ROWS, ask)?;
                ask.go_on()?;
                Ok::<_, SystemError>(rows)
            })?;
            excerpt::keep(workspace, &path, &rows)?;
            Ok(OfferAnswer::Excerpt { rows: u32::try_from(rows.rows.len()).unwrap_or(u32::MAX) })
        }
    }
}

/// What the excerpts of a draft hold: those that are there, in the order of its streams. No system is asked.
///
/// # Errors
/// What the workspace says.
pub fn excerpts(workspace: &Workspace, draft: &Integration, language: Language) -> Result<Vec<Excerpt>> {
    let mut excerpts = Vec::new();
    for stream in &draft.streams {
        let Some(file) = excerpt::original(workspace, draft, stream) else { continue };
        let group = workspace.looks().group(&[file], &file_format(stream))?;
        let Some(table) = group.tables.first() else { continue };
        let mut suggestion = suggest(&table.name, &table.columns, &group.profiles, |at| table.repeats(at));
        excerpt::as_iso(&mut suggestion);
        let columns = report::columns(&group, language);
        let told = report::report(table, &columns, &suggestion, language);
        let mut rows = Vec::new();
        table.source.pages(&table.looked, 0, &mut |page| {
            let left = ROWS_SHOWN - rows.len();
            let cells = |row: plaza_connect::Row<'_>| {
                (0..table.columns.len()).map(|column| row.cell(column).to_string()).collect::<Vec<_>>()
            };
            rows.extend(page.rows().take(left).map(cells));
            if rows.len() < ROWS_SHOWN { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let path = stream.from.as_ref().and_then(excerpt::what).map(|what| what.text().to_owned());
        let table = crate::page::integration::TableReport { path: path.unwrap_or_default(), ..told };
        excerpts.push(Excerpt { stream: stream.name.clone(), table, rows });
    }
    Ok(excerpts)
}

/// The secrets that the connection of a draft needs.
///
/// # Errors
/// The keyring's files cannot be read.
pub fn secrets(workspace: &Workspace, draft: &Integration, existing: bool) -> Result<Vec<SecretView>> {
    let kept = kept_by(draft, existing);
    let missing = missing_secrets(workspace, &kept)?;
    let slots = kept.connection.iter().flat_map(Connection::secret_slots);
    Ok(slots.map(|slot| SecretView { kept: !missing.contains(&slot), slot }).collect())
}

/// Keeps a secret of a draft's connection in the keyring; none forgets it. Returns whether it had to be kept in a file.
///
/// # Errors
/// As [`crate::connection::keep_secret`].
pub fn keep_secret(
    workspace: &Workspace,
    draft: &Integration,
    existing: bool,
    slot: &str,
    text: Option<String>,
) -> Result<bool> {
    crate::connection::keep_secret(workspace, &keeper(draft, existing), slot, text)
}

/// Hands the secrets of a new draft over to the integration that it becomes.
pub(super) fn hand_over(workspace: &Workspace, draft: &Integration) -> Result<()> {
    let keys = workspace.ledger().keys();
    for slot in draft.connection.iter().flat_map(Connection::secret_slots) {
        let from = word_name(workspace, DRAFT, &slot);
        let Some(word) = keys.load_word(&from).map_err(StoreError::from)? else { continue };
        let copy = Word::new(word.expose().to_owned());
        keys.save_word(&word_name(workspace, &draft.id, &slot), Some(&copy)).map_err(StoreError::from)?;
        keys.save_word(&from, None).map_err(StoreError::from)?;
    }
    Ok(())
}

/// Sets a new draft aside, or begins one: whatever a draft kept is forgotten, so that no other system is given it, and
/// the rows that were read for it are removed.
///
/// # Errors
/// The keyring or a file cannot be written.
pub fn discard(workspace: &Workspace, draft: &Integration) -> Result<()> {
    let keys = workspace.ledger().keys();
    let own = draft.connection.iter().flat_map(Connection::secret_slots);
    for slot in own.chain(SLOTS.map(str::to_owned)) {
        keys.save_word(&word_name(workspace, DRAFT, &slot), None).map_err(StoreError::from)?;
    }
    excerpt::remove(workspace, draft)
}

/// The streams of a system that Plaza knows, with what their fields mean; none of any other.
pub fn preset(connection: &Connection) -> Vec<Stream> {
    let streams = match connection {
        Connection::Tryton(_) => tryton::preset(),
        Connection::Odoo(_) => odoo::preset(),
        _ => Vec::new(),
    };
    streams.iter().map(stream_of).collect()
}

fn stream_of(preset: &PresetStream) -> Stream {
    Stream {
        name: preset.name.to_owned(),
        files: Vec::new(),
        folder: None,
        pattern: None,
        from: Some(FromTable {
            name: Some(preset.what.text().to_owned()),
            cursor: Some(preset.cursor.field.clone()),
            key: preset.cursor.key.clone(),
            overlap_minutes: Some(preset.cursor.overlap_seconds.div_ceil(60)),
            ..FromTable::default()
        }),
        delivery: Delivery::Increment,
        snapshot_date: None,
        format: FormatTable::default(),
        fields: preset.fields.iter().map(|field| (field.field, table_of(field))).collect(),
    }
}

fn table_of(field: &PresetField) -> FieldTable {
    if field.field != Field::Status {
        return FieldTable::Column(field.column.to_owned());
    }
    let word = |status: Status| match status {
        Status::Open => "open",
        Status::Closed => "closed",
        Status::Cancelled => "cancelled",
    };
    FieldTable::Read(FieldRead {
        column: Some(field.column.to_owned()),
        values: field
            .words
            .iter()
            .map(|(own, status)| ((*own).to_owned(), word(*status).to_owned()))
            .collect(),
        ..FieldRead::default()
    })
}
