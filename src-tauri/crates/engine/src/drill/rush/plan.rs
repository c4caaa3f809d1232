//! What a rush replays: the originals that landed within the last weeks, pull by pull.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use plaza_connect::file::{FileFormat, FileSource};
use plaza_domain::record::Field;
use plaza_store::intake::{Original, Reader};

use super::DAYS;
use crate::error::{EngineError, Result};
use crate::integration::{
    FieldTable, FormatTable, FromTable, Integration, SchemaPolicy, SchemaTable, Severity, Stream,
};
use crate::pull::file_format;
use crate::staging::Rule;
use crate::workspace::Workspace;

const DAY_MS: i64 = 86_400_000;

/// Pages that the largest stream of a pull has at least, so that there are some to go wrong.
const PAGES_MIN: i64 = 40;

/// Rows per page, at the multiple.
const PAGE_ROWS: std::ops::RangeInclusive<i64> = 10..=10_000;

/// Everything that a rush replays.
pub(super) struct Plan {
    /// The integration as the stand-in for its system is asked.
    pub definition: Integration,
    pub rounds: Vec<Round>,
    /// From one pull to the next, milliseconds.
    pub cadence_ms: i64,
}

/// One pull.
pub(super) struct Round {
    /// When it began, milliseconds since 1970 UTC.
    pub began_at: i64,
    pub streams: Vec<Given>,
}

impl Round {
    pub(super) fn rows(&self) -> i64 {
        self.streams.iter().map(|stream| stream.rows).sum()
    }
}

/// What one stream gives in a pull.
pub(super) struct Given {
    pub name: String,
    /// The column of the order numbers, which tell the copies apart.
    pub order: String,
    pub format: FileFormat,
    pub files: Vec<PathBuf>,
    pub rows: i64,
    /// Rows per page, before they are multiplied.
    pub page_rows: u64,
}

impl Given {
    pub(super) fn source(&self, place: usize) -> Option<FileSource> {
        self.files.get(place).map(|path| FileSource::new(path, self.format.clone()))
    }
}

impl Plan {
    pub(super) fn of(
        workspace: &Workspace,
        integration: &Integration,
        folder: &Path,
        now_ms: i64,
    ) -> Result<Self> {
        let originals = folder.join("originals");
        std::fs::create_dir_all(&originals).map_err(EngineError::file(&originals))?;
        let reader = workspace.intake_reader()?;
        let since = now_ms - DAYS * DAY_MS;
        let mut rounds: BTreeMap<i64, Round> = BTreeMap::new();
        for stream in &integration.streams {
            let order = order_column(stream)?;
            for (moment, began_at, kept) in landed(&reader, integration, stream, since)? {
                let round = rounds.entry(moment).or_insert_with(|| Round { began_at, streams: Vec::new() });
                round.began_at = round.began_at.max(began_at);
                let rows = kept.iter().map(|original| original.rows).sum();
                let files = kept.iter().map(|original| unpack(&reader, original, &originals));
                round.streams.push(Given {
                    name: stream.name.clone(),
                    order: order.clone(),
                    format: file_format(stream),
                    files: files.collect::<Result<_>>()?,
                    rows,
                    page_rows: page_rows(rows),
                });
            }
        }
        let mut rounds: Vec<Round> = rounds.into_values().collect();
        if rounds.is_empty() {
            let reason = format!("nothing was pulled within the last {DAYS} days: pull it, then replay it");
            return Err(EngineError::invalid("rush", reason));
        }
        // A later pull knows at least as much of the calendar as an earlier one.
        rounds.iter_mut().fold(i64::MIN, |latest, round| {
            round.began_at = round.began_at.max(latest.saturating_add(1));
            round.began_at
        });
        let cadence_ms = cadence(workspace, integration, rounds.len())?;
        Ok(Self { definition: stand_in(integration), rounds, cadence_ms })
    }
}

/// The originals of a stream by the moment that they stand for, of runs that began since then; each with the start of its
/// run.
fn landed(
    reader: &Reader,
    integration: &Integration,
    stream: &Stream,
    since: i64,
) -> Result<Vec<(i64, i64, Vec<Original>)>> {
    let view = reader.view();
    let Some(known) = view.integration(&integration.id)? else { return Ok(Vec::new()) };
    let streams = view.streams()?;
    let number = streams.iter().find(|one| one.integration == known.number && one.name == stream.name);
    let Some(number) = number else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for same in view.batches(number.number)?.chunk_by(|one, next| one.moment == next.moment) {
        let mut kept = Vec::new();
        let (mut began_at, mut seen) = (None, BTreeSet::new());
        for batch in same {
            let Some(run) = view.run(batch.run)?.filter(|run| run.started_at >= since) else { continue };
            let Some(original) = view.original(batch.original)? else { continue };
            if seen.insert(original.number) {
                began_at = Some(run.started_at.max(began_at.unwrap_or(run.started_at)));
                kept.push(original);
            }
        }
        if let (Some(began_at), Some(first)) = (began_at, same.first()) {
            found.push((first.moment, began_at, kept));
        }
    }
    Ok(found)
}

fn unpack(reader: &Reader, original: &Original, folder: &Path) -> Result<PathBuf> {
    let path = folder.join(format!("{}-{}", original.number, original.name.replace(['/', '\\'], "_")));
    let mut file = File::create(&path).map_err(EngineError::file(&path))?;
    let mut bytes = reader.view().open_original(original.number);
    std::io::copy(&mut bytes, &mut file).map_err(EngineError::file(&path))?;
    Ok(path)
}

fn order_column(stream: &Stream) -> Result<String> {
    let column = match stream.fields.get(&Field::Order) {
        Some(FieldTable::Column(column)) => Some(column.clone()),
        Some(FieldTable::Read(read)) => read.column.clone(),
        None => None,
    };
    let reason = || {
        format!("stream “{}” has no column for the order, so no copies of it can be told apart", stream.name)
    };
    column.ok_or_else(|| EngineError::invalid("rush", reason()))
}

fn page_rows(rows: i64) -> u64 {
    let times = i64::from(super::TIMES);
    let multiplied = (rows * times / PAGES_MIN).clamp(*PAGE_ROWS.start(), *PAGE_ROWS.end());
    (multiplied / times).max(1).unsigned_abs()
}

fn cadence(workspace: &Workspace, integration: &Integration, pulls: usize) -> Result<i64> {
    let chosen = workspace.view(|view| view.schedule(&integration.id.as_str().into()))?;
    let stated = chosen.and_then(|chosen| chosen.schedule.cadence.period_ms());
    let mean = DAYS * DAY_MS / i64::try_from(pulls).unwrap_or(i64::MAX).max(1);
    Ok(stated.unwrap_or(mean))
}

/// The integration, asked of the stand-in. What the rules once said of columns was said when they landed; how old they are
/// says nothing here.
fn stand_in(integration: &Integration) -> Integration {
    let mut asked = integration.clone();
    asked.connection = None;
    for stream in &mut asked.streams {
        stream.files.clear();
        (stream.folder, stream.pattern, stream.snapshot_date) = (None, None, None);
        stream.format = FormatTable::default();
        stream.from = Some(FromTable { name: Some(stream.name.clone()), ..FromTable::default() });
    }
    let accept = Some(SchemaPolicy::Accept);
    asked.rules.schema = SchemaTable { new: accept, missing: accept, retyped: accept };
    for rule in [Rule::StaleData, Rule::SchemaChange, Rule::RowCount] {
        asked.rules.severity.insert(rule.word().to_owned(), Severity::Off);
    }
    asked
}
