//! A group of files, read into memory: rows typed and keyed on one thread while another finds their cells and the
//! originals are packed beside both.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

use plaza_connect::file::{FileSource, Looked};
use plaza_connect::{ConnectError, DamagedRow, Page};
use plaza_store::intake::{CHUNK_BYTES, Load, pack};

use super::files::{Group, SourceFile};
use super::run::Run;
use crate::error::{EngineError, Result};
use crate::staging::{Finding, PlanError, RowReader, StagedRow};

/// Pages that may wait to be typed: enough that neither thread idles, few enough to bound memory.
const PAGES_WAITING: usize = 3;

/// Packed chunks that may wait to be written.
const CHUNKS_WAITING: usize = 8;

/// The rows of a group.
#[derive(Debug, Default)]
pub(super) struct Staged {
    pub rows: Vec<StagedRow>,
    /// Which file each row is in: for each file the index after its last row, and the original's number.
    pub files: Vec<(usize, i64)>,
    /// Facts of all rows, one after the other.
    pub arena: Vec<u8>,
    /// What the rules found, by index of the row before sorting (its `row` and file name it again).
    pub findings: BTreeMap<(i64, u32), Vec<Finding>>,
    /// Rows that could not be read as cells: original and row.
    pub damaged: Vec<(i64, DamagedRow)>,
    /// Rows read, damaged ones included, by file.
    pub row_counts: Vec<i64>,
    /// Empty cells by field of the plan, and repeated timestamps.
    pub empty: Vec<i64>,
    pub repeated: Vec<(i64, String)>,
}

impl Staged {
    /// The facts of a row.
    pub(super) fn facts(&self, row: &StagedRow) -> &[u8] {
        let start = row.facts.0 as usize;
        self.arena.get(start..start + row.facts.1 as usize).unwrap_or_default()
    }

    /// What the rules found in a row of an original.
    pub(super) fn findings_of(&self, original: i64, row: u32) -> &[Finding] {
        if self.findings.is_empty() {
            return &[];
        }
        self.findings.get(&(original, row)).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, original: i64, count: i64, read: FileRows) {
        self.arena = read.arena;
        if self.rows.is_empty() {
            self.rows = read.rows;
        } else {
            self.rows.extend(read.rows);
        }
        self.files.push((self.rows.len(), original));
        self.row_counts.push(count);
        self.findings.extend(read.findings.into_iter().map(|(row, findings)| ((original, row), findings)));
        self.damaged.extend(read.damaged.into_iter().map(|damaged| (original, damaged)));
        add(&mut self.empty, &read.reader.empty);
        if self.repeated.is_empty() {
            self.repeated = read.reader.repeated;
            return;
        }
        for (sum, more) in self.repeated.iter_mut().zip(read.reader.repeated) {
            sum.0 += more.0;
        }
    }

    /// Rows read.
    pub(super) fn read(&self) -> i64 {
        self.row_counts.iter().sum()
    }
}

/// What the rows of one file become.
struct FileRows {
    rows: Vec<StagedRow>,
    damaged: Vec<DamagedRow>,
    findings: Vec<(u32, Vec<Finding>)>,
    arena: Vec<u8>,
    reader: RowReader,
}

/// Reads one file into `staged` and keeps its original, unless that is kept already (`original`).
pub(super) fn stage_file(
    load: &Load<'_>,
    source: &FileSource,
    looked: &Looked,
    file: &SourceFile,
    known: Option<i64>,
    reader: impl FnOnce(&[String]) -> Result<RowReader, PlanError> + Send,
    staged: &mut Staged,
    run: &Run<'_>,
) -> Result<()> {
    let cancel = run.watch.cancel();
    let original = match known {
        Some(original) => original,
        None => load.put_original(&file.hash, &file.name, file.size as i64, run.row.started_at)?,
    };
    let arena = std::mem::take(&mut staged.arena);
    let before = staged.read().unsigned_abs();
    let read = std::thread::scope(|scope| -> Result<Option<FileRows>> {
        let (page_out, pages) = sync_channel::<Page>(PAGES_WAITING);
        let reading = scope.spawn(move || {
            source.pages(looked, 0, &mut |page| {
                if cancel.load(Ordering::Relaxed) || page_out.send(page).is_err() {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            })
        });
        let typing =
            scope.spawn(move || type_pages(&pages, reader, arena, &|rows| run.tell("read", before + rows)));
        let kept = if known.is_none() { keep_original(load, file, original, cancel) } else { Ok(()) };
        let typed = typing.join().map_err(|_| EngineError::Conflict { what: "the reading of a file" })?;
        let end: Result<_, ConnectError> =
            reading.join().map_err(|_| EngineError::Conflict { what: "the reading of a file" })?;
        kept?;
        end?;
        if cancel.load(Ordering::Relaxed) {
            return Err(EngineError::Cancelled);
        }
        typed.map_err(|error| EngineError::invalid("stream", error.to_string()))
    })?;
    let Some(read) = read else {
        // Not a single page: only a row of names.
        load.close_original(original, 0, &format_json(looked))?;
        staged.files.push((staged.rows.len(), original));
        staged.row_counts.push(0);
        return Ok(());
    };
    let count = (read.rows.len() + read.damaged.len()) as i64;
    load.close_original(original, count, &format_json(looked))?;
    staged.add(original, count, read);
    Ok(())
}

fn add(sums: &mut Vec<i64>, more: &[i64]) {
    sums.resize(more.len(), 0);
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

fn format_json(looked: &Looked) -> String {
    serde_json::to_string(&looked.to_format()).unwrap_or_default()
}

fn type_pages(
    pages: &Receiver<Page>,
    reader: impl FnOnce(&[String]) -> Result<RowReader, PlanError>,
    arena: Vec<u8>,
    tell: &dyn Fn(u64),
) -> Result<Option<FileRows>, PlanError> {
    let Ok(first) = pages.recv() else { return Ok(None) };
    let mut file = FileRows {
        rows: Vec::new(),
        damaged: Vec::new(),
        findings: Vec::new(),
        arena,
        reader: reader(first.names())?,
    };
    let mut findings = Vec::new();
    let mut next = Some(first);
    while let Some(page) = next {
        for row in page.rows() {
            let staged = file.reader.read(row, &mut file.arena, &mut findings);
            if !findings.is_empty() {
                file.findings.push((staged.row, std::mem::take(&mut findings)));
            }
            file.rows.push(staged);
        }
        file.damaged.extend_from_slice(page.damaged());
        tell(file.rows.len() as u64);
        next = pages.recv().ok();
    }
    Ok(Some(file))
}

/// Packs the bytes of a file and keeps them, while its rows are read on other threads.
fn keep_original(load: &Load<'_>, file: &SourceFile, original: i64, cancel: &AtomicBool) -> Result<()> {
    std::thread::scope(|scope| {
        let (out, packed) = sync_channel::<std::io::Result<(usize, Vec<u8>)>>(CHUNKS_WAITING);
        let packing = scope.spawn(move || -> std::io::Result<[u8; 32]> {
            let mut input = std::fs::File::open(&file.path)?;
            let mut hasher = blake3::Hasher::new();
            loop {
                let mut chunk = Vec::with_capacity(CHUNK_BYTES);
                input.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut chunk)?;
                if chunk.is_empty() {
                    return Ok(*hasher.finalize().as_bytes());
                }
                hasher.update(&chunk);
                if out.send(pack(&chunk).map(|bytes| (chunk.len(), bytes))).is_err() {
                    return Ok([0; 32]);
                }
            }
        });
        let mut raw_start = 0;
        for (place, chunk) in packed.iter().enumerate() {
            let (length, bytes) = chunk.map_err(EngineError::file(&file.path))?;
            load.put_chunk(original, place as i64, raw_start, &bytes)?;
            raw_start += length as i64;
            if cancel.load(Ordering::Relaxed) {
                return Err(EngineError::Cancelled);
            }
        }
        let hash = packing
            .join()
            .map_err(|_| EngineError::Conflict { what: "the reading of a file" })?
            .map_err(EngineError::file(&file.path))?;
        if hash != file.hash {
            return Err(EngineError::Conflict { what: "a file that was being read" });
        }
        Ok(())
    })
}

/// Opens the files of a group and finds out how they are written.
pub(super) fn look(
    group: &Group,
    format: &plaza_connect::file::FileFormat,
) -> Result<Vec<(FileSource, Looked)>> {
    let look = |file: &SourceFile| {
        let source = FileSource::new(&file.path, format.clone());
        let looked = source.look()?;
        Ok((source, looked))
    };
    group.files.iter().map(look).collect()
}
