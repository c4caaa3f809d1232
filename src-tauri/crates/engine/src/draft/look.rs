//! Looking at files: what they are, what their columns hold, and what stands in their way.
//!
//! Files of one shape are looked at together, because a column is one column however many files it is spread over: only
//! all of them tell whether a day is ever above 12. What was found is kept while the wizard is open, so that a preview
//! after every answer costs ten rows and not the whole file.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use plaza_connect::file::{FileFormat, FileSource, Looked, Original};
use plaza_connect::{ConnectError, DamagedRow, Note, Page};
use plaza_domain::cell::{Cells, ColumnKind, ColumnProfile, PlausibleYears};

use super::suggest::VALUES_MAX;

/// Rows of a table of which every column is looked at. Behind them only columns go on that the rest can still say
/// something about: dates, numbers, and those with few values.
const WHOLE_ROWS: u64 = 20_000;

/// Most rows that are looked at in one go: two seconds' worth. What a longer file says behind them is found by the count.
const ROWS_MAX: u64 = 3_000_000;

/// Damaged rows that are listed; their number is always known.
const DAMAGED_LISTED: usize = 20;

/// Rows among which the same order number is looked for.
const REPEAT_ROWS: usize = 50_000;

/// Groups of tables that are remembered: as many streams as an integration has, and what was chosen before.
const KEPT_GROUPS: usize = 16;

/// One file or sheet.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) source: FileSource,
    pub(super) looked: Looked,
    pub(super) path: PathBuf,
    pub(super) name: String,
    /// The sheet, and whether the workbook has others.
    pub(super) sheet: Option<String>,
    pub(super) has_sheets: bool,
    pub(super) columns: Vec<String>,
    pub(super) notes: Vec<Note>,
    /// Rows, damaged ones not included.
    pub(super) rows: u64,
    pub(super) is_exact: bool,
    pub(super) damaged: Vec<DamagedRow>,
    pub(super) damaged_rows: u64,
}

/// Tables that are read as one.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) tables: Vec<Table>,
    /// The first table's columns, with what all tables say of them.
    pub(super) columns: Vec<String>,
    pub(super) profiles: Vec<ColumnProfile>,
}

impl Group {
    /// What all tables say of a column.
    pub(super) fn profile(&self, column: &str) -> Option<&ColumnProfile> {
        let exact = self.columns.iter().position(|own| own == column);
        let loose = || self.columns.iter().position(|own| own.trim().eq_ignore_ascii_case(column.trim()));
        self.profiles.get(exact.or_else(loose)?)
    }

    /// Rows of all tables.
    pub(super) fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows + table.damaged_rows).sum()
    }
}

/// A file as it was when it was looked at, and how it was to be read.
type Key = Vec<(PathBuf, u64, Option<SystemTime>, FileFormat)>;

/// What was looked at lately.
#[derive(Debug, Default)]
pub struct Looks(Mutex<VecDeque<(Key, Arc<Group>)>>);

impl Looks {
    /// Looks at files as one group, or remembers them where nothing has changed since.
    pub(super) fn group(&self, files: &[Original], format: &FileFormat) -> Result<Arc<Group>, ConnectError> {
        let key = key(files.iter().map(|file| (file.path.as_path(), format)));
        if let Some(known) = self.remembered(&key) {
            return Ok(known);
        }
        let mut room = ROWS_MAX;
        let mut all = Vec::new();
        for file in files {
            let source = FileSource::new(&file.path, format.clone());
            let looked = source.look()?;
            let mut table = open(source, looked, file.name.clone())?;
            let cells = read(&mut table, &mut room)?;
            all.push((table, cells));
        }
        Ok(self.keep(key, merge(all)))
    }

    fn remembered(&self, key: &Key) -> Option<Arc<Group>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(own, _)| own == key)?;
        let found = kept.remove(place)?;
        let group = Arc::clone(&found.1);
        kept.push_back(found);
        Some(group)
    }

    fn keep(&self, key: Key, group: Group) -> Arc<Group> {
        let group = Arc::new(group);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((key, Arc::clone(&group)));
        while kept.len() > KEPT_GROUPS {
            kept.pop_front();
        }
        group
    }

    /// Looks at everything that was chosen: files, the sheets of workbooks, the files of folders. Tables of one shape
    /// from one place come as one group. Beside them the files that cannot be used.
    ///
    /// # Errors
    /// Nothing of what was chosen can be used; the first reason.
    pub(super) fn chosen(
        &self,
        paths: &[PathBuf],
    ) -> Result<(Vec<Arc<Group>>, Vec<ConnectError>), ConnectError> {
        let mut refused = Vec::new();
        let mut found: Vec<(Option<PathBuf>, Table, Vec<Cells>)> = Vec::new();
        let mut room = ROWS_MAX;
        for (origin, file) in expand(paths, &mut refused) {
            match tables(&file) {
                Ok(tables) => {
                    for mut table in tables {
                        match read(&mut table, &mut room) {
                            Ok(cells) => found.push((origin.clone(), table, cells)),
                            Err(error) => refused.push(error),
                        }
                    }
                }
                Err(error) => refused.push(error),
            }
        }
        if found.is_empty()
            && let Some(error) = refused.pop()
        {
            return Err(error);
        }
        let mut groups: Vec<Vec<(Option<PathBuf>, Table, Vec<Cells>)>> = Vec::new();
        for one in found {
            let same = |group: &&mut Vec<(Option<PathBuf>, Table, Vec<Cells>)>| {
                group.first().is_some_and(|(origin, table, _)| {
                    *origin == one.0
                        && table.columns == one.1.columns
                        && table.sheet == one.1.sheet
                        && table.path != one.1.path
                })
            };
            match groups.iter_mut().find(same) {
                Some(group) => group.push(one),
                None => groups.push(vec![one]),
            }
        }
        let groups = groups
            .into_iter()
            .map(|group| {
                let tables: Vec<_> = group.into_iter().map(|(_, table, cells)| (table, cells)).collect();
                let formats: Vec<(PathBuf, FileFormat)> =
                    tables.iter().map(|(table, _)| (table.path.clone(), table.format())).collect();
                let key = key(formats.iter().map(|(path, format)| (path.as_path(), format)));
                self.keep(key, merge(tables))
            })
            .collect();
        Ok((groups, refused))
    }
}

impl Table {
    /// What a stream must state so that this table is read: its sheet, where there are others.
    pub(super) fn format(&self) -> FileFormat {
        FileFormat { sheet: self.sheet.clone().filter(|_| self.has_sheets), ..FileFormat::default() }
    }

    /// Whether a column has a value twice among the first rows.
    pub(super) fn repeats(&self, column: usize) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut repeats = false;
        let ended = self.source.pages(&self.looked, 0, &mut |page| {
            for row in page.rows() {
                let cell = plaza_domain::cell::trim(row.bytes(column));
                if !cell.is_empty() && !seen.insert(cell.to_vec()) {
                    repeats = true;
                    return ControlFlow::Break(());
                }
            }
            if seen.len() < REPEAT_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        // A file that vanished meanwhile says so when it is read.
        repeats && ended.is_ok()
    }
}

fn key<'a>(files: impl Iterator<Item = (&'a Path, &'a FileFormat)>) -> Key {
    files
        .map(|(path, format)| {
            let state = std::fs::metadata(path).ok();
            let size = state.as_ref().map_or(0, std::fs::Metadata::len);
            (path.to_owned(), size, state.and_then(|state| state.modified().ok()), format.clone())
        })
        .collect()
}

/// Endings of files that hold tables.
const ENDINGS: [&str; 5] = ["csv", "tsv", "txt", "xlsx", "xlsm"];

/// The files of what was chosen, with the folder that they were found in.
fn expand(paths: &[PathBuf], refused: &mut Vec<ConnectError>) -> Vec<(Option<PathBuf>, Original)> {
    let mut files: Vec<(Option<PathBuf>, Original)> = Vec::new();
    for path in paths {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let (origin, found) = if path.is_dir() {
            (Some(path.clone()), plaza_connect::file::folder::list(&path, "*"))
        } else {
            (None, plaza_connect::file::folder::expand(&path))
        };
        match found {
            Ok(found) => {
                let is_folder = origin.is_some();
                let mut found: Vec<Original> =
                    found.into_iter().filter(|file| !is_folder || is_table(&file.path)).collect();
                if found.is_empty() {
                    refused.push(ConnectError::Missing { path: path.join("*.csv") });
                }
                found.retain(|file| files.iter().all(|(_, other)| other.path != file.path));
                files.extend(found.into_iter().map(|file| (origin.clone(), file)));
            }
            Err(error) => refused.push(error),
        }
    }
    files
}

fn is_table(path: &Path) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| ENDINGS.iter().any(|own| own.eq_ignore_ascii_case(ending)))
}

/// The tables of a file: itself, or each sheet with cells.
fn tables(file: &Original) -> Result<Vec<Table>, ConnectError> {
    use plaza_connect::Source;
    let source = FileSource::new(&file.path, FileFormat::default());
    let looked = source.look()?;
    if matches!(looked, Looked::Csv { .. }) {
        return Ok(vec![open(source, looked, file.name.clone())?]);
    }
    let mut tables = Vec::new();
    for sheet in source.check()?.streams {
        let format = FileFormat { sheet: Some(sheet), ..FileFormat::default() };
        let source = FileSource::new(&file.path, format);
        match source.look() {
            Ok(looked) => tables.push(open(source, looked, file.name.clone())?),
            // A sheet without cells is no table.
            Err(ConnectError::Empty { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let has_sheets = tables.len() > 1;
    for table in &mut tables {
        table.has_sheets = has_sheets;
    }
    Ok(tables)
}

fn open(source: FileSource, looked: Looked, name: String) -> Result<Table, ConnectError> {
    let (columns, notes) = source.columns(&looked)?;
    let sheet = match &looked {
        Looked::Csv { .. } => None,
        Looked::Xlsx { layout } => Some(layout.sheet.clone()),
    };
    Ok(Table {
        path: source.path().to_owned(),
        source,
        looked,
        name,
        sheet,
        has_sheets: false,
        columns,
        notes,
        rows: 0,
        is_exact: true,
        damaged: Vec::new(),
        damaged_rows: 0,
    })
}

/// Reads a table's rows once, `room` of them at most, and gives what each column's cells say.
fn read(table: &mut Table, room: &mut u64) -> Result<Vec<Cells>, ConnectError> {
    let mut cells: Vec<Cells> = table.columns.iter().map(|_| Cells::new()).collect();
    let mut open: Vec<usize> = (0..cells.len()).collect();
    let mut is_whole = true;
    let (mut rows, mut text_bytes) = (0, 0_u64);
    let source = table.source.clone();
    let ended = source.pages(&table.looked, 0, &mut |page| {
        push(&page, &open, &mut cells);
        rows += page.len() as u64;
        text_bytes += page.text_bytes() as u64;
        table.damaged_rows += page.damaged().len() as u64;
        let space = DAMAGED_LISTED.saturating_sub(table.damaged.len());
        table.damaged.extend(page.damaged().iter().take(space).cloned());
        if is_whole && rows >= WHOLE_ROWS {
            is_whole = false;
            open.retain(|column| cells.get(*column).is_some_and(says_more));
        }
        *room = room.saturating_sub(page.len() as u64);
        if *room == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    table.rows = rows;
    if ended == plaza_connect::ReadEnd::Stopped {
        // Blanks and delimiters are not in the text: this many bytes per row at least.
        let size = std::fs::metadata(&table.path).map_or(0, |state| state.len());
        table.is_exact = false;
        let per_row = (text_bytes / rows.max(1) + table.columns.len() as u64).max(1);
        table.rows = rows.max(size / per_row);
    }
    Ok(cells)
}

fn push(page: &Page, open: &[usize], cells: &mut [Cells]) {
    for row in page.rows() {
        let number = row.number();
        for column in open {
            if let Some(cells) = cells.get_mut(*column) {
                cells.push(row.bytes(*column), number);
            }
        }
    }
}

/// Whether later rows may say more of a column than the first ones did.
fn says_more(cells: &Cells) -> bool {
    let profile = cells.finish(PlausibleYears::default());
    let is_dated = profile.date.is_some()
        || matches!(profile.kind, ColumnKind::Date | ColumnKind::Timestamp | ColumnKind::Empty);
    // A decimal mark or a word may come late: only the whole column tells how its numbers are read.
    let is_number = matches!(profile.kind, ColumnKind::Integer | ColumnKind::Decimal | ColumnKind::Money);
    let has_few = !profile.values.is_empty() && profile.values.len() <= VALUES_MAX;
    is_dated || is_number || has_few
}

/// Puts tables together; columns are found by name in those that have them in another order.
fn merge(all: Vec<(Table, Vec<Cells>)>) -> Group {
    let mut columns: Vec<String> = Vec::new();
    let mut sums: BTreeMap<String, Cells> = BTreeMap::new();
    let mut tables = Vec::new();
    for (table, cells) in all {
        if columns.is_empty() {
            columns.clone_from(&table.columns);
        }
        for (column, cells) in table.columns.iter().zip(cells) {
            let same = |own: &&String| {
                own.trim().eq_ignore_ascii_case(column.trim()) && !table.columns.contains(*own)
            };
            // A name that another file writes in capitals is the same column, as it is when rows are read.
            let name = if sums.contains_key(column) { None } else { sums.keys().find(same).cloned() };
            match sums.get_mut(name.as_ref().unwrap_or(column)) {
                Some(sum) => sum.merge(cells),
                None => drop(sums.insert(column.clone(), cells)),
            }
        }
        tables.push(table);
    }
    let profile = |column: &String| {
        sums.get(column).map_or_else(
            || Cells::new().finish(PlausibleYears::default()),
            |cells| cells.finish(PlausibleYears::default()),
        )
    };
    let profiles = columns.iter().map(profile).collect();
    Group { tables, columns, profiles }
}
