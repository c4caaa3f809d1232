//! `plaza week`: what was observed, as the README documents it.

use std::collections::BTreeMap;

use plaza_domain::day::Week;
use plaza_domain::event::{Observation, Ratio, SignatureStanding};
use plaza_domain::kpi::{Basis, KpiKind};
use plaza_domain::language::Language;
use serde::Serialize;

use super::publish::{observe, tallies_against, weeks};
use super::seats;
use crate::error::{EngineError, Result};
use crate::page::WeekState;
use crate::workspace::Workspace;

const MILLION: f64 = 1_000_000.0;

/// Which weeks are asked for.
#[derive(Clone, Debug, Default)]
pub struct WeekQuery {
    /// One KPI; all where absent.
    pub kpi: Option<KpiKind>,
    /// One week; else the latest (`all` false) or all of them.
    pub week: Option<Week>,
    /// All weeks.
    pub all: bool,
    /// Against which of the customer's dates.
    pub basis: Basis,
    /// Revisions known at this time, milliseconds since 1970 UTC.
    pub known_at: Option<i64>,
}

/// One week of one KPI.
#[derive(Clone, Debug, Serialize)]
pub struct WeekReport {
    /// The KPI's word.
    pub kpi: &'static str,
    /// `2026-W12`.
    pub week: String,
    /// The revision shown; 0 for a basis that is not published.
    pub revision: u32,
    /// From when it was known, RFC 3339.
    pub known_from: String,
    /// Where the value stands.
    pub state: WeekState,
    /// Journeys counted.
    pub n: i64,
    /// Kept, or the sum of days.
    pub numerator: i64,
    /// Journeys counted (1 for late backlog).
    pub denominator: i64,
    /// Percent or days.
    pub value: Option<f64>,
    /// Late days in all.
    pub late_days: f64,
    /// Journeys still open.
    pub pending: i64,
    /// Journeys cancelled.
    pub cancelled: i64,
    /// Whose the gap is.
    pub parts: Vec<PartReport>,
    /// On time and in full, against each of the customer's dates.
    pub bases: BTreeMap<&'static str, BTreeMap<String, RatioReport>>,
}

/// One department's part.
#[derive(Clone, Debug, Serialize)]
pub struct PartReport {
    /// The department's id.
    pub department: String,
    /// Misses in units of one journey, or days, exact to the millionth.
    pub misses: f64,
    /// Percentage points, or mean days.
    pub points: f64,
    /// Late days that are this department's.
    pub late_days: f64,
}

/// A rate beside the value.
#[derive(Clone, Debug, Serialize)]
pub struct RatioReport {
    /// Hit.
    pub numerator: i64,
    /// Of how many.
    pub denominator: i64,
    /// Percent.
    pub percent: f64,
}

/// Reads weeks, oldest first, KPI by KPI.
///
/// # Errors
/// [`EngineError::NotFound`] for a week that was never observed.
pub fn week_reports(workspace: &Workspace, query: &WeekQuery) -> Result<Vec<WeekReport>> {
    let definitions = workspace.view(|view| view.kpis())?;
    let mut reports = Vec::new();
    for definition in definitions.iter().filter(|d| query.kpi.is_none_or(|kind| d.kind == kind)) {
        let observations = if query.basis == Basis::Promised {
            workspace.view(|view| view.observations(&definition.kpi, query.known_at))?
        } else {
            let seats = seats(workspace)?;
            let tallies = tallies_against(workspace, query.basis)?;
            weeks(&tallies, definition.kind, std::iter::empty(), workspace.today()?)
                .into_iter()
                .filter_map(|week| {
                    Some(observe(definition, week, tallies.get(&(definition.kind, week))?, &seats))
                })
                .collect()
        };
        let signed =
            workspace.view(|view| view.signed_weeks(&definition.kpi, &view.settings()?, query.known_at))?;
        let latest = observations.iter().rfind(|o| o.denominator > 0).map(|observation| observation.week);
        let wanted = |week: Week| query.all || query.week.or(latest) == Some(week);
        for observation in observations.iter().filter(|observation| wanted(observation.week)) {
            let standing = signed.get(&observation.week).map(|signed| signed.standing);
            reports.push(report(definition.kind, observation, standing));
        }
    }
    match (query.week, reports.is_empty()) {
        (Some(week), true) => Err(EngineError::NotFound { noun: "week", name: week.to_string() }),
        _ => Ok(reports),
    }
}

fn report(kind: KpiKind, observation: &Observation, standing: Option<SignatureStanding>) -> WeekReport {
    let unit = if kind.is_percent() { 100.0 } else { 1.0 };
    let denominator = observation.denominator as f64;
    let counted = observation.denominator > 0;
    let moment = chrono::DateTime::from_timestamp_millis(observation.known_from);
    WeekReport {
        kpi: kind.word(),
        week: observation.week.to_string(),
        revision: observation.revision,
        known_from: moment.map(|m| m.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)).unwrap_or_default(),
        state: match standing {
            Some(SignatureStanding::Stands) => WeekState::Signed,
            Some(SignatureStanding::Lifted { .. }) => WeekState::Restated,
            Some(SignatureStanding::RevisionUnknown) | None => WeekState::Provisional,
        },
        n: observation.n,
        numerator: observation.numerator,
        denominator: observation.denominator,
        value: counted.then(|| observation.numerator as f64 * unit / denominator),
        late_days: observation.late_microdays as f64 / MILLION,
        pending: observation.pending,
        cancelled: observation.cancelled,
        parts: observation
            .parts
            .iter()
            .map(|part| PartReport {
                department: part.department.to_string(),
                misses: part.millionths as f64 / MILLION,
                points: if counted { part.millionths as f64 * unit / (denominator * MILLION) } else { 0.0 },
                late_days: part.late_microdays as f64 / MILLION,
            })
            .collect(),
        bases: bases(observation),
    }
}

fn bases(observation: &Observation) -> BTreeMap<&'static str, BTreeMap<String, RatioReport>> {
    let lines = [
        ("requested", observation.bases.requested),
        ("promised", observation.bases.promised),
        ("agreed", observation.bases.agreed),
    ];
    lines
        .into_iter()
        .map(|(basis, lines)| {
            let beside = observation.beside.iter().filter_map(|(word, ratio)| {
                Some((word.strip_prefix(basis)?.strip_prefix('_')?.to_owned(), *ratio))
            });
            let all = lines.map(|lines| ("lines".to_owned(), lines)).into_iter().chain(beside);
            (basis, all.map(|(word, ratio)| (word, ratio_report(ratio))).collect())
        })
        .collect()
}

fn ratio_report(ratio: Ratio) -> RatioReport {
    let percent =
        if ratio.denominator > 0 { 100.0 * ratio.numerator as f64 / ratio.denominator as f64 } else { 0.0 };
    RatioReport { numerator: ratio.numerator, denominator: ratio.denominator, percent }
}

/// The weeks as a table for people.
pub fn table(reports: &[WeekReport], language: Language) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for report in reports {
        let unit = if report.kpi == "promise-kept" || report.kpi == "right-first-time" { "%" } else { "d" };
        let value = report.value.map_or_else(|| "–".to_owned(), |value| language.number(value, 1));
        let parts: Vec<String> = report
            .parts
            .iter()
            .map(|part| format!("{} {}", part.department, language.number(part.points, 1)))
            .collect();
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "{}  {:<17} {:>8} {unit}  n {:>6}  {}",
            report.week,
            report.kpi,
            value,
            report.n,
            parts.join(" · ")
        );
    }
    text
}
