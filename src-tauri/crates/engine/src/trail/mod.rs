//! The trail of an integration: what was asked, when, of which system, what came back, what each rule decided, and who
//! decided what. It is read, searched and exported here; that nothing of it was changed, `hash` tells.

mod entries;
mod export;
mod hash;

use plaza_domain::day::Day;
use plaza_domain::language::Language;
use plaza_store::intake::{ExchangeFilter, ExchangeRow};
use serde::{Deserialize, Serialize};

use crate::error::{EngineError, Result};
use crate::page::series::moment;
use crate::workspace::Workspace;
pub use export::{TrailForm, export, write};
pub(crate) use hash::{altered, hash};

/// Entries that a page shows at once.
const SLICE: u32 = 200;

/// Entries that an export has at most; a longer trail is exported by dates.
pub(crate) const EXPORTED_MAX: u32 = 1_000_000;

/// What kind of thing an entry tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum TrailKind {
    /// A system was asked.
    Asked,
    /// A file, or a whole answer, came.
    Came,
    /// A rule decided about rows.
    Rule,
    /// A run ended.
    Run,
    /// Somebody decided: about a batch, about rows in quarantine.
    Decided,
}

/// One entry of a trail.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct TrailEntry {
    /// When, RFC 3339.
    pub at: String,
    /// When, milliseconds since 1970 UTC.
    #[serde(skip)]
    at_ms: i64,
    /// What it tells.
    pub kind: TrailKind,
    /// The run, where it belongs to one that is known.
    pub run: Option<String>,
    /// The stream; empty where for all.
    pub stream: String,
    /// What was asked (secrets blanked), the file that came, the rule, or the run.
    pub what: String,
    /// A word for what came of it: `answered`, `said`, `failed` · `landed`, `unchanged`, `left_out` · `quarantined`,
    /// `warned` · `finished`, `unfinished`, `cancelled`, `failed` · `held`, `released`, `released_in_part`, `rejected`,
    /// `lapsed`, `mended`, `quarantine_released`.
    pub outcome: String,
    /// It did not work.
    pub is_fault: bool,
    /// Why, in words: a fault, a reason.
    pub words: Option<String>,
    /// The code of the system's protocol.
    pub status: Option<u32>,
    /// Rows.
    #[specta(type = Option<f64>)]
    pub rows: Option<u64>,
    /// Bytes.
    #[specta(type = Option<f64>)]
    pub bytes: Option<u64>,
    /// Seconds that it took.
    pub seconds: Option<f64>,
    /// BLAKE3 of what came, 64 hexadecimal digits.
    pub hash: Option<String>,
    /// Who decided.
    pub who: Option<String>,
}

/// What is looked for in a trail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, specta::Type)]
pub struct TrailQuery {
    /// Part of any text; empty for all.
    pub search: String,
    /// The first day, `YYYY-MM-DD`, in the workspace's time zone.
    pub since: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// Only what did not work.
    pub faults: bool,
}

/// A part of a trail, the newest entry first.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct TrailPage {
    /// Entries that were found.
    pub total: u32,
    /// Of which the first that is shown, from nought.
    pub skip: u32,
    /// The system, as the integration names it.
    pub system: String,
    /// Those that are shown.
    pub entries: Vec<TrailEntry>,
}

impl TrailEntry {
    fn new(at_ms: i64, kind: TrailKind, what: &str, outcome: &str) -> Self {
        Self {
            at: moment(at_ms),
            at_ms,
            kind,
            run: None,
            stream: String::new(),
            what: what.to_owned(),
            outcome: outcome.to_owned(),
            is_fault: false,
            words: None,
            status: None,
            rows: None,
            bytes: None,
            seconds: None,
            hash: None,
            who: None,
        }
    }

    fn asked(row: ExchangeRow) -> Self {
        let outcome = match (&row.fault, &row.words) {
            (Some(_), _) => "failed",
            (None, Some(_)) => "said",
            (None, None) => "answered",
        };
        Self {
            stream: row.stream,
            is_fault: row.fault.is_some(),
            words: row.words,
            status: row.status.and_then(|status| u32::try_from(status).ok()),
            rows: Some(row.rows.unsigned_abs()),
            bytes: Some(row.bytes.unsigned_abs()),
            seconds: Some(row.took_ms as f64 / 1000.0),
            ..Self::new(row.at, TrailKind::Asked, &row.request, outcome)
        }
    }

    /// Whether a text, in small letters, stands in any of its texts.
    fn has(&self, text: &str) -> bool {
        let texts = [&self.what, &self.stream, &self.outcome];
        let optional = [&self.words, &self.who, &self.run, &self.hash];
        texts.into_iter().any(|own| own.to_lowercase().contains(text))
            || optional.into_iter().flatten().any(|own| own.to_lowercase().contains(text))
    }
}

/// What a query means, in milliseconds.
struct Bounds {
    since: Option<i64>,
    before: Option<i64>,
    text: String,
    faults: bool,
}

impl Bounds {
    fn of(workspace: &Workspace, query: &TrailQuery) -> Result<Self> {
        let zone = workspace.settings()?.time_zone;
        let day = |text: &Option<String>, field: &str| -> Result<Option<Day>> {
            let parsed = text.as_deref().filter(|text| !text.is_empty()).map(str::parse::<Day>);
            parsed.transpose().map_err(|_| EngineError::invalid(field, "write a day as 2026-03-31"))
        };
        Ok(Self {
            since: day(&query.since, "since")?.map(|day| zone.start_of(day)),
            before: day(&query.until, "until")?.map(|day| zone.start_of(Day(day.0 + 1))),
            text: query.search.trim().to_lowercase(),
            faults: query.faults,
        })
    }

    fn holds(&self, entry: &TrailEntry) -> bool {
        self.since.is_none_or(|since| entry.at_ms >= since)
            && self.before.is_none_or(|before| entry.at_ms < before)
            && (!self.faults || entry.is_fault)
            && (self.text.is_empty() || entry.has(&self.text))
    }
}

/// The entries that a query finds, the newest first: how many, and at most `limit` of them from the `skip`th on.
///
/// # Errors
/// There is no such integration; [`EngineError::Invalid`] for a day that is none; what the stores say.
pub(crate) fn find(
    workspace: &Workspace,
    id: &str,
    query: &TrailQuery,
    language: Language,
    skip: u32,
    limit: u32,
) -> Result<(u32, Vec<TrailEntry>)> {
    workspace.saved_integration(id)?;
    let bounds = Bounds::of(workspace, query)?;
    let (mut found, runs) = entries::entries(workspace, id, language)?;
    found.retain(|entry| bounds.holds(entry));
    let filter = ExchangeFilter {
        integration: id.to_owned(),
        since: bounds.since,
        before: bounds.before,
        faults: bounds.faults,
        text: bounds.text,
    };
    let reader = workspace.intake_reader()?;
    let asked = u32::try_from(reader.view().found_exchanges(&filter)?).unwrap_or(u32::MAX);
    let total = asked.saturating_add(u32::try_from(found.len()).unwrap_or(u32::MAX));
    let newest = reader.view().find_exchanges(&filter, skip.saturating_add(limit))?;
    found.extend(newest.into_iter().map(|row| {
        let run = runs.get(&row.began_at).cloned();
        TrailEntry { run, ..TrailEntry::asked(row) }
    }));
    // What a run led to stands above what it asked.
    found.sort_by_key(|entry| std::cmp::Reverse((entry.at_ms, entry.kind)));
    let shown = found.into_iter().skip(skip as usize).take(limit as usize).collect();
    Ok((total, shown))
}

impl TrailPage {
    /// Reads a part of an integration's trail.
    ///
    /// # Errors
    /// There is no such integration; [`EngineError::Invalid`] for a day that is none; what the stores say.
    pub fn read(
        workspace: &Workspace,
        id: &str,
        query: &TrailQuery,
        skip: u32,
        language: Language,
    ) -> Result<Self> {
        let (total, entries) = find(workspace, id, query, language, skip, SLICE)?;
        let system = workspace.saved_definition(id).map(|own| own.system).unwrap_or_default();
        Ok(Self { total, skip, system, entries })
    }
}
