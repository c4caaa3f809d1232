//! Weeks of the joint KPIs, as they were seen at a time: what `plaza week` prints.

use std::collections::BTreeMap;

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{
    Bases, Cause, KpiDefinition, KpiId, Observation, Ratio, SignatureStanding, signature_standing,
};
use plaza_domain::kpi::{Basis, KpiKind, KpiRules, Tally};
use serde::Serialize;

use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::journey::context::JourneyContext;
use crate::pull::{observation, recount, seats, sums};
use crate::workspace::Workspace;

/// Which weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The last one that is over.
    Latest,
    /// This one.
    One(Week),
    /// All that were observed.
    All,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct WeekQuery {
    /// One KPI, or all.
    pub kpi: Option<KpiId>,
    /// Which weeks.
    pub which: Which,
    /// Against which of the customer's dates *Promise kept* is measured.
    pub basis: Basis,
    /// Only revisions known at this time, milliseconds since 1970 UTC.
    pub known_at: Option<i64>,
}

/// One week of one KPI.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeekRow {
    /// The KPI's word.
    pub kpi: String,
    /// The week.
    pub week: Week,
    /// Which revision; 0 for numbers that were counted for this answer and are not in the ledger.
    pub revision: u32,
    /// From when it was known, RFC 3339.
    pub known_from: String,
    /// `provisional`, `signed` or `restated`; `draft` for numbers that are not in the ledger.
    pub state: &'static str,
    /// Journeys counted.
    pub n: i64,
    /// Journeys kept, or the sum of days.
    pub numerator: i64,
    /// What the numerator is divided by.
    pub denominator: i64,
    /// Percent or days; none where nothing was counted.
    pub value: Option<f64>,
    /// Late days of the misses.
    pub late_days: f64,
    /// Undecided journeys.
    pub pending: i64,
    /// Cancelled journeys.
    pub cancelled: i64,
    /// The departments' parts.
    pub parts: Vec<WeekPart>,
    /// The same journeys against each of the customer's dates: on time and in full.
    pub bases: WeekBases,
}

/// A department's part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeekPart {
    /// The department's id.
    pub department: String,
    /// Its share of the misses in journeys (percent KPIs), or of the days.
    pub misses: f64,
    /// The same in the KPI's unit: percentage points, or days.
    pub points: f64,
    /// Its late days.
    pub late_days: f64,
}

/// A rate with its counts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WeekRate {
    /// Hits.
    pub numerator: i64,
    /// Of how many.
    pub denominator: i64,
    /// Percent.
    pub value: Option<f64>,
}

/// Against each of the customer's dates; none where no journey has such a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct WeekBases {
    /// What the customer asked for.
    pub requested: Option<WeekRate>,
    /// The first date given.
    pub promised: Option<WeekRate>,
    /// The last date agreed.
    pub agreed: Option<WeekRate>,
}

/// Answers a question about weeks.
///
/// # Errors
/// An unknown KPI; another basis together with a time in the past, for which nothing was kept.
pub fn weeks(workspace: &Workspace, query: &WeekQuery) -> Result<Vec<WeekRow>> {
    let definitions: Vec<KpiDefinition> = workspace
        .view(|view| view.kpis())?
        .into_iter()
        .filter(|one| one.active && query.kpi.as_ref().is_none_or(|kpi| one.kpi == *kpi))
        .collect();
    if let (Some(kpi), true) = (&query.kpi, definitions.is_empty()) {
        return Err(EngineError::NotFound { noun: "KPI", name: kpi.to_string() });
    }
    let today = workspace.today()?;
    let live = live_tallies(workspace, query, today)?;
    let departments = seats(workspace)?;
    let mut rows = Vec::new();
    for definition in &definitions {
        let observed = match &live {
            Some(tallies) if definition.kind != KpiKind::Measure => {
                counted(definition, tallies, &departments, today, workspace.now_ms())
            }
            _ => workspace.view(|view| view.observations(&definition.kpi, query.known_at))?,
        };
        let last = observed.iter().rfind(|one| one.week.sunday() < today).map(|one| one.week);
        for one in observed {
            let wanted = match query.which {
                Which::All => true,
                Which::One(week) => one.week == week,
                Which::Latest => Some(one.week) == last,
            };
            if wanted {
                let state = if live.is_some() && definition.kind != KpiKind::Measure {
                    "draft"
                } else {
                    state(workspace, &one, query.known_at)?
                };
                rows.push(row(definition, &one, state));
            }
        }
    }
    Ok(rows)
}

/// Where a week stands.
fn state(workspace: &Workspace, observation: &Observation, known_at: Option<i64>) -> Result<&'static str> {
    let settings = workspace.settings()?;
    let signatures: Vec<u32> = workspace
        .view(|view| view.signatures(&observation.kpi))?
        .into_iter()
        .filter(|one| one.week == observation.week && one.revision <= observation.revision)
        .map(|one| one.revision)
        .collect();
    let mut revisions = workspace.view(|view| view.revisions(&observation.kpi, observation.week))?;
    revisions.retain(|one| known_at.is_none_or(|at| one.known_from <= at));
    let day = |one: &Observation| settings.time_zone.day_at(one.known_from);
    if !signatures.is_empty() {
        let days: Vec<Day> = revisions.iter().map(day).collect();
        let until = settings.unsettled_until(observation.week);
        let stands = signatures.iter().any(|signed| {
            let pairs = revisions.iter().zip(days.iter().copied());
            signature_standing(*signed, pairs, until) == SignatureStanding::Stands
        });
        return Ok(if stands { "signed" } else { "restated" });
    }
    // What was still being made when it was seen is not restated by being finished.
    let before = revisions.iter().rfind(|one| one.revision < observation.revision);
    let was_complete = before.is_some_and(|before| before.is_complete(day(before)));
    Ok(if was_complete && observation.cause == Cause::Restatement { "restated" } else { "provisional" })
}

/// Tallies counted for this answer, where what was kept does not answer it: another basis, or another day.
fn live_tallies(
    workspace: &Workspace,
    query: &WeekQuery,
    today: Day,
) -> Result<Option<BTreeMap<(KpiKind, Week), Tally>>> {
    let reader = workspace.intake();
    let numbers = reader.view().integrations()?;
    let is_today = numbers.iter().try_fold(true, |all, one| {
        Ok::<_, EngineError>(
            all && reader.view().tallied(one.number)?.is_none_or(|tallied| tallied.today == today.0),
        )
    })?;
    drop(reader);
    if query.basis == Basis::Promised
        && (is_today || query.known_at.is_some() || !workspace.is_set_to_a_day())
    {
        return Ok(None);
    }
    if query.known_at.is_some() {
        return Err(EngineError::invalid(
            "known_at",
            "only the promised date was kept; leave out --basis or --known-at",
        ));
    }
    let rules = rules(workspace)?;
    let intake = workspace.intake();
    let tallies = recount(&intake, today, &|integration| {
        rules.get(&integration).map(|context| context.against(query.basis))
    })?;
    Ok(Some(tallies.iter().map(|(kind, week, tally)| ((kind, week), *tally)).collect()))
}

/// What each integration's journeys are counted with, by its number.
///
/// # Errors
/// A definition that cannot be used any more.
pub(crate) fn rules(workspace: &Workspace) -> Result<BTreeMap<i64, JourneyContext>> {
    rules_by(workspace, &workspace.view(|view| view.kpis())?)
}

/// As [`rules`], by these definitions.
///
/// # Errors
/// As [`rules`].
pub(crate) fn rules_by(
    workspace: &Workspace,
    kpis: &[KpiDefinition],
) -> Result<BTreeMap<i64, JourneyContext>> {
    let settings = workspace.settings()?;
    let departments = seats(workspace)?;
    // A reader: pages ask this while a pull holds the writer.
    let intake = workspace.intake_reader()?;
    let reasons = intake.view().reason_departments()?;
    let mut rules = BTreeMap::new();
    for known in intake.view().integrations()? {
        let saved = workspace.view(|view| view.integration(&known.name.as_str().into()))?;
        let Some(saved) = saved else { continue };
        let integration = Integration::from_toml(&saved.current.toml)?;
        // What only adds to another's orders has no journeys.
        if integration.orders_of.is_some() {
            continue;
        }
        rules
            .insert(known.number, JourneyContext::of(&integration, &settings, &departments, &reasons, kpis)?);
    }
    Ok(rules)
}

/// Counts every journey anew and compares: whether the kept tallies are what a full count gives.
///
/// # Errors
/// What reading gives.
pub fn tallies_hold(workspace: &Workspace) -> Result<bool> {
    let contexts = rules(workspace)?;
    let intake = workspace.intake();
    let mut days = BTreeMap::new();
    for known in intake.view().integrations()? {
        if let Some(tallied) = intake.view().tallied(known.number)? {
            days.insert(known.number, Day(tallied.today));
        }
    }
    for (integration, day) in days {
        let only = |number: i64| -> Option<KpiRules> {
            (number == integration)
                .then(|| contexts.get(&number).map(|context| context.kpi.clone()))
                .flatten()
        };
        let full = recount(&intake, day, &only)?;
        let full: BTreeMap<(KpiKind, Week), Tally> =
            full.iter().map(|(kind, week, tally)| ((kind, week), *tally)).collect();
        let mut kept = sums(&intake.view().tallies(Some(integration))?);
        kept.retain(|_, tally| !tally.is_zero());
        if full != kept {
            return Ok(false);
        }
    }
    Ok(true)
}

fn counted(
    definition: &KpiDefinition,
    tallies: &BTreeMap<(KpiKind, Week), Tally>,
    departments: &[DepartmentId],
    today: Day,
    now_ms: i64,
) -> Vec<Observation> {
    let range = (definition.kind, Week(i32::MIN))..=(definition.kind, Week(i32::MAX));
    tallies
        .range(range)
        .filter(|((_, week), tally)| week.monday() <= today && (tally.n > 0 || tally.pending > 0))
        .map(|((_, week), tally)| Observation {
            known_from: now_ms,
            ..observation(definition, *week, tally, departments)
        })
        .collect()
}

fn row(definition: &KpiDefinition, one: &Observation, state: &'static str) -> WeekRow {
    let unit = if definition.is_percent() { 100.0 } else { 1.0 };
    let share = |number: f64| if one.denominator > 0 { number / one.denominator as f64 * unit } else { 0.0 };
    let parts = one.parts.iter().map(|part| {
        let misses = part.millionths as f64 / 1e6;
        let late_days = part.late_microdays as f64 / 1e6;
        WeekPart { department: part.department.to_string(), misses, points: share(misses), late_days }
    });
    WeekRow {
        kpi: one.kpi.to_string(),
        week: one.week,
        revision: one.revision,
        known_from: moment(one.known_from),
        state,
        n: one.n,
        numerator: one.numerator,
        denominator: one.denominator,
        value: (one.denominator > 0).then(|| share(one.numerator as f64)),
        late_days: one.late_microdays as f64 / 1e6,
        pending: one.pending,
        cancelled: one.cancelled,
        parts: parts.collect(),
        bases: bases(&one.bases),
    }
}

fn bases(bases: &Bases) -> WeekBases {
    let rate = |ratio: Option<Ratio>| {
        ratio.map(|Ratio { numerator, denominator }| WeekRate {
            numerator,
            denominator,
            value: (denominator > 0).then(|| numerator as f64 * 100.0 / denominator as f64),
        })
    };
    WeekBases { requested: rate(bases.requested), promised: rate(bases.promised), agreed: rate(bases.agreed) }
}

/// A moment as people and programs read it.
pub fn moment(ms: i64) -> String {
    chrono::DateTime::from_timestamp_millis(ms)
        .map_or_else(String::new, |at| at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
}

/// The moment that a text names, milliseconds since 1970 UTC: RFC 3339, or a date for its end.
pub fn moment_of(text: &str) -> Option<i64> {
    if let Ok(at) = chrono::DateTime::parse_from_rfc3339(text) {
        return Some(at.timestamp_millis());
    }
    let day: Day = text.parse().ok()?;
    Some((i64::from(day.0) + 1) * 86_400_000 - 1)
}
