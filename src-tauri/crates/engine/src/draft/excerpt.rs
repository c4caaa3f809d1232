//! Excerpts: the first rows of a stream of a system, with all of its fields. While the wizard is open they lie in the
//! workspace's folder as a file, so that columns, questions and previews come of the same looks as those of files.

use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use plaza_connect::Preview;
use plaza_connect::file::Original;
use plaza_connect::system::{BlockBuilder, Connection, Landing, Request, SystemError, What};
use plaza_domain::cell::DateFormat;

use super::pin;
use crate::error::{EngineError, Result};
use crate::integration::{FieldTable, FromTable, Integration, Stream};
use crate::workspace::Workspace;

/// The folder of excerpts within a workspace's folder.
const EXCERPTS: &str = "excerpts";

/// Rows of an excerpt: enough that every status of a usual system is among them, and a page of any.
pub(super) const EXCERPT_ROWS: usize = 1_000;

/// An excerpt that nobody asked for anew for so long belongs to a wizard that was left.
const KEPT_FOR: Duration = Duration::from_hours(24);

/// What a stream reads of its system, where it says either a name or a query.
pub(super) fn what(from: &FromTable) -> Option<What> {
    match (&from.name, &from.query) {
        (Some(name), None) if !name.trim().is_empty() => Some(What::Named(name.clone())),
        (None, Some(query)) if !query.trim().is_empty() => Some(What::Query(query.clone())),
        _ => None,
    }
}

/// The request for a stream's excerpt: all fields, unless the mapping follows paths that a system names by itself to
/// nobody (`sale.party.name`); then those of the mapping.
pub(super) fn request(connection: &Connection, stream: &Stream) -> Option<Request> {
    let from = stream.from.as_ref()?;
    let mut request = Request::all(what(from)?);
    let mut mapped: Vec<String> =
        stream.fields.values().filter_map(|table: &FieldTable| pin::long(table).column).collect();
    let knows_paths = matches!(connection, Connection::Tryton(_) | Connection::Odoo(_));
    if knows_paths && mapped.iter().any(|column| column.contains('.')) {
        mapped.extend(from.cursor.iter().chain(&from.key).cloned());
        mapped.sort();
        mapped.dedup();
        request.fields = mapped;
    }
    Some(request)
}

/// The file of a stream's excerpt, whether it is there or not. Another system or another table is another file.
pub(super) fn path(workspace: &Workspace, draft: &Integration, stream: &Stream) -> Option<PathBuf> {
    let request = request(draft.connection.as_ref()?, stream)?;
    let connection = serde_json::to_string(&draft.connection).unwrap_or_default();
    let mut hasher = blake3::Hasher::new();
    hasher.update(connection.as_bytes());
    hasher.update(format!("{:?}", request.what).as_bytes());
    let name = format!("{}.csv", &hasher.finalize().to_hex()[..32]);
    Some(workspace.folder().join(EXCERPTS).join(name))
}

/// The excerpt of a stream as a file that was chosen, where it is there.
pub(super) fn original(workspace: &Workspace, draft: &Integration, stream: &Stream) -> Option<Original> {
    let path = path(workspace, draft, stream)?;
    Original::of(&path).ok().map(|file| Original { name: stream.name.clone(), ..file })
}

/// Writes an excerpt down in place of an older one, and removes those that nobody needs any more.
pub(super) fn keep(workspace: &Workspace, path: &Path, rows: &Preview) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).map_err(EngineError::file(folder))?;
    sweep(folder, workspace.now_ms());
    let write = || -> Result<(), SystemError> {
        let mut builder = BlockBuilder::new(rows.columns.clone());
        for (_, cells) in &rows.rows {
            builder.push(cells)?;
        }
        let mut landing = Landing::create(path, &rows.columns)?;
        landing.append(&builder.take(plaza_connect::Cursor::start())?)?;
        landing.keep().map(drop)
    };
    write().map_err(|source| EngineError::System { system: path.display().to_string(), source })
}

/// Removes the excerpts of a draft, which was saved or set aside.
///
/// # Errors
/// A file that is there and cannot be removed.
pub(super) fn remove(workspace: &Workspace, draft: &Integration) -> Result<()> {
    for path in draft.streams.iter().filter_map(|stream| path(workspace, draft, stream)) {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(EngineError::file(path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn sweep(folder: &Path, now_ms: i64) {
    let Ok(found) = std::fs::read_dir(folder) else { return };
    let now = Duration::from_millis(now_ms.unsigned_abs());
    for file in found.flatten() {
        let written = file.metadata().and_then(|state| state.modified()).ok();
        let then = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        if then.is_some_and(|then| now.saturating_sub(then) > KEPT_FOR) {
            // What cannot be removed now is tried again at the next excerpt.
            let _ = std::fs::remove_file(file.path());
        }
    }
}

/// A suggestion for rows of a system. Databases write moments with and without fractions of a second, so a date that is
/// written as ISO has it is read as that and not by the one form that the first rows have.
pub(super) fn as_iso(stream: &mut Stream) {
    for table in stream.fields.values_mut() {
        let mut read = pin::long(table);
        if !read.formats.is_empty() && read.formats.iter().all(|format| format.starts_with("yyyy-MM-dd")) {
            read.formats = vec![DateFormat::ISO.to_string()];
            *table = pin::short(read);
        }
    }
}
