//! The board: one row for each joint KPI.

use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;
use plaza_domain::schedule::Freshness;
use plaza_store::view::Integration as Saved;
use serde::Serialize;

use super::flow::departments_in_flow;
use super::restated::{Restatement, restatements};
use super::series::{Icons, Series, count, moment};
use super::signals::{Lately, by_kpi, news};
use super::{DepartmentView, Unit, WeekState};
use crate::drill::outage::cut_until;
use crate::error::Result;
use crate::integration::Integration;
use crate::signal::Charts;
use crate::tend::{Age, words};
use crate::workspace::Workspace;
use plaza_domain::chart::Chart as ChartView;

/// The whole board.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Board {
    /// The latest observed week (`2026-W46`); none before the first pull.
    pub week: Option<String>,
    /// Today in the workspace's time zone.
    pub today: String,
    /// What changed in the last seven days, as counts.
    pub since: Since,
    /// One for each active KPI, in order; at most seven.
    pub rows: Vec<BoardRow>,
    /// Departments in the order of the flow.
    pub departments: Vec<DepartmentView>,
    /// When the newest run finished, RFC 3339.
    pub refreshed: Option<String>,
    /// Weeks whose value nobody has signed, oldest first.
    pub unsigned_weeks: Vec<String>,
    /// Rows in quarantine, all integrations.
    pub quarantined: u32,
    /// How many integrations there are.
    pub integrations: u32,
    /// Integrations whose numbers are older than was agreed, the oldest first.
    pub aged: Vec<AgedSource>,
    /// Integrations that a drill cuts: their numbers stand still on purpose.
    pub cut: Vec<CutSource>,
}

/// An integration that a drill cuts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct CutSource {
    /// Its id.
    pub integration: String,
    /// What people call it.
    pub name: String,
    /// Until when, RFC 3339.
    pub until: String,
}

/// An integration whose numbers are older than was agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct AgedSource {
    /// Its id.
    pub integration: String,
    /// What people call it.
    pub name: String,
    /// How the numbers stand: `warn` or `late`.
    pub freshness: Freshness,
    /// How old they are, in words: `18 hours old`.
    pub words: String,
}

/// What changed since the given day.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Since {
    /// The day counted from.
    pub day: String,
    /// Changes on the charts of the rows, going on or newly seen; neighbouring points that signal are one.
    pub signals: u32,
    /// Weeks restated.
    pub restated: u32,
    /// Flags raised by people, whatever about.
    pub flags: u32,
}

/// One KPI on the board.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct BoardRow {
    /// Which KPI.
    pub kpi: KpiKind,
    /// Its own name and question where a person changed them; else the catalogue's.
    pub name: Option<String>,
    /// See `name`.
    pub question: Option<String>,
    /// What the value counts in.
    pub unit: Unit,
    /// The latest observed week's value.
    pub latest: Option<LatestValue>,
    /// Target, in the unit.
    pub target: Option<f64>,
    /// `improving_high`, `improving_low`, `concerning_high`, `concerning_low`, `common_cause`, `neutral`; none without points.
    pub variation: Option<String>,
    /// The variation in the reader's words, short: “Worse since W34”.
    pub variation_words: Option<String>,
    /// `passes`, `fails`, `hit_or_miss`; none without limits or target.
    pub assurance: Option<String>,
    /// The assurance in the reader's words, short.
    pub assurance_words: Option<String>,
    /// The chart's one sentence.
    pub sentence: String,
    /// The process behaviour chart of the last 52 weeks.
    pub chart: ChartView,
    /// Whose the latest week's gap is, summing to it; in the unit.
    pub parts: Vec<PartShare>,
    /// The sum of the parts: points missed or days.
    pub parts_total: f64,
    /// A week restated in the last seven days.
    pub restated: Option<Restated>,
}

/// The latest value of a KPI.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LatestValue {
    /// Its week.
    pub week: String,
    /// The value, in the unit.
    pub value: f64,
    /// Journeys counted.
    pub n: u32,
    /// Fewer than five journeys.
    pub small_n: bool,
    /// Journeys still pending.
    pub pending: u32,
    /// Where it stands.
    pub state: WeekState,
}

/// One department's part of a week.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PartShare {
    /// The department's id.
    pub department: String,
    /// Its part, in the KPI's unit (percentage points or days).
    pub value: f64,
    /// Its share of the total, 0–1, for the bar.
    pub share: f64,
    /// Change against the mean of the weeks before, in the unit, where a signal moved this part.
    pub change: Option<f64>,
}

/// A week that was restated.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Restated {
    /// The week.
    pub week: String,
    /// What it was.
    pub was: f64,
    /// What it is.
    pub now: f64,
    /// The day on which the new revision became known, in the workspace's time zone.
    pub day: String,
}

impl From<Restatement> for Restated {
    fn from(one: Restatement) -> Self {
        Self { week: one.week.to_string(), was: one.was, now: one.now, day: one.day.to_string() }
    }
}

/// Days for which something counts as having just happened, today included: with a pull on each Monday this is always
/// one pull, never two.
const RECENT_DAYS: i32 = 7;

/// Weeks drawn on the board.
const BOARD_WEEKS: i32 = 52;

/// The drawing of a chart on the board, pixels; the window scales it.
const BOARD_CHART: (f64, f64) = (560.0, 132.0);

impl Board {
    /// Reads the board in a language.
    ///
    /// # Errors
    /// What the stores say.
    pub fn read(workspace: &Workspace, language: Language) -> Result<Self> {
        let today = workspace.today()?;
        let since = today.plus(1 - RECENT_DAYS);
        let departments = departments_in_flow(workspace)?;
        let (definitions, integrations, runs, signals, zone) = workspace.view(|view| {
            Ok((
                view.kpis()?,
                view.integrations()?,
                view.runs(None, 1)?,
                view.signals(None)?,
                view.settings()?.time_zone,
            ))
        })?;
        let lately = Lately { since, zone };
        let flags = workspace.view(|view| view.flags_since(zone.start_of(since)))?;
        let integrations: Vec<Saved> =
            integrations.into_iter().filter(|known| known.retired.is_none()).collect();
        let signals = by_kpi(signals);
        let mut board = Self {
            week: None,
            today: today.to_string(),
            since: Since { day: since.to_string(), signals: 0, restated: 0, flags },
            rows: Vec::new(),
            departments: departments.iter().map(DepartmentView::from).collect(),
            refreshed: runs.first().map(|run| moment(run.ended_at)),
            unsigned_weeks: Vec::new(),
            quarantined: quarantined(workspace)?,
            integrations: count(integrations.len() as i64),
            aged: aged(workspace, &integrations, language)?,
            cut: cut(workspace, &integrations)?,
        };
        for definition in definitions.into_iter().filter(|definition| definition.active) {
            let series = Series::read(workspace, definition, None)?;
            let charts = series.charts()?;
            let restated = restatements(workspace, &series, &lately)?.into_iter().next().map(Restated::from);
            let kpi = &series.definition.kpi;
            let recorded = signals.get(kpi.as_str()).map_or(&[][..], Vec::as_slice);
            let before = zone.start_of(since) - 1;
            let was_published = workspace.view(|view| view.is_observed(kpi, before))?;
            let news = news(&charts.whole, recorded, &series.observations, &lately, was_published);
            board.since.signals += count(news as i64);
            board.since.restated += u32::from(restated.is_some());
            if series.kind() == KpiKind::PromiseKept {
                board.unsigned_weeks = series.unsigned().iter().map(|day| day.week().to_string()).collect();
            }
            let row = BoardRow::of(&series, &charts, restated, language);
            board.week = board.week.max(row.latest.as_ref().map(|latest| latest.week.clone()));
            board.rows.push(row);
        }
        board.rows.sort_by_key(|row| row.kpi);
        Ok(board)
    }
}

impl BoardRow {
    fn of(series: &Series, charts: &Charts, restated: Option<Restated>, language: Language) -> Self {
        let first = series.observations.last().map(|last| last.week.plus(1 - BOARD_WEEKS));
        let sentence = series.sentence(charts, language);
        // Limits come from all weeks; only the drawing is of the last year.
        let title = super::name(&series.definition, language);
        let mut shown = charts.clone();
        if let Some(first) = first {
            shown.whole = shown.whole.since(first.monday());
        }
        let chart = series.draw_whole(&shown, BOARD_CHART, &title, language);
        let last = series.observations.iter().rfind(|observation| observation.denominator > 0);
        let parts = last.map_or_else(Vec::new, |observation| series.parts(observation, Some(charts)));
        let icons = Icons::of(&charts.whole, language);
        Self {
            kpi: series.kind(),
            name: own(&series.definition.name),
            question: own(&series.definition.question),
            unit: series.unit(),
            latest: series.latest(),
            target: series.definition.target_millionths.map(|target| target as f64 / 1_000_000.0),
            variation: icons.variation,
            variation_words: icons.variation_words,
            assurance: icons.assurance,
            assurance_words: icons.assurance_words,
            sentence,
            chart,
            parts_total: parts.iter().map(|part| part.value).sum(),
            parts,
            restated,
        }
    }
}

/// What a person named it; nothing while the catalogue's words stand.
pub(super) fn own(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| words.to_owned())
}

/// The integrations that a drill cuts.
fn cut(workspace: &Workspace, integrations: &[Saved]) -> Result<Vec<CutSource>> {
    let mut cut = Vec::new();
    for saved in integrations {
        let id = saved.id.as_str();
        if let Some(until) = cut_until(workspace, id)? {
            let name = workspace.integration_name(id)?;
            cut.push(CutSource { integration: id.to_owned(), name, until: moment(until) });
        }
    }
    Ok(cut)
}

/// The integrations whose numbers are older than was agreed.
fn aged(workspace: &Workspace, integrations: &[Saved], language: Language) -> Result<Vec<AgedSource>> {
    let now = workspace.now_ms();
    let mut aged = Vec::new();
    for saved in integrations {
        let id = saved.id.as_str();
        let Age { good_at: Some(good_at), freshness: Some(freshness), .. } = Age::of(workspace, id)? else {
            continue;
        };
        if freshness != Freshness::Fresh {
            let definition = Integration::from_toml(&saved.current.toml);
            let source = AgedSource {
                integration: id.to_owned(),
                name: definition.map_or_else(|_| id.to_owned(), |definition| definition.name),
                freshness,
                words: words::age(now - good_at, language),
            };
            aged.push((good_at, source));
        }
    }
    aged.sort_by_key(|(good_at, _)| *good_at);
    Ok(aged.into_iter().map(|(_, source)| source).collect())
}

/// Rows that wait in quarantine, of all integrations.
fn quarantined(workspace: &Workspace) -> Result<u32> {
    Ok(count(workspace.intake_reader()?.view().quarantine_count(None)?))
}
